/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Small pictures of large ones, with as little decoded as that needs. */

#include "reshoot-image-private.h"

/* By how much a picture can be made smaller while it is decoded and still be no smaller than asked: JPEG alone can. */
int
reshoot_image_find_shrink (ReshootImage *self,
                           int           long_edge)
{
  const ReshootImageHeader *header = reshoot_image_get_header (self);
  int edge = MAX (header->width, header->height);
  int shrink = 1;

  if (header->format != RESHOOT_IMAGE_FORMAT_JPEG)
    return 1;

  while (shrink < 8 && edge / (shrink * 2) >= long_edge)
    shrink *= 2;

  return shrink;
}

/**
 * reshoot_image_make_thumbnail:
 * @self: a picture
 * @long_edge: of the thumbnail, in pixels; a smaller picture is not enlarged
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * A small upright picture in sRGB, 8 bit: JPEG, or PNG where there is transparency. Blocks: for a worker thread.
 *
 * Returns: (transfer full): the thumbnail
 */
ReshootImage *
reshoot_image_make_thumbnail (ReshootImage  *self,
                              int            long_edge,
                              GCancellable  *cancellable,
                              GError       **error)
{
  g_autoptr (VipsImage) full = NULL;
  g_autoptr (VipsImage) small = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const ReshootImageHeader *header;
  ReshootImageFormat format;
  gulong handler;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), NULL);
  g_return_val_if_fail (long_edge > 0, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  vips_error_clear ();
  header = reshoot_image_get_header (self);
  full = reshoot_image_open_bytes (reshoot_image_get_bytes (self), header->format,
                                   reshoot_image_find_shrink (self, long_edge));
  if (full == NULL)
    {
      reshoot_image_set_damaged_error (error, self);
      return NULL;
    }

  handler = reshoot_image_kill_on_cancel (full, cancellable);
  format = header->has_alpha ? RESHOOT_IMAGE_FORMAT_PNG : RESHOOT_IMAGE_FORMAT_JPEG;
  if (vips_thumbnail_image (full, &small, long_edge, "height", long_edge, "size", VIPS_SIZE_DOWN,
                            "export_profile", "srgb", NULL) == 0)
    bytes = reshoot_image_encode (small, format, 85, TRUE, cancellable, error);
  else if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    reshoot_image_set_damaged_error (error, self);
  g_cancellable_disconnect (cancellable, handler);

  return bytes != NULL ? reshoot_image_new_from_bytes (bytes, reshoot_image_get_name (self), error)
                       : NULL;
}
