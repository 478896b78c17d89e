/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* fal's queue, its storage and its prices, as providers/reshoot-fal.c knows them, all on one port. */

#include "fake-vendors.h"

#include <string.h>

#define VENDOR "fal"

/* A key that begins like this is an administrator's. */
#define ADMIN_KEY "admin"

/* What a model takes. Anything else is refused here, so that nothing is sent that the service would drop silently. */
static const char * const pro_fields[] = {
  "prompt", "image_url", "aspect_ratio", "guidance_scale", "num_images", "output_format", "safety_tolerance", "seed",
  "sync_mode", "enhance_prompt", NULL
};

static const char * const dev_fields[] = {
  "prompt", "image_url", "num_inference_steps", "guidance_scale", "resolution_mode", "acceleration",
  "enable_safety_checker", "num_images", "output_format", "seed", "sync_mode", NULL
};

static const struct
{
  const char         *endpoint;
  const char         *app;      /* what is left of it in the addresses of a request */
  const char * const *fields;
  double              price;
} models[] = {
  { "fal-ai/flux-pro/kontext", "fal-ai/flux-pro", pro_fields, 0.04 },
  { "fal-ai/flux-pro/kontext/max", "fal-ai/flux-pro", pro_fields, 0.08 },
  { "fal-ai/flux-kontext/dev", "fal-ai/flux-kontext", dev_fields, 0.025 },
};

static void
refuse_field (FakeExchange *exchange,
              const char   *field,
              const char   *words)
{
  fake_exchange_answer_json (exchange, 422, "{\"detail\":[{\"loc\":[\"body\",\"%s\"],\"msg\":\"%s\","
                             "\"type\":\"value_error\"}]}", field, words);
}

/* (nullable): the field that is not as it must be */
static const char *
find_wrong_field (JsonObject         *body,
                  const char * const *fields)
{
  g_autoptr (GList) names = json_object_get_members (body);
  JsonNode *tolerance = json_object_get_member (body, "safety_tolerance");

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (fields, l->data))
      return l->data;

  if (tolerance != NULL && json_node_get_value_type (tolerance) != G_TYPE_STRING)
    return "safety_tolerance";
  if (json_object_get_string_member_with_default (body, "prompt", NULL) == NULL)
    return "prompt";
  if (json_object_get_string_member_with_default (body, "image_url", NULL) == NULL)
    return "image_url";

  return NULL;
}

static void
submit_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  JsonObject *body = fake_exchange_get_json (exchange);
  const char *wrong = body != NULL ? find_wrong_field (body, models[i].fields) : "body";
  const char *origin = fake_cloud_get_uri (exchange->cloud, VENDOR);
  g_autoptr (GBytes) picture = NULL;
  g_autofree char *request = NULL;
  FakeJob *job;

  if (wrong != NULL)
    {
      refuse_field (exchange, wrong, "Not as it must be");
      return;
    }

  picture = fake_cloud_read_picture (exchange->cloud, json_object_get_string_member (body, "image_url"));
  if (picture == NULL)
    {
      refuse_field (exchange, "image_url", "Failed to download the file");
      return;
    }

  job = fake_cloud_add_job (exchange, picture, json_object_get_string_member (body, "prompt"));
  job->data = GINT_TO_POINTER (json_object_get_int_member_with_default (body, "num_images", 1));
  job->format = g_strdup (json_object_get_string_member_with_default (body, "output_format", "jpeg"));

  fake_exchange_set_header (exchange, "x-fal-request-id", job->id);
  request = g_strdup_printf ("%s/%s/requests/%s", origin, models[i].app, job->id);
  fake_exchange_answer_json (exchange, 200,
                             "{\"status\":\"IN_QUEUE\",\"request_id\":\"%s\",\"response_url\":\"%s\","
                             "\"status_url\":\"%s/status\",\"cancel_url\":\"%s/cancel\",\"queue_position\":0}",
                             job->id, request, request, request);
}

static FakeJob *
find_job (FakeExchange *exchange)
{
  return fake_cloud_get_job (exchange->cloud, VENDOR, exchange->parts[1]);
}

static void
status_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  FakeJob *job = find_job (exchange);
  FakeState state = job != NULL ? fake_job_poll (job) : FAKE_GONE;

  if (state == FAKE_GONE)
    fake_exchange_refuse (exchange, 404, "Not Found");
  else if (state == FAKE_QUEUED)
    fake_exchange_answer_json (exchange, 202, "{\"status\":\"IN_QUEUE\",\"queue_position\":%u}",
                               job->n_polls - job->polls);
  else if (state == FAKE_RUNNING || state == FAKE_ODD)
    fake_exchange_answer_json (exchange, 202, "{\"status\":\"%s\",\"logs\":null}",
                               state == FAKE_ODD ? "WARMING_UP" : "IN_PROGRESS");
  else
    fake_exchange_answer_json (exchange, 200, "{\"status\":\"COMPLETED\",\"logs\":null,"
                               "\"metrics\":{\"inference_time\":1.0}}");
}

static void
answer_images (FakeExchange *exchange,
               FakeJob      *job)
{
  g_autoptr (GString) images = g_string_new (NULL);
  g_autoptr (GString) flags = g_string_new (NULL);
  const char *type = job->format;

  for (guint i = 0; i < GPOINTER_TO_UINT (job->data); i++)
    {
      g_string_append_printf (images, "%s{\"url\":\"%s\",\"content_type\":\"image/%s\"}", i > 0 ? "," : "",
                              fake_job_get_result_uri (job, i), type);
      g_string_append_printf (flags, "%s%s", i > 0 ? "," : "",
                              job->state == FAKE_REFUSED_OUTPUT ? "true" : "false");
    }

  fake_exchange_set_header (exchange, "x-fal-request-id", job->id);
  fake_exchange_answer_json (exchange, 200, "{\"images\":[%s],\"seed\":7,\"has_nsfw_concepts\":[%s],\"timings\":{}}",
                             images->str, flags->str);
}

static void
response_cb (FakeExchange *exchange,
             gpointer      user_data)
{
  FakeJob *job = find_job (exchange);
  FakeState state = job != NULL ? job->state : FAKE_GONE;

  if (state == FAKE_DONE || state == FAKE_REFUSED_OUTPUT)
    answer_images (exchange, job);
  else if (state == FAKE_REFUSED_INPUT)
    fake_exchange_answer_json (exchange, 422, "{\"detail\":[{\"loc\":[\"body\",\"prompt\"],"
                               "\"msg\":\"flagged by a content checker\",\"type\":\"content_policy_violation\"}]}");
  else if (state == FAKE_FAILED)
    fake_exchange_refuse (exchange, 500, "Internal Server Error");
  else if (state == FAKE_GONE)
    fake_exchange_refuse (exchange, 404, "Not Found");
  else
    fake_exchange_refuse (exchange, 400, state == FAKE_CANCELLED ? "Request was cancelled"
                                                                 : "Request is still in progress");
}

static void
cancel_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  FakeJob *job = find_job (exchange);
  gboolean was_queued = job != NULL && job->state == FAKE_QUEUED;

  if (job == NULL || job->state == FAKE_GONE)
    fake_exchange_answer_json (exchange, 404, "{\"status\":\"NOT_FOUND\"}");
  else if (!fake_job_cancel (job))
    fake_exchange_answer_json (exchange, 400, "{\"status\":\"ALREADY_COMPLETED\"}");
  else
    fake_exchange_answer_json (exchange, was_queued ? 200 : 202, "{\"status\":\"%s\"}",
                               was_queued ? "OK" : "CANCELLATION_REQUESTED");
}

/* The file has an address before it has a content. */
static void
initiate_cb (FakeExchange *exchange,
             gpointer      user_data)
{
  JsonObject *body = fake_exchange_get_json (exchange);
  const char *type = body != NULL ? json_object_get_string_member_with_default (body, "content_type", NULL) : NULL;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autofree char *name = NULL;
  const char *file;

  if (type == NULL || exchange->key == NULL)
    {
      fake_exchange_refuse (exchange, exchange->key == NULL ? 401 : 422, "No key, or no content type");
      return;
    }

  file = fake_cloud_host (exchange->cloud, VENDOR, nothing, type);
  name = g_strndup (strrchr (file, '/') + 1, strcspn (strrchr (file, '/') + 1, "?"));
  fake_exchange_answer_json (exchange, 200, "{\"file_url\":\"%s\",\"upload_url\":\"%s/fal-upload/%s?sig=1\"}", file,
                             fake_cloud_get_uri (exchange->cloud, VENDOR), name);
}

/* The address is signed: with a key beside it, it is refused. */
static void
put_cb (FakeExchange *exchange,
        gpointer      user_data)
{
  if (exchange->key != NULL || fake_exchange_get_query (exchange, "sig") == NULL)
    fake_exchange_refuse (exchange, 400, "Only one way of authentication is allowed");
  else if (!fake_cloud_fill (exchange->cloud, VENDOR, exchange->parts[0], exchange->body))
    fake_exchange_refuse (exchange, 404, "No such upload");
  else
    fake_exchange_answer_json (exchange, 200, "{}");
}

static void
pricing_cb (FakeExchange *exchange,
            gpointer      user_data)
{
  const char *wanted = fake_exchange_get_query (exchange, "endpoint_id");
  g_auto (GStrv) ids = g_strsplit (wanted != NULL ? wanted : "", ",", -1);
  g_autoptr (GString) prices = g_string_new (NULL);

  if (exchange->key == NULL)
    {
      fake_exchange_answer_json (exchange, 401, "{\"error\":{\"type\":\"authorization_error\","
                                 "\"message\":\"No key\"}}");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    if (g_strv_contains ((const char * const *) ids, models[i].endpoint))
      g_string_append_printf (prices, "%s{\"endpoint_id\":\"%s\",\"unit_price\":%g,\"unit\":\"image\","
                              "\"currency\":\"USD\"}", prices->len > 0 ? "," : "", models[i].endpoint,
                              models[i].price);

  fake_exchange_answer_json (exchange, 200, "{\"prices\":[%s],\"next_cursor\":null,\"has_more\":false}", prices->str);
}

static void
billing_cb (FakeExchange *exchange,
            gpointer      user_data)
{
  if (exchange->key != NULL && g_str_has_prefix (exchange->key, ADMIN_KEY))
    fake_exchange_answer_json (exchange, 200, "{\"username\":\"somebody\",\"credits\":{\"current_balance\":12.5,"
                               "\"currency\":\"USD\"}}");
  else
    fake_exchange_answer_json (exchange, 403, "{\"error\":{\"type\":\"authorization_error\","
                               "\"message\":\"Admin keys only\"}}");
}

void
fake_fal_add (FakeCloud *cloud)
{
  static const FakeVendor vendor = { VENDOR, "", "Authorization", "Key ", "FAL_KEY", NULL };

  fake_cloud_add_vendor (cloud, &vendor);
  fake_cloud_add_route (cloud, VENDOR, FAKE_POLL, "GET", "/fal-ai/*/requests/*/status", status_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_POLL, "GET", "/fal-ai/*/requests/*", response_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_CANCEL, "PUT", "/fal-ai/*/requests/*/cancel", cancel_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_UPLOAD, "POST", "/storage/upload/initiate", initiate_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_UPLOAD, "PUT", "/fal-upload/*", put_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_OTHER, "GET", "/v1/models/pricing", pricing_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_OTHER, "GET", "/v1/account/billing", billing_cb, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autofree char *path = g_strconcat ("/", models[i].endpoint, NULL);

      fake_cloud_add_route (cloud, VENDOR, FAKE_SUBMIT, "POST", path, submit_cb, GUINT_TO_POINTER (i));
    }
}
