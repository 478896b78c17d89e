/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a reply lay on its source, in words. */

#include "config.h"

#include "reshoot-words.h"

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
