/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-panel-keep.h"
#include "reshoot-panel-references.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_PANEL_DRAFT (reshoot_panel_draft_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPanelDraft, reshoot_panel_draft, RESHOOT, PANEL_DRAFT, GObject)

ReshootPanelDraft *reshoot_panel_draft_new         (GtkTextView            *words,
                                                    ReshootPanelKeep       *keep,
                                                    ReshootPanelReferences *references) G_GNUC_WARN_UNUSED_RESULT;
char              *reshoot_panel_draft_set_project (ReshootPanelDraft      *self,
                                                    const char             *uuid) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
