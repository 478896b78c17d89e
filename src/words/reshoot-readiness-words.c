/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Why an edit cannot be started yet, said before anybody tries, in the same words as when it fails; and what is left of
 * the budgets. Money is judged here as the journal judges it, which has the last word. */

#include "config.h"

#include "reshoot-error.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>

/* What the journal will say to it. */
static char *
dup_over_budget (const ReshootReadiness *readiness,
                 ReshootLimit            limit)
{
  static const char *const reasons[] = {
    [RESHOOT_LIMIT_RUN] = "limit", [RESHOOT_LIMIT_EDIT] = "limit-edit",
    [RESHOOT_LIMIT_DAY] = "limit-day", [RESHOOT_LIMIT_PROJECT] = "limit-project",
  };
  ReshootMoney price = limit == RESHOOT_LIMIT_EDIT ? readiness->dearest : readiness->sum;
  g_autofree char *price_words = reshoot_words_for_money (price);
  g_autofree char *left_words = NULL;
  g_autofree char *subject = NULL;
  g_autoptr (GError) error = NULL;

  if (readiness->left[limit] > 0)
    {
      left_words = reshoot_words_for_money (readiness->left[limit]);
      subject = g_strdup_printf ("%s > %s", price_words, left_words);
    }

  error = reshoot_error_new (RESHOOT_ERROR_BUDGET, reasons[limit], subject, "over a limit");

  return reshoot_words_for_error (error);
}

static char *
dup_budget_words (const ReshootReadiness *readiness)
{
  for (guint i = 0; i < RESHOOT_N_LIMITS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (readiness->left[i] == RESHOOT_MONEY_ANY)
        continue;

      if (readiness->price_known && readiness->sum == 0)
        return NULL;

      if (!readiness->price_known)
        {
          error = reshoot_error_new (RESHOOT_ERROR_BUDGET, "unknown-price", NULL, "no price");
          return reshoot_words_for_error (error);
        }

      if ((i == RESHOOT_LIMIT_EDIT ? readiness->dearest : readiness->sum) > readiness->left[i])
        return dup_over_budget (readiness, i);
    }

  return NULL;
}

/**
 * reshoot_words_for_readiness:
 * @readiness: what is known of an edit that was not started yet
 *
 * Returns: (transfer full) (nullable): one sentence, why it cannot be started; %NULL if it can
 */
char *
reshoot_words_for_readiness (const ReshootReadiness *readiness)
{
  if (readiness->read_only)
    return g_strdup (_("This project can only be looked at: save a copy to work on it."));

  if (readiness->starting)
    return g_strdup (_("Your edit is being taken up."));

  if (readiness->n_models == 0)
    return g_strdup (_("Add a model to ask."));

  if (readiness->problem != NULL)
    return reshoot_words_for_error (readiness->problem);

  if (!readiness->has_words)
    return g_strdup (_("Say what to change."));

  if (readiness->refused)
    return g_strdup (_("The studio cannot do this: see above why, or choose another model."));

  return dup_budget_words (readiness);
}

static char *
dup_amount (ReshootMoney money)
{
  /* Translators: how much money may still be spent, after “Left today:”. */
  return money > 0 ? reshoot_words_for_money (money) : g_strdup (C_("money", "nothing"));
}

/**
 * reshoot_words_for_left:
 * @left: (array fixed-size=4): what is left of each limit; %RESHOOT_MONEY_ANY where there is none
 *
 * Returns: (transfer full) (nullable): what may still be spent; %NULL where there is no limit of a day or project
 */
char *
reshoot_words_for_left (const ReshootMoney *left)
{
  g_autofree char *day = NULL;
  g_autofree char *project = NULL;

  if (left[RESHOOT_LIMIT_DAY] != RESHOOT_MONEY_ANY)
    day = dup_amount (left[RESHOOT_LIMIT_DAY]);
  if (left[RESHOOT_LIMIT_PROJECT] != RESHOOT_MONEY_ANY)
    project = dup_amount (left[RESHOOT_LIMIT_PROJECT]);

  if (day != NULL && project != NULL)
    /* Translators: both %s are amounts of money that may still be spent, or “nothing”. */
    return g_strdup_printf (_("Left today: %s, for this project: %s"), day, project);
  if (day != NULL)
    /* Translators: %s is an amount of money that may still be spent, or “nothing”. */
    return g_strdup_printf (_("Left today: %s"), day);
  if (project != NULL)
    /* Translators: %s is an amount of money that may still be spent, or “nothing”. */
    return g_strdup_printf (_("Left for this project: %s"), project);

  return NULL;
}
