/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line and a service that costs money, played by a server on this machine: what it costs is said, a budget
 * holds, a refusal has a reason, and a run that is killed after it paid comes back with the result, without paying
 * again. */

#include "reshoot-fake-server.h"
#include "reshoot-image.h"
#include "reshoot-run.h"
#include "reshoot-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define MODEL "bfl/flux-kontext-pro"
#define SUBMIT "/v1/flux-kontext-pro"

typedef struct
{
  Place             *place;
  ReshootFakeServer *server;
  char              *sample;
} Service;

static Service *
service_new (void)
{
  Service *self = g_new0 (Service, 1);

  self->place = place_new ();
  self->server = reshoot_fake_server_new ();
  self->sample = reshoot_test_sample ("mug.jpg");
  place_set (self->place, "RESHOOT_BFL_URL", reshoot_fake_server_get_uri (self->server));
  place_set (self->place, "BFL_API_KEY", "test-key");
  return self;
}

static void
service_free (Service *self)
{
  place_free (self->place);
  g_object_unref (self->server);
  g_free (self->sample);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Service, service_free)

static void
add_submit (Service *self)
{
  g_autofree char *reply = g_strdup_printf ("{\"id\": \"job-7\", \"polling_url\": \"%s/poll\", \"cost\": 4}",
                                            reshoot_fake_server_get_uri (self->server));

  reshoot_fake_server_add_text (self->server, SUBMIT, 200, reply);
}

static void
add_ready (Service *self)
{
  g_autofree char *reply = g_strdup_printf ("{\"id\": \"job-7\", \"status\": \"Ready\", "
                                            "\"result\": {\"sample\": \"%s/sample\"}}",
                                            reshoot_fake_server_get_uri (self->server));
  g_autofree char *other = reshoot_test_sample ("shoe.jpg");
  g_autofree char *photo = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (other, &photo, &length, NULL));
  bytes = g_bytes_new (photo, length);
  reshoot_fake_server_add_text (self->server, "/poll", 200, reply);
  reshoot_fake_server_add (self->server, "/sample", RESHOOT_FAKE_REPLY, 200,
                           "Content-Type: image/jpeg\r\n", bytes);
}

static JsonObject *
get_object (GPtrArray *nodes,
            guint      index)
{
  g_assert_cmpuint (index, <, nodes->len);
  return json_node_get_object (g_ptr_array_index (nodes, index));
}

static void
test_done (void)
{
  g_autoptr (Service) self = service_new ();
  g_autoptr (Run) run = NULL;
  g_autoptr (Run) history = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autofree char *out = place_path (self->place, "out.png");
  g_autofree char *project = place_path (self->place, ".local/share/reshoot/projects/mug.reshoot");
  JsonObject *price;

  add_submit (self);
  add_ready (self);
  run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL, "-o", "out.png", "--json", NULL);
  run_assert_done (run);
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 1);

  steps = run_parse_lines (run);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 0), "state"), ==, "done");
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 0), "provider"), ==, "bfl");
  price = json_object_get_object_member (get_object (steps, 0), "price");
  g_assert_cmpfloat (json_object_get_double_member (price, "estimate"), ==, 0.04);
  g_assert_cmpfloat (json_object_get_double_member (price, "quoted"), ==, 0.04);
  g_assert_true (json_object_get_boolean_member (price, "charged"));

  /* What was paid for is kept, and the place of it is said. */
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 0), "project"), ==, project);
  g_assert_true (g_file_test (out, G_FILE_TEST_EXISTS));
  history = place_run (self->place, "history", project, NULL);
  run_assert_done (history);
  g_assert_nonnull (strstr (history->out, "$0.04"));
  g_assert_null (strstr (history->out, "test-key"));
}

/* A branch is made again with all that went along, once it may cost what it costs; not a cent before. */
static void
test_rebase (void)
{
  g_autoptr (Service) self = service_new ();
  g_autofree char *style = reshoot_test_sample ("shoe.jpg");
  g_autofree char *asked = g_strconcat (style, ":style", NULL);
  g_autoptr (Run) edit = NULL;
  g_autoptr (Run) dear = NULL;
  g_autoptr (Run) merged = NULL;
  g_autoptr (Run) again = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  GBytes *body;

  add_submit (self);
  add_ready (self);
  edit = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL,
                    "--reference", asked, "--raw", "--project", "a.reshoot", NULL);
  run_assert_done (edit);
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 1);

  dear = place_run (self->place, "rebase", "a.reshoot", "2", "--budget", "0.03", NULL);
  run_assert_failed (dear, 4);
  merged = place_run (self->place, "rebase", "a.reshoot", "2", "--merged", NULL);
  run_assert_failed (merged, 2);
  g_assert_nonnull (strstr (merged->err, "pictures of its own"));
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 1);

  add_submit (self);
  add_ready (self);
  again = place_run (self->place, "rebase", "a.reshoot", "2", "--budget", "0.05", "--json", NULL);
  run_assert_done (again);
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 2);
  steps = run_parse_lines (again);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpint (json_object_get_int_member (get_object (steps, 0), "parent"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 0), "model"), ==, MODEL);
  body = reshoot_fake_server_get_body (self->server, SUBMIT);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body),
                                  "is the reference for the style"));
}

/* What it is for is told in words, since no service has a field for that, and the project keeps it. */
static void
test_reference (void)
{
  g_autoptr (Service) self = service_new ();
  g_autofree char *style = reshoot_test_sample ("shoe.jpg");
  g_autofree char *asked = g_strconcat (style, ":style", NULL);
  g_autoptr (Run) run = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  GBytes *body;
  JsonObject *fields;

  add_submit (self);
  add_ready (self);
  run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL, "--reference", asked,
                   "--reference", style, "-o", "out.png", NULL);
  run_assert_done (run);

  body = reshoot_fake_server_get_body (self->server, SUBMIT);
  json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                              (gssize) g_bytes_get_size (body), &error);
  g_assert_no_error (error);
  fields = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (fields, "prompt"), ==,
                   "warmer\nImage 2 is the reference for the style.");
  g_assert_true (json_object_has_member (fields, "input_image_2"));
  g_assert_true (json_object_has_member (fields, "input_image_3"));
  g_assert_false (json_object_has_member (fields, "input_image_4"));
}

/* Nothing is made, sent or paid. */
static void
test_reference_refused (void)
{
  static const struct
  {
    const char *model;
    const char *suffix;     /* after the sample's path */
    guint       n;
    const char *words;
  } table[] = {
    { MODEL, ":colour", 1, "role" },
    { MODEL, ".not-there:style", 1, "not-there" },
    { MODEL, ":product", 4, "many" },
    { "studio/local", "", 1, "no pictures" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Service) self = service_new ();
      g_autofree char *reference = g_strconcat (self->sample, table[i].suffix, NULL);
      g_autofree char *option = g_strconcat ("--reference=", reference, NULL);
      const char *options[4] = { option, };
      g_autoptr (Run) run = NULL;

      g_test_message ("%s with %s", table[i].model, table[i].suffix);
      for (guint j = 1; j < table[i].n; j++)
        options[j] = option;
      run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", table[i].model, "-o", "out.png",
                       options[0], options[1], options[2], options[3], NULL);
      g_assert_cmpint (run->status, ==, 2);
      g_assert_nonnull (strstr (run->err, table[i].words));
      g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 0);
    }
}

/* Another picture altogether is not landed, and says so; what is not to be landed says that. */
static void
test_raw (void)
{
  static const char *const reasons[] = { "new-scene", "off" };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autoptr (Service) self = service_new ();
      g_autoptr (Run) run = NULL;
      g_autoptr (GPtrArray) steps = NULL;
      JsonObject *landing;

      add_submit (self);
      add_ready (self);
      run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL, "--json",
                       i > 0 ? "--raw" : NULL, NULL);
      run_assert_done (run);
      steps = run_parse_lines (run);
      landing = json_object_get_object_member (get_object (steps, 0), "landing");
      g_assert_false (json_object_get_boolean_member (landing, "landed"));
      g_assert_cmpstr (json_object_get_string_member (landing, "reason"), ==, reasons[i]);
    }
}

/* A machine without a desktop has no settings to read proxies from. */
static void
test_no_desktop (void)
{
  g_autoptr (Service) self = service_new ();
  g_autoptr (Run) run = NULL;

  place_set (self->place, "GIO_USE_PROXY_RESOLVER", NULL);
  place_set (self->place, "GSETTINGS_SCHEMA_DIR", NULL);
  place_set (self->place, "XDG_DATA_DIRS", self->place->folder);
  add_submit (self);
  add_ready (self);
  run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL, "-o", "out.png", NULL);
  run_assert_done (run);
}

static void
test_refused (void)
{
  g_autoptr (Service) self = service_new ();
  g_autoptr (Run) run = NULL;
  g_autoptr (Run) jobs = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autofree char *out = place_path (self->place, "out.png");

  add_submit (self);
  reshoot_fake_server_add_text (self->server, "/poll", 200,
                                "{\"id\": \"job-7\", \"status\": \"Request Moderated\", "
                                "\"details\": {\"Moderation Reasons\": [\"Trademark\"]}}");
  run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL, "-o", "out.png",
                   "--project", "a.reshoot", "--json", NULL);
  run_assert_failed (run, 3);
  g_assert_nonnull (strstr (run->err, "Trademark"));
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));

  jobs = place_run (self->place, "jobs", "a.reshoot", "--json", NULL);
  run_assert_done (jobs);
  steps = run_parse_lines (jobs);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 0), "state"), ==, "refused");
  g_assert_true (json_object_get_null_member (get_object (steps, 0), "usual_seconds"));
}

/* Errors of a service, each with its status; none of them is paid twice. */
static void
test_errors (void)
{
  static const struct
  {
    guint       http;
    const char *body;
    int         status;
  } table[] = {
    { 401, "{\"detail\": \"Not authenticated\"}", 5 },
    { 402, "{\"detail\": \"Insufficient credits\"}", 5 },
    { 422, "{\"detail\": \"Invalid api key\"}", 5 },
    { 422, "{\"detail\": [{\"loc\": [\"prompt\"], \"msg\": \"too long\"}]}", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Service) self = service_new ();
      g_autoptr (Run) run = NULL;

      reshoot_fake_server_add_text (self->server, SUBMIT, table[i].http, table[i].body);
      run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL,
                       "--project", "a.reshoot", NULL);
      g_test_message ("%u %s", table[i].http, table[i].body);
      run_assert_failed (run, table[i].status);
      g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 1);
    }
}

static void
test_no_key (void)
{
  g_autoptr (Service) self = service_new ();
  g_autoptr (Run) run = NULL;

  place_set (self->place, "BFL_API_KEY", NULL);
  run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL, "-o", "out.png", NULL);
  run_assert_failed (run, 5);
}

static void
test_budget (void)
{
  g_autoptr (Service) self = service_new ();
  g_autoptr (Run) too_little = NULL;
  g_autoptr (Run) enough = NULL;

  add_submit (self);
  add_ready (self);
  too_little = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL, "--budget", "0.03",
                          "-o", "out.png", NULL);
  run_assert_failed (too_little, 4);
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 0);

  enough = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL, "--budget", "0.05",
                      "-o", "out.png", NULL);
  run_assert_done (enough);
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 1);
}

/* Several results are paid for, or none. */
static void
test_row_budget (void)
{
  g_autoptr (Service) self = service_new ();
  g_autoptr (Run) too_little = NULL;
  g_autoptr (Run) history = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  add_submit (self);
  add_ready (self);
  too_little = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL, "-m", "studio/local",
                          "--takes", "2", "--budget", "0.07", "--project", "a.reshoot", NULL);
  run_assert_failed (too_little, 4);
  g_assert_nonnull (strstr (too_little->err, "$0.08 > $0.07"));
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 0);
  history = place_run (self->place, "history", "a.reshoot", "--json", NULL);
  steps = run_parse_lines (history);
  g_assert_cmpuint (steps->len, ==, 1);
}

/* The limit of a day holds over several commands, what is free is free, and where what is spent cannot be written down
 * nothing is spent. */
static void
test_day_budget (void)
{
  g_autoptr (Service) self = service_new ();
  const char *arguments[] = { "edit", self->sample, "-i", "warmer", "-m", MODEL, "-o", "out.png", NULL };
  g_autofree char *settings = place_path (self->place, ".config/reshoot");
  g_autofree char *budget = place_path (self->place, ".config/reshoot/budget.ini");
  g_autofree char *data = place_path (self->place, ".local/share/reshoot");
  g_autoptr (Run) first = NULL;
  g_autoptr (Run) second = NULL;
  g_autoptr (Run) third = NULL;
  g_autoptr (Run) free_of_charge = NULL;
  g_autoptr (Run) unwritten = NULL;

  g_assert_cmpint (g_mkdir_with_parents (settings, 0700), ==, 0);
  g_assert_true (g_file_set_contents (budget, "[Budget]\nday=0.07\n", -1, NULL));
  add_submit (self);
  add_ready (self);
  first = place_runv (self->place, arguments);
  run_assert_done (first);
  second = place_runv (self->place, arguments);
  run_assert_failed (second, 4);
  g_assert_nonnull (strstr (second->err, "today"));
  g_assert_nonnull (strstr (second->err, "$0.04 > $0.03"));
  free_of_charge = place_run (self->place, "edit", self->sample, "-i", "warmer", "-o", "out.png", NULL);
  run_assert_done (free_of_charge);

  g_assert_true (g_file_set_contents (budget, "[Budget]\nday=lots\n", -1, NULL));
  third = place_runv (self->place, arguments);
  run_assert_failed (third, 4);

  g_assert_true (g_file_set_contents (budget, "[Budget]\nday=5\n", -1, NULL));
  g_assert_cmpint (g_chmod (data, 0500), ==, 0);
  unwritten = place_runv (self->place, arguments);
  run_assert_failed (unwritten, 4);
  g_assert_nonnull (strstr (unwritten->err, "index.sqlite"));
  g_assert_cmpint (g_chmod (data, 0700), ==, 0);
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 1);
}

/* How long an unfinished job is expected to take, once three of the same model are done. */
static void
test_expected (void)
{
  g_autoptr (Service) self = service_new ();
  const char *arguments[] = { "edit", self->sample, "-i", "warmer", "-m", MODEL, "--project", "a.reshoot", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GAsyncResult) ended = NULL;
  g_autoptr (Run) jobs = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  guint polls;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (Run) run = NULL;

      add_submit (self);
      add_ready (self);
      run = place_runv (self->place, arguments);
      run_assert_done (run);
    }

  add_submit (self);
  polls = reshoot_fake_server_get_hits (self->server, "/poll");
  reshoot_fake_server_add_text (self->server, "/poll", 200, "{\"id\": \"job-7\", \"status\": \"Pending\"}");
  process = place_spawn (self->place, arguments, &error);
  g_assert_no_error (error);
  reshoot_test_wait_until (reshoot_fake_server_get_hits (self->server, "/poll") > polls);
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait_async (process, NULL, reshoot_test_ready_cb, &ended);
  reshoot_test_await (&ended);

  jobs = place_run (self->place, "jobs", "a.reshoot", "--json", NULL);
  run_assert_done (jobs);
  steps = run_parse_lines (jobs);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpfloat (json_object_get_double_member (get_object (steps, 0), "usual_seconds"), >, 0);
  g_assert_cmpfloat (json_object_get_double_member (get_object (steps, 0), "most_seconds"), >=,
                     json_object_get_double_member (get_object (steps, 0), "usual_seconds"));
}

/* Ended by @signal while the service works on it: paid, not lost, and not paid again. */
static void
check_resume_after (int signal)
{
  g_autoptr (Service) self = service_new ();
  const char *arguments[] = { "edit", self->sample, "-i", "warmer", "-m", MODEL, "--project", "a.reshoot", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GAsyncResult) ended = NULL;
  g_autoptr (Run) resume = NULL;
  g_autoptr (Run) again = NULL;
  g_autoptr (Run) verify = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  add_submit (self);
  reshoot_fake_server_add_text (self->server, "/poll", 200, "{\"id\": \"job-7\", \"status\": \"Pending\"}");
  process = place_spawn (self->place, arguments, &error);
  g_assert_no_error (error);
  reshoot_test_wait_until (reshoot_fake_server_get_hits (self->server, "/poll") > 0);
  g_subprocess_send_signal (process, signal);
  g_subprocess_wait_async (process, NULL, reshoot_test_ready_cb, &ended);
  reshoot_test_await (&ended);
  if (signal == SIGINT)
    g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);

  add_ready (self);
  resume = place_run (self->place, "resume", "a.reshoot", "--json", NULL);
  run_assert_done (resume);
  steps = run_parse_lines (resume);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 0), "state"), ==, "done");
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 1);
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, "/sample"), ==, 1);

  again = place_run (self->place, "resume", "a.reshoot", "--json", NULL);
  run_assert_done (again);
  g_assert_cmpstr (again->out, ==, "");
  verify = place_run (self->place, "verify", "a.reshoot", NULL);
  run_assert_done (verify);
}

static void
test_killed (void)
{
  check_resume_after (SIGKILL);
}

static void
test_interrupted (void)
{
  check_resume_after (SIGINT);
}

/* Ctrl-C while the request is on the wire: its ticket is still taken in. */
static void
test_interrupted_while_sending (void)
{
  g_autoptr (Service) self = service_new ();
  const char *arguments[] = { "edit", self->sample, "-i", "warmer", "-m", MODEL, "--project", "a.reshoot", NULL };
  g_autofree char *reply = g_strdup_printf ("{\"id\": \"job-7\", \"polling_url\": \"%s/poll\"}",
                                            reshoot_fake_server_get_uri (self->server));
  g_autoptr (GBytes) body = g_bytes_new (reply, strlen (reply));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GAsyncResult) ended = NULL;
  g_autoptr (Run) resume = NULL;

  reshoot_fake_server_add (self->server, SUBMIT, RESHOOT_FAKE_HOLD, 200, "Content-Type: application/json\r\n", body);
  reshoot_fake_server_add_text (self->server, "/poll", 200, "{\"id\": \"job-7\", \"status\": \"Pending\"}");
  process = place_spawn (self->place, arguments, &error);
  g_assert_no_error (error);
  reshoot_test_wait_until (reshoot_fake_server_get_hits (self->server, SUBMIT) > 0);
  g_subprocess_send_signal (process, SIGINT);
  reshoot_fake_server_release (self->server);
  g_subprocess_wait_async (process, NULL, reshoot_test_ready_cb, &ended);
  reshoot_test_await (&ended);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);

  add_ready (self);
  resume = place_run (self->place, "resume", "a.reshoot", "--json", NULL);
  run_assert_done (resume);
  g_assert_nonnull (strstr (resume->out, "\"done\""));
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 1);
}

/* Given up after it was sent, and asked anew: that is the person's own word, and costs again. */
static void
test_cancel_and_retry (void)
{
  g_autoptr (Service) self = service_new ();
  const char *arguments[] = { "edit", self->sample, "-i", "warmer", "-m", MODEL, "--project", "a.reshoot", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (Run) cancel = NULL;
  g_autoptr (Run) resume = NULL;
  g_autoptr (Run) retry = NULL;
  g_autoptr (GPtrArray) cancelled = NULL;
  g_autoptr (GPtrArray) retried = NULL;

  add_submit (self);
  reshoot_fake_server_add_text (self->server, "/poll", 200, "{\"id\": \"job-7\", \"status\": \"Pending\"}");
  process = place_spawn (self->place, arguments, &error);
  g_assert_no_error (error);
  reshoot_test_wait_until (reshoot_fake_server_get_hits (self->server, "/poll") > 0);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);

  cancel = place_run (self->place, "cancel", "a.reshoot", "2", "--json", NULL);
  run_assert_done (cancel);
  cancelled = run_parse_lines (cancel);
  g_assert_cmpstr (json_object_get_string_member (get_object (cancelled, 0), "state"), ==, "cancelled");
  g_assert_true (json_object_get_null_member (json_object_get_object_member (get_object (cancelled, 0), "price"),
                                              "charged"));
  resume = place_run (self->place, "resume", "a.reshoot", "--json", NULL);
  run_assert_done (resume);
  g_assert_cmpstr (resume->out, ==, "");

  add_ready (self);
  retry = place_run (self->place, "retry", "a.reshoot", "2", "--json", NULL);
  run_assert_done (retry);
  retried = run_parse_lines (retry);
  g_assert_cmpint (json_object_get_int_member (get_object (retried, 0), "id"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (get_object (retried, 0), "parent"), ==, 1);
  g_assert_cmpuint (reshoot_fake_server_get_hits (self->server, SUBMIT), ==, 2);
}

/* One model refuses, the other's result is written all the same, and the refusal is the answer. */
static void
test_one_of_two (void)
{
  g_autoptr (Service) self = service_new ();
  g_autofree char *one = place_path (self->place, "out-1.png");
  g_autofree char *two = place_path (self->place, "out-2.png");
  g_autoptr (Run) run = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  reshoot_fake_server_add_text (self->server, SUBMIT, 402, "{\"detail\": \"Insufficient credits\"}");
  run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", MODEL, "-m", "studio/local",
                   "-o", "out.png", "--project", "a.reshoot", "--json", NULL);
  run_assert_failed (run, 5);
  steps = run_parse_lines (run);
  g_assert_cmpuint (steps->len, ==, 2);
  g_assert_false (g_file_test (one, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (two, G_FILE_TEST_EXISTS));
}

/* Several models on the last instruction: the free one runs first, both results are written. */
static void
test_two_models (void)
{
  g_autoptr (Service) self = service_new ();
  g_autofree char *one = place_path (self->place, "out-1.png");
  g_autofree char *two = place_path (self->place, "out-2.png");
  g_autoptr (Run) run = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  add_submit (self);
  add_ready (self);
  run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", "studio/local", "-m", MODEL,
                   "-o", "out.png", "--project", "a.reshoot", "--json", NULL);
  run_assert_done (run);
  steps = run_parse_lines (run);
  g_assert_cmpuint (steps->len, ==, 2);
  g_assert_cmpint (json_object_get_int_member (get_object (steps, 0), "parent"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (get_object (steps, 1), "parent"), ==, 1);
  g_assert_true (g_file_test (one, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (two, G_FILE_TEST_EXISTS));
}

/* What a tool of poppler says of the PDF at @path. */
static char *
dup_said (const char *tool,
          const char *option,
          const char *path)
{
  const char *argv[] = { tool, option, path, g_str_equal (tool, "pdftotext") ? "-" : NULL, NULL };
  g_autoptr (GError) error = NULL;
  char *words = NULL;
  int status = 1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &words, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return words;
}

/* On paper stands what stands on the page. */
static void
assert_on_paper (Place *place)
{
  g_autofree char *path = place_path (place, "r.pdf");
  g_autoptr (Run) report = place_run (place, "report", "a.reshoot", "-o", "r.pdf", NULL);
  g_autofree char *pictures = NULL;
  g_autofree char *words = NULL;

  run_assert_done (report);
  pictures = dup_said ("pdfimages", "-list", path);
  g_assert_nonnull (strstr (pictures, "\n   1     1 image "));
  words = dup_said ("pdftotext", "-layout", path);
  g_assert_nonnull (strstr (words, "Models compared"));
  g_assert_nonnull (strstr (words, "bfl/flux-kontext"));
  g_assert_nonnull (strstr (words, "warmer"));
  g_assert_nonnull (strstr (words, "$0.04"));
  g_assert_nonnull (strstr (words, "Strength"));
  g_assert_nonnull (strstr (words, "Bradley and Terry"));
}

/* The numbers of the plots, and a name that is no drawing's. */
static void
assert_table (Place *place)
{
  g_autofree char *path = place_path (place, "p.csv");
  g_autofree char *drawing = place_path (place, "p.svg");
  g_autoptr (Run) stats = place_run (place, "stats", "a.reshoot", "--csv", "p.csv", "--plot", "p.svg", NULL);
  g_autoptr (Run) other = place_run (place, "stats", "a.reshoot", "--plot", "p.txt", NULL);
  g_autofree char *csv = NULL;

  run_assert_done (stats);
  run_assert_failed (other, 2);
  g_assert_true (g_file_test (drawing, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &csv, NULL, NULL));
  g_assert_nonnull (strstr (csv, "\"seconds\",\"" MODEL "\",,,,1\r\n"));
  g_assert_nonnull (strstr (csv, "\"dollars-per-accepted\",\"" MODEL "\",,,,0\r\n"));
}

/* A row of two models, on which ten people voted: the report has the price, and the place of each. */
static void
test_report (void)
{
  g_autoptr (Service) self = service_new ();
  g_autofree char *path = place_path (self->place, "r.html");
  g_autofree char *page = NULL;
  g_autoptr (Run) run = NULL;
  g_autoptr (Run) early = NULL;
  g_autoptr (Run) report = NULL;

  add_submit (self);
  add_ready (self);
  run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", "studio/local", "-m", MODEL,
                   "--project", "a.reshoot", NULL);
  run_assert_done (run);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *author = g_strdup_printf ("Guest %u", i);
      g_autoptr (Run) vote = NULL;

      if (i == 9)
        early = place_run (self->place, "report", "a.reshoot", "-o", "early.html", NULL);
      vote = place_run (self->place, "vote", "a.reshoot", "2", "2", "3", i < 7 ? "right" : "tie",
                        "--author", author, NULL);
      run_assert_done (vote);
    }

  report = place_run (self->place, "report", "a.reshoot", "-o", "r.html", NULL);
  run_assert_done (report);
  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  g_assert_nonnull (strstr (page, "<td>10</td><td>7</td><td>0</td><td>3</td><td>0</td>"));
  g_assert_nonnull (strstr (page, "<td>10</td><td>0</td><td>7</td><td>3</td><td>0</td>"));
  g_assert_nonnull (strstr (page, "<tr><td>" MODEL "</td><td>1</td>"));
  g_assert_nonnull (strstr (page, "$0.04"));
  g_assert_null (strstr (page, "not enough votes"));
  assert_on_paper (self->place);
  assert_table (self->place);

  g_clear_pointer (&path, g_free);
  g_clear_pointer (&page, g_free);
  path = place_path (self->place, "early.html");
  run_assert_done (early);
  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  g_assert_nonnull (strstr (page, "not enough votes"));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli/paid/done", test_done);
  g_test_add_func ("/cli/paid/rebase", test_rebase);
  g_test_add_func ("/cli/paid/reference", test_reference);
  g_test_add_func ("/cli/paid/reference-refused", test_reference_refused);
  g_test_add_func ("/cli/paid/raw", test_raw);
  g_test_add_func ("/cli/paid/no-desktop", test_no_desktop);
  g_test_add_func ("/cli/paid/refused", test_refused);
  g_test_add_func ("/cli/paid/errors", test_errors);
  g_test_add_func ("/cli/paid/no-key", test_no_key);
  g_test_add_func ("/cli/paid/budget", test_budget);
  g_test_add_func ("/cli/paid/row-budget", test_row_budget);
  g_test_add_func ("/cli/paid/day-budget", test_day_budget);
  g_test_add_func ("/cli/paid/expected", test_expected);
  g_test_add_func ("/cli/paid/killed", test_killed);
  g_test_add_func ("/cli/paid/interrupted", test_interrupted);
  g_test_add_func ("/cli/paid/interrupted-while-sending", test_interrupted_while_sending);
  g_test_add_func ("/cli/paid/cancel-and-retry", test_cancel_and_retry);
  g_test_add_func ("/cli/paid/one-of-two", test_one_of_two);
  g_test_add_func ("/cli/paid/two-models", test_two_models);
  g_test_add_func ("/cli/paid/report", test_report);

  return g_test_run ();
}
