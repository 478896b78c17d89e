/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"
#include "reshoot-request.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_PANEL_REFERENCES (reshoot_panel_references_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPanelReferences, reshoot_panel_references, RESHOOT, PANEL_REFERENCES, AdwExpanderRow)

/* The signal "changed" says that other pictures go along. */

void      reshoot_panel_references_set_models (ReshootPanelReferences *self,
                                               GListModel             *models);
void      reshoot_panel_references_add        (ReshootPanelReferences *self,
                                               ReshootImage           *image,
                                               const char             *name);
void      reshoot_panel_references_add_as     (ReshootPanelReferences *self,
                                               ReshootImage           *image,
                                               const char             *name,
                                               const char             *role);
const char *reshoot_panel_references_get_name (ReshootPanelReferences *self,
                                               guint                   index);
void      reshoot_panel_references_clear      (ReshootPanelReferences *self);
void      reshoot_panel_references_take       (ReshootPanelReferences *self,
                                               GSList                 *files);
void      reshoot_panel_references_fill       (ReshootPanelReferences *self,
                                               GArray                 *pictures);
gboolean  reshoot_panel_references_check      (ReshootPanelReferences *self,
                                               GError                **error);

G_END_DECLS
