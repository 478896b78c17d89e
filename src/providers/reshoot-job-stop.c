/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job that the person cancelled: the project has it so already. The service is told once, where it can be told, and
 * nobody waits long for what it says. Only its word that it ended the task changes what is known of the money. */

#include "reshoot-job-private.h"

/* How long to wait for a service that is told to stop, in milliseconds; and how often it may have to be told more. */
#define STOP_DEADLINE 10000
#define MAX_ANSWERS   4

static void
end (ReshootJob        *self,
     const ReshootNext *next)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  if (next != NULL)
    reshoot_job_take_money (&facts, next);

  reshoot_job_move (self, RESHOOT_JOB_STOPPED, &facts);
}

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;
  gboolean is_read;

  is_read = reshoot_http_send_finish (RESHOOT_HTTP (source), result, &reply, &error) &&
            reshoot_provider_read (self->means.provider, RESHOOT_REPLY_TO_CANCEL, &reply,
                                   self->ticket, &next, &error);
  if (!is_read)
    g_debug ("not stopped: %s", error->message);

  /* Some have to be asked what they are at before they can be told. */
  if (is_read && next.kind == RESHOOT_NEXT_ANSWER && ++self->n_answers <= MAX_ANSWERS)
    {
      if (next.ticket != NULL)
        {
          g_free (self->ticket);
          self->ticket = g_steal_pointer (&next.ticket);
        }
      reshoot_job_take_call (self, &next);
      reshoot_job_call (self, RESHOOT_JOB_REPLY_MAX, told_cb);
      return;
    }

  end (self, is_read && next.kind == RESHOOT_NEXT_STOPPED ? &next : NULL);
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  guint patience = self->means.times.call_deadline;

  if (!reshoot_job_take_key (self, result, NULL))
    {
      end (self, NULL);
      return;
    }

  self->means.times.call_deadline = MIN (patience, STOP_DEADLINE);
  self->call.is_long = FALSE;
  reshoot_job_call (self, RESHOOT_JOB_REPLY_MAX, told_cb);
}

/* For the engine: tells the service. What could be stopped here is stopped already, so what follows has its own. */
void
reshoot_job_stop (ReshootJob *self)
{
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  if (self->ticket == NULL || !reshoot_provider_get_can_cancel (self->means.provider) ||
      !reshoot_provider_cancel (self->means.provider, self->ticket, &next, NULL))
    {
      end (self, NULL);
      return;
    }

  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->n_answers = 0;
  reshoot_job_take_call (self, &next);
  reshoot_job_look_for_key (self, key_found_cb);
}
