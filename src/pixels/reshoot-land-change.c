/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was really edited. Two scores, either 1 where a change is just visible: a difference of colour, and one of
 * structure beyond what a service re-synthesises. Both are the least over shifts of a pixel, so that an edge which
 * lies a little off is no change. */

#include "reshoot-land-private.h"

#include "reshoot-guided-filter.h"
#include "reshoot-mask.h"

#include <math.h>
#include <string.h>

/* Lab distance of softened pictures that counts as a change; less is compression and drift. */
#define COLOUR_STEP 5.f
#define CHROMA_SHARE 0.8f

/* The same for a difference that is wide and soft, as a shadow is, and for one that is thin. They count beside a sure
 * change, within that many pixels. */
#define SOFT_STEP 3.f
#define THIN_STEP 9.f
#define NEAR 7

/* The lower quartile of soft differences where nothing was edited, of a service that harms little; more of it raises
 * the steps above, until it is no harm any more but an edit. */
#define QUIET 0.4f
#define LOUDEST 1.4f
#define SAMPLE 13

/* A soft difference fades out instead of ending, between these scores. */
#define FADE_FROM 0.25f
#define FADE_TO 0.7f

/* Root mean square in levels of a structure that is not the source's; where there is much texture, more is allowed. */
#define STRUCTURE_STEP 4.f
#define STRUCTURE_SHARE 0.75f

/* Scores: a change begins above the first where it reaches the second; it has at least that share of the picture. */
#define SCORE_FROM 0.75f
#define SCORE_SURE 1.5f
#define LEAST_AREA 8e-5
#define LARGEST_HOLE 4e-4

#define CLOSE_RADIUS 4

/* An edit of the whole picture covers nearly all, or much of it and what is sure of it has no edge: light has a step of
 * 4 to 5 there, objects one of 10 and more. */
#define NEARLY_ALL 0.97
#define MUCH 0.25
#define SOFT_EDGE 7.5f

/* A drift of that many levels on average is one that a person sees. */
#define VISIBLE_DRIFT 2.5

/* The edge follows the source's within so many pixels. */
#define EDGE_RADIUS 3
#define EDGE_EPSILON 1e-3f

#define N_STEPS 4096

/* sRGB's curve and the cube root of Lab, both as tables over 0–1. */
typedef struct
{
  float linear[N_STEPS + 2];
  float root[N_STEPS + 2];
} Curves;

static void
fill_curves (Curves *curves)
{
  for (int i = 0; i < N_STEPS + 2; i++)
    {
      double value = (double) i / N_STEPS;

      curves->linear[i] = (float) (value <= 0.04045 ? value / 12.92
                                   : pow ((value + 0.055) / 1.055, 2.4));
      curves->root[i] = (float) (value > 0.008856 ? cbrt (value) : 7.787 * value + 16.0 / 116);
    }
}

static inline float
look_up (const float *table,
         float        value)
{
  float place = CLAMP (value, 0.f, 1.f) * N_STEPS;
  int left = (int) place;

  return table[left] + (place - left) * (table[left + 1] - table[left]);
}

/* CIELAB of sRGB numbers under D65 (IEC 61966-2-1, CIE 15), softened before. */
void
reshoot_land_make_lab (ReshootPlane *const in[3],
                       double              sigma,
                       ReshootPlane       *lab[3])
{
  g_autofree Curves *curves = g_new (Curves, 1);

  fill_curves (curves);
  for (int c = 0; c < 3; c++)
    lab[c] = reshoot_plane_blur (in[c], sigma);

  for (gsize i = 0; i < (gsize) in[0]->width * in[0]->height; i++)
    {
      float r = look_up (curves->linear, lab[0]->data[i] / 255);
      float g = look_up (curves->linear, lab[1]->data[i] / 255);
      float b = look_up (curves->linear, lab[2]->data[i] / 255);
      float x = look_up (curves->root, (0.4124f * r + 0.3576f * g + 0.1805f * b) / 0.9505f);
      float y = look_up (curves->root, 0.2126f * r + 0.7152f * g + 0.0722f * b);
      float z = look_up (curves->root, (0.0193f * r + 0.1192f * g + 0.9505f * b) / 1.089f);

      lab[0]->data[i] = 116 * y - 16;
      lab[1]->data[i] = 500 * (x - y);
      lab[2]->data[i] = 200 * (y - z);
    }
}

static void
clear_planes (ReshootPlane *planes[3])
{
  for (int c = 0; c < 3; c++)
    g_clear_pointer (&planes[c], g_free);
}

/* The Lab distance, the least of nine shifts. */
static ReshootPlane *
measure_colour (ReshootPlane *const source[3],
                ReshootPlane *const reply[3],
                double              sigma)
{
  int width = source[0]->width;
  int height = source[0]->height;
  ReshootPlane *distance = reshoot_plane_new (width, height);
  ReshootPlane *a[3];
  ReshootPlane *b[3];

  reshoot_land_make_lab (source, sigma, a);
  reshoot_land_make_lab (reply, sigma, b);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        gsize i = (gsize) y * width + x;
        float least = G_MAXFLOAT;

        for (int v = MAX (y - 1, 0); v <= MIN (y + 1, height - 1); v++)
          for (int u = MAX (x - 1, 0); u <= MIN (x + 1, width - 1); u++)
            {
              gsize k = (gsize) v * width + u;
              float l = a[0]->data[i] - b[0]->data[k];
              float p = CHROMA_SHARE * (a[1]->data[i] - b[1]->data[k]);
              float q = CHROMA_SHARE * (a[2]->data[i] - b[2]->data[k]);

              least = MIN (least, l * l + p * p + q * q);
            }
        distance->data[i] = sqrtf (least);
      }

  clear_planes (a);
  clear_planes (b);
  return distance;
}

static void
add_structure_at (const ReshootPlane *expected,
                  const ReshootPlane *found,
                  int                 dx,
                  int                 dy,
                  ReshootPlane       *least)
{
  g_autoptr (ReshootPlane) rest = reshoot_plane_new (found->width, found->height);
  g_autoptr (ReshootPlane) mean = NULL;

  for (int y = 0; y < found->height; y++)
    {
      const float *row = found->data + (gsize) CLAMP (y + dy, 0, found->height - 1) * found->width;
      const float *wanted = expected->data + (gsize) y * found->width;
      float *to = rest->data + (gsize) y * found->width;

      for (int x = 0; x < found->width; x++)
        {
          float gap = row[CLAMP (x + dx, 0, found->width - 1)] - wanted[x];

          to[x] = gap * gap;
        }
    }

  mean = reshoot_plane_blur (rest, 3);
  for (gsize i = 0; i < (gsize) found->width * found->height; i++)
    least->data[i] = MIN (least->data[i], mean->data[i]);
}

/* Structure that the source's own does not explain, in units of what may be. */
static ReshootPlane *
measure_structure (const ReshootPlane *source,
                   const ReshootPlane *reply)
{
  g_autoptr (ReshootPlane) expected = reshoot_plane_band (source, 0.8, 5);
  g_autoptr (ReshootPlane) found = reshoot_plane_band (reply, 0.8, 5);
  g_autoptr (ReshootPlane) slope = NULL;
  g_autoptr (ReshootPlane) likeness G_GNUC_UNUSED = NULL;
  g_autoptr (ReshootPlane) square = reshoot_plane_multiply (expected, expected);
  g_autoptr (ReshootPlane) power = reshoot_plane_blur (square, 4);
  ReshootPlane *score = reshoot_plane_new (source->width, source->height);
  gsize n = (gsize) source->width * source->height;

  likeness = reshoot_land_likeness (expected, found, 4, &slope, NULL);
  for (gsize i = 0; i < n; i++)
    {
      expected->data[i] *= CLAMP (slope->data[i], 0.55f, 1.25f);
      score->data[i] = G_MAXFLOAT;
    }
  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      add_structure_at (expected, found, dx, dy, score);

  for (gsize i = 0; i < n; i++)
    score->data[i] = sqrtf (score->data[i])
                     / (STRUCTURE_STEP + STRUCTURE_SHARE * sqrtf (MAX (power->data[i], 0.f)));
  return score;
}

static guint8 *
threshold (const ReshootPlane *score,
           float               least)
{
  gsize n = (gsize) score->width * score->height;
  guint8 *mask = g_new (guint8, n);

  for (gsize i = 0; i < n; i++)
    mask[i] = score->data[i] > least;
  return mask;
}

/* Where the reply does not reach, its nearest pixel decides. */
static void
extend (const guint8 *covered,
        guint8       *mask,
        int           width,
        int           height)
{
  int left = width, right = -1, top = height, bottom = -1;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (covered[(gsize) y * width + x])
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = MIN (top, y);
          bottom = MAX (bottom, y);
        }
  if (right < left)
    return;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (x < left || x > right || y < top || y > bottom)
        mask[(gsize) y * width + x] = mask[(gsize) CLAMP (y, top, bottom) * width
                                           + CLAMP (x, left, right)];
}

static void
close_gaps (guint8 *mask,
            int     width,
            int     height)
{
  g_autofree guint8 *grown = g_new (guint8, (gsize) width * height);

  reshoot_mask_spread (mask, grown, width, height, CLOSE_RADIUS, TRUE);
  reshoot_mask_spread (grown, mask, width, height, CLOSE_RADIUS, FALSE);
  reshoot_mask_fill_holes (mask, width, height, LARGEST_HOLE);
}

/* How sharply the change begins: the step of the distance across its rim, half of which is steeper. An object has an
 * edge, light has none. */
static float
measure_rim (const guint8       *mask,
             const guint8       *covered,
             const ReshootPlane *distance)
{
  int width = distance->width;
  int height = distance->height;
  g_autoptr (ReshootPlane) soft = reshoot_plane_blur (distance, 3);
  g_autoptr (ReshootPlane) high = reshoot_plane_extreme (soft, 8, TRUE);
  g_autoptr (ReshootPlane) low = reshoot_plane_extreme (soft, 8, FALSE);
  g_autofree guint8 *grown = g_new (guint8, (gsize) width * height);
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (float));

  reshoot_mask_spread (mask, grown, width, height, 1, TRUE);
  for (gsize i = 0; i < (gsize) width * height; i++)
    if (grown[i] && !mask[i] && covered[i])
      {
        float step = high->data[i] - low->data[i];

        g_array_append_val (steps, step);
      }
  if (steps->len <= 50)
    return 99;

  return reshoot_find_median (steps);
}

static double
find_share (const guint8 *mask,
            gsize         n)
{
  gsize n_set = 0;

  for (gsize i = 0; i < n; i++)
    n_set += mask[i];
  return (double) n_set / n;
}

/* The change has no border: all of the reply is wanted, and with it its colours. */
static void
take_whole (ReshootLandScene *scene)
{
  gsize size = sizeof (float) * scene->width * scene->height;

  scene->is_whole = TRUE;
  memset (scene->changed, 1, (gsize) scene->width * scene->height);
  for (int c = 0; c < 3; c++)
    memcpy (scene->matched[c]->data, scene->reply[c]->data, size);
}

/* 0–1: how near a pixel is to some of the mask. */
static ReshootPlane *
find_company (const ReshootLandScene *scene,
              const guint8           *mask)
{
  gsize n = (gsize) scene->width * scene->height;
  g_autoptr (ReshootPlane) set = reshoot_plane_new (scene->width, scene->height);
  ReshootPlane *company;

  for (gsize i = 0; i < n; i++)
    set->data[i] = mask[i];
  company = reshoot_plane_blur (set, NEAR);
  for (gsize i = 0; i < n; i++)
    company->data[i] = reshoot_smooth_step (company->data[i], 0.f, 0.1f) * scene->covered[i];
  return company;
}

/* How much louder than QUIET the service is, at least 1, going by what is not surely edited. */
static float
find_noise (const ReshootLandScene *scene,
            const guint8           *sure,
            const ReshootPlane     *soft)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (float));
  float quartile;

  for (gsize i = 0; i < (gsize) scene->width * scene->height; i += SAMPLE)
    if (!sure[i] && scene->covered[i])
      g_array_append_val (values, soft->data[i]);
  if (values->len == 0)
    return 1;

  reshoot_find_median (values);
  quartile = g_array_index (values, float, values->len / 4);
  return quartile < LOUDEST ? MAX (quartile / QUIET, 1.f) : 1.f;
}

/* What hangs together with a sure change may be softer, or thinner if it is near. */
static void
widen (const ReshootLandScene *scene,
       const guint8           *sure,
       const ReshootPlane     *soft,
       float                   noise,
       ReshootPlane           *score)
{
  g_autoptr (ReshootPlane) thin = measure_colour (scene->source, scene->matched, 0.8);
  g_autoptr (ReshootPlane) company = find_company (scene, sure);

  for (gsize i = 0; i < (gsize) scene->width * scene->height; i++)
    {
      float near = company->data[i];
      float more = MAX (near * thin->data[i] / THIN_STEP,
                        scene->covered[i] * (1 + 0.35f * near) * soft->data[i]
                        / (noise * SOFT_STEP));

      score->data[i] = MAX (score->data[i] * (1 + near), more);
    }
}

/* Fills @changed. @tone: whether the words asked for other light or colour all over. */
void
reshoot_land_find_change (ReshootLandScene *scene,
                          ReshootLandTone   tone)
{
  gsize n = (gsize) scene->width * scene->height;
  g_autoptr (ReshootPlane) luma = reshoot_land_luma (scene->matched);
  g_autoptr (ReshootPlane) distance = measure_colour (scene->source, scene->matched, 2);
  g_autoptr (ReshootPlane) structure = measure_structure (scene->source_luma, luma);
  g_autoptr (ReshootPlane) soft_distance = measure_colour (scene->source, scene->matched, 5);
  g_autoptr (ReshootPlane) score = NULL;
  g_autofree guint8 *sure = NULL;
  g_autofree guint8 *plain = NULL;
  guint least = MAX (12, (guint) (LEAST_AREA * n));
  double share;
  float noise;
  gboolean soft;

  for (gsize i = 0; i < n; i++)
    structure->data[i] = scene->covered[i] * MAX (structure->data[i],
                                                  distance->data[i] / COLOUR_STEP);
  score = reshoot_plane_blur (structure, 1);
  sure = threshold (score, SCORE_SURE);
  plain = g_memdup2 (sure, n);
  reshoot_mask_keep_strong (plain, sure, scene->width, scene->height, least, 1);
  close_gaps (plain, scene->width, scene->height);
  noise = find_noise (scene, sure, soft_distance);
  widen (scene, sure, soft_distance, noise, score);
  scene->changed = threshold (score, SCORE_FROM);
  reshoot_mask_keep_strong (scene->changed, sure, scene->width, scene->height, least,
                            MAX (12, least * 15 / 100));
  close_gaps (scene->changed, scene->width, scene->height);
  extend (scene->covered, scene->changed, scene->width, scene->height);
  scene->soft = find_company (scene, scene->changed);
  for (gsize i = 0; i < n; i++)
    scene->soft->data[i] *= soft_distance->data[i] / (noise * SOFT_STEP);

  share = find_share (scene->changed, n);
  soft = share > MUCH && tone != RESHOOT_LAND_TONE_DRIFT
         && measure_rim (plain, scene->covered, distance) < SOFT_EDGE
         && scene->motion.n_inliers > 0.3 * scene->motion.n_textured;
  if (share > NEARLY_ALL || soft
      || (tone == RESHOOT_LAND_TONE_WANTED && scene->drift > VISIBLE_DRIFT))
    take_whole (scene);
}

/* The mask with the edges of the source in its neighbourhood (a guided filter). */
static ReshootPlane *
follow_edges (ReshootLandScene   *scene,
              const ReshootPlane *mask)
{
  gsize n = (gsize) mask->width * mask->height;
  g_autofree float *guide = g_new (float, 3 * n);
  g_autofree float *factors = g_new (float, 4 * n);
  ReshootPlane *edge = reshoot_plane_new (mask->width, mask->height);

  for (int c = 0; c < 3; c++)
    for (gsize i = 0; i < n; i++)
      guide[c * n + i] = scene->source[c]->data[i] / 255;
  reshoot_guided_filter_fit (guide, mask->data, factors, mask->width, mask->height, EDGE_RADIUS,
                             EDGE_EPSILON);

  for (gsize i = 0; i < n; i++)
    edge->data[i] = factors[i] * guide[i] + factors[n + i] * guide[n + i]
                    + factors[2 * n + i] * guide[2 * n + i] + factors[3 * n + i];
  return edge;
}

/* Fills @alpha: the change with an edge that follows the source's own. */
void
reshoot_land_make_alpha (ReshootLandScene *scene)
{
  int width = scene->width;
  int height = scene->height;
  gsize n = (gsize) width * height;
  g_autofree guint8 *near = g_new (guint8, n);

  scene->alpha = reshoot_plane_new (width, height);
  for (gsize i = 0; i < n; i++)
    scene->alpha->data[i] = scene->changed[i];

  if (!scene->is_whole)
    {
      g_autoptr (ReshootPlane) edge = follow_edges (scene, scene->alpha);

      reshoot_mask_spread (scene->changed, near, width, height, CLOSE_RADIUS, TRUE);
      for (gsize i = 0; i < n; i++)
        {
          float sharp = near[i] ? CLAMP (edge->data[i] * 1.1f - 0.05f, 0.f, 1.f) : 0.f;
          float fading = reshoot_smooth_step (scene->soft->data[i], FADE_FROM, FADE_TO);

          scene->alpha->data[i] = MAX (sharp, fading);
        }
    }
  for (gsize i = 0; i < n; i++)
    if (scene->alpha->data[i] < 0.02f)
      scene->alpha->data[i] = 0;
}
