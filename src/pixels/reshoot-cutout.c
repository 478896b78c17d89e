/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the product at a small size: where it should be (saliency), then which cells it has (grabcut), then which parts
 * of that are it. On a plain backdrop the light that falls on it is taken away first, so that a vignette or a gradient
 * looks like nothing. */

#include "reshoot-cutout.h"

#include "reshoot-backdrop.h"
#include "reshoot-grabcut.h"
#include "reshoot-mask.h"
#include "reshoot-saliency.h"

#include <math.h>
#include <string.h>

#define N_ROUNDS 6
#define COLOR_SIGMA 25.0f      /* of the smoothing before the cut, in levels */
#define LARGEST_HOLE 0.004     /* share of the picture; larger holes are looked through */

/* Mean of the pixels that fall on each cell. */
static float *
shrink (const guint8 *rgb,
        int           rgb_width,
        int           rgb_height,
        int           width,
        int           height)
{
  float *out = g_new (float, (gsize) width * height * 3);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int left = (int) ((gint64) x * rgb_width / width);
        int right = MAX ((int) ((gint64) (x + 1) * rgb_width / width), left + 1);
        int top = (int) ((gint64) y * rgb_height / height);
        int bottom = MAX ((int) ((gint64) (y + 1) * rgb_height / height), top + 1);
        guint sum[3] = { 0, 0, 0 };

        for (int v = top; v < bottom; v++)
          for (int u = left; u < right; u++)
            for (int c = 0; c < 3; c++)
              sum[c] += rgb[((gsize) v * rgb_width + u) * 3 + c];
        for (int c = 0; c < 3; c++)
          out[((gsize) y * width + x) * 3 + c] = (float) sum[c] / ((right - left) * (bottom - top));
      }

  return out;
}

/* A bilateral filter over 5 x 5 cells: grain goes, edges stay. */
static float *
smooth (const float *rgb,
        int          width,
        int          height)
{
  float *out = g_new (float, (gsize) width * height * 3);
  float fall[1024];

  for (int i = 0; i < 1024; i++)
    fall[i] = expf (-(float) (i * i) / (2.0f * COLOR_SIGMA * COLOR_SIGMA));

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const float *here = rgb + ((gsize) y * width + x) * 3;
        float sum[3] = { 0.0f, 0.0f, 0.0f };
        float total = 0.0f;

        for (int v = MAX (y - 2, 0); v <= MIN (y + 2, height - 1); v++)
          for (int u = MAX (x - 2, 0); u <= MIN (x + 2, width - 1); u++)
            {
              const float *there = rgb + ((gsize) v * width + u) * 3;
              float far = fabsf (there[0] - here[0]) + fabsf (there[1] - here[1]) + fabsf (there[2] - here[2]);
              float weight = fall[(int) far];

              total += weight;
              for (int c = 0; c < 3; c++)
                sum[c] += weight * there[c];
            }
        for (int c = 0; c < 3; c++)
          out[((gsize) y * width + x) * 3 + c] = sum[c] / total;
      }

  return out;
}

/* What is known before the cut, from how salient each cell is. */
static void
seed (const float *saliency,
      guint8      *trimap,
      gsize        n)
{
  float threshold = reshoot_otsu (saliency, n);
  float sure = reshoot_percentile (saliency, n, 0.97);

  for (gsize i = 0; i < n; i++)
    {
      if (saliency[i] > sure)
        trimap[i] = RESHOOT_TRIMAP_PRODUCT;
      else if (saliency[i] > threshold * 0.9f)
        trimap[i] = RESHOOT_TRIMAP_MAYBE_PRODUCT;
      else if (saliency[i] < threshold * 0.35f)
        trimap[i] = RESHOOT_TRIMAP_BACKGROUND;
      else
        trimap[i] = RESHOOT_TRIMAP_MAYBE_BACKGROUND;
    }
}

/* What is known from a box: nothing outside of it is the product. */
static void
seed_box (const double  hint[4],
          guint8       *trimap,
          int           width,
          int           height)
{
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double u = (x + 0.5) / width;
        double v = (y + 0.5) / height;
        gboolean inside = u >= hint[0] && v >= hint[1] && u < hint[0] + hint[2] && v < hint[1] + hint[3];

        trimap[(gsize) y * width + x] = inside ? RESHOOT_TRIMAP_MAYBE_PRODUCT : RESHOOT_TRIMAP_BACKGROUND;
      }
}

static void
clean (ReshootCutout *cutout,
       const guint8  *trimap)
{
  gsize n = (gsize) cutout->width * cutout->height;
  g_autofree guint8 *raw = g_new (guint8, n);
  g_autofree guint8 *thin = g_new (guint8, n);

  for (gsize i = 0; i < n; i++)
    raw[i] = trimap[i] >= RESHOOT_TRIMAP_MAYBE_PRODUCT;

  cutout->mask = g_new (guint8, n);
  reshoot_mask_spread (raw, thin, cutout->width, cutout->height, 1, FALSE);
  reshoot_mask_spread (thin, cutout->mask, cutout->width, cutout->height, 1, TRUE);
  cutout->n_products = reshoot_mask_keep_products (cutout->mask, cutout->width, cutout->height);
  if (cutout->roughness >= RESHOOT_CUTOUT_ROUGH)
    reshoot_mask_fill_holes (cutout->mask, cutout->width, cutout->height, LARGEST_HOLE);
}

/**
 * reshoot_cutout_find:
 * @rgb: three bytes a pixel, sRGB
 * @rgb_width: in pixels
 * @rgb_height: in pixels
 * @long_edge: of the cut-out; a smaller picture is not enlarged
 * @hint: (nullable) (array fixed-size=4): a box around the product: left, top, width, height as shares
 * @cutout: (out caller-allocates): the answer
 * @cancellable: (nullable): asked between steps
 * @error: return location for an error
 *
 * Returns: %FALSE when it was cancelled
 */
gboolean
reshoot_cutout_find (const guint8   *rgb,
                     int             rgb_width,
                     int             rgb_height,
                     int             long_edge,
                     const double    hint[4],
                     ReshootCutout  *cutout,
                     GCancellable   *cancellable,
                     GError        **error)
{
  double scale = MIN (1.0, (double) long_edge / MAX (rgb_width, rgb_height));
  int width = MAX (1, (int) lround (rgb_width * scale));
  int height = MAX (1, (int) lround (rgb_height * scale));
  gsize n = (gsize) width * height;
  g_autofree float *small = shrink (rgb, rgb_width, rgb_height, width, height);
  g_autofree float *colors = smooth (small, width, height);
  g_autofree float *lab = g_new (float, n * 3);
  g_autofree float *light = NULL;
  g_autofree float *saliency = g_new (float, n);
  g_autofree guint8 *trimap = g_new (guint8, n);

  memset (cutout, 0, sizeof *cutout);
  cutout->width = width;
  cutout->height = height;

  for (gsize i = 0; i < n; i++)
    reshoot_lab_from_srgb (colors + i * 3, lab + i * 3);
  light = g_memdup2 (lab, n * 3 * sizeof (float));
  cutout->roughness = reshoot_flatten (light, width, height);
  for (gsize i = 0; i < n * 3; i++)
    light[i] = lab[i] - light[i];

  if (cutout->roughness < RESHOOT_CUTOUT_ROUGH)
    {
      g_autofree guint8 *mask = g_new (guint8, n);

      if (hint != NULL)
        seed_box (hint, trimap, width, height);
      reshoot_backdrop_cut (lab, light, hint != NULL ? trimap : NULL, mask, width, height);
      for (gsize i = 0; i < n; i++)
        trimap[i] = mask[i] ? RESHOOT_TRIMAP_PRODUCT : RESHOOT_TRIMAP_BACKGROUND;
    }
  else
    {
      if (hint != NULL)
        {
          seed_box (hint, trimap, width, height);
        }
      else
        {
          reshoot_saliency (lab, saliency, width, height);
          seed (saliency, trimap, n);
        }
      if (!reshoot_grabcut (colors, trimap, width, height, N_ROUNDS, cancellable, error))
        return FALSE;
    }

  clean (cutout, trimap);
  return TRUE;
}

void
reshoot_cutout_clear (ReshootCutout *cutout)
{
  g_clear_pointer (&cutout->mask, g_free);
}
