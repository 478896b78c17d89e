/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job at a service that tells on a socket how it is doing. What is heard shows how far it is, and ends a pause
 * between two polls early; what became of the job is only ever read from a reply. So a socket that does not open,
 * breaks, or tells lies costs nothing but patience. */

#include "reshoot-job-private.h"

#define MAX_MESSAGE (16 * 1024 * 1024)   /* bytes: a picture of work in progress */
#define MAX_OPENED  3                    /* times that a socket is opened for one job */
#define MAX_HURRIES 64                   /* pauses that what is heard may end */

/* Asks at once instead of after the pause; or after the call that is under way, without one. */
static void
hurry (ReshootJob *self)
{
  if (self->n_hurries >= MAX_HURRIES)
    return;

  self->n_hurries++;
  self->delay = self->means.times.first_delay;
  reshoot_job_hurry (self);
}

static void
socket_text_cb (ReshootHttpSocket *socket,
                const char        *text,
                gpointer           user_data)
{
  ReshootJob *self = user_data;
  ReshootHeard heard;

  reshoot_provider_hear (self->means.provider, self->ticket, text, &heard);

  if (!isnan (heard.progress))
    reshoot_step_set_progress (self->step, heard.progress);
  if (heard.queue_position >= 0)
    reshoot_step_set_queue_position (self->step, heard.queue_position);
  if (heard.ask_now)
    hurry (self);
}

static void
socket_closed_cb (ReshootHttpSocket *socket,
                  gpointer           user_data)
{
  g_debug ("the socket was closed");
  reshoot_job_stop_listening (user_data);
}

static void
socket_opened_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootHttpSocket) socket = NULL;

  socket = reshoot_http_socket_open_finish (RESHOOT_HTTP (source), result, &error);
  self->opening = FALSE;

  if (socket == NULL)
    g_debug ("no socket: %s", error->message);
  else if (!reshoot_job_is_stopped (self) && self->socket == NULL)
    {
      self->socket = g_steal_pointer (&socket);
      g_signal_connect (self->socket, "text", G_CALLBACK (socket_text_cb), self);
      g_signal_connect (self->socket, "closed", G_CALLBACK (socket_closed_cb), self);
    }
}

/* For the job's files: opens the socket of the job, where its service has one. The key is known. */
void
reshoot_job_listen (ReshootJob *self)
{
  ReshootHttpGuard guard = { 0, };
  g_autofree char *uri = NULL;

  if (self->socket != NULL || self->opening || self->n_opened >= MAX_OPENED || self->ticket == NULL)
    return;

  uri = reshoot_provider_dup_listen_uri (self->means.provider, self->ticket);
  if (uri == NULL)
    return;

  guard.address = self->means.address;
  guard.max_bytes = MAX_MESSAGE;
  guard.deadline = self->means.times.call_deadline;
  reshoot_http_guard_set_key (&guard, self->means.description, self->key);

  self->opening = TRUE;
  self->n_opened++;
  reshoot_http_socket_open_async (self->means.http, uri, &guard, self->cancellable,
                                  socket_opened_cb, g_object_ref (self));
}

/* For the job's files: lets go of the socket, where there is one. */
void
reshoot_job_stop_listening (ReshootJob *self)
{
  if (self->socket == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->socket, self);
  g_clear_object (&self->socket);
}
