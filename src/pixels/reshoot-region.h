/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"

G_BEGIN_DECLS

/* In pixels: the long side of a mask that is worth storing. */
#define RESHOOT_REGION_MASK_EDGE 2048

#define RESHOOT_TYPE_REGION (reshoot_region_get_type ())

G_DECLARE_FINAL_TYPE (ReshootRegion, reshoot_region, RESHOOT, REGION, GObject)

ReshootRegion *reshoot_region_new       (const double     box[4],
                                         ReshootImage    *here,
                                         ReshootImage    *never) G_GNUC_WARN_UNUSED_RESULT;
ReshootImage  *reshoot_region_draw_mask (const guint8    *values,
                                         int              width,
                                         int              height,
                                         GError         **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootImage  *reshoot_region_compose   (ReshootRegion   *self,
                                         ReshootImage    *source,
                                         ReshootImage    *reply,
                                         const double     affine[6],
                                         GCancellable    *cancellable,
                                         GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
