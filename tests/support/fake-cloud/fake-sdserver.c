/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* stable-diffusion.cpp's own server, as providers/reshoot-sdserver.c knows it: its jobs, and beside them its OpenAI
 * route at the same port. What waits can be cancelled, what runs cannot. */

#include "fake-vendors.h"

static const char *
get_status (FakeState state)
{
  switch (state)
    {
    case FAKE_QUEUED:
      return "queued";
    case FAKE_ODD:
      return "warming_up";
    case FAKE_DONE:
      return "completed";
    case FAKE_CANCELLED:
      return "cancelled";
    case FAKE_FAILED:
    case FAKE_REFUSED_INPUT:
    case FAKE_REFUSED_OUTPUT:
      return "failed";
    case FAKE_RUNNING:
    case FAKE_GONE:
    default:
      return "generating";
    }
}

static void
answer_job (FakeExchange *exchange,
            FakeJob      *job)
{
  const char *status = get_status (job->state);
  const char *format = job->format != NULL ? job->format : "png";
  g_autofree char *base64 = NULL;
  GBytes *result;

  if (job->state == FAKE_DONE)
    {
      result = fake_job_get_result (job);
      base64 = g_base64_encode (g_bytes_get_data (result, NULL), g_bytes_get_size (result));
      fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"kind\":\"img_gen\",\"status\":\"completed\","
                                 "\"queue_position\":0,\"created\":1,\"started\":2,\"completed\":3,\"error\":null,"
                                 "\"result\":{\"output_format\":\"%s\","
                                 "\"images\":[{\"index\":0,\"b64_json\":\"%s\"}]}}",
                                 job->id, format, base64);
    }
  else if (g_str_equal (status, "failed"))
    fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"kind\":\"img_gen\",\"status\":\"failed\","
                               "\"queue_position\":0,\"result\":null,\"error\":{\"code\":\"generation_failed\","
                               "\"message\":\"out of memory\"}}", job->id);
  else if (job->state == FAKE_CANCELLED)
    fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"kind\":\"img_gen\",\"status\":\"cancelled\","
                               "\"queue_position\":0,\"result\":null,\"error\":{\"code\":\"cancelled\","
                               "\"message\":\"job cancelled\"}}", job->id);
  else
    fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"kind\":\"img_gen\",\"status\":\"%s\","
                               "\"queue_position\":%d,\"created\":1,\"started\":null,\"completed\":null,"
                               "\"result\":null,\"error\":null}", job->id, status,
                               job->state == FAKE_QUEUED ? 1 : 0);
}

static void
submit_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  JsonObject *body = fake_exchange_get_json (exchange);
  const char *prompt = NULL;
  JsonArray *pictures = NULL;
  g_autoptr (GBytes) picture = NULL;
  FakeJob *job;

  if (body != NULL)
    prompt = json_object_get_string_member_with_default (body, "prompt", NULL);
  if (prompt == NULL || json_object_has_member (body, "init_image"))
    {
      fake_exchange_refuse (exchange, 400, prompt == NULL ? "prompt is required" : "a start picture");
      return;
    }

  if (json_object_has_member (body, "ref_images"))
    pictures = json_object_get_array_member (body, "ref_images");
  if (pictures != NULL && json_array_get_length (pictures) > 0)
    picture = fake_cloud_read_picture (exchange->cloud,
                                       json_array_get_string_element (pictures, 0));

  job = fake_cloud_add_job (exchange, picture, prompt);
  job->width = (int) json_object_get_int_member_with_default (body, "width", 0);
  job->height = (int) json_object_get_int_member_with_default (body, "height", 0);
  job->format = g_strdup (json_object_get_string_member_with_default (body, "output_format", "png"));

  fake_exchange_answer_json (exchange, 202, "{\"id\":\"%s\",\"kind\":\"img_gen\",\"status\":\"queued\",\"created\":1,"
                             "\"poll_url\":\"/sdcpp/v1/jobs/%s\"}", job->id, job->id);
}

static void
poll_cb (FakeExchange *exchange,
         gpointer      user_data)
{
  FakeJob *job = fake_cloud_get_job (exchange->cloud, "sdserver", exchange->parts[0]);

  if (job == NULL)
    fake_exchange_refuse (exchange, 404, "job not found");
  else if (fake_job_poll (job) == FAKE_GONE)
    fake_exchange_refuse (exchange, 410, "job expired");
  else
    answer_job (exchange, job);
}

static void
cancel_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  FakeJob *job = fake_cloud_get_job (exchange->cloud, "sdserver", exchange->parts[0]);

  if (job == NULL)
    {
      fake_exchange_refuse (exchange, 404, "job not found");
      return;
    }

  if (job->state == FAKE_RUNNING || job->state == FAKE_ODD)
    {
      fake_exchange_refuse (exchange, 409, "job is generating");
      return;
    }

  fake_job_cancel (job);
  answer_job (exchange, job);
}

static void
capabilities_cb (FakeExchange *exchange,
                 gpointer      user_data)
{
  fake_exchange_answer_json (exchange, 200, "{\"model\":{\"name\":\"flux1-kontext-dev-Q8_0.gguf\","
                             "\"stem\":\"flux1-kontext-dev-Q8_0\",\"path\":\"/models/flux1-kontext-dev-Q8_0.gguf\"},"
                             "\"supported_modes\":[\"img_gen\"],\"features_by_mode\":{\"img_gen\":{\"ref_images\":true,"
                             "\"mask_image\":true,\"cancel_queued\":true,\"cancel_generating\":false}},"
                             "\"output_formats\":[\"png\",\"jpeg\"],\"limits\":{\"max_queue_size\":64}}");
}

static void
refuse (FakeExchange *exchange,
        guint         status,
        const char   *words)
{
  fake_exchange_answer_json (exchange, status, "{\"error\":\"%s\"}", words);
}

void
fake_sdserver_add (FakeCloud *cloud)
{
  static const FakeVendor vendor = { "sdserver", "", NULL, NULL, NULL, refuse };

  fake_cloud_add_vendor (cloud, &vendor);
  fake_cloud_add_route (cloud, "sdserver", FAKE_SUBMIT, "POST", "/sdcpp/v1/img_gen", submit_cb, NULL);
  fake_cloud_add_route (cloud, "sdserver", FAKE_POLL, "GET", "/sdcpp/v1/jobs/" "*", poll_cb, NULL);
  fake_cloud_add_route (cloud, "sdserver", FAKE_CANCEL, "POST", "/sdcpp/v1/jobs/" "*" "/cancel", cancel_cb, NULL);
  fake_cloud_add_route (cloud, "sdserver", FAKE_OTHER, "GET", "/sdcpp/v1/capabilities", capabilities_cb, NULL);
  fake_openai_add_to_sdserver (cloud);
}
