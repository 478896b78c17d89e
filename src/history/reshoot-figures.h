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
  guint  n;      /* jobs that are done and whose time is known */
  double p50;    /* seconds: half of them took no longer; NAN where there are fewer than three */
  double p95;
} ReshootFigures;

/**
 * ReshootModelFigures:
 *
 * What one model did for a person. A job may bring several pictures; each is a step, and they share its time.
 */
typedef struct
{
  char           *model;       /* (owned): "provider/model" */
  ReshootFigures  seconds;
  guint           images;      /* that came */
  guint           jobs;        /* that ended: done and the next four */
  guint           refused;
  guint           failed;      /* or expired */
  guint           cancelled;
  guint           doubtful;
  guint           accepted;    /* images */
  ReshootMoney    spent;       /* of what was charged: as settled, else as quoted, else as estimated */
  ReshootMoney    estimated;   /* the share of it of which no service said anything */
  ReshootMoney    in_doubt;    /* that may have been charged besides */
} ReshootModelFigures;

void       reshoot_figures_of_model     (ReshootHistory        *history,
                                         const char            *model,
                                         ReshootFigures        *figures);
GPtrArray *reshoot_figures_of_histories (ReshootHistory *const *histories,
                                         guint                  n) G_GNUC_WARN_UNUSED_RESULT;
gboolean   reshoot_figures_is_accepted  (ReshootStep           *step);

G_END_DECLS
