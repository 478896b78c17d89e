/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

/* Notes on a step. One that is removed stays in the file, for whoever keeps hold of it to restore. */

void         reshoot_project_add_note_async      (ReshootProject         *self,
                                                  ReshootStep            *step,
                                                  const ReshootNoteFacts *facts,
                                                  GCancellable           *cancellable,
                                                  GAsyncReadyCallback     callback,
                                                  gpointer                user_data);
ReshootNote *reshoot_project_add_note_finish     (ReshootProject         *self,
                                                  GAsyncResult           *result,
                                                  GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void         reshoot_project_change_note_async   (ReshootProject         *self,
                                                  ReshootStep            *step,
                                                  ReshootNote            *note,
                                                  const ReshootNoteFacts *facts,
                                                  GCancellable           *cancellable,
                                                  GAsyncReadyCallback     callback,
                                                  gpointer                user_data);
gboolean     reshoot_project_change_note_finish  (ReshootProject         *self,
                                                  GAsyncResult           *result,
                                                  GError                **error);
void         reshoot_project_remove_note_async   (ReshootProject         *self,
                                                  ReshootStep            *step,
                                                  ReshootNote            *note,
                                                  GCancellable           *cancellable,
                                                  GAsyncReadyCallback     callback,
                                                  gpointer                user_data);
gboolean     reshoot_project_remove_note_finish  (ReshootProject         *self,
                                                  GAsyncResult           *result,
                                                  GError                **error);
void         reshoot_project_restore_note_async  (ReshootProject         *self,
                                                  ReshootStep            *step,
                                                  ReshootNote            *note,
                                                  GCancellable           *cancellable,
                                                  GAsyncReadyCallback     callback,
                                                  gpointer                user_data);
gboolean     reshoot_project_restore_note_finish (ReshootProject         *self,
                                                  GAsyncResult           *result,
                                                  GError                **error);

G_END_DECLS
