/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One request to several models and takes: all of it is stored as one row and begun, or none of it. */

#include "reshoot-error.h"
#include "scene.h"

#include <math.h>

#define FREE "studio/local"
#define DEAR "bfl/flux-kontext-max"

/* Asks each of @models, a NULL-ended array, once. */
static GPtrArray *
edit_row (Scene               *scene,
          const char *const   *models,
          const char          *instruction,
          GCancellable        *cancellable,
          GError             **error)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; models[i] != NULL; i++)
    g_ptr_array_add (requests, reshoot_request_new (instruction, models[i], NULL));

  reshoot_session_edit_row_async (scene->session, scene->project, scene->original,
                                  (ReshootRequest *const *) requests->pdata, requests->len,
                                  cancellable, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  return reshoot_session_edit_row_finish (scene->session, result, error);
}

static ReshootStep *
get_step (GPtrArray *jobs,
          guint      index)
{
  return reshoot_job_get_step (g_ptr_array_index (jobs, index));
}

static void
assert_nothing (Scene *scene)
{
  GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (scene->project));

  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_session_get_jobs (scene->session)), ==, 0);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 0);
}

/* Two takes of the one, one of the other, in the order they were asked in, also after the file was opened again. */
static void
test_row (Scene         *scene,
          gconstpointer  data)
{
  static const char *const models[] = { FREE, SCENE_PRO, FREE, NULL };
  static const int takes[] = { 1, 1, 2 };
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  ReshootHistory *history;
  const char *row;

  scene_script_submit (scene);
  scene_script_ready (scene);
  scene_script_sample (scene);
  jobs = edit_row (scene, models, "warm it slightly", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, 3);
  row = reshoot_step_get_row (get_step (jobs, 0));
  g_assert_true (g_uuid_string_is_valid (row));
  for (guint i = 0; i < jobs->len; i++)
    {
      ReshootStep *step = get_step (jobs, i);

      g_assert_cmpint (reshoot_step_get_id (step), ==, 2 + i);
      g_assert_true (reshoot_step_get_parent (step) == scene->original);
      g_assert_cmpstr (reshoot_request_get_model (reshoot_step_get_request (step)), ==, models[i]);
      g_assert_cmpstr (reshoot_step_get_row (step), ==, row);
      g_assert_cmpint (reshoot_step_get_take (step), ==, takes[i]);
      g_assert_true (scene_wait (g_ptr_array_index (jobs, i), NULL));
    }

  g_clear_pointer (&jobs, g_ptr_array_unref);
  scene_reopen (scene);
  history = reshoot_project_get_history (scene->project);
  for (guint i = 0; i < G_N_ELEMENTS (takes); i++)
    {
      ReshootStep *step = reshoot_history_get_step (history, 2 + i);

      g_assert_cmpint (reshoot_step_get_take (step), ==, takes[i]);
    }
}

static void
test_alone (Scene         *scene,
            gconstpointer  data)
{
  static const char *const models[] = { FREE, NULL };
  g_autoptr (GPtrArray) jobs = edit_row (scene, models, "warm it slightly", NULL, NULL);

  g_assert_cmpuint (jobs->len, ==, 1);
  g_assert_null (reshoot_step_get_row (get_step (jobs, 0)));
  g_assert_true (scene_wait (g_ptr_array_index (jobs, 0), NULL));
}

/* One that cannot be asked, at whatever place, keeps all from being asked. */
static void
test_refused (Scene         *scene,
              gconstpointer  data)
{
  static const char *const unknown[] = { FREE, "bfl/nothing", NULL };
  static const char *const no_key[] = { FREE, SCENE_PRO, FREE, NULL };
  g_autoptr (GError) no_model = NULL;
  g_autoptr (GError) no_words = NULL;
  g_autoptr (GError) no_auth = NULL;

  g_assert_null (edit_row (scene, unknown, "warm it", NULL, &no_model));
  g_assert_error (no_model, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_subject (no_model), ==, "bfl/nothing");
  g_assert_null (edit_row (scene, no_key, " ", NULL, &no_words));
  g_assert_cmpstr (reshoot_error_get_reason (no_words), ==, "instruction");
  g_unsetenv ("BFL_API_KEY");
  g_assert_null (edit_row (scene, no_key, "warm it", NULL, &no_auth));
  g_assert_error (no_auth, RESHOOT_ERROR, RESHOOT_ERROR_AUTH);
  assert_nothing (scene);
}

/* 4 and 8 cents: the sum is looked at, before any of it is spent; what is free costs nothing beside it. */
static void
test_budget (Scene         *scene,
             gconstpointer  data)
{
  static const char *const models[] = { SCENE_PRO, FREE, DEAR, NULL };
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) too_much = NULL;
  g_autoptr (GError) too_dear = NULL;
  g_autoptr (GError) spent = NULL;

  reshoot_session_set_limit (scene->session, RESHOOT_LIMIT_RUN, 110000, NULL);
  g_assert_null (edit_row (scene, models, "warm it", NULL, &too_much));
  g_assert_cmpstr (reshoot_error_get_reason (too_much), ==, "limit");
  g_assert_cmpstr (reshoot_error_get_subject (too_much), ==, "$0.12 > $0.11");
  reshoot_session_set_limit (scene->session, RESHOOT_LIMIT_RUN, 120000, NULL);
  reshoot_session_set_limit (scene->session, RESHOOT_LIMIT_EDIT, 70000, NULL);
  g_assert_null (edit_row (scene, models, "warm it", NULL, &too_dear));
  g_assert_cmpstr (reshoot_error_get_reason (too_dear), ==, "limit-edit");
  g_assert_cmpstr (reshoot_error_get_subject (too_dear), ==, "$0.08 > $0.07");
  assert_nothing (scene);

  reshoot_session_set_limit (scene->session, RESHOOT_LIMIT_EDIT, 80000, NULL);
  reshoot_fake_server_add (scene->server, SCENE_SUBMIT, RESHOOT_FAKE_HANG, 200, NULL, NULL);
  reshoot_fake_server_add_text (scene->server, "/v1/flux-kontext-max", 402, "");
  jobs = edit_row (scene, models, "warm it slightly", NULL, NULL);
  g_assert_cmpuint (jobs->len, ==, 3);
  g_assert_false (scene_wait (g_ptr_array_index (jobs, 2), NULL));
  g_assert_null (edit_row (scene, models, "warm it", NULL, &spent));
  g_assert_cmpstr (reshoot_error_get_subject (spent), ==, "$0.12 > $0.08");
  reshoot_job_cancel (g_ptr_array_index (jobs, 0));
  scene_wait (g_ptr_array_index (jobs, 0), NULL);
  g_assert_true (scene_wait (g_ptr_array_index (jobs, 1), NULL));
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* Before anything is done, and while the journal reserves: nothing is there, and nothing stays reserved. */
static void
test_cancelled (Scene         *scene,
                gconstpointer  data)
{
  static const char *const models[] = { SCENE_PRO, DEAR, NULL };
  g_autoptr (GCancellable) early = g_cancellable_new ();
  g_autoptr (GCancellable) late = g_cancellable_new ();
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (early);
  g_assert_null (edit_row (scene, models, "warm it", early, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_nothing (scene);

  reshoot_fake_server_add (scene->server, SCENE_SUBMIT, RESHOOT_FAKE_HANG, 200, NULL, NULL);
  reshoot_fake_server_add (scene->server, "/v1/flux-kontext-max", RESHOOT_FAKE_HANG, 200, NULL, NULL);
  reshoot_session_set_limit (scene->session, RESHOOT_LIMIT_RUN, 120000, NULL);
  g_idle_add (cancel_cb, late);
  jobs = edit_row (scene, models, "warm it", late, &error);
  g_assert_null (jobs);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing (scene);
  jobs = edit_row (scene, models, "warm it", NULL, NULL);
  g_assert_nonnull (jobs);
  for (guint i = 0; i < jobs->len; i++)
    {
      reshoot_job_cancel (g_ptr_array_index (jobs, i));
      scene_wait (g_ptr_array_index (jobs, i), NULL);
    }
}

#define ADD(name, func) g_test_add ("/session-row/" name, Scene, NULL, scene_set_up, func, scene_tear_down)

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  ADD ("row", test_row);
  ADD ("alone", test_alone);
  ADD ("refused", test_refused);
  ADD ("budget", test_budget);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
