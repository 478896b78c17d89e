/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture as a service may have it: of one of its sizes, 8-bit sRGB, opaque, and with nothing that tells of the
 * camera, the place or the person. */

#include "reshoot-image-prepare.h"

#include "reshoot-image-private.h"

#include <math.h>

static VipsImage *
flatten_on_white (VipsImage *vips)
{
  VipsImage *flat = NULL;
  double white = vips_image_get_format (vips) == VIPS_FORMAT_USHORT ? 65535 : 255;
  VipsArrayDouble *background;
  int failed;

  if (!vips_image_hasalpha (vips))
    return g_object_ref (vips);

  background = vips_array_double_newv (1, white);
  failed = vips_flatten (vips, &flat, "background", background, NULL);
  vips_area_unref (VIPS_AREA (background));

  return failed == 0 ? flat : NULL;
}

static VipsImage *
convert_to_srgb (VipsImage *vips)
{
  VipsImage *srgb = NULL;
  int failed;

  if (vips_image_get_typeof (vips, VIPS_META_ICC_NAME) != 0)
    failed = vips_icc_transform (vips, &srgb, "srgb", "embedded", TRUE,
                                 "intent", VIPS_INTENT_RELATIVE,
                                 "black_point_compensation", TRUE, "depth", 8, NULL);
  else
    failed = vips_colourspace (vips, &srgb, VIPS_INTERPRETATION_sRGB, NULL);

  return failed == 0 ? srgb : NULL;
}

static VipsImage *
scale (VipsImage *vips,
       int        width,
       int        height)
{
  VipsImage *scaled = NULL;

  if (vips_resize (vips, &scaled, (double) width / vips_image_get_width (vips),
                   "vscale", (double) height / vips_image_get_height (vips), NULL) != 0)
    return NULL;

  return scaled;
}

/* The picture in its window: around it white, beyond the edges nothing. */
static VipsImage *
frame (VipsImage                *scaled,
       const ReshootPreparation *how)
{
  VipsImage *framed = NULL;
  VipsArrayDouble *white;
  int failed;

  if (how->window.width == how->width && how->window.height == how->height)
    return g_object_ref (scaled);

  white = vips_array_double_newv (1, 255.0);
  failed = vips_embed (scaled, &framed, how->window.x, how->window.y, how->width, how->height,
                       "extend", VIPS_EXTEND_BACKGROUND, "background", white, NULL);
  vips_area_unref (VIPS_AREA (white));

  return failed == 0 ? framed : NULL;
}

static VipsImage *
prepare (VipsImage                *vips,
         const ReshootPreparation *how)
{
  g_autoptr (VipsImage) flat = flatten_on_white (vips);
  g_autoptr (VipsImage) srgb = flat != NULL ? convert_to_srgb (flat) : NULL;
  g_autoptr (VipsImage) scaled = NULL;
  g_autoptr (VipsImage) framed = NULL;
  VipsImage *bare = NULL;

  if (srgb != NULL)
    scaled = scale (srgb, how->window.width, how->window.height);
  if (scaled != NULL)
    framed = frame (scaled, how);
  if (framed == NULL || vips_copy (framed, &bare, NULL) != 0)
    return NULL;

  vips_image_remove (bare, VIPS_META_ICC_NAME);
  return bare;
}

/**
 * reshoot_image_prepare:
 * @self: a picture
 * @width: wanted, in pixels
 * @height: wanted, in pixels; where the shape differs the picture is stretched
 * @format: how to encode it
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * As [method@Image.prepare_in], with all of what is made for the picture.
 *
 * Returns: (transfer full): a new picture of that size, or %NULL
 */
ReshootImage *
reshoot_image_prepare (ReshootImage        *self,
                       int                  width,
                       int                  height,
                       ReshootImageFormat   format,
                       GCancellable        *cancellable,
                       GError             **error)
{
  ReshootPreparation how = { width, height, { 0, 0, width, height }, format, 0 };

  return reshoot_image_prepare_in (self, &how, cancellable, error);
}

/**
 * reshoot_image_prepare_in:
 * @self: a picture
 * @how: size, place and format
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Makes what is sent to a service: 8-bit sRGB without profile and notes, transparency on white. Blocks: for a worker
 * thread.
 *
 * Errors: %RESHOOT_ERROR_CORRUPT for a picture that was not checked, %RESHOOT_ERROR_FAILED.
 *
 * Returns: (transfer full): a new picture, or %NULL
 */
ReshootImage *
reshoot_image_prepare_in (ReshootImage              *self,
                          const ReshootPreparation  *how,
                          GCancellable              *cancellable,
                          GError                   **error)
{
  g_autoptr (VipsImage) vips = NULL;
  g_autoptr (VipsImage) ready = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), NULL);
  g_return_val_if_fail (how->width > 0 && how->height > 0, NULL);
  g_return_val_if_fail (how->window.width > 0 && how->window.height > 0, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  vips = reshoot_image_dup_vips (self, error);
  if (vips == NULL)
    return NULL;

  ready = prepare (vips, how);
  if (ready == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  bytes = reshoot_image_encode (ready, how->format, how->quality, TRUE, cancellable, error);
  return bytes != NULL ? reshoot_image_new_from_bytes (bytes, NULL, error) : NULL;
}

/* Of what is made, as a share: a part is shown with as much around it on either side as half of it. */
#define PART_SHARE 0.5

/* Along one side: how far what is made begins before the picture, in its pixels. */
static int
place_part (double scale,
            int    made,
            int    start,
            int    length,
            int    whole)
{
  double from = scale * (start + length / 2.0) - made / 2.0;
  double most = scale * whole - made;

  return most > 0 ? (int) lround (-CLAMP (from, 0, most)) : (int) lround (-most / 2);
}

/**
 * reshoot_preparation_show_part:
 * @self: how a picture is to be prepared, of which the size is set
 * @part: what may change of the picture, in its pixels
 * @width: of the picture, in pixels
 * @height: of the picture, in pixels
 *
 * Sets the window so that a service sees the part as large as it can be, with enough around it to go by: all pixels of
 * a small part, and never more of them than there are. [func@land] with the same preparation brings the reply home to
 * where the part was cut out.
 */
void
reshoot_preparation_show_part (ReshootPreparation *self,
                               const ReshootBox   *part,
                               int                 width,
                               int                 height)
{
  double whole, scale;

  g_return_if_fail (self->width > 0 && self->height > 0);
  g_return_if_fail (part->width > 0 && part->height > 0);

  whole = MIN ((double) self->width / width, (double) self->height / height);
  scale = PART_SHARE * MIN ((double) self->width / part->width,
                            (double) self->height / part->height);
  scale = MAX (MIN (scale, 1), whole);

  self->window.x = place_part (scale, self->width, part->x, part->width, width);
  self->window.y = place_part (scale, self->height, part->y, part->height, height);
  self->window.width = MAX ((int) lround (scale * width), 1);
  self->window.height = MAX ((int) lround (scale * height), 1);
}

/**
 * reshoot_image_cut:
 * @self: a picture
 * @box: which part of it, in pixels
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Makes a picture of a part of another one, without loss. Blocks: for a worker thread.
 *
 * Errors: %RESHOOT_ERROR_CORRUPT for a picture that was not checked, %RESHOOT_ERROR_FAILED.
 *
 * Returns: (transfer full): a PNG of that part, or %NULL
 */
ReshootImage *
reshoot_image_cut (ReshootImage      *self,
                   const ReshootBox  *box,
                   GCancellable      *cancellable,
                   GError           **error)
{
  g_autoptr (VipsImage) vips = NULL;
  g_autoptr (VipsImage) part = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), NULL);

  vips = reshoot_image_dup_vips (self, error);
  if (vips == NULL)
    return NULL;

  if (vips_extract_area (vips, &part, box->x, box->y, box->width, box->height, NULL) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  bytes = reshoot_image_encode (part, RESHOOT_IMAGE_FORMAT_PNG, 0, FALSE, cancellable, error);
  return bytes != NULL ? reshoot_image_new_from_bytes (bytes, NULL, error) : NULL;
}
