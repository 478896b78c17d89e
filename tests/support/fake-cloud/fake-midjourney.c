/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in front of Midjourney: ImagineAPI, UseAPI.net, and Midjourney Proxy in both of its flavours. Each makes
 * four pictures of one request: by their own addresses, or as one grid. */

#include "fake-vendors.h"

#include <string.h>

/* The address that a prompt begins with, where it begins with one. */
static GBytes *
read_prompt (FakeExchange *exchange,
             const char   *prompt)
{
  g_autofree char *first = g_strndup (prompt, strcspn (prompt, " "));

  return fake_cloud_read_picture (exchange->cloud, first);
}

static const char *
get_text (JsonObject *body,
          const char *name)
{
  return body != NULL ? json_object_get_string_member_with_default (body, name, NULL) : NULL;
}

/* ImagineAPI */

static void
answer_record (FakeExchange *exchange,
               FakeJob      *job,
               const char   *status)
{
  g_autofree char *progress = g_strdup_printf ("%d", (int) (fake_job_get_progress (job) * 100));

  if (job->state == FAKE_DONE)
    fake_exchange_answer_json (exchange, 200, "{\"data\":{\"id\":\"%s\",\"status\":\"%s\",\"progress\":100,"
                               "\"upscaled_urls\":[\"%s\",\"%s\",\"%s\",\"%s\"],\"error\":null}}", job->id, status,
                               fake_job_get_result_uri (job, 0), fake_job_get_result_uri (job, 1),
                               fake_job_get_result_uri (job, 2), fake_job_get_result_uri (job, 3));
  else
    fake_exchange_answer_json (exchange, 200, "{\"data\":{\"id\":\"%s\",\"status\":\"%s\",\"progress\":%s,"
                               "\"url\":null,\"upscaled_urls\":null,\"error\":%s}}", job->id, status,
                               job->state == FAKE_RUNNING ? progress : "null",
                               job->state == FAKE_FAILED ? "\"Timed out\"" : "null");
}

static void
imagineapi_submit_cb (FakeExchange *exchange,
                      gpointer      user_data)
{
  const char *prompt = get_text (fake_exchange_get_json (exchange), "prompt");
  g_autoptr (GBytes) picture = NULL;

  if (prompt == NULL)
    {
      fake_exchange_refuse (exchange, 400, "Value for field prompt is required");
      return;
    }

  picture = read_prompt (exchange, prompt);
  answer_record (exchange, fake_cloud_add_job (exchange, picture, prompt), "pending");
}

static void
imagineapi_poll_cb (FakeExchange *exchange,
                    gpointer      user_data)
{
  FakeJob *job = fake_cloud_get_job (exchange->cloud, "imagineapi", exchange->parts[0]);
  FakeState state = job != NULL ? fake_job_poll (job) : FAKE_GONE;

  if (state == FAKE_GONE)
    fake_exchange_refuse (exchange, 404, "Not found");
  else if (state == FAKE_DONE)
    answer_record (exchange, job, "completed");
  else if (state == FAKE_FAILED)
    answer_record (exchange, job, "failed");
  else
    answer_record (exchange, job, state == FAKE_ODD ? "dreaming" : state == FAKE_QUEUED ? "pending" : "in-progress");
}

static void
imagineapi_status_cb (FakeExchange *exchange,
                      gpointer      user_data)
{
  fake_exchange_answer_json (exchange, 200, "{\"data\":{\"bot_status\":\"healthy\"}}");
}

void
fake_imagineapi_add (FakeCloud *cloud)
{
  static const FakeVendor vendor = { "imagineapi", "", "Authorization", "Bearer ", "IMAGINEAPI_TOKEN", NULL };

  fake_cloud_add_vendor (cloud, &vendor);
  fake_cloud_add_route (cloud, "imagineapi", FAKE_SUBMIT, "POST", "/items/images", imagineapi_submit_cb, NULL);
  fake_cloud_add_route (cloud, "imagineapi", FAKE_POLL, "GET", "/items/images/*", imagineapi_poll_cb, NULL);
  fake_cloud_add_route (cloud, "imagineapi", FAKE_OTHER, "GET", "/items/status", imagineapi_status_cb, NULL);
}

/* UseAPI.net */

static void
answer_job (FakeExchange *exchange,
            FakeJob      *job,
            const char   *status)
{
  if (job->state == FAKE_DONE && job->data != NULL)
    fake_exchange_answer_json (exchange, 200, "{\"jobid\":\"%s\",\"verb\":\"button\",\"status\":\"%s\","
                               "\"response\":{\"buttons\":[\"Vary (Subtle)\"],\"attachments\":[{\"url\":\"%s\"}]}}",
                               job->id, status, fake_job_get_result_uri (job, 0));
  else if (job->state == FAKE_DONE)
    fake_exchange_answer_json (exchange, 200, "{\"jobid\":\"%s\",\"verb\":\"imagine\",\"status\":\"%s\","
                               "\"response\":{\"buttons\":[\"U1\",\"U2\",\"U3\",\"U4\",\"V1\",\"V2\",\"V3\",\"V4\"],"
                               "\"imageUx\":[{\"id\":1,\"url\":\"%s\"},{\"id\":2,\"url\":\"%s\"},"
                               "{\"id\":3,\"url\":\"%s\"},{\"id\":4,\"url\":\"%s\"}]}}", job->id, status,
                               fake_job_get_result_uri (job, 0), fake_job_get_result_uri (job, 1),
                               fake_job_get_result_uri (job, 2), fake_job_get_result_uri (job, 3));
  else
    fake_exchange_answer_json (exchange, 200, "{\"jobid\":\"%s\",\"verb\":\"imagine\",\"status\":\"%s\","
                               "\"response\":{\"progress_percent\":%d},\"error\":null}", job->id, status,
                               (int) (fake_job_get_progress (job) * 100));
}

/* Without "stream": false the service would send events; nobody here wants them. */
static void
useapi_submit_cb (FakeExchange *exchange,
                  gpointer      user_data)
{
  JsonObject *body = fake_exchange_get_json (exchange);
  gboolean is_button = user_data != NULL;
  const char *prompt = get_text (body, is_button ? "button" : "prompt");
  g_autoptr (GBytes) picture = NULL;
  FakeJob *job;

  if (prompt == NULL || json_object_get_boolean_member_with_default (body, "stream", TRUE))
    {
      fake_exchange_refuse (exchange, 400, "Required parameter is missing");
      return;
    }

  picture = read_prompt (exchange, prompt);
  job = fake_cloud_add_job (exchange, picture, prompt);
  job->data = is_button ? job : NULL;
  if (job->fate == FAKE_WILL_REFUSE_INPUT)
    fake_exchange_refuse (exchange, 422, "Banned prompt detected");
  else
    fake_exchange_answer_json (exchange, 201, "{\"jobid\":\"%s\",\"status\":\"created\"}", job->id);
}

static void
useapi_poll_cb (FakeExchange *exchange,
                gpointer      user_data)
{
  static const char * const words[] = {
    [FAKE_QUEUED] = "created", [FAKE_RUNNING] = "progress", [FAKE_ODD] = "daydreaming", [FAKE_DONE] = "completed",
    [FAKE_FAILED] = "failed", [FAKE_REFUSED_INPUT] = "moderated", [FAKE_REFUSED_OUTPUT] = "moderated",
    [FAKE_CANCELLED] = "cancelled",
  };
  FakeJob *job = fake_cloud_get_job (exchange->cloud, "useapi", exchange->parts[0]);
  FakeState state = job != NULL ? fake_job_poll (job) : FAKE_GONE;

  if (state == FAKE_GONE)
    fake_exchange_refuse (exchange, 410, "Job expired");
  else
    answer_job (exchange, job, words[state]);
}

static void
useapi_cancel_cb (FakeExchange *exchange,
                  gpointer      user_data)
{
  FakeJob *job = fake_cloud_get_job (exchange->cloud, "useapi", exchange->parts[0]);

  if (job == NULL)
    {
      fake_exchange_refuse (exchange, 404, "Job not found");
      return;
    }

  fake_job_cancel (job);
  fake_exchange_answer_json (exchange, 200, "{\"jobid\":\"%s\",\"status\":\"cancelled\"}", job->id);
}

static void
useapi_account_cb (FakeExchange *exchange,
                   gpointer      user_data)
{
  fake_exchange_answer_json (exchange, 200, user_data != NULL ? "[{\"channel\":\"1\"}]" : "{}");
}

void
fake_useapi_add (FakeCloud *cloud)
{
  static const FakeVendor vendor = { "useapi", "/v3/midjourney", "Authorization", "Bearer ", "USEAPI_TOKEN", NULL };

  fake_cloud_add_vendor (cloud, &vendor);
  fake_cloud_add_route (cloud, "useapi", FAKE_SUBMIT, "POST", "/v3/midjourney/jobs/imagine", useapi_submit_cb, NULL);
  fake_cloud_add_route (cloud, "useapi", FAKE_SUBMIT, "POST", "/v3/midjourney/jobs/button", useapi_submit_cb,
                        GINT_TO_POINTER (TRUE));
  fake_cloud_add_route (cloud, "useapi", FAKE_POLL, "GET", "/v3/midjourney/jobs/*", useapi_poll_cb, NULL);
  fake_cloud_add_route (cloud, "useapi", FAKE_CANCEL, "DELETE", "/v3/midjourney/jobs/*", useapi_cancel_cb, NULL);
  fake_cloud_add_route (cloud, "useapi", FAKE_OTHER, "GET", "/v2/account", useapi_account_cb, NULL);
  fake_cloud_add_route (cloud, "useapi", FAKE_OTHER, "GET", "/v3/midjourney/accounts", useapi_account_cb,
                        GINT_TO_POINTER (TRUE));
}

/* Midjourney Proxy */

static void
mjproxy_submit_cb (FakeExchange *exchange,
                   gpointer      user_data)
{
  JsonObject *body = fake_exchange_get_json (exchange);
  const char *prompt = get_text (body, "prompt");
  JsonArray *pictures = body != NULL && json_object_has_member (body, "base64Array")
                        ? json_object_get_array_member (body, "base64Array") : NULL;
  g_autoptr (GBytes) picture = NULL;
  FakeJob *job;

  if (prompt == NULL)
    {
      fake_exchange_answer_json (exchange, 200, "{\"code\":4,\"description\":\"prompt\",\"result\":null}");
      return;
    }

  if (pictures != NULL)
    picture = fake_cloud_read_picture (exchange->cloud,
                                       json_array_get_string_element (pictures, 0));
  job = fake_cloud_add_job (exchange, picture, prompt);
  job->is_grid = user_data == NULL;
  if (job->fate == FAKE_WILL_REFUSE_INPUT)
    fake_exchange_answer_json (exchange, 200, "{\"code\":24,\"description\":\"\",\"result\":null,"
                               "\"properties\":{\"bannedWord\":\"warm\"}}");
  else
    fake_exchange_answer_json (exchange, 200, "{\"code\":1,\"description\":\"\",\"result\":\"%s\","
                               "\"properties\":{}}", job->id);
}

/* What the elder flavour can do with an earlier task: "U2" is a picture, "V2" a grid. */
static void
mjproxy_change_cb (FakeExchange *exchange,
                   gpointer      user_data)
{
  JsonObject *body = fake_exchange_get_json (exchange);
  const char *id = get_text (body, "taskId");
  const char *action = get_text (body, "action");
  FakeJob *source = id != NULL ? fake_cloud_get_job (exchange->cloud, "mjproxy", id) : NULL;
  FakeJob *job;

  if (source == NULL || action == NULL)
    {
      fake_exchange_answer_json (exchange, 200, "{\"code\":3,\"description\":\"task\",\"result\":null}");
      return;
    }

  job = fake_cloud_add_job (exchange, source->picture, action);
  job->is_grid = !g_str_equal (action, "UPSCALE");
  fake_exchange_answer_json (exchange, 200, "{\"code\":1,\"description\":\"\",\"result\":\"%s\","
                             "\"properties\":{}}", job->id);
}

/* The proxy asks back before it goes on; only the words of the task end that. */
static void
mjproxy_action_cb (FakeExchange *exchange,
                   gpointer      user_data)
{
  const char *id = get_text (fake_exchange_get_json (exchange), "customId");
  FakeJob *job;

  if (id == NULL)
    {
      fake_exchange_answer_json (exchange, 200, "{\"code\":4,\"description\":\"customId\",\"result\":null}");
      return;
    }

  job = fake_cloud_add_job (exchange, NULL, id);
  job->data = g_strdup ("MODAL");
  job->free_data = g_free;
  fake_exchange_answer_json (exchange, 200, "{\"code\":21,\"description\":\"\",\"result\":\"%s\","
                             "\"properties\":{\"remix\":true}}", job->id);
}

static void
mjproxy_modal_cb (FakeExchange *exchange,
                  gpointer      user_data)
{
  JsonObject *body = fake_exchange_get_json (exchange);
  const char *id = get_text (body, "taskId");
  FakeJob *job = id != NULL ? fake_cloud_get_job (exchange->cloud, "mjproxy", id) : NULL;

  if (job == NULL || get_text (body, "prompt") == NULL || job->data == NULL)
    {
      fake_exchange_answer_json (exchange, 200, "{\"code\":9,\"description\":\"no\",\"result\":null}");
      return;
    }

  g_clear_pointer (&job->data, g_free);
  fake_exchange_answer_json (exchange, 200, "{\"code\":1,\"description\":\"\",\"result\":\"%s\"}", job->id);
}

static void
answer_success (FakeExchange *exchange,
                FakeJob      *job,
                gboolean      is_trueai)
{
  if (is_trueai)
    fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"action\":\"IMAGINE\",\"status\":\"SUCCESS\","
                               "\"progress\":\"100%%\",\"imageUrl\":\"%s\",\"imageUrls\":[{\"url\":\"%s\"},"
                               "{\"url\":\"%s\"},{\"url\":\"%s\"},{\"url\":\"%s\"}],\"buttons\":"
                               "[{\"customId\":\"MJ::JOB::upsample::1::f\"},"
                               "{\"customId\":\"MJ::JOB::variation::1::f\"}]}", job->id,
                               fake_job_get_result_uri (job, 0), fake_job_get_result_uri (job, 0),
                               fake_job_get_result_uri (job, 1), fake_job_get_result_uri (job, 2),
                               fake_job_get_result_uri (job, 3));
  else
    fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"action\":\"IMAGINE\",\"status\":\"SUCCESS\","
                               "\"progress\":\"100%%\",\"imageUrl\":\"%s\"}", job->id,
                               fake_job_get_result_uri (job, 0));
}

static void
mjproxy_fetch_cb (FakeExchange *exchange,
                  gpointer      user_data)
{
  FakeJob *job = fake_cloud_get_job (exchange->cloud, "mjproxy", exchange->parts[0]);
  FakeState state = job != NULL && job->data == NULL ? fake_job_poll (job) : FAKE_GONE;

  if (job != NULL && job->data != NULL)
    fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"status\":\"MODAL\",\"prompt\":\"warm\"}", job->id);
  else if (state == FAKE_GONE)
    fake_exchange_answer_json (exchange, 200, "null");
  else if (state == FAKE_DONE)
    answer_success (exchange, job, user_data != NULL);
  else if (state == FAKE_CANCELLED)
    fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"status\":\"FAILURE\","
                               "\"failReason\":\"取消任务\"}", job->id);
  else if (state == FAKE_FAILED)
    fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"status\":\"FAILURE\",\"failReason\":\"no\"}", job->id);
  else
    fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\",\"status\":\"%s\",\"progress\":\"%d%%\"}", job->id,
                               state == FAKE_ODD ? "RUNNING" : state == FAKE_QUEUED ? "SUBMITTED" : "IN_PROGRESS",
                               (int) (fake_job_get_progress (job) * 100));
}

static void
mjproxy_cancel_cb (FakeExchange *exchange,
                   gpointer      user_data)
{
  FakeJob *job = fake_cloud_get_job (exchange->cloud, "mjproxy", exchange->parts[0]);

  if (job != NULL)
    fake_job_cancel (job);
  fake_exchange_answer_json (exchange, 200, "{\"code\":%d,\"description\":\"\",\"result\":null}", job != NULL ? 1 : 3);
}

static void
mjproxy_list_cb (FakeExchange *exchange,
                 gpointer      user_data)
{
  fake_exchange_answer_json (exchange, 200, "[]");
}

static void
add_mjproxy (FakeCloud *cloud,
             gpointer   is_trueai)
{
  static const FakeVendor vendor = { "mjproxy", "/mj", "mj-api-secret", NULL, "MJ_PROXY_SECRET", NULL };

  fake_cloud_add_vendor (cloud, &vendor);
  fake_cloud_add_route (cloud, "mjproxy", FAKE_SUBMIT, "POST", "/mj/submit/imagine", mjproxy_submit_cb, is_trueai);
  fake_cloud_add_route (cloud, "mjproxy", FAKE_SUBMIT, "POST", "/mj/submit/change", mjproxy_change_cb, NULL);
  fake_cloud_add_route (cloud, "mjproxy", FAKE_POLL, "GET", "/mj/task/*/fetch", mjproxy_fetch_cb, is_trueai);
  fake_cloud_add_route (cloud, "mjproxy", FAKE_OTHER, "GET", "/mj/task/list", mjproxy_list_cb, NULL);
}

/* novicezk's, which began it. */
void
fake_mjproxy_add (FakeCloud *cloud)
{
  add_mjproxy (cloud, NULL);
  fake_cloud_add_route (cloud, "mjproxy", FAKE_OTHER, "GET", "/mj/task/queue", mjproxy_list_cb, NULL);
}

/* trueai-org's, which went on. */
void
fake_mjproxy_add_trueai (FakeCloud *cloud)
{
  add_mjproxy (cloud, GINT_TO_POINTER (TRUE));
  fake_cloud_add_route (cloud, "mjproxy", FAKE_SUBMIT, "POST", "/mj/submit/action", mjproxy_action_cb, NULL);
  fake_cloud_add_route (cloud, "mjproxy", FAKE_OTHER, "POST", "/mj/submit/modal", mjproxy_modal_cb, NULL);
  fake_cloud_add_route (cloud, "mjproxy", FAKE_CANCEL, "POST", "/mj/task/*/cancel", mjproxy_cancel_cb, NULL);
}
