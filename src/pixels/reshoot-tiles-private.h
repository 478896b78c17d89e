/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image-private.h"
#include "reshoot-tiles.h"

G_BEGIN_DECLS

/* Inside reshoot-tiles*.c only. */

ReshootImage      *reshoot_tiles_open_base (ReshootTiles       *self,
                                            GCancellable       *cancellable,
                                            GError            **error) G_GNUC_WARN_UNUSED_RESULT;
VipsImage         *reshoot_tiles_decode    (ReshootTiles       *self,
                                            const ReshootTile  *tile,
                                            VipsImage          *base,
                                            GCancellable       *cancellable,
                                            GError            **error) G_GNUC_WARN_UNUSED_RESULT;
const ReshootTile *reshoot_tiles_find      (ReshootTiles       *self,
                                            int                 x,
                                            int                 y);
gboolean           reshoot_tiles_is_full   (ReshootTiles       *self,
                                            gsize               size);

G_END_DECLS
