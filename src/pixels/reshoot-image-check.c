/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture decoded once, to be sure of it, and how libvips is made to give up. */

#include "reshoot-image-private.h"

static void
cancelled_cb (GCancellable *cancellable,
              VipsImage    *vips)
{
  vips_image_set_kill (vips, TRUE);
}

/* Makes libvips give up on @vips. Give the result to g_cancellable_disconnect(). */
gulong
reshoot_image_kill_on_cancel (VipsImage    *vips,
                              GCancellable *cancellable)
{
  if (cancellable == NULL)
    return 0;

  return g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                g_object_ref (vips), g_object_unref);
}

static int
forget_region_cb (VipsRegion *region,
                  VipsRect   *area,
                  void       *user_data)
{
  return 0;
}

/**
 * reshoot_image_check:
 * @self: a picture
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Decodes every pixel, strictly, and keeps none. Blocks: for a worker thread.
 *
 * Errors: %RESHOOT_ERROR_CORRUPT, reason "damaged".
 *
 * Returns: whether the picture is whole
 */
gboolean
reshoot_image_check (ReshootImage  *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (VipsImage) vips = NULL;
  gulong handler;
  int failed = -1;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  vips_error_clear ();
  vips = reshoot_image_open_bytes (reshoot_image_get_bytes (self), reshoot_image_get_format (self),
                                   1);
  if (vips != NULL)
    {
      handler = reshoot_image_kill_on_cancel (vips, cancellable);
      failed = vips_sink_disc (vips, forget_region_cb, NULL);
      g_cancellable_disconnect (cancellable, handler);
    }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (failed != 0)
    reshoot_image_set_damaged_error (error, self);
  return failed == 0;
}
