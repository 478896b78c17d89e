/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the jobs of a model took: from three on, of those that are done, of that model and no other. */

#include "history-support.h"
#include "reshoot-figures-time.h"
#include "reshoot-figures.h"
#include "reshoot-test.h"

#include <math.h>

static void
add_job (ReshootProject   *project,
         const char       *model,
         double            seconds,
         ReshootStepState  state)
{
  ReshootStep *original = reshoot_history_get_step (reshoot_project_get_history (project), 1);
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (state);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warm it", model, NULL);
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_add_request_async (project, original, request, 40000, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_request_finish (project, result, NULL);
  facts.seconds = seconds;
  history_update_job (project, step, &facts);
}

static void
test_of_model (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootFigures figures;

  history_add_original (project, picture, "cup");
  add_job (project, "bfl/pro", 9, RESHOOT_STEP_DONE);
  add_job (project, "bfl/pro", 7, RESHOOT_STEP_DONE);
  add_job (project, "bfl/max", 900, RESHOOT_STEP_DONE);
  add_job (project, "bfl/pro", 500, RESHOOT_STEP_FAILED);
  add_job (project, "bfl/pro", NAN, RESHOOT_STEP_DONE);
  reshoot_figures_of_model (history, "bfl/pro", &figures);
  g_assert_cmpuint (figures.n, ==, 2);
  g_assert_true (isnan (figures.p50) && isnan (figures.p95));

  add_job (project, "bfl/pro", 30, RESHOOT_STEP_DONE);
  reshoot_figures_of_model (history, "bfl/pro", &figures);
  g_assert_cmpuint (figures.n, ==, 3);
  g_assert_cmpfloat (figures.p50, ==, 9);
  g_assert_cmpfloat (figures.p95, ==, 30);

  for (guint i = 0; i < 20; i++)
    add_job (project, "bfl/pro", 8, RESHOOT_STEP_DONE);
  reshoot_figures_of_model (history, "bfl/pro", &figures);
  g_assert_cmpfloat (figures.p50, ==, 8);
  g_assert_cmpfloat (figures.p95, ==, 9);

  reshoot_figures_of_model (history, "nobody/nothing", &figures);
  g_assert_cmpuint (figures.n, ==, 0);
  history_close (project);
  history_remove (file);
}

/* A job with all that became known of it. */
static ReshootStep *
add_priced (ReshootProject   *project,
            const char       *model,
            ReshootStepState  state,
            double            seconds,
            ReshootMoney      quoted,
            ReshootMoney      settled,
            ReshootCharged    charged)
{
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *original = reshoot_history_get_step (history, 1);
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (state);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warm it", model, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootStep) step = NULL;

  reshoot_project_add_request_async (project, original, request, 50000, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_request_finish (project, result, NULL);
  facts.seconds = seconds;
  facts.quoted = quoted;
  facts.settled = settled;
  facts.charged = (int) charged;
  history_update_job (project, step, &facts);
  return reshoot_history_get_step (history, reshoot_step_get_id (step));
}

static void
judge (ReshootProject *project,
       ReshootStep    *step,
       const char     *author,
       ReshootVerdict  verdict)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_set_verdict_async (project, step, author, verdict, NULL, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_project_set_verdict_finish (project, result, NULL));
}

#define JOBS 2000

/* Not always known. */
static ReshootMoney
make_price (GRand *rand)
{
  gboolean is_known = g_rand_boolean (rand);

  return is_known ? g_rand_int_range (rand, 1, 99999) : RESHOOT_MONEY_UNKNOWN;
}

static int
compare_seconds (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* The shortest time that so many of 100 took at most, counted out. */
static double
find_time (GArray *times,
           guint   percent)
{
  g_array_sort (times, compare_seconds);
  for (guint i = 0; i < times->len; i++)
    if ((i + 1) * 100 >= percent * times->len)
      return g_array_index (times, double, i);

  return NAN;
}

/* What was written down beside, job by job, is what the figures say: to the millionth of a dollar. */
static void
test_of_histories (void)
{
  static const ReshootStepState ends[] = { RESHOOT_STEP_REFUSED, RESHOOT_STEP_FAILED,
                                           RESHOOT_STEP_EXPIRED,
                                           RESHOOT_STEP_CANCELLED, RESHOOT_STEP_UNKNOWN };
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootHistory *histories[2];
  ReshootModelFigures truth[2] = { { .model = NULL }, { .model = NULL } };
  g_autoptr (GArray) max_times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) pro_times = g_array_new (FALSE, FALSE, sizeof (double));
  GArray *times[2] = { max_times, pro_times };
  g_autoptr (GPtrArray) list = NULL;
  gint64 began;

  history_add_original (project, picture, "cup");
  for (guint i = 0; i < JOBS; i++)
    {
      guint which = (guint) g_rand_int_range (rand, 0, 2);
      ReshootModelFigures *model = &truth[which];
      gboolean fails = g_rand_int_range (rand, 0, 5) == 0;
      ReshootStepState state = fails ? ends[g_rand_int_range (rand, 0, 5)] : RESHOOT_STEP_DONE;
      ReshootMoney settled = make_price (rand);
      ReshootMoney quoted = make_price (rand);
      ReshootMoney cost = settled >= 0 ? settled : quoted >= 0 ? quoted : 50000;
      ReshootCharged charged = (ReshootCharged) g_rand_int_range (rand, 0, 3);
      double seconds = g_rand_int_range (rand, 1, 9000) / 100.0;

      add_priced (project, which == 0 ? "bfl/max" : "bfl/pro", state, seconds, quoted, settled, charged);
      if (!fails)
        g_array_append_val (times[which], seconds);
      model->jobs++;
      model->images += !fails;
      model->seconds.n += !fails;
      model->refused += state == RESHOOT_STEP_REFUSED;
      model->failed += state == RESHOOT_STEP_FAILED || state == RESHOOT_STEP_EXPIRED;
      model->cancelled += state == RESHOOT_STEP_CANCELLED;
      model->doubtful += state == RESHOOT_STEP_UNKNOWN;
      model->spent += charged == RESHOOT_CHARGED_YES ? cost : 0;
      model->estimated += charged == RESHOOT_CHARGED_YES && settled < 0 && quoted < 0 ? 50000 : 0;
      model->in_doubt += charged == RESHOOT_CHARGED_UNKNOWN ? cost : 0;
    }

  /* The same history twice, as with a project that was joined to another: each step counts once. */
  histories[0] = histories[1] = reshoot_project_get_history (project);
  began = g_get_monotonic_time ();
  list = reshoot_figures_of_histories (histories, 2);
  g_test_message ("%d jobs twice in %.2f ms", JOBS, (double) (g_get_monotonic_time () - began) / 1000);
  g_assert_cmpuint (list->len, ==, 2);
  for (guint i = 0; i < list->len; i++)
    {
      const ReshootModelFigures *said = list->pdata[i];

      g_assert_cmpstr (said->model, ==, i == 0 ? "bfl/max" : "bfl/pro");
      g_assert_cmpuint (said->jobs, ==, truth[i].jobs);
      g_assert_cmpuint (said->images, ==, truth[i].images);
      g_assert_cmpuint (said->seconds.n, ==, truth[i].seconds.n);
      g_assert_cmpfloat (said->seconds.p50, ==, find_time (times[i], 50));
      g_assert_cmpfloat (said->seconds.p95, ==, find_time (times[i], 95));
      g_assert_cmpuint (said->refused, ==, truth[i].refused);
      g_assert_cmpuint (said->failed, ==, truth[i].failed);
      g_assert_cmpuint (said->cancelled, ==, truth[i].cancelled);
      g_assert_cmpuint (said->doubtful, ==, truth[i].doubtful);
      g_assert_cmpint (said->spent, ==, truth[i].spent);
      g_assert_cmpint (said->estimated, ==, truth[i].estimated);
      g_assert_cmpint (said->in_doubt, ==, truth[i].in_doubt);
    }

  history_close (project);
  history_remove (file);
}

static void
test_accepted (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootHistory *history = reshoot_project_get_history (project);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) periods = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *week = NULL;
  const ReshootModelFigures *said;
  const ReshootPeriodFigures *period;
  ReshootHistory *histories[2];
  ReshootStep *steps[5];

  history_add_original (project, picture, "cup");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    steps[i] = add_priced (project, "bfl/pro", RESHOOT_STEP_DONE, 2, 40000, -1, RESHOOT_CHARGED_YES);

  judge (project, steps[0], "", RESHOOT_VERDICT_ACCEPT);
  judge (project, steps[1], "Reviewer", RESHOOT_VERDICT_ACCEPT);
  judge (project, steps[2], "Reviewer", RESHOOT_VERDICT_ACCEPT);
  judge (project, steps[2], "Another", RESHOOT_VERDICT_REJECT);
  judge (project, steps[3], "Reviewer", RESHOOT_VERDICT_ACCEPT);
  judge (project, steps[3], "", RESHOOT_VERDICT_REJECT);

  list = reshoot_figures_of_histories (&history, 1);
  said = list->pdata[0];
  g_assert_cmpuint (said->accepted, ==, 2);
  g_assert_cmpint (said->spent, ==, 200000);

  /* The same over time: all of it now, each step once. */
  histories[0] = histories[1] = history;
  periods = reshoot_figures_over_time (histories, 2);
  now = g_date_time_new_now_utc ();
  week = g_date_time_format (now, "%G-W%V");
  g_assert_cmpuint (periods->len, ==, 1);
  period = periods->pdata[0];
  g_assert_cmpstr (period->period, ==, week);
  g_assert_cmpuint (period->steps, ==, 5);
  g_assert_cmpuint (period->accepted, ==, 2);
  g_assert_cmpint (period->spent, ==, 200000);
  history_close (project);
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  g_test_add_func ("/figures/of-model", test_of_model);
  g_test_add_func ("/figures/of-histories", test_of_histories);
  g_test_add_func ("/figures/accepted", test_accepted);
  return g_test_run ();
}
