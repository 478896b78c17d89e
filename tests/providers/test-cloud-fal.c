/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* fal's queue across the fake cloud. */

#include "cloud-scene.h"
#include "fake-vendors.h"
#include "reshoot-json-read.h"

static const CloudVendor vendor = {
  .provider = "fal", .model = "fal/flux-kontext-dev", .key = "FAL_KEY", .add = fake_fal_add,
  .uploads = TRUE, .cancels = TRUE,
};

static const CloudVendor max = {
  .provider = "fal", .model = "fal/flux-kontext-max", .key = "FAL_KEY", .add = fake_fal_add,
  .uploads = TRUE, .cancels = TRUE,
};

/* Four pictures of one submit are four times the price, and are loaded from four addresses. */
static void
test_four (CloudScene    *self,
           gconstpointer  data)
{
  g_autoptr (JsonObject) parameters = json_object_new ();
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  json_object_set_int_member (parameters, "num_images", 4);
  request = reshoot_request_new ("make it warm", "fal/flux-kontext-max", parameters);
  reshoot_session_edit_async (self->scene.session, self->scene.project, self->scene.original,
                              request, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  job = reshoot_session_edit_finish (self->scene.session, result, &error);
  g_assert_no_error (error);
  g_assert_true (scene_wait (job, &error));
  g_assert_no_error (error);

  step = reshoot_job_get_step (job);
  g_assert_cmpint (reshoot_step_get_price (step)->estimate, ==, 320000);
  g_assert_cmpuint (cloud_scene_count (self, FAKE_SUBMIT), ==, 1);
  reshoot_test_wait_until (cloud_scene_count (self, FAKE_RESULT) == 4);
  body = fake_cloud_dup_last_json (self->cloud, "fal", FAKE_SUBMIT);
  g_assert_cmpfloat (reshoot_json_get_number (body, "num_images"), ==, 4);
  g_assert_cmpstr (reshoot_json_get_string (body, "safety_tolerance"), ==, "2");
  g_assert_true (g_str_has_prefix (reshoot_json_get_string (body, "image_url"),
                                   fake_cloud_get_uri (self->cloud, "fal")));
}

/* What still waits in the queue is taken out of it, and costs nothing. */
static void
test_taken_out (CloudScene    *self,
                gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  ReshootStep *step;

  fake_cloud_set_polls (self->cloud, 1000);
  job = cloud_scene_edit (self, "make it warm");
  step = reshoot_job_get_step (job);
  reshoot_test_wait_until (cloud_scene_count (self, FAKE_POLL) > 0);
  reshoot_job_cancel (job);
  g_assert_false (scene_wait (job, NULL));
  reshoot_test_wait_until (cloud_scene_count (self, FAKE_CANCEL) == 1);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_CANCELLED);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_NO);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  cloud_scene_add_tests (&vendor);
  cloud_scene_add (&max, "four", test_four);
  cloud_scene_add (&vendor, "taken-out", test_taken_out);
  return g_test_run ();
}
