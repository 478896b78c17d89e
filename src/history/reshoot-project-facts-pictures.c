/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture's rows. It hides that a picture is stored once however often it comes, whole or as tiles on another one,
 * and that what it is known by depends on which. It runs on the writer's thread, and decodes nothing. */

#include "reshoot-project-facts-private.h"

/* Whether @sql, a question about one digest, has a row: 1, 0, or -1 with @error set. */
static int
ask (ReshootDatabase  *database,
     const char       *sql,
     const char       *digest,
     GError          **error)
{
  gint64 one;

  return reshoot_fact_find_number (reshoot_query_new (database, error, sql, "s", digest), &one, error);
}

/* Whether a picture is there with all its bytes. */
static int
stands (ReshootDatabase  *database,
        const char       *digest,
        GError          **error)
{
  return ask (database,
              "SELECT 1 FROM picture WHERE digest = ?"
              " AND NOT EXISTS (SELECT 1 FROM purged_picture WHERE purged_picture.digest = picture.digest)",
              digest, error);
}

/* What the picture is known by, where nobody has said so yet: a rendering as what it was rendered from, if that is
 * here, else as its bytes. */
gboolean
reshoot_fact_name_picture (ReshootDatabase *database,
                           ReshootFact     *fact,
                           GError         **error)
{
  int found = 0;

  if (fact->digest == NULL && fact->rendering != NULL)
    found = stands (database, fact->rendering, error);

  if (fact->digest == NULL && found > 0)
    fact->digest = g_strdup (fact->rendering);
  else if (fact->digest == NULL && found == 0)
    fact->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, fact->bytes);

  return found >= 0;
}

/* The row may be there from before the bin was emptied: then the picture is back. */
static gboolean
write_row (ReshootDatabase  *database,
           ReshootFact      *fact,
           const char       *digest,
           const char       *format,
           gsize             size,
           GError          **error)
{
  return reshoot_database_run (database, error,
                               "INSERT INTO picture (digest, format, width, height, size) VALUES (?, ?, ?, ?, ?)"
                               " ON CONFLICT (digest) DO NOTHING", "ssiii", digest, format,
                               (gint64) fact->width, (gint64) fact->height, (gint64) size) &&
         reshoot_database_run (database, error, "DELETE FROM purged_picture WHERE digest = ?", "s", digest);
}

static gboolean
write_tile (ReshootDatabase    *database,
            gint64              tiling,
            const ReshootTile  *tile,
            GError            **error)
{
  return reshoot_database_run (database, error,
                               "INSERT INTO tile (digest, data) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
                               "sb", tile->digest, tile->png) &&
         reshoot_database_run (database, error,
                               "INSERT INTO picture_tile (tiling, y, x, tile)"
                               " SELECT ?, ?, ?, id FROM tile WHERE digest = ? ON CONFLICT DO NOTHING", "iiis", tiling,
                               (gint64) tile->y, (gint64) tile->x, tile->digest);
}

static gboolean
write_tiles (ReshootDatabase  *database,
             ReshootFact      *fact,
             const char       *digest,
             GError          **error)
{
  ReshootTiles *tiles = fact->tiles;
  gint64 tiling = 0;

  if (!write_row (database, fact, digest, "tiles", reshoot_tiles_get_size (tiles), error) ||
      !reshoot_database_run (database, error,
                             "INSERT INTO tiling (picture, base) VALUES (?, ?) ON CONFLICT (picture) DO NOTHING",
                             "ss", digest, reshoot_tiles_get_base_digest (tiles)) ||
      reshoot_fact_find_number (reshoot_query_new (database, error, "SELECT id FROM tiling WHERE picture = ?",
                                                   "s", digest), &tiling, error) < 1)
    return FALSE;

  for (guint i = 0; i < reshoot_tiles_get_n (tiles); i++)
    if (!write_tile (database, tiling, reshoot_tiles_get (tiles, i), error))
      return FALSE;

  return TRUE;
}

/* The picture as tiles: 1 it is there now, 0 it cannot be, for the base is gone, -1 with @error set. */
static int
try_tiles (ReshootDatabase  *database,
           ReshootFact      *fact,
           GError          **error)
{
  g_autofree char *digest = reshoot_tiles_dup_digest (fact->tiles);
  int found = stands (database, digest, error);

  if (found == 0 && reshoot_tiles_get_n (fact->tiles) > 0)
    {
      found = ask (database, "SELECT 1 FROM picture_data WHERE digest = ?",
                   reshoot_tiles_get_base_digest (fact->tiles), error);
      if (found > 0 && !write_tiles (database, fact, digest, error))
        found = -1;
    }

  if (found > 0)
    {
      g_free (fact->digest);
      fact->digest = g_steal_pointer (&digest);
    }

  return found;
}

/* Afterwards the fact's digest is what the picture is known by in the file. */
gboolean
reshoot_fact_write_picture (ReshootDatabase *database,
                            ReshootFact     *fact,
                            GError         **error)
{
  int found = fact->tiles != NULL ? try_tiles (database, fact, error) : 0;

  if (found == 0)
    found = reshoot_fact_name_picture (database, fact, error)
            ? stands (database, fact->digest, error) : -1;

  if (found != 0)
    return found > 0;

  return write_row (database, fact, fact->digest, fact->format, g_bytes_get_size (fact->bytes),
                    error) &&
         reshoot_database_run (database, error, "INSERT INTO picture_data (digest, data) VALUES (?, ?)"
                               " ON CONFLICT (digest) DO NOTHING", "sb", fact->digest, fact->bytes);
}
