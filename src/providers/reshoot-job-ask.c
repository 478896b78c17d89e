/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job with a ticket: the service is asked until it has a picture, and the picture is loaded. Both are free and tried
 * again. Only the service's own word ends the job here; anything else leaves it in doubt, with its ticket. */

#include "reshoot-error.h"
#include "reshoot-job-private.h"

/* A submit of which nobody knows whether it arrived may still be on its way when the service is asked. It is asked a
 * few times more; that it is not known in the end does not prove that it never was, and it is not sent again. */
static gboolean
is_not_there_yet (ReshootJob   *self,
                  const GError *error)
{
  return self->is_unsure && g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_EXPIRED) &&
         self->n_lost + 1 < self->means.times.tries && !reshoot_job_is_too_late (self);
}

static void
poll_refused (ReshootJob         *self,
              const ReshootReply *reply,
              ReshootNext        *next,
              const GError       *error)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  reshoot_job_take_money (&facts, next);
  facts.ticket = NULL;
  facts.error = error;

  if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_REFUSED))
    reshoot_job_move (self, RESHOOT_JOB_REFUSED, &facts);
  else if (is_not_there_yet (self, error))
    reshoot_job_lose (self, error, next, ++self->n_lost, reply->retry_after);
  else if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_EXPIRED))
    reshoot_job_move (self, RESHOOT_JOB_GONE, &facts);
  else if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED))
    reshoot_job_move (self, RESHOOT_JOB_FAILED, &facts);
  else if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH))
    reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, next->charged);
  else
    reshoot_job_lose (self, error, next, ++self->n_lost, reply->retry_after);
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
    reshoot_job_lose (self, error, NULL, ++self->n_lost, -1);
  else if (!reshoot_provider_read (self->means.provider, RESHOOT_REPLY_TO_POLL, &reply,
                                   self->ticket, &next, &error))
    poll_refused (self, &reply, &next, error);
  else if (next.kind != RESHOOT_NEXT_READY && reshoot_job_is_too_late (self))
    {
      error = reshoot_error_new (RESHOOT_ERROR_NETWORK, "deadline", NULL, "no picture within the deadline");
      reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, -1);
    }
  else
    {
      self->n_lost = 0;
      self->is_unsure = FALSE;
      reshoot_job_follow (self, &next);
    }
}

static void
key_for_poll_found_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_job_take_key (self, result, &error))
    reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, -1);
  else
    {
      reshoot_job_listen (self);
      reshoot_job_call (self, RESHOOT_JOB_REPLY_MAX, polled_cb);
    }
}

static gboolean
poll_cb (gpointer user_data)
{
  ReshootJob *self = user_data;

  if (reshoot_job_check_cancelled (self))
    return G_SOURCE_REMOVE;

  /* A job that is taken up again has no key yet. */
  if (self->knows_key)
    reshoot_job_call (self, RESHOOT_JOB_REPLY_MAX, polled_cb);
  else
    reshoot_job_look_for_key (self, key_for_poll_found_cb);

  return G_SOURCE_REMOVE;
}

/* The service waits for us: the first answer leaves at once. One that asks again and again is not hurried for. */
static void
answer (ReshootJob *self)
{
  self->is_answer = FALSE;
  if (++self->n_answers > 1)
    reshoot_job_wait_then (self, poll_cb);
  else
    poll_cb (self);
}

static gboolean
load_again_cb (gpointer user_data)
{
  ReshootJob *self = user_data;

  if (!reshoot_job_check_cancelled (self))
    reshoot_job_download (self);

  return G_SOURCE_REMOVE;
}

/* For the engine: asks the service, after a pause. The call is made from the ticket each time, so that a job that goes
 * on and one that is taken up again ask alike. */
void
reshoot_job_poll (ReshootJob *self)
{
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  reshoot_job_start_deadline (self);
  if (self->is_answer)
    {
      answer (self);
      return;
    }

  /* A service without tickets named the picture in its reply: there is nobody to ask for another address. */
  if (self->ticket == NULL && self->results != NULL)
    {
      reshoot_job_wait_then (self, load_again_cb);
      return;
    }

  if (self->ticket == NULL)
    error = reshoot_error_new (RESHOOT_ERROR_PROTOCOL, "no-ticket", NULL, "nothing to ask with");

  if (error != NULL ||
      !reshoot_provider_ask_again (self->means.provider, self->ticket, &next, &error))
    {
      reshoot_job_fail (self, RESHOOT_JOB_DOUBT, error, -1);
      return;
    }

  self->wait = MAX (self->wait, reshoot_times_from_wait (next.wait));
  reshoot_job_take_call (self, &next);
  if (self->knows_key)
    reshoot_job_listen (self);
  reshoot_job_wait_then (self, poll_cb);
}
