/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"

G_BEGIN_DECLS

/**
 * ReshootAlignment:
 * @shift_x: how far the reply lies to the right of where it should, at the middle, in pixels of the source
 * @shift_y: the same, downwards
 * @scale_x: how much larger the reply is across, 1 = not at all
 * @scale_y: the same, in height
 * @rotation: in degrees, clockwise
 * @confidence: share of the structured parts that the motion explains, 0–1; 1 where there is no structure to tell
 * @is_flat: there was too little structure; the reply is taken to lie where it should
 * @new_scene: next to nothing of the source is in the reply: it is another picture
 *
 * How a reply lies on its source.
 */
typedef struct
{
  double   shift_x;
  double   shift_y;
  double   scale_x;
  double   scale_y;
  double   rotation;
  double   confidence;
  gboolean is_flat;
  gboolean new_scene;
} ReshootAlignment;

gboolean reshoot_alignment_get_confident (const ReshootAlignment *self);

void     reshoot_align_async  (ReshootImage         *source,
                               ReshootImage         *reply,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
gboolean reshoot_align_finish (GAsyncResult         *result,
                               ReshootAlignment     *alignment,
                               GError              **error);

G_END_DECLS
