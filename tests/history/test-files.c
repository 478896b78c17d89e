/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The project as a file: what is no project, who may write, what another program, a full disk or a stranger does. */

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "history-support.h"
#include "reshoot-project-copy.h"

#define NOBODY 65534

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
get_size (GFile *file)
{
  GStatBuf info;

  return g_stat (g_file_peek_path (file), &info) == 0 ? info.st_size : -1;
}

static gboolean
has_log (GFile *file)
{
  g_autofree char *log = g_strconcat (g_file_peek_path (file), "-wal", NULL);

  return g_file_test (log, G_FILE_TEST_EXISTS);
}

static GFile *
make_project (void)
{
  GFile *file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);

  history_add_edit (project, history_add_original (project, picture, "one"), 2);
  history_close (project);
  return file;
}

static void
assert_cannot_open (GFile               *file,
                    ReshootProjectFlags  flags,
                    ReshootError         code,
                    const char          *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootProject) project = history_try_open (file, flags, &error);

  g_assert_null (project);
  g_assert_error (error, RESHOOT_ERROR, (int) code);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, reason);
  g_assert_nonnull (reshoot_error_get_subject (error));
}

static void
write_file (GFile      *file,
            const char *contents,
            gssize      length)
{
  g_assert_true (g_file_set_contents (g_file_peek_path (file), contents, length, NULL));
}

/* What is no project is called so, with any flag, and stays as it was to the byte. */
static void
test_not_a_project (void)
{
  static const char text[] = "This is a shopping list, and it is long enough to look like something.\n";
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *random = g_malloc (100000);
  g_autofree char *half = g_malloc0 (4096);
  const ReshootProjectFlags flags[] = {
    RESHOOT_PROJECT_OPEN, RESHOOT_PROJECT_CREATE, RESHOOT_PROJECT_READ_ONLY
  };

  for (guint i = 0; i < 100000; i++)
    random[i] = g_test_rand_int ();
  memcpy (half, "SQLite format 3", 16);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      const struct { const char *data; gsize size; } table[] = {
        { text, sizeof text - 1 }, { random, 100000 }, { half, 4096 }, { text, 1 },
      };

      for (guint j = 0; j < G_N_ELEMENTS (table); j++)
        {
          g_autofree char *after = NULL;
          gsize size;

          write_file (file, table[j].data, table[j].size);
          assert_cannot_open (file, flags[i], RESHOOT_ERROR_CORRUPT, "not-a-project");
          g_assert_true (g_file_get_contents (g_file_peek_path (file), &after, &size, NULL));
          g_assert_cmpmem (after, size, table[j].data, table[j].size);
          g_assert_false (has_log (file));
        }

      g_assert_true (g_file_delete (file, NULL, NULL));
      run_sql (file, "CREATE TABLE other (a); INSERT INTO other VALUES (1);");
      assert_cannot_open (file, flags[i], RESHOOT_ERROR_CORRUPT, "not-a-project");
      assert_cannot_open (folder, flags[i], RESHOOT_ERROR_INVALID_REQUEST, "directory");
    }

  history_remove (file);
}

/* A file of no bytes is no project, but a place where one can be made. */
static void
test_missing_and_empty (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/proc/no/such/folder/a.reshoot");
  g_autoptr (GFile) pipe = reshoot_test_temp_file ("pipe");
  g_autoptr (GFile) remote = g_file_new_for_uri ("http://localhost/a.reshoot");

  assert_cannot_open (file, RESHOOT_PROJECT_OPEN, RESHOOT_ERROR_INVALID_REQUEST, "missing");
  assert_cannot_open (file, RESHOOT_PROJECT_READ_ONLY, RESHOOT_ERROR_INVALID_REQUEST, "missing");
  assert_cannot_open (file, RESHOOT_PROJECT_CREATE | RESHOOT_PROJECT_READ_ONLY,
                      RESHOOT_ERROR_INVALID_REQUEST, "missing");
  g_assert_false (g_file_query_exists (file, NULL));
  assert_cannot_open (nowhere, RESHOOT_PROJECT_CREATE, RESHOOT_ERROR_INVALID_REQUEST, "missing");
  assert_cannot_open (remote, RESHOOT_PROJECT_OPEN, RESHOOT_ERROR_INVALID_REQUEST, "not-local");

  g_assert_cmpint (mkfifo (g_file_peek_path (pipe), 0600), ==, 0);
  assert_cannot_open (pipe, RESHOOT_PROJECT_OPEN, RESHOOT_ERROR_INVALID_REQUEST, "not-a-file");
  history_remove (pipe);

  write_file (file, "", 0);
  assert_cannot_open (file, RESHOOT_PROJECT_OPEN, RESHOOT_ERROR_CORRUPT, "not-a-project");
  assert_cannot_open (file, RESHOOT_PROJECT_READ_ONLY, RESHOOT_ERROR_CORRUPT, "not-a-project");
  g_assert_cmpint (get_size (file), ==, 0);
  history_close (history_open (file, RESHOOT_PROJECT_CREATE));
  history_close (history_open (file, RESHOOT_PROJECT_OPEN));
  history_remove (file);
}

/* Names with spaces, signs of an address, other scripts. */
static void
test_odd_names (void)
{
  static const char *const names[] = { "a b?c#d%20.reshoot", "schuhe-ü-靴.reshoot", "'; DROP TABLE step;" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = reshoot_test_temp_file (names[i]);

      history_close (history_open (file, RESHOOT_PROJECT_CREATE));
      g_assert_cmpint (get_size (file), >, 0);
      history_close (history_open (file, RESHOOT_PROJECT_OPEN));
      history_close (history_open (file, RESHOOT_PROJECT_READ_ONLY));
      history_remove (file);
    }
}

/* Reads everything and is refused every write, with that error. */
static void
assert_read_only (ReshootProject *project,
                  ReshootError    code)
{
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *original = reshoot_history_get_step (history, 1);
  g_autoptr (ReshootImage) picture = history_make_picture (99, 8, 8);
  g_autoptr (ReshootImage) shown = NULL;
  g_autoptr (ReshootImage) small = NULL;
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) job_error = NULL;
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_FAILED);

  g_assert_true (reshoot_project_get_read_only (project));
  shown = history_try_load (project, original, RESHOOT_PICTURE_SHOWN, NULL);
  g_assert_nonnull (shown);
  small = history_try_load (project, original, RESHOOT_PICTURE_THUMBNAIL, NULL);
  g_assert_nonnull (small);

  /* Looking around is free. */
  reshoot_history_set_head (history, original);
  g_assert_true (reshoot_history_redo (history));

  step = history_try_original (project, picture, NULL, &error);
  g_assert_null (step);
  g_assert_error (error, RESHOOT_ERROR, (int) code);
  g_assert_false (history_try_job (project, reshoot_history_get_step (history, 2), &facts,
                                   &job_error));
  g_assert_error (job_error, RESHOOT_ERROR, (int) code);
}

static void
test_read_only_flag (void)
{
  g_autoptr (GFile) file = make_project ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize size_before;
  gsize size_after;
  ReshootProject *project;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &before, &size_before, NULL));
  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  assert_read_only (project, RESHOOT_ERROR_READ_ONLY);
  history_verify (project);
  history_close (project);
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);
  history_remove (file);
}

/* Another window of this program, or another program, has it: reading works, also of what is written meanwhile. */
static void
test_second_in_process (void)
{
  g_autoptr (GFile) file = make_project ();
  ReshootProject *first = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootProject *second = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootProject *third;

  g_assert_false (reshoot_project_get_read_only (first));
  assert_read_only (second, RESHOOT_ERROR_BUSY);
  history_add_edit (first, reshoot_history_get_step (reshoot_project_get_history (first), 1), 5);
  third = history_open (file, RESHOOT_PROJECT_OPEN);
  g_assert_nonnull (reshoot_history_get_step (reshoot_project_get_history (third), 3));
  g_assert_null (reshoot_history_get_step (reshoot_project_get_history (second), 3));
  history_verify (third);

  history_close (first);
  g_assert_false (has_log (file));
  history_close (second);
  history_close (third);
  g_assert_false (has_log (file));

  first = history_open (file, RESHOOT_PROJECT_OPEN);
  g_assert_false (reshoot_project_get_read_only (first));
  history_close (first);
  history_remove (file);
}

static guint
count_posix_locks (GFile *file)
{
  g_autofree char *inode = NULL;
  g_autofree char *locks = NULL;
  g_auto (GStrv) lines = NULL;
  GStatBuf info;
  guint n = 0;

  g_assert_cmpint (g_stat (g_file_peek_path (file), &info), ==, 0);
  inode = g_strdup_printf (":%lu ", (unsigned long) info.st_ino);
  g_assert_true (g_file_get_contents ("/proc/locks", &locks, NULL, NULL));
  lines = g_strsplit (locks, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    n += strstr (lines[i], "POSIX") != NULL && strstr (lines[i], inode) != NULL;

  return n;
}

/* A second window that comes and goes must not take SQLite's own locks with it. */
static void
test_locks_stay (void)
{
  g_autoptr (GFile) file = make_project ();
  ReshootProject *first = history_open (file, RESHOOT_PROJECT_OPEN);
  guint n_locks = count_posix_locks (file);

  g_assert_cmpuint (n_locks, >, 0);
  history_close (history_open (file, RESHOOT_PROJECT_OPEN));
  g_assert_cmpuint (count_posix_locks (file), ==, n_locks);
  history_close (first);
  g_assert_cmpuint (count_posix_locks (file), ==, 0);
  history_remove (file);
}

static void
test_second_process_child (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_getenv ("RESHOOT_TEST_FILE"));
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);

  assert_read_only (project, RESHOOT_ERROR_BUSY);
  g_assert_nonnull (reshoot_history_get_step (reshoot_project_get_history (project), 3));
  history_verify (project);
  history_close (project);
}

static void
test_second_process (void)
{
  g_autoptr (GFile) file = make_project ();
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootStep *original = reshoot_history_get_step (reshoot_project_get_history (project), 1);

  history_add_edit (project, original, 5);
  g_setenv ("RESHOOT_TEST_FILE", g_file_peek_path (file), TRUE);
  g_test_trap_subprocess ("/files/second-process/subprocess/child", 0, 0);
  g_test_trap_assert_passed ();

  /* The other went, and we still write. */
  history_add_edit (project, original, 6);
  history_close (project);
  g_assert_false (has_log (file));
  history_remove (file);
}

/* As a person without rights, which root is not. */
static gboolean
drop_rights (void)
{
  if (geteuid () != 0)
    return FALSE;

  g_assert_cmpint (setegid (NOBODY), ==, 0);
  g_assert_cmpint (seteuid (NOBODY), ==, 0);
  return TRUE;
}

/* A leak checker looks into its own process at the end; a process that changed its person may not be looked into. */
static void
take_rights_back (gboolean was_root)
{
  if (was_root)
    {
      g_assert_cmpint (seteuid (0), ==, 0);
      g_assert_cmpint (setegid (0), ==, 0);
      g_assert_cmpint (prctl (PR_SET_DUMPABLE, 1), ==, 0);
    }
}

static void
test_no_rights_child (void)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) new_file = NULL;
  gboolean was_root = drop_rights ();
  ReshootProject *project;

  file = make_project ();
  folder = g_file_get_parent (file);
  new_file = g_file_get_child (folder, "new.reshoot");

  /* The file may not be written. */
  g_assert_cmpint (g_chmod (g_file_peek_path (file), 0444), ==, 0);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  assert_read_only (project, RESHOOT_ERROR_READ_ONLY);
  history_close (project);

  /* The folder may not, so that no log can stand beside the file. */
  g_assert_cmpint (g_chmod (g_file_peek_path (file), 0644), ==, 0);
  g_assert_cmpint (g_chmod (g_file_peek_path (folder), 0555), ==, 0);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  assert_read_only (project, RESHOOT_ERROR_READ_ONLY);
  history_verify (project);
  history_close (project);
  assert_cannot_open (new_file, RESHOOT_PROJECT_CREATE, RESHOOT_ERROR_READ_ONLY, "permission");

  /* The file was left in log mode, by a copy made while it was open. */
  g_assert_cmpint (g_chmod (g_file_peek_path (folder), 0755), ==, 0);
  run_sql (file, "PRAGMA journal_mode = WAL");
  g_assert_cmpint (g_chmod (g_file_peek_path (folder), 0555), ==, 0);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  assert_read_only (project, RESHOOT_ERROR_READ_ONLY);
  history_close (project);

  /* It may not even be read. */
  g_assert_cmpint (g_chmod (g_file_peek_path (folder), 0755), ==, 0);
  g_assert_cmpint (g_chmod (g_file_peek_path (file), 0), ==, 0);
  assert_cannot_open (file, RESHOOT_PROJECT_OPEN, RESHOOT_ERROR_READ_ONLY, "permission");
  history_remove (file);
  take_rights_back (was_root);
}

static void
test_no_rights (void)
{
  g_test_trap_subprocess ("/files/no-rights/subprocess/child", 0, 0);
  g_test_trap_assert_passed ();
}

/* A disk that fills up: the write says so, the project stays whole, and it can go on when there is room. */
static void
test_disk_full_child (void)
{
  g_autoptr (GFile) file = make_project ();
  g_autoptr (ReshootImage) large = history_make_picture (50, 2000, 1000);
  g_autoptr (ReshootStep) refused = NULL;
  g_autoptr (ReshootStep) stored = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit limit;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 600 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);

  refused = history_try_original (project, large, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_NO_SPACE);
  g_assert_cmpint (reshoot_error_get_exit_status (error), ==, 1);
  history_verify (project);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reshoot_project_get_history (project))),
                    ==, 2);

  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  stored = history_try_original (project, large, NULL, NULL);
  g_assert_nonnull (stored);
  g_assert_cmpint (reshoot_step_get_id (stored), ==, 3);

  /* Full when it closes: nothing is lost, the log waits for the next. */
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  history_try_close (project, NULL);
  g_object_unref (project);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reshoot_project_get_history (project))),
                    ==, 3);
  history_verify (project);
  history_close (project);
  g_assert_false (has_log (file));
  history_remove (file);
}

static void
test_disk_full (void)
{
  g_test_trap_subprocess ("/files/disk-full/subprocess/child", 0, 0);
  g_test_trap_assert_passed ();
}

/* A new project that could not be filled leaves nothing behind. */
static void
test_disk_full_new_child (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GFile) folder = g_file_get_parent (file);
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = 40000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_cannot_open (file, RESHOOT_PROJECT_CREATE, RESHOOT_ERROR_NO_SPACE, "no-space");
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

static void
test_disk_full_new (void)
{
  g_test_trap_subprocess ("/files/disk-full-new/subprocess/child", 0, 0);
  g_test_trap_assert_passed ();
}

/* The file is taken away or another put in its place while it is open: what would be lost is said to be. */
static void
test_replaced (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GFile) file = make_project ();
      g_autoptr (GFile) other = i == 1 ? make_project () : NULL;
      g_autoptr (ReshootImage) picture = history_make_picture (70, 8, 8);
      g_autoptr (ReshootStep) step = NULL;
      g_autoptr (GError) error = NULL;
      ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);

      if (other != NULL)
        g_assert_cmpint (g_rename (g_file_peek_path (other), g_file_peek_path (file)), ==, 0);
      else
        g_assert_cmpint (g_unlink (g_file_peek_path (file)), ==, 0);

      step = history_try_original (project, picture, NULL, &error);
      g_assert_null (step);
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, other != NULL ? "replaced" : "removed");
      history_try_close (project, NULL);
      g_object_unref (project);

      if (other != NULL)
        {
          project = history_open (file, RESHOOT_PROJECT_OPEN);
          history_verify (project);
          history_close (project);
          history_remove (file);
        }
    }
}

/* The file gets another name while it is open, alone or with its folder: it is followed, with its log, and what is
 * written then is there also after a crash. */
static void
test_moved (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GFile) file = make_project ();
      g_autoptr (GFile) folder = g_file_get_parent (file);
      g_autofree char *new_folder = g_strconcat (g_file_peek_path (folder), "-moved", NULL);
      g_autofree char *old_log = g_strconcat (g_file_peek_path (file), "-wal", NULL);
      g_autofree char *new_path = NULL;
      g_autofree char *new_log = NULL;
      g_autoptr (GFile) moved = NULL;
      g_autoptr (GFile) crashed = reshoot_test_temp_file ("crashed.reshoot");
      g_autofree char *crashed_log = g_strconcat (g_file_peek_path (crashed), "-wal", NULL);
      ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
      ReshootStep *original = reshoot_history_get_step (reshoot_project_get_history (project), 1);

      history_add_edit (project, original, 5);
      new_path = g_build_filename (i == 0 ? g_file_peek_path (folder) : new_folder,
                                   i == 0 ? "b.reshoot" : "a.reshoot", NULL);
      new_log = g_strconcat (new_path, "-wal", NULL);
      moved = g_file_new_for_path (new_path);
      if (i == 0)
        g_assert_cmpint (g_rename (g_file_peek_path (file), new_path), ==, 0);
      else
        g_assert_cmpint (g_rename (g_file_peek_path (folder), new_folder), ==, 0);

      history_add_edit (project, original, 6);
      g_assert_true (g_file_equal (reshoot_project_get_file (project), moved));
      g_assert_false (g_file_test (old_log, G_FILE_TEST_EXISTS));

      {
        g_autofree char *data = NULL;
        g_autofree char *log = NULL;
        gsize size;
        gsize log_size;

        g_assert_true (g_file_get_contents (new_path, &data, &size, NULL));
        g_assert_true (g_file_get_contents (new_log, &log, &log_size, NULL));
        write_file (crashed, data, (gssize) size);
        g_assert_true (g_file_set_contents (crashed_log, log, (gssize) log_size, NULL));
      }

      history_verify (project);
      history_close (project);
      g_assert_false (has_log (moved));

      for (guint j = 0; j < 2; j++)
        {
          project = history_open (j == 0 ? moved : crashed, RESHOOT_PROJECT_OPEN);
          g_assert_nonnull (reshoot_history_get_step (reshoot_project_get_history (project), 4));
          history_verify (project);
          history_close (project);
          history_remove (j == 0 ? moved : crashed);
        }
    }
}

/* As on a network mount: no log, a lock beside the file, and who comes second reads. */
static void
test_network (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autofree char *lock = g_strconcat (g_file_peek_path (file), "-lock", NULL);
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  ReshootProject *project;
  ReshootProject *second;

  project = history_open (file, RESHOOT_PROJECT_CREATE | RESHOOT_PROJECT_NETWORK);
  history_add_edit (project, history_add_original (project, picture, "one"), 2);
  g_assert_false (has_log (file));
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));

  second = history_open (file, RESHOOT_PROJECT_NETWORK);
  assert_read_only (second, RESHOOT_ERROR_BUSY);
  history_verify (second);
  history_add_edit (project, reshoot_history_get_step (reshoot_project_get_history (project), 1),
                    3);
  history_close (second);
  history_verify (project);
  history_close (project);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_assert_nonnull (reshoot_history_get_step (reshoot_project_get_history (project), 3));
  history_verify (project);
  history_close (project);
  history_remove (file);
}

/* A newer Reshoot's file is read as far as it is understood, and not written. */
static void
test_newer (void)
{
  g_autoptr (GFile) file = make_project ();
  ReshootProject *project;

  run_sql (file, "PRAGMA user_version = 1000; ALTER TABLE step ADD COLUMN colour TEXT; CREATE TABLE more (a)");
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  assert_read_only (project, RESHOOT_ERROR_NEWER);
  history_close (project);

  run_sql (file, "ALTER TABLE job RENAME COLUMN state TO phase");
  assert_cannot_open (file, RESHOOT_PROJECT_OPEN, RESHOOT_ERROR_NEWER, "newer");
  history_remove (file);
}

static const char many_steps[] =
  "PRAGMA foreign_keys = OFF;"
  "CREATE TEMP TABLE number AS WITH RECURSIVE n (i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
  "  SELECT i FROM n;"
  "INSERT INTO request (id, body) SELECT i, '{\"instruction\":\"Make the background number ' || i || ' and keep the"
  "  product as it is, with soft light from the left\",\"model\":\"bfl/flux-kontext-pro\",\"parameters\":{\"seed\":'"
  "  || i || '}}' FROM number;"
  "INSERT INTO step (id, uuid, kind, parent, original, request, created)"
  "  SELECT i, 'uuid-' || i, 'edit', i / 2 + i %% 2, 1, i, '2026-01-01T00:00:00Z' FROM number;"
  "INSERT INTO job (step, provider, model, state, estimate, charged, seconds, changed)"
  "  SELECT i, 'bfl', 'bfl/flux-kontext-pro', 'done', 40000, 'yes', 7.5, '' FROM number;"
  "INSERT INTO version (step, n, picture, a0, a1, a2, a3, a4, a5, facts, made)"
  "  SELECT i, 1, (SELECT picture FROM step WHERE id = 1), 1, 0, 0, 1, 0, 0, '{\"drift\":0.1}', '' FROM number;"
  "INSERT INTO visit SELECT i / 2 + i %% 2, max (i) FROM number WHERE i > 4 GROUP BY 1;";

/* A project of years opens. How long it takes is told, not judged. */
static void
test_many_steps (void)
{
  static const guint counts[] = { 100, 2000, 10000 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GFile) file = make_project ();
      g_autofree char *sql = g_strdup_printf (many_steps, counts[i]);
      ReshootProject *project;
      ReshootHistory *history;
      double best = INFINITY;

      run_sql (file, sql);
      for (guint round = 0; round < 3; round++)
        {
          gint64 start = g_get_monotonic_time ();

          project = history_open (file, RESHOOT_PROJECT_OPEN);
          best = MIN (best, (g_get_monotonic_time () - start) / 1000.0);
          history_close (project);
        }

      project = history_open (file, RESHOOT_PROJECT_OPEN);
      history = reshoot_project_get_history (project);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, counts[i]);
      reshoot_history_set_head (history, reshoot_history_get_step (history, counts[i]));
      g_assert_cmpuint (g_list_model_get_n_items (reshoot_history_get_path (history)), >, 6);
      g_test_message ("%u steps open in %.1f ms", counts[i], best);
      history_close (project);
      history_remove (file);
    }
}

/* Every version of the file that was ever given away still opens and verifies. */
static void
test_fixture_1 (void)
{
  g_autofree char *path = reshoot_test_data_path ("projects/v1.reshoot");
  g_autoptr (GFile) fixture = g_file_new_for_path (path);
  g_autoptr (GFile) file = reshoot_test_temp_file ("v1.reshoot");
  g_autoptr (GError) why = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = NULL;
  ReshootProject *project;
  ReshootHistory *history;
  ReshootStep *step;

  g_assert_true (g_file_copy (fixture, file, 0, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  history = reshoot_project_get_history (project);
  g_assert_false (reshoot_project_get_read_only (project));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 6);
  g_assert_cmpint (reshoot_step_get_id (reshoot_history_get_head (history)), ==, 2);

  step = reshoot_history_get_step (history, 2);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_DONE);
  g_assert_cmpint (reshoot_step_get_price (step)->settled, ==, 40000);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_YES);
  g_assert_cmpint (reshoot_step_get_rating (step), ==, 5);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_step_get_children (step)), ==, 2);
  image = history_try_load (project, step, RESHOOT_PICTURE_SHOWN, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (image), ==, 24);

  step = reshoot_history_get_step (history, 4);
  why = reshoot_step_dup_error (step);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_REFUSED);
  g_assert_cmpstr (reshoot_error_get_reason (why), ==, "moderation");
  g_assert_cmpint (reshoot_step_get_state (reshoot_history_get_step (history, 5)), ==,
                   RESHOOT_STEP_SUBMITTED);
  g_assert_cmpstr (reshoot_step_get_title (reshoot_history_get_step (history, 6)), ==, "two.tif");
  history_verify (project);
  history_close (project);
  history_remove (file);
}

static void
assert_fixture_2 (ReshootProject *project)
{
  static const int states[] = {
    RESHOOT_STEP_DONE, RESHOOT_STEP_DONE, RESHOOT_STEP_DONE, RESHOOT_STEP_REFUSED,
    RESHOOT_STEP_SUBMITTED
  };
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *step = reshoot_history_get_step (history, 2);
  ReshootStep *last = reshoot_history_get_step (history, 3);
  ReshootStep *first = reshoot_history_get_step (history, 4);
  g_autoptr (GPtrArray) row = reshoot_history_list_row (history, first);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = NULL;
  ReshootVerifyCounts counts;

  g_assert_null (reshoot_project_get_damage (project));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 9);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_history_get_bin (history)), ==, 1);
  g_assert_true (reshoot_history_get_head (history) == step);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_assert_cmpint (reshoot_step_get_state (reshoot_history_get_step (history, 2 + i)), ==,
                     states[i]);

  g_assert_cmpstr (reshoot_step_get_title (step), ==, "the good one");
  g_assert_cmpstr (reshoot_step_get_branch (step), ==, "white");
  g_assert_cmpstr (reshoot_step_get_tags (step)[1], ==, "white");
  g_assert_cmpint (reshoot_step_get_verdict (step), ==, RESHOOT_VERDICT_ACCEPT);
  g_assert_cmpint (reshoot_step_get_rating (step), ==, 5);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_step_get_notes (step)), ==, 2);
  g_assert_cmpuint (row->len, ==, 3);

  /* The last version, from its tiles. */
  image = history_try_load (project, last, RESHOOT_PICTURE_SHOWN, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (image), ==, 300);
  g_assert_true (reshoot_image_get_is_rendering (image));

  history_try_verify (project, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.n_entries, ==, 45);
  g_assert_cmpuint (counts.n_joined, ==, 7);
  g_assert_cmpuint (counts.n_pictures, ==, 13);
}

static void
test_fixture_2 (void)
{
  g_autofree char *path = reshoot_test_data_path ("projects/v2.reshoot");
  g_autoptr (GFile) fixture = g_file_new_for_path (path);
  g_autoptr (GFile) file = reshoot_test_temp_file ("v2.reshoot");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  ReshootProject *project;
  ReshootHistory *history;

  g_assert_true (g_file_copy (fixture, file, 0, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  before = g_file_load_bytes (file, NULL, NULL, NULL);
  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  assert_fixture_2 (project);
  history_close (project);
  after = g_file_load_bytes (file, NULL, NULL, NULL);
  g_assert_true (g_bytes_equal (before, after));

  /* It can be worked on. */
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_assert_false (reshoot_project_get_read_only (project));
  assert_fixture_2 (project);
  history = reshoot_project_get_history (project);
  history_add_edit (project, reshoot_history_get_step (history, 3), 5);
  history_verify (project);
  history_close (project);
  history_remove (file);
}

/* An older file where nothing can be written is read as it is, and not touched. */
static void
test_older_read_only (void)
{
  g_autofree char *path = reshoot_test_data_path ("projects/v1.reshoot");
  g_autoptr (GFile) fixture = g_file_new_for_path (path);
  g_autoptr (GFile) file = reshoot_test_temp_file ("v1.reshoot");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (ReshootImage) image = NULL;
  ReshootProject *project;
  ReshootHistory *history;

  g_assert_true (g_file_copy (fixture, file, 0, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  before = g_file_load_bytes (file, NULL, NULL, NULL);

  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  history = reshoot_project_get_history (project);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 6);
  image = history_try_load (project, reshoot_history_get_step (history, 2), RESHOOT_PICTURE_SHOWN,
                            &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (image), ==, 24);
  history_verify (project);
  history_close (project);

  after = g_file_load_bytes (file, NULL, NULL, NULL);
  g_assert_true (g_bytes_equal (before, after));
  history_remove (file);
}

/* An older file with more in it than its version has is a stranger's: it is refused before it is brought forward. */
static void
test_older_stranger (void)
{
  g_autofree char *path = reshoot_test_data_path ("projects/v1.reshoot");
  g_autoptr (GFile) fixture = g_file_new_for_path (path);
  g_autoptr (GFile) file = reshoot_test_temp_file ("v1.reshoot");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_copy (fixture, file, 0, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  run_sql (file, "CREATE TRIGGER more AFTER INSERT ON step BEGIN DELETE FROM visit; END");
  assert_cannot_open (file, RESHOOT_PROJECT_OPEN, RESHOOT_ERROR_CORRUPT, "schema");
  assert_cannot_open (file, RESHOOT_PROJECT_READ_ONLY, RESHOOT_ERROR_CORRUPT, "schema");
  run_sql (file, "DROP TRIGGER more");
  history_close (history_open (file, RESHOOT_PROJECT_OPEN));
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--make-fixture") == 0)
    {
      history_make_fixture (argv[2]);
      return 0;
    }

  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/files/not-a-project", test_not_a_project);
  g_test_add_func ("/files/missing-and-empty", test_missing_and_empty);
  g_test_add_func ("/files/odd-names", test_odd_names);
  g_test_add_func ("/files/read-only-flag", test_read_only_flag);
  g_test_add_func ("/files/second-in-process", test_second_in_process);
  g_test_add_func ("/files/locks-stay", test_locks_stay);
  g_test_add_func ("/files/second-process", test_second_process);
  g_test_add_func ("/files/no-rights", test_no_rights);
  g_test_add_func ("/files/disk-full", test_disk_full);
  g_test_add_func ("/files/disk-full-new", test_disk_full_new);
  g_test_add_func ("/files/replaced", test_replaced);
  g_test_add_func ("/files/moved", test_moved);
  g_test_add_func ("/files/network", test_network);
  g_test_add_func ("/files/newer", test_newer);
  g_test_add_func ("/files/many-steps", test_many_steps);
  g_test_add_func ("/files/fixture-1", test_fixture_1);
  g_test_add_func ("/files/fixture-2", test_fixture_2);
  g_test_add_func ("/files/older-read-only", test_older_read_only);
  g_test_add_func ("/files/older-stranger", test_older_stranger);

  /* Run by the tests above, in a process of their own. */
  g_test_add_func ("/files/second-process/subprocess/child", test_second_process_child);
  g_test_add_func ("/files/no-rights/subprocess/child", test_no_rights_child);
  g_test_add_func ("/files/disk-full/subprocess/child", test_disk_full_child);
  g_test_add_func ("/files/disk-full-new/subprocess/child", test_disk_full_new_child);

  return g_test_run ();
}
