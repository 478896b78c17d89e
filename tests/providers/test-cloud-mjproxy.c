/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The younger flavour of Midjourney Proxy, across the fake cloud. */

#include "cloud-scene.h"
#include "fake-vendors.h"
#include "reshoot-json-read.h"

static const CloudVendor trueai = {
  .provider = "mjproxy", .model = "mjproxy/midjourney", .key = "MJ_PROXY_SECRET", .add = fake_mjproxy_add_trueai,
  .cancels = TRUE, .empty_is_gone = TRUE, .unknown_fates = "refuse-output",
};

/* A variation of a result: its button is pressed, and the proxy, which asks back, is told the words once. */
static void
test_variation (CloudScene    *self,
                gconstpointer  data)
{
  g_autoptr (JsonNode) parameters = json_from_string ("{\"action\":\"variation\",\"index\":1}", NULL);
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  g_assert_cmpint (cloud_scene_run (self, "a warm shoe", &step), ==, RESHOOT_STEP_DONE);
  request = reshoot_request_new ("a warm shoe", "mjproxy/midjourney", json_node_get_object (parameters));
  reshoot_session_edit_async (self->scene.session, self->scene.project, step, request, NULL,
                              reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  job = reshoot_session_edit_finish (self->scene.session, result, &error);
  g_assert_no_error (error);
  g_assert_true (scene_wait (job, &error));
  g_assert_no_error (error);

  body = fake_cloud_dup_last_json (self->cloud, "mjproxy", FAKE_SUBMIT);
  g_assert_cmpstr (reshoot_json_get_string (body, "customId"), ==, "MJ::JOB::variation::1::f");
  g_assert_cmpuint (fake_cloud_count_path (self->cloud, "mjproxy", "POST", "/mj/submit/modal"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  cloud_scene_add_tests (&trueai);
  cloud_scene_add (&trueai, "variation", test_variation);

  return g_test_run ();
}
