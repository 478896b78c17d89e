/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said no to before anything is stored, whose turn it is, and what it may cost. */

#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-session-choices.h"
#include "scene.h"

#include <math.h>

static guint
count_steps (Scene *scene)
{
  return g_list_model_get_n_items (G_LIST_MODEL (reshoot_project_get_history (scene->project)));
}

static void
script_all (Scene *scene)
{
  scene_script_submit (scene);
  scene_script_ready (scene);
  scene_script_sample (scene);
}

/* No trace in the project, and nothing sent. */
static void
test_refused (Scene         *scene,
              gconstpointer  data)
{
  static const struct
  {
    const char  *model;
    const char  *instruction;
    int          code;
    const char  *reason;
  } table[] = {
    { "bfl/nothing", "warm it", RESHOOT_ERROR_INVALID_REQUEST, "model" },
    { "nobody/nothing", "warm it", RESHOOT_ERROR_INVALID_REQUEST, "model" },
    { "", "warm it", RESHOOT_ERROR_INVALID_REQUEST, "model" },
    { SCENE_PRO, "", RESHOOT_ERROR_INVALID_REQUEST, "instruction" },
    { SCENE_PRO, "  \n ", RESHOOT_ERROR_INVALID_REQUEST, "instruction" },
    { SCENE_PRO, "warm \xff it", RESHOOT_ERROR_INVALID_REQUEST, "instruction" },
    { "studio/local", "", RESHOOT_ERROR_INVALID_REQUEST, "instruction" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (scene_edit (scene, table[i].model, table[i].instruction, &error));
      g_assert_error (error, RESHOOT_ERROR, table[i].code);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, table[i].reason);
    }

  g_assert_cmpuint (count_steps (scene), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_session_get_jobs (scene->session)), ==, 0);
}

static ReshootJob *
edit_with (Scene         *scene,
           ReshootStep   *source,
           JsonObject    *parameters,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warm it", SCENE_PRO, parameters);
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_session_edit_async (scene->session, scene->project, source, request, cancellable,
                              reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_session_edit_finish (scene->session, result, error);
}

static void
test_parameters (Scene         *scene,
                 gconstpointer  data)
{
  g_autoptr (JsonObject) parameters = json_object_new ();
  g_autoptr (GError) error = NULL;

  json_object_set_int_member (parameters, "steps", 28);
  g_assert_null (edit_with (scene, scene->original, parameters, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "unknown-parameter");
  g_assert_cmpuint (count_steps (scene), ==, 1);
}

static void
test_cancelled (Scene         *scene,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (edit_with (scene, scene->original, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_steps (scene), ==, 1);
}

static void
test_no_key (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_unsetenv ("BFL_API_KEY");
  g_assert_false (reshoot_session_get_key_present (scene->session, "bfl"));
  g_assert_true (reshoot_session_get_key_present (scene->session, "studio"));
  g_assert_false (reshoot_session_get_key_present (scene->session, "nobody"));
  g_assert_null (scene_edit (scene, SCENE_PRO, "warm it", &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "no-key");
  g_assert_cmpuint (count_steps (scene), ==, 1);
}

static void
test_load_keys (Scene         *scene,
                gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_unsetenv ("BFL_API_KEY");
  reshoot_session_load_keys_async (scene->session, NULL, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_session_load_keys_finish (scene->session, result, &error));
  g_assert_no_error (error);
  g_assert_false (reshoot_session_get_key_present (scene->session, "bfl"));
}

static void
test_bad_address (Scene         *scene,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_setenv ("RESHOOT_BFL_URL", "http://192.0.2.7:80", TRUE);
  g_assert_null (scene_edit (scene, SCENE_PRO, "warm it", &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "address");
  g_assert_cmpuint (count_steps (scene), ==, 1);
}

/* Who loads pictures itself is asked nothing about one that lies nowhere: there would be a step that has failed. */
static void
test_place (Scene         *scene,
            gconstpointer  data)
{
  static const struct
  {
    const char *model;
    const char *parameters;   /* (nullable) */
    const char *reason;
  } table[] = {
    { "imagineapi/midjourney", NULL, "needs-address" },
    { "useapi/midjourney", "{\"ar\":\"1:1\"}", "needs-address" },
    { "useapi/midjourney", "{\"source_url\":\"https://example.com/a.png\"}", "no-key" },
    { "useapi/midjourney", "{\"publish\":\"fal\"}", "public-consent" },
    { "useapi/midjourney", "{\"action\":\"upscale\",\"index\":1}", "no-key" },
    { "mjproxy/midjourney", "{\"reference\":\"oref\"}", "needs-address" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (scene_edit_with (scene, table[i].model, "a warm shoe", table[i].parameters, &error));
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, table[i].reason);
    }

  g_assert_cmpuint (count_steps (scene), ==, 1);
}

/* A step without a picture is nothing to work from. */
static void
test_source (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_fake_server_add_text (scene->server, SCENE_SUBMIT, 402, "");
  job = scene_edit (scene, SCENE_PRO, "warm it", NULL);
  g_assert_false (scene_wait (job, NULL));
  g_assert_null (edit_with (scene, reshoot_job_get_step (job), NULL, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "no-picture");
}

/* 4 cents each: nine cents are enough for two, and what was not charged is there again. */
static void
test_budget (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (ReshootJob) free_job = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_session_set_limit (scene->session, RESHOOT_LIMIT_RUN, 90000, NULL);
  reshoot_fake_server_add_text (scene->server, SCENE_SUBMIT, 402, "");
  script_all (scene);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (ReshootJob) job = scene_edit (scene, SCENE_PRO, "warm it", &error);

      g_assert_no_error (error);
      g_assert_cmpint (scene_wait (job, NULL), ==, i > 0);
    }

  g_assert_cmpuint (count_steps (scene), ==, 4);
  g_assert_null (scene_edit (scene, SCENE_PRO, "warm it", &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_BUDGET);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "limit");
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "$0.04 > $0.01");
  g_assert_cmpuint (count_steps (scene), ==, 4);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 3);

  free_job = scene_edit (scene, "studio/local", "warm it slightly", NULL);
  g_assert_true (scene_wait (free_job, NULL));
}

/* The service charged more than was reserved: it is told as it is, each of the three amounts for itself, and counts. */
static void
test_dearer (Scene         *scene,
             gconstpointer  data)
{
  g_autofree char *ready = g_strdup_printf ("{\"id\":\"task-1\",\"status\":\"Ready\",\"cost\":9,"
                                            "\"result\":{\"sample\":\"%s%s\"}}",
                                            reshoot_fake_server_get_uri (scene->server),
                                            SCENE_SAMPLE);
  g_autofree char *taken = g_strdup_printf ("{\"id\":\"task-1\",\"polling_url\":\"%s%s\",\"cost\":5}",
                                            reshoot_fake_server_get_uri (scene->server),
                                            SCENE_POLL);
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  const ReshootPrice *price;

  reshoot_session_set_limit (scene->session, RESHOOT_LIMIT_RUN, 100000, NULL);
  reshoot_fake_server_add_text (scene->server, SCENE_SUBMIT, 200, taken);
  reshoot_fake_server_add_text (scene->server, SCENE_POLL, 200, ready);
  scene_script_sample (scene);
  job = scene_edit (scene, SCENE_PRO, "warm it", &error);
  g_assert_no_error (error);
  scene_wait (job, &error);
  g_assert_no_error (error);

  price = reshoot_step_get_price (reshoot_job_get_step (job));
  g_assert_cmpint (price->estimate, ==, 40000);
  g_assert_cmpint (price->quoted, ==, 50000);
  g_assert_cmpint (price->settled, ==, 90000);
  g_assert_cmpint (price->charged, ==, RESHOOT_CHARGED_YES);
  g_assert_null (scene_edit (scene, SCENE_PRO, "warm it", &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_BUDGET);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "$0.04 > $0.01");
}

/* What is on its way counts, before anything came back. */
static void
test_budget_reserved (Scene         *scene,
                      gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_session_set_limit (scene->session, RESHOOT_LIMIT_RUN, 50000, NULL);
  reshoot_fake_server_add (scene->server, SCENE_SUBMIT, RESHOOT_FAKE_HANG, 200, NULL, NULL);
  job = scene_edit (scene, SCENE_PRO, "warm it", NULL);
  g_assert_nonnull (job);
  g_assert_null (scene_edit (scene, SCENE_PRO, "warm it", &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_BUDGET);
  reshoot_job_cancel (job);
  scene_wait (job, NULL);
}

static gboolean
has_edit (Scene       *scene,
          ReshootJob **job)
{
  if (*job == NULL)
    *job = scene_edit (scene, SCENE_PRO, "warm it", NULL);

  return *job != NULL;
}

/* What an earlier run left reserved counts as long as the project does not say what became of it; what was never stored
 * was never sent, and is free again. */
static void
test_left_reserved (Scene         *scene,
                    gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (ReshootJob) last = NULL;
  g_autoptr (ReshootIndex) other = reshoot_index_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootSpending lost = RESHOOT_SPENDING_INIT ("never-stored", reshoot_project_get_uuid (scene->project),
                                                SCENE_PRO, 40000);

  g_assert_true (reshoot_session_set_limit (scene->session, RESHOOT_LIMIT_DAY, 90000, NULL));
  reshoot_index_reserve_async (other, &lost, 1, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_index_reserve_finish (other, result, NULL));

  reshoot_fake_server_add (scene->server, SCENE_SUBMIT, RESHOOT_FAKE_HANG, 200, NULL, NULL);
  job = scene_edit (scene, SCENE_PRO, "warm it", &error);
  g_assert_no_error (error);
  g_assert_null (scene_edit (scene, SCENE_PRO, "warm it", &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_BUDGET);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "limit-day");
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "$0.04 > $0.01");
  g_clear_error (&error);
  g_clear_object (&job);

  /* The limit is kept by the settings, the money by the journal. */
  scene_reopen (scene);
  reshoot_session_take_up (scene->session, scene->project);
  reshoot_test_wait_until (has_edit (scene, &last));
  g_assert_null (scene_edit (scene, SCENE_PRO, "warm it", &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_BUDGET);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "$0.04 > $0.01");
  reshoot_job_cancel (last);
  scene_wait (last, NULL);
}

/* Max takes six at once: eight are asked for, six are sent, the others come when there is room, in their order. */
static void
test_limit (Scene         *scene,
            gconstpointer  data)
{
  static const char path[] = "/v1/flux-kontext-max";
  ReshootJob *jobs[8];
  g_autoptr (ReshootJob) pro = NULL;
  g_autofree char *ticket = NULL;
  g_autoptr (GBytes) body = NULL;

  ticket = g_strdup_printf ("{\"id\":\"1\",\"polling_url\":\"%s%s\"}",
                            reshoot_fake_server_get_uri (scene->server), SCENE_POLL);
  body = g_bytes_new (ticket, strlen (ticket));
  reshoot_fake_server_add (scene->server, path, RESHOOT_FAKE_HOLD, 200, NULL, body);
  script_all (scene);

  /* Seven pictures at once are much to compute, and nothing here is about them. */
  g_assert_true (reshoot_session_set_landing (scene->session, RESHOOT_LANDING_CHOICE_OFF, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      jobs[i] = scene_edit (scene, "bfl/flux-kontext-max", "warm it", NULL);
      g_assert_nonnull (jobs[i]);
    }

  reshoot_test_wait_until (scene_get_hits (scene, path) == 6);

  /* One that must wait does not hold up another model's. */
  pro = scene_edit (scene, SCENE_PRO, "warm it", NULL);
  g_assert_true (scene_wait (pro, NULL));
  g_assert_cmpuint (scene_get_hits (scene, path), ==, 6);
  g_assert_cmpint (reshoot_step_get_state (reshoot_job_get_step (jobs[6])), ==,
                   RESHOOT_STEP_WAITING);
  g_assert_cmpint (reshoot_step_get_state (reshoot_job_get_step (jobs[7])), ==,
                   RESHOOT_STEP_WAITING);

  /* Nor does one that is cancelled in the queue. */
  reshoot_job_cancel (jobs[6]);
  g_assert_false (scene_wait (jobs[6], NULL));

  reshoot_fake_server_release (scene->server);
  reshoot_test_wait_until (scene_get_hits (scene, path) == 7);
  reshoot_fake_server_release (scene->server);

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_assert_cmpint (scene_wait (jobs[i], NULL), ==, i != 6);
      g_object_unref (jobs[i]);
    }

  g_assert_cmpuint (scene_get_hits (scene, path), ==, 7);
}

static void
test_consent (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_session_get_consent (scene->session, "studio"));
  g_assert_false (reshoot_session_get_consent (scene->session, "bfl"));
  g_assert_true (reshoot_session_set_consent (scene->session, "bfl", TRUE, &error));
  g_assert_no_error (error);

  scene_restart_session (scene);
  g_assert_true (reshoot_session_get_consent (scene->session, "bfl"));
  g_assert_false (reshoot_session_get_consent (scene->session, "other"));

  g_assert_true (reshoot_session_set_consent (scene->session, "bfl", FALSE, &error));
  g_assert_false (reshoot_session_get_consent (scene->session, "bfl"));
}

/* Told once, and again when the terms are others. */
static void
test_terms (Scene         *scene,
            gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "reshoot", NULL);
  g_autofree char *path = g_build_filename (folder, "consent.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *terms = reshoot_session_get_untold_terms (scene->session, "useapi");

  g_assert_nonnull (reshoot_json_get_string (terms, "text"));
  g_assert_cmpstr (reshoot_json_get_string (terms, "date"), ==, "2026-05-27");
  g_assert_null (reshoot_session_get_untold_terms (scene->session, "bfl"));
  g_assert_null (reshoot_session_get_untold_terms (scene->session, "studio"));
  g_assert_null (reshoot_session_get_untold_terms (scene->session, "nobody"));

  g_assert_true (reshoot_session_set_consent (scene->session, "useapi", TRUE, &error));
  g_assert_nonnull (reshoot_session_get_untold_terms (scene->session, "useapi"));
  g_assert_true (reshoot_session_set_terms_told (scene->session, "useapi", &error));
  g_assert_no_error (error);

  scene_restart_session (scene);
  g_assert_null (reshoot_session_get_untold_terms (scene->session, "useapi"));
  g_assert_nonnull (reshoot_session_get_untold_terms (scene->session, "imagineapi"));
  g_assert_true (reshoot_session_get_consent (scene->session, "useapi"));

  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  g_key_file_set_string (file, "Terms", "useapi", "2024-01-01");
  g_assert_true (g_key_file_save_to_file (file, path, NULL));
  g_assert_nonnull (reshoot_session_get_untold_terms (scene->session, "useapi"));
}

/* A session that goes while jobs run takes them along, and nothing comes back to it. */
static void
test_gone (Scene         *scene,
           gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_fake_server_add (scene->server, SCENE_SUBMIT, RESHOOT_FAKE_HANG, 200, NULL, NULL);
  job = scene_edit (scene, SCENE_PRO, "warm it", NULL);
  reshoot_test_wait_until (scene_get_hits (scene, SCENE_SUBMIT) == 1);
  g_assert_finalize_object (g_steal_pointer (&scene->session));
  g_assert_true (reshoot_job_get_finished (job));
  g_assert_false (scene_wait (job, &error));
  g_assert_cmpint (reshoot_step_get_state (reshoot_job_get_step (job)), ==, RESHOOT_STEP_SENDING);
}

#define ADD(name, func) g_test_add ("/session/" name, Scene, NULL, scene_set_up, func, scene_tear_down)

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  ADD ("refused", test_refused);
  ADD ("parameters", test_parameters);
  ADD ("cancelled", test_cancelled);
  ADD ("no-key", test_no_key);
  ADD ("load-keys", test_load_keys);
  ADD ("bad-address", test_bad_address);
  ADD ("place", test_place);
  ADD ("source", test_source);
  ADD ("budget", test_budget);
  ADD ("budget-reserved", test_budget_reserved);
  ADD ("dearer", test_dearer);
  ADD ("left-reserved", test_left_reserved);
  ADD ("limit", test_limit);
  ADD ("consent", test_consent);
  ADD ("terms", test_terms);
  ADD ("gone", test_gone);

  return g_test_run ();
}
