/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-drift.h"
#include "reshoot-step.h"

G_BEGIN_DECLS

/* So much harm is worth a warning before the next edit; see reshoot_drift_get_harm(). */
#define RESHOOT_DRIFT_WARNS 3.0

/**
 * ReshootDriftPath:
 * @steps: (element-type ReshootStep): the done edits from the original to the head, the original left out
 * @drifts: (element-type ReshootDrift): how far each has drifted
 * @known: (element-type gboolean): whether that is known
 * @harm: what all of them did together that nobody asked for; 0 where nothing is known
 * @worst: (nullable): the step that did most of it
 *
 * How what nobody edited went along a branch.
 */
typedef struct
{
  GPtrArray   *steps;
  GArray      *drifts;
  GArray      *known;
  double       harm;
  ReshootStep *worst;
} ReshootDriftPath;

typedef gboolean (*ReshootDriftFind) (ReshootStep  *step,
                                      ReshootDrift *drift,
                                      gpointer      user_data);

ReshootDriftPath *reshoot_drift_path_new  (ReshootStep      *head,
                                           ReshootDriftFind  find,
                                           gpointer          user_data) G_GNUC_WARN_UNUSED_RESULT;
void              reshoot_drift_path_free (ReshootDriftPath *self);
gboolean          reshoot_drift_is_wanted (ReshootStep      *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootDriftPath, reshoot_drift_path_free)

G_END_DECLS
