/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of an open project, on the reader's thread; how one is read stands in reshoot-project-picture.c. */

#include "reshoot-project-private.h"

#include "reshoot-error.h"
#include "reshoot-project-picture.h"

typedef struct
{
  GTask              *task;   /* (owned): the caller's */
  ReshootPictureKind  kind;
} Showing;

static void
picture_made_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree Showing *showing = user_data;
  g_autoptr (GTask) task = showing->task;
  GError *error = NULL;
  g_autoptr (ReshootImage) image = NULL;

  image = reshoot_tiles_render_finish (RESHOOT_TILES (source), result, &error);
  if (image == NULL)
    g_task_return_error (task, error);
  else if (showing->kind == RESHOOT_PICTURE_THUMBNAIL)
    reshoot_picture_make_thumbnail (task, image);
  else
    g_task_return_pointer (task, g_steal_pointer (&image), g_object_unref);
}

/* What was read is made a picture on a worker: held against its digest, and rendered where it is tiles. */
static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootPictureLoad *load = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  Showing *showing;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      reshoot_project_look_at_error (g_task_get_source_object (task), error);
      g_task_return_error (task, error);
      return;
    }

  if (load->small != NULL)
    {
      g_task_return_pointer (task, g_object_ref (load->small), g_object_unref);
      return;
    }

  showing = g_new0 (Showing, 1);
  showing->kind = load->kind;
  showing->task = g_steal_pointer (&task);
  reshoot_tiles_render_async (load->tiles, g_task_get_cancellable (showing->task), picture_made_cb,
                              showing);
}

/* A caller's task of a reading, or NULL when it is answered already. */
GTask *
reshoot_project_begin_read (ReshootProject      *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data,
                            gpointer             tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (g_task_return_error_if_cancelled (task))
    return NULL;

  if (self->closed)
    {
      g_autofree char *path = g_file_get_parse_name (self->location);

      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_FAILED, "closed", path, "the project is closed"));
      return NULL;
    }

  return g_steal_pointer (&task);
}

/* Takes both. */
static void
push (ReshootProject     *self,
      GTask              *task,
      ReshootPictureLoad *load)
{
  GTask *inner = g_task_new (NULL, g_task_get_cancellable (task), picture_read_cb, task);

  g_task_set_task_data (task, g_strdup (load->digest), g_free);
  g_task_set_source_tag (inner, push);
  g_task_set_task_data (inner, load, (GDestroyNotify) reshoot_picture_load_free);
  reshoot_database_thread_push (self->reader, inner, reshoot_picture_load_work);
}

/**
 * reshoot_project_load_picture_async:
 * @self: a project
 * @step: one of its steps
 * @kind: which of its pictures
 * @cancellable: (nullable): to stop
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Reads a picture, whose digest is checked. One that is stored as tiles is rendered: its digest is the step's, its
 * bytes are made for the moment. A thumbnail, at most 256 pixels on its long side, is made when it is first asked for
 * and kept.
 */
void
reshoot_project_load_picture_async (ReshootProject      *self,
                                    ReshootStep         *step,
                                    ReshootPictureKind   kind,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task;
  ReshootPictureLoad *load;
  const char *reason = NULL;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));

  task = reshoot_project_begin_read (self, cancellable, callback, user_data,
                                     reshoot_project_load_picture_async);
  if (task == NULL)
    return;

  if (reshoot_step_get_is_purged (step))
    reason = "purged";
  else if (kind != RESHOOT_PICTURE_REPLY && reshoot_step_get_digest (step) == NULL)
    reason = "no-picture";

  if (reason != NULL)
    {
      g_autofree char *subject = g_strdup_printf ("%" G_GINT64_FORMAT, reshoot_step_get_id (step));

      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, reason, subject,
                                                    "the step has no picture: %s", reason));
      g_object_unref (task);
      return;
    }

  load = g_new0 (ReshootPictureLoad, 1);
  load->step = reshoot_step_get_id (step);
  load->kind = kind;
  if (kind != RESHOOT_PICTURE_REPLY)
    load->digest = g_strdup (reshoot_step_get_digest (step));

  push (self, task, load);
}

/**
 * reshoot_project_load_picture_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: `CORRUPT` "picture" with the digest as the subject; `INVALID_REQUEST` "no-picture" or "purged" with the
 * step's number as the subject; `FAILED` "closed".
 *
 * Returns: (transfer full): the picture, as it was received or as it was rendered from its tiles
 */
ReshootImage *
reshoot_project_load_picture_finish (ReshootProject  *self,
                                     GAsyncResult    *result,
                                     GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_load_picture_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reshoot_project_load_given_async:
 * @self: a project
 * @step: one of its edits
 * @place: which of the pictures that went along with its request, from 0
 * @cancellable: (nullable): to stop
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Reads a picture that was given with a request: a reference, a region.
 */
void
reshoot_project_load_given_async (ReshootProject      *self,
                                  ReshootStep         *step,
                                  guint                place,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  const ReshootInputs *inputs;
  GTask *task;
  ReshootPictureLoad *load;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_step_get_request (step) != NULL);

  inputs = reshoot_request_get_inputs (reshoot_step_get_request (step));
  g_return_if_fail (place < inputs->n_pictures);

  task = reshoot_project_begin_read (self, cancellable, callback, user_data,
                                     reshoot_project_load_given_async);
  if (task == NULL)
    return;

  load = g_new0 (ReshootPictureLoad, 1);
  load->step = reshoot_step_get_id (step);
  load->kind = RESHOOT_PICTURE_SHOWN;
  load->digest = g_strdup (inputs->pictures[place].digest);
  push (self, task, load);
}

/**
 * reshoot_project_load_given_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.load_picture_finish]
 *
 * Returns: (transfer full): the picture, or %NULL
 */
ReshootImage *
reshoot_project_load_given_finish (ReshootProject  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_load_given_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
