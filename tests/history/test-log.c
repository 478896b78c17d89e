/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The log as the connection that writes gets at it: gathered into larger pieces, and nobody sees a difference. */

#include <sqlite3.h>
#include <string.h>

#include "fault-vfs.h"
#include "history-support.h"
#include "reshoot-database.h"

#define PICTURE_SIZE (2 * 1024 * 1024)

/* What SQLite has of 16 KiB pages to write for one, each with a header before it. */
#define N_PIECES (2 * PICTURE_SIZE / 16384)

static const char layout[] =
  "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;"
  "CREATE TABLE thing (id INTEGER PRIMARY KEY, data BLOB NOT NULL)";

static GBytes *
make_noise (gsize size)
{
  guint8 *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) g_test_rand_int ();

  return g_bytes_new_take (bytes, size);
}

static void
execute (ReshootDatabase *database,
         const char      *script)
{
  g_autoptr (GError) error = NULL;

  reshoot_database_execute (database, script, &error);
  g_assert_no_error (error);
}

static ReshootDatabase *
open_new (GFile *file)
{
  g_autoptr (GError) error = NULL;
  ReshootDatabase *database;

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "", 0, NULL));
  database = reshoot_database_open (g_file_peek_path (file), 0, &error);
  g_assert_no_error (error);
  execute (database, layout);
  return database;
}

static void
insert (ReshootDatabase *database,
        gint64           id,
        GBytes          *bytes)
{
  g_autoptr (GError) error = NULL;

  reshoot_database_run (database, &error, "INSERT OR REPLACE INTO thing VALUES (?, ?)", "ib", id, bytes);
  g_assert_no_error (error);
}

static char *
dump (sqlite3 *database)
{
  static const char sql[] = "SELECT id, data FROM thing ORDER BY id";
  GString *text = g_string_new (NULL);
  sqlite3_stmt *rows;

  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &rows, NULL), ==, SQLITE_OK);
  while (sqlite3_step (rows) == SQLITE_ROW)
    {
      const guint8 *bytes = sqlite3_column_blob (rows, 1);
      gsize size = (gsize) sqlite3_column_bytes (rows, 1);
      g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, size);

      g_string_append_printf (text, "%d %s\n", sqlite3_column_int (rows, 0), digest);
    }

  sqlite3_finalize (rows);
  return g_string_free (text, FALSE);
}

/* What somebody sees who uses SQLite as it is. */
static char *
dump_file (GFile *file)
{
  sqlite3 *database;
  char *text;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  text = dump (database);
  sqlite3_close (database);
  return text;
}

static char *
describe (gint64  id,
          GBytes *bytes)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  return g_strdup_printf ("%d %s\n", (int) id, digest);
}

/* A picture reaches the disk in few pieces, and whoever looks sees it as soon as it is committed, synced or not. */
static void
test_gathers (gconstpointer data)
{
  static const char *const modes[] = { "PRAGMA synchronous = FULL", "PRAGMA synchronous = OFF" };
  FaultVfs *vfs = (FaultVfs *) data;

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GFile) file = reshoot_test_temp_file ("a");
      g_autoptr (ReshootDatabase) database = open_new (file);
      g_autoptr (GBytes) bytes = make_noise (PICTURE_SIZE);
      g_autofree char *wanted = describe (1, bytes);
      g_autofree char *seen = NULL;
      guint n_writes;

      execute (database, modes[i]);
      fault_vfs_fail (vfs, FAULT_WRITE, G_MAXUINT, EIO);
      insert (database, 1, bytes);
      n_writes = fault_vfs_count (vfs);
      fault_vfs_heal (vfs);
      g_test_message ("%u writes", n_writes);
      g_assert_cmpuint (n_writes, >, 0);
      g_assert_cmpuint (n_writes, <, N_PIECES / 8);

      seen = dump_file (file);
      g_assert_cmpstr (seen, ==, wanted);
      g_clear_pointer (&database, reshoot_database_free);
      history_remove (file);
    }
}

/* Pages that were put aside because the cache is small are read again before they are committed. */
static void
test_reads_what_it_wrote (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a");
  g_autoptr (ReshootDatabase) database = open_new (file);
  g_autoptr (GBytes) bytes = make_noise (PICTURE_SIZE);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (ReshootQuery) query = NULL;
  g_autofree char *seen = NULL;

  execute (database, "PRAGMA cache_size = 4; BEGIN");
  insert (database, 1, bytes);
  query = reshoot_query_new (database, NULL, "SELECT data FROM thing", "");
  g_assert_true (reshoot_query_next (query, NULL));
  again = reshoot_query_dup_bytes (query, 0);
  g_assert_true (g_bytes_equal (again, bytes));
  g_clear_pointer (&query, reshoot_query_free);

  /* And what is taken back was never there. */
  execute (database, "ROLLBACK");
  seen = dump_file (file);
  g_assert_cmpstr (seen, ==, "");
  g_clear_pointer (&database, reshoot_database_free);
  history_remove (file);
}

/* Whatever is done, the file is what SQLite alone makes of the same. */
static void
test_same_as_without (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a");
  g_autoptr (GFile) other = reshoot_test_temp_file ("b");
  g_autoptr (ReshootDatabase) database = open_new (file);
  sqlite3 *plain;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (other), &plain), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (plain, layout, NULL, NULL, NULL), ==, SQLITE_OK);
  execute (database, "PRAGMA cache_size = 8");

  for (guint round = 0; round < 60; round++)
    {
      const char *end = g_test_rand_int_range (0, 4) == 0 ? "ROLLBACK" : "COMMIT";
      g_autofree char *seen = NULL;
      g_autofree char *wanted = NULL;

      execute (database, "BEGIN");
      g_assert_cmpint (sqlite3_exec (plain, "BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
      for (int n = g_test_rand_int_range (1, 5); n > 0; n--)
        {
          int id = g_test_rand_int_range (1, 20);
          g_autoptr (GBytes) bytes = make_noise ((gsize) g_test_rand_int_range (1, 300000));
          sqlite3_stmt *statement;

          insert (database, id, bytes);
          sqlite3_prepare_v2 (plain, "INSERT OR REPLACE INTO thing VALUES (?, ?)", -1, &statement, NULL);
          sqlite3_bind_int (statement, 1, id);
          sqlite3_bind_blob64 (statement, 2, g_bytes_get_data (bytes, NULL),
                               g_bytes_get_size (bytes), SQLITE_STATIC);
          g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
          sqlite3_finalize (statement);
        }

      execute (database, end);
      g_assert_cmpint (sqlite3_exec (plain, end, NULL, NULL, NULL), ==, SQLITE_OK);
      if (g_test_rand_int_range (0, 8) == 0)
        g_assert_true (reshoot_database_checkpoint (database, TRUE, NULL));

      seen = dump_file (file);
      wanted = dump (plain);
      g_assert_cmpstr (seen, ==, wanted);
    }

  g_assert_true (reshoot_database_quick_check (database, NULL, NULL));
  sqlite3_close (plain);
  g_clear_pointer (&database, reshoot_database_free);
  history_remove (other);
  history_remove (file);
}

/* A disk that fails while the pieces are gathered is told of by the commit at the latest, and nothing is half there. */
static void
test_fails (gconstpointer data)
{
  FaultVfs *vfs = (FaultVfs *) data;
  g_autoptr (GFile) file = reshoot_test_temp_file ("a");
  g_autoptr (ReshootDatabase) database = open_new (file);
  g_autoptr (GBytes) first = make_noise (1000);
  g_autoptr (GBytes) bytes = make_noise (PICTURE_SIZE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n = 1;

  insert (database, 1, first);
  before = dump_file (file);
  for (gboolean is_done = FALSE; !is_done; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *seen = NULL;

      fault_vfs_fail (vfs, FAULT_WRITE | FAULT_SYNC, n, ENOSPC);
      is_done = reshoot_database_run (database, &error, "INSERT INTO thing VALUES (?, ?)", "ib", (gint64) 2, bytes);
      fault_vfs_heal (vfs);
      if (is_done)
        break;

      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_NO_SPACE);
      seen = dump_file (file);
      g_assert_cmpstr (seen, ==, before);
    }

  g_assert_cmpuint (n, >, PICTURE_SIZE / 0x1ffff);
  after = dump_file (file);
  g_assert_cmpstr (after, !=, before);
  g_clear_pointer (&database, reshoot_database_free);
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  FaultVfs *vfs;

  reshoot_test_init (&argc, &argv);
  vfs = fault_vfs_install ();

  g_test_add_data_func ("/log/gathers", vfs, test_gathers);
  g_test_add_func ("/log/reads-what-it-wrote", test_reads_what_it_wrote);
  g_test_add_func ("/log/same-as-without", test_same_as_without);
  g_test_add_data_func ("/log/fails", vfs, test_fails);

  return g_test_run ();
}
