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
      reshoot_step_take_shown (step,
                               reshoot_shown_new (fact->digest, fact->width, fact->height,
                                                  NULL, NULL));
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
  ReshootStep *source;
  GPtrArray   *requests;   /* of ReshootRequest */
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->source);
  g_ptr_array_unref (asking->requests);
  g_free (asking);
}

static void
requests_stored_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  Asking *asking = g_task_get_task_data (task);
  ReshootFact *fact = reshoot_project_end_write (result, task);
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_object_unref);

  if (fact == NULL)
    return;

  for (guint i = 0; i < fact->parts->len; i++)
    {
      ReshootFact *part = fact->parts->pdata[i];
      ReshootPrice price = RESHOOT_PRICE_INIT;
      ReshootStep *step = reshoot_step_new (part->step, part->uuid, asking->source,
                                            asking->requests->pdata[i], NULL);

      price.estimate = part->estimate;
      reshoot_step_set_created (step, fact->time);
      reshoot_step_set_row (step, fact->row, part->take);
      reshoot_step_set_price (step, &price);
      reshoot_history_add (self->history, step);
      g_ptr_array_add (steps, step);
    }

  g_task_return_pointer (task, g_steal_pointer (&steps), (GDestroyNotify) g_ptr_array_unref);
}

/* The pictures that go along with @request, to be stored with it. */
GPtrArray *
reshoot_fact_new_pictures (ReshootRequest *request)
{
  const ReshootInputs *inputs = reshoot_request_get_inputs (request);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();

  g_ptr_array_set_free_func (pictures, (GDestroyNotify) reshoot_fact_free);
  for (guint i = 0; i < inputs->n_pictures; i++)
    {
      const ReshootRequestPicture *given = &inputs->pictures[i];
      ReshootFact *picture = reshoot_fact_new (0, "");

      /* What is rendered is of a picture that the project has. */
      if (given->image != NULL && !reshoot_image_get_is_rendering (given->image))
        reshoot_fact_set_picture (picture, given->image);

      g_free (picture->digest);
      picture->digest = g_strdup (given->digest);
      picture->kind = g_strdup (given->role);
      g_ptr_array_add (pictures, picture);
    }

  return pictures->len > 0 ? g_steal_pointer (&pictures) : NULL;
}

/* Which of its model's results in the row the request at @at is, from 1. */
static int
count_take (ReshootRequest *const *requests,
            guint                  at)
{
  const char *model = reshoot_request_get_model (requests[at]);
  int take = 1;

  for (guint i = 0; i < at; i++)
    if (g_str_equal (reshoot_request_get_model (requests[i]), model))
      take++;

  return take;
}

static void
ask (ReshootProject        *self,
     ReshootStep           *source,
     ReshootRequest *const *requests,
     const ReshootMoney    *estimates,
     guint                  n,
     GCancellable          *cancellable,
     GAsyncReadyCallback    callback,
     gpointer               user_data,
     gpointer               tag)
{
  GTask *task = reshoot_project_begin_write (self, cancellable, callback, user_data, tag);
  Asking *asking;
  ReshootFact *fact;

  if (task == NULL)
    return;

  asking = g_new0 (Asking, 1);
  asking->source = g_object_ref (source);
  asking->requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);

  fact = reshoot_fact_new (0, "");
  fact->parent = reshoot_step_get_id (source);
  fact->original = reshoot_step_get_id (reshoot_step_get_original (source));
  fact->row = tag == reshoot_project_add_row_async ? g_uuid_string_random () : NULL;
  fact->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) reshoot_fact_free);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JsonNode) json = reshoot_request_to_json (requests[i]);
      ReshootFact *part = reshoot_fact_new (0, NULL);

      g_ptr_array_add (asking->requests, g_object_ref (requests[i]));
      part->request = reshoot_json_to_text (json);
      part->provider = reshoot_request_dup_provider (requests[i]);
      part->model = g_strdup (reshoot_request_get_model (requests[i]));
      part->estimate = estimates[i];
      part->take = fact->row != NULL ? count_take (requests, i) : 0;
      part->parts = reshoot_fact_new_pictures (requests[i]);
      g_ptr_array_add (fact->parts, part);
    }

  reshoot_project_write (self, fact, reshoot_fact_write_requests, cancellable, requests_stored_cb,
                         task);
}

/**
 * reshoot_project_add_request_async:
 * @self: a project
 * @source: a step of it that has a picture
 * @request: what is asked
 * @estimate: what it will cost; %RESHOOT_MONEY_UNKNOWN when not known
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored: only then may anything be sent
 * @user_data: for @callback
 *
 * Stores the intent: the request with the pictures that go along, a waiting step below @source and its job. A second
 * step below the same source is a branch. The head stays.
 */
void
reshoot_project_add_request_async (ReshootProject      *self,
                                   ReshootStep         *source,
                                   ReshootRequest      *request,
                                   ReshootMoney         estimate,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (source));
  g_return_if_fail (RESHOOT_IS_REQUEST (request));
  g_return_if_fail (reshoot_project_has_step (self, source));
  g_return_if_fail (reshoot_step_get_digest (source) != NULL);

  ask (self, source, &request, &estimate, 1, cancellable, callback, user_data,
       reshoot_project_add_request_async);
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
  g_autoptr (GPtrArray) steps = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_request_async), NULL);

  steps = g_task_propagate_pointer (G_TASK (result), error);
  return steps != NULL ? g_object_ref (steps->pdata[0]) : NULL;
}

/**
 * reshoot_project_add_row_async:
 * @self: a project
 * @source: a step of it that has a picture
 * @requests: (array length=n): what is asked, of several models or several times of the same
 * @estimates: (array length=n): what each will cost; %RESHOOT_MONEY_UNKNOWN when not known
 * @n: how many; one alone makes a row that the other pictures it may bring will join
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when all are stored: only then may anything be sent
 * @user_data: for @callback
 *
 * Stores several intents as one fact: their steps share a row, and those of one model are its takes.
 */
void
reshoot_project_add_row_async (ReshootProject        *self,
                               ReshootStep           *source,
                               ReshootRequest *const *requests,
                               const ReshootMoney    *estimates,
                               guint                  n,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (source));
  g_return_if_fail (requests != NULL && estimates != NULL && n > 0);
  g_return_if_fail (reshoot_project_has_step (self, source));
  g_return_if_fail (reshoot_step_get_digest (source) != NULL);

  ask (self, source, requests, estimates, n, cancellable, callback, user_data,
       reshoot_project_add_row_async);
}

/**
 * reshoot_project_add_row_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: (transfer full) (element-type ReshootStep): the new steps, waiting, in the order of the requests
 */
GPtrArray *
reshoot_project_add_row_finish (ReshootProject  *self,
                                GAsyncResult    *result,
                                GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_row_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
