/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts product from background by two mixtures of colours and the smallest cut between them, in turns. Carsten Rother,
 * Vladimir Kolmogorov, Andrew Blake, "GrabCut", 2004; its constants are kept. Everything is deterministic. */

#include "reshoot-grabcut.h"

#include "reshoot-maxflow.h"
#include "reshoot-mixture.h"

#include <math.h>
#include <string.h>

#define GAMMA 50.0f          /* weight of an edge between cells of one colour */
#define SURE (9.0f * GAMMA)  /* more than all edges of a cell together */

static gboolean
is_product (guint8 cell)
{
  return cell >= RESHOOT_TRIMAP_MAYBE_PRODUCT;
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
cut (Grid        *grid,
     guint8      *trimap,
     const float *background,
     const float *product)
{
  g_autoptr (ReshootMaxflow) maxflow = reshoot_maxflow_new (grid->width, grid->height);

  for (gsize i = 0; i < grid->n; i++)
    {
      if (trimap[i] == RESHOOT_TRIMAP_BACKGROUND)
        reshoot_maxflow_set_terminal (maxflow, (int) i, 0.0f, SURE);
      else if (trimap[i] == RESHOOT_TRIMAP_PRODUCT)
        reshoot_maxflow_set_terminal (maxflow, (int) i, SURE, 0.0f);
      else
        reshoot_maxflow_set_terminal (maxflow, (int) i, background[i], product[i]);
    }
  for_each_edge (grid, add_edge, maxflow);
  reshoot_maxflow_run (maxflow);

  for (gsize i = 0; i < grid->n; i++)
    if (trimap[i] == RESHOOT_TRIMAP_MAYBE_BACKGROUND || trimap[i] == RESHOOT_TRIMAP_MAYBE_PRODUCT)
      trimap[i] = reshoot_maxflow_is_source (maxflow, (int) i) ? RESHOOT_TRIMAP_MAYBE_PRODUCT
                                                               : RESHOOT_TRIMAP_MAYBE_BACKGROUND;
}

/* One side of the cut. */
typedef struct
{
  ReshootMixture *mixture;
  guint8         *cells;     /* 1 where it is */
  guint8         *labels;
  float          *costs;
} Side;

static void
side_init (Side   *side,
           int     width,
           int     height)
{
  gsize n = (gsize) width * height;

  side->mixture = reshoot_mixture_new (width, height);
  side->cells = g_new (guint8, n);
  side->labels = g_new0 (guint8, n);
  side->costs = g_new (float, n);
}

static void
side_clear (Side *side)
{
  reshoot_mixture_free (side->mixture);
  g_free (side->cells);
  g_free (side->labels);
  g_free (side->costs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static void
side_take (Side         *side,
           const guint8 *trimap,
           gsize         n,
           gboolean      product)
{
  for (gsize i = 0; i < n; i++)
    side->cells[i] = is_product (trimap[i]) == product;
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
  g_autofree guint8 *before = g_new (guint8, grid.n);
  g_auto (Side) background = { 0 };
  g_auto (Side) product = { 0 };
  double contrast[2] = { 0.0, 0.0 };

  for_each_edge (&grid, add_contrast, contrast);
  grid.beta = contrast[0] > 0.0 ? contrast[1] / (2.0 * contrast[0]) : 0.0;

  side_init (&background, width, height);
  side_init (&product, width, height);
  for (int round = 0; round < n_rounds; round++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      side_take (&background, trimap, grid.n, FALSE);
      side_take (&product, trimap, grid.n, TRUE);
      if (round == 0)
        {
          reshoot_mixture_split (colors, background.cells, grid.n, background.labels);
          reshoot_mixture_split (colors, product.cells, grid.n, product.labels);
        }
      reshoot_mixture_learn (background.mixture, colors, background.cells, background.labels);
      reshoot_mixture_learn (product.mixture, colors, product.cells, product.labels);
      reshoot_mixture_costs (background.mixture, colors, background.costs, background.labels);
      reshoot_mixture_costs (product.mixture, colors, product.costs, product.labels);

      memcpy (before, trimap, grid.n);
      cut (&grid, trimap, background.costs, product.costs);
      if (memcmp (before, trimap, grid.n) == 0)
        break;
    }

  return TRUE;
}
