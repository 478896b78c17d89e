/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a step's picture lies in its original: pictures of different size and crop are compared in the original's own
 * pixels, whichever view shows them. */

#include "reshoot-step-place.h"

#include <cairo.h>

/**
 * reshoot_step_place_in_original:
 * @step: a step
 * @affine: (out caller-allocates): from the step's pixels to its original's:
 *   x' = affine[0] x + affine[1] y + affine[2], y' = affine[3] x + affine[4] y + affine[5]
 *
 * The way back along the maps that led from each parent to its child.
 */
void
reshoot_step_place_in_original (ReshootStep *step,
                                double       affine[6])
{
  cairo_matrix_t matrix;

  cairo_matrix_init_identity (&matrix);
  for (; step != NULL; step = reshoot_step_get_parent (step))
    {
      const double *a = reshoot_step_get_affine (step);
      cairo_matrix_t to_parent;

      if (a == NULL)
        continue;

      cairo_matrix_init (&to_parent, a[0], a[3], a[1], a[4], a[2], a[5]);
      if (cairo_matrix_invert (&to_parent) == CAIRO_STATUS_SUCCESS)
        cairo_matrix_multiply (&matrix, &matrix, &to_parent);
    }

  affine[0] = matrix.xx;
  affine[1] = matrix.xy;
  affine[2] = matrix.x0;
  affine[3] = matrix.yx;
  affine[4] = matrix.yy;
  affine[5] = matrix.y0;
}
