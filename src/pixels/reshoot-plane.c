/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One channel of a picture as numbers: blurred, scaled, moved. It hides the kernels and what lies beyond the rim. */

#include "reshoot-plane.h"

#include "reshoot-guided-filter.h"

#include <math.h>
#include <string.h>

/* From this on three box means are as good as a Gaussian, and cost the same at any size. */
#define BOX_SIGMA 3.5

/* A new plane of zeros. */
ReshootPlane *
reshoot_plane_new (int width,
                   int height)
{
  ReshootPlane *self = g_malloc0 (sizeof (ReshootPlane) + sizeof (float) * width * height);

  self->width = width;
  self->height = height;
  return self;
}

ReshootPlane *
reshoot_plane_copy (const ReshootPlane *self)
{
  return g_memdup2 (self, sizeof (ReshootPlane) + sizeof (float) * self->width * self->height);
}

ReshootPlane *
reshoot_plane_multiply (const ReshootPlane *self,
                        const ReshootPlane *other)
{
  ReshootPlane *product = reshoot_plane_new (self->width, self->height);

  for (gsize i = 0; i < (gsize) self->width * self->height; i++)
    product->data[i] = self->data[i] * other->data[i];
  return product;
}

static int
mirror (int i,
        int n)
{
  if (n == 1)
    return 0;

  i = ABS (i) % (2 * n - 2);
  return i < n ? i : 2 * n - 2 - i;
}

static float *
make_kernel (double sigma,
             int   *radius)
{
  float *kernel;
  double sum = 0;

  *radius = MAX ((int) ceil (3 * sigma), 1);
  kernel = g_new (float, 2 * *radius + 1);
  for (int k = -*radius; k <= *radius; k++)
    sum += kernel[k + *radius] = (float) exp (-k * k / (2 * sigma * sigma));
  for (int k = 0; k <= 2 * *radius; k++)
    kernel[k] /= (float) sum;

  return kernel;
}

static void
blur_rows (const ReshootPlane *in,
           ReshootPlane       *out,
           const float        *kernel,
           int                 radius)
{
  int width = in->width;
  g_autofree float *line = g_new (float, width + 2 * radius);

  for (int y = 0; y < in->height; y++)
    {
      const float *from = in->data + (gsize) y * width;
      float *to = out->data + (gsize) y * width;

      memcpy (line + radius, from, sizeof (float) * width);
      for (int k = 1; k <= radius; k++)
        {
          line[radius - k] = from[mirror (-k, width)];
          line[radius + width - 1 + k] = from[mirror (width - 1 + k, width)];
        }

      memset (to, 0, sizeof (float) * width);
      for (int k = 0; k <= 2 * radius; k++)
        for (int x = 0; x < width; x++)
          to[x] += kernel[k] * line[x + k];
    }
}

static void
blur_columns (const ReshootPlane *in,
              ReshootPlane       *out,
              const float        *kernel,
              int                 radius)
{
  int width = in->width;

  for (int y = 0; y < in->height; y++)
    {
      float *to = out->data + (gsize) y * width;

      memset (to, 0, sizeof (float) * width);
      for (int k = -radius; k <= radius; k++)
        {
          const float *from = in->data + (gsize) mirror (y + k, in->height) * width;
          float share = kernel[k + radius];

          for (int x = 0; x < width; x++)
            to[x] += share * from[x];
        }
    }
}

/* The radii of three boxes whose variance, (w^2 - 1) / 12 each, sums up to that of the Gaussian. */
static void
find_boxes (double sigma,
            int    radii[3])
{
  double wanted = 12 * sigma * sigma;
  int small = ((int) floor (sqrt (wanted / 3 + 1)) - 1) / 2;
  int width = 2 * small + 1;
  int n_small = (int) lround ((3.0 * (width + 2) * (width + 2) - 3 - wanted) / (4.0 * width + 4));

  for (int i = 0; i < 3; i++)
    radii[i] = i < n_small ? small : small + 1;
}

/**
 * reshoot_plane_blur:
 * @self: a plane
 * @sigma: of the Gaussian, in pixels
 *
 * Returns: (transfer full): a new plane
 */
ReshootPlane *
reshoot_plane_blur (const ReshootPlane *self,
                    double              sigma)
{
  ReshootPlane *out = reshoot_plane_new (self->width, self->height);
  g_autoptr (ReshootPlane) between = reshoot_plane_new (self->width, self->height);
  g_autofree float *kernel = NULL;
  int radius;
  int radii[3];

  if (sigma < BOX_SIGMA)
    {
      kernel = make_kernel (sigma, &radius);
      blur_rows (self, between, kernel, radius);
      blur_columns (between, out, kernel, radius);
      return out;
    }

  find_boxes (sigma, radii);
  reshoot_box_mean (self->data, out->data, self->width, self->height, radii[0]);
  reshoot_box_mean (out->data, between->data, self->width, self->height, radii[1]);
  reshoot_box_mean (between->data, out->data, self->width, self->height, radii[2]);
  return out;
}

/**
 * reshoot_plane_band:
 * @self: a plane
 * @fine: sigma of the finer Gaussian, in pixels
 * @coarse: sigma of the coarser one
 *
 * Returns: (transfer full): what is between the two: structure of that size, light and dark being zero on average
 */
ReshootPlane *
reshoot_plane_band (const ReshootPlane *self,
                    double              fine,
                    double              coarse)
{
  ReshootPlane *band = reshoot_plane_blur (self, fine);
  g_autoptr (ReshootPlane) mean = reshoot_plane_blur (self, coarse);

  for (gsize i = 0; i < (gsize) self->width * self->height; i++)
    band->data[i] -= mean->data[i];
  return band;
}

/* What each of @n_out cells covers of @n_in: the first one, and the shares of those that follow. */
static void
average_line (const float *in,
              float       *out,
              int          n_in,
              int          n_out,
              int          step)
{
  double ratio = (double) n_in / n_out;

  for (int i = 0; i < n_out; i++)
    {
      double from = i * ratio;
      double to = MIN (from + ratio, (double) n_in);
      double sum = 0;

      for (int k = (int) from; k < to; k++)
        sum += in[(gsize) k * step] * (MIN (k + 1.0, to) - MAX ((double) k, from));
      out[(gsize) i * step] = (float) (sum / ratio);
    }
}

/**
 * reshoot_plane_shrink:
 * @self: a plane
 * @width: wanted, at most that of the plane
 * @height: wanted, at most that of the plane
 *
 * Returns: (transfer full): a smaller plane; each pixel is the mean of the area it covers
 */
ReshootPlane *
reshoot_plane_shrink (const ReshootPlane *self,
                      int                 width,
                      int                 height)
{
  ReshootPlane *out = reshoot_plane_new (width, height);
  double ratio = (double) self->height / height;
  g_autofree float *line = g_new (float, self->width);

  for (int y = 0; y < height; y++)
    {
      double from = y * ratio;
      double to = MIN (from + ratio, (double) self->height);

      memset (line, 0, sizeof (float) * self->width);
      for (int k = (int) from; k < to; k++)
        {
          float share = (float) ((MIN (k + 1.0, to) - MAX ((double) k, from)) / ratio);
          const float *row = self->data + (gsize) k * self->width;

          for (int x = 0; x < self->width; x++)
            line[x] += share * row[x];
        }
      average_line (line, out->data + (gsize) y * width, self->width, width, 1);
    }

  return out;
}

/**
 * reshoot_plane_enlarge:
 * @self: a plane
 * @width: wanted, at least that of the plane
 * @height: wanted, at least that of the plane
 *
 * Returns: (transfer full): a larger plane, linear between the centres of the pixels
 */
ReshootPlane *
reshoot_plane_enlarge (const ReshootPlane *self,
                       int                 width,
                       int                 height)
{
  ReshootPlane *out = reshoot_plane_new (width, height);

  for (int y = 0; y < height; y++)
    {
      float v = CLAMP ((y + 0.5f) * self->height / height - 0.5f, 0.f, self->height - 1.f);
      int top = MIN ((int) v, self->height - 1);
      int bottom = MIN (top + 1, self->height - 1);
      const float *above = self->data + (gsize) top * self->width;
      const float *below = self->data + (gsize) bottom * self->width;

      for (int x = 0; x < width; x++)
        {
          float u = CLAMP ((x + 0.5f) * self->width / width - 0.5f, 0.f, self->width - 1.f);
          int left = MIN ((int) u, self->width - 1);
          int right = MIN (left + 1, self->width - 1);
          float one = above[left] + (u - left) * (above[right] - above[left]);
          float other = below[left] + (u - left) * (below[right] - below[left]);

          out->data[(gsize) y * width + x] = one + (v - top) * (other - one);
        }
    }

  return out;
}

/* Catmull and Rom, 1974: the cubic through four values that meets its neighbours with the same slope. */
static inline void
cubic_shares (float t,
              float shares[4])
{
  shares[0] = ((-0.5f * t + 1.f) * t - 0.5f) * t;
  shares[1] = (1.5f * t - 2.5f) * t * t + 1.f;
  shares[2] = ((-1.5f * t + 2.f) * t + 0.5f) * t;
  shares[3] = (0.5f * t - 0.5f) * t * t;
}

static float
take_cubic (const ReshootPlane *self,
            double              x,
            double              y)
{
  int left = (int) floor (x);
  int top = (int) floor (y);
  gboolean inside = left >= 1 && top >= 1 && left < self->width - 2 && top < self->height - 2;
  float across[4];
  float down[4];
  float sum = 0;

  cubic_shares ((float) (x - left), across);
  cubic_shares ((float) (y - top), down);
  for (int k = 0; k < 4; k++)
    {
      int row = inside ? top + k - 1 : mirror (top + k - 1, self->height);
      const float *from = self->data + (gsize) row * self->width;

      if (inside)
        sum += down[k] * (across[0] * from[left - 1] + across[1] * from[left]
                          + across[2] * from[left + 1] + across[3] * from[left + 2]);
      else
        for (int i = 0; i < 4; i++)
          sum += down[k] * across[i] * from[mirror (left + i - 1, self->width)];
    }

  return sum;
}

/**
 * reshoot_plane_warp:
 * @self: a plane
 * @map: from pixels of the new plane to those of @self: x' = a[0] x + a[1] y + a[2], y' = a[3] x + a[4] y + a[5]
 *
 * Returns: (transfer full): a plane of the same size, cubic between the pixels
 */
ReshootPlane *
reshoot_plane_warp (const ReshootPlane *self,
                    const double        map[6])
{
  ReshootPlane *out = reshoot_plane_new (self->width, self->height);

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      out->data[(gsize) y * self->width + x] = take_cubic (self, map[0] * x + map[1] * y + map[2],
                                                           map[3] * x + map[4] * y + map[5]);
  return out;
}

/* The largest value in a window that slides along a line: those that can still become it wait in order, the greatest
 * first (Daniel Lemire, "Streaming maximum-minimum filter", 2006). */
static void
slide (const float *in,
       float       *out,
       int          n,
       int          step,
       int          radius,
       float        sign,
       int         *queue)
{
  int first = 0;
  int last = 0;

  for (int i = 0; i < n + radius; i++)
    {
      if (i < n)
        {
          while (last > first && sign * in[(gsize) queue[last - 1] * step] <= sign
                 * in[(gsize) i * step])
            last--;
          queue[last++] = i;
        }
      if (i < radius)
        continue;
      if (queue[first] < i - 2 * radius)
        first++;
      out[(gsize) (i - radius) * step] = in[(gsize) queue[first] * step];
    }
}

/**
 * reshoot_plane_extreme:
 * @self: a plane
 * @radius: the window is 2 @radius + 1 wide and high, cut at the rim
 * @largest: the largest value of the window, else the smallest
 *
 * Returns: (transfer full): a new plane
 */
ReshootPlane *
reshoot_plane_extreme (const ReshootPlane *self,
                       int                 radius,
                       gboolean            largest)
{
  ReshootPlane *out = reshoot_plane_new (self->width, self->height);
  g_autoptr (ReshootPlane) between = reshoot_plane_new (self->width, self->height);
  g_autofree int *queue = g_new (int, MAX (self->width, self->height));
  float sign = largest ? 1.f : -1.f;

  for (int y = 0; y < self->height; y++)
    slide (self->data + (gsize) y * self->width, between->data + (gsize) y * self->width,
           self->width, 1, radius, sign, queue);
  for (int x = 0; x < self->width; x++)
    slide (between->data + x, out->data + x, self->height, self->width, radius, sign, queue);
  return out;
}

static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  float one = *(const float *) a;
  float other = *(const float *) b;

  return (one > other) - (one < other);
}

/* The middle one of floats, which are put in order; 0 where there is none. */
float
reshoot_find_median (GArray *values)
{
  if (values->len == 0)
    return 0;

  g_array_sort (values, compare_cb);
  return g_array_index (values, float, values->len / 2);
}
