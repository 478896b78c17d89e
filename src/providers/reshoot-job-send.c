/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job before there is a ticket: the input and the call are made, and the call that costs money leaves. It is repeated
 * only where it surely did not arrive; where that is not sure the job is in doubt, and never sent again by itself. */

#include "reshoot-error.h"
#include "reshoot-image-prepare.h"
#include "reshoot-job-private.h"

typedef struct
{
  ReshootImage *source;
  int           width;
  int           height;
} Prepare;

static void
prepare_free (Prepare *prepare)
{
  g_object_unref (prepare->source);
  g_free (prepare);
}

static ReshootAsk
make_ask (ReshootJob   *self,
          ReshootImage *input)
{
  return (ReshootAsk) { .model = self->means.model,
                        .request = reshoot_step_get_request (self->step),
                        .uuid = reshoot_step_get_uuid (self->step),
                        .input = input };
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootJob) self = RESHOOT_JOB (source);
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) input = g_task_propagate_pointer (G_TASK (result), &error);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  ReshootAsk ask = make_ask (self, input);

  if (input == NULL ||
      !reshoot_provider_prepare (self->means.provider, &ask, &next, &error))
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  reshoot_job_take_call (self, &next);
  if (!reshoot_job_check_cancelled (self))
    reshoot_job_move (self, RESHOOT_JOB_SEND, &facts);
}

static void
prepare_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Prepare *prepare = task_data;
  GError *error = NULL;
  ReshootImage *input;

  input = reshoot_image_prepare (prepare->source, prepare->width, prepare->height,
                                 RESHOOT_IMAGE_FORMAT_PNG, cancellable, &error);
  if (input != NULL)
    g_task_return_pointer (task, input, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
source_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GTask) task = NULL;
  Prepare *prepare;

  image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (image == NULL)
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  prepare = g_new0 (Prepare, 1);
  reshoot_model_choose_size (self->means.model, reshoot_image_get_width (image),
                             reshoot_image_get_height (image), &prepare->width, &prepare->height);
  prepare->source = g_steal_pointer (&image);

  /* The job is the source of its own task, and lives until the callback. */
  task = g_task_new (self, self->cancellable, prepared_cb, NULL);
  g_object_ref (self);
  g_task_set_source_tag (task, source_loaded_cb);
  g_task_set_task_data (task, prepare, (GDestroyNotify) prepare_free);
  g_task_run_in_thread (task, prepare_in_thread);
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;

  g_free (self->key);
  self->key = reshoot_keys_lookup_finish (RESHOOT_KEYS (source), result, &error);
  if (self->key == NULL)
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  reshoot_project_load_picture_async (self->project, reshoot_step_get_parent (self->step),
                                      RESHOOT_PICTURE_SHOWN, self->cancellable,
                                      source_loaded_cb, g_object_ref (self));
}

/* For the engine: makes the input and the call, or finds that there is none to make. */
void
reshoot_job_prepare (ReshootJob *self)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  ReshootAsk ask = make_ask (self, NULL);

  if (!reshoot_model_get_is_local (self->means.model))
    {
      reshoot_keys_lookup_async (self->means.keys, reshoot_model_get_provider (self->means.model),
                                 self->cancellable, key_found_cb, g_object_ref (self));
      return;
    }

  if (reshoot_provider_prepare (self->means.provider, &ask, &next, NULL) &&
      next.kind == RESHOOT_NEXT_COMPUTE)
    reshoot_job_move (self, RESHOOT_JOB_COMPUTE, &facts);
}

static gboolean
send_later_cb (gpointer user_data)
{
  ReshootJob *self = user_data;
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  if (!reshoot_job_check_cancelled (self))
    reshoot_job_move (self, RESHOOT_JOB_SEND, &facts);

  return G_SOURCE_REMOVE;
}

/* For the engine: the submit did not arrive; it leaves again after a pause. */
void
reshoot_job_send_later (ReshootJob *self)
{
  reshoot_job_wait_then (self, send_later_cb);
}

/* Surely not there: it may leave again, for as long as there is patience. */
static void
repeat (ReshootJob   *self,
        const GError *error,
        int           retry_after)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  if (++self->n_lost >= self->means.times.tries || reshoot_job_is_too_late (self))
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  if (retry_after > 0)
    self->delay = MAX (self->delay, MIN ((guint) retry_after * 1000, self->means.times.max_delay));
  reshoot_job_move (self, RESHOOT_JOB_UNSENT, &facts);
}

static void
submit_refused (ReshootJob         *self,
                const ReshootReply *reply,
                ReshootNext        *next,
                const GError       *error)
{
  gboolean is_busy = g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_RATE_LIMITED) ||
                     g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_UNAVAILABLE);

  if (next->ticket != NULL)
    {
      g_free (self->ticket);
      self->ticket = g_strdup (next->ticket);
    }
  self->quoted = next->quoted;

  if (next->charged != RESHOOT_CHARGED_NO)
    reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, next->charged);
  else if (is_busy)
    repeat (self, error, reply->retry_after);
  else if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_REFUSED))
    reshoot_job_fail (self, RESHOOT_JOB_REFUSED, error, RESHOOT_CHARGED_NO);
  else
    reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  if (!reshoot_http_send_finish (RESHOOT_HTTP (source), result, &reply, &error))
    {
      if (reshoot_http_error_is_unsent (error))
        repeat (self, error, -1);
      else
        reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, RESHOOT_CHARGED_UNKNOWN);
      return;
    }

  if (!reshoot_provider_read (self->means.provider, RESHOOT_REPLY_TO_SUBMIT, &reply, NULL,
                              &next, &error))
    {
      submit_refused (self, &reply, &next, error);
      return;
    }

  self->n_lost = 0;
  self->delay = self->means.times.first_delay;
  reshoot_job_follow (self, &next);
}

/* For the engine: the call that may cost money. The table lets it happen once for each time that it is stored. */
void
reshoot_job_send (ReshootJob *self)
{
  reshoot_job_start_deadline (self);
  self->began = g_get_monotonic_time ();
  reshoot_job_call (self, RESHOOT_JOB_REPLY_MAX, submitted_cb);
}
