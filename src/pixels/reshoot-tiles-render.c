/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pixels out of tiles: the base is decoded, the tiles are laid on it, and the whole is a picture again, with the base's
 * profile and notes. Everything may be a stranger's and is held against its digest. */

#include "reshoot-tiles.h"

#include "reshoot-tiles-private.h"

#include <string.h>

static gboolean
lay_tile (ReshootTiles       *self,
          const ReshootTile  *tile,
          VipsImage          *canvas,
          GCancellable       *cancellable,
          GError            **error)
{
  g_autoptr (VipsImage) pixels = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  pixels = reshoot_tiles_decode (self, tile, canvas, cancellable, error);
  if (pixels == NULL)
    return FALSE;

  for (int y = 0; y < tile->height; y++)
    memcpy (VIPS_IMAGE_ADDR (canvas, tile->x, tile->y + y), VIPS_IMAGE_ADDR (pixels, 0, y),
            VIPS_IMAGE_SIZEOF_LINE (pixels));

  return TRUE;
}

/**
 * reshoot_tiles_render:
 * @self: a picture with its base and all its tiles
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * What [method@Tiles.render_async] does, on a thread of the caller's that may wait.
 *
 * Returns: (transfer full): the picture, see [method@Tiles.render_finish]
 */
ReshootImage *
reshoot_tiles_render (ReshootTiles  *self,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (ReshootImage) base = NULL;
  g_autoptr (VipsImage) canvas = NULL;
  g_autofree char *digest = NULL;

  g_return_val_if_fail (RESHOOT_IS_TILES (self), NULL);

  base = reshoot_tiles_open_base (self, cancellable, error);
  if (base == NULL || reshoot_tiles_get_n (self) == 0)
    return g_steal_pointer (&base);

  canvas = reshoot_image_decode (base, cancellable, error);
  if (canvas == NULL)
    return NULL;

  for (guint i = 0; i < reshoot_tiles_get_n (self); i++)
    if (!lay_tile (self, reshoot_tiles_get (self, i), canvas, cancellable, error))
      return NULL;

  digest = reshoot_tiles_dup_digest (self);
  return reshoot_image_new_rendering (canvas, digest, cancellable, error);
}

static void
render_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  GError *error = NULL;
  ReshootImage *image = reshoot_tiles_render (source, cancellable, &error);

  if (image != NULL)
    g_task_return_pointer (task, image, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_tiles_render_async:
 * @self: a picture with its base and all its tiles
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Makes a picture of a base and its tiles. Without a tile that is the base as it was received; else it is a PNG that
 * takes much memory and little time to decode, made to be looked at and worked from, not to be kept.
 */
void
reshoot_tiles_render_async (ReshootTiles        *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RESHOOT_IS_TILES (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_tiles_render_async);
  g_task_run_in_thread (task, render_in_thread);
}

/**
 * reshoot_tiles_render_finish:
 * @self: a picture
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_CORRUPT: "picture" where base or tiles are not what they were or do not fit, "damaged"; those
 * of [ctor@Image.new_from_bytes] for a base that is what it was and cannot be read.
 *
 * Returns: (transfer full): the picture; its digest is that of the tiles
 */
ReshootImage *
reshoot_tiles_render_finish (ReshootTiles  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_tiles_render_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
