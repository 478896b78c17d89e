/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The person's own numbers, from their log alone: how long the jobs of a model took, how many came to nothing, what
 * they cost. Of times nothing is said from too few. */

#include "reshoot-figures.h"

#include <math.h>

/* What is counted for one model while the steps are gone through. */
typedef struct
{
  ReshootModelFigures *figures;   /* (owned) until it is given away */
  GArray              *seconds;   /* (owned): of double */
  GHashTable          *tickets;   /* (owned): of the jobs that were counted; pictures that came together share one */
} Count;

static void
model_figures_free (gpointer data)
{
  ReshootModelFigures *figures = data;

  if (figures != NULL)
    g_free (figures->model);
  g_free (figures);
}

static Count *
count_new (const char *model)
{
  Count *count = g_new0 (Count, 1);

  count->figures = g_new0 (ReshootModelFigures, 1);
  count->figures->model = g_strdup (model);
  count->seconds = g_array_new (FALSE, FALSE, sizeof (double));
  count->tickets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return count;
}

static void
count_free (gpointer data)
{
  Count *count = data;

  g_clear_pointer (&count->figures, model_figures_free);
  g_array_unref (count->seconds);
  g_hash_table_unref (count->tickets);
  g_free (count);
}

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

static void
sum_up (Count *count)
{
  ReshootFigures *figures = &count->figures->seconds;

  *figures = (ReshootFigures) { count->seconds->len, NAN, NAN };
  if (figures->n < RESHOOT_FIGURES_MIN)
    return;

  g_array_sort (count->seconds, compare_seconds);
  figures->p50 = get_percentile (count->seconds, 0.5);
  figures->p95 = get_percentile (count->seconds, 0.95);
}

static void
add_money (ReshootModelFigures *figures,
           const ReshootPrice  *price)
{
  ReshootMoney known = price->settled >= 0 ? price->settled : price->quoted;
  ReshootMoney amount = known >= 0 ? known : MAX (price->estimate, 0);

  if (price->charged == RESHOOT_CHARGED_UNKNOWN)
    figures->in_doubt += amount;
  else if (price->charged == RESHOOT_CHARGED_YES)
    {
      figures->spent += amount;
      figures->estimated += known < 0 ? amount : 0;
    }
}

/* Returns: whether the step's job is not one that was counted with another picture of it. */
static gboolean
is_first (Count       *count,
          ReshootStep *step)
{
  const char *ticket = reshoot_step_get_ticket (step);
  const char *row = reshoot_step_get_row (step);

  return ticket == NULL || row == NULL || g_hash_table_add (count->tickets, g_strconcat (row,
                                                                                         ticket,
                                                                                         NULL));
}

static void
add_done (Count       *count,
          ReshootStep *step)
{
  double seconds = reshoot_step_get_seconds (step);

  count->figures->images++;
  count->figures->accepted += reshoot_figures_is_accepted (step);
  if (!is_first (count, step))
    return;

  count->figures->jobs++;
  if (seconds >= 0)
    g_array_append_val (count->seconds, seconds);
}

static void
add_step (Count       *count,
          ReshootStep *step)
{
  ReshootModelFigures *figures = count->figures;
  ReshootStepState state = reshoot_step_get_state (step);

  if (!reshoot_step_state_is_final (state))
    return;

  add_money (figures, reshoot_step_get_price (step));
  if (state == RESHOOT_STEP_DONE)
    {
      add_done (count, step);
      return;
    }

  figures->jobs++;
  figures->refused += state == RESHOOT_STEP_REFUSED;
  figures->failed += state == RESHOOT_STEP_FAILED || state == RESHOOT_STEP_EXPIRED;
  figures->cancelled += state == RESHOOT_STEP_CANCELLED;
  figures->doubtful += state == RESHOOT_STEP_UNKNOWN;
}

/**
 * reshoot_figures_is_accepted:
 * @step: an edit
 *
 * The word of those whose project it is counts; where they said nothing, that of the reviewers, none of whom may have
 * rejected it.
 *
 * Returns: whether its picture was accepted
 */
gboolean
reshoot_figures_is_accepted (ReshootStep *step)
{
  const ReshootGivenVerdict *given;
  gboolean accepted = FALSE;
  guint n;

  g_return_val_if_fail (RESHOOT_IS_STEP (step), FALSE);

  if (reshoot_step_get_verdict (step) != RESHOOT_VERDICT_NONE)
    return reshoot_step_get_verdict (step) == RESHOOT_VERDICT_ACCEPT;

  given = reshoot_step_get_verdicts (step, &n);
  for (guint i = 0; i < n; i++)
    {
      if (given[i].verdict == RESHOOT_VERDICT_REJECT)
        return FALSE;
      accepted |= given[i].verdict == RESHOOT_VERDICT_ACCEPT;
    }

  return accepted;
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
  Count *count;

  g_return_if_fail (RESHOOT_IS_HISTORY (history));
  g_return_if_fail (model != NULL && figures != NULL);

  count = count_new (model);
  steps = reshoot_history_list_edits (history);
  for (guint i = 0; i < steps->len; i++)
    if (g_strcmp0 (reshoot_request_get_model (reshoot_step_get_request (steps->pdata[i])),
                   model) == 0)
      add_step (count, steps->pdata[i]);

  sum_up (count);
  *figures = count->figures->seconds;
  count_free (count);
}

static int
compare_models (gconstpointer a,
                gconstpointer b)
{
  const ReshootModelFigures *const *first = a;
  const ReshootModelFigures *const *second = b;

  return strcmp ((*first)->model, (*second)->model);
}

static void
add_history (GHashTable     *counts,
             GHashTable     *seen,
             ReshootHistory *history)
{
  g_autoptr (GPtrArray) steps = reshoot_history_list_edits (history);

  for (guint i = 0; i < steps->len; i++)
    {
      ReshootStep *step = steps->pdata[i];
      const char *model = reshoot_request_get_model (reshoot_step_get_request (step));
      Count *count = g_hash_table_lookup (counts, model);

      if (!g_hash_table_add (seen, (char *) reshoot_step_get_uuid (step)))
        continue;

      if (count == NULL)
        {
          count = count_new (model);
          g_hash_table_insert (counts, count->figures->model, count);
        }
      add_step (count, step);
    }
}

/**
 * reshoot_figures_of_histories:
 * @histories: (array length=n): those of one project or of many
 * @n: how many
 *
 * What each model did. A step that is in two projects, because one was joined to the other, counts once. Jobs that have
 * not ended count nowhere.
 *
 * Returns: (transfer full) (element-type ReshootModelFigures): one a model that was asked, by their names
 */
GPtrArray *
reshoot_figures_of_histories (ReshootHistory *const *histories,
                              guint                  n)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (model_figures_free);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, count_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  Count *count;

  for (guint i = 0; i < n; i++)
    add_history (counts, seen, histories[i]);

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &count))
    {
      sum_up (count);
      g_ptr_array_add (list, g_steal_pointer (&count->figures));
    }

  g_ptr_array_sort (list, compare_models);
  return list;
}
