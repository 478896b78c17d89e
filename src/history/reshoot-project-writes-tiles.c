/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes before the writing of a version: the picture is held against its parent's, and where little differs it is
 * stored as the tiles that do. The reader fetches what the parent consists of, a worker compares, and only then the
 * writer has its turn. Nothing here can keep a picture from being stored: it is stored whole then. */

#include "reshoot-project-private.h"

#include "reshoot-project-picture.h"

/* In bytes: of a smaller picture there is nothing to save. */
#define SMALLEST (64 * 1024)

typedef struct
{
  /* inputs */
  ReshootProject      *project;
  ReshootImage        *picture;
  char                *parent;         /* digest */
  ReshootDatabaseWork  work;
  GCancellable        *cancellable;
  GAsyncReadyCallback  callback;
  gpointer             user_data;

  /* in progress */
  ReshootFact         *fact;           /* (owned) (nullable): until it is the writer's */
} Tiling;

static void
tiling_free (Tiling *tiling)
{
  g_clear_object (&tiling->project);
  g_clear_object (&tiling->picture);
  g_clear_object (&tiling->cancellable);
  g_clear_pointer (&tiling->fact, reshoot_fact_free);
  g_free (tiling->parent);
  g_free (tiling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tiling, tiling_free)

/* What the reader finds out. */
typedef struct
{
  char         *picture;   /* digest */
  char         *parent;    /* digest */
  gboolean      is_known;  /* out: the picture is in the file */
  ReshootTiles *tiles;     /* out (nullable): else: what the parent consists of */
} Look;

static void
look_free (Look *look)
{
  g_free (look->picture);
  g_free (look->parent);
  g_clear_object (&look->tiles);
  g_free (look);
}

static gboolean
look_work (ReshootDatabase  *database,
           gpointer          data,
           GCancellable     *cancellable,
           GError          **error)
{
  Look *look = data;
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (database, error, "SELECT 1 FROM picture WHERE digest = ?", "s", look->picture);
  if (query == NULL)
    return FALSE;

  look->is_known = reshoot_query_next (query, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  if (look->is_known)
    return TRUE;

  look->tiles = reshoot_picture_read (database, look->parent, error);
  return look->tiles != NULL;
}

/* The writer's turn. A close that was asked for meanwhile waited for this. */
static void
write_now (Tiling *tiling)
{
  ReshootProject *self = tiling->project;

  reshoot_project_write (self, g_steal_pointer (&tiling->fact), tiling->work, tiling->cancellable,
                         tiling->callback, tiling->user_data);
  self->n_preparing--;
  reshoot_project_close_when_idle (self);
}

static void
tiles_made_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Tiling) tiling = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_tiles_make_finish (RESHOOT_TILES (source), result, &tiling->fact->tiles, &error))
    g_debug ("no tiles: %s", error->message);

  write_now (tiling);
}

static void
parent_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Tiling) tiling = user_data;
  Look *look = g_task_get_task_data (G_TASK (result));
  GCancellable *cancellable = tiling->cancellable;
  ReshootImage *picture = tiling->picture;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_debug ("no tiles: %s", error->message);
  else if (!look->is_known)
    {
      reshoot_tiles_make_async (look->tiles, picture, cancellable, tiles_made_cb,
                                g_steal_pointer (&tiling));
      return;
    }

  write_now (tiling);
}

/*
 * reshoot_project_write_picture:
 * @self: a project that can be written
 * @fact: (transfer full): with @picture in it
 * @picture: the picture
 * @parent: (nullable): the digest of the picture that it was made from
 * @work: what writes the fact
 * @cancellable: (nullable): to stop before it is written
 * @callback: called with the inner task, as by reshoot_project_write()
 * @user_data: for @callback
 *
 * Writes a fact with a picture, as tiles where that is much smaller.
 */
void
reshoot_project_write_picture (ReshootProject      *self,
                               ReshootFact         *fact,
                               ReshootImage        *picture,
                               const char          *parent,
                               ReshootDatabaseWork  work,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Tiling *tiling;
  Look *look;
  GTask *inner;

  if (parent == NULL || g_bytes_get_size (reshoot_image_get_bytes (picture)) < SMALLEST)
    {
      reshoot_project_write (self, fact, work, cancellable, callback, user_data);
      return;
    }

  tiling = g_new0 (Tiling, 1);
  tiling->project = g_object_ref (self);
  tiling->picture = g_object_ref (picture);
  tiling->parent = g_strdup (parent);
  tiling->work = work;
  tiling->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  tiling->callback = callback;
  tiling->user_data = user_data;
  tiling->fact = fact;
  self->n_preparing++;

  look = g_new0 (Look, 1);
  look->picture = g_strdup (reshoot_image_get_digest (picture));
  look->parent = g_strdup (parent);

  inner = g_task_new (NULL, cancellable, parent_read_cb, tiling);
  g_task_set_source_tag (inner, reshoot_project_write_picture);
  g_task_set_task_data (inner, look, (GDestroyNotify) look_free);
  reshoot_database_thread_push (self->reader, inner, look_work);
}
