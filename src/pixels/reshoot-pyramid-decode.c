/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture decoded for display, by whoever is the fastest and right about its colours: GdkPixbuf where it is,
 * libvips for the rest. What comes out is 8 bit sRGB, not yet turned upright. */

#include "reshoot-pyramid-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define CHUNK (512u * 1024)      /* bytes decoded between two looks at the cancellable */

void
reshoot_pyramid_rows_clear (ReshootPyramidRows *rows)
{
  if (rows->destroy != NULL)
    rows->destroy (rows->owner);
  rows->destroy = NULL;
}

/* GdkPixbuf knows no profiles and no ink, and shows each pass of a progressive file, which takes twice to five times as
 * long as to decode it once. */
static const char *
find_pixbuf_type (ReshootImage *image)
{
  const ReshootImageHeader *header = reshoot_image_get_header (image);

  if (header->cmyk || header->needs_transform || header->progressive)
    return NULL;

  switch (header->format)
    {
    case RESHOOT_IMAGE_FORMAT_PNG:
      return "png";
    case RESHOOT_IMAGE_FORMAT_JPEG:
      return "jpeg";
    case RESHOOT_IMAGE_FORMAT_WEBP:
      return "webp";
    case RESHOOT_IMAGE_FORMAT_TIFF:  /* its loader decodes the whole file at its end, and takes longer */
    case RESHOOT_IMAGE_FORMAT_AVIF:
    case RESHOOT_IMAGE_FORMAT_JXL:
    default:
      return NULL;
    }
}

static void
loader_size_prepared_cb (GdkPixbufLoader *loader,
                         int              width,
                         int              height,
                         gpointer         user_data)
{
  int shrink = GPOINTER_TO_INT (user_data);

  /* Exactly what the DCT can be scaled to, so that nothing is scaled a second time. */
  gdk_pixbuf_loader_set_size (loader,
                              (width + shrink - 1) / shrink, (height + shrink - 1) / shrink);
}

static gboolean
feed (GdkPixbufLoader  *loader,
      GBytes           *bytes,
      GCancellable     *cancellable,
      GError          **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < length; i += CHUNK)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !gdk_pixbuf_loader_write (loader, data + i, MIN (CHUNK, length - i), error))
      {
        gdk_pixbuf_loader_close (loader, NULL);
        return FALSE;
      }

  return gdk_pixbuf_loader_close (loader, error);
}

/* FALSE without an error: GdkPixbuf has no such loader or does not like the file; libvips may. */
static gboolean
decode_by_pixbuf (ReshootImage        *image,
                  int                  shrink,
                  ReshootPyramidRows  *rows,
                  GCancellable        *cancellable,
                  GError             **error)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) inner = NULL;
  const char *type = find_pixbuf_type (image);
  GdkPixbuf *pixbuf;

  if (type == NULL)
    return FALSE;

  loader = gdk_pixbuf_loader_new_with_type (type, NULL);
  if (loader == NULL)
    return FALSE;

  if (shrink > 1)
    g_signal_connect (loader, "size-prepared",
                      G_CALLBACK (loader_size_prepared_cb), GINT_TO_POINTER (shrink));

  if (!feed (loader, reshoot_image_get_bytes (image), cancellable, &inner))
    {
      if (g_error_matches (inner, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL)
    return FALSE;

  rows->pixels = gdk_pixbuf_read_pixels (pixbuf);
  rows->width = gdk_pixbuf_get_width (pixbuf);
  rows->height = gdk_pixbuf_get_height (pixbuf);
  rows->stride = gdk_pixbuf_get_rowstride (pixbuf);
  rows->n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  rows->owner = g_object_ref (pixbuf);
  rows->destroy = g_object_unref;
  return TRUE;
}

static VipsImage *
open_as_srgb (ReshootImage *image,
              int           shrink,
              GCancellable *cancellable)
{
  g_autoptr (VipsImage) file = NULL;
  g_autoptr (VipsImage) rgb = NULL;
  g_autoptr (VipsImage) shallow = NULL;
  g_autoptr (VipsImage) srgb = NULL;
  VipsImage *memory;
  gulong handler;

  file = reshoot_image_open_bytes (reshoot_image_get_bytes (image),
                                   reshoot_image_get_format (image), shrink);
  if (file == NULL)
    return NULL;

  rgb = reshoot_image_normalise (file);
  if (rgb == NULL || vips_cast (rgb, &shallow, VIPS_FORMAT_UCHAR, "shift", TRUE, NULL) != 0)
    return NULL;

  srgb = reshoot_image_to_srgb (shallow);
  if (srgb == NULL)
    return NULL;

  handler = reshoot_image_kill_on_cancel (file, cancellable);
  memory = vips_image_copy_memory (srgb);
  g_cancellable_disconnect (cancellable, handler);
  return memory;
}

static gboolean
decode_by_vips (ReshootImage        *image,
                int                  shrink,
                ReshootPyramidRows  *rows,
                GCancellable        *cancellable,
                GError             **error)
{
  VipsImage *vips;

  vips_error_clear ();
  vips = open_as_srgb (image, shrink, cancellable);
  if (vips == NULL)
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        reshoot_image_set_damaged_error (error, image);
      return FALSE;
    }

  rows->pixels = vips_image_get_data (vips);
  rows->width = vips_image_get_width (vips);
  rows->height = vips_image_get_height (vips);
  rows->n_channels = vips_image_get_bands (vips);
  rows->stride = (gsize) rows->width * rows->n_channels;
  rows->owner = vips;
  rows->destroy = g_object_unref;
  return TRUE;
}

/* FALSE with an error: neither can decode it, or it was cancelled. */
gboolean
reshoot_pyramid_decode (ReshootImage        *image,
                        int                  shrink,
                        ReshootPyramidRows  *rows,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_autoptr (GError) inner = NULL;

  if (decode_by_pixbuf (image, shrink, rows, cancellable, &inner)
      || (inner == NULL && decode_by_vips (image, shrink, rows, cancellable, &inner)))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}
