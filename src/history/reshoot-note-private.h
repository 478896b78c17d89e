/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-note.h"

G_BEGIN_DECLS

/* Inside history/ only: a note changes when the project has stored the change, never before. */

ReshootNote *reshoot_note_new    (gint64                  id,
                                  const char             *uuid,
                                  const ReshootNoteFacts *facts,
                                  const char             *made,
                                  const char             *changed) G_GNUC_WARN_UNUSED_RESULT;
gint64       reshoot_note_get_id (ReshootNote            *self);
void         reshoot_note_change (ReshootNote            *self,
                                  const ReshootNoteFacts *facts,
                                  const char             *changed);
gboolean     reshoot_note_check_place (const ReshootNoteFacts *facts);

G_END_DECLS
