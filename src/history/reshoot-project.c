/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootProject: one open `.reshoot` file. It owns the file's lock, its threads and the history made from it. Here it
 * is opened and closed; what is written stands in reshoot-project-writes.c, what is read in reshoot-project-reads.c.
 *
 * The history changes in the main context alone and only after the file has. Call everything from the context in which
 * the project was opened. */

#include "reshoot-project.h"

#include "reshoot-error.h"
#include "reshoot-history-private.h"
#include "reshoot-ledger.h"
#include "reshoot-project-load.h"
#include "reshoot-project-private.h"
#include "reshoot-project-schema.h"

G_DEFINE_FINAL_TYPE (ReshootProject, reshoot_project, G_TYPE_OBJECT)

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

/* Ends the threads in the order that leaves the writer the last connection: only then can the log be folded away. */
static gboolean
stop_threads (ReshootDatabaseThread  *reader,
              ReshootDatabaseThread  *checkpointer,
              ReshootDatabaseThread  *writer,
              GError                **error)
{
  if (reader != NULL)
    reshoot_database_thread_stop (reader, NULL);

  if (checkpointer != NULL)
    reshoot_database_thread_stop (checkpointer, NULL);

  return writer == NULL || reshoot_database_thread_stop (writer, error);
}

/* A project that was not closed: the same, but here, and there is nobody to tell. Nothing waits to be stored then: what
 * does holds the project. */
static void
reshoot_project_dispose (GObject *object)
{
  ReshootProject *self = RESHOOT_PROJECT (object);
  g_autoptr (GError) error = NULL;

  if (self->history != NULL)
    reshoot_history_set_moved (self->history, NULL, NULL);

  if (!self->closed)
    {
      self->closed = TRUE;
      if (!stop_threads (g_steal_pointer (&self->reader), g_steal_pointer (&self->checkpointer),
                         g_steal_pointer (&self->writer), &error))
        g_debug ("closing a project: %s", error->message);
    }

  g_clear_pointer (&self->file, reshoot_project_file_unref);

  G_OBJECT_CLASS (reshoot_project_parent_class)->dispose (object);
}

static void
reshoot_project_finalize (GObject *object)
{
  ReshootProject *self = RESHOOT_PROJECT (object);

  g_clear_pointer (&self->head, reshoot_fact_free);
  g_clear_object (&self->history);
  g_clear_object (&self->location);

  G_OBJECT_CLASS (reshoot_project_parent_class)->finalize (object);
}

static void
reshoot_project_class_init (ReshootProjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reshoot_project_dispose;
  object_class->finalize = reshoot_project_finalize;
}

static void
reshoot_project_init (ReshootProject *self)
{
}

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

  if ((state == RESHOOT_SCHEMA_EMPTY && !reshoot_database_execute (database, "PRAGMA page_size = 16384", error)) ||
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

/* The write connection, once it is sure that the file is a project: a stranger's file is not touched before. */
static ReshootDatabase *
prepare_writing (ReshootProject      *self,
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

  if (!settle_schema (database, *state, error) ||
      !reshoot_schema_check (database, *state, error) ||
      !reshoot_database_execute (database,
                                 "PRAGMA journal_mode = WAL;"
                                 "PRAGMA synchronous = FULL;"
                                 "PRAGMA wal_autocheckpoint = 0;", error))
    return NULL;

  return g_steal_pointer (&database);
}

static ReshootDatabase *
prepare_reading (ReshootProject      *self,
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

  if (*state == RESHOOT_SCHEMA_OLDER)
    {
      reshoot_set_error (error, RESHOOT_ERROR_READ_ONLY, "older", NULL, "an older file must be writable to be read");
      return NULL;
    }

  if (!reshoot_schema_check (database, *state, error))
    return NULL;

  return g_steal_pointer (&database);
}

/* A newer project may have changed what we look for. */
static gboolean
load_history (ReshootProject   *self,
              ReshootDatabase  *database,
              GCancellable     *cancellable,
              GError          **error)
{
  g_autoptr (GError) local = NULL;

  if (reshoot_project_load (database, self->history, cancellable, &local))
    return TRUE;

  if (self->newer && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reshoot_set_error (error, RESHOOT_ERROR_NEWER, "newer", NULL, "%s", local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

static gboolean
start_writing (ReshootProject   *self,
               ReshootDatabase  *writing,
               GError          **error)
{
  g_autoptr (ReshootDatabase) reading = NULL;
  g_autoptr (ReshootDatabase) folding = NULL;

  reading = reshoot_project_file_read (self->file, error);
  if (reading != NULL)
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
  reshoot_history_set_moved (self->history, reshoot_project_keep_head, self);
  return TRUE;
}

static gboolean
open_project (ReshootProject       *self,
              ReshootProjectFlags   flags,
              GCancellable         *cancellable,
              GError              **error)
{
  g_autoptr (ReshootDatabase) database = NULL;
  ReshootSchemaState state;
  gboolean writes;

  self->access = reshoot_project_file_get_access (self->file);
  writes = self->access == RESHOOT_FILE_WRITABLE;
  if (writes)
    database = prepare_writing (self, flags, &state, error);
  else
    database = prepare_reading (self, &state, error);

  if (database == NULL)
    return FALSE;

  self->newer = state == RESHOOT_SCHEMA_NEWER;
  if (!reshoot_database_execute (database, "BEGIN", error) ||
      !load_history (self, database, cancellable, error) ||
      !reshoot_database_execute (database, "COMMIT", error))
    return FALSE;

  if (writes && !self->newer)
    return start_writing (self, g_steal_pointer (&database), error);

  if (self->access == RESHOOT_FILE_BUSY)
    g_clear_pointer (&database, reshoot_database_free);

  self->reader = reshoot_database_thread_new (self->file, RESHOOT_THREAD_READER,
                                              g_steal_pointer (&database), NULL);
  return TRUE;
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
  self->file = reshoot_project_file_open (path, (open->flags & RESHOOT_PROJECT_CREATE) != 0,
                                          (open->flags & RESHOOT_PROJECT_READ_ONLY) != 0, &error);

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
 * Opens a project. Who cannot write it, because another window has it or its place does not let us, reads it.
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
 * `CORRUPT` "not-a-project", "damaged", "schema" or "tree" (subject "step N"); `NEWER`; `READ_ONLY` "permission".
 *
 * Returns: (transfer full): the project, or %NULL
 */
ReshootProject *
reshoot_project_open_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reshoot_project_get_file:
 * @self: a project
 *
 * Returns: (transfer none): where it lies
 */
GFile *
reshoot_project_get_file (ReshootProject *self)
{
  g_return_val_if_fail (RESHOOT_IS_PROJECT (self), NULL);

  return self->location;
}

/**
 * reshoot_project_get_read_only:
 * @self: a project
 *
 * Returns: whether every write will fail: with `BUSY` "locked", `READ_ONLY` "read-only" or `NEWER`
 */
gboolean
reshoot_project_get_read_only (ReshootProject *self)
{
  g_return_val_if_fail (RESHOOT_IS_PROJECT (self), TRUE);

  return self->newer || self->access != RESHOOT_FILE_WRITABLE;
}

/**
 * reshoot_project_get_history:
 * @self: a project
 *
 * Returns: (transfer none): its steps; it outlives the closing of the project but cannot be stored any more
 */
ReshootHistory *
reshoot_project_get_history (ReshootProject *self)
{
  g_return_val_if_fail (RESHOOT_IS_PROJECT (self), NULL);

  return self->history;
}

typedef struct
{
  ReshootDatabaseThread *reader;
  ReshootDatabaseThread *checkpointer;
  ReshootDatabaseThread *writer;
  ReshootProjectFile    *file;
} Close;

static void
close_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Close *close = task_data;
  g_autoptr (GError) error = NULL;
  gboolean folded;

  folded = stop_threads (close->reader, close->checkpointer, close->writer, &error);
  reshoot_project_file_unref (close->file);

  if (folded)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_project_close_async:
 * @self: a project
 * @cancellable: (nullable): looked at before anything is done; a close that was begun is finished
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Waits for what was asked before, folds the log into the file and lets the file go. What is asked after fails with
 * `FAILED` "closed".
 */
void
reshoot_project_close_async (ReshootProject      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) inner = NULL;
  Close *close;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_project_close_async);
  g_task_set_check_cancellable (task, FALSE);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (self->closed)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (self->writer != NULL)
    reshoot_project_flush_head (self);

  self->closed = TRUE;
  close = g_new0 (Close, 1);
  close->reader = g_steal_pointer (&self->reader);
  close->checkpointer = g_steal_pointer (&self->checkpointer);
  close->writer = g_steal_pointer (&self->writer);
  close->file = g_steal_pointer (&self->file);

  /* Not the caller's task: a thread that held the project last would take it apart. */
  inner = g_task_new (NULL, NULL, closed_cb, g_steal_pointer (&task));
  g_task_set_source_tag (inner, reshoot_project_close_async);
  g_task_set_task_data (inner, close, g_free);
  g_task_run_in_thread (inner, close_in_thread);
}

/**
 * reshoot_project_close_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: what kept the log from being folded, as `NO_SPACE`. Nothing is lost then: the next opening folds it.
 *
 * Returns: whether one single file is left
 */
gboolean
reshoot_project_close_finish (ReshootProject  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_close_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
