/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture out of a file. It hides what keeps one from being read: folders, pipes, sizes. */

#include "reshoot-image-private.h"

/* A folder, a pipe or a device never ends: they are told from files before one is opened. */
static GBytes *
read_file (GFile         *file,
           const char    *name,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *data = NULL;
  gsize size;
  gsize n_read;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, error);
  if (info == NULL)
    return NULL;

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "Is a folder");
      return NULL;
    }

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "Is not a file");
      return NULL;
    }

  if (!reshoot_image_check_size (g_file_info_get_size (info), name, error))
    return NULL;

  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  size = g_file_info_get_size (info);
  data = g_malloc (MAX (size, 1));
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), data, size, &n_read, cancellable, error))
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&data), n_read);
}

/* Read and let through the gate; what comes after its header is not looked at yet. Blocks. */
ReshootImage *
reshoot_image_read (GFile         *file,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GError) io_error = NULL;
  g_autoptr (GBytes) bytes = read_file (file, name, cancellable, &io_error);

  if (bytes == NULL)
    {
      g_propagate_error (error, reshoot_error_new_from_io (io_error, name));
      return NULL;
    }

  reshoot_image_start_vips ();
  return reshoot_image_new_from_bytes (bytes, name, error);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) self = reshoot_image_read (task_data, cancellable, &error);

  if (self == NULL || !reshoot_image_check (self, cancellable, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
}

/**
 * reshoot_image_load_async:
 * @file: where the picture lies
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads a file, lets it through the gate and decodes it once, to be sure of it.
 */
void
reshoot_image_load_async (GFile               *file,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_image_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * reshoot_image_load_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Errors: those of [ctor@Image.new_from_bytes]; %RESHOOT_ERROR_INVALID_REQUEST ("missing", "directory", "not-a-file"),
 * %RESHOOT_ERROR_READ_ONLY ("permission"). The subject is the file.
 *
 * Returns: (transfer full): the picture
 */
ReshootImage *
reshoot_image_load_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_image_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autofree char *name = g_file_get_parse_name (task_data);
  g_autoptr (GPtrArray) beside = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ReshootImage) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = read_file (task_data, name, cancellable, &error);
  ReshootImageFormat format;

  if (bytes == NULL)
    {
      g_task_return_error (task, reshoot_error_new_from_io (error, name));
      return;
    }

  if (!reshoot_image_has_boxes (bytes, &format))
    self = reshoot_image_new_from_bytes (bytes, name, &error);
  else if (!reshoot_image_list_boxes (bytes, format, beside))
    reshoot_set_error (&error, RESHOOT_ERROR_CORRUPT, "truncated", name, "no picture in its boxes");

  if (error != NULL || (self != NULL && !reshoot_image_check (self, cancellable, &error)))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (self != NULL)
    g_task_return_pointer (task, reshoot_image_list_beside (self), (GDestroyNotify) g_strfreev);
  else
    g_task_return_pointer (task, reshoot_image_dup_names (beside), (GDestroyNotify) g_strfreev);
}

/**
 * reshoot_image_list_beside_async:
 * @file: where a picture lies, of any format that we write
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * [method@Image.list_beside] of a file, also of an AVIF and a JPEG XL, which are not read otherwise: their boxes are
 * looked at, their pixels are not.
 */
void
reshoot_image_list_beside_async (GFile               *file,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_image_list_beside_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, list_in_thread);
}

/**
 * reshoot_image_list_beside_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Errors: those of [func@Image.load_finish].
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of what is there beside pixels and profile
 */
char **
reshoot_image_list_beside_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_image_list_beside_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
check_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;

  if (reshoot_image_check (source, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_image_check_async:
 * @self: a picture that was not loaded, which checks it too
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * [method@Image.check] on a worker thread.
 */
void
reshoot_image_check_async (ReshootImage        *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RESHOOT_IS_IMAGE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_image_check_async);
  g_task_run_in_thread (task, check_in_thread);
}

/**
 * reshoot_image_check_finish:
 * @self: the picture
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Errors: those of [method@Image.check].
 *
 * Returns: whether the picture is whole
 */
gboolean
reshoot_image_check_finish (ReshootImage  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_image_check_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
