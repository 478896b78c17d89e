/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootHttp: the only place that knows the HTTP library. It makes one call, within bounds: no redirects, a key only
 * where it may be seen, a cap on the bytes that come back, and a deadline for all of it beside the library's own timer
 * of silence. It never repeats a call; whether that may be done is a matter of money, which the job knows. What it does
 * say is whether a call that failed surely never left. The key never goes further than the header it is sent in: a
 * service that quotes it has it blotted out before anybody reads the reply. */

#include "reshoot-http.h"
#include "reshoot-error.h"
#include "reshoot-http-private.h"
#include "reshoot-json-read.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#define SILENCE_SECONDS   60
#define FIRST_BUFFER      (64 * 1024)
#define MAX_RETRY_AFTER   3600

/* The library hands a body over in pieces of 8 KiB, each of which would cost two turns of the main loop: one that is
 * larger than this leaves on a thread of its own. */
#define LARGE_BODY        (64 * 1024)

/* How many jobs run at once is the queue's matter: a connection must never be what a call waits for. */
#define MAX_CONNECTIONS   256

/* Reasons of NETWORK errors that a call never left with. */
#define REASON_UNREACHABLE "unreachable"
#define REASON_FOREIGN     "foreign-address"
#define REASON_HEADER      "header"

struct _ReshootHttp
{
  GObject      parent_instance;

  SoupSession *session;
  SoupSession *patient;   /* for calls whose answer is the result: they may be silent as long as they like */
};

G_DEFINE_FINAL_TYPE (ReshootHttp, reshoot_http, G_TYPE_OBJECT)

typedef struct
{
  /* inputs */
  SoupSession  *session;
  char         *host;
  char         *key;           /* (nullable) */
  gsize         max_bytes;

  /* in progress */
  SoupMessage  *message;
  GCancellable *cancellable;   /* ours: the caller's and the deadline's together */
  gulong        cancelled_id;
  GSource      *deadline;
  gboolean      too_late;
  gboolean      started;       /* from here on bytes may have left */
  GSocket      *socket;        /* (owned) (nullable): of a large body, until it is written */
  GInputStream *stream;
  guint8       *buffer;
  gsize         capacity;
  gsize         length;
  goffset       named;         /* Content-Length, 0 = not said */

  /* outputs */
  ReshootReply  reply;
  GError       *error;         /* of a thread's own reading */
} Send;

static void
send_free (Send *send)
{
  g_clear_object (&send->session);
  g_free (send->host);
  g_free (send->key);
  g_clear_object (&send->message);
  g_clear_object (&send->socket);
  g_clear_object (&send->cancellable);
  g_clear_object (&send->stream);
  g_free (send->buffer);
  reshoot_reply_clear (&send->reply);
  g_clear_error (&send->error);
  g_free (send);
}

static void
starting_cb (SoupMessage *message,
             gpointer     user_data)
{
  Send *send = user_data;

  send->started = TRUE;
}

/* A large body comes from the library in pieces of 8 KiB, each of which would leave, and wake the other side, by
 * itself: held back they leave by the window. */
static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  gpointer            user_data)
{
  Send *send = user_data;

  if (event != G_SOCKET_CLIENT_CONNECTED || !G_IS_SOCKET_CONNECTION (connection))
    return;

  g_set_object (&send->socket, g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)));
  g_socket_set_option (send->socket, IPPROTO_TCP, TCP_CORK, TRUE, NULL);
}

static void
wrote_body_cb (SoupMessage *message,
               gpointer     user_data)
{
  Send *send = user_data;

  if (send->socket != NULL)
    g_socket_set_option (send->socket, IPPROTO_TCP, TCP_CORK, FALSE, NULL);
  g_clear_object (&send->socket);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Send *send = user_data;

  send->too_late = TRUE;
  g_cancellable_cancel (send->cancellable);
  return G_SOURCE_REMOVE;
}

static void
caller_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

/* The end of every path: nothing of the call may fire after this. */
static void
stop (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  g_cancellable_disconnect (g_task_get_cancellable (task), send->cancelled_id);
  send->cancelled_id = 0;

  if (send->deadline != NULL)
    {
      g_source_destroy (send->deadline);
      g_clear_pointer (&send->deadline, g_source_unref);
    }

  if (send->message != NULL)
    g_signal_handlers_disconnect_by_data (send->message, send);

  if (send->stream != NULL)
    g_input_stream_close_async (send->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static GError *
sort_error (Send         *send,
            const GError *io)
{
  const char *reason = "broken";

  if (io->domain == RESHOOT_ERROR)
    return g_error_copy (io);

  if (io->domain == G_TLS_ERROR)
    reason = "tls";
  else if (send->too_late || g_error_matches (io, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    reason = "timeout";

  if (!send->started)
    reason = REASON_UNREACHABLE;

  return reshoot_error_new (RESHOOT_ERROR_NETWORK, reason, send->host, "%s: %s", send->host,
                            send->too_late ? "not within the deadline" : io->message);
}

static void
return_error (GTask        *task,
              const GError *io)
{
  Send *send = g_task_get_task_data (task);

  stop (task);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  else
    g_task_return_error (task, sort_error (send, io));
}

static void
blot_out_key (Send *send)
{
  gsize key_length = send->key != NULL ? strlen (send->key) : 0;
  guint8 *at = send->buffer;
  gsize left = send->length;

  while (key_length > 0 && left >= key_length)
    {
      guint8 *found = memchr (at, send->key[0], left - key_length + 1);

      if (found == NULL)
        return;

      left -= (gsize) (found - at);
      at = found;
      if (memcmp (at, send->key, key_length) == 0)
        memset (at, '*', key_length);
      at++;
      left--;
    }
}

static int
parse_retry_after (const char *text)
{
  g_autoptr (GDateTime) date = NULL;
  char *end;
  gint64 seconds;

  if (text == NULL)
    return -1;

  seconds = g_ascii_strtoll (text, &end, 10);
  if (end == text || *end != '\0')
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

      date = soup_date_time_new_from_http_string (text);
      if (date == NULL)
        return -1;
      seconds = g_date_time_difference (date, now) / G_TIME_SPAN_SECOND;
    }

  return (int) CLAMP (seconds, 0, MAX_RETRY_AFTER);
}

static void
return_reply (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  stop (task);
  blot_out_key (send);
  send->reply.body = g_bytes_new_take (g_steal_pointer (&send->buffer), send->length);
  g_task_return_boolean (task, TRUE);
}

/* The end of the reading, by its end (no error) or by something else. */
static void
end_reading (GTask  *task,
             GError *failure)
{
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = failure;
  gboolean cancelled = g_cancellable_is_cancelled (g_task_get_cancellable (task));

  /* Where the connection is not kept the library takes an early end for the end. */
  if (error == NULL && send->length < (gsize) send->named)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "the reply ends early");

  /* A refusal counts by its status, even where its words do not arrive whole. */
  if (error == NULL || (error->domain != RESHOOT_ERROR && send->reply.status >= 400 && !cancelled))
    return_reply (task);
  else
    return_error (task, error);
}

/* A place for what comes next; one byte more than may come shows that it is too much. */
static gboolean
make_room (Send    *send,
           GError **error)
{
  if (send->length > send->max_bytes)
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "too-many-bytes", send->host,
                         "more than %" G_GSIZE_FORMAT " bytes", send->max_bytes);
      return FALSE;
    }

  if (send->length == send->capacity)
    {
      send->capacity = MIN (send->capacity * 2, send->max_bytes + 1);
      send->buffer = g_realloc (send->buffer, send->capacity);
    }

  return TRUE;
}

/* The reply's first lines. A named length gives a buffer that one read fills; one byte more shows the end, or too
 * much. */
static void
take_head (Send *send)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (send->message);
  const char *retry_after = soup_message_headers_get_one (headers, "Retry-After");

  send->reply.status = soup_message_get_status (send->message);
  send->reply.content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  send->reply.retry_after = parse_retry_after (retry_after);
  g_debug ("%s answers %u", send->host, send->reply.status);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    send->named = soup_message_headers_get_content_length (headers);

  send->capacity = send->named > 0 ? (gsize) send->named + 1 : FIRST_BUFFER;
  send->capacity = MIN (send->capacity, send->max_bytes + 1);
  send->buffer = g_malloc (send->capacity);
}

/* On the main loop */

static gboolean readable_cb (GObject  *stream,
                             gpointer  user_data);

/* What has come is read without a task for each piece: a large reply comes in hundreds of them. */
static void
read_more (GTask *task)
{
  g_autoptr (GTask) owned G_GNUC_UNUSED = task;
  g_autoptr (GSource) source = NULL;
  Send *send = g_task_get_task_data (task);
  GPollableInputStream *stream = G_POLLABLE_INPUT_STREAM (send->stream);
  GError *error = NULL;
  gssize n = 1;

  while (n > 0 && make_room (send, &error))
    {
      n = g_pollable_input_stream_read_nonblocking (stream, send->buffer + send->length,
                                                    send->capacity - send->length,
                                                    send->cancellable, &error);
      send->length += (gsize) MAX (n, 0);
    }

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      end_reading (task, error);
      return;
    }

  g_error_free (error);
  source = g_pollable_input_stream_create_source (stream, send->cancellable);
  g_task_attach_source (task, source, G_SOURCE_FUNC (readable_cb));
}

static gboolean
readable_cb (GObject  *stream,
             gpointer  user_data)
{
  read_more (g_object_ref (user_data));
  return G_SOURCE_REMOVE;
}

static void
message_sent_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Send *send = g_task_get_task_data (task);

  send->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (send->stream == NULL)
    {
      return_error (task, error);
      return;
    }

  take_head (send);
  read_more (g_steal_pointer (&task));
}

/* On a thread */

static void
thread_ended_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *send = g_task_get_task_data (task);

  if (send->buffer == NULL)
    return_error (task, send->error);
  else
    end_reading (task, g_steal_pointer (&send->error));
}

/* Between its start and its end nobody else touches @send, but for the cancellable and the deadline's own words. */
static gpointer
send_thread (gpointer user_data)
{
  g_autoptr (GTask) turn = user_data;
  Send *send = g_task_get_task_data (turn);
  g_autoptr (GInputStream) stream = NULL;
  gssize n = 1;

  stream = soup_session_send (send->session, send->message, send->cancellable, &send->error);
  if (stream != NULL)
    take_head (send);

  while (stream != NULL && n > 0 && make_room (send, &send->error))
    {
      n = g_input_stream_read (stream, send->buffer + send->length, send->capacity - send->length,
                               send->cancellable, &send->error);
      send->length += (gsize) MAX (n, 0);
    }

  if (stream != NULL)
    g_input_stream_close (stream, NULL, NULL);
  g_task_return_boolean (turn, TRUE);
  return NULL;
}

/* Not one of GIO's few threads: what waits for a slow network must not keep those who decode pictures waiting. */
static gboolean
start_thread (GTask *task)
{
  Send *send = g_task_get_task_data (task);
  g_autoptr (GTask) turn = g_task_new (NULL, NULL, thread_ended_cb, task);
  GThread *thread;

  g_signal_connect (send->message, "network-event", G_CALLBACK (network_event_cb), send);
  g_signal_connect (send->message, "wrote-body", G_CALLBACK (wrote_body_cb), send);

  g_task_set_source_tag (turn, start_thread);
  g_task_set_task_data (turn, send, NULL);
  thread = g_thread_try_new ("reshoot-send", send_thread, turn, NULL);
  if (thread == NULL)
    return FALSE;

  g_steal_pointer (&turn);
  g_thread_unref (thread);
  return TRUE;
}

static gboolean
may_be_called (const ReshootCall       *call,
               const ReshootHttpGuard  *guard,
               GError                 **error)
{
  gboolean allowed = call->with_key ? reshoot_address_may_see_key (guard->address, call->uri)
                                    : reshoot_address_may_be_called (guard->address, call->uri);

  if (!allowed)
    reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, REASON_FOREIGN, NULL,
                       "an address that may not be called%s", call->with_key ? " with a key" : "");

  return allowed;
}

static gboolean
is_header (const char             *name,
           const char             *value,
           const ReshootHttpGuard *guard)
{
  gboolean is_key = guard->key_header != NULL && g_ascii_strcasecmp (name, guard->key_header) == 0;

  for (const char *at = name; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
      return FALSE;

  for (const char *at = value; *at != '\0'; at++)
    if (!g_ascii_isprint (*at))
      return FALSE;

  return *name != '\0' && !is_key && (guard->key == NULL || strstr (value, guard->key) == NULL);
}

/* What a codec adds must be what it seems: one line each, and never the key. */
static gboolean
check_headers (const ReshootCall       *call,
               const ReshootHttpGuard  *guard,
               GError                 **error)
{
  for (guint i = 0; call->headers != NULL && call->headers[i] != NULL; i += 2)
    if (call->headers[i + 1] == NULL || !is_header (call->headers[i], call->headers[i + 1], guard))
      {
        reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, REASON_HEADER, NULL, "a header that may not be sent");
        return FALSE;
      }

  return TRUE;
}

static void
add_headers (SoupMessage            *message,
             const ReshootCall      *call,
             const ReshootHttpGuard *guard)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  const char *prefix = guard->key_prefix != NULL ? guard->key_prefix : "";
  g_autofree char *value = NULL;

  for (guint i = 0; call->headers != NULL && call->headers[i] != NULL; i += 2)
    soup_message_headers_replace (headers, call->headers[i], call->headers[i + 1]);

  if (!call->with_key || guard->key == NULL || guard->key_header == NULL)
    return;

  value = g_strconcat (prefix, guard->key, NULL);
  soup_message_headers_replace (headers, guard->key_header, value);
}

static void
set_body (SoupMessage       *message,
          const ReshootCall *call)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  GMemoryInputStream *pieces = G_MEMORY_INPUT_STREAM (stream);
  gsize length = 0;

  if (call->body != NULL)
    {
      g_memory_input_stream_add_bytes (pieces, call->body);
      length = g_bytes_get_size (call->body);
    }

  for (guint i = 0; call->pieces != NULL && i < call->pieces->len; i++)
    {
      g_memory_input_stream_add_bytes (pieces, call->pieces->pdata[i]);
      length += g_bytes_get_size (call->pieces->pdata[i]);
    }

  soup_message_set_request_body (message, call->content_type, stream, (gssize) length);
}

static SoupMessage *
make_message (const ReshootCall      *call,
              const ReshootHttpGuard *guard)
{
  SoupMessage *message = soup_message_new (call->method, call->uri);

  if (message == NULL)
    return NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);

  /* A submit gets a connection of its own: one that was left open may be dead, and then it would be in doubt. Nor is
   * its own left open: the library looks at each that is, at every call. */
  if (!g_str_equal (call->method, "GET"))
    {
      soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Connection", "close");
    }
  if (call->body != NULL || call->pieces != NULL)
    set_body (message, call);

  add_headers (message, call, guard);
  return message;
}

/* For both files that know the library: a message, where the call may go. */
SoupMessage *
reshoot_http_make_message (const ReshootCall       *call,
                           const ReshootHttpGuard  *guard,
                           GError                 **error)
{
  SoupMessage *message;

  if (!may_be_called (call, guard, error) || !check_headers (call, guard, error))
    return NULL;

  message = make_message (call, guard);
  if (message == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, REASON_FOREIGN, NULL, "an address that cannot be read");

  return message;
}

/* For the sockets. */
SoupSession *
reshoot_http_get_session (ReshootHttp *self)
{
  return self->session;
}

static void
reshoot_http_dispose (GObject *object)
{
  ReshootHttp *self = RESHOOT_HTTP (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  if (self->patient != NULL)
    soup_session_abort (self->patient);
  g_clear_object (&self->session);
  g_clear_object (&self->patient);

  G_OBJECT_CLASS (reshoot_http_parent_class)->dispose (object);
}

static void
reshoot_http_class_init (ReshootHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_http_dispose;
}

static SoupSession *
make_session (guint silence)
{
  SoupSession *session = soup_session_new_with_options ("timeout", silence,
                                                        "user-agent", "Reshoot",
                                                        "max-conns", MAX_CONNECTIONS,
                                                        "max-conns-per-host", MAX_CONNECTIONS, NULL);

  /* The desktop's proxies are read from its settings; where none are installed that would end the program. */
  if (g_settings_schema_source_get_default () == NULL)
    soup_session_set_proxy_resolver (session, NULL);

  /* Bytes are kept as they come, and a small reply that unpacks into a large one is not asked for. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

static void
reshoot_http_init (ReshootHttp *self)
{
  self->session = make_session (SILENCE_SECONDS);
  self->patient = make_session (0);
}

/**
 * reshoot_http_new:
 *
 * Returns: (transfer full): a new caller; it goes through the proxies that the desktop sets
 */
ReshootHttp *
reshoot_http_new (void)
{
  return g_object_new (RESHOOT_TYPE_HTTP, NULL);
}

/**
 * reshoot_http_guard_set_key:
 * @guard: bounds; borrows from the other two
 * @description: a provider's catalogue file, whose "key" says in which header it goes, after which prefix
 * @key: (nullable): the key; %NULL where there is none
 */
void
reshoot_http_guard_set_key (ReshootHttpGuard *guard,
                            JsonObject       *description,
                            const char       *key)
{
  JsonObject *described = reshoot_json_get_object (description, "key");

  guard->key_header = reshoot_json_get_string (described, "header");
  guard->key_prefix = reshoot_json_get_string (described, "prefix");
  guard->key = key;
}

static void
start_timers (GTask *task,
              guint  deadline)
{
  Send *send = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  send->deadline = g_timeout_source_new (deadline);
  g_source_set_callback (send->deadline, deadline_cb, send, NULL);
  g_source_attach (send->deadline, g_task_get_context (task));

  if (cancellable != NULL)
    send->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb),
                                                g_object_ref (send->cancellable), g_object_unref);
}

/**
 * reshoot_http_send_async:
 * @self: a caller
 * @call: the call to make; copied
 * @guard: its bounds; copied
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Makes one call, once. Any status is a reply.
 */
void
reshoot_http_send_async (ReshootHttp            *self,
                         const ReshootCall      *call,
                         const ReshootHttpGuard *guard,
                         GCancellable           *cancellable,
                         GAsyncReadyCallback     callback,
                         gpointer                user_data)
{
  g_autoptr (GTask) task = NULL;
  SoupMessageHeaders *headers;
  GError *error = NULL;
  Send *send;

  g_return_if_fail (RESHOOT_IS_HTTP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_http_send_async);
  /* What was paid for is looked at even when a cancellation comes late. */
  g_task_set_check_cancellable (task, FALSE);

  send = g_new0 (Send, 1);
  send->reply.retry_after = -1;
  send->max_bytes = guard->max_bytes;
  send->key = call->with_key ? g_strdup (guard->key) : NULL;
  send->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);

  if (g_cancellable_set_error_if_cancelled (cancellable, &error) ||
      (send->message = reshoot_http_make_message (call, guard, &error)) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  send->host = g_strdup (g_uri_get_host (soup_message_get_uri (send->message)));
  g_debug ("%s %s%s", call->method, send->host, g_uri_get_path (soup_message_get_uri (send->message)));
  send->session = g_object_ref (call->is_long ? self->patient : self->session);
  g_signal_connect (send->message, "starting", G_CALLBACK (starting_cb), send);
  start_timers (task, guard->deadline);

  headers = soup_message_get_request_headers (send->message);
  if (soup_message_headers_get_content_length (headers) > LARGE_BODY && start_thread (task))
    g_steal_pointer (&task);
  else
    soup_session_send_async (send->session, send->message, G_PRIORITY_DEFAULT, send->cancellable,
                             message_sent_cb, g_steal_pointer (&task));
}

/**
 * reshoot_http_send_finish:
 * @self: a caller
 * @result: what the callback was given
 * @reply: (out caller-allocates): what came back; clear it with [func@reply_clear]
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_NETWORK with the reason "unreachable" (it never left), "timeout", "tls" or "broken" and the
 * host as subject; %RESHOOT_ERROR_PROTOCOL with "too-many-bytes", "foreign-address" or "header".
 *
 * Returns: whether there is a reply
 */
gboolean
reshoot_http_send_finish (ReshootHttp   *self,
                          GAsyncResult  *result,
                          ReshootReply  *reply,
                          GError       **error)
{
  Send *send;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_http_send_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  send = g_task_get_task_data (G_TASK (result));
  *reply = send->reply;
  send->reply = (ReshootReply) { .retry_after = -1 };
  return TRUE;
}

/**
 * reshoot_http_error_is_unsent:
 * @error: an error of [method@Http.send_finish]
 *
 * Returns: whether the call surely never left this machine, so that it may be made again whatever it costs
 */
gboolean
reshoot_http_error_is_unsent (const GError *error)
{
  const char *reason = reshoot_error_get_reason (error);

  return g_strcmp0 (reason, REASON_UNREACHABLE) == 0 || g_strcmp0 (reason, REASON_FOREIGN) == 0 ||
         g_strcmp0 (reason, REASON_HEADER) == 0;
}
