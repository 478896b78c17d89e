/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootImage: a picture as it was received. It owns the encoded bytes and what the gate learned about them, and never
 * changes, so that any thread may use it. It keeps no decoded pixels: who needs some asks for them and lets go. */

#include "reshoot-image.h"

#include "reshoot-image-private.h"

struct _ReshootImage
{
  GObject             parent_instance;

  GBytes             *bytes;
  ReshootImageHeader  header;
  char               *digest;
  char               *name;  /* (nullable): what errors are about */
};

G_DEFINE_FINAL_TYPE (ReshootImage, reshoot_image, G_TYPE_OBJECT)

/* A handler must not log by g_log() itself: GLib takes that for a recursion and ends the program. */
static void
vips_warned_cb (const char     *domain,
                GLogLevelFlags  level,
                const char     *message,
                gpointer        user_data)
{
  g_log_default_handler (domain, G_LOG_LEVEL_DEBUG, message, NULL);
}

static void
reshoot_image_finalize (GObject *object)
{
  ReshootImage *self = RESHOOT_IMAGE (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->header.profile_name, g_free);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (reshoot_image_parent_class)->finalize (object);
}

static void
reshoot_image_class_init (ReshootImageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_image_finalize;

  /* The class is initialised once and before any picture exists: the place to start libvips, too. */
  if (VIPS_INIT ("reshoot") != 0)
    g_error ("libvips does not start: %s", vips_error_buffer ());

  /* Warnings about a foreign file are no fault of ours, and its damage comes back as an error. */
  g_log_set_handler ("VIPS", G_LOG_LEVEL_WARNING, vips_warned_cb, NULL);
  vips_block_untrusted_set (TRUE);
  /* libvips remembers results by their inputs' addresses; our pictures are large and seldom asked for twice. */
  vips_cache_set_max (0);
}

static void
reshoot_image_init (ReshootImage *self)
{
}

/**
 * reshoot_image_new_from_bytes:
 * @bytes: an encoded picture, kept as it is
 * @name: (nullable): what to call it in errors
 * @error: return location for an error
 *
 * The one gate for foreign bytes. Looks at the header alone; [method@Image.check] decodes.
 *
 * Errors: %RESHOOT_ERROR_UNSUPPORTED_IMAGE (reason "not-an-image" or "other-format"), %RESHOOT_ERROR_CORRUPT
 * ("truncated" or "damaged"), %RESHOOT_ERROR_TOO_LARGE ("bytes" or "pixels").
 *
 * Returns: (transfer full): a new picture
 */
ReshootImage *
reshoot_image_new_from_bytes (GBytes      *bytes,
                              const char  *name,
                              GError     **error)
{
  g_autoptr (ReshootImage) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_object_new (RESHOOT_TYPE_IMAGE, NULL);
  if (!reshoot_image_read_header (bytes, name, &self->header, error))
    return NULL;

  self->bytes = g_bytes_ref (bytes);
  self->name = g_strdup (name);
  self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return g_steal_pointer (&self);
}

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

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GFile *file = task_data;
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = read_file (file, name, cancellable, &error);
  g_autoptr (ReshootImage) self = NULL;

  if (bytes == NULL)
    {
      g_task_return_error (task, reshoot_error_new_from_io (error, name));
      return;
    }

  self = reshoot_image_new_from_bytes (bytes, name, &error);
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
cancelled_cb (GCancellable *cancellable,
              VipsImage    *vips)
{
  vips_image_set_kill (vips, TRUE);
}

/* Makes libvips give up on @vips. Give the result to g_cancellable_disconnect(). */
gulong
reshoot_image_kill_on_cancel (VipsImage    *vips,
                              GCancellable *cancellable)
{
  if (cancellable == NULL)
    return 0;

  return g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                g_object_ref (vips), g_object_unref);
}

static int
forget_region_cb (VipsRegion *region,
                  VipsRect   *area,
                  void       *user_data)
{
  return 0;
}

/**
 * reshoot_image_check:
 * @self: a picture
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Decodes every pixel, strictly, and keeps none. Blocks: for a worker thread.
 *
 * Errors: %RESHOOT_ERROR_CORRUPT, reason "damaged".
 *
 * Returns: whether the picture is whole
 */
gboolean
reshoot_image_check (ReshootImage  *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (VipsImage) vips = NULL;
  gulong handler;
  int failed = -1;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  vips_error_clear ();
  vips = reshoot_image_open_bytes (self->bytes, self->header.format, 1);
  if (vips != NULL)
    {
      handler = reshoot_image_kill_on_cancel (vips, cancellable);
      failed = vips_sink_disc (vips, forget_region_cb, NULL);
      g_cancellable_disconnect (cancellable, handler);
    }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (failed != 0)
    reshoot_image_set_damaged_error (error, self);
  return failed == 0;
}

/* For a picture that passed the gate, so that it has an end, and cannot be decoded. */
void
reshoot_image_set_damaged_error (GError       **error,
                                 ReshootImage  *self)
{
  reshoot_image_set_bytes_error (error, self->name);
}

const ReshootImageHeader *
reshoot_image_get_header (ReshootImage *self)
{
  return &self->header;
}

/**
 * reshoot_image_get_bytes:
 * @self: a picture
 *
 * Returns: (transfer none): the bytes as they were received
 */
GBytes *
reshoot_image_get_bytes (ReshootImage *self)
{
  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), NULL);

  return self->bytes;
}

/**
 * reshoot_image_get_format:
 * @self: a picture
 *
 * Returns: the encoding of its bytes
 */
ReshootImageFormat
reshoot_image_get_format (ReshootImage *self)
{
  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), RESHOOT_IMAGE_FORMAT_PNG);

  return self->header.format;
}

/**
 * reshoot_image_get_width:
 * @self: a picture
 *
 * Returns: the width in pixels, upright
 */
int
reshoot_image_get_width (ReshootImage *self)
{
  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), 0);

  return self->header.width;
}

/**
 * reshoot_image_get_height:
 * @self: a picture
 *
 * Returns: the height in pixels, upright
 */
int
reshoot_image_get_height (ReshootImage *self)
{
  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), 0);

  return self->header.height;
}

/**
 * reshoot_image_get_digest:
 * @self: a picture
 *
 * Returns: (transfer none): the SHA-256 of its bytes, 64 hexadecimal digits in lower case
 */
const char *
reshoot_image_get_digest (ReshootImage *self)
{
  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), NULL);

  return self->digest;
}

/**
 * reshoot_image_get_profile_name:
 * @self: a picture
 *
 * Returns: (nullable) (transfer none): what its ICC profile calls itself, if it has one
 */
const char *
reshoot_image_get_profile_name (ReshootImage *self)
{
  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), NULL);

  return self->header.profile_name;
}

/**
 * reshoot_image_get_was_cmyk:
 * @self: a picture
 *
 * Returns: whether its bytes hold ink; what is decoded from them is sRGB
 */
gboolean
reshoot_image_get_was_cmyk (ReshootImage *self)
{
  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), FALSE);

  return self->header.cmyk;
}

/* By how much a picture can be made smaller while it is decoded and still be no smaller than asked: JPEG alone can. */
int
reshoot_image_find_shrink (ReshootImage *self,
                           int           long_edge)
{
  int edge = MAX (self->header.width, self->header.height);
  int shrink = 1;

  if (self->header.format != RESHOOT_IMAGE_FORMAT_JPEG)
    return 1;

  while (shrink < 8 && edge / (shrink * 2) >= long_edge)
    shrink *= 2;

  return shrink;
}

/**
 * reshoot_image_make_thumbnail:
 * @self: a picture
 * @long_edge: of the thumbnail, in pixels; a smaller picture is not enlarged
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * A small upright picture in sRGB, 8 bit: JPEG, or PNG where there is transparency. Blocks: for a worker thread.
 *
 * Returns: (transfer full): the thumbnail
 */
ReshootImage *
reshoot_image_make_thumbnail (ReshootImage  *self,
                              int            long_edge,
                              GCancellable  *cancellable,
                              GError       **error)
{
  g_autoptr (VipsImage) full = NULL;
  g_autoptr (VipsImage) small = NULL;
  g_autoptr (GBytes) bytes = NULL;
  ReshootImageFormat format;
  gulong handler;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), NULL);
  g_return_val_if_fail (long_edge > 0, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  vips_error_clear ();
  full = reshoot_image_open_bytes (self->bytes, self->header.format,
                                   reshoot_image_find_shrink (self, long_edge));
  if (full == NULL)
    {
      reshoot_image_set_damaged_error (error, self);
      return NULL;
    }

  handler = reshoot_image_kill_on_cancel (full, cancellable);
  format = self->header.has_alpha ? RESHOOT_IMAGE_FORMAT_PNG : RESHOOT_IMAGE_FORMAT_JPEG;
  if (vips_thumbnail_image (full, &small, long_edge, "height", long_edge, "size", VIPS_SIZE_DOWN,
                            "export_profile", "srgb", NULL) == 0)
    bytes = reshoot_image_encode (small, format, 85, TRUE, cancellable, error);
  else if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    reshoot_image_set_damaged_error (error, self);
  g_cancellable_disconnect (cancellable, handler);

  return bytes != NULL ? reshoot_image_new_from_bytes (bytes, self->name, error) : NULL;
}
