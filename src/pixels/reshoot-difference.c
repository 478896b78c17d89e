/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The map of where and how much a result differs from its source: the result in grey, and over it, the warmer the
 * more, the distance as CIEDE2000 says it. Only the part that is seen is compared, in the size that is seen. It hides
 * the colours. */

#include "reshoot-difference.h"

#include <math.h>
#include <vips/vips.h>

/* The distance at the end of the scale when nothing is enlarged. */
#define FULL_DISTANCE 50.0

typedef struct
{
  float r;
  float g;
  float b;
} Color;

static const Color ramp[] = {
  { 120, 20, 140 }, { 215, 40, 90 }, { 245, 125, 30 }, { 255, 240, 90 }
};

static guint8
get_grey (guint32 pixel)
{
  guint32 luma = 77 * (pixel >> 16 & 0xff) + 151 * (pixel >> 8 & 0xff) + 28 * (pixel & 0xff);

  return (guint8) (24 + (luma >> 8) * 5 / 8);
}

/* As it is seen: on white. The pixels are premultiplied. */
static guint32
flatten (guint32 pixel)
{
  guint32 rest = 255 - (pixel >> 24);

  return pixel + (rest << 16 | rest << 8 | rest) + (rest << 24);
}

static void
to_lab (guint32  pixel,
        float   *l,
        float   *a,
        float   *b)
{
  float r, g, blue, x, y, z;

  vips_col_sRGB2scRGB_8 ((int) (pixel >> 16 & 0xff), (int) (pixel >> 8 & 0xff),
                         (int) (pixel & 0xff), &r, &g, &blue);
  vips_col_scRGB2XYZ (r, g, blue, &x, &y, &z);
  vips_col_XYZ2Lab (x, y, z, l, a, b);
}

static float
measure (guint32 left,
         guint32 right)
{
  float l[2], a[2], b[2];

  to_lab (left, &l[0], &a[0], &b[0]);
  to_lab (right, &l[1], &a[1], &b[1]);
  return vips_col_dE00 (l[0], a[0], b[0], l[1], a[1], b[1]);
}

static guint32
paint (guint8 grey,
       double heat)
{
  double place = CLAMP (heat, 0, 1) * (G_N_ELEMENTS (ramp) - 1);
  guint index = MIN ((guint) place, G_N_ELEMENTS (ramp) - 2);
  float share = (float) (place - index);
  float cover = (float) MIN (heat * 5, 0.85);   /* what it is stays to be seen */
  const Color *from = &ramp[index], *to = &ramp[index + 1];
  guint32 r = (guint32) (grey + cover * (from->r + share * (to->r - from->r) - grey));
  guint32 g = (guint32) (grey + cover * (from->g + share * (to->g - from->g) - grey));
  guint32 b = (guint32) (grey + cover * (from->b + share * (to->b - from->b) - grey));

  return 0xff000000u | r << 16 | g << 8 | b;
}

static guint32
get_pixel (const ReshootPyramidLevel *level,
           int                        x,
           int                        y)
{
  const guint8 *pixels = g_bytes_get_data (level->pixels, NULL);

  return flatten (*(const guint32 *) (gconstpointer) (pixels + (gsize) y * (gsize) level->stride
                                                      + (gsize) x * 4));
}

/* Between four pixels; on a pixel it is that pixel, so that what is equal stays equal. */
static guint32
sample (const ReshootPyramidLevel *level,
        double                     x,
        double                     y)
{
  int left = (int) floor (x + 1e-4), top = (int) floor (y + 1e-4);
  double across = MAX (x - left, 0), down = MAX (y - top, 0);
  guint32 corners[4], mixed = 0xff000000u;

  if (across < 1e-3 && down < 1e-3)
    return get_pixel (level, CLAMP (left, 0, level->width - 1), CLAMP (top, 0, level->height - 1));

  for (int i = 0; i < 4; i++)
    corners[i] = get_pixel (level, CLAMP (left + (i & 1), 0, level->width - 1),
                            CLAMP (top + (i >> 1), 0, level->height - 1));

  for (int shift = 0; shift < 24; shift += 8)
    {
      double upper = (corners[0] >> shift & 0xff) * (1 - across)
                     + (corners[1] >> shift & 0xff) * across;
      double lower = (corners[2] >> shift & 0xff) * (1 - across)
                     + (corners[3] >> shift & 0xff) * across;

      mixed |= (guint32) (upper * (1 - down) + lower * down + 0.5) << shift;
    }

  return mixed;
}

static void
paint_row (const ReshootDifferencePart *part,
           int                          row,
           guint32                     *target)
{
  const ReshootPyramidLevel *a = reshoot_pyramid_get_level (part->a, part->level_a);
  const ReshootPyramidLevel *b = reshoot_pyramid_get_level (part->b, part->level_b);
  double y = (part->y + row) * part->scale_y + part->offset_y;

  for (int i = 0; i < part->width; i++)
    {
      double x = (part->x + i) * part->scale_x + part->offset_x;
      guint32 after = get_pixel (b, part->x + i, part->y + row);
      guint32 before = after;
      double heat = 0;

      /* Where there is no source there is nothing to tell. */
      if (x > -1 && y > -1 && x < a->width && y < a->height)
        before = sample (a, x, y);
      if ((before ^ after) << 8 != 0)
        heat = measure (before, after) * part->gain / FULL_DISTANCE;

      target[i] = paint (get_grey (after), heat);
    }
}

static void
part_free (ReshootDifferencePart *part)
{
  g_object_unref (part->a);
  g_object_unref (part->b);
  g_free (part);
}

static void
paint_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  const ReshootDifferencePart *part = task_data;
  gsize n_pixels = (gsize) part->width * (gsize) part->height;
  g_autofree guint32 *pixels = g_new (guint32, n_pixels);

  for (int row = 0; row < part->height; row++)
    {
      if (g_task_return_error_if_cancelled (task))
        return;

      paint_row (part, row, pixels + (gsize) row * (gsize) part->width);
    }

  g_task_return_pointer (task, g_bytes_new_take (g_steal_pointer (&pixels), n_pixels * 4),
                         (GDestroyNotify) g_bytes_unref);
}

/**
 * reshoot_difference_async:
 * @part: what to compare; not empty and inside level_b
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Compares on a worker thread.
 */
void
reshoot_difference_async (const ReshootDifferencePart *part,
                          GCancellable                *cancellable,
                          GAsyncReadyCallback          callback,
                          gpointer                     user_data)
{
  g_autoptr (GTask) task = NULL;
  ReshootDifferencePart *copy;

  g_return_if_fail (part->width > 0 && part->height > 0);

  copy = g_memdup2 (part, sizeof *part);
  g_object_ref (copy->a);
  g_object_ref (copy->b);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_difference_async);
  g_task_set_task_data (task, copy, (GDestroyNotify) part_free);
  g_task_run_in_thread (task, paint_in_thread);
}

/**
 * reshoot_difference_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the part's pixels, row by row without a gap, as a pyramid's level has them; what is equal
 *   is a pure grey
 */
GBytes *
reshoot_difference_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_difference_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
