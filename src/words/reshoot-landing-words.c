/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a reply lay on its source, in words, and what became of it. */

#include "config.h"

#include "reshoot-words.h"

#include "reshoot-landing-facts.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Less is not worth a word: pixels, and per cent. */
#define LEAST_SHIFT 0.5
#define LEAST_ZOOM 0.05

static void
add (GPtrArray *parts,
     char      *part)
{
  g_ptr_array_add (parts, part);
}

static void
add_shift (GPtrArray *parts,
           double     x,
           double     y)
{
  if (fabs (x) >= LEAST_SHIFT)
    /* Translators: how far a picture was displaced, in pixels. */
    add (parts, g_strdup_printf (x > 0 ? _("%.0f px right") : _("%.0f px left"), fabs (x)));
  if (fabs (y) >= LEAST_SHIFT)
    /* Translators: how far a picture was displaced, in pixels. */
    add (parts, g_strdup_printf (y > 0 ? _("%.0f px down") : _("%.0f px up"), fabs (y)));
}

static void
add_zoom (GPtrArray *parts,
          double     x,
          double     y)
{
  double across = 100 * (x - 1);
  double down = 100 * (y - 1);

  if (fabs (across - down) >= 2 * LEAST_ZOOM)
    /* Translators: how much larger a picture became across and in height, in per cent, signed. */
    add (parts, g_strdup_printf (_("%+.1f %% across, %+.1f %% in height"), across, down));
  else if (fabs (across) >= LEAST_ZOOM)
    /* Translators: how much larger a picture became, in per cent, signed. */
    add (parts, g_strdup_printf (_("%+.1f %% zoom"), across));
}

/**
 * reshoot_words_for_alignment:
 * @alignment: how a reply lay on its source
 *
 * Returns: (transfer full): such as "6 px right, +1.2 % zoom"
 */
char *
reshoot_words_for_alignment (const ReshootAlignment *alignment)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (alignment->new_scene)
    return g_strdup (_("a new scene"));

  add_shift (parts, alignment->shift_x, alignment->shift_y);
  add_zoom (parts, alignment->scale_x, alignment->scale_y);
  if (parts->len == 0)
    /* Translators: a picture was not displaced. */
    return g_strdup (_("in place"));

  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

static char *
words_for_reason (const char *reason)
{
  if (g_strcmp0 (reason, RESHOOT_UNLANDED_NEW_SCENE) == 0)
    /* Translators: a result that shows next to nothing of its source: it was not brought onto it. */
    return g_strdup (_("new scene: kept as it is"));
  if (g_strcmp0 (reason, RESHOOT_UNLANDED_OFF) == 0)
    /* Translators: a result of a service that was not changed in any way. */
    return g_strdup (_("as received"));
  if (g_strcmp0 (reason, RESHOOT_UNLANDED_ASK) == 0)
    /* Translators: a result of a service that is not yet brought onto its source at full size. */
    return g_strdup (_("as received, not yet aligned"));
  if (g_strcmp0 (reason, RESHOOT_UNLANDED_CANCELLED) == 0)
    /* Translators: a result was to be brought onto its source at full size, and a person stopped that. */
    return g_strdup (_("stopped: kept as received"));
  if (g_strcmp0 (reason, RESHOOT_UNLANDED_FAILED) == 0)
    /* Translators: a result was to be brought onto its source at full size, which went wrong. */
    return g_strdup (_("could not be aligned: kept as received"));

  return NULL;
}

static char *
words_for_landed (const ReshootLandingFacts *facts)
{
  g_autofree char *place = reshoot_words_for_alignment (&facts->alignment);
  g_autofree char *aligned = NULL;

  /* Translators: how the reply lay on its source before it was moved onto it ("6 px right, +1.2 % zoom"). */
  aligned = g_strdup_printf (_("%s, aligned"), place);
  if (facts->is_whole || !(facts->identical >= 0 && facts->identical <= 1))
    return g_steal_pointer (&aligned);

  /* Translators: how the reply was aligned; per cent of the pixels that are those of the source. */
  return g_strdup_printf (_("%s · %.1f %% untouched"), aligned, 100 * facts->identical);
}

/**
 * reshoot_words_for_landing:
 * @step: a step
 *
 * Returns: (transfer full) (nullable): what became of the reply it shows ("6 px right, +1.2 % zoom, aligned"), or why
 *   it shows it as it came; %NULL where there is nothing to say
 */
char *
reshoot_words_for_landing (ReshootStep *step)
{
  ReshootLandingFacts facts;

  g_return_val_if_fail (RESHOOT_IS_STEP (step), NULL);

  if (!reshoot_landing_facts_read (reshoot_step_get_facts (step), &facts))
    return NULL;

  if (!facts.landed)
    return words_for_reason (facts.reason);

  return facts.is_aligned ? words_for_landed (&facts) : NULL;
}
