/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The guided filter with a colour guide: a mask is pulled onto the edges of a picture. Kaiming He, Jian Sun, Xiaoou
 * Tang, "Guided Image Filtering", 2010. Every sum is a box sum, so the time does not depend on the radius. */

#include "reshoot-guided-filter.h"

/* Mean over the window along one line of @n values, @step apart; at the ends the window is what is left of it. */
static void
mean_of_line (const float *in,
              float       *out,
              int          n,
              int          step,
              int          radius)
{
  double sum = 0.0;

  for (int i = 0; i < MIN (radius, n); i++)
    sum += in[(gsize) i * step];

  for (int i = 0; i < n; i++)
    {
      int last = i + radius;
      int first = i - radius - 1;

      if (last < n)
        sum += in[(gsize) last * step];
      if (first >= 0)
        sum -= in[(gsize) first * step];

      out[(gsize) i * step] = (float) (sum / (MIN (last, n - 1) - MAX (first, -1)));
    }
}

/* Columns are summed row by row, for the sake of the cache. */
static void
mean_of_columns (const float *in,
                 float       *out,
                 int          width,
                 int          height,
                 int          radius)
{
  g_autofree double *sums = g_new0 (double, width);

  for (int y = 0; y < MIN (radius, height); y++)
    for (int x = 0; x < width; x++)
      sums[x] += in[(gsize) y * width + x];

  for (int y = 0; y < height; y++)
    {
      int last = y + radius;
      int first = y - radius - 1;
      double share = 1.0 / (MIN (last, height - 1) - MAX (first, -1));

      if (last < height)
        for (int x = 0; x < width; x++)
          sums[x] += in[(gsize) last * width + x];
      if (first >= 0)
        for (int x = 0; x < width; x++)
          sums[x] -= in[(gsize) first * width + x];

      for (int x = 0; x < width; x++)
        out[(gsize) y * width + x] = (float) (sums[x] * share);
    }
}

/**
 * reshoot_box_mean:
 * @in: one plane, row by row
 * @out: (out): its means; not @in
 * @width: in pixels
 * @height: in pixels
 * @radius: the window is 2 @radius + 1 wide and high, cut at the rim
 */
void
reshoot_box_mean (const float *in,
                  float       *out,
                  int          width,
                  int          height,
                  int          radius)
{
  g_autofree float *rows = g_new (float, (gsize) width * height);

  for (int y = 0; y < height; y++)
    mean_of_line (in + (gsize) y * width, rows + (gsize) y * width, width, 1, radius);

  mean_of_columns (rows, out, width, height, radius);
}

typedef struct
{
  int    width;
  int    height;
  int    radius;
  gsize  n;
  float *scratch;
} Planes;

/* Mean of a product of two planes, less the product of their means: their covariance in the window. */
static float *
covariance (Planes      *planes,
            const float *a,
            const float *b,
            const float *mean_a,
            const float *mean_b)
{
  float *out = g_new (float, planes->n);

  for (gsize i = 0; i < planes->n; i++)
    planes->scratch[i] = a[i] * b[i];
  reshoot_box_mean (planes->scratch, out, planes->width, planes->height, planes->radius);
  for (gsize i = 0; i < planes->n; i++)
    out[i] -= mean_a[i] * mean_b[i];

  return out;
}

/* Solves the symmetric 3 x 3 system of one window by Cramer's rule; s holds xx, xy, xz, yy, yz, zz. */
static void
solve (const float s[6],
       const float c[3],
       float       a[3])
{
  double m0 = (double) s[3] * s[5] - (double) s[4] * s[4];
  double m1 = (double) s[2] * s[4] - (double) s[1] * s[5];
  double m2 = (double) s[1] * s[4] - (double) s[2] * s[3];
  double m3 = (double) s[0] * s[5] - (double) s[2] * s[2];
  double m4 = (double) s[1] * s[2] - (double) s[0] * s[4];
  double m5 = (double) s[0] * s[3] - (double) s[1] * s[1];
  double scale = 1.0 / (s[0] * m0 + s[1] * m1 + s[2] * m2);

  a[0] = (float) ((m0 * c[0] + m1 * c[1] + m2 * c[2]) * scale);
  a[1] = (float) ((m1 * c[0] + m3 * c[1] + m4 * c[2]) * scale);
  a[2] = (float) ((m2 * c[0] + m4 * c[1] + m5 * c[2]) * scale);
}

/* From the six variances of the guide and its three covariances with the mask to three slopes, in place of the
 * latter. */
static void
find_slopes (Planes *planes,
             float  *variances[6],
             float  *covariances[3],
             float   epsilon)
{
  for (gsize i = 0; i < planes->n; i++)
    {
      float s[6];
      float c[3];
      float a[3];

      for (int k = 0; k < 6; k++)
        s[k] = variances[k][i] + (k == 0 || k == 3 || k == 5 ? epsilon : 0.0f);
      for (int k = 0; k < 3; k++)
        c[k] = covariances[k][i];

      solve (s, c, a);
      for (int k = 0; k < 3; k++)
        covariances[k][i] = a[k];
    }
}

/**
 * reshoot_guided_filter_fit:
 * @guide: three planes one after the other, 0–1
 * @in: the mask, one plane
 * @factors: (out): four planes one after the other, each as large as the guide
 * @width: in pixels
 * @height: in pixels
 * @radius: of the window, in pixels
 * @epsilon: how much the guide may vary and still count as flat
 *
 * Finds how the mask follows from the picture's colour around each pixel: there it is f0 · red + f1 · green +
 * f2 · blue + f3. The factors vary slowly and so can be stretched and used with a larger version of the picture, whose
 * sharper edge the mask then has. (Kaiming He, Jian Sun, "Fast Guided Filter", 2015.)
 */
void
reshoot_guided_filter_fit (const float *guide,
                           const float *in,
                           float       *factors,
                           int          width,
                           int          height,
                           int          radius,
                           float        epsilon)
{
  static const int pairs[6][2] = { { 0, 0 }, { 0, 1 }, { 0, 2 }, { 1, 1 }, { 1, 2 }, { 2, 2 } };
  Planes planes = { width, height, radius, (gsize) width * height, NULL };
  g_autofree float *mean_in = g_new (float, planes.n);
  float *means[3];
  float *variances[6];
  float *slopes[3];

  planes.scratch = g_new (float, planes.n);
  reshoot_box_mean (in, mean_in, width, height, radius);
  for (int k = 0; k < 3; k++)
    {
      means[k] = g_new (float, planes.n);
      reshoot_box_mean (guide + k * planes.n, means[k], width, height, radius);
      slopes[k] = covariance (&planes, guide + k * planes.n, in, means[k], mean_in);
    }
  for (int k = 0; k < 6; k++)
    variances[k] = covariance (&planes,
                               guide + pairs[k][0] * planes.n, guide + pairs[k][1] * planes.n,
                               means[pairs[k][0]], means[pairs[k][1]]);

  find_slopes (&planes, variances, slopes, epsilon);

  for (gsize i = 0; i < planes.n; i++)
    planes.scratch[i] = mean_in[i] - slopes[0][i] * means[0][i] - slopes[1][i] * means[1][i]
                        - slopes[2][i] * means[2][i];

  reshoot_box_mean (planes.scratch, factors + 3 * planes.n, width, height, radius);
  for (int k = 0; k < 3; k++)
    reshoot_box_mean (slopes[k], factors + k * planes.n, width, height, radius);

  for (int k = 0; k < 3; k++)
    {
      g_free (means[k]);
      g_free (slopes[k]);
    }
  for (int k = 0; k < 6; k++)
    g_free (variances[k]);
  g_free (planes.scratch);
}
