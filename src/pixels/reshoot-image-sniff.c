/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What bytes are by their first few, and how large a picture they claim to be. Nothing here trusts a length it did
 * not check. */

#include "reshoot-image-private.h"

#include <string.h>

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

gboolean
reshoot_image_sniff (GBytes              *bytes,
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
void
reshoot_image_peek_size (GBytes             *bytes,
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
