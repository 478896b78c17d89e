/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The bin in the main context: what goes there and comes back, how much emptying it would free, and emptying it. What
 * that means for the rows is in reshoot-project-facts-bin.c, what it means for the lists in reshoot-history-bin.c. */

#include "reshoot-project-bin.h"

#include "reshoot-error.h"
#include "reshoot-history-private.h"
#include "reshoot-project-private.h"

/* Answers @task with why @step cannot be asked for this. */
static void
refuse (GTask       *task,
        ReshootStep *step,
        const char  *reason)
{
  g_autofree char *subject = g_strdup_printf ("%" G_GINT64_FORMAT, reshoot_step_get_id (step));

  g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, reason, subject,
                                                "step %s: %s", subject, reason));
  g_object_unref (task);
}

static void
binned_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);

  if (reshoot_project_end_write (result, task) == NULL)
    return;

  reshoot_history_put_in_bin (self->history, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/**
 * reshoot_project_bin_async:
 * @self: a project
 * @step: one of its steps
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Puts a step in the bin, with all below it. A head there moves to the nearest step left. A job on its way goes on:
 * its result is stored when it comes.
 */
void
reshoot_project_bin_async (ReshootProject      *self,
                           ReshootStep         *step,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  ReshootStep *head;
  ReshootFact *fact;
  GTask *task;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_project_has_step (self, step));

  task = reshoot_project_begin_step_write (self, step, cancellable, callback, user_data,
                                           reshoot_project_bin_async);
  if (task == NULL)
    return;

  if (reshoot_step_get_in_bin (step))
    {
      refuse (task, step, "in-bin");
      return;
    }

  fact = reshoot_fact_new_for_step (step);
  head = reshoot_history_get_head (self->history);
  if (head != NULL && reshoot_history_is_below (self->history, head, step))
    {
      ReshootStep *left = reshoot_history_find_beside (self->history, step);

      fact->head = reshoot_step_get_id (head);
      fact->left = left != NULL ? reshoot_step_get_id (left) : 0;
    }

  reshoot_project_write (self, fact, reshoot_fact_bin, cancellable, binned_cb, task);
}

/**
 * reshoot_project_bin_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish], and `INVALID_REQUEST` "in-bin" with the step's
 *   number as the subject: it is there already
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_bin_finish (ReshootProject  *self,
                            GAsyncResult    *result,
                            GError         **error)
{
  return reshoot_project_finish_label (self, result, reshoot_project_bin_async, error);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  ReshootFact *fact = reshoot_project_end_write (result, task);
  ReshootStep *came_from;
  ReshootStep *head;

  if (fact == NULL)
    return;

  reshoot_history_take_from_bin (self->history, g_task_get_task_data (task));

  /* Who stayed where the bin sent them is taken back; who went elsewhere meanwhile is not. */
  head = reshoot_history_get_head (self->history);
  came_from = reshoot_history_get_step (self->history, fact->head);
  if (came_from != NULL && (head != NULL ? reshoot_step_get_id (head) : 0) == fact->left)
    reshoot_history_set_head (self->history, came_from);

  g_task_return_boolean (task, TRUE);
}

/**
 * reshoot_project_restore_async:
 * @self: a project
 * @step: a step that was put in the bin
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Takes a step out of the bin, with all that went there with it. If the head was in it and has not moved since, it
 * comes back too.
 */
void
reshoot_project_restore_async (ReshootProject      *self,
                               ReshootStep         *step,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  ReshootStep *parent;
  GTask *task;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_project_has_step (self, step));

  task = reshoot_project_begin_step_write (self, step, cancellable, callback, user_data,
                                           reshoot_project_restore_async);
  if (task == NULL)
    return;

  parent = reshoot_step_get_parent (step);
  if (reshoot_step_get_is_purged (step))
    refuse (task, step, "purged");
  else if (!reshoot_step_get_in_bin (step))
    refuse (task, step, "not-in-bin");
  else if (parent != NULL && reshoot_step_get_in_bin (parent))
    refuse (task, reshoot_history_find_binned (self->history, step), "below-bin");
  else
    reshoot_project_write (self, reshoot_fact_new_for_step (step), reshoot_fact_restore,
                           cancellable, restored_cb, task);
}

/**
 * reshoot_project_restore_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish], and `INVALID_REQUEST` "not-in-bin", "purged", and
 *   "below-bin" with the number of the step to restore instead as the subject
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_restore_finish (ReshootProject  *self,
                                GAsyncResult    *result,
                                GError         **error)
{
  return reshoot_project_finish_label (self, result, reshoot_project_restore_async, error);
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootFact *fact = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, g_memdup2 (&fact->freed, sizeof fact->freed), g_free);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_project_measure_bin_async:
 * @self: a project
 * @cancellable: (nullable): to stop
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Counts what emptying the bin would purge and free. Steps with a job on its way, or in doubt, stay with all that went
 * to the bin with them, so that nothing paid is lost.
 */
void
reshoot_project_measure_bin_async (ReshootProject      *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;
  GTask *inner;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));

  task = reshoot_project_begin_read (self, cancellable, callback, user_data,
                                     reshoot_project_measure_bin_async);
  if (task == NULL)
    return;

  inner = g_task_new (NULL, cancellable, measured_cb, task);
  g_task_set_source_tag (inner, reshoot_project_measure_bin_async);
  g_task_set_task_data (inner, reshoot_fact_new (0, ""), (GDestroyNotify) reshoot_fact_free);
  reshoot_database_thread_push (self->reader, inner, reshoot_fact_measure_bin);
}

/**
 * reshoot_project_measure_bin_finish:
 * @self: a project
 * @result: what the callback was given
 * @n_steps: (out) (optional): how many steps would be purged
 * @n_bytes: (out) (optional): how many bytes of pictures, tiles and thumbnails nobody else needs
 * @error: return location
 *
 * Errors: `FAILED` "closed".
 *
 * Returns: whether it is known
 */
gboolean
reshoot_project_measure_bin_finish (ReshootProject  *self,
                                    GAsyncResult    *result,
                                    guint           *n_steps,
                                    guint64         *n_bytes,
                                    GError         **error)
{
  g_autofree ReshootFreed *freed = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_measure_bin_async),
                        FALSE);

  freed = g_task_propagate_pointer (G_TASK (result), error);
  if (freed == NULL)
    return FALSE;

  if (n_steps != NULL)
    *n_steps = freed->n_steps;
  if (n_bytes != NULL)
    *n_bytes = freed->n_bytes;

  return TRUE;
}

/* The bin is empty whether or not the disk got its space back: what could not be given back now is used again. */
static void
shrunk_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootFreed *freed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_debug ("giving space back: %s", error->message);

  g_task_return_pointer (task, g_memdup2 (freed, sizeof *freed), g_free);
}

static void
emptied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  ReshootFact *fact = reshoot_project_end_write (result, task);
  GTask *inner;

  if (fact == NULL)
    return;

  reshoot_history_purge (self->history, fact->purged);
  if (fact->purged->len == 0 || self->writer == NULL)
    {
      g_task_return_pointer (task, g_memdup2 (&fact->freed, sizeof fact->freed), g_free);
      return;
    }

  g_task_set_task_data (task, g_memdup2 (&fact->freed, sizeof fact->freed), g_free);
  inner = g_task_new (NULL, NULL, shrunk_cb, g_steal_pointer (&task));
  g_task_set_source_tag (inner, reshoot_project_empty_bin_async);
  reshoot_database_thread_push_bare (self->writer, inner, reshoot_fact_shrink);
}

/**
 * reshoot_project_empty_bin_async:
 * @self: a project
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored and the file is as small as it can be
 * @user_data: for @callback
 *
 * Purges what is in the bin, for good: the pictures that nobody else needs are gone; what was asked, its price and its
 * ledger entries stay. What [method@Project.measure_bin_async] does not count stays in the bin.
 */
void
reshoot_project_empty_bin_async (ReshootProject      *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));

  task = reshoot_project_begin_write (self, cancellable, callback, user_data,
                                      reshoot_project_empty_bin_async);
  if (task == NULL)
    return;

  reshoot_project_write (self, reshoot_fact_new (0, ""), reshoot_fact_empty_bin, cancellable,
                         emptied_cb, task);
}

/**
 * reshoot_project_empty_bin_finish:
 * @self: a project
 * @result: what the callback was given
 * @n_bytes: (out) (optional): how many bytes were freed
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_empty_bin_finish (ReshootProject  *self,
                                  GAsyncResult    *result,
                                  guint64         *n_bytes,
                                  GError         **error)
{
  g_autofree ReshootFreed *freed = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_empty_bin_async), FALSE);

  freed = g_task_propagate_pointer (G_TASK (result), error);
  if (freed == NULL)
    return FALSE;

  if (n_bytes != NULL)
    *n_bytes = freed->n_bytes;

  return TRUE;
}
