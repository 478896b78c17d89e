/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootImage: a picture as it was received. It owns the encoded bytes and what the gate learned about them, and
 * never changes, so that any thread may use it. It keeps no decoded pixels: who needs some asks for them and lets
 * go. One that was rendered from tiles is the same to everyone; it is known by the digest of the tiles. */

#include "reshoot-image.h"

#include "reshoot-image-private.h"

struct _ReshootImage
{
  GObject             parent_instance;

  GBytes             *bytes;
  ReshootImageHeader  header;
  char               *digest;
  char               *name;          /* (nullable): what errors are about */
  gboolean            is_rendering;  /* the digest is not that of the bytes */
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

/*
 * reshoot_image_start_vips:
 *
 * Starts libvips, once. Takes some 20 ms: who is on a thread calls it there before the first picture is made, because
 * no other thread gets to know a new class, of whatever kind, while one is being initialised.
 */
void
reshoot_image_start_vips (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;

  if (VIPS_INIT ("reshoot") != 0)
    g_error ("libvips does not start: %s", vips_error_buffer ());

  /* Warnings about a foreign file are no fault of ours, and its damage comes back as an error. */
  g_log_set_handler ("VIPS", G_LOG_LEVEL_WARNING, vips_warned_cb, NULL);
  vips_block_untrusted_set (TRUE);
  /* libvips remembers results by their inputs' addresses; our pictures are large and seldom asked for twice. */
  vips_cache_set_max (0);
  g_once_init_leave (&once, 1);
}

static void
reshoot_image_class_init (ReshootImageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_image_finalize;

  /* Before any picture exists. */
  reshoot_image_start_vips ();
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
  if (!reshoot_image_check_size (g_bytes_get_size (bytes), name, error)
      || !reshoot_image_read_header (bytes, name, &self->header, error))
    return NULL;

  self->bytes = g_bytes_ref (bytes);
  self->name = g_strdup (name);
  self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return g_steal_pointer (&self);
}

/* Bytes of our own making, for a picture that is known by the @digest of what they were made from. */
ReshootImage *
reshoot_image_new_from_rendered (GBytes      *bytes,
                                 const char  *digest,
                                 GError     **error)
{
  g_autoptr (ReshootImage) self = g_object_new (RESHOOT_TYPE_IMAGE, NULL);

  if (!reshoot_image_read_header (bytes, digest, &self->header, error))
    return NULL;

  self->bytes = g_bytes_ref (bytes);
  self->name = g_strdup (digest);
  self->digest = g_strdup (digest);
  self->is_rendering = TRUE;
  return g_steal_pointer (&self);
}

/* For a picture that passed the gate, so that it has an end, and cannot be decoded. */
void
reshoot_image_set_damaged_error (GError       **error,
                                 ReshootImage  *self)
{
  reshoot_image_set_bytes_error (error, self->name);
}

/* What errors are about, or NULL. */
const char *
reshoot_image_get_name (ReshootImage *self)
{
  return self->name;
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
 * Returns: (transfer none): the bytes as they were received, or as a rendering was encoded
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
 * What the picture is known by. Two pictures with the same digest have the same pixels; the reverse need not hold.
 *
 * Returns: (transfer none): the SHA-256 of its bytes, 64 hexadecimal digits in lower case; of a rendering that of the
 *   tiles it was made from, see [method@Tiles.dup_digest]
 */
const char *
reshoot_image_get_digest (ReshootImage *self)
{
  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), NULL);

  return self->digest;
}

/**
 * reshoot_image_get_is_rendering:
 * @self: a picture
 *
 * A picture that is stored as tiles is rendered when it is asked for. Its bytes are of the moment and are not to be
 * stored under its digest.
 *
 * Returns: whether its bytes were made from tiles
 */
gboolean
reshoot_image_get_is_rendering (ReshootImage *self)
{
  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), FALSE);

  return self->is_rendering;
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
 * reshoot_image_get_has_profile:
 * @self: a picture
 *
 * Returns: whether it says what its numbers mean, by a profile that may have no name; one that does not is sRGB
 */
gboolean
reshoot_image_get_has_profile (ReshootImage *self)
{
  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), FALSE);

  return self->header.profile_name != NULL || self->header.needs_transform;
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
