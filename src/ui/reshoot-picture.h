/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"
#include "reshoot-pyramid.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_PICTURE (reshoot_picture_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPicture, reshoot_picture, RESHOOT, PICTURE, GObject)

/* Long edge of the first, small decoding where no widget says how much can be seen, in pixels: about what the canvas of
 * a new window shows. */
#define RESHOOT_PICTURE_FIRST_EDGE 1024

/* The signal "changed" says that there is something, something sharper or an error to show; "seen" that a picture that
 * waited for it has been on the screen. */

ReshootPicture  *reshoot_picture_new_for_image (ReshootImage   *image,
                                                int             first_edge) G_GNUC_WARN_UNUSED_RESULT;
ReshootPicture  *reshoot_picture_new_for_step  (ReshootProject *project,
                                                ReshootStep    *step,
                                                int             first_edge) G_GNUC_WARN_UNUSED_RESULT;
ReshootPicture  *reshoot_picture_new_for_file  (GFile          *file,
                                                int             first_edge) G_GNUC_WARN_UNUSED_RESULT;
gboolean         reshoot_picture_get_seen      (ReshootPicture *self);
void             reshoot_picture_set_seen      (ReshootPicture *self);
ReshootImage    *reshoot_picture_get_image     (ReshootPicture *self);
void             reshoot_picture_cancel        (ReshootPicture *self);
gboolean         reshoot_picture_get_cancelled (ReshootPicture *self);
const char      *reshoot_picture_get_digest    (ReshootPicture *self);
const char      *reshoot_picture_get_colors    (ReshootPicture *self);
gboolean         reshoot_picture_get_ready     (ReshootPicture *self);
gboolean         reshoot_picture_get_complete  (ReshootPicture *self);
const GError    *reshoot_picture_get_error     (ReshootPicture *self);
int              reshoot_picture_get_width     (ReshootPicture *self);
int              reshoot_picture_get_height    (ReshootPicture *self);
gboolean         reshoot_picture_get_has_alpha (ReshootPicture *self);
cairo_surface_t *reshoot_picture_get_surface   (ReshootPicture *self,
                                                double          scale);
ReshootPyramid  *reshoot_picture_find_level    (ReshootPicture *self,
                                                double          scale,
                                                guint          *level);
GdkTexture      *reshoot_picture_make_texture  (ReshootPicture *self) G_GNUC_WARN_UNUSED_RESULT;

GdkTexture      *reshoot_texture_new_for_pyramid (ReshootPyramid *pyramid) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
