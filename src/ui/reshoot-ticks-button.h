/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project-adherence.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_TICKS_BUTTON (reshoot_ticks_button_get_type ())

G_DECLARE_FINAL_TYPE (ReshootTicksButton, reshoot_ticks_button, RESHOOT, TICKS_BUTTON, AdwBin)

/* Signal: "answered": the person said something else. */

void          reshoot_ticks_button_set          (ReshootTicksButton *self,
                                                 ReshootAnswer       followed,
                                                 ReshootAnswer       strayed);
ReshootAnswer reshoot_ticks_button_get_followed (ReshootTicksButton *self);
ReshootAnswer reshoot_ticks_button_get_strayed  (ReshootTicksButton *self);

G_END_DECLS
