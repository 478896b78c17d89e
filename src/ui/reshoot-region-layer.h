/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-canvas.h"
#include "reshoot-region-strokes.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_REGION_TOOL (reshoot_region_tool_get_type ())
#define RESHOOT_TYPE_REGION_RULE (reshoot_region_rule_get_type ())

GType reshoot_region_tool_get_type (void);
GType reshoot_region_rule_get_type (void);

typedef enum
{
  RESHOOT_HINT_BOX,
  RESHOOT_HINT_KEEP,
  RESHOOT_HINT_DROP,
} ReshootHintTool;

#define RESHOOT_TYPE_HINT_TOOL (reshoot_hint_tool_get_type ())

GType reshoot_hint_tool_get_type (void);

#define RESHOOT_TYPE_REGION_LAYER (reshoot_region_layer_get_type ())

G_DECLARE_FINAL_TYPE (ReshootRegionLayer, reshoot_region_layer, RESHOOT, REGION_LAYER, GtkWidget)

/* Properties: "active" (the tools are in hand), "cutout" (they are those for the cut-out: "hint" is box, keep or drop),
 * "tool", "rule", "brush" (its width in logical pixels), "share" (of the picture that may change; NAN = all of it). The
 * signal "hinted" says that there are other hints for the cut-out. */

void                  reshoot_region_layer_set_canvas  (ReshootRegionLayer *self,
                                                        ReshootCanvas      *canvas);
void                  reshoot_region_layer_set_active  (ReshootRegionLayer *self,
                                                        gboolean            active);
ReshootRegionStrokes *reshoot_region_layer_get_strokes (ReshootRegionLayer *self);
void                  reshoot_region_layer_begin_cutout (ReshootRegionLayer *self);
ReshootRegionStrokes *reshoot_region_layer_get_hints   (ReshootRegionLayer *self);
void                  reshoot_region_layer_set_answer  (ReshootRegionLayer *self,
                                                        const guint8       *values,
                                                        int                 width,
                                                        int                 height,
                                                        const char         *words);

G_END_DECLS
