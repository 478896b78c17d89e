/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledger: whatever is changed behind our back, in an entry of any kind or in a row of any table, is named; and it
 * can be checked by who has nothing but its lines. */

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "history-support.h"
#include "reshoot-project-bin.h"
#include "reshoot-project-join.h"
#include "reshoot-project-labels.h"
#include "reshoot-project-ledger.h"
#include "reshoot-project-notes.h"

/* Changes a closed project as somebody with a database tool could: the triggers are taken off and put back. */
static void
tamper (GFile      *file,
        const char *sql)
{
  g_autoptr (GString) script = g_string_new (sql);
  char *message = NULL;
  sqlite3 *database;
  sqlite3_stmt *row;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
                                       -1, &row, NULL), ==, SQLITE_OK);
  while (sqlite3_step (row) == SQLITE_ROW)
    {
      g_autofree char *drop = g_strdup_printf ("DROP TRIGGER %s;", sqlite3_column_text (row, 0));

      g_string_prepend (script, drop);
      g_string_append_printf (script, ";%s", sqlite3_column_text (row, 1));
    }

  sqlite3_finalize (row);
  if (sqlite3_exec (database, script->str, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);

  sqlite3_close (database);
}

/* The text of a one-value query; "" for no row. */
static char *
dup_value (GFile      *file,
           const char *sql)
{
  sqlite3 *database;
  sqlite3_stmt *row;
  char *value;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &row, NULL), ==, SQLITE_OK);
  value = g_strdup (sqlite3_step (row) == SQLITE_ROW ? (const char *) sqlite3_column_text (row, 0) : "");
  sqlite3_finalize (row);
  sqlite3_close (database);
  return value;
}

static void
wait_for (GAsyncResult **result,
          gboolean     (*finish) (ReshootProject *, GAsyncResult *, GError **),
          ReshootProject *project)
{
  g_autoptr (GError) error = NULL;

  reshoot_test_await (result);
  finish (project, *result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
}

static ReshootStep *
get_step (ReshootProject *project,
          gint64          id)
{
  return reshoot_history_get_step (reshoot_project_get_history (project), id);
}

static void
put_in_bin (ReshootProject *project,
            gint64          id)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_bin_async (project, get_step (project, id), NULL, reshoot_test_ready_cb, &result);
  wait_for (&result, reshoot_project_bin_finish, project);
}

/* Says all that can be said of @step. */
static void
label (ReshootProject *project,
       ReshootStep    *step)
{
  const char *const tags[] = { "blue", "white", NULL };
  ReshootNoteFacts facts = RESHOOT_NOTE_FACTS_INIT ("brighter, please");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootNote) note = NULL;
  GAsyncReadyCallback ready = reshoot_test_ready_cb;

  reshoot_project_set_rating_async (project, step, 4, NULL, ready, &result);
  wait_for (&result, reshoot_project_set_rating_finish, project);
  reshoot_project_set_title_async (project, step, "=the good one", NULL, ready, &result);
  wait_for (&result, reshoot_project_set_title_finish, project);
  reshoot_project_set_branch_async (project, step, "white", NULL, ready, &result);
  wait_for (&result, reshoot_project_set_branch_finish, project);
  reshoot_project_set_tags_async (project, step, tags, NULL, ready, &result);
  wait_for (&result, reshoot_project_set_tags_finish, project);
  reshoot_project_set_verdict_async (project, step, "Ada", RESHOOT_VERDICT_REJECT, "too dark", NULL, ready, &result);
  wait_for (&result, reshoot_project_set_verdict_finish, project);
  facts.x = facts.y = 0.25;
  facts.width = facts.height = 0.5;
  reshoot_project_add_note_async (project, step, &facts, NULL, ready, &result);
  reshoot_test_await (&result);
  note = reshoot_project_add_note_finish (project, result, NULL);
  g_assert_nonnull (note);
}

static GFile *
make_other (void)
{
  GFile *file = reshoot_test_temp_file ("other.reshoot");
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  g_autoptr (ReshootImage) picture = history_make_picture (50, 24, 16);
  g_autoptr (GAsyncResult) result = NULL;
  ReshootStep *edit = history_add_edit (project, history_add_original (project, picture, "other"), 51);

  reshoot_project_set_rating_async (project, edit, 3, NULL, reshoot_test_ready_cb, &result);
  wait_for (&result, reshoot_project_set_rating_finish, project);
  history_close (project);
  return file;
}

/* A project with an entry of every kind: original 1, edits 2 (paid, labelled), 3 (purged), 4 (in the bin), 5 (refused),
 * and an other project's 6 and 7. */
static GFile *
make_project (void)
{
  GFile *file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GFile) other = make_other ();
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autoptr (JsonNode) body = json_from_string ("{\"file\": \"a.jpg\"}", NULL);
  g_autoptr (GError) why = reshoot_error_new (RESHOOT_ERROR_REFUSED, "moderation", "bfl", "Request Moderated");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) emptied = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *original = history_add_original (project, picture, "one");
  ReshootStep *edit = history_add_edit (project, original, 2);
  ReshootJobFacts paid = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);
  ReshootJobFacts refused = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_REFUSED);

  paid.quoted = paid.settled = 40000;
  paid.charged = RESHOOT_CHARGED_YES;
  paid.seconds = 8.5;
  history_update_job (project, edit, &paid);
  history_add_edit (project, original, 3);
  history_add_edit (project, original, 4);
  refused.error = why;
  history_update_job (project, history_add_request (project, original, "no", 0.04), &refused);
  label (project, edit);
  reshoot_project_add_entry_async (project, "export", edit, body, NULL, reshoot_test_ready_cb, &result);
  wait_for (&result, reshoot_project_add_entry_finish, project);
  put_in_bin (project, 3);
  reshoot_project_empty_bin_async (project, NULL, reshoot_test_ready_cb, &emptied);
  reshoot_test_await (&emptied);
  g_assert_true (reshoot_project_empty_bin_finish (project, emptied, NULL, NULL));
  put_in_bin (project, 4);
  reshoot_project_restore_async (project, get_step (project, 4), NULL, reshoot_test_ready_cb,
                                 &result);
  wait_for (&result, reshoot_project_restore_finish, project);
  put_in_bin (project, 4);
  reshoot_project_join_async (project, other, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_join_finish (project, result, NULL, &error);
  g_assert_no_error (error);
  history_verify (project);
  history_close (project);
  history_remove (other);
  return file;
}

/* Tampers with a copy of @file and returns what verifying names: the error's subject. NULL: it found nothing. */
static char *
find_culprit (GFile      *file,
              const char *sql)
{
  g_autoptr (GFile) copy = reshoot_test_temp_file ("copy.reshoot");
  g_autoptr (GError) error = NULL;
  ReshootProject *project;
  char *culprit;

  g_assert_true (g_file_copy (file, copy, 0, NULL, NULL, NULL, NULL));
  tamper (copy, sql);
  project = history_try_open (copy, RESHOOT_PROJECT_READ_ONLY, &error);
  if (project != NULL)
    {
      history_try_verify (project, NULL, &error);
      history_close (project);
    }

  history_remove (copy);
  if (error == NULL)
    return NULL;

  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
  culprit = g_strdup (reshoot_error_get_subject (error) != NULL ? reshoot_error_get_subject (error)
                                                                : reshoot_error_get_reason (error));
  g_test_message ("%s: %s", sql, culprit);
  return culprit;
}

/* Every entry, of every kind: one column after the other is changed, and some entries are taken away. */
static void
test_entries (void)
{
  static const char *const changes[] = {
    "body = replace (body, '}', ',\"z\":1}')", "body = 'no'", "time = '2020-01-01T00:00:00Z'", "kind = 'others'",
    "hash = previous", "previous = hash",
  };
  g_autoptr (GFile) file = make_project ();
  g_autofree char *last = dup_value (file, "SELECT max (n) FROM ledger");
  g_autofree char *n_kinds = dup_value (file, "SELECT count (DISTINCT kind) FROM ledger");
  int n = atoi (last);

  g_assert_cmpint (atoi (n_kinds), ==, 17);
  for (int i = 1; i <= n; i++)
    {
      g_autofree char *plain = g_strdup_printf ("entry %d", i);
      g_autofree char *prefix = g_strdup_printf ("entry %d (", i);
      g_autofree char *removed = g_strdup_printf ("DELETE FROM ledger WHERE n = %d", i);
      g_autofree char *sql = g_strdup_printf ("UPDATE ledger SET %s WHERE n = %d", changes[i % 6], i);
      g_autofree char *found = find_culprit (file, sql);
      g_autofree char *culprit = NULL;

      g_assert_nonnull (found);
      g_assert_true (g_str_has_prefix (found, prefix));
      if (i < n && i % 4 == 0)
        {
          culprit = find_culprit (file, removed);
          g_assert_cmpstr (culprit, ==, plain);
        }
    }

  history_remove (file);
}

/* Entries that change places, stand there twice, or were cut off; and the same in a joined ledger. */
static void
test_chains (void)
{
  static const struct
  {
    const char *sql;
    const char *culprit;   /* a prefix */
  } table[] = {
    { "UPDATE ledger SET n = -5 WHERE n = 5; UPDATE ledger SET n = 5 WHERE n = 6; UPDATE ledger SET n = 6 WHERE n = -5",
      "entry 5 (" },
    { "UPDATE ledger SET (time, kind, body, previous, hash) ="
      " (SELECT time, kind, body, previous, hash FROM ledger WHERE n = 7) WHERE n = 8", "entry 8 (" },
    { "DELETE FROM joined_ledger; DELETE FROM joined; DELETE FROM ledger WHERE n > 2", "step 2" },
    { "DELETE FROM ledger WHERE kind = 'join'", "damaged" },
    { "DELETE FROM joined_ledger; DELETE FROM joined; DELETE FROM ledger WHERE kind = 'join'", "step 6" },
    { "UPDATE joined_ledger SET body = replace (body, '}', ',\"z\":1}') WHERE n = 2", "entry %J (join), entry 2 (" },
    { "UPDATE joined_ledger SET time = '2020-01-01T00:00:00Z' WHERE n = 3", "entry %J (join), entry 3 (" },
    { "DELETE FROM joined_ledger WHERE n = (SELECT max (n) FROM joined_ledger)", "entry %J (join)" },
    { "DELETE FROM joined_ledger WHERE n = 2", "entry %J (join)" },
    { "UPDATE joined SET head = (SELECT hash FROM ledger WHERE n = 1)", "entry %J (join)" },
    { "UPDATE joined SET project = 'another'", "entry %J (join)" },
    { "INSERT INTO joined (entry, project, head) SELECT 1, project, head FROM joined", "entry 1" },
    { "UPDATE step SET rating = 1 WHERE id = 7", "entry %J (join), entry 7 (rating) of " },
    { "UPDATE version SET facts = '{}' WHERE step = 7", "entry %J (join), entry 5 (version) of " },
  };
  g_autoptr (GFile) file = make_project ();
  g_autofree char *joined = dup_value (file, "SELECT n FROM ledger WHERE kind = 'join'");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GString) expected = g_string_new (table[i].culprit);
      g_autofree char *found = find_culprit (file, table[i].sql);

      g_string_replace (expected, "%J", joined, 0);
      g_assert_nonnull (found);
      g_test_message ("expected %s", expected->str);
      g_assert_true (g_str_has_prefix (found, expected->str));
    }

  history_remove (file);
}

/* A row of every table that the ledger vouches for: changed, taken away, or put there by nobody. The entry that told
 * it last is named, by its kind, or the step that nobody told. */
static void
test_rows (void)
{
  static const struct
  {
    const char *sql;
    const char *culprit;   /* what the subject ends with */
  } table[] = {
    { "UPDATE meta SET value = 'x' WHERE key = 'uuid'", "(project)" },
    { "UPDATE meta SET value = 'x' WHERE key = 'created'", "(project)" },
    { "DELETE FROM meta", "" },
    { "UPDATE step SET created = 'x' WHERE id = 1", "(original)" },
    { "UPDATE step SET created = 'x' WHERE id = 2", "(request)" },
    { "UPDATE step SET row = 'x' WHERE id = 2", "(request)" },
    { "UPDATE step SET title = 'x' WHERE id = 1", "(original)" },
    { "UPDATE step SET title = 'x' WHERE id = 2", "(title)" },
    { "UPDATE step SET title = 'x' WHERE id = 5", "step 5" },
    { "UPDATE step SET rating = 5 WHERE id = 2", "(rating)" },
    { "UPDATE step SET rating = 5 WHERE id = 5", "step 5" },
    { "UPDATE request SET body = replace (body, 'number 2', 'number 9') WHERE id = 1", "(request)" },
    { "INSERT INTO request_picture SELECT 1, 1, 'reference', picture FROM step WHERE id = 1", "(request)" },
    { "UPDATE job SET provider = 'x' WHERE step = 2", "(request)" },
    { "UPDATE job SET estimate = 9 WHERE step = 2", "(request)" },
    { "UPDATE job SET quoted = 9 WHERE step = 2", "(job)" },
    { "UPDATE job SET settled = NULL WHERE step = 2", "(job)" },
    { "UPDATE job SET charged = 'no' WHERE step = 2", "(job)" },
    { "UPDATE job SET state = 'failed' WHERE step = 2", "(job)" },
    { "UPDATE job SET error_reason = 'x' WHERE step = 5", "(job)" },
    { "UPDATE job SET settled = 1 WHERE step = 7", "(job) of %U" },
    { "DELETE FROM job WHERE step = 5", "" },
    { "UPDATE reply SET picture = (SELECT picture FROM step WHERE id = 1) WHERE step = 2", "(reply)" },
    { "UPDATE reply SET received = 'x' WHERE step = 2", "(reply)" },
    { "DELETE FROM reply WHERE step = 2", "(reply)" },
    { "INSERT INTO reply (step, picture, received) SELECT 1, picture, '' FROM step WHERE id = 1", "step 1" },
    { "UPDATE version SET a4 = 7 WHERE step = 2", "(version)" },
    { "UPDATE version SET made = 'x' WHERE step = 2", "(version)" },
    { "DELETE FROM version WHERE step = 2", "(version)" },
    { "INSERT INTO version (step, n, picture, made) SELECT 2, 2, picture, '' FROM step WHERE id = 1", "step 2" },
    { "UPDATE branch SET name = 'x'", "(branch)" },
    { "DELETE FROM branch", "(branch)" },
    { "INSERT INTO branch VALUES (5, 'x')", "step 5" },
    { "UPDATE tag SET tag = 'x' WHERE tag = 'blue'", "(tag)" },
    { "DELETE FROM tag WHERE tag = 'blue'", "(tag)" },
    { "DELETE FROM tag", "(tag)" },
    { "INSERT INTO tag VALUES (2, 'x')", "(tag)" },
    { "INSERT INTO tag VALUES (5, 'x')", "step 5" },
    { "UPDATE verdict SET verdict = 'accept'", "(verdict)" },
    { "UPDATE verdict SET reason = NULL", "(verdict)" },
    { "UPDATE verdict SET given = 'x'", "(verdict)" },
    { "DELETE FROM verdict", "(verdict)" },
    { "INSERT INTO verdict VALUES (2, 'Bob', 'accept', NULL, '')", "step 2" },
    { "UPDATE note SET text = 'x'", "(note)" },
    { "UPDATE note SET author = 'x'", "(note)" },
    { "UPDATE note SET x = 0.5", "(note)" },
    { "UPDATE note SET changed = 'x'", "step 2" },
    { "UPDATE note SET removed = made", "(note)" },
    { "DELETE FROM note", "(note)" },
    { "INSERT INTO note (uuid, step, author, text, made, changed) VALUES ('x', 2, '', 'x', '', '')", "step 2" },
    { "DELETE FROM bin WHERE step = 4", "(bin)" },
    { "DELETE FROM bin WHERE step = 3", "(purge)" },
    { "UPDATE bin SET purged = binned WHERE step = 4", "(bin)" },
    { "UPDATE bin SET purged = NULL WHERE step = 3", "(purge)" },
    { "INSERT INTO bin (step, binned) VALUES (5, '')", "step 5" },
    { "DELETE FROM purged_picture", "%P" },
    { "INSERT INTO purged_picture SELECT picture, '' FROM step WHERE id = 1", "%1" },
    { "DELETE FROM picture_data WHERE digest = (SELECT picture FROM step WHERE id = 1)", "%1" },
    { "UPDATE picture_data SET data = x'00' WHERE digest = (SELECT picture FROM step WHERE id = 1)", "%1" },
    { "UPDATE picture SET width = 25 WHERE digest = (SELECT picture FROM step WHERE id = 1)", "%1" },
    { "UPDATE picture SET height = 25 WHERE digest = (SELECT picture FROM step WHERE id = 1)", "%1" },
    { "UPDATE picture SET size = 25 WHERE digest = (SELECT picture FROM step WHERE id = 1)", "%1" },
    { "UPDATE picture SET format = 'png' WHERE digest = (SELECT picture FROM step WHERE id = 1)", "%1" },
  };
  g_autoptr (GFile) file = make_project ();
  g_autofree char *project = dup_value (file, "SELECT project FROM joined");
  g_autofree char *purged = dup_value (file, "SELECT min (digest) FROM purged_picture");
  g_autofree char *original = dup_value (file, "SELECT picture FROM step WHERE id = 1");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GString) expected = g_string_new (table[i].culprit);
      g_autofree char *found = find_culprit (file, table[i].sql);

      g_string_replace (expected, "%U", project, 0);
      g_string_replace (expected, "%P", purged, 0);
      g_string_replace (expected, "%1", original, 0);
      if (found == NULL)
        g_error ("not found: %s", table[i].sql);
      if (!g_str_has_suffix (found, expected->str))
        g_error ("%s: %s instead of %s", table[i].sql, found, expected->str);
    }

  history_remove (file);
}

static char *
export (ReshootProject      *project,
        ReshootLedgerFormat  format,
        guint               *n_entries)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_export_ledger_async (project, format, stream, NULL, reshoot_test_ready_cb,
                                       &result);
  reshoot_test_await (&result);
  reshoot_project_export_ledger_finish (project, result, n_entries, &error);
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL));
  return g_strdup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)));
}

/* Every chain is checked from the lines alone, as README.md says. */
static void
test_json (void)
{
  g_autoptr (GFile) file = make_project ();
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  guint n_entries = 0;
  g_autofree char *text = export (project, RESHOOT_LEDGER_JSON, &n_entries);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *own = NULL;
  g_autofree char *joined = NULL;

  g_assert_cmpuint (g_strv_length (lines), ==, n_entries + 1);
  for (guint i = 0; i < n_entries; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
      JsonObject *entry = json_node_get_object (node);
      const char *end = g_strrstr (lines[i], ",\"hash\":");
      g_autofree char *body = g_strndup (lines[i] + strlen ("{\"body\":"), end - lines[i] - strlen ("{\"body\":"));
      char **previous = json_object_has_member (entry, "joined") ? &joined : &own;
      g_autofree char *hashed = NULL;
      g_autofree char *hash = NULL;

      if (*previous == NULL)
        *previous = g_strnfill (64, '0');
      hashed = g_strdup_printf ("%s\n%d\n%s\n%s\n%s", *previous, (int) json_object_get_int_member (entry, "n"),
                                json_object_get_string_member (entry, "time"),
                                json_object_get_string_member (entry, "kind"), body);
      hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, hashed, -1);
      g_assert_cmpstr (json_object_get_string_member (entry, "previous"), ==, *previous);
      g_assert_cmpstr (json_object_get_string_member (entry, "hash"), ==, hash);
      g_assert_true (JSON_NODE_HOLDS_OBJECT (json_object_get_member (entry, "body")));
      g_free (*previous);
      *previous = g_steal_pointer (&hash);
    }

  g_assert_nonnull (joined);
  history_close (project);
  history_remove (file);
}

static void
test_csv (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  g_autoptr (JsonNode) body = json_from_string ("{\"file\": \"a \\\"b\\\", c\"}", NULL);
  G_GNUC_UNUSED g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) odd = NULL;
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_entries = 0;

  history_add_edit (project, history_add_original (project, picture, "one"), 2);
  reshoot_project_add_entry_async (project, "=1+1", NULL, body, NULL, reshoot_test_ready_cb, &odd);
  wait_for (&odd, reshoot_project_add_entry_finish, project);
  text = export (project, RESHOOT_LEDGER_CSV, &n_entries);
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, n_entries + 2);
  g_assert_cmpstr (lines[0], ==, "n,time,kind,step,uuid,model,provider,state,estimate,quoted,settled,charged,seconds,"
                   "picture,detail,hash,project");
  g_assert_nonnull (strstr (lines[3], ",request,2,"));
  g_assert_nonnull (strstr (lines[3], ",bfl/flux-kontext-pro,bfl,,0.04,"));
  g_assert_nonnull (strstr (lines[n_entries], ",'=1+1,,"));
  g_assert_nonnull (strstr (lines[n_entries], "\"{\"\"body\"\":{\"\"file\"\":\"\"a \\\"\"b\\\"\", c\"\"}}\""));
  history_close (project);
  history_remove (file);
}

/* Checking and writing out can be stopped, and pictures show meanwhile. */
static void
test_cancel (void)
{
  g_autoptr (GFile) file = make_project ();
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) exported = NULL;
  g_autoptr (GAsyncResult) verified = NULL;
  g_autoptr (GAsyncResult) whole = NULL;
  g_autoptr (GError) export_error = NULL;
  g_autoptr (GError) verify_error = NULL;
  g_autoptr (ReshootImage) image = NULL;
  ReshootVerifyCounts counts;

  reshoot_project_export_ledger_async (project, RESHOOT_LEDGER_CSV, stream, cancellable,
                                       reshoot_test_ready_cb, &exported);
  reshoot_project_verify_async (project, cancellable, reshoot_test_ready_cb, &verified);
  g_cancellable_cancel (cancellable);
  reshoot_test_await (&verified);
  reshoot_test_await (&exported);
  g_assert_false (reshoot_project_verify_finish (project, verified, NULL, &verify_error));
  g_assert_error (verify_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (reshoot_project_export_ledger_finish (project, exported, NULL, &export_error));
  g_assert_error (export_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  reshoot_project_verify_async (project, NULL, reshoot_test_ready_cb, &whole);
  image = history_try_load (project, get_step (project, 1), RESHOOT_PICTURE_THUMBNAIL, NULL);
  g_assert_nonnull (image);
  reshoot_test_await (&whole);
  g_assert_true (reshoot_project_verify_finish (project, whole, &counts, NULL));
  g_assert_cmpuint (counts.n_joined, >, 0);
  history_close (project);
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/ledger/entries", test_entries);
  g_test_add_func ("/ledger/chains", test_chains);
  g_test_add_func ("/ledger/rows", test_rows);
  g_test_add_func ("/ledger/json", test_json);
  g_test_add_func ("/ledger/csv", test_csv);
  g_test_add_func ("/ledger/cancel", test_cancel);

  return g_test_run ();
}
