/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"
#include "reshoot-matte.h"
#include "reshoot-plan.h"
#include "reshoot-region.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_STUDIO_RESULT (reshoot_studio_result_get_type ())

G_DECLARE_FINAL_TYPE (ReshootStudioResult, reshoot_studio_result, RESHOOT, STUDIO_RESULT, GObject)

/**
 * ReshootStudioGiven:
 * @origin: (nullable): the picture that the source was made from by nothing but the studio
 * @affine: where a point of @origin is in the source
 * @hints: (nullable): what the person said of where the product is in the source
 * @region: (nullable): the only part of the source that may change
 *
 * What is given beside the source. The studio moves a product, and says how, but leaves its outline alone. So the
 * product is cut out where it was photographed, and not again and again from the studio's own results, in front of
 * which it may be hard to see.
 */
typedef struct
{
  ReshootImage     *origin;
  double            affine[6];
  ReshootHints     *hints;
  ReshootRegion    *region;
} ReshootStudioGiven;

void                 reshoot_plan_run_async  (ReshootPlan                *plan,
                                              ReshootImage               *source,
                                              const ReshootStudioGiven   *given,
                                              GCancellable               *cancellable,
                                              GAsyncReadyCallback         callback,
                                              gpointer                    user_data);
ReshootStudioResult *reshoot_plan_run_finish (ReshootPlan                *plan,
                                              GAsyncResult               *result,
                                              GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean             reshoot_plan_check_region (ReshootPlan              *plan,
                                                GError                  **error);

ReshootImage *reshoot_studio_result_get_image  (ReshootStudioResult *self);
ReshootMatte *reshoot_studio_result_get_matte  (ReshootStudioResult *self);
const double *reshoot_studio_result_get_affine (ReshootStudioResult *self);
JsonNode     *reshoot_studio_result_get_facts  (ReshootStudioResult *self);

G_END_DECLS
