/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"

G_BEGIN_DECLS

/**
 * ReshootComparison:
 * @width: of the second picture, in pixels
 * @height: of the second picture, in pixels
 * @same_size: whether both pictures have the same size; if not, the second was scaled onto the first
 * @delta_e: mean CIEDE2000 distance
 * @ssim: mean structural similarity of luma, 1 = equal (Wang et al. 2004)
 * @changed: share of pixels that differ in any channel, 0–1
 *
 * How far two pictures are apart.
 */
typedef struct
{
  int      width;
  int      height;
  gboolean same_size;
  double   delta_e;
  double   ssim;
  double   changed;
} ReshootComparison;

gboolean reshoot_compare        (ReshootImage         *a,
                                 ReshootImage         *b,
                                 ReshootComparison    *comparison,
                                 GCancellable         *cancellable,
                                 GError              **error);
void     reshoot_compare_async  (ReshootImage         *a,
                                 ReshootImage         *b,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean reshoot_compare_finish (GAsyncResult         *result,
                                 ReshootComparison    *comparison,
                                 GError              **error);

G_END_DECLS
