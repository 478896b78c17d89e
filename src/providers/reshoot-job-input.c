/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a job sends along: the source as the model wants it, made away from the main thread. */

#include "reshoot-image-prepare.h"
#include "reshoot-job-private.h"

typedef struct
{
  ReshootImage *source;
  int           width;
  int           height;
} Prepare;

static void
prepare_free (Prepare *prepare)
{
  g_object_unref (prepare->source);
  g_free (prepare);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootJob) self = RESHOOT_JOB (source);
  g_autoptr (GError) error = NULL;

  self->input = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->input == NULL)
    reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
  else
    reshoot_job_ask_codec (self);
}

static void
prepare_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Prepare *prepare = task_data;
  GError *error = NULL;
  ReshootImage *input;

  input = reshoot_image_prepare (prepare->source, prepare->width, prepare->height,
                                 RESHOOT_IMAGE_FORMAT_PNG, cancellable, &error);
  if (input != NULL)
    g_task_return_pointer (task, input, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
source_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GTask) task = NULL;
  Prepare *prepare;

  image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (image == NULL)
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  prepare = g_new0 (Prepare, 1);
  reshoot_model_choose_size (self->means.model, reshoot_image_get_width (image),
                             reshoot_image_get_height (image), &prepare->width, &prepare->height);
  prepare->source = g_steal_pointer (&image);

  /* The job is the source of its own task, and lives until the callback. */
  task = g_task_new (self, self->cancellable, prepared_cb, NULL);
  g_object_ref (self);
  g_task_set_source_tag (task, source_loaded_cb);
  g_task_set_task_data (task, prepare, (GDestroyNotify) prepare_free);
  g_task_run_in_thread (task, prepare_in_thread);
}

/* For the job's files: makes what is sent, then asks the codec for the call. */
void
reshoot_job_make_input (ReshootJob *self)
{
  g_clear_object (&self->input);
  reshoot_project_load_picture_async (self->project, reshoot_step_get_parent (self->step),
                                      RESHOOT_PICTURE_SHOWN, self->cancellable,
                                      source_loaded_cb, g_object_ref (self));
}
