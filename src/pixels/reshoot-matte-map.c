/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Carries a cut-out over to another picture of the same product: one that was cropped, turned, scaled or laid on a
 * canvas. A product that was cut out once, before its own backdrop, need not be found again before a new one. */

#include "reshoot-matte-map.h"

#include <math.h>

#define MOST_SAMPLES 8  /* in each direction, where the other picture is much smaller */

typedef struct
{
  const guint8 *values;
  int           width;
  int           height;
} Plane;

/* The value at a place between pixels; nothing lies outside. */
static double
sample (const Plane *plane,
        double       x,
        double       y)
{
  int left = (int) floor (x);
  int top = (int) floor (y);
  double sum = 0.0;

  for (int v = top; v <= top + 1; v++)
    for (int u = left; u <= left + 1; u++)
      if (u >= 0 && v >= 0 && u < plane->width && v < plane->height)
        sum += plane->values[(gsize) v * plane->width + u]
               * (1.0 - fabs (x - u)) * (1.0 - fabs (y - v));

  return sum;
}

/* The way back. Returns FALSE where there is none. */
static gboolean
invert (const double a[6],
        double       inverse[6])
{
  double determinant = a[0] * a[4] - a[1] * a[3];

  if (fabs (determinant) < 1e-12)
    return FALSE;

  inverse[0] = a[4] / determinant;
  inverse[1] = -a[1] / determinant;
  inverse[3] = -a[3] / determinant;
  inverse[4] = a[0] / determinant;
  inverse[2] = -(inverse[0] * a[2] + inverse[1] * a[5]);
  inverse[5] = -(inverse[3] * a[2] + inverse[4] * a[5]);
  return TRUE;
}

/* The mean over one pixel of the other picture, from @n x @n places in it. */
static guint8
map_pixel (const Plane  *plane,
           const double  back[6],
           int           x,
           int           y,
           int           n)
{
  double sum = 0.0;

  for (int j = 0; j < n; j++)
    for (int i = 0; i < n; i++)
      {
        double u = x + (i + 0.5) / n;
        double v = y + (j + 0.5) / n;

        sum += sample (plane, back[0] * u + back[1] * v + back[2] - 0.5,
                       back[3] * u + back[4] * v + back[5] - 0.5);
      }

  return (guint8) lround (CLAMP (sum / (n * n), 0.0, 255.0));
}

/* @affine: where a point of the cut-out's picture is in the other one. Returns NULL where it leads nowhere. */
guint8 *
reshoot_matte_map_values (const guint8 *values,
                          int           from_width,
                          int           from_height,
                          const double  affine[6],
                          int           width,
                          int           height)
{
  Plane plane = { values, from_width, from_height };
  double back[6];
  guint8 *mapped;
  int n;

  if (!invert (affine, back))
    return NULL;

  n = (int) ceil (sqrt (fabs (back[0] * back[4] - back[1] * back[3])) - 1e-6);
  n = CLAMP (n, 1, MOST_SAMPLES);
  mapped = g_malloc ((gsize) width * height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      mapped[(gsize) y * width + x] = map_pixel (&plane, back, x, y, n);

  return mapped;
}
