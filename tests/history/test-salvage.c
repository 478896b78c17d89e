/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of a damaged project after it was saved: how much its copy tells, what it is worth to others. And of a
 * newer one that is damaged: it is nobody's to save, and is left alone. */

#include <string.h>

#include "reshoot-label-text.h"
#include "reshoot-project-copy.h"
#include "reshoot-project-join.h"
#include "stranger.h"

/* A state that no job has: enough for a project to be salvaged. */
#define DAMAGE "UPDATE job SET state = 'dancing' WHERE step = 2;"

static GFile *
get_beside (GFile      *file,
            const char *name)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  return g_file_get_child (folder, name);
}

/* Damages @file, opens it with what can be saved, and saves that. */
static GFile *
save_copy (GFile      *file,
           const char *sql)
{
  GFile *to = get_beside (file, "copy.reshoot");
  g_autoptr (GError) error = NULL;
  ReshootProject *project;

  stranger_change (file, sql);
  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  g_assert_nonnull (reshoot_project_get_damage (project));
  stranger_try_copy (project, to, NULL, &error);
  g_assert_no_error (error);
  history_close (project);
  return to;
}

static ReshootStep *
get_step (ReshootProject *project,
          gint64          id)
{
  return reshoot_history_get_step (reshoot_project_get_history (project), id);
}

/* Labels longer than anybody may write: they are cut for whoever looks, and the copy's ledger can still be read. */
static void
test_long_labels (void)
{
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) copy = NULL;
  ReshootProject *project;
  ReshootStep *step;
  guint n_tags;

  copy = save_copy (file,
                    DAMAGE
                    "UPDATE step SET title = printf ('%.*c', 1000000, 't') WHERE id = 3;"
                    "INSERT OR REPLACE INTO branch VALUES (3, printf ('%.*c', 1000000, 'b'));"
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
                    "  INSERT INTO tag SELECT 3, printf ('%04d', i) || printf ('%.*c', 20000, 'g') FROM n;"
                    "INSERT INTO verdict VALUES (3, 'Ada', 'reject', printf ('%.*c', 3000000, 'r'), '');");

  project = history_open (copy, RESHOOT_PROJECT_OPEN);
  g_assert_null (reshoot_project_get_damage (project));
  history_verify (project);
  step = get_step (project, 3);
  g_assert_cmpuint (strlen (reshoot_step_get_title (step)), <=, 2000);
  g_assert_cmpuint (strlen (reshoot_step_get_branch (step)), <=, 800);
  n_tags = g_strv_length ((char **) reshoot_step_get_tags (step));
  g_assert_cmpuint (n_tags, ==, RESHOOT_LABEL_MAX_TAGS);
  history_add_edit (project, step, 50);
  history_close (project);
  history_verify (project = history_open (copy, RESHOOT_PROJECT_READ_ONLY));
  history_close (project);

  g_assert_true (g_file_delete (copy, NULL, NULL));
  history_remove (file);
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

static void
join (ReshootProject    *project,
      GFile             *other,
      ReshootJoinCounts *counts)
{
  g_autoptr (GError) error = NULL;

  try_join (project, other, counts, &error);
  g_assert_no_error (error);
}

/* What was saved of a project goes into another one like any project does, with the ledger that it kept. The project as
 * it was before brings nothing twice then. */
static void
test_join (void)
{
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) whole = get_beside (file, "whole.reshoot");
  g_autoptr (GFile) target = reshoot_test_temp_file ("target.reshoot");
  g_autoptr (GFile) copy = NULL;
  g_autoptr (ReshootImage) picture = history_make_picture (77, 24, 16);
  ReshootProject *project = history_open (target, RESHOOT_PROJECT_CREATE);
  ReshootJoinCounts counts = { 0 };

  history_add_original (project, picture, "mine");
  g_assert_true (g_file_copy (file, whole, 0, NULL, NULL, NULL, NULL));
  copy = save_copy (file, DAMAGE);

  join (project, copy, &counts);
  g_assert_cmpuint (counts.n_steps, ==, 5);
  g_assert_cmpuint (stranger_count_steps (project), ==, 6);
  g_assert_cmpuint (stranger_look_around (project), ==, 0);
  history_verify (project);

  join (project, whole, &counts);
  g_assert_cmpuint (counts.n_steps, ==, 0);
  g_assert_cmpuint (stranger_count_steps (project), ==, 6);
  history_verify (project);
  history_close (project);

  project = history_open (target, RESHOOT_PROJECT_OPEN);
  g_assert_cmpuint (stranger_count_steps (project), ==, 6);
  history_verify (project);
  history_close (project);

  g_assert_true (g_file_delete (copy, NULL, NULL));
  g_assert_true (g_file_delete (whole, NULL, NULL));
  history_remove (target);
  history_remove (file);
}

/* Opens to be read, or says that it is newer or damaged; it is not written, and ends. Returns: whether it opens */
static gboolean
survive_newer (GFile               *file,
               ReshootProjectFlags  flags)
{
  g_autoptr (GBytes) before = stranger_read (file);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *project = stranger_try_open (file, flags, &error);

  if (project != NULL)
    {
      g_assert_true (reshoot_project_get_read_only (project));
      stranger_look_around (project);
      history_close (project);
    }
  else
    g_assert_true (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_NEWER) ||
                   g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT));

  after = stranger_read (file);
  g_assert_true (g_bytes_equal (before, after));
  return project != NULL;
}

/* A newer project, cut short at every page and with each page wiped. */
static void
test_newer (void)
{
  static const ReshootProjectFlags flags[] = { RESHOOT_PROJECT_OPEN, RESHOOT_PROJECT_READ_ONLY,
                                               RESHOOT_PROJECT_AT_ONCE };
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GBytes) good = NULL;
  const guint8 *data;
  guint n_open = 0;
  gsize page;
  gsize size;

  stranger_change (file, "PRAGMA user_version = 77; CREATE TABLE more (a); INSERT INTO more VALUES (1)");
  good = stranger_read (file);
  data = g_bytes_get_data (good, &size);
  page = (gsize) data[16] << 8 | data[17];
  for (gsize at = page; at < size; at += page)
    {
      g_autofree guint8 *wiped = g_memdup2 (data, size);
      ReshootProjectFlags flag = flags[at / page % G_N_ELEMENTS (flags)];

      memset (wiped + at, at / page % 2 == 0 ? 0 : 0x5a, page);
      stranger_write (file, wiped, size);
      n_open += survive_newer (file, flag);
      stranger_write (file, data, at);
      n_open += survive_newer (file, flag);
    }

  g_test_message ("%u of %u open", n_open, (guint) (2 * (size / page - 1)));
  g_assert_cmpuint (n_open, >, 0);
  stranger_write (file, data, size);
  g_assert_true (survive_newer (file, RESHOOT_PROJECT_OPEN));
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", TRUE);

  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/salvage/long-labels", test_long_labels);
  g_test_add_func ("/salvage/join", test_join);
  g_test_add_func ("/salvage/newer", test_newer);

  return g_test_run ();
}
