/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Shadows that are drawn, on the coarse grid. A contact shadow has two parts: the silhouette laid flat on the floor,
 * soft, and a narrow dark line where the product touches. Both hang on the contact line, which is fitted to the lower
 * hull of the silhouette, so that a product whose base is not level does not float. */

#include "reshoot-operations-private.h"

#include <math.h>

/* All as shares of the product's height. */
#define CONTACT_DEPTH   0.10  /* a hull point this far above the contact line can still touch the floor */
#define CONTACT_REACH   0.025  /* the outline this far above its hull still touches */
#define FLOOR_BEND      0.08   /* how far the soft part may follow the hull upwards */
#define SOFT_BLUR       0.035
#define TIGHT_BLUR      0.010
#define TIGHT_HEIGHT    0.020
#define TIGHT_DROP      0.006
#define DROP_BLUR       0.030
#define DROP_X          0.020
#define DROP_Y          0.030

#define SQUASH          0.13   /* height of the laid-down silhouette against the standing one */
#define SHEAR           0.10   /* how far it leans */
#define SLOPE_MAX       0.4
#define SHADOW_MAX      0.85

/* The lowest row of the product in each column, -1 where there is none. */
static float *
find_outline (const ReshootCoarse *matte)
{
  float *outline = g_new (float, matte->width);
  int x, y;

  for (x = 0; x < matte->width; x++)
    {
      outline[x] = -1;
      for (y = matte->height - 1; y >= 0 && outline[x] < 0; y--)
        if (matte->values[(gsize) y * matte->width + x] > 0.5f)
          outline[x] = y + 1;
    }
  return outline;
}

/* The lower hull of the outline as a row for each column, -1 outside the product. */
static float *
find_hull (const float *outline,
           int          width)
{
  float *hull = g_new (float, width);
  g_autofree int *stack = g_new (int, width);
  int n = 0, x, i;

  for (x = 0; x < width; x++)
    {
      hull[x] = -1;
      if (outline[x] < 0)
        continue;
      /* Drops every point that lies on or above the line from its predecessor to this one. */
      while (n >= 2 && (outline[stack[n - 1]] - outline[stack[n - 2]]) * (x - stack[n - 2]) <=
                       (outline[x] - outline[stack[n - 2]]) * (stack[n - 1] - stack[n - 2]))
        n--;
      stack[n++] = x;
    }

  for (i = 0; i + 1 < n; i++)
    for (x = stack[i]; x <= stack[i + 1]; x++)
      hull[x] = outline[stack[i]] + (outline[stack[i + 1]] - outline[stack[i]]) *
                (float) (x - stack[i]) / (stack[i + 1] - stack[i]);
  if (n == 1)
    hull[stack[0]] = outline[stack[0]];
  return hull;
}

static int
find_top (const ReshootCoarse *matte)
{
  int i;

  for (i = 0; i < matte->width * matte->height; i++)
    if (matte->values[i] > 0.5f)
      return i / matte->width;
  return -1;
}

/* The slope of the hull under the middle of the mass, over nearly half of the product's width: two feet at different
 * depths lean it, a round bottom or a corner towards us does not. */
static double
find_slope (const ReshootCoarse *matte,
            const float         *hull)
{
  int x, y, first = -1, last = -1, reach, from, to;
  double mass = 0, moment = 0;

  for (x = 0; x < matte->width; x++)
    if (hull[x] >= 0)
      {
        first = first < 0 ? x : first;
        last = x;
        for (y = 0; y < matte->height; y++)
          {
            mass += matte->values[(gsize) y * matte->width + x];
            moment += x * matte->values[(gsize) y * matte->width + x];
          }
      }

  reach = (int) (0.22 * (last - first));
  from = CLAMP ((int) (moment / mass) - reach, first, last);
  to = CLAMP ((int) (moment / mass) + reach, first, last);
  return to > from ? CLAMP ((hull[to] - hull[from]) / (to - from), -SLOPE_MAX, SLOPE_MAX) : 0;
}

/* Finds how the product stands; FALSE when there is none. */
gboolean
reshoot_stance_find (const ReshootCoarse *matte,
                     ReshootStance       *stance)
{
  g_autofree float *outline = find_outline (matte);
  g_autofree float *hull = find_hull (outline, matte->width);
  int top = find_top (matte), x;
  double lowest = 0;

  if (top < 0)
    return FALSE;

  for (x = 0; x < matte->width; x++)
    lowest = MAX (lowest, hull[x]);

  stance->top = top;
  stance->height = lowest - top;
  stance->cut = lowest >= matte->height;
  stance->slope = find_slope (matte, hull);
  /* The line that touches the hull from below. */
  stance->base = -G_MAXDOUBLE;
  for (x = 0; x < matte->width; x++)
    if (hull[x] >= 0)
      stance->base = MAX (stance->base, hull[x] - stance->slope * x);
  return TRUE;
}

static float
sample_matte (const ReshootCoarse *matte,
              double               x,
              double               y)
{
  int ix = (int) floor (x), iy = (int) floor (y), i, j;
  double sum = 0;

  for (j = 0; j < 2; j++)
    for (i = 0; i < 2; i++)
      if (ix + i >= 0 && ix + i < matte->width && iy + j >= 0 && iy + j < matte->height)
        sum += (i ? x - ix : 1 - x + ix) * (j ? y - iy : 1 - y + iy) *
               matte->values[(gsize) (iy + j) * matte->width + ix + i];
  return (float) sum;
}

static ReshootCoarse *
new_like (const ReshootCoarse *matte)
{
  ReshootCoarse *coarse = reshoot_coarse_new (matte->width, matte->height, 1);

  coarse->cell_width = matte->cell_width;
  coarse->cell_height = matte->cell_height;
  return coarse;
}

/* Where the product meets the floor in each column: the hull where it is near the line, else not far above it. */
static float *
find_floor (const ReshootCoarse *matte,
            const ReshootStance *stance,
            const float         *hull)
{
  float *meeting = g_new (float, matte->width), last = -1;
  int x;

  for (x = 0; x < matte->width; x++)
    {
      float highest = (float) (stance->base + stance->slope * x - FLOOR_BEND * stance->height);

      last = hull[x] >= 0 ? hull[x] : last;
      meeting[x] = MAX (highest, last);
    }
  return meeting;
}

/* The silhouette laid flat: squashed towards where it meets the floor, leaning a little. */
static ReshootCoarse *
lay_flat (const ReshootCoarse *matte,
          const ReshootStance *stance)
{
  ReshootCoarse *flat = new_like (matte);
  g_autofree float *outline = find_outline (matte);
  g_autofree float *hull = find_hull (outline, matte->width);
  g_autofree float *meeting = find_floor (matte, stance, hull);
  int x, y;

  for (y = 0; y < matte->height; y++)
    for (x = 0; x < matte->width; x++)
      {
        double line = meeting[x];
        double rise = (line - TIGHT_DROP * stance->height - y) / SQUASH;

        if (rise < 0 || rise > stance->height * 1.1)
          continue;
        flat->values[(gsize) y * matte->width + x] =
          sample_matte (matte, x + SHEAR * rise * SQUASH, line - rise);
      }
  reshoot_coarse_blur (flat, SOFT_BLUR * stance->height);
  return flat;
}

/* The narrow line under every part of the outline that touches the floor. */
static ReshootCoarse *
draw_contact (const ReshootCoarse *matte,
              const ReshootStance *stance)
{
  ReshootCoarse *tight = new_like (matte);
  g_autofree float *outline = find_outline (matte);
  g_autofree float *hull = find_hull (outline, matte->width);
  int x, y;

  for (x = 0; x < matte->width; x++)
    {
      double line = stance->base + stance->slope * x;

      if (outline[x] < 0
          || hull[x] < line - CONTACT_DEPTH * stance->height
          || outline[x] < hull[x] - CONTACT_REACH * stance->height)
        continue;
      for (y = (int) MAX (0, outline[x] - TIGHT_HEIGHT * stance->height);
           y < MIN (matte->height, outline[x] + TIGHT_DROP * stance->height); y++)
        tight->values[(gsize) y * matte->width + x] = 1;
    }
  reshoot_coarse_blur (tight, TIGHT_BLUR * stance->height);
  return tight;
}

/* How much light the floor loses, 0–1. @strength: 1 is an ordinary one. */
ReshootCoarse *
reshoot_shadow_contact (const ReshootCoarse *matte,
                        const ReshootStance *stance,
                        double               strength)
{
  ReshootCoarse *shadow = lay_flat (matte, stance);
  g_autoptr (ReshootCoarse) tight = draw_contact (matte, stance);
  int i;

  for (i = 0; i < matte->width * matte->height; i++)
    {
      double both = strength * (0.42 * shadow->values[i] + 0.75 * tight->values[i]);

      shadow->values[i] = (float) MIN (SHADOW_MAX, both);
    }
  return shadow;
}

/* The silhouette itself, moved and blurred, as on a wall close behind. */
ReshootCoarse *
reshoot_shadow_drop (const ReshootCoarse *matte,
                     const ReshootStance *stance,
                     double               strength)
{
  ReshootCoarse *shadow = new_like (matte);
  int x, y;

  for (y = 0; y < matte->height; y++)
    for (x = 0; x < matte->width; x++)
      shadow->values[(gsize) y * matte->width + x] =
        (float) MIN (SHADOW_MAX, 0.45 * strength) *
        sample_matte (matte, x - DROP_X * stance->height, y - DROP_Y * stance->height);
  reshoot_coarse_blur (shadow, DROP_BLUR * stance->height);
  return shadow;
}
