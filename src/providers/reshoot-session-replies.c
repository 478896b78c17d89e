/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a service replied, long after its job is over: to be looked at as it came, and to be landed where that was put
 * off, stopped or not wanted at first. */

#include "reshoot-session-replies.h"

#include "reshoot-error.h"
#include "reshoot-reply-drift.h"
#include "reshoot-reply-landing.h"

#include <string.h>

static ReshootReplyMeans
make_means (ReshootSession   *self,
            ReshootStep      *step,
            ReshootReplyWish  wish)
{
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (self);
  const char *id = reshoot_request_get_model (reshoot_step_get_request (step));

  return (ReshootReplyMeans) {
    .model = reshoot_catalogue_get_model (catalogue, id),
    .wish = wish,
  };
}

/**
 * reshoot_session_has_reply:
 * @step: a step
 *
 * Returns: whether a service made it, and what it replied is there beside what is shown
 */
gboolean
reshoot_session_has_reply (ReshootStep *step)
{
  ReshootLandingFacts facts;

  g_return_val_if_fail (RESHOOT_IS_STEP (step), FALSE);

  return reshoot_step_get_request (step) != NULL && !reshoot_step_get_is_purged (step) &&
         reshoot_step_get_state (step) == RESHOOT_STEP_DONE &&
         reshoot_landing_facts_read (reshoot_step_get_facts (step), &facts);
}

static gboolean
check_reply (GTask       *task,
             ReshootStep *step)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, reshoot_step_get_id (step));

  if (reshoot_session_has_reply (step))
    return TRUE;

  g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "no-picture", id,
                                                "step %s has no reply", id));
  return FALSE;
}

static void
reply_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  ReshootProjectResult *reply;

  reply = reshoot_reply_land_finish (RESHOOT_PROJECT (source), result, &error);
  if (reply == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, reply, (GDestroyNotify) reshoot_project_result_free);
}

/**
 * reshoot_session_load_reply_async:
 * @self: a session
 * @project: a project
 * @step: one of its steps
 * @cancellable: (nullable): to stop it
 * @callback: called once
 * @user_data: for @callback
 *
 * Reads what the service replied, as it came; of a picture of several, the step's part. Nothing is stored.
 */
void
reshoot_session_load_reply_async (ReshootSession      *self,
                                  ReshootProject      *project,
                                  ReshootStep         *step,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ReshootReplyMeans means;

  g_return_if_fail (RESHOOT_IS_SESSION (self) && RESHOOT_IS_PROJECT (project));
  g_return_if_fail (RESHOOT_IS_STEP (step));

  g_task_set_source_tag (task, reshoot_session_load_reply_async);
  if (!check_reply (task, step))
    return;

  means = make_means (self, step, RESHOOT_REPLY_AS_IT_CAME);
  reshoot_reply_land_async (project, step, &means, cancellable, reply_read_cb,
                            g_steal_pointer (&task));
}

/**
 * reshoot_session_load_reply_finish:
 * @self: a session
 * @result: what the callback was given
 * @affine: (out) (array fixed-size=6) (optional): where a point of the parent is in it
 * @error: return location: `INVALID_REQUEST` (`no-picture`) where there is no reply; what reading the project says
 *
 * Returns: (transfer full): the reply, or %NULL
 */
ReshootImage *
reshoot_session_load_reply_finish (ReshootSession  *self,
                                   GAsyncResult    *result,
                                   double           affine[6],
                                   GError         **error)
{
  g_autoptr (ReshootProjectResult) reply = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  reply = g_task_propagate_pointer (G_TASK (result), error);
  if (reply == NULL)
    return NULL;

  if (affine != NULL)
    memcpy (affine, reply->affine, sizeof reply->affine);
  return g_object_ref (reply->picture);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!reshoot_project_add_version_finish (RESHOOT_PROJECT (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *project = RESHOOT_PROJECT (source);
  ReshootProjectResult *landed = reshoot_reply_measure_finish (project, result);
  ReshootStep *step = g_task_get_task_data (task);

  if (!g_task_return_error_if_cancelled (task))
    reshoot_project_add_version_async (project, step, landed->picture,
                                       landed->affine, landed->facts, NULL, NULL, stored_cb,
                                       g_steal_pointer (&task));
}

static void
landed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *project = RESHOOT_PROJECT (source);
  ReshootStep *step = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (ReshootProjectResult) landed = reshoot_reply_land_finish (project, result, &error);

  if (landed == NULL)
    g_task_return_error (task, error);
  else
    reshoot_reply_measure_async (project, step, g_steal_pointer (&landed), cancellable, measured_cb,
                                 g_steal_pointer (&task));
}

/**
 * reshoot_session_land_reply_async:
 * @self: a session
 * @project: a project
 * @step: one of its steps
 * @cancellable: (nullable): to stop it before it is stored
 * @callback: called once
 * @user_data: for @callback
 *
 * Lands what the service replied, whatever the request says, and adds what came of it to the step as a version. Where
 * it cannot be landed that is a version too, which says why.
 */
void
reshoot_session_land_reply_async (ReshootSession      *self,
                                  ReshootProject      *project,
                                  ReshootStep         *step,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ReshootReplyMeans means;

  g_return_if_fail (RESHOOT_IS_SESSION (self) && RESHOOT_IS_PROJECT (project));
  g_return_if_fail (RESHOOT_IS_STEP (step));

  g_task_set_source_tag (task, reshoot_session_land_reply_async);
  g_task_set_check_cancellable (task, FALSE);   /* what is stored is told of */
  g_task_set_task_data (task, g_object_ref (step), g_object_unref);
  if (!check_reply (task, step))
    return;

  means = make_means (self, step, RESHOOT_REPLY_LANDED);
  reshoot_reply_land_async (project, step, &means, cancellable, landed_cb, g_steal_pointer (&task));
}

/**
 * reshoot_session_land_reply_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location: `INVALID_REQUEST` (`no-picture`) where there is no reply; what reading and writing the
 *   project says; `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether the step has another version
 */
gboolean
reshoot_session_land_reply_finish (ReshootSession  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
