/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The bin: what goes there with what, where the head goes, how it comes back, and what is gone when it is emptied. */

#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "history-support.h"
#include "reshoot-project-bin.h"

/* The tree of every case:
 *
 *   1 ── 2 ── 3 ── 4
 *        └─── 5
 *   6 ── 7 (on its way)
 */
typedef struct
{
  GFile          *file;
  ReshootProject *project;
  ReshootHistory *history;
  ReshootStep    *steps[8];
} Fixture;

static void
count_cb (guint *count)
{
  *count += 1;
}

static void
find_steps (Fixture *fixture)
{
  fixture->history = reshoot_project_get_history (fixture->project);
  for (int i = 1; i <= 7; i++)
    fixture->steps[i] = reshoot_history_get_step (fixture->history, i);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (ReshootImage) one = history_make_picture (1, 16, 16);
  g_autoptr (ReshootImage) six = history_make_picture (6, 16, 16);
  ReshootStep *second;
  ReshootProject *project;

  fixture->file = reshoot_test_temp_file ("a.reshoot");
  fixture->project = project = history_open (fixture->file, RESHOOT_PROJECT_CREATE);
  second = history_add_edit (project, history_add_original (project, one, "one"), 2);
  history_add_edit (project, history_add_edit (project, second, 3), 4);
  history_add_edit (project, second, 5);
  history_add_request (project, history_add_original (project, six, "six"), "seven", NAN);
  find_steps (fixture);
  reshoot_history_set_head (fixture->history, fixture->steps[4]);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  history_verify (fixture->project);
  history_close (fixture->project);
  history_remove (fixture->file);
  g_object_unref (fixture->file);
}

static void
reopen (Fixture *fixture)
{
  history_close (fixture->project);
  fixture->project = history_open (fixture->file, RESHOOT_PROJECT_OPEN);
  find_steps (fixture);
}

static GError *
try_bin (Fixture *fixture,
         int      step)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  reshoot_project_bin_async (fixture->project, fixture->steps[step], NULL, reshoot_test_ready_cb,
                             &result);
  reshoot_test_await (&result);
  reshoot_project_bin_finish (fixture->project, result, &error);
  return error;
}

static GError *
try_restore (Fixture *fixture,
             int      step)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  reshoot_project_restore_async (fixture->project, fixture->steps[step], NULL,
                                 reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_restore_finish (fixture->project, result, &error);
  return error;
}

static guint64
measure (Fixture *fixture,
         guint   *n_steps)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_bytes = 0;

  reshoot_project_measure_bin_async (fixture->project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_measure_bin_finish (fixture->project, result, n_steps, &n_bytes, &error);
  g_assert_no_error (error);
  return n_bytes;
}

static guint64
empty (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_bytes = 0;

  reshoot_project_empty_bin_async (fixture->project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_empty_bin_finish (fixture->project, result, &n_bytes, &error);
  g_assert_no_error (error);
  return n_bytes;
}

/* The numbers of a list's steps, as "1 2 3". */
static void
assert_list (gpointer    list,
             const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (list, i);

      g_string_append_printf (text, i > 0 ? " %d" : "%d", (int) reshoot_step_get_id (step));
    }

  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_lists (Fixture    *fixture,
              const char *all,
              const char *bin,
              const char *path)
{
  assert_list (fixture->history, all);
  assert_list (reshoot_history_get_bin (fixture->history), bin);
  assert_list (reshoot_history_get_path (fixture->history), path);
}

static void
assert_head (Fixture *fixture,
             int      step)
{
  ReshootStep *head = reshoot_history_get_head (fixture->history);

  g_assert_cmpint (head != NULL ? reshoot_step_get_id (head) : 0, ==, step);
}

static void
assert_refused (GError     *error,
                const char *reason,
                const char *subject)
{
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, reason);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, subject);
  g_error_free (error);
}

static void
test_branch (Fixture       *fixture,
             gconstpointer  data)
{
  gboolean in_bin;

  assert_lists (fixture, "1 2 3 4 5 6 7", "", "1 2 3 4");
  g_assert_no_error (try_bin (fixture, 3));
  assert_lists (fixture, "1 2 5 6 7", "3", "1 2 5");
  assert_head (fixture, 2);
  assert_list (reshoot_step_get_children (fixture->steps[2]), "5");
  g_object_get (fixture->steps[4], "in-bin", &in_bin, NULL);
  g_assert_true (in_bin);
  assert_refused (try_bin (fixture, 3), "in-bin", "3");
  assert_refused (try_bin (fixture, 4), "in-bin", "4");
  assert_refused (try_restore (fixture, 4), "below-bin", "3");
  assert_refused (try_restore (fixture, 2), "not-in-bin", "2");

  /* One cannot work from there, and redo does not lead there. */
  reshoot_history_set_head (fixture->history, fixture->steps[4]);
  assert_head (fixture, 2);

  reopen (fixture);
  assert_lists (fixture, "1 2 5 6 7", "3", "1 2 5");
  assert_head (fixture, 2);
  g_assert_true (reshoot_step_get_in_bin (fixture->steps[4]));
  g_assert_no_error (try_restore (fixture, 3));
  assert_lists (fixture, "1 2 3 4 5 6 7", "", "1 2 3 4");
  assert_head (fixture, 4);
  assert_list (reshoot_step_get_children (fixture->steps[2]), "3 5");
  assert_list (reshoot_step_get_children (fixture->steps[3]), "4");
}

/* Whoever went elsewhere meanwhile stays there. */
static void
test_head_moved (Fixture       *fixture,
                 gconstpointer  data)
{
  g_assert_no_error (try_bin (fixture, 3));
  reshoot_history_set_head (fixture->history, fixture->steps[5]);
  g_assert_no_error (try_restore (fixture, 3));
  assert_head (fixture, 5);

  /* And who was not there does not go there. */
  reshoot_history_set_head (fixture->history, fixture->steps[2]);
  g_assert_no_error (try_bin (fixture, 3));
  g_assert_no_error (try_restore (fixture, 3));
  assert_head (fixture, 2);
}

static void
test_nested (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_no_error (try_bin (fixture, 4));
  g_assert_no_error (try_bin (fixture, 5));
  assert_lists (fixture, "1 2 3 6 7", "4 5", "1 2 3");
  g_assert_no_error (try_bin (fixture, 2));
  assert_lists (fixture, "1 6 7", "2", "1");
  assert_head (fixture, 1);
  assert_refused (try_restore (fixture, 4), "below-bin", "2");
  reopen (fixture);
  assert_lists (fixture, "1 6 7", "2", "1");
  g_assert_no_error (try_restore (fixture, 2));
  assert_lists (fixture, "1 2 3 6 7", "4 5", "1 2 3");
  assert_head (fixture, 3);
  reopen (fixture);
  assert_lists (fixture, "1 2 3 6 7", "4 5", "1 2 3");
  g_assert_no_error (try_restore (fixture, 5));
  g_assert_no_error (try_restore (fixture, 4));
  assert_lists (fixture, "1 2 3 4 5 6 7", "", "1 2 3 4");
}

static void
test_originals (Fixture       *fixture,
                gconstpointer  data)
{
  g_assert_no_error (try_bin (fixture, 1));
  assert_lists (fixture, "6 7", "1", "6 7");
  assert_head (fixture, 6);
  g_assert_no_error (try_bin (fixture, 6));
  assert_lists (fixture, "", "1 6", "");
  assert_head (fixture, 0);
  g_assert_false (reshoot_history_undo (fixture->history));
  g_assert_false (reshoot_history_redo (fixture->history));
  reopen (fixture);
  assert_lists (fixture, "", "1 6", "");
  assert_head (fixture, 0);
  g_assert_no_error (try_restore (fixture, 6));
  assert_head (fixture, 6);
  g_assert_no_error (try_restore (fixture, 1));
  assert_head (fixture, 4);
  assert_lists (fixture, "1 2 3 4 5 6 7", "", "1 2 3 4");
}

/* Bringing the same picture in again takes it out of the bin, also after that was emptied. */
static void
test_bring_again (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (ReshootImage) one = history_make_picture (1, 16, 16);
  g_autoptr (ReshootImage) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_no_error (try_bin (fixture, 1));
  g_assert_true (history_add_original (fixture->project, one, "again") == fixture->steps[1]);
  assert_lists (fixture, "1 2 3 4 5 6 7", "", "1 2 3 4");
  assert_head (fixture, 1);
  g_assert_cmpstr (reshoot_step_get_title (fixture->steps[1]), ==, "one");

  g_assert_no_error (try_bin (fixture, 1));
  g_assert_cmpuint (empty (fixture), >, 0);
  history_verify (fixture->project);
  g_assert_null (history_try_load (fixture->project, fixture->steps[1], RESHOOT_PICTURE_SHOWN,
                                   &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "purged");
  g_clear_error (&error);

  g_assert_true (history_add_original (fixture->project, one, "again") == fixture->steps[1]);
  assert_lists (fixture, "1 6 7", "", "1");
  g_assert_false (reshoot_step_get_is_purged (fixture->steps[1]));
  g_assert_true (reshoot_step_get_is_purged (fixture->steps[2]));
  loaded = history_try_load (fixture->project, fixture->steps[1], RESHOOT_PICTURE_SHOWN, &error);
  g_assert_no_error (error);
  reopen (fixture);
  assert_lists (fixture, "1 6 7", "", "1");
  g_assert_true (reshoot_step_get_is_purged (fixture->steps[2]));
}

static gint64
get_size (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL,
                                                  NULL);

  return g_file_info_get_size (info);
}

/* A big picture of its own, below @source. */
static ReshootStep *
add_big (Fixture     *fixture,
         ReshootStep *source,
         guint        seed)
{
  g_autoptr (ReshootImage) picture = history_make_picture (seed, 1000, 1000);
  g_autoptr (GError) error = NULL;
  ReshootStep *step = history_add_request (fixture->project, source, "big", NAN);

  history_try_reply (fixture->project, step, picture, &error);
  g_assert_no_error (error);
  history_try_version (fixture->project, step, picture, &error);
  g_assert_no_error (error);
  return step;
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (ReshootImage) big = history_make_picture (90, 1000, 1000);
  g_autoptr (ReshootImage) small = NULL;
  g_autoptr (ReshootImage) shared = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step = add_big (fixture, fixture->steps[5], 90);
  gint64 id = reshoot_step_get_id (step);
  guint64 n_thumbnail;
  guint64 n_bytes;
  gint64 size;
  guint n_steps;

  small = history_try_load (fixture->project, step, RESHOOT_PICTURE_THUMBNAIL, &error);
  g_assert_no_error (error);
  n_thumbnail = g_bytes_get_size (reshoot_image_get_bytes (small));
  g_assert_cmpuint (measure (fixture, &n_steps), ==, 0);
  g_assert_cmpuint (n_steps, ==, 0);

  g_assert_no_error (try_bin (fixture, 5));
  n_bytes = measure (fixture, &n_steps);
  g_assert_cmpuint (n_steps, ==, 2);
  g_assert_cmpuint (n_bytes, >, g_bytes_get_size (reshoot_image_get_bytes (big)) + n_thumbnail);
  g_assert_cmpuint (n_bytes, <,
                    g_bytes_get_size (reshoot_image_get_bytes (big)) + n_thumbnail + 2000);
  reopen (fixture);
  size = get_size (fixture->file);
  g_assert_cmpuint (empty (fixture), ==, n_bytes);
  g_assert_cmpuint (empty (fixture), ==, 0);
  reshoot_test_wait_until (get_size (fixture->file) < size - 900 * 1000);
  history_verify (fixture->project);

  /* The words and the money remain. */
  assert_lists (fixture, "1 2 3 4 6 7", "", "1 2 3 4");
  g_assert_true (reshoot_step_get_is_purged (fixture->steps[5]));
  assert_refused (try_restore (fixture, 5), "purged", "5");
  reopen (fixture);
  assert_lists (fixture, "1 2 3 4 6 7", "", "1 2 3 4");
  step = reshoot_history_get_step (fixture->history, id);
  g_assert_true (reshoot_step_get_is_purged (step));
  g_assert_cmpstr (reshoot_request_get_instruction (reshoot_step_get_request (step)), ==, "big");

  /* What another step shows stays, and what went comes again with a reply. */
  step = add_big (fixture, fixture->steps[4], 90);
  shared = history_try_load (fixture->project, step, RESHOOT_PICTURE_SHOWN, &error);
  g_assert_no_error (error);
  add_big (fixture, fixture->steps[6], 90);
  fixture->steps[5] = step;
  g_assert_no_error (try_bin (fixture, 5));
  g_assert_cmpuint (measure (fixture, &n_steps), ==, 0);
  g_assert_cmpuint (n_steps, ==, 1);
}

/* A job on its way keeps what it went to the bin with, and its result is stored there. */
static void
test_live_job (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (ReshootImage) reply = history_make_picture (77, 16, 16);
  g_autoptr (ReshootImage) loaded = NULL;
  g_autoptr (GError) error = NULL;
  ReshootJobFacts unknown = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_UNKNOWN);
  ReshootJobFacts failed = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_FAILED);
  ReshootStep *late;
  guint n_steps;

  g_assert_no_error (try_bin (fixture, 6));
  g_assert_no_error (try_bin (fixture, 4));
  measure (fixture, &n_steps);
  g_assert_cmpuint (n_steps, ==, 1);
  empty (fixture);
  assert_lists (fixture, "1 2 3 5", "6", "1 2 3");

  history_try_reply (fixture->project, fixture->steps[7], reply, &error);
  g_assert_no_error (error);
  measure (fixture, &n_steps);
  g_assert_cmpuint (n_steps, ==, 0);
  history_try_version (fixture->project, fixture->steps[7], reply, &error);
  g_assert_no_error (error);
  assert_lists (fixture, "1 2 3 5", "6", "1 2 3");
  assert_head (fixture, 3);
  reopen (fixture);
  loaded = history_try_load (fixture->project, fixture->steps[7], RESHOOT_PICTURE_REPLY, &error);
  g_assert_no_error (error);

  /* What is asked of a step that went to the bin meanwhile is there with it. */
  late = history_add_request (fixture->project, fixture->steps[7], "late", NAN);
  assert_lists (fixture, "1 2 3 5", "6", "1 2 3");
  g_assert_true (reshoot_step_get_in_bin (late));
  history_update_job (fixture->project, late, &unknown);
  measure (fixture, &n_steps);
  g_assert_cmpuint (n_steps, ==, 0);
  history_update_job (fixture->project, late, &failed);
  measure (fixture, &n_steps);
  g_assert_cmpuint (n_steps, ==, 3);
}

static void
run_sql (GFile      *file,
         const char *sql)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static int
ask_sql (GFile      *file,
         const char *sql)
{
  sqlite3 *database;
  sqlite3_stmt *row;
  int number;

  g_assert_cmpint (sqlite3_open_v2 (g_file_peek_path (file), &database, SQLITE_OPEN_READONLY, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  number = sqlite3_column_int (row, 0);
  sqlite3_finalize (row);
  sqlite3_close (database);
  return number;
}

/* Old files cannot be cut short page by page: they are written anew, and can be after. */
static void
test_old_file (Fixture       *fixture,
               gconstpointer  data)
{
  gint64 size;

  add_big (fixture, fixture->steps[5], 90);
  history_close (fixture->project);
  run_sql (fixture->file, "PRAGMA auto_vacuum = NONE; VACUUM");
  g_assert_cmpint (ask_sql (fixture->file, "PRAGMA auto_vacuum"), ==, 0);
  fixture->project = history_open (fixture->file, RESHOOT_PROJECT_OPEN);
  find_steps (fixture);
  size = get_size (fixture->file);
  g_assert_no_error (try_bin (fixture, 5));
  empty (fixture);
  /* Whoever still reads the file lets it shrink later. */
  reshoot_test_wait_until (get_size (fixture->file) < size - 900 * 1000);
  reopen (fixture);
  g_assert_cmpint (ask_sql (fixture->file, "PRAGMA auto_vacuum"), ==, 2);
}

/* A tile goes when no picture has it any more, a base when no picture lies over it. Step 3 shows tiles over the picture
 * of 2, and step 5 others; one tile they share. */
static void
test_tiles (Fixture       *fixture,
            gconstpointer  data)
{
  static const char script[] =
    "INSERT INTO picture VALUES (printf ('%064d', 3), 'tiles', 24, 16, 3000),"
    " (printf ('%064d', 5), 'tiles', 24, 16, 5000);"
    "INSERT INTO tiling SELECT 1, printf ('%064d', 3), picture FROM reply WHERE step = 2;"
    "INSERT INTO tiling SELECT 2, printf ('%064d', 5), picture FROM reply WHERE step = 2;"
    "INSERT INTO tile VALUES (1, printf ('%064d', 11), zeroblob (1000)), (2, printf ('%064d', 12), zeroblob (2000)),"
    " (3, printf ('%064d', 13), zeroblob (3000));"
    "INSERT INTO picture_tile VALUES (1, 0, 0, 1), (1, 0, 8, 2), (2, 0, 0, 1), (2, 0, 8, 3);"
    "INSERT INTO version (step, n, picture, made) VALUES (4, 2, printf ('%064d', 3), 'now'),"
    " (5, 2, printf ('%064d', 5), 'now');";
  guint64 n_before;
  guint64 n_bytes;

  g_assert_no_error (try_bin (fixture, 5));
  n_before = measure (fixture, NULL);
  g_assert_no_error (try_restore (fixture, 5));
  history_close (fixture->project);
  run_sql (fixture->file, script);
  fixture->project = history_open (fixture->file, RESHOOT_PROJECT_OPEN);
  find_steps (fixture);

  /* What 5 alone needs is one tile more. */
  g_assert_no_error (try_bin (fixture, 5));
  n_bytes = measure (fixture, NULL);
  g_assert_cmpuint (n_bytes, ==, n_before + 3000);
  g_assert_cmpuint (empty (fixture), ==, n_bytes);
  g_assert_cmpint (ask_sql (fixture->file, "SELECT count (*) FROM tile"), ==, 2);
  g_assert_cmpint (ask_sql (fixture->file, "SELECT count (*) FROM picture_tile"), ==, 2);

  /* The base stays for 4 although 2 itself would be gone, and goes when nothing lies over it. */
  g_assert_no_error (try_bin (fixture, 2));
  n_bytes = measure (fixture, NULL);
  g_assert_cmpuint (n_bytes, ==, 3 * n_before + 3000);
  g_assert_cmpuint (empty (fixture), ==, n_bytes);
  g_assert_cmpint (ask_sql (fixture->file, "SELECT count (*) FROM tile"), ==, 0);
  g_assert_cmpint (ask_sql (fixture->file, "SELECT count (*) FROM picture_data"), ==, 2);

  history_close (fixture->project);
  history_remove (fixture->file);
  g_object_unref (fixture->file);
  set_up (fixture, NULL);
}

/* Each is told once, and only of what changed. */
static void
test_notifications (Fixture       *fixture,
                    gconstpointer  data)
{
  guint n_items = 0;
  guint n_in_bin = 0;

  reshoot_history_set_head (fixture->history, fixture->steps[1]);
  g_signal_connect_swapped (fixture->history, "items-changed", G_CALLBACK (count_cb), &n_items);
  g_signal_connect_swapped (fixture->steps[5], "notify::in-bin", G_CALLBACK (count_cb), &n_in_bin);

  /* 2 3 4 5 are neighbours, 3 4 too. */
  g_assert_no_error (try_bin (fixture, 2));
  g_assert_cmpuint (n_items, ==, 1);
  g_assert_cmpuint (n_in_bin, ==, 1);
  g_assert_no_error (try_restore (fixture, 2));
  g_assert_cmpuint (n_items, ==, 2);
  g_assert_cmpuint (n_in_bin, ==, 2);
  g_assert_no_error (try_bin (fixture, 4));
  g_assert_cmpuint (n_items, ==, 3);
  g_assert_cmpuint (n_in_bin, ==, 2);

  /* 2 3 and 5 are neighbours now. */
  g_assert_no_error (try_bin (fixture, 2));
  g_assert_cmpuint (n_items, ==, 4);
  assert_list (fixture->history, "1 6 7");
}

/* Asked all at once, each is still one fact after the other. */
static void
test_at_once (Fixture       *fixture,
              gconstpointer  data)
{
  GAsyncResult *results[4] = { NULL, };
  ReshootProject *project = fixture->project;

  reshoot_project_bin_async (project, fixture->steps[2], NULL, reshoot_test_ready_cb, &results[0]);
  reshoot_project_bin_async (project, fixture->steps[3], NULL, reshoot_test_ready_cb, &results[1]);
  reshoot_project_bin_async (project, fixture->steps[3], NULL, reshoot_test_ready_cb, &results[2]);
  reshoot_test_await (&results[2]);
  g_assert_true (reshoot_project_bin_finish (project, results[0], NULL));
  g_assert_true (reshoot_project_bin_finish (project, results[1], NULL));
  g_assert_false (reshoot_project_bin_finish (project, results[2], NULL));
  assert_lists (fixture, "1 6 7", "2", "1");

  reshoot_project_restore_async (project, fixture->steps[2], NULL, reshoot_test_ready_cb,
                                 &results[3]);
  reshoot_test_await (&results[3]);
  g_assert_true (reshoot_project_restore_finish (project, results[3], NULL));
  assert_lists (fixture, "1 2 5 6 7", "3", "1 2 5");
  reopen (fixture);
  assert_lists (fixture, "1 2 5 6 7", "3", "1 2 5");

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  GAsyncResult *results[4] = { NULL, };
  ReshootProject *project = fixture->project;
  GError *errors[4] = { NULL, };

  g_assert_no_error (try_bin (fixture, 5));
  g_cancellable_cancel (cancelled);
  reshoot_project_bin_async (project, fixture->steps[3], cancelled, reshoot_test_ready_cb,
                             &results[0]);
  reshoot_project_restore_async (project, fixture->steps[5], cancelled, reshoot_test_ready_cb,
                                 &results[1]);
  reshoot_project_measure_bin_async (project, cancelled, reshoot_test_ready_cb, &results[2]);
  reshoot_project_empty_bin_async (project, cancelled, reshoot_test_ready_cb, &results[3]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    reshoot_test_await (&results[i]);

  g_assert_false (reshoot_project_bin_finish (project, results[0], &errors[0]));
  g_assert_false (reshoot_project_restore_finish (project, results[1], &errors[1]));
  g_assert_false (reshoot_project_measure_bin_finish (project, results[2], NULL, NULL, &errors[2]));
  g_assert_false (reshoot_project_empty_bin_finish (project, results[3], NULL, &errors[3]));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_assert_error (errors[i], G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_error_free (errors[i]);
      g_object_unref (results[i]);
    }

  reopen (fixture);
  assert_lists (fixture, "1 2 3 4 6 7", "5", "1 2 3 4");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

#define ADD(name, function) g_test_add ("/bin/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("branch", test_branch);
  ADD ("head-moved", test_head_moved);
  ADD ("nested", test_nested);
  ADD ("originals", test_originals);
  ADD ("bring-again", test_bring_again);
  ADD ("empty", test_empty);
  ADD ("live-job", test_live_job);
  ADD ("old-file", test_old_file);
  ADD ("tiles", test_tiles);
  ADD ("notifications", test_notifications);
  ADD ("at-once", test_at_once);
  ADD ("cancel", test_cancel);

  return g_test_run ();
}
