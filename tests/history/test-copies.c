/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Save a Copy where something is in its way: it is cancelled, the disk is full, somebody writes the project or the
 * place, the file is gone from its folder or made by a newer Reshoot. There is a whole copy or none, and never
 * anything else. */

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "fault-vfs.h"
#include "reshoot-project-copy.h"
#include "stranger.h"

/* More writes than a copy makes. */
#define MAX_WRITES 2000

/* What makes a copy last, in bytes, and a write in the middle of it. */
#define BULK "33554432"
#define MIDDLE 700

static GFile *
get_beside (GFile      *file,
            const char *name)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  return g_file_get_child (folder, name);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names in the folder of @file. */
static char *
list_folder (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GDir) names = g_dir_open (g_file_peek_path (folder), 0, NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (names)) != NULL)
    g_ptr_array_add (list, g_strdup (name));

  g_ptr_array_sort (list, compare_names);
  g_ptr_array_add (list, NULL);
  return g_strjoinv (" ", (char **) list->pdata);
}

/* The files of a test and their folder, in which nothing else lies. */
static void
remove_all (GFile *file)
{
  static const char *const ours[] = { "a.reshoot", "copy.reshoot", NULL };
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *list = list_folder (file);
  g_auto (GStrv) names = g_strsplit (list, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GFile) one = get_beside (file, names[i]);

      g_assert_true (g_strv_contains (ours, names[i]));
      g_assert_true (g_file_delete (one, NULL, NULL));
    }

  g_assert_true (g_file_delete (folder, NULL, NULL));
}

static void
assert_copy (GFile *to,
             guint  n_steps)
{
  ReshootProject *copy = history_open (to, RESHOOT_PROJECT_OPEN);

  g_assert_null (reshoot_project_get_damage (copy));
  g_assert_cmpuint (stranger_count_steps (copy), >=, n_steps);
  stranger_look_around (copy);
  history_verify (copy);
  history_close (copy);
}

static ReshootStep *
get_first (ReshootProject *project)
{
  return reshoot_history_get_step (reshoot_project_get_history (project), 1);
}

static void
make_damaged (GFile *file)
{
  stranger_change (file, "UPDATE job SET state = 'dancing' WHERE step = 2");
}

/* Returns: whether there is no copy; it may be there before it is cancelled */
static gboolean
try_cancel (ReshootProject *project,
            GFile          *to,
            gboolean        is_late)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!is_late)
    g_cancellable_cancel (cancellable);
  reshoot_project_save_copy_async (project, to, cancellable, reshoot_test_ready_cb, &result);
  if (is_late)
    g_cancellable_cancel (cancellable);
  g_assert_null (result);
  reshoot_test_await (&result);
  if (reshoot_project_save_copy_finish (project, result, &error))
    return FALSE;

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return TRUE;
}

/* Cancelled before and right after it begins; what lay in the place is as it was. */
static void
test_cancel (gconstpointer data)
{
  gboolean is_damaged = GPOINTER_TO_INT (data);
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) to = get_beside (file, "copy.reshoot");
  g_autofree char *names = NULL;
  ReshootProject *project;
  guint n_cancelled = 0;

  if (is_damaged)
    make_damaged (file);
  stranger_write (to, "mine", 4);
  names = list_folder (file);
  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *names_now = NULL;
      g_autoptr (GBytes) left = NULL;
      gboolean cancelled;

      stranger_write (to, "mine", 4);
      cancelled = try_cancel (project, to, i > 0);
      g_assert_true (cancelled || i > 0);
      n_cancelled += cancelled;
      names_now = list_folder (file);
      g_assert_cmpstr (names_now, ==, names);
      left = stranger_read (to);
      g_assert_cmpint (g_bytes_get_size (left) == 4, ==, cancelled);
    }

  g_test_message ("%u of 20 cancelled", n_cancelled);
  g_assert_cmpuint (n_cancelled, >, 1);
  stranger_check_copy (project, file);
  history_close (project);
  remove_all (file);
}

typedef struct
{
  FaultVfs *vfs;
  gboolean  is_damaged;
} Disk;

/* The disk fills up at each of the writes of a copy. */
static void
test_no_space (gconstpointer data)
{
  const Disk *disk = data;
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) to = get_beside (file, "copy.reshoot");
  g_autofree char *names = NULL;
  ReshootProject *project;
  guint n_failures = 0;
  gboolean copied = FALSE;

  if (disk->is_damaged)
    make_damaged (file);
  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  names = list_folder (file);
  for (guint nth = 1; !copied && nth < MAX_WRITES; nth++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *names_now = NULL;

      fault_vfs_fail (disk->vfs, FAULT_WRITE, nth, ENOSPC);
      copied = stranger_try_copy (project, to, NULL, &error);
      fault_vfs_heal (disk->vfs);
      if (copied)
        break;

      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_NO_SPACE);
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, g_file_peek_path (to));
      names_now = list_folder (file);
      g_assert_cmpstr (names_now, ==, names);
      n_failures++;
    }

  g_test_message ("%u writes failed", n_failures);
  g_assert_true (copied);
  g_assert_cmpuint (n_failures, >, 5);
  assert_copy (to, 5);
  history_close (project);
  remove_all (file);
}

/* A copy of a project that is written meanwhile is of one moment. */
static void
test_written (void)
{
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) to = get_beside (file, "copy.reshoot");
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootStep *original = get_first (project);

  for (guint i = 0; i < 10; i++)
    {
      guint n_steps = stranger_count_steps (project);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      reshoot_project_save_copy_async (project, to, NULL, reshoot_test_ready_cb, &result);
      history_add_edit (project, original, 10 + i);
      history_add_edit (project, original, 30 + i);
      if (result == NULL)
        reshoot_test_await (&result);
      g_assert_true (reshoot_project_save_copy_finish (project, result, &error));
      g_assert_no_error (error);
      assert_copy (to, n_steps);
    }

  history_close (project);
  remove_all (file);
}

/* A program of its own that has a project open until it is told to end. */
static int
hold (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);

  if (reshoot_project_get_read_only (project))
    return 1;

  history_add_edit (project, get_first (project), 77);
  puts ("open");
  fflush (stdout);
  getchar ();
  history_close (project);
  return 0;
}

static GSubprocess *
spawn_holder (const char *program,
              GFile      *file)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *child;
  char line[5] = "";

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--hold",
                            g_file_peek_path (file), NULL);
  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (child), line, 5, NULL, NULL, &error);
  g_assert_cmpmem (line, 5, "open\n", 5);
  return child;
}

static void
end_holder (GSubprocess *child)
{
  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (child), NULL, NULL));
  g_assert_true (g_subprocess_wait_check (child, NULL, NULL));
  g_object_unref (child);
}

/* What another program writes is copied as it is now, and nothing is copied onto it. */
static void
test_other_program (gconstpointer program)
{
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) to = get_beside (file, "copy.reshoot");
  G_GNUC_UNUSED g_autoptr (GFile) third = get_beside (file, "third.reshoot");
  GSubprocess *child = spawn_holder (program, file);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_project_get_read_only (project));
  stranger_try_copy (project, to, NULL, &error);
  g_assert_no_error (error);
  assert_copy (to, 6);
  history_close (project);

  project = history_open (to, RESHOOT_PROJECT_READ_ONLY);
  g_assert_false (stranger_try_copy (project, file, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "copy-onto-open");
  g_clear_error (&error);
  end_holder (child);

  /* Nobody has it any more. */
  stranger_try_copy (project, file, NULL, &error);
  g_assert_no_error (error);
  assert_copy (file, 6);
  history_close (project);
  remove_all (file);
}

/* Nothing is copied onto a project that is open, with a log beside it or without; what is not open gives way. */
static void
test_onto_open (gconstpointer data)
{
  FaultVfs *vfs = (FaultVfs *) data;
  g_autoptr (GFile) file = stranger_make_good ();

  for (int no_log = 0; no_log < 2; no_log++)
    {
      g_autoptr (GFile) to = get_beside (file, "other.reshoot");
      g_autoptr (ReshootImage) picture = history_make_picture (9, 8, 8);
      g_autofree char *log = g_strconcat (g_file_peek_path (to), "-wal", NULL);
      ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
      ReshootProject *other;
      g_autoptr (GError) error = NULL;

      fault_vfs_forbid_log (vfs, no_log);
      other = history_open (to, RESHOOT_PROJECT_CREATE);
      fault_vfs_forbid_log (vfs, FALSE);
      g_assert_cmpint (g_file_test (log, G_FILE_TEST_EXISTS), ==, !no_log);
      g_assert_false (stranger_try_copy (project, to, NULL, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, "copy-onto-open");
      g_clear_error (&error);

      /* Its lock is still held, and it goes on. */
      history_add_edit (other, history_add_original (other, picture, "9"), 4);
      history_verify (other);
      history_close (other);

      stranger_try_copy (project, to, NULL, &error);
      g_assert_no_error (error);
      assert_copy (to, 5);
      history_close (project);
      g_assert_true (g_file_delete (to, NULL, NULL));
    }

  remove_all (file);
}

/* The file was removed under us: this is what the copy is for. */
static void
test_removed (gconstpointer data)
{
  ReshootProjectFlags flags = GPOINTER_TO_INT (data);
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) to = get_beside (file, "copy.reshoot");
  ReshootProject *project = history_open (file, flags);
  g_autoptr (GError) error = NULL;

  if (flags == RESHOOT_PROJECT_OPEN)
    history_add_edit (project, get_first (project), 50);
  g_assert_true (g_file_delete (file, NULL, NULL));
  stranger_try_copy (project, to, NULL, &error);
  g_assert_no_error (error);
  assert_copy (to, flags == RESHOOT_PROJECT_OPEN ? 6 : 5);
  history_try_close (project, NULL);
  remove_all (to);
}

static const char dump_more[] =
  "SELECT name || sql FROM sqlite_schema WHERE sql IS NOT NULL"
  " UNION ALL SELECT a || typeof (a) || quote (b) FROM more UNION ALL SELECT id || more || hex (bulk) FROM step"
  " UNION ALL SELECT user_version FROM pragma_user_version UNION ALL SELECT application_id FROM pragma_application_id";

/* What a newer Reshoot has put into a project goes along, whatever it is. */
static void
test_newer (void)
{
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) to = get_beside (file, "copy.reshoot");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *project;
  sqlite3 *database;

  stranger_change (file,
                   "PRAGMA user_version = 77; CREATE TABLE more (a, b BLOB); CREATE INDEX more_b ON more (b);"
                   "INSERT INTO more VALUES (1, x'00ff'), (2.5, NULL), ('drei', randomblob (100000));"
                   "ALTER TABLE step ADD COLUMN more TEXT NOT NULL DEFAULT 'x';"
                   "ALTER TABLE step ADD COLUMN bulk BLOB; UPDATE step SET more = 'y' || id, bulk = randomblob (50)");
  database = stranger_open_sql (file);
  before = stranger_dup_text (database, dump_more);
  sqlite3_close (database);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_assert_true (reshoot_project_get_read_only (project));
  stranger_try_copy (project, to, NULL, &error);
  g_assert_no_error (error);
  history_close (project);

  database = stranger_open_sql (to);
  after = stranger_dup_text (database, dump_more);
  sqlite3_close (database);
  g_assert_cmpstr (after, ==, before);
  g_assert_nonnull (strstr (before, "dreitext"));
  remove_all (file);
}

/* Another file lies where ours was: what is copied is ours. */
static void
test_replaced (gconstpointer data)
{
  ReshootProjectFlags flags = GPOINTER_TO_INT (data);
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) other = stranger_make_good ();
  g_autoptr (GFile) folder = g_file_get_parent (other);
  g_autoptr (GFile) to = get_beside (file, "copy.reshoot");
  ReshootProject *project = history_open (file, flags);
  g_autofree char *uuid = g_strdup (reshoot_project_get_uuid (project));
  g_autofree char *log = g_strconcat (g_file_peek_path (file), "-wal", NULL);
  g_autofree char *index = g_strconcat (g_file_peek_path (file), "-shm", NULL);
  struct stat info;
  g_autoptr (GError) error = NULL;
  ReshootProject *copy;

  g_assert_cmpint (g_rename (g_file_peek_path (other), g_file_peek_path (file)), ==, 0);
  stranger_try_copy (project, to, NULL, &error);
  g_assert_no_error (error);
  assert_copy (to, 5);
  copy = history_open (to, RESHOOT_PROJECT_READ_ONLY);
  g_assert_cmpstr (reshoot_project_get_uuid (copy), ==, uuid);
  history_close (copy);
  history_try_close (project, NULL);
  g_assert_true (g_file_delete (folder, NULL, NULL));

  /* Whose the log is now nobody can say: it stays, and is empty. */
  g_assert_true (g_stat (log, &info) != 0 || info.st_size == 0);
  g_unlink (log);
  g_unlink (index);
  remove_all (to);
}

/* The head is stored behind: a copy that is asked for just after it moved has it where the person looks. */
static void
test_head (void)
{
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) to = get_beside (file, "copy.reshoot");
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootHistory *history = reshoot_project_get_history (project);
  g_autoptr (GError) error = NULL;
  ReshootProject *copy;
  ReshootStep *head;

  for (gint64 id = 1; id <= 2; id++)
    for (guint i = 0; i < 3; i++)
      reshoot_history_set_head (history, reshoot_history_get_step (history, i == 1 ? 5 : id));

  stranger_try_copy (project, to, NULL, &error);
  g_assert_no_error (error);
  copy = history_open (to, RESHOOT_PROJECT_READ_ONLY);
  head = reshoot_history_get_head (reshoot_project_get_history (copy));
  g_assert_cmpint (reshoot_step_get_id (head), ==, 2);
  history_close (copy);
  history_close (project);
  remove_all (file);
}

typedef struct
{
  double last;
  guint  n;         /* that were new */
  guint  n_inside;  /* between the ends */
} Progress;

static void
copied_changed_cb (ReshootProject *project,
                   GParamSpec     *spec,
                   gpointer        user_data)
{
  Progress *progress = user_data;
  double copied;

  g_object_get (project, "copied", &copied, NULL);
  if (!isnan (copied))
    {
      g_assert_cmpfloat (copied, >=, progress->last);
      g_assert_cmpfloat (copied, <=, 1);
      progress->n_inside += copied > 0 && copied < 1;
    }
  else
    g_assert_cmpuint (progress->n, >, 0);

  progress->last = copied;
  progress->n++;
}

/* A copy that takes its time, here as long as we want, says how far it is, and can be stopped in the middle. */
static void
test_progress (gconstpointer data)
{
  FaultVfs *vfs = (FaultVfs *) data;
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) to = get_beside (file, "copy.reshoot");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;
  g_autofree char *names_now = NULL;
  Progress progress = { 0 };
  ReshootProject *project;

  stranger_change (file, "PRAGMA user_version = 77; CREATE TABLE more (a); INSERT INTO more VALUES (zeroblob ("
                         BULK "))");
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  names = list_folder (file);
  g_signal_connect (project, "notify::copied", G_CALLBACK (copied_changed_cb), &progress);
  fault_vfs_hold (vfs, MIDDLE);
  reshoot_project_save_copy_async (project, to, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_wait_until (progress.n_inside > 0);
  g_assert_null (result);
  fault_vfs_hold (vfs, 0);
  reshoot_test_await (&result);
  reshoot_project_save_copy_finish (project, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_test_message ("%u times", progress.n);
  g_assert_true (isnan (progress.last));
  g_assert_cmpuint (progress.n_inside, >, 0);
  g_assert_true (g_file_delete (to, NULL, NULL));

  progress = (Progress) { 0 };
  fault_vfs_hold (vfs, MIDDLE);
  reshoot_project_save_copy_async (project, to, cancellable, reshoot_test_ready_cb, &result);
  reshoot_test_wait_until (progress.n_inside > 0);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  fault_vfs_hold (vfs, 0);
  reshoot_test_await (&result);
  g_assert_false (reshoot_project_save_copy_finish (project, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (isnan (progress.last));
  names_now = list_folder (file);
  g_assert_cmpstr (names_now, ==, names);
  history_close (project);
  remove_all (file);
}

int
main (int    argc,
      char **argv)
{
  Disk disks[2] = { { NULL, FALSE }, { NULL, TRUE } };
  FaultVfs *vfs;

  if (argc == 3 && strcmp (argv[1], "--hold") == 0)
    return hold (argv[2]);

  /* In memory where there is such a place, for a disk would only slow us down. */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", TRUE);

  reshoot_test_init (&argc, &argv);
  vfs = disks[0].vfs = disks[1].vfs = fault_vfs_install ();

  g_test_add_data_func ("/copies/cancel", GINT_TO_POINTER (FALSE), test_cancel);
  g_test_add_data_func ("/copies/cancel-salvaged", GINT_TO_POINTER (TRUE), test_cancel);
  g_test_add_data_func ("/copies/no-space", &disks[0], test_no_space);
  g_test_add_data_func ("/copies/no-space-salvaged", &disks[1], test_no_space);
  g_test_add_func ("/copies/written", test_written);
  g_test_add_data_func ("/copies/other-program", argv[0], test_other_program);
  g_test_add_data_func ("/copies/onto-open", vfs, test_onto_open);
  g_test_add_data_func ("/copies/removed", GINT_TO_POINTER (RESHOOT_PROJECT_OPEN), test_removed);
  g_test_add_data_func ("/copies/removed-read-only", GINT_TO_POINTER (RESHOOT_PROJECT_READ_ONLY), test_removed);
  g_test_add_data_func ("/copies/replaced", GINT_TO_POINTER (RESHOOT_PROJECT_OPEN), test_replaced);
  g_test_add_data_func ("/copies/replaced-read-only", GINT_TO_POINTER (RESHOOT_PROJECT_READ_ONLY), test_replaced);
  g_test_add_func ("/copies/head", test_head);
  g_test_add_func ("/copies/newer", test_newer);
  g_test_add_data_func ("/copies/progress", vfs, test_progress);

  return g_test_run ();
}
