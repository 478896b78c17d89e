/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of a project file, as numbered steps forward: version 1 makes them, each later version changes what the
 * one before it left. A fresh file runs all steps, an older file those it lacks, and a file is ours if its schema is,
 * word for word, what those steps give. README.md in this folder explains the tables to readers in other languages. */

#include "reshoot-project-schema.h"

#include "reshoot-error.h"

/* "RSHT", as `file` and the database's header show it. */
#define APPLICATION_ID 0x52534854

static const char version_1[] =
  "CREATE TABLE meta ("
  "  key TEXT PRIMARY KEY,"
  "  value TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE picture ("
  "  digest TEXT PRIMARY KEY CHECK (length (digest) = 64),"
  "  format TEXT NOT NULL,"
  "  width INTEGER NOT NULL CHECK (width > 0),"
  "  height INTEGER NOT NULL CHECK (height > 0),"
  "  size INTEGER NOT NULL CHECK (size > 0)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE picture_data ("
  "  digest TEXT PRIMARY KEY REFERENCES picture,"
  "  data BLOB NOT NULL"
  ") STRICT;"

  "CREATE TABLE thumbnail ("
  "  digest TEXT PRIMARY KEY REFERENCES picture,"
  "  data BLOB NOT NULL"
  ") STRICT;"

  "CREATE TABLE request ("
  "  id INTEGER PRIMARY KEY,"
  "  body TEXT NOT NULL"
  ") STRICT;"

  "CREATE TABLE step ("
  "  id INTEGER PRIMARY KEY,"
  "  uuid TEXT NOT NULL UNIQUE,"
  "  kind TEXT NOT NULL CHECK (kind IN ('original', 'edit')),"
  "  parent INTEGER REFERENCES step,"
  "  original INTEGER NOT NULL REFERENCES step,"
  "  request INTEGER REFERENCES request,"
  "  picture TEXT REFERENCES picture,"
  "  title TEXT,"
  "  rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),"
  "  created TEXT NOT NULL,"
  "  CHECK ((kind = 'original') = (parent IS NULL)),"
  "  CHECK ((kind = 'original') = (request IS NULL)),"
  "  CHECK ((kind = 'original') = (picture IS NOT NULL)),"
  "  CHECK ((kind = 'original') = (original = id))"
  ") STRICT;"
  "CREATE UNIQUE INDEX step_picture ON step (picture) WHERE picture IS NOT NULL;"

  "CREATE TABLE job ("
  "  step INTEGER PRIMARY KEY REFERENCES step,"
  "  provider TEXT NOT NULL,"
  "  model TEXT NOT NULL,"
  "  state TEXT NOT NULL,"
  "  ticket TEXT,"
  "  estimate REAL,"
  "  quoted REAL,"
  "  settled REAL,"
  "  charged TEXT NOT NULL CHECK (charged IN ('no', 'yes', 'unknown')),"
  "  seconds REAL,"
  "  error_code TEXT,"
  "  error_reason TEXT,"
  "  error_subject TEXT,"
  "  error_detail TEXT,"
  "  changed TEXT NOT NULL"
  ") STRICT;"

  "CREATE TABLE reply ("
  "  step INTEGER PRIMARY KEY REFERENCES step,"
  "  picture TEXT NOT NULL REFERENCES picture,"
  "  received TEXT NOT NULL"
  ") STRICT;"

  "CREATE TABLE version ("
  "  step INTEGER NOT NULL REFERENCES step,"
  "  n INTEGER NOT NULL CHECK (n > 0),"
  "  picture TEXT NOT NULL REFERENCES picture,"
  "  a0 REAL, a1 REAL, a2 REAL, a3 REAL, a4 REAL, a5 REAL,"
  "  facts TEXT,"
  "  made TEXT NOT NULL,"
  "  PRIMARY KEY (step, n)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE view ("
  "  key TEXT PRIMARY KEY CHECK (key = 'head'),"
  "  step INTEGER NOT NULL REFERENCES step"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE visit ("
  "  step INTEGER PRIMARY KEY REFERENCES step,"
  "  child INTEGER NOT NULL REFERENCES step"
  ") STRICT;"

  "CREATE TABLE ledger ("
  "  n INTEGER PRIMARY KEY,"
  "  time TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  body TEXT NOT NULL,"
  "  previous TEXT NOT NULL CHECK (length (previous) = 64),"
  "  hash TEXT NOT NULL CHECK (length (hash) = 64)"
  ") STRICT;"

  /* What is frozen stays so, whoever writes. */
  "CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger"
  "  BEGIN SELECT RAISE (ABORT, 'the ledger is frozen'); END;"
  "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger"
  "  BEGIN SELECT RAISE (ABORT, 'the ledger is frozen'); END;"
  "CREATE TRIGGER request_no_update BEFORE UPDATE ON request"
  "  BEGIN SELECT RAISE (ABORT, 'a request is frozen'); END;"
  "CREATE TRIGGER request_no_delete BEFORE DELETE ON request"
  "  BEGIN SELECT RAISE (ABORT, 'a request is frozen'); END;"
  "CREATE TRIGGER reply_no_update BEFORE UPDATE ON reply"
  "  BEGIN SELECT RAISE (ABORT, 'a reply is frozen'); END;"
  "CREATE TRIGGER reply_no_delete BEFORE DELETE ON reply"
  "  BEGIN SELECT RAISE (ABORT, 'a reply is frozen'); END;"
  "CREATE TRIGGER picture_no_update BEFORE UPDATE ON picture"
  "  BEGIN SELECT RAISE (ABORT, 'a picture is frozen'); END;"
  "CREATE TRIGGER picture_no_delete BEFORE DELETE ON picture"
  "  BEGIN SELECT RAISE (ABORT, 'a picture is frozen'); END;"
  "CREATE TRIGGER picture_data_no_update BEFORE UPDATE ON picture_data"
  "  BEGIN SELECT RAISE (ABORT, 'a picture is frozen'); END;"
  "CREATE TRIGGER picture_data_no_delete BEFORE DELETE ON picture_data"
  "  BEGIN SELECT RAISE (ABORT, 'a picture is frozen'); END;"
  "CREATE TRIGGER step_no_update BEFORE UPDATE OF id, uuid, kind, parent, original, request, picture, created ON step"
  "  BEGIN SELECT RAISE (ABORT, 'the tree only grows'); END;"
  "CREATE TRIGGER step_no_delete BEFORE DELETE ON step"
  "  BEGIN SELECT RAISE (ABORT, 'the tree only grows'); END;";

/* Index 0 leads from nothing to version 1. */
static const char *const migrations[] = {
  version_1,
};

#define NEWEST ((gint64) G_N_ELEMENTS (migrations))

/* The tables read when a project opens. The pictures' own tables are left to their digests: quick_check would read
 * every byte of them. */
static const char *const small_tables[] = {
  "meta", "picture", "request", "step", "job", "reply", "version", "view", "visit",
};

static void
set_not_a_project (GError    **error,
                   const char *detail)
{
  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "not-a-project", NULL, "%s", detail);
}

/*
 * reshoot_schema_probe:
 * @database: a connection
 * @state: (out): what it is
 * @error: return location
 *
 * Errors: `CORRUPT` "not-a-project".
 *
 * Returns: whether it is a project, or empty
 */
gboolean
reshoot_schema_probe (ReshootDatabase     *database,
                      ReshootSchemaState  *state,
                      GError             **error)
{
  gint64 id = 0;
  gint64 version = 0;
  gint64 n_tables = 0;

  if (!reshoot_database_get_integer (database, "PRAGMA application_id", &id, error) ||
      !reshoot_database_get_integer (database, "PRAGMA user_version", &version, error) ||
      !reshoot_database_get_integer (database, "SELECT count (*) FROM sqlite_schema", &n_tables, error))
    return FALSE;

  if (id == 0 && version == 0 && n_tables == 0)
    {
      *state = RESHOOT_SCHEMA_EMPTY;
      return TRUE;
    }

  if (id != APPLICATION_ID || version < 1)
    {
      set_not_a_project (error, "another program's database");
      return FALSE;
    }

  if (version > NEWEST)
    *state = RESHOOT_SCHEMA_NEWER;
  else if (version < NEWEST)
    *state = RESHOOT_SCHEMA_OLDER;
  else
    *state = RESHOOT_SCHEMA_OURS;

  return TRUE;
}

/*
 * reshoot_schema_migrate:
 * @database: a write connection on an empty database or an older project, inside a transaction
 * @error: return location
 *
 * Returns: whether it is at the newest version now
 */
gboolean
reshoot_schema_migrate (ReshootDatabase  *database,
                        GError          **error)
{
  g_autofree char *pragmas = NULL;
  gint64 version = 0;

  if (!reshoot_database_get_integer (database, "PRAGMA user_version", &version, error))
    return FALSE;

  for (gint64 i = version; i < NEWEST; i++)
    {
      g_debug ("project schema: to version %" G_GINT64_FORMAT, i + 1);
      if (!reshoot_database_execute (database, migrations[i], error))
        return FALSE;
    }

  pragmas = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID, (int) NEWEST);
  return reshoot_database_execute (database, pragmas, error);
}

/* Every object of the schema in one text, in a fixed order. */
static char *
dup_schema (ReshootDatabase *database,
            GError         **error)
{
  return reshoot_database_dup_text (database,
                                    "SELECT group_concat (part, char (10)) FROM ("
                                    "  SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull (sql, '') AS part"
                                    "  FROM sqlite_schema ORDER BY type, name)", error);
}

static gboolean
check_words (ReshootDatabase *database,
             GError         **error)
{
  g_autoptr (ReshootDatabase) model = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  model = reshoot_database_open (":memory:", 0, error);
  if (model == NULL || !reshoot_schema_migrate (model, error))
    return FALSE;

  ours = dup_schema (model, error);
  if (ours == NULL)
    return FALSE;

  theirs = dup_schema (database, error);
  if (theirs == NULL)
    return FALSE;

  if (g_strcmp0 (ours, theirs) == 0)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "schema", NULL, "the schema is not the one of its version");
  return FALSE;
}

/*
 * reshoot_schema_check:
 * @database: a connection on a project
 * @state: what it is; a newer project's schema cannot be known and is taken as it is
 * @error: return location
 *
 * Errors: `CORRUPT` "schema" or "damaged".
 *
 * Returns: whether the schema is ours and the small tables are sound
 */
gboolean
reshoot_schema_check (ReshootDatabase     *database,
                      ReshootSchemaState   state,
                      GError             **error)
{
  if (state == RESHOOT_SCHEMA_NEWER)
    return TRUE;

  if (!check_words (database, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (small_tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("PRAGMA quick_check (%s)", small_tables[i]);
      g_autofree char *said = reshoot_database_dup_text (database, sql, error);

      if (said == NULL)
        return FALSE;

      if (g_strcmp0 (said, "ok") != 0)
        {
          reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "damaged", small_tables[i], "%s", said);
          return FALSE;
        }
    }

  return TRUE;
}
