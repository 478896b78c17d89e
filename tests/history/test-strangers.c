/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of strangers and files that broke: each made from a good project, each with what must come of it. It opens, or
 * it opens to be read with its losses counted and a clean copy can be saved of it, or it is refused with a reason. None
 * is ever written to. */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reshoot-project-copy.h"
#include "stranger.h"

typedef enum
{
  OPENS,      /* and can be written */
  READS,      /* a newer Reshoot's */
  DAMAGED,
  REFUSED,
} Outcome;

typedef struct
{
  const char    *name;
  const char    *sql;        /* what is done to the good project; no constraint and no trigger is in its way */
  Outcome        outcome;
  const char    *reason;     /* of a refusal */
  guint          n_steps;    /* that are there afterwards */
  ReshootDamage  damage;
} Stranger;

static void
assert_damage (const ReshootDamage *damage,
               const ReshootDamage *expected)
{
  g_assert_nonnull (damage);
  g_test_message ("lost: steps %u, moved %u, pictures %u, notes %u, entries %u", damage->n_steps, damage->n_moved,
                  damage->n_pictures, damage->n_notes, damage->n_entries);
  g_assert_cmpuint (damage->n_steps, ==, expected->n_steps);
  g_assert_cmpuint (damage->n_moved, ==, expected->n_moved);
  g_assert_cmpuint (damage->n_pictures, ==, expected->n_pictures);
  g_assert_cmpuint (damage->n_notes, ==, expected->n_notes);
  g_assert_cmpuint (damage->n_entries, ==, expected->n_entries);
}

static gboolean
try_entry (ReshootProject  *project,
           GError         **error)
{
  GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (project));
  g_autoptr (ReshootStep) step = g_list_model_get_item (steps, 0);
  g_autoptr (JsonNode) body = json_from_string ("{\"file\":\"a.png\"}", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_add_entry_async (project, "export", step, body, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_add_entry_finish (project, result, error);
}

/* Before its tables are checked a file may pass for a sound one. That is found out before anything is written, and then
 * it is as damaged as it would have been at once. */
static void
check_at_once (GFile          *file,
               const Stranger *stranger)
{
  g_autoptr (GBytes) before = stranger_read (file);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) write_error = NULL;
  ReshootProject *project = stranger_try_open (file, RESHOOT_PROJECT_AT_ONCE, &error);
  gboolean is_written;

  if (stranger->outcome == REFUSED)
    {
      g_assert_null (project);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, stranger->reason);
      return;
    }

  g_assert_no_error (error);
  is_written = try_entry (project, &write_error);
  g_assert_cmpint (is_written, ==, stranger->outcome == OPENS);
  g_assert_cmpint (reshoot_project_get_read_only (project), ==, !is_written);
  if (stranger->outcome == DAMAGED)
    g_assert_error (write_error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);

  history_close (project);
  after = stranger_read (file);
  g_assert_true (is_written || g_bytes_equal (before, after));
  if (stranger->outcome != DAMAGED)
    return;

  project = stranger_try_open (file, RESHOOT_PROJECT_READ_ONLY | RESHOOT_PROJECT_DAMAGED, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stranger_count_steps (project), ==, stranger->n_steps);
  assert_damage (reshoot_project_get_damage (project), &stranger->damage);
  history_close (project);
}

/* With any flag the outcome is the same, and what is not sound stays as it is to the byte. */
static void
check_stranger (GFile          *file,
                const Stranger *stranger)
{
  static const ReshootProjectFlags flags[] = { RESHOOT_PROJECT_READ_ONLY, RESHOOT_PROJECT_OPEN,
                                               RESHOOT_PROJECT_CREATE };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (GBytes) before = stranger_read (file);
      g_autoptr (GBytes) after = NULL;
      g_autoptr (GError) error = NULL;
      ReshootProject *project = stranger_try_open (file, flags[i], &error);
      gboolean may_write = stranger->outcome == OPENS && flags[i] != RESHOOT_PROJECT_READ_ONLY;

      g_test_message ("%s: %s", stranger->name, error != NULL ? error->message : "opens");
      if (stranger->outcome == REFUSED)
        {
          g_assert_null (project);
          g_assert_cmpstr (reshoot_error_get_reason (error), ==, stranger->reason);
        }
      else
        {
          g_assert_no_error (error);
          g_assert_cmpuint (stranger_count_steps (project), ==, stranger->n_steps);
          g_assert_cmpint (reshoot_project_get_read_only (project), ==, !may_write);
          if (stranger->outcome == DAMAGED)
            assert_damage (reshoot_project_get_damage (project), &stranger->damage);
          else
            g_assert_null (reshoot_project_get_damage (project));

          stranger_look_around (project);
          if (flags[i] == RESHOOT_PROJECT_READ_ONLY)
            stranger_check_copy (project, file);
          history_close (project);
        }

      after = stranger_read (file);
      g_assert_true (may_write || g_bytes_equal (before, after));
    }

  check_at_once (file, stranger);
}

#define EDIT(id, parent, original) \
  "INSERT INTO request VALUES (90 + " #id ", '{\"instruction\":\"x\",\"model\":\"a/b\",\"parameters\":{}}');" \
  "INSERT INTO step (id, uuid, kind, parent, original, request, created)" \
  "  VALUES (" #id ", 'u" #id "', 'edit', " #parent ", " #original ", 90 + " #id ", '');" \
  "INSERT INTO job (step, provider, model, state, charged, changed) VALUES (" #id ", 'a', 'a/b', 'failed', 'no', '');"

#define NOTE(id, step) \
  "INSERT INTO note (id, uuid, step, author, text, x, y, made, changed)" \
  "  VALUES (" #id ", 'n" #id "', " #step ", '', 'words', 0.5, 0.5, '', '');"

static const Stranger strangers[] = {
  { "nothing wrong", "SELECT 1", OPENS, NULL, 5 },

  /* Whose schema is not ours. */
  { "another table", "CREATE TABLE more (a)", REFUSED, "schema" },
  { "a view", "CREATE VIEW more AS SELECT 1", REFUSED, "schema" },
  { "a trigger", "CREATE TRIGGER more AFTER INSERT ON step BEGIN DELETE FROM visit; END", REFUSED, "schema" },
  { "a virtual table", "CREATE VIRTUAL TABLE more USING fts5 (a)", REFUSED, "schema" },
  { "another index", "CREATE INDEX more ON step (title)", REFUSED, "schema" },
  { "a table missing", "DROP TABLE visit", REFUSED, "schema" },
  { "another column", "ALTER TABLE step ADD COLUMN more TEXT", REFUSED, "schema" },
  { "a generated column", "ALTER TABLE step ADD COLUMN more INTEGER AS (id + 1)", REFUSED, "schema" },
  { "a constraint less",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace (sql, ') STRICT', ')') WHERE name = 'job'",
    REFUSED, "schema" },
  { "two tables in one place",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage ="
    " (SELECT rootpage FROM sqlite_schema WHERE name = 'branch') WHERE name = 'bin'", REFUSED, "schema" },
  { "another program's", "PRAGMA application_id = 7", REFUSED, "not-a-project" },
  { "version 0", "PRAGMA user_version = 0", REFUSED, "not-a-project" },
  { "a negative version", "PRAGMA user_version = -5", REFUSED, "not-a-project" },
  { "a far version", "PRAGMA user_version = 2147483647", READS, NULL, 5 },
  { "a newer version's table", "PRAGMA user_version = 77; CREATE TABLE more (a); INSERT INTO more VALUES (1)", READS,
    NULL, 5 },
  { "a version that knows no job", "PRAGMA user_version = 77; DROP TABLE job", REFUSED, "newer" },
  { "an older version with our tables", "PRAGMA user_version = 1", REFUSED, "schema" },

  /* Whose tree is none. */
  { "its own parent", EDIT (9, 9, 1), DAMAGED, NULL, 6, { 3, 1, 0, 0, 0 } },
  { "a later parent", EDIT (9, 12, 1), DAMAGED, NULL, 6, { 3, 1, 0, 0, 0 } },
  { "parents in a circle", EDIT (9, 10, 1) EDIT (10, 9, 1), DAMAGED, NULL, 7, { 3, 1, 0, 0, 0 } },
  { "no parent and no original", EDIT (9, 77, 77), DAMAGED, NULL, 5, { 1, 0, 0, 0, 0 } },
  { "another's original", EDIT (9, 1, 5), DAMAGED, NULL, 6, { 3, 0, 0, 0, 0 } },
  { "a negative number", EDIT (-9, 1, 1), DAMAGED, NULL, 5 },
  { "a parent that is gone", "DELETE FROM step WHERE id = 2", DAMAGED, NULL, 5 },
  { "an original that is gone", "DELETE FROM step WHERE id = 1", DAMAGED, NULL, 5 },
  { "no steps at all", "DELETE FROM step", DAMAGED, NULL, 5 },
  { "a parent of whom nobody tells", "DELETE FROM step WHERE id = 2; DELETE FROM ledger", DAMAGED, NULL, 5,
    { 1, 2, 0, 0, 0 } },
  { "an original of whom nobody tells", "DELETE FROM step WHERE id = 1; DELETE FROM ledger", DAMAGED, NULL, 5,
    { 1, 3, 0, 0, 0 } },
  { "nothing but pictures",
    "DELETE FROM step; DELETE FROM ledger; DELETE FROM reply; DELETE FROM job; DELETE FROM visit;"
    "DELETE FROM version WHERE step > 2", DAMAGED, NULL, 5, { 1, 5, 0, 0, 0 } },
  { "the same uuid twice", EDIT (9, 1, 1) "UPDATE step SET uuid = '' WHERE id = 9",
    OPENS, NULL, 6 },
  { "a kind that is none", "UPDATE step SET kind = 'dream' WHERE id = 2", DAMAGED, NULL, 5 },
  { "a rating of a thousand", "UPDATE step SET rating = 1000 WHERE id = 2", DAMAGED, NULL, 5 },

  /* Whose facts are none. */
  { "a state that is none", "UPDATE job SET state = 'dancing' WHERE step = 2", DAMAGED, NULL, 5 },
  { "a payment that is none", "UPDATE job SET charged = 'perhaps' WHERE step = 2", DAMAGED, NULL, 5 },
  { "no jobs", "DELETE FROM job", DAMAGED, NULL, 5 },
  { "no requests", "DELETE FROM request", DAMAGED, NULL, 5 },
  { "an empty request", "UPDATE request SET body = '{}' WHERE id = 1", DAMAGED, NULL, 5 },
  { "a ticket that is no JSON", "UPDATE job SET ticket = '{' WHERE step = 2", DAMAGED, NULL, 5 },
  { "facts that are no JSON", "UPDATE version SET facts = '{' WHERE step = 2", DAMAGED, NULL, 5 },
  { "JSON of 10,000 brackets",
    "UPDATE version SET facts = replace (printf ('%.*c', 10000, 'x'), 'x', '[') || replace (printf ('%.*c', 10000,"
    " 'x'),"
    " 'x', ']') WHERE step = 2", DAMAGED, NULL, 5 },
  { "a request of 5 MB", "UPDATE request SET body = printf ('%.*c', 5000000, '[') WHERE id = 1", DAMAGED, NULL, 5 },
  { "an infinite map", "UPDATE version SET a0 = 9e999, a1 = -9e999 WHERE step = 2", OPENS, NULL, 5 },
  { "infinite money", "UPDATE job SET settled = 9223372036854775807 WHERE step = 2", OPENS, NULL, 5 },
  { "versions of an original",
    "INSERT INTO version (step, n, picture, made) SELECT 1, 1, picture, '' FROM step WHERE id = 1", DAMAGED, NULL, 5 },
  { "a version of nothing",
    "INSERT INTO version (step, n, picture, made) SELECT 77, 1, picture, '' FROM step WHERE id = 1", DAMAGED, NULL, 5,
    { 1, 0, 0, 0, 0 } },
  { "a head that is nowhere", "UPDATE view SET step = 77", OPENS, NULL, 5 },
  { "a visit that is none", "UPDATE visit SET child = 1", OPENS, NULL, 5 },

  /* Whose pictures are none. */
  { "a picture of an unknown digest", "UPDATE version SET picture = printf ('%064d', 7) WHERE step = 2", OPENS, NULL,
    5 },
  { "an original without a picture", "UPDATE step SET picture = 'nothing' WHERE id = 5", DAMAGED, NULL, 5 },
  { "a picture without a row", "DELETE FROM picture WHERE digest = (SELECT picture FROM step WHERE id = 1)", DAMAGED,
    NULL, 5 },
  { "bytes that are gone", "DELETE FROM picture_data WHERE digest = (SELECT picture FROM step WHERE id = 1)", OPENS,
    NULL, 5 },
  { "bytes that are others", "UPDATE picture_data SET data = zeroblob (100)", OPENS, NULL, 5 },
  { "a billion pixels wide", "UPDATE picture SET width = 1000000000 WHERE digest = (SELECT picture FROM step WHERE"
                             " id = 1)",
    DAMAGED, NULL, 5 },
  { "a gigabyte that is said to be", "UPDATE picture SET size = 1073741824", OPENS, NULL, 5 },
  { "a blob beyond the cap",
    "UPDATE picture_data SET data = zeroblob (300000000) WHERE digest = (SELECT picture FROM step WHERE id = 5)", OPENS,
    NULL, 5 },

  /* Whose ledger is none: that is for verifying, and opens. */
  { "a ledger with a gap", "DELETE FROM ledger WHERE n = 3", OPENS, NULL, 5 },
  { "a ledger that says other things", "UPDATE ledger SET body = '[1, {\"a\": null}]' WHERE n = 2", OPENS, NULL, 5 },
  { "no ledger", "DELETE FROM ledger", OPENS, NULL, 5 },
  { "a ledger with a gap and a broken tree", "DELETE FROM ledger WHERE n = 3; UPDATE job SET state = 'x' WHERE step"
                                             " = 2",
    DAMAGED, NULL, 5, { 0, 0, 0, 0, 13 } },
};

static void
test_stranger (gconstpointer data)
{
  const Stranger *stranger = data;
  g_autoptr (GFile) file = stranger_make_good ();

  stranger_change (file, stranger->sql);
  check_stranger (file, stranger);
  history_remove (file);
}

/* Text that is none, in every column that holds text: it is shown as text, or told to be damage, and nothing more. */
static void
test_bad_text (void)
{
  static const char *const values[] = { "CAST (x'FF00FFC080' AS TEXT)", "CAST (x'610062' AS TEXT)" };
  g_autoptr (GFile) model = stranger_make_good ();
  sqlite3 *database = stranger_open_sql (model);
  g_autofree char *list = NULL;
  g_auto (GStrv) columns = NULL;

  list = stranger_dup_text (database,
                            "SELECT t.name || ' ' || c.name FROM sqlite_schema AS t, pragma_table_info (t.name) AS c"
                            " WHERE t.type = 'table' AND c.type = 'TEXT'");
  sqlite3_close (database);
  columns = g_strsplit (list, ";", -1);
  g_assert_cmpuint (g_strv_length (columns), >, 40);

  for (guint i = 0; columns[i][0] != '\0'; i++)
    for (guint j = i % 2; j < G_N_ELEMENTS (values); j += 2)
      {
        g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
        g_auto (GStrv) names = g_strsplit (columns[i], " ", 2);
        g_autofree char *sql = g_strdup_printf ("INSERT OR IGNORE INTO branch VALUES (2, 'b');"
                                                "INSERT OR IGNORE INTO tag VALUES (2, 't');" NOTE (1, 2)
                                                "INSERT INTO verdict VALUES (2, 'me', 'accept', 'so', '');"
                                                "INSERT INTO bin VALUES (4, '', NULL);"
                                                "UPDATE OR IGNORE %s SET %s = %s", names[0], names[1], values[j]);
        g_autoptr (GError) error = NULL;
        ReshootProject *project;

        g_assert_true (g_file_copy (model, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
        stranger_change (file, sql);
        project = stranger_try_open (file, RESHOOT_PROJECT_READ_ONLY, &error);
        g_test_message ("%s: %s", columns[i], error != NULL ? error->message : "opens");
        g_assert_no_error (error);
        g_assert_cmpuint (stranger_count_steps (project), >=, 4);
        if (reshoot_project_get_damage (project) != NULL)
          stranger_check_copy (project, file);
        history_close (project);
        history_remove (file);
      }

  history_remove (model);
}

/* Values of another kind than their column says, as they are where STRICT was left out while they came in. */
static void
test_wrong_types (void)
{
  g_autoptr (GFile) model = stranger_make_good ();
  sqlite3 *database = stranger_open_sql (model);
  g_autofree char *list = NULL;
  g_auto (GStrv) columns = NULL;

  list = stranger_dup_text (database,
                            "SELECT t.name || ' ' || c.name FROM sqlite_schema AS t, pragma_table_info (t.name) AS c"
                            " WHERE t.type = 'table' AND t.name IN ('meta', 'picture', 'picture_data', 'request',"
                            " 'step', 'job', 'reply', 'version', 'visit') AND NOT c.pk");
  sqlite3_close (database);
  columns = g_strsplit (list, ";", -1);
  g_assert_cmpuint (g_strv_length (columns), >, 30);

  for (guint i = 0; columns[i][0] != '\0'; i++)
    {
      g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
      g_auto (GStrv) names = g_strsplit (columns[i], " ", 2);
      g_autofree char *loose = NULL;
      g_autofree char *sql = g_strdup_printf ("UPDATE OR IGNORE %s SET %s = x'00112233'", names[0], names[1]);
      g_autofree char *words = NULL;
      g_autofree char *strict = NULL;
      g_autoptr (GError) error = NULL;
      ReshootProject *project;

      /* A table is STRICT again by its words alone. */
      loose = g_strdup_printf ("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace (sql, ' STRICT',"
                               " '')"
                               " WHERE name = '%s'", names[0]);
      words = g_strdup_printf ("SELECT 'PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ' || quote (sql) ||"
                               " ' WHERE name = ' || quote (name) FROM sqlite_schema WHERE name = '%s'", names[0]);
      g_assert_true (g_file_copy (model, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
      database = stranger_open_sql (model);
      strict = stranger_dup_text (database, words);
      sqlite3_close (database);
      stranger_change (file, loose);
      stranger_change (file, sql);
      stranger_change (file, strict);

      project = stranger_try_open (file, RESHOOT_PROJECT_READ_ONLY, &error);
      g_test_message ("%s: %s", columns[i], error != NULL ? error->message : "opens");
      g_assert_no_error (error);
      if (reshoot_project_get_damage (project) != NULL)
        stranger_check_copy (project, file);
      history_close (project);
      history_remove (file);
    }

  history_remove (model);
}

/* Opens, or is refused, or is damaged, and whatever it is, it ends, does not change and can be copied if it opens.
 * Returns: whether it opens */
static gboolean
survive (GFile *file)
{
  g_autoptr (GBytes) before = stranger_read (file);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *project = stranger_try_open (file, RESHOOT_PROJECT_READ_ONLY, &error);
  gboolean opens = project != NULL;

  if (project != NULL)
    {
      g_autoptr (GError) verify_error = NULL;
      gboolean is_damaged = reshoot_project_get_damage (project) != NULL;

      stranger_look_around (project);
      if (is_damaged)
        {
          stranger_check_copy (project, file);
          g_assert_false (history_try_verify (project, NULL, &verify_error));
          g_assert_error (verify_error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
        }

      history_close (project);
    }
  else
    g_assert_cmpint (reshoot_error_get_exit_status (error), ==, 7);

  after = stranger_read (file);
  g_assert_true (g_bytes_equal (before, after));
  return opens;
}

static guint
get_page_size (const guint8 *data)
{
  return data[16] << 8 | data[17];
}

/* Cut short at every page, and in the middle of one: it never passes for whole. */
static void
test_truncated (void)
{
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GBytes) good = stranger_read (file);
  gsize size;
  const guint8 *data = g_bytes_get_data (good, &size);
  guint page = get_page_size (data);
  guint n_open = 0;
  guint n = 0;

  for (gsize length = size - page; length > 0; length -= page)
    {
      stranger_write (file, data, length);
      n_open += survive (file);
      stranger_write (file, data, length - page / 3);
      n_open += survive (file);
      n += 2;
    }

  g_test_message ("%u of %u open", n_open, n);
  g_assert_cmpuint (n_open, >, n / 4);
  history_remove (file);
}

/* One byte is another in every page, in its header and further down. */
static void
test_flipped (void)
{
  static const guint places[] = { 0, 16370 };
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GBytes) good = stranger_read (file);
  gsize size;
  const guint8 *data = g_bytes_get_data (good, &size);
  guint page = get_page_size (data);
  guint n_open = 0;
  guint n = 0;

  for (gsize at = 0; at < size; at += page)
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
      {
        g_autofree guint8 *changed = g_memdup2 (data, size);

        changed[at + places[i]] ^= 0x5a;
        stranger_write (file, changed, size);
        n_open += survive (file);
        n++;
      }

  g_test_message ("%u of %u open", n_open, n);
  g_assert_cmpuint (n_open, >, n * 3 / 4);
  history_remove (file);
}

/* A whole page of zeros or of noise, as a bad sector leaves it. */
static void
test_wiped (void)
{
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GBytes) good = stranger_read (file);
  gsize size;
  const guint8 *data = g_bytes_get_data (good, &size);
  guint page = get_page_size (data);

  for (gsize at = page; at < size; at += page)
    for (guint noise = at / page % 2; noise < 2; noise += 2)
      {
        g_autofree guint8 *changed = g_memdup2 (data, size);

        for (guint i = 0; i < page; i++)
          changed[at + i] = noise ? g_test_rand_int () : 0;
        stranger_write (file, changed, size);
        survive (file);
      }

  history_remove (file);
}

/* Other pages, other room at their ends: still a project. */
static void
test_layouts (void)
{
  static const char *const scripts[] = {
    "PRAGMA page_size = 512; VACUUM", "PRAGMA page_size = 65536; VACUUM", "PRAGMA auto_vacuum = FULL; VACUUM",
    "PRAGMA auto_vacuum = NONE; VACUUM",
  };

  for (guint i = 0; i <= G_N_ELEMENTS (scripts); i++)
    {
      const Stranger sound = { "another layout", NULL, OPENS, NULL, 5 };
      g_autoptr (GFile) file = stranger_make_good ();
      sqlite3 *database = stranger_open_sql (file);

      if (i < G_N_ELEMENTS (scripts))
        stranger_execute (database, scripts[i]);
      else
        {
          int reserve = 32;

          g_assert_cmpint (sqlite3_file_control (database, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve), ==,
                           SQLITE_OK);
          stranger_execute (database, "VACUUM");
        }

      sqlite3_close (database);
      check_stranger (file, &sound);
      history_remove (file);
    }
}

/* What lies beside the file, or is none. */
static void
test_beside (void)
{
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) other = stranger_make_good ();
  g_autoptr (GFile) link = reshoot_test_temp_file ("link.reshoot");
  g_autoptr (GFile) loop = reshoot_test_temp_file ("loop.reshoot");
  g_autofree char *journal = g_strconcat (g_file_peek_path (file), "-journal", NULL);
  g_autofree char *log = g_strconcat (g_file_peek_path (file), "-wal", NULL);
  g_autofree char *other_log = g_strconcat (g_file_peek_path (other), "-wal", NULL);
  g_autofree char *frames = NULL;
  const Stranger sound = { "beside", NULL, OPENS, NULL, 5 };
  const Stranger foreign = { "a foreign log", NULL, REFUSED, "foreign-log" };
  sqlite3 *database;
  gsize size;

  g_assert_true (g_file_set_contents (journal, "this is no journal, but it lies where one would", -1, NULL));
  check_stranger (file, &sound);
  g_unlink (journal);

  /* The log of another project, of the same kind even. */
  database = stranger_open_sql (other);
  stranger_execute (database,
                    "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; UPDATE step SET title = 'other'");
  g_assert_true (g_file_get_contents (other_log, &frames, &size, NULL));
  sqlite3_close (database);
  g_assert_cmpuint (size, >, 0);
  g_assert_true (g_file_set_contents (log, frames, (gssize) size, NULL));
  check_stranger (file, &foreign);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  g_unlink (log);

  g_assert_cmpint (symlink (g_file_peek_path (file), g_file_peek_path (link)), ==, 0);
  check_stranger (link, &sound);
  g_assert_cmpint (symlink (g_file_peek_path (loop), g_file_peek_path (loop)), ==, 0);
  g_assert_null (stranger_try_open (loop, RESHOOT_PROJECT_CREATE, NULL));
  history_remove (link);
  history_remove (loop);
  history_remove (other);
  history_remove (file);
}

/* A list of free pages that leads nowhere. */
static void
test_freelist (void)
{
  const Stranger sound = { "a corrupt freelist", NULL, OPENS, NULL, 5 };
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GBytes) good = NULL;
  g_autofree guint8 *changed = NULL;
  gsize size;

  stranger_change (file, "DELETE FROM thumbnail; CREATE TABLE big AS SELECT zeroblob (100000); DROP TABLE big");
  good = stranger_read (file);
  size = g_bytes_get_size (good);
  changed = g_memdup2 (g_bytes_get_data (good, NULL), size);
  memset (changed + 32, 0x7f, 4);
  stranger_write (file, changed, size);
  check_stranger (file, &sound);
  history_remove (file);
}

/* More steps than anyone makes. */
static void
test_huge_number (void)
{
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GError) error = NULL;

  stranger_change (file,
                   "INSERT INTO request VALUES (50, '{\"instruction\":\"x\",\"model\":\"a/b\",\"parameters\":{}}');"
                   "WITH RECURSIVE n (i) AS (SELECT 9 UNION ALL SELECT i + 1 FROM n WHERE i < 1000010)"
                   "  INSERT INTO step (id, uuid, kind, parent, original, request, created)"
                   "  SELECT i, i, 'edit', 1, 1, 50, '' FROM n;"
                   "WITH RECURSIVE n (i) AS (SELECT 9 UNION ALL SELECT i + 1 FROM n WHERE i < 1000010)"
                   "  INSERT INTO job (step, provider, model, state, charged, changed) SELECT i, 'a', 'a/b', 'failed',"
                   " 'no', '' FROM n");
  g_assert_null (stranger_try_open (file, RESHOOT_PROJECT_READ_ONLY, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_TOO_LARGE);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "steps");
  history_remove (file);
}

static gint64
ask (GFile      *file,
     const char *sql)
{
  sqlite3 *database = stranger_open_sql (file);
  g_autofree char *text = stranger_dup_text (database, sql);

  sqlite3_close (database);
  return g_ascii_strtoll (text, NULL, 10);
}

/* More pictures are lost than one entry can tell: all of them are told, in several. */
static void
test_many_lost (void)
{
  g_autoptr (GFile) file = stranger_make_good ();
  g_autoptr (GFile) to = reshoot_test_temp_file ("copy.reshoot");
  g_autoptr (GError) error = NULL;
  ReshootProject *project;

  stranger_change (file,
                   "UPDATE job SET state = 'dancing' WHERE step = 2;"
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"
                   "  INSERT INTO purged_picture SELECT printf ('%064x', i), '' FROM n;"
                   "WITH RECURSIVE n (i) AS (SELECT 100001 UNION ALL SELECT i + 1 FROM n WHERE i < 110001)"
                   "  INSERT INTO version (step, n, picture, made) SELECT 2, i, printf ('%064x', i), '' FROM n");
  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  g_assert_cmpuint (reshoot_project_get_damage (project)->n_pictures, ==, 10001);
  stranger_try_copy (project, to, NULL, &error);
  g_assert_no_error (error);
  history_close (project);

  project = history_open (to, RESHOOT_PROJECT_READ_ONLY);
  history_verify (project);
  history_close (project);
  g_assert_cmpint (ask (to, "SELECT count (*) FROM purged_picture"), ==, 20000);
  g_assert_cmpint (ask (to, "SELECT count (*) FROM ledger WHERE kind = 'salvage'"), ==, 2);
  g_assert_cmpint (ask (to,
                        "SELECT count (DISTINCT value) FROM ledger, json_each (body, '$.lost.pictures')"
                        " WHERE kind = 'salvage'"), ==, 10001);
  g_assert_cmpint (ask (to, "SELECT count (*) FROM ledger WHERE kind = 'purge'"), ==, 2);
  history_remove (to);
  history_remove (file);
}

/* An older file is salvaged as ours is, and not brought forward. */
static void
test_older (void)
{
  g_autofree char *path = reshoot_test_data_path ("projects/v1.reshoot");
  g_autoptr (GFile) fixture = g_file_new_for_path (path);
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  const Stranger damaged = { "an older one", NULL, DAMAGED, NULL, 6 };
  ReshootProject *project;

  g_assert_true (g_file_copy (fixture, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  stranger_check_copy (project, file);
  history_close (project);

  stranger_change (file, "UPDATE job SET state = 'dancing' WHERE step = 2");
  before = stranger_read (file);
  check_stranger (file, &damaged);
  after = stranger_read (file);
  g_assert_true (g_bytes_equal (before, after));
  history_remove (file);
}

/* Of a ledger that was joined, too, the copy keeps what its chain vouches for. */
static void
test_joined (void)
{
  static const struct { const char *sql; guint n_kept; } table[] = {
    { "", 7 },
    { "UPDATE joined_ledger SET body = replace (body, 'yes', 'yEs') WHERE n = 7", 6 },
    { "UPDATE joined_ledger SET previous = hash WHERE n = 3", 2 },
    { "DELETE FROM joined_ledger WHERE n = 4", 3 },
    { "UPDATE joined_ledger SET kind = 'birth' WHERE n = 1", 0 },
    { "UPDATE joined SET head = (SELECT hash FROM joined_ledger WHERE n = 5)", 7 },
  };
  g_autofree char *path = reshoot_test_data_path ("projects/v2.reshoot");
  g_autoptr (GFile) fixture = g_file_new_for_path (path);
  const Stranger damaged = { "one with a joined ledger", NULL, DAMAGED, NULL, 9 };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
      g_autoptr (GFile) folder = g_file_get_parent (file);
      g_autoptr (GFile) to = g_file_get_child (folder, "copy.reshoot");
      g_autoptr (GError) error = NULL;
      ReshootVerifyCounts counts;
      ReshootProject *project;

      g_assert_true (g_file_copy (fixture, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
      stranger_change (file, "UPDATE job SET state = 'dancing' WHERE step = 2");
      stranger_change (file, table[i].sql);
      check_stranger (file, &damaged);

      project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
      stranger_try_copy (project, to, NULL, &error);
      g_assert_no_error (error);
      history_close (project);
      project = history_open (to, RESHOOT_PROJECT_READ_ONLY);
      history_try_verify (project, &counts, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (counts.n_joined, ==, 45 + table[i].n_kept);
      history_close (project);
      g_assert_true (g_file_delete (to, NULL, NULL));
      history_remove (file);
    }
}

int
main (int    argc,
      char **argv)
{
  /* Hundreds of files: in memory where there is such a place, for a disk would only slow us down. */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", TRUE);

  reshoot_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/strangers/%s", strangers[i].name);

      g_strdelimit (path, " ,", '-');
      g_test_add_data_func (path, &strangers[i], test_stranger);
    }

  g_test_add_func ("/strangers/bad-text", test_bad_text);
  g_test_add_func ("/strangers/wrong-types", test_wrong_types);
  g_test_add_func ("/strangers/truncated", test_truncated);
  g_test_add_func ("/strangers/flipped", test_flipped);
  g_test_add_func ("/strangers/wiped", test_wiped);
  g_test_add_func ("/strangers/layouts", test_layouts);
  g_test_add_func ("/strangers/beside", test_beside);
  g_test_add_func ("/strangers/freelist", test_freelist);
  g_test_add_func ("/strangers/huge-number", test_huge_number);
  g_test_add_func ("/strangers/many-lost", test_many_lost);
  g_test_add_func ("/strangers/older", test_older);
  g_test_add_func ("/strangers/joined", test_joined);

  return g_test_run ();
}
