/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Two steps side by side: every aspect that either has, with typed values, and what is equal said so. */

#include "history-support.h"
#include "reshoot-diff.h"
#include "reshoot-project-labels.h"

/* The row of that aspect and name. Returns: (transfer none) (nullable): the list keeps it. */
static ReshootDiffRow *
find_row (GListModel    *rows,
          ReshootAspect  aspect,
          const char    *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (ReshootDiffRow) row = g_list_model_get_item (rows, i);

      if (reshoot_diff_row_get_aspect (row) == aspect &&
          g_strcmp0 (reshoot_diff_row_get_name (row), name) == 0)
        return row;
    }

  return NULL;
}

static ReshootStep *
ask (ReshootProject *project,
     ReshootStep    *source,
     const char     *model,
     const char     *parameters)
{
  g_autoptr (JsonNode) node = json_from_string (parameters, NULL);
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootStep) step = NULL;

  request = reshoot_request_new ("Warm it", model, json_node_get_object (node));
  reshoot_project_add_request_async (project, source, request, 40000, NULL, reshoot_test_ready_cb,
                                     &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_request_finish (project, result, NULL);
  g_assert_nonnull (step);
  return step;
}

static void
assert_values (GListModel    *rows,
               ReshootAspect  aspect,
               const char    *name,
               const char    *a,
               const char    *b)
{
  ReshootDiffRow *row = find_row (rows, aspect, name);
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  g_assert_nonnull (row);
  if (reshoot_diff_row_get_a (row) != NULL)
    text_a = json_to_string (reshoot_diff_row_get_a (row), FALSE);
  if (reshoot_diff_row_get_b (row) != NULL)
    text_b = json_to_string (reshoot_diff_row_get_b (row), FALSE);

  g_assert_cmpstr (text_a, ==, a);
  g_assert_cmpstr (text_b, ==, b);
  g_assert_true (reshoot_diff_row_get_is_equal (row) == (g_strcmp0 (a, b) == 0));
}

static void
test_diff (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (GListModel) same = NULL;
  g_autoptr (GListModel) from_original = NULL;
  g_autoptr (GAsyncResult) rated = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, picture, "one");
  ReshootStep *a = ask (project, original, "bfl/flux-kontext-pro", "{\"seed\": 1, \"steps\": 20}");
  ReshootStep *b = ask (project, original, "bfl/flux-kontext-max", "{\"seed\": 2, \"steps\": 20, \"hd\": true}");
  ReshootJobFacts paid = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);

  paid.settled = 80000;
  paid.charged = RESHOOT_CHARGED_YES;
  g_assert_true (history_try_version (project, b, picture, NULL));
  history_update_job (project, b, &paid);
  reshoot_project_set_rating_async (project, b, 5, NULL, reshoot_test_ready_cb, &rated);
  reshoot_test_await (&rated);

  rows = reshoot_diff_new (a, b);
  assert_values (rows, RESHOOT_ASPECT_INSTRUCTION, NULL, "\"Warm it\"", "\"Warm it\"");
  assert_values (rows, RESHOOT_ASPECT_PROVIDER, NULL, "\"bfl\"", "\"bfl\"");
  assert_values (rows, RESHOOT_ASPECT_MODEL, NULL, "\"bfl/flux-kontext-pro\"", "\"bfl/flux-kontext-max\"");
  assert_values (rows, RESHOOT_ASPECT_PARAMETER, "seed", "1", "2");
  assert_values (rows, RESHOOT_ASPECT_PARAMETER, "steps", "20", "20");
  assert_values (rows, RESHOOT_ASPECT_PARAMETER, "hd", NULL, "true");
  assert_values (rows, RESHOOT_ASPECT_STATE, NULL, "\"waiting\"", "\"done\"");
  assert_values (rows, RESHOOT_ASPECT_CHARGED, NULL, "\"no\"", "\"yes\"");
  assert_values (rows, RESHOOT_ASPECT_RATING, NULL, NULL, "5");
  assert_values (rows, RESHOOT_ASPECT_FACT, "drift", NULL, "0.25");
  assert_values (rows, RESHOOT_ASPECT_SETTLED, NULL, NULL, "0.080000000000000002");
  g_assert_null (find_row (rows, RESHOOT_ASPECT_QUOTED, NULL));
  g_assert_null (find_row (rows, RESHOOT_ASPECT_REGION, NULL));

  same = reshoot_diff_new (b, b);
  for (guint i = 0; i < g_list_model_get_n_items (same); i++)
    {
      g_autoptr (ReshootDiffRow) row = g_list_model_get_item (same, i);

      g_assert_true (reshoot_diff_row_get_is_equal (row));
    }

  from_original = reshoot_diff_new (original, b);
  assert_values (from_original, RESHOOT_ASPECT_SIZE, NULL, "[24.0,16.0]", "[24.0,16.0]");
  assert_values (from_original, RESHOOT_ASPECT_STATE, NULL, NULL, "\"done\"");

  history_close (project);
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/diff/rows", test_diff);

  return g_test_run ();
}
