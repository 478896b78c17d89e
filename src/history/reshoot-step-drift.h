/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-drift.h"
#include "reshoot-project.h"

G_BEGIN_DECLS

/* How far a step's picture has drifted from its original: as its version keeps it, and to be measured. */
void     reshoot_step_drift_write             (JsonObject           *facts,
                                               const ReshootDrift   *drift);
gboolean reshoot_step_drift_read              (ReshootStep          *step,
                                               ReshootDrift         *drift);
void     reshoot_project_measure_drift_async  (ReshootProject       *self,
                                               ReshootStep          *step,
                                               ReshootImage         *picture,
                                               const double         *affine,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean reshoot_project_measure_drift_finish (ReshootProject       *self,
                                               GAsyncResult         *result,
                                               ReshootDrift         *drift,
                                               GError              **error);

G_END_DECLS
