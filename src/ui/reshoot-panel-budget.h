/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_PANEL_BUDGET (reshoot_panel_budget_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPanelBudget, reshoot_panel_budget, RESHOOT, PANEL_BUDGET, AdwBin)

/* The signal "changed" says that something else is left. */

void                reshoot_panel_budget_set_session (ReshootPanelBudget *self,
                                                      ReshootSession     *session);
void                reshoot_panel_budget_set_project (ReshootPanelBudget *self,
                                                      const char         *uuid);
const ReshootMoney *reshoot_panel_budget_get_left    (ReshootPanelBudget *self);

G_END_DECLS
