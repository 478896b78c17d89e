/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a picture has drifted from its original, in words. */

#include "config.h"

#include "reshoot-drift-words.h"

#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Less is not worth a word: CIEDE2000, and a share of fine detail. */
#define LEAST_COLOUR 0.05
#define LEAST_SOFTNESS 0.005

/* The share of pixels that is rounded to nothing. */
#define LEAST_VISIBLE 0.0005

static gboolean
is_displaced (const ReshootDrift *drift)
{
  return reshoot_drift_get_shift (drift) >= 0.5 || fabs (reshoot_drift_get_zoom (drift)) >= 0.0005;
}

/**
 * reshoot_words_for_drift:
 * @drift: how far a picture is from its original
 *
 * Returns: (transfer full): such as "0.4 ΔE, 6 px right, 3 % softer"
 */
char *
reshoot_words_for_drift (const ReshootDrift *drift)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (drift->alignment.new_scene)
    return reshoot_words_for_alignment (&drift->alignment);
  if (isnan (drift->colour))
    /* Translators: nothing of the picture is left to measure against its original. */
    return g_strdup (_("all of it changed"));

  if (drift->colour >= LEAST_COLOUR)
    /* Translators: how far colors are off: a distance (CIEDE2000). */
    g_ptr_array_add (parts, g_strdup_printf (_("%.1f ΔE"), drift->colour));
  if (is_displaced (drift))
    g_ptr_array_add (parts, reshoot_words_for_alignment (&drift->alignment));
  if (drift->softer >= LEAST_SOFTNESS)
    /* Translators: how much fine detail a picture has lost, in per cent. */
    g_ptr_array_add (parts, g_strdup_printf (_("%.0f %% softer"), 100 * drift->softer));
  else if (drift->softer <= -LEAST_SOFTNESS)
    /* Translators: how much more fine detail, or noise, a picture has, in per cent. */
    g_ptr_array_add (parts, g_strdup_printf (_("%.0f %% sharper"), -100 * drift->softer));
  if (parts->len == 0)
    /* Translators: a picture is where nothing was edited as its original is. */
    return g_strdup (_("no drift"));

  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

/**
 * reshoot_words_for_kept:
 * @drift: how far a picture is from its original
 *
 * Returns: (transfer full) (nullable): how much of what was not edited looks different, for a line of facts: "drift
 *   0.3 % of what was kept"; %NULL where nothing was kept
 */
char *
reshoot_words_for_kept (const ReshootDrift *drift)
{
  if (drift->alignment.new_scene || isnan (drift->colour) || isnan (drift->visible))
    return NULL;

  if (drift->visible < LEAST_VISIBLE)
    return is_displaced (drift) ? reshoot_words_for_drift (drift) : g_strdup (_("no drift"));

  /* Translators: of the part of a picture that was not to change, so much looks different, in per cent. */
  return g_strdup_printf (_("drift %.1f %% of what was kept"), 100 * drift->visible);
}

/**
 * reshoot_words_for_harm:
 * @drift: how far a step's picture is from its original
 * @step: the number of the step
 *
 * Returns: (transfer full): a warning that this step does the most harm to what was not edited
 */
char *
reshoot_words_for_harm (const ReshootDrift *drift,
                        int                 step)
{
  g_autofree char *words = reshoot_words_for_drift (drift);

  /* Translators: of all steps this one drifted most; %s says how far its picture is from the original now
   * ("0.4 ΔE, 6 px right, 3 % softer"). */
  return g_strdup_printf (_("Step %d hurts most: what nobody edited is now %s, against the original."), step, words);
}
