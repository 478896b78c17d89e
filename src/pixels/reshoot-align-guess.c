/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a reply lies, roughly: every zoom and shift within reach is tried on a picture of about 150 pixels. Gradients
 * are compared by their direction, a half turn being no turn, so that a background gone from dark to light is still
 * the same edge. */

#include "reshoot-align-private.h"

#include <math.h>
#include <string.h>

/* Zooms from -4.5 to 4.5 % in either direction, at most 3 % apart; shifts in pixels of the small picture. */
#define N_ZOOMS 3
#define ZOOM_STEP 0.015
#define MOST_APART 2
#define REACH 7

/* Of equal places the nearest is taken: patterns repeat. */
#define SHIFT_PENALTY 0.006
#define ZOOM_PENALTY 0.3

/* Gradients much weaker than this are noise. */
#define NOISE 2.f

typedef struct
{
  ReshootPlane *re;
  ReshootPlane *im;
  double        energy;
} Field;

static void
field_clear (Field *field)
{
  g_clear_pointer (&field->re, g_free);
  g_clear_pointer (&field->im, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Field, field_clear)

/* Falls off towards the rim, where a moved picture has nothing to compare. */
static float
window_at (int i,
           int n)
{
  return (float) pow (0.5 - 0.5 * cos (2 * G_PI * (i + 1) / (n + 1)), 0.25);
}

/* Gradients with their angle doubled and their strength levelled. */
static Field
make_field (const ReshootPlane *plane)
{
  g_autoptr (ReshootPlane) soft = reshoot_plane_blur (plane, 0.8);
  int width = plane->width;
  int height = plane->height;
  Field field = { reshoot_plane_new (width, height), reshoot_plane_new (width, height), 0 };

  for (int y = 1; y < height - 1; y++)
    for (int x = 1; x < width - 1; x++)
      {
        const float *at = soft->data + (gsize) y * width + x;
        float gx = (at[1 - width] - at[-1 - width] + 2 * (at[1] - at[-1])
                    + at[1 + width] - at[-1 + width]) / 8;
        float gy = (at[width - 1] - at[-width - 1] + 2 * (at[width] - at[-width])
                    + at[width + 1] - at[-width + 1]) / 8;
        float weight = window_at (x, width) * window_at (y, height)
                       / (gx * gx + gy * gy + NOISE * NOISE);
        gsize i = (gsize) y * width + x;

        field.re->data[i] = weight * (gx * gx - gy * gy);
        field.im->data[i] = weight * 2 * gx * gy;
        field.energy += field.re->data[i] * field.re->data[i] + field.im->data[i]
                        * field.im->data[i];
      }

  return field;
}

/* On every second pixel of every second row: a small picture is still smooth enough for that. */
static double
overlap (const Field *source,
         const Field *reply,
         int          dx,
         int          dy)
{
  int width = source->re->width;
  int height = source->re->height;
  double sum = 0;

  for (int y = MAX (0, -dy); y < height - MAX (0, dy); y += 2)
    {
      const float *a = source->re->data + (gsize) y * width;
      const float *b = source->im->data + (gsize) y * width;
      const float *c = reply->re->data + (gsize) (y + dy) * width + dx;
      const float *d = reply->im->data + (gsize) (y + dy) * width + dx;
      float line = 0;

      for (int x = MAX (0, -dx); x < width - MAX (0, dx); x += 2)
        line += a[x] * c[x] + b[x] * d[x];
      sum += line;
    }

  return 4 * sum;
}

static double
try_shifts (const Field  *source,
            const Field  *reply,
            const double  zoomed[6],
            double        penalty,
            double        best,
            double        map[6])
{
  double norm = sqrt (source->energy * reply->energy) + 1e-9;

  for (int dy = -REACH; dy <= REACH; dy++)
    for (int dx = -REACH; dx <= REACH; dx++)
      {
        double score = overlap (source, reply, dx, dy) / norm - SHIFT_PENALTY * hypot (dx, dy)
                       - penalty;

        if (score > best)
          {
            best = score;
            memcpy (map, zoomed, sizeof (double) * 6);
            map[2] += zoomed[0] * dx + zoomed[1] * dy;
            map[5] += zoomed[3] * dx + zoomed[4] * dy;
          }
      }

  return best;
}

/* @map: the best of all zooms and shifts, for small planes of one size. */
void
reshoot_motion_guess (const ReshootPlane *source,
                      const ReshootPlane *reply,
                      double              map[6],
                      GCancellable       *cancellable)
{
  g_auto (Field) still = make_field (source);
  double x = (source->width - 1) / 2.0;
  double y = (source->height - 1) / 2.0;
  double best = -G_MAXDOUBLE;

  for (int i = -N_ZOOMS; i <= N_ZOOMS; i++)
    for (int j = -N_ZOOMS; j <= N_ZOOMS && !g_cancellable_is_cancelled (cancellable); j++)
      {
        double u = i * ZOOM_STEP;
        double v = j * ZOOM_STEP;
        double zoomed[6] = { 1 + u, 0, -u * x, 0, 1 + v, -v * y };
        g_autoptr (ReshootPlane) warped = NULL;
        g_auto (Field) moved = { NULL, NULL, 0 };

        if (ABS (i - j) > MOST_APART)
          continue;
        warped = reshoot_plane_warp (reply, zoomed);
        moved = make_field (warped);
        best = try_shifts (&still, &moved, zoomed, ZOOM_PENALTY * (fabs (u) + fabs (v)), best, map);
      }
}
