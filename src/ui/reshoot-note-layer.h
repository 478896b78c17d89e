/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-canvas.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_NOTE_LAYER (reshoot_note_layer_get_type ())

G_DECLARE_FINAL_TYPE (ReshootNoteLayer, reshoot_note_layer, RESHOOT, NOTE_LAYER, GtkWidget)

/* Property, read-only: "placing": whether a place for a new note is being looked for. A note that was written is given
 * to the action "step.add-note". */

void     reshoot_note_layer_set_canvas  (ReshootNoteLayer *self,
                                         ReshootCanvas    *canvas);
void     reshoot_note_layer_set_notes   (ReshootNoteLayer *self,
                                         GListModel       *notes);
gboolean reshoot_note_layer_get_placing (ReshootNoteLayer *self);
void     reshoot_note_layer_begin       (ReshootNoteLayer *self);
void     reshoot_note_layer_place       (ReshootNoteLayer *self,
                                         double            x,
                                         double            y);
void     reshoot_note_layer_stop        (ReshootNoteLayer *self);

G_END_DECLS
