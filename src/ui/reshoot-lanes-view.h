/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-history-entries.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_LANES_VIEW (reshoot_lanes_view_get_type ())

G_DECLARE_FINAL_TYPE (ReshootLanesView, reshoot_lanes_view, RESHOOT, LANES_VIEW, GtkWidget)

void reshoot_lanes_view_set_lanes (ReshootLanesView   *self,
                                   const ReshootLanes *lanes,
                                   gboolean            hollow);

G_END_DECLS
