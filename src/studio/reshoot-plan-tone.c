/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether an instruction asks for other light or colour all over: landing sees pixels only, and would take a wanted
 * grade for a service's drift. */

#include "reshoot-plan-tone.h"

static gboolean
is_tone (const ReshootOperation *operation)
{
  if (operation->scope != RESHOOT_SCOPE_ALL)
    return FALSE;

  switch (operation->kind)
    {
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
      return TRUE;
    case RESHOOT_OPERATION_BACKGROUND:
    case RESHOOT_OPERATION_SHADOW:
    case RESHOOT_OPERATION_CROP:
    case RESHOOT_OPERATION_FRAME:
    case RESHOOT_OPERATION_CANVAS:
    case RESHOOT_OPERATION_STRAIGHTEN:
    case RESHOOT_OPERATION_ROTATE:
    case RESHOOT_OPERATION_FLIP:
    case RESHOOT_OPERATION_RESIZE:
    case RESHOOT_OPERATION_UPSCALE:
    case RESHOOT_OPERATION_SHARPEN:
    case RESHOOT_OPERATION_DENOISE:
    case RESHOOT_OPERATION_RECOLOR:
    case RESHOOT_OPERATION_TEXT:
    case RESHOOT_OPERATION_REPEAT:
    default:
      return FALSE;
    }
}

/* What the studio cannot do is understood all the same. */
static gboolean
leaves_tone (const ReshootRefusal *refusal)
{
  static const char *const local[] = { "add-object", "remove-object", "edit-text-in-picture", "change-shape", NULL };

  return g_strv_contains (local, refusal->reason);
}

/**
 * reshoot_plan_find_tone:
 * @self: a plan
 *
 * Returns: what a change of tone all over a reply means, by the words the plan was made from
 */
ReshootLandTone
reshoot_plan_find_tone (ReshootPlan *self)
{
  g_return_val_if_fail (RESHOOT_IS_PLAN (self), RESHOOT_LAND_TONE_UNKNOWN);

  for (guint i = 0; i < reshoot_plan_get_n_operations (self); i++)
    if (is_tone (reshoot_plan_get_operation (self, i)))
      return RESHOOT_LAND_TONE_WANTED;

  for (guint i = 0; i < reshoot_plan_get_n_refusals (self); i++)
    if (!leaves_tone (reshoot_plan_get_refusal (self, i)))
      return RESHOOT_LAND_TONE_UNKNOWN;

  return RESHOOT_LAND_TONE_DRIFT;
}
