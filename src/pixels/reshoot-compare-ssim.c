/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* SSIM, the likeness of structure, by the paper's own numbers. It hides the window: it is run across and down a row
 * at a time, and no more than its rows are held. */

#include "reshoot-compare-private.h"

#include <math.h>
#include <string.h>

/* Wang, Bovik, Sheikh, Simoncelli: Image Quality Assessment, IEEE Transactions on Image Processing 13(4), 2004:
 * a Gaussian window of 11 x 11 pixels, sigma 1.5; K1 = 0.01, K2 = 0.03 of the range 255. */
#define SSIM_SIGMA 1.5
#define SSIM_RADIUS 5
#define SSIM_C1 (0.01 * 255 * 0.01 * 255)
#define SSIM_C2 (0.03 * 255 * 0.03 * 255)

/* Luma of ITU-R BT.601, 0–255, as the paper's authors take it: one float a pixel. */
static VipsImage *
make_luma (VipsImage *vips)
{
  static const double weights[] = { 0.299, 0.587, 0.114 };
  g_autoptr (VipsImage) matrix = vips_image_new_matrix_from_array (3, 1, weights, 3);
  g_autoptr (VipsImage) flat = reshoot_compare_cast (vips, VIPS_FORMAT_UCHAR);
  g_autoptr (VipsImage) luma = NULL;

  if (flat == NULL || vips_recomb (flat, &luma, matrix, NULL) != 0)
    return NULL;

  return vips_image_copy_memory (luma);
}

/* What is summed under the window, a plane each: a, b, a², b², ab. */
#define N_SUMS 5
#define MAX_TAPS (2 * SSIM_RADIUS + 1)

typedef struct
{
  int    width;            /* of both pictures */
  int    n_columns;        /* places for the window in a row */
  int    n_taps;           /* of the window, across and down */
  double  taps[MAX_TAPS];
  double *products;         /* (owned): N_SUMS planes of @width */
  double *rows[MAX_TAPS];   /* (owned): the last rows, filtered across: N_SUMS planes of @n_columns each */
  double *sums;             /* (owned): N_SUMS planes of @n_columns, filtered both ways */
} Window;

static void
window_clear (Window *window)
{
  g_free (window->products);
  g_free (window->sums);
  for (int i = 0; i < window->n_taps; i++)
    g_free (window->rows[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Window, window_clear)

/* A picture smaller than the window gets the largest one that it has room for. */
static void
window_init (Window *window,
             int     width,
             int     height)
{
  int radius = MIN (SSIM_RADIUS, (MIN (width, height) - 1) / 2);
  double total = 0;

  window->width = width;
  window->n_taps = 2 * radius + 1;
  window->n_columns = width - 2 * radius;
  window->products = g_new (double, (gsize) N_SUMS * window->width);
  window->sums = g_new (double, (gsize) N_SUMS * window->n_columns);

  for (int i = 0; i < window->n_taps; i++)
    {
      double distance = (i - radius) / SSIM_SIGMA;

      window->rows[i] = g_new (double, (gsize) N_SUMS * window->n_columns);
      window->taps[i] = exp (-distance * distance / 2);
      total += window->taps[i];
    }

  for (int i = 0; i < window->n_taps; i++)
    window->taps[i] /= total;
}

static void
add_scaled (double       *sum,
            const double *values,
            double        factor,
            int           n)
{
  for (int i = 0; i < n; i++)
    sum[i] += factor * values[i];
}

static void
filter_across (Window      *window,
               const float *a,
               const float *b,
               double      *row)
{
  int width = window->width;
  double *products = window->products;

  for (int x = 0; x < width; x++)
    {
      double left = a[x];
      double right = b[x];

      products[x] = left;
      products[width + x] = right;
      products[2 * width + x] = left * left;
      products[3 * width + x] = right * right;
      products[4 * width + x] = left * right;
    }

  memset (row, 0, sizeof (double) * N_SUMS * window->n_columns);
  for (int plane = 0; plane < N_SUMS; plane++)
    for (int i = 0; i < window->n_taps; i++)
      add_scaled (row + plane * window->n_columns, products + plane * width + i,
                  window->taps[i], window->n_columns);
}

/* @last: the newest row of the ring. */
static void
filter_down (Window *window,
             int     last)
{
  int n = N_SUMS * window->n_columns;

  memset (window->sums, 0, sizeof (double) * n);
  for (int i = 0; i < window->n_taps; i++)
    add_scaled (window->sums, window->rows[(last + 1 + i) % window->n_taps], window->taps[i], n);
}

static double
sum_row (const Window *window)
{
  int n = window->n_columns;
  const double *sums = window->sums;
  double total = 0;

  for (int x = 0; x < n; x++)
    {
      double mean_a = sums[x];
      double mean_b = sums[n + x];
      double variance_a = sums[2 * n + x] - mean_a * mean_a;
      double variance_b = sums[3 * n + x] - mean_b * mean_b;
      double covariance = sums[4 * n + x] - mean_a * mean_b;

      total += (2 * mean_a * mean_b + SSIM_C1) * (2 * covariance + SSIM_C2)
               / (mean_a * mean_a + mean_b * mean_b + SSIM_C1)
               / (variance_a + variance_b + SSIM_C2);
    }

  return total;
}

/* Everywhere the whole window fits. */
gboolean
reshoot_compare_ssim (VipsImage    *a,
                      VipsImage    *b,
                      double       *ssim,
                      GCancellable *cancellable)
{
  g_autoptr (VipsImage) luma_a = make_luma (a);
  g_autoptr (VipsImage) luma_b = make_luma (b);
  g_auto (Window) window = { 0 };
  const float *row_a, *row_b;
  int height = vips_image_get_height (a);
  double total = 0;

  if (luma_a == NULL || luma_b == NULL)
    return FALSE;

  window_init (&window, vips_image_get_width (a), height);
  row_a = vips_image_get_data (luma_a);
  row_b = vips_image_get_data (luma_b);

  for (int y = 0; y < height; y++, row_a += window.width, row_b += window.width)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;

      filter_across (&window, row_a, row_b, window.rows[y % window.n_taps]);
      if (y + 1 < window.n_taps)
        continue;

      filter_down (&window, y % window.n_taps);
      total += sum_row (&window);
    }

  *ssim = total / ((double) window.n_columns * (height - window.n_taps + 1));
  return TRUE;
}
