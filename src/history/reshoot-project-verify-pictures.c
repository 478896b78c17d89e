/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every picture's bytes against its digest, and its row against its bytes. Bytes may be missing where the ledger tells
 * that they were purged, and nowhere else. Pictures in tiles have theirs in reshoot-project-verify-tiles.c. */

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
         reshoot_check_tiles (check, error);
}
