/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The program is killed while it talks to services that cost money: at each state that a job can be in, and at random
 * instants while a tenth of all requests goes wrong. Afterwards the service has done at most one task for each edit,
 * `resume` brings every picture that can still be had, what a step says it cost is what it cost, and the project is
 * whole. RESHOOT_KILLS says how many edits are killed at random. */

#include "fake-vendors.h"
#include "reshoot-image.h"
#include "reshoot-run.h"
#include "reshoot-test.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define USUAL_KILLS 10

/* Edits at once: most of their time is waiting. */
#define SIDE_BY_SIDE 20

/* The longest that an edit is left alone before it is killed, in milliseconds: a little longer than most take. */
#define MAX_AGE 2500

/* How often an edit is begun or taken up, and killed again, before it is left in peace. */
#define MOST_KILLS 3

typedef struct
{
  const char *vendor;
  const char *model;
  const char *address;     /* the variable that names it */
  const char *key;         /* (nullable): the variable of its key */
  double      price;       /* US dollars; 0 = none is known */
} Service;

static const Service services[] = {
  { "bfl", "bfl/flux-kontext-pro", "RESHOOT_BFL_URL", "BFL_API_KEY", 0.04 },
  { "fal", "fal/flux-kontext-max", "RESHOOT_FAL_URL", "FAL_KEY", 0.08 },
  { "atlascloud", "atlascloud/flux-kontext-dev", "RESHOOT_ATLASCLOUD_URL", "ATLASCLOUD_API_KEY", 0.025 },
};

/* Where the fake service stands still, what the project says of the job then, and what becomes of it. */
typedef struct
{
  const char *name;
  FakeStage   stage;
  FakeFault   fault;
  const char *state;
  const char *end;
  int         status;      /* of `resume` */
} Moment;

static const Moment moments[] = {
  { "before-the-submit", FAKE_SUBMIT, FAKE_HANG, "sending", "unknown", 8 },
  { "after-the-submit", FAKE_SUBMIT, FAKE_HOLD, "sending", "unknown", 8 },
  { "while-polling", FAKE_POLL, FAKE_HOLD, "submitted", "done", 0 },
  { "while-downloading", FAKE_RESULT, FAKE_HOLD, "downloading", "done", 0 },
};

/* A service that takes a name of ours for the task costs nothing here, and is asked for it: there is no doubt. */
static const Service named = { "comfyui", "comfyui/kontext-dev", "RESHOOT_COMFYUI_URL", NULL, 0 };

static const Moment named_moments[] = {
  { "before-the-submit", FAKE_SUBMIT, FAKE_HANG, "sending", "expired", 6 },
  { "after-the-submit", FAKE_SUBMIT, FAKE_HOLD, "sending", "done", 0 },
  { "while-polling", FAKE_POLL, FAKE_HOLD, "submitted", "done", 0 },
  { "while-downloading", FAKE_RESULT, FAKE_HOLD, "downloading", "done", 0 },
};

static FakeCloud *
make_cloud (void)
{
  FakeCloud *cloud = fake_cloud_new ();

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    fake_vendors_add (cloud, services[i].vendor);

  fake_vendors_add (cloud, named.vendor);
  return cloud;
}

static GBytes *
make_photo (void)
{
  g_autofree char *sample = reshoot_test_sample ("mug.jpg");
  g_autofree char *photo = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootImage) small = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (sample, &photo, &length, NULL));
  bytes = g_bytes_new (photo, length);
  image = reshoot_image_new_from_bytes (bytes, sample, &error);
  g_assert_no_error (error);
  small = reshoot_image_make_thumbnail (image, 256, NULL, &error);
  g_assert_no_error (error);
  return g_bytes_ref (reshoot_image_get_bytes (small));
}

static Place *
new_place (FakeCloud     *cloud,
           const Service *service,
           GBytes        *photo)
{
  Place *place = place_new ();
  g_autofree char *path = place_path (place, "mug.png");
  gsize length;
  const char *data = g_bytes_get_data (photo, &length);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  place_set (place, service->address, fake_cloud_get_uri (cloud, service->vendor));
  if (service->key != NULL)
    place_set (place, service->key, "a-key-of-nobody");
  return place;
}

static GSubprocess *
spawn_edit (Place         *place,
            const Service *service,
            const char    *token)
{
  const char *arguments[] = { "edit", "mug.png", "-i", token, "-m", service->model, "--project", "a.reshoot",
                              NULL };
  g_autoptr (GError) error = NULL;
  GSubprocess *process = place_spawn (place, arguments, &error);

  g_assert_no_error (error);
  return process;
}

/* The edit's line of `history --json`; %NULL where the project or the step was never born. (transfer full) */
static JsonNode *
read_edit (Place *place)
{
  g_autoptr (Run) history = place_run (place, "history", "a.reshoot", "--json", NULL);
  g_autoptr (GPtrArray) steps = history->status == 0 ? run_parse_lines (history) : NULL;

  if (steps == NULL || steps->len < 2)
    return NULL;

  /* One edit was asked for, however often it was taken up. */
  g_assert_cmpuint (steps->len, ==, 2);
  return json_node_ref (g_ptr_array_index (steps, 1));
}

static const char *
get_state (JsonNode *edit)
{
  return json_object_get_string_member (json_node_get_object (edit), "state");
}

static gboolean
has_ticket (Place *place)
{
  g_autofree char *path = place_path (place, "a.reshoot");
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;
  gboolean ticket = FALSE;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  sqlite3_prepare_v2 (database, "SELECT count (ticket) FROM job", -1, &statement, NULL);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  ticket = sqlite3_column_int (statement, 0) > 0;
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return ticket;
}

static void
assert_paid (JsonNode      *edit,
             const Service *service)
{
  JsonObject *price = json_object_get_object_member (json_node_get_object (edit), "price");

  g_assert_true (json_object_get_boolean_member (price, "charged"));
  if (service->price > 0)
    g_assert_cmpfloat_with_epsilon (json_object_get_double_member (price, "estimate"), service->price, 1e-9);
}

/* At each state */

static void
kill_and_wait (GSubprocess *process)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_subprocess_wait_async (process, NULL, reshoot_test_ready_cb, &result);
  g_subprocess_send_signal (process, SIGKILL);
  reshoot_test_await (&result);
  g_assert_true (g_subprocess_wait_finish (process, result, NULL));
}

static void
kill_at (const Moment  *moment,
         const Service *service)
{
  g_autoptr (FakeCloud) cloud = make_cloud ();
  g_autoptr (GBytes) photo = make_photo ();
  g_autoptr (Place) place = new_place (cloud, service, photo);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonNode) killed = NULL;
  g_autoptr (JsonNode) resumed = NULL;
  g_autoptr (Run) resume = NULL;
  g_autoptr (Run) verify = NULL;
  gboolean is_done = g_str_equal (moment->end, "done");

  fake_cloud_set_fault (cloud, service->vendor, moment->stage, moment->fault, 1);
  process = spawn_edit (place, service, "once and no more");
  while (fake_cloud_count_held (cloud) == 0)
    g_main_context_iteration (NULL, TRUE);
  kill_and_wait (process);

  killed = read_edit (place);
  g_assert_nonnull (killed);
  g_assert_cmpstr (get_state (killed), ==, moment->state);
  fake_cloud_release (cloud);

  resume = place_run (place, "resume", "a.reshoot", NULL);
  if (resume->status != moment->status)
    g_test_message ("%s", resume->err);
  g_assert_cmpint (resume->status, ==, moment->status);

  resumed = read_edit (place);
  g_assert_cmpstr (get_state (resumed), ==, moment->end);
  g_assert_cmpuint (fake_cloud_count (cloud, service->vendor, FAKE_SUBMIT), ==, 1);
  if (is_done && service != &named)
    assert_paid (resumed, service);

  verify = place_run (place, "verify", "a.reshoot", NULL);
  run_assert_done (verify);
}

static void
test_moment (gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    kill_at (data, &services[i]);
}

static void
test_named_moment (gconstpointer data)
{
  kill_at (data, &named);
}

/* A grid of four is four steps in a row, and four files. */
static void
test_four (void)
{
  static const Service service = { "mjproxy", "mjproxy/midjourney", "RESHOOT_MJPROXY_URL", "MJ_PROXY_SECRET", 0 };
  g_autoptr (FakeCloud) cloud = fake_cloud_new ();
  g_autoptr (GBytes) photo = make_photo ();
  g_autoptr (Place) place = NULL;
  g_autoptr (Run) edit = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  fake_vendors_add (cloud, service.vendor);
  place = new_place (cloud, &service, photo);
  edit = place_run (place, "edit", "mug.png", "-i", "on marble", "-m", service.model, "--project", "a.reshoot",
                    "-o", "out.png", "--json", NULL);
  g_assert_cmpint (edit->status, ==, 0);

  steps = run_parse_lines (edit);
  g_assert_cmpuint (steps->len, ==, 4);
  for (guint i = 0; i < steps->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("out-%u.png", i + 1);
      g_autofree char *path = place_path (place, name);
      JsonObject *step = json_node_get_object (steps->pdata[i]);

      g_assert_cmpint (json_object_get_int_member (step, "take"), ==, i + 1);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

/* At random */

typedef struct
{
  FakeCloud     *cloud;
  const Service *service;
  Place         *place;
  char          *token;
  GRand         *random;
  guint          kills;
  guint         *running;    /* trials that are not over */
  guint          n_killed;
  GSubprocess   *process;
  guint          timer;
  char          *said;       /* by the last `resume`, on standard error */
} Trial;

static const char *const resume[] = { "resume", "a.reshoot", NULL };

static void trial_go_on (Trial *trial);

static gboolean
old_enough_cb (gpointer user_data)
{
  Trial *trial = user_data;

  trial->timer = 0;
  trial->n_killed++;
  g_subprocess_send_signal (trial->process, SIGKILL);
  return G_SOURCE_REMOVE;
}

static void
process_ended_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Trial *trial = user_data;

  g_assert_true (g_subprocess_communicate_finish (G_SUBPROCESS (source), result, NULL, NULL, NULL));
  g_clear_handle_id (&trial->timer, g_source_remove);
  g_clear_object (&trial->process);
  trial_go_on (trial);
}

static void
trial_go_on (Trial *trial)
{
  g_autoptr (GError) error = NULL;

  if (trial->kills == MOST_KILLS)
    {
      (*trial->running)--;
      return;
    }

  if (trial->kills++ == 0)
    trial->process = spawn_edit (trial->place, trial->service, trial->token);
  else
    trial->process = place_spawn (trial->place, resume, &error);

  g_assert_no_error (error);
  trial->timer = g_timeout_add ((guint) g_rand_int_range (trial->random, 1, MAX_AGE),
                                old_enough_cb, trial);
  g_subprocess_communicate_async (trial->process, NULL, NULL, process_ended_cb, trial);
}

static void
resumed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Trial *trial = user_data;

  g_assert_true (g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL,
                                                       &trial->said, NULL));
  g_clear_object (&trial->process);
  (*trial->running)--;
}

static void
trial_resume_in_peace (Trial *trial)
{
  g_autoptr (GError) error = NULL;

  trial->process = place_spawn (trial->place, resume, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (trial->process, NULL, NULL, resumed_cb, trial);
}

static Trial *
trial_new (FakeCloud *cloud,
           GBytes    *photo,
           guint      number,
           guint     *running)
{
  Trial *trial = g_new0 (Trial, 1);

  trial->cloud = cloud;
  trial->service = &services[number % G_N_ELEMENTS (services)];
  trial->place = new_place (cloud, trial->service, photo);
  trial->token = g_strdup_printf ("make it warmer, number %u of many", number);
  trial->random = g_rand_new_with_seed (4711 + number);
  trial->running = running;
  return trial;
}

static void
trial_free (Trial *trial)
{
  place_free (trial->place);
  g_free (trial->token);
  g_free (trial->said);
  g_rand_free (trial->random);
  g_free (trial);
}

/* After it was taken up in peace, at a service that does what it should. */
static void
assert_whole (Trial *trial)
{
  guint tasks = fake_cloud_count_jobs (trial->cloud, trial->service->vendor, trial->token);
  g_autoptr (JsonNode) edit = read_edit (trial->place);
  g_autoptr (Run) verify = NULL;
  const char *state = edit != NULL ? get_state (edit) : "not there";

  g_test_message ("%s: %u tasks, killed %u times, is %s: %s", trial->token, tasks, trial->n_killed, state,
                  trial->said);
  g_assert_cmpuint (tasks, <=, 1);
  if (edit == NULL)
    {
      g_assert_cmpuint (tasks, ==, 0);
      return;
    }

  verify = place_run (trial->place, "verify", "a.reshoot", NULL);
  run_assert_done (verify);

  /* What the service has made is here, or its reply to the submit never was. */
  if (g_str_equal (state, "done"))
    {
      g_assert_cmpuint (tasks, ==, 1);
      assert_paid (edit, trial->service);
    }
  else if (g_str_equal (state, "unknown"))
    {
      g_assert_false (has_ticket (trial->place));
    }
  else
    {
      g_autoptr (Run) jobs = place_run (trial->place, "jobs", "a.reshoot", NULL);

      g_test_message ("%s", jobs->out);
      g_assert_cmpstr (state, ==, "failed");
      g_assert_cmpuint (tasks, ==, 0);
    }
}

static void
run_trials (FakeCloud *cloud,
            GBytes    *photo,
            guint      first,
            guint      n,
            guint     *in_the_middle)
{
  g_autoptr (GPtrArray) trials = g_ptr_array_new_with_free_func ((GDestroyNotify) trial_free);
  guint running = n;

  fake_cloud_set_random (cloud, 0.1, 1 + first);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (trials, trial_new (cloud, photo, first + i, &running));
  for (guint i = 0; i < n; i++)
    trial_go_on (trials->pdata[i]);
  while (running > 0)
    g_main_context_iteration (NULL, TRUE);

  fake_cloud_set_random (cloud, 0, 0);
  fake_cloud_release (cloud);
  running = n;
  for (guint i = 0; i < n; i++)
    trial_resume_in_peace (trials->pdata[i]);
  while (running > 0)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < n; i++)
    {
      assert_whole (trials->pdata[i]);
      *in_the_middle += ((Trial *) trials->pdata[i])->n_killed > 0;
    }
}

static void
test_random (void)
{
  const char *wanted = g_getenv ("RESHOOT_KILLS");
  guint n = 2 * (guint) (wanted != NULL ? atoi (wanted) : USUAL_KILLS);
  g_autoptr (FakeCloud) cloud = make_cloud ();
  g_autoptr (GBytes) photo = make_photo ();
  guint in_the_middle = 0;

  for (guint first = 0; first < n; first += SIDE_BY_SIDE)
    run_trials (cloud, photo, first, MIN (SIDE_BY_SIDE, n - first), &in_the_middle);

  /* A test that kills too late proves nothing. */
  g_assert_cmpuint (in_the_middle, >=, n / 3);
  g_assert_cmpuint (fake_cloud_count_leaks (cloud), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *name = g_strconcat ("/cli/network/killed/", moments[i].name, NULL);

      g_test_add_data_func (name, &moments[i], test_moment);
    }

  for (guint i = 0; i < G_N_ELEMENTS (named_moments); i++)
    {
      g_autofree char *name = g_strconcat ("/cli/network/killed/named/", named_moments[i].name, NULL);

      g_test_add_data_func (name, &named_moments[i], test_named_moment);
    }

  g_test_add_func ("/cli/network/killed/at-random", test_random);
  g_test_add_func ("/cli/network/four", test_four);

  return g_test_run ();
}
