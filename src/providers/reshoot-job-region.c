/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The region of a job: read from its request, and what a service made brought home into it. A service sees the whole
 * picture and may change all of it; what the person did not allow to change stays the source's own, bit for bit. The
 * reply itself is kept as it was received. */

#include "reshoot-error.h"
#include "reshoot-job-private.h"

#include <math.h>
#include <string.h>

/* Loading */

typedef struct
{
  ReshootImage *masks[2];    /* (nullable): may change, may not */
  guint         next;        /* of the request's pictures */
  guint         place;       /* which of the masks is being loaded */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_object (&load->masks[0]);
  g_clear_object (&load->masks[1]);
  g_free (load);
}

static const ReshootInputs *
get_inputs (ReshootJob *self)
{
  return reshoot_request_get_inputs (reshoot_step_get_request (self->step));
}

/* For the job's files: whether only a part of the picture may change. */
gboolean
reshoot_job_has_region (ReshootJob *self)
{
  return reshoot_request_get_has_region (reshoot_step_get_request (self->step));
}

static void load_next_mask (GTask *task);

static void
mask_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->masks[load->place] = reshoot_project_load_given_finish (RESHOOT_PROJECT (source), result,
                                                                &error);
  if (load->masks[load->place] == NULL)
    g_task_return_error (task, error);
  else
    load_next_mask (g_steal_pointer (&task));
}

static void
load_next_mask (GTask *task)
{
  g_autoptr (GTask) own = task;
  ReshootJob *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  const ReshootInputs *inputs = get_inputs (self);

  while (load->next < inputs->n_pictures)
    {
      guint at = load->next++;
      const char *role = inputs->pictures[at].role;

      load->place = g_str_equal (role, "region") ? 0 : 1;
      if (reshoot_request_is_reference (role) || load->masks[load->place] != NULL)
        continue;

      reshoot_project_load_given_async (self->project, self->step, at,
                                        g_task_get_cancellable (task), mask_loaded_cb,
                                        g_steal_pointer (&own));
      return;
    }

  g_task_return_pointer (task, reshoot_region_new (inputs->region, load->masks[0], load->masks[1]),
                         g_object_unref);
}

/* For the job's files: the region of a job that has one. */
void
reshoot_job_load_region_async (ReshootJob          *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, reshoot_job_load_region_async);
  g_task_set_task_data (task, g_new0 (Load, 1), load_free);
  load_next_mask (task);
}

ReshootRegion *
reshoot_job_load_region_finish (ReshootJob    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Composing */

typedef struct
{
  ReshootRegion *region;
  ReshootImage  *source;
  GPtrArray     *results;      /* of ReshootProjectResult */
} Compose;

static void
compose_free (gpointer data)
{
  Compose *compose = data;

  g_clear_object (&compose->region);
  g_clear_object (&compose->source);
  g_ptr_array_unref (compose->results);
  g_free (compose);
}

static void
compose_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  static const double same[6] = { 1, 0, 0, 0, 1, 0 };
  Compose *compose = task_data;

  for (guint i = 0; i < compose->results->len; i++)
    {
      ReshootProjectResult *result = compose->results->pdata[i];
      ReshootImage *shown = result->picture != NULL ? result->picture : result->reply;
      g_autoptr (GError) error = NULL;
      ReshootImage *home;

      home = reshoot_region_compose (compose->region, compose->source, shown, result->affine, NULL,
                                     &error);
      if (home == NULL)
        {
          /* It is paid for: what cannot be brought home is shown as it came. */
          g_debug ("a reply stays as it came: %s", error->message);
          continue;
        }

      g_set_object (&result->picture, home);
      g_object_unref (home);
      memcpy (result->affine, same, sizeof same);
      if (result->facts != NULL)
        {
          JsonObject *facts = json_node_get_object (result->facts);

          json_object_set_string_member (facts, "reason", "region");
          json_object_set_boolean_member (facts, "region", TRUE);
        }
    }

  g_task_return_boolean (task, TRUE);
}

static void
source_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Compose *compose = g_task_get_task_data (task);
  GError *error = NULL;

  compose->source = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (compose->source == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, compose_in_thread);
}

static void
region_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootJob *self = RESHOOT_JOB (source);
  Compose *compose = g_task_get_task_data (task);
  GError *error = NULL;

  compose->region = reshoot_job_load_region_finish (self, result, &error);
  if (compose->region == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  reshoot_project_load_picture_async (self->project, reshoot_step_get_parent (self->step),
                                      RESHOOT_PICTURE_SHOWN, NULL, source_loaded_cb,
                                      g_steal_pointer (&task));
}

/* For the job's files: makes of what each of @results shows (their affine says where the parent is in it) the source
 * with that in the region. What cannot be composed stays as it is. It is paid for, so nothing here can be cancelled. */
void
reshoot_job_compose_async (ReshootJob          *self,
                           GPtrArray           *results,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Compose *compose = g_new0 (Compose, 1);

  compose->results = g_ptr_array_ref (results);
  g_task_set_source_tag (task, reshoot_job_compose_async);
  g_task_set_task_data (task, compose, compose_free);
  reshoot_job_load_region_async (self, NULL, region_loaded_cb, task);
}

gboolean
reshoot_job_compose_finish (ReshootJob    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
result_free (gpointer data)
{
  ReshootProjectResult *result = data;

  g_clear_object (&result->reply);
  g_clear_object (&result->picture);
  g_clear_pointer (&result->facts, json_node_unref);
  g_free (result);
}

/* For the job's files: an empty list of results that owns them. */
GPtrArray *
reshoot_job_new_results (void)
{
  return g_ptr_array_new_with_free_func (result_free);
}

/* For the session: a part that is not in the picture would let nothing change; a new picture has no part of the old
 * one. */
gboolean
reshoot_job_check_region (ReshootModel    *model,
                          ReshootStep     *source,
                          ReshootRequest  *request,
                          GError         **error)
{
  const double *box = reshoot_request_get_inputs (request)->region;
  int width = reshoot_step_get_width (source);
  int height = reshoot_step_get_height (source);
  g_autofree char *subject = NULL;

  if (!reshoot_request_get_has_region (request))
    return TRUE;

  if (reshoot_model_get_is_reimagining (model))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "region-model",
                         reshoot_model_get_id (model), "it makes new pictures");
      return FALSE;
    }

  if (isnan (box[0]) || (box[2] >= 1 && box[3] >= 1 && box[0] + box[2] <= width
                         && box[1] + box[3] <= height))
    return TRUE;

  subject = g_strdup_printf ("%.0f,%.0f,%.0f,%.0f", box[0], box[1], box[2], box[3]);
  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "region-outside", subject,
                     "%s in %d x %d", subject, width, height);
  return FALSE;
}
