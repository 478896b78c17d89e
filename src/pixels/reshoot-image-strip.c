/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Walks through the parts that an encoded picture consists of, up to its end, if it has one. On the way it can leave
 * out what tells of the person, the camera and the place; the pixels stay as they are encoded, to the last bit. What is
 * kept is a list of what is needed to show the picture; everything else goes, known or not, and so does whatever hangs
 * on behind the end. What would go can be named without leaving it out. TIFF is not for it: its parts point at each
 * other, and are only named (reshoot-image-tags.c). */

#include "reshoot-image-private.h"

#include <string.h>

typedef struct
{
  const guint8 *data;
  gsize         length;
  gsize         at;
  GPtrArray    *beside;   /* (nullable): of char*, names of what is not needed */
} Cursor;

/* @out: (nullable): where to keep a copy */
static void
keep (GByteArray   *out,
      const Cursor *in,
      gsize         length)
{
  if (out != NULL)
    g_byte_array_append (out, in->data + in->at, (guint) MIN (length, in->length - in->at));
}

/* @length bytes with that name, printable or not, are not needed. */
static void
pass_over (Cursor     *in,
           const char *kind,
           const void *name,
           gsize       length)
{
  g_autofree char *text = g_strndup (name, MIN (length, 20));

  if (in->beside == NULL)
    return;

  g_strcanon (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS " .:/-_", '?');
  g_ptr_array_add (in->beside, g_strchomp (g_strjoin (" ", kind, text, NULL)));
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

/* Where the next marker stands: neither a stuffed zero, nor fill, nor a restart within a scan. */
static gsize
find_marker (const Cursor *in)
{
  const guint8 *end = in->data + in->length;
  const guint8 *p = in->data + in->at;

  while (p + 1 < end && (p = memchr (p, 0xff, (gsize) (end - 1 - p))) != NULL)
    {
      if (p[1] != 0x00 && p[1] != 0xff && !(p[1] >= 0xd0 && p[1] <= 0xd7))
        return (gsize) (p - in->data);
      p++;
    }

  return in->length;
}

static gboolean
walk_jpeg (Cursor     *in,
           GByteArray *out)
{
  gboolean in_scan = FALSE;

  keep (out, in, 2);
  in->at = 2;

  for (;;)
    {
      gsize marker = find_marker (in);
      gsize length;

      if (!in_scan && marker != in->at)
        pass_over (in, "between two segments", "", 0);
      if (in_scan)  /* what stands between two segments is rubbish, but behind the start of a scan it is the pixels */
        keep (out, in, marker - in->at);
      in->at = marker;

      if (in->at + 2 <= in->length && in->data[in->at + 1] == 0xd9)
        {
          keep (out, in, 2);
          in->at += 2;
          return TRUE;
        }

      if (in->at + 4 > in->length)
        return FALSE;

      /* Its two bytes of length count themselves. */
      length = 2 + ((gsize) in->data[in->at + 2] << 8 | in->data[in->at + 3]);
      if (length < 4 || length > in->length - in->at)
        return FALSE;

      if (is_needed_segment (in, length))
        keep (out, in, length);
      else if (in->data[in->at + 1] == 0xfe)
        pass_over (in, "comment", "", 0);
      else
        pass_over (in, "segment", in->data + in->at + 4, length - 4);
      in_scan = in->data[in->at + 1] == 0xda;
      in->at += length;
    }
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
walk_png (Cursor     *in,
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
      else
        pass_over (in, "chunk", name, 4);
      in->at += length;

      if (memcmp (name, "IEND", 4) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
walk_webp (Cursor     *in,
           GByteArray *out)
{
  gsize end = (gsize) read_le32 (in->data + 4) + 8;
  guint32 size;

  /* Some encoders count the last byte of padding and forget to write it. */
  if (end > in->length + 1)
    return FALSE;

  end = MIN (end, in->length);
  keep (out, in, 12);
  in->at = 12;

  while (in->at + 8 <= end)
    {
      const guint8 *name = in->data + in->at;
      gsize length = (gsize) read_le32 (name + 4) + 8;

      length = MIN (length + (length & 1), end - in->at);
      if (is_one_of (name, "VP8  VP8L VP8X ALPH ICCP ANIM ANMF "))
        {
          keep (out, in, length);
          if (out != NULL && memcmp (name, "VP8X", 4) == 0 && length > 8)
            out->data[out->len - length + 8] &= (guint8) ~(0x08 | 0x04);  /* it has EXIF; it has XMP */
        }
      else
        {
          pass_over (in, "chunk", name, 4);
        }
      in->at += length;
    }

  if (out != NULL)
    {
      size = GUINT32_TO_LE (out->len - 8);
      memcpy (out->data + 4, &size, 4);
    }

  return TRUE;
}

static gboolean
walk_parts (Cursor             *in,
            ReshootImageFormat  format,
            GByteArray         *out)
{
  switch (format)
    {
    case RESHOOT_IMAGE_FORMAT_PNG:
      return in->length >= 8 && walk_png (in, out);
    case RESHOOT_IMAGE_FORMAT_JPEG:
      return walk_jpeg (in, out);
    case RESHOOT_IMAGE_FORMAT_WEBP:
      return walk_webp (in, out);
    case RESHOOT_IMAGE_FORMAT_TIFF:
    case RESHOOT_IMAGE_FORMAT_AVIF:
    case RESHOOT_IMAGE_FORMAT_JXL:
    default:
      return FALSE;
    }
}

static gboolean
walk (GBytes             *bytes,
      ReshootImageFormat  format,
      GByteArray         *out,
      GPtrArray          *beside)
{
  Cursor in = { NULL, 0, 0, beside };

  in.data = g_bytes_get_data (bytes, &in.length);
  if (!walk_parts (&in, format, out))
    return FALSE;

  if (in.at < in.length)
    pass_over (&in, "behind the end", "", 0);

  return TRUE;
}

/* Of a picture with the signature of @format. Nothing marks the end of a TIFF: it has one. */
gboolean
reshoot_image_has_end (GBytes             *bytes,
                       ReshootImageFormat  format)
{
  return format == RESHOOT_IMAGE_FORMAT_TIFF || walk (bytes, format, NULL, NULL);
}

/* The same picture with nothing but what it takes to show it; NULL for TIFF and for what has no end. */
GBytes *
reshoot_image_strip (GBytes             *bytes,
                     ReshootImageFormat  format)
{
  GByteArray *out = g_byte_array_sized_new ((guint) g_bytes_get_size (bytes));

  if (walk (bytes, format, out, NULL))
    return g_byte_array_free_to_bytes (out);

  g_byte_array_unref (out);
  return NULL;
}

/* Each once. */
char **
reshoot_image_dup_names (GPtrArray *names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < names->len; i++)
    {
      guint first;

      g_ptr_array_find_with_equal_func (names, names->pdata[i], g_str_equal, &first);
      if (first == i)
        g_strv_builder_add (builder, names->pdata[i]);
    }

  return g_strv_builder_end (builder);
}

/**
 * reshoot_image_list_beside:
 * @self: a picture
 *
 * What its file holds beside its pixels and its colour profile: EXIF, XMP, IPTC, comments, thumbnails, provenance, or
 * what hangs on behind its end. Of a TIFF the tags are looked at, not what no tag points to.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of those parts, each once; none: it tells nothing else
 */
char **
reshoot_image_list_beside (ReshootImage *self)
{
  g_autoptr (GPtrArray) beside = g_ptr_array_new_with_free_func (g_free);
  GBytes *bytes;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), NULL);

  bytes = reshoot_image_get_bytes (self);
  if (reshoot_image_get_format (self) == RESHOOT_IMAGE_FORMAT_TIFF)
    reshoot_image_list_tags (bytes, beside);
  else
    walk (bytes, reshoot_image_get_format (self), NULL, beside);

  return reshoot_image_dup_names (beside);
}
