/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-history.h"

G_BEGIN_DECLS

/* So many jobs say something about the next one. */
#define RESHOOT_FIGURES_MIN 3

/**
 * ReshootFigures:
 *
 * What the jobs of one model took.
 */
typedef struct
{
  guint  n;      /* jobs that are done */
  double p50;    /* seconds: half of them took no longer; NAN where there are fewer than three */
  double p95;
} ReshootFigures;

void reshoot_figures_of_model (ReshootHistory  *history,
                               const char      *model,
                               ReshootFigures  *figures);

G_END_DECLS
