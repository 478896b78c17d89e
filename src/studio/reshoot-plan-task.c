/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What kind of edit an instruction asks for, also where the studio cannot do it: models that are good at one kind are
 * often bad at another, so they are compared kind by kind. */

#include "reshoot-plan.h"

/* What is hardest to do decides: "white background and change the label's text" is about text. */
static const char *const tasks[] = { "text", "object", "scene", "background", "recolor", "shape", "light", NULL };

static const char *
find_task_of_operation (const ReshootOperation *operation)
{
  switch (operation->kind)
    {
    case RESHOOT_OPERATION_TEXT:
      return "text";
    case RESHOOT_OPERATION_BACKGROUND:
    case RESHOOT_OPERATION_SHADOW:
      return "background";
    case RESHOOT_OPERATION_RECOLOR:
    case RESHOOT_OPERATION_MONOCHROME:
      return "recolor";
    case RESHOOT_OPERATION_CROP:
    case RESHOOT_OPERATION_FRAME:
    case RESHOOT_OPERATION_CANVAS:
    case RESHOOT_OPERATION_STRAIGHTEN:
    case RESHOOT_OPERATION_ROTATE:
    case RESHOOT_OPERATION_FLIP:
    case RESHOOT_OPERATION_RESIZE:
    case RESHOOT_OPERATION_UPSCALE:
      return "shape";
    case RESHOOT_OPERATION_EXPOSURE:
    case RESHOOT_OPERATION_CONTRAST:
    case RESHOOT_OPERATION_HIGHLIGHTS:
    case RESHOOT_OPERATION_SHADOWS:
    case RESHOOT_OPERATION_BLACKS:
    case RESHOOT_OPERATION_TEMPERATURE:
    case RESHOOT_OPERATION_SATURATION:
    case RESHOOT_OPERATION_VIBRANCE:
    case RESHOOT_OPERATION_SHARPEN:
    case RESHOOT_OPERATION_DENOISE:
    case RESHOOT_OPERATION_WHITE_BALANCE:
    case RESHOOT_OPERATION_AUTO_TONE:
      return "light";
    case RESHOOT_OPERATION_REPEAT:
    default:
      return NULL;
    }
}

static const char *
find_task_of_refusal (const ReshootRefusal *refusal)
{
  static const struct
  {
    const char *reason;
    const char *task;
  } known[] = {
    { "edit-text-in-picture", "text" },
    { "add-object", "object" },
    { "remove-object", "object" },
    { "add-person", "object" },
    { "generate-scene", "scene" },
    { "material", "recolor" },
    { "change-shape", "shape" },
    { "relight", "light" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].reason, refusal->reason))
      return known[i].task;

  return NULL;
}

/**
 * reshoot_plan_get_task:
 * @self: a plan
 *
 * Returns: the kind of edit that its instruction asks for: "text", "object", "scene", "background", "recolor", "shape",
 *   "light" or "other"
 */
const char *
reshoot_plan_get_task (ReshootPlan *self)
{
  guint best = G_N_ELEMENTS (tasks) - 1;
  guint n;

  g_return_val_if_fail (RESHOOT_IS_PLAN (self), NULL);

  n = reshoot_plan_get_n_operations (self);
  for (guint i = 0; i < n + reshoot_plan_get_n_refusals (self); i++)
    {
      const char *task = i < n ? find_task_of_operation (reshoot_plan_get_operation (self, i))
                         : find_task_of_refusal (reshoot_plan_get_refusal (self, i - n));

      for (guint j = 0; task != NULL && j < best; j++)
        if (g_str_equal (task, tasks[j]))
          best = j;
    }

  return tasks[best] != NULL ? tasks[best] : "other";
}
