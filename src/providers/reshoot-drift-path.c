/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The drift of a branch, step by step: what each did to what nobody edited is the harm it has more than the one before.
 * Other light or colour all over is none where the words asked for it. */

#include "reshoot-drift-path.h"

#include "reshoot-plan-tone.h"
#include "reshoot-step-drift.h"

#include <math.h>

/**
 * reshoot_drift_is_wanted:
 * @step: an edit
 *
 * Returns: whether its words ask for other light or colour all over
 */
gboolean
reshoot_drift_is_wanted (ReshootStep *step)
{
  g_autoptr (ReshootPlan) plan = NULL;

  plan = reshoot_plan_new (reshoot_request_get_instruction (reshoot_step_get_request (step)));
  return reshoot_plan_find_tone (plan) == RESHOOT_LAND_TONE_WANTED;
}

static void
weigh (ReshootDriftPath *self)
{
  double before = 0;
  double most = 0;

  for (guint i = 0; i < self->steps->len; i++)
    {
      ReshootStep *step = self->steps->pdata[i];
      double harm = NAN;

      if (g_array_index (self->known, gboolean, i))
        harm = reshoot_drift_get_harm (&g_array_index (self->drifts, ReshootDrift, i));
      if (isnan (harm))
        continue;

      if (!reshoot_drift_is_wanted (step))
        {
          self->harm = MAX (self->harm + harm - before, 0);
          if (harm - before > most)
            {
              most = harm - before;
              self->worst = step;
            }
        }
      before = harm;
    }
}

/**
 * reshoot_drift_path_new:
 * @head: (nullable): where the branch ends
 * @find: (nullable) (scope call): knows the drift of steps that do not say it themselves
 * @user_data: for @find
 *
 * Returns: (transfer full): how the branch drifted, as far as that is known
 */
ReshootDriftPath *
reshoot_drift_path_new (ReshootStep      *head,
                        ReshootDriftFind  find,
                        gpointer          user_data)
{
  ReshootDriftPath *self = g_new0 (ReshootDriftPath, 1);

  self->steps = g_ptr_array_new ();
  self->drifts = g_array_new (FALSE, TRUE, sizeof (ReshootDrift));
  self->known = g_array_new (FALSE, TRUE, sizeof (gboolean));

  for (ReshootStep *step = head; step != NULL && reshoot_step_get_parent (step) != NULL;
       step = reshoot_step_get_parent (step))
    if (reshoot_step_get_state (step) == RESHOOT_STEP_DONE)
      g_ptr_array_insert (self->steps, 0, step);

  for (guint i = 0; i < self->steps->len; i++)
    {
      ReshootStep *step = self->steps->pdata[i];
      ReshootDrift drift = { 0 };
      gboolean known = reshoot_step_drift_read (step, &drift)
                       || (find != NULL && find (step, &drift, user_data));

      g_array_append_val (self->drifts, drift);
      g_array_append_val (self->known, known);
    }

  weigh (self);
  return self;
}

void
reshoot_drift_path_free (ReshootDriftPath *self)
{
  g_ptr_array_unref (self->steps);
  g_array_unref (self->drifts);
  g_array_unref (self->known);
  g_free (self);
}
