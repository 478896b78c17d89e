/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"

#include <vips/vips.h>

G_BEGIN_DECLS

/* libvips has it itself from 8.16 on. */
#if VIPS_MAJOR_VERSION == 8 && VIPS_MINOR_VERSION < 16
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VipsImage, g_object_unref)
#endif

/* For pixels/ and studio/ alone: the decoded picture, upright, as libvips sees it. */

VipsImage    *reshoot_image_dup_vips      (ReshootImage        *self,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootImage *reshoot_image_new_from_vips (VipsImage           *vips,
                                           ReshootImageFormat   format,
                                           int                  quality,
                                           GCancellable        *cancellable,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void          reshoot_set_vips_error      (GError             **error,
                                           const char          *subject);

G_END_DECLS
