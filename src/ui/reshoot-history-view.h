/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"
#include "reshoot-session.h"
#include "reshoot-sparkline.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_HISTORY_VIEW (reshoot_history_view_get_type ())

G_DECLARE_FINAL_TYPE (ReshootHistoryView, reshoot_history_view, RESHOOT, HISTORY_VIEW, AdwBin)

/* Properties: "all-steps": the whole tree instead of the current path; "n-running": how many edits are being made;
 * "menu-step": the ReshootStep whose menu is open, %NULL when there is none. */

void         reshoot_history_view_show          (ReshootHistoryView *self,
                                                 ReshootProject     *project,
                                                 ReshootSession     *session);
GtkWidget   *reshoot_history_view_get_list      (ReshootHistoryView *self);
ReshootSparkline *reshoot_history_view_get_sparkline (ReshootHistoryView *self);
ReshootStep *reshoot_history_view_get_step      (ReshootHistoryView *self);
gboolean     reshoot_history_view_open_menu     (ReshootHistoryView *self,
                                                 ReshootStep        *step);
gboolean     reshoot_history_view_get_all_steps (ReshootHistoryView *self);
void         reshoot_history_view_set_all_steps (ReshootHistoryView *self,
                                                 gboolean            all_steps);
void         reshoot_history_view_follow        (ReshootHistoryView *self,
                                                 ReshootStep        *step);
void         reshoot_history_view_offer         (ReshootHistoryView *self,
                                                 ReshootStep        *step);

G_END_DECLS
