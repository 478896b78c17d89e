/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Puts an XMP packet into the bytes of an encoded picture, in place of the one that is there, and touches nothing else:
 * a JPEG loses no quality by it. The bytes have passed the gate, but no length in them is trusted. */

#include "reshoot-mark-private.h"

#include "reshoot-image-private.h"

#include <string.h>

#define PNG_KEYWORD "XML:com.adobe.xmp"
#define JPEG_NAME "http://ns.adobe.com/xap/1.0/"

/* A JPEG's segment counts its own two bytes of length. */
#define JPEG_SEGMENT_MAX 65533

#define TIFF_TAG_XMP 700
#define TIFF_TYPE_BYTE 1

static guint64
read_number (const guint8 *at,
             guint         n_bytes,
             gboolean      big)
{
  guint64 number = 0;

  for (guint i = 0; i < n_bytes; i++)
    number |= (guint64) at[i] << 8 * (big ? n_bytes - 1 - i : i);

  return number;
}

static void
append_number (GByteArray *out,
               guint64     number,
               guint       n_bytes,
               gboolean    big)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8) (number >> 8 * (big ? n_bytes - 1 - i : i));

      g_byte_array_append (out, &byte, 1);
    }
}

static void
append_text (GByteArray *out,
             const char *text,
             gsize       length)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

/* As PNG wants it (ISO 3309), a bit at a time: a packet is short. */
static guint32
get_crc (const guint8 *data,
         gsize         length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (0xedb88320 & -(crc & 1));
    }

  return ~crc;
}

static void
append_png_packet (GByteArray *out,
                   const char *packet)
{
  guint start;

  /* Behind the keyword: not compressed, by no method, in no language, not translated. */
  append_number (out, sizeof PNG_KEYWORD + 4 + strlen (packet), 4, TRUE);
  start = out->len;
  append_text (out, "iTXt" PNG_KEYWORD, 4 + sizeof PNG_KEYWORD);
  append_number (out, 0, 4, TRUE);
  append_text (out, packet, strlen (packet));
  append_number (out, get_crc (out->data + start, out->len - start), 4, TRUE);
}

static gboolean
put_png (const guint8 *data,
         gsize         length,
         const char   *packet,
         GByteArray   *out)
{
  gsize at = 8;
  gboolean is_put = FALSE;

  g_byte_array_append (out, data, 8);
  while (at + 12 <= length)
    {
      gsize chunk = (gsize) read_number (data + at, 4, TRUE) + 12;
      const guint8 *name = data + at + 4;

      if (chunk > length - at)
        return FALSE;

      if (memcmp (name, "iTXt", 4) != 0 || chunk < 12 + sizeof PNG_KEYWORD ||
          memcmp (name + 4, PNG_KEYWORD, sizeof PNG_KEYWORD) != 0)
        g_byte_array_append (out, data + at, (guint) chunk);

      if (!is_put && memcmp (name, "IHDR", 4) == 0)
        {
          append_png_packet (out, packet);
          is_put = TRUE;
        }

      at += chunk;
    }

  /* What hangs on behind the end stays there. */
  g_byte_array_append (out, data + at, (guint) (length - at));
  return is_put;
}

/* Behind JFIF and EXIF, which want to be first, and before everything else. */
static gboolean
put_jpeg (const guint8 *data,
          gsize         length,
          const char   *packet,
          GByteArray   *out)
{
  gsize size = 2 + sizeof JPEG_NAME + strlen (packet);
  gsize at = 2;
  gboolean is_put = FALSE;

  if (size > JPEG_SEGMENT_MAX)
    return FALSE;

  g_byte_array_append (out, data, 2);
  while (at + 4 <= length && data[at] == 0xff)
    {
      guint marker = data[at + 1];
      gsize segment = 2 + (gsize) read_number (data + at + 2, 2, TRUE);
      gboolean is_xmp;

      /* Fill: the marker comes later. */
      if (marker == 0xff)
        {
          at++;
          continue;
        }

      if (segment > length - at)
        return FALSE;

      is_xmp = marker == 0xe1 && segment >= 4 + sizeof JPEG_NAME &&
               memcmp (data + at + 4, JPEG_NAME, sizeof JPEG_NAME) == 0;
      if (!is_put && !is_xmp && marker != 0xe0 && marker != 0xe1)
        {
          append_number (out, 0xffe1, 2, TRUE);
          append_number (out, size, 2, TRUE);
          append_text (out, JPEG_NAME, sizeof JPEG_NAME);
          append_text (out, packet, strlen (packet));
          is_put = TRUE;
        }

      /* From the first scan on there are pixels. */
      if (marker == 0xda)
        break;

      if (!is_xmp)
        g_byte_array_append (out, data + at, (guint) segment);
      at += segment;
    }

  g_byte_array_append (out, data + at, (guint) (length - at));
  return is_put;
}

/* A file without extensions gets the chunk that announces them. */
static gboolean
append_webp_header (GByteArray   *out,
                    const guint8 *data,
                    gsize         length)
{
  const guint8 *chunk = data + 12;
  guint64 width, height;
  gboolean alpha = FALSE;

  if (length < 30)
    return FALSE;

  if (memcmp (chunk, "VP8X", 4) == 0)
    return TRUE;

  if (memcmp (chunk, "VP8L", 4) == 0)
    {
      guint64 bits = read_number (chunk + 9, 4, FALSE);

      width = (bits & 0x3fff) + 1;
      height = (bits >> 14 & 0x3fff) + 1;
      alpha = (bits >> 28 & 1) != 0;
    }
  else if (memcmp (chunk, "VP8 ", 4) == 0)
    {
      width = read_number (chunk + 14, 2, FALSE) & 0x3fff;
      height = read_number (chunk + 16, 2, FALSE) & 0x3fff;
    }
  else
    return FALSE;

  if (width == 0 || height == 0)
    return FALSE;

  append_text (out, "VP8X", 4);
  append_number (out, 10, 4, FALSE);
  append_number (out, alpha ? 0x10 : 0, 4, FALSE);
  append_number (out, width - 1, 3, FALSE);
  append_number (out, height - 1, 3, FALSE);
  return TRUE;
}

static gboolean
put_webp (const guint8 *data,
          gsize         length,
          const char   *packet,
          GByteArray   *out)
{
  gsize end = MIN ((gsize) read_number (data + 4, 4, FALSE) + 8, length);
  gsize at = 12;
  guint32 size;

  g_byte_array_append (out, data, 12);
  if (!append_webp_header (out, data, length))
    return FALSE;

  while (at + 8 <= end)
    {
      gsize chunk = (gsize) read_number (data + at + 4, 4, FALSE) + 8;

      chunk = MIN (chunk + (chunk & 1), end - at);
      if (memcmp (data + at, "XMP ", 4) != 0)
        g_byte_array_append (out, data + at, (guint) chunk);
      at += chunk;
    }

  if (out->len % 2 != 0)
    append_number (out, 0, 1, FALSE);

  append_text (out, "XMP ", 4);
  append_number (out, strlen (packet), 4, FALSE);
  append_text (out, packet, strlen (packet));
  if (out->len % 2 != 0)
    append_number (out, 0, 1, FALSE);

  /* It has XMP now. */
  out->data[20] |= 0x04;
  size = GUINT32_TO_LE (out->len - 8);
  memcpy (out->data + 4, &size, 4);
  return TRUE;
}

/* The parts of a TIFF point at each other, so nothing can move: packet and a new list of tags are put behind the end,
 * and the header points at them. */
static gboolean
put_tiff (const guint8 *data,
          gsize         length,
          const char   *packet,
          GByteArray   *out)
{
  gboolean big = data[0] == 'M';
  gboolean wide = length >= 16 && data[big ? 3 : 2] == 43;
  guint offset_size = wide ? 8 : 4;
  guint count_size = wide ? 8 : 2;
  guint entry_size = wide ? 20 : 12;
  gsize header = wide ? 8 : 4;
  guint64 list = length >= 16 ? read_number (data + header, offset_size, big) : 0;
  guint64 n, packet_at, list_at;
  gboolean is_put = FALSE;
  gsize at;

  if (list < 8 || list > length || length - list < count_size)
    return FALSE;

  n = read_number (data + list, count_size, big);
  if (n > 4096 || length - list - count_size < n * entry_size + offset_size)
    return FALSE;

  g_byte_array_append (out, data, (guint) length);
  append_number (out, 0, length % 2, big);
  packet_at = out->len;
  append_text (out, packet, strlen (packet));
  append_number (out, 0, out->len % 2, big);

  list_at = out->len;
  append_number (out, 0, count_size, big);
  at = (gsize) list + count_size;
  for (guint64 i = 0; i <= n; i++, at += entry_size)
    {
      guint64 tag = i < n ? read_number (data + at, 2, big) : G_MAXUINT64;

      if (!is_put && tag >= TIFF_TAG_XMP)
        {
          append_number (out, TIFF_TAG_XMP, 2, big);
          append_number (out, TIFF_TYPE_BYTE, 2, big);
          append_number (out, strlen (packet), offset_size, big);
          append_number (out, packet_at, offset_size, big);
          is_put = TRUE;
        }

      if (i < n && tag != TIFF_TAG_XMP)
        g_byte_array_append (out, data + at, entry_size);
    }

  n = (out->len - list_at - count_size) / entry_size;
  g_byte_array_append (out, data + list + count_size +
                       read_number (data + list, count_size, big) * entry_size, offset_size);

  for (guint i = 0; i < count_size; i++)
    out->data[list_at + i] = (guint8) (n >> 8 * (big ? count_size - 1 - i : i));
  for (guint i = 0; i < offset_size; i++)
    out->data[header + i] = (guint8) (list_at >> 8 * (big ? offset_size - 1 - i : i));

  return TRUE;
}

/*
 * reshoot_mark_put_packet:
 * @bytes: a picture that passed the gate
 * @format: its format
 * @packet: XMP
 *
 * Returns: (transfer full) (nullable): the picture with @packet; %NULL: there is no room for it
 */
GBytes *
reshoot_mark_put_packet (GBytes             *bytes,
                         ReshootImageFormat  format,
                         const char         *packet)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint) (length + strlen (packet) + 256));
  gboolean is_put = FALSE;

  if (length < 16)
    return NULL;

  switch (format)
    {
    case RESHOOT_IMAGE_FORMAT_PNG:
      is_put = put_png (data, length, packet, out);
      break;
    case RESHOOT_IMAGE_FORMAT_JPEG:
      is_put = put_jpeg (data, length, packet, out);
      break;
    case RESHOOT_IMAGE_FORMAT_WEBP:
      is_put = put_webp (data, length, packet, out);
      break;
    case RESHOOT_IMAGE_FORMAT_TIFF:
      is_put = put_tiff (data, length, packet, out);
      break;
    case RESHOOT_IMAGE_FORMAT_AVIF:
    case RESHOOT_IMAGE_FORMAT_JXL:
    default:
      g_assert_not_reached ();
    }

  return is_put ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}
