/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far two pictures are apart, in three numbers that people know. It hides how pictures of different size, depth,
 * profile or transparency are brought together first. */

#include "reshoot-compare.h"

#include "reshoot-image-private.h"

#include <math.h>
#include <string.h>

/* Wang, Bovik, Sheikh, Simoncelli: Image Quality Assessment, IEEE Transactions on Image Processing 13(4), 2004:
 * a Gaussian window of 11 x 11 pixels, sigma 1.5; K1 = 0.01, K2 = 0.03 of the range 255. */
#define SSIM_SIGMA 1.5
#define SSIM_RADIUS 5
#define SSIM_C1 (0.01 * 255 * 0.01 * 255)
#define SSIM_C2 (0.03 * 255 * 0.03 * 255)

static gboolean
has_same_profile (VipsImage *a,
                  VipsImage *b)
{
  const void *data_a = NULL;
  const void *data_b = NULL;
  gsize length_a = 0;
  gsize length_b = 0;

  if (vips_image_get_typeof (a, VIPS_META_ICC_NAME) != 0)
    vips_image_get_blob (a, VIPS_META_ICC_NAME, &data_a, &length_a);
  if (vips_image_get_typeof (b, VIPS_META_ICC_NAME) != 0)
    vips_image_get_blob (b, VIPS_META_ICC_NAME, &data_b, &length_b);

  return length_a == length_b && (length_a == 0 || memcmp (data_a, data_b, length_a) == 0);
}

/* Each of the next four answers a new picture, or the same one with a reference more; NULL when libvips fails. */

static VipsImage *
resize (VipsImage *vips,
        int        width,
        int        height)
{
  double across = (double) width / vips_image_get_width (vips);
  double down = (double) height / vips_image_get_height (vips);
  VipsImage *resized = NULL;

  if (across == 1.0 && down == 1.0)
    return g_object_ref (vips);

  return vips_resize (vips, &resized, across, "vscale", down, NULL) == 0 ? resized : NULL;
}

static VipsImage *
cast (VipsImage      *vips,
      VipsBandFormat  format)
{
  VipsImage *shifted = NULL;

  if (vips_image_get_format (vips) == format)
    return g_object_ref (vips);

  return vips_cast (vips, &shifted, format, "shift", TRUE, NULL) == 0 ? shifted : NULL;
}

static VipsImage *
add_alpha (VipsImage *vips,
           int        n_bands)
{
  VipsImage *with = NULL;

  if (vips_image_get_bands (vips) == n_bands)
    return g_object_ref (vips);

  return vips_addalpha (vips, &with, NULL) == 0 ? with : NULL;
}

static VipsImage *
flatten (VipsImage *vips)
{
  return vips_image_hasalpha (vips) ? reshoot_image_flatten (vips) : g_object_ref (vips);
}

/* Brings a picture to the other's size, depth and bands, and to sRGB unless both hold the same kind of numbers. */
static VipsImage *
match (VipsImage *vips,
       VipsImage *other,
       int        width,
       int        height,
       gboolean   same_profile)
{
  g_autoptr (VipsImage) srgb = same_profile ? g_object_ref (vips) : reshoot_image_to_srgb (vips);
  g_autoptr (VipsImage) shallow = NULL;
  g_autoptr (VipsImage) resized = NULL;
  g_autoptr (VipsImage) alpha = NULL;

  if (srgb != NULL)
    shallow = cast (srgb, MIN (vips_image_get_format (vips), vips_image_get_format (other)));
  if (shallow != NULL)
    resized = resize (shallow, width, height);
  if (resized != NULL)
    alpha = add_alpha (resized, MAX (vips_image_get_bands (vips), vips_image_get_bands (other)));

  /* Three measures read it: what was done to it is done once. */
  return alpha != NULL ? vips_image_copy_memory (alpha) : NULL;
}

static gboolean
measure_changed (VipsImage *a,
                 VipsImage *b,
                 double    *changed)
{
  g_autoptr (VipsImage) differs = NULL;
  g_autoptr (VipsImage) any = NULL;

  if (vips_notequal (a, b, &differs, NULL) != 0
      || vips_bandor (differs, &any, NULL) != 0
      || vips_avg (any, changed, NULL) != 0)
    return FALSE;

  *changed /= 255;
  return TRUE;
}

static gboolean
measure_delta_e (VipsImage *a,
                 VipsImage *b,
                 double    *delta_e)
{
  g_autoptr (VipsImage) lab_a = NULL;
  g_autoptr (VipsImage) lab_b = NULL;
  g_autoptr (VipsImage) distance = NULL;

  return vips_colourspace (a, &lab_a, VIPS_INTERPRETATION_LAB, NULL) == 0
         && vips_colourspace (b, &lab_b, VIPS_INTERPRETATION_LAB, NULL) == 0
         && vips_dE00 (lab_a, lab_b, &distance, NULL) == 0
         && vips_avg (distance, delta_e, NULL) == 0;
}

/* Luma of ITU-R BT.601, 0–255, as the paper's authors take it: one float a pixel. */
static VipsImage *
make_luma (VipsImage *vips)
{
  static const double weights[] = { 0.299, 0.587, 0.114 };
  g_autoptr (VipsImage) matrix = vips_image_new_matrix_from_array (3, 1, weights, 3);
  g_autoptr (VipsImage) flat = cast (vips, VIPS_FORMAT_UCHAR);
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
static gboolean
measure_ssim (VipsImage    *a,
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

/* Colour and structure as they are seen: in sRGB and, where there is transparency, on white. */
static gboolean
measure_seen (VipsImage         *a,
              VipsImage         *b,
              ReshootComparison *comparison,
              GCancellable      *cancellable)
{
  g_autoptr (VipsImage) srgb_a = reshoot_image_to_srgb (a);
  g_autoptr (VipsImage) srgb_b = reshoot_image_to_srgb (b);
  g_autoptr (VipsImage) seen_a = srgb_a != NULL ? flatten (srgb_a) : NULL;
  g_autoptr (VipsImage) seen_b = srgb_b != NULL ? flatten (srgb_b) : NULL;

  return seen_a != NULL && seen_b != NULL
         && measure_delta_e (seen_a, seen_b, &comparison->delta_e)
         && measure_ssim (seen_a, seen_b, &comparison->ssim, cancellable);
}

static gboolean
measure (VipsImage         *a,
         VipsImage         *b,
         ReshootComparison *comparison,
         GCancellable      *cancellable)
{
  gboolean same_profile = has_same_profile (a, b);
  int width = vips_image_get_width (a);
  int height = vips_image_get_height (a);
  g_autoptr (VipsImage) left = match (a, b, width, height, same_profile);
  g_autoptr (VipsImage) right = match (b, a, width, height, same_profile);
  gulong handlers[2];
  gboolean measured;

  if (left == NULL || right == NULL)
    return FALSE;

  handlers[0] = reshoot_image_kill_on_cancel (left, cancellable);
  handlers[1] = reshoot_image_kill_on_cancel (right, cancellable);
  measured = measure_changed (left, right, &comparison->changed)
             && (comparison->changed == 0.0 || measure_seen (left, right, comparison, cancellable));
  g_cancellable_disconnect (cancellable, handlers[0]);
  g_cancellable_disconnect (cancellable, handlers[1]);

  return measured;
}

/**
 * reshoot_compare:
 * @a: a picture
 * @b: another one; where its size differs it is scaled onto the first, and that is said in the result
 * @comparison: (out caller-allocates): how far they are apart
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Compares what is seen: upright, and in sRGB unless both pictures have the very same profile. Of two depths the
 * smaller one counts; a picture without transparency is opaque. Blocks: for a worker thread.
 *
 * Errors: %RESHOOT_ERROR_CORRUPT for a picture that cannot be decoded.
 *
 * Returns: whether it was measured
 */
gboolean
reshoot_compare (ReshootImage       *a,
                 ReshootImage       *b,
                 ReshootComparison  *comparison,
                 GCancellable       *cancellable,
                 GError            **error)
{
  g_autoptr (VipsImage) left = NULL;
  g_autoptr (VipsImage) right = NULL;
  gboolean measured;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (a), FALSE);
  g_return_val_if_fail (RESHOOT_IS_IMAGE (b), FALSE);
  g_return_val_if_fail (comparison != NULL, FALSE);

  comparison->width = reshoot_image_get_width (b);
  comparison->height = reshoot_image_get_height (b);
  comparison->same_size = comparison->width == reshoot_image_get_width (a)
                          && comparison->height == reshoot_image_get_height (a);
  comparison->delta_e = 0;
  comparison->ssim = 1;
  comparison->changed = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (g_str_equal (reshoot_image_get_digest (a), reshoot_image_get_digest (b)))
    return TRUE;

  left = reshoot_image_dup_vips (a, error);
  if (left == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  right = reshoot_image_dup_vips (b, error);
  if (right == NULL)
    return FALSE;

  measured = measure (left, right, comparison, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (!measured)
    reshoot_set_vips_error (error, NULL);
  return measured;
}

typedef struct
{
  ReshootImage *a;
  ReshootImage *b;
} Pair;

static void
pair_free (Pair *pair)
{
  g_object_unref (pair->a);
  g_object_unref (pair->b);
  g_free (pair);
}

static void
compare_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Pair *pair = task_data;
  g_autofree ReshootComparison *comparison = g_new0 (ReshootComparison, 1);
  GError *error = NULL;

  if (reshoot_compare (pair->a, pair->b, comparison, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&comparison), g_free);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_compare_async:
 * @a: a picture
 * @b: another one
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * [func@compare] on a worker thread.
 */
void
reshoot_compare_async (ReshootImage        *a,
                       ReshootImage        *b,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Pair *pair;

  g_return_if_fail (RESHOOT_IS_IMAGE (a));
  g_return_if_fail (RESHOOT_IS_IMAGE (b));

  pair = g_new0 (Pair, 1);
  pair->a = g_object_ref (a);
  pair->b = g_object_ref (b);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_compare_async);
  g_task_set_task_data (task, pair, (GDestroyNotify) pair_free);
  g_task_run_in_thread (task, compare_in_thread);
}

/**
 * reshoot_compare_finish:
 * @result: what the callback was given
 * @comparison: (out caller-allocates): how far they are apart
 * @error: return location for an error
 *
 * Returns: whether it was measured
 */
gboolean
reshoot_compare_finish (GAsyncResult       *result,
                        ReshootComparison  *comparison,
                        GError            **error)
{
  g_autofree ReshootComparison *measured = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_compare_async), FALSE);

  measured = g_task_propagate_pointer (G_TASK (result), error);
  if (measured == NULL)
    return FALSE;

  *comparison = *measured;
  return TRUE;
}
