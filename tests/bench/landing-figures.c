/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a landing is worth: its place, what it left alone, what it missed, how near it comes to the truth. */

#include "landing-figures.h"

#include "reshoot-land-private.h"
#include "reshoot-mask.h"

#include <math.h>
#include <string.h>

/* Levels: from there on a pixel is edited, and from there on nobody can miss it. */
#define EDITED 2
#define PLAIN 12

/* Pixels of the reply beside the edit that may be touched. */
#define MARGIN 8

/* Colours are compared without their structure. */
#define COLOUR_SIGMA 6

static guint
find_gap (VipsImage *a,
          VipsImage *b,
          gsize      i)
{
  const guint8 *one = (const guint8 *) VIPS_IMAGE_ADDR (a, 0, 0) + 3 * i;
  const guint8 *other = (const guint8 *) VIPS_IMAGE_ADDR (b, 0, 0) + 3 * i;

  return MAX (MAX (abs (one[0] - other[0]), abs (one[1] - other[1])),
              abs (one[2] - other[2]));
}

static void
measure_place (const ReshootAlignment *how,
               const ReplyPlace       *place,
               const guint8           *edited,
               VipsImage              *source,
               LandingFigures         *figures)
{
  double scale = (double) place->width / source->Xsize;
  double turn = how->rotation * G_PI / 180;
  double zoom[2] = { how->scale_x - place->zoom[0], how->scale_y - place->zoom[1] };
  double shift[2] = { how->shift_x * scale - place->shift[0],
                      how->shift_y * scale - place->shift[1] };
  double sum = 0;
  gsize n = 0;

  for (int round = 0; round < 2 && n == 0; round++)
    for (int y = 0; y < source->Ysize; y += 8)
      for (int x = 0; x < source->Xsize; x += 8)
        {
          double u = (x - source->Xsize / 2.0) * scale;
          double v = (y - source->Ysize / 2.0) * scale;
          double off_x = shift[0] + zoom[0] * u - turn * v;
          double off_y = shift[1] + zoom[1] * v + turn * u;

          if (round == 0 && edited[(gsize) y * source->Xsize + x])
            continue;
          sum += off_x * off_x + off_y * off_y;
          n++;
        }

  figures->shift = sqrt (sum / n);
  figures->zoom = 100 * MAX (fabs (zoom[0]), fabs (zoom[1]));
}

static void
measure_kept (const LandingPictures *pictures,
              VipsImage             *landed,
              const guint8          *edited,
              const guint8          *near,
              LandingFigures        *figures)
{
  gsize n = (gsize) landed->Xsize * landed->Ysize;
  gsize n_kept[2] = { 0, 0 };
  gsize n_same[2] = { 0, 0 };
  gsize n_plain = 0;
  gsize n_missed = 0;
  gsize n_edited = 0;
  gsize n_touched = 0;
  gsize n_both = 0;

  for (gsize i = 0; i < n; i++)
    {
      gboolean same = find_gap (pictures->source, landed, i) == 0;
      gboolean plain = find_gap (pictures->source, pictures->truth, i) >= PLAIN;

      n_kept[0] += !edited[i];
      n_same[0] += !edited[i] && same;
      n_kept[1] += !near[i];
      n_same[1] += !near[i] && same;
      n_edited += edited[i] != 0;
      n_touched += !same;
      n_both += edited[i] && !same;
      n_plain += plain;
      n_missed += plain && same;
    }

  for (int k = 0; k < 2; k++)
    figures->identical[k] = n_kept[k] > n / 1000 ? 100.0 * n_same[k] / n_kept[k] : NAN;
  figures->missed = n_plain > 0 ? 100.0 * n_missed / n_plain : NAN;
  figures->precision = n_edited > 0 ? (double) n_both / MAX (n_touched, 1) : NAN;
  figures->overlap = n_edited > 0 ? (double) n_both / (n_edited + n_touched - n_both) : NAN;
}

static ReshootPlane *
make_luma (VipsImage *vips)
{
  ReshootPlane *luma = reshoot_plane_new (vips->Xsize, vips->Ysize);
  const guint8 *pixel = VIPS_IMAGE_ADDR (vips, 0, 0);

  for (gsize i = 0; i < (gsize) luma->width * luma->height; i++, pixel += 3)
    luma->data[i] = 0.299f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2];
  return luma;
}

static ReshootPlane *
blur_product (const ReshootPlane *a,
              const ReshootPlane *b)
{
  g_autoptr (ReshootPlane) product = reshoot_plane_multiply (a, b);

  return reshoot_plane_blur (product, 1.5);
}

/* Wang, Bovik, Sheikh and Simoncelli, 2004; the mean over @mask. */
static double
find_ssim (VipsImage    *truth,
           VipsImage    *result,
           const guint8 *mask)
{
  g_autoptr (ReshootPlane) a = make_luma (truth);
  g_autoptr (ReshootPlane) b = make_luma (result);
  g_autoptr (ReshootPlane) mean_a = reshoot_plane_blur (a, 1.5);
  g_autoptr (ReshootPlane) mean_b = reshoot_plane_blur (b, 1.5);
  g_autoptr (ReshootPlane) aa = blur_product (a, a);
  g_autoptr (ReshootPlane) bb = blur_product (b, b);
  g_autoptr (ReshootPlane) ab = blur_product (a, b);
  const double c1 = 0.01 * 255 * 0.01 * 255;
  const double c2 = 0.03 * 255 * 0.03 * 255;
  double sum = 0;
  gsize n = 0;

  for (gsize i = 0; i < (gsize) a->width * a->height; i++)
    if (mask[i])
      {
        double m = mean_a->data[i];
        double k = mean_b->data[i];

        sum += (2 * m * k + c1) * (2 * (ab->data[i] - m * k) + c2)
               / ((m * m + k * k + c1) * (aa->data[i] - m * m + bb->data[i] - k * k + c2));
        n++;
      }
  return n > 0 ? sum / n : NAN;
}

static double
find_psnr (VipsImage    *truth,
           VipsImage    *result,
           const guint8 *mask)
{
  const guint8 *one = VIPS_IMAGE_ADDR (truth, 0, 0);
  const guint8 *other = VIPS_IMAGE_ADDR (result, 0, 0);
  double sum = 0;
  gsize n = 0;

  for (gsize i = 0; i < (gsize) truth->Xsize * truth->Ysize; i++)
    if (mask[i])
      {
        for (int c = 0; c < 3; c++)
          sum += (double) (one[3 * i + c] - other[3 * i + c]) * (one[3 * i + c] - other[3 * i + c]);
        n++;
      }
  return n > 0 ? 10 * log10 (255.0 * 255.0 * 3 * n / MAX (sum, 1e-9)) : NAN;
}

VipsImage *
landing_open_image (ReshootImage *image)
{
  g_autoptr (GError) error = NULL;
  VipsImage *vips = reshoot_image_dup_vips (image, &error);

  g_assert_no_error (error);
  return vips;
}

/* What everyone does who has no landing: Lanczos. */
static VipsImage *
enlarge (ReshootImage *reply,
         VipsImage    *truth)
{
  g_autoptr (VipsImage) small = landing_open_image (reply);
  g_autoptr (VipsImage) large = NULL;
  VipsImage *memory;

  g_assert_cmpint (vips_resize (small, &large, (double) truth->Xsize / small->Xsize,
                                "vscale", (double) truth->Ysize / small->Ysize, NULL), ==, 0);
  memory = vips_image_copy_memory (large);
  g_assert_nonnull (memory);
  return memory;
}

/* The root mean square distance of the colours of what was kept, in levels. */
static double
find_drift (const ReshootLandScene *scene,
            ReshootPlane *const     planes[3],
            const guint8           *near,
            VipsImage              *source)
{
  double sum = 0;
  gsize n = 0;

  for (int c = 0; c < 3; c++)
    {
      g_autoptr (ReshootPlane) a = reshoot_plane_blur (scene->source[c], COLOUR_SIGMA);
      g_autoptr (ReshootPlane) b = reshoot_plane_blur (planes[c], COLOUR_SIGMA);

      for (int y = 0; y < a->height; y++)
        for (int x = 0; x < a->width; x++)
          {
            gsize i = (gsize) y * a->width + x;
            gsize at = (gsize) (y * source->Ysize / a->height) * source->Xsize
                       + x * source->Xsize / a->width;

            if (near[at] || !scene->covered[i])
              continue;
            sum += (a->data[i] - b->data[i]) * (a->data[i] - b->data[i]);
            n++;
          }
    }
  return n > 3000 ? sqrt (sum / n) : NAN;
}

/* The steps of landing one by one, and at the end without the source's detail. */
static VipsImage *
land_bare (const LandingPictures *pictures,
           ReshootImage          *reply,
           ReshootLandTone        tone,
           const guint8          *near,
           LandingFigures        *figures)
{
  g_auto (ReshootLandScene) scene = { 0 };
  g_auto (ReshootLandDetail) detail = { { NULL } };
  VipsImage *source = pictures->source;
  VipsImage *picture = vips_image_new_memory ();
  double frame[4] = { 0 };
  double kept;

  scene.width = reshoot_image_get_width (reply);
  scene.height = reshoot_image_get_height (reply);
  frame[0] = (double) scene.width / source->Xsize;
  frame[2] = (double) scene.height / source->Ysize;
  g_assert_cmpint (vips_image_write (source, picture), ==, 0);
  g_assert_true (reshoot_land_scene_fill (&scene, picture, reply, frame, NULL));
  g_assert_true (reshoot_land_scene_align (&scene, NULL));
  reshoot_land_match_colour (&scene);
  figures->drift[0] = find_drift (&scene, scene.reply, near, source);
  figures->drift[1] = find_drift (&scene, scene.matched, near, source);
  reshoot_land_find_change (&scene, tone);
  reshoot_land_make_alpha (&scene);
  reshoot_land_carry_detail (&scene, &detail);
  for (int c = 0; c < 3; c++)
    {
      gsize size = sizeof (float) * scene.width * scene.height;

      memcpy (detail.soft[c]->data, scene.matched[c]->data, size);
      memset (detail.gain[c]->data, 0, size);
    }
  g_assert_true (reshoot_land_merge (&scene, &detail, frame, picture, NULL, &kept));
  return picture;
}

/* @landing: not of a new scene. */
void
landing_measure (const LandingPictures *pictures,
                 ReshootLanding        *landing,
                 ReshootImage          *reply,
                 const ReplyPlace      *place,
                 ReshootLandTone        tone,
                 LandingFigures        *figures)
{
  VipsImage *truth = pictures->truth;
  gsize n = (gsize) truth->Xsize * truth->Ysize;
  int margin = MARGIN * truth->Xsize / place->width;
  g_autofree guint8 *edited = g_new (guint8, n);
  g_autofree guint8 *near = g_new (guint8, n);
  g_autoptr (VipsImage) landed = landing_open_image (reshoot_landing_get_image (landing));
  g_autoptr (VipsImage) large = enlarge (reply, truth);
  g_autoptr (VipsImage) bare = NULL;

  for (gsize i = 0; i < n; i++)
    edited[i] = find_gap (pictures->source, truth, i) > EDITED;
  reshoot_mask_spread (edited, near, truth->Xsize, truth->Ysize, margin, TRUE);
  measure_place (reshoot_landing_get_alignment (landing), place, edited, landed, figures);
  measure_kept (pictures, landed, edited, near, figures);

  bare = land_bare (pictures, reply, tone, near, figures);
  figures->psnr[0] = find_psnr (truth, large, edited);
  figures->psnr[1] = find_psnr (truth, bare, edited);
  figures->psnr[2] = find_psnr (truth, landed, edited);
  figures->ssim[0] = find_ssim (truth, large, edited);
  figures->ssim[1] = find_ssim (truth, landed, edited);
}
