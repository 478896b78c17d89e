/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_PANEL_RECALL (reshoot_panel_recall_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPanelRecall, reshoot_panel_recall, RESHOOT, PANEL_RECALL, GObject)

ReshootPanelRecall *reshoot_panel_recall_new       (GtkTextView        *words,
                                                    GtkWidget          *around) G_GNUC_WARN_UNUSED_RESULT;
void                reshoot_panel_recall_set_steps (ReshootPanelRecall *self,
                                                    GListModel         *steps);

G_END_DECLS
