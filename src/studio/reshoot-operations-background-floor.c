/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the product stands on: the horizon of a sweep and the shadow, both from how it stands. */

#include "reshoot-operations-background-private.h"

#define SHADOW_GRID_EDGE 720

static double
get_shadow_strength (const ReshootOperation *op)
{
  switch (op->level)
    {
    case RESHOOT_LEVEL_SLIGHT:
      return 0.8;
    case RESHOOT_LEVEL_STRONG:
      return 1.35;
    case RESHOOT_LEVEL_NONE:
    case RESHOOT_LEVEL_MEDIUM:
    default:
      return 1;
    }
}

static gboolean
is_shadow (const ReshootOperation *op,
           const char             *kind)
{
  return g_strcmp0 (op->sub, kind) == 0;
}

/* Horizon and shadow, both from how the product stands. */
gboolean
reshoot_backdrop_prepare_floor (ReshootWork             *work,
                                ReshootBackdrop         *backdrop,
                                const ReshootOperation  *op,
                                GError                 **error)
{
  g_autoptr (ReshootCoarse) matte = reshoot_work_coarse_matte (work, SHADOW_GRID_EDGE, error);
  ReshootStance stance;
  JsonObject *fact = NULL;
  double middle;

  if (matte == NULL)
    return FALSE;

  if (op != NULL)
    {
      fact = reshoot_work_add_fact (work, op);
      json_object_set_string_member (fact, "kind", op->sub != NULL && *op->sub != '\0' ? op->sub : "contact");
    }
  backdrop->horizon = backdrop->height * 0.7;
  if (!reshoot_stance_find (matte, &stance))
    {
      if (op == NULL || is_shadow (op, "none"))
        return TRUE;
      reshoot_set_error (error, RESHOOT_ERROR_UNSURE, "no-product", NULL, "nothing to cast a shadow");
      return FALSE;
    }

  middle = stance.base + stance.slope * matte->width / 2;
  backdrop->horizon = (middle - 0.10 * stance.height) * matte->cell_height;
  if (op == NULL || is_shadow (op, "none"))
    return TRUE;

  json_object_set_double_member (fact, "strength", get_shadow_strength (op));
  if (is_shadow (op, "drop"))
    backdrop->shadow = reshoot_shadow_drop (matte, &stance, get_shadow_strength (op));
  else if (!stance.cut)
    backdrop->shadow = reshoot_shadow_contact (matte, &stance, get_shadow_strength (op));
  else
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "product-cut", "shadow",
                         "the product leaves the picture at the bottom: there is no floor for a shadow");
      return FALSE;
    }
  return TRUE;
}
