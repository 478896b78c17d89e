/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A landing's change, looked at and painted on: what a person paints overrides what was found. Nothing is measured
 * again, so that only the last part of landing is done anew. */

#include "reshoot-land.h"

#include "reshoot-land-private.h"
#include "reshoot-region-private.h"

#include <math.h>

/* Of the whole picture, in the pixels of the reply. */
static void
find_size (ReshootLanding *self,
           int             width,
           int             height,
           int             size[2])
{
  size[0] = MAX ((int) lround (width * self->frame[0]), 1);
  size[1] = MAX ((int) lround (height * self->frame[2]), 1);
}

/* The column or row of the reply's plane that lies at @i of the whole picture. */
static int
find_place (ReshootLanding *self,
            int             axis,
            int             i)
{
  return i + (int) lround (self->frame[2 * axis + 1]);
}

/**
 * reshoot_landing_draw_change:
 * @self: a landing with an image
 * @error: return location
 *
 * Returns: (transfer full): a grey picture to be stretched over the whole source: the whiter, the more was taken of the
 *   reply there
 */
ReshootImage *
reshoot_landing_draw_change (ReshootLanding  *self,
                             GError         **error)
{
  g_autofree guint8 *values = NULL;
  const ReshootPlane *alpha;
  int size[2];

  g_return_val_if_fail (RESHOOT_IS_LANDING (self), NULL);
  g_return_val_if_fail (self->image != NULL, NULL);

  alpha = self->alpha;
  find_size (self, reshoot_image_get_width (self->image), reshoot_image_get_height (self->image),
             size);
  values = g_malloc0 ((gsize) size[0] * size[1]);
  for (int y = 0; y < size[1]; y++)
    for (int x = 0; x < size[0]; x++)
      {
        int u = find_place (self, 0, x);
        int v = find_place (self, 1, y);

        if (u >= 0 && v >= 0 && u < alpha->width && v < alpha->height)
          values[(gsize) y * size[0] + x] = (guint8) (255 * alpha->data[(gsize) v * alpha->width
                                                                        + u] + 0.5f);
      }

  return reshoot_region_draw_mask (values, size[0], size[1], error);
}

/* More of the reply where @here is white. */
static gboolean
add_here (ReshootLanding  *self,
          ReshootImage    *source,
          ReshootImage    *here,
          ReshootPlane    *alpha,
          GError         **error)
{
  static const double no_box[4] = { NAN, NAN, NAN, NAN };
  g_autoptr (ReshootRegionFit) fit = NULL;
  g_autofree guint8 *weights = NULL;
  int size[2];

  if (here == NULL)
    return TRUE;

  find_size (self, reshoot_image_get_width (source), reshoot_image_get_height (source), size);
  fit = reshoot_region_fit_new (no_box, here, NULL, size[0], size[1], error);
  if (fit == NULL)
    return FALSE;

  weights = g_new (guint8, size[0]);
  for (int y = 0; y < size[1]; y++)
    {
      int v = find_place (self, 1, y);

      if (v < 0 || v >= alpha->height || !reshoot_region_fit_weigh (fit, 0, y, size[0], weights))
        continue;
      for (int x = 0; x < size[0]; x++)
        {
          int u = find_place (self, 0, x);
          float *at = alpha->data + (gsize) v * alpha->width + u;

          if (u >= 0 && u < alpha->width)
            *at = MAX (*at, weights[x] / 255.f);
        }
    }

  return TRUE;
}

static ReshootImage *
paint (ReshootLanding  *self,
       ReshootImage    *source,
       ReshootImage    *here,
       ReshootImage    *never,
       GCancellable    *cancellable,
       GError         **error)
{
  static const double no_box[4] = { NAN, NAN, NAN, NAN };
  g_autoptr (ReshootPlane) alpha = reshoot_plane_copy (self->alpha);
  g_autoptr (VipsImage) picture = reshoot_image_dup_vips (source, error);
  ReshootLandScene scene = { .width = alpha->width, .height = alpha->height, .alpha = alpha };
  double kept;

  if (picture == NULL || !add_here (self, source, here, alpha, error))
    return NULL;

  reshoot_land_merge (&scene, &self->detail, self->frame, picture, cancellable, &kept);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  /* At the size of the source: what is never touched keeps its very numbers. */
  if (never != NULL)
    {
      g_autoptr (ReshootRegion) region = reshoot_region_new (no_box, NULL, never);
      g_autoptr (VipsImage) before = reshoot_image_dup_vips (source, error);
      g_autoptr (VipsImage) blended = NULL;

      if (before != NULL)
        blended = reshoot_region_blend (region, before, picture, error);
      if (blended == NULL)
        return NULL;
      g_set_object (&picture, blended);
    }

  return reshoot_image_new_from_vips (picture, RESHOOT_IMAGE_FORMAT_PNG, 0, cancellable, error);
}

typedef struct
{
  ReshootImage *source;
  ReshootImage *here;
  ReshootImage *never;
} Paint;

static void
paint_free (Paint *work)
{
  g_object_unref (work->source);
  g_clear_object (&work->here);
  g_clear_object (&work->never);
  g_free (work);
}

static void
paint_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Paint *work = task_data;
  GError *error = NULL;
  ReshootImage *image = paint (source_object, work->source, work->here, work->never, cancellable,
                               &error);

  if (image != NULL)
    g_task_return_pointer (task, image, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_landing_paint_async:
 * @self: a landing with an image
 * @source: the picture that was edited
 * @here: (nullable): a picture, stretched over the whole source, in whose white the reply is taken whatever was found
 * @never: (nullable): alike, in whose white the source stays as it is; the stronger of the two
 * @cancellable: (nullable): to stop; it is answered at once
 * @callback: called once, on the calling thread's context
 * @user_data: for @callback
 *
 * Lands the change again as a person painted it, on a worker thread. The landing itself stays as it is.
 */
void
reshoot_landing_paint_async (ReshootLanding      *self,
                             ReshootImage        *source,
                             ReshootImage        *here,
                             ReshootImage        *never,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Paint *work;

  g_return_if_fail (RESHOOT_IS_LANDING (self));
  g_return_if_fail (self->image != NULL);
  g_return_if_fail (RESHOOT_IS_IMAGE (source));

  work = g_new0 (Paint, 1);
  work->source = g_object_ref (source);
  g_set_object (&work->here, here);
  g_set_object (&work->never, never);
  g_task_set_source_tag (task, reshoot_landing_paint_async);
  g_task_set_task_data (task, work, (GDestroyNotify) paint_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, paint_thread);
}

/**
 * reshoot_landing_paint_finish:
 * @self: a landing
 * @result: what the callback got
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_CORRUPT for a mask that cannot be decoded.
 *
 * Returns: (transfer full): the landed picture, or %NULL
 */
ReshootImage *
reshoot_landing_paint_finish (ReshootLanding  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_landing_paint_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
