/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A file made ready to be a project: its first connection, with the schema filled, brought forward or refused. A
 * stranger's file is not touched before it is sure that it is a project. */

#include "reshoot-project-private.h"

#include "reshoot-error.h"
#include "reshoot-ledger.h"
#include "reshoot-project-load.h"

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
  if (state == RESHOOT_SCHEMA_EMPTY)
    return reshoot_database_execute (database, RESHOOT_SCHEMA_LAYOUT "BEGIN IMMEDIATE", error) &&
           reshoot_project_write_birth (database, error);

  return reshoot_database_execute (database, "BEGIN IMMEDIATE", error) &&
         reshoot_schema_migrate (database, error);
}

/* The tables of a project that needs nothing are checked meanwhile, by reshoot_project_begin_check(). */
static gboolean
check_words (ReshootDatabase  *database,
             GError          **error)
{
  return reshoot_schema_check_words (database, error) &&
         reshoot_database_execute (database, "BEGIN", error);
}

static gpointer
check_tables_in_thread (gpointer data)
{
  g_autoptr (ReshootDatabase) database = data;
  GError *error = NULL;

  reshoot_schema_check_tables (database, &error);
  return error;
}

/* A connection that sees what the first one sees; none where there can be no second one. Whoever can write the file
 * knows its constraints, which are to be checked, too. */
static gboolean
open_checking (ReshootProject   *self,
               ReshootDatabase **checking,
               GError          **error)
{
  *checking = NULL;
  if (self->access != RESHOOT_FILE_WRITABLE)
    *checking = reshoot_project_file_read (self->file, error);
  else if (reshoot_project_file_has_log (self->file))
    *checking = reshoot_database_open (reshoot_project_file_get_path (self->file), 0, error);
  else
    return TRUE;

  return *checking != NULL;
}

/*
 * reshoot_project_begin_check:
 * @self: a project of our version whose schema is ours
 * @database: its first connection
 * @checking: (out) (nullable): the thread, for reshoot_project_end_check()
 * @error: return location
 *
 * Checks its tables on a connection and a thread of their own, while the history is read: on a long project the one
 * takes as long as the other. Where there can be no second connection they are checked at once.
 *
 * Returns: whether the check is on its way or done
 */
gboolean
reshoot_project_begin_check (ReshootProject   *self,
                             ReshootDatabase  *database,
                             GThread         **checking,
                             GError          **error)
{
  g_autoptr (ReshootDatabase) beside = NULL;

  if (!open_checking (self, &beside, error))
    return FALSE;

  if (beside == NULL)
    return reshoot_schema_check_tables (database, error);

  /* Who writes without a log waits for all who read, and lets nobody begin meanwhile: the check must not wait for that
   * while the history that is read waits for the check. So it begins before that does, and reads as one. */
  if (!reshoot_database_execute (beside, "BEGIN", error) ||
      !reshoot_project_file_try_reading (beside, error))
    return FALSE;

  *checking = g_thread_new ("project-check", check_tables_in_thread, g_steal_pointer (&beside));
  return TRUE;
}

/*
 * reshoot_project_end_check:
 * @checking: (transfer full) (nullable): what was begun; %NULL: it is done
 * @error: return location
 *
 * Waits for the check. Errors: `CORRUPT` "damaged", or why the file cannot be read.
 *
 * Returns: whether the tables are sound
 */
gboolean
reshoot_project_end_check (GThread  *checking,
                           GError  **error)
{
  GError *local = checking != NULL ? g_thread_join (checking) : NULL;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* Nothing of a file is changed, not even how it is written, before it is checked. */
static gboolean
check_and_log_work (ReshootDatabase  *database,
                    gpointer          data,
                    GCancellable     *cancellable,
                    GError          **error)
{
  return reshoot_schema_check_tables (database, error) &&
         reshoot_project_look (database, error) &&
         reshoot_project_file_set_log (data, database, error);
}

/* There turned out to be no log: then there is to be one connection. */
static void
read_as_guest (ReshootProject *self)
{
  reshoot_project_stop_threads (NULL, self->reader, g_steal_pointer (&self->checkpointer), NULL,
                                NULL);
  self->reader = reshoot_database_thread_new_guest (self->writer);
}

static void
checked_later_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ReshootProject) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    reshoot_project_take_obstacle (self, error);
  else if (!self->closed && !reshoot_project_file_has_log (self->file))
    read_as_guest (self);
}

/*
 * reshoot_project_check_later:
 * @self: a project that was opened before its tables were checked
 *
 * Has the writer check them, and begin the log, before it writes anything.
 */
void
reshoot_project_check_later (ReshootProject *self)
{
  GTask *task = g_task_new (NULL, NULL, checked_later_cb, g_object_ref (self));

  g_task_set_source_tag (task, reshoot_project_check_later);
  g_task_set_task_data (task, reshoot_project_file_ref (self->file),
                        (GDestroyNotify) reshoot_project_file_unref);
  self->unchecked = FALSE;
  reshoot_database_thread_push_check (self->writer, task, check_and_log_work);
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

  if (*state == RESHOOT_SCHEMA_OURS)
    return check_words (database, error) ? g_steal_pointer (&database) : NULL;

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

  if (*state == RESHOOT_SCHEMA_OURS)
    return check_words (database, error) ? g_steal_pointer (&database) : NULL;

  if (!reshoot_schema_check (database, *state, error) ||
      !reshoot_schema_bridge (database, error) ||
      !reshoot_database_execute (database, "BEGIN", error))
    return NULL;

  return g_steal_pointer (&database);
}
