/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_PYRAMID (reshoot_pyramid_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPyramid, reshoot_pyramid, RESHOOT, PYRAMID, GObject)

/**
 * ReshootPyramidLevel:
 * @width: in pixels of this level
 * @height: in pixels of this level
 * @stride: bytes from one row to the next
 * @pixels: (transfer none): native-endian 32-bit ARGB, premultiplied, sRGB: what cairo calls ARGB32
 *
 * One size of a picture, ready to be shown. Level 0 is the full picture, each next one half of it.
 */
typedef struct
{
  int     width;
  int     height;
  int     stride;
  GBytes *pixels;
} ReshootPyramidLevel;

void                       reshoot_pyramid_new_async    (ReshootImage        *image,
                                                         int                  long_edge,
                                                         GCancellable        *cancellable,
                                                         GAsyncReadyCallback  callback,
                                                         gpointer             user_data);
ReshootPyramid            *reshoot_pyramid_new_finish   (GAsyncResult        *result,
                                                         GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void                       reshoot_pyramid_load_async   (GFile               *file,
                                                         int                  long_edge,
                                                         GCancellable        *cancellable,
                                                         GAsyncReadyCallback  callback,
                                                         gpointer             user_data);
ReshootPyramid            *reshoot_pyramid_load_finish  (GAsyncResult        *result,
                                                         ReshootImage       **image,
                                                         GError             **error) G_GNUC_WARN_UNUSED_RESULT;
int                        reshoot_pyramid_get_width    (ReshootPyramid      *self);
int                        reshoot_pyramid_get_height   (ReshootPyramid      *self);
gboolean                   reshoot_pyramid_get_has_alpha (ReshootPyramid     *self);
guint                      reshoot_pyramid_get_n_levels (ReshootPyramid      *self);
const ReshootPyramidLevel *reshoot_pyramid_get_level    (ReshootPyramid      *self,
                                                         guint                level);

G_END_DECLS
