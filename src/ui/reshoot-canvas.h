/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-picture.h"
#include "reshoot-viewport.h"

G_BEGIN_DECLS

typedef enum
{
  RESHOOT_CANVAS_SIDE,
  RESHOOT_CANVAS_SPLIT,
  RESHOOT_CANVAS_BLINK,
  RESHOOT_CANVAS_DIFFERENCE,
  RESHOOT_CANVAS_OVERLAY,
} ReshootCanvasMode;

#define RESHOOT_TYPE_CANVAS_MODE (reshoot_canvas_mode_get_type ())

GType reshoot_canvas_mode_get_type (void);

enum
{
  RESHOOT_CANVAS_SOURCE,
  RESHOOT_CANVAS_RESULT,
  RESHOOT_CANVAS_N_SIDES
};

/**
 * ReshootCanvasSide:
 * @picture: (nullable): what to show; NULL = nothing on this side
 * @name: what the step is called, for the label on the picture
 * @affine: from the picture's pixels to the original's: x' = a[0] x + a[1] y + a[2], y' = a[3] x + a[4] y + a[5]
 *
 * Source or result, as the canvas shows it.
 */
typedef struct
{
  ReshootPicture *picture;
  const char     *name;
  double          affine[6];
} ReshootCanvasSide;

#define RESHOOT_TYPE_CANVAS (reshoot_canvas_get_type ())

G_DECLARE_FINAL_TYPE (ReshootCanvas, reshoot_canvas, RESHOOT, CANVAS, GtkWidget)

/* Properties: "mode", "divider" (0–1), "shows-source" (as long as the person holds the key), "overlay" (how much of
 * the result lies over the source, 0–1), "gain" (how much the difference is enlarged, 1–16). The signal "changed" says
 * that other pictures are shown. */

ReshootViewport  *reshoot_canvas_get_viewport     (ReshootCanvas           *self);
void              reshoot_canvas_set_viewport     (ReshootCanvas           *self,
                                                   ReshootViewport         *viewport);
ReshootCanvasMode reshoot_canvas_get_mode         (ReshootCanvas           *self);
void              reshoot_canvas_set_mode         (ReshootCanvas           *self,
                                                   ReshootCanvasMode        mode);
double            reshoot_canvas_get_divider      (ReshootCanvas           *self);
void              reshoot_canvas_set_divider      (ReshootCanvas           *self,
                                                   double                   divider);
gboolean          reshoot_canvas_get_shows_source (ReshootCanvas           *self);
void              reshoot_canvas_set_shows_source (ReshootCanvas           *self,
                                                   gboolean                 shows_source);
void              reshoot_canvas_show             (ReshootCanvas           *self,
                                                   const ReshootCanvasSide *source,
                                                   const ReshootCanvasSide *result,
                                                   const char              *description);
gboolean          reshoot_canvas_get_settled      (ReshootCanvas           *self);
gboolean          reshoot_canvas_get_pane         (ReshootCanvas           *self,
                                                   int                      side,
                                                   graphene_rect_t         *pane,
                                                   double                   affine[6]);
ReshootPicture   *reshoot_canvas_get_picture      (ReshootCanvas           *self,
                                                   int                      side);
void              reshoot_canvas_zoom_step        (ReshootCanvas           *self,
                                                   int                      direction);
void              reshoot_canvas_zoom_actual      (ReshootCanvas           *self);

G_END_DECLS
