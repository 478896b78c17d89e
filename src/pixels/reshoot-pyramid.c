/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPyramid: a picture ready to be shown at any size: upright, sRGB, premultiplied, and halved again and again. It
 * hides who decodes (GdkPixbuf where it is the fastest and right about the colours, libvips for the rest) and how. */

#include "reshoot-pyramid.h"

#include "reshoot-image-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define SMALLEST 64              /* long edge in pixels, below which no further level is made */
#define CHUNK (512u * 1024)      /* bytes decoded between two looks at the cancellable */
#define BLOCK 32                 /* pixels; a block of both source and turned target stays in the cache */

struct _ReshootPyramid
{
  GObject   parent_instance;

  int       width;
  int       height;
  gboolean  has_alpha;
  GArray   *levels;  /* of ReshootPyramidLevel, the largest first */
};

G_DEFINE_FINAL_TYPE (ReshootPyramid, reshoot_pyramid, G_TYPE_OBJECT)

/* Decoded rows, 8 bit sRGB, not yet turned upright. */
typedef struct
{
  const guint8   *pixels;
  int             width;
  int             height;
  gsize           stride;
  int             n_channels;
  GDestroyNotify  destroy;
  gpointer        owner;
} Rows;

static void
rows_clear (Rows *rows)
{
  if (rows->destroy != NULL)
    rows->destroy (rows->owner);
  rows->destroy = NULL;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static void
clear_level (gpointer data)
{
  ReshootPyramidLevel *level = data;

  g_bytes_unref (level->pixels);
}

static void
reshoot_pyramid_finalize (GObject *object)
{
  ReshootPyramid *self = RESHOOT_PYRAMID (object);

  g_clear_pointer (&self->levels, g_array_unref);

  G_OBJECT_CLASS (reshoot_pyramid_parent_class)->finalize (object);
}

static void
reshoot_pyramid_class_init (ReshootPyramidClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_pyramid_finalize;
}

static void
reshoot_pyramid_init (ReshootPyramid *self)
{
  self->levels = g_array_new (FALSE, FALSE, sizeof (ReshootPyramidLevel));
  g_array_set_clear_func (self->levels, clear_level);
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
decode_by_pixbuf (ReshootImage  *image,
                  int            shrink,
                  Rows          *rows,
                  GCancellable  *cancellable,
                  GError       **error)
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
decode_by_vips (ReshootImage  *image,
                int            shrink,
                Rows          *rows,
                GCancellable  *cancellable,
                GError       **error)
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

/* Where the pixel (0, 0) of a picture that lies on its side goes, and how far a step right and a step down go, all
 * in pixels of the upright picture. Orientations are numbered as in EXIF 2.32, table 6. */
static void
find_steps (int      orientation,
            gssize   width,
            gssize   height,
            gssize  *start,
            gssize  *right,
            gssize  *down)
{
  gboolean turned = orientation >= 5;
  gssize row = turned ? height : width;
  gboolean left = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  gboolean up = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;

  *right = (turned ? row : 1) * (left ? -1 : 1);
  *down = (turned ? 1 : row) * (up ? -1 : 1);
  *start = (left ? (width - 1) * -*right : 0) + (up ? (height - 1) * -*down : 0);
}

/* x * a / 255, rounded, without a division. */
static inline guint32
multiply (guint32 x,
          guint32 alpha)
{
  guint32 t = x * alpha + 128;

  return (t + (t >> 8)) >> 8;
}

static inline guint32
pack_rgba (const guint8 *p)
{
  guint32 alpha = p[3];

  return alpha << 24 | multiply (p[0], alpha) << 16
         | multiply (p[1], alpha) << 8 | multiply (p[2], alpha);
}

static inline guint32
pack_rgb (const guint8 *p)
{
  return 0xff000000u | (guint32) p[0] << 16 | (guint32) p[1] << 8 | p[2];
}

static void
pack_block (const Rows *rows,
            int         left,
            int         top,
            int         width,
            int         height,
            guint32    *target,
            gssize      right,
            gssize      down)
{
  for (int y = top; y < top + height; y++)
    {
      const guint8 *p = rows->pixels + y * rows->stride + (gsize) left * rows->n_channels;
      guint32 *t = target + y * down + left * right;

      if (rows->n_channels == 4)
        for (int x = 0; x < width; x++, p += 4, t += right)
          *t = pack_rgba (p);
      else if (right == 1)
        for (int x = 0; x < width; x++)
          t[x] = pack_rgb (p + 3 * x);
      else
        for (int x = 0; x < width; x++, p += 3, t += right)
          *t = pack_rgb (p);
    }
}

static ReshootPyramidLevel
pack (const Rows *rows,
      int         orientation)
{
  gboolean turned = orientation >= 5;
  int block = turned ? BLOCK : rows->width;
  ReshootPyramidLevel level;
  gsize n_pixels = (gsize) rows->width * rows->height;
  guint32 *pixels = g_new (guint32, n_pixels);
  gssize start, right, down;

  find_steps (orientation, rows->width, rows->height, &start, &right, &down);
  for (int y = 0; y < rows->height; y += BLOCK)
    for (int x = 0; x < rows->width; x += block)
      pack_block (rows, x, y, MIN (block, rows->width - x), MIN (BLOCK, rows->height - y),
                  pixels + start, right, down);

  level.width = turned ? rows->height : rows->width;
  level.height = turned ? rows->width : rows->height;
  level.stride = level.width * 4;
  level.pixels = g_bytes_new_take (pixels, n_pixels * 4);
  return level;
}

/* The mean of four pixels, two channels at a time. */
static inline guint32
mean (guint32 a,
      guint32 b,
      guint32 c,
      guint32 d)
{
  const guint32 mask = 0x00ff00ff;
  guint32 even = (a & mask) + (b & mask) + (c & mask) + (d & mask) + 0x00020002;
  guint32 odd = (a >> 8 & mask) + (b >> 8 & mask) + (c >> 8 & mask) + (d >> 8 & mask) + 0x00020002;

  return (even >> 2 & mask) | (odd >> 2 & mask) << 8;
}

/* An odd last row or column counts twice. */
static ReshootPyramidLevel
halve (const ReshootPyramidLevel *big)
{
  const guint32 *source = g_bytes_get_data (big->pixels, NULL);
  ReshootPyramidLevel small;
  guint32 *target;

  small.width = (big->width + 1) / 2;
  small.height = (big->height + 1) / 2;
  small.stride = small.width * 4;
  target = g_new (guint32, (gsize) small.width * small.height);

  for (int y = 0; y < small.height; y++)
    {
      const guint32 *above = source + (gsize) (2 * y) * big->width;
      const guint32 *below = 2 * y + 1 < big->height ? above + big->width : above;
      guint32 *t = target + (gsize) y * small.width;
      int whole = big->width / 2;

      for (int x = 0; x < whole; x++)
        t[x] = mean (above[2 * x], above[2 * x + 1], below[2 * x], below[2 * x + 1]);

      if (whole < small.width)
        t[whole] = mean (above[2 * whole], above[2 * whole], below[2 * whole], below[2 * whole]);
    }

  small.pixels = g_bytes_new_take (target, (gsize) small.stride * small.height);
  return small;
}

static int
find_long_edge (const ReshootPyramidLevel *level)
{
  return MAX (level->width, level->height);
}

/* Levels larger than asked for are let go as soon as they are halved. */
static gboolean
build_levels (ReshootPyramid       *self,
              ReshootPyramidLevel   level,
              int                   long_edge,
              GCancellable         *cancellable,
              GError              **error)
{
  g_array_append_val (self->levels, level);

  while (find_long_edge (&level) > SMALLEST)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      level = halve (&level);
      if (long_edge > 0 && find_long_edge (&level) >= long_edge)
        g_array_set_size (self->levels, 0);
      g_array_append_val (self->levels, level);
    }

  return TRUE;
}

static ReshootPyramid *
build (ReshootImage  *image,
       int            long_edge,
       GCancellable  *cancellable,
       GError       **error)
{
  const ReshootImageHeader *header = reshoot_image_get_header (image);
  int shrink = long_edge > 0 ? reshoot_image_find_shrink (image, long_edge) : 1;
  g_autoptr (ReshootPyramid) self = g_object_new (RESHOOT_TYPE_PYRAMID, NULL);
  g_autoptr (GError) inner = NULL;
  g_auto (Rows) rows = { NULL };
  ReshootPyramidLevel level;

  self->width = header->width;
  self->height = header->height;
  self->has_alpha = header->has_alpha;

  if (!decode_by_pixbuf (image, shrink, &rows, cancellable, &inner)
      && (inner != NULL || !decode_by_vips (image, shrink, &rows, cancellable, &inner)))
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  level = pack (&rows, header->orientation);
  rows_clear (&rows);
  return build_levels (self, level, long_edge, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

typedef struct
{
  ReshootImage *image;
  int           long_edge;
} Build;

static void
build_free (Build *data)
{
  g_object_unref (data->image);
  g_free (data);
}

static void
build_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Build *data = task_data;
  GError *error = NULL;
  ReshootPyramid *self = build (data->image, data->long_edge, cancellable, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_pyramid_new_async:
 * @image: a picture
 * @long_edge: in pixels, for a quick first paint: level 0 is then the smallest level at least this long, and as little
 *   as that needs is decoded; 0 for all levels
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Decodes and halves on a worker thread.
 */
void
reshoot_pyramid_new_async (ReshootImage        *image,
                           int                  long_edge,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Build *data;

  g_return_if_fail (RESHOOT_IS_IMAGE (image));
  g_return_if_fail (long_edge >= 0);

  data = g_new0 (Build, 1);
  data->image = g_object_ref (image);
  data->long_edge = long_edge;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_pyramid_new_async);
  g_task_set_task_data (task, data, (GDestroyNotify) build_free);
  g_task_run_in_thread (task, build_in_thread);
}

/**
 * reshoot_pyramid_new_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_CORRUPT, reason "damaged".
 *
 * Returns: (transfer full): the levels
 */
ReshootPyramid *
reshoot_pyramid_new_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_pyramid_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reshoot_pyramid_get_width:
 * @self: a pyramid
 *
 * Returns: the width of the full picture in pixels, upright; level 0 may be smaller
 */
int
reshoot_pyramid_get_width (ReshootPyramid *self)
{
  g_return_val_if_fail (RESHOOT_IS_PYRAMID (self), 0);

  return self->width;
}

/**
 * reshoot_pyramid_get_height:
 * @self: a pyramid
 *
 * Returns: the height of the full picture in pixels, upright; level 0 may be smaller
 */
int
reshoot_pyramid_get_height (ReshootPyramid *self)
{
  g_return_val_if_fail (RESHOOT_IS_PYRAMID (self), 0);

  return self->height;
}

/**
 * reshoot_pyramid_get_has_alpha:
 * @self: a pyramid
 *
 * Returns: whether the picture has a transparency channel
 */
gboolean
reshoot_pyramid_get_has_alpha (ReshootPyramid *self)
{
  g_return_val_if_fail (RESHOOT_IS_PYRAMID (self), FALSE);

  return self->has_alpha;
}

/**
 * reshoot_pyramid_get_n_levels:
 * @self: a pyramid
 *
 * Returns: how many levels there are; at least one
 */
guint
reshoot_pyramid_get_n_levels (ReshootPyramid *self)
{
  g_return_val_if_fail (RESHOOT_IS_PYRAMID (self), 0);

  return self->levels->len;
}

/**
 * reshoot_pyramid_get_level:
 * @self: a pyramid
 * @level: from 0, the largest
 *
 * Returns: (transfer none): the level; keep a reference to its bytes, not to it
 */
const ReshootPyramidLevel *
reshoot_pyramid_get_level (ReshootPyramid *self,
                           guint           level)
{
  g_return_val_if_fail (RESHOOT_IS_PYRAMID (self), NULL);
  g_return_val_if_fail (level < self->levels->len, NULL);

  return &g_array_index (self->levels, ReshootPyramidLevel, level);
}
