/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The writes of a job's life: how it fares, and the reply as it came. It hides that a reply carries the job's news
 * along, in the same transaction. */

#include "reshoot-project-private.h"

#include "reshoot-step-private.h"

/* Whatever of a job or reply was stored shows in the step now. */
static void
job_stored_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootFact *fact = reshoot_project_end_write (result, task);

  if (fact == NULL)
    return;

  reshoot_project_show_job (g_task_get_task_data (task), fact);
  g_task_return_boolean (task, TRUE);
}

/**
 * reshoot_project_update_job_async:
 * @self: a project
 * @step: one of its edits
 * @facts: what changes; see #ReshootJobFacts
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * A job moves on. An error is kept until a new one comes or the job goes on again.
 */
void
reshoot_project_update_job_async (ReshootProject        *self,
                                  ReshootStep           *step,
                                  const ReshootJobFacts *facts,
                                  GCancellable          *cancellable,
                                  GAsyncReadyCallback    callback,
                                  gpointer               user_data)
{
  GTask *task;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));
  g_return_if_fail (reshoot_project_has_edit (self, step));
  g_return_if_fail (facts != NULL);

  task = reshoot_project_begin_step_write (self, step, cancellable, callback, user_data,
                                           reshoot_project_update_job_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new (reshoot_step_get_id (step), reshoot_step_get_uuid (step));
  reshoot_fact_set_job (fact, facts);
  reshoot_project_write (self, fact, reshoot_fact_write_job, cancellable, job_stored_cb, task);
}

/**
 * reshoot_project_update_job_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_update_job_finish (ReshootProject  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_update_job_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reshoot_project_add_reply_async:
 * @self: a project
 * @step: one of its edits
 * @reply: what came, stored as received
 * @facts: (nullable): what else changes; %NULL: the job is received
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored: nothing paid can be lost from here on
 * @user_data: for @callback
 *
 * Stores a reply. The same one again changes nothing but the job.
 */
void
reshoot_project_add_reply_async (ReshootProject        *self,
                                 ReshootStep           *step,
                                 ReshootImage          *reply,
                                 const ReshootJobFacts *facts,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  ReshootJobFacts received = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_RECEIVED);
  GTask *task;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));
  g_return_if_fail (reshoot_project_has_edit (self, step));
  g_return_if_fail (RESHOOT_IS_IMAGE (reply));

  task = reshoot_project_begin_step_write (self, step, cancellable, callback, user_data,
                                           reshoot_project_add_reply_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new (reshoot_step_get_id (step), reshoot_step_get_uuid (step));
  reshoot_fact_set_picture (fact, reply);
  reshoot_fact_set_job (fact, facts != NULL ? facts : &received);
  reshoot_project_write (self, fact, reshoot_fact_write_reply, cancellable, job_stored_cb, task);
}

/**
 * reshoot_project_add_reply_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish], and `FAILED` "frozen": the step has another reply
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_add_reply_finish (ReshootProject  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_reply_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
