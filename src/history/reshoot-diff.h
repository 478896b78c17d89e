/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-step.h"

G_BEGIN_DECLS

/**
 * ReshootAspect:
 *
 * In what two steps can differ. What a row's values are: texts, numbers and so on as JSON has them.
 */
typedef enum
{
  RESHOOT_ASPECT_INSTRUCTION,
  RESHOOT_ASPECT_PROVIDER,
  RESHOOT_ASPECT_MODEL,
  RESHOOT_ASPECT_PARAMETER,      /* named: one row for each that either has */
  RESHOOT_ASPECT_PICTURE,        /* named by its role: the digest of a picture that went along */
  RESHOOT_ASPECT_REGION,         /* x, y, width, height in pixels */
  RESHOOT_ASPECT_STATE,          /* the word of reshoot_step_state_to_string() */
  RESHOOT_ASPECT_ESTIMATE,       /* US dollars, as the next two */
  RESHOOT_ASPECT_QUOTED,
  RESHOOT_ASPECT_SETTLED,
  RESHOOT_ASPECT_CHARGED,        /* "no", "yes" or "unknown" */
  RESHOOT_ASPECT_SECONDS,
  RESHOOT_ASPECT_SIZE,           /* width, height in pixels */
  RESHOOT_ASPECT_APPLICATION,
  RESHOOT_ASPECT_CATALOGUE,
  RESHOOT_ASPECT_RATING,         /* 1–5 */
  RESHOOT_ASPECT_VERDICT,        /* "accept" or "reject" */
  RESHOOT_ASPECT_FACT,           /* named, as "drift": what is known of the picture */
} ReshootAspect;

#define RESHOOT_TYPE_DIFF_ROW (reshoot_diff_row_get_type ())

G_DECLARE_FINAL_TYPE (ReshootDiffRow, reshoot_diff_row, RESHOOT, DIFF_ROW, GObject)

GListModel    *reshoot_diff_new              (ReshootStep     *a,
                                              ReshootStep     *b) G_GNUC_WARN_UNUSED_RESULT;
ReshootAspect  reshoot_diff_row_get_aspect   (ReshootDiffRow  *self);
const char    *reshoot_diff_row_get_name     (ReshootDiffRow  *self);
JsonNode      *reshoot_diff_row_get_a        (ReshootDiffRow  *self);
JsonNode      *reshoot_diff_row_get_b        (ReshootDiffRow  *self);
gboolean       reshoot_diff_row_get_is_equal (ReshootDiffRow  *self);
const char    *reshoot_aspect_to_string      (ReshootAspect    aspect);

G_END_DECLS
