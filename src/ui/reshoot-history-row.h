/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-history-context.h"
#include "reshoot-history-entries.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_HISTORY_ROW (reshoot_history_row_get_type ())

G_DECLARE_FINAL_TYPE (ReshootHistoryRow, reshoot_history_row, RESHOOT, HISTORY_ROW, AdwBin)

void         reshoot_history_row_bind     (ReshootHistoryRow     *self,
                                           ReshootHistoryEntry   *entry,
                                           ReshootHistoryContext *context);
ReshootStep *reshoot_history_row_get_step (ReshootHistoryRow     *self);

G_END_DECLS
