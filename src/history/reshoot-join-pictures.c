/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The pictures of a project that is joined: those that its new steps show, went along with their requests or came
 * back. A picture that is here stays; one whose bytes were purged here gets them back. */

#include "reshoot-join-private.h"

#include "reshoot-project-facts-private.h"

/* What is known of a picture on one side. */
typedef struct
{
  gboolean is_there;
  gboolean has_data;
  gboolean has_tiling;
  gboolean is_purged;
} Picture;

static gboolean
look (ReshootDatabase  *database,
      const char       *digest,
      Picture          *picture,
      GError          **error)
{
  g_autoptr (ReshootQuery) query = NULL;

  query = reshoot_query_new (database, error,
                             "SELECT EXISTS (SELECT 1 FROM picture WHERE digest = ?),"
                             " EXISTS (SELECT 1 FROM picture_data WHERE digest = ?),"
                             " EXISTS (SELECT 1 FROM tiling WHERE picture = ?),"
                             " EXISTS (SELECT 1 FROM purged_picture WHERE digest = ?)", "ssss",
                             digest, digest, digest, digest);
  if (query == NULL || !reshoot_query_next (query, error))
    return FALSE;

  picture->is_there = reshoot_query_get_integer (query, 0);
  picture->has_data = reshoot_query_get_integer (query, 1);
  picture->has_tiling = reshoot_query_get_integer (query, 2);
  picture->is_purged = reshoot_query_get_integer (query, 3);
  return TRUE;
}

/* Runs @insert with each row that @select, with @digest as its value, gives there. */
static gboolean
copy_about (ReshootJoin  *join,
            const char   *digest,
            const char   *select,
            const char   *insert,
            GError      **error)
{
  g_autoptr (ReshootQuery) source = reshoot_query_new (join->theirs, error, select, "s", digest);
  g_autoptr (ReshootQuery) target = NULL;
  g_autoptr (GError) local = NULL;

  if (source != NULL)
    target = reshoot_query_new (join->ours, error, insert, "");

  if (target == NULL)
    return FALSE;

  while (reshoot_query_next (source, &local))
    if (!reshoot_query_copy_row (target, source, error))
      return FALSE;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A picture's digest covers its base's, and both were checked: this comes to an end. */
static gboolean
copy_base (ReshootJoin  *join,
           const char   *digest,
           GError      **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *base = NULL;

  query = reshoot_query_new (join->theirs, error,
                             "SELECT base FROM tiling WHERE picture = ?", "s", digest);
  if (query == NULL)
    return FALSE;

  if (reshoot_query_next (query, &local))
    base = g_strdup (reshoot_query_get_text (query, 0));

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return base == NULL || reshoot_join_copy_picture (join, base, error);
}

static gboolean
copy_tiles (ReshootJoin  *join,
            const char   *digest,
            GError      **error)
{
  return copy_about (join, digest, "SELECT picture, base FROM tiling WHERE picture = ?",
                     "INSERT INTO tiling (picture, base) VALUES (?1, ?2) ON CONFLICT DO NOTHING", error) &&
         copy_about (join, digest,
                     "SELECT tile.digest, data FROM tiling JOIN picture_tile ON tiling = tiling.id"
                     " JOIN tile ON tile.id = tile WHERE picture = ?",
                     "INSERT INTO tile (digest, data) VALUES (?1, ?2) ON CONFLICT DO NOTHING", error) &&
         copy_about (join, digest,
                     "SELECT picture, y, x, tile.digest FROM tiling JOIN picture_tile ON tiling = tiling.id"
                     " JOIN tile ON tile.id = tile WHERE picture = ?",
                     "INSERT INTO picture_tile (tiling, y, x, tile) VALUES ((SELECT id FROM tiling WHERE picture = ?1),"
                     " ?2, ?3, (SELECT id FROM tile WHERE digest = ?4))", error);
}

/*
 * reshoot_join_copy_picture:
 * @join: a join
 * @digest: of one of their pictures
 * @error: return location
 *
 * Returns: whether the picture is here now as it is there
 */
gboolean
reshoot_join_copy_picture (ReshootJoin  *join,
                           const char   *digest,
                           GError      **error)
{
  Picture here;
  Picture there;

  if (g_cancellable_set_error_if_cancelled (join->cancellable, error) ||
      !look (join->ours, digest, &here, error) || !look (join->theirs, digest, &there, error))
    return FALSE;

  if (here.is_there && (!here.is_purged || there.is_purged))
    return TRUE;

  if (!here.is_there &&
      !copy_about (join, digest, "SELECT digest, format, width, height, size FROM picture WHERE digest = ?",
                   "INSERT INTO picture (digest, format, width, height, size) VALUES (?1, ?2, ?3, ?4, ?5)", error))
    return FALSE;

  join->counts.n_pictures++;
  if (here.is_purged &&
      !reshoot_database_run (join->ours, error, "DELETE FROM purged_picture WHERE digest = ?", "s", digest))
    return FALSE;

  if (there.has_tiling && !there.is_purged &&
      (!copy_base (join, digest, error) || !copy_tiles (join, digest, error)))
    return FALSE;

  return copy_about (join, digest, "SELECT digest, data FROM picture_data WHERE digest = ?",
                     "INSERT INTO picture_data (digest, data) VALUES (?1, ?2)", error) &&
         copy_about (join, digest, "SELECT digest, purged FROM purged_picture WHERE digest = ?",
                     "INSERT INTO purged_picture (digest, purged) VALUES (?1, ?2)", error) &&
         copy_about (join, digest, "SELECT digest, data FROM thumbnail WHERE digest = ?",
                     "INSERT OR IGNORE INTO thumbnail (digest, data) VALUES (?1, ?2)", error);
}

/* Every picture that hangs on one of their steps. */
gboolean
reshoot_join_copy_pictures (ReshootJoin  *join,
                            gint64        step,
                            GError      **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (join->theirs, error,
                             "SELECT picture FROM step WHERE id = ?1 AND picture IS NOT NULL"
                             " UNION SELECT picture FROM version WHERE step = ?1"
                             " UNION SELECT picture FROM reply WHERE step = ?1"
                             " UNION SELECT request_picture.picture FROM request_picture"
                             "  JOIN step ON step.request = request_picture.request WHERE id = ?1", "i", step);
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      g_autofree char *digest = g_strdup (reshoot_query_get_text (query, 0));

      if (!reshoot_join_copy_picture (join, digest, error))
        return FALSE;
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
