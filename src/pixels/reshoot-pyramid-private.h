/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image-private.h"
#include "reshoot-pyramid.h"

G_BEGIN_DECLS

/* Between the files of the pyramid alone. */

/* Decoded rows, 8 bit sRGB, not yet turned upright. */
typedef struct
{
  const guint8   *pixels;
  int             width;
  int             height;
  gsize           stride;
  int             n_channels;
  GDestroyNotify  destroy;
  gpointer        owner;
} ReshootPyramidRows;

gboolean            reshoot_pyramid_decode     (ReshootImage              *image,
                                                int                        shrink,
                                                ReshootPyramidRows        *rows,
                                                GCancellable              *cancellable,
                                                GError                   **error);
void                reshoot_pyramid_rows_clear (ReshootPyramidRows        *rows);
ReshootPyramidLevel reshoot_pyramid_pack       (const ReshootPyramidRows  *rows,
                                                int                        orientation);
gboolean            reshoot_pyramid_add_levels (GArray                    *levels,
                                                ReshootPyramidLevel        level,
                                                int                        long_edge,
                                                GCancellable              *cancellable,
                                                GError                   **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootPyramidRows, reshoot_pyramid_rows_clear)

G_END_DECLS
