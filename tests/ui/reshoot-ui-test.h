/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-canvas.h"

#include <adwaita.h>

G_BEGIN_DECLS

void          reshoot_ui_test_init         (int            *argc,
                                            char         ***argv);
ReshootImage *reshoot_ui_test_flat_image   (int             width,
                                            int             height,
                                            guint32         argb) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget    *reshoot_ui_test_window       (GtkWidget      *child,
                                            int             width,
                                            int             height);
void          reshoot_ui_test_frames       (GtkWidget      *widget);
guint32      *reshoot_ui_test_pixels       (GtkWidget      *widget,
                                            int            *width,
                                            int            *height) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget    *reshoot_ui_test_find         (GtkWidget      *widget,
                                            const char     *action);
GtkWidget    *reshoot_ui_test_find_label   (GtkWidget      *widget,
                                            const char     *text);

G_END_DECLS
