/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of a project file, as numbered steps forward: version 1 makes them, each later version changes what the
 * one before it left. README.md in this folder explains the tables to readers in other languages. */

#include "reshoot-project-schema.h"

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

/* Full-size pictures as tiles; what people say of steps; rows; the bin; ledgers of joined projects; whole amounts. */
static const char version_2[] =
  "ALTER TABLE job RENAME TO job_1;"
  "CREATE TABLE job ("
  "  step INTEGER PRIMARY KEY REFERENCES step,"
  "  provider TEXT NOT NULL,"
  "  model TEXT NOT NULL,"
  "  state TEXT NOT NULL,"
  "  ticket TEXT,"
  "  estimate INTEGER CHECK (estimate >= 0),"
  "  quoted INTEGER CHECK (quoted >= 0),"
  "  settled INTEGER CHECK (settled >= 0),"
  "  charged TEXT NOT NULL CHECK (charged IN ('no', 'yes', 'unknown')),"
  "  seconds REAL,"
  "  error_code TEXT,"
  "  error_reason TEXT,"
  "  error_subject TEXT,"
  "  error_detail TEXT,"
  "  changed TEXT NOT NULL"
  ") STRICT;"
  "INSERT INTO job SELECT step, provider, model, state, ticket,"
  "  " RESHOOT_MILLIONTHS ("estimate") ", " RESHOOT_MILLIONTHS ("quoted") ", " RESHOOT_MILLIONTHS ("settled") ","
  "  charged, seconds, error_code, error_reason, error_subject, error_detail, changed FROM job_1;"
  "DROP TABLE job_1;"

  "CREATE TABLE tiling ("
  "  id INTEGER PRIMARY KEY,"
  "  picture TEXT NOT NULL UNIQUE REFERENCES picture,"
  "  base TEXT NOT NULL REFERENCES picture,"
  "  CHECK (picture <> base)"
  ") STRICT;"
  "CREATE INDEX tiling_base ON tiling (base);"

  "CREATE TABLE tile ("
  "  id INTEGER PRIMARY KEY,"
  "  digest TEXT NOT NULL UNIQUE CHECK (length (digest) = 64),"
  "  data BLOB NOT NULL"
  ") STRICT;"

  "CREATE TABLE picture_tile ("
  "  tiling INTEGER NOT NULL REFERENCES tiling,"
  "  y INTEGER NOT NULL CHECK (y >= 0),"
  "  x INTEGER NOT NULL CHECK (x >= 0),"
  "  tile INTEGER NOT NULL REFERENCES tile,"
  "  PRIMARY KEY (tiling, y, x)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX picture_tile_tile ON picture_tile (tile);"

  "ALTER TABLE step ADD COLUMN row TEXT;"
  "ALTER TABLE step ADD COLUMN take INTEGER CHECK (take > 0);"

  "CREATE TABLE request_picture ("
  "  request INTEGER NOT NULL REFERENCES request,"
  "  place INTEGER NOT NULL CHECK (place > 0),"
  "  role TEXT NOT NULL,"
  "  picture TEXT NOT NULL REFERENCES picture,"
  "  PRIMARY KEY (request, place)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX request_picture_picture ON request_picture (picture);"

  "CREATE TABLE branch ("
  "  step INTEGER PRIMARY KEY REFERENCES step,"
  "  name TEXT NOT NULL"
  ") STRICT;"

  "CREATE TABLE tag ("
  "  step INTEGER NOT NULL REFERENCES step,"
  "  tag TEXT NOT NULL,"
  "  PRIMARY KEY (step, tag)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE verdict ("
  "  step INTEGER NOT NULL REFERENCES step,"
  "  author TEXT NOT NULL,"
  "  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject')),"
  "  reason TEXT,"
  "  given TEXT NOT NULL,"
  "  PRIMARY KEY (step, author)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE note ("
  "  id INTEGER PRIMARY KEY,"
  "  uuid TEXT NOT NULL UNIQUE,"
  "  step INTEGER NOT NULL REFERENCES step,"
  "  author TEXT NOT NULL,"
  "  text TEXT NOT NULL,"
  "  x REAL, y REAL, width REAL, height REAL,"
  "  made TEXT NOT NULL,"
  "  changed TEXT NOT NULL,"
  "  removed TEXT"
  ") STRICT;"
  "CREATE INDEX note_step ON note (step);"

  "CREATE TABLE bin ("
  "  step INTEGER PRIMARY KEY REFERENCES step,"
  "  binned TEXT NOT NULL,"
  "  purged TEXT"
  ") STRICT;"

  "CREATE TABLE purged_picture ("
  "  digest TEXT PRIMARY KEY REFERENCES picture,"
  "  purged TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE joined ("
  "  entry INTEGER PRIMARY KEY REFERENCES ledger,"
  "  project TEXT NOT NULL,"
  "  head TEXT NOT NULL CHECK (length (head) = 64)"
  ") STRICT;"

  "CREATE TABLE joined_ledger ("
  "  entry INTEGER NOT NULL REFERENCES joined,"
  "  n INTEGER NOT NULL,"
  "  time TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  body TEXT NOT NULL,"
  "  previous TEXT NOT NULL CHECK (length (previous) = 64),"
  "  hash TEXT NOT NULL CHECK (length (hash) = 64),"
  "  PRIMARY KEY (entry, n)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TRIGGER step_row_no_update BEFORE UPDATE OF row, take ON step"
  "  BEGIN SELECT RAISE (ABORT, 'the tree only grows'); END;"
  "CREATE TRIGGER request_picture_no_update BEFORE UPDATE ON request_picture"
  "  BEGIN SELECT RAISE (ABORT, 'a request is frozen'); END;"
  "CREATE TRIGGER request_picture_no_delete BEFORE DELETE ON request_picture"
  "  BEGIN SELECT RAISE (ABORT, 'a request is frozen'); END;"
  "CREATE TRIGGER joined_no_update BEFORE UPDATE ON joined"
  "  BEGIN SELECT RAISE (ABORT, 'the ledger is frozen'); END;"
  "CREATE TRIGGER joined_no_delete BEFORE DELETE ON joined"
  "  BEGIN SELECT RAISE (ABORT, 'the ledger is frozen'); END;"
  "CREATE TRIGGER joined_ledger_no_update BEFORE UPDATE ON joined_ledger"
  "  BEGIN SELECT RAISE (ABORT, 'the ledger is frozen'); END;"
  "CREATE TRIGGER joined_ledger_no_delete BEFORE DELETE ON joined_ledger"
  "  BEGIN SELECT RAISE (ABORT, 'the ledger is frozen'); END;"
  "CREATE TRIGGER tiling_no_update BEFORE UPDATE ON tiling"
  "  BEGIN SELECT RAISE (ABORT, 'a picture is frozen'); END;"
  "CREATE TRIGGER tiling_no_delete BEFORE DELETE ON tiling"
  "  BEGIN SELECT RAISE (ABORT, 'a picture is frozen'); END;"
  "CREATE TRIGGER tile_no_update BEFORE UPDATE ON tile"
  "  BEGIN SELECT RAISE (ABORT, 'a picture is frozen'); END;"
  "CREATE TRIGGER picture_tile_no_update BEFORE UPDATE ON picture_tile"
  "  BEGIN SELECT RAISE (ABORT, 'a picture is frozen'); END;"

  /* Bytes go only when the bin is emptied, and then it is written down which. A tile goes when no picture has it any
   * more: the foreign key sees to that. */
  "CREATE TRIGGER picture_tile_no_delete BEFORE DELETE ON picture_tile"
  "  WHEN NOT EXISTS (SELECT 1 FROM tiling JOIN purged_picture ON digest = picture WHERE id = old.tiling)"
  "  BEGIN SELECT RAISE (ABORT, 'a picture is frozen'); END;"
  "DROP TRIGGER picture_data_no_delete;"
  "CREATE TRIGGER picture_data_no_delete BEFORE DELETE ON picture_data"
  "  WHEN NOT EXISTS (SELECT 1 FROM purged_picture WHERE digest = old.digest)"
  "  BEGIN SELECT RAISE (ABORT, 'a picture is frozen'); END;";

/* Index 0 leads from nothing to version 1. */
static const char *const migrations[] = {
  version_1,
  version_2,
};

/* What a file of version 1 lacks, for a connection that cannot bring it forward: a name finds what is temporary
 * first. */
static const char bridge_1[] =
  "CREATE TEMP VIEW step AS SELECT *, NULL AS row, NULL AS take FROM main.step;"
  "CREATE TEMP VIEW job AS SELECT step, provider, model, state, ticket,"
  "  " RESHOOT_MILLIONTHS ("estimate") " AS estimate,"
  "  " RESHOOT_MILLIONTHS ("quoted") " AS quoted, " RESHOOT_MILLIONTHS ("settled") " AS settled,"
  "  charged, seconds, error_code, error_reason, error_subject, error_detail, changed FROM main.job;"
  "CREATE TEMP TABLE tiling (id INTEGER PRIMARY KEY, picture, base);"
  "CREATE TEMP TABLE tile (id INTEGER PRIMARY KEY, digest, data);"
  "CREATE TEMP TABLE picture_tile (tiling, y, x, tile);"
  "CREATE TEMP TABLE request_picture (request, place, role, picture);"
  "CREATE TEMP TABLE branch (step INTEGER PRIMARY KEY, name);"
  "CREATE TEMP TABLE tag (step, tag);"
  "CREATE TEMP TABLE verdict (step, author, verdict, reason, given);"
  "CREATE TEMP TABLE note (id INTEGER PRIMARY KEY, uuid, step, author, text, x, y, width, height, made, changed,"
  " removed);"
  "CREATE TEMP TABLE bin (step INTEGER PRIMARY KEY, binned, purged);"
  "CREATE TEMP TABLE purged_picture (digest, purged);"
  "CREATE TEMP TABLE joined (entry INTEGER PRIMARY KEY, project, head);"
  "CREATE TEMP TABLE joined_ledger (entry, n, time, kind, body, previous, hash);";

/* Index 0 is for version 1. */
static const char *const bridges[] = {
  bridge_1,
};

/*
 * reshoot_schema_get_migration:
 * @version: from 0
 *
 * Returns: (nullable): the script that leads from @version to the next; %NULL: that is the newest
 */
const char *
reshoot_schema_get_migration (gint64 version)
{
  return version < RESHOOT_SCHEMA_NEWEST ? migrations[version] : NULL;
}

/*
 * reshoot_schema_get_bridge:
 * @version: from 1
 *
 * Returns: (nullable): the script that lets a connection read a file of @version as if it had the next; %NULL: it has
 */
const char *
reshoot_schema_get_bridge (gint64 version)
{
  return version < RESHOOT_SCHEMA_NEWEST ? bridges[version - 1] : NULL;
}

G_STATIC_ASSERT (G_N_ELEMENTS (bridges) == RESHOOT_SCHEMA_NEWEST - 1);
G_STATIC_ASSERT (G_N_ELEMENTS (migrations) == RESHOOT_SCHEMA_NEWEST);
