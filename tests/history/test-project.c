/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "history-support.h"

/* Changes a closed project as somebody with a database tool could: the triggers are taken off and put back. */
static void
tamper (GFile      *file,
        const char *sql)
{
  g_autoptr (GString) triggers = g_string_new (NULL);
  sqlite3 *database;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
                                       -1, &statement, NULL), ==, SQLITE_OK);
  g_string_append (triggers, sql);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_autofree char *drop = g_strdup_printf ("DROP TRIGGER %s;", sqlite3_column_text (statement, 0));

      g_string_prepend (triggers, drop);
      g_string_append_printf (triggers, ";%s", sqlite3_column_text (statement, 1));
    }

  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_exec (database, triggers->str, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static const char *
get_folder_listing (GFile *file,
                    char  *listing,
                    gsize  size)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  const char *name;

  listing[0] = '\0';
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_strlcat (listing, name, size);
      g_strlcat (listing, " ", size);
    }

  return listing;
}

/* The life of an edit, closed and opened again. */
static void
test_life (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) original = history_make_picture (1, 40, 30);
  g_autoptr (ReshootImage) reply = history_make_picture (2, 20, 15);
  g_autoptr (ReshootImage) landed = history_make_picture (3, 40, 30);
  g_autoptr (ReshootImage) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uuid = NULL;
  ReshootJobFacts submitted = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_SUBMITTED);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *first;
  ReshootStep *step;
  char listing[256];
  ReshootVerifyCounts counts;

  g_assert_false (reshoot_project_get_read_only (project));
  g_assert_true (g_file_equal (reshoot_project_get_file (project), file));
  g_assert_null (reshoot_history_get_head (history));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 0);

  first = history_add_original (project, original, "shoe.tif");
  g_assert_cmpint (reshoot_step_get_id (first), ==, 1);
  g_assert_cmpstr (reshoot_step_get_title (first), ==, "shoe.tif");
  g_assert_cmpint (reshoot_step_get_width (first), ==, 40);
  g_assert_cmpint (reshoot_step_get_state (first), ==, RESHOOT_STEP_DONE);
  g_assert_true (reshoot_step_get_original (first) == first);
  g_assert_null (reshoot_step_get_affine (first));
  g_assert_true (reshoot_history_get_head (history) == first);

  step = history_add_request (project, first, "  Make it\nwhite ", 0.04);
  g_assert_cmpint (reshoot_step_get_id (step), ==, 2);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_WAITING);
  g_assert_cmpstr (reshoot_step_get_title (step), ==, "Make it white");
  g_assert_true (reshoot_step_get_parent (step) == first);
  g_assert_true (reshoot_history_get_head (history) == first);

  submitted.ticket = "{\"id\": \"abc\"}";
  submitted.quoted = 50000;
  history_update_job (project, step, &submitted);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_SUBMITTED);
  g_assert_cmpint (reshoot_step_get_price (step)->quoted, ==, 50000);

  history_try_reply (project, step, reply, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_RECEIVED);
  g_assert_null (reshoot_step_get_digest (step));
  history_try_version (project, step, landed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_DONE);
  g_assert_true (reshoot_history_get_head (history) == step);

  uuid = g_strdup (reshoot_step_get_uuid (step));
  history_close (project);
  g_assert_cmpstr (get_folder_listing (file, listing, sizeof listing), ==, "a.reshoot ");

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  history = reshoot_project_get_history (project);
  step = reshoot_history_get_step (history, 2);
  g_assert_true (reshoot_history_get_head (history) == step);
  g_assert_cmpstr (reshoot_step_get_uuid (step), ==, uuid);
  g_assert_cmpstr (reshoot_request_get_instruction (reshoot_step_get_request (step)), ==, "  Make it\nwhite ");
  g_assert_cmpstr (reshoot_request_get_model (reshoot_step_get_request (step)), ==, "bfl/flux-kontext-pro");
  g_assert_cmpstr (reshoot_step_get_ticket (step), ==, "{\"id\": \"abc\"}");
  g_assert_cmpint (reshoot_step_get_price (step)->estimate, ==, 40000);
  g_assert_cmpint (reshoot_step_get_price (step)->quoted, ==, 50000);
  g_assert_cmpint (reshoot_step_get_price (step)->settled, ==, RESHOOT_MONEY_UNKNOWN);
  g_assert_cmpfloat (reshoot_step_get_affine (step)[4], ==, 2.5);
  g_assert_cmpfloat (json_object_get_double_member (json_node_get_object (reshoot_step_get_facts (step)), "drift"),
                     ==, 0.25);

  loaded = history_try_load (project, step, RESHOOT_PICTURE_SHOWN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_image_get_digest (loaded), ==, reshoot_image_get_digest (landed));
  g_assert_true (g_bytes_equal (reshoot_image_get_bytes (loaded),
                                reshoot_image_get_bytes (landed)));
  g_clear_object (&loaded);
  loaded = history_try_load (project, step, RESHOOT_PICTURE_REPLY, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_image_get_digest (loaded), ==, reshoot_image_get_digest (reply));

  history_try_verify (project, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.n_pictures, ==, 3);
  g_assert_cmpuint (counts.n_entries, ==, 7);
  history_close (project);
  history_remove (file);
}

/* An original and two edits below it, closed. */
static GFile *
make_project (void)
{
  GFile *file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, picture, "one");
  ReshootJobFacts paid = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);
  ReshootStep *edit = history_add_edit (project, original, 2);

  paid.settled = 40000;
  paid.charged = RESHOOT_CHARGED_YES;
  paid.seconds = 12.5;
  history_update_job (project, edit, &paid);
  history_add_edit (project, edit, 3);
  history_close (project);
  return file;
}

/* The same picture is the same original, and two steps that show the same picture store it once. */
static void
test_shared_pictures (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 200, 150);
  g_autoptr (ReshootImage) same = history_make_picture (1, 200, 150);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) one = NULL;
  g_autoptr (GAsyncResult) two = NULL;
  g_autoptr (ReshootStep) first = NULL;
  g_autoptr (ReshootStep) second = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *a;
  ReshootStep *b;
  ReshootVerifyCounts counts;

  /* Both on their way at once. */
  reshoot_project_add_original_async (project, picture, "one", NULL, reshoot_test_ready_cb, &one);
  reshoot_project_add_original_async (project, same, "two", NULL, reshoot_test_ready_cb, &two);
  reshoot_test_await (&one);
  reshoot_test_await (&two);
  first = reshoot_project_add_original_finish (project, one, &error);
  second = reshoot_project_add_original_finish (project, two, &error);
  g_assert_no_error (error);
  g_assert_true (first == second);
  g_assert_cmpstr (reshoot_step_get_title (first), ==, "one");

  a = history_add_request (project, first, "nothing", 0);
  b = history_add_request (project, first, "nothing at all", 0);
  g_assert_true (history_try_reply (project, a, same, NULL));
  g_assert_true (history_try_version (project, a, same, NULL));
  g_assert_true (history_try_reply (project, b, same, NULL));
  g_assert_true (history_try_version (project, b, same, NULL));
  g_assert_cmpstr (reshoot_step_get_digest (a), ==, reshoot_step_get_digest (b));

  history_try_verify (project, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.n_pictures, ==, 1);
  history_close (project);
  history_remove (file);
}

/* A reply is what came, once. A version is how it was landed, as often as one likes. */
static void
test_replies_are_frozen (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autoptr (ReshootImage) reply = history_make_picture (2, 24, 16);
  g_autoptr (ReshootImage) other = history_make_picture (3, 24, 16);
  g_autoptr (GError) error = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *step = history_add_request (project, history_add_original (project, picture, NULL), "x", NAN);

  g_assert_true (history_try_reply (project, step, reply, NULL));
  g_assert_true (history_try_reply (project, step, reply, NULL));
  g_assert_false (history_try_reply (project, step, other, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "frozen");

  g_assert_true (history_try_version (project, step, reply, NULL));
  g_assert_true (history_try_version (project, step, other, NULL));
  g_assert_cmpstr (reshoot_step_get_digest (step), ==, reshoot_image_get_digest (other));
  history_verify (project);
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  step = reshoot_history_get_step (reshoot_project_get_history (project), 2);
  g_assert_cmpstr (reshoot_step_get_digest (step), ==, reshoot_image_get_digest (other));
  history_close (project);
  history_remove (file);
}

/* Not even somebody with a database tool changes a frozen record by mistake. */
static void
test_triggers (void)
{
  static const char *const table[] = {
    "UPDATE ledger SET body = '{}' WHERE n = 1",
    "DELETE FROM ledger",
    "UPDATE request SET body = '{}'",
    "DELETE FROM request",
    "UPDATE reply SET picture = picture",
    "DELETE FROM reply",
    "UPDATE picture SET width = 1",
    "DELETE FROM picture",
    "UPDATE picture_data SET data = x'00'",
    "DELETE FROM picture_data",
    "UPDATE step SET parent = 1 WHERE id = 3",
    "DELETE FROM step",
  };
  g_autoptr (GFile) file = make_project ();
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      int result = sqlite3_exec (database, table[i], NULL, NULL, NULL);

      if (result != SQLITE_CONSTRAINT)
        g_error ("%s gave %d", table[i], result);
    }

  sqlite3_close (database);
  history_remove (file);
}

typedef struct
{
  const char *sql;
  const char *reason;
  const char *subject;
} Tampering;

/* Whatever was changed behind our back, verifying names it. */
static void
test_tampered (void)
{
  static const Tampering table[] = {
    { "UPDATE ledger SET body = replace (body, 'flux-kontext-pro', 'flux-kontext-max') WHERE n = 3",
      "ledger", "entry 3 (request)" },
    { "UPDATE ledger SET time = '2020-01-01T00:00:00Z' WHERE n = 1", "ledger", "entry 1 (project)" },
    { "UPDATE ledger SET previous = hash WHERE n = 5", "ledger", "entry 5 (version)" },
    { "DELETE FROM ledger WHERE n = 4", "ledger", "entry 4" },
    { "DELETE FROM ledger WHERE n = (SELECT max (n) FROM ledger)", "ledger", "step 3" },
    { "DELETE FROM ledger WHERE n > 2", "ledger", "step 2" },
    { "UPDATE request SET body = replace (body, 'number 2', 'number 9') WHERE id = 1",
      "ledger", "entry 3 (request)" },
    { "UPDATE reply SET picture = (SELECT picture FROM step WHERE id = 1) WHERE step = 2",
      "ledger", "entry 4 (reply)" },
    { "UPDATE version SET facts = '{\"drift\":0}' WHERE step = 2", "ledger", "entry 5 (version)" },
    { "UPDATE job SET settled = 10000 WHERE step = 2", "ledger", "entry 7 (job)" },
    { "UPDATE job SET charged = 'no' WHERE step = 2", "ledger", "entry 7 (job)" },
    { "UPDATE job SET state = 'failed' WHERE step = 3", "ledger", "entry 11 (job)" },
    { "UPDATE step SET uuid = 'another' WHERE id = 1", "ledger", "entry 2 (original)" },
    { "UPDATE meta SET value = 'another' WHERE key = 'uuid'", "ledger", "entry 1 (project)" },
    { "INSERT INTO reply (step, picture, received) SELECT 1, picture, '' FROM step WHERE id = 1", "ledger", "step 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GFile) file = make_project ();
      g_autoptr (GError) error = NULL;
      ReshootProject *project;

      tamper (file, table[i].sql);
      project = history_open (file, RESHOOT_PROJECT_OPEN);
      g_assert_false (history_try_verify (project, NULL, &error));
      g_test_message ("%s: %s", table[i].sql, error->message);
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, table[i].reason);
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, table[i].subject);
      history_close (project);
      history_remove (file);
    }
}

/* An entry rewritten by somebody who can compute its hash: the entry after it tells. */
static void
test_rehashed (void)
{
  g_autoptr (GFile) file = make_project ();
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_autoptr (JsonNode) body = json_from_string ("{\"file\": \"a.jpg\"}", NULL);
  g_autoptr (GAsyncResult) one = NULL;
  g_autoptr (GAsyncResult) two = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *sql = NULL;
  sqlite3 *database;
  sqlite3_stmt *row;

  reshoot_project_add_entry_async (project, "export", NULL, body, NULL, reshoot_test_ready_cb, &one);
  reshoot_project_add_entry_async (project, "export", NULL, body, NULL, reshoot_test_ready_cb, &two);
  reshoot_test_await (&two);
  history_close (project);

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT previous, time FROM ledger WHERE n = 12", -1, &row, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  text = g_strdup_printf ("%s\n12\n%s\nexport\n{}", sqlite3_column_text (row, 0), sqlite3_column_text (row, 1));
  sqlite3_finalize (row);
  sqlite3_close (database);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  sql = g_strdup_printf ("UPDATE ledger SET body = '{}', hash = '%s' WHERE n = 12", hash);
  tamper (file, sql);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_assert_false (history_try_verify (project, NULL, &error));
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "entry 13 (export)");
  history_close (project);
  history_remove (file);
}

/* One flipped byte in a picture: neither shown nor verified. */
static void
test_flipped_byte (void)
{
  static const char *const table[] = {
    ("UPDATE picture_data SET data = CAST (substr (data, 1, 200) || x'55AA' || substr (data, 203) AS BLOB)"
     " WHERE digest = (SELECT picture FROM step WHERE id = 1)"),
    "UPDATE picture_data SET data = x'00' WHERE digest = (SELECT picture FROM step WHERE id = 1)",
    "DELETE FROM picture_data WHERE digest = (SELECT picture FROM step WHERE id = 1)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GFile) file = make_project ();
      g_autoptr (ReshootImage) image = NULL;
      g_autoptr (ReshootImage) other = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) verify_error = NULL;
      ReshootProject *project;
      ReshootStep *original;
      ReshootStep *edit;

      tamper (file, table[i]);
      project = history_open (file, RESHOOT_PROJECT_OPEN);
      original = reshoot_history_get_step (reshoot_project_get_history (project), 1);
      edit = reshoot_history_get_step (reshoot_project_get_history (project), 2);

      image = history_try_load (project, original, RESHOOT_PICTURE_SHOWN, &error);
      g_assert_null (image);
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, "picture");
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, reshoot_step_get_digest (original));

      other = history_try_load (project, edit, RESHOOT_PICTURE_SHOWN, NULL);
      g_assert_nonnull (other);

      g_assert_false (history_try_verify (project, NULL, &verify_error));
      g_assert_cmpstr (reshoot_error_get_reason (verify_error), ==, "picture");
      g_assert_cmpstr (reshoot_error_get_subject (verify_error), ==,
                       reshoot_step_get_digest (original));
      history_close (project);
      history_remove (file);
    }
}

/* How a job stands is kept whatever it is, with its price and the reason. */
static void
test_restore_jobs (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, picture, NULL);
  g_autoptr (GError) why = reshoot_error_new (RESHOOT_ERROR_REFUSED, "moderation", "bfl", "said no: %s", "ü");
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "by hand");
  g_autoptr (GError) foreign = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_IO, "odd");

  for (int state = RESHOOT_STEP_WAITING; state <= RESHOOT_STEP_UNKNOWN; state++)
    {
      ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (state);
      ReshootStep *step = history_add_request (project, original, "x", state % 2 == 0 ? NAN : state / 100.0);

      facts.charged = state % 3;
      if (state == RESHOOT_STEP_REFUSED)
        facts.error = why;
      if (state == RESHOOT_STEP_CANCELLED)
        facts.error = cancelled;
      if (state == RESHOOT_STEP_FAILED)
        facts.error = foreign;
      if (state == RESHOOT_STEP_UNKNOWN)
        facts.ticket = "{\"a\":1}";

      history_update_job (project, step, &facts);
    }

  history_close (project);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  for (int state = RESHOOT_STEP_WAITING; state <= RESHOOT_STEP_UNKNOWN; state++)
    {
      ReshootStep *step = reshoot_history_get_step (reshoot_project_get_history (project),
                                                    2 + state);
      const ReshootPrice *price = reshoot_step_get_price (step);
      g_autoptr (GError) error = reshoot_step_dup_error (step);

      g_assert_cmpint (reshoot_step_get_state (step), ==, state);
      g_assert_cmpint (price->charged, ==, state % 3);
      g_assert_cmpint (price->quoted, ==, RESHOOT_MONEY_UNKNOWN);
      g_assert_cmpint (price->settled, ==, RESHOOT_MONEY_UNKNOWN);
      g_assert_true (isnan (reshoot_step_get_seconds (step)));
      if (state % 2 == 0)
        g_assert_cmpint (price->estimate, ==, RESHOOT_MONEY_UNKNOWN);
      else
        g_assert_cmpint (price->estimate, ==, state * 10000);

      if (state == RESHOOT_STEP_REFUSED)
        {
          g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_REFUSED);
          g_assert_cmpstr (reshoot_error_get_reason (error), ==, "moderation");
          g_assert_cmpstr (reshoot_error_get_subject (error), ==, "bfl");
          g_assert_cmpstr (error->message, ==, "said no: ü");
        }
      else if (state == RESHOOT_STEP_CANCELLED)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else if (state == RESHOOT_STEP_FAILED)
        g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED);
      else
        g_assert_no_error (error);
    }

  history_verify (project);
  history_close (project);
  history_remove (file);
}

/* What is not said stays; an error stays until the job goes on. */
static void
test_job_keeps (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autoptr (GError) why = reshoot_error_new (RESHOOT_ERROR_NETWORK, "timeout", NULL, "slow");
  g_autoptr (GError) kept = NULL;
  g_autoptr (GError) gone = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *step = history_add_request (project, history_add_original (project, picture, NULL), "x", 0.5);
  ReshootJobFacts full = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_UNKNOWN);
  ReshootJobFacts unknown = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_UNKNOWN);
  ReshootJobFacts running = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_RUNNING);

  full.ticket = "{}";
  full.quoted = 250000;
  full.settled = 0;
  full.charged = RESHOOT_CHARGED_UNKNOWN;
  full.seconds = 3;
  full.error = why;
  history_update_job (project, step, &full);
  history_update_job (project, step, &unknown);
  kept = reshoot_step_dup_error (step);
  g_assert_error (kept, RESHOOT_ERROR, RESHOOT_ERROR_NETWORK);
  history_update_job (project, step, &running);
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  step = reshoot_history_get_step (reshoot_project_get_history (project), 2);
  gone = reshoot_step_dup_error (step);
  g_assert_no_error (gone);
  g_assert_cmpstr (reshoot_step_get_ticket (step), ==, "{}");
  g_assert_cmpint (reshoot_step_get_price (step)->quoted, ==, 250000);
  g_assert_cmpint (reshoot_step_get_price (step)->settled, ==, 0);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_UNKNOWN);
  g_assert_cmpfloat (reshoot_step_get_seconds (step), ==, 3);
  history_verify (project);
  history_close (project);
  history_remove (file);
}

/* A thumbnail is made once, then kept, and made again when what is kept is no picture. */
static void
test_thumbnail (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 1024, 512);
  g_autoptr (ReshootImage) made = NULL;
  g_autoptr (ReshootImage) kept = NULL;
  g_autoptr (ReshootImage) again = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, picture, NULL);

  made = history_try_load (project, original, RESHOOT_PICTURE_THUMBNAIL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (made), ==, 256);
  g_assert_cmpint (reshoot_image_get_height (made), ==, 128);
  history_close (project);

  /* Without the picture itself only the kept thumbnail can answer. */
  tamper (file, "UPDATE picture_data SET data = x'00'");
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  original = reshoot_history_get_step (reshoot_project_get_history (project), 1);
  kept = history_try_load (project, original, RESHOOT_PICTURE_THUMBNAIL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_image_get_digest (kept), ==, reshoot_image_get_digest (made));
  history_close (project);

  tamper (file, "UPDATE thumbnail SET data = x'00'");
  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  original = reshoot_history_get_step (reshoot_project_get_history (project), 1);
  again = history_try_load (project, original, RESHOOT_PICTURE_THUMBNAIL, &error);
  g_assert_null (again);
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
  history_close (project);
  history_remove (file);
}

static void
test_no_picture (void)
{
  g_autoptr (GFile) file = make_project ();
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootStep *original = reshoot_history_get_step (reshoot_project_get_history (project), 1);
  ReshootStep *pending = history_add_request (project, original, "x", NAN);
  const ReshootPictureKind kinds[] = {
    RESHOOT_PICTURE_SHOWN, RESHOOT_PICTURE_REPLY, RESHOOT_PICTURE_THUMBNAIL
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootImage) image = history_try_load (project, pending, kinds[i], &error);

      g_assert_null (image);
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, "no-picture");
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, "4");
    }

  history_close (project);
  history_remove (file);
}

/* Closing waits for all that was asked before, and what comes after is told so. */
static void
test_close_waits (void)
{
  enum { N = 20 };
  g_autoptr (GFile) file = make_project ();
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *original = reshoot_history_get_step (history, 1);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("x", "a/b", NULL);
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GAsyncResult) late = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GAsyncResult) picture = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) late_error = NULL;
  GAsyncResult *results[N] = { NULL };

  for (guint i = 0; i < N; i++)
    reshoot_project_add_request_async (project, original, request, RESHOOT_MONEY_UNKNOWN,
                                       NULL, reshoot_test_ready_cb,
                                       &results[i]);

  reshoot_history_set_head (history, original);
  reshoot_project_load_picture_async (project, original, RESHOOT_PICTURE_SHOWN, NULL,
                                      reshoot_test_ready_cb, &picture);
  reshoot_project_close_async (project, NULL, reshoot_test_ready_cb, &closed);
  reshoot_project_add_request_async (project, original, request, RESHOOT_MONEY_UNKNOWN,
                                     NULL, reshoot_test_ready_cb,
                                     &late);
  reshoot_project_close_async (project, NULL, reshoot_test_ready_cb, &again);
  reshoot_test_await (&closed);
  g_assert_true (reshoot_project_close_finish (project, closed, &error));
  reshoot_test_await (&again);
  g_assert_true (reshoot_project_close_finish (project, again, &error));

  for (guint i = 0; i < N; i++)
    {
      ReshootStep *step;

      reshoot_test_await (&results[i]);
      step = reshoot_project_add_request_finish (project, results[i], &error);
      g_assert_no_error (error);
      g_object_unref (step);
      g_object_unref (results[i]);
    }

  reshoot_test_await (&picture);
  g_object_unref (reshoot_project_load_picture_finish (project, picture, &error));
  g_assert_no_error (error);

  reshoot_test_await (&late);
  g_assert_null (reshoot_project_add_request_finish (project, late, &late_error));
  g_assert_error (late_error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED);
  g_assert_cmpstr (reshoot_error_get_reason (late_error), ==, "closed");
  g_object_unref (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  history = reshoot_project_get_history (project);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 3 + N);
  g_assert_cmpint (reshoot_step_get_id (reshoot_history_get_head (history)), ==, 1);
  history_close (project);
  history_remove (file);
}

static void
bring_in (ReshootProject *project,
          ReshootStep    *step)
{
  guint seed = (guint) reshoot_step_get_id (step);
  g_autoptr (ReshootImage) picture = history_make_picture (seed, 24, 16);
  g_autoptr (GError) error = NULL;

  history_try_reply (project, step, picture, &error);
  g_assert_no_error (error);
  history_try_version (project, step, picture, &error);
  g_assert_no_error (error);
}

/* Only who waits on that very step is taken along: asking for something else, or going elsewhere, ends the waiting. */
static void
test_arrivals (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootHistory *history = reshoot_project_get_history (project);
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  ReshootStep *original = history_add_original (project, picture, "shoe.tif");
  ReshootStep *early = history_add_request (project, original, "early", 0.04);
  ReshootStep *late = history_add_request (project, original, "late", 0.04);

  bring_in (project, early);
  g_assert_true (reshoot_history_get_head (history) == original);
  bring_in (project, late);
  g_assert_true (reshoot_history_get_head (history) == late);

  /* Somewhere else and back: what was begun before is no longer what is waited on. */
  early = history_add_request (project, late, "and then", 0.04);
  reshoot_history_undo (history);
  bring_in (project, early);
  g_assert_true (reshoot_history_get_head (history) == original);

  early = history_add_request (project, original, "once more", 0.04);
  reshoot_history_set_head (history, late);
  reshoot_history_undo (history);
  bring_in (project, early);
  g_assert_true (reshoot_history_get_head (history) == original);

  /* What was under way when the project was closed is still waited on when it is open again. */
  late = history_add_request (project, original, "over night", 0.04);
  history_close (project);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  history = reshoot_project_get_history (project);
  late = reshoot_history_get_step (history, 6);
  bring_in (project, late);
  g_assert_true (reshoot_history_get_head (history) == late);

  history_verify (project);
  history_close (project);
  history_remove (file);
}

/* A project that is just let go folds its log as well. */
static void
test_dropped (void)
{
  g_autoptr (GFile) file = make_project ();
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  char listing[256];

  history_add_request (project, reshoot_history_get_step (reshoot_project_get_history (project), 1), "x", NAN);
  g_assert_finalize_object (project);
  g_assert_cmpstr (get_folder_listing (file, listing, sizeof listing), ==, "a.reshoot ");

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_assert_nonnull (reshoot_history_get_step (reshoot_project_get_history (project), 4));
  history_verify (project);
  history_close (project);
  history_remove (file);
}

static void
test_entries_and_ratings (void)
{
  g_autoptr (GFile) file = make_project ();
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootStep *step = reshoot_history_get_step (reshoot_project_get_history (project), 2);
  g_autoptr (JsonNode) body = json_from_string ("{\"file\": \"a.jpg\"}", NULL);
  g_autoptr (GAsyncResult) entry = NULL;
  g_autoptr (GAsyncResult) free_entry = NULL;
  g_autoptr (GAsyncResult) rating = NULL;
  g_autoptr (GError) error = NULL;
  ReshootVerifyCounts before;
  ReshootVerifyCounts counts;
  int stars;

  g_assert_true (history_try_verify (project, &before, NULL));
  reshoot_project_add_entry_async (project, "export", step, body, NULL, reshoot_test_ready_cb, &entry);
  reshoot_project_add_entry_async (project, "vote", NULL, NULL, NULL, reshoot_test_ready_cb, &free_entry);
  reshoot_project_set_rating_async (project, step, 4, NULL, reshoot_test_ready_cb, &rating);
  reshoot_test_await (&entry);
  reshoot_test_await (&free_entry);
  reshoot_test_await (&rating);
  g_assert_true (reshoot_project_add_entry_finish (project, entry, &error));
  g_assert_true (reshoot_project_add_entry_finish (project, free_entry, &error));
  g_assert_true (reshoot_project_set_rating_finish (project, rating, &error));
  g_assert_cmpint (reshoot_step_get_rating (step), ==, 4);
  g_assert_true (history_try_verify (project, &counts, NULL));
  g_assert_cmpuint (counts.n_entries, ==, before.n_entries + 3);
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  step = reshoot_history_get_step (reshoot_project_get_history (project), 2);
  g_object_get (step, "rating", &stars, NULL);
  g_assert_cmpint (stars, ==, 4);
  history_close (project);
  history_remove (file);
}

/* Every pair, cancelled before it was asked: nothing is written, and the caller hears it once. */
static void
test_cancelled (void)
{
  enum { OPEN, ORIGINAL, REQUEST, JOB, REPLY, VERSION, RATING, ENTRY, PICTURE, VERIFY, CLOSE, N };
  g_autoptr (GFile) file = make_project ();
  g_autoptr (ReshootImage) picture = history_make_picture (7, 24, 16);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("x", "a/b", NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_FAILED);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *edit = reshoot_history_get_step (history, 2);
  GAsyncResult *results[N] = { NULL };
  GError *errors[N] = { NULL };

  g_cancellable_cancel (cancelled);
  reshoot_project_open_async (file, 0, cancelled, reshoot_test_ready_cb, &results[OPEN]);
  reshoot_project_add_original_async (project, picture, NULL, cancelled, reshoot_test_ready_cb,
                                      &results[ORIGINAL]);
  reshoot_project_add_request_async (project, edit, request, RESHOOT_MONEY_UNKNOWN,
                                     cancelled, reshoot_test_ready_cb,
                                     &results[REQUEST]);
  reshoot_project_update_job_async (project, edit, &facts, cancelled, reshoot_test_ready_cb,
                                    &results[JOB]);
  reshoot_project_add_reply_async (project, edit, picture, NULL, cancelled, reshoot_test_ready_cb,
                                   &results[REPLY]);
  reshoot_project_add_version_async (project, edit, picture, NULL, NULL, NULL, cancelled,
                                     reshoot_test_ready_cb, &results[VERSION]);
  reshoot_project_set_rating_async (project, edit, 1, cancelled, reshoot_test_ready_cb,
                                    &results[RATING]);
  reshoot_project_add_entry_async (project, "x", NULL, NULL, cancelled, reshoot_test_ready_cb, &results[ENTRY]);
  reshoot_project_load_picture_async (project, edit, 0, cancelled, reshoot_test_ready_cb,
                                      &results[PICTURE]);
  reshoot_project_verify_async (project, cancelled, reshoot_test_ready_cb, &results[VERIFY]);
  reshoot_project_close_async (project, cancelled, reshoot_test_ready_cb, &results[CLOSE]);

  for (guint i = 0; i < N; i++)
    g_assert_null (results[i]);

  for (guint i = 0; i < N; i++)
    reshoot_test_await (&results[i]);

  g_assert_null (reshoot_project_open_finish (results[OPEN], &errors[OPEN]));
  g_assert_null (reshoot_project_add_original_finish (project, results[ORIGINAL],
                                                      &errors[ORIGINAL]));
  g_assert_null (reshoot_project_add_request_finish (project, results[REQUEST], &errors[REQUEST]));
  g_assert_false (reshoot_project_update_job_finish (project, results[JOB], &errors[JOB]));
  g_assert_false (reshoot_project_add_reply_finish (project, results[REPLY], &errors[REPLY]));
  g_assert_false (reshoot_project_add_version_finish (project, results[VERSION], &errors[VERSION]));
  g_assert_false (reshoot_project_set_rating_finish (project, results[RATING], &errors[RATING]));
  g_assert_false (reshoot_project_add_entry_finish (project, results[ENTRY], &errors[ENTRY]));
  g_assert_null (reshoot_project_load_picture_finish (project, results[PICTURE], &errors[PICTURE]));
  g_assert_false (reshoot_project_verify_finish (project, results[VERIFY], NULL,
                                                 &errors[VERIFY]));
  g_assert_false (reshoot_project_close_finish (project, results[CLOSE], &errors[CLOSE]));

  for (guint i = 0; i < N; i++)
    {
      g_assert_error (errors[i], G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&errors[i]);
      g_clear_object (&results[i]);
    }

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 3);
  g_assert_cmpint (reshoot_step_get_state (edit), ==, RESHOOT_STEP_DONE);
  history_verify (project);
  history_close (project);
  history_remove (file);
}

/* Cancelled on the way: what was begun is finished and told, what was not is not there. */
static void
test_cancelled_in_flight (void)
{
  enum { N = 30 };
  g_autoptr (GFile) file = make_project ();
  g_autoptr (ReshootRequest) request = reshoot_request_new ("x", "a/b", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *edit = reshoot_history_get_step (history, 2);
  GAsyncResult *results[N] = { NULL };
  guint n_stored = 0;

  for (guint i = 0; i < N; i++)
    reshoot_project_add_request_async (project, edit, request, RESHOOT_MONEY_UNKNOWN,
                                       cancellable, reshoot_test_ready_cb, &results[i]);

  reshoot_test_await (&results[2]);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < N; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootStep) step = NULL;

      reshoot_test_await (&results[i]);
      step = reshoot_project_add_request_finish (project, results[i], &error);
      if (step == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        n_stored++;
      g_clear_object (&results[i]);
    }

  g_assert_cmpuint (n_stored, >=, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 3 + n_stored);
  history_close (project);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  history = reshoot_project_get_history (project);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 3 + n_stored);
  history_verify (project);
  history_close (project);
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/project/life", test_life);
  g_test_add_func ("/project/shared-pictures", test_shared_pictures);
  g_test_add_func ("/project/replies-are-frozen", test_replies_are_frozen);
  g_test_add_func ("/project/triggers", test_triggers);
  g_test_add_func ("/project/tampered", test_tampered);
  g_test_add_func ("/project/rehashed", test_rehashed);
  g_test_add_func ("/project/flipped-byte", test_flipped_byte);
  g_test_add_func ("/project/restore-jobs", test_restore_jobs);
  g_test_add_func ("/project/job-keeps", test_job_keeps);
  g_test_add_func ("/project/thumbnail", test_thumbnail);
  g_test_add_func ("/project/no-picture", test_no_picture);
  g_test_add_func ("/project/close-waits", test_close_waits);
  g_test_add_func ("/project/arrivals", test_arrivals);
  g_test_add_func ("/project/dropped", test_dropped);
  g_test_add_func ("/project/entries-and-ratings", test_entries_and_ratings);
  g_test_add_func ("/project/cancelled", test_cancelled);
  g_test_add_func ("/project/cancelled-in-flight", test_cancelled_in_flight);

  return g_test_run ();
}
