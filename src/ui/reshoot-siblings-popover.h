/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-history-context.h"

G_BEGIN_DECLS

GtkWidget *reshoot_siblings_popover_new (ReshootHistoryContext *context,
                                         ReshootStep           *step) G_GNUC_WARN_UNUSED_RESULT;
gboolean   reshoot_siblings_can_compare (ReshootHistory        *history,
                                         ReshootStep           *step);

G_END_DECLS
