/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of strangers' files share: a good project to make a bad one of, and what must hold of each that
 * opens. */

#include "stranger.h"

#include "reshoot-project-copy.h"

sqlite3 *
stranger_open_sql (GFile *file)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  return database;
}

void
stranger_execute (sqlite3    *database,
                  const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (database, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

static int
collect_text_cb (void  *user_data,
                 int    n_columns,
                 char **values,
                 char **names)
{
  GString *text = user_data;

  for (int i = 0; i < n_columns; i++)
    g_string_append_printf (text, "%s;", values[i]);

  return 0;
}

char *
stranger_dup_text (sqlite3    *database,
                   const char *sql)
{
  GString *text = g_string_new (NULL);
  char *message = NULL;

  if (sqlite3_exec (database, sql, collect_text_cb, text, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);

  return g_string_free (text, FALSE);
}

/* Does @sql as if there were no constraints and no triggers; what it does to the schema itself stays. */
void
stranger_change (GFile      *file,
                 const char *sql)
{
  sqlite3 *database = stranger_open_sql (file);
  g_autofree char *drop = NULL;
  g_autofree char *make = NULL;

  drop = stranger_dup_text (database, "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'");
  make = stranger_dup_text (database, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
  stranger_execute (database, drop);
  stranger_execute (database, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
  stranger_execute (database, sql);
  stranger_execute (database, make);
  sqlite3_close (database);
}

GBytes *
stranger_read (GFile *file)
{
  GBytes *bytes = g_file_load_bytes (file, NULL, NULL, NULL);

  g_assert_nonnull (bytes);
  return bytes;
}

void
stranger_write (GFile      *file,
                const void *data,
                gsize       size)
{
  g_assert_true (g_file_set_contents (g_file_peek_path (file), data, (gssize) size, NULL));
}

/* Two originals; below the first two edits in a row and a third beside them; tags, notes and the like. */
GFile *
stranger_make_good (void)
{
  GFile *file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) one = history_make_picture (1, 24, 16);
  g_autoptr (ReshootImage) two = history_make_picture (2, 24, 16);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, one, "one");
  ReshootStep *edit = history_add_edit (project, original, 3);

  history_add_edit (project, edit, 4);
  history_add_edit (project, original, 5);
  history_add_original (project, two, "two");
  history_close (project);
  return file;
}

ReshootProject *
stranger_try_open (GFile               *file,
                   ReshootProjectFlags  flags,
                   GError             **error)
{
  ReshootProject *project = history_try_open (file, flags, error);

  if (project == NULL)
    {
      g_assert_true (error == NULL || reshoot_error_get_reason (*error) != NULL);
      g_assert_true (error == NULL || reshoot_error_get_subject (*error) != NULL);
    }

  return project;
}

gboolean
stranger_try_copy (ReshootProject  *project,
                   GFile           *to,
                   GCancellable    *cancellable,
                   GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_save_copy_async (project, to, cancellable, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_save_copy_finish (project, result, error);
}

/* Everything there is to look at; what cannot be read says so. Returns: how many pictures could not */
guint
stranger_look_around (ReshootProject *project)
{
  GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (project));
  guint n_unread = 0;

  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (steps, i);
      const char *title = reshoot_step_get_title (step);

      g_assert_true (title == NULL || g_utf8_validate (title, -1, NULL));
      g_assert_nonnull (reshoot_step_get_original (step));
      for (int kind = RESHOOT_PICTURE_SHOWN; kind <= RESHOOT_PICTURE_THUMBNAIL; kind++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (ReshootImage) image = history_try_load (project, step, kind, &error);

          g_assert_true ((image == NULL) == (error != NULL));
          n_unread += kind == RESHOOT_PICTURE_SHOWN && image == NULL;
        }
    }

  return n_unread;
}

guint
stranger_count_steps (ReshootProject *project)
{
  return g_list_model_get_n_items (G_LIST_MODEL (reshoot_project_get_history (project)));
}

/* The copy is one sound file that can be written, with the steps that were shown, and nothing lies beside it. */
void
stranger_check_copy (ReshootProject *project,
                     GFile          *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) to = g_file_get_child (folder, "copy.reshoot");
  g_autoptr (GError) error = NULL;
  g_autofree char *uuid = g_strdup (reshoot_project_get_uuid (project));
  guint n_steps = stranger_count_steps (project);
  gboolean was_damaged = reshoot_project_get_damage (project) != NULL;
  ReshootProject *copy;

  stranger_try_copy (project, to, NULL, &error);
  g_assert_no_error (error);
  copy = history_open (to, RESHOOT_PROJECT_OPEN);
  g_assert_null (reshoot_project_get_damage (copy));
  g_assert_cmpuint (stranger_count_steps (copy), ==, n_steps);
  stranger_look_around (copy);
  if (was_damaged)
    {
      history_verify (copy);
      g_assert_cmpstr (reshoot_project_get_uuid (copy), !=, uuid);
      g_assert_false (reshoot_project_get_read_only (copy));
    }

  history_close (copy);
  g_assert_true (g_file_delete (to, NULL, NULL));
}
