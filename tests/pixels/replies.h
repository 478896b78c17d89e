/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-hints.h"
#include "reshoot-image-vips.h"

G_BEGIN_DECLS

/**
 * Reply:
 * @width: in pixels
 * @height: in pixels
 * @dx: how far right, in its pixels
 * @dy: how far down
 * @zoom: about its middle
 * @gain: of each channel, sRGB
 * @offset: of each channel, in levels
 * @quality: of its JPEG
 *
 * What an image service might do to a picture beside the edit.
 */
typedef struct
{
  int    width;
  int    height;
  double dx;
  double dy;
  double zoom;
  double gain[3];
  double offset[3];
  int    quality;
} Reply;

VipsImage    *reply_open_sample (const char       *name);
VipsImage    *reply_recolour    (VipsImage        *vips,
                                 const ReshootBox *box);
ReshootImage *reply_new         (VipsImage        *truth,
                                 const Reply      *reply);

G_END_DECLS
