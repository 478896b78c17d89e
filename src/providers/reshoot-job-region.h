/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"
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

G_END_DECLS
