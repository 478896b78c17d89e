/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far two pictures are apart, in three numbers that people know. How they are brought together first is in
 * reshoot-compare-match.c, the likeness of structure in reshoot-compare-ssim.c. */

#include "reshoot-compare.h"

#include "reshoot-compare-private.h"

static VipsImage *
flatten (VipsImage *vips)
{
  return vips_image_hasalpha (vips) ? reshoot_image_flatten (vips) : g_object_ref (vips);
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
         && reshoot_compare_ssim (seen_a, seen_b, &comparison->ssim, cancellable);
}

static gboolean
measure (VipsImage         *a,
         VipsImage         *b,
         ReshootComparison *comparison,
         GCancellable      *cancellable)
{
  gboolean same_profile = reshoot_image_has_same_profile (a, b);
  int width = vips_image_get_width (a);
  int height = vips_image_get_height (a);
  g_autoptr (VipsImage) left = reshoot_compare_match (a, b, width, height, same_profile);
  g_autoptr (VipsImage) right = reshoot_compare_match (b, a, width, height, same_profile);
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
