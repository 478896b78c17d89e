/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The door between a picture and libvips: pixels out, pixels in. Whatever a file holds, lying on its side too, what
 * comes out is upright RGB or RGBA of 8 or 16 bits, with the profile its numbers are in. It hides encoders and their
 * settings. */

#include "reshoot-image-vips.h"

#include "reshoot-bytes.h"
#include "reshoot-image-private.h"

#include <string.h>

#define DEFAULT_QUALITY 92

/**
 * reshoot_set_vips_error:
 * @error: (out) (optional): where to put the new error
 * @subject: (nullable): what it is about
 *
 * Takes what libvips has to say as the detail of a %RESHOOT_ERROR_FAILED. libvips has one buffer for all threads, so
 * the text may tell of another thread's trouble: it is for the log.
 */
void
reshoot_set_vips_error (GError     **error,
                        const char  *subject)
{
  g_autofree char *detail = vips_error_buffer_copy ();

  vips_error_clear ();
  reshoot_set_error (error, RESHOOT_ERROR_FAILED, "libvips", subject, "%s", g_strstrip (detail));
}

static VipsImage *
decode (ReshootImage *self,
        GCancellable *cancellable)
{
  const ReshootImageHeader *header = reshoot_image_get_header (self);
  g_autoptr (VipsImage) file = NULL;
  g_autoptr (VipsImage) colour = NULL;
  g_autoptr (VipsImage) memory = NULL;
  g_autoptr (VipsImage) upright = NULL;
  gulong handler;

  file = reshoot_image_open_bytes (reshoot_image_get_bytes (self), header->format, 1);
  if (file == NULL)
    return NULL;

  colour = reshoot_image_normalise (file);
  if (colour == NULL)
    return NULL;

  handler = reshoot_image_kill_on_cancel (file, cancellable);
  memory = vips_image_copy_memory (colour);
  g_cancellable_disconnect (cancellable, handler);
  if (memory == NULL || header->orientation <= 1)
    return g_steal_pointer (&memory);

  if (vips_autorot (memory, &upright, NULL) != 0)
    return NULL;

  return vips_image_copy_memory (upright);
}

/* What reshoot_image_dup_vips() gives, and gives up when it is cancelled. The memory is the caller's own. */
VipsImage *
reshoot_image_decode (ReshootImage  *self,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (VipsImage) vips = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  vips_error_clear ();
  vips = decode (self, cancellable);

  /* A killed decoding need not have failed: what came of it is not whole. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (vips == NULL)
    reshoot_image_set_damaged_error (error, self);
  return g_steal_pointer (&vips);
}

/**
 * reshoot_image_dup_vips:
 * @self: a picture
 * @error: return location for an error
 *
 * Decodes into memory. Blocks: for a worker thread.
 *
 * Errors: %RESHOOT_ERROR_CORRUPT, reason "damaged". A picture that passed [method@Image.check] has none.
 *
 * Returns: (transfer full): upright RGB or RGBA, 8 bit (sRGB) or 16 bit (RGB16), not premultiplied, with the ICC
 *   profile that its numbers are in, if the file names one; without one they are sRGB
 */
VipsImage *
reshoot_image_dup_vips (ReshootImage  *self,
                        GError       **error)
{
  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), NULL);

  return reshoot_image_decode (self, NULL, error);
}

static void *
list_field_cb (VipsImage  *vips,
               const char *field,
               GValue     *value,
               void       *user_data)
{
  g_ptr_array_add (user_data, g_strdup (field));
  return NULL;
}

/* A picture that was edited has another thumbnail than the one in its EXIF, and is upright. What else tells of the
 * person, the camera or the place goes if it is @private_. libvips keeps its own fields (size, bands) by itself. */
static void
drop_fields (VipsImage *vips,
             gboolean   private_)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);

  vips_image_map (vips, list_field_cb, fields);
  for (guint i = 0; i < fields->len; i++)
    {
      const char *field = g_ptr_array_index (fields, i);
      gboolean stale = g_str_has_prefix (field, "jpeg-thumbnail") || g_str_has_prefix (field, "exif-ifd1");

      if (stale || (private_ && strcmp (field, VIPS_META_ICC_NAME) != 0))
        vips_image_remove (vips, field);
    }

  vips_autorot_remove_angle (vips);
}

/* An AV1 encoder with all its efforts takes minutes for 24 megapixels; with few the file is a little larger. */
static int
write_avif (VipsImage  *vips,
            int         quality,
            gboolean    private_,
            void      **data,
            gsize      *length)
{
  VipsForeignSubsample subsample = VIPS_FOREIGN_SUBSAMPLE_ON;

  if (quality >= 90)
    subsample = VIPS_FOREIGN_SUBSAMPLE_OFF;

  return vips_heifsave_buffer (vips, data, length, "Q", quality, "compression", VIPS_FOREIGN_HEIF_COMPRESSION_AV1,
                               "effort", 2, "subsample_mode", subsample, "strip", private_, NULL);
}

/* libvips writes the bare picture; what it says of itself goes into a box around it. */
static int
write_jxl (VipsImage  *vips,
           int         quality,
           void      **data,
           gsize      *length)
{
  if (vips_jxlsave_buffer (vips, data, length, "Q", quality, NULL) != 0)
    return -1;

  reshoot_image_wrap_jxl (vips, data, length);
  return 0;
}

static int
write_tiff (VipsImage  *vips,
            void      **data,
            gsize      *length)
{
  if (vips_tiffsave_buffer (vips, data, length, "compression", VIPS_FOREIGN_TIFF_COMPRESSION_LZW,
                            "predictor", VIPS_FOREIGN_TIFF_PREDICTOR_HORIZONTAL, NULL) != 0)
    return -1;

  reshoot_image_add_exif (vips, data, length);
  return 0;
}

static int
write_format (VipsImage           *vips,
              ReshootImageFormat   format,
              int                  quality,
              gboolean             private_,
              void               **data,
              gsize               *length)
{
  VipsForeignSubsample subsample = VIPS_FOREIGN_SUBSAMPLE_ON;
  gboolean plain = quality == RESHOOT_IMAGE_PLAIN;

  if (quality >= 90)
    subsample = VIPS_FOREIGN_SUBSAMPLE_OFF;

  switch (format)
    {
    case RESHOOT_IMAGE_FORMAT_PNG:
      return vips_pngsave_buffer (vips, data, length, "compression", plain ? 0 : 1,
                                  "filter", plain ? VIPS_FOREIGN_PNG_FILTER_NONE : VIPS_FOREIGN_PNG_FILTER_UP,
                                  NULL);
    case RESHOOT_IMAGE_FORMAT_JPEG:
      return vips_jpegsave_buffer (vips, data, length, "Q", quality, "subsample_mode", subsample, NULL);
    case RESHOOT_IMAGE_FORMAT_WEBP:
      return vips_webpsave_buffer (vips, data, length, "Q", quality, NULL);
    case RESHOOT_IMAGE_FORMAT_TIFF:
      return write_tiff (vips, data, length);
    case RESHOOT_IMAGE_FORMAT_AVIF:
      return write_avif (vips, quality, private_, data, length);
    case RESHOOT_IMAGE_FORMAT_JXL:
      return write_jxl (vips, quality, data, length);
    default:
      g_assert_not_reached ();
      return -1;
    }
}

/* libvips adds EXIF of its own accord. */
static GBytes *
take_encoded (void               *data,
              gsize               length,
              ReshootImageFormat  format,
              gboolean            private_)
{
  g_autoptr (GBytes) bytes = reshoot_bytes_new_take (data, length);
  GBytes *stripped = private_ ? reshoot_image_strip (bytes, format) : NULL;

  return stripped != NULL ? stripped : g_steal_pointer (&bytes);
}

/* @quality: 0 for what is usual, or RESHOOT_IMAGE_PLAIN. @private_: whether to keep nothing but pixels and profile. */
GBytes *
reshoot_image_encode (VipsImage           *vips,
                      ReshootImageFormat   format,
                      int                  quality,
                      gboolean             private_,
                      GCancellable        *cancellable,
                      GError             **error)
{
  g_autoptr (VipsImage) ready = NULL;
  void *data = NULL;
  gsize length;
  gulong handler;
  int failed = -1;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (quality != RESHOOT_IMAGE_PLAIN)
    quality = quality > 0 ? MIN (quality, 100) : DEFAULT_QUALITY;

  vips_error_clear ();
  /* A copy of our own: fields are dropped from it, and it is what a cancellation kills. */
  if (format == RESHOOT_IMAGE_FORMAT_JPEG && vips_image_hasalpha (vips))
    ready = reshoot_image_flatten (vips);
  else
    vips_copy (vips, &ready, NULL);

  if (ready != NULL)
    {
      drop_fields (ready, private_);
      handler = reshoot_image_kill_on_cancel (ready, cancellable);
      failed = write_format (ready, format, quality, private_, &data, &length);
      g_cancellable_disconnect (cancellable, handler);
    }

  /* Not every encoder of libvips answers a kill with an error: a cancelled result is never taken for a whole one. */
  if (failed == 0 && !g_cancellable_is_cancelled (cancellable))
    return take_encoded (data, length, format, private_);

  g_free (data);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    reshoot_set_vips_error (error, NULL);
  return NULL;
}

/* A picture that is known by the @digest of what it was made from. Its profile and its notes stay. */
ReshootImage *
reshoot_image_new_rendering (VipsImage     *vips,
                             const char    *digest,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr (GBytes) bytes = NULL;

  bytes = reshoot_image_encode (vips, RESHOOT_IMAGE_FORMAT_PNG, RESHOOT_IMAGE_PLAIN, FALSE,
                                cancellable, error);
  return bytes != NULL ? reshoot_image_new_from_rendered (bytes, digest, error) : NULL;
}

/**
 * reshoot_image_new_from_vips:
 * @vips: an upright picture; its profile and its notes (EXIF, XMP) are kept, an orientation is not
 * @format: how to encode it
 * @quality: 1–100 for JPEG and WebP, 0 for what is usual; from 90 on JPEG keeps colour at full size
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Encodes. JPEG has no transparency: it is laid on white. Blocks: for a worker thread.
 *
 * Errors: %RESHOOT_ERROR_FAILED, and %RESHOOT_ERROR_TOO_LARGE where the result is.
 *
 * Returns: (transfer full): a new picture
 */
ReshootImage *
reshoot_image_new_from_vips (VipsImage           *vips,
                             ReshootImageFormat   format,
                             int                  quality,
                             GCancellable        *cancellable,
                             GError             **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (VIPS_IS_IMAGE (vips), NULL);

  /* The class starts libvips as we want it, also where this is the first picture. */
  g_type_ensure (RESHOOT_TYPE_IMAGE);
  bytes = reshoot_image_encode (vips, format, quality, FALSE, cancellable, error);
  return bytes != NULL ? reshoot_image_new_from_bytes (bytes, NULL, error) : NULL;
}
