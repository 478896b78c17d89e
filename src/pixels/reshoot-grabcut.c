/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts product from background by two mixtures of colours and the smallest cut between them, in turns. Carsten Rother,
 * Vladimir Kolmogorov, Andrew Blake, "GrabCut", 2004; its constants are kept. Everything is deterministic: the mixtures
 * start from splits along the longest axis instead of from random centres. */

#include "reshoot-grabcut.h"

#include "reshoot-maxflow.h"

#include <math.h>

#define N_PARTS 5
#define GAMMA 50.0f          /* weight of an edge between cells of one colour */
#define SURE (9.0f * GAMMA)  /* more than all edges of a cell together */
#define NOISE 1.0            /* added to every variance, in levels squared: a flat colour must not be infinitely sure */

typedef struct
{
  double weight;
  double mean[3];
  double inverse[6];   /* xx, xy, xz, yy, yz, zz */
  double log_norm;
} Part;

typedef struct
{
  Part parts[N_PARTS];
} Mixture;

typedef struct
{
  double n;
  double sum[3];
  double square[6];
} Sums;

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

static void
make_part (Part       *part,
           const Sums *sums,
           double      total)
{
  double c[6];
  double determinant;

  part->weight = sums->n / MAX (total, 1.0);
  describe (sums, part->mean, c);

  part->inverse[0] = c[3] * c[5] - c[4] * c[4];
  part->inverse[1] = c[2] * c[4] - c[1] * c[5];
  part->inverse[2] = c[1] * c[4] - c[2] * c[3];
  part->inverse[3] = c[0] * c[5] - c[2] * c[2];
  part->inverse[4] = c[1] * c[2] - c[0] * c[4];
  part->inverse[5] = c[0] * c[3] - c[1] * c[1];
  determinant = c[0] * part->inverse[0] + c[1] * part->inverse[1] + c[2] * part->inverse[2];
  for (int k = 0; k < 6; k++)
    part->inverse[k] /= MAX (determinant, 1e-9);
  part->log_norm = -0.5 * log (MAX (determinant, 1e-9));
}

/* Logarithm of weight times density, up to a constant that is the same for all. */
static double
log_density (const Part  *part,
             const float *color)
{
  double x = color[0] - part->mean[0];
  double y = color[1] - part->mean[1];
  double z = color[2] - part->mean[2];
  const double *m = part->inverse;
  double distance = x * x * m[0] + y * y * m[3] + z * z * m[5]
                    + 2.0 * (x * y * m[1] + x * z * m[2] + y * z * m[4]);

  return part->weight > 0.0 ? log (part->weight) + part->log_norm - 0.5 * distance : -G_MAXDOUBLE;
}

static int
nearest_part (const Mixture *mixture,
              const float   *color)
{
  int best = 0;
  double best_density = -G_MAXDOUBLE;

  for (int k = 0; k < N_PARTS; k++)
    {
      double density = log_density (&mixture->parts[k], color);

      if (density > best_density)
        {
          best = k;
          best_density = density;
        }
    }

  return best;
}

static float
cost (const Mixture *mixture,
      const float   *color)
{
  double most = -G_MAXDOUBLE;
  double sum = 0.0;
  double densities[N_PARTS];

  for (int k = 0; k < N_PARTS; k++)
    {
      densities[k] = log_density (&mixture->parts[k], color);
      most = MAX (most, densities[k]);
    }
  for (int k = 0; k < N_PARTS; k++)
    sum += exp (densities[k] - most);

  return (float) -(most + log (sum));
}

static gboolean
is_product (guint8 cell)
{
  return cell >= RESHOOT_TRIMAP_MAYBE_PRODUCT;
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

/* Splits one side's colours into parts, each time the widest part at its mean. */
static void
split_side (const float  *colors,
            const guint8 *trimap,
            gsize         n,
            gboolean      product,
            guint8       *labels)
{
  Sums sums[N_PARTS] = { 0 };

  for (gsize i = 0; i < n; i++)
    if (is_product (trimap[i]) == product)
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
          if (is_product (trimap[i]) != product || labels[i] != widest)
            continue;
          if (colors[i * 3 + channel] > at)
            labels[i] = (guint8) n_parts;
          add_color (&sums[labels[i]], colors + i * 3);
        }
    }
}

static void
learn (Mixture      *mixture,
       const float  *colors,
       const guint8 *trimap,
       const guint8 *labels,
       gsize         n,
       gboolean      product)
{
  Sums sums[N_PARTS] = { 0 };
  double total = 0.0;

  for (gsize i = 0; i < n; i++)
    if (is_product (trimap[i]) == product)
      add_color (&sums[labels[i]], colors + i * 3);

  for (int k = 0; k < N_PARTS; k++)
    total += sums[k].n;
  for (int k = 0; k < N_PARTS; k++)
    make_part (&mixture->parts[k], &sums[k], total);
}

static float
distance_squared (const float *a,
                  const float *b)
{
  float x = a[0] - b[0];
  float y = a[1] - b[1];
  float z = a[2] - b[2];

  return x * x + y * y + z * z;
}

typedef struct
{
  const float *colors;
  int          width;
  int          height;
  gsize        n;
  double       beta;
} Grid;

typedef void (*EdgeFunc) (Grid    *grid,
                          int      cell,
                          int      direction,
                          int      other,
                          gpointer user_data);

/* Every pair of neighbours once. */
static void
for_each_edge (Grid     *grid,
               EdgeFunc  func,
               gpointer  user_data)
{
  for (int y = 0; y < grid->height; y++)
    for (int x = 0; x < grid->width; x++)
      for (int d = 0; d < RESHOOT_MAXFLOW_N_DIRECTIONS; d += 2)
        {
          int u = x + reshoot_maxflow_dx[d];
          int v = y + reshoot_maxflow_dy[d];

          if (u >= 0 && v >= 0 && u < grid->width && v < grid->height)
            func (grid, y * grid->width + x, d, v * grid->width + u, user_data);
        }
}

static void
add_contrast (Grid    *grid,
              int      cell,
              int      direction,
              int      other,
              gpointer user_data)
{
  double *sum = user_data;

  sum[0] += distance_squared (grid->colors + cell * 3, grid->colors + other * 3);
  sum[1] += 1.0;
}

static void
add_edge (Grid    *grid,
          int      cell,
          int      direction,
          int      other,
          gpointer user_data)
{
  float far = distance_squared (grid->colors + cell * 3, grid->colors + other * 3);
  float weight = GAMMA * (float) exp (-grid->beta * far);

  if (reshoot_maxflow_dx[direction] != 0 && reshoot_maxflow_dy[direction] != 0)
    weight *= (float) G_SQRT2 / 2.0f;

  reshoot_maxflow_set_edge (user_data, cell, direction, weight);
}

static void
cut (Grid          *grid,
     guint8        *trimap,
     const Mixture *background,
     const Mixture *product)
{
  g_autoptr (ReshootMaxflow) maxflow = reshoot_maxflow_new (grid->width, grid->height);

  for (gsize i = 0; i < grid->n; i++)
    {
      if (trimap[i] == RESHOOT_TRIMAP_BACKGROUND)
        reshoot_maxflow_set_terminal (maxflow, (int) i, 0.0f, SURE);
      else if (trimap[i] == RESHOOT_TRIMAP_PRODUCT)
        reshoot_maxflow_set_terminal (maxflow, (int) i, SURE, 0.0f);
      else
        reshoot_maxflow_set_terminal (maxflow, (int) i, cost (background, grid->colors + i * 3),
                                      cost (product, grid->colors + i * 3));
    }
  for_each_edge (grid, add_edge, maxflow);
  reshoot_maxflow_run (maxflow);

  for (gsize i = 0; i < grid->n; i++)
    if (trimap[i] == RESHOOT_TRIMAP_MAYBE_BACKGROUND || trimap[i] == RESHOOT_TRIMAP_MAYBE_PRODUCT)
      trimap[i] = reshoot_maxflow_is_source (maxflow, (int) i) ? RESHOOT_TRIMAP_MAYBE_PRODUCT
                                                               : RESHOOT_TRIMAP_MAYBE_BACKGROUND;
}

/**
 * reshoot_grabcut:
 * @colors: three values a cell, interleaved, 0–255
 * @trimap: (inout): of [enum@Trimap]; the two maybes are decided
 * @width: in cells
 * @height: in cells
 * @n_rounds: how often to learn and cut; it stops before that when nothing changes any more
 * @cancellable: (nullable): asked between rounds
 * @error: return location for an error
 *
 * Returns: %FALSE when it was cancelled
 */
gboolean
reshoot_grabcut (const float   *colors,
                 guint8        *trimap,
                 int            width,
                 int            height,
                 int            n_rounds,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Grid grid = { colors, width, height, (gsize) width * height, 0.0 };
  g_autofree guint8 *labels = g_new0 (guint8, grid.n);
  g_autofree guint8 *before = g_new (guint8, grid.n);
  Mixture background = { 0 };
  Mixture product = { 0 };
  double contrast[2] = { 0.0, 0.0 };

  for_each_edge (&grid, add_contrast, contrast);
  grid.beta = contrast[0] > 0.0 ? contrast[1] / (2.0 * contrast[0]) : 0.0;

  split_side (colors, trimap, grid.n, FALSE, labels);
  split_side (colors, trimap, grid.n, TRUE, labels);

  for (int round = 0; round < n_rounds; round++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      learn (&background, colors, trimap, labels, grid.n, FALSE);
      learn (&product, colors, trimap, labels, grid.n, TRUE);
      memcpy (before, trimap, grid.n);
      cut (&grid, trimap, &background, &product);
      if (memcmp (before, trimap, grid.n) == 0)
        break;

      for (gsize i = 0; i < grid.n; i++)
        labels[i] = (guint8) nearest_part (is_product (trimap[i]) ? &product : &background,
                                           colors + i * 3);
    }

  return TRUE;
}
