/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The figures as plots: every bar says its number and of how many it was counted, and none where they are too few. */

#include "config.h"

#include "reshoot-plot-words.h"

#include "reshoot-figures-time.h"
#include "reshoot-figures.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static char *
dup_too_few (guint n)
{
  /* Translators: instead of a figure, when there are too few to say it; %u is how many there are. */
  return g_strdup_printf (_("not enough (n = %u)"), n);
}

static ReshootPlot *
plot_times (GPtrArray *figures)
{
  ReshootPlot *plot = reshoot_plot_new ("seconds", _("Time"), _("half within"), NULL, _("95 % within"));

  for (guint i = 0; i < figures->len; i++)
    {
      const ReshootModelFigures *model = figures->pdata[i];
      const ReshootFigures *seconds = &model->seconds;
      g_autofree char *words = NULL;

      if (isnan (seconds->p50))
        words = dup_too_few (seconds->n);
      else
        {
          g_autofree char *usual = reshoot_words_for_seconds (seconds->p50);
          g_autofree char *most = reshoot_words_for_seconds (seconds->p95);

          /* Translators: two times, the usual and the longest one, and how many were timed. */
          words = g_strdup_printf (_("%s, up to %s (n = %u)"), usual, most, seconds->n);
        }
      reshoot_plot_add_bar (plot, model->model, seconds->p50, NAN, seconds->p95, seconds->n, words);
    }

  return plot;
}

/* @spent shared among so many accepted pictures. */
static void
add_price (ReshootPlot  *plot,
           const char   *label,
           ReshootMoney  spent,
           guint         accepted)
{
  g_autofree char *words = NULL;
  double dollars = NAN;

  if (accepted == 0)
    words = dup_too_few (0);
  else
    {
      g_autofree char *each = reshoot_words_for_money (spent / accepted);

      dollars = reshoot_money_to_dollars (spent) / accepted;
      /* Translators: a price or a number, and of how many it was counted. */
      words = g_strdup_printf (_("%s (n = %u)"), each, accepted);
    }
  reshoot_plot_add_bar (plot, label, dollars, NAN, NAN, accepted, words);
}

static ReshootPlot *
plot_prices (GPtrArray *figures)
{
  ReshootPlot *plot = reshoot_plot_new ("dollars-per-accepted", _("Money for an Accepted Picture"),
                                        _("all that was spent, shared among them"), NULL, NULL);

  for (guint i = 0; i < figures->len; i++)
    {
      const ReshootModelFigures *model = figures->pdata[i];

      add_price (plot, model->model, model->spent, model->accepted);
    }

  return plot;
}

static ReshootPlot *
plot_failures (GPtrArray *figures)
{
  ReshootPlot *plot = reshoot_plot_new ("refused-and-failed", _("Came to Nothing"), _("refused"), _("failed"), NULL);

  for (guint i = 0; i < figures->len; i++)
    {
      const ReshootModelFigures *model = figures->pdata[i];
      gboolean is_enough = model->jobs >= RESHOOT_FIGURES_MIN;
      double refused = is_enough ? (double) model->refused / model->jobs : NAN;
      double failed = is_enough ? (double) model->failed / model->jobs : NAN;
      /* Translators: two shares, of the edits that a service refused and of those that failed, and how many there were
       * in all. */
      g_autofree char *words = !is_enough ? dup_too_few (model->jobs)
                               : g_strdup_printf (_("%.0f %% refused, %.0f %% failed (n = %u)"), refused * 100,
                                                  failed * 100, model->jobs);

      reshoot_plot_add_bar (plot, model->model, refused, failed, NAN, model->jobs, words);
    }

  return plot;
}

static ReshootPlot *
plot_steps (GPtrArray *periods)
{
  ReshootPlot *plot = reshoot_plot_new ("steps-per-accepted", _("Edits for an Accepted Picture"),
                                        _("by week or month"), NULL, NULL);

  for (guint i = 0; i < periods->len; i++)
    {
      const ReshootPeriodFigures *period = periods->pdata[i];
      double steps = period->accepted > 0 ? (double) period->steps / period->accepted : NAN;
      g_autofree char *words = isnan (steps) ? dup_too_few (0)
                               : g_strdup_printf (_("%.1f (n = %u)"), steps, period->accepted);

      reshoot_plot_add_bar (plot, period->period, steps, NAN, NAN, period->accepted, words);
    }

  return plot;
}

static ReshootPlot *
plot_spending (GPtrArray *periods)
{
  ReshootPlot *plot = reshoot_plot_new ("dollars-per-accepted-over-time", _("Money for an Accepted Picture over Time"),
                                        _("by week or month"), NULL, NULL);

  for (guint i = 0; i < periods->len; i++)
    {
      const ReshootPeriodFigures *period = periods->pdata[i];

      add_price (plot, period->period, period->spent, period->accepted);
    }

  return plot;
}

/**
 * reshoot_words_make_plots:
 * @figures: (element-type ReshootModelFigures): what models did
 * @periods: (element-type ReshootPeriodFigures): what was done over time
 *
 * Returns: (transfer full) (element-type ReshootPlot): time, money and failures of models, then what an accepted
 *   picture took over time
 */
GPtrArray *
reshoot_words_make_plots (GPtrArray *figures,
                          GPtrArray *periods)
{
  GPtrArray *plots = g_ptr_array_new_with_free_func ((GDestroyNotify) reshoot_plot_free);

  g_ptr_array_add (plots, plot_times (figures));
  g_ptr_array_add (plots, plot_prices (figures));
  g_ptr_array_add (plots, plot_failures (figures));
  g_ptr_array_add (plots, plot_steps (periods));
  g_ptr_array_add (plots, plot_spending (periods));
  return plots;
}
