/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

/* What people say of a step. Each is stored with its ledger entry and shows in the step after. */

void     reshoot_project_set_rating_async   (ReshootProject       *self,
                                             ReshootStep          *step,
                                             int                   rating,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean reshoot_project_set_rating_finish  (ReshootProject       *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void     reshoot_project_set_title_async    (ReshootProject       *self,
                                             ReshootStep          *step,
                                             const char           *title,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean reshoot_project_set_title_finish   (ReshootProject       *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void     reshoot_project_set_branch_async   (ReshootProject       *self,
                                             ReshootStep          *step,
                                             const char           *name,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean reshoot_project_set_branch_finish  (ReshootProject       *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void     reshoot_project_set_tags_async     (ReshootProject       *self,
                                             ReshootStep          *step,
                                             const char * const   *tags,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean reshoot_project_set_tags_finish    (ReshootProject       *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void     reshoot_project_set_verdict_async  (ReshootProject       *self,
                                             ReshootStep          *step,
                                             const char           *author,
                                             ReshootVerdict        verdict,
                                             const char           *reason,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean reshoot_project_set_verdict_finish (ReshootProject       *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
