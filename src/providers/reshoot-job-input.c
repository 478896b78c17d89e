/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a job sends along: the source as the model wants it, the references prepared alike, and, for a service that
 * loads pictures itself, an address where anybody can load the source. One after the other, the pixels away from the
 * main thread. None of it costs anything or is stored: after a stop it is made again. */

#include "reshoot-chain.h"
#include "reshoot-error.h"
#include "reshoot-job-private.h"
#include "reshoot-job-region.h"
#include "reshoot-json-read.h"

typedef struct
{
  ReshootImage *source;
  ReshootInput  input;
} Prepare;

static void
prepare_free (gpointer data)
{
  Prepare *prepare = data;

  g_object_unref (prepare->source);
  g_free (prepare);
}

static void load_next_reference (ReshootJob *self);

/* Somewhere public */

static gboolean
publish_step (gpointer             data,
              const char          *state,
              const ReshootReply  *reply,
              ReshootNext         *next,
              GError             **error)
{
  ReshootJob *self = data;

  return reshoot_provider_publish (self->means.publisher, self->input, state, reply, next, error);
}

static void
published_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  if (reshoot_chain_run_finish (RESHOOT_HTTP (source), result, &next, &error) &&
      (next.state == NULL ||
       !reshoot_address_may_be_called (self->means.publisher_address, next.state)))
    reshoot_set_error (&error, RESHOOT_ERROR_PROTOCOL, "foreign-address", NULL,
                       "published, but not where it can be loaded");

  if (error != NULL)
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  g_free (self->public_uri);
  self->public_uri = g_steal_pointer (&next.state);
  reshoot_job_ask_codec (self);
}

static void
publisher_key_found_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  ReshootHttpGuard guard = { 0, };
  g_autoptr (GError) error = NULL;
  g_autofree char *key = reshoot_keys_lookup_finish (RESHOOT_KEYS (source), result, &error);

  if (error != NULL)
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  guard.address = self->means.publisher_address;
  guard.max_bytes = RESHOOT_JOB_REPLY_MAX;
  guard.deadline = self->means.times.call_deadline;
  reshoot_http_guard_set_key (&guard, self->means.publisher_description, key);
  reshoot_chain_run_async (self->means.http, &guard, &self->means.times, publish_step,
                           g_object_ref (self), g_object_unref, self->cancellable, published_cb,
                           g_object_ref (self));
}

static void
publish (ReshootJob *self)
{
  const char *name = reshoot_json_get_string (self->means.publisher_description, "provider");

  if (self->means.publisher == NULL)
    reshoot_job_ask_codec (self);
  else
    reshoot_keys_lookup_async (self->means.keys, name, self->cancellable, publisher_key_found_cb,
                               g_object_ref (self));
}

/* Pixels */

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootJob) self = RESHOOT_JOB (source);
  Prepare *prepare = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = g_task_propagate_pointer (G_TASK (result), &error);

  if (image == NULL)
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  if (self->input == NULL)
    {
      self->sent = prepare->input;
      self->knows_sent = TRUE;
      self->input = g_steal_pointer (&image);
    }
  else
    {
      g_ptr_array_add (self->references, g_steal_pointer (&image));
    }

  load_next_reference (self);
}

static void
prepare_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Prepare *prepare = task_data;
  GError *error = NULL;
  ReshootImage *input = reshoot_input_make (&prepare->input, prepare->source, cancellable, &error);

  if (input != NULL)
    g_task_return_pointer (task, input, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* Takes @image, which may be NULL with @error set. */
static void
take_picture (ReshootJob   *self,
              ReshootImage *image,
              const GError *error)
{
  g_autoptr (GTask) task = NULL;
  Prepare *prepare;

  if (image == NULL)
    {
      reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, RESHOOT_CHARGED_NO);
      return;
    }

  prepare = g_new0 (Prepare, 1);
  if (self->input == NULL)
    reshoot_job_choose_input (&prepare->input, self->means.model, self->step);
  else
    reshoot_input_choose (&prepare->input, self->means.model, reshoot_image_get_width (image),
                          reshoot_image_get_height (image));
  prepare->source = image;

  /* The job is the source of its own task, and lives until the callback. */
  task = g_task_new (g_object_ref (self), self->cancellable, prepared_cb, NULL);
  g_task_set_source_tag (task, take_picture);
  g_task_set_task_data (task, prepare, prepare_free);
  g_task_run_in_thread (task, prepare_in_thread);
}

static void
reference_loaded_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;

  ReshootImage *image;

  image = reshoot_project_load_given_finish (RESHOOT_PROJECT (source), result, &error);
  take_picture (self, image, error);
}

/* The pictures of the request that are references, in their order. */
static void
load_next_reference (ReshootJob *self)
{
  const ReshootInputs *inputs = reshoot_request_get_inputs (reshoot_step_get_request (self->step));

  while (self->n_given < inputs->n_pictures)
    {
      guint place = self->n_given++;

      if (!reshoot_request_is_reference (inputs->pictures[place].role))
        continue;

      reshoot_project_load_given_async (self->project, self->step, place, self->cancellable,
                                        reference_loaded_cb, g_object_ref (self));
      return;
    }

  publish (self);
}

static void
source_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;

  ReshootImage *image;

  image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  take_picture (self, image, error);
}

/* For the job's files: makes what is sent, then asks the codec for the call. */
void
reshoot_job_make_input (ReshootJob *self)
{
  reshoot_job_clear_input (self);
  reshoot_project_load_picture_async (self->project, reshoot_step_get_parent (self->step),
                                      RESHOOT_PICTURE_SHOWN, self->cancellable,
                                      source_loaded_cb, g_object_ref (self));
}

/* For the job's files: the call is made, or will not be. */
void
reshoot_job_clear_input (ReshootJob *self)
{
  g_clear_object (&self->input);
  g_ptr_array_set_size (self->references, 0);
  g_clear_pointer (&self->public_uri, g_free);
  self->n_given = 0;
}
