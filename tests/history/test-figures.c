/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the jobs of a model took: from three on, of those that are done, of that model and no other. */

#include "history-support.h"
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

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  g_test_add_func ("/figures/of-model", test_of_model);
  return g_test_run ();
}
