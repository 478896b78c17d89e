/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Projects that are joined: all of the other one comes over, once, with its ledger, and it stays as it was. */

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "history-support.h"
#include "reshoot-project-bin.h"
#include "reshoot-project-join.h"
#include "reshoot-project-labels.h"
#include "reshoot-project-notes.h"

static void
run_sql (GFile      *file,
         const char *sql)
{
  sqlite3 *database;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  if (sqlite3_exec (database, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);

  sqlite3_close (database);
}

static gint64
get_number (GFile      *file,
            const char *sql)
{
  sqlite3 *database;
  sqlite3_stmt *row;
  gint64 number;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);
  sqlite3_close (database);
  return number;
}

static gboolean
try_join (ReshootProject     *project,
          GFile              *other,
          ReshootJoinCounts  *counts,
          GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_join_async (project, other, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_join_finish (project, result, counts, error);
}

static ReshootJoinCounts
join (ReshootProject *project,
      GFile          *other)
{
  g_autoptr (GError) error = NULL;
  ReshootJoinCounts counts = { 0 };

  try_join (project, other, &counts, &error);
  g_assert_no_error (error);
  return counts;
}

/* An original of picture @seed, an edit of it and an edit of that, paid, and a project of that name. */
static GFile *
make_project (const char *name,
              guint       seed)
{
  GFile *file = reshoot_test_temp_file (name);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  g_autoptr (ReshootImage) picture = history_make_picture (seed, 24, 16);
  ReshootStep *original = history_add_original (project, picture, name);
  ReshootStep *edit = history_add_edit (project, original, seed + 1);
  ReshootJobFacts paid = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);

  paid.quoted = paid.settled = 40000;
  paid.charged = RESHOOT_CHARGED_YES;
  paid.seconds = 8.5;
  history_update_job (project, edit, &paid);
  history_add_edit (project, edit, seed + 2);
  history_close (project);
  return file;
}

static void
rate (ReshootProject *project,
      ReshootStep    *step,
      int             rating)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_set_rating_async (project, step, rating, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_project_set_rating_finish (project, result, NULL));
}

/* Everything that can be said of a step. */
static void
label (ReshootProject *project,
       ReshootStep    *step)
{
  const char *const tags[] = { "blue", "white", NULL };
  ReshootNoteFacts facts = RESHOOT_NOTE_FACTS_INIT ("brighter, please");
  g_autoptr (GAsyncResult) titled = NULL;
  g_autoptr (GAsyncResult) named = NULL;
  g_autoptr (GAsyncResult) tagged = NULL;
  g_autoptr (GAsyncResult) judged = NULL;
  g_autoptr (GAsyncResult) noted = NULL;
  g_autoptr (ReshootNote) note = NULL;
  g_autoptr (GError) error = NULL;

  rate (project, step, 4);
  reshoot_project_set_title_async (project, step, "the good one", NULL, reshoot_test_ready_cb, &titled);
  reshoot_project_set_branch_async (project, step, "white", NULL, reshoot_test_ready_cb, &named);
  reshoot_project_set_tags_async (project, step, tags, NULL, reshoot_test_ready_cb, &tagged);
  reshoot_project_set_verdict_async (project, step, "Ada", RESHOOT_VERDICT_REJECT, "too dark", NULL,
                                     reshoot_test_ready_cb, &judged);
  reshoot_project_add_note_async (project, step, &facts, NULL, reshoot_test_ready_cb, &noted);
  reshoot_test_await (&noted);
  note = reshoot_project_add_note_finish (project, noted, &error);
  g_assert_no_error (error);
}

static void
put_in_bin (ReshootProject *project,
            ReshootStep    *step)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_bin_async (project, step, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_bin_finish (project, result, &error);
  g_assert_no_error (error);
}

static void
empty_bin (ReshootProject *project)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_bytes = 0;

  reshoot_project_empty_bin_async (project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_empty_bin_finish (project, result, &n_bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_bytes, >, 0);
}

static guint
count_steps (ReshootProject *project)
{
  return g_list_model_get_n_items (G_LIST_MODEL (reshoot_project_get_history (project)));
}

static ReshootStep *
get_step (ReshootProject *project,
          gint64          id)
{
  return reshoot_history_get_step (reshoot_project_get_history (project), id);
}

static guint
count_children (ReshootProject *project,
                gint64          id)
{
  return g_list_model_get_n_items (reshoot_step_get_children (get_step (project, id)));
}

/* Everything comes over, shows at once and after opening anew, and the other file is the same to the byte. */
static void
test_all (void)
{
  g_autoptr (GFile) file = make_project ("a.reshoot", 10);
  g_autoptr (GFile) other = make_project ("b.reshoot", 20);
  ReshootProject *project = history_open (other, RESHOOT_PROJECT_OPEN);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (ReshootImage) picture = NULL;
  ReshootVerifyCounts checked;
  ReshootJoinCounts counts;
  ReshootStep *step;

  label (project, get_step (project, 2));
  history_close (project);
  before = g_file_load_bytes (other, NULL, NULL, NULL);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  counts = join (project, other);
  g_assert_cmpuint (counts.n_steps, ==, 3);
  g_assert_cmpuint (counts.n_pictures, ==, 3);
  g_assert_cmpuint (counts.n_entries, ==, get_number (other, "SELECT count (*) FROM ledger"));

  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (count_steps (project), ==, 6);
      step = get_step (project, 5);
      g_assert_true (reshoot_step_get_parent (step) == get_step (project, 4));
      g_assert_true (reshoot_step_get_original (step) == get_step (project, 4));
      g_assert_cmpuint (count_children (project, 4), ==, 1);
      g_assert_cmpint (reshoot_step_get_rating (step), ==, 4);
      g_assert_cmpstr (reshoot_step_get_title (step), ==, "the good one");
      g_assert_cmpstr (reshoot_step_get_branch (step), ==, "white");
      g_assert_cmpstr (reshoot_step_get_tags (step)[1], ==, "white");
      g_assert_cmpuint (g_list_model_get_n_items (reshoot_step_get_notes (step)), ==, 1);
      g_assert_cmpint (reshoot_step_get_price (step)->settled, ==, 40000);
      g_assert_cmpstr (reshoot_step_get_title (get_step (project, 4)), ==, "b.reshoot");
      g_clear_object (&picture);
      picture = history_try_load (project, step, RESHOOT_PICTURE_SHOWN, NULL);
      g_assert_nonnull (picture);
      g_assert_true (history_try_verify (project, &checked, NULL));
      g_assert_cmpuint (checked.n_joined, ==, counts.n_entries);
      history_close (project);
      project = history_open (file, RESHOOT_PROJECT_OPEN);
    }

  history_close (project);
  after = g_file_load_bytes (other, NULL, NULL, NULL);
  g_assert_true (g_bytes_equal (before, after));
  history_remove (file);
  history_remove (other);
}

/* Twice is once, and so is what is the same project: nothing is written then. */
static void
test_twice_and_itself (void)
{
  g_autoptr (GFile) file = make_project ("a.reshoot", 10);
  g_autoptr (GFile) other = make_project ("b.reshoot", 20);
  g_autoptr (GFile) copy = reshoot_test_temp_file ("copy.reshoot");
  ReshootProject *project;
  ReshootJoinCounts counts;
  gint64 n_entries;

  g_assert_true (g_file_copy (file, copy, 0, NULL, NULL, NULL, NULL));
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  join (project, other);
  history_close (project);
  n_entries = get_number (file, "SELECT max (n) FROM ledger");
  g_assert_cmpint (n_entries, ==, get_number (copy, "SELECT max (n) FROM ledger") + 1);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  counts = join (project, other);
  g_assert_cmpuint (counts.n_entries + counts.n_steps + counts.n_pictures, ==, 0);
  counts = join (project, file);
  g_assert_cmpuint (counts.n_entries + counts.n_steps, ==, 0);
  counts = join (project, copy);
  g_assert_cmpuint (counts.n_entries + counts.n_steps, ==, 0);
  g_assert_cmpuint (count_steps (project), ==, 6);
  history_verify (project);
  history_close (project);
  g_assert_cmpint (get_number (file, "SELECT max (n) FROM ledger"), ==, n_entries);

  history_remove (file);
  history_remove (other);
  history_remove (copy);
}

/* The same photo in both is one original, and what the other made of it hangs below ours. */
static void
test_same_original (void)
{
  g_autoptr (GFile) file = make_project ("a.reshoot", 10);
  g_autoptr (GFile) other = make_project ("b.reshoot", 10);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootJoinCounts counts;

  rate (project, get_step (project, 1), 2);
  counts = join (project, other);
  g_assert_cmpuint (counts.n_steps, ==, 2);
  g_assert_cmpuint (counts.n_pictures, ==, 0);
  g_assert_cmpuint (count_children (project, 1), ==, 2);
  g_assert_cmpint (reshoot_step_get_rating (get_step (project, 1)), ==, 2);
  g_assert_cmpstr (reshoot_step_get_title (get_step (project, 1)), ==, "a.reshoot");
  history_verify (project);
  history_close (project);
  history_remove (file);
  history_remove (other);
}

/* Each joins the other, goes on, and joins again; a third joins one of them and so has all three ledgers. */
static void
test_chains (void)
{
  g_autoptr (GFile) a = make_project ("a.reshoot", 10);
  g_autoptr (GFile) b = make_project ("b.reshoot", 20);
  g_autoptr (GFile) c = make_project ("c.reshoot", 30);
  ReshootProject *project = history_open (a, RESHOOT_PROJECT_OPEN);
  ReshootJoinCounts counts;

  join (project, b);
  history_add_edit (project, get_step (project, 5), 40);
  rate (project, get_step (project, 5), 3);
  history_close (project);

  project = history_open (b, RESHOOT_PROJECT_OPEN);
  counts = join (project, a);
  g_assert_cmpuint (counts.n_steps, ==, 4);
  g_assert_cmpuint (count_steps (project), ==, 7);
  g_assert_cmpint (reshoot_step_get_rating (get_step (project, 2)), ==, 0);
  history_verify (project);
  history_close (project);
  g_assert_cmpint (get_number (b, "SELECT count (*) FROM joined"), ==, 1);

  project = history_open (a, RESHOOT_PROJECT_OPEN);
  counts = join (project, b);
  g_assert_cmpuint (counts.n_steps, ==, 0);
  history_verify (project);
  history_close (project);

  project = history_open (c, RESHOOT_PROJECT_OPEN);
  counts = join (project, a);
  g_assert_cmpuint (counts.n_steps, ==, 7);
  g_assert_cmpint (reshoot_step_get_rating (get_step (project, 8)), ==, 3);
  history_verify (project);
  counts = join (project, b);
  g_assert_cmpuint (counts.n_entries, ==, 0);
  history_close (project);
  g_assert_cmpint (get_number (c, "SELECT count (DISTINCT uuid) FROM step"), ==, 10);

  history_remove (a);
  history_remove (b);
  history_remove (c);
}

/* A job on its way there is in doubt here, without its ticket; when it has ended there, joining again ends it here. */
static void
test_on_its_way (void)
{
  g_autoptr (GFile) file = make_project ("a.reshoot", 10);
  g_autoptr (GFile) other = make_project ("b.reshoot", 20);
  g_autoptr (ReshootImage) picture = history_make_picture (50, 24, 16);
  g_autoptr (GError) why = NULL;
  ReshootProject *project = history_open (other, RESHOOT_PROJECT_OPEN);
  ReshootJobFacts submitted = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_SUBMITTED);
  ReshootJobFacts paid = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);
  ReshootJoinCounts counts;
  ReshootStep *step;

  submitted.ticket = "{\"id\":\"abc\"}";
  submitted.quoted = 50000;
  history_update_job (project, history_add_request (project, get_step (project, 2), "Warm it", 0.05), &submitted);
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  counts = join (project, other);
  g_assert_cmpuint (counts.n_elsewhere, ==, 1);
  step = get_step (project, 7);
  why = reshoot_step_dup_error (step);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_UNKNOWN);
  g_assert_cmpstr (reshoot_error_get_reason (why), ==, "elsewhere");
  g_assert_null (reshoot_step_get_ticket (step));
  g_assert_cmpint (reshoot_step_get_price (step)->quoted, ==, 50000);
  history_verify (project);
  history_close (project);

  project = history_open (other, RESHOOT_PROJECT_OPEN);
  step = get_step (project, 4);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_SUBMITTED);
  g_assert_cmpstr (reshoot_step_get_ticket (step), ==, "{\"id\":\"abc\"}");
  g_assert_true (history_try_reply (project, step, picture, NULL));
  g_assert_true (history_try_version (project, step, picture, NULL));
  paid.settled = 50000;
  paid.charged = RESHOOT_CHARGED_YES;
  history_update_job (project, step, &paid);
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  counts = join (project, other);
  g_assert_cmpuint (counts.n_ended, ==, 1);
  g_assert_cmpuint (counts.n_steps, ==, 0);
  step = get_step (project, 7);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_DONE);
  g_assert_cmpstr (reshoot_step_get_digest (step), ==, reshoot_image_get_digest (picture));
  g_assert_cmpint (reshoot_step_get_price (step)->settled, ==, 50000);
  history_verify (project);
  history_close (project);
  g_assert_cmpint (get_number (file, "SELECT sum (settled) FROM job"), ==, 130000);
  history_remove (file);
  history_remove (other);
}

/* What was in the bin there is in it here; a picture that was purged here comes back with the original it is. */
static void
test_bins (void)
{
  g_autoptr (GFile) file = make_project ("a.reshoot", 10);
  g_autoptr (GFile) other = make_project ("b.reshoot", 20);
  g_autoptr (GFile) same = make_project ("c.reshoot", 10);
  g_autoptr (ReshootImage) picture = NULL;
  ReshootProject *project = history_open (other, RESHOOT_PROJECT_OPEN);
  GListModel *bin;

  put_in_bin (project, get_step (project, 3));
  empty_bin (project);
  put_in_bin (project, get_step (project, 2));
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  join (project, other);
  g_assert_cmpuint (count_steps (project), ==, 4);
  bin = reshoot_history_get_bin (reshoot_project_get_history (project));
  g_assert_cmpuint (g_list_model_get_n_items (bin), ==, 1);
  history_verify (project);

  put_in_bin (project, get_step (project, 1));
  empty_bin (project);
  g_assert_cmpuint (count_steps (project), ==, 1);
  history_verify (project);
  join (project, same);
  g_assert_cmpuint (count_steps (project), ==, 4);
  picture = history_try_load (project, get_step (project, 1), RESHOOT_PICTURE_SHOWN, NULL);
  g_assert_nonnull (picture);
  history_verify (project);
  history_close (project);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_assert_cmpuint (count_steps (project), ==, 4);
  history_close (project);

  history_remove (file);
  history_remove (other);
  history_remove (same);
}

/* A file of the first version is joined as it is, and one that does not hold is not. */
static void
test_strangers (void)
{
  g_autofree char *path = reshoot_test_data_path ("projects/v1.reshoot");
  g_autoptr (GFile) old = g_file_new_for_path (path);
  g_autoptr (GFile) file = make_project ("a.reshoot", 10);
  g_autoptr (GFile) other = make_project ("b.reshoot", 20);
  g_autoptr (GFile) nothing = g_file_new_for_path ("/nowhere/c.reshoot");
  g_autoptr (GBytes) before = g_file_load_bytes (old, NULL, NULL, NULL);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) missing = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootJoinCounts counts = join (project, old);

  g_assert_cmpuint (counts.n_steps, ==, 6);
  g_assert_cmpuint (counts.n_elsewhere, ==, 1);
  history_verify (project);
  after = g_file_load_bytes (old, NULL, NULL, NULL);
  g_assert_true (g_bytes_equal (before, after));

  run_sql (other, "UPDATE job SET settled = 4");
  g_assert_false (try_join (project, other, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "other-ledger");
  g_assert_true (g_str_has_suffix (reshoot_error_get_subject (error), "b.reshoot, entry 7 (job)"));

  g_assert_false (try_join (project, nothing, NULL, &missing));
  g_assert_cmpstr (reshoot_error_get_reason (missing), ==, "missing");
  g_assert_cmpuint (count_steps (project), ==, 9);
  history_verify (project);
  history_close (project);
  history_remove (file);
  history_remove (other);
}

/* Stopped at any time there is all or nothing. */
static void
test_cancel (void)
{
  g_autoptr (GFile) file = make_project ("a.reshoot", 10);
  g_autoptr (GFile) other = make_project ("b.reshoot", 20);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  gboolean is_joined = FALSE;

  for (guint turns = 0; !is_joined; turns++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (turns == 0)
        g_cancellable_cancel (cancellable);

      reshoot_project_join_async (project, other, cancellable, reshoot_test_ready_cb, &result);
      for (guint i = 0; i < turns && result == NULL; i++)
        g_main_context_iteration (NULL, TRUE);

      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);
      is_joined = reshoot_project_join_finish (project, result, NULL, &error);
      if (!is_joined)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      g_assert_cmpuint (count_steps (project), ==, is_joined ? 6 : 3);
      history_verify (project);
    }

  history_close (project);
  history_remove (file);
  history_remove (other);
}

/* Where there is no room for it, nothing of it is there. */
static void
test_disk_full_child (void)
{
  g_autoptr (GFile) file = make_project ("a.reshoot", 10);
  g_autoptr (GFile) other = reshoot_test_temp_file ("b.reshoot");
  g_autoptr (ReshootImage) large = history_make_picture (50, 2000, 1000);
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit limit;
  ReshootProject *project = history_open (other, RESHOOT_PROJECT_CREATE);

  history_add_original (project, large, "large");
  history_close (project);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 900 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (try_join (project, other, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_NO_SPACE);
  g_assert_cmpuint (count_steps (project), ==, 3);
  history_verify (project);

  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_cmpuint (join (project, other).n_steps, ==, 1);
  history_verify (project);
  history_close (project);
  history_remove (file);
  history_remove (other);
}

static void
test_disk_full (void)
{
  g_test_trap_subprocess ("/join/disk-full/subprocess/child", 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_kill_child (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_getenv ("RESHOOT_TEST_FILE"));
  g_autoptr (GFile) other = g_file_new_for_path (g_getenv ("RESHOOT_TEST_OTHER"));
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);

  join (project, other);
  kill (getpid (), SIGKILL);
}

/* Killed at many instants of joining: all of it is there, or nothing. */
static void
test_kill (void)
{
  g_autoptr (GFile) other = make_project ("b.reshoot", 20);
  guint n_joined = 0;

  g_setenv ("RESHOOT_TEST_OTHER", g_file_peek_path (other), TRUE);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GFile) file = make_project ("a.reshoot", 10);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) child = NULL;
      ReshootProject *project;
      guint n_steps;

      g_setenv ("RESHOOT_TEST_FILE", g_file_peek_path (file), TRUE);
      child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "/proc/self/exe",
                                "-p", "/join/kill/subprocess/child", NULL);
      g_assert_no_error (error);

      /* The last ones kill themselves when they are done. */
      if (i < 15)
        {
          g_usleep (2000 * i);
          g_subprocess_force_exit (child);
        }

      g_assert_true (g_subprocess_wait (child, NULL, NULL));
      project = history_open (file, RESHOOT_PROJECT_OPEN);
      n_steps = count_steps (project);
      g_assert_true (n_steps == 3 || n_steps == 6);
      n_joined += n_steps == 6;
      history_verify (project);
      history_close (project);
      history_remove (file);
    }

  g_assert_cmpuint (n_joined, >=, 5);
  history_remove (other);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/join/all", test_all);
  g_test_add_func ("/join/twice-and-itself", test_twice_and_itself);
  g_test_add_func ("/join/same-original", test_same_original);
  g_test_add_func ("/join/chains", test_chains);
  g_test_add_func ("/join/on-its-way", test_on_its_way);
  g_test_add_func ("/join/bins", test_bins);
  g_test_add_func ("/join/strangers", test_strangers);
  g_test_add_func ("/join/cancel", test_cancel);
  g_test_add_func ("/join/disk-full", test_disk_full);
  g_test_add_func ("/join/kill", test_kill);

  /* Run by the tests above, in a process of their own. */
  g_test_add_func ("/join/disk-full/subprocess/child", test_disk_full_child);
  g_test_add_func ("/join/kill/subprocess/child", test_kill_child);

  return g_test_run ();
}
