/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether an instruction asks for other light or colour all over: landing sees pixels only, and would take a wanted
 * grade for a service's drift. */

#include "reshoot-plan-tone.h"

static gboolean
is_tone (const ReshootOperation *operation)
{
  static const ReshootOperationKind kinds[] = {
    RESHOOT_OPERATION_EXPOSURE,
    RESHOOT_OPERATION_CONTRAST,
    RESHOOT_OPERATION_HIGHLIGHTS,
    RESHOOT_OPERATION_SHADOWS,
    RESHOOT_OPERATION_BLACKS,
    RESHOOT_OPERATION_TEMPERATURE,
    RESHOOT_OPERATION_SATURATION,
    RESHOOT_OPERATION_VIBRANCE,
    RESHOOT_OPERATION_WHITE_BALANCE,
    RESHOOT_OPERATION_AUTO_TONE,
    RESHOOT_OPERATION_MONOCHROME,
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (operation->kind == kinds[i])
      return operation->scope == RESHOOT_SCOPE_ALL;

  return FALSE;
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
