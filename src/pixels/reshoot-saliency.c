/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where in a picture is the thing it was taken of? What differs from the rim, and lies near the middle. Two measures of
 * "differs": the barrier a path from the rim must climb (Jianming Zhang and others, "Minimum Barrier Salient Object
 * Detection at 80 FPS", 2015), and the distance of a colour to the colours of the rim. */

#include "reshoot-saliency.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RIM_SHARE 0.04        /* of the short side: whose colours are background */
#define FRAME_SHARE 0.06      /* of the short side: on which the backdrop is fitted */
#define N_CLUSTERS 5
#define N_TERMS 6             /* of a quadratic surface: 1, x, y, xx, xy, yy */
#define N_FITS 4
#define FAR_OFF 5.0f          /* ΔE: what is farther from a fit than this … */
#define FAR_OFF_SHARE 2.5f    /* … and than so many times the median has no part in the next */
#define FAR_COLOR 6.0         /* standard deviations that count as wholly different */
#define CLUSTER_NOISE 30.0    /* added to the variances of a cluster, in squared units of L 0-255 */
#define SCALE_L 2.55f         /* Lab's L to 0-255, beside a and b */

static float
linear_from_srgb (float value)
{
  value /= 255.0f;
  return value <= 0.04045f ? value / 12.92f : powf ((value + 0.055f) / 1.055f, 2.4f);
}

static float
lab_curve (float value)
{
  return value > 216.0f / 24389.0f ? cbrtf (value) : (24389.0f / 27.0f * value + 16.0f) / 116.0f;
}

/**
 * reshoot_lab_from_srgb:
 * @srgb: three values 0–255
 * @lab: (out): CIE Lab for D65, L 0–100
 *
 * The matrix is that of IEC 61966-2-1.
 */
void
reshoot_lab_from_srgb (const float *srgb,
                       float       *lab)
{
  float r = linear_from_srgb (srgb[0]);
  float g = linear_from_srgb (srgb[1]);
  float b = linear_from_srgb (srgb[2]);
  float x = lab_curve ((0.4124f * r + 0.3576f * g + 0.1805f * b) / 0.9505f);
  float y = lab_curve (0.2126f * r + 0.7152f * g + 0.0722f * b);
  float z = lab_curve ((0.0193f * r + 0.1192f * g + 0.9505f * b) / 1.0891f);

  lab[0] = 116.0f * y - 16.0f;
  lab[1] = 500.0f * (x - y);
  lab[2] = 200.0f * (y - z);
}

/* Moves the values about until the one at @at is where sorting would put it (C. A. R. Hoare's FIND, 1961). */
static void
select_value (float *values,
              gssize left,
              gssize right,
              gssize at)
{
  while (left < right)
    {
      float pivot = values[at];
      gssize i = left, j = right;

      do
        {
          while (values[i] < pivot)
            i++;
          while (pivot < values[j])
            j--;
          if (i <= j)
            {
              float swap = values[i];

              values[i++] = values[j];
              values[j--] = swap;
            }
        }
      while (i <= j);

      if (j < at)
        left = i;
      if (at < i)
        right = j;
    }
}

/**
 * reshoot_percentile:
 * @values: some values, at least one
 * @n: how many
 * @share: 0–1
 *
 * Returns: the value below which @share of them lie
 */
float
reshoot_percentile (const float *values,
                    gsize        n,
                    double       share)
{
  g_autofree float *copy = g_memdup2 (values, n * sizeof (float));
  gssize at = (gssize) ((n - 1) * share);

  select_value (copy, 0, (gssize) n - 1, at);
  return copy[at];
}

/**
 * reshoot_otsu:
 * @values: some values, 0–1
 * @n: how many
 *
 * Returns: the threshold that parts them best into two heaps (Nobuyuki Otsu, 1979)
 */
float
reshoot_otsu (const float *values,
              gsize        n)
{
  double bins[256] = { 0.0 };
  double total = 0.0;
  double below = 0.0;
  double below_sum = 0.0;
  double best = -1.0;
  int threshold = 0;

  for (gsize i = 0; i < n; i++)
    bins[CLAMP ((int) (values[i] * 255.0f), 0, 255)] += 1.0;
  for (int i = 0; i < 256; i++)
    total += i * bins[i];

  for (int i = 0; i < 256; i++)
    {
      double above = n - below - bins[i];
      double difference;

      below += bins[i];
      below_sum += i * bins[i];
      if (below <= 0.0 || above <= 0.0)
        continue;
      difference = below_sum / below - (total - below_sum) / above;
      if (below * above * difference * difference > best)
        {
          best = below * above * difference * difference;
          threshold = i;
        }
    }

  return threshold / 255.0f;
}

static gboolean
in_rim (int x,
        int y,
        int width,
        int height,
        int thick)
{
  return x < thick || y < thick || x >= width - thick || y >= height - thick;
}

static void
surface_terms (int     x,
               int     y,
               int     width,
               int     height,
               double  terms[N_TERMS])
{
  double u = 2.0 * x / MAX (width - 1, 1) - 1.0;
  double v = 2.0 * y / MAX (height - 1, 1) - 1.0;

  terms[0] = 1.0;
  terms[1] = u;
  terms[2] = v;
  terms[3] = u * u;
  terms[4] = u * v;
  terms[5] = v * v;
}

/* Gauss and Jordan, with the largest pivot; the matrix is small and, by its ridge, never singular. */
static void
solve_terms (double m[N_TERMS][N_TERMS + 3])
{
  for (int i = 0; i < N_TERMS; i++)
    {
      int pivot = i;

      for (int j = i + 1; j < N_TERMS; j++)
        if (fabs (m[j][i]) > fabs (m[pivot][i]))
          pivot = j;
      for (int k = 0; k < N_TERMS + 3; k++)
        {
          double swap = m[i][k];

          m[i][k] = m[pivot][k];
          m[pivot][k] = swap;
        }
      for (int j = 0; j < N_TERMS; j++)
        {
          double factor = j == i ? 0.0 : m[j][i] / m[i][i];

          for (int k = i; k < N_TERMS + 3; k++)
            m[j][k] -= factor * m[i][k];
        }
    }
}

/* Fits one surface a channel to the cells whose @weight is not zero. m's last three columns hold the answer. */
static void
fit_surface (const float  *lab,
             const guint8 *weight,
             int           width,
             int           height,
             double        m[N_TERMS][N_TERMS + 3])
{
  memset (m, 0, sizeof (double) * N_TERMS * (N_TERMS + 3));

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        gsize i = (gsize) y * width + x;
        double terms[N_TERMS];

        if (weight[i] == 0)
          continue;
        surface_terms (x, y, width, height, terms);
        for (int j = 0; j < N_TERMS; j++)
          {
            for (int k = 0; k < N_TERMS; k++)
              m[j][k] += terms[j] * terms[k];
            for (int c = 0; c < 3; c++)
              m[j][N_TERMS + c] += terms[j] * lab[i * 3 + c];
          }
      }

  for (int j = 0; j < N_TERMS; j++)
    m[j][j] += 1e-3;
  solve_terms (m);
}

/* How far a cell lies from the surface, per channel. */
static void
surface_residual (const float *lab,
                  int          x,
                  int          y,
                  int          width,
                  int          height,
                  double       m[N_TERMS][N_TERMS + 3],
                  float        residual[3])
{
  double terms[N_TERMS];

  surface_terms (x, y, width, height, terms);
  for (int c = 0; c < 3; c++)
    {
      double value = 0.0;

      for (int j = 0; j < N_TERMS; j++)
        value += m[j][N_TERMS + c] / m[j][j] * terms[j];
      residual[c] = lab[((gsize) y * width + x) * 3 + c] - (float) value;
    }
}

static float
length_of (const float v[3])
{
  return sqrtf (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

/* Leaves out of the next fit what is far from this one: a product that touches the rim must not bend the backdrop.
 * Returns the 90th percentile of all that lies on the frame. */
static double
weigh (const float *lab,
       guint8      *weight,
       int          width,
       int          height,
       int          thick,
       double       m[N_TERMS][N_TERMS + 3])
{
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (float));
  const float *length;
  float far;
  guint k = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (in_rim (x, y, width, height, thick))
        {
          float residual[3];
          float value;

          surface_residual (lab, x, y, width, height, m, residual);
          value = length_of (residual);
          g_array_append_val (lengths, value);
        }

  length = (const float *) lengths->data;
  far = MAX (FAR_OFF, FAR_OFF_SHARE * reshoot_percentile (length, lengths->len, 0.5));
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (in_rim (x, y, width, height, thick))
        weight[(gsize) y * width + x] = length[k++] < far;

  return reshoot_percentile (length, lengths->len, 0.9);
}

/**
 * reshoot_flatten:
 * @lab: (inout): a picture, interleaved; the backdrop's light is taken out of it
 * @width: in pixels
 * @height: in pixels
 *
 * Fits a quadratic surface to the frame of a picture, which is how light falls on a plain backdrop, and takes it away:
 * the backdrop becomes 0, 0, 0 everywhere. The fit is a robust one, so that a product may touch the rim.
 *
 * Returns: the 90th percentile of what is left on the frame, in ΔE: below 1 for paper, above 10 for clutter
 */
double
reshoot_flatten (float *lab,
                 int    width,
                 int    height)
{
  gsize n = (gsize) width * height;
  int thick = MAX (1, (int) (FRAME_SHARE * MIN (width, height)));
  g_autofree guint8 *weight = g_new0 (guint8, n);
  double m[N_TERMS][N_TERMS + 3];
  double roughness = 0.0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      weight[(gsize) y * width + x] = in_rim (x, y, width, height, thick);

  for (int round = 0; round < N_FITS; round++)
    {
      fit_surface (lab, weight, width, height, m);
      roughness = weigh (lab, weight, width, height, thick, m);
    }

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        float residual[3];

        surface_residual (lab, x, y, width, height, m, residual);
        memcpy (lab + ((gsize) y * width + x) * 3, residual, sizeof residual);
      }

  return roughness;
}

/* One step of a raster pass: can the cell be reached from its neighbour over a lower barrier? */
static void
relax (const float *values,
       float       *low,
       float       *high,
       float       *barrier,
       gsize        cell,
       gsize        from)
{
  float top = MAX (high[from], values[cell]);
  float bottom = MIN (low[from], values[cell]);

  if (top - bottom >= barrier[cell])
    return;

  barrier[cell] = top - bottom;
  high[cell] = top;
  low[cell] = bottom;
}

/* The barrier of every cell in one channel, by raster passes to and fro. */
static void
add_barriers (const float *lab,
              int          channel,
              float       *sum,
              int          width,
              int          height)
{
  gsize n = (gsize) width * height;
  g_autofree float *values = g_new (float, n);
  g_autofree float *low = g_new (float, n);
  g_autofree float *high = g_new (float, n);
  g_autofree float *barrier = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    {
      values[i] = low[i] = high[i] = lab[i * 3 + channel] * (channel == 0 ? SCALE_L : 1.0f);
      barrier[i] = in_rim ((int) (i % width), (int) (i / width), width, height, 1) ? 0.0f
                                                                                   : G_MAXFLOAT;
    }

  for (int pass = 0; pass < 3; pass++)
    {
      for (int y = 1; y < height; y++)
        for (int x = 1; x < width; x++)
          {
            gsize i = (gsize) y * width + x;

            relax (values, low, high, barrier, i, i - width);
            relax (values, low, high, barrier, i, i - 1);
          }
      for (int y = height - 2; y >= 0; y--)
        for (int x = width - 2; x >= 0; x--)
          {
            gsize i = (gsize) y * width + x;

            relax (values, low, high, barrier, i, i + width);
            relax (values, low, high, barrier, i, i + 1);
          }
    }

  for (gsize i = 0; i < n; i++)
    sum[i] += barrier[i] < G_MAXFLOAT ? barrier[i] : 0.0f;
}

typedef struct
{
  double n;
  double mean[3];
} Cluster;

static double
cluster_distance (const Cluster *cluster,
                  const float   *lab)
{
  double dl = (lab[0] - cluster->mean[0]) * SCALE_L;
  double da = lab[1] - cluster->mean[1];
  double db = lab[2] - cluster->mean[2];

  return dl * dl + da * da + db * db;
}

static int
nearest_cluster (const Cluster  clusters[N_CLUSTERS],
                 const float   *lab,
                 double        *distance)
{
  int best = 0;

  *distance = G_MAXDOUBLE;
  for (int k = 0; k < N_CLUSTERS; k++)
    {
      double far = cluster_distance (&clusters[k], lab);

      if (clusters[k].n > 0.0 && far < *distance)
        {
          *distance = far;
          best = k;
        }
    }

  return best;
}

/* k-means of the rim's colours. The first centre is their mean, each next the colour farthest from the ones there are:
 * no chance in it. */
static void
find_clusters (const float *rim,
               gsize        n,
               Cluster      clusters[N_CLUSTERS])
{
  double far;

  memset (clusters, 0, sizeof (Cluster) * N_CLUSTERS);
  clusters[0].n = 1.0;
  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      clusters[0].mean[c] += rim[i * 3 + c] / n;

  for (int k = 1; k < N_CLUSTERS; k++)
    {
      double most = -1.0;
      gsize farthest = 0;

      for (gsize i = 0; i < n; i++)
        {
          nearest_cluster (clusters, rim + i * 3, &far);
          if (far > most)
            {
              most = far;
              farthest = i;
            }
        }
      clusters[k].n = 1.0;
      for (int c = 0; c < 3; c++)
        clusters[k].mean[c] = rim[farthest * 3 + c];
    }

  for (int round = 0; round < 8; round++)
    {
      Cluster next[N_CLUSTERS] = { 0 };

      for (gsize i = 0; i < n; i++)
        {
          Cluster *mine = &next[nearest_cluster (clusters, rim + i * 3, &far)];

          mine->n += 1.0;
          for (int c = 0; c < 3; c++)
            mine->mean[c] += rim[i * 3 + c];
        }
      for (int k = 0; k < N_CLUSTERS; k++)
        for (int c = 0; c < 3; c++)
          next[k].mean[c] /= MAX (next[k].n, 1.0);
      memcpy (clusters, next, sizeof next);
    }
}

/* 0 for a colour of the rim, 1 for one that is far from all of them. */
static void
color_distances (const float *lab,
                 float       *out,
                 int          width,
                 int          height)
{
  gsize n = (gsize) width * height;
  int thick = MAX (1, (int) (RIM_SHARE * MIN (width, height)));
  g_autofree float *rim = g_new (float, n * 3);
  double variances[N_CLUSTERS] = { 0.0 };
  Cluster clusters[N_CLUSTERS];
  gsize n_rim = 0;
  double far;

  for (gsize i = 0; i < n; i++)
    if (in_rim ((int) (i % width), (int) (i / width), width, height, thick))
      memcpy (rim + 3 * n_rim++, lab + i * 3, 3 * sizeof (float));

  find_clusters (rim, n_rim, clusters);
  for (gsize i = 0; i < n_rim; i++)
    {
      int k = nearest_cluster (clusters, rim + i * 3, &far);

      variances[k] += far / 3.0;
    }
  for (int k = 0; k < N_CLUSTERS; k++)
    {
      variances[k] = variances[k] / MAX (clusters[k].n, 1.0) + CLUSTER_NOISE;
      if (clusters[k].n < 0.02 * n_rim)
        clusters[k].n = 0.0;
    }

  for (gsize i = 0; i < n; i++)
    {
      double least = G_MAXDOUBLE;

      for (int k = 0; k < N_CLUSTERS; k++)
        if (clusters[k].n > 0.0)
          least = MIN (least, cluster_distance (&clusters[k], lab + i * 3) / variances[k]);
      out[i] = (float) MIN (sqrt (least) / FAR_COLOR, 1.0);
    }
}

/**
 * reshoot_saliency:
 * @lab: a picture, interleaved
 * @out: (out): one value a pixel, 0–1
 * @width: in pixels
 * @height: in pixels
 */
void
reshoot_saliency (const float *lab,
                  float       *out,
                  int          width,
                  int          height)
{
  gsize n = (gsize) width * height;
  g_autofree float *barriers = g_new0 (float, n);
  float most;

  color_distances (lab, out, width, height);
  for (int channel = 0; channel < 3; channel++)
    add_barriers (lab, channel, barriers, width, height);
  most = MAX (reshoot_percentile (barriers, n, 0.99), 1e-3f);

  for (gsize i = 0; i < n; i++)
    {
      float x = ((int) (i % width) - width / 2.0f) / (width * 0.38f);
      float y = ((int) (i / width) - height / 2.0f) / (height * 0.42f);
      float near = 0.35f + 0.65f * expf (-(x * x + y * y));

      out[i] = (0.5f * MIN (barriers[i] / most, 1.0f) + 0.5f * out[i]) * near;
    }

  most = 1e-6f;
  for (gsize i = 0; i < n; i++)
    most = MAX (most, out[i]);
  for (gsize i = 0; i < n; i++)
    out[i] /= most;
}
