/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A file made ready to be a project: its first connection, with the schema filled, brought forward or refused. A
 * stranger's file is not touched before it is sure that it is a project. */

#include "reshoot-project-private.h"

#include "reshoot-error.h"
#include "reshoot-ledger.h"

/* What makes an empty database a project, inside a transaction: the tables, a UUID and the first entry. */
gboolean
reshoot_project_write_birth (ReshootDatabase *database,
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

/* Fills an empty file or brings an older one forward, in the transaction that is left open. */
static gboolean
settle_schema (ReshootDatabase    *database,
               ReshootSchemaState  state,
               GError            **error)
{
  if (state == RESHOOT_SCHEMA_OURS)
    return reshoot_database_execute (database, "BEGIN", error);

  if (state == RESHOOT_SCHEMA_EMPTY)
    return reshoot_database_execute (database, RESHOOT_SCHEMA_LAYOUT "BEGIN IMMEDIATE", error) &&
           reshoot_project_write_birth (database, error);

  return reshoot_database_execute (database, "BEGIN IMMEDIATE", error) &&
         reshoot_schema_migrate (database, error);
}

/*
 * reshoot_project_prepare_writing:
 * @self: a project whose file is locked
 * @flags: whether an empty file may be filled
 * @state: (out): what the file was
 * @error: return location
 *
 * The write connection. It is inside a transaction with what the file needed to be one of ours: a stranger's file is
 * not touched before it was read and proved sound. Commit, and then start the log.
 *
 * Returns: (transfer full): a connection, or %NULL
 */
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
    return reshoot_database_execute (database, "BEGIN", error) ? g_steal_pointer (&database) : NULL;

  /* An older file is looked at before it is changed. */
  if ((*state == RESHOOT_SCHEMA_OLDER && !reshoot_schema_check (database, *state, error)) ||
      !settle_schema (database, *state, error) ||
      !reshoot_schema_check (database, RESHOOT_SCHEMA_OURS, error))
    return NULL;

  return g_steal_pointer (&database);
}

/* A read connection, inside a transaction. */
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
      !reshoot_schema_bridge (database, error) ||
      !reshoot_database_execute (database, "BEGIN", error))
    return NULL;

  return g_steal_pointer (&database);
}
