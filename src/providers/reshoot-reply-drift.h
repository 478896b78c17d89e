/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

void                  reshoot_reply_measure_async  (ReshootProject        *project,
                                                    ReshootStep           *step,
                                                    ReshootProjectResult  *landed,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
ReshootProjectResult *reshoot_reply_measure_finish (ReshootProject        *project,
                                                    GAsyncResult          *result) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
