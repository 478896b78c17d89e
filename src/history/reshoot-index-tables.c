/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of the index: making them, knowing them again, bringing the journal of spending of an earlier version
 * forward, and getting it out of a damaged file. All the rest can be made again from the projects: a file that is not
 * ours word for word is made anew. */

#include "reshoot-index-tables.h"

#include "reshoot-error.h"

/* "RSHI" */
#define APPLICATION_ID 0x52534849
#define VERSION 2

static const char tables[] =
  "CREATE TABLE meta ("
  "  key TEXT PRIMARY KEY,"
  "  value TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE project ("
  "  id INTEGER PRIMARY KEY,"
  "  path TEXT NOT NULL UNIQUE,"
  "  uuid TEXT,"
  "  title TEXT,"
  "  opened TEXT,"
  "  steps INTEGER NOT NULL DEFAULT 0,"
  "  ledger_n INTEGER NOT NULL DEFAULT 0,"
  "  ledger_hash TEXT NOT NULL DEFAULT '',"
  "  stamp TEXT NOT NULL DEFAULT ''"
  ") STRICT;"
  "CREATE INDEX project_uuid ON project (uuid);"

  "CREATE TABLE step ("
  "  id INTEGER PRIMARY KEY,"
  "  project INTEGER NOT NULL REFERENCES project,"
  "  number INTEGER NOT NULL,"
  "  uuid TEXT NOT NULL,"
  "  is_original INTEGER NOT NULL,"
  "  in_bin INTEGER NOT NULL,"
  "  state TEXT NOT NULL,"
  "  rating INTEGER NOT NULL,"
  "  verdict TEXT,"
  "  instruction TEXT,"
  "  title TEXT,"
  "  branch TEXT,"
  "  tags TEXT,"
  "  notes TEXT,"
  "  model TEXT,"
  "  words TEXT NOT NULL,"
  "  UNIQUE (project, number)"
  ") STRICT;"
  "CREATE INDEX step_uuid ON step (uuid);"

  "CREATE TABLE picture ("
  "  digest TEXT NOT NULL,"
  "  project INTEGER NOT NULL REFERENCES project,"
  "  step INTEGER NOT NULL,"
  "  role TEXT NOT NULL CHECK (role IN ('shown', 'reply', 'export')),"
  "  PRIMARY KEY (digest, project, step, role)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX picture_step ON picture (project, step);";

#define SPENDING(amount) \
  "CREATE TABLE spending (" \
  "  step TEXT PRIMARY KEY," \
  "  project TEXT NOT NULL," \
  "  model TEXT NOT NULL," \
  "  run TEXT NOT NULL," \
  "  day TEXT NOT NULL," \
  "  amount " amount "," \
  "  state TEXT NOT NULL CHECK (state IN ('reserved', 'settled', 'released'))," \
  "  made TEXT NOT NULL," \
  "  changed TEXT NOT NULL" \
  ") STRICT, WITHOUT ROWID;" \
  "CREATE INDEX spending_day ON spending (day);" \
  "CREATE INDEX spending_project ON spending (project);" \
  "CREATE INDEX spending_run ON spending (run);"

/* Version 1 had dollars. */
static const char spending_1[] = SPENDING ("REAL");
static const char spending_2[] = SPENDING ("INTEGER CHECK (amount >= 0)");

static const char set_aside_1[] =
  "DROP INDEX spending_day;"
  "DROP INDEX spending_project;"
  "DROP INDEX spending_run;"
  "ALTER TABLE spending RENAME TO spending_1;";

static const char take_over_1[] =
  "INSERT INTO spending SELECT step, project, model, run, day, " RESHOOT_MILLIONTHS ("amount") ", state, made, changed"
  " FROM spending_1;"
  "DROP TABLE spending_1;";

/* The words are in step already: only where they stand is kept here. */
static const char search_table[] =
  "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5"
  " (words, content='step', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='1 2 3');"
  "INSERT INTO search (search) VALUES ('rebuild');"
  "INSERT INTO meta (key, value) VALUES ('search', 'whole');";

/* What is written by whoever has no full text search leaves the mark out, and the next who has it makes it anew. */
static gboolean
make_search (ReshootDatabase *database,
             GError         **error)
{
  gint64 n = 0;

  return reshoot_database_get_integer (database, "SELECT count (*) FROM meta WHERE key = 'search'", &n, error) &&
         (n > 0 || reshoot_database_execute (database, search_table, error));
}

gboolean
reshoot_index_tables_have_fts (ReshootDatabase *database)
{
  gint64 has = 0;

  return reshoot_database_get_integer (database, "SELECT sqlite_compileoption_used ('ENABLE_FTS5')", &has, NULL) &&
         has != 0;
}

/* The text of every table and index that is not the full text search's. */
static char *
dup_schema (ReshootDatabase *database,
            GError         **error)
{
  return reshoot_database_dup_text (database,
                                    "SELECT group_concat (sql, ';') FROM (SELECT sql FROM sqlite_schema"
                                    "  WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'search%' ORDER BY name)", error);
}

static gboolean
is_schema_ours (ReshootDatabase *database,
                gint64           version,
                GError         **error)
{
  g_autoptr (ReshootDatabase) model = reshoot_database_open (":memory:", 0, error);
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  if (model == NULL || !reshoot_database_execute (model, tables, error) ||
      !reshoot_database_execute (model, version == VERSION ? spending_2 : spending_1, error))
    return FALSE;

  ours = dup_schema (model, error);
  theirs = dup_schema (database, error);
  return ours != NULL && g_strcmp0 (ours, theirs) == 0;
}

/*
 * reshoot_index_tables_probe:
 * @database: a connection
 * @error: return location, set where SQLite had something to say
 *
 * Returns: what the file is; `DAMAGED` also where it cannot be read at all
 */
ReshootIndexState
reshoot_index_tables_probe (ReshootDatabase  *database,
                            GError          **error)
{
  gint64 application = 0;
  gint64 version = 0;
  gint64 n = 0;

  if (!reshoot_database_get_integer (database, "PRAGMA application_id", &application, error) ||
      !reshoot_database_get_integer (database, "PRAGMA user_version", &version, error) ||
      !reshoot_database_get_integer (database, "SELECT count (*) FROM sqlite_schema", &n, error))
    return RESHOOT_INDEX_DAMAGED;

  if (application == 0 && version == 0 && n == 0)
    return RESHOOT_INDEX_EMPTY;
  if (application == APPLICATION_ID && version > VERSION)
    return RESHOOT_INDEX_NEWER;
  if (application == APPLICATION_ID && version > 0 && is_schema_ours (database, version, error))
    return version == VERSION ? RESHOOT_INDEX_OURS : RESHOOT_INDEX_OLDER;

  return RESHOOT_INDEX_DAMAGED;
}

/* Inside a transaction: two programs may find the same file empty, or of an earlier version. */
gboolean
reshoot_index_tables_make (ReshootDatabase  *database,
                           gboolean          has_fts,
                           GError          **error)
{
  g_autofree char *sign = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                                           APPLICATION_ID, VERSION);
  gint64 version = 0;

  if (!reshoot_database_get_integer (database, "PRAGMA user_version", &version, error))
    return FALSE;

  if (version == 0 && (!reshoot_database_execute (database, tables, error) ||
                       !reshoot_database_execute (database, spending_2, error)))
    return FALSE;

  if (version == 1 && (!reshoot_database_execute (database, set_aside_1, error) ||
                       !reshoot_database_execute (database, spending_2, error) ||
                       !reshoot_database_execute (database, take_over_1, error)))
    return FALSE;

  if (version < VERSION && !reshoot_database_execute (database, sign, error))
    return FALSE;

  return !has_fts || make_search (database, error);
}

/* Of whichever version the file is. */
static ReshootMoney
get_amount (ReshootQuery *query,
            int           column)
{
  if (reshoot_query_is_real (query, column))
    return reshoot_money_from_dollars (reshoot_query_get_real (query, column));

  return reshoot_query_get_money (query, column);
}

/* Copies rows until one cannot be read. */
static guint
copy_spending (ReshootDatabase  *from,
               ReshootDatabase  *to,
               GError          **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  guint n = 0;

  query = reshoot_query_new (from, NULL,
                             "SELECT step, project, model, run, day, amount, state, made, changed FROM spending", "");

  while (query != NULL && reshoot_query_next (query, NULL))
    {
      const char *texts[9];

      for (int i = 0; i < 9; i++)
        texts[i] = reshoot_query_get_text (query, i);

      if (!reshoot_database_run (to, error, "INSERT OR REPLACE INTO spending"
                                 " (step, project, model, run, day, amount, state, made, changed)"
                                 " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "sssssmsss", texts[0], texts[1],
                                 texts[2], texts[3], texts[4], get_amount (query, 5),
                                 texts[6], texts[7], texts[8]))
        return n;

      n++;
    }

  return n;
}

/*
 * reshoot_index_tables_salvage:
 * @from: a damaged file
 * @to: a new one, in a transaction
 * @error: return location
 *
 * Takes over what cannot be made again: what was spent and on which day, as far as it can be read.
 *
 * Returns: whether @to could be written
 */
gboolean
reshoot_index_tables_salvage (ReshootDatabase  *from,
                              ReshootDatabase  *to,
                              GError          **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *day = NULL;
  guint n;

  n = copy_spending (from, to, &local);
  day = reshoot_database_dup_text (from, "SELECT (SELECT value FROM meta WHERE key = 'day')", NULL);
  if (local == NULL && day != NULL && *day != '\0')
    reshoot_database_run (to, &local, "INSERT OR REPLACE INTO meta (key, value) VALUES ('day', ?)", "s", day);

  g_debug ("%u entries of the journal came over", n);
  if (local == NULL)
    return TRUE;

  /* A row that our tables do not take is damage as well, and no reason to give up. */
  if (g_error_matches (local, RESHOOT_ERROR, RESHOOT_ERROR_FAILED))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
