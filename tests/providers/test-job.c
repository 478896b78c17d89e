/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole way of an edit, with the studio and with a service that misbehaves in every way we know. Each row of the
 * table of faults says how it must end, what it may have cost, and how often the service was asked to start. */

#include "reshoot-error.h"
#include "scene.h"

#include <math.h>

static void
assert_state (ReshootStep      *step,
              ReshootStepState  state)
{
  g_assert_cmpstr (reshoot_step_state_to_string (reshoot_step_get_state (step)), ==,
                   reshoot_step_state_to_string (state));
}

/* The studio */

static void
test_studio (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) job = scene_edit (scene, "studio/local", "warm it slightly and crop square", &error);
  g_autoptr (ReshootImage) shown = NULL;
  ReshootStep *step;

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_session_get_jobs (scene->session)), ==, 1);
  scene_wait (job, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_session_get_jobs (scene->session)), ==, 0);

  step = reshoot_job_get_step (job);
  assert_state (step, RESHOOT_STEP_DONE);
  g_assert_true (reshoot_step_get_seconds (step) >= 0);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_NO);
  g_assert_cmpint (reshoot_step_get_width (step), ==, reshoot_step_get_height (step));
  g_assert_nonnull (reshoot_step_get_affine (step));
  g_assert_true (reshoot_step_get_parent (step) == scene->original);

  shown = scene_load (scene, step, RESHOOT_PICTURE_SHOWN);
  g_assert_cmpint (reshoot_image_get_width (shown), ==, reshoot_step_get_width (step));
}

static void
test_studio_refuses (Scene         *scene,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) stored = NULL;
  g_autoptr (ReshootJob) job = scene_edit (scene, "studio/local", "put it on a beach at sunset", &error);

  g_assert_no_error (error);
  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
  assert_state (reshoot_job_get_step (job), RESHOOT_STEP_REFUSED);
  g_assert_cmpint (reshoot_step_get_price (reshoot_job_get_step (job))->charged, ==,
                   RESHOOT_CHARGED_NO);
  stored = reshoot_step_dup_error (reshoot_job_get_step (job));
  g_assert_error (stored, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
  g_assert_cmpstr (reshoot_error_get_reason (stored), ==, reshoot_error_get_reason (error));
}

static void
test_studio_cancelled (Scene         *scene,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) job = NULL;

  job = scene_edit (scene, "studio/local", "Replace background with clean white studio", &error);
  g_assert_no_error (error);
  reshoot_job_cancel (job);
  reshoot_job_cancel (job);
  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_state (reshoot_job_get_step (job), RESHOOT_STEP_CANCELLED);
  g_assert_cmpint (reshoot_step_get_price (reshoot_job_get_step (job))->charged, ==,
                   RESHOOT_CHARGED_NO);
}

/* The service */

static void
test_service (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (ReshootImage) shown = NULL;
  g_autoptr (GBytes) sent = scene_dup_picture (1248, 832);
  g_autofree char *poll_key = NULL;
  g_autofree char *sample_key = NULL;
  const ReshootPrice *price;
  const double *affine;
  ReshootStep *step;

  scene_script_submit (scene);
  scene_script_poll (scene, "Pending");
  scene_script_poll (scene, "Something new");
  scene_script_ready (scene);
  scene_script_sample (scene);

  job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  g_assert_no_error (error);
  step = reshoot_job_get_step (job);
  g_assert_cmpfloat (reshoot_step_get_price (step)->estimate, ==, 0.04);
  scene_wait (job, &error);
  g_assert_no_error (error);

  assert_state (step, RESHOOT_STEP_DONE);
  price = reshoot_step_get_price (step);
  g_assert_cmpfloat_with_epsilon (price->quoted, 0.04, 1e-9);
  g_assert_cmpfloat_with_epsilon (price->settled, 0.04, 1e-9);
  g_assert_cmpint (price->charged, ==, RESHOOT_CHARGED_YES);
  g_assert_nonnull (reshoot_step_get_ticket (step));
  g_assert_true (reshoot_step_get_seconds (step) >= 0);

  /* As received, and shown at the place of its parent. */
  shown = scene_load (scene, step, RESHOOT_PICTURE_SHOWN);
  g_assert_true (g_bytes_equal (reshoot_image_get_bytes (shown), sent));
  affine = reshoot_step_get_affine (step);
  g_assert_cmpfloat_with_epsilon (affine[0] * 1248, reshoot_step_get_width (scene->original), 1e-6);
  g_assert_cmpfloat_with_epsilon (affine[4] * 832, reshoot_step_get_height (scene->original), 1e-6);

  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 1);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_POLL), ==, 3);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SAMPLE), ==, 1);
  poll_key = reshoot_fake_server_dup_header (scene->server, SCENE_POLL, "x-key");
  sample_key = reshoot_fake_server_dup_header (scene->server, SCENE_SAMPLE, "x-key");
  g_assert_cmpstr (poll_key, ==, SCENE_KEY);
  g_assert_null (sample_key);
}

#define ADD(name, func) g_test_add ("/job/" name, Scene, NULL, scene_set_up, func, scene_tear_down)

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  ADD ("studio", test_studio);
  ADD ("studio/refuses", test_studio_refuses);
  ADD ("studio/cancelled", test_studio_cancelled);
  ADD ("service", test_service);

  return g_test_run ();
}
