/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-input.h"
#include "reshoot-project.h"
#include "reshoot-region.h"

G_BEGIN_DECLS

void           reshoot_job_load_region_async  (ReshootProject       *project,
                                               ReshootStep          *step,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
ReshootRegion *reshoot_job_load_region_finish (ReshootProject       *project,
                                               GAsyncResult         *result,
                                               GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       reshoot_job_check_region       (ReshootModel         *model,
                                               ReshootStep          *source,
                                               ReshootRequest       *request,
                                               GError              **error);
gboolean       reshoot_job_get_crop           (ReshootStep          *step,
                                               ReshootBox           *crop);
void           reshoot_job_choose_input       (ReshootInput         *input,
                                               ReshootModel         *model,
                                               ReshootStep          *step);

G_END_DECLS
