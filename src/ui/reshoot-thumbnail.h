/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_THUMBNAIL (reshoot_thumbnail_get_type ())

G_DECLARE_FINAL_TYPE (ReshootThumbnail, reshoot_thumbnail, RESHOOT, THUMBNAIL, GtkWidget)

GdkPaintable *reshoot_thumbnail_get_paintable (ReshootThumbnail *self);
void          reshoot_thumbnail_set_paintable (ReshootThumbnail *self,
                                               GdkPaintable     *paintable);

G_END_DECLS
