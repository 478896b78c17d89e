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
/**
 * ReshootPreparation:
 * @width: of what is made, in pixels
 * @height: of what is made, in pixels
 * @window: where in it all of the picture goes, in its pixels; beyond the edges it is cut off, what it leaves is white
 * @format: how to encode it
 * @quality: of a JPEG; 0 = as usual
 *
 * How a picture is prepared.
 */
typedef struct
{
  int                width;
  int                height;
  ReshootBox         window;
  ReshootImageFormat format;
  int                quality;
} ReshootPreparation;

ReshootImage *reshoot_image_prepare_in (ReshootImage              *self,
                                        const ReshootPreparation  *how,
                                        GCancellable              *cancellable,
                                        GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
void          reshoot_preparation_show_part (ReshootPreparation *self,
                                             const ReshootBox   *part,
                                             int                 width,
                                             int                 height);
ReshootImage *reshoot_image_cut     (ReshootImage        *self,
                                     const ReshootBox    *box,
                                     GCancellable        *cancellable,
                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
