/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootHttpSocket: a web socket on which a service tells how a job is doing. It is opened within the same bounds as
 * a call: only where a call may go, with a key only where that may be seen, without redirects, within a deadline.
 * Messages of text are handed on; pictures of work in progress are counted and dropped. What is lost with it can be
 * asked for, so its end is no error, and it is never opened again by itself. */

#include "reshoot-http-socket.h"
#include "reshoot-error.h"
#include "reshoot-http-private.h"

struct _ReshootHttpSocket
{
  GObject                  parent_instance;

  SoupWebsocketConnection *connection;   /* (nullable): NULL once it is over */
  guint                    n_binary;     /* messages that were dropped */
};

G_DEFINE_FINAL_TYPE (ReshootHttpSocket, reshoot_http_socket, G_TYPE_OBJECT)

enum
{
  SIGNAL_TEXT,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  gsize         max_bytes;
  char         *host;
  GCancellable *cancellable;    /* ours: the caller's and the deadline's together */
  gulong        cancelled_id;
  GSource      *deadline;
} Open;

static void
open_free (Open *open)
{
  g_free (open->host);
  g_clear_object (&open->cancellable);
  g_free (open);
}

static void
message_cb (SoupWebsocketConnection *connection,
            int                      type,
            GBytes                  *message,
            gpointer                 user_data)
{
  ReshootHttpSocket *self = user_data;
  g_autofree char *text = NULL;
  gsize length;
  const char *data = g_bytes_get_data (message, &length);

  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    {
      self->n_binary++;
      return;
    }

  text = g_strndup (data, length);
  g_signal_emit (self, signals[SIGNAL_TEXT], 0, text);
}

static void
let_go (ReshootHttpSocket *self)
{
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
}

static void
closed_cb (SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  g_autoptr (ReshootHttpSocket) self = g_object_ref (user_data);

  let_go (self);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
reshoot_http_socket_dispose (GObject *object)
{
  reshoot_http_socket_close (RESHOOT_HTTP_SOCKET (object));

  G_OBJECT_CLASS (reshoot_http_socket_parent_class)->dispose (object);
}

static void
reshoot_http_socket_class_init (ReshootHttpSocketClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_http_socket_dispose;

  signals[SIGNAL_TEXT] = g_signal_new ("text", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_http_socket_init (ReshootHttpSocket *self)
{
}

static ReshootHttpSocket *
make_socket (SoupWebsocketConnection *connection,
             gsize                    max_bytes)
{
  ReshootHttpSocket *self = g_object_new (RESHOOT_TYPE_HTTP_SOCKET, NULL);

  self->connection = g_object_ref (connection);
  soup_websocket_connection_set_max_incoming_payload_size (connection, max_bytes);
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), self);
  return self;
}

static gboolean
deadline_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
caller_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static void
stop_timers (GTask *task)
{
  Open *open = g_task_get_task_data (task);

  g_cancellable_disconnect (g_task_get_cancellable (task), open->cancelled_id);
  open->cancelled_id = 0;

  if (open->deadline != NULL)
    {
      g_source_destroy (open->deadline);
      g_clear_pointer (&open->deadline, g_source_unref);
    }
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SoupWebsocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  Open *open = g_task_get_task_data (task);

  connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  stop_timers (task);

  if (g_task_return_error_if_cancelled (task))
    {
      if (connection != NULL)
        soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
    }
  else if (connection != NULL)
    g_task_return_pointer (task, make_socket (connection, open->max_bytes), g_object_unref);
  else
    g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_NETWORK, "socket", open->host,
                                                  "%s: %s", open->host, error->message));
}

static void
start_timers (GTask *task,
              guint  deadline)
{
  Open *open = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  open->deadline = g_timeout_source_new (deadline);
  g_source_set_callback (open->deadline, deadline_cb, g_object_ref (open->cancellable),
                         g_object_unref);
  g_source_attach (open->deadline, g_task_get_context (task));

  if (cancellable != NULL)
    open->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb),
                                                g_object_ref (open->cancellable), g_object_unref);
}

/* What may be called is written with http and https. */
static char *
dup_http_uri (const char *uri)
{
  if (g_str_has_prefix (uri, "ws://") || g_str_has_prefix (uri, "wss://"))
    return g_strconcat ("http", uri + 2, NULL);

  return g_strdup (uri);
}

/**
 * reshoot_http_socket_open_async:
 * @http: a caller
 * @uri: where to, with the scheme ws, wss, http or https
 * @guard: its bounds: max_bytes of one message, and the deadline for opening it; copied
 * @cancellable: (nullable): to stop opening it
 * @callback: called when it is open, or not
 * @user_data: for @callback
 *
 * The key goes along where it may be seen.
 */
void
reshoot_http_socket_open_async (ReshootHttp            *http,
                                const char             *uri,
                                const ReshootHttpGuard *guard,
                                GCancellable           *cancellable,
                                GAsyncReadyCallback     callback,
                                gpointer                user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_auto (ReshootCall) call = { .method = "GET" };
  GError *error = NULL;
  Open *open;

  g_return_if_fail (RESHOOT_IS_HTTP (http));
  g_return_if_fail (uri != NULL);

  task = g_task_new (http, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_http_socket_open_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  call.uri = dup_http_uri (uri);
  call.with_key = reshoot_address_may_see_key (guard->address, call.uri);
  message = reshoot_http_make_message (&call, guard, &error);
  if (message == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  open = g_new0 (Open, 1);
  open->max_bytes = guard->max_bytes;
  open->host = g_strdup (g_uri_get_host (soup_message_get_uri (message)));
  open->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, open, (GDestroyNotify) open_free);
  start_timers (task, guard->deadline);

  /* A message that is packed could unpack into a large one. No Origin: servers take one for a foreign web page. */
  soup_message_disable_feature (message, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  g_debug ("socket %s%s", open->host, g_uri_get_path (soup_message_get_uri (message)));
  soup_session_websocket_connect_async (reshoot_http_get_session (http), message, NULL, NULL,
                                        G_PRIORITY_DEFAULT, open->cancellable, connected_cb,
                                        g_steal_pointer (&task));
}

/**
 * reshoot_http_socket_open_finish:
 * @http: a caller
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_NETWORK, reason "socket", with the host as subject, and %RESHOOT_ERROR_PROTOCOL,
 * "foreign-address".
 *
 * Returns: (transfer full): the open socket; messages come from the main loop, so none is missed
 */
ReshootHttpSocket *
reshoot_http_socket_open_finish (ReshootHttp   *http,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, http), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_http_socket_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reshoot_http_socket_get_n_binary:
 * @self: a socket
 *
 * Returns: how many messages were not text, and dropped
 */
guint
reshoot_http_socket_get_n_binary (ReshootHttpSocket *self)
{
  g_return_val_if_fail (RESHOOT_IS_HTTP_SOCKET (self), 0);

  return self->n_binary;
}

/**
 * reshoot_http_socket_close:
 * @self: a socket
 *
 * Ends it; no signal is emitted any more.
 */
void
reshoot_http_socket_close (ReshootHttpSocket *self)
{
  g_return_if_fail (RESHOOT_IS_HTTP_SOCKET (self));

  if (self->connection == NULL)
    return;

  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  let_go (self);
}
