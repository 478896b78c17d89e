/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The drawing itself, for who has a cairo context. */

#include "reshoot-plot.h"

#include <cairo.h>

G_BEGIN_DECLS

double reshoot_plot_get_height (const ReshootPlot  *self);
void   reshoot_plot_draw       (const ReshootPlot  *self,
                                cairo_t            *cr,
                                double              width,
                                gboolean            is_dark);

G_END_DECLS
