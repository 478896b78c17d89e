/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-step.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_HISTORY (reshoot_history_get_type ())

G_DECLARE_FINAL_TYPE (ReshootHistory, reshoot_history, RESHOOT, HISTORY, GObject)

/* A GListModel of every ReshootStep that is not in the bin, oldest first. Properties: "head" (ReshootStep, read and
 * write), "can-undo", "can-redo". Setting the head stores it. */

ReshootStep *reshoot_history_get_head (ReshootHistory *self);
void         reshoot_history_set_head (ReshootHistory *self,
                                       ReshootStep    *step);
ReshootStep *reshoot_history_get_step (ReshootHistory *self,
                                       gint64          id);
GListModel  *reshoot_history_get_path (ReshootHistory *self);
ReshootStep *reshoot_history_find_step (ReshootHistory *self,
                                        const char     *uuid);
GListModel  *reshoot_history_get_bin  (ReshootHistory *self);
GPtrArray   *reshoot_history_list_jobs (ReshootHistory *self) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray   *reshoot_history_list_edits (ReshootHistory *self) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray   *reshoot_history_list_row (ReshootHistory *self,
                                       ReshootStep    *step) G_GNUC_WARN_UNUSED_RESULT;
gboolean     reshoot_history_undo     (ReshootHistory *self);
gboolean     reshoot_history_redo     (ReshootHistory *self);

G_END_DECLS
