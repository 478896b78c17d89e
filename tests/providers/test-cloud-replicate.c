/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Replicate across the fake cloud. */

#include "cloud-scene.h"
#include "fake-vendors.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"

static const CloudVendor replicate = {
  .provider = "replicate", .model = "replicate/flux-kontext-pro", .key = "REPLICATE_API_TOKEN",
  .add = fake_replicate_add, .uploads = TRUE, .cancels = TRUE,
};

static const CloudVendor dev = {
  .provider = "replicate", .model = "replicate/flux-kontext-dev", .key = "REPLICATE_API_TOKEN",
  .add = fake_replicate_add, .uploads = TRUE, .cancels = TRUE,
};

static void
test_sent (CloudScene    *self,
           gconstpointer  data)
{
  const FakeRecord *submit;
  g_autoptr (JsonObject) body = NULL;
  JsonObject *input;

  g_assert_cmpint (cloud_scene_run (self, "make it warm", NULL), ==, RESHOOT_STEP_DONE);
  submit = fake_cloud_get_last (self->cloud, "replicate", FAKE_SUBMIT);
  g_assert_cmpstr (submit->path, ==, "/v1/models/black-forest-labs/flux-kontext-dev/predictions");
  g_assert_cmpstr (soup_message_headers_get_one (submit->headers, "Authorization"), ==, "Bearer " SCENE_KEY);
  g_assert_cmpstr (soup_message_headers_get_one (submit->headers, "Prefer"), ==, "wait=1");
  g_assert_cmpstr (soup_message_headers_get_one (submit->headers, "Cancel-After"), ==, "180s");

  body = fake_cloud_dup_last_json (self->cloud, "replicate", FAKE_SUBMIT);
  input = reshoot_json_get_object (body, "input");
  g_assert_cmpstr (reshoot_json_get_string (input, "prompt"), ==, "make it warm");
  g_assert_true (g_str_has_prefix (reshoot_json_get_string (input, "input_image"), "http://127.0.0.1:"));
  g_assert_cmpfloat (reshoot_json_get_number (input, "guidance"), ==, 2.5);
}

static void
assert_refused (CloudScene *self,
                FakeFate    fate,
                const char *reason)
{
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  fake_cloud_set_fate (self->cloud, "replicate", fate, 1);
  g_assert_cmpint (cloud_scene_run (self, "make it warm", &step), ==, RESHOOT_STEP_REFUSED);
  error = reshoot_step_dup_error (step);
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_REFUSED);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, reason);
  g_assert_nonnull (strstr (reshoot_error_get_subject (error), "flagged"));
}

static void
test_refused (CloudScene    *self,
              gconstpointer  data)
{
  assert_refused (self, FAKE_WILL_REFUSE_INPUT, "request-moderated");
  assert_refused (self, FAKE_WILL_REFUSE_OUTPUT, "content-moderated");
}

/* An upload that is gone when a busy service can be asked again is made again, else it is used. */
static void
test_upload_life (CloudScene    *self,
                  gconstpointer  data)
{
  static const guint lives[] = { 0, 3600 };
  guint uploads = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lives); i++)
    {
      fake_cloud_set_upload_life (self->cloud, lives[i]);
      fake_cloud_set_fault (self->cloud, "replicate", FAKE_SUBMIT, FAKE_429_RETRY_AFTER, 2);
      g_assert_cmpint (cloud_scene_run (self, "make it warm", NULL), ==, RESHOOT_STEP_DONE);
      uploads += lives[i] == 0 ? 3 : 1;
      g_assert_cmpuint (cloud_scene_count (self, FAKE_UPLOAD), ==, uploads);
      g_assert_cmpuint (cloud_scene_count (self, FAKE_SUBMIT), ==, 3 * (i + 1));
      g_assert_cmpuint (fake_cloud_count_jobs (self->cloud, "replicate", "warm"), ==, i + 1);
    }
}

/* What was stopped before it began costs nothing. */
static void
test_stopped (CloudScene    *self,
              gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  FakeFault hold = FAKE_HANG;
  ReshootStep *step;

  fake_cloud_set_fault (self->cloud, "replicate", FAKE_POLL, hold, G_MAXUINT);
  job = cloud_scene_edit (self, "make it warm");
  step = reshoot_job_get_step (job);
  reshoot_test_wait_until (fake_cloud_count_held (self->cloud) > 0);
  reshoot_job_cancel (job);
  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  reshoot_test_wait_until (reshoot_step_get_price (step)->charged == RESHOOT_CHARGED_NO);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_CANCELLED);
  g_assert_cmpuint (cloud_scene_count (self, FAKE_CANCEL), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  cloud_scene_add_tests (&replicate);
  cloud_scene_add (&dev, "sent", test_sent);
  cloud_scene_add (&replicate, "refused", test_refused);
  cloud_scene_add (&replicate, "stopped", test_stopped);
  cloud_scene_add (&replicate, "upload-life", test_upload_life);

  return g_test_run ();
}
