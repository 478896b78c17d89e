/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the boxes of an AVIF (ISO/IEC 14496-12, 23008-12; AV1 Image File Format 1.1) or a JPEG XL (ISO/IEC 18181-2) tell
 * beside the picture. We write these and never read their pixels, so this is all that looks into them. The bytes are a
 * stranger's: every length is checked. As elsewhere what is needed is a list, and everything else is named. */

#include "reshoot-image-private.h"

#include <string.h>

typedef struct
{
  const guint8 *data;
  gsize         length;
  gsize         at;
} Span;

typedef struct
{
  guint64  mdat;      /* bytes of pixels that are there */
  guint64  items;     /* bytes that items lay claim to */
  gboolean is_whole;
} Avif;

static const guint8 bare_jxl[] = { 0xff, 0x0a };

static guint64
read_number (Span  *span,
             gsize  n_bytes)
{
  guint64 number = 0;

  if (n_bytes > span->length - span->at)
    {
      span->at = span->length;
      return 0;
    }

  for (gsize i = 0; i < n_bytes; i++)
    number = number << 8 | span->data[span->at++];

  return number;
}

/* The next box: its type, and what is in it; FALSE at the end, or where no whole box follows, which leaves some. */
static gboolean
next_box (Span *span,
          char  type[5],
          Span *inside)
{
  gsize start = span->at;
  guint64 size;

  if (span->length - start < 8)
    return FALSE;

  size = read_number (span, 4);
  memcpy (type, span->data + span->at, 4);
  type[4] = '\0';
  span->at += 4;
  if (size == 1)
    size = read_number (span, 8);
  else if (size == 0)
    size = span->length - start;

  if (size < span->at - start || size > span->length - start)
    {
      span->at = start;
      return FALSE;
    }

  *inside = (Span) { span->data + span->at, (gsize) size - (span->at - start), 0 };
  span->at = start + (gsize) size;
  return TRUE;
}

/* @names: of four letters each, with a space between. */
static gboolean
is_one_of (const char *type,
           const char *names)
{
  for (; *names != '\0'; names += names[4] == ' ' ? 5 : 4)
    if (memcmp (type, names, 4) == 0)
      return TRUE;

  return FALSE;
}

static void
name (GPtrArray  *beside,
      const char *kind,
      const char *type)
{
  g_autofree char *text = g_strdup (type);

  g_strcanon (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS " ", '?');
  g_ptr_array_add (beside, g_strchomp (g_strjoin (" ", kind, text, NULL)));
}

static void
name_others (Span       *span,
             const char *kind,
             const char *needed,
             GPtrArray  *beside)
{
  char type[5];
  Span inside;

  while (next_box (span, type, &inside))
    if (!is_one_of (type, needed))
      name (beside, kind, type);
}

/* What an item is; its name may say what encoders call the parts of any picture. */
static void
list_item (Span       info,
           GPtrArray *beside)
{
  guint64 version = read_number (&info, 4) >> 24;
  char type[5] = "";
  const char *called;

  read_number (&info, version < 3 ? 4 : 6);
  if (version >= 2 && info.length - info.at >= 4)
    memcpy (type, info.data + info.at, 4);
  if (!is_one_of (type, "av01 grid iovl iden"))
    name (beside, "item", type);

  info.at = MIN (info.at + 4, info.length);
  called = (const char *) info.data + info.at;
  if (version >= 2 && info.at < info.length && memchr (called, 0, info.length - info.at) != NULL
      && !g_str_equal (called, "") && !g_str_equal (called, "Color")
      && !g_str_equal (called, "Alpha"))
    name (beside, "item called", called);
}

static void
list_items (Span       infos,
            GPtrArray *beside)
{
  guint64 version = read_number (&infos, 4) >> 24;
  char type[5];
  Span inside;

  read_number (&infos, version == 0 ? 2 : 4);
  while (next_box (&infos, type, &inside))
    list_item (inside, beside);
}

/* How much of the file, all in all, is part of an item. */
static guint64
measure_items (Span places)
{
  guint64 version = read_number (&places, 4) >> 24;
  guint64 sizes = read_number (&places, 2);
  gsize offset_size = sizes >> 12 & 15;
  gsize length_size = sizes >> 8 & 15;
  gsize base_size = sizes >> 4 & 15;
  gsize index_size = version > 0 ? sizes & 15 : 0;
  guint64 n_items = read_number (&places, version < 2 ? 2 : 4);
  guint64 sum = 0;

  for (guint64 i = 0; i < n_items && places.at < places.length; i++)
    {
      guint64 n_extents, method;

      read_number (&places, version < 2 ? 2 : 4);
      method = version > 0 ? read_number (&places, 2) & 15 : 0;
      read_number (&places, 2);
      read_number (&places, base_size);
      n_extents = read_number (&places, 2);
      for (guint64 j = 0; j < n_extents && places.at < places.length; j++)
        {
          guint64 length;

          read_number (&places, index_size);
          read_number (&places, offset_size);
          length = read_number (&places, length_size);
          if (method == 0)
            sum += length;
        }
    }

  return sum;
}

static void
list_properties (Span       span,
                 GPtrArray *beside)
{
  char type[5];
  Span inside;

  while (next_box (&span, type, &inside))
    if (is_one_of (type, "ipco"))
      name_others (&inside, "property", "ispe pixi colr av1C auxC irot imir clap pasp clli mdcv lsel a1op a1lx",
                   beside);
    else if (!is_one_of (type, "ipma"))
      name (beside, "box", type);
}

static void
list_meta (Span       meta,
           Avif      *avif,
           GPtrArray *beside)
{
  char type[5];
  Span inside;

  read_number (&meta, 4);
  while (next_box (&meta, type, &inside))
    if (is_one_of (type, "iinf"))
      list_items (inside, beside);
    else if (is_one_of (type, "iloc"))
      avif->items += measure_items (inside);
    else if (is_one_of (type, "iprp"))
      list_properties (inside, beside);
    else if (!is_one_of (type, "hdlr pitm iref idat"))
      name (beside, "box", type);
}

static gboolean
list_avif (Span       file,
           GPtrArray *beside)
{
  Avif avif = { 0, 0, FALSE };
  char type[5];
  Span inside;

  while (next_box (&file, type, &inside))
    if (is_one_of (type, "meta"))
      list_meta (inside, &avif, beside);
    else if (is_one_of (type, "mdat"))
      {
        avif.mdat += inside.length;
        avif.is_whole = TRUE;
      }
    else if (!is_one_of (type, "ftyp"))
      name (beside, "box", type);

  if (avif.mdat > avif.items)
    name (beside, "bytes of no item", "");
  if (file.at < file.length && avif.is_whole)
    name (beside, "behind the end", "");
  return avif.is_whole;
}

static gboolean
list_jxl (Span       file,
          GPtrArray *beside)
{
  gboolean is_whole = FALSE;
  char type[5];
  Span inside;

  while (next_box (&file, type, &inside))
    if (is_one_of (type, "jxlc jxlp"))
      is_whole = TRUE;
    else if (!is_one_of (type, "JXL  ftyp jxll jxli"))
      name (beside, "box", type);

  if (file.at < file.length && is_whole)
    name (beside, "behind the end", "");
  return is_whole;
}

/*
 * reshoot_image_has_boxes:
 * @bytes: a file
 * @format: (out): what it is, if so
 *
 * Returns: whether it is an AVIF or a JPEG XL
 */
gboolean
reshoot_image_has_boxes (GBytes             *bytes,
                         ReshootImageFormat *format)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (length >= 12 && memcmp (data + 4, "ftypavi", 7) == 0)
    *format = RESHOOT_IMAGE_FORMAT_AVIF;
  else if (length >= sizeof bare_jxl && (memcmp (data, bare_jxl, sizeof bare_jxl) == 0
                                         || (length >= 12 && memcmp (data + 4, "JXL ", 4) == 0)))
    *format = RESHOOT_IMAGE_FORMAT_JXL;
  else
    return FALSE;

  return TRUE;
}

/*
 * reshoot_image_list_boxes:
 * @bytes: an AVIF or a JPEG XL
 * @format: which of them
 * @beside: what to add the names of what is not needed to
 *
 * A JPEG XL without boxes is the picture alone; where it ends nothing tells but decoding it.
 *
 * Returns: whether it is whole
 */
gboolean
reshoot_image_list_boxes (GBytes             *bytes,
                          ReshootImageFormat  format,
                          GPtrArray          *beside)
{
  Span file = { NULL, 0, 0 };

  file.data = g_bytes_get_data (bytes, &file.length);
  if (format == RESHOOT_IMAGE_FORMAT_AVIF)
    return list_avif (file, beside);

  return memcmp (file.data, bare_jxl, sizeof bare_jxl) == 0 || list_jxl (file, beside);
}
