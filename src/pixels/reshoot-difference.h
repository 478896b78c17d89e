/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-pyramid.h"

G_BEGIN_DECLS

/**
 * ReshootDifferencePart:
 * @a: (transfer none): the source
 * @level_a: which of its levels
 * @b: (transfer none): the result
 * @level_b: which of its levels
 * @x: of the part, in pixels of @level_b
 * @y: of the part, in pixels of @level_b
 * @width: of the part, in pixels of @level_b
 * @height: of the part, in pixels of @level_b
 * @scale_x: pixels of @level_a per pixel of @level_b
 * @scale_y: pixels of @level_a per pixel of @level_b
 * @offset_x: where pixel 0 of @level_b lies in @level_a
 * @offset_y: where pixel 0 of @level_b lies in @level_a
 * @gain: how much a difference is enlarged; at 1 a distance of 50 is the end of the scale
 *
 * Which part of two pictures is compared, and how they lie on each other.
 */
typedef struct
{
  ReshootPyramid *a;
  guint           level_a;
  ReshootPyramid *b;
  guint           level_b;
  int             x;
  int             y;
  int             width;
  int             height;
  double          scale_x;
  double          scale_y;
  double          offset_x;
  double          offset_y;
  double          gain;
} ReshootDifferencePart;

void    reshoot_difference_async  (const ReshootDifferencePart  *part,
                                   GCancellable                 *cancellable,
                                   GAsyncReadyCallback           callback,
                                   gpointer                      user_data);
GBytes *reshoot_difference_finish (GAsyncResult                 *result,
                                   GError                      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
