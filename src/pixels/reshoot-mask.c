/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Small work on black-and-white masks, one byte a pixel, 0 or 1: growing, shrinking, connected parts. */

#include "reshoot-mask.h"

#include <math.h>
#include <string.h>

#define NEAR_EQUAL 0.25  /* a part that counts this much of the best one is a product of its own */

/* One direction of a square neighbourhood, by the nearest cell of the wanted value on either side. */
static void
spread_line (const guint8 *in,
             guint8       *out,
             int           n,
             gsize         step,
             int           radius,
             guint8        winner)
{
  int last = -radius - 1;

  for (int i = 0; i < n; i++)
    {
      if (in[i * step] == winner)
        last = i;
      out[i * step] = i - last <= radius ? winner : !winner;
    }

  last = n + radius;
  for (int i = n - 1; i >= 0; i--)
    {
      if (in[i * step] == winner)
        last = i;
      if (last - i <= radius)
        out[i * step] = winner;
    }
}

/**
 * reshoot_mask_spread:
 * @in: 0 or 1 a pixel
 * @out: (out): not @in
 * @width: in pixels
 * @height: in pixels
 * @radius: in pixels; the neighbourhood is a square
 * @grow: whether the ones grow, else the zeros
 */
void
reshoot_mask_spread (const guint8 *in,
                     guint8       *out,
                     int           width,
                     int           height,
                     int           radius,
                     gboolean      grow)
{
  g_autofree guint8 *rows = g_new (guint8, (gsize) width * height);

  for (int y = 0; y < height; y++)
    spread_line (in + (gsize) y * width, rows + (gsize) y * width, width, 1, radius, grow ? 1 : 0);
  for (int x = 0; x < width; x++)
    spread_line (rows + x, out + x, height, width, radius, grow ? 1 : 0);
}

typedef struct
{
  gsize    area;
  double   x;
  double   y;
  gboolean touches_rim;
} Part;

static void
visit (Part  *part,
       int    cell,
       int    width,
       int    height)
{
  int x = cell % width;
  int y = cell / width;

  part->area++;
  part->x += x;
  part->y += y;
  part->touches_rim |= x == 0 || y == 0 || x == width - 1 || y == height - 1;
}

static void
flood (const guint8 *mask,
       gint32       *labels,
       GArray       *stack,
       int           start,
       gint32        label,
       Part         *part,
       int           width,
       int           height)
{
  labels[start] = label;
  g_array_append_val (stack, start);

  while (stack->len > 0)
    {
      int cell = g_array_index (stack, int, stack->len - 1);
      int x = cell % width;
      int next[4] = { x > 0 ? cell - 1 : -1, x < width - 1 ? cell + 1 : -1,
                      cell - width, cell + width < width * height ? cell + width : -1 };

      g_array_set_size (stack, stack->len - 1);
      visit (part, cell, width, height);
      for (int k = 0; k < 4; k++)
        if (next[k] >= 0 && labels[next[k]] == 0 && mask[next[k]] == mask[start])
          {
            labels[next[k]] = label;
            g_array_append_val (stack, next[k]);
          }
    }
}

/* Numbers the parts whose pixels are @value, from 1; @labels must be zero. Returns the parts, part 1 at index 0. */
static GArray *
find_parts (const guint8 *mask,
            gint32       *labels,
            guint8        value,
            int           width,
            int           height)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (int));

  for (int i = 0; i < width * height; i++)
    if (mask[i] == value && labels[i] == 0)
      {
        Part part = { 0 };

        flood (mask, labels, stack, i, (gint32) parts->len + 1, &part, width, height);
        part.x /= part.area;
        part.y /= part.area;
        g_array_append_val (parts, part);
      }

  return parts;
}

/* Large and central. */
static double
weight_of (const Part *part,
           int         width,
           int         height)
{
  double x = (part->x - width / 2.0) / (width * 0.4);
  double y = (part->y - height / 2.0) / (height * 0.4);

  return part->area * exp (-(x * x + y * y));
}

/**
 * reshoot_mask_keep_products:
 * @mask: (inout): 0 or 1 a pixel
 * @width: in pixels
 * @height: in pixels
 *
 * Drops every part of the mask that is small or far out beside the best one.
 *
 * Returns: how many parts are left
 */
guint
reshoot_mask_keep_products (guint8 *mask,
                            int     width,
                            int     height)
{
  g_autofree gint32 *labels = g_new0 (gint32, (gsize) width * height);
  g_autoptr (GArray) parts = find_parts (mask, labels, 1, width, height);
  g_autofree double *weights = g_new0 (double, parts->len + 1);
  double best = 0.0;
  guint n_products = 0;

  for (guint k = 0; k < parts->len; k++)
    {
      weights[k] = weight_of (&g_array_index (parts, Part, k), width, height);
      best = MAX (best, weights[k]);
    }
  for (guint k = 0; k < parts->len; k++)
    n_products += weights[k] > NEAR_EQUAL * best;
  for (int i = 0; i < width * height; i++)
    if (mask[i] != 0)
      mask[i] = weights[labels[i] - 1] > NEAR_EQUAL * best;

  return n_products;
}

/**
 * reshoot_mask_keep_strong:
 * @mask: (inout): 0 or 1 a pixel
 * @strong: 0 or 1 a pixel
 * @width: in pixels
 * @height: in pixels
 * @least_area: parts with fewer pixels are dropped
 * @least_strong: parts with fewer pixels that are strong are dropped
 *
 * Hysteresis: a part of the mask stays if enough of it is beyond doubt.
 */
void
reshoot_mask_keep_strong (guint8       *mask,
                          const guint8 *strong,
                          int           width,
                          int           height,
                          guint         least_area,
                          guint         least_strong)
{
  g_autofree gint32 *labels = g_new0 (gint32, (gsize) width * height);
  g_autoptr (GArray) parts = find_parts (mask, labels, 1, width, height);
  g_autofree guint *counts = g_new0 (guint, parts->len + 1);

  for (int i = 0; i < width * height; i++)
    if (labels[i] > 0)
      counts[labels[i] - 1] += strong[i];
  for (int i = 0; i < width * height; i++)
    if (labels[i] > 0)
      {
        const Part *part = &g_array_index (parts, Part, labels[i] - 1);

        mask[i] = part->area >= least_area && counts[labels[i] - 1] >= least_strong;
      }
}

/**
 * reshoot_mask_fill_holes:
 * @mask: (inout): 0 or 1 a pixel
 * @width: in pixels
 * @height: in pixels
 * @largest_share: holes up to this share of the picture are filled
 */
void
reshoot_mask_fill_holes (guint8 *mask,
                         int     width,
                         int     height,
                         double  largest_share)
{
  g_autofree gint32 *labels = g_new0 (gint32, (gsize) width * height);
  g_autoptr (GArray) parts = find_parts (mask, labels, 0, width, height);

  for (int i = 0; i < width * height; i++)
    if (mask[i] == 0)
      {
        const Part *part = &g_array_index (parts, Part, labels[i] - 1);

        if (!part->touches_rim && part->area < largest_share * width * height)
          mask[i] = 1;
      }
}

/**
 * reshoot_mask_overlap:
 * @a: 0 or 1 a pixel
 * @a_width: in pixels
 * @a_height: in pixels
 * @b: 0 or 1 a pixel
 * @b_width: in pixels
 * @b_height: in pixels
 *
 * Returns: intersection over union of two masks of one picture, measured in the pixels of @a; 0 if both are empty
 */
double
reshoot_mask_overlap (const guint8 *a,
                      int           a_width,
                      int           a_height,
                      const guint8 *b,
                      int           b_width,
                      int           b_height)
{
  gsize both = 0;
  gsize either = 0;

  for (int y = 0; y < a_height; y++)
    for (int x = 0; x < a_width; x++)
      {
        int u = MIN ((int) ((x + 0.5) * b_width / a_width), b_width - 1);
        int v = MIN ((int) ((y + 0.5) * b_height / a_height), b_height - 1);
        guint8 one = a[(gsize) y * a_width + x];
        guint8 other = b[(gsize) v * b_width + u];

        both += one & other;
        either += one | other;
      }

  return either > 0 ? (double) both / either : 0.0;
}
