/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootMixture: the colours of one side of a picture, as a mixture of Gaussians that knows where each of them is
 * found: black books at the far left say little of a black cap on the right. A colour's likelihood is that among the
 * parts found near it. Where nothing is near, all parts count alike. */

#include "reshoot-mixture.h"

#include <math.h>
#include <string.h>

#define N_PARTS 8
#define NOISE 1.0            /* added to every variance, in levels squared: a flat colour must not be infinitely sure */
#define PLACE_SIGMA 0.08     /* of the long side: added to how wide a part is spread */
#define ANYWHERE 0.02f       /* how much a part counts where it was never seen, beside one that is there */

typedef struct
{
  float  weight;
  float  mean[3];
  float  inverse[6];   /* xx, xy, xz, yy, yz, zz */
  float  norm;         /* logarithm of the density at the mean */
  float *columns;      /* how likely it is in each, and in each row; to be multiplied */
  float *rows;
} Part;

struct _ReshootMixture
{
  int  width;
  int  height;
  Part parts[N_PARTS];
};

typedef struct
{
  double n;
  double sum[3];
  double square[6];
  double place[2];
  double place_square[2];
} Sums;

/**
 * reshoot_mixture_new:
 * @width: of the grid, in cells
 * @height: of the grid, in cells
 *
 * Returns: (transfer full): a mixture that has learnt nothing yet
 */
ReshootMixture *
reshoot_mixture_new (int width,
                     int height)
{
  ReshootMixture *self = g_new0 (ReshootMixture, 1);

  self->width = width;
  self->height = height;
  for (int k = 0; k < N_PARTS; k++)
    {
      self->parts[k].columns = g_new0 (float, width);
      self->parts[k].rows = g_new0 (float, height);
    }
  return self;
}

void
reshoot_mixture_free (ReshootMixture *self)
{
  for (int k = 0; k < N_PARTS; k++)
    {
      g_free (self->parts[k].columns);
      g_free (self->parts[k].rows);
    }
  g_free (self);
}

static void
add_color (Sums        *sums,
           const float *color)
{
  int k = 0;

  sums->n += 1.0;
  for (int i = 0; i < 3; i++)
    {
      sums->sum[i] += color[i];
      for (int j = i; j < 3; j++)
        sums->square[k++] += (double) color[i] * color[j];
    }
}

static void
add_place (Sums *sums,
           int   x,
           int   y)
{
  sums->place[0] += x;
  sums->place[1] += y;
  sums->place_square[0] += (double) x * x;
  sums->place_square[1] += (double) y * y;
}

/* Mean and covariance of what was summed; the covariance as xx, xy, xz, yy, yz, zz. */
static void
describe (const Sums *sums,
          double      mean[3],
          double      covariance[6])
{
  int k = 0;

  for (int i = 0; i < 3; i++)
    mean[i] = sums->sum[i] / MAX (sums->n, 1.0);
  for (int i = 0; i < 3; i++)
    for (int j = i; j < 3; j++, k++)
      covariance[k] = sums->square[k] / MAX (sums->n, 1.0) - mean[i] * mean[j]
                      + (i == j ? NOISE : 0.0);
}

/* The part whose colours are spread the widest, and along which channel. */
static int
widest_part (const Sums *sums,
             int         n_parts,
             int        *channel)
{
  static const int diagonal[3] = { 0, 3, 5 };
  int widest = 0;
  double most = -1.0;

  for (int k = 0; k < n_parts; k++)
    {
      double mean[3];
      double covariance[6];

      describe (&sums[k], mean, covariance);
      for (int i = 0; i < 3; i++)
        if (covariance[diagonal[i]] * sums[k].n > most)
          {
            most = covariance[diagonal[i]] * sums[k].n;
            widest = k;
            *channel = i;
          }
    }

  return widest;
}

/**
 * reshoot_mixture_split:
 * @colors: three values a cell, interleaved, 0–255
 * @cells: which cells count: those that are not 0
 * @n: how many cells
 * @labels: (inout): to which part each of them goes at first
 *
 * Splits colours into parts, each time the widest part at its mean: no chance in it.
 */
void
reshoot_mixture_split (const float  *colors,
                       const guint8 *cells,
                       gsize         n,
                       guint8       *labels)
{
  Sums sums[N_PARTS] = { 0 };

  for (gsize i = 0; i < n; i++)
    if (cells[i])
      {
        labels[i] = 0;
        add_color (&sums[0], colors + i * 3);
      }

  for (int n_parts = 1; n_parts < N_PARTS; n_parts++)
    {
      int channel = 0;
      int widest = widest_part (sums, n_parts, &channel);
      double at = sums[widest].sum[channel] / MAX (sums[widest].n, 1.0);

      memset (&sums[widest], 0, sizeof (Sums));
      for (gsize i = 0; i < n; i++)
        {
          if (!cells[i] || labels[i] != widest)
            continue;
          if (colors[i * 3 + channel] > at)
            labels[i] = (guint8) n_parts;
          add_color (&sums[labels[i]], colors + i * 3);
        }
    }
}

static void
make_colors (Part       *part,
             const Sums *sums)
{
  double mean[3], c[6], inverse[6];
  double determinant;

  describe (sums, mean, c);
  inverse[0] = c[3] * c[5] - c[4] * c[4];
  inverse[1] = c[2] * c[4] - c[1] * c[5];
  inverse[2] = c[1] * c[4] - c[2] * c[3];
  inverse[3] = c[0] * c[5] - c[2] * c[2];
  inverse[4] = c[1] * c[2] - c[0] * c[4];
  inverse[5] = c[0] * c[3] - c[1] * c[1];
  determinant = MAX (c[0] * inverse[0] + c[1] * inverse[1] + c[2] * inverse[2], 1e-9);
  for (int k = 0; k < 6; k++)
    part->inverse[k] = (float) (inverse[k] / determinant);
  for (int k = 0; k < 3; k++)
    part->mean[k] = (float) mean[k];
  part->norm = (float) (-0.5 * log (determinant));
}

static void
make_places (const Sums *sums,
             int         axis,
             double      sigma,
             float      *out,
             int         n)
{
  double mean = sums->place[axis] / MAX (sums->n, 1.0);
  double variance = sums->place_square[axis] / MAX (sums->n, 1.0) - mean * mean + sigma * sigma;

  for (int i = 0; i < n; i++)
    out[i] = (float) exp (-0.5 * (i - mean) * (i - mean) / variance);
}

/**
 * reshoot_mixture_learn:
 * @self: a mixture
 * @colors: three values a cell, interleaved, 0–255
 * @cells: which cells it learns from: those that are not 0
 * @labels: to which part each of them goes
 */
void
reshoot_mixture_learn (ReshootMixture *self,
                       const float    *colors,
                       const guint8   *cells,
                       const guint8   *labels)
{
  double sigma = PLACE_SIGMA * MAX (self->width, self->height);
  Sums sums[N_PARTS] = { 0 };
  double total = 0.0;

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        gsize i = (gsize) y * self->width + x;

        if (!cells[i])
          continue;
        add_color (&sums[labels[i]], colors + i * 3);
        add_place (&sums[labels[i]], x, y);
      }

  for (int k = 0; k < N_PARTS; k++)
    total += sums[k].n;
  for (int k = 0; k < N_PARTS; k++)
    {
      self->parts[k].weight = (float) (sums[k].n / MAX (total, 1.0));
      make_colors (&self->parts[k], &sums[k]);
      make_places (&sums[k], 0, sigma, self->parts[k].columns, self->width);
      make_places (&sums[k], 1, sigma, self->parts[k].rows, self->height);
    }
}

/* Logarithm of a colour's density, up to a constant that is the same for all. */
static float
log_density (const Part  *part,
             const float *color)
{
  float x = color[0] - part->mean[0];
  float y = color[1] - part->mean[1];
  float z = color[2] - part->mean[2];
  const float *m = part->inverse;

  return part->norm - 0.5f * (x * x * m[0] + y * y * m[3] + z * z * m[5]
                              + 2.0f * (x * y * m[1] + x * z * m[2] + y * z * m[4]));
}

/* What a colour costs at a place: the logarithm of how unlikely it is there. */
static float
cost_at (const ReshootMixture *self,
         const float          *color,
         int                   x,
         int                   y,
         guint8               *label)
{
  float shares[N_PARTS], densities[N_PARTS];
  float total = 0.0f, sum = 0.0f, best = -G_MAXFLOAT, most = -G_MAXFLOAT;

  for (int k = 0; k < N_PARTS; k++)
    {
      const Part *part = &self->parts[k];

      shares[k] = part->weight * (ANYWHERE + part->columns[x] * part->rows[y]);
      total += shares[k];
      densities[k] = part->weight > 0.0f ? log_density (part, color) : -G_MAXFLOAT;
      most = MAX (most, densities[k]);
    }

  for (int k = 0; k < N_PARTS; k++)
    {
      float here = shares[k] * expf (densities[k] - most);

      sum += here;
      if (here > best)
        {
          best = here;
          *label = (guint8) k;
        }
    }

  return logf (MAX (total, 1e-30f)) - most - logf (MAX (sum, 1e-30f));
}

/**
 * reshoot_mixture_costs:
 * @self: a mixture that has learnt
 * @colors: three values a cell, interleaved, 0–255
 * @costs: (out): what each cell costs if it belongs here
 * @labels: (out): to which part it would go
 */
void
reshoot_mixture_costs (ReshootMixture *self,
                       const float    *colors,
                       float          *costs,
                       guint8         *labels)
{
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        gsize i = (gsize) y * self->width + x;

        costs[i] = cost_at (self, colors + i * 3, x, y, &labels[i]);
      }
}
