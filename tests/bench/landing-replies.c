/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Replies as an image service might send them, worse than those of the tests: smaller, moved, stretched, jittered,
 * softer, of other tones, with noise and blotches, compressed. Everything comes from the seed. */

#include "landing-replies.h"

#include "reshoot-plane.h"

#include <math.h>

/* About one megapixel, and less of a small picture, in steps that services use. */
#define PIXELS (1024.0 * 1024.0)
#define LEAST_SHRINK 3.7
#define STEP 16

/* Root mean square of waves of height 1. */
#define WAVES_RMS 0.43

/* Sizes of what is slow, in pixels. */
#define JITTER_SIZE 48
#define BLOTCH_SIZE 60

/* Beyond this sigma a picture is not fine. */
#define FINE 1.0

/* Of a harm: share of the fine band that is left, levels of noise, pixels of jitter, levels of blotches, JPEG. */
typedef struct
{
  double band;
  double noise;
  double jitter;
  double blotches;
  int    quality[2];
} HarmSizes;

static const HarmSizes sizes[] = {
  [HARM_MID] = { 0.75, 1.2, 0.35, 1, { 80, 92 } },
  [HARM_HARD] = { 0.55, 2.2, 0.6, 2.5, { 70, 80 } },
};

/* What becomes of the tones: one for all, and what each channel adds. */
typedef struct
{
  double gain[3];
  double offset[3];
  double gamma;
} Tones;

/* -1 to 1, the same for the same numbers (the finish of MurmurHash3, Austin Appleby, public domain). */
double
landing_noise (int   x,
               int   y,
               guint seed)
{
  guint32 h = (guint32) x * 0x9e3779b1u ^ (guint32) y * 0x85ebca77u ^ seed * 0xc2b2ae3du;

  h ^= h >> 16;
  h *= 0x85ebca6bu;
  h ^= h >> 13;
  h *= 0xc2b2ae35u;
  h ^= h >> 16;
  return h / 2147483647.5 - 1;
}

static double
mix (double a,
     double b,
     double share)
{
  return a + share * (b - a);
}

/* Slow and smooth, -1 to 1. */
double
landing_waves (double x,
               double y,
               double size,
               guint  seed)
{
  int left = (int) floor (x / size);
  int top = (int) floor (y / size);
  double u = x / size - left;
  double v = y / size - top;
  double above, below;

  u = u * u * (3 - 2 * u);
  v = v * v * (3 - 2 * v);
  above = mix (landing_noise (left, top, seed), landing_noise (left + 1, top, seed), u);
  below = mix (landing_noise (left, top + 1, seed), landing_noise (left + 1, top + 1, seed), u);
  return mix (above, below, v);
}

static double
gaussian (int   x,
          int   y,
          guint seed)
{
  double sum = 0;

  for (guint k = 0; k < 3; k++)
    sum += landing_noise (x, y, seed * 3 + k);
  return sum;
}

static double
between (double low,
         double high,
         guint  seed,
         int    which)
{
  return low + (high - low) * (landing_noise (which, 0, seed) + 1) / 2;
}

static void
draw_place (VipsImage  *truth,
            guint       seed,
            ReplyPlace *place)
{
  double ratio = sqrt ((double) truth->Xsize / truth->Ysize);
  double side = sqrt (MIN (PIXELS, (double) truth->Xsize * truth->Ysize / LEAST_SHRINK));
  double zoom = between (0.97, 1.03, seed, 1);
  double stretch = between (-0.01, 0.01, seed, 2);

  place->width = STEP * (int) lround (side * ratio / STEP);
  place->height = STEP * (int) lround (side / ratio / STEP);
  place->zoom[0] = zoom * (1 + stretch / 2);
  place->zoom[1] = zoom * (1 - stretch / 2);
  place->shift[0] = between (-8, 8, seed, 3);
  place->shift[1] = between (-8, 8, seed, 4);
}

static void
draw_tones (guint  seed,
            Tones *tones)
{
  double gain = between (0.94, 1.06, seed, 5);
  double offset = between (-6, 6, seed, 6);

  tones->gamma = between (0.93, 1.07, seed, 7);
  for (int c = 0; c < 3; c++)
    {
      tones->gain[c] = gain * between (0.98, 1.02, seed, 8 + c);
      tones->offset[c] = offset + between (-2, 2, seed, 11 + c);
    }
}

/* One channel at the size of the reply. */
static ReshootPlane *
shrink (VipsImage        *truth,
        int               channel,
        const ReplyPlace *place)
{
  g_autoptr (VipsImage) band = NULL;
  g_autoptr (VipsImage) numbers = NULL;
  g_autoptr (VipsImage) small = NULL;
  g_autoptr (VipsImage) memory = NULL;
  ReshootPlane *plane = reshoot_plane_new (place->width, place->height);
  int failed = 0;

  failed += vips_extract_band (truth, &band, channel, NULL);
  failed += vips_cast (band, &numbers, VIPS_FORMAT_FLOAT, NULL);
  failed += vips_resize (numbers, &small, (double) place->width / truth->Xsize,
                         "vscale", (double) place->height / truth->Ysize, NULL);
  memory = vips_image_copy_memory (small);
  g_assert_cmpint (failed, ==, 0);
  g_assert_nonnull (memory);
  g_assert_cmpint (memory->Xsize, ==, place->width);
  g_assert_cmpint (memory->Ysize, ==, place->height);
  memcpy (plane->data, VIPS_IMAGE_ADDR (memory, 0, 0),
          sizeof (float) * place->width * place->height);
  return plane;
}

static double
cubic (const float v[4],
       double      t)
{
  double bend = 3 * (v[1] - v[2]) + v[3] - v[0];

  return v[1] + 0.5 * t * (v[2] - v[0] + t * (2 * v[0] - 5 * v[1] + 4 * v[2] - v[3] + t * bend));
}

/* Repeats its edge. */
static double
take (const ReshootPlane *plane,
      double              x,
      double              y)
{
  int left = (int) floor (x);
  int top = (int) floor (y);
  float down[4];

  for (int k = 0; k < 4; k++)
    {
      int y_near = CLAMP (top + k - 1, 0, plane->height - 1);
      const float *row = plane->data + (gsize) y_near * plane->width;
      float across[4];

      for (int i = 0; i < 4; i++)
        across[i] = row[CLAMP (left + i - 1, 0, plane->width - 1)];
      down[k] = (float) cubic (across, x - left);
    }

  return cubic (down, y - top);
}

static ReshootPlane *
move (const ReshootPlane *plane,
      const ReplyPlace   *place,
      double              jitter,
      guint               seed)
{
  ReshootPlane *moved = reshoot_plane_new (place->width, place->height);
  double middle[2] = { (place->width - 1) / 2.0, (place->height - 1) / 2.0 };

  for (int y = 0; y < place->height; y++)
    for (int x = 0; x < place->width; x++)
      {
        double u = (x - middle[0] - place->shift[0]) / place->zoom[0] + middle[0];
        double v = (y - middle[1] - place->shift[1]) / place->zoom[1] + middle[1];

        u += jitter / WAVES_RMS * landing_waves (x, y, JITTER_SIZE, seed * 7 + 1);
        v += jitter / WAVES_RMS * landing_waves (x, y, JITTER_SIZE, seed * 7 + 2);
        moved->data[(gsize) y * place->width + x] = (float) take (plane, u, v);
      }

  return moved;
}

/* Writes one channel of @pixels. */
static void
harm_channel (const ReshootPlane *plane,
              int                 channel,
              const HarmSizes    *harm,
              const Tones        *tones,
              guint               seed,
              guint8             *pixels)
{
  g_autoptr (ReshootPlane) soft = reshoot_plane_blur (plane, FINE);

  for (int y = 0; y < plane->height; y++)
    for (int x = 0; x < plane->width; x++)
      {
        gsize i = (gsize) y * plane->width + x;
        double fine = plane->data[i] - soft->data[i];
        double value = CLAMP (soft->data[i] + harm->band * fine, 0, 255);

        value = 255 * pow (value / 255, tones->gamma) * tones->gain[channel]
                + tones->offset[channel];
        value += harm->noise * MIN (0.7 + fabs (fine) / 8, 1.5)
                 * gaussian (x, y, seed * 11 + channel);
        value += harm->blotches / WAVES_RMS
                 * landing_waves (x, y, BLOTCH_SIZE, seed * 13 + channel);
        pixels[3 * i + channel] = (guint8) CLAMP (value + 0.5, 0, 255);
      }
}

/* @truth: 8-bit RGB of any size, in memory. */
ReshootImage *
landing_reply_new (VipsImage  *truth,
                   Harm        harm,
                   guint       seed,
                   ReplyPlace *place)
{
  const HarmSizes *how = &sizes[harm];
  int quality = (int) lround (between (how->quality[0], how->quality[1], seed, 14));
  g_autofree guint8 *pixels = NULL;
  g_autoptr (VipsImage) vips = NULL;
  g_autoptr (VipsImage) marked = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  ReshootImage *image;
  Tones tones;

  draw_place (truth, seed, place);
  draw_tones (seed, &tones);
  size = 3 * (gsize) place->width * place->height;
  pixels = g_new (guint8, size);
  for (int c = 0; c < 3; c++)
    {
      g_autoptr (ReshootPlane) plane = shrink (truth, c, place);
      g_autoptr (ReshootPlane) moved = move (plane, place, how->jitter, seed);

      harm_channel (moved, c, how, &tones, seed, pixels);
    }

  vips = vips_image_new_from_memory (pixels, size, place->width, place->height, 3,
                                     VIPS_FORMAT_UCHAR);
  g_assert_nonnull (vips);
  g_assert_cmpint (vips_copy (vips, &marked, "interpretation", VIPS_INTERPRETATION_sRGB, NULL), ==, 0);
  image = reshoot_image_new_from_vips (marked, RESHOOT_IMAGE_FORMAT_JPEG, quality, NULL, &error);
  g_assert_no_error (error);
  return image;
}
