/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The drift meter: how far a picture has gone from its original where nothing was meant to change. Both are brought to
 * one grid by reshoot-drift-grid.c; reshoot-drift-rest.c finds what was not edited, and reshoot-drift-measure.c takes
 * the numbers. */

#include "reshoot-drift.h"

#include "reshoot-drift-private.h"

#include <math.h>
#include <string.h>

/* What a person sees: as many times each is as much harm. CIEDE2000; the share of detail; the share of the longer side
 * that a picture is displaced by; the share that it is zoomed by. */
#define SEEN_COLOUR 1.0
#define SEEN_SOFTNESS 0.05
#define SEEN_SHIFT 0.001
#define SEEN_ZOOM 0.002

static void
work_free (ReshootDriftWork *work)
{
  g_object_unref (work->original);
  g_object_unref (work->picture);
  g_free (work);
}

static gboolean
is_in_place (const double place[6])
{
  static const double identity[6] = { 1, 0, 0, 0, 1, 0 };

  for (int i = 0; i < 6; i++)
    if (place[i] != identity[i])
      return FALSE;

  return TRUE;
}

static gboolean
is_same (const ReshootDriftWork *work)
{
  return is_in_place (work->place)
         && g_str_equal (reshoot_image_get_digest (work->original),
                         reshoot_image_get_digest (work->picture));
}

static gboolean
measure (const ReshootDriftWork  *work,
         ReshootDrift            *drift,
         GCancellable            *cancellable,
         GError                 **error)
{
  static const ReshootAlignment in_place = { .scale_x = 1, .scale_y = 1, .confidence = 1 };
  g_auto (ReshootLandScene) scene = { 0 };
  g_autofree guint8 *shown = NULL;
  double frame[4];

  drift->alignment = in_place;
  drift->extent = MAX (reshoot_image_get_width (work->original),
                       reshoot_image_get_height (work->original));
  if (is_same (work))
    return TRUE;

  shown = reshoot_drift_fill (work, &scene, frame, cancellable, error);
  if (shown == NULL)
    return FALSE;

  if (!reshoot_drift_measure (&scene, shown, frame, drift, cancellable))
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  return TRUE;
}

static void
measure_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  g_autofree ReshootDrift *drift = g_new0 (ReshootDrift, 1);
  GError *error = NULL;

  if (measure (task_data, drift, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&drift), g_free);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_drift_async:
 * @original: the picture that all began with
 * @picture: what became of it
 * @place: (array fixed-size=6): where a point of @picture belongs in @original, in pixels from the corner:
 *   x' = place[0] x + place[1] y + place[2], y' = place[3] x + place[4] y + place[5]; it can be turned round
 * @cancellable: (nullable): to stop
 * @callback: called once, on the calling thread's context
 * @user_data: for @callback
 *
 * Measures at about a megapixel, in sRGB, on a worker thread. A cancellation is answered at once; the worker ends with
 * the stage that it is in.
 */
void
reshoot_drift_async (ReshootImage        *original,
                     ReshootImage        *picture,
                     const double         place[6],
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ReshootDriftWork *work;

  g_return_if_fail (RESHOOT_IS_IMAGE (original));
  g_return_if_fail (RESHOOT_IS_IMAGE (picture));
  g_return_if_fail (fabs (place[0] * place[4] - place[1] * place[3]) > 0);

  work = g_new0 (ReshootDriftWork, 1);
  work->original = g_object_ref (original);
  work->picture = g_object_ref (picture);
  memcpy (work->place, place, sizeof work->place);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_drift_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, measure_in_thread);
}

/**
 * reshoot_drift_finish:
 * @result: what the callback was given
 * @drift: (out caller-allocates): how far the picture has drifted
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_CORRUPT for a picture that cannot be decoded.
 *
 * Returns: whether it was measured
 */
gboolean
reshoot_drift_finish (GAsyncResult  *result,
                      ReshootDrift  *drift,
                      GError       **error)
{
  g_autofree ReshootDrift *measured = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_drift_async), FALSE);

  measured = g_task_propagate_pointer (G_TASK (result), error);
  if (measured == NULL)
    return FALSE;

  *drift = *measured;
  return TRUE;
}

/**
 * reshoot_drift_get_shift:
 * @self: a drift that is no new scene
 *
 * Returns: how far the picture lies from where it should, in pixels of the original
 */
double
reshoot_drift_get_shift (const ReshootDrift *self)
{
  return hypot (self->alignment.shift_x, self->alignment.shift_y);
}

/**
 * reshoot_drift_get_zoom:
 * @self: a drift that is no new scene
 *
 * Returns: by what share it is larger, or smaller below 0, in the direction in which it is more
 */
double
reshoot_drift_get_zoom (const ReshootDrift *self)
{
  double across = self->alignment.scale_x - 1;
  double down = self->alignment.scale_y - 1;

  return fabs (across) > fabs (down) ? across : down;
}

/**
 * reshoot_drift_get_harm:
 * @self: a drift
 *
 * Weighs colour, place, size and lost sharpness by what a person sees of each.
 *
 * Returns: 0 for none, 1 for what is just seen; NAN where nothing can be told
 */
double
reshoot_drift_get_harm (const ReshootDrift *self)
{
  if (self->alignment.new_scene || isnan (self->colour))
    return NAN;

  return self->colour / SEEN_COLOUR + MAX (self->softer, 0) / SEEN_SOFTNESS
         + reshoot_drift_get_shift (self) / self->extent / SEEN_SHIFT
         + fabs (reshoot_drift_get_zoom (self)) / SEEN_ZOOM;
}
