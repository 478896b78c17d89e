/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The writes that make a step: a picture that is brought in, and a request that is stored before anything is sent. The
 * step comes to be in the answer alone, so that a step that shows is one that is stored. */

#include "reshoot-project-private.h"

#include <math.h>

#include "reshoot-history-private.h"
#include "reshoot-json.h"
#include "reshoot-step-private.h"

static void
original_stored_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  ReshootFact *fact = reshoot_project_end_write (result, task);
  ReshootStep *known;

  if (fact == NULL)
    return;

  known = reshoot_history_get_step (self->history, fact->step);
  if (known == NULL)
    {
      g_autoptr (ReshootStep) step = reshoot_step_new (fact->step, fact->uuid, NULL, NULL,
                                                       fact->title);

      reshoot_step_set_created (step, fact->time);
      reshoot_step_set_picture (step, fact->digest, fact->width, fact->height);
      reshoot_history_add (self->history, step);
      known = step;
    }

  if (fact->is_restored)
    reshoot_history_take_from_bin (self->history, known);

  reshoot_history_set_head (self->history, known);
  g_task_return_pointer (task, g_object_ref (known), g_object_unref);
}

/**
 * reshoot_project_add_original_async:
 * @self: a project
 * @image: the picture, stored as it was received
 * @title: (nullable): what to call it, the file's name as a rule
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Brings a picture in. The same picture again gives the step it already has, out of the bin if it was there. The head
 * moves to it.
 */
void
reshoot_project_add_original_async (ReshootProject      *self,
                                    ReshootImage        *image,
                                    const char          *title,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_IMAGE (image));

  task = reshoot_project_begin_write (self, cancellable, callback, user_data,
                                      reshoot_project_add_original_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new (0, NULL);
  fact->title = title != NULL ? g_utf8_make_valid (title, -1) : NULL;
  reshoot_fact_set_picture (fact, image);
  reshoot_project_write (self, fact, reshoot_fact_write_original, cancellable, original_stored_cb,
                         task);
}

/**
 * reshoot_project_add_original_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors, as of every write: `NO_SPACE`; `BUSY`, `READ_ONLY` or `NEWER` in a project that is only read; `FAILED`
 * "closed" or "replaced".
 *
 * Returns: (transfer full): the original's step
 */
ReshootStep *
reshoot_project_add_original_finish (ReshootProject  *self,
                                     GAsyncResult    *result,
                                     GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_original_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  ReshootStep    *source;
  ReshootRequest *request;
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->source);
  g_object_unref (asking->request);
  g_free (asking);
}

static void
request_stored_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  Asking *asking = g_task_get_task_data (task);
  ReshootFact *fact = reshoot_project_end_write (result, task);
  g_autoptr (ReshootStep) step = NULL;
  ReshootPrice price;

  if (fact == NULL)
    return;

  price = (ReshootPrice) { fact->estimate, NAN, NAN, RESHOOT_CHARGED_NO };
  step = reshoot_step_new (fact->step, fact->uuid, asking->source, asking->request, NULL);
  reshoot_step_set_created (step, fact->time);
  reshoot_step_set_price (step, &price);
  reshoot_history_add (self->history, step);
  g_task_return_pointer (task, g_steal_pointer (&step), g_object_unref);
}

/**
 * reshoot_project_add_request_async:
 * @self: a project
 * @source: a step of it that has a picture
 * @request: what is asked
 * @estimate: what it will cost, in US dollars; NAN when not known
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored: only then may anything be sent
 * @user_data: for @callback
 *
 * Stores the intent: the request, a waiting step below @source and its job. A second step below the same source is a
 * branch. The head stays.
 */
void
reshoot_project_add_request_async (ReshootProject      *self,
                                   ReshootStep         *source,
                                   ReshootRequest      *request,
                                   double               estimate,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (JsonNode) json = NULL;
  GTask *task;
  Asking *asking;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (source));
  g_return_if_fail (RESHOOT_IS_REQUEST (request));
  g_return_if_fail (reshoot_project_has_step (self, source));
  g_return_if_fail (reshoot_step_get_digest (source) != NULL);

  task = reshoot_project_begin_write (self, cancellable, callback, user_data,
                                      reshoot_project_add_request_async);
  if (task == NULL)
    return;

  asking = g_new0 (Asking, 1);
  asking->source = g_object_ref (source);
  asking->request = g_object_ref (request);
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);

  json = reshoot_request_to_json (request);
  fact = reshoot_fact_new (0, NULL);
  fact->parent = reshoot_step_get_id (source);
  fact->original = reshoot_step_get_id (reshoot_step_get_original (source));
  fact->request = reshoot_json_to_text (json);
  fact->provider = reshoot_request_dup_provider (request);
  fact->model = g_strdup (reshoot_request_get_model (request));
  fact->estimate = estimate;
  reshoot_project_write (self, fact, reshoot_fact_write_request, cancellable, request_stored_cb,
                         task);
}

/**
 * reshoot_project_add_request_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: (transfer full): the new step, waiting
 */
ReshootStep *
reshoot_project_add_request_finish (ReshootProject  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_request_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
