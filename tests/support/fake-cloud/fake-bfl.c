/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Black Forest Labs, as providers/reshoot-bfl.c knows it. */

#include "fake-vendors.h"

#define CREDITS 1234.5

static double
get_cost (FakeJob *job)
{
  return GPOINTER_TO_INT (job->data) * (job->fate == FAKE_WILL_COST_MORE ? 2.0 : 1.0);
}

static int
get_quote (const char *model)
{
  if (g_str_equal (model, "flux-kontext-max"))
    return 8;

  return g_str_equal (model, "flux-kontext-pro") ? 4 : 3;
}

static void
submit_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  JsonObject *body = fake_exchange_get_json (exchange);
  const char *prompt = body != NULL ? json_object_get_string_member_with_default (body, "prompt", NULL) : NULL;
  g_autoptr (GBytes) picture = NULL;
  FakeJob *job;

  if (prompt == NULL || !g_str_has_prefix (exchange->parts[0], "flux-"))
    {
      fake_exchange_answer_json (exchange, 422, "{\"detail\":[{\"loc\":[\"body\",\"prompt\"],"
                                 "\"msg\":\"Field required\",\"type\":\"missing\"}]}");
      return;
    }

  picture = fake_cloud_read_picture (exchange->cloud,
                                     json_object_get_string_member_with_default (body, "input_image", NULL));
  job = fake_cloud_add_job (exchange, picture, prompt);
  job->data = GINT_TO_POINTER (get_quote (exchange->parts[0]));
  job->width = (int) json_object_get_int_member_with_default (body, "width", 0);
  job->height = (int) json_object_get_int_member_with_default (body, "height", 0);
  job->format = g_strdup (json_object_get_string_member_with_default (body, "output_format", "jpeg"));

  fake_exchange_answer_json (exchange, 200,
                             "{\"id\":\"%s\",\"polling_url\":\"%s/v1/get_result?id=%s\",\"cost\":%d,"
                             "\"input_mp\":1.0,\"output_mp\":1.0}",
                             job->id, fake_cloud_get_uri (exchange->cloud, "bfl"), job->id,
                             GPOINTER_TO_INT (job->data));
}

static void
answer_status (FakeExchange *exchange,
               FakeJob      *job,
               const char   *status,
               const char   *details)
{
  g_autofree char *progress = NULL;

  if (job->state == FAKE_RUNNING)
    progress = g_strdup_printf ("%g", fake_job_get_progress (job));

  fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"status\":\"%s\",\"result\":null,\"progress\":%s,"
                             "\"details\":%s,\"preview\":null}", job->id, status,
                             progress != NULL ? progress : "null", details);
}

static void
answer_ready (FakeExchange *exchange,
              FakeJob      *job)
{
  fake_exchange_answer_json (exchange, 200,
                             "{\"id\":\"%s\",\"status\":\"Ready\",\"result\":{\"sample\":\"%s\",\"seed\":7},"
                             "\"progress\":null,\"details\":null,\"preview\":null,\"cost\":%d}",
                             job->id, fake_job_get_result_uri (job, 0), (int) get_cost (job));
}

static void
poll_cb (FakeExchange *exchange,
         gpointer      user_data)
{
  const char *id = fake_exchange_get_query (exchange, "id");
  FakeJob *job = id != NULL ? fake_cloud_get_job (exchange->cloud, "bfl", id) : NULL;
  FakeState state = job != NULL ? fake_job_poll (job) : FAKE_GONE;
  static const char moderated[] = "{\"Moderation Reasons\":[\"Content Filter\"]}";

  if (state == FAKE_GONE || state == FAKE_CANCELLED)
    fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"status\":\"Task not found\",\"result\":null,"
                               "\"progress\":null,\"details\":null,\"preview\":null}", id != NULL ? id : "");
  else if (state == FAKE_DONE)
    answer_ready (exchange, job);
  else if (state == FAKE_FAILED)
    answer_status (exchange, job, "Error", "{\"message\":\"out of memory\"}");
  else if (state == FAKE_REFUSED_INPUT)
    answer_status (exchange, job, "Request Moderated", moderated);
  else if (state == FAKE_REFUSED_OUTPUT)
    answer_status (exchange, job, "Content Moderated", moderated);
  else
    answer_status (exchange, job, state == FAKE_ODD ? "Daydreaming" : "Pending", "null");
}

static void
credits_cb (FakeExchange *exchange,
            gpointer      user_data)
{
  if (exchange->key == NULL)
    fake_exchange_refuse (exchange, 403, "Not authenticated");
  else
    fake_exchange_answer_json (exchange, 200, "{\"credits\":%g}", CREDITS);
}

void
fake_bfl_add (FakeCloud *cloud)
{
  static const FakeVendor vendor = { "bfl", "", "x-key", NULL, "BFL_API_KEY", NULL };

  fake_cloud_add_vendor (cloud, &vendor);
  fake_cloud_add_route (cloud, "bfl", FAKE_POLL, "GET", "/v1/get_result", poll_cb, NULL);
  fake_cloud_add_route (cloud, "bfl", FAKE_OTHER, "GET", "/v1/credits", credits_cb, NULL);
  fake_cloud_add_route (cloud, "bfl", FAKE_SUBMIT, "POST", "/v1/*", submit_cb, NULL);
}
