/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-cutout.h"

#include <vips/vips.h>

G_BEGIN_DECLS

GBytes *reshoot_matte_edge_draw (const ReshootCutout  *cutout,
                                 const guint8         *rgb,
                                 int                   width,
                                 int                   height,
                                 VipsImage            *full,
                                 GCancellable         *cancellable,
                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
