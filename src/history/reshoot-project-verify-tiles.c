/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Are the pictures that are stored as tiles what they were? Each tile is read once, however many pictures show it, and
 * then each picture's list is held against the rules, its base and its digest. Nothing is decoded. */

#include "reshoot-project-verify-private.h"

#include "reshoot-error.h"
#include "reshoot-tiles.h"

static void
tile_free (gpointer data)
{
  ReshootTile *tile = data;

  g_free ((char *) tile->digest);
  g_free (tile);
}

/* Every tile that is what its digest says, by its number. One that is not is missed by the pictures that show it. */
static GHashTable *
read_tiles (ReshootDatabase  *database,
            GCancellable     *cancellable,
            GError          **error)
{
  g_autoptr (GHashTable) tiles = NULL;
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  tiles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, tile_free);
  query = reshoot_query_new (database, error, "SELECT id, digest, length (data), data FROM tile", "");
  if (query == NULL)
    return NULL;

  while (reshoot_query_next (query, &local))
    {
      gint64 id = reshoot_query_get_integer (query, 0);
      ReshootTile tile = { .digest = reshoot_query_get_text (query, 1) };
      g_autoptr (GBytes) png = NULL;
      g_autofree char *real = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      if (reshoot_query_get_integer (query, 2) > RESHOOT_TILES_MAX_BYTES)
        continue;

      png = reshoot_query_dup_bytes (query, 3);
      real = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, png);
      if (g_strcmp0 (real, tile.digest) != 0 || !reshoot_tiles_read_tile (&tile, png, NULL))
        continue;

      tile.digest = g_steal_pointer (&real);
      tile.png = NULL;
      g_hash_table_insert (tiles, g_memdup2 (&id, sizeof id), g_memdup2 (&tile, sizeof tile));
    }

  if (local == NULL)
    return g_steal_pointer (&tiles);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* Puts the tiles of a picture in the places they have there. */
static gboolean
place_tiles (ReshootDatabase  *database,
             gint64            tiling,
             GHashTable       *read,
             ReshootTiles     *tiles,
             const char       *digest,
             GError          **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (database, error,
                             "SELECT tile, x, y, digest FROM picture_tile LEFT JOIN tile ON id = tile"
                             " WHERE tiling = ? ORDER BY y, x", "i", tiling);
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      gint64 id = reshoot_query_get_integer (query, 0);
      const char *name = reshoot_query_get_text (query, 3);
      const ReshootTile *known = g_hash_table_lookup (read, &id);
      ReshootTile tile;

      if (known == NULL)
        {
          reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", digest,
                             "tile %s is not what it was", name != NULL ? name : "that is missing");
          return FALSE;
        }

      tile = *known;
      tile.x = (int) CLAMP (reshoot_query_get_integer (query, 1), -1, G_MAXINT);
      tile.y = (int) CLAMP (reshoot_query_get_integer (query, 2), -1, G_MAXINT);
      if (!reshoot_tiles_add (tiles, &tile, error))
        return FALSE;
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

enum
{
  COLUMN_PICTURE,
  COLUMN_SIZE,
  COLUMN_WIDTH,
  COLUMN_HEIGHT,
  COLUMN_TILING,
  COLUMN_BASE,
  COLUMN_IS_SOUND,
};

/* The base is whole and of the same size, the picture is not whole as well; both may have gone with the bin. */
static const char select_tilings[] =
  "SELECT picture.digest, picture.size, picture.width, picture.height, tiling.id, base,"
  "  picture.format = 'tiles' AND under.format <> 'tiles'"
  "  AND under.width = picture.width AND under.height = picture.height"
  "  AND EXISTS (SELECT 1 FROM picture_data WHERE digest = base)"
  "  AND NOT EXISTS (SELECT 1 FROM picture_data WHERE digest = picture.digest)"
  "  AND NOT EXISTS (SELECT 1 FROM tiling AS below WHERE below.picture = tiling.base)"
  " FROM tiling JOIN picture ON picture.digest = tiling.picture JOIN picture AS under ON under.digest = base"
  " WHERE picture.digest NOT IN (SELECT digest FROM purged_picture) ORDER BY tiling.id";

static gboolean
check_tiling (ReshootCheck  *check,
              ReshootQuery  *query,
              GHashTable    *read,
              GError       **error)
{
  const char *digest = reshoot_query_get_text (query, COLUMN_PICTURE);
  gint64 width = reshoot_query_get_integer (query, COLUMN_WIDTH);
  gint64 height = reshoot_query_get_integer (query, COLUMN_HEIGHT);
  gint64 tiling = reshoot_query_get_integer (query, COLUMN_TILING);
  g_autoptr (ReshootTiles) tiles = NULL;
  g_autofree char *real = NULL;

  tiles = reshoot_tiles_new (digest, reshoot_query_get_text (query, COLUMN_BASE), NULL,
                             (int) CLAMP (width, 0, G_MAXINT), (int) CLAMP (height, 0, G_MAXINT));
  if (!place_tiles (check->database, tiling, read, tiles, digest, error))
    return FALSE;

  real = reshoot_tiles_dup_digest (tiles);
  if (g_strcmp0 (real, digest) == 0 && reshoot_query_get_integer (query, COLUMN_IS_SOUND) == TRUE &&
      (gint64) reshoot_tiles_get_size (tiles) == reshoot_query_get_integer (query, COLUMN_SIZE))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", digest, "the picture's tiles are not what they were");
  return FALSE;
}

/*
 * reshoot_check_tiles:
 * @check: what is being checked
 * @error: return location
 *
 * Errors: `CORRUPT` "picture" with the picture's digest as the subject.
 *
 * Returns: whether all pictures that are stored as tiles are what they were
 */
gboolean
reshoot_check_tiles (ReshootCheck  *check,
                     GError       **error)
{
  g_autoptr (GHashTable) read = read_tiles (check->database, check->cancellable, error);
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  if (read == NULL)
    return FALSE;

  query = reshoot_query_new (check->database, error, select_tilings, "");
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    if (g_cancellable_set_error_if_cancelled (check->cancellable, error) ||
        !check_tiling (check, query, read, error))
      return FALSE;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
