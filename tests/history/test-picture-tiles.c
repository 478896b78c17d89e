/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Versions that are stored as tiles: small in the file, the same to the bit, the same after a reopening and a kill, and
 * no danger where a stranger made them. */

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "history-support.h"
#include "reshoot-compare.h"

/* Thirty squares in a row. */
#define WIDTH (15 * 512)
#define HEIGHT 100

/* In microseconds. */
#define LONGEST_LIFE (120 * 1000)

/* A picture like @image, of history_make_picture(), in which every pixel of a rectangle is another one. */
static ReshootImage *
touch (ReshootImage *image,
       int           left,
       int           top,
       int           width,
       int           height)
{
  gsize size;
  const guint8 *received = g_bytes_get_data (reshoot_image_get_bytes (image), &size);
  g_autofree guint8 *data = g_memdup2 (received, size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  ReshootImage *touched;

  for (int y = top; y < top + height; y++)
    for (int x = left; x < left + width; x++)
      data[size - (gsize) WIDTH * HEIGHT + (gsize) y * WIDTH + x] ^= 0x55;

  bytes = g_bytes_new (data, size);
  touched = reshoot_image_new_from_bytes (bytes, "touched", &error);
  g_assert_no_error (error);
  return touched;
}

/* In a square of its own for each @i from 0 to 14. */
static ReshootImage *
touch_nth (ReshootImage *image,
           guint         i)
{
  return touch (image, (int) i * 512 + 40, 10, 150, 60);
}

static void
assert_same_pixels (ReshootImage *a,
                    ReshootImage *b)
{
  ReshootComparison comparison;
  g_autoptr (GError) error = NULL;

  reshoot_compare (a, b, &comparison, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (comparison.same_size);
  g_assert_cmpfloat (comparison.changed, ==, 0);
}

static ReshootStep *
add_version (ReshootProject *project,
             ReshootStep    *source,
             ReshootImage   *picture)
{
  ReshootStep *step = history_add_request (project, source, "brighter", 0);
  g_autoptr (GError) error = NULL;

  history_try_version (project, step, picture, &error);
  g_assert_no_error (error);
  return step;
}

static void
assert_shows (ReshootProject *project,
              ReshootStep    *step,
              ReshootImage   *picture,
              gboolean        is_tiled)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) shown = history_try_load (project, step, RESHOOT_PICTURE_SHOWN, &error);
  g_autoptr (ReshootImage) small = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_image_get_digest (shown), ==, reshoot_step_get_digest (step));
  g_assert_cmpint (reshoot_image_get_is_rendering (shown), ==, is_tiled);
  g_assert_cmpint (reshoot_step_get_width (step), ==, reshoot_image_get_width (shown));
  assert_same_pixels (shown, picture);

  small = history_try_load (project, step, RESHOOT_PICTURE_THUMBNAIL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (small), <=, 256);
}

static sqlite3 *
open_database (GFile *file)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  return database;
}

static gint64
ask (GFile      *file,
     const char *sql)
{
  sqlite3 *database = open_database (file);
  sqlite3_stmt *statement = NULL;
  gint64 number;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (database));
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return number;
}

/* What a stranger does: with the triggers out of the way, and back where they were. */
static void
tamper (GFile      *file,
        const char *sql)
{
  sqlite3 *database = open_database (file);
  g_autoptr (GString) drop = g_string_new (NULL);
  g_autoptr (GString) restore = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;
  char *message = NULL;

  sqlite3_prepare_v2 (database, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", -1, &statement, NULL);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append_printf (drop, "DROP TRIGGER %s;", sqlite3_column_text (statement, 0));
      g_string_append_printf (restore, "%s;", sqlite3_column_text (statement, 1));
    }
  sqlite3_finalize (statement);

  if (sqlite3_exec (database, drop->str, NULL, NULL, &message) != SQLITE_OK ||
      sqlite3_exec (database, sql, NULL, NULL, &message) != SQLITE_OK ||
      sqlite3_exec (database, restore->str, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
  sqlite3_close (database);
}

/* Fifteen edits in a row, each at a place of its own: the file grows by what they change, and by nothing twice. */
static void
test_chain (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_object_unref);
  ReshootImage *last = history_make_picture (1, WIDTH, HEIGHT);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *step = history_add_original (project, last, "photo");
  ReshootHistory *history;
  ReshootVerifyCounts counts;

  g_ptr_array_add (pictures, last);
  for (guint i = 0; i < 15; i++)
    {
      g_ptr_array_add (pictures, last = touch_nth (last, i));
      step = add_version (project, step, last);
      g_assert_cmpstr (reshoot_step_get_digest (step), !=, reshoot_image_get_digest (last));
      assert_shows (project, step, last, TRUE);
    }
  history_verify (project);
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  history = reshoot_project_get_history (project);
  for (guint i = 0; i < pictures->len; i++)
    assert_shows (project, reshoot_history_get_step (history, i + 1), pictures->pdata[i], i > 0);

  /* A branch from the middle keeps what was there, and another edit of the same place is another tile. */
  last = touch (pictures->pdata[7], 0, 5, 30, 30);
  step = add_version (project, reshoot_history_get_step (history, 8), last);
  assert_shows (project, step, last, TRUE);
  g_object_unref (last);
  history_try_verify (project, &counts, NULL);
  g_assert_cmpuint (counts.n_pictures, ==, 17);
  history_close (project);

  g_assert_cmpint (ask (file, "SELECT count (*) FROM picture_data"), ==, 1);
  g_assert_cmpint (ask (file, "SELECT count (*) FROM picture WHERE format = 'tiles'"), ==, 16);
  g_assert_cmpint (ask (file, "SELECT sum (length (data)) FROM tile"), <, 15 * 150 * 60 * 3);
  g_assert_cmpint (ask (file, "SELECT max (n) FROM (SELECT count (*) AS n FROM picture_tile GROUP BY tile)"), >, 2);
  history_remove (file);
}

/* What README.md gives for the digest, word for word. */
static void
test_manifest (void)
{
  static const char sql[] =
    "SELECT 'reshoot-tiles 1' || char (10) || base || char (10) || width || ' ' || height || char (10)"
    "   || group_concat (line, '')"
    " FROM (SELECT base, width, height, x || ' ' || y || ' ' || tile.digest || char (10) AS line FROM picture"
    "       JOIN tiling ON picture = picture.digest JOIN picture_tile ON tiling = tiling.id JOIN tile ON tile = tile.id"
    "       WHERE picture.digest = :digest ORDER BY y, x);";
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) photo = history_make_picture (1, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) edited = touch (photo, 500, 10, 1100, 60);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *step = add_version (project, history_add_original (project, photo, "photo"), edited);
  g_autofree char *digest = g_strdup (reshoot_step_get_digest (step));
  g_autofree char *real = NULL;
  sqlite3_stmt *statement = NULL;
  sqlite3 *database;
  const char *text;

  history_close (project);
  g_assert_cmpint (ask (file, "SELECT count (*) FROM picture_tile"), ==, 6);
  database = open_database (file);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_text (statement, 1, digest, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  text = (const char *) sqlite3_column_text (statement, 0);
  real = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_assert_cmpstr (real, ==, digest);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  history_remove (file);
}

/* The same pixels are the same picture, whichever way they came. */
static void
test_same (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) photo = history_make_picture (1, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) edited = touch_nth (photo, 3);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, photo, "photo");
  ReshootStep *edit = add_version (project, original, edited);
  g_autoptr (ReshootImage) rendering = history_try_load (project, edit, RESHOOT_PICTURE_SHOWN,
                                                         NULL);
  ReshootStep *same = add_version (project, edit, edited);
  ReshootStep *again = add_version (project, original, rendering);
  ReshootStep *back = add_version (project, edit, photo);
  g_autoptr (ReshootImage) plain = touch_nth (edited, 3);
  ReshootStep *undone = add_version (project, edit, plain);
  ReshootStep *brought;

  g_assert_cmpstr (reshoot_step_get_digest (same), ==, reshoot_step_get_digest (edit));
  g_assert_cmpstr (reshoot_step_get_digest (again), ==, reshoot_step_get_digest (edit));
  g_assert_cmpstr (reshoot_step_get_digest (back), ==, reshoot_step_get_digest (original));
  g_assert_cmpstr (reshoot_step_get_digest (undone), ==, reshoot_step_get_digest (original));
  brought = history_add_original (project, rendering, "result");
  g_assert_cmpstr (reshoot_step_get_digest (brought), ==, reshoot_step_get_digest (edit));
  assert_shows (project, brought, edited, TRUE);
  assert_shows (project, again, edited, TRUE);
  assert_shows (project, undone, photo, FALSE);
  history_verify (project);
  history_close (project);

  g_assert_cmpint (ask (file, "SELECT count (*) FROM picture"), ==, 2);
  g_assert_cmpint (ask (file, "SELECT count (*) FROM tiling"), ==, 1);
  history_remove (file);
}

/* What was rendered in one project is a picture like any other in the next. */
static void
test_rendering_elsewhere (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GFile) other_file = reshoot_test_temp_file ("b.reshoot");
  g_autoptr (ReshootImage) photo = history_make_picture (1, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) edited = touch_nth (photo, 3);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *edit = add_version (project, history_add_original (project, photo, "photo"), edited);
  g_autoptr (ReshootImage) rendering = history_try_load (project, edit, RESHOOT_PICTURE_SHOWN,
                                                         NULL);
  ReshootProject *other = history_open (other_file, RESHOOT_PROJECT_CREATE);
  ReshootStep *first = history_add_original (other, rendering, "result");
  ReshootStep *second = history_add_original (other, photo, "photo");
  ReshootStep *child = add_version (other, second, rendering);
  ReshootStep *asked = history_add_request (other, first, "again", 0);

  g_assert_cmpstr (reshoot_step_get_digest (first), !=, reshoot_step_get_digest (edit));
  assert_shows (other, first, edited, FALSE);
  g_assert_cmpstr (reshoot_step_get_digest (child), ==, reshoot_step_get_digest (edit));
  assert_shows (other, child, edited, TRUE);
  g_assert_true (history_try_reply (other, asked, rendering, NULL));
  g_assert_true (history_try_reply (other, asked, rendering, NULL));
  history_verify (other);
  history_close (other);
  history_close (project);
  history_remove (file);
  history_remove (other_file);
}

static void
test_whole (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) photo = history_make_picture (1, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) other = history_make_picture (2, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) larger = history_make_picture (3, WIDTH, HEIGHT + 1);
  g_autoptr (ReshootImage) tiny = history_make_picture (4, 20, 10);
  g_autoptr (ReshootImage) on_other = touch_nth (other, 2);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, photo, "photo");
  ReshootImage *pictures[] = { other, larger, tiny };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      ReshootStep *step = add_version (project, original, pictures[i]);

      g_assert_cmpstr (reshoot_step_get_digest (step), ==, reshoot_image_get_digest (pictures[i]));
      assert_shows (project, step, pictures[i], FALSE);

      /* What is whole is a base. */
      if (i == 0)
        assert_shows (project, add_version (project, step, on_other), on_other, TRUE);
    }
  history_verify (project);
  history_close (project);
  history_remove (file);
}

/* One bit of one tile, found in the file by what stands there. */
static void
test_flipped_byte (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) photo = history_make_picture (1, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) edited = touch_nth (photo, 3);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *step = add_version (project, history_add_original (project, photo, "photo"), edited);
  g_autofree char *digest = g_strdup (reshoot_step_get_digest (step));
  g_autofree char *tile = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) shown = NULL;
  sqlite3_stmt *statement = NULL;
  sqlite3_blob *blob = NULL;
  sqlite3 *database;
  guint8 byte;

  history_close (project);
  database = open_database (file);
  sqlite3_prepare_v2 (database, "SELECT digest FROM tile WHERE id = 1", -1, &statement, NULL);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  tile = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_blob_open (database, "main", "tile", "data", 1, TRUE, &blob), ==, SQLITE_OK);
  sqlite3_blob_read (blob, &byte, 1, 5000);
  byte ^= 1;
  g_assert_cmpint (sqlite3_blob_write (blob, &byte, 1, 5000), ==, SQLITE_OK);
  sqlite3_blob_close (blob);
  sqlite3_close (database);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_assert_false (history_try_verify (project, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "picture");
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, digest);
  g_assert_nonnull (strstr (error->message, tile));
  g_clear_error (&error);

  step = reshoot_history_get_step (reshoot_project_get_history (project), 2);
  shown = history_try_load (project, step, RESHOOT_PICTURE_SHOWN, &error);
  g_assert_null (shown);
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
  g_clear_error (&error);

  /* A child of it can still be stored: whole. */
  assert_shows (project, add_version (project, step, edited), edited, FALSE);
  history_close (project);
  history_remove (file);
}

static const char *const strange[] = {
  "UPDATE picture_tile SET x = x + 1 WHERE tile = 1",
  "UPDATE picture_tile SET x = 1 << 40 WHERE tile = 1",
  "UPDATE picture_tile SET y = 9000 WHERE tile = 1",
  "UPDATE picture_tile SET tile = 2 WHERE tile = 1",
  "DELETE FROM picture_tile WHERE tile = 1",
  "DELETE FROM picture_tile",
  "DELETE FROM tile WHERE id = 1",
  "UPDATE tile SET data = zeroblob (30000000) WHERE id = 1",
  "UPDATE tile SET data = x'' WHERE id = 1",
  "UPDATE tile SET data = (SELECT data FROM picture_data LIMIT 1)",
  "INSERT INTO picture_tile SELECT tiling, y + 1, x, tile FROM picture_tile",
  "UPDATE tiling SET base = (SELECT picture FROM tiling WHERE id = 2) WHERE id = 1",
  "UPDATE tiling SET base = (SELECT digest FROM picture WHERE width = 20)",
  "DELETE FROM picture_data WHERE digest IN (SELECT base FROM tiling)",
  "UPDATE picture_data SET data = zeroblob (1000) WHERE digest IN (SELECT base FROM tiling)",
  "UPDATE picture SET width = 1200 WHERE format = 'tiles'",
  "UPDATE picture SET height = 60000, width = 60000",
  "DELETE FROM tiling WHERE id = 1",
};

static GBytes *
make_tiled_project (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) photo = history_make_picture (1, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) tiny = history_make_picture (4, 20, 10);
  g_autoptr (ReshootImage) edited = touch (photo, 400, 10, 300, 60);
  g_autoptr (ReshootImage) further = touch_nth (edited, 1);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, photo, "photo");
  GBytes *bytes;

  add_version (project, original, tiny);
  add_version (project, add_version (project, original, edited), further);
  history_close (project);
  bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  g_assert_nonnull (bytes);
  history_remove (file);
  return bytes;
}

/* Returns: how many of the pictures are an error; no other one than this is. */
static guint
count_damaged (ReshootProject *project)
{
  ReshootHistory *history = reshoot_project_get_history (project);
  guint n_bad = 0;

  for (guint id = 1; id <= 4; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootImage) shown = NULL;

      shown = history_try_load (project, reshoot_history_get_step (history, id),
                                RESHOOT_PICTURE_SHOWN, &error);
      if (shown == NULL)
        g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
      n_bad += shown == NULL;
    }

  return n_bad;
}

/* Every picture of the file is what it was or an error; no answer is a crash. */
static void
test_strange (void)
{
  g_autoptr (GBytes) bytes = make_tiled_project ();

  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
      g_autoptr (GError) error = NULL;
      ReshootProject *project;

      g_assert_true (g_file_replace_contents (file, g_bytes_get_data (bytes, NULL),
                                              g_bytes_get_size (bytes), NULL, FALSE, 0, NULL, NULL,
                                              NULL));
      tamper (file, strange[i]);
      project = history_open (file, RESHOOT_PROJECT_OPEN);
      if (count_damaged (project) == 0)
        g_error ("%s: every picture loads", strange[i]);
      if (history_try_verify (project, NULL, &error))
        g_error ("%s: verified", strange[i]);
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
      history_close (project);
      history_remove (file);
    }
}

/* Cancelled at any stage, a version is stored or is not; the file is sound either way. */
static void
test_cancel (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) photo = history_make_picture (1, WIDTH, HEIGHT);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, photo, "photo");
  guint n_cancelled = 0;

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (ReshootImage) edited = touch_nth (photo, i);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      ReshootStep *step = history_add_request (project, original, "brighter", 0);

      reshoot_project_add_version_async (project, step, edited, NULL, NULL, NULL, cancellable,
                                         reshoot_test_ready_cb, &result);
      g_assert_null (result);
      for (guint turn = 0; turn < i * 1500; turn++)
        g_main_context_iteration (NULL, FALSE);
      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);

      if (reshoot_project_add_version_finish (project, result, &error))
        assert_shows (project, step, edited, TRUE);
      else
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          g_assert_null (reshoot_step_get_digest (step));
          n_cancelled++;
        }
    }

  g_assert_cmpuint (n_cancelled, >, 0);
  history_verify (project);
  history_close (project);
  history_remove (file);
}

static void
test_cancel_load (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) photo = history_make_picture (1, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) edited = touch_nth (photo, 3);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *step = add_version (project, history_add_original (project, photo, "photo"), edited);

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootImage) shown = NULL;

      reshoot_project_load_picture_async (project, step, RESHOOT_PICTURE_SHOWN, cancellable,
                                          reshoot_test_ready_cb, &result);
      for (guint turn = 0; turn < i * 1500; turn++)
        g_main_context_iteration (NULL, FALSE);
      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);
      shown = reshoot_project_load_picture_finish (project, result, &error);
      if (shown == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        assert_same_pixels (shown, edited);
    }

  history_close (project);
  history_remove (file);
}

/* A close waits for what was asked before, also for what is not yet the writer's. */
static void
test_close_waits (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) photo = history_make_picture (1, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) edited = touch_nth (photo, 3);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, photo, "photo");
  ReshootStep *step = history_add_request (project, original, "brighter", 0);
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) late = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_add_version_async (project, step, edited, NULL, NULL, NULL, NULL,
                                     reshoot_test_ready_cb, &stored);
  reshoot_project_close_async (project, NULL, reshoot_test_ready_cb, &closed);
  reshoot_project_add_version_async (project, step, photo, NULL, NULL, NULL, NULL,
                                     reshoot_test_ready_cb, &late);
  reshoot_test_await (&closed);
  reshoot_test_await (&stored);
  reshoot_test_await (&late);
  g_assert_true (reshoot_project_close_finish (project, closed, NULL));
  g_assert_true (reshoot_project_add_version_finish (project, stored, NULL));
  g_assert_false (reshoot_project_add_version_finish (project, late, &error));
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "closed");
  g_object_unref (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  step = reshoot_history_get_step (reshoot_project_get_history (project), 2);
  assert_shows (project, step, edited, TRUE);
  history_close (project);
  history_remove (file);
}

/* Its bytes went with the bin; the same picture comes again and is there again. */
static void
test_comes_back (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) photo = history_make_picture (1, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) other = history_make_picture (2, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) edited = touch_nth (photo, 3);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, photo, "photo");

  add_version (project, original, edited);
  add_version (project, original, other);
  history_close (project);
  tamper (file,
          "INSERT INTO purged_picture SELECT digest, 'now' FROM picture WHERE digest NOT IN (SELECT base FROM tiling);"
          "DELETE FROM picture_tile; DELETE FROM tile;"
          "DELETE FROM picture_data WHERE digest IN (SELECT digest FROM purged_picture)");

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  original = reshoot_history_get_step (reshoot_project_get_history (project), 1);
  assert_shows (project, add_version (project, original, edited), edited, TRUE);
  assert_shows (project, add_version (project, original, other), other, FALSE);
  history_verify (project);
  history_close (project);
  g_assert_cmpint (ask (file, "SELECT count (*) FROM purged_picture"), ==, 0);
  history_remove (file);
}

/* The child: tiled versions without end, a line for each that is stored. */
static int
write_until_killed (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  g_autoptr (ReshootImage) picture = history_make_picture (1, WIDTH, HEIGHT);
  ReshootStep *step = history_add_original (project, picture, "photo");

  for (guint i = 0; ; i++)
    {
      g_autoptr (ReshootImage) touched = touch_nth (picture, i % 15);

      step = add_version (project, step, touched);
      dprintf (STDOUT_FILENO, "%d\n", (int) reshoot_step_get_id (step));
      g_set_object (&picture, touched);
    }

  return 0;
}

static void
check_after_kill (GFile *file,
                  int    n_stored)
{
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootHistory *history = reshoot_project_get_history (project);
  g_autoptr (ReshootImage) picture = history_make_picture (1, WIDTH, HEIGHT);

  history_verify (project);
  for (int id = 2; id <= n_stored; id++)
    {
      g_autoptr (ReshootImage) touched = touch_nth (picture, (id - 2) % 15);

      assert_shows (project, reshoot_history_get_step (history, id), touched, TRUE);
      g_set_object (&picture, touched);
    }
  history_close (project);
}

static void
test_kill (gconstpointer program)
{
  for (int i = 0; i < 6; i++)
    {
      g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) child = NULL;
      g_autoptr (GDataInputStream) lines = NULL;
      int n_stored = 0;
      char *line;

      child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--write",
                                g_file_peek_path (file), NULL);
      g_assert_no_error (error);
      lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
      n_stored = atoi (line = g_data_input_stream_read_line (lines, NULL, NULL, NULL));
      g_free (line);
      g_usleep (g_test_rand_int_range (0, LONGEST_LIFE));
      g_subprocess_force_exit (child);
      while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
        {
          n_stored = atoi (line);
          g_free (line);
        }
      g_assert_true (g_subprocess_wait (child, NULL, NULL));
      check_after_kill (file, n_stored);
      history_remove (file);
    }
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--write") == 0)
    return write_until_killed (argv[2]);

  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/picture-tiles/chain", test_chain);
  g_test_add_func ("/picture-tiles/manifest", test_manifest);
  g_test_add_func ("/picture-tiles/same", test_same);
  g_test_add_func ("/picture-tiles/rendering-elsewhere", test_rendering_elsewhere);
  g_test_add_func ("/picture-tiles/whole", test_whole);
  g_test_add_func ("/picture-tiles/flipped-byte", test_flipped_byte);
  g_test_add_func ("/picture-tiles/strange", test_strange);
  g_test_add_func ("/picture-tiles/cancel", test_cancel);
  g_test_add_func ("/picture-tiles/cancel-load", test_cancel_load);
  g_test_add_func ("/picture-tiles/close-waits", test_close_waits);
  g_test_add_func ("/picture-tiles/comes-back", test_comes_back);
  g_test_add_data_func ("/picture-tiles/kill", argv[0], test_kill);

  return g_test_run ();
}
