/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"
#include "reshoot-matte.h"
#include "reshoot-plan.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_STUDIO_RESULT (reshoot_studio_result_get_type ())

G_DECLARE_FINAL_TYPE (ReshootStudioResult, reshoot_studio_result, RESHOOT, STUDIO_RESULT, GObject)

/**
 * ReshootStudioOrigin:
 * @image: the picture that the source was made from by nothing but the studio
 * @affine: where a point of it is in the source
 *
 * The studio moves a product, and says how, but leaves its outline alone. So the product is cut out where it was
 * photographed, and not again and again from the studio's own results, in front of which it may be hard to see.
 */
typedef struct
{
  ReshootImage *image;
  double        affine[6];
} ReshootStudioOrigin;

void                 reshoot_plan_run_async  (ReshootPlan                *plan,
                                              ReshootImage               *source,
                                              const ReshootStudioOrigin  *origin,
                                              const ReshootBox           *hint,
                                              GCancellable               *cancellable,
                                              GAsyncReadyCallback         callback,
                                              gpointer                    user_data);
ReshootStudioResult *reshoot_plan_run_finish (ReshootPlan                *plan,
                                              GAsyncResult               *result,
                                              GError                    **error) G_GNUC_WARN_UNUSED_RESULT;

ReshootImage *reshoot_studio_result_get_image  (ReshootStudioResult *self);
ReshootMatte *reshoot_studio_result_get_matte  (ReshootStudioResult *self);
const double *reshoot_studio_result_get_affine (ReshootStudioResult *self);
JsonNode     *reshoot_studio_result_get_facts  (ReshootStudioResult *self);

G_END_DECLS
