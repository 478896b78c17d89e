/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a project of tests/data/projects is made: one of each thing that the newest version of the schema can hold. A
 * file that was given away is never made again. */

#include "fixture.h"

#include <sqlite3.h>
#include <string.h>

#include "history-support.h"
#include "reshoot-project-bin.h"
#include "reshoot-project-join.h"

/* The smallest that is worth tiles, two squares wide. */
#define WIDTH 300
#define HEIGHT 220

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

static void
pay (ReshootProject *project,
     ReshootStep    *step,
     ReshootMoney    price,
     double          seconds)
{
  ReshootJobFacts paid = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);

  paid.quoted = paid.settled = price;
  paid.charged = RESHOOT_CHARGED_YES;
  paid.seconds = seconds;
  history_update_job (project, step, &paid);
}

/* Two edits of one photo, each stored as tiles, the second of them landed twice. */
static ReshootStep *
add_tiled_edits (ReshootProject *project,
                 ReshootImage   *photo,
                 ReshootStep    *original)
{
  g_autoptr (ReshootImage) reply = history_make_picture (101, 24, 16);
  g_autoptr (ReshootImage) white = touch (photo, 200, 20, 90, 30);
  g_autoptr (ReshootImage) warm = touch (white, 262, 60, 30, 20);
  g_autoptr (ReshootImage) warmer = touch (white, 262, 60, 35, 30);
  g_autoptr (GError) error = NULL;
  ReshootStep *step = history_add_request (project, original, "Put it on a white table", 0.04);
  ReshootStep *next;

  history_try_reply (project, step, reply, &error);
  g_assert_no_error (error);
  history_try_version (project, step, white, &error);
  g_assert_no_error (error);
  pay (project, step, 40000, 8.5);

  next = history_add_request (project, step, "Make the light warmer;\nkeep the shadow", 0);
  history_try_version (project, next, warm, &error);
  g_assert_no_error (error);
  history_try_version (project, next, warmer, &error);
  g_assert_no_error (error);
  return step;
}

/* One request, asked of two models, of one of them twice: done, refused, and on its way. */
static void
add_row (ReshootProject *project,
         ReshootStep    *source)
{
  g_autoptr (ReshootImage) shoe = history_make_picture (102, 16, 16);
  g_autoptr (ReshootImage) mask = history_make_picture (103, 16, 16);
  g_autoptr (ReshootImage) done = history_make_picture (104, 24, 16);
  g_autoptr (GError) why = reshoot_error_new (RESHOOT_ERROR_REFUSED, "moderation", "bfl", "Request Moderated");
  ReshootRequestPicture pictures[] = { { "reference", shoe, NULL }, { "protect", mask, NULL } };
  ReshootInputs inputs = { "1.2", "2026-11-22", { 1, 2, 30.5, 40 }, pictures, 2 };
  g_autoptr (ReshootRequest) pro = reshoot_request_new_with_inputs ("Put it on a beach", "bfl/flux-kontext-pro", NULL,
                                                                    &inputs);
  g_autoptr (ReshootRequest) max = reshoot_request_new_with_inputs ("Put it on a beach", "bfl/flux-kontext-max", NULL,
                                                                    &inputs);
  ReshootRequest *requests[] = { pro, pro, max };
  const ReshootMoney estimates[] = { 40000, 40000, 80000 };
  ReshootJobFacts refused = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_REFUSED);
  ReshootJobFacts submitted = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_SUBMITTED);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_add_row_async (project, source, requests, estimates,
                                 G_N_ELEMENTS (requests), NULL, reshoot_test_ready_cb, &added);
  reshoot_test_await (&added);
  steps = reshoot_project_add_row_finish (project, added, &error);
  g_assert_no_error (error);

  history_try_reply (project, steps->pdata[0], done, &error);
  g_assert_no_error (error);
  history_try_version (project, steps->pdata[0], done, &error);
  g_assert_no_error (error);
  pay (project, steps->pdata[0], 40000, 7.25);

  refused.error = why;
  refused.quoted = 40000;
  refused.charged = RESHOOT_CHARGED_NO;
  history_update_job (project, steps->pdata[1], &refused);
  submitted.ticket = "{\"id\":\"abc\",\"polling_url\":\"https://api.bfl.ai/v1/get_result?id=abc\"}";
  submitted.quoted = 80000;
  history_update_job (project, steps->pdata[2], &submitted);
}

static void
add_note (ReshootProject         *project,
          ReshootStep            *step,
          const ReshootNoteFacts *facts,
          gboolean                is_removed)
{
  g_autoptr (GAsyncResult) noted = NULL;
  g_autoptr (GAsyncResult) removed = NULL;
  g_autoptr (ReshootNote) note = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_add_note_async (project, step, facts, NULL, reshoot_test_ready_cb, &noted);
  reshoot_test_await (&noted);
  note = reshoot_project_add_note_finish (project, noted, &error);
  g_assert_no_error (error);
  if (!is_removed)
    return;

  reshoot_project_remove_note_async (project, step, note, NULL, reshoot_test_ready_cb, &removed);
  reshoot_test_await (&removed);
  reshoot_project_remove_note_finish (project, removed, &error);
  g_assert_no_error (error);
}

/* Everything that can be said of a step. */
static void
label (ReshootProject *project,
       ReshootStep    *step)
{
  const char *const tags[] = { "shop", "white", NULL };
  const ReshootNoteFacts whole = RESHOOT_NOTE_FACTS_INIT ("brighter, please");
  const ReshootNoteFacts area = { "Ada", "a scratch", 0.25, 0.5, 0.125, 0.0625 };
  g_autoptr (GAsyncResult) rated = NULL;
  g_autoptr (GAsyncResult) titled = NULL;
  g_autoptr (GAsyncResult) named = NULL;
  g_autoptr (GAsyncResult) tagged = NULL;
  g_autoptr (GAsyncResult) accepted = NULL;
  g_autoptr (GAsyncResult) rejected = NULL;

  reshoot_project_set_rating_async (project, step, 5, NULL, reshoot_test_ready_cb, &rated);
  reshoot_project_set_title_async (project, step, "the good one", NULL, reshoot_test_ready_cb, &titled);
  reshoot_project_set_branch_async (project, step, "white", NULL, reshoot_test_ready_cb, &named);
  reshoot_project_set_tags_async (project, step, tags, NULL, reshoot_test_ready_cb, &tagged);
  reshoot_project_set_verdict_async (project, step, "", RESHOOT_VERDICT_ACCEPT, NULL, NULL,
                                     reshoot_test_ready_cb, &accepted);
  reshoot_project_set_verdict_async (project, step, "Ada", RESHOOT_VERDICT_REJECT, "too dark", NULL,
                                     reshoot_test_ready_cb, &rejected);
  reshoot_test_await (&rejected);
  add_note (project, step, &whole, FALSE);
  add_note (project, step, &area, FALSE);
  add_note (project, step, &whole, TRUE);
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

/* One edit that is gone for good, and one that lies in the bin. */
static void
fill_bin (ReshootProject *project,
          ReshootStep    *source)
{
  g_autoptr (GAsyncResult) emptied = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_bytes = 0;

  put_in_bin (project, history_add_edit (project, source, 105));
  reshoot_project_empty_bin_async (project, NULL, reshoot_test_ready_cb, &emptied);
  reshoot_test_await (&emptied);
  reshoot_project_empty_bin_finish (project, emptied, &n_bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_bytes, >, 0);
  put_in_bin (project, history_add_edit (project, source, 106));
}

static void
export (ReshootProject *project,
        ReshootStep    *step)
{
  g_autofree char *text = g_strdup_printf ("{\"digest\":\"%s\",\"file\":\"white.png\"}",
                                           reshoot_step_get_digest (step));
  g_autoptr (JsonNode) body = json_from_string (text, NULL);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_add_entry_async (project, "export", step, body, NULL, reshoot_test_ready_cb, &added);
  reshoot_test_await (&added);
  reshoot_project_add_entry_finish (project, added, &error);
  g_assert_no_error (error);
}

static void
join_other (ReshootProject *project)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("other.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (107, 24, 16);
  g_autoptr (GAsyncResult) joined = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *other = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *edit = history_add_edit (other, history_add_original (other, picture, "jug.tif"), 108);

  pay (other, edit, 50000, 9);
  history_close (other);
  reshoot_project_join_async (project, file, NULL, reshoot_test_ready_cb, &joined);
  reshoot_test_await (&joined);
  reshoot_project_join_finish (project, joined, NULL, &error);
  g_assert_no_error (error);
  history_remove (file);
}

/* Small pages: a repository need not carry the empty part of large ones. */
static void
shrink (const char *path)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "PRAGMA page_size = 1024; VACUUM", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

void
history_make_fixture (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ReshootImage) photo = history_make_picture (1, WIDTH, HEIGHT);
  g_autoptr (ReshootImage) lamp = history_make_picture (2, 24, 16);
  g_autoptr (ReshootImage) small = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, photo, "cup.tif");
  ReshootStep *edit = add_tiled_edits (project, photo, original);

  add_row (project, edit);
  fill_bin (project, history_add_original (project, lamp, "lamp.tif"));
  label (project, edit);
  export (project, edit);
  join_other (project);
  small = history_try_load (project, original, RESHOOT_PICTURE_THUMBNAIL, NULL);
  g_assert_nonnull (small);
  reshoot_history_set_head (reshoot_project_get_history (project), edit);
  history_verify (project);
  history_close (project);
  shrink (path);
}
