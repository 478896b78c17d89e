/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

/* The bin: a step goes there with all below it, and comes back as it was, until the bin is emptied. What is in it is
 * reshoot_history_get_bin(). */

void     reshoot_project_bin_async          (ReshootProject       *self,
                                             ReshootStep          *step,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean reshoot_project_bin_finish         (ReshootProject       *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void     reshoot_project_restore_async      (ReshootProject       *self,
                                             ReshootStep          *step,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean reshoot_project_restore_finish     (ReshootProject       *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void     reshoot_project_measure_bin_async  (ReshootProject       *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean reshoot_project_measure_bin_finish (ReshootProject       *self,
                                             GAsyncResult         *result,
                                             guint                *n_steps,
                                             guint64              *n_bytes,
                                             GError              **error);
void     reshoot_project_empty_bin_async    (ReshootProject       *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean reshoot_project_empty_bin_finish   (ReshootProject       *self,
                                             GAsyncResult         *result,
                                             guint64              *n_bytes,
                                             GError              **error);

G_END_DECLS
