/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read from a project after it is open: pictures, and all of it once when somebody wants to be sure. Both run
 * on the reader's thread. What comes out went through the gate for foreign bytes and has the digest it is known by. */

#include "reshoot-project-private.h"

#include "reshoot-error.h"

/* The long side of a thumbnail, in pixels. */
#define THUMBNAIL_EDGE 256

typedef struct
{
  /* inputs */
  gint64              step;
  ReshootPictureKind  kind;
  char               *digest;     /* (nullable): of a reply only the file knows it */

  /* outputs */
  ReshootImage       *image;
  gboolean            is_small;   /* the image is the thumbnail that was asked for */
} Load;

static void
load_free (Load *load)
{
  g_free (load->digest);
  g_clear_object (&load->image);
  g_free (load);
}

/* The bytes of a one-value query, or NULL: then @error is set unless there is no row. */
static GBytes *
read_bytes (ReshootDatabase *database,
            const char      *sql,
            const char      *digest,
            GError         **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (database, error, sql, "s", digest);

  if (query == NULL || !reshoot_query_next (query, error))
    return NULL;

  return reshoot_query_dup_bytes (query, 0);
}

static gboolean
find_reply (ReshootDatabase *database,
            Load            *load,
            GError         **error)
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
find_thumbnail (ReshootDatabase *database,
                Load            *load)
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

static gboolean
load_work (ReshootDatabase  *database,
           gpointer          data,
           GCancellable     *cancellable,
           GError          **error)
{
  Load *load = data;

  if (load->kind == RESHOOT_PICTURE_REPLY && !find_reply (database, load, error))
    return FALSE;

  if (load->kind == RESHOOT_PICTURE_THUMBNAIL)
    find_thumbnail (database, load);

  if (load->image == NULL)
    load->image = read_picture (database, load->digest, error);

  return load->image != NULL;
}

static void
thumbnail_stored_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_debug ("storing a thumbnail: %s", error->message);
}

static void
thumbnail_made_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  const char *digest = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (ReshootImage) small = g_task_propagate_pointer (G_TASK (result), &error);

  if (small == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (!self->closed && self->writer != NULL)
    {
      ReshootFact *fact = reshoot_fact_new (0, "");

      fact->digest = g_strdup (digest);
      fact->bytes = g_bytes_ref (reshoot_image_get_bytes (small));
      reshoot_project_write (self, fact, reshoot_fact_write_thumbnail, NULL, thumbnail_stored_cb,
                             NULL);
    }

  g_task_return_pointer (task, g_steal_pointer (&small), g_object_unref);
}

static void
make_thumbnail_in_thread (GTask        *task,
                          gpointer      source,
                          gpointer      task_data,
                          GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  ReshootImage *small = reshoot_image_make_thumbnail (task_data, THUMBNAIL_EDGE, cancellable,
                                                      &error);

  if (small != NULL)
    g_task_return_pointer (task, small, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (load->kind == RESHOOT_PICTURE_THUMBNAIL && !load->is_small)
    {
      GCancellable *cancellable = g_task_get_cancellable (task);
      g_autoptr (GTask) making = g_task_new (NULL, cancellable, thumbnail_made_cb,
                                             g_object_ref (task));

      g_task_set_source_tag (making, picture_read_cb);
      g_task_set_task_data (making, g_object_ref (load->image), g_object_unref);
      g_task_run_in_thread (making, make_thumbnail_in_thread);
    }
  else
    g_task_return_pointer (task, g_object_ref (load->image), g_object_unref);
}

/* A caller's task of a reading, or NULL when it is answered already. */
static GTask *
begin_read (ReshootProject      *self,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data,
            gpointer             tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (g_task_return_error_if_cancelled (task))
    return NULL;

  if (self->closed)
    {
      g_autofree char *path = g_file_get_parse_name (self->location);

      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_FAILED, "closed", path, "the project is closed"));
      return NULL;
    }

  return g_steal_pointer (&task);
}

/**
 * reshoot_project_load_picture_async:
 * @self: a project
 * @step: one of its steps
 * @kind: which of its pictures
 * @cancellable: (nullable): to stop
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Reads a picture, whose digest is checked. A thumbnail, at most 256 pixels on its long side, is made when it is first
 * asked for and kept.
 */
void
reshoot_project_load_picture_async (ReshootProject      *self,
                                    ReshootStep         *step,
                                    ReshootPictureKind   kind,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task;
  GTask *inner;
  Load *load;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));

  task = begin_read (self, cancellable, callback, user_data, reshoot_project_load_picture_async);
  if (task == NULL)
    return;

  if (kind != RESHOOT_PICTURE_REPLY && reshoot_step_get_digest (step) == NULL)
    {
      g_autofree char *subject = g_strdup_printf ("step %" G_GINT64_FORMAT, reshoot_step_get_id (step));

      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "no-picture", subject,
                                                    "the step has no picture yet"));
      g_object_unref (task);
      return;
    }

  load = g_new0 (Load, 1);
  load->step = reshoot_step_get_id (step);
  load->kind = kind;
  if (kind != RESHOOT_PICTURE_REPLY)
    load->digest = g_strdup (reshoot_step_get_digest (step));

  g_task_set_task_data (task, g_strdup (load->digest), g_free);
  inner = g_task_new (NULL, cancellable, picture_read_cb, task);
  g_task_set_source_tag (inner, reshoot_project_load_picture_async);
  g_task_set_task_data (inner, load, (GDestroyNotify) load_free);
  reshoot_database_thread_push (self->reader, inner, load_work);
}

/**
 * reshoot_project_load_picture_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: `CORRUPT` "picture" with the digest as the subject; `INVALID_REQUEST` "no-picture" with the subject "step N";
 * `FAILED` "closed".
 *
 * Returns: (transfer full): the picture, as it was received
 */
ReshootImage *
reshoot_project_load_picture_finish (ReshootProject  *self,
                                     GAsyncResult    *result,
                                     GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_load_picture_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProjectCounts *counts = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, g_memdup2 (counts, sizeof *counts), g_free);
}

/**
 * reshoot_project_verify_async:
 * @self: a project
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Checks the file, the ledger's chain, the facts against the ledger, and every picture's digest.
 */
void
reshoot_project_verify_async (ReshootProject      *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;
  GTask *inner;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));

  task = begin_read (self, cancellable, callback, user_data, reshoot_project_verify_async);
  if (task == NULL)
    return;

  inner = g_task_new (NULL, cancellable, verified_cb, task);
  g_task_set_source_tag (inner, reshoot_project_verify_async);
  g_task_set_task_data (inner, g_new0 (ReshootProjectCounts, 1), g_free);
  reshoot_database_thread_push (self->reader, inner, reshoot_project_verify_work);
}

/**
 * reshoot_project_verify_finish:
 * @self: a project
 * @result: what the callback was given
 * @n_entries: (out) (optional): how many entries the ledger has
 * @n_pictures: (out) (optional): how many pictures there are
 * @error: return location
 *
 * Errors: `CORRUPT` "damaged" (the file), "ledger" with the subject "entry N", or "step N" for a fact that no entry
 * tells, "picture" with a digest.
 *
 * Returns: whether all is as it was stored
 */
gboolean
reshoot_project_verify_finish (ReshootProject  *self,
                               GAsyncResult    *result,
                               guint           *n_entries,
                               guint           *n_pictures,
                               GError         **error)
{
  g_autofree ReshootProjectCounts *counts = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_verify_async), FALSE);

  counts = g_task_propagate_pointer (G_TASK (result), error);
  if (counts == NULL)
    return FALSE;

  if (n_entries != NULL)
    *n_entries = counts->n_entries;
  if (n_pictures != NULL)
    *n_pictures = counts->n_pictures;

  return TRUE;
}
