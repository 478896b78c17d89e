/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The EXIF of a picture for the formats for which libvips writes none: JPEG XL, where it goes into a box as it is, and
 * TIFF, where its lists of tags become lists of the file (Exif 2.32, 4.6; TIFF 6.0, 2). The makers' own notes do not
 * come along into a TIFF: they may point at places that are others there. */

#include "reshoot-image-private.h"

#include <string.h>

#define EXIF_NAME 6           /* bytes of a name that a JPEG has before its EXIF: "Exif" and two zeros */
#define MAX_TAGS 400          /* in one list */
#define MAX_BYTES (64 * 1024) /* of EXIF: no JPEG has room for more */

#define TAG_EXIF 34665
#define TAG_GPS 34853

/* Not for a TIFF: the order of a JPEG's components, its maker's notes, its size, and a list we do not read. */
static const guint16 of_jpeg[] = { 37121, 37500, 40962, 40963, 40965 };

/* What words say of the picture: the rest of the first list is about how a TIFF is stored. */
static const guint16 told_tags[] = { 270, 271, 272, 305, 306, 315, 316, 33432 };

/* A TIFF's lists of tags; the EXIF itself is one. */
typedef struct
{
  const guint8 *data;
  gsize         length;
  gboolean      big;     /* the high byte comes first */
} Lists;

typedef struct
{
  guint16  tag;
  guint16  type;
  guint32  count;
  guint8  *value;        /* (owned): as a little-endian file has it */
  gsize    length;
} Tag;

static void
tag_clear (Tag *tag)
{
  g_free (tag->value);
}

static guint32
read_number (const Lists *lists,
             gsize        at,
             guint        n_bytes)
{
  guint32 number = 0;

  for (guint i = 0; i < n_bytes; i++)
    number |= (guint32) lists->data[at + i] << 8 * (lists->big ? n_bytes - 1 - i : i);

  return number;
}

static void
append_number (GByteArray *out,
               guint32     number,
               guint       n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    g_byte_array_append (out, &(guint8) { (guint8) (number >> 8 * i) }, 1);
}

/* Bytes of one number of that type, and how many of those are swapped as one. */
static guint
get_size (guint16  type,
          guint   *unit)
{
  static const guint8 sizes[] = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8 };
  guint size = type < G_N_ELEMENTS (sizes) ? sizes[type] : 0;

  *unit = type == 5 || type == 10 ? 4 : size;
  return size;
}

/* The tag at @at, which is inside; FALSE: it does not hold together. */
static gboolean
read_tag (const Lists *lists,
          gsize        at,
          Tag         *tag)
{
  gsize value_at = at + 8;
  guint unit;
  guint size;

  *tag = (Tag) { (guint16) read_number (lists, at, 2), (guint16) read_number (lists, at + 2, 2),
                 read_number (lists, at + 4, 4), NULL, 0 };
  size = get_size (tag->type, &unit);
  if (size == 0 || tag->count > lists->length / size)
    return FALSE;

  tag->length = (gsize) tag->count * size;
  if (tag->length > 4)
    value_at = read_number (lists, value_at, 4);
  if (value_at > lists->length || tag->length > lists->length - value_at)
    return FALSE;

  tag->value = g_memdup2 (lists->data + value_at, MAX (tag->length, 1));
  for (gsize i = 0; lists->big && i + unit <= tag->length; i += unit)
    for (guint j = 0; j < unit; j++)
      tag->value[i + j] = lists->data[value_at + i + unit - 1 - j];

  return TRUE;
}

/* Of Tag, as far as they hold together. */
static GArray *
read_list (const Lists *lists,
           gsize        at)
{
  GArray *tags = g_array_new (FALSE, FALSE, sizeof (Tag));
  guint n;

  g_array_set_clear_func (tags, (GDestroyNotify) tag_clear);
  if (at > lists->length || lists->length - at < 2)
    return tags;

  n = MIN (read_number (lists, at, 2), MAX_TAGS);
  for (at += 2; n > 0 && lists->length - at >= 12; n--, at += 12)
    {
      Tag tag;

      if (read_tag (lists, at, &tag))
        g_array_append_val (tags, tag);
    }

  return tags;
}

static int
compare_tags (gconstpointer a,
              gconstpointer b)
{
  return ((const Tag *) a)->tag - ((const Tag *) b)->tag;
}

static void
pad (GByteArray *out)
{
  append_number (out, 0, out->len % 2);
}

/* Values first, then the list of them. Returns where the list stands. */
static guint32
append_list (GByteArray *out,
             GArray     *tags)
{
  g_autofree guint32 *places = g_new0 (guint32, tags->len + 1);
  guint32 at;

  g_array_sort (tags, compare_tags);
  for (guint i = 0; i < tags->len; i++)
    {
      const Tag *tag = &g_array_index (tags, Tag, i);

      if (tag->length <= 4)
        continue;

      pad (out);
      places[i] = out->len;
      g_byte_array_append (out, tag->value, (guint) tag->length);
    }

  pad (out);
  at = out->len;
  append_number (out, tags->len, 2);
  for (guint i = 0; i < tags->len; i++)
    {
      const Tag *tag = &g_array_index (tags, Tag, i);
      guint8 inside[4] = { 0 };

      append_number (out, tag->tag, 2);
      append_number (out, tag->type, 2);
      append_number (out, tag->count, 4);
      memcpy (inside, tag->value, MIN (tag->length, 4));
      if (places[i] != 0)
        append_number (out, places[i], 4);
      else
        g_byte_array_append (out, inside, 4);
    }

  append_number (out, 0, 4);
  return at;
}

static gboolean
is_one_of (guint16        tag,
           const guint16 *tags,
           guint          n)
{
  for (guint i = 0; i < n; i++)
    if (tags[i] == tag)
      return TRUE;

  return FALSE;
}

/* A list of its own, to which a tag of the first one points. */
static void
append_sublist (GByteArray  *out,
                const Lists *exif,
                const Tag   *pointer,
                GArray      *first)
{
  guint32 from = pointer->length == 4 ? pointer->value[0] | (guint32) pointer->value[1] << 8 |
                                        (guint32) pointer->value[2] << 16 |
                                        (guint32) pointer->value[3] << 24 : G_MAXUINT32;
  g_autoptr (GArray) tags = read_list (exif, from);
  Tag tag = { pointer->tag, 4, 1, g_malloc0 (4), 4 };
  guint32 at;

  for (guint i = tags->len; i > 0; i--)
    {
      if (is_one_of (g_array_index (tags, Tag, i - 1).tag, of_jpeg, G_N_ELEMENTS (of_jpeg)))
        g_array_remove_index (tags, i - 1);
    }

  at = GUINT32_TO_LE (append_list (out, tags));
  memcpy (tag.value, &at, 4);
  g_array_append_val (first, tag);
}

static gboolean
has_tag (GArray  *tags,
         guint16  number)
{
  for (guint i = 0; i < tags->len; i++)
    if (g_array_index (tags, Tag, i).tag == number)
      return TRUE;

  return FALSE;
}

static void *
copy_note_cb (VipsImage  *vips,
              const char *name,
              GValue     *value,
              void       *user_data)
{
  if (g_str_has_prefix (name, "exif-"))
    vips_image_set (user_data, name, value);

  return NULL;
}

/*
 * reshoot_image_dup_exif:
 * @vips: a picture
 * @length: (out): of it
 *
 * libvips keeps what it read and what became of it apart, and puts both together in a JPEG alone. So it writes one, as
 * large and all black.
 *
 * Returns: (transfer full) (nullable): its EXIF as it is now, from the header of its lists of tags on; %NULL: it has
 *   none
 */
void *
reshoot_image_dup_exif (VipsImage *vips,
                        gsize     *length)
{
  g_autoptr (VipsImage) black = NULL;
  g_autoptr (VipsImage) noted = NULL;
  g_autoptr (VipsImage) read = NULL;
  g_autofree void *jpeg = NULL;
  const void *exif;
  gsize n;

  if (vips_image_get_typeof (vips, VIPS_META_EXIF_NAME) == 0 ||
      vips_black (&black, vips->Xsize, vips->Ysize, NULL) != 0 ||
      vips_copy (black, &noted, "xres", vips->Xres, "yres", vips->Yres, NULL) != 0)
    return NULL;

  /* It stands upright, whatever it did when it was read. */
  vips_image_map (vips, copy_note_cb, noted);
  vips_image_set_int (noted, VIPS_META_ORIENTATION, 1);
  if (vips_jpegsave_buffer (noted, &jpeg, &n, NULL) != 0
      || vips_jpegload_buffer (jpeg, n, &read, NULL) != 0
      || vips_image_get_blob (read, VIPS_META_EXIF_NAME, &exif, &n) != 0 || n <= EXIF_NAME)
    return NULL;

  *length = n - EXIF_NAME;
  return g_memdup2 ((const char *) exif + EXIF_NAME, n - EXIF_NAME);
}

/*
 * reshoot_image_add_exif:
 * @vips: the picture, for its notes
 * @data: (inout): a TIFF as libvips writes one, allocated with g_malloc()
 * @length: (inout): of @data
 *
 * Puts the picture's EXIF in. One that has none, or whose file is not as expected, stays as it is.
 */
void
reshoot_image_add_exif (VipsImage  *vips,
                        void      **data,
                        gsize      *length)
{
  Lists file = { *data, *length, FALSE };
  Lists exif = { NULL, 0, FALSE };
  g_autofree guint8 *bytes = reshoot_image_dup_exif (vips, &exif.length);
  g_autoptr (GArray) told = NULL;
  g_autoptr (GArray) first = NULL;
  GByteArray *out;
  guint32 at;

  vips_error_clear ();
  if (bytes == NULL || exif.length < 8 || exif.length > MAX_BYTES || *length < 8
      || *length > G_MAXINT32 || memcmp (*data, "II*\0", 4) != 0)
    return;

  exif.data = bytes;
  exif.big = bytes[0] == 'M';
  told = read_list (&exif, read_number (&exif, 4, 4));
  first = read_list (&file, read_number (&file, 4, 4));
  if (first->len == 0 || first->len != read_number (&file, read_number (&file, 4, 4), 2))
    return;

  out = g_byte_array_sized_new ((guint) (*length + exif.length + 1024));
  g_byte_array_append (out, *data, (guint) *length);
  for (guint i = 0; i < told->len; i++)
    {
      Tag *tag = &g_array_index (told, Tag, i);

      if (tag->tag == TAG_EXIF || tag->tag == TAG_GPS)
        append_sublist (out, &exif, tag, first);
      else if (is_one_of (tag->tag, told_tags, G_N_ELEMENTS (told_tags))
               && !has_tag (first, tag->tag))
        {
          Tag copy = *tag;

          copy.value = g_memdup2 (tag->value, MAX (tag->length, 1));
          g_array_append_val (first, copy);
        }
    }

  at = GUINT32_TO_LE (append_list (out, first));
  memcpy (out->data + 4, &at, 4);
  g_free (*data);
  *length = out->len;
  *data = g_byte_array_free (out, FALSE);
}
