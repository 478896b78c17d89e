/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-canvas.h"
#include "reshoot-difference.h"

G_BEGIN_DECLS

/* The files of the canvas: the widget and what it shows, what it draws (modes, difference, grid), what it is told
 * (input). */

typedef struct
{
  ReshootPicture *picture;     /* (owned) (nullable) */
  char           *name;        /* (owned) */
  double          scale;       /* the original's pixels per pixel of the picture */
  double          x;           /* where its corner lies, in the original's pixels */
  double          y;
  double          affine[6];
  gulong          changed_id;
} ReshootCanvasLayer;

typedef struct
{
  ReshootCanvasLayer layers[RESHOOT_CANVAS_N_SIDES];
  char              *description;  /* (owned): for those who do not see it */
} ReshootCanvasScene;

typedef struct _ReshootCanvasHeat ReshootCanvasHeat;

struct _ReshootCanvas
{
  GtkWidget           parent_instance;

  ReshootViewport    *viewport;      /* (owned) */
  gboolean            shares_viewport;
  ReshootCanvasMode   mode;
  gboolean            shows_source;
  gboolean            blinks_source; /* which of the two blinking shows now */
  guint               blink_id;
  double              overlay;       /* how much of the result lies over its source, 0–1 */
  double              gain;          /* how much the difference is enlarged */
  ReshootCanvasHeat  *heat;          /* (owned) (nullable): the difference */

  ReshootCanvasScene *scene;         /* (owned) (nullable): what is seen */
  ReshootCanvasScene *next;          /* (owned) (nullable): what comes once it can be drawn */

  GtkWidget          *labels[RESHOOT_CANVAS_N_SIDES];
  GtkWidget          *divider;       /* a GtkScale: value and name for the line we draw */
  GtkWidget          *spinner;
  GtkWidget          *message;

  double              pointer_x;     /* in the canvas, logical pixels */
  double              pointer_y;
  double              drag_x;        /* how much of the drag has been used */
  double              drag_y;
  gboolean            drags_result;  /* with Shift: the result moves against its source */
  double              shift_x;       /* how far it has been moved, in the original's pixels */
  double              shift_y;
  gboolean            drags_divider;
  double              pinch_zoom;    /* when the pinch began */
};

/* reshoot-canvas-modes.c */
int             reshoot_canvas_get_panes     (ReshootCanvas         *self,
                                              graphene_rect_t        panes[RESHOOT_CANVAS_N_SIDES]);
int             reshoot_canvas_find_pane     (ReshootCanvas         *self,
                                              double                 x,
                                              double                 y,
                                              graphene_rect_t       *pane);
graphene_rect_t reshoot_canvas_place         (ReshootCanvas         *self,
                                              int                    side,
                                              const graphene_rect_t *pane);
double          reshoot_canvas_get_divider_x (ReshootCanvas         *self);
gboolean        reshoot_canvas_has_divider   (ReshootCanvas         *self);
gboolean        reshoot_canvas_sees_source   (ReshootCanvas         *self);
void            reshoot_canvas_draw          (ReshootCanvas         *self,
                                              GtkSnapshot           *snapshot);

/* reshoot-canvas-grid.c */
void            reshoot_canvas_draw_grid     (cairo_t               *cr,
                                              ReshootPicture        *picture,
                                              const graphene_rect_t *place,
                                              const graphene_rect_t *seen,
                                              int                    scale_factor);

/* reshoot-canvas.c */
void            reshoot_canvas_shift         (ReshootCanvas         *self,
                                              double                 x,
                                              double                 y);

/* reshoot-canvas-difference.c */
void            reshoot_canvas_draw_difference (ReshootCanvas         *self,
                                                const graphene_rect_t *pane,
                                                GtkSnapshot           *snapshot);
gboolean        reshoot_canvas_has_heat        (ReshootCanvas         *self);
void            reshoot_canvas_clear_heat      (ReshootCanvas         *self);

/* reshoot-canvas-input.c */
void     reshoot_canvas_add_input      (ReshootCanvas   *self);
void     reshoot_canvas_add_keys       (GtkWidgetClass  *widget_class);

G_END_DECLS
