/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_PANEL_MODELS (reshoot_panel_models_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPanelModels, reshoot_panel_models, RESHOOT, PANEL_MODELS, AdwBin)

void        reshoot_panel_models_set_session (ReshootPanelModels *self,
                                              ReshootSession     *session);
GListModel *reshoot_panel_models_get_chosen  (ReshootPanelModels *self);
void        reshoot_panel_models_choose      (ReshootPanelModels *self,
                                              ReshootModel       *model);
void        reshoot_panel_models_add         (ReshootPanelModels *self,
                                              ReshootModel       *model);
void        reshoot_panel_models_remove      (ReshootPanelModels *self,
                                              ReshootModel       *model);

G_END_DECLS
