/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A project as plain files, and the project again: the same in every row and every byte. And archives that somebody
 * changed, by accident or on purpose: nothing is made of them, nothing is read that is not theirs, nothing is left. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "reshoot-archive.h"
#include "reshoot-database.h"
#include "stranger.h"

typedef struct
{
  GFile *folder;    /* of the test, with all that is in it */
  GFile *project;
  GFile *archive;
  GFile *again;     /* the project that is made of the archive */
} Place;

static Place *
place_new (const char *fixture)
{
  g_autofree char *data = g_strconcat ("projects/", fixture, NULL);
  g_autofree char *path = reshoot_test_data_path (data);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  Place *place = g_new0 (Place, 1);

  place->project = reshoot_test_temp_file ("a.reshoot");
  place->folder = g_file_get_parent (place->project);
  place->archive = g_file_get_child (place->folder, "archive");
  place->again = g_file_get_child (place->folder, "again.reshoot");
  g_assert_true (g_file_copy (from, place->project,
                              G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL,
                              NULL, NULL));
  return place;
}

static void
place_free (Place *place)
{
  reshoot_test_remove_tree (place->folder);
  g_object_unref (place->folder);
  g_object_unref (place->project);
  g_object_unref (place->archive);
  g_object_unref (place->again);
  g_free (place);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Place, place_free)

static gboolean
try_save (Place         *place,
          GCancellable  *cancellable,
          GError       **error)
{
  ReshootProject *project = history_open (place->project, RESHOOT_PROJECT_READ_ONLY);
  g_autoptr (GAsyncResult) result = NULL;
  gboolean saved;

  reshoot_project_save_archive_async (project, place->archive, cancellable, reshoot_test_ready_cb,
                                      &result);
  reshoot_test_await (&result);
  saved = reshoot_project_save_archive_finish (project, result, error);
  history_close (project);
  return saved;
}

static void
save (Place *place)
{
  g_autoptr (GError) error = NULL;

  try_save (place, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
try_read (Place         *place,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_archive_read_async (place->archive, place->again, cancellable, reshoot_test_ready_cb,
                              &result);
  reshoot_test_await (&result);
  return reshoot_archive_read_finish (result, error);
}

/* One value of one row. */
static char *
dup_value (sqlite3    *database,
           const char *sql)
{
  char *text = stranger_dup_text (database, sql);

  if (g_str_has_suffix (text, ";"))
    text[strlen (text) - 1] = '\0';

  return text;
}

/* Every row of every table but the thumbnails, in one text. */
static char *
dup_all (GFile *file)
{
  sqlite3 *database = stranger_open_sql (file);
  g_autofree char *tables = NULL;
  g_auto (GStrv) names = NULL;
  GString *all = g_string_new (NULL);

  tables = dup_value (database, "SELECT group_concat (name, ' ') FROM (SELECT name FROM sqlite_schema"
                              " WHERE type = 'table' AND name <> 'thumbnail' ORDER BY name)");
  names = g_strsplit (tables, " ", -1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT group_concat ('quote (\"' || name || '\")', ' || '','' || ')"
                                              " FROM pragma_table_info ('%s')", names[i]);
      g_autofree char *columns = dup_value (database, sql);
      g_autofree char *rows_sql = g_strdup_printf ("SELECT group_concat (line, char (10)) FROM (SELECT %s AS line"
                                                   " FROM %s ORDER BY line)", columns, names[i]);
      g_autofree char *rows = dup_value (database, rows_sql);

      g_string_append_printf (all, "%s\n%s\n", names[i], rows);
    }

  sqlite3_close (database);
  return g_string_free (all, FALSE);
}

static void
assert_no_file (GFile *file)
{
  g_assert_false (g_file_query_exists (file, NULL));
}

/* Nothing but what the test put there: no draft either. */
static void
assert_folder (Place *place,
               guint  n)
{
  g_autoptr (GDir) folder = g_dir_open (g_file_peek_path (place->folder), 0, NULL);
  guint found = 0;

  while (g_dir_read_name (folder) != NULL)
    found++;

  g_assert_cmpuint (found, ==, n);
}

static char *
get_path (Place      *place,
          const char *name)
{
  return g_build_filename (g_file_peek_path (place->archive), name, NULL);
}

static char *
read_text (Place      *place,
           const char *name)
{
  g_autofree char *path = get_path (place, name);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
write_text (Place      *place,
            const char *name,
            const char *text)
{
  g_autofree char *path = get_path (place, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
replace_text (Place      *place,
              const char *name,
              const char *what,
              const char *with)
{
  g_autofree char *text = read_text (place, name);
  g_auto (GStrv) parts = g_strsplit (text, what, 2);
  g_autofree char *changed = g_strjoinv (with, parts);

  g_assert_nonnull (parts[1]);
  write_text (place, name, changed);
}

/* The first file in a folder of the archive. */
static char *
find_file (Place      *place,
           const char *folder)
{
  g_autofree char *path = get_path (place, folder);
  g_autoptr (GDir) names = g_dir_open (path, 0, NULL);

  return g_build_filename (folder, g_dir_read_name (names), NULL);
}

static void
test_round (void)
{
  g_autoptr (Place) place = place_new ("v2.reshoot");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = dup_all (place->project);
  g_autofree char *after = NULL;
  ReshootProject *again;

  save (place);
  try_read (place, NULL, &error);
  g_assert_no_error (error);
  assert_folder (place, 3);

  after = dup_all (place->again);
  g_assert_cmpstr (after, ==, before);
  again = history_open (place->again, RESHOOT_PROJECT_OPEN);
  history_verify (again);
  history_close (again);
}

/* What a person finds: a picture for each step, under a name that says which; those that are tiles as well. */
static void
test_steps (void)
{
  g_autoptr (Place) place = place_new ("v2.reshoot");
  ReshootProject *project = history_open (place->project, RESHOOT_PROJECT_READ_ONLY);
  GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (project));

  save (place);
  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (steps, i);
      g_autofree char *prefix = g_strdup_printf ("%04d", (int) reshoot_step_get_id (step));
      g_autofree char *path = get_path (place, "steps");
      g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
      g_autofree char *found = NULL;
      g_autoptr (GFile) file = NULL;
      g_autoptr (ReshootImage) image = NULL;
      g_autoptr (GBytes) bytes = NULL;
      const char *name;

      while (found == NULL && (name = g_dir_read_name (folder)) != NULL)
        if (g_str_has_prefix (name, prefix))
          found = g_build_filename (path, name, NULL);

      g_assert_true ((found != NULL) == (reshoot_step_get_digest (step) != NULL));
      if (found == NULL)
        continue;

      file = g_file_new_for_path (found);
      bytes = g_file_load_bytes (file, NULL, NULL, NULL);
      image = reshoot_image_new_from_bytes (bytes, NULL, NULL);
      g_assert_nonnull (image);
      g_assert_cmpint (reshoot_image_get_width (image), ==, reshoot_step_get_width (step));
    }

  history_close (project);
}

/* An old project's archive holds old tables; what is made of it is of today. */
static void
test_old (void)
{
  g_autoptr (Place) place = place_new ("v1.reshoot");
  g_autoptr (GError) error = NULL;
  g_autofree char *header = NULL;
  ReshootProject *old = NULL;
  ReshootProject *again = NULL;
  GListModel *steps;
  guint n;

  save (place);
  header = read_text (place, "project.json");
  g_assert_nonnull (strstr (header, "\"tables\":1,"));
  try_read (place, NULL, &error);
  g_assert_no_error (error);

  old = history_open (place->project, RESHOOT_PROJECT_READ_ONLY);
  again = history_open (place->again, RESHOOT_PROJECT_OPEN);
  n = g_list_model_get_n_items (G_LIST_MODEL (reshoot_project_get_history (old)));
  steps = G_LIST_MODEL (reshoot_project_get_history (again));
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, n);
  g_assert_cmpstr (reshoot_project_get_uuid (again), ==, reshoot_project_get_uuid (old));
  history_verify (again);
  history_close (again);
  history_close (old);
}

/* What JSON cannot hold comes back as it was. */
static void
test_values (void)
{
  static const char text[] = "a\0b\xff";
  g_autoptr (ReshootDatabase) database = reshoot_database_open (":memory:", 0, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  gint64 same = 0;

  g_assert_true (reshoot_database_execute (database, "CREATE TABLE t (i, r, f, n, s, b, x)", &error));
  g_assert_true (reshoot_database_run (database, &error, "INSERT INTO t VALUES (9223372036854775807, 0.1 + 0.2, 9e999,"
                                       " NULL, CAST (? AS TEXT), ?, -1.0)", "bb", bytes, bytes));
  {
    g_autoptr (ReshootQuery) query = reshoot_query_new (database, &error, "SELECT * FROM t", "");
    g_autoptr (ReshootQuery) insert = reshoot_query_new (database, &error,
                                                         "INSERT INTO t VALUES (?,?,?,?,?,?,?)", "");
    JsonNode *values[7];

    g_assert_true (reshoot_query_next (query, &error));
    g_assert_cmpint (reshoot_query_get_n_columns (query), ==, 7);
    g_assert_cmpstr (reshoot_query_get_name (query, 2), ==, "f");
    for (int i = 0; i < 7; i++)
      values[i] = reshoot_query_to_json (query, i);

    g_assert_null (values[5]);
    g_assert_true (reshoot_query_run_json (insert, values, 7, bytes, &error));
    for (int i = 0; i < 7; i++)
      g_clear_pointer (&values[i], json_node_unref);
  }

  g_assert_no_error (error);
  g_assert_true (reshoot_database_get_integer (database, "SELECT count (*) FROM (SELECT DISTINCT quote (i),"
                                               " printf ('%!.20g', r), f, quote (n), hex (s), hex (b), typeof (x)"
                                               " FROM t)", &same, &error));
  g_assert_cmpint (same, ==, 1);
  g_assert_true (reshoot_database_get_integer (database, "SELECT count (*) FROM t", &same, &error));
  g_assert_cmpint (same, ==, 2);
}

static void
assert_refused (Place      *place,
                int         code,
                const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (try_read (place, NULL, &error));
  g_test_message ("%s: %s", reshoot_error_get_subject (error), error->message);
  g_assert_error (error, RESHOOT_ERROR, code);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, reason);
  assert_no_file (place->again);
  assert_folder (place, 2);
}

typedef void (*Change) (Place *place);

static void
lose_picture (Place *place)
{
  g_autofree char *name = find_file (place, "pictures");
  g_autofree char *path = get_path (place, name);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
change_picture (Place *place)
{
  g_autofree char *name = find_file (place, "pictures");

  write_text (place, name, "another picture");
}

static void
change_tile (Place *place)
{
  g_autofree char *name = find_file (place, "tiles");

  write_text (place, name, "another tile");
}

/* A file of the machine's that the archive would like to have. */
static void
link_picture (Place *place)
{
  g_autofree char *name = find_file (place, "pictures");
  g_autofree char *path = get_path (place, name);
  g_autofree char *beside = g_build_filename (g_file_peek_path (place->archive), "theirs", NULL);

  g_assert_cmpint (g_rename (path, beside), ==, 0);
  g_assert_cmpint (symlink (beside, path), ==, 0);
}

static void
climb_out (Place *place)
{
  replace_text (place, "tables/picture_data.jsonl", "pictures/", "pictures/../../");
}

static void
lose_table (Place *place)
{
  g_autofree char *path = get_path (place, "tables/step.jsonl");

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
empty_table (Place *place)
{
  write_text (place, "tables/step.jsonl", "");
}

static void
add_column (Place *place)
{
  replace_text (place, "tables/step.jsonl", "{", "{\"added\":1,");
}

static void
no_json (Place *place)
{
  replace_text (place, "tables/step.jsonl", "{", "[");
}

static void
nest (Place *place)
{
  g_autoptr (GString) deep = g_string_new (NULL);

  for (int i = 0; i < 100000; i++)
    g_string_append (deep, "{\"a\":");

  write_text (place, "tables/step.jsonl", deep->str);
}

static void
wrong_type (Place *place)
{
  replace_text (place, "tables/step.jsonl", "\"id\":1,", "\"id\":\"one\",");
}

static void
change_words (Place *place)
{
  replace_text (place, "tables/request.jsonl", "instruction", "Instruction");
}

static void
change_ledger (Place *place)
{
  replace_text (place, "tables/ledger.jsonl", "\"kind\":\"", "\"kind\":\"x");
}

static void
cut_ledger (Place *place)
{
  g_autofree char *text = read_text (place, "tables/ledger.jsonl");
  char *last = strrchr (text, '\n');

  *last = '\0';
  last = strrchr (text, '\n');
  last[1] = '\0';
  write_text (place, "tables/ledger.jsonl", text);
}

static void
change_head (Place *place)
{
  replace_text (place, "project.json", "\"ledger\":\"", "\"ledger\":\"0");
}

static void
test_changed (gconstpointer data)
{
  static const struct
  {
    Change      change;
    const char *reason;
  } changes[] = {
    { lose_picture, "archive" }, { change_picture, "archive" }, { change_tile, "archive" }, { link_picture, "archive" },
    { climb_out, "archive" }, { lose_table, "archive" }, { empty_table, "archive" }, { add_column, "archive" },
    { no_json, "archive" }, { nest, "archive" }, { wrong_type, "archive" }, { change_words, "ledger" },
    { change_ledger, "ledger" }, { cut_ledger, "archive" }, { change_head, "archive" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (Place) place = place_new ("v2.reshoot");

      g_test_message ("change %u", i);
      save (place);
      changes[i].change (place);
      assert_refused (place, RESHOOT_ERROR_CORRUPT, changes[i].reason);
    }
}

static void
test_not_ours (void)
{
  g_autoptr (Place) place = place_new ("v2.reshoot");

  g_assert_cmpint (g_mkdir (g_file_peek_path (place->archive), 0700), ==, 0);
  assert_refused (place, RESHOOT_ERROR_INVALID_REQUEST, "not-an-archive");
  write_text (place, "project.json", "{\"format\":\"something else\"}");
  assert_refused (place, RESHOOT_ERROR_INVALID_REQUEST, "not-an-archive");
  write_text (place, "project.json", "{\"format\":\"reshoot-archive\",\"version\":2}");
  assert_refused (place, RESHOOT_ERROR_NEWER, NULL);
  write_text (place, "project.json", "{\"format\":\"reshoot-archive\",\"version\":1,\"tables\":9}");
  assert_refused (place, RESHOOT_ERROR_NEWER, NULL);
}

/* What lies there stays; an empty folder may be filled. */
static void
test_taken (void)
{
  g_autoptr (Place) place = place_new ("v2.reshoot");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (g_file_peek_path (place->archive), 0700), ==, 0);
  write_text (place, "mine", "mine");
  g_assert_false (try_save (place, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "exists");
  assert_folder (place, 2);

  reshoot_test_remove_tree (place->archive);
  g_assert_cmpint (g_mkdir (g_file_peek_path (place->archive), 0700), ==, 0);
  save (place);
  assert_folder (place, 2);
}

static void
test_cancelled (void)
{
  g_autoptr (Place) place = place_new ("v2.reshoot");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (try_save (place, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_folder (place, 1);

  save (place);
  g_assert_false (try_read (place, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_folder (place, 2);
}

/* While it is under way, at whatever it is doing then. */
static void
test_cancelled_in_flight (void)
{
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (Place) place = place_new ("v2.reshoot");
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      ReshootProject *project = history_open (place->project, RESHOOT_PROJECT_READ_ONLY);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      reshoot_project_save_archive_async (project, place->archive, cancellable,
                                          reshoot_test_ready_cb, &result);
      for (guint turn = 0; result == NULL && turn < i * i * 500; turn++)
        g_main_context_iteration (NULL, FALSE);

      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);
      if (!reshoot_project_save_archive_finish (project, result, &error))
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          assert_folder (place, 1);
        }

      history_close (project);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  g_test_add_func ("/archive/round", test_round);
  g_test_add_func ("/archive/steps", test_steps);
  g_test_add_func ("/archive/old", test_old);
  g_test_add_func ("/archive/values", test_values);
  g_test_add_data_func ("/archive/changed", NULL, test_changed);
  g_test_add_func ("/archive/not-ours", test_not_ours);
  g_test_add_func ("/archive/taken", test_taken);
  g_test_add_func ("/archive/cancelled", test_cancelled);
  g_test_add_func ("/archive/cancelled-in-flight", test_cancelled_in_flight);
  return g_test_run ();
}
