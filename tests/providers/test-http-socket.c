/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A web socket of a service, from the program's side: what may be opened, what is handed on, and how it ends. */

#include "reshoot-error.h"
#include "reshoot-http-socket.h"
#include "reshoot-test.h"

#include <libsoup/soup.h>

#define KEY "5ecret-k3y"

typedef struct
{
  SoupServer              *server;
  char                    *base;         /* http://127.0.0.1:PORT */
  ReshootHttp             *http;
  ReshootAddress          *address;

  /* what the service saw */
  SoupWebsocketConnection *connection;   /* (nullable) */
  char                    *origin;
  char                    *key;
  char                    *query;
  guint                    n_opened;
  guint                    n_asked;      /* of those that never became a socket */
  gboolean                 closed;

  /* what the program heard */
  GPtrArray               *texts;
  guint                    n_closed;
} Fixture;

static void
service_closed_cb (SoupWebsocketConnection *connection,
                   gpointer                 user_data)
{
  Fixture *fixture = user_data;

  fixture->closed = TRUE;
}

static void
opened_cb (SoupServer              *server,
           SoupServerMessage       *message,
           const char              *path,
           SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  Fixture *fixture = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  fixture->n_opened++;
  fixture->origin = g_strdup (soup_message_headers_get_one (headers, "Origin"));
  fixture->key = g_strdup (soup_message_headers_get_one (headers, "x-key"));
  fixture->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  fixture->connection = g_object_ref (connection);
  g_signal_connect (connection, "closed", G_CALLBACK (service_closed_cb), fixture);
}

static void
elsewhere_cb (SoupServer        *server,
              SoupServerMessage *message,
              const char        *path,
              GHashTable        *query,
              gpointer           user_data)
{
  Fixture *fixture = user_data;

  fixture->n_asked++;
  if (g_str_equal (path, "/moved"))
    soup_server_message_set_redirect (message, 302, "/ws");
  else if (g_str_equal (path, "/never"))
    soup_server_message_pause (message);
  else
    soup_server_message_set_status (message, 403, NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->texts = g_ptr_array_new_with_free_func (g_free);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, elsewhere_cb, fixture, NULL);
  soup_server_add_websocket_handler (fixture->server, "/ws", NULL, NULL, opened_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (fixture->server);
  fixture->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  fixture->http = reshoot_http_new ();
  g_setenv ("RESHOOT_BFL_URL", fixture->base, TRUE);
  fixture->address = reshoot_address_new (reshoot_catalogue_get_provider (catalogue, "bfl"), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->connection != NULL)
    g_signal_handlers_disconnect_by_data (fixture->connection, fixture);

  g_assert_finalize_object (fixture->http);
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->connection);
  g_clear_object (&fixture->server);
  reshoot_address_unref (fixture->address);
  g_free (fixture->base);
  g_free (fixture->origin);
  g_free (fixture->key);
  g_free (fixture->query);
  g_ptr_array_unref (fixture->texts);
  g_unsetenv ("RESHOOT_BFL_URL");
}

static void
text_cb (ReshootHttpSocket *socket,
         const char        *text,
         gpointer           user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->texts, g_strdup (text));
}

static void
closed_cb (ReshootHttpSocket *socket,
           gpointer           user_data)
{
  Fixture *fixture = user_data;

  fixture->n_closed++;
}

static ReshootHttpGuard
make_guard (Fixture *fixture)
{
  ReshootHttpGuard guard = { 0, };

  guard.address = fixture->address;
  guard.key_header = "x-key";
  guard.key = KEY;
  guard.max_bytes = 1000;
  guard.deadline = 10000;
  return guard;
}

static char *
dup_socket_uri (Fixture    *fixture,
                const char *path)
{
  return g_strconcat ("ws", fixture->base + strlen ("http"), path, NULL);
}

static ReshootHttpSocket *
open_with (Fixture                 *fixture,
           const char              *uri,
           const ReshootHttpGuard  *guard,
           GError                 **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  ReshootHttpSocket *socket;

  reshoot_http_socket_open_async (fixture->http, uri, guard, NULL, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  socket = reshoot_http_socket_open_finish (fixture->http, result, error);
  if (socket == NULL)
    return NULL;

  g_signal_connect (socket, "text", G_CALLBACK (text_cb), fixture);
  g_signal_connect (socket, "closed", G_CALLBACK (closed_cb), fixture);
  return socket;
}

static ReshootHttpSocket *
open_socket (Fixture     *fixture,
             const char  *path,
             GError     **error)
{
  g_autofree char *uri = dup_socket_uri (fixture, path);
  ReshootHttpGuard guard = make_guard (fixture);

  return open_with (fixture, uri, &guard, error);
}

/* No Origin: servers take one for a foreign web page. The key as the guard says. Pictures are counted. */
static void
test_messages (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootHttpSocket) socket = open_socket (fixture, "/ws?clientId=7", &error);
  char most[1001];

  g_assert_no_error (error);
  reshoot_test_wait_until (fixture->connection != NULL);
  g_assert_null (fixture->origin);
  g_assert_cmpstr (fixture->key, ==, KEY);
  g_assert_cmpstr (fixture->query, ==, "clientId=7");

  memset (most, 'x', 1000);
  most[1000] = '\0';
  soup_websocket_connection_send_text (fixture->connection, "{\"a\":1}");
  soup_websocket_connection_send_binary (fixture->connection, "\0\0\0\1picture", 11);
  soup_websocket_connection_send_text (fixture->connection, most);
  reshoot_test_wait_until (fixture->texts->len == 2);

  g_assert_cmpstr (fixture->texts->pdata[0], ==, "{\"a\":1}");
  g_assert_cmpstr (fixture->texts->pdata[1], ==, most);
  g_assert_cmpuint (reshoot_http_socket_get_n_binary (socket), ==, 1);
  g_assert_cmpuint (fixture->n_closed, ==, 0);
}

/* Where there is no key, none goes along. */
static void
test_without_key (Fixture       *fixture,
                  gconstpointer  data)
{
  ReshootHttpGuard guard = make_guard (fixture);
  g_autofree char *uri = dup_socket_uri (fixture, "/ws");
  g_autoptr (ReshootHttpSocket) socket = NULL;

  guard.key = NULL;
  socket = open_with (fixture, uri, &guard, NULL);
  g_assert_nonnull (socket);
  reshoot_test_wait_until (fixture->connection != NULL);
  g_assert_null (fixture->key);
}

static void
test_service_closes (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (ReshootHttpSocket) socket = open_socket (fixture, "/ws", NULL);

  reshoot_test_wait_until (fixture->connection != NULL);
  soup_websocket_connection_close (fixture->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  reshoot_test_wait_until (fixture->n_closed == 1);

  /* It is over already: nothing happens any more. */
  reshoot_http_socket_close (socket);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
}

/* A message larger than what is let in ends the socket, and is not handed on. */
static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  G_GNUC_UNUSED g_autoptr (ReshootHttpSocket) socket = open_socket (fixture, "/ws", NULL);
  char large[1002];

  memset (large, 'x', 1001);
  large[1001] = '\0';
  reshoot_test_wait_until (fixture->connection != NULL);
  soup_websocket_connection_send_text (fixture->connection, large);
  reshoot_test_wait_until (fixture->n_closed == 1);
  g_assert_cmpuint (fixture->texts->len, ==, 0);
}

/* Closing it, or letting go of it, is seen by the service, and not told to who did it. */
static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  gboolean lets_go = GPOINTER_TO_INT (data);
  ReshootHttpSocket *socket = open_socket (fixture, "/ws", NULL);

  reshoot_test_wait_until (fixture->connection != NULL);
  if (!lets_go)
    reshoot_http_socket_close (socket);
  g_assert_finalize_object (socket);

  reshoot_test_wait_until (fixture->closed);
  g_assert_cmpuint (fixture->n_closed, ==, 0);
}

/* Neither a redirect nor an ordinary answer is a socket, and no second call is made. */
static void
test_no_socket (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootHttpSocket) socket = open_socket (fixture, data, &error);

  g_assert_null (socket);
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_NETWORK);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "socket");
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  g_assert_cmpuint (fixture->n_opened, ==, 0);
}

static void
test_foreign (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const foreign[] = {
    "ws://127.0.0.2:1/ws", "ws://example.com/ws", "http://example.com/ws", "wss://user@example.com/ws", "nonsense",
  };
  ReshootHttpGuard guard = make_guard (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (open_with (fixture, foreign[i], &guard, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, "foreign-address");
    }
}

static void
test_deadline (Fixture       *fixture,
               gconstpointer  data)
{
  ReshootHttpGuard guard = make_guard (fixture);
  g_autofree char *uri = dup_socket_uri (fixture, "/never");
  g_autoptr (GError) error = NULL;

  guard.deadline = 20;
  g_assert_null (open_with (fixture, uri, &guard, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_NETWORK);
}

/* Cancelled before, while it is opened, and too late. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  int stage = GPOINTER_TO_INT (data);
  ReshootHttpGuard guard = make_guard (fixture);
  g_autofree char *uri = dup_socket_uri (fixture, stage == 2 ? "/ws" : "/never");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootHttpSocket) socket = NULL;
  g_autoptr (GError) error = NULL;

  if (stage == 0)
    g_cancellable_cancel (cancellable);

  reshoot_http_socket_open_async (fixture->http, uri, &guard, cancellable,
                                  reshoot_test_ready_cb, &result);
  g_assert_null (result);

  if (stage == 1)
    {
      reshoot_test_wait_until (fixture->n_asked == 1);
      g_cancellable_cancel (cancellable);
    }

  reshoot_test_await (&result);
  socket = reshoot_http_socket_open_finish (fixture->http, result, &error);
  g_cancellable_cancel (cancellable);

  if (stage < 2)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_nonnull (socket);

  g_assert_cmpuint (fixture->n_asked, ==, stage == 1 ? 1 : 0);
}

int
main (int    argc,
      char **argv)
{
  static const char *const stages[] = { "before", "opening", "open" };

  reshoot_test_init (&argc, &argv);

  g_test_add ("/socket/messages", Fixture, NULL, set_up, test_messages, tear_down);
  g_test_add ("/socket/without-key", Fixture, NULL, set_up, test_without_key, tear_down);
  g_test_add ("/socket/service-closes", Fixture, NULL, set_up, test_service_closes, tear_down);
  g_test_add ("/socket/too-large", Fixture, NULL, set_up, test_too_large, tear_down);
  g_test_add ("/socket/close", Fixture, GINT_TO_POINTER (FALSE), set_up, test_close, tear_down);
  g_test_add ("/socket/let-go", Fixture, GINT_TO_POINTER (TRUE), set_up, test_close, tear_down);
  g_test_add ("/socket/refused", Fixture, "/other", set_up, test_no_socket, tear_down);
  g_test_add ("/socket/redirect", Fixture, "/moved", set_up, test_no_socket, tear_down);
  g_test_add ("/socket/foreign", Fixture, NULL, set_up, test_foreign, tear_down);
  g_test_add ("/socket/deadline", Fixture, NULL, set_up, test_deadline, tear_down);

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *path = g_strconcat ("/socket/cancel/", stages[i], NULL);

      g_test_add (path, Fixture, GINT_TO_POINTER (i), set_up, test_cancel, tear_down);
    }

  return g_test_run ();
}
