/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What all writes to a project share. Each public pair goes the same way: a ReshootFact is filled, stored by the
 * writer's thread in one transaction, and only in the answer, back in the main context, the history changes. So
 * nothing is seen that is not on disk. The pairs stand in reshoot-project-writes-*.c.
 *
 * Two tasks carry that: an inner one, which the writer answers and which knows no project, and the caller's own. */

#include "reshoot-project-private.h"

#include <math.h>

#include "reshoot-error.h"
#include "reshoot-history-private.h"
#include "reshoot-step-private.h"

/* Answers @task with why nothing can be written. Returns: whether something can. */
gboolean
reshoot_project_check_writable (ReshootProject *self,
                                GTask          *task)
{
  GError *error = reshoot_project_dup_obstacle (self);

  if (error == NULL)
    return TRUE;

  g_task_return_error (task, error);
  return FALSE;
}

/* Hands @fact (transfer full) to the writer. The inner task is the result that @callback gets. */
void
reshoot_project_write (ReshootProject      *self,
                       ReshootFact         *fact,
                       ReshootDatabaseWork  work,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *inner = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (inner, reshoot_project_write);
  g_task_set_check_cancellable (inner, FALSE);
  g_task_set_task_data (inner, fact, (GDestroyNotify) reshoot_fact_free);
  reshoot_database_thread_push (self->writer, inner, work);
}

/* The caller's task of a write that @work does, or NULL when it is answered already. */
GTask *
reshoot_project_begin_write (ReshootProject      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data,
                             gpointer             tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);

  if (g_task_return_error_if_cancelled (task) || !reshoot_project_check_writable (self, task))
    return NULL;

  return g_steal_pointer (&task);
}

/* The fact of an inner task, or NULL when it was not stored and @task is answered. */
ReshootFact *
reshoot_project_end_write (GAsyncResult *result,
                           GTask        *task)
{
  GError *error = NULL;

  reshoot_project_take_move (g_task_get_source_object (task), result);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_signal_emit_by_name (g_task_get_source_object (task), "stored");
      return g_task_get_task_data (G_TASK (result));
    }

  reshoot_project_look_at_error (g_task_get_source_object (task), error);
  g_task_return_error (task, error);
  return NULL;
}

gboolean
reshoot_project_has_step (ReshootProject *self,
                          ReshootStep    *step)
{
  return reshoot_history_get_step (self->history, reshoot_step_get_id (step)) == step;
}

gboolean
reshoot_project_has_edit (ReshootProject *self,
                          ReshootStep    *step)
{
  return reshoot_step_get_is_edit (step) && reshoot_project_has_step (self, step);
}

/* The job's news, in the step. */
void
reshoot_project_show_job (ReshootStep *step,
                          ReshootFact *fact)
{
  ReshootPrice price = *reshoot_step_get_price (step);

  if (fact->quoted >= 0)
    price.quoted = fact->quoted;
  if (fact->settled >= 0)
    price.settled = fact->settled;
  if (fact->charged >= 0)
    price.charged = fact->charged;

  reshoot_step_set_price (step, &price);
  if (!isnan (fact->seconds))
    reshoot_step_set_seconds (step, fact->seconds);
  if (fact->ticket != NULL)
    reshoot_step_set_ticket (step, fact->ticket);
  if (fact->sets_error)
    reshoot_step_set_error (step, fact->error);

  reshoot_step_set_state (step, fact->state);
}

/* A caller's task that is about @step, or NULL when it is answered already. */
GTask *
reshoot_project_begin_step_write (ReshootProject      *self,
                                  ReshootStep         *step,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data,
                                  gpointer             tag)
{
  GTask *task = reshoot_project_begin_write (self, cancellable, callback, user_data, tag);

  if (task != NULL)
    g_task_set_task_data (task, g_object_ref (step), g_object_unref);

  return task;
}
