/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The two things we ask of an ICC profile: what it calls itself, and which kind of colour it describes. It hides the
 * tag table (ICC.1:2022, 7.3) and the two ways in which a description is written. */

#include "reshoot-image-private.h"

#include <string.h>

#define HEADER_SIZE 128  /* bytes before the tag table */
#define SPACE_OFFSET 16  /* of the colour space signature */
#define MAX_NAME 128     /* bytes of a name that we are ready to show */

static guint32
read_u32 (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

static const guint8 *
find_tag (const guint8 *data,
          gsize         length,
          const char   *signature,
          gsize        *tag_length)
{
  guint32 n_tags;

  if (length < HEADER_SIZE + 4)
    return NULL;

  n_tags = read_u32 (data + HEADER_SIZE);
  for (gsize i = 0; i < n_tags && HEADER_SIZE + 4 + (i + 1) * 12 <= length; i++)
    {
      const guint8 *entry = data + HEADER_SIZE + 4 + i * 12;
      guint32 offset = read_u32 (entry + 4);
      guint32 size = read_u32 (entry + 8);

      if (memcmp (entry, signature, 4) != 0)
        continue;

      if (offset > length || size > length - offset)
        return NULL;

      *tag_length = size;
      return data + offset;
    }

  return NULL;
}

/* Version 2: a count and that many ASCII characters. */
static char *
read_text_description (const guint8 *tag,
                       gsize         length)
{
  gsize count;

  if (length < 12)
    return NULL;

  count = MIN (read_u32 (tag + 8), length - 12);
  return g_strndup ((const char *) tag + 12, MIN (count, MAX_NAME));
}

/* Version 4: one UTF-16 text a language; the first one is the profile maker's own. */
static char *
read_multi_localized (const guint8 *tag,
                      gsize         length)
{
  guint32 size;
  guint32 offset;

  if (length < 28 || read_u32 (tag + 8) == 0)
    return NULL;

  size = read_u32 (tag + 20);
  offset = read_u32 (tag + 24);
  if (offset > length || size > length - offset)
    return NULL;

  return g_convert ((const char *) tag + offset, MIN (size, 2 * MAX_NAME) & ~1u,
                    "UTF-8", "UTF-16BE", NULL, NULL, NULL);
}

/* What the profile calls itself, as one line of valid UTF-8; NULL if it has no name. */
char *
reshoot_profile_dup_name (const guint8 *data,
                          gsize         length)
{
  gsize tag_length = 0;
  const guint8 *tag = find_tag (data, length, "desc", &tag_length);
  g_autofree char *raw = NULL;
  g_autofree char *name = NULL;

  if (tag == NULL || tag_length < 8)
    return NULL;

  if (memcmp (tag, "desc", 4) == 0)
    raw = read_text_description (tag, tag_length);
  else if (memcmp (tag, "mluc", 4) == 0)
    raw = read_multi_localized (tag, tag_length);

  if (raw == NULL)
    return NULL;

  name = g_utf8_make_valid (raw, -1);
  for (char *p = name; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_strstrip (name);

  return *name != '\0' ? g_steal_pointer (&name) : NULL;
}

/* @space: the four characters of the signature: "RGB ", "GRAY", "CMYK". */
gboolean
reshoot_profile_is_space (const guint8 *data,
                          gsize         length,
                          const char   *space)
{
  return length >= HEADER_SIZE && memcmp (data + SPACE_OFFSET, space, 4) == 0;
}
