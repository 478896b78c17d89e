/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-canvas.h"
#include "reshoot-history-view.h"
#include "reshoot-instruction-panel.h"
#include "reshoot-session.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_EDIT_VIEW (reshoot_edit_view_get_type ())

G_DECLARE_FINAL_TYPE (ReshootEditView, reshoot_edit_view, RESHOOT, EDIT_VIEW, AdwBin)

/* Properties: "mode", "show-history", "show-instruction", "narrow", "region" (its tools are in hand), "raw" (what the
 * service sent is seen in place of what was made of it). The signal
 * "failed" brings a GError (boxed) and the step it is about (nullable), "arrived" a step that is done, "cancelled" one
 * that the person stopped. */

void                     reshoot_edit_view_set_session    (ReshootEditView *self,
                                                           ReshootSession  *session);
void                     reshoot_edit_view_preview        (ReshootEditView *self,
                                                           ReshootImage    *image);
void                     reshoot_edit_view_preview_picture (ReshootEditView *self,
                                                            ReshootPicture  *picture);
void                     reshoot_edit_view_set_project    (ReshootEditView *self,
                                                           ReshootProject  *project);
ReshootProject          *reshoot_edit_view_get_project    (ReshootEditView *self);
ReshootCanvas           *reshoot_edit_view_get_canvas     (ReshootEditView *self);
ReshootHistoryView      *reshoot_edit_view_get_history    (ReshootEditView *self);
ReshootInstructionPanel *reshoot_edit_view_get_panel      (ReshootEditView *self);
ReshootPicture          *reshoot_edit_view_get_result     (ReshootEditView *self);
void                     reshoot_edit_view_resume         (ReshootEditView *self,
                                                           ReshootStep     *step);
void                     reshoot_edit_view_toggle_panels  (ReshootEditView *self);

G_END_DECLS
