/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one order in which operations run, which gives what a person means whatever order they said it in. An operation
 * that cannot be done fails the run; none is ever left out. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

/* The stages of a run. What is drawn comes after what has to see the product, and nothing is drawn and then cut. */
typedef enum
{
  STAGE_TURN,
  STAGE_NOISE,
  STAGE_BALANCE,
  STAGE_RECOLOR,
  STAGE_TONE,
  STAGE_FRAME,
  STAGE_BACKDROP,
  STAGE_BEHIND,      /* tone of a background that is new */
  STAGE_CANVAS,      /* a canvas of a colour of its own */
  STAGE_SIZE,
  STAGE_SHARPEN,
  STAGE_TEXT,
} Stage;

static const struct
{
  const char *name;
  Stage       stage;
} kinds[] = {
  [RESHOOT_OPERATION_BACKGROUND] = { "background", STAGE_BACKDROP },
  [RESHOOT_OPERATION_SHADOW] = { "shadow", STAGE_BACKDROP },
  [RESHOOT_OPERATION_CROP] = { "crop", STAGE_FRAME },
  [RESHOOT_OPERATION_FRAME] = { "frame", STAGE_FRAME },
  [RESHOOT_OPERATION_CANVAS] = { "canvas", STAGE_FRAME },
  [RESHOOT_OPERATION_STRAIGHTEN] = { "straighten", STAGE_TURN },
  [RESHOOT_OPERATION_ROTATE] = { "rotate", STAGE_TURN },
  [RESHOOT_OPERATION_FLIP] = { "flip", STAGE_TURN },
  [RESHOOT_OPERATION_RESIZE] = { "resize", STAGE_SIZE },
  [RESHOOT_OPERATION_UPSCALE] = { "upscale", STAGE_SIZE },
  [RESHOOT_OPERATION_EXPOSURE] = { "exposure", STAGE_TONE },
  [RESHOOT_OPERATION_CONTRAST] = { "contrast", STAGE_TONE },
  [RESHOOT_OPERATION_HIGHLIGHTS] = { "highlights", STAGE_TONE },
  [RESHOOT_OPERATION_SHADOWS] = { "shadows", STAGE_TONE },
  [RESHOOT_OPERATION_BLACKS] = { "blacks", STAGE_TONE },
  [RESHOOT_OPERATION_TEMPERATURE] = { "temperature", STAGE_TONE },
  [RESHOOT_OPERATION_SATURATION] = { "saturation", STAGE_TONE },
  [RESHOOT_OPERATION_VIBRANCE] = { "vibrance", STAGE_TONE },
  [RESHOOT_OPERATION_SHARPEN] = { "sharpen", STAGE_SHARPEN },
  [RESHOOT_OPERATION_DENOISE] = { "denoise", STAGE_NOISE },
  [RESHOOT_OPERATION_WHITE_BALANCE] = { "white_balance", STAGE_BALANCE },
  [RESHOOT_OPERATION_AUTO_TONE] = { "auto_tone", STAGE_BALANCE },
  [RESHOOT_OPERATION_MONOCHROME] = { "monochrome", STAGE_TONE },
  [RESHOOT_OPERATION_RECOLOR] = { "recolor", STAGE_RECOLOR },
  [RESHOOT_OPERATION_TEXT] = { "text", STAGE_TEXT },
  [RESHOOT_OPERATION_REPEAT] = { "repeat", STAGE_TURN },
};

const char *
reshoot_operation_get_name (ReshootOperationKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), "");

  return kinds[kind].name;
}

/* Whether the background is a new one that tone must not reach and a canvas may be cut from. */
static gboolean
replaces_background (const ReshootOperation *op)
{
  return op->kind == RESHOOT_OPERATION_BACKGROUND && g_strcmp0 (op->fill, "blur") != 0;
}

static gboolean
any_replaces_background (const ReshootOperation *const *operations,
                         guint                          n_operations)
{
  guint i;

  for (i = 0; i < n_operations; i++)
    if (replaces_background (operations[i]))
      return TRUE;
  return FALSE;
}

static Stage
get_stage (const ReshootOperation *op,
           gboolean                replaced)
{
  Stage stage = kinds[op->kind].stage;

  if (replaced && op->scope == RESHOOT_SCOPE_BACKGROUND
      && (stage == STAGE_TONE || stage == STAGE_BALANCE || stage == STAGE_NOISE))
    return STAGE_BEHIND;
  /* Without a new background the canvas continues the old one, shadow and all. */
  if (op->kind == RESHOOT_OPERATION_CANVAS && (op->color[0] == '#' || !replaced))
    return STAGE_CANVAS;
  return stage;
}

static gboolean
is_none (const ReshootOperation *op)
{
  return op->kind == RESHOOT_OPERATION_SHADOW && g_strcmp0 (op->sub, "none") == 0;
}

/* What can be said before any pixel is read. */
gboolean
reshoot_operation_supported (const ReshootOperation  *op,
                             GError                 **error)
{
  const char *name = reshoot_operation_get_name (op->kind);

  if (op->kind == RESHOOT_OPERATION_REPEAT)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "nothing-to-repeat", "repeat",
                         "there is no earlier edit to repeat");
      return FALSE;
    }
  if ((op->kind == RESHOOT_OPERATION_STRAIGHTEN || op->kind == RESHOOT_OPERATION_ROTATE)
      && isnan (op->degrees))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", name, "the angle has to be given");
      return FALSE;
    }
  if (op->kind == RESHOOT_OPERATION_SHADOW && op->sub != NULL && *op->sub != '\0'
      && strcmp (op->sub, "contact") != 0 && strcmp (op->sub, "drop") != 0 && !is_none (op))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", op->sub, "unknown shadow");
      return FALSE;
    }
  return TRUE;
}

/**
 * reshoot_plan_check_region:
 * @plan: a plan that can be done
 * @error: return location
 *
 * What moves, turns or scales a picture does so with all of it. Errors: %RESHOOT_ERROR_CANNOT with "region" and the
 * name of the first such operation.
 *
 * Returns: whether the plan can be kept to a part of the picture
 */
gboolean
reshoot_plan_check_region (ReshootPlan  *plan,
                           GError      **error)
{
  g_return_val_if_fail (RESHOOT_IS_PLAN (plan), FALSE);

  for (guint i = 0; i < reshoot_plan_get_n_operations (plan); i++)
    {
      ReshootOperationKind kind = reshoot_plan_get_operation (plan, i)->kind;
      Stage stage = kinds[kind].stage;

      if (stage == STAGE_TURN || stage == STAGE_FRAME || stage == STAGE_SIZE)
        {
          reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "region", kinds[kind].name,
                             "%s is of the whole picture", kinds[kind].name);
          return FALSE;
        }
    }

  return TRUE;
}

/* Whether the cut-out's pixels decide what the result looks like. */
static gboolean
operation_needs_matte (const ReshootOperation *op)
{
  switch ((int) op->kind)
    {
    case RESHOOT_OPERATION_BACKGROUND:
    case RESHOOT_OPERATION_SHADOW:
    case RESHOOT_OPERATION_FRAME:
      return TRUE;
    case RESHOOT_OPERATION_RECOLOR:
      return op->scope != RESHOOT_SCOPE_ALL || !g_str_has_prefix (op->target != NULL ? op->target : "", "color:");
    case RESHOOT_OPERATION_WHITE_BALANCE:
      return op->scope != RESHOOT_SCOPE_ALL || g_strcmp0 (op->target, "background") == 0
             || g_strcmp0 (op->target, "product") == 0;
    case RESHOOT_OPERATION_CROP:
    case RESHOOT_OPERATION_CANVAS:
    case RESHOOT_OPERATION_RESIZE:
    case RESHOOT_OPERATION_UPSCALE:
    case RESHOOT_OPERATION_ROTATE:
    case RESHOOT_OPERATION_STRAIGHTEN:
    case RESHOOT_OPERATION_FLIP:
    case RESHOOT_OPERATION_TEXT:
    case RESHOOT_OPERATION_REPEAT:
      return FALSE;
    default:
      return op->scope != RESHOOT_SCOPE_ALL;
    }
}

gboolean
reshoot_operations_need_matte (const ReshootOperation *const *operations,
                               guint                          n_operations)
{
  guint i;

  for (i = 0; i < n_operations; i++)
    if (operation_needs_matte (operations[i]))
      return TRUE;
  return FALSE;
}

/* A crop only has to know about where the product is: a rough cut-out will do. */
gboolean
reshoot_operations_want_place (const ReshootOperation *const *operations,
                               guint                          n_operations)
{
  guint i;

  for (i = 0; i < n_operations; i++)
    {
      const ReshootOperation *op = operations[i];

      if (op->kind == RESHOOT_OPERATION_CROP && g_strcmp0 (op->sub, "product") == 0)
        return TRUE;
      /* Both edges given: the shape is cut to fit. */
      if (op->kind == RESHOOT_OPERATION_RESIZE && op->width > 0 && op->height > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
run_operation (ReshootWork             *work,
               const ReshootOperation  *op,
               GError                 **error)
{
  switch ((int) op->kind)
    {
    case RESHOOT_OPERATION_CROP:
    case RESHOOT_OPERATION_FRAME:
    case RESHOOT_OPERATION_CANVAS:
    case RESHOOT_OPERATION_STRAIGHTEN:
    case RESHOOT_OPERATION_ROTATE:
    case RESHOOT_OPERATION_FLIP:
    case RESHOOT_OPERATION_RESIZE:
    case RESHOOT_OPERATION_UPSCALE:
      return reshoot_work_run_frame (work, op, error);
    case RESHOOT_OPERATION_SHARPEN:
    case RESHOOT_OPERATION_DENOISE:
      return reshoot_work_run_detail (work, op, error);
    case RESHOOT_OPERATION_RECOLOR:
      return reshoot_work_run_recolor (work, op, error);
    case RESHOOT_OPERATION_TEXT:
      return reshoot_work_run_text (work, op, error);
    case RESHOOT_OPERATION_EXPOSURE:
    case RESHOOT_OPERATION_CONTRAST:
    case RESHOOT_OPERATION_HIGHLIGHTS:
    case RESHOOT_OPERATION_SHADOWS:
    case RESHOOT_OPERATION_BLACKS:
    case RESHOOT_OPERATION_TEMPERATURE:
    case RESHOOT_OPERATION_SATURATION:
    case RESHOOT_OPERATION_VIBRANCE:
    case RESHOOT_OPERATION_WHITE_BALANCE:
    case RESHOOT_OPERATION_AUTO_TONE:
    case RESHOOT_OPERATION_MONOCHROME:
      return reshoot_work_run_tone (work, op, error);
    default:
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", reshoot_operation_get_name (op->kind),
                         "no such operation");
      return FALSE;
    }
}

/* The backgrounds and shadows of a plan, in pairs. */
static gboolean
run_backdrops (ReshootWork                    *work,
               const ReshootOperation *const  *operations,
               guint                           n_operations,
               GError                        **error)
{
  const ReshootOperation *background = NULL, *shadow = NULL;
  guint i;

  for (i = 0; i < n_operations; i++)
    {
      if (operations[i]->kind == RESHOOT_OPERATION_SHADOW)
        shadow = operations[i];
      if (operations[i]->kind == RESHOOT_OPERATION_BACKGROUND)
        {
          /* A second background, over the first: blurred and then another colour, say. */
          if (background != NULL && !reshoot_work_run_backdrop (work, background, NULL, error))
            return FALSE;
          background = operations[i];
        }
    }

  if (background == NULL && shadow == NULL)
    return TRUE;
  if (shadow != NULL && is_none (shadow) && !work->matte_is_alpha
      && (background == NULL || !replaces_background (background)))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", "shadow",
                         "a shadow in the photograph goes only with its background");
      return FALSE;
    }
  return reshoot_work_run_backdrop (work, background, shadow, error);
}

/* The share of the picture at the very top of the scale, where nothing is left to see. */
static gboolean
measure_clipped (ReshootWork  *work,
                 double       *share,
                 GError      **error)
{
  g_autoptr (ReshootSample) sample = reshoot_sample_new (work, 512, error);
  int i, n, clipped = 0;

  if (sample == NULL)
    return FALSE;

  n = sample->width * sample->height;
  for (i = 0; i < n; i++)
    {
      const float *p = sample->light + (gsize) i * 3;

      if (MAX (p[0], MAX (p[1], p[2])) >= 0.9954f)
        clipped++;
    }
  *share = (double) clipped / n;
  return TRUE;
}

static gboolean
run_stage (ReshootWork                    *work,
           const ReshootOperation *const  *operations,
           guint                           n_operations,
           gboolean                        replaced,
           Stage                           stage,
           GError                        **error)
{
  double before = 0, after = 0;
  guint i, n = 0;

  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    return FALSE;
  if (stage == STAGE_BACKDROP)
    return run_backdrops (work, operations, n_operations, error);

  for (i = 0; i < n_operations; i++)
    if (get_stage (operations[i], replaced) == stage)
      {
        if (stage == STAGE_TONE && n == 0 && !measure_clipped (work, &before, error))
          return FALSE;
        n++;
        if (!run_operation (work, operations[i], error))
          return FALSE;
      }

  if (stage == STAGE_TONE && n > 0)
    {
      if (!measure_clipped (work, &after, error))
        return FALSE;
      /* What was white before is not lost by this. */
      json_object_set_double_member (work->facts, "clipped", MAX (0, after - before));
    }
  return TRUE;
}

/* Runs the operations on @work, which has a matte if they need one. */
gboolean
reshoot_operations_apply (ReshootWork                    *work,
                          const ReshootOperation *const  *operations,
                          guint                           n_operations,
                          GError                        **error)
{
  gboolean replaced = any_replaces_background (operations, n_operations);
  guint i;
  Stage stage;

  for (i = 0; i < n_operations; i++)
    if (!reshoot_operation_supported (operations[i], error))
      return FALSE;

  for (stage = STAGE_TURN; stage <= STAGE_TEXT; stage++)
    if (!run_stage (work, operations, n_operations, replaced, stage, error))
      return FALSE;
  return TRUE;
}
