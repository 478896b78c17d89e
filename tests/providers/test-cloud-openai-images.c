/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* OpenAI, and servers of one's own that edit as it does, across the fake cloud. A server of one's own is called by the
 * name that it has in servers.ini. */

#include "cloud-scene.h"
#include "fake-vendors.h"
#include "reshoot-error.h"
#include "reshoot-servers.h"

#include <string.h>

#define OWN_KEY "RESHOOT_OPENAI_IMAGES_GATEWAY_KEY"

static void
add_server (FakeCloud  *cloud,
            const char *fake,
            const char *name,
            const char *profile,
            const char *models,
            const char *key)
{
  g_auto (GStrv) names = models != NULL ? g_strsplit (models, ",", -1) : NULL;
  ReshootServer server = { .name = (char *) name, .url = (char *) fake_cloud_get_uri (cloud, fake),
                           .profile = (char *) profile, .models = names, .key = (char *) key };
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_servers_add (&server, &error));
  g_assert_no_error (error);
}

static void
add_cloud (FakeCloud *cloud)
{
  fake_openai_add (cloud);
  fake_sdserver_add (cloud);
  add_server (cloud, "-vllm-omni", "openai-images@vllm", "vllm-omni", NULL, NULL);
  add_server (cloud, "-xinference", "openai-images@xinference", "xinference", NULL, NULL);
  add_server (cloud, "-exo", "openai-images@exo", "exo", "kontext", NULL);
  add_server (cloud, "-sglang", "openai-images@sglang", "sglang", NULL, NULL);
  add_server (cloud, "-litellm", "openai-images@litellm", "litellm", "kontext", NULL);
  add_server (cloud, "-localai", "openai-images@localai", "localai", "kontext", NULL);
  add_server (cloud, "-gateway", "openai-images@gateway", NULL, NULL, "X-Studio-Key");
  add_server (cloud, "sdserver", "openai-images@sd", "sd-server", NULL, "none");
}

/* The fake's name of the server is told to the scene, Reshoot's is in the model. */

static const CloudVendor openai = {
  .provider = "openai-images", .model = "openai-images/gpt-image-1", .key = "OPENAI_API_KEY", .add = add_cloud,
  .answers_at_once = TRUE, .embeds = TRUE, .unknown_fates = "fail,expire",
};

static const CloudVendor vllm = {
  .provider = "-vllm-omni", .model = "openai-images@vllm/default", .add = add_cloud,
  .answers_at_once = TRUE, .embeds = TRUE, .is_free = TRUE, .unknown_fates = "pending,expire",
};

static const CloudVendor gateway = {
  .provider = "-gateway", .model = "openai-images@gateway/default", .key = OWN_KEY, .add = add_cloud,
  .answers_at_once = TRUE, .embeds = TRUE, .is_free = TRUE, .unknown_fates = "pending",
};

/* Somebody pays for what is behind it, and the picture is loaded from an address that no ticket names again. */
static const CloudVendor litellm = {
  .provider = "-litellm", .model = "openai-images@litellm/kontext", .key = "RESHOOT_OPENAI_IMAGES_LITELLM_KEY",
  .add = add_cloud, .answers_at_once = TRUE, .unknown_fates = "fail",
};

static const CloudVendor others[] = {
  { .provider = "-xinference", .model = "openai-images@xinference/kontext-dev", .add = add_cloud,
    .key = "RESHOOT_OPENAI_IMAGES_XINFERENCE_KEY", .answers_at_once = TRUE, .embeds = TRUE, .is_free = TRUE,
    .unknown_fates = "pending,expire" },
  { .provider = "-exo", .model = "openai-images@exo/kontext", .add = add_cloud,
    .answers_at_once = TRUE, .embeds = TRUE, .is_free = TRUE,
    .unknown_fates = "pending,expire" },
  { .provider = "-sglang", .model = "openai-images@sglang/default", .add = add_cloud,
    .key = "RESHOOT_OPENAI_IMAGES_SGLANG_KEY", .answers_at_once = TRUE, .embeds = TRUE, .is_free = TRUE,
    .unknown_fates = "pending,expire" },
  { .provider = "-localai", .model = "openai-images@localai/kontext", .add = add_cloud,
    .answers_at_once = TRUE, .embeds = TRUE, .is_free = TRUE,
    .unknown_fates = "pending,expire" },
  { .provider = "sdserver", .model = "openai-images@sd/default", .add = add_cloud,
    .answers_at_once = TRUE, .embeds = TRUE, .is_free = TRUE,
    .unknown_fates = "pending,expire" },
};

/* One call and no ticket: there is nothing to ask again about. */
static void
test_free (CloudScene    *self,
           gconstpointer  data)
{
  ReshootStep *step;

  g_assert_cmpint (cloud_scene_run (self, "make it warm", &step), ==, RESHOOT_STEP_DONE);
  g_assert_cmpuint (cloud_scene_count (self, FAKE_SUBMIT), ==, 1);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==,
                   self->vendor->is_free ? RESHOOT_CHARGED_NO : RESHOOT_CHARGED_YES);
  g_assert_null (reshoot_step_get_ticket (step));
}

/* The result's address is a path of the server, which wants its key there too. */
static void
test_path (CloudScene    *self,
           gconstpointer  data)
{
  const FakeRecord *record;

  g_assert_cmpint (cloud_scene_run (self, "make it warm", NULL), ==, RESHOOT_STEP_DONE);
  record = fake_cloud_get_last (self->cloud, "-gateway", FAKE_POLL);
  g_assert_nonnull (record);
  g_assert_true (g_str_has_suffix (record->path, "/content"));
  g_assert_cmpstr (soup_message_headers_get_one (record->headers, "X-Studio-Key"), ==, SCENE_KEY);
}

/* A connection that breaks: at a service that charges it is in doubt, at a server of one's own nothing is lost. */
static void
test_lost (CloudScene    *self,
           gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  fake_cloud_set_fault (self->cloud, self->vendor->provider, FAKE_SUBMIT, FAKE_LOST, 1);
  job = cloud_scene_edit (self, "make it warm");
  step = reshoot_job_get_step (job);
  g_assert_false (scene_wait (job, &error));
  g_assert_cmpuint (cloud_scene_count (self, FAKE_SUBMIT), ==, 1);

  if (self->vendor->is_free)
    {
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_NETWORK);
      g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_FAILED);
      g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_NO);
    }
  else
    {
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_UNKNOWN_PAYMENT);
      g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_UNKNOWN);
      g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_UNKNOWN);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  cloud_scene_add_tests (&openai);
  cloud_scene_add_tests (&vllm);
  cloud_scene_add_tests (&gateway);
  cloud_scene_add_tests (&litellm);
  cloud_scene_add (&openai, "lost", test_lost);
  cloud_scene_add (&vllm, "lost", test_lost);
  cloud_scene_add (&gateway, "path", test_path);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      cloud_scene_add_tests (&others[i]);
      cloud_scene_add (&others[i], "free", test_free);
    }

  return g_test_run ();
}
