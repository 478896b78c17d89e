/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One picture out of the file, on the reader's thread. What comes out went through the gate for foreign bytes and has
 * the digest it is known by. */

#include "reshoot-project-picture.h"

#include "reshoot-error.h"

void
reshoot_picture_load_free (ReshootPictureLoad *load)
{
  g_free (load->digest);
  g_clear_object (&load->image);
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
  g_autofree char *subject = g_strdup_printf ("step %" G_GINT64_FORMAT, load->step);

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
    load->image = reshoot_image_new_from_bytes (bytes, NULL, NULL);

  load->is_small = load->image != NULL;
}

/* The digest first, for it says whether the gate's complaint is the picture's own fault or the file's damage. */
static ReshootImage *
read_picture (ReshootDatabase  *database,
              const char       *digest,
              GError          **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autofree char *real = NULL;

  bytes = read_bytes (database, "SELECT data FROM picture_data WHERE digest = ?", digest, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  if (bytes != NULL)
    image = reshoot_image_new_from_bytes (bytes, digest, &local);

  if (image != NULL && g_strcmp0 (reshoot_image_get_digest (image), digest) == 0)
    return g_steal_pointer (&image);

  if (image == NULL && bytes != NULL)
    real = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  if (g_strcmp0 (real, digest) == 0)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", digest, "the picture's bytes are not what they were");

  return NULL;
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

  if (load->image == NULL)
    load->image = read_picture (database, load->digest, error);

  return load->image != NULL;
}
