/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Replicate, as providers/reshoot-replicate.c and its JavaScript client know it. "Prefer: wait" is answered at once,
 * with what there is. */

#include "fake-cloud-private.h"
#include "fake-vendors.h"

#include <string.h>

static void
refuse (FakeExchange *exchange,
        guint         status,
        const char   *words)
{
  fake_exchange_answer_json (exchange, status, "{\"title\":\"%s\",\"detail\":\"%s\",\"status\":%u}",
                             soup_status_get_phrase (status), words, status);
}

static const char *
get_status (FakeJob *job)
{
  switch (job->state)
    {
    case FAKE_QUEUED:
      return "starting";
    case FAKE_RUNNING:
      return "processing";
    case FAKE_ODD:
      return "daydreaming";
    case FAKE_DONE:
      return "succeeded";
    case FAKE_CANCELLED:
      return job->polls == 0 ? "aborted" : "canceled";
    case FAKE_FAILED:
    case FAKE_REFUSED_INPUT:
    case FAKE_REFUSED_OUTPUT:
    case FAKE_GONE:
    default:
      return "failed";
    }
}

static const char *
get_error (FakeJob *job)
{
  if (job->state == FAKE_REFUSED_INPUT)
    return "Input image was flagged as sensitive. Please try again with different inputs. (E005)";
  if (job->state == FAKE_REFUSED_OUTPUT)
    return "The output was flagged as sensitive. Please try again with different inputs. (E005)";

  return job->state == FAKE_FAILED ? "Prediction interrupted; please retry (code: PA)" : NULL;
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_urls (JsonBuilder *builder,
          FakeJob     *job)
{
  const char *base = fake_cloud_get_uri (job->cloud, "replicate");
  g_autofree char *get = g_strdup_printf ("%s/predictions/%s", base, job->id);
  g_autofree char *cancel = g_strconcat (get, "/cancel", NULL);
  g_autofree char *web = g_strconcat ("https://replicate.com/p/", job->id, NULL);

  json_builder_set_member_name (builder, "urls");
  json_builder_begin_object (builder);
  add_text (builder, "get", get);
  add_text (builder, "cancel", cancel);
  add_text (builder, "web", web);
  json_builder_end_object (builder);
}

static void
answer_prediction (FakeExchange *exchange,
                   FakeJob      *job,
                   guint         status)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "id", job->id);
  add_text (builder, "model", job->data);
  add_text (builder, "version", "hidden");
  json_builder_set_member_name (builder, "input");
  json_builder_begin_object (builder);
  add_text (builder, "prompt", job->prompt);
  json_builder_end_object (builder);
  add_text (builder, "logs", "");
  add_text (builder, "output", job->state == FAKE_DONE ? fake_job_get_result_uri (job, 0) : NULL);
  json_builder_set_member_name (builder, "data_removed");
  json_builder_add_boolean_value (builder, FALSE);
  add_text (builder, "error", get_error (job));
  add_text (builder, "source", "api");
  add_text (builder, "status", get_status (job));
  add_text (builder, "created_at", "2026-11-22T12:00:00.000Z");
  add_urls (builder, job);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  fake_exchange_answer_node (exchange, status, root);
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static JsonObject *
get_input (FakeExchange *exchange)
{
  JsonObject *body = fake_exchange_get_json (exchange);
  JsonNode *node = body != NULL ? json_object_get_member (body, "input") : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
submit_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  JsonObject *input = get_input (exchange);
  const char *prompt = get_text (input, "prompt");
  const char *source = get_text (input, "input_image");
  const char *format = get_text (input, "output_format");
  const char *model = exchange->parts[1];
  g_autofree char *id = NULL;
  g_autoptr (GBytes) picture = NULL;
  FakeJob *job;

  picture = fake_cloud_read_picture (exchange->cloud, source);
  if (prompt == NULL || (picture == NULL && (source != NULL || strstr (model, "dev") != NULL)))
    {
      fake_exchange_refuse (exchange, 422, prompt == NULL ? "- input: prompt is required"
                                                          : "- input.input_image: Does not match format 'uri'");
      return;
    }

  job = fake_cloud_add_job (exchange, picture, prompt);
  id = g_strdup (job->id);
  fake_job_set_id (job, g_strdelimit (id, "-", 'x'));
  job->data = g_strdup_printf ("%s/%s", exchange->parts[0], model);
  job->free_data = g_free;
  job->format = g_strdup (g_strcmp0 (format, "jpg") == 0 ? "jpeg" : format);
  answer_prediction (exchange, job, 201);
}

static FakeJob *
find_job (FakeExchange *exchange)
{
  FakeJob *job = fake_cloud_get_job (exchange->cloud, "replicate", exchange->parts[0]);

  if (job == NULL)
    fake_exchange_refuse (exchange, 404, "The requested resource could not be found.");

  return job;
}

static void
poll_cb (FakeExchange *exchange,
         gpointer      user_data)
{
  FakeJob *job = find_job (exchange);

  if (job == NULL)
    return;

  if (fake_job_poll (job) == FAKE_GONE)
    fake_exchange_refuse (exchange, 404, "The requested resource could not be found.");
  else
    answer_prediction (exchange, job, 200);
}

static void
cancel_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  FakeJob *job = find_job (exchange);

  if (job == NULL)
    return;

  fake_job_cancel (job);
  answer_prediction (exchange, job, 200);
}

/* Its address is asked with the key, and is good for a prediction's input. */
static void
upload_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  const FakePart *content = fake_exchange_get_part (exchange, "content", 0);
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 12, 0, 0);
  g_autoptr (GDateTime) gone = g_date_time_add_seconds (created, exchange->cloud->upload_life);
  g_autofree char *expires = g_date_time_format_iso8601 (gone);
  const char *uri;

  if (exchange->key == NULL || content == NULL || content->filename == NULL)
    {
      fake_exchange_refuse (exchange, exchange->key == NULL ? 401 : 400, "content is missing");
      return;
    }

  uri = fake_cloud_host (exchange->cloud, "replicate", content->bytes,
                         content->content_type != NULL ? content->content_type : "application/octet-stream");
  fake_exchange_answer_json (exchange, 201,
                             "{\"id\":\"file\",\"name\":\"%s\",\"content_type\":\"%s\",\"size\":%u,\"metadata\":{},"
                             "\"created_at\":\"2026-11-22T12:00:00Z\",\"expires_at\":\"%s\","
                             "\"urls\":{\"get\":\"%s\"}}",
                             content->filename, content->content_type,
                             (guint) g_bytes_get_size (content->bytes), expires, uri);
}

static void
account_cb (FakeExchange *exchange,
            gpointer      user_data)
{
  if (exchange->key == NULL)
    fake_exchange_refuse (exchange, 401, "You did not pass a valid authentication token");
  else
    fake_exchange_answer_json (exchange, 200, "{\"type\":\"organization\",\"username\":\"fake-cloud\","
                               "\"name\":\"Fake Cloud\",\"github_url\":null,\"avatar_url\":null}");
}

void
fake_replicate_add (FakeCloud *cloud)
{
  static const FakeVendor vendor = {
    "replicate", "/v1", "Authorization", "Bearer ", "REPLICATE_API_TOKEN", refuse,
  };

  fake_cloud_add_vendor (cloud, &vendor);
  fake_cloud_add_route (cloud, "replicate", FAKE_SUBMIT, "POST", "/v1/models/*/*/predictions", submit_cb, NULL);
  fake_cloud_add_route (cloud, "replicate", FAKE_POLL, "GET", "/v1/predictions/*", poll_cb, NULL);
  fake_cloud_add_route (cloud, "replicate", FAKE_CANCEL, "POST", "/v1/predictions/*/cancel", cancel_cb, NULL);
  fake_cloud_add_route (cloud, "replicate", FAKE_UPLOAD, "POST", "/v1/files", upload_cb, NULL);
  fake_cloud_add_route (cloud, "replicate", FAKE_OTHER, "GET", "/v1/account", account_cb, NULL);
}
