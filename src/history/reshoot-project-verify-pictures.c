/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every picture's bytes against its digest, and its row against its bytes. Bytes may be missing where the ledger tells
 * that they were purged, and nowhere else. */

#include "reshoot-project-verify-private.h"

#include "reshoot-error.h"
#include "reshoot-image.h"

#define BEFORE_SHARE 400    /* permille: what is over before the first picture */
#define SHARE        600.0

static gboolean
set_bad_picture (const char  *digest,
                 const char  *detail,
                 GError     **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", digest, "the picture's %s", detail);
  return FALSE;
}

/* A picture that the gate lets in shows whether its row describes it; one from before a stricter gate is left alone. */
static gboolean
check_whole (ReshootQuery  *query,
             const char    *digest,
             GError       **error)
{
  g_autoptr (GBytes) bytes = reshoot_query_dup_bytes (query, 5);
  g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (bytes, NULL, NULL);
  g_autofree char *real = NULL;

  if (image == NULL)
    real = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  if (g_strcmp0 (image != NULL ? reshoot_image_get_digest (image) : real, digest) != 0 ||
      (gint64) g_bytes_get_size (bytes) != reshoot_query_get_integer (query, 1))
    return set_bad_picture (digest, "bytes are not what they were", error);

  if (image != NULL &&
      (reshoot_image_get_width (image) != reshoot_query_get_integer (query, 2) ||
       reshoot_image_get_height (image) != reshoot_query_get_integer (query, 3) ||
       g_strcmp0 (reshoot_fact_get_format (image), reshoot_query_get_text (query, 4)) != 0))
    return set_bad_picture (digest, "row describes another", error);

  return TRUE;
}

/* A picture stored as tiles is known by the list of them; the tiles themselves are checked apart, each once. */
static char *
dup_tiled_digest (ReshootCheck *check,
                  const char   *digest,
                  gint64        width,
                  gint64        height,
                  gint64       *size)
{
  g_autoptr (GString) text = g_string_new ("reshoot-tiles 1\n");
  g_autoptr (ReshootQuery) query = NULL;
  gboolean is_first = TRUE;

  query = reshoot_query_new (check->database, NULL,
                             "SELECT base, x, y, tile.digest, length (data) FROM tiling"
                             " LEFT JOIN picture_tile ON tiling = tiling.id LEFT JOIN tile ON tile.id = tile"
                             " WHERE picture = ? ORDER BY y, x", "s", digest);
  *size = 0;
  while (query != NULL && reshoot_query_next (query, NULL))
    {
      const char *tile = reshoot_query_get_text (query, 3);

      if (is_first)
        g_string_append_printf (text, "%s\n%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                                reshoot_query_get_text (query, 0), width, height);
      if (tile != NULL)
        g_string_append_printf (text, "%s %s %s\n", reshoot_query_get_text (query, 1),
                                reshoot_query_get_text (query, 2), tile);
      *size += reshoot_query_get_integer (query, 4);
      is_first = FALSE;
    }

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
}

static gboolean
check_tiled (ReshootCheck  *check,
             ReshootQuery  *query,
             const char    *digest,
             GError       **error)
{
  g_autofree char *real = NULL;
  gint64 size;

  real = dup_tiled_digest (check, digest, reshoot_query_get_integer (query, 2),
                           reshoot_query_get_integer (query, 3), &size);
  if (g_strcmp0 (real, digest) == 0 && size == reshoot_query_get_integer (query, 1) &&
      g_strcmp0 (reshoot_query_get_text (query, 4), "tiles") == 0)
    return TRUE;

  return set_bad_picture (digest, "tiles are not what they were", error);
}

static gboolean
check_tile (ReshootCheck  *check,
            ReshootQuery  *query,
            GError       **error)
{
  g_autoptr (GBytes) bytes = reshoot_query_dup_bytes (query, 1);
  g_autofree char *real = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  const char *picture = reshoot_query_get_text (query, 2);

  if (g_strcmp0 (real, reshoot_query_get_text (query, 0)) == 0)
    return TRUE;

  return set_bad_picture (picture != NULL ? picture : real, "tiles are not what they were", error);
}

static gboolean
check_picture (ReshootCheck  *check,
               ReshootQuery  *query,
               GError       **error)
{
  const char *digest = reshoot_query_get_text (query, 0);
  gboolean has_bytes = reshoot_query_get_integer (query, 6);
  gboolean has_tiles = reshoot_query_get_integer (query, 7);
  gboolean is_purged = reshoot_query_get_integer (query, 8);
  double share;

  check->work->counts.n_pictures++;
  check->n_done += reshoot_query_get_integer (query, 1);
  share = SHARE * MIN (1, check->n_done / MAX (1, check->n_bytes));
  g_atomic_int_set (&check->work->permille, BEFORE_SHARE + (int) share);

  if (is_purged && !g_hash_table_contains (check->purged, digest))
    return set_bad_picture (digest, "bytes were purged and no entry tells of it", error);

  if (has_bytes && !check_whole (query, digest, error))
    return FALSE;

  if (has_tiles && !is_purged && !check_tiled (check, query, digest, error))
    return FALSE;

  return has_bytes || has_tiles || is_purged || set_bad_picture (digest, "bytes are missing", error);
}

gboolean
reshoot_check_pictures (ReshootCheck  *check,
                        GError       **error)
{
  gint64 n_bytes = 0;

  if (!reshoot_database_get_integer (check->database, "SELECT ifnull (sum (size), 0) FROM picture", &n_bytes, error))
    return FALSE;

  check->n_bytes = n_bytes;
  return reshoot_check_rows (check,
                             "SELECT digest, size, width, height, format, data, data IS NOT NULL,"
                             "  EXISTS (SELECT 1 FROM tiling WHERE tiling.picture = picture.digest),"
                             "  EXISTS (SELECT 1 FROM purged_picture WHERE purged_picture.digest = picture.digest)"
                             " FROM picture LEFT JOIN picture_data USING (digest)", check_picture, error) &&
         reshoot_check_rows (check,
                             "SELECT digest, data, (SELECT picture FROM tiling JOIN picture_tile ON tiling = tiling.id"
                             "  WHERE tile = tile.id LIMIT 1) FROM tile", check_tile, error);
}
