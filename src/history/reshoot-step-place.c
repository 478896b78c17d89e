/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a step's picture lies in its original: pictures of different size and crop are compared in the original's own
 * pixels, whichever view shows them. */

#include "reshoot-step-place.h"

#include <math.h>
#include <string.h>

#define MAX_SCALE 1e3
#define MAX_OFFSET 1e7  /* pixels */

/* A stranger's file may say anything, and a thousand small stretches make a large one: a picture without a size, or out
 * of sight, cannot be looked at. */
static gboolean
is_sane (const double map[6])
{
  double scale = sqrt (fabs (map[0] * map[4] - map[1] * map[3]));

  return scale >= 1 / MAX_SCALE && scale <= MAX_SCALE
         && fabs (map[2]) <= MAX_OFFSET && fabs (map[5]) <= MAX_OFFSET;
}

static gboolean
invert (const double map[6],
        double       inverse[6])
{
  double determinant = map[0] * map[4] - map[1] * map[3];

  if (!isfinite (determinant) || determinant == 0)
    return FALSE;

  inverse[0] = map[4] / determinant;
  inverse[1] = -map[1] / determinant;
  inverse[2] = (map[1] * map[5] - map[4] * map[2]) / determinant;
  inverse[3] = -map[3] / determinant;
  inverse[4] = map[0] / determinant;
  inverse[5] = (map[3] * map[2] - map[0] * map[5]) / determinant;
  return TRUE;
}

/* From a picture to where its parent's picture is, as far as @a, the map from the parent to it, makes sense. */
static void
go_up (double        map[6],
       const double *a)
{
  double up[6], so_far[6];

  if (a == NULL || !invert (a, up))
    return;

  for (int row = 0; row < 6; row += 3)
    {
      so_far[row] = up[row] * map[0] + up[row + 1] * map[3];
      so_far[row + 1] = up[row] * map[1] + up[row + 1] * map[4];
      so_far[row + 2] = up[row] * map[2] + up[row + 1] * map[5] + up[row + 2];
    }

  if (is_sane (so_far))
    memcpy (map, so_far, sizeof so_far);
}

/**
 * reshoot_step_place_in_original:
 * @step: a step
 * @affine: (out caller-allocates): from the step's pixels to its original's:
 *   x' = affine[0] x + affine[1] y + affine[2], y' = affine[3] x + affine[4] y + affine[5]
 *
 * The way back along the maps that led from each parent to its child, as far as they make sense: what follows from
 * others is left out.
 */
void
reshoot_step_place_in_original (ReshootStep *step,
                                double       affine[6])
{
  reshoot_step_place_child (reshoot_step_get_parent (step), reshoot_step_get_affine (step), affine);
}

/**
 * reshoot_step_place_child:
 * @step: (nullable): a step
 * @to_child: (nullable) (array fixed-size=6): where a point of its picture is in another picture that was made of it
 * @affine: (out caller-allocates): from that picture's pixels to the original's, as in
 *   [func@step_place_in_original]
 */
void
reshoot_step_place_child (ReshootStep  *step,
                          const double *to_child,
                          double        affine[6])
{
  static const double identity[6] = { 1, 0, 0, 0, 1, 0 };

  memcpy (affine, identity, sizeof identity);
  go_up (affine, to_child);
  for (; step != NULL; step = reshoot_step_get_parent (step))
    go_up (affine, reshoot_step_get_affine (step));
}
