/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-hints.h"
#include "reshoot-image.h"

G_BEGIN_DECLS

/**
 * ReshootLabelScore:
 * @likeness: how like the strokes are where they are least alike, 1 = equal, 0 = another text
 * @sharpness: how much of the strokes' contrast is left, 1 = all, 0 = none
 * @changed: whether a person would say that it is not the same label
 *
 * What became of a label.
 */
typedef struct
{
  double   likeness;
  double   sharpness;
  gboolean changed;
} ReshootLabelScore;

gboolean      reshoot_label_guard_look    (ReshootImage       *source,
                                           ReshootImage       *picture,
                                           const ReshootBox   *label,
                                           ReshootLabelScore  *score,
                                           GError            **error);
ReshootImage *reshoot_label_guard_restore (ReshootImage       *source,
                                           ReshootImage       *picture,
                                           const ReshootBox   *label,
                                           GCancellable       *cancellable,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
