/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job at a service: the input is made, the call that costs money leaves once, the service is asked until it has a
 * picture, and the picture is loaded. Asking and loading are free and tried again with growing pauses, up to a
 * deadline; the submit is repeated only where it surely did not arrive. After a submit only the service's own word ends
 * a job; whatever else goes wrong leaves it in doubt, with its ticket, to be asked again. */

#include "reshoot-job-private.h"
#include "reshoot-error.h"
#include "reshoot-image-prepare.h"
#include "reshoot-json-read.h"

#define MAX_REPLY_BYTES   (4 * 1024 * 1024)     /* JSON */
#define MAX_PICTURE_BYTES (256 * 1024 * 1024)

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

static void
send_call (ReshootJob          *self,
           gsize                max_bytes,
           GAsyncReadyCallback  callback)
{
  JsonObject *key = reshoot_json_get_object (self->means.description, "key");
  ReshootHttpGuard guard = { 0, };

  if (reshoot_job_is_stopped (self))
    return;

  guard.address = self->means.address;
  guard.key_header = reshoot_json_get_string (key, "header");
  guard.key = self->key;
  guard.max_bytes = max_bytes;
  guard.deadline = self->means.times.call_deadline;

  reshoot_http_send_async (self->means.http, &self->call, &guard, self->cancellable,
                           callback, g_object_ref (self));
}

static void
take_call (ReshootJob  *self,
           ReshootNext *next)
{
  reshoot_call_clear (&self->call);
  self->call = next->call;
  next->call = (ReshootCall) { 0, };
}

static void
take_money (ReshootJobFacts   *facts,
            const ReshootNext *next)
{
  facts->ticket = next->ticket;
  facts->quoted = next->quoted;
  facts->settled = next->settled;
  facts->charged = next->charged;
}

/* Waits the current pause, or longer where the service asks for it, and doubles it for the next time. Wakes at once
 * when it is cancelled. */
static void
wait_then (ReshootJob  *self,
           GSourceFunc  callback)
{
  g_autoptr (GSource) timeout = g_timeout_source_new (self->delay);
  g_autoptr (GSource) cancelled = g_cancellable_source_new (self->cancellable);

  self->delay = MIN (self->delay * 2, self->means.times.max_delay);

  g_source_set_dummy_callback (cancelled);
  g_source_add_child_source (timeout, cancelled);
  g_source_set_callback (timeout, callback, g_object_ref (self), g_object_unref);
  g_source_attach (timeout, g_main_context_get_thread_default ());
}

static gboolean
is_cancelled (ReshootJob *self)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  if (!g_cancellable_is_cancelled (self->cancellable))
    return FALSE;

  if (!reshoot_job_is_stopped (self))
    reshoot_job_move (self, RESHOOT_JOB_CANCEL, &facts);
  return TRUE;
}

static void
start_deadline (ReshootJob *self)
{
  guint milliseconds = self->means.times.job_deadline;
  double seconds;

  if (self->deadline != 0)
    return;

  if (milliseconds == 0)
    {
      seconds = reshoot_json_get_number (reshoot_model_get_json (self->means.model), "deadline");
      milliseconds = (guint) (seconds * 1000);
    }

  self->deadline = g_get_monotonic_time () + (gint64) milliseconds * 1000;
}

static gboolean
is_too_late (ReshootJob *self)
{
  return g_get_monotonic_time () > self->deadline;
}

/* Making ready */

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

  if (input == NULL ||
      !reshoot_provider_prepare (self->means.provider, self->means.model,
                                 reshoot_step_get_request (self->step), input, &next, &error))
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  take_call (self, &next);
  if (!is_cancelled (self))
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

  if (!reshoot_model_get_is_local (self->means.model))
    {
      reshoot_keys_lookup_async (self->means.keys, reshoot_model_get_provider (self->means.model),
                                 self->cancellable, key_found_cb, g_object_ref (self));
      return;
    }

  if (reshoot_provider_prepare (self->means.provider, self->means.model,
                                reshoot_step_get_request (self->step), NULL, &next, NULL) &&
      next.kind == RESHOOT_NEXT_COMPUTE)
    reshoot_job_move (self, RESHOOT_JOB_COMPUTE, &facts);
}

/* What comes next, whoever said it */

static void
check_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (task_data, NULL, &error);

  if (image != NULL && reshoot_image_check (image, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&image), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void lose (ReshootJob        *self,
                  const GError      *error,
                  const ReshootNext *next,
                  guint              n,
                  int                retry_after);

static void
reply_stored_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;

  reshoot_project_add_reply_finish (RESHOOT_PROJECT (source), result, &error);
  reshoot_job_end_move (self, error);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (ReshootJob) self = RESHOOT_JOB (source);
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = g_task_propagate_pointer (G_TASK (result), &error);

  if (image == NULL)
    {
      lose (self, error, NULL, ++self->n_broken, -1);
      return;
    }

  if (self->began != 0)
    facts.seconds = (double) (g_get_monotonic_time () - self->began) / G_USEC_PER_SEC;

  if (!reshoot_job_begin_move (self, RESHOOT_JOB_ARRIVED, &facts))
    return;

  g_set_object (&self->reply, image);
  reshoot_project_add_reply_async (self->project, self->step, image, &facts, NULL,
                                   reply_stored_cb, g_object_ref (self));
}

/* Foreign bytes go through the gate, away from the main thread. What was paid for is not thrown away by a cancellation
 * that comes after it. */
static void
take_picture (ReshootJob *self,
              GBytes     *bytes)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, checked_cb, NULL);

  g_object_ref (self);
  g_task_set_source_tag (task, take_picture);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, check_in_thread);
}

static void
follow (ReshootJob  *self,
        ReshootNext *next)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  ReshootJobEvent event = RESHOOT_JOB_RUNNING;

  if (next->kind == RESHOOT_NEXT_DONE)
    {
      take_picture (self, next->picture);
      return;
    }

  take_money (&facts, next);
  take_call (self, next);

  if (next->kind == RESHOOT_NEXT_DOWNLOAD)
    event = RESHOOT_JOB_READY;
  else if (self->state == RESHOOT_STEP_SENDING)
    event = RESHOOT_JOB_ACCEPTED;

  reshoot_step_set_progress (self->step, next->progress);
  reshoot_job_move (self, event, &facts);
}

/* Sending */

static gboolean
send_later_cb (gpointer user_data)
{
  ReshootJob *self = user_data;
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  if (!is_cancelled (self))
    reshoot_job_move (self, RESHOOT_JOB_SEND, &facts);

  return G_SOURCE_REMOVE;
}

/* For the engine: the submit did not arrive; it leaves again after a pause. */
void
reshoot_job_send_later (ReshootJob *self)
{
  wait_then (self, send_later_cb);
}

/* Surely not there: it may leave again, for as long as there is patience. */
static void
repeat (ReshootJob   *self,
        const GError *error,
        int           retry_after)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  if (++self->n_lost >= self->means.times.tries || is_too_late (self))
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

  if (!reshoot_provider_read (self->means.provider, &reply, NULL, &next, &error))
    {
      submit_refused (self, &reply, &next, error);
      return;
    }

  self->n_lost = 0;
  self->delay = self->means.times.first_delay;
  follow (self, &next);
}

/* For the engine: the call that may cost money. The table lets it happen once for each time that it is stored. */
void
reshoot_job_send (ReshootJob *self)
{
  start_deadline (self);
  self->began = g_get_monotonic_time ();
  send_call (self, MAX_REPLY_BYTES, submitted_cb);
}

/* Asking */

/* Something went wrong after the submit. It is tried again; at the end of patience it is in doubt. */
static void
lose (ReshootJob        *self,
      const GError      *error,
      const ReshootNext *next,
      guint              n,
      int                retry_after)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  int charged = next != NULL ? next->charged : -1;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      is_cancelled (self);
      return;
    }

  g_debug ("lost %u: %s", n, error->message);
  if (n >= self->means.times.tries || is_too_late (self))
    {
      reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, charged);
      return;
    }

  if (retry_after > 0)
    self->delay = MAX (self->delay, MIN ((guint) retry_after * 1000, self->means.times.max_delay));
  reshoot_job_move (self, RESHOOT_JOB_LOST, &facts);
}

static void
poll_refused (ReshootJob         *self,
              const ReshootReply *reply,
              ReshootNext        *next,
              const GError       *error)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  take_money (&facts, next);
  facts.ticket = NULL;
  facts.error = error;

  if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_REFUSED))
    reshoot_job_move (self, RESHOOT_JOB_REFUSED, &facts);
  else if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_EXPIRED))
    reshoot_job_move (self, RESHOOT_JOB_GONE, &facts);
  else if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED))
    reshoot_job_move (self, RESHOOT_JOB_FAILED, &facts);
  else if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH))
    reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, next->charged);
  else
    lose (self, error, next, ++self->n_lost, reply->retry_after);
}

static void
polled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  if (!reshoot_http_send_finish (RESHOOT_HTTP (source), result, &reply, &error))
    lose (self, error, NULL, ++self->n_lost, -1);
  else if (!reshoot_provider_read (self->means.provider, &reply, self->ticket, &next, &error))
    poll_refused (self, &reply, &next, error);
  else if (next.kind == RESHOOT_NEXT_POLL && is_too_late (self))
    {
      error = reshoot_error_new (RESHOOT_ERROR_NETWORK, "deadline", NULL, "no picture within the deadline");
      reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, -1);
    }
  else
    {
      self->n_lost = 0;
      follow (self, &next);
    }
}

static void
key_for_poll_found_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;

  g_free (self->key);
  self->key = reshoot_keys_lookup_finish (RESHOOT_KEYS (source), result, &error);
  if (self->key == NULL)
    reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, -1);
  else
    send_call (self, MAX_REPLY_BYTES, polled_cb);
}

static gboolean
poll_cb (gpointer user_data)
{
  ReshootJob *self = user_data;

  if (is_cancelled (self))
    return G_SOURCE_REMOVE;

  /* A job that is taken up again has no key yet. */
  if (self->key == NULL)
    reshoot_keys_lookup_async (self->means.keys, reshoot_model_get_provider (self->means.model),
                               self->cancellable, key_for_poll_found_cb, g_object_ref (self));
  else
    send_call (self, MAX_REPLY_BYTES, polled_cb);

  return G_SOURCE_REMOVE;
}

/* For the engine: asks the service, after a pause. The call is made from the ticket each time, so that a job that goes
 * on and one that is taken up again ask alike. */
void
reshoot_job_poll (ReshootJob *self)
{
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  start_deadline (self);

  if (!reshoot_provider_ask_again (self->means.provider, self->ticket, &next, &error))
    {
      reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, -1);
      return;
    }

  take_call (self, &next);
  wait_then (self, poll_cb);
}

/* Loading */

static void
downloaded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_autoptr (GError) error = NULL;

  if (reshoot_http_send_finish (RESHOOT_HTTP (source), result, &reply, &error) &&
      reply.status != 200)
    error = reshoot_error_new (RESHOOT_ERROR_UNAVAILABLE, "download", NULL, "status %u", reply.status);

  if (error != NULL)
    lose (self, error, NULL, ++self->n_broken, reply.retry_after);
  else
    take_picture (self, reply.body);
}

/* For the engine: loads the picture. Its address may have run out: the next try asks for a new one first. */
void
reshoot_job_download (ReshootJob *self)
{
  self->delay = self->means.times.first_delay;
  send_call (self, MAX_PICTURE_BYTES, downloaded_cb);
}
