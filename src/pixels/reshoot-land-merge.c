/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The last part: the change at the size of the source. Where nothing changed no number is touched. One row at a time,
 * so that no full-size picture of floats is ever made. */

#include "reshoot-land-private.h"

#include <math.h>
#include <string.h>

/* Rows between two looks at the cancellable. */
#define ROWS 32

/* The planes that are read for a pixel: seven numbers and the alpha. */
#define N_SOFT 3
#define N_GAIN 3
#define N_PLANES (N_SOFT + N_GAIN + 2)
#define SOURCE_SOFT (N_SOFT + N_GAIN)
#define ALPHA (N_PLANES - 1)

/* Four neighbours and their shares, for one row or column of the picture. */
typedef struct
{
  int   at[4];
  float cubic[4];
  float linear[2];
} Taps;

typedef struct
{
  const ReshootPlane *planes[N_PLANES];
  Taps               *across;
  int                 from, to;        /* the columns that the reply reaches */
  float              *rows[N_PLANES];  /* the planes at one row of the picture */
  double              peak;            /* the numbers' largest value, by 255 */
  gsize               n_changed;
} Merge;

static void
find_taps (Taps   *taps,
           double  place,
           int     n)
{
  int left = (int) floor (place);
  float t = (float) (place - left);

  for (int k = 0; k < 4; k++)
    taps->at[k] = CLAMP (left + k - 1, 0, n - 1);
  taps->cubic[0] = ((-0.5f * t + 1.f) * t - 0.5f) * t;
  taps->cubic[1] = (1.5f * t - 2.5f) * t * t + 1.f;
  taps->cubic[2] = ((-1.5f * t + 2.f) * t + 0.5f) * t;
  taps->cubic[3] = (0.5f * t - 0.5f) * t * t;
  taps->linear[0] = 1 - t;
  taps->linear[1] = t;
}

/* The planes at one row: pictures with the cubic, what only weighs linearly. FALSE where nothing changes there. */
static gboolean
take_row (Merge      *merge,
          const Taps *down)
{
  int width = merge->planes[0]->width;
  gboolean any = FALSE;

  for (int p = N_PLANES - 1; p >= 0; p--)
    {
      const float *data = merge->planes[p]->data;
      const float *a = data + (gsize) down->at[0] * width;
      const float *b = data + (gsize) down->at[1] * width;
      const float *c = data + (gsize) down->at[2] * width;
      const float *d = data + (gsize) down->at[3] * width;
      float *to = merge->rows[p];

      if (p < N_SOFT || p == SOURCE_SOFT)
        for (int x = 0; x < width; x++)
          to[x] = down->cubic[0] * a[x] + down->cubic[1] * b[x] + down->cubic[2] * c[x]
                  + down->cubic[3] * d[x];
      else
        for (int x = 0; x < width; x++)
          to[x] = down->linear[0] * b[x] + down->linear[1] * c[x];

      if (p == ALPHA)
        {
          for (int x = 0; x < width && !any; x++)
            any = to[x] > 0;
          if (!any)
            return FALSE;
        }
    }

  return TRUE;
}

static inline float
take_cubic (const float *row,
            const Taps  *taps)
{
  return taps->cubic[0] * row[taps->at[0]] + taps->cubic[1] * row[taps->at[1]]
         + taps->cubic[2] * row[taps->at[2]] + taps->cubic[3] * row[taps->at[3]];
}

static inline float
take_linear (const float *row,
             const Taps  *taps)
{
  return taps->linear[0] * row[taps->at[1]] + taps->linear[1] * row[taps->at[2]];
}

/* The new numbers of a pixel, 0–255. */
static inline void
mix (const Merge *merge,
     const Taps  *taps,
     float        alpha,
     const float  old[3],
     float        mixed[3])
{
  float luma = 0.299f * old[0] + 0.587f * old[1] + 0.114f * old[2];
  float fine = luma - take_cubic (merge->rows[SOURCE_SOFT], taps);

  for (int c = 0; c < 3; c++)
    {
      float wanted = take_cubic (merge->rows[c], taps) + take_linear (merge->rows[N_SOFT + c],
                                                                      taps) * fine;

      mixed[c] = CLAMP (old[c] + alpha * (wanted - old[c]), 0.f, 255.f);
    }
}

/* Transparency: what was drawn where nothing was is seen. */
static inline double
mix_opacity (double opacity,
             double peak,
             float  alpha)
{
  return opacity + alpha * (peak - opacity);
}

static void
merge_row_8 (Merge  *merge,
             guint8 *row,
             int     n_bands)
{
  for (int x = merge->from; x < merge->to; x++)
    {
      const Taps *taps = &merge->across[x];
      float alpha = take_linear (merge->rows[ALPHA], taps);
      guint8 *at = row + (gsize) x * n_bands;
      float old[3] = { at[0], at[1], at[2] };
      float mixed[3];

      if (alpha < 0.02f)
        continue;
      mix (merge, taps, alpha, old, mixed);
      for (int c = 0; c < 3; c++)
        at[c] = (guint8) (mixed[c] + 0.5f);
      if (n_bands == 4)
        at[3] = (guint8) (mix_opacity (at[3], 255, alpha) + 0.5);
      merge->n_changed++;
    }
}

static void
merge_row_16 (Merge   *merge,
              guint16 *row,
              int      n_bands)
{
  for (int x = merge->from; x < merge->to; x++)
    {
      const Taps *taps = &merge->across[x];
      float alpha = take_linear (merge->rows[ALPHA], taps);
      guint16 *at = row + (gsize) x * n_bands;
      float old[3] = { at[0] / 257.f, at[1] / 257.f, at[2] / 257.f };
      float mixed[3];

      if (alpha < 0.02f)
        continue;
      mix (merge, taps, alpha, old, mixed);
      for (int c = 0; c < 3; c++)
        at[c] = (guint16) (mixed[c] * 257.f + 0.5f);
      if (n_bands == 4)
        at[3] = (guint16) (mix_opacity (at[3], 65535, alpha) + 0.5);
      merge->n_changed++;
    }
}

static void
start (Merge                   *merge,
       const ReshootLandScene  *scene,
       const ReshootLandDetail *detail,
       const double             frame[4],
       int                      width)
{
  for (int c = 0; c < 3; c++)
    {
      merge->planes[c] = detail->soft[c];
      merge->planes[N_SOFT + c] = detail->gain[c];
    }
  merge->planes[SOURCE_SOFT] = detail->source_soft;
  merge->planes[ALPHA] = scene->alpha;
  for (int p = 0; p < N_PLANES; p++)
    merge->rows[p] = g_new (float, scene->width);

  merge->across = g_new (Taps, width);
  merge->from = width;
  for (int x = 0; x < width; x++)
    {
      double place = (x + 0.5) * frame[0] + frame[1] - 0.5;

      find_taps (&merge->across[x], place, scene->width);
      if (place > -0.5 && place < scene->width - 0.5)
        {
          merge->from = MIN (merge->from, x);
          merge->to = x + 1;
        }
    }
}

static void
stop (Merge *merge)
{
  g_free (merge->across);
  for (int p = 0; p < N_PLANES; p++)
    g_free (merge->rows[p]);
}

/* Changes @picture, which is in memory and ours alone. @frame: a pixel of the picture at (x, y) lies at
 * (x + 1/2) frame[0] + frame[1] - 1/2, and so on, in the reply. @kept: the share of pixels that were not touched.
 * FALSE where it was cancelled. */
gboolean
reshoot_land_merge (const ReshootLandScene  *scene,
                    const ReshootLandDetail *detail,
                    const double             frame[4],
                    VipsImage               *picture,
                    GCancellable            *cancellable,
                    double                  *kept)
{
  int width = vips_image_get_width (picture);
  int height = vips_image_get_height (picture);
  int n_bands = vips_image_get_bands (picture);
  gboolean deep = vips_image_get_format (picture) == VIPS_FORMAT_USHORT;
  Merge merge = { .n_changed = 0 };
  int y;

  start (&merge, scene, detail, frame, width);
  for (y = 0; y < height; y++)
    {
      double place = (y + 0.5) * frame[2] + frame[3] - 0.5;
      Taps down;

      if (y % ROWS == 0 && g_cancellable_is_cancelled (cancellable))
        break;
      if (place <= -0.5 || place >= scene->height - 0.5)
        continue;
      find_taps (&down, place, scene->height);
      if (!take_row (&merge, &down))
        continue;
      if (deep)
        merge_row_16 (&merge, (guint16 *) VIPS_IMAGE_ADDR (picture, 0, y), n_bands);
      else
        merge_row_8 (&merge, (guint8 *) VIPS_IMAGE_ADDR (picture, 0, y), n_bands);
    }
  stop (&merge);

  *kept = 1 - (double) merge.n_changed / ((double) width * height);
  return y == height;
}
