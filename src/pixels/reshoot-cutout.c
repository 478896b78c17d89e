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
#define ROUGH_SHARE (2.0 / 3.0)  /* of the size, for the slower cut by colours: it gains nothing from more */
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
              float far = fabsf (there[0] - here[0]) + fabsf (there[1] - here[1])
                          + fabsf (there[2] - here[2]);
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
seed_box (const double  box[4],
          guint8       *trimap,
          int           width,
          int           height)
{
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double u = (x + 0.5) / width;
        double v = (y + 0.5) / height;
        gboolean inside = u >= box[0] && v >= box[1]
                          && u < box[0] + box[2] && v < box[1] + box[3];

        trimap[(gsize) y * width + x] = inside ? RESHOOT_TRIMAP_MAYBE_PRODUCT
                                               : RESHOOT_TRIMAP_BACKGROUND;
      }
}

static gboolean
has_strokes (const ReshootCutoutHint *hint)
{
  return hint != NULL && reshoot_hints_get_has_strokes (hint->hints);
}

/* What lies under a stroke is known for certain. */
static void
mark (const ReshootCutoutHint *hint,
      guint8                  *cells,
      int                      width,
      int                      height,
      guint8                   product,
      guint8                   background)
{
  reshoot_hints_mark (hint->hints, TRUE, hint->size, cells, width, height, product);
  reshoot_hints_mark (hint->hints, FALSE, hint->size, cells, width, height, background);
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

/* A picture at the size that it is looked at. */
typedef struct
{
  int     width;
  int     height;
  gsize   n;
  float  *colors;      /* smoothed sRGB, 0–255 */
  float  *lab;         /* the same */
  float  *light;       /* Lab of the backdrop alone, as far as the frame tells */
  double  roughness;
} Look;

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->colors, g_free);
  g_clear_pointer (&look->lab, g_free);
  g_clear_pointer (&look->light, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static void
look_at (const guint8 *rgb,
         int           rgb_width,
         int           rgb_height,
         double        long_edge,
         Look         *look)
{
  double scale = MIN (1.0, long_edge / MAX (rgb_width, rgb_height));
  g_autofree float *small = NULL;

  look_clear (look);
  look->width = MAX (1, (int) lround (rgb_width * scale));
  look->height = MAX (1, (int) lround (rgb_height * scale));
  look->n = (gsize) look->width * look->height;
  small = shrink (rgb, rgb_width, rgb_height, look->width, look->height);
  look->colors = smooth (small, look->width, look->height);
  look->lab = g_new (float, look->n * 3);
  for (gsize i = 0; i < look->n; i++)
    reshoot_lab_from_srgb (look->colors + i * 3, look->lab + i * 3);

  look->light = g_memdup2 (look->lab, look->n * 3 * sizeof (float));
  look->roughness = reshoot_flatten (look->light, look->width, look->height);
  for (gsize i = 0; i < look->n * 3; i++)
    look->light[i] = look->lab[i] - look->light[i];
}

static void
cut_plain (const Look              *look,
           const ReshootCutoutHint *hint,
           guint8                  *trimap)
{
  gboolean has_box = hint != NULL && hint->has_box;
  g_autofree guint8 *mask = g_new (guint8, look->n);

  if (has_box)
    seed_box (hint->box, trimap, look->width, look->height);
  reshoot_backdrop_cut (look->lab, look->light, has_box ? trimap : NULL, mask,
                        look->width, look->height);
  for (gsize i = 0; i < look->n; i++)
    trimap[i] = mask[i] ? RESHOOT_TRIMAP_PRODUCT : RESHOOT_TRIMAP_BACKGROUND;
}

/* A plain backdrop said one thing and the person another: what is under the strokes is certain, all else is weighed
 * again. */
static gboolean
cut_again (const Look               *look,
           const ReshootCutoutHint  *hint,
           guint8                   *trimap,
           GCancellable             *cancellable,
           GError                  **error)
{
  g_autofree guint8 *box = NULL;

  if (hint->has_box)
    {
      box = g_new (guint8, look->n);
      seed_box (hint->box, box, look->width, look->height);
    }

  for (gsize i = 0; i < look->n; i++)
    if (trimap[i] == RESHOOT_TRIMAP_PRODUCT)
      trimap[i] = RESHOOT_TRIMAP_MAYBE_PRODUCT;
    else if (box == NULL || box[i] != RESHOOT_TRIMAP_BACKGROUND)
      trimap[i] = RESHOOT_TRIMAP_MAYBE_BACKGROUND;

  mark (hint, trimap, look->width, look->height, RESHOOT_TRIMAP_PRODUCT, RESHOOT_TRIMAP_BACKGROUND);
  return reshoot_grabcut (look->colors, trimap, look->width, look->height, N_ROUNDS / 2,
                          cancellable, error);
}

static gboolean
cut_rough (const Look               *look,
           const ReshootCutoutHint  *hint,
           guint8                   *trimap,
           GCancellable             *cancellable,
           GError                  **error)
{
  g_autofree float *saliency = NULL;

  if (hint != NULL && hint->has_box)
    {
      seed_box (hint->box, trimap, look->width, look->height);
    }
  else
    {
      saliency = g_new (float, look->n);
      reshoot_saliency (look->lab, saliency, look->width, look->height);
      seed (saliency, trimap, look->n);
    }

  if (has_strokes (hint))
    mark (hint, trimap, look->width, look->height, RESHOOT_TRIMAP_PRODUCT,
          RESHOOT_TRIMAP_BACKGROUND);

  /* Who draws waits for the answer, and what is certain makes the first rounds count. */
  return reshoot_grabcut (look->colors, trimap, look->width, look->height,
                          has_strokes (hint) ? N_ROUNDS / 2 : N_ROUNDS, cancellable, error);
}

/**
 * reshoot_cutout_find:
 * @rgb: three bytes a pixel, sRGB
 * @rgb_width: in pixels
 * @rgb_height: in pixels
 * @long_edge: of the cut-out of a plain picture, others are done at two thirds of it; a smaller picture is not enlarged
 * @hint: (nullable): what the person said of where the product is
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
                     const ReshootCutoutHint *hint,
                     ReshootCutout  *cutout,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_auto (Look) look = { 0 };
  g_autofree guint8 *trimap = NULL;

  memset (cutout, 0, sizeof *cutout);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  look_at (rgb, rgb_width, rgb_height, long_edge, &look);
  cutout->roughness = look.roughness;
  if (cutout->roughness >= RESHOOT_CUTOUT_ROUGH)
    look_at (rgb, rgb_width, rgb_height, long_edge * ROUGH_SHARE, &look);

  cutout->width = look.width;
  cutout->height = look.height;
  trimap = g_new (guint8, look.n);
  if (cutout->roughness < RESHOOT_CUTOUT_ROUGH)
    {
      cut_plain (&look, hint, trimap);
      if (has_strokes (hint) && !cut_again (&look, hint, trimap, cancellable, error))
        return FALSE;
    }
  else if (!cut_rough (&look, hint, trimap, cancellable, error))
    return FALSE;

  clean (cutout, trimap);
  if (has_strokes (hint))
    mark (hint, cutout->mask, cutout->width, cutout->height, TRUE, FALSE);
  return TRUE;
}

void
reshoot_cutout_clear (ReshootCutout *cutout)
{
  g_clear_pointer (&cutout->mask, g_free);
}
