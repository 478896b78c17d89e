/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-hints.h"
#include "reshoot-request.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  RESHOOT_REGION_BOX,
  RESHOOT_REGION_LASSO,
  RESHOOT_REGION_BRUSH,
} ReshootRegionTool;

typedef enum
{
  RESHOOT_REGION_HERE,     /* may change */
  RESHOOT_REGION_NEVER,    /* may not */
  RESHOOT_REGION_N_RULES
} ReshootRegionRule;

/**
 * ReshootRegionStroke:
 * @tool: what it was drawn with
 * @rule: what it says
 * @radius: of a brush, in pixels of the picture
 * @points: (element-type graphene_point_t): in pixels of the picture; of a box its first and its last corner
 *
 * What was drawn between pressing and letting go.
 */
typedef struct
{
  ReshootRegionTool  tool;
  ReshootRegionRule  rule;
  double             radius;
  GArray            *points;
} ReshootRegionStroke;

#define RESHOOT_TYPE_REGION_STROKES (reshoot_region_strokes_get_type ())

G_DECLARE_FINAL_TYPE (ReshootRegionStrokes, reshoot_region_strokes, RESHOOT, REGION_STROKES, GObject)

/* The signal "changed" says that the region is another one. */

ReshootRegionStrokes *reshoot_region_strokes_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void                  reshoot_region_strokes_set_size (ReshootRegionStrokes   *self,
                                                       int                     width,
                                                       int                     height);
void                  reshoot_region_strokes_add      (ReshootRegionStrokes   *self,
                                                       ReshootRegionTool       tool,
                                                       ReshootRegionRule       rule,
                                                       double                  radius,
                                                       const graphene_point_t *points,
                                                       guint                   n);
gboolean              reshoot_region_strokes_undo     (ReshootRegionStrokes   *self);
void                  reshoot_region_strokes_clear    (ReshootRegionStrokes   *self);
const ReshootRegionStroke *reshoot_region_strokes_get_last (ReshootRegionStrokes *self);
void                  reshoot_region_strokes_set_mask (ReshootRegionStrokes   *self,
                                                       const guint8           *values,
                                                       int                     width,
                                                       int                     height);
ReshootHints         *reshoot_region_strokes_dup_hints (ReshootRegionStrokes  *self,
                                                       double                  scale) G_GNUC_WARN_UNUSED_RESULT;
guint                 reshoot_region_strokes_get_n    (ReshootRegionStrokes   *self);
const ReshootRegionStroke *reshoot_region_strokes_get (ReshootRegionStrokes   *self,
                                                       guint                   index);
double                reshoot_region_strokes_get_share (ReshootRegionStrokes  *self);
void                  reshoot_region_strokes_get_area  (ReshootRegionStrokes  *self,
                                                        double                 area[4]);
gboolean              reshoot_region_strokes_fill     (ReshootRegionStrokes   *self,
                                                       ReshootInputs          *inputs,
                                                       ReshootRequestPicture   pictures[RESHOOT_REGION_N_RULES],
                                                       GError                **error);
gboolean              reshoot_region_strokes_trace    (ReshootRegionStrokes   *self,
                                                       ReshootRegionRule       rule,
                                                       cairo_t                *cr);
void                  reshoot_region_stroke_trace     (const ReshootRegionStroke *self,
                                                       cairo_t                   *cr);

G_END_DECLS
