/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The numbers of the drift meter, over what was meant to stay. A picture of which parts are the original's own was
 * never moved: it is not aligned, and what is equal counts as nothing at all. */

#include "reshoot-drift-private.h"

#include <math.h>

/* CIEDE2000: what is seen at a glance, side by side. */
#define VISIBLE 2.3f

/* Noise is not colour, in pixels. */
#define COLOUR_SIGMA 1.5

/* Fine detail is what is narrower than that; beside it stands the detail that a little softness leaves alone. */
#define FINE_SIGMA 1.0
#define MIDDLE_FROM 2.0
#define MIDDLE_TO 6.0
#define POWER_SIGMA 3.0

/* Mean square in levels: with less there is no detail to lose. */
#define LEAST_POWER 0.05

typedef struct
{
  ReshootPlane *planes[3];
} Lab;

static void
lab_clear (Lab *lab)
{
  for (int c = 0; c < 3; c++)
    g_clear_pointer (&lab->planes[c], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lab, lab_clear)

/* Mean distance over @rest, and the share of it that is visible. What is @equal has none. */
static double
measure_colour (ReshootPlane *const a[3],
                ReshootPlane *const b[3],
                const guint8       *rest,
                const guint8       *equal,
                double             *visible)
{
  gsize n = (gsize) a[0]->width * a[0]->height;
  gsize n_rest = 0, n_visible = 0;
  g_auto (Lab) one = { { NULL } };
  g_auto (Lab) other = { { NULL } };
  double sum = 0;

  reshoot_land_make_lab (a, COLOUR_SIGMA, one.planes);
  reshoot_land_make_lab (b, COLOUR_SIGMA, other.planes);
  for (gsize i = 0; i < n; i++)
    {
      float distance;

      n_rest += rest[i];
      if (!rest[i] || (equal != NULL && equal[i]))
        continue;
      distance = vips_col_dE00 (one.planes[0]->data[i], one.planes[1]->data[i],
                                one.planes[2]->data[i], other.planes[0]->data[i],
                                other.planes[1]->data[i], other.planes[2]->data[i]);
      sum += distance;
      n_visible += distance > VISIBLE;
    }

  *visible = n_rest > 0 ? (double) n_visible / n_rest : NAN;
  return n_rest > 0 ? sum / n_rest : NAN;
}

/* How much there is in a band, around each pixel: smooth, so that moving it afterwards does it no harm. */
static ReshootPlane *
find_power (const ReshootPlane *luma,
            gboolean            fine)
{
  g_autoptr (ReshootPlane) soft = fine ? reshoot_plane_blur (luma, FINE_SIGMA) : NULL;
  g_autoptr (ReshootPlane) band = fine ? reshoot_plane_copy (luma)
                                       : reshoot_plane_band (luma, MIDDLE_FROM, MIDDLE_TO);
  g_autoptr (ReshootPlane) square = NULL;

  for (gsize i = 0; fine && i < (gsize) band->width * band->height; i++)
    band->data[i] -= soft->data[i];
  square = reshoot_plane_multiply (band, band);
  return reshoot_plane_blur (square, POWER_SIGMA);
}

static double
sum_power (const ReshootPlane *luma,
           const double       *map,
           const guint8       *rest,
           gboolean            fine)
{
  g_autoptr (ReshootPlane) power = find_power (luma, fine);
  double sum = 0;

  if (map != NULL)
    {
      g_autoptr (ReshootPlane) still = g_steal_pointer (&power);

      power = reshoot_plane_warp (still, map);
    }
  for (gsize i = 0; i < (gsize) luma->width * luma->height; i++)
    if (rest[i])
      sum += MAX (power->data[i], 0.f);
  return sum;
}

/* The amplitude of fine detail against that of coarser detail: more contrast is not more sharpness. @still: the
 * picture's luma where it is. */
static double
measure_softness (const ReshootLandScene *scene,
                  const ReshootPlane     *still,
                  const double           *map,
                  const guint8           *rest)
{
  double fine = sum_power (scene->source_luma, NULL, rest, TRUE);
  double middle = sum_power (scene->source_luma, NULL, rest, FALSE);
  double fine_left = sum_power (still, map, rest, TRUE);
  double middle_left = sum_power (still, map, rest, FALSE);
  gsize n_rest = 0;

  for (gsize i = 0; i < reshoot_drift_count_pixels (scene); i++)
    n_rest += rest[i];
  if (n_rest == 0)
    return NAN;
  if (fine < LEAST_POWER * n_rest || middle < LEAST_POWER * n_rest || middle_left <= 0)
    return 0;

  return 1 - sqrt (fine_left / fine * (middle / middle_left));
}

/* Where the picture is the original's own, there is nothing to find. */
static void
stay (ReshootLandScene *scene,
      const guint8     *shown)
{
  static const ReshootMotion still = { { 1, 0, 0, 0, 1, 0 }, 1, 1, FALSE, 0 };

  scene->motion = still;
  scene->covered = g_memdup2 (shown, reshoot_drift_count_pixels (scene));
  for (int c = 0; c < 3; c++)
    scene->matched[c] = reshoot_plane_copy (scene->reply[c]);
}

/* Moves the picture onto the original, unless it is there. FALSE where it was cancelled or shows something else. */
static gboolean
settle (ReshootLandScene *scene,
        const guint8     *shown,
        gboolean          anchored,
        const double      frame[4],
        ReshootDrift     *drift,
        GCancellable     *cancellable)
{
  if (anchored)
    stay (scene, shown);
  else if (!reshoot_land_scene_align (scene, cancellable))
    return FALSE;

  reshoot_land_describe (scene, frame, &drift->alignment);
  if (drift->alignment.new_scene)
    return FALSE;

  if (!anchored)
    reshoot_land_match_colour (scene);
  return !g_cancellable_is_cancelled (cancellable);
}

/* Fills @drift. FALSE where it was cancelled. */
gboolean
reshoot_drift_measure (ReshootLandScene *scene,
                       const guint8     *shown,
                       const double      frame[4],
                       ReshootDrift     *drift,
                       GCancellable     *cancellable)
{
  g_autofree guint8 *equal = reshoot_drift_find_equal (scene, shown);
  g_autofree guint8 *rest = NULL;
  g_autoptr (ReshootPlane) luma = reshoot_land_luma (scene->reply);
  g_auto (Lab) still = { { NULL } };
  gboolean anchored;

  for (int c = 0; c < 3; c++)
    still.planes[c] = reshoot_plane_copy (scene->reply[c]);
  anchored = reshoot_drift_is_anchored (scene, shown, equal);

  drift->colour = drift->softer = drift->visible = NAN;
  drift->edited = 1;
  if (!settle (scene, shown, anchored, frame, drift, cancellable))
    return !g_cancellable_is_cancelled (cancellable);

  reshoot_land_find_change (scene, RESHOOT_LAND_TONE_DRIFT);
  if (g_cancellable_is_cancelled (cancellable))
    return FALSE;

  rest = reshoot_drift_find_rest (scene, shown, equal, anchored, &drift->edited);
  if (anchored && reshoot_drift_is_none (scene, rest, equal))
    {
      drift->colour = drift->softer = drift->visible = 0;
      return TRUE;
    }

  drift->colour = measure_colour (scene->source, scene->reply, rest, anchored ? equal : NULL,
                                  &drift->visible);
  if (!anchored)
    measure_colour (scene->source, still.planes, rest, NULL, &drift->visible);
  if (g_cancellable_is_cancelled (cancellable))
    return FALSE;

  drift->softer = measure_softness (scene, luma, anchored ? NULL : scene->motion.map, rest);
  return !g_cancellable_is_cancelled (cancellable);
}
