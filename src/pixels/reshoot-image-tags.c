/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tags of a TIFF tell beside the picture. The bytes are a stranger's: every place in them is checked. A big
 * TIFF differs in the width of its numbers alone (TIFF 6.0; the BigTIFF extension of libtiff). */

#include "reshoot-image-private.h"

#include <string.h>

typedef struct
{
  const guint8 *data;
  gsize         length;
  gboolean      big_endian;
  gboolean      is_big;      /* 64 bit places */
} Tiff;

/* What it takes to show the picture; in order. */
static const guint16 needed[] = {
  254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282,
  283, 284, 290, 291,
  292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 338, 339, 340, 341,
  347, 529, 530, 531,
  532, 34675,
};

static const struct
{
  guint16     tag;
  const char *name;
} known[] = {
  { 270, "ImageDescription" }, { 271, "Make" }, { 272, "Model" }, { 305, "Software" }, { 306, "DateTime" },
  { 315, "Artist" }, { 316, "HostComputer" }, { 330, "SubIFDs" }, { 700, "XMP" }, { 33432, "Copyright" },
  { 33723, "IPTC" }, { 34377, "Photoshop" }, { 34665, "EXIF" }, { 34853, "GPS" },
};

/* 0 behind the end. */
static guint64
read_number (const Tiff *tiff,
             guint64     at,
             guint       n_bytes)
{
  guint64 number = 0;

  if (at > tiff->length || n_bytes > tiff->length - at)
    return 0;

  for (guint i = 0; i < n_bytes; i++)
    number |= (guint64) tiff->data[at + i] << 8 * (tiff->big_endian ? n_bytes - 1 - i : i);

  return number;
}

static gboolean
is_needed (guint tag)
{
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (needed[i] == tag)
      return TRUE;

  return FALSE;
}

static char *
dup_name (guint tag)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].tag == tag)
      return g_strconcat ("tag ", known[i].name, NULL);

  return g_strdup_printf ("tag %u", tag);
}

/* Adds the names of the tags in the first directory that are not needed, and says when there is another one. */
void
reshoot_image_list_tags (GBytes    *bytes,
                         GPtrArray *beside)
{
  Tiff tiff = { NULL, };
  guint64 directory, n_tags, at;
  guint size;

  tiff.data = g_bytes_get_data (bytes, &tiff.length);
  if (tiff.length < 8)
    return;

  tiff.big_endian = tiff.data[0] == 'M';
  tiff.is_big = read_number (&tiff, 2, 2) == 43;
  directory = tiff.is_big ? read_number (&tiff, 8, 8) : read_number (&tiff, 4, 4);
  n_tags = read_number (&tiff, directory, tiff.is_big ? 8 : 2);
  at = directory + (tiff.is_big ? 8 : 2);
  size = tiff.is_big ? 20 : 12;

  for (guint64 i = 0; i < n_tags && at + size <= tiff.length; i++, at += size)
    {
      guint tag = (guint) read_number (&tiff, at, 2);

      if (!is_needed (tag))
        g_ptr_array_add (beside, dup_name (tag));
    }

  if (read_number (&tiff, at, tiff.is_big ? 8 : 4) != 0)
    g_ptr_array_add (beside, g_strdup ("another page"));
}
