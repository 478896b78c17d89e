/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A file made ready to be a project: its first connection, with the schema filled, brought forward or refused. A
 * stranger's file is not touched before it is sure that it is a project. */

#include "reshoot-project-private.h"

#include "reshoot-error.h"
#include "reshoot-ledger.h"

static gboolean
write_birth (ReshootDatabase *database,
             GError         **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now);
  g_autoptr (JsonObject) body = json_object_new ();

  json_object_set_string_member (body, "uuid", uuid);
  return reshoot_schema_migrate (database, error) &&
         reshoot_database_run (database, error, "INSERT INTO meta (key, value) VALUES ('uuid', ?), ('created', ?)",
                               "ss", uuid, time) &&
         reshoot_ledger_append (database, time, "project", body, error);
}

/* Fills an empty file or brings an older one forward, in one transaction. */
static gboolean
settle_schema (ReshootDatabase    *database,
               ReshootSchemaState  state,
               GError            **error)
{
  gboolean settled;

  if (state == RESHOOT_SCHEMA_OURS)
    return TRUE;

  if ((state == RESHOOT_SCHEMA_EMPTY && !reshoot_database_execute (database, "PRAGMA page_size = 16384; PRAGMA auto_vacuum = INCREMENTAL", error)) ||
      !reshoot_database_execute (database, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (state == RESHOOT_SCHEMA_EMPTY)
    settled = write_birth (database, error);
  else
    settled = reshoot_schema_migrate (database, error);

  if (settled && reshoot_database_execute (database, "COMMIT", error))
    return TRUE;

  reshoot_database_execute (database, "ROLLBACK", NULL);
  return FALSE;
}

/* The write connection, once it is sure that the file is a project: a stranger's file is not touched before. */
ReshootDatabase *
reshoot_project_prepare_writing (ReshootProject      *self,
                                 ReshootProjectFlags  flags,
                                 ReshootSchemaState  *state,
                                 GError             **error)
{
  g_autoptr (ReshootDatabase) database = reshoot_project_file_connect (self->file, error);
  gboolean fills;

  if (database == NULL || !reshoot_schema_probe (database, state, error))
    return NULL;

  fills = *state == RESHOOT_SCHEMA_EMPTY && (flags & RESHOOT_PROJECT_CREATE) != 0;
  if (*state == RESHOOT_SCHEMA_EMPTY && !fills)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "not-a-project", NULL, "the file is empty");
      return NULL;
    }

  if (*state == RESHOOT_SCHEMA_NEWER)
    return g_steal_pointer (&database);

  /* An older file is looked at before it is changed. */
  if ((*state == RESHOOT_SCHEMA_OLDER && !reshoot_schema_check (database, *state, error)) ||
      !settle_schema (database, *state, error) ||
      !reshoot_schema_check (database, RESHOOT_SCHEMA_OURS, error) ||
      !reshoot_project_file_set_log (self->file, database, error))
    return NULL;

  return g_steal_pointer (&database);
}

ReshootDatabase *
reshoot_project_prepare_reading (ReshootProject      *self,
                                 ReshootSchemaState  *state,
                                 GError             **error)
{
  g_autoptr (ReshootDatabase) database = reshoot_project_file_read (self->file, error);

  if (database == NULL || !reshoot_schema_probe (database, state, error))
    return NULL;

  if (*state == RESHOOT_SCHEMA_EMPTY)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "not-a-project", NULL, "the file is empty");
      return NULL;
    }

  if (!reshoot_schema_check (database, *state, error) ||
      !reshoot_schema_bridge (database, error))
    return NULL;

  return g_steal_pointer (&database);
}
