/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-hints.h"

G_BEGIN_DECLS

/**
 * ReshootCutout:
 * @mask: 0 or 1 a pixel
 * @width: in pixels
 * @height: in pixels
 * @n_products: parts that count as products
 * @roughness: how far the frame of the picture is from a plain backdrop, in ΔE
 *
 * The product in black and white, at a small size.
 */
typedef struct
{
  guint8 *mask;
  int     width;
  int     height;
  guint   n_products;
  double  roughness;
} ReshootCutout;

/**
 * ReshootCutoutHint:
 * @hints: what the person said
 * @size: of the picture that it was said of, in pixels
 * @has_box: whether that is a box, too
 * @box: left, top, width, height, as shares of the picture
 */
typedef struct
{
  ReshootHints *hints;
  int           size[2];
  gboolean      has_box;
  double        box[4];
} ReshootCutoutHint;

/* Above this roughness a backdrop is not plain: sweeps measure below 1, cluttered pictures above 10. */
#define RESHOOT_CUTOUT_ROUGH 4.0

gboolean reshoot_cutout_find  (const guint8   *rgb,
                               int             rgb_width,
                               int             rgb_height,
                               int             long_edge,
                               const ReshootCutoutHint *hint,
                               ReshootCutout  *cutout,
                               GCancellable   *cancellable,
                               GError        **error);
void     reshoot_cutout_clear (ReshootCutout  *cutout);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootCutout, reshoot_cutout_clear)

G_END_DECLS
