/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one gate for foreign bytes: how large is it, may it come in? All of it is answered from the header, before a
 * pixel is decoded. It hides libvips' loaders, which it names itself: libvips never gets to choose one. The
 * signatures of formats are in reshoot-image-sniff.c. */

#include "reshoot-image-private.h"

#define MAX_BYTES (256u * 1024 * 1024)
#define MAX_PIXELS 250000000
#define MAX_SIDE 65500  /* in pixels: the most that a JPEG can hold */

static gboolean
check_pixels (guint64      width,
              guint64      height,
              const char  *name,
              GError     **error)
{
  if (width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_TOO_LARGE, "pixels", name,
                     "%" G_GUINT64_FORMAT " x %" G_GUINT64_FORMAT " pixels; at most %d in all and %d a side",
                     width, height, MAX_PIXELS, MAX_SIDE);
  return FALSE;
}

/* Whether so many foreign bytes may come in; asked of a file before it is read. */
gboolean
reshoot_image_check_size (guint64      n_bytes,
                          const char  *name,
                          GError     **error)
{
  if (n_bytes <= MAX_BYTES)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_TOO_LARGE, "bytes", name,
                     "%" G_GUINT64_FORMAT " bytes; at most %u", n_bytes, MAX_BYTES);
  return FALSE;
}

static gboolean
check_end (GBytes              *bytes,
           ReshootImageFormat   format,
           const char          *name,
           GError             **error)
{
  if (reshoot_image_has_end (bytes, format))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "truncated", name,
                     "no end after %" G_GSIZE_FORMAT " bytes", g_bytes_get_size (bytes));
  return FALSE;
}

/* Takes what libvips has to say as the detail. */
void
reshoot_image_set_bytes_error (GError      **error,
                               const char   *name)
{
  g_autofree char *detail = vips_error_buffer_copy ();

  vips_error_clear ();
  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "damaged", name, "%s", g_strstrip (detail));
}

/* Reads the header; pixels come when they are asked for, once, from top to bottom, and an error in them is one. The
 * picture keeps @bytes.
 * @shrink: 1, or for JPEG alone 2, 4 or 8. Returns NULL with libvips' error buffer set. */
VipsImage *
reshoot_image_open_bytes (GBytes             *bytes,
                          ReshootImageFormat  format,
                          int                 shrink)
{
  VipsImage *vips = NULL;
  gsize length;
  void *data = (void *) g_bytes_get_data (bytes, &length);
  int failed = -1;

  switch (format)
    {
    case RESHOOT_IMAGE_FORMAT_PNG:
      failed = vips_pngload_buffer (data, length, &vips, "fail_on", VIPS_FAIL_ON_ERROR,
                                    "access", VIPS_ACCESS_SEQUENTIAL, NULL);
      break;
    case RESHOOT_IMAGE_FORMAT_JPEG:
      failed = vips_jpegload_buffer (data, length, &vips, "fail_on", VIPS_FAIL_ON_ERROR, "shrink", shrink,
                                     "access", VIPS_ACCESS_SEQUENTIAL, NULL);
      break;
    case RESHOOT_IMAGE_FORMAT_WEBP:
      failed = vips_webpload_buffer (data, length, &vips, "fail_on", VIPS_FAIL_ON_ERROR,
                                     "access", VIPS_ACCESS_SEQUENTIAL, NULL);
      break;
    case RESHOOT_IMAGE_FORMAT_TIFF:
      failed = vips_tiffload_buffer (data, length, &vips, "fail_on", VIPS_FAIL_ON_ERROR,
                                     "access", VIPS_ACCESS_SEQUENTIAL, NULL);
      break;
    case RESHOOT_IMAGE_FORMAT_AVIF:
    case RESHOOT_IMAGE_FORMAT_JXL:
    default:
      g_assert_not_reached ();
    }

  if (failed != 0)
    return NULL;

  g_object_set_data_full (G_OBJECT (vips), "reshoot-bytes", g_bytes_ref (bytes),
                          (GDestroyNotify) g_bytes_unref);
  return vips;
}

static char *
dup_profile_name (VipsImage *vips)
{
  const void *data;
  gsize length;

  if (vips_image_get_typeof (vips, VIPS_META_ICC_NAME) == 0
      || vips_image_get_blob (vips, VIPS_META_ICC_NAME, &data, &length) != 0)
    return NULL;

  return reshoot_profile_dup_name (data, length);
}

static gboolean
is_progressive (VipsImage *vips)
{
  int interlaced = 0;

  return vips_image_get_typeof (vips, "interlaced") != 0
         && vips_image_get_int (vips, "interlaced", &interlaced) == 0 && interlaced != 0;
}

/* The gate itself. On success the caller owns @header->profile_name. */
gboolean
reshoot_image_read_header (GBytes              *bytes,
                           const char          *name,
                           ReshootImageHeader  *header,
                           GError             **error)
{
  g_autoptr (VipsImage) vips = NULL;
  guint32 width;
  guint32 height;

  if (!reshoot_image_sniff (bytes, name, &header->format, error))
    return FALSE;

  reshoot_image_peek_size (bytes, header->format, &width, &height);
  if (!check_pixels (width, height, name, error) || !check_end (bytes, header->format, name, error))
    return FALSE;

  vips_error_clear ();
  vips = reshoot_image_open_bytes (bytes, header->format, 1);
  if (vips == NULL)
    {
      reshoot_image_set_bytes_error (error, name);
      return FALSE;
    }

  header->width = vips_image_get_width (vips);
  header->height = vips_image_get_height (vips);
  if (!check_pixels (header->width, header->height, name, error))
    return FALSE;

  header->orientation = vips_image_get_orientation (vips);
  if (vips_image_get_orientation_swap (vips))
    {
      header->width = vips_image_get_height (vips);
      header->height = vips_image_get_width (vips);
    }

  header->cmyk = vips_image_get_interpretation (vips) == VIPS_INTERPRETATION_CMYK;
  header->has_alpha = vips_image_hasalpha (vips);
  header->progressive = is_progressive (vips);
  header->needs_transform = reshoot_image_needs_transform (vips);
  header->profile_name = dup_profile_name (vips);
  return TRUE;
}
