/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Joining another project: its file is checked on a worker, brought over on the writer's thread in one transaction, and
 * the new steps are read on the thread that reads everything; then they show. What came over when is in our ledger. */

#include "reshoot-project-join.h"

#include "reshoot-error.h"
#include "reshoot-history-private.h"
#include "reshoot-join-private.h"
#include "reshoot-project-load.h"
#include "reshoot-project-private.h"
#include "reshoot-step-private.h"

/* The answer: the project is whole and shows what came over. */
static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  ReshootHistory *fresh = g_task_get_task_data (G_TASK (result));
  ReshootJoin *join = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < join->restored->len; i++)
    {
      gint64 id = g_array_index (join->restored, gint64, i);
      ReshootStep *step = reshoot_history_get_step (self->history, id);

      if (step != NULL)
        reshoot_history_take_from_bin (self->history, step);
    }

  for (guint i = 0; i < join->ended->len; i++)
    {
      gint64 id = g_array_index (join->ended, gint64, i);

      reshoot_step_refresh (reshoot_history_get_step (self->history, id),
                            reshoot_history_get_step (fresh, id));
    }

  reshoot_history_adopt (self->history, fresh);
  g_task_return_pointer (task, g_memdup2 (&join->counts, sizeof join->counts), g_free);
}

static gboolean
load_work (ReshootDatabase  *database,
           gpointer          data,
           GCancellable     *cancellable,
           GError          **error)
{
  gboolean is_loaded;

  if (!reshoot_database_execute (database, "BEGIN", error))
    return FALSE;

  is_loaded = reshoot_project_load (database, NULL, data, FALSE, cancellable, error);
  reshoot_database_execute (database, "ROLLBACK", NULL);
  return is_loaded;
}

static void
joined_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  ReshootJoin *join = g_task_get_task_data (task);
  GTask *inner;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  /* Closed meanwhile, or nothing came over: there is nobody to show it to, or nothing to show. */
  if (self->closed || join->counts.n_entries == 0)
    {
      g_task_return_pointer (task, g_memdup2 (&join->counts, sizeof join->counts), g_free);
      return;
    }

  g_signal_emit_by_name (self, "stored");
  inner = g_task_new (NULL, NULL, loaded_cb, g_steal_pointer (&task));
  g_task_set_source_tag (inner, reshoot_project_join_async);
  g_task_set_task_data (inner, reshoot_history_new (), g_object_unref);
  reshoot_project_push_check (self, inner, load_work);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (reshoot_join_open (task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* A task that knows no project, with @join for its data. */
static GTask *
new_inner (GTask               *task,
           ReshootJoin         *join,
           GAsyncReadyCallback  callback)
{
  GTask *inner = g_task_new (NULL, g_task_get_cancellable (task), callback, task);

  g_task_set_source_tag (inner, reshoot_project_join_async);
  g_task_set_check_cancellable (inner, FALSE);
  g_task_set_task_data (inner, g_atomic_rc_box_acquire (join), reshoot_join_unref);
  return inner;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  ReshootJoin *join = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (reshoot_project_check_writable (self, task))
    {
      GTask *inner = new_inner (g_steal_pointer (&task), join, joined_cb);

      reshoot_database_thread_push (self->writer, inner, reshoot_join_work);
    }
}

/**
 * reshoot_project_join_async:
 * @self: a project
 * @other: another project's file; it is only read
 * @cancellable: (nullable): to stop; nothing is changed then
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Brings all of another project in. README.md in this folder says what becomes of what. Other writes wait meanwhile.
 */
void
reshoot_project_join_async (ReshootProject      *self,
                            GFile               *other,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) inner = NULL;
  GTask *task;
  ReshootJoin *join;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (G_IS_FILE (other));

  task = reshoot_project_begin_write (self, cancellable, callback, user_data,
                                      reshoot_project_join_async);
  if (task == NULL)
    return;

  if (g_file_peek_path (other) == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (other);

      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "not-local", name,
                                                    "a project lies on this machine"));
      g_object_unref (task);
      return;
    }

  join = g_atomic_rc_box_new0 (ReshootJoin);
  join->path = g_strdup (g_file_peek_path (other));
  join->ended = g_array_new (FALSE, FALSE, sizeof (gint64));
  join->restored = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_task_set_task_data (task, join, reshoot_join_unref);
  inner = new_inner (task, join, opened_cb);
  g_task_run_in_thread (inner, open_in_thread);
}

/**
 * reshoot_project_join_finish:
 * @self: a project
 * @result: what the callback was given
 * @counts: (out) (optional): what came over; all zero where everything was here already
 * @error: return location
 *
 * Errors: those of opening a project, with the other's path as the subject; `CORRUPT` "other-ledger" with the path and
 * the first bad entry; those of every write.
 *
 * Returns: whether all of the other project is in this one
 */
gboolean
reshoot_project_join_finish (ReshootProject     *self,
                             GAsyncResult       *result,
                             ReshootJoinCounts  *counts,
                             GError            **error)
{
  g_autofree ReshootJoinCounts *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_join_async), FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;

  if (counts != NULL)
    *counts = *found;

  return TRUE;
}
