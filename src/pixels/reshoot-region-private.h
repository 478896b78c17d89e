/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-region.h"

#include "reshoot-image-vips.h"

G_BEGIN_DECLS

/* For pixels/ and studio/ alone: a region on the pixels of libvips. */

VipsImage *reshoot_region_blend (ReshootRegion  *self,
                                 VipsImage      *source,
                                 VipsImage      *changed,
                                 GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/* Between the files of the region alone. */

typedef struct _ReshootRegionFit ReshootRegionFit;

ReshootRegionFit *reshoot_region_fit_new     (const double             box[4],
                                              ReshootImage            *here,
                                              ReshootImage            *never,
                                              int                      width,
                                              int                      height,
                                              GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void              reshoot_region_fit_free    (ReshootRegionFit        *self);
gboolean          reshoot_region_fit_weigh   (const ReshootRegionFit  *self,
                                              int                      x,
                                              int                      y,
                                              int                      n,
                                              guint8                  *weights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootRegionFit, reshoot_region_fit_free)

G_END_DECLS
