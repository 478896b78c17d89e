/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_INSTRUCTION_PANEL (reshoot_instruction_panel_get_type ())

G_DECLARE_FINAL_TYPE (ReshootInstructionPanel, reshoot_instruction_panel, RESHOOT,
                      INSTRUCTION_PANEL, AdwBin)

/* Property: "ready": the words can be handed to the chosen model. */

void          reshoot_instruction_panel_set_session     (ReshootInstructionPanel *self,
                                                         ReshootSession          *session);
char         *reshoot_instruction_panel_dup_instruction (ReshootInstructionPanel *self) G_GNUC_WARN_UNUSED_RESULT;
void          reshoot_instruction_panel_set_instruction (ReshootInstructionPanel *self,
                                                         const char              *instruction);
void          reshoot_instruction_panel_set_steps       (ReshootInstructionPanel *self,
                                                         GListModel              *steps);
GListModel   *reshoot_instruction_panel_get_models      (ReshootInstructionPanel *self);
ReshootModel *reshoot_instruction_panel_get_model       (ReshootInstructionPanel *self);
void          reshoot_instruction_panel_set_model       (ReshootInstructionPanel *self,
                                                         const char              *id);
void          reshoot_instruction_panel_add_model       (ReshootInstructionPanel *self,
                                                         const char              *id);
JsonObject   *reshoot_instruction_panel_dup_parameters (ReshootInstructionPanel *self,
                                                         ReshootModel            *model) G_GNUC_WARN_UNUSED_RESULT;
guint         reshoot_instruction_panel_get_takes       (ReshootInstructionPanel *self);
void          reshoot_instruction_panel_set_takes       (ReshootInstructionPanel *self,
                                                         guint                    takes);
void          reshoot_instruction_panel_set_size        (ReshootInstructionPanel *self,
                                                         int                      width,
                                                         int                      height);
gboolean      reshoot_instruction_panel_get_ready       (ReshootInstructionPanel *self);
const char   *reshoot_instruction_panel_get_preview     (ReshootInstructionPanel *self);
const char   *reshoot_instruction_panel_get_reason      (ReshootInstructionPanel *self);
void          reshoot_instruction_panel_set_project     (ReshootInstructionPanel *self,
                                                         ReshootProject          *project);
void          reshoot_instruction_panel_set_starting    (ReshootInstructionPanel *self,
                                                         gboolean                 starting);
void          reshoot_instruction_panel_fill_references (ReshootInstructionPanel *self,
                                                         GArray                  *pictures);
void          reshoot_instruction_panel_set_region      (ReshootInstructionPanel *self,
                                                         double                   share,
                                                         const double             area[4]);
void          reshoot_instruction_panel_focus           (ReshootInstructionPanel *self);

G_END_DECLS
