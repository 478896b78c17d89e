/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A thumbnail that gets a step's small picture by itself, for lists that are made once and shown for a moment. Rows of
 * the history come and go while it scrolls: they keep theirs. */

#include "reshoot-step-thumbnail.h"

#include "reshoot-picture.h"
#include "reshoot-thumbnail.h"

/* Long edge as it is decoded, in pixels. */
#define EDGE 128

/* A small picture on its way. */
typedef struct
{
  ReshootThumbnail *thumbnail;    /* (owned) */
  GCancellable     *cancellable;  /* (owned) (nullable) */
} Wait;

static void
wait_free (Wait *wait)
{
  g_clear_object (&wait->thumbnail);
  g_clear_object (&wait->cancellable);
  g_free (wait);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wait, wait_free)

static void
pyramid_ready_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Wait) wait = user_data;
  g_autoptr (ReshootPyramid) pyramid = reshoot_pyramid_new_finish (result, NULL);
  g_autoptr (GdkTexture) texture = NULL;

  if (pyramid == NULL)
    return;

  texture = reshoot_texture_new_for_pyramid (pyramid);
  reshoot_thumbnail_set_paintable (wait->thumbnail, GDK_PAINTABLE (texture));
}

static void
picture_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Wait) wait = user_data;
  g_autoptr (ReshootImage) image = NULL;
  GCancellable *cancellable = wait->cancellable;

  image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, NULL);
  if (image != NULL)
    reshoot_pyramid_new_async (image, EDGE, cancellable, pyramid_ready_cb, g_steal_pointer (&wait));
}

/**
 * reshoot_step_thumbnail_new:
 * @project: (nullable): where the picture is
 * @step: (nullable): whose picture; without one, or if it cannot be read, the place stays empty
 * @cancellable: (nullable): to stop
 *
 * Returns: (transfer none): a thumbnail that is filled when the picture is there
 */
GtkWidget *
reshoot_step_thumbnail_new (ReshootProject *project,
                            ReshootStep    *step,
                            GCancellable   *cancellable)
{
  GtkWidget *thumbnail = g_object_new (RESHOOT_TYPE_THUMBNAIL, "valign", GTK_ALIGN_CENTER, NULL);
  Wait *wait;

  if (project == NULL || step == NULL || reshoot_step_get_digest (step) == NULL)
    return thumbnail;

  wait = g_new0 (Wait, 1);
  wait->thumbnail = g_object_ref_sink (RESHOOT_THUMBNAIL (thumbnail));
  wait->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  reshoot_project_load_picture_async (project, step, RESHOOT_PICTURE_THUMBNAIL, cancellable,
                                      picture_loaded_cb, wait);
  return thumbnail;
}
