/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootCoarse: something smooth, on a coarse grid that spans the picture. It hides how it is blurred and brought to
 * the picture's own pixels without steps. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

ReshootCoarse *
reshoot_coarse_new (int width,
                    int height,
                    int bands)
{
  ReshootCoarse *coarse = g_new0 (ReshootCoarse, 1);

  coarse->width = width;
  coarse->height = height;
  coarse->bands = bands;
  coarse->cell_width = coarse->cell_height = 1;
  coarse->values = g_new0 (float, (gsize) width * height * bands);
  return coarse;
}

void
reshoot_coarse_free (ReshootCoarse *coarse)
{
  g_free (coarse->values);
  g_free (coarse);
}

/* One box pass along a line of @n values, @step apart; the edge value goes on for ever. */
static void
box_line (float       *values,
          float       *scratch,
          int          n,
          int          step,
          int          radius)
{
  double sum = 0;
  int i;

  for (i = 0; i < n; i++)
    scratch[i] = values[(gsize) i * step];

  for (i = -radius; i <= radius; i++)
    sum += scratch[CLAMP (i, 0, n - 1)];
  for (i = 0; i < n; i++)
    {
      values[(gsize) i * step] = (float) (sum / (2 * radius + 1));
      sum += scratch[MIN (i + radius + 1, n - 1)] - scratch[MAX (i - radius, 0)];
    }
}

/* Three box passes, which are a Gaussian to the eye. @sigma in cells. */
void
reshoot_coarse_blur (ReshootCoarse *coarse,
                     double         sigma)
{
  int bands = coarse->bands, row = coarse->width * bands;
  g_autofree float *scratch = g_new (float, MAX (coarse->width, coarse->height));
  int pass, x, y, b;

  for (pass = 0; pass < 3; pass++)
    {
      /* The variance of a box of 2r+1 cells is (r² + r) / 3; three of them add up. */
      int radius = (int) round ((sqrt (1 + 4 * sigma * sigma) - 1) / 2);

      if (radius < 1)
        radius = pass == 0 && sigma > 0.4 ? 1 : 0;
      if (radius == 0)
        continue;

      for (y = 0; y < coarse->height; y++)
        for (b = 0; b < bands; b++)
          box_line (coarse->values + (gsize) y * row + b, scratch, coarse->width, bands, radius);
      for (x = 0; x < row; x++)
        box_line (coarse->values + x, scratch, coarse->height, row, radius);
    }
}

static void
spline_weights (float  t,
                float *w)
{
  float s = 1 - t;

  w[0] = s * s * s / 6;
  w[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
  w[2] = (3 * s * s * s - 6 * s * s + 4) / 6;
  w[3] = t * t * t / 6;
}

/* Row @y of the picture, blended from the four rows of cells around it, for the cells @first to @last. */
static void
blend_rows (const ReshootCoarse *coarse,
            int                  y,
            int                  first,
            int                  last,
            float               *out)
{
  int bands = coarse->bands, row = coarse->width * bands, i, k;
  double gy = (y + 0.5) / coarse->cell_height - 0.5;
  int iy = (int) floor (gy);
  float weights[4];

  spline_weights ((float) (gy - iy), weights);
  memset (out, 0, sizeof *out * (last - first + 1) * bands);
  for (k = 0; k < 4; k++)
    {
      const float *line = coarse->values + (gsize) CLAMP (iy - 1 + k, 0, coarse->height - 1) * row;

      for (i = first; i <= last; i++)
        {
          const float *cell = line + CLAMP (i, 0, coarse->width - 1) * bands;
          int b;

          for (b = 0; b < bands; b++)
            out[(i - first) * bands + b] += weights[k] * cell[b];
        }
    }
}

/* A run of @n pixels of row @y from @x on; cubic B-spline, which neither overshoots nor shows the grid. */
void
reshoot_coarse_line (const ReshootCoarse *coarse,
                     int                  x,
                     int                  y,
                     int                  n,
                     float               *out)
{
  int bands = coarse->bands, i, j, b;
  int first = (int) floor ((x + 0.5) / coarse->cell_width - 0.5) - 1;
  int last = (int) floor ((x + n - 0.5) / coarse->cell_width - 0.5) + 2;
  g_autofree float *cells = g_new (float, (gsize) (last - first + 1) * bands);

  blend_rows (coarse, y, first, last, cells);
  for (i = 0; i < n; i++)
    {
      double gx = (x + i + 0.5) / coarse->cell_width - 0.5;
      int ix = (int) floor (gx);
      const float *cell = cells + (gsize) (ix - 1 - first) * bands;
      float weights[4];

      spline_weights ((float) (gx - ix), weights);
      for (b = 0; b < bands; b++)
        {
          float sum = 0;

          for (j = 0; j < 4; j++)
            sum += weights[j] * cell[j * bands + b];
          out[i * bands + b] = sum;
        }
    }
}
