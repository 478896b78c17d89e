/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What each step shows, as files that a person finds: not read back, for the rest of the archive says it all. */

#include "reshoot-archive-private.h"

#include <string.h>
#include <unistd.h>

#include "reshoot-project-picture.h"

/* Of a step's file, in bytes, without its ending. */
#define MAX_NAME 60

/* A name that every file system takes, of what a person or a stranger wrote. */
static char *
dup_step_name (gint64      id,
               const char *title,
               const char *ending)
{
  g_autofree char *valid = g_utf8_make_valid (title != NULL ? title : "", -1);
  g_autoptr (GString) name = g_string_new (NULL);
  ReshootImageFormat format;

  if (reshoot_image_format_from_name (valid, &format))
    *strrchr (valid, '.') = '\0';

  g_string_printf (name, "%04" G_GINT64_FORMAT, id);
  for (const char *at = valid; *at != '\0' && name->len < MAX_NAME; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (at == valid)
        g_string_append_c (name, ' ');

      g_string_append_unichar (name, g_unichar_isalnum (c) || c == '-' || c == '_' ? c : ' ');
    }

  g_strchomp (name->str);
  return g_strconcat (RESHOOT_ARCHIVE_STEPS, "/", name->str, ".", ending, NULL);
}

/* The same file under a second name, where the file system can. */
static gboolean
write_whole (ReshootArchive  *archive,
             ReshootTiles    *tiles,
             const char      *digest,
             const char      *format,
             const char      *name,
             GError         **error)
{
  g_autofree char *file = g_strconcat (digest, ".", reshoot_archive_get_ending (format), NULL);
  g_autofree char *from = g_build_filename (archive->copy->draft, RESHOOT_ARCHIVE_PICTURES, file,
                                            NULL);
  g_autofree char *to = g_build_filename (archive->copy->draft, name, NULL);
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const char *data;

  if (link (from, to) == 0)
    return TRUE;

  image = reshoot_tiles_render (tiles, archive->cancellable, error);
  if (image != NULL)
    bytes = reshoot_image_dup_encoded (image, reshoot_image_get_format (image),
                                       archive->cancellable, error);
  if (bytes == NULL)
    return FALSE;

  data = g_bytes_get_data (bytes, &length);
  return reshoot_archive_write_file (archive, name, data, length, error);
}

static gboolean
write_step (ReshootArchive  *archive,
            ReshootQuery    *query,
            GError         **error)
{
  gint64 id = reshoot_query_get_integer (query, 0);
  const char *title = reshoot_query_get_text (query, 1);
  const char *digest = reshoot_query_get_text (query, 2);
  const char *format = reshoot_query_get_text (query, 3);
  g_autoptr (ReshootTiles) tiles = reshoot_picture_read (archive->database, digest, error);
  g_autofree char *name = NULL;

  if (tiles == NULL)
    return FALSE;

  format = reshoot_tiles_get_n (tiles) > 0 ? "png" : reshoot_archive_get_ending (format);
  name = dup_step_name (id, title, format);
  return write_whole (archive, tiles, digest, format, name, error) &&
         !g_cancellable_set_error_if_cancelled (archive->cancellable, error);
}

/* What each step shows, but for what the bin was emptied of. */
gboolean
reshoot_archive_write_steps (ReshootArchive  *archive,
                             GError         **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (ReshootQuery) query = NULL;

  query = reshoot_query_new (archive->database, error,
                             "SELECT shown.id, ifnull (shown.title, json_extract (body, '$.instruction')),"
                             " digest, format FROM ("
                             "  SELECT id, title, request, ifnull (picture, (SELECT picture FROM main.version"
                             "    WHERE version.step = step.id ORDER BY n DESC LIMIT 1)) AS picture FROM main.step"
                             ") AS shown JOIN main.picture ON digest = shown.picture"
                             " LEFT JOIN main.request ON request.id = shown.request"
                             " WHERE digest NOT IN (SELECT digest FROM purged_picture) ORDER BY shown.id", "");
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    if (!write_step (archive, query, error))
      return FALSE;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
