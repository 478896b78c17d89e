/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job at a service: what sending (-send) and asking (-ask) have in common. Calls within bounds, pauses that grow, the
 * deadline of it all, what a good reply leads to, what a lost one does, and the gate for the bytes that come back. */

#include "reshoot-job-private.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"

/* An answer that is the result itself may take as long as the job; to a poll it is only as large. */
static void
lengthen (ReshootJob       *self,
          ReshootHttpGuard *guard)
{
  gint64 left = (self->deadline - g_get_monotonic_time ()) / 1000;

  guard->max_bytes = RESHOOT_JOB_LONG_MAX;
  if (self->deadline != 0 && self->state == RESHOOT_STEP_SENDING)
    guard->deadline = (guint) CLAMP (left, 1, G_MAXINT);
}

/* For the job's files: makes the call that is next, within the bounds of the provider. */
void
reshoot_job_call (ReshootJob          *self,
                  gsize                max_bytes,
                  GAsyncReadyCallback  callback)
{
  ReshootHttpGuard guard = { 0, };

  if (reshoot_job_is_stopped (self))
    return;

  guard.address = self->means.address;
  guard.max_bytes = max_bytes;
  guard.deadline = self->means.times.call_deadline;
  reshoot_http_guard_set_key (&guard, self->means.description, self->key);
  if (self->call.is_long)
    lengthen (self, &guard);

  reshoot_http_send_async (self->means.http, &self->call, &guard, self->cancellable,
                           callback, g_object_ref (self));
}

/* For the job's files: asks for the key; the callback gets a reference of the job. */
void
reshoot_job_look_for_key (ReshootJob          *self,
                          GAsyncReadyCallback  callback)
{
  reshoot_keys_lookup_async (self->means.keys, reshoot_model_get_provider (self->means.model),
                             self->cancellable, callback, g_object_ref (self));
}

/* For the job's files: what the lookup found. Returns: whether there is a key, or needs to be none. */
gboolean
reshoot_job_take_key (ReshootJob    *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_autoptr (GError) local = NULL;

  g_free (self->key);
  self->key = reshoot_keys_lookup_finish (self->means.keys, result, &local);
  self->knows_key = local == NULL;
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* For the job's files: the call of @next becomes the one that is next. */
void
reshoot_job_take_call (ReshootJob  *self,
                       ReshootNext *next)
{
  reshoot_call_clear (&self->call);
  self->call = next->call;
  next->call = (ReshootCall) { 0, };
}

/* For the job's files: what a reply said of ticket and money, whatever else it said. */
void
reshoot_job_take_money (ReshootJobFacts   *facts,
                        const ReshootNext *next)
{
  facts->ticket = next->ticket;
  facts->quoted = next->quoted;
  facts->settled = next->settled;
  facts->charged = next->charged;
}

/* For the job's files: waits the current pause, and doubles it for the next time. Cancelling wakes it at once, and so
 * does what is heard meanwhile; what was heard before leaves no pause. */
void
reshoot_job_wait_then (ReshootJob  *self,
                       GSourceFunc  callback)
{
  guint pause = MAX (self->delay, self->wait);

  if (self->in_a_hurry)
    pause = 0;

  self->in_a_hurry = FALSE;
  self->delay = MIN (self->delay * 2, self->means.times.max_delay);
  self->wait = 0;
  g_clear_pointer (&self->pause, g_source_unref);
  self->pause = g_source_ref (reshoot_times_wait_then (&self->means.times, pause,
                                                       self->cancellable, callback,
                                                       g_object_ref (self), g_object_unref));
}

/* For the job's files: ends the pause, or leaves out the one that comes. */
void
reshoot_job_hurry (ReshootJob *self)
{
  if (self->pause != NULL && !g_source_is_destroyed (self->pause))
    g_source_set_ready_time (self->pause, 0);
  else
    self->in_a_hurry = TRUE;
}

/* For the job's files: whether the person stopped it; if so, that is how it ends. */
gboolean
reshoot_job_check_cancelled (ReshootJob *self)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  if (!g_cancellable_is_cancelled (self->cancellable))
    return FALSE;

  if (!reshoot_job_is_stopped (self))
    reshoot_job_move (self, RESHOOT_JOB_CANCEL, &facts);
  return TRUE;
}

/* For the job's files: from here on time counts. */
void
reshoot_job_start_deadline (ReshootJob *self)
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

/* For the job's files: whether the deadline is over. */
gboolean
reshoot_job_is_too_late (ReshootJob *self)
{
  return g_get_monotonic_time () > self->deadline;
}

/* For the job's files: something went wrong after the submit. It is tried again, and in the end in doubt. */
void
reshoot_job_lose (ReshootJob        *self,
                  const GError      *error,
                  const ReshootNext *next,
                  guint              n,
                  int                retry_after)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  int charged = next != NULL ? next->charged : -1;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      reshoot_job_check_cancelled (self);
      return;
    }

  g_debug ("lost %u: %s", n, error->message);
  if (n >= self->means.times.tries || reshoot_job_is_too_late (self) ||
      !reshoot_job_machine_move (self->state, RESHOOT_JOB_LOST).possible)
    {
      reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, charged);
      return;
    }

  self->delay = reshoot_times_add_wait (&self->means.times, self->delay, retry_after);
  reshoot_job_move (self, RESHOOT_JOB_LOST, &facts);
}

/* For the job's files: does what a good reply leads to. */
void
reshoot_job_follow (ReshootJob  *self,
                    ReshootNext *next)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  gboolean is_first = self->state == RESHOOT_STEP_SENDING;

  reshoot_job_take_money (&facts, next);
  self->wait = reshoot_times_from_wait (next->wait);
  self->is_answer = next->kind == RESHOOT_NEXT_ANSWER;
  if (!self->is_answer)
    self->n_answers = 0;

  if (next->kind == RESHOOT_NEXT_READY)
    {
      reshoot_job_take_results (self, next, &facts);
      return;
    }

  reshoot_job_take_call (self, next);

  /* Where a socket tells more, a reply that says nothing of it is no news. */
  if (self->socket == NULL || !isnan (next->progress))
    reshoot_step_set_progress (self->step, next->progress);
  if (!self->is_answer)
    reshoot_step_set_queue_position (self->step, next->queue_position);
  reshoot_job_move (self, is_first ? RESHOOT_JOB_ACCEPTED : RESHOOT_JOB_RUNNING, &facts);
}
