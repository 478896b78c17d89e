/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a project: the lock, the connection, the history from its rows and the threads, on a worker. It hides that
 * who cannot write reads, and whether what keeps a project from being opened is named by its file. */

#include "reshoot-project-private.h"

#include "reshoot-error.h"
#include "reshoot-history-private.h"
#include "reshoot-project-load.h"
#include "reshoot-project-salvage.h"

typedef struct
{
  GFile               *location;
  ReshootProjectFlags  flags;
} Open;

static void
open_free (Open *open)
{
  g_object_unref (open->location);
  g_free (open);
}

/* Errors of SQLite know the file by its path; those of the schema do not know it at all. */
static void
name_file (ReshootProject *self,
           GError        **error)
{
  GError *named;

  if ((*error)->domain != RESHOOT_ERROR || reshoot_error_get_subject (*error) != NULL)
    return;

  named = reshoot_error_new ((*error)->code, reshoot_error_get_reason (*error),
                             reshoot_project_file_get_path (self->file), "%s", (*error)->message);
  g_error_free (*error);
  *error = named;
}

static ReshootFileFlags
get_file_flags (ReshootProjectFlags flags)
{
  ReshootFileFlags file_flags = 0;

  if ((flags & RESHOOT_PROJECT_CREATE) != 0)
    file_flags |= RESHOOT_FILE_CREATE;
  if ((flags & RESHOOT_PROJECT_READ_ONLY) != 0)
    file_flags |= RESHOOT_FILE_ONLY_READ;
  if ((flags & RESHOOT_PROJECT_NETWORK) != 0)
    file_flags |= RESHOOT_FILE_NETWORK;

  return file_flags;
}

/* A newer project may have changed what we look for. */
static gboolean
load_history (ReshootProject   *self,
              ReshootDatabase  *database,
              ReshootDatabase  *beside,
              GCancellable     *cancellable,
              GError          **error)
{
  g_autoptr (GError) local = NULL;

  if (reshoot_project_load (database, beside, self->history, self->unchecked, cancellable, &local))
    return TRUE;

  if (self->newer && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reshoot_set_error (error, RESHOOT_ERROR_NEWER, "newer", NULL, "%s", local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

/* What cannot be one is none: it goes into file names and other files' metadata. */
static char *
read_uuid (ReshootDatabase *database)
{
  g_autofree char *uuid = NULL;

  uuid = reshoot_database_dup_text (database, "SELECT (SELECT value FROM meta WHERE key = 'uuid')", NULL);
  return uuid != NULL && g_uuid_string_is_valid (uuid) ? g_steal_pointer (&uuid) : NULL;
}

/* With a log, one connection reads (that which has read half of the history, where there is one) and one folds beside
 * the one that writes. */
static gboolean
start_beside (ReshootProject   *self,
              ReshootDatabase  *writing,
              ReshootDatabase  *beside,
              GError          **error)
{
  g_autoptr (ReshootDatabase) reading = beside;
  g_autoptr (ReshootDatabase) folding = NULL;

  if (reading == NULL)
    reading = reshoot_project_file_read (self->file, error);

  /* A log that was begun since is found by its path, which may lead nowhere later. */
  if (reading != NULL && reshoot_project_file_try_reading (reading, error))
    folding = reshoot_project_file_connect (self->file, error);

  if (folding == NULL)
    {
      reshoot_database_free (writing);
      return FALSE;
    }

  self->checkpointer = reshoot_database_thread_new (self->file, RESHOOT_THREAD_CHECKPOINTER,
                                                    g_steal_pointer (&folding), NULL);
  self->writer = reshoot_database_thread_new (self->file, RESHOOT_THREAD_WRITER, writing,
                                              self->checkpointer);
  self->reader = reshoot_database_thread_new (self->file, RESHOOT_THREAD_READER,
                                              g_steal_pointer (&reading), NULL);
  return TRUE;
}

static gboolean
start_writing (ReshootProject   *self,
               ReshootDatabase  *writing,
               ReshootDatabase  *beside,
               GError          **error)
{
  g_autoptr (ReshootDatabase) reading = beside;

  /* What is not checked yet is not changed either: then the log is begun by the writer. */
  if (!self->unchecked && !reshoot_project_file_set_log (self->file, writing, error))
    {
      reshoot_database_free (writing);
      return FALSE;
    }

  if (!reshoot_project_file_has_log (self->file))
    {
      self->writer = reshoot_database_thread_new (self->file, RESHOOT_THREAD_WRITER, writing, NULL);
      self->reader = reshoot_database_thread_new_guest (self->writer);
    }
  else if (!start_beside (self, writing, g_steal_pointer (&reading), error))
    return FALSE;

  reshoot_history_set_moved (self->history, reshoot_project_keep_head, self);
  return TRUE;
}

/* Damage that the check finds says more than what the reading stumbled over. */
static gboolean
load_checked (ReshootProject      *self,
              ReshootDatabase     *database,
              ReshootDatabase     *beside,
              ReshootSchemaState   state,
              GCancellable        *cancellable,
              GError             **error)
{
  GThread *checking = NULL;
  g_autoptr (GError) local = NULL;
  gboolean is_loaded;

  if (state == RESHOOT_SCHEMA_OURS && !self->unchecked &&
      !reshoot_project_begin_check (self, database, &checking, error))
    return FALSE;

  is_loaded = load_history (self, database, beside, cancellable, &local);
  if (!reshoot_project_end_check (checking, error))
    return FALSE;

  if (is_loaded)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
open_sound (ReshootProject       *self,
            ReshootProjectFlags   flags,
            GCancellable         *cancellable,
            GError              **error)
{
  g_autoptr (ReshootDatabase) database = NULL;
  g_autoptr (ReshootDatabase) beside = NULL;
  ReshootSchemaState state;
  gboolean writes = self->access == RESHOOT_FILE_WRITABLE;

  if (writes)
    database = reshoot_project_prepare_writing (self, flags, &state, error);
  else
    database = reshoot_project_prepare_reading (self, &state, error);

  if (database == NULL)
    return FALSE;

  self->newer = state == RESHOOT_SCHEMA_NEWER;
  self->unchecked = (flags & RESHOOT_PROJECT_AT_ONCE) != 0 && writes &&
                    state == RESHOOT_SCHEMA_OURS && reshoot_project_file_has_log (self->file);

  /* Nobody else writes what we have locked, so that two connections see the same. */
  if (writes && state == RESHOOT_SCHEMA_OURS && reshoot_project_file_has_log (self->file))
    {
      beside = reshoot_project_file_read (self->file, error);
      if (beside == NULL)
        return FALSE;
    }

  if (!load_checked (self, database, beside, state, cancellable, error) ||
      !reshoot_database_execute (database, "COMMIT", error))
    return FALSE;

  self->uuid = read_uuid (database);

  if (writes && !self->newer)
    return start_writing (self, g_steal_pointer (&database), g_steal_pointer (&beside), error);

  if (self->access == RESHOOT_FILE_BUSY)
    g_clear_pointer (&database, reshoot_database_free);

  self->reader = reshoot_database_thread_new (self->file, RESHOOT_THREAD_READER,
                                              g_steal_pointer (&database), NULL);
  return TRUE;
}

/* What was saved of a damaged file is read, and nothing is written. */
static gboolean
open_damaged (ReshootProject  *self,
              GCancellable    *cancellable,
              GError         **error)
{
  g_autoptr (ReshootDatabase) database = NULL;

  /* What was read before the damage was found is not to be read twice. */
  g_object_unref (self->history);
  self->history = reshoot_history_new ();
  self->newer = FALSE;
  self->unchecked = FALSE;
  self->damage = g_new0 (ReshootDamage, 1);
  database = reshoot_project_salvage (self->file, self->damage, cancellable, error);
  if (database == NULL || !load_history (self, database, NULL, cancellable, error))
    return FALSE;

  self->uuid = read_uuid (database);
  self->reader = reshoot_database_thread_new (self->file, RESHOOT_THREAD_READER,
                                              g_steal_pointer (&database), NULL);
  return TRUE;
}

/* A hostile schema is no damage, and what is no project is none that could be saved. */
static gboolean
is_damage (const GError *error)
{
  const char *reason = reshoot_error_get_reason (error);

  return g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT) &&
         g_strcmp0 (reason, "schema") != 0 && g_strcmp0 (reason, "not-a-project") != 0;
}

static gboolean
open_project (ReshootProject       *self,
              ReshootProjectFlags   flags,
              GCancellable         *cancellable,
              GError              **error)
{
  g_autoptr (GError) local = NULL;

  self->access = reshoot_project_file_get_access (self->file);
  if ((flags & RESHOOT_PROJECT_DAMAGED) != 0)
    return open_damaged (self, cancellable, error);

  if (open_sound (self, flags, cancellable, &local))
    return TRUE;

  if (!is_damage (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  g_debug ("salvaging: %s", local->message);
  return open_damaged (self, cancellable, error);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Open *open = task_data;
  const char *path = g_file_peek_path (open->location);
  g_autoptr (ReshootProject) self = g_object_new (RESHOOT_TYPE_PROJECT, NULL);
  g_autoptr (GError) error = NULL;

  self->location = g_object_ref (open->location);
  self->history = reshoot_history_new ();
  self->file = reshoot_project_file_open (path, get_file_flags (open->flags), &error);

  if (self->file != NULL && open_project (self, open->flags, cancellable, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
      return;
    }

  if (self->file != NULL)
    {
      name_file (self, &error);
      reshoot_project_file_discard (self->file);
    }

  g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * reshoot_project_open_async:
 * @file: a file on this machine
 * @flags: whether to make it, whether to write
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Opens a project. Who cannot write it, because another window has it or its place does not let us, reads it. With
 * %RESHOOT_PROJECT_AT_ONCE one that can be written is given before its tables are checked, in half of the time; nothing
 * is written before they are, and where they are damaged, "obstructed" tells so.
 */
void
reshoot_project_open_async (GFile               *file,
                            ReshootProjectFlags  flags,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Open *open;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_project_open_async);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (g_file_peek_path (file) == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (file);

      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "not-local", name,
                                                    "a project lies on this machine"));
      return;
    }

  open = g_new0 (Open, 1);
  open->location = g_object_ref (file);
  open->flags = flags;
  g_task_set_task_data (task, open, (GDestroyNotify) open_free);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * reshoot_project_open_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Errors, with the file's path as the subject: `INVALID_REQUEST` "missing", "directory", "not-a-file" or "not-local";
 * `CORRUPT` "not-a-project", "schema" (it has what no project has) or "lost" (nothing of it can be read); `NEWER`;
 * `READ_ONLY` "permission". What is damaged opens with what could be saved, see [method@Project.get_damage].
 *
 * Returns: (transfer full): the project, or %NULL
 */
ReshootProject *
reshoot_project_open_finish (GAsyncResult  *result,
                             GError       **error)
{
  ReshootProject *project;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_open_async), NULL);

  project = g_task_propagate_pointer (G_TASK (result), error);
  if (project != NULL && project->unchecked)
    reshoot_project_check_later (project);

  return project;
}
