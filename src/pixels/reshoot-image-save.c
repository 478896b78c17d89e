/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture into a file, whole or not at all: encoded first, then written beside its place and moved there. */

#include "reshoot-image-private.h"
#include "reshoot-mark-private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  GFile              *file;
  ReshootSaveOptions  options;
  ReshootMark        *mark;      /* (nullable) */
  char               *digest;    /* out: of what was written */
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->file);
  g_clear_pointer (&save->mark, reshoot_mark_free);
  g_free (save->digest);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

/* The bytes as they were received, as far as they may be passed on; NULL if the picture is to be encoded anew. */
static GBytes *
dup_received (ReshootImage *self,
              Save         *save)
{
  const ReshootSaveOptions *options = &save->options;

  if (options->format != reshoot_image_get_format (self) || options->quality > 0 ||
      reshoot_image_get_is_rendering (self) || reshoot_image_is_developed (self, options))
    return NULL;

  if (!options->private_)
    return g_bytes_ref (reshoot_image_get_bytes (self));

  /* Which side is up stands among the notes that go. */
  if (reshoot_image_get_header (self)->orientation > 1)
    return NULL;

  return reshoot_image_strip (reshoot_image_get_bytes (self), options->format);
}

static GBytes *
dup_encoded (ReshootImage  *self,
             Save          *save,
             GCancellable  *cancellable,
             GError       **error)
{
  const ReshootMark *mark = save->options.private_ ? NULL : save->mark;
  g_autoptr (VipsImage) vips = NULL;
  g_autoptr (VipsImage) developed = NULL;
  g_autoptr (GBytes) bytes = dup_received (self, save);
  GBytes *marked = NULL;

  /* They are signed: the least mark would make them false. */
  if (bytes != NULL && mark != NULL && reshoot_image_has_credentials (self))
    return g_steal_pointer (&bytes);

  if (bytes == NULL)
    {
      vips = reshoot_image_decode (self, cancellable, error);
      if (vips != NULL)
        developed = reshoot_image_develop (vips, &save->options, mark, cancellable, error);
      if (developed != NULL)
        bytes = reshoot_image_encode (developed, save->options.format, save->options.quality,
                                      save->options.private_, cancellable, error);
    }

  /* A picture that has no room for a mark is saved without one. */
  if (bytes != NULL && mark != NULL)
    marked = reshoot_mark_apply (mark, bytes, save->options.format);

  return marked != NULL ? marked : g_steal_pointer (&bytes);
}

/**
 * reshoot_image_dup_encoded:
 * @self: a picture
 * @format: how to encode it
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * What [method@Image.save_async] would write with no quality asked for, nothing left out and no mark, on a thread of
 * the caller's that may wait.
 *
 * Returns: (transfer full): the bytes of a file
 */
GBytes *
reshoot_image_dup_encoded (ReshootImage        *self,
                           ReshootImageFormat   format,
                           GCancellable        *cancellable,
                           GError             **error)
{
  Save save = { .options = { .format = format } };

  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), NULL);

  return dup_encoded (self, &save, cancellable, error);
}

/* GLib's own way writes beside the place, flushes to the disk and renames. A link keeps pointing to the file that is
 * replaced, and the file keeps its permissions. */
static gboolean
replace_local (const char  *path,
               GBytes      *bytes,
               GError     **error)
{
  g_autofree char *real = realpath (path, NULL);
  g_autoptr (GError) inner = NULL;
  const char *place = real != NULL ? real : path;
  struct stat info;
  const GFileSetContentsFlags flags = G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;
  GIOErrorEnum code = G_IO_ERROR_FAILED;
  int mode = 0666;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (stat (place, &info) == 0)
    {
      mode = (int) (info.st_mode & 0777);
      if (S_ISDIR (info.st_mode))
        code = G_IO_ERROR_IS_DIRECTORY;
      else if (!S_ISREG (info.st_mode))
        code = G_IO_ERROR_NOT_REGULAR_FILE;
    }

  if (code != G_IO_ERROR_FAILED)
    {
      g_set_error (error, G_IO_ERROR, (int) code, "Is no ordinary file");
      return FALSE;
    }

  if (g_file_set_contents_full (place, data, (gssize) length, flags, mode, &inner))
    return TRUE;

  code = g_io_error_from_file_error ((GFileError) inner->code);
  g_set_error_literal (error, G_IO_ERROR, (int) code, inner->message);
  return FALSE;
}

static gboolean
replace (GFile         *file,
         GBytes        *bytes,
         GCancellable  *cancellable,
         GError       **error)
{
  const char *path = g_file_peek_path (file);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (path != NULL)
    return replace_local (path, bytes, error);

  return g_file_replace_contents (file, data, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                  cancellable, error);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Save *save = task_data;
  g_autofree char *name = g_file_get_parse_name (save->file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dup_encoded (source, save, cancellable, &error);

  if (bytes == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!replace (save->file, bytes, cancellable, &error))
    g_task_return_error (task, reshoot_error_new_from_io (error, name));
  else
    {
      save->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
      g_task_return_boolean (task, TRUE);
    }
}

/**
 * reshoot_image_save_async:
 * @self: a picture
 * @file: where to put it; a file that is there is replaced
 * @options: how
 * @mark: (nullable): where it comes from, to be written into it
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Saves, whole or not at all. In its own format and with nothing else asked for, the bytes are those that were
 * received, or, if it is to be private, those of them that are needed to show it. A mark changes nothing else, and is
 * left out where it would break the Content Credentials that those bytes carry.
 */
void
reshoot_image_save_async (ReshootImage             *self,
                          GFile                    *file,
                          const ReshootSaveOptions *options,
                          const ReshootMark        *mark,
                          GCancellable             *cancellable,
                          GAsyncReadyCallback       callback,
                          gpointer                  user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (Save) save = NULL;

  g_return_if_fail (RESHOOT_IS_IMAGE (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (options != NULL);

  save = g_new0 (Save, 1);
  save->file = g_object_ref (file);
  save->options = *options;
  save->mark = reshoot_mark_copy (mark);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_check_cancellable (task, FALSE);  /* a file that is in its place is saved, whatever came after */
  g_task_set_source_tag (task, reshoot_image_save_async);
  g_task_set_task_data (task, g_steal_pointer (&save), (GDestroyNotify) save_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * reshoot_image_save_finish:
 * @self: a picture
 * @result: what the callback was given
 * @digest: (out) (optional) (transfer full): the SHA-256 of the file, 64 hexadecimal digits in lower case
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_READ_ONLY, %RESHOOT_ERROR_NO_SPACE, %RESHOOT_ERROR_INVALID_REQUEST (a folder that is
 * missing, a name that is a folder), with the file as the subject.
 *
 * Returns: whether it is saved; if not, what was there is there still
 */
gboolean
reshoot_image_save_finish (ReshootImage  *self,
                           GAsyncResult  *result,
                           char         **digest,
                           GError       **error)
{
  Save *save;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_image_save_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  save = g_task_get_task_data (G_TASK (result));
  if (digest != NULL)
    *digest = g_steal_pointer (&save->digest);

  return TRUE;
}
