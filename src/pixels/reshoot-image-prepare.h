/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"
#include "reshoot-matte.h"

G_BEGIN_DECLS

ReshootImage *reshoot_image_prepare (ReshootImage        *self,
                                     int                  width,
                                     int                  height,
                                     ReshootImageFormat   format,
                                     GCancellable        *cancellable,
                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootImage *reshoot_image_cut     (ReshootImage        *self,
                                     const ReshootBox    *box,
                                     GCancellable        *cancellable,
                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
