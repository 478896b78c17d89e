/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-drift.h"
#include "reshoot-land-private.h"

G_BEGIN_DECLS

/* Between the files of the drift meter alone, which uses landing's own steps. @scene: with source and reply as planes
 * of one size, in sRGB. @shown: 1 where the picture reaches. @frame: where the original's pixels lie in the planes.
 * @equal: 1 where both are the same. @rest: 1 where nothing was meant to change. */

typedef struct
{
  ReshootImage *original;
  ReshootImage *picture;
  double        place[6];    /* from the picture to the original */
} ReshootDriftWork;

guint8   *reshoot_drift_fill        (const ReshootDriftWork  *work,
                                     ReshootLandScene        *scene,
                                     double                   frame[4],
                                     GCancellable            *cancellable,
                                     GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
guint8   *reshoot_drift_find_equal  (const ReshootLandScene  *scene,
                                     const guint8            *shown) G_GNUC_WARN_UNUSED_RESULT;
gboolean  reshoot_drift_is_anchored (const ReshootLandScene  *scene,
                                     const guint8            *shown,
                                     const guint8            *equal);
guint8   *reshoot_drift_find_rest   (const ReshootLandScene  *scene,
                                     const guint8            *shown,
                                     const guint8            *equal,
                                     gboolean                 anchored,
                                     double                  *edited) G_GNUC_WARN_UNUSED_RESULT;
gboolean  reshoot_drift_is_none     (const ReshootLandScene  *scene,
                                     const guint8            *rest,
                                     const guint8            *equal);
gboolean  reshoot_drift_measure     (ReshootLandScene        *scene,
                                     const guint8            *shown,
                                     const double             frame[4],
                                     ReshootDrift            *drift,
                                     GCancellable            *cancellable);

static inline gsize
reshoot_drift_count_pixels (const ReshootLandScene *scene)
{
  return (gsize) scene->width * scene->height;
}

G_END_DECLS
