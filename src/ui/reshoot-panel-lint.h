/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_PANEL_LINT (reshoot_panel_lint_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPanelLint, reshoot_panel_lint, RESHOOT, PANEL_LINT, AdwBin)

void reshoot_panel_lint_look_at (ReshootPanelLint *self,
                                 const char       *instruction);

G_END_DECLS
