/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image-private.h"

G_BEGIN_DECLS

/* Between the files of the comparison alone. */

VipsImage *reshoot_compare_cast  (VipsImage      *vips,
                                  VipsBandFormat  format) G_GNUC_WARN_UNUSED_RESULT;
VipsImage *reshoot_compare_match (VipsImage      *vips,
                                  VipsImage      *other,
                                  int             width,
                                  int             height,
                                  gboolean        same_profile) G_GNUC_WARN_UNUSED_RESULT;
gboolean   reshoot_compare_ssim  (VipsImage      *a,
                                  VipsImage      *b,
                                  double         *ssim,
                                  GCancellable   *cancellable);

G_END_DECLS
