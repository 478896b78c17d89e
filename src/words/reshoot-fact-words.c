/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of a step, in a word (its state) or in a line (who made it, how long it took, what it cost, how large
 * it is). */

#include "config.h"

#include "reshoot-words.h"

#include "reshoot-drift-words.h"
#include "reshoot-step-drift.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define STUDIO_MODEL "studio/local"

/**
 * reshoot_words_for_state:
 * @state: of a step
 *
 * Returns: (transfer full): a word or two
 */
char *
reshoot_words_for_state (ReshootStepState state)
{
  switch (state)
    {
    case RESHOOT_STEP_WAITING:
      /* Translators: a state of an edit: it has not begun. */
      return g_strdup (_("Waiting"));
    case RESHOOT_STEP_SENDING:
      /* Translators: a state of an edit: the picture is on its way to the service. */
      return g_strdup (_("Sending"));
    case RESHOOT_STEP_SUBMITTED:
      /* Translators: a state of an edit: the service has taken the request. */
      return g_strdup (_("Accepted"));
    case RESHOOT_STEP_RUNNING:
      /* Translators: a state of an edit: it is being computed. */
      return g_strdup (_("Running"));
    case RESHOOT_STEP_DOWNLOADING:
      /* Translators: a state of an edit: the result is on its way here. */
      return g_strdup (_("Downloading"));
    case RESHOOT_STEP_RECEIVED:
      /* Translators: a state of an edit: the result is here and stored. */
      return g_strdup (_("Received"));
    case RESHOOT_STEP_LANDING:
      /* Translators: a state of an edit: the result is brought onto the full-size picture. */
      return g_strdup (_("Finishing"));
    case RESHOOT_STEP_DONE:
      /* Translators: a state of an edit. */
      return g_strdup (_("Done"));
    case RESHOOT_STEP_REFUSED:
      /* Translators: a state of an edit: the studio or the service said no. */
      return g_strdup (_("Refused"));
    case RESHOOT_STEP_FAILED:
      /* Translators: a state of an edit. */
      return g_strdup (_("Failed"));
    case RESHOOT_STEP_CANCELLED:
      /* Translators: a state of an edit: the person stopped it. */
      return g_strdup (_("Cancelled"));
    case RESHOOT_STEP_EXPIRED:
      /* Translators: a state of an edit: the service no longer has the result. */
      return g_strdup (_("Expired"));
    case RESHOOT_STEP_UNKNOWN:
      /* Translators: a state of an edit: it is not known whether the service took and charged it. */
      return g_strdup (_("In doubt"));
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static char *
words_for_price (const ReshootPrice *price,
                 gboolean            is_own,
                 gboolean            final)
{
  ReshootMoney known = price->settled >= 0 ? price->settled : price->quoted;
  ReshootMoney amount = known >= 0 ? known : price->estimate;
  g_autofree char *money = reshoot_words_for_money (amount);

  if (amount == 0 && !is_own)
    /* Translators: the price of an edit by a service that is not paid by the edit. */
    return g_strdup (_("no price per edit"));

  if (final && price->charged == RESHOOT_CHARGED_UNKNOWN && amount != 0)
    /* Translators: the price of an edit where it is not known whether it was charged. */
    return g_strdup_printf (_("%s, perhaps charged"), money);

  if (final && price->charged == RESHOOT_CHARGED_NO && amount > 0)
    return g_strdup (_("not charged"));

  if (known < 0 && amount > 0)
    /* Translators: an estimated price. */
    return g_strdup_printf (_("about %s"), money);

  return g_steal_pointer (&money);
}

static gboolean
is_made_here (ReshootRequest *request)
{
  return g_strcmp0 (reshoot_request_get_model (request), STUDIO_MODEL) == 0;
}

/**
 * reshoot_words_for_cost:
 * @step: an edit
 *
 * Returns: (transfer full): what it cost or will cost, and whether that was charged: "about $0.04", "not charged"
 */
char *
reshoot_words_for_cost (ReshootStep *step)
{
  ReshootRequest *request;

  g_return_val_if_fail (RESHOOT_IS_STEP (step), NULL);

  request = reshoot_step_get_request (step);
  g_return_val_if_fail (request != NULL, NULL);

  return words_for_price (reshoot_step_get_price (step), is_made_here (request),
                          reshoot_step_state_is_final (reshoot_step_get_state (step)));
}

/* How far what should not change has changed, where that was measured. */
static void
add_drift (GPtrArray   *facts,
           ReshootStep *step)
{
  ReshootDrift drift;
  char *kept = reshoot_step_drift_read (step, &drift) ? reshoot_words_for_kept (&drift) : NULL;

  if (kept != NULL)
    g_ptr_array_add (facts, kept);
}

/**
 * reshoot_words_for_facts:
 * @step: a step
 *
 * Who made it, how long it took, what it cost, how large it is and how it was aligned, on one line.
 *
 * Returns: (transfer full): the line
 */
char *
reshoot_words_for_facts (ReshootStep *step)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);
  ReshootRequest *request;
  ReshootStepState state;
  char *landing;

  g_return_val_if_fail (RESHOOT_IS_STEP (step), NULL);

  request = reshoot_step_get_request (step);
  state = reshoot_step_get_state (step);

  if (request == NULL)
    /* Translators: a picture that was brought in, as opposed to an edit. */
    g_ptr_array_add (facts, g_strdup (_("Original")));
  else if (is_made_here (request))
    /* Translators: the editor inside the program, as opposed to an online service. */
    g_ptr_array_add (facts, g_strdup (_("Built-in studio")));
  else
    g_ptr_array_add (facts, g_strdup (reshoot_request_get_model (request)));

  if (request != NULL && reshoot_request_get_is_reimagining (request))
    /* Translators: a step whose model made a new picture, guided by the source, instead of editing it. */
    g_ptr_array_add (facts, g_strdup (C_("step", "Reimagined")));

  if (state != RESHOOT_STEP_DONE)
    g_ptr_array_add (facts, reshoot_words_for_state (state));

  if (request != NULL && !isnan (reshoot_step_get_seconds (step)))
    g_ptr_array_add (facts, reshoot_words_for_seconds (reshoot_step_get_seconds (step)));

  if (request != NULL)
    g_ptr_array_add (facts, reshoot_words_for_cost (step));

  if (reshoot_step_get_width (step) > 0)
    /* Translators: width and height of a picture in pixels. */
    g_ptr_array_add (facts, g_strdup_printf (_("%d × %d"), reshoot_step_get_width (step),
                                             reshoot_step_get_height (step)));

  landing = reshoot_words_for_landing (step);
  if (landing != NULL)
    g_ptr_array_add (facts, landing);
  add_drift (facts, step);

  g_ptr_array_add (facts, NULL);
  return g_strjoinv (" · ", (char **) facts->pdata);
}

/* Profiles that call themselves otherwise than people do: libvips' own for Display P3, and the many of sRGB. */
static const char *
get_usual_name (const char *name)
{
  if (name != NULL && g_str_has_prefix (name, "sRGB"))
    return "sRGB";

  return g_strcmp0 (name, "sP3C") == 0 ? "Display P3" : name;
}

/**
 * reshoot_words_for_colors:
 * @image: a picture that came in
 *
 * Returns: (transfer full): what its numbers mean: the name of its profile, or what was made of it
 */
char *
reshoot_words_for_colors (ReshootImage *image)
{
  const char *name;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (image), NULL);

  name = get_usual_name (reshoot_image_get_profile_name (image));
  if (reshoot_image_get_was_cmyk (image) && name != NULL)
    /* Translators: the colors of a photo; %s is the name of its profile, "Coated FOGRA39". */
    return g_strdup_printf (_("CMYK (%s), converted to sRGB"), name);
  if (reshoot_image_get_was_cmyk (image))
    /* Translators: the colors of a photo. */
    return g_strdup (_("CMYK, converted to sRGB"));
  if (name != NULL)
    return g_strdup (name);
  if (reshoot_image_get_has_profile (image))
    /* Translators: the colors of a photo: its profile does not say what it is called. */
    return g_strdup (_("a color profile without a name"));

  /* Translators: the colors of a photo. */
  return g_strdup (_("no color profile: taken as sRGB"));
}
