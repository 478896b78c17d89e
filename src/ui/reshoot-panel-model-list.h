/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_PANEL_MODEL_LIST (reshoot_panel_model_list_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPanelModelList, reshoot_panel_model_list, RESHOOT, PANEL_MODEL_LIST,
                      GtkPopover)

/* Signal: "chosen" with the model. */

void reshoot_panel_model_list_set_session (ReshootPanelModelList *self,
                                           ReshootSession        *session);

G_END_DECLS
