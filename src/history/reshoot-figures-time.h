/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-history.h"

G_BEGIN_DECLS

/**
 * ReshootPeriodFigures:
 *
 * What was asked in a week or a month.
 */
typedef struct
{
  char         *period;     /* (owned): "2026-08", "2026-W31" */
  guint         steps;      /* edits that ended, of whatever model */
  guint         accepted;   /* of their pictures */
  ReshootMoney  spent;
} ReshootPeriodFigures;

GPtrArray *reshoot_figures_over_time (ReshootHistory *const *histories,
                                      guint                  n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
