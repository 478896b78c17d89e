/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"

G_BEGIN_DECLS

/* A tile lies inside one square of this many pixels a side, counted from the picture's left top corner; a square has
 * at most one. */
#define RESHOOT_TILES_SQUARE 256

/* No PNG of a square has more bytes: 16 bits, transparency, and nothing that could be compressed. */
#define RESHOOT_TILES_MAX_BYTES (RESHOOT_TILES_SQUARE * RESHOOT_TILES_SQUARE * 8 + 64 * 1024)

/**
 * ReshootTile:
 * @x: of its left top corner in the upright picture, in pixels
 * @y: of its left top corner in the upright picture, in pixels
 * @width: in pixels
 * @height: in pixels
 * @size: of its PNG, in bytes
 * @digest: SHA-256 of its PNG, 64 hexadecimal digits in lower case
 * @png: (nullable): the PNG; %NULL where only the list of tiles matters
 */
typedef struct
{
  int         x;
  int         y;
  int         width;
  int         height;
  gsize       size;
  const char *digest;
  GBytes     *png;
} ReshootTile;

#define RESHOOT_TYPE_TILES (reshoot_tiles_get_type ())

G_DECLARE_FINAL_TYPE (ReshootTiles, reshoot_tiles, RESHOOT, TILES, GObject)

ReshootTiles      *reshoot_tiles_new             (const char           *name,
                                                  const char           *base_digest,
                                                  GBytes               *base,
                                                  int                   width,
                                                  int                   height) G_GNUC_WARN_UNUSED_RESULT;
gboolean           reshoot_tiles_read_tile       (ReshootTile          *tile,
                                                  GBytes               *png,
                                                  GError              **error);
gboolean           reshoot_tiles_add             (ReshootTiles         *self,
                                                  const ReshootTile    *tile,
                                                  GError              **error);
char              *reshoot_tiles_dup_digest      (ReshootTiles         *self) G_GNUC_WARN_UNUSED_RESULT;
const char        *reshoot_tiles_get_base_digest (ReshootTiles         *self);
int                reshoot_tiles_get_width       (ReshootTiles         *self);
int                reshoot_tiles_get_height      (ReshootTiles         *self);
guint              reshoot_tiles_get_n           (ReshootTiles         *self);
const ReshootTile *reshoot_tiles_get             (ReshootTiles         *self,
                                                  guint                 index);
gsize              reshoot_tiles_get_size        (ReshootTiles         *self);
void               reshoot_tiles_make_async      (ReshootTiles         *parent,
                                                  ReshootImage         *picture,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean           reshoot_tiles_make_finish     (ReshootTiles         *parent,
                                                  GAsyncResult         *result,
                                                  ReshootTiles        **tiles,
                                                  GError              **error);
ReshootImage      *reshoot_tiles_render          (ReshootTiles         *self,
                                                  GCancellable         *cancellable,
                                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void               reshoot_tiles_render_async    (ReshootTiles         *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
ReshootImage      *reshoot_tiles_render_finish   (ReshootTiles         *self,
                                                  GAsyncResult         *result,
                                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
