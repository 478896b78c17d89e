/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_ROW_GRID (reshoot_row_grid_get_type ())

G_DECLARE_FINAL_TYPE (ReshootRowGrid, reshoot_row_grid, RESHOOT, ROW_GRID, GtkWidget)

void reshoot_row_grid_set_aspect  (ReshootRowGrid *self,
                                   double          aspect);
void reshoot_row_grid_set_least   (ReshootRowGrid *self,
                                   int             height);
void reshoot_row_grid_set_yields  (ReshootRowGrid *self,
                                   gboolean        yields);
void reshoot_row_grid_clear       (ReshootRowGrid *self);
int  reshoot_row_grid_get_columns (ReshootRowGrid *self);

G_END_DECLS
