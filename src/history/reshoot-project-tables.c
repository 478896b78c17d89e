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

/* Index 0 leads from nothing to version 1. */
static const char *const migrations[] = {
  version_1,
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

G_STATIC_ASSERT (G_N_ELEMENTS (migrations) == RESHOOT_SCHEMA_NEWEST);
