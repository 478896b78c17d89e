/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of an earlier grid, across the fake cloud: one of its pictures enlarged (U), or varied (V). */

#include "cloud-scene.h"
#include "fake-vendors.h"
#include "reshoot-json-read.h"

/* The source is where anybody can load it. */
#define SOURCE "{\"source_url\":\"https://example.com/shoe.png\"}"

#define UPSCALE "{\"action\":\"upscale\",\"index\":2}"
#define VARIATION "{\"action\":\"variation\",\"index\":3}"

static const CloudVendor vendors[] = {
  { .provider = "useapi", .model = "useapi/midjourney", .key = "USEAPI_TOKEN", .add = fake_useapi_add, .cancels = TRUE,
    .parameters = SOURCE, .refuses_with_422 = TRUE, .followup = UPSCALE, .name = "upscale",
    .unknown_fates = "gone,expire" },
  { .provider = "useapi", .model = "useapi/midjourney", .key = "USEAPI_TOKEN", .add = fake_useapi_add, .cancels = TRUE,
    .parameters = SOURCE, .refuses_with_422 = TRUE, .followup = VARIATION, .name = "variation",
    .unknown_fates = "gone,expire" },
  { .provider = "mjproxy", .model = "mjproxy/midjourney", .key = "MJ_PROXY_SECRET", .add = fake_mjproxy_add,
    .empty_is_gone = TRUE, .followup = UPSCALE, .name = "upscale", .unknown_fates = "refuse-input,refuse-output" },
  { .provider = "mjproxy", .model = "mjproxy/midjourney", .key = "MJ_PROXY_SECRET", .add = fake_mjproxy_add,
    .empty_is_gone = TRUE, .followup = VARIATION, .name = "variation", .unknown_fates = "refuse-input,refuse-output" },
};

/* The words of the contract. */
static void
test_sent (CloudScene    *self,
           gconstpointer  data)
{
  gboolean is_upscale = g_str_equal (self->vendor->name, "upscale");
  g_autoptr (JsonObject) body = NULL;

  g_assert_cmpint (cloud_scene_run (self, "a warm shoe", NULL), ==, RESHOOT_STEP_DONE);
  body = fake_cloud_dup_last_json (self->cloud, self->vendor->provider, FAKE_SUBMIT);

  if (g_str_equal (self->vendor->provider, "useapi"))
    {
      g_assert_cmpstr (reshoot_json_get_string (body, "button"), ==, is_upscale ? "U2" : "V3");
    }
  else
    {
      g_assert_cmpstr (reshoot_json_get_string (body, "action"), ==, is_upscale ? "UPSCALE" : "VARIATION");
      g_assert_cmpfloat (reshoot_json_get_number (body, "index"), ==, is_upscale ? 2 : 3);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (vendors); i++)
    {
      cloud_scene_add_tests (&vendors[i]);
      cloud_scene_add (&vendors[i], "sent", test_sent);
    }

  return g_test_run ();
}
