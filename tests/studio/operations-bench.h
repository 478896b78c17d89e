/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-operations-private.h"

G_BEGIN_DECLS

VipsImage   *bench_make_flat    (int             width,
                                 int             height,
                                 VipsBandFormat  format,
                                 int             bands,
                                 const double   *values);
VipsImage   *bench_make_grey    (int             width,
                                 int             height,
                                 int             value);
GBytes      *bench_make_matte   (int             width,
                                 int             height);
ReshootPlan *bench_read_plan    (const char     *operations);
gboolean     bench_try          (ReshootWork    *work,
                                 const char     *json,
                                 GError        **error);
ReshootWork *bench_start        (VipsImage      *source,
                                 gboolean        matte);
VipsImage   *bench_finish       (ReshootWork    *work);
VipsImage   *bench_run          (VipsImage      *source,
                                 gboolean        matte,
                                 const char     *json);
int          bench_get          (VipsImage      *image,
                                 int             x,
                                 int             y,
                                 int             band);
void         bench_assert_pixel (VipsImage      *image,
                                 int             x,
                                 int             y,
                                 int             r,
                                 int             g,
                                 int             b);

G_END_DECLS
