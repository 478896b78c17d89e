/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-align.h"

G_BEGIN_DECLS

/**
 * ReshootDrift:
 * @alignment: how the picture lies beside where it should; where @new_scene is set, nothing else is known
 * @edited: the share of the picture that was found to be edited, 0–1; the other numbers are of the rest
 * @colour: mean CIEDE2000 distance; NAN where all of it was edited
 * @softer: the share of fine detail that went, 0–1; below 0 there is more of it, as after sharpening; NAN as above
 * @visible: the share of pixels that visibly differ where they are, 0–1; NAN as above
 * @extent: the longer side of the original, in pixels
 *
 * How far a picture has drifted from its original where nothing was meant to change.
 */
typedef struct
{
  ReshootAlignment alignment;
  double           edited;
  double           colour;
  double           softer;
  double           visible;
  int              extent;
} ReshootDrift;

void     reshoot_drift_async     (ReshootImage         *original,
                                  ReshootImage         *picture,
                                  const double          place[6],
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean reshoot_drift_finish    (GAsyncResult         *result,
                                  ReshootDrift         *drift,
                                  GError              **error);
double   reshoot_drift_get_shift (const ReshootDrift   *self);
double   reshoot_drift_get_zoom  (const ReshootDrift   *self);
double   reshoot_drift_get_harm  (const ReshootDrift   *self);

G_END_DECLS
