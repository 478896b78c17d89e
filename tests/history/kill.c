/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Killed at any instant, a project keeps all it has acknowledged, and nothing is paid twice. A child process (this
 * program again) edits for real, with the studio and with a service, and says on a pipe what is stored. The parent is
 * the service, so that its log survives; it kills the child somewhere in between, opens the file, compares, and lets
 * the jobs go on.
 *
 * usage: kill [--runs N] [--seed S]; RESHOOT_KILLS says how often where --runs does not, 20 if unset. */

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "history-support.h"
#include "reshoot-fake-server.h"
#include "reshoot-session-private.h"

#define USUAL_RUNS 20

/* In milliseconds, from the first thing that was stored. */
#define LONGEST_LIFE 400

#define PAID "bfl/flux-kontext-pro"
#define FREE "studio/local"
#define SUBMIT "/v1/flux-kontext-pro"

typedef struct
{
  ReshootFakeServer *server;
  GHashTable        *submits;    /* words of the request → how often they came */
  guint              n_tasks;
  GFile             *file;
  GHashTable        *said;       /* step → ReshootStepState + 1, the furthest that was acknowledged */
  guint              n_said;
} Run;

typedef struct
{
  const char *program;
  guint       n_runs;
  guint       seed;
} Plan;

/* The child */

static void
state_changed_cb (ReshootStep *step,
                  GParamSpec  *pspec,
                  gpointer     user_data)
{
  dprintf (STDOUT_FILENO, "%d %d\n", (int) reshoot_step_get_id (step), (int) reshoot_step_get_state (step));
}

static ReshootSession *
start_session (void)
{
  g_autoptr (GError) error = NULL;
  ReshootTimes times = { 1, 4, 10000, 20000, 4 };
  ReshootSession *session = reshoot_session_new (&error);

  g_assert_no_error (error);
  reshoot_session_set_times (session, &times);
  return session;
}

static ReshootJob *
begin_edit (ReshootSession *session,
            ReshootProject *project,
            ReshootStep    *source,
            const char     *model,
            const char     *words)
{
  g_autoptr (ReshootRequest) request = reshoot_request_new (words, model, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootJob *job;

  reshoot_session_edit_async (session, project, source, request, NULL,
                              reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  job = reshoot_session_edit_finish (session, result, &error);
  g_assert_no_error (error);
  state_changed_cb (reshoot_job_get_step (job), NULL, NULL);
  g_signal_connect (reshoot_job_get_step (job), "notify::state", G_CALLBACK (state_changed_cb), NULL);
  return job;
}

static void
wait_for_job (ReshootJob *job)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_job_wait_async (job, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_job_wait_finish (job, result, NULL);
}

static int
edit_until_killed (const char *path,
                   guint       seed)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ReshootImage) original = history_make_picture (1, 120, 80);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE | RESHOOT_PROJECT_AT_ONCE);
  ReshootSession *session = start_session ();
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *step = history_add_original (project, original, "one");

  dprintf (STDOUT_FILENO, "1 %d\n", RESHOOT_STEP_DONE);
  for (guint i = 0; ; i++)
    {
      g_autofree char *words = g_strdup_printf ("warmer %u-%u", seed, i);
      g_autoptr (ReshootJob) paid = begin_edit (session, project, step, PAID, words);
      g_autoptr (ReshootJob) computed = begin_edit (session, project, step, FREE, "warm it slightly");

      wait_for_job (paid);
      wait_for_job (computed);
      step = reshoot_job_get_step (i % 3 == 0 ? computed : paid);
      if (i % 5 == 4)
        reshoot_history_undo (history);
    }

  return 0;
}

/* The service */

static GBytes *
take_text (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
submit_cb (Run    *run,
           GBytes *body)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  const char *words = json_object_get_string_member (json_node_get_object (node), "prompt");
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (run->submits, words));

  g_hash_table_insert (run->submits, g_strdup (words), GUINT_TO_POINTER (n + 1));
  run->n_tasks++;
  return take_text (g_strdup_printf ("{\"id\":\"task-%u\",\"polling_url\":\"%s/v1/get_result?id=task-%u\",\"cost\":4}",
                                     run->n_tasks, reshoot_fake_server_get_uri (run->server),
                                     run->n_tasks));
}

static GBytes *
answer_cb (const char *path,
           const char *query,
           GBytes     *body,
           gpointer    user_data)
{
  Run *run = user_data;
  g_autoptr (ReshootImage) image = NULL;

  if (g_str_equal (path, SUBMIT))
    return submit_cb (run, body);

  if (g_str_equal (path, "/v1/get_result"))
    return take_text (g_strdup_printf ("{\"id\":\"x\",\"status\":\"Ready\",\"cost\":4,"
                                       "\"result\":{\"sample\":\"%s/sample?%s\"}}",
                                       reshoot_fake_server_get_uri (run->server), query));

  g_assert_cmpstr (path, ==, "/sample");
  image = history_make_picture (1000 + g_str_hash (query) % 100000, 96, 64);
  return g_bytes_ref (reshoot_image_get_bytes (image));
}

/* The parent */

static gboolean
read_line (GDataInputStream *lines,
           Run              *run)
{
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  int id;
  int state;

  if (line == NULL)
    return FALSE;

  if (sscanf (line, "%d %d", &id, &state) == 2)
    {
      g_hash_table_insert (run->said, GINT_TO_POINTER (id), GINT_TO_POINTER (state + 1));
      run->n_said++;
    }

  return TRUE;
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  gboolean *is_up = user_data;

  *is_up = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_and_kill (Run        *run,
              const char *program,
              GRand      *random,
              gboolean    early)
{
  static const char *const homes[] = { "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME" };
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *seed = g_strdup_printf ("%u", g_rand_int_range (random, 0, 1000000));
  g_autofree char *folder = g_path_get_dirname (g_file_peek_path (run->file));
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  GPollableInputStream *pipe;
  gboolean is_up = FALSE;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    g_subprocess_launcher_setenv (launcher, homes[i], folder, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, program, "--child", g_file_peek_path (run->file), seed, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  pipe = G_POLLABLE_INPUT_STREAM (g_subprocess_get_stdout_pipe (child));

  if (!early)
    reshoot_test_wait_until (g_pollable_input_stream_is_readable (pipe));

  g_timeout_add (g_rand_int_range (random, 0, LONGEST_LIFE), time_is_up_cb, &is_up);
  reshoot_test_wait_until (is_up);
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
  while (read_line (lines, run))
    ;
}

static void
check_said (Run            *run,
            ReshootProject *project)
{
  ReshootHistory *history = reshoot_project_get_history (project);
  GHashTableIter iter;
  gpointer id;
  gpointer said;

  g_hash_table_iter_init (&iter, run->said);
  while (g_hash_table_iter_next (&iter, &id, &said))
    {
      ReshootStep *step = reshoot_history_get_step (history, GPOINTER_TO_INT (id));
      ReshootStepState state = GPOINTER_TO_INT (said) - 1;

      g_assert_nonnull (step);
      g_assert_cmpint (reshoot_step_get_state (step), >=, state);
      g_assert_cmpint (state, <=, RESHOOT_STEP_DONE);
      if (state == RESHOOT_STEP_DONE)
        g_assert_nonnull (reshoot_step_get_digest (step));
    }
}

/* What goes on does, and what may have been sent without anybody having been told of a ticket is left alone. */
static void
resume_all (Run            *run,
            ReshootProject *project)
{
  g_autoptr (ReshootSession) session = start_session ();
  GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (project));

  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (steps, i);
      ReshootStepState before = reshoot_step_get_state (step);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootJob) job = NULL;

      if (reshoot_step_state_is_final (before))
        continue;

      reshoot_session_resume_async (session, project, step, NULL, reshoot_test_ready_cb, &result);
      reshoot_test_await (&result);
      job = reshoot_session_resume_finish (session, result, &error);
      g_assert_no_error (error);
      wait_for_job (job);
      g_assert_cmpint (reshoot_step_get_state (step), ==,
                       before == RESHOOT_STEP_SENDING ? RESHOOT_STEP_UNKNOWN : RESHOOT_STEP_DONE);
    }
}

static void
check_payments (Run *run)
{
  GHashTableIter iter;
  gpointer words;
  gpointer n;

  g_hash_table_iter_init (&iter, run->submits);
  while (g_hash_table_iter_next (&iter, &words, &n))
    if (GPOINTER_TO_UINT (n) != 1)
      g_error ("sent %u times: %s", GPOINTER_TO_UINT (n), (char *) words);
}

/* No picture that nobody refers to, no bytes without a picture, no picture without bytes. */
static void
check_orphans (Run *run)
{
  static const char *const counts[] = {
    ("SELECT count (*) FROM picture WHERE digest NOT IN ("
     "  SELECT picture FROM step WHERE picture IS NOT NULL UNION SELECT picture FROM reply"
     "  UNION SELECT picture FROM version UNION SELECT picture FROM request_picture UNION SELECT base FROM tiling)"),
    "SELECT count (*) FROM picture_data WHERE digest NOT IN (SELECT digest FROM picture)",
    "SELECT count (*) FROM thumbnail WHERE digest NOT IN (SELECT digest FROM picture)",
    ("SELECT count (*) FROM picture WHERE digest NOT IN (SELECT digest FROM picture_data)"
     "  AND digest NOT IN (SELECT picture FROM tiling) AND digest NOT IN (SELECT digest FROM purged_picture)"),
    "SELECT count (*) FROM picture WHERE format = 'tiles' AND digest NOT IN (SELECT picture FROM tiling)",
    "SELECT count (*) FROM tile WHERE id NOT IN (SELECT tile FROM picture_tile)",
    "SELECT count (*) FROM picture_tile WHERE tile NOT IN (SELECT id FROM tile)",
  };
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (run->file), &database), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      sqlite3_stmt *statement;
      int result = sqlite3_prepare_v2 (database, counts[i], -1, &statement, NULL);

      g_assert_cmpint (result, ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
      if (sqlite3_column_int (statement, 0) != 0)
        g_error ("%d: %s", sqlite3_column_int (statement, 0), counts[i]);
      sqlite3_finalize (statement);
    }

  sqlite3_close (database);
}

static void
check_after (Run *run)
{
  g_autofree char *log = g_strconcat (g_file_peek_path (run->file), "-wal", NULL);
  g_autofree char *index = g_strconcat (g_file_peek_path (run->file), "-shm", NULL);
  ReshootProjectFlags flags = run->n_said > 0 ? RESHOOT_PROJECT_AT_ONCE : RESHOOT_PROJECT_CREATE;
  ReshootProject *project = history_open (run->file, flags);

  g_assert_false (reshoot_project_get_read_only (project));
  history_verify (project);
  check_said (run, project);
  check_payments (run);
  resume_all (run, project);
  check_payments (run);
  history_verify (project);
  history_close (project);
  check_orphans (run);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (index, G_FILE_TEST_EXISTS));
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      if (g_file_test (inside, G_FILE_TEST_IS_DIR))
        remove_folder (inside);
      else
        unlink (inside);
    }

  rmdir (path);
}

static void
test_kill (gconstpointer data)
{
  const Plan *plan = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (plan->seed);
  guint n_said = 0;
  guint n_tasks = 0;
  guint n_early = 0;

  for (guint i = 0; i < plan->n_runs; i++)
    {
      Run run = { 0, };
      g_autofree char *folder = NULL;

      run.server = reshoot_fake_server_new ();
      run.submits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      run.said = g_hash_table_new (NULL, NULL);
      run.file = reshoot_test_temp_file ("a.reshoot");
      folder = g_path_get_dirname (g_file_peek_path (run.file));
      reshoot_fake_server_set_answer (run.server, answer_cb, &run);
      g_setenv ("RESHOOT_BFL_URL", reshoot_fake_server_get_uri (run.server), TRUE);

      run_and_kill (&run, plan->program, random, i % 4 == 0);
      check_after (&run);
      n_said += run.n_said;
      n_tasks += run.n_tasks;
      n_early += run.n_said == 0;

      remove_folder (folder);
      g_object_unref (run.server);
      g_hash_table_unref (run.submits);
      g_hash_table_unref (run.said);
      g_object_unref (run.file);
    }

  g_test_message ("%u kills, seed %u: %u facts acknowledged and there, %u jobs sent once, %u killed before the first",
                  plan->n_runs, plan->seed, n_said, n_tasks, n_early);

  /* A test that kills too early proves nothing. */
  g_assert_cmpuint (n_early, <, plan->n_runs / 2 + 1);
}

/* Takes our own options out of the arguments, before GLib reads the others. */
static void
take_options (Plan  *plan,
              int   *argc,
              char **argv)
{
  const char *wanted = g_getenv ("RESHOOT_KILLS");
  int n = 1;

  plan->program = argv[0];
  plan->n_runs = wanted != NULL ? atoi (wanted) : USUAL_RUNS;
  plan->seed = g_random_int ();

  for (int i = 1; i < *argc; i++)
    if (strcmp (argv[i], "--runs") == 0 && i + 1 < *argc)
      plan->n_runs = atoi (argv[++i]);
    else if (strcmp (argv[i], "--seed") == 0 && i + 1 < *argc && argv[i + 1][0] != 'R')
      plan->seed = strtoul (argv[++i], NULL, 10);
    else
      argv[n++] = argv[i];

  argv[n] = NULL;
  *argc = n;
}

int
main (int    argc,
      char **argv)
{
  Plan plan;

  g_setenv ("BFL_API_KEY", "test-key", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
  if (argc == 4 && strcmp (argv[1], "--child") == 0)
    return edit_until_killed (argv[2], atoi (argv[3]));

  take_options (&plan, &argc, argv);
  reshoot_test_init (&argc, &argv);

  g_test_add_data_func ("/kill/edit", &plan, test_kill);

  return g_test_run ();
}
