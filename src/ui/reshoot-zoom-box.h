/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-viewport.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_ZOOM_BOX (reshoot_zoom_box_get_type ())

G_DECLARE_FINAL_TYPE (ReshootZoomBox, reshoot_zoom_box, RESHOOT, ZOOM_BOX, AdwBin)

void reshoot_zoom_box_set_viewport (ReshootZoomBox  *self,
                                    ReshootViewport *viewport);

G_END_DECLS
