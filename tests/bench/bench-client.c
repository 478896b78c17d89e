/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One client of the fake cloud, in a process of its own so that what it costs is its own: our codec and `http`, the
 * whole engine with its project, or curl. All speak Replicate's dialect with the same picture: an upload, a submit,
 * polls without a pause, a download.
 * usage: bench-client http|engine|curl PICTURE EDITS AT-ONCE, in a folder of its own
 * Prints milliseconds of CPU and of the clock for each edit, and by how many bytes the peak of its memory grew. */

#include "bench.h"
#include "reshoot-http.h"
#include "reshoot-job-private.h"
#include "reshoot-json-read.h"
#include "reshoot-replicate.h"
#include "reshoot-session-private.h"
#include "reshoot-test.h"

#include <curl/curl.h>
#include <string.h>
#include <sys/resource.h>

#define MODEL "replicate/flux-kontext-pro"
#define KEY   "a-key-of-nobody"

/* Edits before the clock starts: connections, types and caches are there then. */
#define WARM_UP 2

typedef struct
{
  GBytes *picture;
  guint   edits;      /* that are to be made */
  guint   begun;
  guint   done;
} Work;

static long
get_peak (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss * 1024;
}

/* Our codec and http */

typedef struct
{
  Work             *work;
  ReshootHttp      *http;
  ReshootProvider  *codec;
  ReshootHttpGuard  guard;
  ReshootAsk        ask;
  char             *ticket;
  ReshootReplyTo    to;
  gboolean          is_preparing;
  gboolean          is_loading;
} Edit;

static void begin_edit (Edit *edit);

static void sent_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data);

static void
send_call (Edit              *edit,
           const ReshootCall *call)
{
  reshoot_http_send_async (edit->http, call, &edit->guard, NULL, sent_cb, edit);
}

static void
follow (Edit        *edit,
        ReshootNext *next)
{
  g_autoptr (GError) error = NULL;

  if (next->ticket != NULL)
    {
      g_free (edit->ticket);
      edit->ticket = g_strdup (next->ticket);
    }

  if (next->kind == RESHOOT_NEXT_READY)
    {
      ReshootResult *result = next->results->pdata[0];

      edit->is_loading = TRUE;
      send_call (edit, &result->call);
    }
  else if (next->kind == RESHOOT_NEXT_POLL)
    {
      g_auto (ReshootNext) poll = RESHOOT_NEXT_INIT;

      edit->to = RESHOOT_REPLY_TO_POLL;
      reshoot_provider_ask_again (edit->codec, edit->ticket, &poll, &error);
      g_assert_no_error (error);
      send_call (edit, &poll.call);
    }
  else
    {
      edit->is_preparing = next->kind == RESHOOT_NEXT_PREPARE;
      edit->to = RESHOOT_REPLY_TO_SUBMIT;
      g_free ((char *) edit->ask.state);
      edit->ask.state = g_strdup (next->state);
      send_call (edit, &next->call);
    }
}

static void
prepare (Edit               *edit,
         const ReshootReply *reply)
{
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  edit->ask.reply = reply;
  reshoot_provider_prepare (edit->codec, &edit->ask, &next, &error);
  edit->ask.reply = NULL;
  g_assert_no_error (error);
  follow (edit, &next);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Edit *edit = user_data;
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  reshoot_http_send_finish (RESHOOT_HTTP (source), result, &reply, &error);
  g_assert_no_error (error);

  if (edit->is_loading)
    {
      g_assert_cmpuint (reply.status, ==, 200);
      g_assert_cmpuint (g_bytes_get_size (reply.body), >, 1000);
      edit->work->done++;
      begin_edit (edit);
    }
  else if (edit->is_preparing)
    {
      prepare (edit, &reply);
    }
  else
    {
      reshoot_provider_read (edit->codec, edit->to, &reply, edit->ticket, &next, &error);
      g_assert_no_error (error);
      follow (edit, &next);
    }
}

static void
begin_edit (Edit *edit)
{
  g_clear_pointer (&edit->ticket, g_free);
  g_free ((char *) edit->ask.state);
  edit->ask.state = NULL;
  edit->is_loading = edit->is_preparing = FALSE;

  if (edit->work->begun == edit->work->edits)
    return;

  edit->work->begun++;
  prepare (edit, NULL);
}

static void
run_http (Work  *work,
          guint  at_once)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  JsonObject *description = reshoot_catalogue_get_provider (catalogue, "replicate");
  g_autoptr (ReshootAddress) address = reshoot_address_new (description, NULL);
  g_autoptr (ReshootProvider) codec = reshoot_replicate_new (address, description);
  g_autoptr (ReshootHttp) http = reshoot_http_new ();
  g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (work->picture, "noise.png", NULL);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warmer", MODEL, NULL);
  g_autofree Edit *edits = g_new0 (Edit, at_once);

  for (guint i = 0; i < at_once; i++)
    {
      edits[i].work = work;
      edits[i].http = http;
      edits[i].codec = codec;
      edits[i].guard = (ReshootHttpGuard) { .address = address, .key_header = "Authorization",
                                            .key = "Bearer " KEY, .deadline = 60000,
                                            .max_bytes = RESHOOT_JOB_PICTURE_MAX };
      edits[i].ask = (ReshootAsk) { .model = reshoot_catalogue_get_model (catalogue, MODEL),
                                    .request = request, .uuid = "b", .input = image };
      begin_edit (&edits[i]);
    }

  while (work->done < work->edits)
    g_main_context_iteration (NULL, TRUE);
}

/* curl, as somebody would write it by hand */

typedef struct
{
  char  *data;
  gsize  length;
  gsize  capacity;
} Buffer;

static size_t
write_cb (char   *data,
          size_t  size,
          size_t  n,
          void   *user_data)
{
  Buffer *buffer = user_data;

  if (buffer->length + size * n + 1 > buffer->capacity)
    {
      buffer->capacity = MAX (buffer->capacity * 2, buffer->length + size * n + 4096);
      buffer->data = g_realloc (buffer->data, buffer->capacity);
    }
  memcpy (buffer->data + buffer->length, data, size * n);
  buffer->length += size * n;
  buffer->data[buffer->length] = '\0';
  return size * n;
}

static JsonObject *
perform (CURL       *curl,
         Buffer     *buffer,
         const char *uri)
{
  g_autoptr (GBytes) bytes = NULL;

  buffer->length = 0;
  curl_easy_setopt (curl, CURLOPT_URL, uri);
  g_assert_cmpint (curl_easy_perform (curl), ==, CURLE_OK);
  bytes = g_bytes_new_static (buffer->data, buffer->length);
  return reshoot_json_parse_object (bytes, NULL);
}

static void
edit_with_curl (CURL   *curl,
                Buffer *buffer,
                GBytes *picture)
{
  const char *base = g_getenv ("RESHOOT_REPLICATE_URL");
  struct curl_slist *headers = curl_slist_append (NULL, "Authorization: Bearer " KEY);
  struct curl_slist *json = curl_slist_append (curl_slist_append (NULL, "Authorization: Bearer " KEY),
                                               "Content-Type: application/json");
  curl_mime *form = curl_mime_init (curl);
  curl_mimepart *part = curl_mime_addpart (form);
  g_autofree char *files = g_strconcat (base, "/files", NULL);
  g_autofree char *submit = g_strconcat (base, "/models/black-forest-labs/flux-kontext-pro/predictions", NULL);
  g_autofree char *body = NULL;
  g_autofree char *poll = NULL;
  g_autofree char *output = NULL;
  JsonObject *reply;

  curl_mime_name (part, "content");
  curl_mime_filename (part, "picture.png");
  curl_mime_type (part, "image/png");
  curl_mime_data (part, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (curl, CURLOPT_MIMEPOST, form);
  reply = perform (curl, buffer, files);
  body = g_strdup_printf ("{\"input\":{\"prompt\":\"warmer\",\"input_image\":\"%s\",\"output_format\":\"png\"}}",
                          reshoot_json_get_string (reshoot_json_get_object (reply, "urls"), "get"));
  json_object_unref (reply);

  curl_easy_setopt (curl, CURLOPT_MIMEPOST, NULL);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, json);
  curl_easy_setopt (curl, CURLOPT_POSTFIELDS, body);
  reply = perform (curl, buffer, submit);
  poll = g_strdup (reshoot_json_get_string (reshoot_json_get_object (reply, "urls"), "get"));
  json_object_unref (reply);

  curl_easy_setopt (curl, CURLOPT_HTTPGET, 1L);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  while (output == NULL)
    {
      reply = perform (curl, buffer, poll);
      output = g_strdup (reshoot_json_get_string (reply, "output"));
      json_object_unref (reply);
    }

  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, NULL);
  buffer->length = 0;
  curl_easy_setopt (curl, CURLOPT_URL, output);
  g_assert_cmpint (curl_easy_perform (curl), ==, CURLE_OK);
  g_assert_cmpuint (buffer->length, >, 1000);

  curl_mime_free (form);
  curl_slist_free_all (headers);
  curl_slist_free_all (json);
}

static gpointer
curl_thread (gpointer user_data)
{
  Work *work = user_data;
  CURL *curl = curl_easy_init ();
  Buffer buffer = { NULL, 0, 0 };

  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, write_cb);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, &buffer);
  while ((guint) g_atomic_int_add (&work->begun, 1) < work->edits)
    edit_with_curl (curl, &buffer, work->picture);

  curl_easy_cleanup (curl);
  g_free (buffer.data);
  return NULL;
}

static void
run_curl (Work  *work,
          guint  at_once)
{
  g_autofree GThread **threads = g_new0 (GThread *, at_once);

  for (guint i = 0; i < at_once; i++)
    threads[i] = g_thread_new ("curl", curl_thread, work);
  for (guint i = 0; i < at_once; i++)
    g_thread_join (threads[i]);
}

/* The whole engine: intent stored, input prepared, polls, the gate, the digest, the reply and the version stored. */

static void
run_engine (Work  *work,
            guint  at_once)
{
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *folder = bench_make_folder (here);
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "bench.reshoot", NULL);
  g_autoptr (ReshootSession) session = reshoot_session_new (NULL);
  g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (work->picture, "noise.png", NULL);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warmer", MODEL, NULL);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootProject) project = NULL;
  g_autoptr (ReshootStep) original = NULL;
  ReshootTimes times = RESHOOT_TIMES_INIT;
  guint n = MIN (work->edits, at_once);

  times.first_delay = times.max_delay = 1;
  reshoot_session_set_times (session, &times);
  reshoot_project_open_async (file, RESHOOT_PROJECT_CREATE, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  project = reshoot_project_open_finish (result, NULL);
  g_clear_object (&result);
  reshoot_project_add_original_async (project, image, "noise.png", NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  original = reshoot_project_add_original_finish (project, result, NULL);
  g_assert_nonnull (original);

  while (work->done < work->edits)
    {
      for (guint i = 0; i < n; i++)
        {
          g_clear_object (&result);
          reshoot_session_edit_async (session, project, original, request, NULL,
                                      reshoot_test_ready_cb, &result);
          reshoot_test_await (&result);
          g_ptr_array_add (jobs, reshoot_session_edit_finish (session, result, NULL));
        }
      for (guint i = 0; i < jobs->len; i++)
        {
          g_clear_object (&result);
          reshoot_job_wait_async (jobs->pdata[i], NULL, reshoot_test_ready_cb, &result);
          reshoot_test_await (&result);
          g_assert_true (reshoot_job_wait_finish (jobs->pdata[i], result, NULL));
          work->done++;
        }
      g_ptr_array_set_size (jobs, 0);
    }

  g_clear_object (&result);
  reshoot_project_close_async (project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_close_finish (project, result, NULL);
  bench_remove_folder (folder);
}

static void
run (const char *client,
     Work       *work,
     guint       at_once)
{
  work->begun = work->done = 0;

  if (g_str_equal (client, "http"))
    run_http (work, at_once);
  else if (g_str_equal (client, "engine"))
    run_engine (work, at_once);
  else
    run_curl (work, at_once);
}

/* The journal, settings and caches lie where the bench runs. The suites' own folders are for tests: here is none. */
static void
set_folders (void)
{
  static const char * const names[] = { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME" };
  g_autofree char *here = g_get_current_dir ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], here, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMappedFile) mapped = NULL;
  Work work = { 0, };
  BenchTime start, now;
  guint at_once;
  long peak;

  if (argc != 5)
    {
      g_printerr ("usage: bench-client http|engine|curl PICTURE EDITS AT-ONCE\n");
      return 2;
    }

  set_folders ();
  curl_global_init (CURL_GLOBAL_ALL);
  g_setenv ("REPLICATE_API_TOKEN", KEY, TRUE);
  mapped = g_mapped_file_new (argv[2], FALSE, NULL);
  g_assert_nonnull (mapped);
  work.picture = g_mapped_file_get_bytes (mapped);
  at_once = (guint) g_ascii_strtoull (argv[4], NULL, 10);

  work.edits = WARM_UP;
  run (argv[1], &work, 1);

  work.edits = (guint) g_ascii_strtoull (argv[3], NULL, 10);
  peak = get_peak ();
  start = bench_now ();
  run (argv[1], &work, at_once);
  now = bench_now ();
  g_print ("%.3f %.3f %ld\n", (now.cpu - start.cpu) / work.edits, (now.wall - start.wall) / work.edits,
           get_peak () - peak);

  g_bytes_unref (work.picture);
  return 0;
}
