/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Money and time as people write them, with the locale's decimal point. */

#include "config.h"

#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Below this many dollars two decimals would hide what a picture costs. */
#define FINE_MONEY 0.095

/**
 * reshoot_words_for_money:
 * @money: an amount
 *
 * Returns: (transfer full): the amount; "free" for nothing
 */
char *
reshoot_words_for_money (ReshootMoney money)
{
  double dollars = reshoot_money_to_dollars (money);
  g_autofree char *number = NULL;

  if (money < 0)
    return g_strdup (_("price unknown"));

  if (money == 0)
    return g_strdup (_("free"));

  if (dollars < FINE_MONEY)
    {
      gsize length;

      /* Four decimals, less the zeros beyond the second: 0.04, 0.055, 0.0025. */
      number = g_strdup_printf ("%.4f", dollars);
      length = strlen (number);
      for (int i = 0; i < 2 && number[length - 1] == '0'; i++)
        number[--length] = '\0';
    }
  else
    number = g_strdup_printf ("%.2f", dollars);

  /* Translators: an amount of US dollars; %s is a number such as 0.04. */
  return g_strdup_printf (_("$%s"), number);
}

/**
 * reshoot_words_for_price:
 * @model: a model of the catalogue
 *
 * Returns: (transfer full): what it costs, and for what: "$0.04", "$0.03 per megapixel"
 */
char *
reshoot_words_for_price (ReshootModel *model)
{
  const char *unit;
  g_autofree char *money = NULL;

  g_return_val_if_fail (RESHOOT_IS_MODEL (model), NULL);

  unit = reshoot_model_get_price_unit (model);
  if (g_strcmp0 (unit, "subscription") == 0)
    /* Translators: a price: an edit costs nothing by itself, for a subscription to the service is paid. */
    return g_strdup (_("in the subscription"));

  if (g_strcmp0 (unit, "credit") == 0)
    return reshoot_words_for_money (reshoot_model_estimate (model, NULL, 0, 0));

  money = reshoot_words_for_money (reshoot_model_get_price (model));
  if (reshoot_model_get_price (model) > 0 && g_strcmp0 (unit, "megapixel") == 0)
    /* Translators: a price; %s is an amount such as $0.03, a megapixel is a million pixels. */
    return g_strdup_printf (_("%s per megapixel"), money);

  if (reshoot_model_get_price (model) > 0 && g_strcmp0 (unit, "second") == 0)
    /* Translators: a price; %s is an amount such as $0.001. */
    return g_strdup_printf (_("%s per second"), money);

  return g_steal_pointer (&money);
}

/**
 * reshoot_words_for_seconds:
 * @seconds: how long something took, NAN = not known
 *
 * Returns: (transfer full): the time, in seconds or in minutes and seconds
 */
char *
reshoot_words_for_seconds (double seconds)
{
  if (isnan (seconds) || seconds < 0)
    return g_strdup (_("time unknown"));

  if (seconds < 9.95)
    /* Translators: seconds, such as 3.1 s. */
    return g_strdup_printf (_("%.1f s"), seconds);

  if (seconds < 59.5)
    /* Translators: whole seconds, such as 42 s. */
    return g_strdup_printf (_("%.0f s"), seconds);

  /* Translators: minutes and seconds, such as 2 min 5 s. */
  return g_strdup_printf (_("%d min %d s"), (int) round (seconds) / 60, (int) round (seconds) % 60);
}
