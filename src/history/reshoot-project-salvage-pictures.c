/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which pictures of a damaged file are whole: their bytes have the digest they are known by and the gate lets them in,
 * or all their tiles do and the base is whole. The bytes stay where they are; `picture_data` and `tile` become views
 * that lead to them.
 *
 * Bytes are read once. A stranger's rows may share the same bytes over and over, so that there is a limit. */

#include "reshoot-project-salvage.h"

#include <string.h>

#include "reshoot-project-facts.h"
#include "reshoot-tiles.h"

/* How many bytes are read at most: the file's own as often as this, and a little for a small file. */
#define MAX_TURNS 2
#define FREE_BYTES (64 * 1024 * 1024)

static gboolean
measure (ReshootSalvage  *self,
         gint64          *n_bytes,
         GError         **error)
{
  gint64 n_pages = 0;
  gint64 size = 0;

  if (!reshoot_database_get_integer (self->database, "PRAGMA " RESHOOT_SALVAGE_SOURCE ".page_count", &n_pages, error) ||
      !reshoot_database_get_integer (self->database, "PRAGMA " RESHOOT_SALVAGE_SOURCE ".page_size", &size, error))
    return FALSE;

  *n_bytes = n_pages * size * MAX_TURNS + FREE_BYTES;
  return TRUE;
}

/* The bytes of a row, or NULL where they cannot be read. */
static GBytes *
read_row (ReshootSalvage *self,
          const char     *sql,
          gint64          at)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (self->database, NULL, sql, "i", at);

  if (query == NULL || !reshoot_query_next (query, NULL))
    return NULL;

  return reshoot_query_dup_bytes (query, 0);
}

static gboolean
note_picture (ReshootSalvage  *self,
              gint64           at,
              GBytes          *bytes,
              GError         **error)
{
  g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (bytes, NULL, NULL);

  return image == NULL ||
         reshoot_database_run (self->database, error,
                               "INSERT OR IGNORE INTO whole (digest, at, format, width, height, size)"
                               " VALUES (?, ?, ?, ?, ?, ?)", "sisiii", reshoot_image_get_digest (image), at,
                               reshoot_fact_get_format (image),
                               (gint64) reshoot_image_get_width (image),
                               (gint64) reshoot_image_get_height (image),
                               (gint64) g_bytes_get_size (bytes));
}

static gboolean
note_tile (ReshootSalvage  *self,
           gint64           at,
           GBytes          *bytes,
           GError         **error)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  ReshootTile tile = { .digest = digest };

  return !reshoot_tiles_read_tile (&tile, bytes, NULL) ||
         reshoot_database_run (self->database, error,
                               "INSERT OR IGNORE INTO whole_tile (id, digest, width, height, size)"
                               " VALUES (?, ?, ?, ?, ?)", "isiii", at, digest, (gint64) tile.width,
                               (gint64) tile.height, (gint64) tile.size);
}

typedef gboolean (*NoteBytes) (ReshootSalvage  *self,
                               gint64           at,
                               GBytes          *bytes,
                               GError         **error);

/* Looks at the bytes of each row that @keys names. They are known by what they are, not by what their row says. */
static gboolean
look_at_bytes (ReshootSalvage  *self,
               const char      *keys,
               const char      *sql,
               NoteBytes        note,
               gint64          *n_bytes,
               GError         **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (self->database, error, keys, "");
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  while (*n_bytes > 0 && reshoot_query_next (query, &local))
    {
      gint64 at = reshoot_query_get_integer (query, 0);
      g_autoptr (GBytes) bytes = read_row (self, sql, at);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;

      if (bytes == NULL || g_bytes_get_size (bytes) == 0)
        continue;

      *n_bytes -= g_bytes_get_size (bytes);
      if (!note (self, at, bytes, error))
        return FALSE;
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The tiles of a picture in their places, or NULL where one is missing or breaks the rules. */
static ReshootTiles *
place_tiles (ReshootSalvage *self,
             gint64          tiling,
             const char     *base,
             int             width,
             int             height)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (ReshootTiles) tiles = reshoot_tiles_new (NULL, base, NULL, width, height);

  query = reshoot_query_new (self->database, NULL,
                             "SELECT x, y, whole_tile.digest, width, height, size FROM got_picture_tile"
                             " LEFT JOIN whole_tile ON whole_tile.id = tile WHERE tiling = ? ORDER BY y, x", "i",
                             tiling);
  while (query != NULL && reshoot_query_next (query, NULL))
    {
      ReshootTile tile = { .digest = reshoot_query_get_text (query, 2) };

      tile.x = (int) CLAMP (reshoot_query_get_integer (query, 0), -1, G_MAXINT);
      tile.y = (int) CLAMP (reshoot_query_get_integer (query, 1), -1, G_MAXINT);
      tile.width = (int) reshoot_query_get_integer (query, 3);
      tile.height = (int) reshoot_query_get_integer (query, 4);
      tile.size = (gsize) reshoot_query_get_integer (query, 5);
      if (tile.digest == NULL || !reshoot_tiles_add (tiles, &tile, NULL))
        return NULL;
    }

  return reshoot_tiles_get_n (tiles) > 0 ? g_steal_pointer (&tiles) : NULL;
}

/* A picture of tiles is as large as its base, and known by its tiles. */
static gboolean
look_at_tilings (ReshootSalvage  *self,
                 GError         **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (self->database, error,
                             "SELECT id, picture, base, width, height FROM got_tiling"
                             " JOIN whole ON whole.digest = base AND at IS NOT NULL"
                             " WHERE picture NOT IN (SELECT digest FROM whole)", "");
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      gint64 tiling = reshoot_query_get_integer (query, 0);
      gint64 width = reshoot_query_get_integer (query, 3);
      gint64 height = reshoot_query_get_integer (query, 4);
      g_autoptr (ReshootTiles) tiles = NULL;
      g_autofree char *real = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;

      tiles = place_tiles (self, tiling, reshoot_query_get_text (query, 2), (int) width,
                           (int) height);
      real = tiles != NULL ? reshoot_tiles_dup_digest (tiles) : NULL;
      if (real != NULL && g_strcmp0 (real, reshoot_query_get_text (query, 1)) == 0 &&
          !reshoot_database_run (self->database, error,
                                 "INSERT OR IGNORE INTO whole (digest, tiling, format, width, height, size)"
                                 " VALUES (?, ?, 'tiles', ?, ?, ?)", "siiii", real, tiling, width, height,
                                 (gint64) reshoot_tiles_get_size (tiles)))
        return FALSE;
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What is whole, in our tables; what leads to the bytes, in views that stand before the tables of their names. */
static const char build[] =
  "INSERT INTO main.picture SELECT digest, format, width, height, size FROM whole;"
  "INSERT INTO main.tiling SELECT tiling, got_tiling.picture, base FROM got_tiling JOIN whole ON tiling ="
  " got_tiling.id;"
  "CREATE TEMP VIEW picture_tile AS SELECT tiling, y, x, tile FROM got_picture_tile"
  "  WHERE tiling IN (SELECT id FROM main.tiling);"
  "CREATE TEMP VIEW picture_data AS SELECT digest, (SELECT data FROM " RESHOOT_SALVAGE_SOURCE ".picture_data AS d"
  "  NOT INDEXED WHERE d.rowid = at) AS data FROM whole WHERE at IS NOT NULL;";

/* A file of version 1 has no tiles to lead to. */
static const char build_tiles[] =
  "CREATE TEMP VIEW tile AS SELECT id, digest, (SELECT data FROM " RESHOOT_SALVAGE_SOURCE ".tile AS d"
  "  NOT INDEXED WHERE d.id = whole_tile.id) AS data FROM whole_tile;";

/*
 * reshoot_salvage_find_pictures:
 * @self: a salvage that is staged
 * @error: return location
 *
 * Fills `picture` and `tiling` with the pictures that are whole, and a temporary table `whole` with their digests.
 *
 * Returns: whether that could be done
 */
gboolean
reshoot_salvage_find_pictures (ReshootSalvage  *self,
                               GError         **error)
{
  gint64 n_bytes = 0;

  if (!reshoot_database_execute (self->database,
                                 "CREATE TEMP TABLE whole (digest PRIMARY KEY, at, tiling, format, width, height,"
                                 " size);"
                                 "CREATE TEMP TABLE whole_tile (id INTEGER PRIMARY KEY, digest UNIQUE, width, height,"
                                 " size);",
                                 error) ||
      !measure (self, &n_bytes, error) ||
      !look_at_bytes (self, "SELECT at FROM got_picture_data",
                      "SELECT data FROM " RESHOOT_SALVAGE_SOURCE ".picture_data NOT INDEXED WHERE rowid = ?",
                      note_picture, &n_bytes, error) ||
      !look_at_bytes (self, "SELECT id FROM got_tile",
                      "SELECT data FROM " RESHOOT_SALVAGE_SOURCE ".tile NOT INDEXED WHERE id = ?",
                      note_tile, &n_bytes, error) ||
      !look_at_tilings (self, error))
    return FALSE;

  return reshoot_database_execute (self->database, build, error) &&
         (self->version < 2 || reshoot_database_execute (self->database, build_tiles, error));
}
