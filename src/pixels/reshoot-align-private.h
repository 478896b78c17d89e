/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-align.h"
#include "reshoot-plane.h"

G_BEGIN_DECLS

/* Between the files of alignment and landing alone. Maps go from the pixels of the source to those of the reply, both
 * of the reply's size. */

/* What one part of the picture says of how far it moved. The weights are for either axis: a straight edge fixes
 * nothing along itself. */
typedef struct
{
  float x, y;
  float dx, dy;
  float weight_x, weight_y;
  float likeness;
  gboolean textured;
} ReshootBlock;

/**
 * ReshootMotion:
 * @map: from the source's pixels to the reply's
 * @n_textured: blocks that have structure
 * @n_inliers: those of them that the map explains
 * @is_flat: too little structure to tell anything: @map is the identity
 * @residual: median distance of the inliers from the map, in pixels
 *
 * How the reply moved.
 */
typedef struct
{
  double   map[6];
  int      n_textured;
  int      n_inliers;
  gboolean is_flat;
  double   residual;
} ReshootMotion;

gboolean reshoot_motion_find         (const ReshootPlane *source,
                                      const ReshootPlane *reply,
                                      ReshootMotion      *motion,
                                      GCancellable       *cancellable);
void     reshoot_motion_guess        (const ReshootPlane *source,
                                      const ReshootPlane *reply,
                                      double              map[6],
                                      GCancellable       *cancellable);
GArray  *reshoot_motion_match_blocks (const ReshootPlane *source,
                                      const ReshootPlane *reply,
                                      int                 window,
                                      int                 step);
double   reshoot_motion_fit          (GArray             *blocks,
                                      int                 width,
                                      int                 height,
                                      double              scale,
                                      gboolean            few,
                                      double              offset[6],
                                      float              *distances);

G_END_DECLS
