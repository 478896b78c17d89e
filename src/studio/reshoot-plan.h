/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  RESHOOT_OPERATION_BACKGROUND,
  RESHOOT_OPERATION_SHADOW,
  RESHOOT_OPERATION_CROP,
  RESHOOT_OPERATION_FRAME,
  RESHOOT_OPERATION_CANVAS,
  RESHOOT_OPERATION_STRAIGHTEN,
  RESHOOT_OPERATION_ROTATE,
  RESHOOT_OPERATION_FLIP,
  RESHOOT_OPERATION_RESIZE,
  RESHOOT_OPERATION_UPSCALE,
  RESHOOT_OPERATION_EXPOSURE,
  RESHOOT_OPERATION_CONTRAST,
  RESHOOT_OPERATION_HIGHLIGHTS,
  RESHOOT_OPERATION_SHADOWS,
  RESHOOT_OPERATION_BLACKS,
  RESHOOT_OPERATION_TEMPERATURE,
  RESHOOT_OPERATION_SATURATION,
  RESHOOT_OPERATION_VIBRANCE,
  RESHOOT_OPERATION_SHARPEN,
  RESHOOT_OPERATION_DENOISE,
  RESHOOT_OPERATION_WHITE_BALANCE,
  RESHOOT_OPERATION_AUTO_TONE,
  RESHOOT_OPERATION_MONOCHROME,
  RESHOOT_OPERATION_RECOLOR,
  RESHOOT_OPERATION_TEXT,
  RESHOOT_OPERATION_REPEAT,
} ReshootOperationKind;

typedef enum
{
  RESHOOT_SCOPE_ALL,
  RESHOOT_SCOPE_PRODUCT,
  RESHOOT_SCOPE_BACKGROUND,
} ReshootScope;

typedef enum
{
  RESHOOT_LEVEL_NONE,
  RESHOOT_LEVEL_SLIGHT,
  RESHOOT_LEVEL_MEDIUM,
  RESHOOT_LEVEL_STRONG,
} ReshootLevel;

/**
 * ReshootOperation:
 * @kind: what to do; it says which of the other fields count
 * @scope: where; for tone, colour and detail operations
 * @level: how much, in words; NONE where a number says it
 * @direction: +1 or -1, 0 where the operation has none
 * @percent: exact amount of a tone operation, NAN where a level says it
 * @ev: exact exposure in stops, NAN where a level says it
 * @degrees: clockwise, for rotate and straighten; NAN: find out (straighten), JSON "auto"
 * @aspect_width: with @aspect_height the wanted shape; 0 = not given
 * @aspect_height: see @aspect_width
 * @width: in pixels, 0 = not given; of resize and upscale
 * @height: in pixels, 0 = not given; one of width and height alone keeps the shape
 * @long_edge: in pixels, 0 = not given
 * @min_long_edge: enlarge to this many pixels only if smaller, 0 = not given
 * @factor: of upscale, and below 1 of resize, 0 = not given
 * @pad: canvas to add on every side as a share of that side, 0 = not given
 * @fill_share: of frame: the product's share of the long side 0–1; 0 = tight, NAN = as it is
 * @fill: of background: "solid", "studio", "gradient", "transparent", "blur"
 * @sub: the JSON's `kind`, `shape`, `gravity`, `axis`, `mode`, `position` or `tint`, whichever @kind has
 * @color: "#rrggbb", empty = not given
 * @color2: of a gradient
 * @target: of recolor and white balance: "product", "color:red", …
 * @content: of text: the words to write
 * @size: of text: "small", "large"; empty = not given
 * @weight: of text: "bold"; empty = not given
 * @style: of text: "italic"; empty = not given
 *
 * One element of a plan. One flat record rather than a union: every field has one meaning over all
 * operations, and a reader of the plan's JSON finds the same names there.
 */
typedef struct
{
  ReshootOperationKind kind;
  ReshootScope         scope;
  ReshootLevel         level;
  int                  direction;
  double               percent;
  double               ev;
  double               degrees;
  double               aspect_width;
  double               aspect_height;
  int                  width;
  int                  height;
  int                  long_edge;
  int                  min_long_edge;
  double               factor;
  double               pad;
  double               fill_share;
  char                *fill;
  char                *sub;
  char                 color[8];
  char                 color2[8];
  char                *target;
  char                *content;
  char                *size;
  char                *weight;
  char                *style;
} ReshootOperation;

/**
 * ReshootRefusal:
 * @reason: from the closed list: "generate-scene", "add-object", "remove-object", "new-view", "relight", "material",
 *   "edit-text-in-picture", "style-transfer", "add-person", "change-shape", "generate-image", "unclear", "help"
 * @clause: the person's own words that cannot be done
 *
 * One clause that the studio cannot do, and why.
 */
typedef struct
{
  char *reason;
  char *clause;
} ReshootRefusal;

#define RESHOOT_TYPE_PLAN (reshoot_plan_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPlan, reshoot_plan, RESHOOT, PLAN, GObject)

ReshootPlan            *reshoot_plan_new              (const char   *instruction) G_GNUC_WARN_UNUSED_RESULT;
ReshootPlan            *reshoot_plan_new_from_json    (JsonNode     *json,
                                                       GError      **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode               *reshoot_plan_to_json          (ReshootPlan  *self) G_GNUC_WARN_UNUSED_RESULT;
const char             *reshoot_plan_get_instruction  (ReshootPlan  *self);
guint                   reshoot_plan_get_n_operations (ReshootPlan  *self);
const ReshootOperation *reshoot_plan_get_operation    (ReshootPlan  *self,
                                                       guint         index);
guint                   reshoot_plan_get_n_refusals   (ReshootPlan  *self);
const ReshootRefusal   *reshoot_plan_get_refusal      (ReshootPlan  *self,
                                                       guint         index);
gboolean                reshoot_plan_get_protects     (ReshootPlan  *self,
                                                       const char   *what);
const char             *reshoot_plan_get_task         (ReshootPlan  *self);
gboolean                reshoot_plan_needs_matte      (ReshootPlan  *self);
gboolean                reshoot_plan_check            (ReshootPlan  *self,
                                                       GError      **error);

G_END_DECLS
