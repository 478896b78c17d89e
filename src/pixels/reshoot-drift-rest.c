/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where nothing was meant to change, for the drift meter: what was edited is found as landing finds it, with the blend
 * at its rim, and left out. */

#include "reshoot-drift-private.h"

#include "reshoot-mask.h"

#include <math.h>
#include <string.h>

/* Levels: less is the arithmetic of scaling. */
#define EQUAL 0.02f

/* Squares of so many pixels, and how much is in one, in levels, that cannot be equal by chance; so many are enough. */
#define SQUARE 16
#define SQUARE_STRUCTURE 2.0
#define ENOUGH_SQUARES 4

/* The blend at the rim of an edit is part of it, in pixels. */
#define RIM 6

static gboolean
is_equal (const ReshootLandScene *scene,
          gsize                   i)
{
  for (int c = 0; c < 3; c++)
    if (fabsf (scene->source[c]->data[i] - scene->reply[c]->data[i]) > EQUAL)
      return FALSE;

  return TRUE;
}

/* 1 where the picture and its original are the same. */
guint8 *
reshoot_drift_find_equal (const ReshootLandScene *scene,
                          const guint8           *shown)
{
  gsize n = reshoot_drift_count_pixels (scene);
  guint8 *equal = g_new (guint8, n);

  for (gsize i = 0; i < n; i++)
    equal[i] = shown[i] && is_equal (scene, i);
  return equal;
}

/* Whether a square that begins there is structured, and equal throughout. */
static gboolean
is_own_square (const ReshootLandScene *scene,
               const guint8           *equal,
               int                     left,
               int                     top)
{
  double sum = 0, squares = 0, mean;

  for (int y = top; y < top + SQUARE; y++)
    for (int x = left; x < left + SQUARE; x++)
      {
        gsize i = (gsize) y * scene->width + x;
        double value = scene->source_luma->data[i];

        if (!equal[i])
          return FALSE;
        sum += value;
        squares += value * value;
      }

  mean = sum / (SQUARE * SQUARE);
  return squares / (SQUARE * SQUARE) - mean * mean > SQUARE_STRUCTURE * SQUARE_STRUCTURE;
}

/* Whether parts of the picture are the original's own. */
gboolean
reshoot_drift_is_anchored (const ReshootLandScene *scene,
                           const guint8           *shown,
                           const guint8           *equal)
{
  guint n_squares = 0;
  gboolean all = TRUE;

  for (gsize i = 0; i < reshoot_drift_count_pixels (scene) && all; i++)
    all = equal[i] || !shown[i];
  for (int y = 0; y + SQUARE <= scene->height && !all; y += SQUARE)
    for (int x = 0; x + SQUARE <= scene->width; x += SQUARE)
      n_squares += is_own_square (scene, equal, x, y);

  return all || n_squares >= ENOUGH_SQUARES;
}

/* An edit goes as far as what differs and is near to some of it. */
static void
take_rest_of_edit (guint8       *edited,
                   const guint8 *equal,
                   int           width,
                   int           height)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (int));

  for (int i = 0; i < width * height; i++)
    if (edited[i])
      g_array_append_val (open, i);

  while (open->len > 0)
    {
      int at = g_array_index (open, int, open->len - 1);
      int x = at % width, y = at / width;

      g_array_set_size (open, open->len - 1);
      for (int v = MAX (y - RIM, 0); v <= MIN (y + RIM, height - 1); v++)
        for (int u = MAX (x - RIM, 0); u <= MIN (x + RIM, width - 1); u++)
          {
            int k = v * width + u;

            if (edited[k] || equal[k])
              continue;
            edited[k] = 1;
            g_array_append_val (open, k);
          }
    }
}

/* 1 where nothing was meant to change. Counts @edited. */
guint8 *
reshoot_drift_find_rest (const ReshootLandScene *scene,
                         const guint8           *shown,
                         const guint8           *equal,
                         gboolean                anchored,
                         double                 *edited)
{
  gsize n = reshoot_drift_count_pixels (scene);
  guint8 *rest = g_new (guint8, n);
  gsize n_shown = 0, n_edited = 0;

  if (anchored)
    take_rest_of_edit (scene->changed, equal, scene->width, scene->height);
  for (gsize i = 0; i < n; i++)
    {
      n_shown += shown[i];
      n_edited += shown[i] && scene->changed[i];
    }
  *edited = n_shown > 0 ? (double) n_edited / n_shown : 0;

  if (anchored)
    memcpy (rest, scene->changed, n);
  else
    reshoot_mask_spread (scene->changed, rest, scene->width, scene->height, RIM, TRUE);
  for (gsize i = 0; i < n; i++)
    rest[i] = !rest[i] && shown[i] && scene->covered[i];
  return rest;
}

gboolean
reshoot_drift_is_none (const ReshootLandScene *scene,
                       const guint8           *rest,
                       const guint8           *equal)
{
  gsize n_rest = 0;

  for (gsize i = 0; i < reshoot_drift_count_pixels (scene); i++)
    {
      if (rest[i] && !equal[i])
        return FALSE;
      n_rest += rest[i];
    }

  return n_rest > 0;
}
