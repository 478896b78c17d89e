/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the reply could not show: the source's fine detail, carried where its structure goes on in the reply. A recolour
 * keeps the weave, the label and the grain; what is new stays as the service drew it. */

#include "reshoot-land-private.h"

#include <math.h>

/* Detail finer than this, in the reply's pixels, is the source's. */
#define SOFTNESS 1.0

/* Levels squared: without that much structure a slope is a guess, and the shading model's guess is the better one. */
#define PRIOR 12.f

#define LEAST_SHADE 0.2f
#define LARGEST_SHADE 1.8f
#define LEAST_GAIN -1.5f
#define LARGEST_GAIN 2.2f

/* Levels by which the reply may be off at the rim of a change, and how far the mending reaches. */
#define LARGEST_SEAM 8.f
#define SEAM_REACH 9

/* A contradiction counts that far around it too: of two words some letters are alike. */
#define VETO_REACH 4

#define DIVISOR 4

/* The mismatch of the unchanged rim, carried a little way into the change: no seam. */
static void
mend_seam (const ReshootLandScene *scene,
           ReshootPlane           *mended[3])
{
  gsize n = (gsize) scene->width * scene->height;
  g_autoptr (ReshootPlane) kept = reshoot_plane_new (scene->width, scene->height);
  g_autoptr (ReshootPlane) total = NULL;
  ReshootPlane *rest[3];

  for (int c = 0; c < 3; c++)
    {
      g_autoptr (ReshootPlane) soft = reshoot_plane_blur (scene->matched[c], 1.5);

      rest[c] = reshoot_plane_blur (scene->source[c], 1.5);
      for (gsize i = 0; i < n; i++)
        rest[c]->data[i] = CLAMP (rest[c]->data[i] - soft->data[i], -LARGEST_SEAM, LARGEST_SEAM);
    }
  for (gsize i = 0; i < n; i++)
    kept->data[i] = scene->alpha->data[i] == 0 && scene->covered[i]
                    && MAX (MAX (fabsf (rest[0]->data[i]), fabsf (rest[1]->data[i])),
                            fabsf (rest[2]->data[i])) < LARGEST_SEAM;
  total = reshoot_plane_blur (kept, SEAM_REACH);

  for (int c = 0; c < 3; c++)
    {
      g_autoptr (ReshootPlane) carried = reshoot_plane_multiply (rest[c], kept);
      g_autoptr (ReshootPlane) spread = reshoot_plane_blur (carried, SEAM_REACH);

      mended[c] = reshoot_plane_copy (scene->matched[c]);
      for (gsize i = 0; i < n; i++)
        mended[c]->data[i] += spread->data[i] / (total->data[i] + 0.05f)
                              * reshoot_smooth_step (total->data[i], 0.f, 0.4f);
      g_free (rest[c]);
    }
}

/* A blur so wide that a quarter of the pixels will do. */
static ReshootPlane *
spread_far (const ReshootPlane *plane,
            double              sigma)
{
  g_autoptr (ReshootPlane) small = reshoot_plane_shrink (plane, MAX (plane->width / DIVISOR, 1),
                                                         MAX (plane->height / DIVISOR, 1));
  g_autoptr (ReshootPlane) soft = reshoot_plane_blur (small, sigma / DIVISOR);

  return reshoot_plane_enlarge (soft, plane->width, plane->height);
}

/* What the places around say, near ones first. */
static ReshootPlane *
ask_around (const ReshootPlane *agreed,
            const ReshootPlane *asked)
{
  g_autoptr (ReshootPlane) near = spread_far (agreed, 30);
  g_autoptr (ReshootPlane) near_total = spread_far (asked, 30);
  g_autoptr (ReshootPlane) wide_total = spread_far (asked, 90);
  ReshootPlane *far = spread_far (agreed, 90);

  for (gsize i = 0; i < (gsize) far->width * far->height; i++)
    far->data[i] = (near->data[i] + 0.2f * far->data[i])
                   / (near_total->data[i] + 0.2f * wide_total->data[i] + 0.01f);
  return far;
}

/* Only what lies well inside the change may speak: its rim always agrees. */
static ReshootPlane *
find_inside (const ReshootLandScene *scene)
{
  g_autoptr (ReshootPlane) solid = reshoot_plane_new (scene->width, scene->height);

  for (gsize i = 0; i < (gsize) scene->width * scene->height; i++)
    solid->data[i] = scene->alpha->data[i] > 0.5f;
  return reshoot_plane_extreme (solid, 3, FALSE);
}

/* 0–1: does the source's structure go on in the reply? Three sizes of structure vote; a finest one that contradicts
 * has a veto. */
static ReshootPlane *
find_agreement (const ReshootLandScene *scene,
                const ReshootPlane     *luma)
{
  static const double bands[3][3] = { { 0.9, 4, 4 }, { 3, 12, 10 }, { 8, 32, 26 } };
  gsize n = (gsize) scene->width * scene->height;
  g_autoptr (ReshootPlane) agreed = reshoot_plane_new (scene->width, scene->height);
  g_autoptr (ReshootPlane) asked = reshoot_plane_new (scene->width, scene->height);
  g_autoptr (ReshootPlane) against = reshoot_plane_new (scene->width, scene->height);
  g_autoptr (ReshootPlane) inside = find_inside (scene);
  g_autoptr (ReshootPlane) agreed_inside = NULL;
  g_autoptr (ReshootPlane) asked_inside = NULL;
  g_autoptr (ReshootPlane) around = NULL;
  g_autoptr (ReshootPlane) firm = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (bands); k++)
    {
      g_autoptr (ReshootPlane) a = reshoot_plane_band (scene->source_luma, bands[k][0],
                                                       bands[k][1]);
      g_autoptr (ReshootPlane) b = reshoot_plane_band (luma, bands[k][0], bands[k][1]);
      g_autoptr (ReshootPlane) strength = NULL;
      g_autoptr (ReshootPlane) likeness = reshoot_land_likeness (a, b, bands[k][2], NULL,
                                                                 &strength);

      for (gsize i = 0; i < n; i++)
        {
          float structure = reshoot_smooth_step (strength->data[i], 1.2f, 3.5f);
          float alike = fabsf (likeness->data[i]);

          agreed->data[i] += structure * reshoot_smooth_step (alike, 0.5f, 0.85f);
          asked->data[i] += structure;
          if (k < 2)
            against->data[i] = MAX (against->data[i],
                                    structure * (1 - reshoot_smooth_step (alike, 0.2f, 0.5f)));
        }
    }

  firm = reshoot_plane_extreme (against, VETO_REACH, TRUE);
  agreed_inside = reshoot_plane_multiply (agreed, inside);
  asked_inside = reshoot_plane_multiply (asked, inside);
  around = ask_around (agreed_inside, asked_inside);
  for (gsize i = 0; i < n; i++)
    {
      float here = agreed->data[i] / (asked->data[i] + 1e-3f);
      float trust = MIN (asked->data[i], 1.f);

      agreed->data[i] = reshoot_smooth_step (trust * here + (1 - trust) * around->data[i], 0.45f,
                                             0.8f)
                        * (1 - firm->data[i]);
    }

  return reshoot_plane_blur (agreed, 1.5);
}

/* How strongly the source's detail shows in one channel of the reply. */
static ReshootPlane *
find_gain (const ReshootPlane *reply,
           const ReshootPlane *band,
           const ReshootPlane *power,
           const ReshootPlane *luma)
{
  g_autoptr (ReshootPlane) own = reshoot_plane_band (reply, 0.9, 4);
  g_autoptr (ReshootPlane) product = reshoot_plane_multiply (band, own);
  g_autoptr (ReshootPlane) soft = reshoot_plane_blur (reply, 3);
  ReshootPlane *gain = reshoot_plane_blur (product, 4);

  for (gsize i = 0; i < (gsize) gain->width * gain->height; i++)
    {
      float shade = CLAMP ((soft->data[i] + 4) / (luma->data[i] + 4), LEAST_SHADE, LARGEST_SHADE);

      gain->data[i] = CLAMP ((gain->data[i] + PRIOR * shade) / (MAX (power->data[i], 0.f) + PRIOR),
                             LEAST_GAIN, LARGEST_GAIN);
    }
  return gain;
}

/* Fills @detail for the merge. */
void
reshoot_land_carry_detail (const ReshootLandScene *scene,
                           ReshootLandDetail      *detail)
{
  gsize n = (gsize) scene->width * scene->height;
  g_autoptr (ReshootPlane) luma = NULL;
  g_autoptr (ReshootPlane) agreement = NULL;
  g_autoptr (ReshootPlane) band = reshoot_plane_band (scene->source_luma, 0.9, 4);
  g_autoptr (ReshootPlane) square = reshoot_plane_multiply (band, band);
  g_autoptr (ReshootPlane) power = reshoot_plane_blur (square, 4);
  g_autoptr (ReshootPlane) soft_luma = reshoot_plane_blur (scene->source_luma, 3);
  ReshootPlane *mended[3];

  mend_seam (scene, mended);
  luma = reshoot_land_luma (mended);
  agreement = find_agreement (scene, luma);
  detail->source_soft = reshoot_plane_blur (scene->source_luma, SOFTNESS);

  for (int c = 0; c < 3; c++)
    {
      detail->gain[c] = find_gain (mended[c], band, power, soft_luma);
      detail->soft[c] = reshoot_plane_blur (mended[c], SOFTNESS);
      for (gsize i = 0; i < n; i++)
        {
          float share = agreement->data[i];

          detail->soft[c]->data[i] += (1 - share) * (mended[c]->data[i] - detail->soft[c]->data[i]);
          detail->gain[c]->data[i] *= share;
        }
      g_free (mended[c]);
    }
}

void
reshoot_land_detail_clear (ReshootLandDetail *detail)
{
  for (int c = 0; c < 3; c++)
    {
      g_clear_pointer (&detail->soft[c], g_free);
      g_clear_pointer (&detail->gain[c], g_free);
    }
  g_clear_pointer (&detail->source_soft, g_free);
}
