/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootFakeServer: a service that does what a test's script says, on this machine and in the test's own main loop. It
 * speaks just enough HTTP to be misunderstood on purpose, which a proper server library would not let it do: half a
 * body, no body, bytes that are not HTTP. Each path has a queue of replies, of which the last one stays. */

#include "reshoot-fake-server.h"

#include <string.h>

/* Many connects at once must not be turned away by the kernel. */
#define BACKLOG 256

#define DRIP_MILLISECONDS 2
#define ENDLESS_CHUNK     (256 * 1024)

typedef struct
{
  ReshootFakeKind  kind;
  guint            status;
  char            *headers;   /* (nullable): whole lines */
  GBytes          *body;
} Reply;

typedef struct
{
  GQueue  replies;       /* of Reply */
  guint   hits;
  char   *request;       /* (nullable): the last one's head */
  GBytes *body;          /* (nullable): the last one's body */
} Route;

struct _ReshootFakeServer
{
  GObject         parent_instance;

  GSocketService *service;
  char           *uri;
  GHashTable     *routes;       /* path → Route */
  GPtrArray      *held;         /* of Connection */
  GPtrArray      *open;         /* of Connection: all that live */
  ReshootFakeAnswer answer;     /* (nullable) */
  gpointer        answer_data;
};

typedef struct
{
  ReshootFakeServer *server;    /* (unowned) (nullable): NULL once the server is gone */
  GSocketConnection *stream;
  GCancellable      *cancellable;
  GByteArray        *in;
  guint8             chunk[65536];
  GBytes            *out;
  Reply             *reply;     /* (unowned) */
  guint              drip;
} Connection;

G_DEFINE_FINAL_TYPE (ReshootFakeServer, reshoot_fake_server, G_TYPE_OBJECT)

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_free (reply->headers);
  g_bytes_unref (reply->body);
  g_free (reply);
}

static void
route_free (gpointer data)
{
  Route *route = data;

  g_queue_clear_full (&route->replies, reply_free);
  g_free (route->request);
  g_clear_pointer (&route->body, g_bytes_unref);
  g_free (route);
}

static void
connection_free (gpointer data)
{
  Connection *connection = data;

  g_clear_handle_id (&connection->drip, g_source_remove);
  g_clear_object (&connection->stream);
  g_clear_object (&connection->cancellable);
  g_clear_pointer (&connection->in, g_byte_array_unref);
  g_clear_pointer (&connection->out, g_bytes_unref);
  g_free (connection);
}

static void
connection_close (Connection *connection)
{
  ReshootFakeServer *server = connection->server;

  g_io_stream_close (G_IO_STREAM (connection->stream), NULL, NULL);
  if (server != NULL)
    {
      g_ptr_array_remove (server->held, connection);
      g_ptr_array_remove (server->open, connection);
    }
  connection_free (connection);
}

static Route *
get_route (ReshootFakeServer *self,
           const char        *path)
{
  Route *route = g_hash_table_lookup (self->routes, path);

  if (route == NULL)
    {
      route = g_new0 (Route, 1);
      g_queue_init (&route->replies);
      g_hash_table_insert (self->routes, g_strdup (path), route);
    }

  return route;
}

static void write_out (Connection *connection);

static gboolean
drip_cb (gpointer user_data)
{
  Connection *connection = user_data;

  connection->drip = 0;
  g_clear_pointer (&connection->out, g_bytes_unref);
  connection->out = g_bytes_new_static (" ", 1);
  write_out (connection);
  return G_SOURCE_REMOVE;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Connection *connection = user_data;
  GOutputStream *stream = G_OUTPUT_STREAM (source);
  gboolean written = g_output_stream_write_all_finish (stream, result, NULL, NULL);

  if (!written)
    connection_close (connection);
  else if (connection->reply->kind == RESHOOT_FAKE_DRIP)
    connection->drip = g_timeout_add (DRIP_MILLISECONDS, drip_cb, connection);
  else if (connection->reply->kind == RESHOOT_FAKE_ENDLESS)
    {
      g_clear_pointer (&connection->out, g_bytes_unref);
      connection->out = g_bytes_new_take (g_malloc0 (ENDLESS_CHUNK), ENDLESS_CHUNK);
      write_out (connection);
    }
  else
    connection_close (connection);
}

static void
write_out (Connection *connection)
{
  gsize length;
  const void *data = g_bytes_get_data (connection->out, &length);
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection->stream));

  g_output_stream_write_all_async (stream, data, length, G_PRIORITY_DEFAULT,
                                   connection->cancellable, written_cb, connection);
}

static void
answer (Connection *connection)
{
  Reply *reply = connection->reply;
  g_autoptr (GString) head = g_string_new (NULL);
  GByteArray *out = g_byte_array_new ();
  gsize length;
  const guint8 *body = g_bytes_get_data (reply->body, &length);
  gsize named = reply->kind == RESHOOT_FAKE_DRIP ? length + 1000000 : length;

  g_string_printf (head, "HTTP/1.1 %u Scripted\r\nConnection: close\r\n", reply->status);
  if (reply->kind != RESHOOT_FAKE_ENDLESS)
    g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n", named);
  if (reply->headers != NULL)
    g_string_append (head, reply->headers);
  g_string_append (head, "\r\n");

  if (reply->kind == RESHOOT_FAKE_GARBAGE)
    g_string_assign (head, "\x16\x03\x01 this is not HTTP \xff\xfe\r\n\r\n");
  if (reply->kind == RESHOOT_FAKE_TRUNCATE)
    length /= 2;

  g_byte_array_append (out, (const guint8 *) head->str, (guint) head->len);
  if (reply->kind != RESHOOT_FAKE_GARBAGE)
    g_byte_array_append (out, body, (guint) length);
  connection->out = g_byte_array_free_to_bytes (out);
  write_out (connection);
}

static void
act (Connection *connection)
{
  switch (connection->reply->kind)
    {
    case RESHOOT_FAKE_HOLD:
    case RESHOOT_FAKE_HANG:
      g_ptr_array_add (connection->server->held, connection);
      break;
    case RESHOOT_FAKE_DROP:
      connection_close (connection);
      break;
    case RESHOOT_FAKE_REPLY:
    case RESHOOT_FAKE_GARBAGE:
    case RESHOOT_FAKE_TRUNCATE:
    case RESHOOT_FAKE_DRIP:
    case RESHOOT_FAKE_ENDLESS:
    default:
      answer (connection);
    }
}

/* The path without its query: scripts name places, not questions. */
static char *
dup_path (const char *head)
{
  const char *start = strchr (head, ' ');

  g_assert_nonnull (start);
  start++;
  return g_strndup (start, strcspn (start, " ?"));
}

/* Whether somebody knows better than a script. */
static gboolean
answer_freely (Connection *connection,
               const char *path,
               Route      *route)
{
  ReshootFakeServer *self = connection->server;
  const char *query = strchr (route->request, '?');
  g_autofree char *words = NULL;
  GBytes *body = NULL;

  if (query != NULL)
    words = g_strndup (query + 1, strcspn (query + 1, " \r\n"));
  if (self->answer != NULL)
    body = self->answer (path, words, route->body, self->answer_data);

  if (body == NULL)
    return FALSE;

  connection->reply = g_new0 (Reply, 1);
  connection->reply->kind = RESHOOT_FAKE_REPLY;
  connection->reply->status = 200;
  connection->reply->body = body;
  g_object_set_data_full (G_OBJECT (connection->stream), "reply", connection->reply, reply_free);
  answer (connection);
  return TRUE;
}

static void
take_request (Connection *connection,
              gsize       head_length)
{
  g_autofree char *head = g_strndup ((const char *) connection->in->data, head_length);
  g_autofree char *path = dup_path (head);
  Route *route = get_route (connection->server, path);

  route->hits++;
  g_free (route->request);
  route->request = g_steal_pointer (&head);
  g_clear_pointer (&route->body, g_bytes_unref);
  route->body = g_bytes_new (connection->in->data + head_length, connection->in->len - head_length);

  if (answer_freely (connection, path, route))
    return;

  if (g_queue_is_empty (&route->replies))
    g_error ("nothing scripted for %s", path);

  connection->reply = g_queue_peek_head (&route->replies);
  if (g_queue_get_length (&route->replies) > 1)
    g_object_set_data_full (G_OBJECT (connection->stream), "reply",
                            g_queue_pop_head (&route->replies), reply_free);

  act (connection);
}

static gboolean
find_request (GByteArray *in,
              gsize      *head_length)
{
  const char *end = g_strstr_len ((const char *) in->data, (gssize) in->len, "\r\n\r\n");
  g_autofree char *head = NULL;
  const char *named;

  if (end == NULL)
    return FALSE;

  *head_length = (gsize) (end - (const char *) in->data) + 4;
  head = g_ascii_strdown ((const char *) in->data, (gssize) *head_length);
  named = strstr (head, "\r\ncontent-length:");

  return named == NULL || in->len - *head_length >= g_ascii_strtoull (named + 17, NULL, 10);
}

static void read_in (Connection *connection);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Connection *connection = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  gsize head_length;

  if (n <= 0)
    {
      connection_close (connection);
      return;
    }

  g_byte_array_append (connection->in, connection->chunk, (guint) n);
  if (find_request (connection->in, &head_length))
    take_request (connection, head_length);
  else
    read_in (connection);
}

static void
read_in (Connection *connection)
{
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection->stream));

  g_input_stream_read_async (stream, connection->chunk, sizeof connection->chunk,
                             G_PRIORITY_DEFAULT, connection->cancellable, read_cb, connection);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *stream,
             GObject           *source,
             gpointer           user_data)
{
  ReshootFakeServer *self = user_data;
  Connection *connection = g_new0 (Connection, 1);

  connection->server = self;
  connection->stream = g_object_ref (stream);
  connection->cancellable = g_cancellable_new ();
  connection->in = g_byte_array_new ();
  g_ptr_array_add (self->open, connection);
  read_in (connection);
  return TRUE;
}

/* Connections with a read or write under way end in its callback; the others have nothing that would end them. */
static void
let_go (ReshootFakeServer *self)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      Connection *connection = self->held->pdata[i];

      g_ptr_array_remove (self->open, connection);
      connection_free (connection);
    }
  g_ptr_array_set_size (self->held, 0);

  for (guint i = self->open->len; i > 0; i--)
    {
      Connection *connection = self->open->pdata[i - 1];

      if (connection->drip != 0)
        {
          g_ptr_array_remove_index (self->open, i - 1);
          connection_free (connection);
        }
      else
        g_cancellable_cancel (connection->cancellable);
    }

  while (self->open->len > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
reshoot_fake_server_finalize (GObject *object)
{
  ReshootFakeServer *self = RESHOOT_FAKE_SERVER (object);

  reshoot_fake_server_stop (self);
  let_go (self);
  g_clear_object (&self->service);
  g_clear_pointer (&self->routes, g_hash_table_unref);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_free (self->uri);

  G_OBJECT_CLASS (reshoot_fake_server_parent_class)->finalize (object);
}

static void
reshoot_fake_server_class_init (ReshootFakeServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_fake_server_finalize;
}

static void
reshoot_fake_server_init (ReshootFakeServer *self)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->routes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, route_free);
  self->held = g_ptr_array_new ();
  self->open = g_ptr_array_new ();
  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any_port, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);

  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  self->uri = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
}

ReshootFakeServer *
reshoot_fake_server_new (void)
{
  return g_object_new (RESHOOT_TYPE_FAKE_SERVER, NULL);
}

/* "http://127.0.0.1:PORT" */
const char *
reshoot_fake_server_get_uri (ReshootFakeServer *self)
{
  return self->uri;
}

/* The next reply of @path; the last one added stays. @headers are whole lines with "\r\n". */
void
reshoot_fake_server_add (ReshootFakeServer *self,
                         const char        *path,
                         ReshootFakeKind    kind,
                         guint              status,
                         const char        *headers,
                         GBytes            *body)
{
  Reply *reply = g_new0 (Reply, 1);

  reply->kind = kind;
  reply->status = status;
  reply->headers = g_strdup (headers);
  reply->body = body != NULL ? g_bytes_ref (body) : g_bytes_new (NULL, 0);
  g_queue_push_tail (&get_route (self, path)->replies, reply);
}

/* The replies of @path so far go, the one that stays with them. */
void
reshoot_fake_server_forget (ReshootFakeServer *self,
                            const char        *path)
{
  g_queue_clear_full (&get_route (self, path)->replies, reply_free);
}

void
reshoot_fake_server_add_text (ReshootFakeServer *self,
                              const char        *path,
                              guint              status,
                              const char        *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  reshoot_fake_server_add (self, path, RESHOOT_FAKE_REPLY, status,
                           "Content-Type: application/json\r\n", body);
}

/* Asked before the script. */
void
reshoot_fake_server_set_answer (ReshootFakeServer *self,
                                ReshootFakeAnswer  asked,
                                gpointer           user_data)
{
  self->answer = asked;
  self->answer_data = user_data;
}

guint
reshoot_fake_server_get_hits (ReshootFakeServer *self,
                              const char        *path)
{
  return get_route (self, path)->hits;
}

/* A header of the last request to @path; NULL where it had none of that name. */
char *
reshoot_fake_server_dup_header (ReshootFakeServer *self,
                                const char        *path,
                                const char        *name)
{
  Route *route = get_route (self, path);
  g_auto (GStrv) lines = NULL;

  if (route->request == NULL)
    return NULL;

  lines = g_strsplit (route->request, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize length = strlen (name);

      if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
        return g_strdup (g_strstrip (lines[i] + length + 1));
    }

  return NULL;
}

/* (transfer none) (nullable): the body of the last request to @path. */
GBytes *
reshoot_fake_server_get_body (ReshootFakeServer *self,
                              const char        *path)
{
  return get_route (self, path)->body;
}

/* Answers what is held. */
void
reshoot_fake_server_release (ReshootFakeServer *self)
{
  for (guint i = self->held->len; i > 0; i--)
    {
      Connection *connection = self->held->pdata[i - 1];

      if (connection->reply->kind != RESHOOT_FAKE_HOLD)
        continue;

      g_ptr_array_remove_index (self->held, i - 1);
      answer (connection);
    }
}

/* From here on connections are refused. */
void
reshoot_fake_server_stop (ReshootFakeServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}
