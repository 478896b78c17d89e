/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_PANEL_KEEP (reshoot_panel_keep_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPanelKeep, reshoot_panel_keep, RESHOOT, PANEL_KEEP, AdwBin)

/* Signal: "changed": something else is to be kept. */

char *reshoot_panel_keep_add_words  (ReshootPanelKeep *self,
                                     const char       *words) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_panel_keep_take_words (ReshootPanelKeep *self,
                                     const char       *instruction) G_GNUC_WARN_UNUSED_RESULT;
void  reshoot_panel_keep_show_sent  (ReshootPanelKeep *self,
                                     const char       *instruction);

G_END_DECLS
