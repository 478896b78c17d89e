/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Save a Copy. A sound project is copied exactly, page by page, as it is at one moment, whoever writes it and whatever
 * a newer Reshoot has put into it. A damaged one becomes a new project with what was saved (-salvaged).
 *
 * Pictures can be looked at meanwhile. An archive (reshoot-archive.h) is saved in the same way. */

#include "reshoot-project-copy.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "reshoot-error.h"
#include "reshoot-project-copy-private.h"

/* How often the progress is looked at, in milliseconds. */
#define PROGRESS_INTERVAL 100

static gboolean
fill_exactly (ReshootDatabase  *database,
              ReshootCopy      *copy,
              GCancellable     *cancellable,
              GError          **error)
{
  g_autoptr (ReshootDatabase) to = reshoot_database_open (copy->draft, 0, error);
  g_autofree char *mode = NULL;

  /* Nobody else knows the file, and it is flushed when it is whole. */
  if (to == NULL ||
      !reshoot_database_execute (to, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", error) ||
      !reshoot_database_copy (database, to, reshoot_copy_set_progress_cb, copy, cancellable, error))
    return FALSE;

  /* The copy of a file that is in log mode is, too; it is one file again. */
  g_clear_pointer (&to, reshoot_database_free);
  to = reshoot_database_open (copy->draft, 0, error);
  if (to != NULL)
    mode = reshoot_database_dup_text (to, "PRAGMA journal_mode = DELETE", error);

  return mode != NULL;
}

/* What a caller's task waits for: the copying, and meanwhile a look at its progress from time to time. */
typedef struct
{
  GTask   *inner;   /* (unowned): alive until it is answered */
  GSource *clock;   /* (owned) */
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_source_destroy (waiting->clock);
  g_source_unref (waiting->clock);
  g_free (waiting);
}

static gboolean
clock_ticked_cb (gpointer user_data)
{
  GTask *task = user_data;
  Waiting *waiting = g_task_get_task_data (task);
  ReshootCopy *copy = g_task_get_task_data (waiting->inner);

  reshoot_project_set_copied (g_task_get_source_object (task),
                              g_atomic_int_get (&copy->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Waiting *waiting = g_task_get_task_data (task);
  GError *error = NULL;

  g_source_destroy (waiting->clock);
  reshoot_project_set_copied (g_task_get_source_object (task), NAN);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_boolean (task, TRUE);
}

static ReshootCopy *
new_of_project (ReshootProject  *self,
                GFile           *to,
                gboolean         is_folder,
                ReshootCopyFill  fill)
{
  ReshootCopy *copy = reshoot_copy_new (to, is_folder, fill);
  struct stat info;

  copy->damage = g_memdup2 (self->damage, self->damage != NULL ? sizeof *self->damage : 0);
  if (g_stat (reshoot_project_file_get_path (self->file), &info) == 0)
    {
      copy->device = info.st_dev;
      copy->inode = info.st_ino;
    }

  return copy;
}

/**
 * reshoot_project_get_damage:
 * @self: a project
 *
 * Returns: (nullable) (transfer none): what the project lost if its file is damaged; it is only read then, and every
 *   write fails with `CORRUPT` "damaged"
 */
const ReshootDamage *
reshoot_project_get_damage (ReshootProject *self)
{
  g_return_val_if_fail (RESHOOT_IS_PROJECT (self), NULL);

  return self->damage;
}

static GError *
new_closed_error (GFile *to)
{
  g_autofree char *name = g_file_get_parse_name (to);

  return reshoot_error_new (RESHOOT_ERROR_FAILED, "closed", name, "the project is closed");
}

static void
begin_copy (GTask *task)
{
  ReshootProject *self = g_task_get_source_object (task);
  Waiting *waiting = g_task_get_task_data (task);
  ReshootCopy *copy = g_task_get_task_data (waiting->inner);
  g_autoptr (GFile) to = g_file_new_for_path (copy->path);

  if (!self->closed)
    reshoot_project_push_check (self, waiting->inner, reshoot_copy_work);
  else
    {
      g_autoptr (GTask) inner = waiting->inner;

      g_task_return_error (inner, new_closed_error (to));
    }
}

static gboolean
nothing_work (ReshootDatabase  *database,
              gpointer          data,
              GCancellable     *cancellable,
              GError          **error)
{
  return TRUE;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  begin_copy (task);
}

/* Where the person looks is stored behind: the copy has it, too. */
static void
copy_when_written (GTask *task)
{
  ReshootProject *self = g_task_get_source_object (task);
  GTask *barrier;

  if (self->writer == NULL)
    {
      begin_copy (task);
      return;
    }

  reshoot_project_flush_head (self);
  barrier = g_task_new (NULL, NULL, written_cb, g_object_ref (task));
  g_task_set_source_tag (barrier, copy_when_written);
  reshoot_database_thread_push_bare (self->writer, barrier, nothing_work);
}

/* The task of @tag ends when the copy is there, or with why it is not. */
void
reshoot_project_begin_copy (ReshootProject      *self,
                            GFile               *to,
                            gboolean             is_folder,
                            ReshootCopyFill      fill,
                            gpointer             tag,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Waiting *waiting;

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (self->closed)
    {
      g_task_return_error (task, new_closed_error (to));
      return;
    }

  if (g_file_peek_path (to) == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (to);

      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "not-local", name,
                                                    "a copy lies on this machine"));
      return;
    }

  reshoot_project_set_copied (self, 0);
  waiting = g_new0 (Waiting, 1);
  waiting->inner = g_task_new (NULL, cancellable, copied_cb, g_object_ref (task));
  waiting->clock = g_timeout_source_new (PROGRESS_INTERVAL);
  g_task_set_task_data (task, waiting, (GDestroyNotify) waiting_free);
  g_source_set_callback (waiting->clock, clock_ticked_cb, task, NULL);
  g_source_attach (waiting->clock, g_task_get_context (task));

  g_task_set_source_tag (waiting->inner, tag);
  g_task_set_check_cancellable (waiting->inner, FALSE);
  g_task_set_task_data (waiting->inner, new_of_project (self, to, is_folder, fill),
                        (GDestroyNotify) reshoot_copy_free);
  copy_when_written (task);
}

/**
 * reshoot_project_save_copy_async:
 * @self: a project
 * @to: where the copy goes, on this machine; what lies there is replaced when the copy is whole
 * @cancellable: (nullable): to stop; then there is no copy
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Copies the project as it is now, in one file. The copy of a sound project is the same project, with its uuid; the
 * copy of a damaged one is a new project with what was saved. The property "copied" tells how far it is.
 */
void
reshoot_project_save_copy_async (ReshootProject      *self,
                                 GFile               *to,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (G_IS_FILE (to));

  reshoot_project_begin_copy (self, to, FALSE,
                              self->damage != NULL ? reshoot_copy_fill_salvaged : fill_exactly,
                              reshoot_project_save_copy_async, cancellable, callback, user_data);
}

/**
 * reshoot_project_save_copy_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: `INVALID_REQUEST` "copy-onto-itself", "copy-onto-open" (a project that somebody writes), "exists" (a log lies
 * beside the place), "directory", "not-a-file", "output-folder" or "not-local"; `NO_SPACE`; `READ_ONLY`; `CORRUPT`
 * "damaged" when the damage shows only now; `FAILED` "closed". There is no copy then, and what lay there is as it was.
 *
 * Returns: whether the copy is there, whole and on the disk
 */
gboolean
reshoot_project_save_copy_finish (ReshootProject  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_save_copy_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
