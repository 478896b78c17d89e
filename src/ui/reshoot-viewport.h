/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_VIEWPORT (reshoot_viewport_get_type ())

G_DECLARE_FINAL_TYPE (ReshootViewport, reshoot_viewport, RESHOOT, VIEWPORT, GObject)

/* The signal "changed" says that what is seen has moved. */

ReshootViewport *reshoot_viewport_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void             reshoot_viewport_set_pane    (ReshootViewport       *self,
                                               double                 width,
                                               double                 height,
                                               int                    scale_factor);
void             reshoot_viewport_set_bounds  (ReshootViewport       *self,
                                               const graphene_rect_t *bounds);
void             reshoot_viewport_look_at     (ReshootViewport       *self,
                                               double                 zoom,
                                               double                 x,
                                               double                 y);
void             reshoot_viewport_get_centre  (ReshootViewport       *self,
                                               double                *x,
                                               double                *y);
double           reshoot_viewport_get_zoom    (ReshootViewport       *self);
gboolean         reshoot_viewport_get_fits    (ReshootViewport       *self);
void             reshoot_viewport_fit         (ReshootViewport       *self);
void             reshoot_viewport_zoom_to     (ReshootViewport       *self,
                                               double                 zoom,
                                               double                 x,
                                               double                 y);
void             reshoot_viewport_zoom_step   (ReshootViewport       *self,
                                               int                    direction,
                                               double                 x,
                                               double                 y);
void             reshoot_viewport_pan_by      (ReshootViewport       *self,
                                               double                 dx,
                                               double                 dy);
void             reshoot_viewport_to_view     (ReshootViewport       *self,
                                               double                 original_x,
                                               double                 original_y,
                                               double                *x,
                                               double                *y);
void             reshoot_viewport_to_original (ReshootViewport       *self,
                                               double                 x,
                                               double                 y,
                                               double                *original_x,
                                               double                *original_y);

G_END_DECLS
