/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes out of an encoded picture what tells of the person, the camera and the place, and leaves the pixels as they are
 * encoded, to the last bit. What stays is a list of what is needed to show the picture; everything else goes, known or
 * not, and so does whatever hangs on behind the end. TIFF is not for it: its parts point at each other. */

#include "reshoot-image-private.h"

#include <string.h>

typedef struct
{
  const guint8 *data;
  gsize         length;
  gsize         at;
} Cursor;

static void
keep (GByteArray   *out,
      const Cursor *in,
      gsize         length)
{
  g_byte_array_append (out, in->data + in->at, (guint) MIN (length, in->length - in->at));
}

static guint32
read_be32 (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

static guint32
read_le32 (const guint8 *data)
{
  return (guint32) data[3] << 24 | (guint32) data[2] << 16 | (guint32) data[1] << 8 | data[0];
}

/* The segment's name stands behind marker and length. */
static gboolean
is_named (const Cursor *in,
          gsize         length,
          const char   *name)
{
  gsize n = strlen (name) + 1;

  return length >= 4 + n && memcmp (in->data + in->at + 4, name, n) == 0;
}

static gboolean
is_needed_segment (const Cursor *in,
                   gsize         length)
{
  guint marker = in->data[in->at + 1];

  if (marker == 0xe0)
    return is_named (in, length, "JFIF");
  if (marker == 0xe2)
    return is_named (in, length, "ICC_PROFILE");
  if (marker == 0xee)  /* which kind of colour: its name has no zero at its end */
    return length >= 9 && memcmp (in->data + in->at + 4, "Adobe", 5) == 0;

  return !(marker >= 0xe0 && marker <= 0xef) && marker != 0xfe;
}

/* The next marker of a scan: neither a stuffed zero nor a restart. */
static gsize
find_scan_end (const Cursor *in)
{
  gsize i = in->at;

  while (i + 1 < in->length
         && !(in->data[i] == 0xff && in->data[i + 1] != 0x00 && in->data[i + 1] != 0xff
              && !(in->data[i + 1] >= 0xd0 && in->data[i + 1] <= 0xd7)))
    i++;

  return i + 1 < in->length ? i : in->length;
}

static gboolean
strip_jpeg (Cursor     *in,
            GByteArray *out)
{
  keep (out, in, 2);
  in->at = 2;

  while (in->at + 4 <= in->length && in->data[in->at] == 0xff && in->data[in->at + 1] != 0xd9)
    {
      gsize length = 2 + ((gsize) in->data[in->at + 2] << 8 | in->data[in->at + 3]);
      gboolean is_scan = in->data[in->at + 1] == 0xda;

      if (in->data[in->at + 1] == 0xff)  /* fill */
        {
          in->at++;
          continue;
        }

      if (length > in->length - in->at)
        return FALSE;

      if (is_needed_segment (in, length))
        keep (out, in, length);
      in->at += length;

      if (is_scan)
        {
          gsize end = find_scan_end (in);

          keep (out, in, end - in->at);
          in->at = end;
        }
    }

  if (in->at + 2 > in->length || in->data[in->at] != 0xff || in->data[in->at + 1] != 0xd9)
    return FALSE;

  keep (out, in, 2);
  return TRUE;
}

static gboolean
is_one_of (const guint8 *name,
           const char   *names)
{
  for (; *names != '\0'; names += 5)
    if (memcmp (name, names, 4) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
strip_png (Cursor     *in,
           GByteArray *out)
{
  keep (out, in, 8);
  in->at = 8;

  while (in->at + 12 <= in->length)
    {
      const guint8 *name = in->data + in->at + 4;
      gsize length = (gsize) read_be32 (in->data + in->at) + 12;

      if (length > in->length - in->at)
        return FALSE;

      if (is_one_of (name, "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT pHYs "))
        keep (out, in, length);
      in->at += length;

      if (memcmp (name, "IEND", 4) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
strip_webp (Cursor     *in,
            GByteArray *out)
{
  gsize end = MIN ((gsize) read_le32 (in->data + 4) + 8, in->length);
  guint32 size;

  keep (out, in, 12);
  in->at = 12;

  while (in->at + 8 <= end)
    {
      const guint8 *name = in->data + in->at;
      gsize length = (gsize) read_le32 (name + 4) + 8;

      length += length & 1;
      if (is_one_of (name, "VP8  VP8L VP8X ALPH ICCP ANIM ANMF "))
        {
          guint flags = out->len + 8;

          keep (out, in, length);
          if (memcmp (name, "VP8X", 4) == 0 && out->len > flags)
            out->data[flags] &= (guint8) ~(0x08 | 0x04);  /* it has EXIF; it has XMP */
        }

      if (length > in->length - in->at)
        break;
      in->at += length;
    }

  size = GUINT32_TO_LE (out->len - 8);
  memcpy (out->data + 4, &size, 4);
  return TRUE;
}

/* Of a whole picture; NULL for TIFF and for one that is put together in a way that we do not follow. */
GBytes *
reshoot_image_strip (GBytes             *bytes,
                     ReshootImageFormat  format)
{
  Cursor in = { NULL, 0, 0 };
  GByteArray *out;
  gboolean stripped = FALSE;

  in.data = g_bytes_get_data (bytes, &in.length);
  out = g_byte_array_sized_new ((guint) in.length);

  if (format == RESHOOT_IMAGE_FORMAT_JPEG)
    stripped = strip_jpeg (&in, out);
  else if (format == RESHOOT_IMAGE_FORMAT_PNG)
    stripped = strip_png (&in, out);
  else if (format == RESHOOT_IMAGE_FORMAT_WEBP)
    stripped = strip_webp (&in, out);

  if (stripped)
    return g_byte_array_free_to_bytes (out);

  g_byte_array_unref (out);
  return NULL;
}
