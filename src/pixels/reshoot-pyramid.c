/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPyramid: a picture ready to be shown at any size: upright, sRGB, premultiplied, and halved again and again.
 * Who decodes it is in reshoot-pyramid-decode.c, what is done to the pixels in reshoot-pyramid-levels.c. */

#include "reshoot-pyramid.h"

#include "reshoot-pyramid-private.h"

struct _ReshootPyramid
{
  GObject   parent_instance;

  int       width;
  int       height;
  gboolean  has_alpha;
  GArray   *levels;  /* of ReshootPyramidLevel, the largest first */
};

G_DEFINE_FINAL_TYPE (ReshootPyramid, reshoot_pyramid, G_TYPE_OBJECT)

static void
clear_level (gpointer data)
{
  ReshootPyramidLevel *level = data;

  g_bytes_unref (level->pixels);
}

static void
reshoot_pyramid_finalize (GObject *object)
{
  ReshootPyramid *self = RESHOOT_PYRAMID (object);

  g_clear_pointer (&self->levels, g_array_unref);

  G_OBJECT_CLASS (reshoot_pyramid_parent_class)->finalize (object);
}

static void
reshoot_pyramid_class_init (ReshootPyramidClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_pyramid_finalize;
}

static void
reshoot_pyramid_init (ReshootPyramid *self)
{
  self->levels = g_array_new (FALSE, FALSE, sizeof (ReshootPyramidLevel));
  g_array_set_clear_func (self->levels, clear_level);
}

static ReshootPyramid *
build (ReshootImage  *image,
       int            long_edge,
       GCancellable  *cancellable,
       GError       **error)
{
  const ReshootImageHeader *header = reshoot_image_get_header (image);
  int shrink = long_edge > 0 ? reshoot_image_find_shrink (image, long_edge) : 1;
  g_autoptr (ReshootPyramid) self = g_object_new (RESHOOT_TYPE_PYRAMID, NULL);
  g_auto (ReshootPyramidRows) rows = { NULL };
  ReshootPyramidLevel level;

  self->width = header->width;
  self->height = header->height;
  self->has_alpha = header->has_alpha;

  if (!reshoot_pyramid_decode (image, shrink, &rows, cancellable, error))
    return NULL;

  level = reshoot_pyramid_pack (&rows, header->orientation);
  reshoot_pyramid_rows_clear (&rows);
  if (!reshoot_pyramid_add_levels (self->levels, level, long_edge, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

typedef struct
{
  GFile        *file;       /* (owned) (nullable): where the picture is still to be read from */
  ReshootImage *image;      /* (owned) (nullable): until it is read */
  int           long_edge;
} Build;

static void
build_free (Build *data)
{
  g_clear_object (&data->file);
  g_clear_object (&data->image);
  g_free (data);
}

static void
build_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Build *data = task_data;
  GError *error = NULL;
  ReshootPyramid *self = NULL;

  if (data->image == NULL)
    data->image = reshoot_image_read (data->file, cancellable, &error);
  if (data->image != NULL)
    self = build (data->image, data->long_edge, cancellable, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_pyramid_new_async:
 * @image: a picture
 * @long_edge: in pixels, for a quick first paint: level 0 is then the smallest level at least this long, and as little
 *   as that needs is decoded; 0 for all levels
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Decodes and halves on a worker thread.
 */
void
reshoot_pyramid_new_async (ReshootImage        *image,
                           int                  long_edge,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Build *data;

  g_return_if_fail (RESHOOT_IS_IMAGE (image));
  g_return_if_fail (long_edge >= 0);

  data = g_new0 (Build, 1);
  data->image = g_object_ref (image);
  data->long_edge = long_edge;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_pyramid_new_async);
  g_task_set_task_data (task, data, (GDestroyNotify) build_free);
  g_task_run_in_thread (task, build_in_thread);
}

/**
 * reshoot_pyramid_new_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_CORRUPT, reason "damaged".
 *
 * Returns: (transfer full): the levels
 */
ReshootPyramid *
reshoot_pyramid_new_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_pyramid_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reshoot_pyramid_load_async:
 * @file: where a picture lies
 * @long_edge: as for [func@Pyramid.new_async]
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads a file, lets it through the gate and decodes it, all in one go on a worker thread: the soonest that there is
 * something to show. It is not checked strictly.
 */
void
reshoot_pyramid_load_async (GFile               *file,
                            int                  long_edge,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Build *data;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (long_edge >= 0);

  data = g_new0 (Build, 1);
  data->file = g_object_ref (file);
  data->long_edge = long_edge;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_pyramid_load_async);
  g_task_set_task_data (task, data, (GDestroyNotify) build_free);
  g_task_run_in_thread (task, build_in_thread);
}

/**
 * reshoot_pyramid_load_finish:
 * @result: what the callback was given
 * @image: (out) (transfer full): the picture; to be checked before it is kept
 * @error: return location for an error
 *
 * Errors: those of [func@Image.load_finish].
 *
 * Returns: (transfer full): the levels
 */
ReshootPyramid *
reshoot_pyramid_load_finish (GAsyncResult  *result,
                             ReshootImage **image,
                             GError       **error)
{
  ReshootPyramid *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_pyramid_load_async), NULL);
  g_return_val_if_fail (image != NULL, NULL);

  self = g_task_propagate_pointer (G_TASK (result), error);
  if (self != NULL)
    *image = g_object_ref (((Build *) g_task_get_task_data (G_TASK (result)))->image);
  return self;
}

/**
 * reshoot_pyramid_get_width:
 * @self: a pyramid
 *
 * Returns: the width of the full picture in pixels, upright; level 0 may be smaller
 */
int
reshoot_pyramid_get_width (ReshootPyramid *self)
{
  g_return_val_if_fail (RESHOOT_IS_PYRAMID (self), 0);

  return self->width;
}

/**
 * reshoot_pyramid_get_height:
 * @self: a pyramid
 *
 * Returns: the height of the full picture in pixels, upright; level 0 may be smaller
 */
int
reshoot_pyramid_get_height (ReshootPyramid *self)
{
  g_return_val_if_fail (RESHOOT_IS_PYRAMID (self), 0);

  return self->height;
}

/**
 * reshoot_pyramid_get_has_alpha:
 * @self: a pyramid
 *
 * Returns: whether the picture has a transparency channel
 */
gboolean
reshoot_pyramid_get_has_alpha (ReshootPyramid *self)
{
  g_return_val_if_fail (RESHOOT_IS_PYRAMID (self), FALSE);

  return self->has_alpha;
}

/**
 * reshoot_pyramid_get_n_levels:
 * @self: a pyramid
 *
 * Returns: how many levels there are; at least one
 */
guint
reshoot_pyramid_get_n_levels (ReshootPyramid *self)
{
  g_return_val_if_fail (RESHOOT_IS_PYRAMID (self), 0);

  return self->levels->len;
}

/**
 * reshoot_pyramid_get_level:
 * @self: a pyramid
 * @level: from 0, the largest
 *
 * Returns: (transfer none): the level; keep a reference to its bytes, not to it
 */
const ReshootPyramidLevel *
reshoot_pyramid_get_level (ReshootPyramid *self,
                           guint           level)
{
  g_return_val_if_fail (RESHOOT_IS_PYRAMID (self), NULL);
  g_return_val_if_fail (level < self->levels->len, NULL);

  return &g_array_index (self->levels, ReshootPyramidLevel, level);
}
