/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

/* The property "copied" of the project, 0–1, tells how far the saving is. */
void     reshoot_project_save_archive_async  (ReshootProject       *self,
                                              GFile                *to,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean reshoot_project_save_archive_finish (ReshootProject       *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void     reshoot_archive_read_async          (GFile                *archive,
                                              GFile                *to,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean reshoot_archive_read_finish         (GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
