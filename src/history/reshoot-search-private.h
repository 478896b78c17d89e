/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-search.h"

G_BEGIN_DECLS

/* Inside history/ only: the same search over rows of the index. */

typedef enum
{
  RESHOOT_SEARCH_INSTRUCTION,
  RESHOOT_SEARCH_TITLE,
  RESHOOT_SEARCH_BRANCH,
  RESHOOT_SEARCH_TAG,
  RESHOOT_SEARCH_NOTE,
  RESHOOT_SEARCH_MODEL,
  RESHOOT_SEARCH_N_FIELDS,
} ReshootSearchField;

/**
 * ReshootSearchRow:
 *
 * What is looked at of a step.
 */
typedef struct
{
  const char       *words;        /* what reshoot_search_fold() made of its texts */
  const char       *verdict;      /* (nullable): "accept" or "reject" */
  int               rating;       /* 0–5 */
  gboolean          is_original;
  ReshootStepState  state;
} ReshootSearchRow;

char     *reshoot_search_fold        (const char *const       *texts) G_GNUC_WARN_UNUSED_RESULT;
gboolean  reshoot_search_matches_row (ReshootSearch           *self,
                                      const ReshootSearchRow  *row);
char     *reshoot_search_dup_phrases (ReshootSearch           *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
