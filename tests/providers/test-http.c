/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "reshoot-error.h"
#include "reshoot-fake-server.h"
#include "reshoot-http.h"
#include "reshoot-test.h"

#include <math.h>

#define KEY "bfl_5ecret-k3y"

typedef struct
{
  ReshootFakeServer *server;
  ReshootHttp       *http;
  ReshootAddress    *address;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_autoptr (GError) error = NULL;

  fixture->server = reshoot_fake_server_new ();
  fixture->http = reshoot_http_new ();
  g_setenv ("RESHOOT_BFL_URL", reshoot_fake_server_get_uri (fixture->server), TRUE);
  fixture->address = reshoot_address_new (reshoot_catalogue_get_provider (catalogue, "bfl"), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->http);
  g_object_unref (fixture->server);
  reshoot_address_unref (fixture->address);
  g_unsetenv ("RESHOOT_BFL_URL");
}

static GBytes *
make_body (gsize length)
{
  guint8 *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (i * 31 + i / 251);

  return g_bytes_new_take (data, length);
}

static gboolean
send (Fixture       *fixture,
      const char    *path,
      GBytes        *body,
      gboolean       with_key,
      gsize          max_bytes,
      guint          deadline,
      GCancellable  *cancellable,
      ReshootReply  *reply,
      GError       **error)
{
  g_auto (ReshootCall) call = { 0, };
  ReshootHttpGuard guard = { fixture->address, "x-key", KEY, max_bytes, deadline };
  g_autoptr (GAsyncResult) result = NULL;

  call.method = body != NULL ? "POST" : "GET";
  call.uri = g_strconcat (reshoot_fake_server_get_uri (fixture->server), path, NULL);
  call.content_type = body != NULL ? g_strdup ("application/json") : NULL;
  call.body = body != NULL ? g_bytes_ref (body) : NULL;
  call.with_key = with_key;

  reshoot_http_send_async (fixture->http, &call, &guard, cancellable,
                           reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  return reshoot_http_send_finish (fixture->http, result, reply, error);
}

static void
test_reply (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GBytes) up = make_body (3 * 1024 * 1024 + 1);
  g_autoptr (GBytes) down = make_body (2 * 1024 * 1024 + 7);
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autofree char *type = NULL;

  reshoot_fake_server_add (fixture->server, "/submit", RESHOOT_FAKE_REPLY, 200,
                           "Content-Type: image/png\r\nRetry-After: 7\r\n", down);
  g_assert_true (send (fixture, "/submit?a=1", up, TRUE, 10000000, 10000, NULL, &reply, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (reply.status, ==, 200);
  g_assert_true (g_bytes_equal (reply.body, down));
  g_assert_cmpstr (reply.content_type, ==, "image/png");
  g_assert_cmpint (reply.retry_after, ==, 7);
  g_assert_true (g_bytes_equal (reshoot_fake_server_get_body (fixture->server, "/submit"), up));

  key = reshoot_fake_server_dup_header (fixture->server, "/submit", "x-key");
  g_assert_cmpstr (key, ==, KEY);
  type = reshoot_fake_server_dup_header (fixture->server, "/submit", "content-type");
  g_assert_cmpstr (type, ==, "application/json");
  g_assert_cmpuint (reshoot_fake_server_get_hits (fixture->server, "/submit"), ==, 1);
}

/* A body in pieces arrives as one, small or large. */
static void
test_pieces (Fixture       *fixture,
             gconstpointer  data)
{
  static const gsize sizes[] = { 0, 1, 10000, 65536, 65537, 1000000 };

  reshoot_fake_server_add_text (fixture->server, "/x", 200, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (ReshootCall) call = { .method = "POST" };
      ReshootHttpGuard guard = { fixture->address, "x-key", KEY, 1000, 10000 };
      g_autoptr (GBytes) piece = make_body (sizes[i]);
      g_autoptr (GByteArray) whole = g_byte_array_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_auto (ReshootReply) reply = { .retry_after = -1 };
      g_autoptr (GError) error = NULL;
      gsize length;
      const guint8 *got;

      call.uri = g_strconcat (reshoot_fake_server_get_uri (fixture->server), "/x", NULL);
      call.content_type = g_strdup ("image/png");
      call.pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      for (guint k = 0; k < 3; k++)
        {
          g_ptr_array_add (call.pieces, k == 1 ? g_bytes_ref (piece) : g_bytes_new_static ("--x", 3));
          g_byte_array_append (whole, g_bytes_get_data (call.pieces->pdata[k], NULL),
                               (guint) g_bytes_get_size (call.pieces->pdata[k]));
        }

      reshoot_http_send_async (fixture->http, &call, &guard, NULL, reshoot_test_ready_cb, &result);
      reshoot_test_await (&result);
      g_assert_true (reshoot_http_send_finish (fixture->http, result, &reply, &error));
      g_assert_no_error (error);
      got = g_bytes_get_data (reshoot_fake_server_get_body (fixture->server, "/x"), &length);
      g_assert_cmpmem (got, length, whole->data, whole->len);
    }
}

/* What submits has a connection of its own, and leaves none behind. */
static void
test_connections (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GBytes) up = make_body (10);

  reshoot_fake_server_add_text (fixture->server, "/x", 200, "{}");
  for (guint i = 0; i < 2; i++)
    {
      g_auto (ReshootReply) reply = { .retry_after = -1 };
      g_autofree char *connection = NULL;

      g_assert_true (send (fixture, "/x", i == 0 ? up : NULL, FALSE, 1000, 10000, NULL, &reply, NULL));
      connection = reshoot_fake_server_dup_header (fixture->server, "/x", "connection");
      g_assert_cmpstr (connection, ==, i == 0 ? "close" : "Keep-Alive");
    }
}

/* A download carries no key. */
static void
test_without_key (Fixture       *fixture,
                  gconstpointer  data)
{
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_autofree char *key = NULL;

  reshoot_fake_server_add_text (fixture->server, "/picture", 200, "");
  g_assert_true (send (fixture, "/picture", NULL, FALSE, 1000, 10000, NULL, &reply, NULL));
  key = reshoot_fake_server_dup_header (fixture->server, "/picture", "x-key");
  g_assert_null (key);
  g_assert_cmpuint (g_bytes_get_size (reply.body), ==, 0);
}

/* Where the call may not go it does not go, with a key or without. */
static void
test_foreign (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (ReshootFakeServer) other = reshoot_fake_server_new ();

  for (int with_key = 0; with_key < 2; with_key++)
    {
      g_auto (ReshootCall) call = { .method = "GET", .with_key = with_key };
      ReshootHttpGuard guard = { fixture->address, "x-key", KEY, 1000, 1000 };
      g_autoptr (GAsyncResult) result = NULL;
      g_auto (ReshootReply) reply = { .retry_after = -1 };
      g_autoptr (GError) error = NULL;

      call.uri = g_strconcat (reshoot_fake_server_get_uri (other), "/x", NULL);
      reshoot_http_send_async (fixture->http, &call, &guard, NULL, reshoot_test_ready_cb, &result);
      reshoot_test_await (&result);
      g_assert_false (reshoot_http_send_finish (fixture->http, result, &reply, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
      g_assert_true (reshoot_http_error_is_unsent (error));
    }

  g_assert_cmpuint (reshoot_fake_server_get_hits (other, "/x"), ==, 0);
}

/* A redirect is a reply like any other: nobody is asked but the one who was called. */
static void
test_redirect (Fixture       *fixture,
               gconstpointer  data)
{
  g_auto (ReshootReply) reply = { .retry_after = -1 };

  reshoot_fake_server_add (fixture->server, "/old", RESHOOT_FAKE_REPLY, 302, "Location: /new\r\n", NULL);
  reshoot_fake_server_add_text (fixture->server, "/new", 200, "stolen");
  g_assert_true (send (fixture, "/old", NULL, TRUE, 1000, 10000, NULL, &reply, NULL));
  g_assert_cmpuint (reply.status, ==, 302);
  g_assert_cmpuint (reshoot_fake_server_get_hits (fixture->server, "/new"), ==, 0);
}

/* A service that quotes the key has it blotted out before anybody reads it. */
static void
test_blotted (Fixture       *fixture,
              gconstpointer  data)
{
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_autofree char *text = NULL;

  reshoot_fake_server_add_text (fixture->server, "/a", 403, "bad key " KEY " and bfl_ " KEY KEY);
  g_assert_true (send (fixture, "/a", NULL, TRUE, 1000, 10000, NULL, &reply, NULL));
  text = g_strndup (g_bytes_get_data (reply.body, NULL), g_bytes_get_size (reply.body));
  g_assert_null (strstr (text, KEY));
  g_assert_cmpstr (text, ==, "bad key ************** and bfl_ ****************************");
}

typedef struct
{
  const char     *name;
  ReshootFakeKind kind;
  guint           status;
  gsize           body;        /* bytes */
  gsize           max_bytes;
  guint           deadline;    /* ms */
  int             code;        /* RESHOOT_ERROR_…, or -1 for a reply */
  const char     *reason;
} Fault;

static const Fault faults[] = {
  { "hang", RESHOOT_FAKE_HANG, 200, 10, 1000, 1000, RESHOOT_ERROR_NETWORK, "timeout" },
  { "drop", RESHOOT_FAKE_DROP, 200, 10, 1000, 10000, RESHOOT_ERROR_NETWORK, "broken" },
  { "garbage", RESHOOT_FAKE_GARBAGE, 200, 10, 1000, 10000, RESHOOT_ERROR_NETWORK, "broken" },
  { "truncate", RESHOOT_FAKE_TRUNCATE, 200, 5000, 100000, 10000, RESHOOT_ERROR_NETWORK, "broken" },
  { "truncate-refusal", RESHOOT_FAKE_TRUNCATE, 429, 5000, 100000, 10000, -1, NULL },
  { "drip", RESHOOT_FAKE_DRIP, 200, 10, 1000000, 1000, RESHOOT_ERROR_NETWORK, "timeout" },
  { "endless", RESHOOT_FAKE_ENDLESS, 200, 10, 1000000, 10000, RESHOOT_ERROR_PROTOCOL, "too-many-bytes" },
  { "too-long", RESHOOT_FAKE_REPLY, 200, 1001, 1000, 10000, RESHOOT_ERROR_PROTOCOL, "too-many-bytes" },
  { "just-fits", RESHOOT_FAKE_REPLY, 200, 1000, 1000, 10000, -1, NULL },
  { "server-error", RESHOOT_FAKE_REPLY, 500, 1000, 1000, 10000, -1, NULL },
};

/* Each fault, with and without a body: the server is asked once, whatever happens, and nothing is called unsent. */
static void
test_fault (Fixture       *fixture,
            gconstpointer  data)
{
  const Fault *fault = data;
  g_autoptr (GBytes) down = make_body (fault->body);
  g_autoptr (GBytes) up = make_body (100000);

  reshoot_fake_server_add (fixture->server, "/x", fault->kind, fault->status, NULL, down);

  for (guint i = 0; i < 2; i++)
    {
      g_auto (ReshootReply) reply = { .retry_after = -1 };
      g_autoptr (GError) error = NULL;
      gboolean sent;

      sent = send (fixture, "/x", i == 0 ? up : NULL, TRUE, fault->max_bytes, fault->deadline, NULL,
                   &reply, &error);
      g_assert_cmpuint (reshoot_fake_server_get_hits (fixture->server, "/x"), ==, i + 1);
      if (fault->code < 0)
        {
          g_assert_no_error (error);
          g_assert_true (sent);
          g_assert_cmpuint (reply.status, ==, fault->status);
          continue;
        }

      g_assert_false (sent);
      g_assert_error (error, RESHOOT_ERROR, fault->code);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, fault->reason);
      g_assert_false (reshoot_http_error_is_unsent (error));
    }
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GBytes) up = make_body (10);
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_autoptr (GError) error = NULL;

  reshoot_fake_server_stop (fixture->server);
  g_assert_false (send (fixture, "/x", up, TRUE, 1000, 10000, NULL, &reply, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_NETWORK);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "unreachable");
  g_assert_true (reshoot_http_error_is_unsent (error));
}

typedef struct
{
  GCancellable      *cancellable;
  ReshootFakeServer *server;
  guint              hits;     /* so far */
} CancelLater;

static gboolean
cancel_once_hit_cb (gpointer user_data)
{
  CancelLater *later = user_data;

  if (reshoot_fake_server_get_hits (later->server, "/x") == later->hits)
    return G_SOURCE_CONTINUE;

  g_cancellable_cancel (later->cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  static const ReshootFakeKind kinds[] = { RESHOOT_FAKE_HANG, RESHOOT_FAKE_DRIP };

  /* A small body, and one that leaves on a thread. */
  for (guint i = 0; i < 2 * G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) up = make_body (i % 2 == 0 ? 10 : 100000);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      CancelLater later = { cancellable, fixture->server,
                            reshoot_fake_server_get_hits (fixture->server, "/x") };
      g_auto (ReshootReply) reply = { .retry_after = -1 };
      g_autoptr (GError) error = NULL;

      reshoot_fake_server_add (fixture->server, "/x", kinds[i / 2], 200, NULL, NULL);
      g_timeout_add (1, cancel_once_hit_cb, &later);
      g_assert_false (send (fixture, "/x", up, TRUE, 1000, 10000, cancellable, &reply, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static gboolean
accepted_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source_object,
             gpointer           user_data)
{
  GSocketConnection **place = user_data;

  g_set_object (place, connection);
  return TRUE;
}

/* A body that the other side never takes: it is on its way when the end comes, be it the caller's or the deadline's. */
static void
test_not_taken (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GBytes) up = make_body (32 * 1024 * 1024);
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (GSocketConnection) connection = NULL;

  g_signal_connect (service, "incoming", G_CALLBACK (accepted_cb), &connection);
  for (int cancelled = 0; cancelled < 2; cancelled++)
    {
      g_auto (ReshootCall) call = { .method = "POST" };
      g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
      g_autoptr (ReshootAddress) address = NULL;
      ReshootHttpGuard guard = { .max_bytes = 1000, .deadline = cancelled ? 60000 : 200 };
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_auto (ReshootReply) reply = { .retry_after = -1 };
      g_autoptr (GError) error = NULL;

      call.uri = g_strdup (uri);
      call.content_type = g_strdup ("image/png");
      call.body = g_bytes_ref (up);
      g_setenv ("RESHOOT_BFL_URL", uri, TRUE);
      guard.address = address = reshoot_address_new (reshoot_catalogue_get_provider (catalogue, "bfl"), NULL);
      g_clear_object (&connection);
      reshoot_http_send_async (fixture->http, &call, &guard, cancellable,
                               reshoot_test_ready_cb, &result);
      while (connection == NULL)
        g_main_context_iteration (NULL, TRUE);
      if (cancelled)
        g_cancellable_cancel (cancellable);

      reshoot_test_await (&result);
      g_assert_false (reshoot_http_send_finish (fixture->http, result, &reply, &error));
      if (cancelled)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_cmpstr (reshoot_error_get_reason (error), ==, "timeout");
    }
}

static void
test_cancelled_before (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (send (fixture, "/x", NULL, TRUE, 1000, 10000, cancellable, &reply, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (reshoot_fake_server_get_hits (fixture->server, "/x"), ==, 0);
}

static void
test_retry_after (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    const char *header;
    int         least, most;
  } table[] = {
    { "Retry-After: 3\r\n", 3, 3 }, { "Retry-After: -5\r\n", 0, 0 },
    { "Retry-After: 999999\r\n", 3600, 3600 },
    { "Retry-After: soon\r\n", -1, -1 }, { "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", 0, 0 },
    { "Retry-After: Fri, 21 Oct 2095 07:28:00 GMT\r\n", 3600, 3600 }, { NULL, -1, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *path = g_strdup_printf ("/%u", i);
      g_auto (ReshootReply) reply = { .retry_after = -1 };

      reshoot_fake_server_add (fixture->server, path, RESHOOT_FAKE_REPLY, 429,
                               table[i].header, NULL);
      g_assert_true (send (fixture, path, NULL, TRUE, 1000, 10000, NULL, &reply, NULL));
      g_assert_cmpint (reply.retry_after, >=, table[i].least);
      g_assert_cmpint (reply.retry_after, <=, table[i].most);
    }
}

/* More at once than a listener's usual queue holds. */
static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  GAsyncResult *results[32] = { NULL, };
  g_autoptr (GBytes) up = make_body (200000);
  g_auto (ReshootCall) call = { .method = "POST", .with_key = TRUE };
  ReshootHttpGuard guard = { fixture->address, "x-key", KEY, 1000, 60000 };

  reshoot_fake_server_add_text (fixture->server, "/x", 200, "{}");
  call.uri = g_strconcat (reshoot_fake_server_get_uri (fixture->server), "/x", NULL);
  call.content_type = g_strdup ("application/json");
  call.body = g_bytes_ref (up);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    reshoot_http_send_async (fixture->http, &call, &guard, NULL,
                             reshoot_test_ready_cb, &results[i]);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_auto (ReshootReply) reply = { .retry_after = -1 };
      g_autoptr (GError) error = NULL;

      reshoot_test_await (&results[i]);
      g_assert_true (reshoot_http_send_finish (fixture->http, results[i], &reply, &error));
      g_assert_no_error (error);
      g_object_unref (results[i]);
    }

  g_assert_cmpuint (reshoot_fake_server_get_hits (fixture->server, "/x"), ==, G_N_ELEMENTS (results));
}

#define ADD(name, func) g_test_add ("/http/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  ADD ("reply", test_reply);
  ADD ("pieces", test_pieces);
  ADD ("connections", test_connections);
  ADD ("without-key", test_without_key);
  ADD ("foreign", test_foreign);
  ADD ("redirect", test_redirect);
  ADD ("blotted", test_blotted);
  ADD ("refused", test_refused);
  ADD ("cancel", test_cancel);
  ADD ("not-taken", test_not_taken);
  ADD ("cancelled-before", test_cancelled_before);
  ADD ("retry-after", test_retry_after);
  ADD ("many", test_many);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/http/fault/", faults[i].name, NULL);

      g_test_add (path, Fixture, &faults[i], set_up, test_fault, tear_down);
    }

  return g_test_run ();
}
