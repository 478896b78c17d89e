/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The pixels of a pyramid: rows turned upright and packed premultiplied, as GTK takes them, and halved again and
 * again. It hides the arithmetic, which runs over every pixel of every picture that is shown. */

#include "reshoot-pyramid-private.h"

#define SMALLEST 64              /* long edge in pixels, below which no further level is made */

#define LARGE (4 << 20)          /* bytes, from which on giving memory back takes longer than starting a thread */

#define BLOCK 32                 /* pixels; a block of both source and turned target stays in the cache */

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
pack_block (const ReshootPyramidRows *rows,
            int                       left,
            int                       top,
            int                       width,
            int                       height,
            guint32                  *target,
            gssize                    right,
            gssize                    down)
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

static gpointer
free_in_thread (gpointer pixels)
{
  g_free (pixels);
  return NULL;
}

/* The kernel takes back a hundred megabytes page by page, which may last longer than a frame does, and whoever lets go
 * of the last reference is most often the main thread. */
static void
free_aside (gpointer pixels)
{
  GThread *thread = g_thread_try_new ("free-pixels", free_in_thread, pixels, NULL);

  if (thread != NULL)
    g_thread_unref (thread);
  else
    g_free (pixels);
}

static GBytes *
take_pixels (guint32 *pixels,
             gsize    length)
{
  return g_bytes_new_with_free_func (pixels, length,
                                     length >= LARGE ? free_aside : g_free, pixels);
}

ReshootPyramidLevel
reshoot_pyramid_pack (const ReshootPyramidRows *rows,
                      int                       orientation)
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
  level.pixels = take_pixels (pixels, n_pixels * 4);
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

  small.pixels = take_pixels (target, (gsize) small.stride * small.height);
  return small;
}

static int
find_long_edge (const ReshootPyramidLevel *level)
{
  return MAX (level->width, level->height);
}

/* Adds @level (transfer full) and its halves to @levels. Those larger than asked for are let go as soon as they are
 * halved. */
gboolean
reshoot_pyramid_add_levels (GArray               *levels,
                            ReshootPyramidLevel   level,
                            int                   long_edge,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_array_append_val (levels, level);

  while (find_long_edge (&level) > SMALLEST)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      level = halve (&level);
      if (long_edge > 0 && find_long_edge (&level) >= long_edge)
        g_array_set_size (levels, 0);
      g_array_append_val (levels, level);
    }

  return TRUE;
}
