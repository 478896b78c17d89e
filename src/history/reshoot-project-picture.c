/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One picture out of the file, on the reader's thread: its bytes, or those of its base and its tiles. Here it is only
 * read. That it is what it should be is seen when it is made of them, on a worker: the reader has others waiting. */

#include "reshoot-project-picture.h"

#include "reshoot-error.h"

void
reshoot_picture_load_free (ReshootPictureLoad *load)
{
  g_free (load->digest);
  g_clear_object (&load->tiles);
  g_clear_object (&load->small);
  g_free (load);
}

/* The bytes of a one-value query, or NULL: then @error is set unless there is no row. */
static GBytes *
read_bytes (ReshootDatabase  *database,
            const char       *sql,
            const char       *digest,
            GError          **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (database, error, sql, "s", digest);

  if (query == NULL || !reshoot_query_next (query, error))
    return NULL;

  return reshoot_query_dup_bytes (query, 0);
}

static gboolean
find_reply (ReshootDatabase     *database,
            ReshootPictureLoad  *load,
            GError             **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *subject = g_strdup_printf ("%" G_GINT64_FORMAT, load->step);

  query = reshoot_query_new (database, error, "SELECT picture FROM reply WHERE step = ?", "i", load->step);
  if (query == NULL)
    return FALSE;

  if (reshoot_query_next (query, &local))
    {
      load->digest = g_strdup (reshoot_query_get_text (query, 0));
      return TRUE;
    }

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-picture", subject, "there is no reply");

  return FALSE;
}

/* A thumbnail that cannot be read is as good as none: it is made again. */
static void
find_thumbnail (ReshootDatabase    *database,
                ReshootPictureLoad *load)
{
  g_autoptr (GBytes) bytes = NULL;

  bytes = read_bytes (database, "SELECT data FROM thumbnail WHERE digest = ?", load->digest, NULL);
  if (bytes != NULL)
    load->small = reshoot_image_new_from_bytes (bytes, NULL, NULL);
}

static void
set_damaged (GError     **error,
             const char  *digest,
             const char  *detail)
{
  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", digest, "%s", detail);
}

/* One row of the tiles of a picture. Lengths first: what is too long is not read. */
static gboolean
read_tile (ReshootTiles  *tiles,
           ReshootQuery  *query,
           const char    *digest,
           GError       **error)
{
  gint64 x = reshoot_query_get_integer (query, 0);
  gint64 y = reshoot_query_get_integer (query, 1);
  ReshootTile tile = { .digest = reshoot_query_get_text (query, 2) };
  g_autoptr (GBytes) png = NULL;

  if (tile.digest == NULL || x < 0 || x > G_MAXINT || y < 0 || y > G_MAXINT ||
      reshoot_query_get_integer (query, 3) > RESHOOT_TILES_MAX_BYTES)
    {
      set_damaged (error, digest, "a tile is missing or is none");
      return FALSE;
    }

  tile.x = (int) x;
  tile.y = (int) y;
  png = reshoot_query_dup_bytes (query, 4);
  if (!reshoot_tiles_read_tile (&tile, png, NULL))
    {
      set_damaged (error, digest, "a tile is no PNG of that size");
      return FALSE;
    }

  return reshoot_tiles_add (tiles, &tile, error);
}

static gboolean
read_tiles (ReshootDatabase  *database,
            gint64            tiling,
            const char       *digest,
            ReshootTiles     *tiles,
            GError          **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (ReshootQuery) query = NULL;
  g_autofree char *real = NULL;

  query = reshoot_query_new (database, error,
                             "SELECT x, y, digest, length (data), data FROM picture_tile"
                             " LEFT JOIN tile ON tile.id = tile WHERE tiling = ? ORDER BY y, x", "i", tiling);
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    if (!read_tile (tiles, query, digest, error))
      return FALSE;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  real = reshoot_tiles_dup_digest (tiles);
  if (g_strcmp0 (real, digest) == 0)
    return TRUE;

  set_damaged (error, digest, "the tiles are others than they were");
  return FALSE;
}

/*
 * reshoot_picture_read:
 * @database: a connection
 * @digest: of a picture
 * @error: return location
 *
 * Errors: `CORRUPT` "picture" where it is not there, or its tiles break the rules.
 *
 * Returns: (transfer full): what the picture consists of, read and not looked at
 */
ReshootTiles *
reshoot_picture_read (ReshootDatabase  *database,
                      const char       *digest,
                      GError          **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReshootTiles) tiles = NULL;
  const char *base;
  gint64 tiling;

  query = reshoot_query_new (database, error,
                             "SELECT width, height, id, ifnull (base, digest) FROM picture"
                             " LEFT JOIN tiling ON picture = digest WHERE digest = ?", "s", digest);
  if (query == NULL)
    return NULL;

  if (!reshoot_query_next (query, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        set_damaged (error, digest, "there is no such picture");
      return NULL;
    }

  tiling = reshoot_query_get_integer (query, 2);
  base = reshoot_query_get_text (query, 3);
  bytes = read_bytes (database, "SELECT data FROM picture_data WHERE digest = ?", base, &local);
  if (bytes == NULL)
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        set_damaged (error, base, "the picture's bytes are not there");
      return NULL;
    }

  tiles = reshoot_tiles_new (digest, base, bytes,
                             (int) CLAMP (reshoot_query_get_integer (query, 0), 0, G_MAXINT),
                             (int) CLAMP (reshoot_query_get_integer (query, 1), 0, G_MAXINT));
  if (tiling != 0 && !read_tiles (database, tiling, digest, tiles, error))
    return NULL;

  return g_steal_pointer (&tiles);
}

gboolean
reshoot_picture_load_work (ReshootDatabase  *database,
                           gpointer          data,
                           GCancellable     *cancellable,
                           GError          **error)
{
  ReshootPictureLoad *load = data;

  if (load->kind == RESHOOT_PICTURE_REPLY && !find_reply (database, load, error))
    return FALSE;

  if (load->kind == RESHOOT_PICTURE_THUMBNAIL)
    find_thumbnail (database, load);

  if (load->small == NULL)
    load->tiles = reshoot_picture_read (database, load->digest, error);

  return load->small != NULL || load->tiles != NULL;
}
