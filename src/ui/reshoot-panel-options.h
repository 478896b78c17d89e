/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_PANEL_OPTIONS (reshoot_panel_options_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPanelOptions, reshoot_panel_options, RESHOOT, PANEL_OPTIONS, AdwExpanderRow)

/* The signal "changed" says that other parameters are chosen. */

void        reshoot_panel_options_set_models     (ReshootPanelOptions *self,
                                                  GListModel          *models);
JsonObject *reshoot_panel_options_dup_parameters (ReshootPanelOptions *self,
                                                  ReshootModel        *model) G_GNUC_WARN_UNUSED_RESULT;
void        reshoot_panel_options_choose         (ReshootPanelOptions *self,
                                                  const char          *name,
                                                  JsonNode            *value);
void        reshoot_panel_options_reset          (ReshootPanelOptions *self);

G_END_DECLS
