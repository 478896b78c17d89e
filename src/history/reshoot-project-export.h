/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

void     reshoot_project_export_async  (ReshootProject            *self,
                                        ReshootStep               *step,
                                        GFile                     *to,
                                        const ReshootSaveOptions  *options,
                                        GCancellable              *cancellable,
                                        GAsyncReadyCallback        callback,
                                        gpointer                   user_data);
gboolean reshoot_project_export_finish (ReshootProject            *self,
                                        GAsyncResult              *result,
                                        gboolean                  *lost_credentials,
                                        GError                   **error);

G_END_DECLS
