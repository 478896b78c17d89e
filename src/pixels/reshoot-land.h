/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-align.h"
#include "reshoot-image-prepare.h"
#include "reshoot-region.h"

G_BEGIN_DECLS

/**
 * ReshootLandTone:
 * @RESHOOT_LAND_TONE_UNKNOWN: the picture itself decides
 * @RESHOOT_LAND_TONE_DRIFT: nobody asked for other light or colour: what shifted all over is undone
 * @RESHOOT_LAND_TONE_WANTED: other light or colour of the whole picture was asked for: it is kept
 *
 * What a change of tone all over the reply means.
 */
typedef enum
{
  RESHOOT_LAND_TONE_UNKNOWN,
  RESHOOT_LAND_TONE_DRIFT,
  RESHOOT_LAND_TONE_WANTED,
} ReshootLandTone;

/**
 * ReshootLandRequest:
 * @tone: what a change of tone means
 * @sent: (nullable): how the source was prepared before it was sent; %NULL = scaled to the size of the reply
 * @region: (nullable): what may change of the source
 *
 * What landing must know beside the two pictures.
 */
typedef struct
{
  ReshootLandTone           tone;
  const ReshootPreparation *sent;
  ReshootRegion            *region;
} ReshootLandRequest;

#define RESHOOT_TYPE_LANDING (reshoot_landing_get_type ())

G_DECLARE_FINAL_TYPE (ReshootLanding, reshoot_landing, RESHOOT, LANDING, GObject)

ReshootLanding         *reshoot_land                  (ReshootImage              *source,
                                                       ReshootImage              *reply,
                                                       const ReshootLandRequest  *request,
                                                       GCancellable              *cancellable,
                                                       GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
void                    reshoot_land_async            (ReshootImage              *source,
                                                       ReshootImage              *reply,
                                                       const ReshootLandRequest  *request,
                                                       GCancellable              *cancellable,
                                                       GAsyncReadyCallback        callback,
                                                       gpointer                   user_data);
ReshootLanding         *reshoot_land_finish           (GAsyncResult              *result,
                                                       GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootImage           *reshoot_landing_get_image     (ReshootLanding            *self);
const ReshootAlignment *reshoot_landing_get_alignment (ReshootLanding            *self);
double                  reshoot_landing_get_changed   (ReshootLanding            *self);
double                  reshoot_landing_get_identical (ReshootLanding            *self);
gboolean                reshoot_landing_get_is_whole  (ReshootLanding            *self);
ReshootImage           *reshoot_landing_draw_change   (ReshootLanding            *self,
                                                       GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
void                    reshoot_landing_paint_async   (ReshootLanding            *self,
                                                       ReshootImage              *source,
                                                       ReshootImage              *here,
                                                       ReshootImage              *never,
                                                       GCancellable              *cancellable,
                                                       GAsyncReadyCallback        callback,
                                                       gpointer                   user_data);
ReshootImage           *reshoot_landing_paint_finish  (ReshootLanding            *self,
                                                       GAsyncResult              *result,
                                                       GError                   **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
