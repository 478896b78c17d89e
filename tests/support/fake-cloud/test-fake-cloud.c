/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The fake cloud itself, as a client sees it: a fake that is wrong makes every test across it worthless. */

#include "fake-control.h"
#include "fake-vendors.h"
#include "reshoot-image-vips.h"
#include "reshoot-test.h"


#define N_AT_ONCE 200

typedef struct
{
  FakeCloud   *cloud;
  SoupSession *session;
} Scene;

typedef struct
{
  guint        status;
  GBytes      *body;
  char        *type;
  char        *retry_after;
  GError      *error;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_clear_error (&answer->error);
  g_free (answer->type);
  g_free (answer->retry_after);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  scene->cloud = fake_cloud_new ();
  fake_vendors_add (scene->cloud, "bfl");
  fake_control_add (scene->cloud);
  scene->session = soup_session_new_with_options ("max-conns-per-host", N_AT_ONCE, "max-conns", N_AT_ONCE, NULL);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  g_object_unref (scene->session);
  fake_cloud_free (scene->cloud);
}

static SoupMessage *
make_message (Scene      *scene,
              const char *method,
              const char *uri,
              const char *body)
{
  SoupMessage *message = soup_message_new (method, uri);
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  g_assert_nonnull (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (strstr (uri, "/fake-files/") == NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "x-key", "k");
  if (bytes != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  return message;
}

static Answer
ask (Scene      *scene,
     const char *method,
     const char *uri,
     const char *body)
{
  g_autoptr (SoupMessage) message = make_message (scene, method, uri, body);
  g_autoptr (GAsyncResult) result = NULL;
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  Answer answer = { 0 };

  soup_session_send_and_read_async (scene->session, message, G_PRIORITY_DEFAULT, NULL,
                                    reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  answer.body = soup_session_send_and_read_finish (scene->session, result, &answer.error);
  answer.status = soup_message_get_status (message);
  answer.type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  answer.retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After"));
  return answer;
}

static JsonObject *
dup_json (Answer *answer)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text;

  g_assert_no_error (answer->error);
  text = g_bytes_get_data (answer->body, &length);
  json_parser_load_from_data (parser, text, (gssize) length, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static char *
submit (Scene *scene)
{
  g_autofree char *uri = g_strconcat (fake_cloud_get_uri (scene->cloud, "bfl"), "/v1/flux-kontext-pro", NULL);
  g_auto (Answer) answer = ask (scene, "POST", uri, "{\"prompt\":\"warm 123\",\"output_format\":\"png\"}");
  g_autoptr (JsonObject) body = dup_json (&answer);

  g_assert_cmpuint (answer.status, ==, 200);
  return g_strdup (json_object_get_string_member (body, "polling_url"));
}

static char *
poll_status (Scene      *scene,
             const char *uri)
{
  g_auto (Answer) answer = ask (scene, "GET", uri, NULL);
  g_autoptr (JsonObject) body = dup_json (&answer);

  return g_strdup (json_object_get_string_member (body, "status"));
}

static void
test_happy (Scene         *scene,
            gconstpointer  data)
{
  g_autofree char *polling = submit (scene);
  g_autofree char *first = poll_status (scene, polling);
  g_autofree char *second = poll_status (scene, polling);
  g_auto (Answer) third = ask (scene, "GET", polling, NULL);
  g_autoptr (JsonObject) body = dup_json (&third);
  g_autoptr (VipsImage) image = NULL;
  g_auto (Answer) sample = { 0 };
  const char *uri;

  g_assert_cmpstr (first, ==, "Pending");
  g_assert_cmpstr (second, ==, "Pending");
  g_assert_cmpstr (json_object_get_string_member (body, "status"), ==, "Ready");

  uri = json_object_get_string_member (json_object_get_object_member (body, "result"), "sample");
  sample = ask (scene, "GET", uri, NULL);
  g_assert_no_error (sample.error);
  g_assert_cmpstr (sample.type, ==, "image/png");
  image = vips_image_new_from_buffer (g_bytes_get_data (sample.body, NULL), g_bytes_get_size (sample.body), "", NULL);
  g_assert_nonnull (image);
  g_assert_cmpint (vips_image_get_width (image), ==, 1024);

  g_assert_cmpuint (fake_cloud_count (scene->cloud, "bfl", FAKE_SUBMIT), ==, 1);
  g_assert_cmpuint (fake_cloud_count (scene->cloud, "bfl", FAKE_POLL), ==, 3);
  g_assert_cmpuint (fake_cloud_count (scene->cloud, "bfl", FAKE_RESULT), ==, 1);
  g_assert_cmpuint (fake_cloud_count_path (scene->cloud, "bfl", "POST", "/v1/flux-kontext-pro"), ==, 1);
  g_assert_cmpuint (fake_cloud_count_jobs (scene->cloud, "bfl", "123"), ==, 1);
  g_assert_cmpuint (fake_cloud_count_jobs (scene->cloud, "bfl", "124"), ==, 0);
  g_assert_cmpuint (fake_cloud_count_leaks (scene->cloud), ==, 0);
}

static void
test_fates (Scene         *scene,
            gconstpointer  data)
{
  static const struct
  {
    FakeFate    fate;
    const char *status;
  } table[] = {
    { FAKE_WILL_FAIL, "Error" },
    { FAKE_WILL_REFUSE_INPUT, "Request Moderated" },
    { FAKE_WILL_REFUSE_OUTPUT, "Content Moderated" },
    { FAKE_WILL_BE_GONE, "Task not found" },
    { FAKE_WILL_HANG, "Pending" },
    { FAKE_WILL_EXPIRE, "Ready" },
    { FAKE_WILL_SUCCEED, "Ready" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *polling = NULL;
      g_autofree char *status = NULL;

      fake_cloud_set_fate (scene->cloud, "bfl", table[i].fate, 1);
      polling = submit (scene);
      for (guint n = 0; n < 3; n++)
        {
          g_free (status);
          status = poll_status (scene, polling);
        }
      g_assert_cmpstr (status, ==, table[i].status);
    }
}

static void
test_faults (Scene         *scene,
             gconstpointer  data)
{
  static const struct
  {
    FakeFault   fault;
    guint       status;    /* 0: the connection breaks */
    const char *type;
  } table[] = {
    { FAKE_429, 429, "application/json" }, { FAKE_429_RETRY_AFTER, 429, "application/json" },
    { FAKE_429_RETRY_DATE, 429, "application/json" },
    { FAKE_402, 402, "application/json" }, { FAKE_401, 401, "application/json" },
    { FAKE_403, 403, "application/json" }, { FAKE_422_KEY, 422, "application/json" },
    { FAKE_422, 422, "application/json" }, { FAKE_404, 404, "application/json" },
    { FAKE_500, 500, "application/json" }, { FAKE_502, 502, "text/html" }, { FAKE_503, 503, "text/html" },
    { FAKE_504, 504, "text/html" }, { FAKE_REDIRECT, 302, NULL }, { FAKE_WRONG_TYPE, 200, "text/html" },
    { FAKE_INVALID_JSON, 200, "application/json" }, { FAKE_EMPTY, 200, "application/json" },
    { FAKE_CUT, 200, "application/json" },
    { FAKE_RESET, 0, NULL }, { FAKE_LOST, 0, NULL }, { FAKE_GARBAGE, 0, NULL },
  };
  g_autofree char *uri = g_strconcat (fake_cloud_get_uri (scene->cloud, "bfl"), "/v1/flux-kontext-pro", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (Answer) answer = { 0 };

      fake_cloud_set_fault (scene->cloud, "bfl", FAKE_SUBMIT, table[i].fault, 1);
      answer = ask (scene, "POST", uri, "{\"prompt\":\"warm\"}");
      g_test_message ("%s: %u %s", fake_fault_get_name (table[i].fault), answer.status,
                      answer.error != NULL ? answer.error->message : "");
      if (table[i].status == 0)
        {
          g_assert_nonnull (answer.error);
          continue;
        }

      g_assert_no_error (answer.error);
      g_assert_cmpuint (answer.status, ==, table[i].status);
      g_assert_cmpstr (answer.type, ==, table[i].type);
      if (table[i].fault == FAKE_CUT)
        g_assert_null (memchr (g_bytes_get_data (answer.body, NULL), '}',
                               g_bytes_get_size (answer.body)));
      if (table[i].fault == FAKE_429_RETRY_DATE)
        g_assert_true (g_str_has_suffix (answer.retry_after, " GMT"));
      else
        g_assert_cmpstr (answer.retry_after, ==, table[i].fault == FAKE_429_RETRY_AFTER ? "1" : NULL);
    }

  /* Those that spoil an answer made a job, those before it did not. */
  g_assert_cmpuint (fake_cloud_count (scene->cloud, "bfl", FAKE_SUBMIT), ==, G_N_ELEMENTS (table));
  g_assert_cmpuint (fake_cloud_count_jobs (scene->cloud, "bfl", NULL), ==, 6);
}

/* What never ends ends with the client, or with the cloud. */
static void
test_endless (Scene         *scene,
              gconstpointer  data)
{
  static const FakeFault faults[] = { FAKE_DRIP, FAKE_HUGE, FAKE_HANG, FAKE_HOLD, FAKE_HANG };
  g_autofree char *polling = submit (scene);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (SoupMessage) message = make_message (scene, "GET", polling, NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (GError) error = NULL;
      gboolean is_held = faults[i] == FAKE_HANG || faults[i] == FAKE_HOLD;

      fake_cloud_set_fault (scene->cloud, "bfl", FAKE_POLL, faults[i], 1);
      soup_session_send_async (scene->session, message, G_PRIORITY_DEFAULT, cancellable,
                               reshoot_test_ready_cb, &result);
      if (is_held)
        {
          reshoot_test_wait_until (fake_cloud_count_held (scene->cloud) > 0);
          g_assert_null (result);
          g_cancellable_cancel (cancellable);
        }
      reshoot_test_await (&result);
      stream = soup_session_send_finish (scene->session, result, &error);
      if (is_held)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_no_error (error);
      if (i < 3)
        fake_cloud_release (scene->cloud);
    }
}

static void
test_hold (Scene         *scene,
           gconstpointer  data)
{
  g_autofree char *polling = submit (scene);
  g_autoptr (SoupMessage) message = make_message (scene, "GET", polling, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  fake_cloud_set_fault (scene->cloud, "bfl", FAKE_POLL, FAKE_HOLD, 1);
  soup_session_send_and_read_async (scene->session, message, G_PRIORITY_DEFAULT, NULL,
                                    reshoot_test_ready_cb, &result);
  reshoot_test_wait_until (fake_cloud_count_held (scene->cloud) == 1);
  g_assert_null (result);
  fake_cloud_release (scene->cloud);
  reshoot_test_await (&result);
  body = soup_session_send_and_read_finish (scene->session, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body),
                                  "Pending"));
}

static void
count_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  guint *n = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (body);
  (*n)++;
}

static void
test_many (Scene         *scene,
           gconstpointer  data)
{
  g_autofree char *uri = g_strconcat (fake_cloud_get_uri (scene->cloud, "bfl"), "/v1/flux-kontext-pro", NULL);
  guint n = 0;

  fake_cloud_set_fault (scene->cloud, "bfl", FAKE_SUBMIT, FAKE_HOLD, N_AT_ONCE);
  for (guint i = 0; i < N_AT_ONCE; i++)
    {
      g_autoptr (SoupMessage) message = make_message (scene, "POST", uri, "{\"prompt\":\"warm\"}");

      soup_session_send_and_read_async (scene->session, message, G_PRIORITY_DEFAULT, NULL,
                                        count_cb, &n);
    }

  /* All are there at once before the first is answered. */
  reshoot_test_wait_until (fake_cloud_count_held (scene->cloud) == N_AT_ONCE);
  fake_cloud_release (scene->cloud);
  reshoot_test_wait_until (n == N_AT_ONCE);
  g_assert_cmpuint (fake_cloud_count_jobs (scene->cloud, "bfl", NULL), ==, N_AT_ONCE);
}

static void
test_keys (Scene         *scene,
           gconstpointer  data)
{
  g_autofree char *uri = g_strconcat (fake_cloud_get_uri (scene->cloud, "bfl"), "/v1/flux-kontext-pro", NULL);
  static const char * const keys[] = { NULL, "wrong-key" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new ("POST", uri);
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      if (keys[i] != NULL)
        soup_message_headers_append (soup_message_get_request_headers (message), "x-key", keys[i]);
      soup_session_send_and_read_async (scene->session, message, G_PRIORITY_DEFAULT, NULL,
                                        reshoot_test_ready_cb, &result);
      reshoot_test_await (&result);
      body = soup_session_send_and_read_finish (scene->session, result, NULL);
      g_assert_cmpuint (soup_message_get_status (message), ==, 401);
    }

  g_assert_cmpuint (fake_cloud_count_jobs (scene->cloud, "bfl", NULL), ==, 0);
}

static void
test_control (Scene         *scene,
              gconstpointer  data)
{
  g_autofree char *control = g_strconcat (fake_cloud_get_uri (scene->cloud, FAKE_CONTROL), "/control", NULL);
  g_autofree char *log_uri = g_strconcat (fake_cloud_get_uri (scene->cloud, FAKE_CONTROL), "/log", NULL);
  g_autofree char *uri = g_strconcat (fake_cloud_get_uri (scene->cloud, "bfl"), "/v1/flux-kontext-pro", NULL);
  g_auto (Answer) set = ask (scene, "POST", control,
                             "{\"vendor\":\"bfl\",\"stage\":\"submit\",\"fault\":\"503\"}");
  g_auto (Answer) unknown = ask (scene, "POST", control, "{\"stage\":\"submit\",\"fault\":\"504x\"}");
  g_auto (Answer) refused = ask (scene, "POST", uri, "{\"prompt\":\"warm\"}");
  g_autofree char *polling = submit (scene);
  g_auto (Answer) log = ask (scene, "GET", log_uri, NULL);
  g_autoptr (JsonObject) body = dup_json (&log);
  JsonArray *submits = json_object_get_array_member (body, "submits");

  g_assert_cmpuint (set.status, ==, 200);
  g_assert_cmpuint (unknown.status, ==, 422);
  g_assert_cmpuint (refused.status, ==, 503);
  g_assert_nonnull (polling);
  g_assert_cmpuint (json_array_get_length (submits), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (submits, 0), "fault"), ==, "503");
  g_assert_false (json_object_has_member (json_array_get_object_element (submits, 0), "id"));
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (submits, 1), "prompt"), ==,
                   "warm 123");
}

/* The same seed draws the same faults, about as many as were asked for. */
static void
test_random (Scene         *scene,
             gconstpointer  data)
{
  g_autofree char *uri = g_strconcat (fake_cloud_get_uri (scene->cloud, "bfl"), "/v1/flux-kontext-pro", NULL);
  guint statuses[2][100];
  guint n_bad = 0;

  for (guint round = 0; round < 2; round++)
    {
      fake_cloud_set_random (scene->cloud, 0.2, 7);
      for (guint i = 0; i < 100; i++)
        {
          g_auto (Answer) answer = ask (scene, "POST", uri, "{\"prompt\":\"warm\"}");

          statuses[round][i] = answer.error != NULL ? 0 : answer.status;
          n_bad += statuses[round][i] != 200;
        }
    }

  g_assert_cmpmem (statuses[0], sizeof statuses[0], statuses[1], sizeof statuses[1]);
  g_assert_cmpuint (n_bad, >, 20);
  g_assert_cmpuint (n_bad, <, 60);
}

static void
multipart_cb (FakeExchange *exchange,
              gpointer      user_data)
{
  const FakePart *file = fake_exchange_get_part (exchange, "image[]", 1);
  g_autofree char *prompt = fake_exchange_dup_part (exchange, "prompt");

  g_assert_cmpstr (prompt, ==, "warm");
  g_assert_nonnull (file);
  g_assert_cmpstr (file->filename, ==, "b.png");
  g_assert_cmpstr (file->content_type, ==, "image/png");
  g_assert_cmpmem (g_bytes_get_data (file->bytes, NULL), g_bytes_get_size (file->bytes), "two", 3);
  g_assert_null (fake_exchange_get_part (exchange, "image[]", 2));
  g_assert_cmpstr (exchange->parts[0], ==, "x");
  fake_exchange_answer_json (exchange, 201, "{}");
}

static void
test_multipart (Scene         *scene,
                gconstpointer  data)
{
  g_autoptr (SoupMultipart) multipart = soup_multipart_new ("multipart/form-data");
  g_autofree char *uri = g_strconcat (fake_cloud_get_uri (scene->cloud, "bfl"), "/up/x/load", NULL);
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) two = g_bytes_new_static ("two", 3);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;

  fake_cloud_add_route (scene->cloud, "bfl", FAKE_UPLOAD, "POST", "/up/*/load", multipart_cb, NULL);
  soup_multipart_append_form_string (multipart, "prompt", "warm");
  soup_multipart_append_form_file (multipart, "image[]", "a.png", "image/png", one);
  soup_multipart_append_form_file (multipart, "image[]", "b.png", "image/png", two);
  message = soup_message_new_from_multipart (uri, multipart);
  soup_session_send_and_read_async (scene->session, message, G_PRIORITY_DEFAULT, NULL,
                                    reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  body = soup_session_send_and_read_finish (scene->session, result, NULL);
  g_assert_cmpuint (soup_message_get_status (message), ==, 201);
}

static void
socket_cb (FakeCloud               *cloud,
           SoupWebsocketConnection *connection,
           GUri                    *uri,
           gpointer                 user_data)
{
  g_assert_cmpstr (g_uri_get_query (uri), ==, "clientId=7");
  soup_websocket_connection_send_text (connection, "hello");
  g_object_set_data_full (G_OBJECT (user_data), "kept", g_object_ref (connection), g_object_unref);
}

static void
message_cb (SoupWebsocketConnection *connection,
            int                      type,
            GBytes                  *bytes,
            gpointer                 user_data)
{
  *(GBytes **) user_data = g_bytes_ref (bytes);
}

static void
test_socket (Scene         *scene,
             gconstpointer  data)
{
  g_autofree char *uri = g_strconcat (fake_cloud_get_uri (scene->cloud, "bfl"), "/ws?clientId=7", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (SoupWebsocketConnection) connection = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) heard = NULL;

  fake_cloud_add_socket (scene->cloud, "bfl", "/ws", socket_cb, scene->session);
  soup_session_websocket_connect_async (scene->session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  connection = soup_session_websocket_connect_finish (scene->session, result, &error);
  g_assert_no_error (error);
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), &heard);
  reshoot_test_wait_until (heard != NULL);
  g_assert_cmpmem (g_bytes_get_data (heard, NULL), g_bytes_get_size (heard), "hello", 5);
}

/* A photo stays itself where the band is not. */
static void
test_mark (Scene         *scene,
           gconstpointer  data)
{
  g_autofree char *path = reshoot_test_sample ("shoe.jpg");
  g_autoptr (VipsImage) before = vips_image_new_from_file (path, NULL);
  g_autoptr (VipsImage) after = NULL;
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (GBytes) marked = NULL;
  char *contents;
  gsize length;
  double *point[2];
  int n;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  photo = g_bytes_new_take (contents, length);
  marked = fake_cloud_mark_picture (photo, 0, 0, NULL);
  after = vips_image_new_from_buffer (g_bytes_get_data (marked, NULL), g_bytes_get_size (marked), "", NULL);
  g_assert_cmpint (vips_image_get_width (after), ==, vips_image_get_width (before));
  g_assert_cmpint (vips_image_get_height (after), ==, vips_image_get_height (before));

  vips_getpoint (before, &point[0], &n, 10, 10, NULL);
  vips_getpoint (after, &point[1], &n, 10, 10, NULL);
  for (int i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (point[0][i], point[1][i], 3);
  g_free (point[0]);
  g_free (point[1]);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  if (VIPS_INIT (argv[0]) != 0)
    g_error ("no vips");

#define ADD(name, function) g_test_add ("/fake-cloud/" name, Scene, NULL, set_up, function, tear_down)
  ADD ("happy", test_happy);
  ADD ("fates", test_fates);
  ADD ("faults", test_faults);
  ADD ("endless", test_endless);
  ADD ("hold", test_hold);
  ADD ("many", test_many);
  ADD ("keys", test_keys);
  ADD ("control", test_control);
  ADD ("random", test_random);
  ADD ("multipart", test_multipart);
  ADD ("socket", test_socket);
  ADD ("mark", test_mark);

  return g_test_run ();
}
