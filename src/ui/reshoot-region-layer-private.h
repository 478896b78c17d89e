/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-region-layer.h"

G_BEGIN_DECLS

/* In logical pixels: the width of the brush. */
#define RESHOOT_REGION_BRUSH_LEAST 4.0
#define RESHOOT_REGION_BRUSH_MOST  200.0

struct _ReshootRegionLayer
{
  GtkWidget             parent_instance;

  GtkWidget            *bar;          /* the tools */
  GtkWidget            *size_row;
  GtkWidget            *region_tools;
  GtkWidget            *cutout_tools;
  GtkAdjustment        *brush_size;
  GtkLabel             *share_label;

  ReshootCanvas        *canvas;       /* (owned) (nullable) */
  GPtrArray            *controllers;  /* of GtkEventController (unowned): those on the canvas */
  ReshootRegionStrokes *strokes;      /* the region */
  ReshootRegionStrokes *hints;        /* for the cut-out */
  ReshootRegionStrokes *answer;       /* the outline that comes of them */

  gboolean              active;
  gboolean              cutout;
  ReshootHintTool       hint;
  char                 *words;        /* (nullable): of the cut-out, as it stands */
  ReshootRegionTool     tool;
  ReshootRegionRule     rule;
  double                brush;        /* in logical pixels */

  GArray               *points;       /* of the stroke being drawn, in pixels of the picture */
  gboolean              draws;
  gboolean              hovers;
  double                start_x;      /* of the stroke, in the canvas's logical pixels */
  double                start_y;
  double                pointer_x;    /* in the canvas's logical pixels */
  double                pointer_y;
};

/* reshoot-region-layer.c */
ReshootPicture *reshoot_region_layer_get_picture (ReshootRegionLayer *self);
gboolean reshoot_region_layer_get_place (ReshootRegionLayer *self,
                                         graphene_rect_t    *pane,
                                         double              affine[6]);
ReshootRegionStrokes *reshoot_region_layer_get_current (ReshootRegionLayer *self);
ReshootRegionTool reshoot_region_layer_get_tool (ReshootRegionLayer *self);
ReshootRegionRule reshoot_region_layer_get_rule (ReshootRegionLayer *self);
double   reshoot_region_layer_get_width (ReshootRegionLayer *self,
                                         const double        affine[6]);
void     reshoot_region_layer_set_brush (ReshootRegionLayer *self,
                                         double              brush);

/* reshoot-region-layer-input.c */
void     reshoot_region_layer_add_input (ReshootRegionLayer *self);
gboolean reshoot_region_layer_press_key (ReshootRegionLayer *self,
                                         guint               keyval,
                                         GdkModifierType     state);

/* reshoot-region-layer-draw.c */
void     reshoot_region_layer_draw      (ReshootRegionLayer *self,
                                         GtkSnapshot        *snapshot);

G_END_DECLS
