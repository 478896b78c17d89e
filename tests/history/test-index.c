/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The index over all projects: what was opened, what is found in it, where a picture came from; and that it is never in
 * the way, whatever became of its file. */

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "history-support.h"
#include "reshoot-index-private.h"
#include "reshoot-index.h"
#include "reshoot-mark.h"
#include "reshoot-note.h"
#include "reshoot-project-labels.h"
#include "reshoot-project-notes.h"

typedef struct
{
  GFile        *file;      /* of the index */
  ReshootIndex *index;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  without_fts)
{
  self->file = reshoot_test_temp_file ("index.sqlite");
  self->index = without_fts != NULL ? reshoot_index_new_without_fts (self->file)
                                    : reshoot_index_new (self->file);
}

static void
remove_folder (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (g_file_peek_path (folder), name, NULL);

      g_unlink (path);
    }

  g_rmdir (g_file_peek_path (folder));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->index);
  remove_folder (self->file);
  g_clear_object (&self->file);
}

/* As if the program ended and began again. */
static void
restart (Fixture *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->index));
  self->index = reshoot_index_new (self->file);
}

static GListModel *
try_search (Fixture     *self,
            const char  *words,
            GFile       *project,
            GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_index_search_async (self->index, words, project, 50, NULL, reshoot_test_ready_cb,
                              &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  return reshoot_index_search_finish (self->index, result, error);
}

/* The numbers of the steps that are found, as "5 3". */
static char *
search (Fixture    *self,
        const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) hits = try_search (self, words, NULL, &error);
  GString *numbers = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (hits); i++)
    {
      g_autoptr (ReshootHit) hit = g_list_model_get_item (hits, i);
      int number = reshoot_hit_get_facts (hit)->number;

      g_string_append_printf (numbers, i > 0 ? " %d" : "%d", number);
    }

  return g_string_free (numbers, FALSE);
}

#define assert_found(self, words, numbers)                        \
  G_STMT_START                                                    \
    {                                                             \
      g_autofree char *found_ = search (self, words);             \
      g_assert_cmpstr (found_, ==, numbers);                      \
    }                                                             \
  G_STMT_END

static gboolean
finds (Fixture    *self,
       const char *words,
       const char *numbers)
{
  g_autofree char *found = search (self, words);

  return g_str_equal (found, numbers);
}

/* Until the index has caught up with what is open. */
#define wait_found(self, words, numbers) reshoot_test_wait_until (finds (self, words, numbers))

static GListModel *
list (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *recents;

  reshoot_index_list_async (self->index, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  recents = reshoot_index_list_finish (self->index, result, &error);
  g_assert_no_error (error);
  return recents;
}

static void
set_tags (ReshootProject *project,
          ReshootStep    *step,
          const char     *tag)
{
  const char *tags[] = { tag, "two words", NULL };
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_set_tags_async (project, step, tags, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_project_set_tags_finish (project, result, NULL));
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

static void
accept_step (ReshootProject *project,
             ReshootStep    *step)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_set_verdict_async (project, step, "", RESHOOT_VERDICT_ACCEPT, NULL, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_project_set_verdict_finish (project, result, NULL));
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

static void
add_note (ReshootProject *project,
          ReshootStep    *step,
          const char     *text)
{
  ReshootNoteFacts facts = RESHOOT_NOTE_FACTS_INIT (text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootNote) note = NULL;

  reshoot_project_add_note_async (project, step, &facts, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  note = reshoot_project_add_note_finish (project, result, NULL);
  g_assert_nonnull (note);
}

/* 1 is the original "Ünder the läMP", 2 to 5 edits with the words. */
static ReshootProject *
make_project (GFile *file)
{
  static const char *const words[] = {
    "Replace the background with a clean white studio", "warmer, Café colours", "make it 16:9",
    "ersetze den Hintergrund: 白色背景",
  };
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  g_autoptr (ReshootImage) picture = history_make_picture (1, 60, 40);
  ReshootStep *original = history_add_original (project, picture, "Ünder the läMP");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    history_add_request (project, original, words[i], 0.04);

  return project;
}

static ReshootStep *
get_step (ReshootProject *project,
          gint64          number)
{
  return reshoot_history_get_step (reshoot_project_get_history (project), number);
}

/* What is typed, and what is found. Window and index ask the same. */
static const struct
{
  const char *words;
  const char *found;
} searches[] = {
  { "", "5 4 3 2 1" },
  { "white", "2" },
  { "WHI", "2" },
  { "hite", "" },
  { "studio clean", "2" },
  { "\"clean white\"", "2" },
  { "\"white clean\"", "" },
  { "clean-white", "2" },
  { "studio warmer", "" },
  { "cafe", "3" },
  { "CAFÉ", "3" },
  { "under LAMP", "1" },
  { "title:lamp", "1" },
  { "title:white", "" },
  { "16:9", "4" },
  { "背景", "5" },
  { "hintergrund", "5" },
  { "model:studio", "" },
  { "model:bfl", "5 4 3 2" },
  { "model:flux-kontext", "5 4 3 2" },
  { "model:flux warmer", "3" },
  { "tag:hero", "2" },
  { "tag:hero tag:two", "2" },
  { "tag:\"two words\"", "2" },
  { "\"hero two\"", "" },
  { "hero", "2" },
  { "branch:summer", "3" },
  { "summer", "3" },
  { "note:label", "3" },
  { "the label drifts", "3" },
  { "rating:4", "4" },
  { "rating:5", "" },
  { "rating:0", "5 4 3 2 1" },
  { "is:accepted", "4" },
  { "is:rejected", "" },
  { "is:original", "1" },
  { "is:edit is:accepted rating:2", "4" },
  { "is:done", "1" },
  { "is:failed", "" },
  { "... !! --", "5 4 3 2 1" },
  { "\" OR \"", "" },
  { "white OR warmer", "" },
  { "* NEAR(", "" },
};

static void
label (ReshootProject *project)
{
  set_tags (project, get_step (project, 2), "hero");
  set_branch (project, get_step (project, 3), "Summer campaign");
  add_note (project, get_step (project, 3), "The label drifts here\nand there");
  rate (project, get_step (project, 4), 4);
  accept_step (project, get_step (project, 4));
}

static void
test_search (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GString) long_words = g_string_new (NULL);
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = make_project (file);

  reshoot_index_watch (self->index, project);
  label (project);
  wait_found (self, "is:accepted rating:4", "4");
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_test_message ("%s", searches[i].words);
      assert_found (self, searches[i].words, searches[i].found);
    }

  for (guint i = 0; i < 2000; i++)
    g_string_append (long_words, "white studio ");
  assert_found (self, long_words->str, "2");
  g_string_append (long_words, "warmer");
  assert_found (self, long_words->str, "");

  history_close (project);
  history_remove (file);
}

/* The same by asking the steps. */
static void
test_pure (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = make_project (file);

  label (project);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootSearch) search = reshoot_search_new (searches[i].words, &error);
      g_autoptr (GString) numbers = g_string_new (NULL);

      g_assert_no_error (error);
      for (int number = 5; number > 0; number--)
        if (reshoot_search_matches (search, get_step (project, number)))
          g_string_append_printf (numbers, numbers->len > 0 ? " %d" : "%d", number);

      g_test_message ("%s", searches[i].words);
      g_assert_cmpstr (numbers->str, ==, searches[i].found);
    }

  history_close (project);
  history_remove (file);
}

static void
test_bad_search (Fixture       *self,
                 gconstpointer  data)
{
  static const char *const bad[] = { "rating:x", "rating:6", "rating:", "is:good", "white is:" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (try_search (self, bad[i], NULL, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, "search");
    }
}

static void
test_snippet (void)
{
  static const char text[] = "Replace the background with a clean white studio, keep the product lighting as it is,"
                             " and let the shadow of the bottle fall to the left of the Étagère.";
  static const struct
  {
    const char *words;
    const char *begin;    /* NULL: nothing */
    const char *end;
  } table[] = {
    { "replace", "Replace the background", "…" },
    { "etagere", "…", "left of the Étagère." },
    { "studio keep", "…", "…" },
    { "bottle", "…", "fall to the left of the Étagère." },
    { "nothing", NULL, NULL },
    { "round", NULL, NULL },
    { "", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (ReshootSearch) search = reshoot_search_new (table[i].words, NULL);
      g_autofree char *snippet = reshoot_search_dup_snippet (search, text);

      g_test_message ("%s: %s", table[i].words, snippet);
      g_assert_cmpint (snippet != NULL, ==, table[i].begin != NULL);
      g_assert_true (snippet == NULL || g_str_has_prefix (snippet, table[i].begin));
      g_assert_true (snippet == NULL || g_str_has_suffix (snippet, table[i].end));
      g_assert_true (snippet == NULL || g_utf8_strlen (snippet, -1) <= 102);
    }
}

/* What was opened, what became of it, and what is forgotten. */
static void
test_recents (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (GFile) file_a = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GFile) file_b = reshoot_test_temp_file ("b.reshoot");
  g_autoptr (GListModel) recents = NULL;
  g_autoptr (ReshootRecent) first = NULL;
  g_autoptr (ReshootRecent) second = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < 2; i++)
    {
      ReshootProject *project = make_project (i == 0 ? file_a : file_b);

      reshoot_index_watch (self->index, project);
      history_close (project);
    }

  restart (self);
  recents = list (self);
  g_assert_cmpuint (g_list_model_get_n_items (recents), ==, 2);
  first = g_list_model_get_item (recents, 0);
  g_assert_true (g_file_equal (reshoot_recent_get_file (first), file_b));
  g_assert_true (reshoot_recent_get_exists (first));
  g_assert_cmpint (reshoot_recent_get_n_steps (first), ==, 5);
  g_assert_cmpstr (reshoot_recent_get_title (first), ==, "Ünder the läMP");
  g_assert_true (g_uuid_string_is_valid (reshoot_recent_get_uuid (first)));
  g_assert_nonnull (reshoot_recent_get_opened (first));

  history_remove (file_b);
  g_clear_object (&recents);
  recents = list (self);
  second = g_list_model_get_item (recents, 1);
  g_assert_true (g_file_equal (reshoot_recent_get_file (second), file_b));
  g_assert_false (reshoot_recent_get_exists (second));

  reshoot_index_forget_async (self->index, file_b, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_index_forget_finish (self->index, result, NULL));
  g_clear_object (&recents);
  recents = list (self);
  g_assert_cmpuint (g_list_model_get_n_items (recents), ==, 1);
  assert_found (self, "warmer", "3");
  history_remove (file_a);
}

/* A project that was moved has one place, a copy has its own. */
static void
test_moved (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GFile) moved = reshoot_test_temp_file ("b.reshoot");
  g_autoptr (GFile) copy = reshoot_test_temp_file ("c.reshoot");
  ReshootProject *project = make_project (file);

  reshoot_index_watch (self->index, project);
  history_close (project);
  restart (self);
  g_assert_true (g_file_copy (file, copy, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
  g_assert_true (g_file_move (file, moved, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));

  for (guint i = 0; i < 2; i++)
    {
      project = history_open (i == 0 ? moved : copy, RESHOOT_PROJECT_OPEN);
      reshoot_index_watch (self->index, project);
      history_close (project);
      restart (self);
    }

  assert_found (self, "warmer", "3 3");
  remove_folder (moved);
  remove_folder (copy);
  remove_folder (file);
}

/* What another program wrote is found; what cannot be read any more keeps what is known of it. */
static void
test_catch_up (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (2, 30, 30);
  ReshootProject *project = make_project (file);

  reshoot_index_watch (self->index, project);
  history_close (project);
  restart (self);
  assert_found (self, "rating:4", "");

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  label (project);
  history_close (project);
  assert_found (self, "rating:4", "4");
  assert_found (self, "tag:hero", "2");

  g_assert_true (g_file_replace_contents (file, "rubbish", 7, NULL, FALSE, 0, NULL, NULL, NULL));
  assert_found (self, "rating:4", "4");

  /* Another project in the place of the first: nothing of that one is found there. */
  g_assert_true (g_file_delete (file, NULL, NULL));
  project = history_open (file, RESHOOT_PROJECT_CREATE);
  history_add_original (project, picture, "another one");
  history_close (project);
  assert_found (self, "", "1");
  assert_found (self, "another", "1");
  history_remove (file);
}

/* One project that was never opened, and is not one of the recent ones after. */
static void
test_one_project (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GListModel) hits = NULL;
  g_autoptr (GListModel) recents = NULL;

  history_close (make_project (file));
  hits = try_search (self, "warmer", file, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (hits), ==, 1);
  recents = list (self);
  g_assert_cmpuint (g_list_model_get_n_items (recents), ==, 0);
  assert_found (self, "warmer", "");
  history_remove (file);
}

static GListModel *
trace (Fixture      *self,
       ReshootImage *picture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *hits;

  reshoot_index_trace_async (self->index, picture, NULL, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  hits = reshoot_index_trace_finish (self->index, result, &error);
  g_assert_no_error (error);
  return hits;
}

static void
assert_traced (Fixture      *self,
               ReshootImage *picture,
               gint64        number)
{
  g_autoptr (GListModel) hits = trace (self, picture);
  g_autoptr (ReshootHit) hit = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (hits), ==, number > 0);
  hit = g_list_model_get_item (hits, 0);
  if (hit != NULL)
    g_assert_cmpint (reshoot_hit_get_facts (hit)->number, ==, number);
}

static ReshootImage *
export (ReshootImage      *picture,
        const ReshootMark *mark,
        char             **digest)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("out.png");
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  ReshootSaveOptions options = { .format = RESHOOT_IMAGE_FORMAT_PNG, .private_ = mark == NULL };
  ReshootImage *image;

  reshoot_image_save_async (picture, file, &options, mark, NULL,
                            reshoot_test_ready_cb, &saved);
  reshoot_test_await (&saved);
  g_assert_true (reshoot_image_save_finish (picture, saved, digest, NULL));
  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &loaded);
  reshoot_test_await (&loaded);
  image = reshoot_image_load_finish (loaded, NULL);
  g_assert_nonnull (image);
  remove_folder (file);
  return image;
}

/* By the same bytes, by what the ledger tells of an export, and by what is written in the picture. */
static void
test_trace (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = make_project (file);
  ReshootStep *step = history_add_edit (project, get_step (project, 1), 7);
  ReshootStep *first = get_step (project, 1);
  g_autoptr (ReshootImage) shown = history_try_load (project, step, RESHOOT_PICTURE_SHOWN, NULL);
  g_autoptr (ReshootImage) original = history_try_load (project, first, RESHOOT_PICTURE_SHOWN,
                                                        NULL);
  g_autoptr (ReshootImage) stranger = history_make_picture (99, 20, 20);
  g_autoptr (ReshootMark) mark = reshoot_project_dup_mark (project, step);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootImage) private_ = NULL;
  g_autoptr (ReshootImage) marked = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *ignored = NULL;

  g_assert_null (reshoot_project_dup_mark (project, get_step (project, 1)));
  g_assert_true (mark->is_generated);
  g_assert_nonnull (strstr (mark->edits, "make it number 7"));
  private_ = export (shown, NULL, &digest);
  marked = export (shown, mark, &ignored);
  json_object_set_string_member (body, "written", digest);
  reshoot_project_add_entry_async (project, "export", step, node, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_project_add_entry_finish (project, result, NULL));

  reshoot_index_watch (self->index, project);
  history_close (project);
  restart (self);
  assert_traced (self, shown, 6);
  assert_traced (self, original, 1);
  assert_traced (self, private_, 6);
  assert_traced (self, marked, 6);
  assert_traced (self, stranger, 0);
  history_remove (file);
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

static guint
count_damaged (Fixture *self)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->file);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "index-damaged-") && g_str_has_suffix (name, ".sqlite");

  return n;
}

static void
overwrite (GFile  *file,
           gint64  offset,
           gsize   length)
{
  g_autoptr (GFileIOStream) stream = g_file_open_readwrite (file, NULL, NULL);
  g_autofree char *rubbish = g_malloc (length);

  memset (rubbish, 0xa5, length);
  g_assert_true (g_seekable_seek (G_SEEKABLE (stream), offset, G_SEEK_SET, NULL, NULL));
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)),
                                            rubbish, length, NULL, NULL, NULL));
  g_assert_true (g_io_stream_close (G_IO_STREAM (stream), NULL, NULL));
}

/* What was opened is lost with the index, but what is open comes into the new one, and nobody is told no. */
static void
test_damaged (Fixture       *self,
              gconstpointer  data)
{
  static const struct
  {
    const char *name;
    gint64      offset;   /* -1: SQL, -2: deleted, -3: cut short */
    gsize       length;
    const char *sql;
    guint       n_damaged;
  } table[] = {
    { "header", 0, 100, NULL, 1 },
    { "all", 0, 8192, NULL, 1 },
    { "pages", 4096, 100000, NULL, 1 },
    { "deleted", -2, 0, NULL, 0 },
    { "short", -3, 3000, NULL, 1 },
    { "empty", -3, 0, NULL, 0 },
    { "table", -1, 0, "DROP TABLE step", 1 },
    { "column", -1, 0, "ALTER TABLE step DROP COLUMN notes", 1 },
    { "stranger", -1, 0, "PRAGMA application_id = 7", 1 },
    { "search", -1, 0, "DELETE FROM search_data", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
      ReshootProject *project = make_project (file);

      g_test_message ("%s", table[i].name);
      reshoot_index_watch (self->index, project);
      history_close (project);
      restart (self);
      assert_found (self, "warmer", "3");
      g_assert_finalize_object (g_steal_pointer (&self->index));

      if (table[i].offset == -1)
        run_sql (self->file, table[i].sql);
      else if (table[i].offset == -2)
        g_assert_true (g_file_delete (self->file, NULL, NULL));
      else if (table[i].offset == -3)
        g_assert_cmpint (truncate (g_file_peek_path (self->file), (off_t) table[i].length), ==, 0);
      else
        overwrite (self->file, table[i].offset, table[i].length);

      self->index = reshoot_index_new (self->file);
      project = history_open (file, RESHOOT_PROJECT_OPEN);
      reshoot_index_watch (self->index, project);
      wait_found (self, "warmer", "3");
      history_close (project);
      g_assert_cmpuint (count_damaged (self), ==, table[i].n_damaged);

      g_clear_object (&self->index);
      remove_folder (self->file);
      g_clear_object (&self->file);
      set_up (self, NULL);
      history_remove (file);
    }
}

/* Deleted while it is open: the next thing that is stored makes it anew. */
static void
test_deleted (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = make_project (file);

  reshoot_index_watch (self->index, project);
  wait_found (self, "warmer", "3");
  g_assert_true (g_file_delete (self->file, NULL, NULL));
  assert_found (self, "warmer", "");
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  reshoot_index_watch (self->index, project);
  wait_found (self, "warmer", "3");
  g_assert_true (g_file_query_exists (self->file, NULL));
  g_assert_cmpuint (count_damaged (self), ==, 0);
  history_close (project);
  history_remove (file);
}

/* A newer Reshoot's index is not ours to mend. */
static void
test_newer (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  G_GNUC_UNUSED g_autoptr (GListModel) recents = list (self);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  ReshootProject *project;

  g_assert_finalize_object (g_steal_pointer (&self->index));
  run_sql (self->file, "PRAGMA user_version = 99; CREATE TABLE more (a); PRAGMA journal_mode = DELETE");
  g_assert_true (g_file_load_contents (self->file, NULL, &before, NULL, NULL, NULL));
  self->index = reshoot_index_new (self->file);
  project = make_project (file);
  reshoot_index_watch (self->index, project);
  wait_found (self, "warmer", "3");
  history_close (project);
  g_clear_object (&self->index);
  g_assert_true (g_file_load_contents (self->file, NULL, &after, NULL, NULL, NULL));
  g_assert_cmpmem (before, 100, after, 100);
  g_assert_cmpuint (count_damaged (self), ==, 0);
  history_remove (file);
}

/* A place that cannot be: a project is edited and found all the same, until the program ends. */
static void
test_no_home (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/proc/nowhere/index.sqlite");
  ReshootProject *project = make_project (file);

  g_assert_finalize_object (g_steal_pointer (&self->index));
  self->index = reshoot_index_new (nowhere);
  reshoot_index_watch (self->index, project);
  wait_found (self, "warmer", "3");
  history_close (project);
  history_remove (file);
}

/* Full text search comes and goes with the SQLite that is there: what was written without it is found with it. */
static void
test_fts_comes (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = make_project (file);

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *words = g_strdup_printf ("warmer rating:%u", i + 1);

      rate (project, get_step (project, 3), (int) i + 1);
      g_assert_finalize_object (g_steal_pointer (&self->index));
      self->index = i % 2 == 0 ? reshoot_index_new_without_fts (self->file)
                               : reshoot_index_new (self->file);
      reshoot_index_watch (self->index, project);
      wait_found (self, words, "3");
      set_branch (project, get_step (project, 2), i % 2 == 0 ? "even" : "odd");
      wait_found (self, i % 2 == 0 ? "even" : "odd", "2");
      assert_found (self, i % 2 == 0 ? "odd" : "even", "");
    }

  history_close (project);
  history_remove (file);
}

static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ReshootImage) picture = history_make_picture (99, 20, 20);
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) searched = NULL;
  g_autoptr (GAsyncResult) traced = NULL;
  g_autoptr (GAsyncResult) forgotten = NULL;
  g_autoptr (GError) error = NULL;

  /* In the queue, and under way. */
  reshoot_index_list_async (self->index, cancellable, reshoot_test_ready_cb, &listed);
  reshoot_index_search_async (self->index, "white", NULL, 5, cancellable, reshoot_test_ready_cb,
                              &searched);
  g_cancellable_cancel (cancellable);
  reshoot_index_trace_async (self->index, picture, NULL, cancellable, reshoot_test_ready_cb,
                             &traced);
  reshoot_index_forget_async (self->index, file, cancellable, reshoot_test_ready_cb, &forgotten);

  reshoot_test_await (&listed);
  g_assert_null (reshoot_index_list_finish (self->index, listed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  reshoot_test_await (&searched);
  g_assert_null (reshoot_index_search_finish (self->index, searched, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  reshoot_test_await (&traced);
  g_assert_null (reshoot_index_trace_finish (self->index, traced, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  reshoot_test_await (&forgotten);
  g_assert_false (reshoot_index_forget_finish (self->index, forgotten, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&listed);
  g_clear_object (&searched);
  g_clear_object (&traced);
  g_clear_object (&forgotten);
  remove_folder (file);
}

/* Twenty thousand steps are searched, and one that changes is one row. */
static void
test_many (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = make_project (file);
  gint64 began;

  history_close (project);
  run_sql (file, "PRAGMA foreign_keys = ON; BEGIN;"
           "WITH RECURSIVE n (i) AS (SELECT 6 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
           " INSERT INTO request (id, body) SELECT i, json_object ('instruction',"
           "  'make the bottle number ' || i || ' look warmer in a clean studio', 'model', 'studio/local',"
           "  'parameters', json_object ()) FROM n;"
           "INSERT INTO step (id, uuid, kind, parent, original, request, rating, created)"
           " SELECT id, 'u' || id, 'edit', 1, 1, id, id % 6, '2026-01-01T00:00:00Z' FROM request WHERE id > 5;"
           "INSERT INTO job (step, provider, model, state, charged, changed)"
           " SELECT id, 'studio', 'studio/local', 'cancelled', 'no', '2026-01-01T00:00:00Z' FROM request WHERE id > 5;"
           "COMMIT");
  began = g_get_monotonic_time ();
  {
    g_autoptr (GListModel) hits = try_search (self, "number 1777", file, NULL);

    g_assert_cmpuint (g_list_model_get_n_items (hits), ==, 1 + 10);
  }
  g_test_message ("read in %.0f ms", (double) (g_get_monotonic_time () - began) / 1000);

  {
    static const char *const words[] = { "number 1777", "w", "bottle studio rating:5", "is:failed", "nothing", "" };

    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      {
        g_autoptr (GListModel) hits = NULL;

        began = g_get_monotonic_time ();
        hits = try_search (self, words[i], file, NULL);
        g_test_message ("\"%s\": %u in %.1f ms", words[i], g_list_model_get_n_items (hits),
                        (double) (g_get_monotonic_time () - began) / 1000);
      }
  }

  history_remove (file);
}

#define ADD(name, func) g_test_add ("/index/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/index/pure", test_pure);
  g_test_add_func ("/index/snippet", test_snippet);
  ADD ("search", test_search);
  g_test_add ("/index/search-without-fts", Fixture, "without", set_up, test_search, tear_down);
  ADD ("bad-search", test_bad_search);
  ADD ("recents", test_recents);
  ADD ("moved", test_moved);
  ADD ("catch-up", test_catch_up);
  ADD ("one-project", test_one_project);
  ADD ("trace", test_trace);
  ADD ("damaged", test_damaged);
  ADD ("deleted", test_deleted);
  ADD ("newer", test_newer);
  ADD ("no-home", test_no_home);
  ADD ("fts-comes", test_fts_comes);
  ADD ("cancel", test_cancel);
  ADD ("many", test_many);

  return g_test_run ();
}
