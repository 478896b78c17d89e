/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* stable-diffusion.cpp's jobs across the fake cloud. */

#include "cloud-scene.h"
#include "fake-vendors.h"
#include "reshoot-json-read.h"

static const CloudVendor sdserver = {
  .provider = "sdserver", .model = "sdserver/kontext-dev", .add = fake_sdserver_add, .cancels = TRUE, .embeds = TRUE,
  .is_free = TRUE, .unknown_fates = "refuse-input,refuse-output,expire",
};

/* The source goes as the only reference, in a size of the model's. */
static void
test_sent (CloudScene    *self,
           gconstpointer  data)
{
  g_autoptr (JsonObject) body = NULL;
  ReshootStep *step;

  g_assert_cmpint (cloud_scene_run (self, "make it warm", &step), ==, RESHOOT_STEP_DONE);
  body = fake_cloud_dup_last_json (self->cloud, "sdserver", FAKE_SUBMIT);
  g_assert_false (json_object_has_member (body, "init_image"));
  g_assert_cmpuint (json_array_get_length (reshoot_json_get_array (body, "ref_images")), ==, 1);
  g_assert_cmpint ((int) reshoot_json_get_number (body, "width") % 16, ==, 0);
  g_assert_cmpfloat (reshoot_json_get_number (body, "seed"), ==, -1);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_NO);
  g_assert_nonnull (reshoot_step_get_ticket (step));
}

/* What waits is stopped, what runs is not: either way the step is cancelled, and asked about no more. */
static void
test_stop (CloudScene    *self,
           gconstpointer  data)
{
  for (guint polls = 1; polls <= 3; polls += 2)
    {
      g_autoptr (ReshootJob) job = NULL;
      g_autoptr (GError) error = NULL;
      guint before = cloud_scene_count (self, FAKE_POLL);
      guint cancels = cloud_scene_count (self, FAKE_CANCEL);

      fake_cloud_set_polls (self->cloud, 4);
      fake_cloud_set_fate (self->cloud, "sdserver", FAKE_WILL_HANG, 1);
      job = cloud_scene_edit (self, "make it warm");
      reshoot_test_wait_until (cloud_scene_count (self, FAKE_POLL) >= before + polls);
      reshoot_job_cancel (job);
      g_assert_false (scene_wait (job, &error));
      g_assert_cmpint (reshoot_step_get_state (reshoot_job_get_step (job)), ==,
                       RESHOOT_STEP_CANCELLED);
      reshoot_test_wait_until (cloud_scene_count (self, FAKE_CANCEL) == cancels + 1);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  cloud_scene_add_tests (&sdserver);
  cloud_scene_add (&sdserver, "sent", test_sent);
  cloud_scene_add (&sdserver, "stop", test_stop);

  return g_test_run ();
}
