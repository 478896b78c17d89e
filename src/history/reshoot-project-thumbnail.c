/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Thumbnails: made when one is first asked for, and kept. That one could not be kept is nobody's trouble: it can be
 * made again. */

#include "reshoot-project-picture.h"

/* The long side of a thumbnail, in pixels. */
#define THUMBNAIL_EDGE 256

static void
thumbnail_stored_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_debug ("storing a thumbnail: %s", error->message);
}

static void
thumbnail_made_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  const char *digest = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (ReshootImage) small = g_task_propagate_pointer (G_TASK (result), &error);

  if (small == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (!self->closed && self->writer != NULL)
    {
      ReshootFact *fact = reshoot_fact_new (0, "");

      fact->digest = g_strdup (digest);
      fact->bytes = g_bytes_ref (reshoot_image_get_bytes (small));
      reshoot_project_write (self, fact, reshoot_fact_write_thumbnail, NULL, thumbnail_stored_cb,
                             NULL);
    }

  g_task_return_pointer (task, g_steal_pointer (&small), g_object_unref);
}

static void
make_thumbnail_in_thread (GTask        *task,
                          gpointer      source,
                          gpointer      task_data,
                          GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  ReshootImage *small = reshoot_image_make_thumbnail (task_data, THUMBNAIL_EDGE, cancellable,
                                                      &error);

  if (small != NULL)
    g_task_return_pointer (task, small, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/*
 * reshoot_picture_make_thumbnail:
 * @task: (transfer none): a caller's task of a project, with the picture's digest as its data
 * @image: the picture
 *
 * Answers @task with a small picture, made on a worker, and has it stored if the project is written.
 */
void
reshoot_picture_make_thumbnail (GTask        *task,
                                ReshootImage *image)
{
  g_autoptr (GTask) making = g_task_new (NULL, g_task_get_cancellable (task), thumbnail_made_cb,
                                         g_object_ref (task));

  g_task_set_source_tag (making, reshoot_picture_make_thumbnail);
  g_task_set_task_data (making, g_object_ref (image), g_object_unref);
  g_task_run_in_thread (making, make_thumbnail_in_thread);
}
