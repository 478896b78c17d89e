/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far what came of a reply has drifted from the original, before it is stored. It is a number beside something paid
 * for: where it cannot be had, the picture is kept without. */

#include "reshoot-reply-drift.h"

#include "reshoot-reply-landing.h"
#include "reshoot-step-drift.h"

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProjectResult *landed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  ReshootDrift drift;

  if (reshoot_project_measure_drift_finish (RESHOOT_PROJECT (source), result, &drift, &error))
    reshoot_step_drift_write (json_node_get_object (landed->facts), &drift);
  else
    g_debug ("it is not known how far a result drifted: %s", error->message);

  g_task_return_boolean (task, TRUE);
}

/*
 * reshoot_reply_measure_async:
 * @project: a project
 * @step: one of its steps
 * @landed: (transfer full): what came of its reply
 * @cancellable: (nullable): to leave it unmeasured
 * @callback: called once
 * @user_data: for @callback
 *
 * Adds to what is known of the version how far it drifted. A model that made a new picture drifts from nothing.
 */
void
reshoot_reply_measure_async (ReshootProject       *project,
                             ReshootStep          *step,
                             ReshootProjectResult *landed,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (project, NULL, callback, user_data);

  g_task_set_source_tag (task, reshoot_reply_measure_async);
  g_task_set_task_data (task, landed, (GDestroyNotify) reshoot_project_result_free);
  if (reshoot_request_get_is_reimagining (reshoot_step_get_request (step)))
    g_task_return_boolean (task, TRUE);
  else
    reshoot_project_measure_drift_async (project, step, landed->picture, landed->affine,
                                         cancellable, measured_cb, g_steal_pointer (&task));
}

/*
 * reshoot_reply_measure_finish:
 * @project: a project
 * @result: what the callback was given
 *
 * Returns: (transfer none): what was given, valid as long as @result is
 */
ReshootProjectResult *
reshoot_reply_measure_finish (ReshootProject *project,
                              GAsyncResult   *result)
{
  g_return_val_if_fail (g_task_is_valid (result, project), NULL);

  return g_task_get_task_data (G_TASK (result));
}
