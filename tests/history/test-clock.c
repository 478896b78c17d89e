/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A clock that is set back between one write and the next: times are told, and decide nothing. Steps, versions, undo
 * and redo, labels and ledger keep the order in which they came, and the project verifies. */

#include <sqlite3.h>

#include "history-support.h"

/* Unix time of this program: tests set it. It stands before GLib's own, so that the rooms ask it. */
static gint64 clock_now = 2000000000;

#define YEAR (365 * 24 * 3600)

GDateTime *
g_date_time_new_now_utc (void)
{
  return g_date_time_new_from_unix_utc (clock_now);
}

typedef struct
{
  GFile          *file;
  ReshootProject *project;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->file = reshoot_test_temp_file ("clock.reshoot");
  self->project = history_open (self->file, RESHOOT_PROJECT_CREATE);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  history_close (self->project);
  history_remove (self->file);
  g_clear_object (&self->file);
}

/* What is shown: the steps in their order with their parents, the head, and the way to it. */
static char *
dup_shown (ReshootProject *project)
{
  ReshootHistory *history = reshoot_project_get_history (project);
  GListModel *path = reshoot_history_get_path (history);
  GString *shown = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (history), i);
      ReshootStep *parent = reshoot_step_get_parent (step);

      g_string_append_printf (shown, "%d<%d %s %s; ", (int) reshoot_step_get_id (step),
                              parent != NULL ? (int) reshoot_step_get_id (parent) : 0,
                              reshoot_step_get_digest (step), reshoot_step_get_branch (step));
    }

  for (guint i = 0; i < g_list_model_get_n_items (path); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (path, i);

      g_string_append_printf (shown, "/%d", (int) reshoot_step_get_id (step));
    }

  return g_string_free (shown, FALSE);
}

static void
set_branch (ReshootProject *project,
            ReshootStep    *step,
            const char     *name)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_set_branch_async (project, step, name, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_project_set_branch_finish (project, result, NULL));
}

static gint64
get_number (GFile      *file,
            const char *sql)
{
  sqlite3 *database;
  sqlite3_stmt *statement;
  gint64 number;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return number;
}

/* Each write is a year before the one that it follows. */
static void
test_set_back (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (ReshootImage) picture = history_make_picture (1, 300, 200);
  g_autoptr (ReshootImage) again = history_make_picture (9, 300, 200);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  ReshootStep *original = history_add_original (self->project, picture, "one");
  ReshootStep *first, *second, *third;
  ReshootHistory *history;

  clock_now -= YEAR;
  first = history_add_edit (self->project, original, 2);
  clock_now -= YEAR;
  second = history_add_edit (self->project, first, 3);
  clock_now -= YEAR;
  third = history_add_edit (self->project, first, 4);
  clock_now -= YEAR;
  set_branch (self->project, third, "new");
  clock_now -= YEAR;
  set_branch (self->project, third, "newer");
  clock_now -= YEAR;
  g_assert_true (history_try_version (self->project, second, again, NULL));
  history_verify (self->project);
  before = dup_shown (self->project);
  history_close (self->project);

  /* It was so: every entry but the first few is older than the one before. */
  g_assert_cmpint (get_number (self->file, "SELECT count (*) FROM ledger AS a JOIN ledger AS b"
                               " ON b.n = a.n + 1 AND b.time < a.time"), >=, 6);
  g_assert_cmpint (get_number (self->file, "SELECT max (n) = count (*) FROM ledger"), ==, 1);

  clock_now -= YEAR;
  self->project = history_open (self->file, RESHOOT_PROJECT_OPEN);
  after = dup_shown (self->project);
  g_assert_cmpstr (after, ==, before);
  g_assert_nonnull (strstr (after, " newer;"));
  history_verify (self->project);

  /* Redo goes where undo came from, whatever is younger. */
  history = reshoot_project_get_history (self->project);
  reshoot_history_set_head (history, reshoot_history_get_step (history, 3));
  g_assert_true (reshoot_history_undo (history));
  g_assert_true (reshoot_history_redo (history));
  g_assert_cmpint (reshoot_step_get_id (reshoot_history_get_head (history)), ==, 3);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add ("/clock/set-back", Fixture, NULL, set_up, test_set_back, tear_down);

  return g_test_run ();
}
