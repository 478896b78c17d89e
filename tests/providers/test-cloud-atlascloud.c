/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Atlas Cloud across the fake cloud. */

#include "cloud-scene.h"
#include "fake-vendors.h"
#include "reshoot-json-read.h"

static const CloudVendor vendor = {
  .provider = "atlascloud", .model = "atlascloud/flux-kontext-dev", .key = "ATLASCLOUD_API_KEY",
  .add = fake_atlascloud_add, .uploads = TRUE, .doubts_503 = TRUE,
};

/* What is sent is what the model takes, and a task that is too new to be known is asked for again. */
static void
test_sent (CloudScene    *self,
           gconstpointer  data)
{
  g_autoptr (JsonObject) body = NULL;
  ReshootStep *step;

  g_assert_cmpint (cloud_scene_run (self, "make it warm", &step), ==, RESHOOT_STEP_DONE);
  g_assert_cmpint (reshoot_step_get_price (step)->estimate, ==, 25000);
  g_assert_cmpuint (cloud_scene_count (self, FAKE_POLL), >=, 2);
  body = fake_cloud_dup_last_json (self->cloud, "atlascloud", FAKE_SUBMIT);
  g_assert_cmpstr (reshoot_json_get_string (body, "model"), ==, "black-forest-labs/flux-kontext-dev");
  g_assert_cmpstr (reshoot_json_get_string (body, "size"), ==, "1184*880");
  g_assert_true (g_str_has_prefix (reshoot_json_get_string (body, "image"), "http://127.0.0.1:"));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  cloud_scene_add_tests (&vendor);
  cloud_scene_add (&vendor, "sent", test_sent);
  return g_test_run ();
}
