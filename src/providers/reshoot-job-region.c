/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The region of a job: read from its request, and checked before it is asked. A service may change all of what it sees,
 * which is the whole picture, or where the region is small the part around it; a reply is brought home into the region
 * where it is landed. */

#include "reshoot-job-region.h"

#include "reshoot-error.h"

#include <math.h>

/* Loading */

typedef struct
{
  ReshootStep  *step;
  ReshootImage *masks[2];    /* (nullable): may change, may not */
  guint         next;        /* of the request's pictures */
  guint         place;       /* which of the masks is being loaded */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->step);
  g_clear_object (&load->masks[0]);
  g_clear_object (&load->masks[1]);
  g_free (load);
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
  Load *load = g_task_get_task_data (task);
  const ReshootInputs *inputs = reshoot_request_get_inputs (reshoot_step_get_request (load->step));

  while (load->next < inputs->n_pictures)
    {
      guint at = load->next++;
      const char *role = inputs->pictures[at].role;

      load->place = g_str_equal (role, "region") ? 0 : 1;
      if (reshoot_request_is_reference (role) || load->masks[load->place] != NULL)
        continue;

      reshoot_project_load_given_async (g_task_get_source_object (task), load->step, at,
                                        g_task_get_cancellable (task), mask_loaded_cb,
                                        g_steal_pointer (&own));
      return;
    }

  g_task_return_pointer (task, reshoot_region_new (inputs->region, load->masks[0], load->masks[1]),
                         g_object_unref);
}

/* For the job's files: the region of a step whose request has one. */
void
reshoot_job_load_region_async (ReshootProject      *project,
                               ReshootStep         *step,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (project, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->step = g_object_ref (step);
  g_task_set_source_tag (task, reshoot_job_load_region_async);
  g_task_set_task_data (task, load, load_free);
  load_next_mask (task);
}

ReshootRegion *
reshoot_job_load_region_finish (ReshootProject  *project,
                                GAsyncResult    *result,
                                GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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

/* For the job's files: what of its source the request of @step says is sent, if that is less than all. The file may be
 * a stranger's. */
gboolean
reshoot_job_get_crop (ReshootStep *step,
                      ReshootBox  *crop)
{
  ReshootStep *source = reshoot_step_get_parent (step);
  ReshootRequest *request = reshoot_step_get_request (step);
  const double *box = request != NULL ? reshoot_request_get_inputs (request)->crop : NULL;

  if (source == NULL || box == NULL || !(box[2] >= 1 && box[3] >= 1) ||
      box[0] + box[2] > reshoot_step_get_width (source) ||
      box[1] + box[3] > reshoot_step_get_height (source))
    return FALSE;

  *crop = (ReshootBox) { (int) box[0], (int) box[1], (int) box[2], (int) box[3] };
  return TRUE;
}

/* For the job's files: how the source of @step is sent to @model. */
void
reshoot_job_choose_input (ReshootInput *input,
                          ReshootModel *model,
                          ReshootStep  *step)
{
  ReshootStep *source = reshoot_step_get_parent (step);
  int width = reshoot_step_get_width (source);
  int height = reshoot_step_get_height (source);
  ReshootBox crop;

  if (reshoot_job_get_crop (step, &crop))
    reshoot_input_choose_crop (input, model, width, height, &crop);
  else
    reshoot_input_choose (input, model, width, height);
}
