/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReshootPlane:
 * @width: in pixels
 * @height: in pixels
 * @data: row by row
 *
 * One channel of a picture as numbers, for what is measured at the size of a reply (about a megapixel). Pixel centres
 * are at whole numbers; beyond the rim a picture is mirrored, its outermost pixels once.
 */
typedef struct
{
  int   width;
  int   height;
  float data[];
} ReshootPlane;

ReshootPlane *reshoot_plane_new      (int                 width,
                                      int                 height);
ReshootPlane *reshoot_plane_copy     (const ReshootPlane *self);
ReshootPlane *reshoot_plane_multiply (const ReshootPlane *self,
                                      const ReshootPlane *other);
ReshootPlane *reshoot_plane_blur     (const ReshootPlane *self,
                                      double              sigma);
ReshootPlane *reshoot_plane_band     (const ReshootPlane *self,
                                      double              fine,
                                      double              coarse);
ReshootPlane *reshoot_plane_shrink   (const ReshootPlane *self,
                                      int                 width,
                                      int                 height);
ReshootPlane *reshoot_plane_enlarge  (const ReshootPlane *self,
                                      int                 width,
                                      int                 height);
ReshootPlane *reshoot_plane_warp     (const ReshootPlane *self,
                                      const double        map[6]);
ReshootPlane *reshoot_plane_extreme  (const ReshootPlane *self,
                                      int                 radius,
                                      gboolean            largest);

float         reshoot_find_median    (GArray             *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootPlane, g_free)

/* 0 below @low, 1 above @high, and smooth between. */
static inline float
reshoot_smooth_step (float value,
                     float low,
                     float high)
{
  float t = CLAMP ((value - low) / (high - low), 0.f, 1.f);

  return t * t * (3.f - 2.f * t);
}

G_END_DECLS
