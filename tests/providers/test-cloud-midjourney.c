/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in front of Midjourney, across the fake cloud. */

#include "cloud-scene.h"
#include "fake-vendors.h"
#include "reshoot-json-read.h"

/* The source is where anybody can load it. */
#define SOURCE "{\"source_url\":\"https://example.com/shoe.png\"}"

static const CloudVendor imagineapi = {
  .provider = "imagineapi", .model = "imagineapi/midjourney", .key = "IMAGINEAPI_TOKEN", .add = fake_imagineapi_add,
  .parameters = SOURCE, .unknown_fates = "refuse-input,refuse-output,cancel",
};

static const CloudVendor useapi = {
  .provider = "useapi", .model = "useapi/midjourney", .key = "USEAPI_TOKEN", .add = fake_useapi_add, .cancels = TRUE,
  .parameters = SOURCE, .refuses_with_422 = TRUE,
};

static const CloudVendor novicezk = {
  .provider = "mjproxy", .model = "mjproxy/midjourney", .key = "MJ_PROXY_SECRET", .add = fake_mjproxy_add,
  .empty_is_gone = TRUE, .unknown_fates = "refuse-output",
};

static guint
count_steps (CloudScene *self)
{
  ReshootHistory *history = reshoot_project_get_history (self->scene.project);

  return g_list_model_get_n_items (G_LIST_MODEL (history));
}

/* What is sent is what the contract has, across the whole program. */
static void
test_body (CloudScene    *self,
           gconstpointer  data)
{
  g_autoptr (JsonObject) body = NULL;
  ReshootStep *step;
  const char *prompt;

  g_assert_cmpint (cloud_scene_run (self, "a\nwarm shoe --ar 1:1", &step), ==, RESHOOT_STEP_DONE);
  g_assert_true (reshoot_request_get_is_reimagining (reshoot_step_get_request (step)));

  body = fake_cloud_dup_last_json (self->cloud, "useapi", FAKE_SUBMIT);
  prompt = reshoot_json_get_string (body, "prompt");
  g_assert_cmpstr (prompt, ==, "https://example.com/shoe.png a warm shoe --ar 1:1 --v 7");
  g_assert_true (json_object_has_member (body, "stream"));

  /* The original and four pictures, each from its own address. */
  reshoot_test_wait_until (count_steps (self) == 5);
  reshoot_test_wait_until (cloud_scene_count (self, FAKE_RESULT) == 4);
  g_assert_false (reshoot_json_get_boolean (body, "stream"));
}

/* A proxy of one's own takes the picture along. */
static void
test_pictures (CloudScene    *self,
               gconstpointer  data)
{
  g_autoptr (JsonObject) body = NULL;
  JsonArray *pictures;

  g_assert_cmpint (cloud_scene_run (self, "a warm shoe", NULL), ==, RESHOOT_STEP_DONE);
  body = fake_cloud_dup_last_json (self->cloud, "mjproxy", FAKE_SUBMIT);
  pictures = reshoot_json_get_array (body, "base64Array");
  g_assert_cmpuint (json_array_get_length (pictures), ==, 1);
  g_assert_true (g_str_has_prefix (json_array_get_string_element (pictures, 0), "data:image/"));

  /* The original and four parts of one picture, which is loaded once. */
  reshoot_test_wait_until (count_steps (self) == 5);
  g_assert_cmpuint (cloud_scene_count (self, FAKE_RESULT), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  cloud_scene_add_tests (&imagineapi);
  cloud_scene_add_tests (&useapi);
  cloud_scene_add (&useapi, "body", test_body);
  cloud_scene_add_tests (&novicezk);
  cloud_scene_add (&novicezk, "pictures", test_pictures);

  return g_test_run ();
}
