/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RESHOOT_CANVAS_BACKGROUND "canvas-background"

void reshoot_canvas_background_follow (GtkWidget *widget,
                                       GSettings *settings);
void reshoot_canvas_background_bind   (GObject   *row,
                                       GSettings *settings);

G_END_DECLS
