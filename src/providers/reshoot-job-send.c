/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job before there is a ticket: the calls that come before the submit are made, which are free and made again as
 * often as needed, and then the call that costs money leaves. That one is repeated only where it surely did not arrive;
 * where that is not sure the job is in doubt, and never sent again by itself. */

#include "reshoot-chain.h"
#include "reshoot-error.h"
#include "reshoot-job-private.h"

/* How long a job waits at most for one of ours to end, in milliseconds: another program may have the places. */
#define HOLD 60000

/* Of the step that is worked from, where the same provider made it. */
static const char *
find_source_ticket (ReshootJob *self)
{
  ReshootStep *parent = reshoot_step_get_parent (self->step);
  ReshootRequest *request = reshoot_step_get_request (parent);
  g_autofree char *provider = request != NULL ? reshoot_request_dup_provider (request) : NULL;

  if (g_strcmp0 (provider, reshoot_model_get_provider (self->means.model)) != 0)
    return NULL;

  return reshoot_step_get_ticket (parent);
}

/* Steps that share a ticket are what it brought, in their order. */
static guint
find_source_take (ReshootJob *self)
{
  const char *ticket = find_source_ticket (self);
  ReshootStep *parent = reshoot_step_get_parent (self->step);
  ReshootStep *above = ticket != NULL ? reshoot_step_get_parent (parent) : NULL;
  GListModel *children = above != NULL ? reshoot_step_get_children (above) : NULL;
  guint take = 0;

  for (guint i = 0; children != NULL && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (ReshootStep) child = g_list_model_get_item (children, i);

      if (g_strcmp0 (reshoot_step_get_ticket (child), ticket) == 0)
        take++;
      if (child == parent)
        return take;
    }

  return 0;
}

static gboolean
prepare_step (gpointer             data,
              const char          *state,
              const ReshootReply  *reply,
              ReshootNext         *next,
              GError             **error)
{
  ReshootJob *self = data;
  ReshootAsk ask = { .model = self->means.model,
                     .request = reshoot_step_get_request (self->step),
                     .uuid = reshoot_step_get_uuid (self->step),
                     .input = self->input,
                     .references = (ReshootImage *const *) self->references->pdata,
                     .n_references = self->references->len,
                     .public_uri = self->public_uri,
                     .source_ticket = find_source_ticket (self),
                     .source_take = find_source_take (self),
                     .state = state,
                     .reply = reply };

  return reshoot_provider_prepare (self->means.provider, &ask, next, error);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  reshoot_job_clear_input (self);
  if (!reshoot_chain_run_finish (RESHOOT_HTTP (source), result, &next, &error))
    {
      gboolean is_no = g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_REFUSED);

      reshoot_job_fail (self, is_no ? RESHOOT_JOB_REFUSED : RESHOOT_JOB_FAILED, error,
                        RESHOOT_CHARGED_NO);
      return;
    }

  facts.ticket = next.ticket;
  self->stale_at = 0;
  if (!isnan (next.life))
    self->stale_at = g_get_monotonic_time () + (gint64) (next.life * G_USEC_PER_SEC);
  reshoot_job_take_call (self, &next);
  if (!reshoot_job_check_cancelled (self))
    reshoot_job_move (self, RESHOOT_JOB_SEND, &facts);
}

/* For the job's files: the input is there. Nothing of what is done here is stored: after a stop it is done again. */
void
reshoot_job_ask_codec (ReshootJob *self)
{
  ReshootHttpGuard guard = { 0, };

  guard.address = self->means.address;
  guard.max_bytes = RESHOOT_JOB_REPLY_MAX;
  guard.deadline = self->means.times.call_deadline;
  reshoot_http_guard_set_key (&guard, self->means.description, self->key);

  reshoot_chain_run_async (self->means.http, &guard, &self->means.times, prepare_step,
                           g_object_ref (self), g_object_unref, self->cancellable, prepared_cb,
                           g_object_ref (self));
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_job_take_key (self, result, &error))
    reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
  else
    reshoot_job_make_input (self);
}

/* For the engine: makes the input and the call, or finds that there is none to make. */
void
reshoot_job_prepare (ReshootJob *self)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  if (reshoot_model_get_is_local (self->means.model))
    reshoot_job_move (self, RESHOOT_JOB_COMPUTE, &facts);
  else
    reshoot_job_look_for_key (self, key_found_cb);
}

static gboolean
send_later_cb (gpointer user_data)
{
  ReshootJob *self = user_data;
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  self->is_held = FALSE;
  if (reshoot_job_check_cancelled (self))
    return G_SOURCE_REMOVE;

  /* What was uploaded for it is gone by now: all that comes before a submit is done again. */
  if (self->stale_at != 0 && g_get_monotonic_time () >= self->stale_at)
    reshoot_job_prepare (self);
  else
    reshoot_job_move (self, RESHOOT_JOB_SEND, &facts);

  return G_SOURCE_REMOVE;
}

/* For the engine: the submit did not arrive; it leaves again after a pause. */
void
reshoot_job_send_later (ReshootJob *self)
{
  reshoot_job_wait_then (self, send_later_cb);
}

/* Too many at once, and not for how often we ask: then it is worth while when one of ours has ended, and no sooner. */
static gboolean
is_crowded (ReshootJob   *self,
            const GError *error,
            int           retry_after)
{
  return retry_after <= 0 && g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_RATE_LIMITED) &&
         reshoot_job_ask_for_place (self);
}

/* Surely not there: it may leave again, for as long as there is patience. */
static void
repeat (ReshootJob   *self,
        const GError *error,
        int           retry_after)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  /* Nobody works on it, so the time is not the service's. */
  if (is_crowded (self, error, retry_after))
    {
      self->deadline = 0;
      self->wait = HOLD;
      reshoot_job_move (self, RESHOOT_JOB_UNSENT, &facts);
      return;
    }

  if (++self->n_lost >= self->means.times.tries || reshoot_job_is_too_late (self))
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  if (retry_after > 0)
    self->deadline = 0;
  self->delay = reshoot_times_add_wait (&self->means.times, self->delay, retry_after);
  reshoot_job_move (self, RESHOOT_JOB_UNSENT, &facts);
}

/* It may have arrived. Where the ticket was stored before, the service is asked; else nobody can be. What costs nothing
 * is no matter of payment: it failed, and the person may ask again. */
static void
doubt (ReshootJob   *self,
       const GError *error,
       int           charged)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  gboolean is_free = reshoot_model_get_price (self->means.model) == 0;
  gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (self->ticket == NULL && reshoot_step_get_ticket (self->step) == NULL && is_free &&
      !is_cancelled)
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  if (reshoot_step_get_ticket (self->step) == NULL || is_cancelled)
    {
      reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, charged);
      return;
    }

  g_debug ("unsure: %s", error->message);
  facts.charged = charged;
  facts.quoted = self->quoted;
  if (g_strcmp0 (self->ticket, reshoot_step_get_ticket (self->step)) != 0)
    facts.ticket = self->ticket;
  self->is_unsure = TRUE;
  self->delay = self->means.times.first_delay;
  reshoot_job_move (self, RESHOOT_JOB_UNSURE, &facts);
}

static void
submit_refused (ReshootJob         *self,
                const ReshootReply *reply,
                ReshootNext        *next,
                const GError       *error)
{
  int retry_after = reply->retry_after;
  gboolean is_busy = g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_RATE_LIMITED) ||
                     g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_UNAVAILABLE);

  if (next->ticket != NULL)
    {
      g_free (self->ticket);
      self->ticket = g_strdup (next->ticket);
    }
  self->quoted = next->quoted;
  if (retry_after < 0 && next->wait > 0)
    retry_after = (int) ceil (next->wait);

  if (next->charged != RESHOOT_CHARGED_NO)
    doubt (self, error, next->charged);
  else if (is_busy)
    repeat (self, error, retry_after);
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
        doubt (self, error, RESHOOT_CHARGED_UNKNOWN);
      return;
    }

  if (!reshoot_provider_read (self->means.provider, RESHOOT_REPLY_TO_SUBMIT, &reply,
                              self->ticket, &next, &error))
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
