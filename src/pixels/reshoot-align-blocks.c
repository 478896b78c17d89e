/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far each part of the picture moved, and the one motion that explains most of them. Parts that were edited say
 * something else or nothing, and must not count. */

#include "reshoot-align-private.h"

#include <math.h>
#include <string.h>

#define REACH 2
#define N_SHIFTS (2 * REACH + 1)

/* Added to the product of the variances: without it noise resembles noise. */
#define NOISE_POWER 4.0

/* Standard deviations between which a part counts as structure. */
#define STRUCTURE_FROM 1.2f
#define STRUCTURE_TO 4.f

/* The peak of the likeness must be at least that sharp across. */
#define FULL_CURVATURE 0.05f

#define TUKEY 4.7
#define LEAST_SCALE 0.25
#define N_ROUNDS 12

/* Summed-area tables of a plane and its square, one row and column larger. */
typedef struct
{
  double *sum;
  double *square;
  int     width;
} Sums;

static void
sums_clear (Sums *sums)
{
  g_clear_pointer (&sums->sum, g_free);
  g_clear_pointer (&sums->square, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sums, sums_clear)

static Sums
make_sums (const ReshootPlane *plane)
{
  Sums sums = { NULL, NULL, plane->width + 1 };

  sums.sum = g_new0 (double, (gsize) sums.width * (plane->height + 1));
  sums.square = g_new0 (double, (gsize) sums.width * (plane->height + 1));
  for (int y = 0; y < plane->height; y++)
    {
      double line = 0;
      double squares = 0;

      for (int x = 0; x < plane->width; x++)
        {
          float value = plane->data[(gsize) y * plane->width + x];
          gsize i = (gsize) (y + 1) * sums.width + x + 1;

          line += value;
          squares += (double) value * value;
          sums.sum[i] = sums.sum[i - sums.width] + line;
          sums.square[i] = sums.square[i - sums.width] + squares;
        }
    }

  return sums;
}

static double
take_mean (const double *table,
           int           width,
           int           left,
           int           top,
           int           window)
{
  const double *above = table + (gsize) top * width + left;
  const double *below = above + (gsize) window * width;

  return (below[window] - below[0] - above[window] + above[0]) / ((double) window * window);
}

static double
take_product (const ReshootPlane *a,
              const ReshootPlane *b,
              int                 x,
              int                 y,
              int                 u,
              int                 v,
              int                 window)
{
  double sum = 0;

  for (int k = 0; k < window; k++)
    {
      const float *one = a->data + (gsize) (y + k) * a->width + x;
      const float *other = b->data + (gsize) (v + k) * b->width + u;
      float line = 0;

      for (int i = 0; i < window; i++)
        line += one[i] * other[i];
      sum += line;
    }

  return sum / ((double) window * window);
}

/* The vertex of the parabola through three likenesses, and how sharp it is. */
static float
find_peak (float  before,
           float  peak,
           float  after,
           float *curvature)
{
  float bend = before - 2 * peak + after;

  *curvature = -bend;
  return bend < -1e-4f ? CLAMP (0.5f * (before - after) / bend, -0.6f, 0.6f) : 0.f;
}

static void
weigh_block (ReshootBlock *block,
             float         likeness[N_SHIFTS][N_SHIFTS],
             double        variance)
{
  float sharp_x, sharp_y;
  int best = 0;
  int row, column;
  float structure;

  for (int k = 1; k < N_SHIFTS * N_SHIFTS; k++)
    if (likeness[k / N_SHIFTS][k % N_SHIFTS] > likeness[best / N_SHIFTS][best % N_SHIFTS])
      best = k;
  row = best / N_SHIFTS;
  column = best % N_SHIFTS;
  block->likeness = likeness[row][column];

  if (row == 0 || row == N_SHIFTS - 1 || column == 0 || column == N_SHIFTS - 1)
    return;

  block->dx = column - REACH + find_peak (likeness[row][column - 1], block->likeness,
                                          likeness[row][column + 1], &sharp_x);
  block->dy = row - REACH + find_peak (likeness[row - 1][column], block->likeness,
                                       likeness[row + 1][column], &sharp_y);
  structure = reshoot_smooth_step (sqrtf ((float) variance), STRUCTURE_FROM, STRUCTURE_TO);
  block->textured = structure > 0.3f;
  structure *= powf (CLAMP (block->likeness, 0.f, 1.f), 4);
  block->weight_x = structure * CLAMP (sharp_x / FULL_CURVATURE, 0.f, 1.f);
  block->weight_y = structure * CLAMP (sharp_y / FULL_CURVATURE, 0.f, 1.f);
}

/* Where each part of @source is found in @reply, which lies at most two pixels off. Windows are squares of @window
 * (odd), @step apart. Returns the ReshootBlock's. */
GArray *
reshoot_motion_match_blocks (const ReshootPlane *source,
                             const ReshootPlane *reply,
                             int                 window,
                             int                 step)
{
  g_autoptr (ReshootPlane) a = reshoot_plane_band (source, 0.8, 6);
  g_autoptr (ReshootPlane) b = reshoot_plane_band (reply, 0.8, 6);
  g_auto (Sums) of_a = make_sums (a);
  g_auto (Sums) of_b = make_sums (b);
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (ReshootBlock));

  for (int y = REACH; y + window + REACH <= a->height; y += step)
    for (int x = REACH; x + window + REACH <= a->width; x += step)
      {
        ReshootBlock block = { .x = x + window / 2, .y = y + window / 2 };
        double mean = take_mean (of_a.sum, of_a.width, x, y, window);
        double variance = MAX (take_mean (of_a.square, of_a.width, x, y, window) - mean * mean, 0);
        float likeness[N_SHIFTS][N_SHIFTS];

        for (int v = 0; v < N_SHIFTS; v++)
          for (int u = 0; u < N_SHIFTS; u++)
            {
              int left = x + u - REACH;
              int top = y + v - REACH;
              double other = take_mean (of_b.sum, of_b.width, left, top, window);
              double spread = MAX (take_mean (of_b.square, of_b.width, left, top, window) - other
                                   * other, 0);
              double both = take_product (a, b, x, y, left, top, window) - mean * other;

              likeness[v][u] = (float) fabs (both / sqrt (variance * spread + NOISE_POWER));
            }

        weigh_block (&block, likeness, variance);
        g_array_append_val (blocks, block);
      }

  return blocks;
}

static double
median_shift (GArray   *blocks,
              gboolean  across)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (float));

  for (guint i = 0; i < blocks->len; i++)
    {
      const ReshootBlock *block = &g_array_index (blocks, ReshootBlock, i);
      float shift = across ? block->dx : block->dy;

      if ((across ? block->weight_x : block->weight_y) > 0.2f)
        g_array_append_val (values, shift);
    }

  return values->len > 5 ? reshoot_find_median (values) : 0;
}

/* Gauss elimination of three equations, the pivot being safe: the matrix is positive definite. */
static void
solve (double matrix[3][3],
       double right[3],
       double x[3])
{
  for (int k = 0; k < 3; k++)
    for (int i = k + 1; i < 3; i++)
      {
        double factor = matrix[i][k] / matrix[k][k];

        for (int j = k; j < 3; j++)
          matrix[i][j] -= factor * matrix[k][j];
        right[i] -= factor * right[k];
      }

  for (int i = 2; i >= 0; i--)
    {
      x[i] = right[i];
      for (int j = i + 1; j < 3; j++)
        x[i] -= matrix[i][j] * x[j];
      x[i] /= matrix[i][i];
    }
}

/* One axis by weighted least squares: zoom along it, shear across, shift. Zoom is held back a little and shear ten
 * times as much; both more where there are @few blocks, which could not tell them from noise. */
static void
fit_axis (GArray      *blocks,
          const float *shares,
          gboolean     across,
          gboolean     few,
          double       x0,
          double       y0,
          double       size,
          double       theta[3])
{
  double matrix[3][3] = { { 0 } };
  double right[3] = { 0 };
  double total = 0;
  double ridge;

  for (guint i = 0; i < blocks->len; i++)
    {
      const ReshootBlock *block = &g_array_index (blocks, ReshootBlock, i);
      double weight = across ? shares[2 * i] * block->weight_x : shares[2 * i + 1]
                      * block->weight_y;
      double row[3] = { (block->x - x0) / size, (block->y - y0) / size, 1 };

      total += weight;
      for (int j = 0; j < 3; j++)
        {
          for (int k = 0; k < 3; k++)
            matrix[j][k] += weight * row[j] * row[k];
          right[j] += weight * row[j] * (across ? block->dx : block->dy);
        }
    }

  ridge = 1e-4 * MAX (1, 300 / (total + 1)) * total;
  for (int j = 0; j < 2; j++)
    matrix[j][j] += ridge * ((j == 0) == across ? 1 : few ? 1000 : 10) * (few ? 4 : 1);
  for (int j = 0; j < 3; j++)
    matrix[j][j] += 1e-6;
  solve (matrix, right, theta);
}

static void
measure_distances (GArray       *blocks,
                   const double  theta[2][3],
                   double        x0,
                   double        y0,
                   double        size,
                   float        *distances)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      const ReshootBlock *block = &g_array_index (blocks, ReshootBlock, i);
      double u = (block->x - x0) / size;
      double v = (block->y - y0) / size;

      distances[2 * i] = (float) (block->dx - theta[0][0] * u - theta[0][1] * v - theta[0][2]);
      distances[2 * i + 1] = (float) (block->dy - theta[1][0] * u - theta[1][1] * v - theta[1][2]);
    }
}

static double
next_scale (GArray      *blocks,
            const float *distances,
            const float *shares,
            double       scale)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (float));
  double spread = scale;

  for (guint i = 0; i < blocks->len; i++)
    {
      const ReshootBlock *block = &g_array_index (blocks, ReshootBlock, i);

      if (MAX (block->weight_x, block->weight_y) > 0.2f && shares[2 * i] > 0
          && shares[2 * i + 1] > 0)
        for (int k = 0; k < 2; k++)
          {
            float distance = fabsf (distances[2 * i + k]);

            g_array_append_val (values, distance);
          }
    }
  if (values->len > 16)
    spread = reshoot_find_median (values);

  return MAX (MIN (scale * 0.8, 1.5 * spread + 0.05), LEAST_SCALE);
}

/* The motion that most blocks agree on, found by weighing them anew in each round (Tukey's weights; the scale shrinks
 * from @scale towards what noise explains). @offset: how far a pixel moves, as a map. @distances: two a block, what
 * the motion leaves. Returns the last scale. */
double
reshoot_motion_fit (GArray   *blocks,
                    int       width,
                    int       height,
                    double    scale,
                    gboolean  few,
                    double    offset[6],
                    float    *distances)
{
  double x0 = width / 2.0;
  double y0 = height / 2.0;
  double size = MAX (width, height) / 2.0;
  double theta[2][3] = { { 0, 0, median_shift (blocks, TRUE) },
                        { 0, 0, median_shift (blocks, FALSE) } };
  g_autofree float *shares = g_new (float, 2 * blocks->len + 1);

  for (int round = 0; round < N_ROUNDS; round++)
    {
      measure_distances (blocks, theta, x0, y0, size, distances);
      for (guint i = 0; i < 2 * blocks->len; i++)
        {
          double far = distances[i] / (TUKEY * scale);
          double share = MAX (1 - far * far, 0);

          shares[i] = (float) (share * share);
        }

      fit_axis (blocks, shares, TRUE, few, x0, y0, size, theta[0]);
      fit_axis (blocks, shares, FALSE, few, x0, y0, size, theta[1]);
      scale = next_scale (blocks, distances, shares, scale);
    }
  measure_distances (blocks, theta, x0, y0, size, distances);

  for (int i = 0; i < 2; i++)
    {
      offset[3 * i] = theta[i][0] / size;
      offset[3 * i + 1] = theta[i][1] / size;
      offset[3 * i + 2] = theta[i][2] - offset[3 * i] * x0 - offset[3 * i + 1] * y0;
    }
  return scale;
}
