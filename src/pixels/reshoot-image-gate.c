/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one gate for foreign bytes: what is it, how large is it, may it come in? All of it is answered from the header,
 * before a pixel is decoded. It hides the signatures of formats, libvips' loaders, which it names itself: libvips never
 * gets to choose one. */

#include "reshoot-image-private.h"

#include <string.h>

#define MAX_BYTES (256u * 1024 * 1024)
#define MAX_PIXELS 250000000
#define MAX_SIDE 65500  /* in pixels: the most that a JPEG can hold */

typedef struct
{
  gsize       offset;
  const char *bytes;
  gsize       length;
} Signature;

static const struct
{
  ReshootImageFormat format;
  Signature          signature;
} ours[] = {
  { RESHOOT_IMAGE_FORMAT_PNG, { 0, "\x89PNG", 4 } },
  { RESHOOT_IMAGE_FORMAT_JPEG, { 0, "\xff\xd8\xff", 3 } },
  { RESHOOT_IMAGE_FORMAT_WEBP, { 8, "WEBP", 4 } },
  { RESHOOT_IMAGE_FORMAT_TIFF, { 0, "II*\0", 4 } },
  { RESHOOT_IMAGE_FORMAT_TIFF, { 0, "MM\0*", 4 } },
  { RESHOOT_IMAGE_FORMAT_TIFF, { 0, "II+\0", 4 } },
  { RESHOOT_IMAGE_FORMAT_TIFF, { 0, "MM\0+", 4 } },
};

/* Pictures, but not ours to read: so that the person is told "another format" and not "no picture". */
static const Signature foreign[] = {
  { 0, "GIF8", 4 }, { 0, "BM", 2 }, { 0, "8BPS", 4 }, { 0, "%PDF", 4 }, { 0, "%!PS", 4 },
  { 4, "ftyp", 4 },                   /* HEIC, AVIF, Canon CR3 */
  { 8, "CR\x02", 3 },                 /* Canon CR2, a TIFF outside */
  { 0, "\0\0\1\0", 4 },               /* icon */
  { 0, "\xff\x0a", 2 }, { 4, "JXL ", 4 }, { 4, "jP  ", 4 }, { 0, "\xff\x4f\xff\x51", 4 },
  { 0, "v/1\x01", 4 },                /* OpenEXR */
  { 0, "#?RADIANCE", 10 }, { 0, "qoif", 4 }, { 0, "DDS ", 4 }, { 0, "gimp xcf", 8 },
  { 0, "FUJIFILMCCD-RAW", 15 }, { 0, "IIRO", 4 }, { 0, "IIU\0", 4 }, { 0, "SIMPLE  =", 9 },
};

static gboolean
matches (const Signature *signature,
         const guint8    *data,
         gsize            length)
{
  return length >= signature->offset + signature->length
         && memcmp (data + signature->offset, signature->bytes, signature->length) == 0;
}

/* Formats written as text have no fixed place for their signature. */
static gboolean
is_foreign_text (const guint8 *data,
                 gsize         length)
{
  const char *text = (const char *) data;
  gsize head = MIN (length, 1024);

  /* Portable bitmaps, P1 to P7. */
  if (length >= 3 && text[0] == 'P' && strchr ("1234567", text[1]) != NULL && g_ascii_isspace (text[2]))
    return TRUE;

  return length > 0 && (text[0] == '<' || g_ascii_isspace (text[0]) || data[0] == 0xef)
         && g_strstr_len (text, (gssize) head, "<svg") != NULL;
}

static gboolean
sniff (GBytes              *bytes,
       const char          *name,
       ReshootImageFormat  *format,
       GError             **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gboolean is_picture = is_foreign_text (data, length);

  for (guint i = 0; i < G_N_ELEMENTS (foreign) && !is_picture; i++)
    is_picture = matches (&foreign[i], data, length);

  for (guint i = 0; i < G_N_ELEMENTS (ours) && !is_picture; i++)
    if (matches (&ours[i].signature, data, length))
      {
        *format = ours[i].format;
        return TRUE;
      }

  reshoot_set_error (error, RESHOOT_ERROR_UNSUPPORTED_IMAGE,
                     is_picture ? "other-format" : "not-an-image", name,
                     "%" G_GSIZE_FORMAT " bytes that are no PNG, JPEG, WebP or TIFF", length);
  return FALSE;
}

static guint
read_u16 (const guint8 *data)
{
  return (guint) data[0] << 8 | data[1];
}

/* The frame header of a JPEG stands behind any number of segments. */
static void
peek_jpeg (const guint8 *data,
           gsize         length,
           guint32      *width,
           guint32      *height)
{
  gsize i = 2;

  while (i + 9 <= length && data[i] == 0xff)
    {
      guint marker = data[i + 1];

      if (marker == 0xff)  /* fill */
        {
          i++;
          continue;
        }

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *height = read_u16 (data + i + 5);
          *width = read_u16 (data + i + 7);
          return;
        }

      if (marker == 0xda)
        return;

      i += 2 + read_u16 (data + i + 2);
    }
}

/* Reads the size by ourselves where that is a matter of a few bytes, so that a bomb is called one even if the rest
 * of its header is cut off. Leaves 0 if it is not there; libvips' reading of the header is asked next. */
static void
peek_size (GBytes             *bytes,
           ReshootImageFormat  format,
           guint32            *width,
           guint32            *height)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  *width = 0;
  *height = 0;

  if (format == RESHOOT_IMAGE_FORMAT_PNG && length >= 24 && memcmp (data + 12, "IHDR", 4) == 0)
    {
      *width = (guint32) read_u16 (data + 16) << 16 | read_u16 (data + 18);
      *height = (guint32) read_u16 (data + 20) << 16 | read_u16 (data + 22);
    }
  else if (format == RESHOOT_IMAGE_FORMAT_JPEG)
    {
      peek_jpeg (data, length, width, height);
    }
}

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

/* Whether so many bytes may come in; asked of a file before it is read. */
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

  if (!reshoot_image_check_size (g_bytes_get_size (bytes), name, error)
      || !sniff (bytes, name, &header->format, error))
    return FALSE;

  peek_size (bytes, header->format, &width, &height);
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
