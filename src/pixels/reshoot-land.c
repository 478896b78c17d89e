/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootLanding: a reply brought back onto the full-size picture it was made from. It is aligned, its colours are
 * matched, what really changed is found, and only that is taken over; everything else keeps its own numbers. It hides
 * the steps on that way, each in a file of its own. */

#include "reshoot-land.h"

#include "reshoot-land-private.h"
#include "reshoot-region-private.h"

#include <math.h>
#include <string.h>

/* Below these shares of structured parts that agree, the reply is another picture. */
#define LEAST_SHARE 0.03
#define LEAST_SHARE_OF_FEW 0.5
#define FEW_INLIERS 20
#define CONFIDENT_SHARE 0.25

/* Edges of two pictures that have nothing to do with each other agree by chance here and there, anywhere within a pixel
 * of where they should: parts that are really the same lie closer, and those of chance must be more to be believed. */
#define CHANCE_RESIDUAL 0.32
#define FEW_OF_CHANCE 60

G_DEFINE_FINAL_TYPE (ReshootLanding, reshoot_landing, G_TYPE_OBJECT)

static void
reshoot_landing_finalize (GObject *object)
{
  ReshootLanding *self = RESHOOT_LANDING (object);

  g_clear_object (&self->image);
  g_clear_pointer (&self->alpha, g_free);
  reshoot_land_detail_clear (&self->detail);

  G_OBJECT_CLASS (reshoot_landing_parent_class)->finalize (object);
}

static void
reshoot_landing_class_init (ReshootLandingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_landing_finalize;
}

static void
reshoot_landing_init (ReshootLanding *self)
{
  self->identical = 1;
}

/* How much of what was sent a reply of another shape, and how it shows it. */
typedef enum
{
  FIT_STRETCHED,
  FIT_CUT,
  FIT_PADDED,
  N_FITS,
} Fit;

/* Beyond this a reply has another shape than what was sent; sizes are rounded by services. */
#define SAME_SHAPE 1.03

/* What a fit explains counts less by that share of the zoom it needs: of two that explain as much the plainer one. */
#define ZOOM_PENALTY 0.3

/* Pixels of the reply for one of what was sent. */
static void
find_factors (ReshootImage             *source,
              ReshootImage             *reply,
              const ReshootPreparation *sent,
              double                    factors[2])
{
  int width = sent != NULL ? sent->width : reshoot_image_get_width (source);
  int height = sent != NULL ? sent->height : reshoot_image_get_height (source);

  factors[0] = (double) reshoot_image_get_width (reply) / width;
  factors[1] = (double) reshoot_image_get_height (reply) / height;
}

/* Where the pixels of the source lie in the reply, as the source was sent; see reshoot_land_merge(). The reply counts
 * as no larger than what it shows of the source. */
static void
find_frame (ReshootImage             *source,
            ReshootImage             *reply,
            const ReshootPreparation *sent,
            Fit                       fit,
            double                    frame[4],
            int                      *width,
            int                      *height)
{
  int size[2] = { reshoot_image_get_width (reply), reshoot_image_get_height (reply) };
  int full[2] = { reshoot_image_get_width (source), reshoot_image_get_height (source) };
  ReshootPreparation whole = { full[0], full[1], { 0, 0, full[0], full[1] },
                               RESHOOT_IMAGE_FORMAT_PNG, 0 };
  double factors[2];
  double largest;

  find_factors (source, reply, sent, factors);
  if (sent == NULL)
    sent = &whole;
  if (fit != FIT_STRETCHED)
    factors[0] = factors[1] = fit == FIT_CUT ? MAX (factors[0], factors[1])
                                             : MIN (factors[0], factors[1]);

  for (int i = 0; i < 2; i++)
    {
      double rest = size[i] - factors[i] * (i == 0 ? sent->width : sent->height);

      frame[2 * i] = factors[i] * (i == 0 ? sent->window.width : sent->window.height) / full[i];
      frame[2 * i + 1] = factors[i] * (i == 0 ? sent->window.x : sent->window.y) + rest / 2;
    }

  largest = MAX (MAX (frame[0], frame[2]), 1);
  *width = MAX ((int) lround (size[0] / largest), 1);
  *height = MAX ((int) lround (size[1] / largest), 1);
  for (int i = 0; i < 2; i++)
    {
      double shrunk = (double) (i == 0 ? *width : *height) / size[i];

      frame[2 * i] *= shrunk;
      frame[2 * i + 1] *= shrunk;
    }
}

/* Says in pixels of the source what the motion is. */
void
reshoot_land_describe (const ReshootLandScene *scene,
                       const double            frame[4],
                       ReshootAlignment       *alignment)
{
  const ReshootMotion *motion = &scene->motion;
  const double *map = motion->map;
  double x = (scene->width - 1) / 2.0;
  double y = (scene->height - 1) / 2.0;
  double share = (double) motion->n_inliers / MAX (motion->n_textured, 1);
  int few = motion->residual > CHANCE_RESIDUAL ? FEW_OF_CHANCE : FEW_INLIERS;

  alignment->shift_x = (map[0] * x + map[1] * y + map[2] - x) / frame[0];
  alignment->shift_y = (map[3] * x + map[4] * y + map[5] - y) / frame[2];
  alignment->scale_x = hypot (map[0], map[3]);
  alignment->scale_y = hypot (map[1], map[4]);
  alignment->rotation = atan2 (map[3] - map[1], map[0] + map[4]) * 180 / G_PI;
  alignment->is_flat = motion->is_flat;
  alignment->confidence = motion->is_flat ? 1 : share;
  alignment->new_scene = !motion->is_flat
                         && (share < LEAST_SHARE
                             || (motion->n_inliers < few && share < LEAST_SHARE_OF_FEW));
}

/**
 * reshoot_alignment_get_confident:
 * @self: an alignment
 *
 * Returns: whether so much of the source is in the reply that its place is sure
 */
gboolean
reshoot_alignment_get_confident (const ReshootAlignment *self)
{
  return !self->new_scene && self->confidence >= CONFIDENT_SHARE;
}

static double
measure_changed (const ReshootLandScene *scene)
{
  gsize n = (gsize) scene->width * scene->height;
  gsize n_changed = 0;

  for (gsize i = 0; i < n; i++)
    n_changed += scene->changed[i];
  return (double) n_changed / n;
}

static gboolean
keep_region (ReshootRegion  *region,
             VipsImage     **picture,
             ReshootImage   *source,
             GError        **error)
{
  g_autoptr (VipsImage) before = NULL;
  g_autoptr (VipsImage) blended = NULL;

  if (region == NULL)
    return TRUE;

  before = reshoot_image_dup_vips (source, error);
  if (before != NULL)
    blended = reshoot_region_blend (region, before, *picture, error);
  if (blended == NULL)
    return FALSE;

  g_set_object (picture, blended);
  return TRUE;
}

/* Fills and aligns @scene. A reply of another shape than what was sent was stretched, cut or padded: what explains
 * most of the source is taken. */
static gboolean
place_reply (ReshootLandScene          *scene,
             ReshootImage              *source,
             VipsImage                 *picture,
             ReshootImage              *reply,
             const ReshootPreparation  *sent,
             double                     frame[4],
             GCancellable              *cancellable,
             GError                   **error)
{
  double factors[2];
  double best = 0;
  gboolean same;

  find_factors (source, reply, sent, factors);
  same = MAX (factors[0], factors[1]) < SAME_SHAPE * MIN (factors[0], factors[1]);
  for (Fit fit = FIT_STRETCHED; fit < (same ? FIT_STRETCHED + 1 : N_FITS); fit++)
    {
      g_auto (ReshootLandScene) tried = { 0 };
      double tried_frame[4];
      double score;

      find_frame (source, reply, sent, fit, tried_frame, &tried.width, &tried.height);
      if (!reshoot_land_scene_fill (&tried, picture, reply, tried_frame, error))
        return FALSE;
      if (!reshoot_land_scene_align (&tried, cancellable))
        return !g_cancellable_set_error_if_cancelled (cancellable, error);

      score = (double) tried.motion.n_inliers / MAX (tried.motion.n_textured, 1)
              - ZOOM_PENALTY * (fabs (tried.motion.map[0] - 1) + fabs (tried.motion.map[4] - 1));
      if (fit != FIT_STRETCHED && score <= best)
        continue;
      best = score;
      reshoot_land_scene_clear (scene);
      *scene = tried;
      memset (&tried, 0, sizeof tried);
      memcpy (frame, tried_frame, sizeof tried_frame);
    }

  return TRUE;
}

/* The change onto the picture. */
static gboolean
merge (ReshootLanding           *self,
       ReshootLandScene         *scene,
       const double              frame[4],
       const ReshootLandRequest *request,
       ReshootImage             *source,
       VipsImage               **picture,
       GCancellable             *cancellable,
       GError                  **error)
{
  reshoot_land_match_colour (scene);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  reshoot_land_find_change (scene, request->tone);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  reshoot_land_make_alpha (scene);
  self->changed = measure_changed (scene);
  self->is_whole = scene->is_whole;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  reshoot_land_carry_detail (scene, &self->detail);
  reshoot_land_merge (scene, &self->detail, frame, *picture, cancellable, &self->identical);
  self->alpha = g_steal_pointer (&scene->alpha);
  memcpy (self->frame, frame, sizeof self->frame);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return keep_region (request->region, picture, source, error);
}

/**
 * reshoot_land:
 * @source: the picture that was edited
 * @reply: what a service sent back for it
 * @request: (nullable): what is known beside them
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Brings the change home: the result has the size, depth, profile and transparency of @source, and its very numbers
 * where nothing changed. A new scene is recognised and not forced: then there is no image. Blocks: for a worker
 * thread.
 *
 * Errors: %RESHOOT_ERROR_CORRUPT for a picture that cannot be decoded.
 *
 * Returns: (transfer full): what came of it, or %NULL
 */
ReshootLanding *
reshoot_land (ReshootImage              *source,
              ReshootImage              *reply,
              const ReshootLandRequest  *request,
              GCancellable              *cancellable,
              GError                   **error)
{
  static const ReshootLandRequest nothing_known = { RESHOOT_LAND_TONE_UNKNOWN, NULL, NULL };
  g_autoptr (ReshootLanding) self = g_object_new (RESHOOT_TYPE_LANDING, NULL);
  g_auto (ReshootLandScene) scene = { 0 };
  g_autoptr (VipsImage) picture = NULL;
  double frame[4];

  g_return_val_if_fail (RESHOOT_IS_IMAGE (source), NULL);
  g_return_val_if_fail (RESHOOT_IS_IMAGE (reply), NULL);

  if (request == NULL)
    request = &nothing_known;
  picture = reshoot_image_dup_vips (source, error);
  if (picture == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (!place_reply (&scene, source, picture, reply, request->sent, frame, cancellable, error))
    return NULL;

  reshoot_land_describe (&scene, frame, &self->alignment);
  if (self->alignment.new_scene)
    return g_steal_pointer (&self);

  if (!merge (self, &scene, frame, request, source, &picture, cancellable, error))
    return NULL;

  self->image = reshoot_image_new_from_vips (picture, RESHOOT_IMAGE_FORMAT_PNG, 0, cancellable,
                                             error);
  return self->image != NULL ? g_steal_pointer (&self) : NULL;
}

/* What a task needs. The preparation is copied, so that the caller's may go. */
typedef struct
{
  ReshootImage       *source;
  ReshootImage       *reply;
  ReshootLandRequest  request;
  ReshootPreparation  sent;
} Work;

static Work *
work_new (ReshootImage *source,
          ReshootImage *reply)
{
  Work *work = g_new0 (Work, 1);

  work->source = g_object_ref (source);
  work->reply = g_object_ref (reply);
  return work;
}

static void
work_free (Work *work)
{
  g_object_unref (work->source);
  g_object_unref (work->reply);
  g_clear_object (&work->request.region);
  g_free (work);
}

static void
land_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  ReshootLanding *landing = reshoot_land (work->source, work->reply, &work->request, cancellable,
                                          &error);

  if (landing != NULL)
    g_task_return_pointer (task, landing, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_land_async:
 * @source: the picture that was edited
 * @reply: what a service sent back for it
 * @request: (nullable): what is known beside them
 * @cancellable: (nullable): to stop
 * @callback: called once, on the calling thread's context
 * @user_data: for @callback
 *
 * As [func@land], on a worker thread. A cancellation is answered at once; the worker ends with the step that it is in.
 */
void
reshoot_land_async (ReshootImage             *source,
                    ReshootImage             *reply,
                    const ReshootLandRequest *request,
                    GCancellable             *cancellable,
                    GAsyncReadyCallback       callback,
                    gpointer                  user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work;

  g_return_if_fail (RESHOOT_IS_IMAGE (source));
  g_return_if_fail (RESHOOT_IS_IMAGE (reply));

  work = work_new (source, reply);
  g_task_set_source_tag (task, reshoot_land_async);
  if (request != NULL)
    {
      work->request = *request;
      if (request->region != NULL)
        g_object_ref (request->region);
      if (request->sent != NULL)
        {
          work->sent = *request->sent;
          work->request.sent = &work->sent;
        }
    }
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, land_thread);
}

/**
 * reshoot_land_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full): what came of it, or %NULL
 */
ReshootLanding *
reshoot_land_finish (GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_land_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Alignment alone */

static void
align_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Work *work = task_data;
  g_autofree ReshootAlignment *alignment = g_new0 (ReshootAlignment, 1);
  g_auto (ReshootLandScene) scene = { 0 };
  g_autoptr (VipsImage) picture = NULL;
  GError *error = NULL;
  double frame[4];

  picture = reshoot_image_dup_vips (work->source, &error);
  if (picture == NULL
      || !place_reply (&scene, work->source, picture, work->reply, NULL, frame, cancellable,
                       &error))
    {
      g_task_return_error (task, error);
      return;
    }

  reshoot_land_describe (&scene, frame, alignment);
  g_task_return_pointer (task, g_steal_pointer (&alignment), g_free);
}

/**
 * reshoot_align_async:
 * @source: a picture
 * @reply: another one, perhaps of other size, that shows much of the same
 * @cancellable: (nullable): to stop
 * @callback: called once, on the calling thread's context
 * @user_data: for @callback
 *
 * Measures how @reply lies on @source, each taken to show the whole, on a worker thread.
 */
void
reshoot_align_async (ReshootImage        *source,
                     ReshootImage        *reply,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (RESHOOT_IS_IMAGE (source));
  g_return_if_fail (RESHOOT_IS_IMAGE (reply));

  g_task_set_source_tag (task, reshoot_align_async);
  g_task_set_task_data (task, work_new (source, reply), (GDestroyNotify) work_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, align_thread);
}

/**
 * reshoot_align_finish:
 * @result: what the callback got
 * @alignment: (out caller-allocates): how the reply lies
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_CORRUPT for a picture that cannot be decoded.
 *
 * Returns: whether it was measured
 */
gboolean
reshoot_align_finish (GAsyncResult      *result,
                      ReshootAlignment  *alignment,
                      GError           **error)
{
  g_autofree ReshootAlignment *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_align_async), FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;

  *alignment = *found;
  return TRUE;
}

/**
 * reshoot_landing_get_image:
 * @self: a landing
 *
 * Returns: (nullable): the landed picture; %NULL for a new scene
 */
ReshootImage *
reshoot_landing_get_image (ReshootLanding *self)
{
  g_return_val_if_fail (RESHOOT_IS_LANDING (self), NULL);

  return self->image;
}

/**
 * reshoot_landing_get_alignment:
 * @self: a landing
 *
 * Returns: (transfer none): how the reply lay on its source
 */
const ReshootAlignment *
reshoot_landing_get_alignment (ReshootLanding *self)
{
  g_return_val_if_fail (RESHOOT_IS_LANDING (self), NULL);

  return &self->alignment;
}

/**
 * reshoot_landing_get_changed:
 * @self: a landing
 *
 * Returns: the share of what was sent that was edited, 0–1
 */
double
reshoot_landing_get_changed (ReshootLanding *self)
{
  g_return_val_if_fail (RESHOOT_IS_LANDING (self), 0);

  return self->changed;
}

/**
 * reshoot_landing_get_identical:
 * @self: a landing
 *
 * Returns: the share of the source's pixels that were not touched, 0–1
 */
double
reshoot_landing_get_identical (ReshootLanding *self)
{
  g_return_val_if_fail (RESHOOT_IS_LANDING (self), 0);

  return self->identical;
}

/**
 * reshoot_landing_get_is_whole:
 * @self: a landing
 *
 * Returns: whether the edit is one of the whole picture, such as other light
 */
gboolean
reshoot_landing_get_is_whole (ReshootLanding *self)
{
  g_return_val_if_fail (RESHOOT_IS_LANDING (self), FALSE);

  return self->is_whole;
}
