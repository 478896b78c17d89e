/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a step's picture lies in its original: pictures of different size and crop are compared in the original's own
 * pixels, whichever view shows them. */

#include "reshoot-step-place.h"

#include <cairo.h>
#include <math.h>

#define MAX_SCALE 1e3
#define MAX_OFFSET 1e7  /* pixels */

/* A stranger's file may say anything, and a thousand small stretches make a large one: a picture without a size, or out
 * of sight, cannot be looked at. */
static gboolean
is_sane (const cairo_matrix_t *matrix)
{
  double scale = sqrt (fabs (matrix->xx * matrix->yy - matrix->xy * matrix->yx));

  return scale >= 1 / MAX_SCALE && scale <= MAX_SCALE
         && fabs (matrix->x0) <= MAX_OFFSET && fabs (matrix->y0) <= MAX_OFFSET;
}

/* From a picture to where its parent's picture is, as far as @a, the map from the parent to it, makes sense. */
static void
go_up (cairo_matrix_t *matrix,
       const double   *a)
{
  cairo_matrix_t to_parent, so_far;

  if (a == NULL)
    return;

  cairo_matrix_init (&to_parent, a[0], a[3], a[1], a[4], a[2], a[5]);
  if (cairo_matrix_invert (&to_parent) != CAIRO_STATUS_SUCCESS)
    return;

  cairo_matrix_multiply (&so_far, matrix, &to_parent);
  if (is_sane (&so_far))
    *matrix = so_far;
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
  cairo_matrix_t matrix;

  cairo_matrix_init_identity (&matrix);
  go_up (&matrix, to_child);
  for (; step != NULL; step = reshoot_step_get_parent (step))
    go_up (&matrix, reshoot_step_get_affine (step));

  affine[0] = matrix.xx;
  affine[1] = matrix.xy;
  affine[2] = matrix.x0;
  affine[3] = matrix.yx;
  affine[4] = matrix.yy;
  affine[5] = matrix.y0;
}
