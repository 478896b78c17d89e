/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Servers that edit as OpenAI does, each with its accent: what it wants, what it refuses, how it answers and what its
 * errors look like, as data/catalogue/openai-images.json has them. The reply to the submit is the picture. A port for
 * each; the program prints an address for OpenAI's alone, and `reshoot server add` takes the others'. */

#include "fake-vendors.h"

#include <string.h>

#define BLOCK_BEGIN "<sd_cpp_extra_args>"
#define BLOCK_END   "</sd_cpp_extra_args>"

typedef enum
{
  AS_BASE64,
  AS_ADDRESS,        /* at a host of its own, with what it needs in it */
  AS_PATH,           /* of the server itself, which wants its key again */
} Answer;

typedef struct
{
  FakeVendor  vendor;
  const char *model;             /* (nullable): the one it has; another is refused */
  gboolean    wants_model;
  gboolean    has_references;
  const char *response_format;   /* (nullable): "" = any is refused, else the only one it takes */
  gboolean    defaults_to_url;   /* where none is asked for */
  gboolean    has_block;         /* reads JSON out of the prompt, and no other parameters */
  gboolean    is_blind;          /* a source that is no picture is left out without a word */
  const char *formats;           /* (nullable): of the result, with spaces around each; NULL = not asked */
  guint       refusal;           /* status of a moderated request */
  Answer      answer;
} Profile;

static void
refuse_with_object (FakeExchange *exchange,
                    guint         status,
                    const char   *words)
{
  fake_exchange_answer_json (exchange, status, "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\","
                             "\"param\":null,\"code\":%s}}", words,
                             status == 401 ? "\"invalid_api_key\"" : "null");
}

static void
refuse_with_text (FakeExchange *exchange,
                  guint         status,
                  const char   *words)
{
  fake_exchange_answer_json (exchange, status, "{\"error\":\"%s\"}", words);
}

static void
refuse_with_list (FakeExchange *exchange,
                  guint         status,
                  const char   *words)
{
  fake_exchange_answer_json (exchange, status, "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"%s\",\"type\":\"x\"}]}",
                             words);
}

static const Profile profiles[] = {
  { .vendor = { "openai-images", "/v1", "Authorization", "Bearer ", "OPENAI_API_KEY", refuse_with_object },
    .wants_model = TRUE, .has_references = TRUE, .response_format = "", .formats = " png jpeg webp ",
    .refusal = 400 },
  { .vendor = { "-vllm-omni", "/v1", NULL, NULL, NULL, refuse_with_list },
    .model = "black-forest-labs/FLUX.1-Kontext-dev", .response_format = "b64_json",
    .formats = " png jpg jpeg webp ", .refusal = 400 },
  { .vendor = { "-xinference", "/v1", "Authorization", "Bearer ", NULL, NULL },
    .model = "FLUX.1-Kontext-dev", .has_references = TRUE, .defaults_to_url = TRUE, .refusal = 400 },
  { .vendor = { "-exo", "/v1", NULL, NULL, NULL, refuse_with_object },
    .wants_model = TRUE, .formats = " png jpeg webp ", .refusal = 400 },
  { .vendor = { "-sglang", "/v1", "Authorization", "Bearer ", NULL, NULL },
    .has_references = TRUE, .formats = " png jpeg webp ", .refusal = 400 },
  { .vendor = { "-litellm", "/v1", "Authorization", "Bearer ", NULL, refuse_with_object },
    .wants_model = TRUE, .has_references = TRUE, .formats = " png jpeg webp ", .refusal = 400,
    .answer = AS_ADDRESS },
  { .vendor = { "-gateway", "/v1", "X-Studio-Key", NULL, NULL, refuse_with_text },
    .formats = " png jpeg ", .refusal = 400, .answer = AS_PATH },
  { .vendor = { "-localai", "/v1", NULL, NULL, NULL, refuse_with_object },
    .wants_model = TRUE, .has_references = TRUE, .defaults_to_url = TRUE, .refusal = 400 },
};

/* Of stable-diffusion.cpp, whose other dialect has the same port: fake-sdserver.c. */
static const Profile sd_server = {
  .vendor = { "sdserver", "", NULL, NULL, NULL, refuse_with_text },
  .has_references = TRUE, .has_block = TRUE, .is_blind = TRUE, .formats = " png jpeg ", .refusal = 400,
};

static gboolean
is_picture (GBytes *bytes)
{
  gsize size;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return data != NULL && size > 8 && (memcmp (data, "\x89PNG", 4) == 0 || memcmp (data, "\xff\xd8\xff", 3) == 0);
}

static void
answer_pictures (FakeExchange  *exchange,
                 const Profile *profile,
                 FakeJob       *job,
                 gboolean       as_url)
{
  GBytes *result;
  g_autofree char *base64 = NULL;

  if (profile->answer == AS_PATH)
    fake_exchange_answer_json (exchange, 200, "{\"created\":1,\"data\":[{\"url\":\"/v1/images/%s/content\"}]}",
                               job->id);
  else if (profile->answer == AS_ADDRESS || as_url)
    fake_exchange_answer_json (exchange, 200, "{\"created\":1,\"data\":[{\"url\":\"%s\"}]}",
                               fake_job_get_result_uri (job, 0));
  else
    {
      result = fake_job_get_result (job);
      base64 = g_base64_encode (g_bytes_get_data (result, NULL), g_bytes_get_size (result));
      fake_exchange_answer_json (exchange, 200, "{\"created\":1767225600,\"data\":[{\"b64_json\":\"%s\"}],"
                                 "\"usage\":{\"input_tokens\":330,\"output_tokens\":4160,\"total_tokens\":4490}}",
                                 base64);
    }
}

/* There are no states to ask for: all there is is the end. */
static void
answer_end (FakeExchange  *exchange,
            const Profile *profile,
            FakeJob       *job,
            gboolean       as_url)
{
  fake_job_finish (job);

  if (job->state == FAKE_DONE)
    answer_pictures (exchange, profile, job, as_url);
  else if (job->state == FAKE_REFUSED_INPUT || job->state == FAKE_REFUSED_OUTPUT)
    fake_exchange_answer_json (exchange, profile->refusal,
                               "{\"error\":{\"message\":\"Your request was rejected by the safety system.\","
                               "\"type\":\"image_generation_user_error\",\"param\":null,"
                               "\"code\":\"moderation_blocked\"}}");
  else if (job->state == FAKE_CANCELLED)
    fake_exchange_refuse (exchange, 409, "Request cancelled");
  else
    fake_exchange_refuse (exchange, 500, "generation failed");
}

/* What the parameters are, one by one: a form's fields, or the members of a JSON object. */
static char *
dup_field (FakeExchange *exchange,
           const char   *name)
{
  JsonObject *json = fake_exchange_get_json (exchange);
  JsonNode *node;

  if (json == NULL)
    return fake_exchange_dup_part (exchange, name);

  node = json_object_get_member (json, name);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return json_to_string (node, FALSE);

  return json_node_dup_string (node);
}

static const char *
find_fault (FakeExchange  *exchange,
            const Profile *profile)
{
  g_autofree char *prompt = dup_field (exchange, "prompt");
  g_autofree char *model = dup_field (exchange, "model");
  g_autofree char *stream = dup_field (exchange, "stream");
  g_autofree char *response = dup_field (exchange, "response_format");
  g_autofree char *format = dup_field (exchange, "output_format");
  g_autofree char *padded = format != NULL ? g_strdup_printf (" %s ", format) : NULL;

  if (prompt == NULL || *prompt == '\0')
    return "prompt is required";
  if (stream != NULL)
    return "stream is not supported";
  if (!profile->has_block && strstr (prompt, "sd_cpp_extra_args") != NULL)
    return "odd words";
  if (profile->wants_model && model == NULL)
    return "model is required";
  if (profile->model != NULL && model != NULL && !g_str_equal (model, profile->model))
    return "the model does not exist";
  if (profile->response_format != NULL && response != NULL &&
      !g_str_equal (response, profile->response_format))
    return "Unknown parameter: response_format";
  if (padded != NULL && (profile->formats == NULL || strstr (profile->formats, padded) == NULL))
    return "output_format is not supported";

  return NULL;
}

/* The source, and how many pictures there are. Both names are taken, as all but exo do. */
static GBytes *
get_source (FakeExchange *exchange,
            guint        *n)
{
  const FakePart *one = fake_exchange_get_part (exchange, "image", 0);
  const FakePart *first = fake_exchange_get_part (exchange, "image[]", 0);

  *n = 0;
  while (fake_exchange_get_part (exchange, one != NULL ? "image" : "image[]", *n) != NULL)
    (*n)++;

  if (one == NULL)
    one = first;
  return one != NULL ? g_bytes_ref (one->bytes) : NULL;
}

static void
begin (FakeExchange  *exchange,
       const Profile *profile,
       GBytes        *source,
       guint          n)
{
  const char *fault = find_fault (exchange, profile);
  g_autofree char *prompt = dup_field (exchange, "prompt");
  g_autofree char *response = dup_field (exchange, "response_format");
  gboolean as_url = response != NULL ? g_str_equal (response, "url") : profile->defaults_to_url;
  FakeJob *job;

  if (fault == NULL && source == NULL)
    {
      fake_exchange_refuse (exchange, profile->vendor.refuse == refuse_with_list ? 422 : 400, "image is required");
      return;
    }

  if (fault == NULL && n > 1 && !profile->has_references)
    fault = "only one image is supported";
  if (fault == NULL && !profile->is_blind && !is_picture (source))
    fault = "not a picture";
  if (fault != NULL)
    {
      fake_exchange_refuse (exchange, 400, fault);
      return;
    }

  job = fake_cloud_add_job (exchange, is_picture (source) ? source : NULL, prompt);
  job->format = dup_field (exchange, "output_format");
  answer_end (exchange, profile, job, as_url);
}

static void
edits_cb (FakeExchange *exchange,
          gpointer      user_data)
{
  const Profile *profile = user_data;
  g_autoptr (GBytes) source = NULL;
  guint n;

  if (fake_exchange_get_json (exchange) != NULL)
    {
      fake_exchange_refuse (exchange, 400, "expected multipart/form-data");
      return;
    }

  source = get_source (exchange, &n);
  begin (exchange, profile, source, n);
}

/* LocalAI: a data address is dropped without a word, and what comes out has nothing to do with the source. */
static void
generations_cb (FakeExchange *exchange,
                gpointer      user_data)
{
  JsonObject *body = fake_exchange_get_json (exchange);
  JsonArray *pictures = NULL;
  const char *first = NULL;
  g_autoptr (GBytes) source = NULL;

  if (body != NULL && json_object_has_member (body, "ref_images"))
    pictures = json_object_get_array_member (body, "ref_images");
  if (pictures != NULL && json_array_get_length (pictures) > 0)
    first = json_array_get_string_element (pictures, 0);
  if (first != NULL && !g_str_has_prefix (first, "data:"))
    source = fake_cloud_read_picture (exchange->cloud, first);

  begin (exchange, user_data, source, pictures != NULL ? json_array_get_length (pictures) : 0);
}

static void
content_cb (FakeExchange *exchange,
            gpointer      user_data)
{
  FakeJob *job = fake_cloud_get_job (exchange->cloud, exchange->vendor->name, exchange->parts[0]);

  if (job == NULL || job->fate == FAKE_WILL_EXPIRE)
    fake_exchange_refuse (exchange, 404, "gone");
  else
    fake_exchange_answer (exchange, 200, "image/png", fake_job_get_result (job));
}

static void
models_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  const Profile *profile = user_data;

  if (exchange->vendor->key_header != NULL && exchange->key == NULL)
    fake_exchange_refuse (exchange, 401, "Incorrect API key provided");
  else if (g_str_equal (exchange->vendor->name, "openai-images"))
    fake_exchange_answer_json (exchange, 200, "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-5\",\"object\":\"model\"},"
                               "{\"id\":\"gpt-image-1\",\"object\":\"model\"},{\"id\":\"gpt-image-1-mini\"}]}");
  else
    fake_exchange_answer_json (exchange, 200, "{\"object\":\"list\",\"data\":[{\"id\":\"%s\",\"object\":\"model\"}]}",
                               profile->has_block ? "sd-cpp-local"
                               : profile->model != NULL ? profile->model : "FLUX.1-Kontext-dev");
}

/* For fake-sdserver.c: the OpenAI side of that server, at its port. */
void
fake_openai_add_to_sdserver (FakeCloud *cloud)
{
  fake_cloud_add_route (cloud, "sdserver", FAKE_SUBMIT, "POST", "/v1/images/edits", edits_cb, (gpointer) &sd_server);
  fake_cloud_add_route (cloud, "sdserver", FAKE_OTHER, "GET", "/v1/models", models_cb, (gpointer) &sd_server);
}

void
fake_openai_add (FakeCloud *cloud)
{
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      const char *name = profiles[i].vendor.name;
      gpointer profile = (gpointer) &profiles[i];

      fake_cloud_add_vendor (cloud, &profiles[i].vendor);
      if (g_str_equal (name, "-localai"))
        fake_cloud_add_route (cloud, name, FAKE_SUBMIT, "POST", "/v1/images/generations", generations_cb, profile);
      else
        fake_cloud_add_route (cloud, name, FAKE_SUBMIT, "POST", "/v1/images/edits", edits_cb, profile);
      fake_cloud_add_route (cloud, name, FAKE_POLL, "GET", "/v1/images/*/content", content_cb, profile);
      fake_cloud_add_route (cloud, name, FAKE_OTHER, "GET", "/v1/models", models_cb, profile);
    }
}
