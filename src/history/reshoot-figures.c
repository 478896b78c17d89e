/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be told of the next job from those that are done: how long the ones of a model took. From the person's own
 * log alone, and nothing from too few. */

#include "reshoot-figures.h"

#include <math.h>

static int
compare_seconds (gconstpointer a,
                 gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

/* The nearest rank: one of the values itself. */
static double
get_percentile (GArray *sorted,
                double  share)
{
  guint rank = (guint) ceil (share * sorted->len);

  return g_array_index (sorted, double, MAX (rank, 1) - 1);
}

/**
 * reshoot_figures_of_model:
 * @history: the steps to look at
 * @model: "provider/model"
 * @figures: (out caller-allocates): what its jobs took
 */
void
reshoot_figures_of_model (ReshootHistory *history,
                          const char     *model,
                          ReshootFigures *figures)
{
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GArray) seconds = g_array_new (FALSE, FALSE, sizeof (double));

  g_return_if_fail (RESHOOT_IS_HISTORY (history));
  g_return_if_fail (model != NULL && figures != NULL);

  steps = reshoot_history_list_jobs (history);
  for (guint i = 0; i < steps->len; i++)
    {
      ReshootStep *step = steps->pdata[i];
      double took = reshoot_step_get_seconds (step);

      if (reshoot_step_get_state (step) == RESHOOT_STEP_DONE && took >= 0 &&
          g_strcmp0 (reshoot_request_get_model (reshoot_step_get_request (step)), model) == 0)
        g_array_append_val (seconds, took);
    }

  *figures = (ReshootFigures) { seconds->len, NAN, NAN };
  if (seconds->len < RESHOOT_FIGURES_MIN)
    return;

  g_array_sort (seconds, compare_seconds);
  figures->p50 = get_percentile (seconds, 0.5);
  figures->p95 = get_percentile (seconds, 0.95);
}
