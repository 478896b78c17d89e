/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Black Forest Labs across the fake cloud. */

#include "cloud-scene.h"
#include "fake-vendors.h"
#include "reshoot-json-read.h"

static const CloudVendor bfl = {
  .provider = "bfl", .model = "bfl/flux-kontext-pro", .key = "BFL_API_KEY", .add = fake_bfl_add,
};

static const CloudVendor klein = {
  .provider = "bfl", .model = "bfl/flux-2-klein-4b", .key = "BFL_API_KEY", .add = fake_bfl_add,
};

/* The price that counts is the one at the end. */
static void
test_settled (CloudScene    *self,
              gconstpointer  data)
{
  ReshootStep *step;

  fake_cloud_set_fate (self->cloud, "bfl", FAKE_WILL_COST_MORE, 1);
  g_assert_cmpint (cloud_scene_run (self, "make it warm", &step), ==, RESHOOT_STEP_DONE);
  g_assert_cmpint (reshoot_step_get_price (step)->estimate, ==, 40000);
  g_assert_cmpint (reshoot_step_get_price (step)->quoted, ==, 40000);
  g_assert_cmpint (reshoot_step_get_price (step)->settled, ==, 80000);
}

/* What is asked for in pixels is what is sent. */
static void
test_klein (CloudScene    *self,
            gconstpointer  data)
{
  g_autoptr (JsonObject) body = NULL;
  ReshootStep *step;

  g_assert_cmpint (cloud_scene_run (self, "make it warm", &step), ==, RESHOOT_STEP_DONE);
  body = fake_cloud_dup_last_json (self->cloud, "bfl", FAKE_SUBMIT);
  g_assert_cmpuint (fake_cloud_count_path (self->cloud, "bfl", "POST", "/v1/flux-2-klein-4b"), ==, 1);
  g_assert_cmpstr (reshoot_json_get_string (body, "prompt"), ==, "make it warm");
  g_assert_true (reshoot_json_get_number (body, "width") >= 64);
  g_assert_true (reshoot_json_get_number (body, "height") >= 64);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  cloud_scene_add_tests (&bfl);
  cloud_scene_add (&bfl, "settled", test_settled);
  cloud_scene_add (&klein, "sized", test_klein);

  return g_test_run ();
}
