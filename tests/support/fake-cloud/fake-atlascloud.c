/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Atlas Cloud, as providers/reshoot-atlascloud.c knows it. A new task is unknown when it is asked for first. */

#include "fake-vendors.h"

#include <string.h>

#define VENDOR "atlascloud"

typedef struct
{
  guint    n;         /* pictures wanted */
  gboolean is_known;  /* it was asked for once */
} Task;

/* The models that edit pictures; "fields" beside the model and the prompt. Anything else is refused here. */
static const struct
{
  const char *model;
  const char *name;
  const char *image;
  const char *price;
  const char *fields;
  const char *schema;
} models[] = {
  { "black-forest-labs/flux-kontext-dev", "Flux Kontext Dev", "image", "\"0.025\"",
    "image size num_images num_inference_steps guidance_scale seed enable_base64_output enable_safety_checker",
    "\"prompt\":{\"type\":\"string\"},\"image\":{\"type\":\"string\"},"
    "\"size\":{\"type\":\"string\",\"default\":\"1024*1024\"},"
    "\"num_images\":{\"type\":\"integer\",\"default\":1,\"minimum\":1,\"maximum\":4},"
    "\"num_inference_steps\":{\"type\":\"integer\",\"default\":28,\"minimum\":1,\"maximum\":50},"
    "\"guidance_scale\":{\"type\":\"number\",\"default\":2.5,\"minimum\":1,\"maximum\":20},"
    "\"seed\":{\"type\":\"integer\",\"default\":-1,\"minimum\":-1,\"maximum\":2147483647},"
    "\"enable_base64_output\":{\"type\":\"boolean\",\"default\":false},"
    "\"enable_safety_checker\":{\"type\":\"boolean\",\"default\":true}" },
  { "google/nano-banana/edit", "Nano Banana Edit", "images", "0.038",
    "images aspect_ratio output_format",
    "\"prompt\":{\"type\":\"string\"},\"images\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
    "\"aspect_ratio\":{\"type\":\"string\",\"enum\":[\"1:1\",\"3:2\",\"2:3\"]},"
    "\"output_format\":{\"type\":\"string\",\"default\":\"jpeg\",\"enum\":[\"png\",\"jpeg\"]}" },
};

static void
refuse (FakeExchange *exchange,
        guint         status,
        const char   *words)
{
  fake_exchange_answer_json (exchange, status, "{\"code\":%u,\"msg\":\"%s\",\"request_id\":\"fake\",\"data\":null}",
                             status, words);
}

static int
find_model (JsonObject *body)
{
  const char *model = body != NULL ? json_object_get_string_member_with_default (body, "model", NULL) : NULL;

  for (guint i = 0; model != NULL && i < G_N_ELEMENTS (models); i++)
    if (g_str_equal (models[i].model, model))
      return (int) i;

  return -1;
}

static gboolean
has_strange_field (JsonObject *body,
                   const char *fields)
{
  g_autoptr (GList) names = json_object_get_members (body);
  g_auto (GStrv) known = g_strsplit (fields, " ", -1);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains ((const char * const *) known, l->data) &&
        !g_str_equal (l->data, "model") && !g_str_equal (l->data, "prompt"))
      return TRUE;

  return FALSE;
}

static GBytes *
read_picture (FakeCloud  *cloud,
              JsonObject *body,
              const char *field)
{
  JsonNode *node = json_object_get_member (body, field);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && g_str_equal (field, "images") &&
      json_array_get_length (json_node_get_array (node)) > 0)
    node = json_array_get_element (json_node_get_array (node), 0);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  return fake_cloud_read_picture (cloud, json_node_get_string (node));
}

static void
take_size (FakeJob    *job,
           const char *size)
{
  g_auto (GStrv) sides = size != NULL ? g_strsplit (size, "*", 2) : NULL;

  if (sides != NULL && g_strv_length (sides) == 2)
    {
      job->width = atoi (sides[0]);
      job->height = atoi (sides[1]);
    }
}

static void
submit_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  JsonObject *body = fake_exchange_get_json (exchange);
  int i = find_model (body);
  g_autoptr (GBytes) picture = NULL;
  FakeJob *job;
  Task *task;

  if (i < 0 || has_strange_field (body, models[i].fields))
    {
      refuse (exchange, i < 0 ? 404 : 400, i < 0 ? "model not found" : "unknown field");
      return;
    }

  picture = read_picture (exchange->cloud, body, models[i].image);
  if (picture == NULL)
    {
      refuse (exchange, 400, "no picture");
      return;
    }

  job = fake_cloud_add_job (exchange, picture, json_object_get_string_member_with_default (body, "prompt", ""));
  job->format = g_strdup (json_object_get_string_member_with_default (body, "output_format", "jpeg"));
  take_size (job, json_object_get_string_member_with_default (body, "size", NULL));
  task = g_new0 (Task, 1);
  task->n = (guint) json_object_get_int_member_with_default (body, "num_images", 1);
  job->data = task;
  job->free_data = g_free;

  fake_exchange_answer_json (exchange, 200, "{\"code\":200,\"message\":\"success\",\"data\":{\"id\":\"%s\","
                             "\"status\":\"starting\"}}", job->id);
}

static void
answer_task (FakeExchange *exchange,
             FakeJob      *job,
             const char   *status,
             const char   *outputs,
             const char   *error,
             const char   *code)
{
  fake_exchange_answer_json (exchange, 200,
                             "{\"code\":200,\"message\":\"success\",\"data\":{\"id\":\"%s\",\"status\":\"%s\","
                             "\"outputs\":%s,\"error\":\"%s\",\"error_code\":%s,\"metrics\":{}}}",
                             job->id, status, outputs, error, code);
}

static void
answer_outputs (FakeExchange *exchange,
                FakeJob      *job)
{
  g_autoptr (GString) outputs = g_string_new ("[");

  for (guint i = 0; i < ((Task *) job->data)->n; i++)
    g_string_append_printf (outputs, "%s\"%s\"", i > 0 ? "," : "", fake_job_get_result_uri (job, i));
  g_string_append_c (outputs, ']');
  answer_task (exchange, job, "completed", outputs->str, "", "null");
}

static void
poll_cb (FakeExchange *exchange,
         gpointer      user_data)
{
  FakeJob *job = fake_cloud_get_job (exchange->cloud, VENDOR, exchange->parts[0]);
  gboolean is_new = job != NULL && !((Task *) job->data)->is_known;
  FakeState state;

  if (job == NULL || is_new)
    {
      if (is_new)
        ((Task *) job->data)->is_known = TRUE;
      refuse (exchange, 404, "prediction not found");
      return;
    }

  state = fake_job_poll (job);
  if (state == FAKE_GONE)
    refuse (exchange, 404, "prediction not found");
  else if (state == FAKE_DONE)
    answer_outputs (exchange, job);
  else if (state == FAKE_REFUSED_INPUT || state == FAKE_REFUSED_OUTPUT)
    answer_task (exchange, job, "failed", "null", "flagged by moderation", "1039");
  else if (state == FAKE_FAILED || state == FAKE_CANCELLED)
    answer_task (exchange, job, "failed", "null", "out of memory", "1001");
  else if (state == FAKE_ODD)
    answer_task (exchange, job, "daydreaming", "null", "", "null");
  else
    answer_task (exchange, job, state == FAKE_QUEUED ? "pending" : "processing", "null", "", "null");
}

static void
upload_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  const FakePart *part = fake_exchange_get_part (exchange, "file", 0);
  const char *uri;

  if (part == NULL || exchange->key == NULL)
    {
      refuse (exchange, part == NULL ? 400 : 401, "no file, or no key");
      return;
    }

  uri = fake_cloud_host (exchange->cloud, VENDOR, part->bytes,
                         part->content_type != NULL ? part->content_type : "application/octet-stream");
  fake_exchange_answer_json (exchange, 200, "{\"code\":200,\"message\":\"success\",\"data\":{\"type\":\"image\","
                             "\"download_url\":\"%s\",\"filename\":\"%s\",\"size\":%" G_GSIZE_FORMAT "}}", uri,
                             part->filename != NULL ? part->filename : "", g_bytes_get_size (part->bytes));
}

static void
models_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  const char *origin = fake_cloud_get_uri (exchange->cloud, VENDOR);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    g_string_append_printf (list, "{\"uuid\":\"u%u\",\"model\":\"%s\",\"type\":\"Image\",\"displayName\":\"%s\","
                            "\"price\":{\"actual\":{\"base_price\":%s}},\"schema\":\"%s/schemas/%u.json\","
                            "\"categories\":[\"IMAGE-TO-IMAGE\"],\"display_console\":true},",
                            i, models[i].model, models[i].name, models[i].price, origin, i);

  fake_exchange_answer_json (exchange, 200, "{\"code\":200,\"data\":[%s"
                             "{\"uuid\":\"t\",\"model\":\"black-forest-labs/flux-schnell\",\"type\":\"Image\","
                             "\"displayName\":\"Flux Schnell\",\"price\":{\"actual\":{\"base_price\":\"0.003\"}},"
                             "\"categories\":[\"TEXT-TO-IMAGE\"],\"display_console\":true}]}", list->str);
}

static void
schema_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  guint64 i = g_ascii_strtoull (exchange->parts[0], NULL, 10);

  if (i >= G_N_ELEMENTS (models))
    refuse (exchange, 404, "no schema");
  else
    fake_exchange_answer_json (exchange, 200, "{\"openapi\":\"3.0.0\",\"components\":{\"schemas\":{\"Input\":"
                               "{\"type\":\"object\",\"properties\":{%s}}}}}", models[i].schema);
}

static void
balance_cb (FakeExchange *exchange,
            gpointer      user_data)
{
  if (exchange->key == NULL)
    fake_exchange_answer_json (exchange, 401, "{\"error\":{\"type\":\"authentication_error\",\"code\":\"401\","
                               "\"message\":\"No key\",\"param\":null},\"request_id\":\"fake\"}");
  else
    fake_exchange_answer_json (exchange, 200, "{\"available\":{\"value\":\"7.5\",\"currency\":\"USD\"},"
                               "\"cash\":{\"value\":\"5\",\"currency\":\"USD\"},"
                               "\"bonus\":{\"value\":\"2.5\",\"currency\":\"USD\"},"
                               "\"frozen\":{\"value\":\"0\",\"currency\":\"USD\"}}");
}

void
fake_atlascloud_add (FakeCloud *cloud)
{
  static const FakeVendor vendor = {
    VENDOR, "/api/v1", "Authorization", "Bearer ", "ATLASCLOUD_API_KEY", refuse
  };

  fake_cloud_add_vendor (cloud, &vendor);
  fake_cloud_add_route (cloud, VENDOR, FAKE_SUBMIT, "POST", "/api/v1/model/generateImage", submit_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_POLL, "GET", "/api/v1/model/prediction/*", poll_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_UPLOAD, "POST", "/api/v1/model/uploadMedia", upload_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_OTHER, "GET", "/api/v1/models", models_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_OTHER, "GET", "/api/v1/schemas/*", schema_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_OTHER, "GET", "/public/v1/balance", balance_cb, NULL);
}
