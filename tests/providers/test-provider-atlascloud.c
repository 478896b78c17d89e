/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Atlas Cloud's dialect against files alone: what is sent, field by field, and what each reply is taken for. */

#include "codec-fixtures.h"
#include "reshoot-atlascloud.h"
#include "reshoot-error.h"
#include "reshoot-image-prepare.h"
#include "reshoot-json-read.h"
#include "reshoot-model-private.h"
#include "reshoot-step.h"
#include "reshoot-test.h"

#define NOW 1763800000
#define PREDICTION "https://api.atlascloud.ai/api/v1/model/prediction/pred-4f1c2a90"
#define TICKET "{\"id\":\"pred-4f1c2a90\",\"polling_url\":\"" PREDICTION "\",\"since\":1763800000}"
#define DEV "atlascloud/flux-kontext-dev"

static ReshootProvider *
make_codec (ReshootAddress *address,
            JsonObject     *description)
{
  ReshootProvider *codec = reshoot_atlascloud_new (address, description);

  reshoot_atlascloud_set_clock (RESHOOT_ATLASCLOUD (codec), NOW);
  return codec;
}

static const CodecFixtures fixtures = { "atlascloud", make_codec, TICKET, 65 };

static ReshootImage *
make_input (int                width,
            int                height,
            ReshootImageFormat format)
{
  g_autoptr (ReshootImage) sample = codec_fixtures_load ("shoe.jpg");
  g_autoptr (GError) error = NULL;
  ReshootImage *input = reshoot_image_prepare (sample, width, height, format, NULL, &error);

  g_assert_no_error (error);
  return input;
}

static JsonObject *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  JsonObject *object = reshoot_json_parse_object (bytes, NULL);

  g_assert_nonnull (object);
  return object;
}

static JsonObject *
parse_body (const ReshootCall *call)
{
  g_autoptr (GError) error = NULL;
  JsonObject *body = reshoot_json_parse_object (call->body, &error);

  g_assert_no_error (error);
  return body;
}

static void
assert_object (JsonObject *object,
               const char *wanted)
{
  g_autoptr (JsonNode) got = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) node = json_from_string (wanted, NULL);

  g_assert_nonnull (node);
  json_node_set_object (got, object);
  if (!json_node_equal (got, node))
    g_error ("%s instead of %s", json_to_string (got, FALSE), wanted);
}

static void
submit (ReshootProvider *codec,
        ReshootModel    *model,
        const char      *parameters,
        ReshootImage    *input,
        ReshootNext     *next)
{
  g_autoptr (JsonObject) asked = parse (parameters);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warm it", reshoot_model_get_id (model), asked);
  g_autoptr (GError) error = NULL;
  ReshootAsk ask = { 0, };

  ask.model = model;
  ask.request = request;
  ask.input = input;
  reshoot_provider_prepare (codec, &ask, next, &error);
  g_assert_no_error (error);
}

static void
test_submit (void)
{
  static const struct
  {
    const char *parameters;
    const char *body;
  } table[] = {
    { "{}",
      "{\"model\":\"black-forest-labs/flux-kontext-dev\",\"prompt\":\"warm it\",\"size\":\"192*128\","
      "\"num_images\":1,\"num_inference_steps\":28,\"guidance_scale\":2.5,\"enable_safety_checker\":true}" },
    { "{\"size\":\"1024*1024\",\"num_images\":4,\"num_inference_steps\":50,\"guidance_scale\":20,\"seed\":-1,"
      "\"enable_safety_checker\":false}",
      "{\"model\":\"black-forest-labs/flux-kontext-dev\",\"prompt\":\"warm it\",\"size\":\"1024*1024\","
      "\"num_images\":4,\"num_inference_steps\":50,\"guidance_scale\":20,\"seed\":-1,"
      "\"enable_safety_checker\":false}" },
  };
  g_autoptr (ReshootImage) input = make_input (192, 128, RESHOOT_IMAGE_FORMAT_JPEG);
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (JsonObject) body = NULL;
      g_autofree guint8 *picture = NULL;
      const char *image;
      gsize length;

      submit (codec, reshoot_catalogue_get_model (catalogue, DEV), table[i].parameters, input,
              &next);
      g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_SUBMIT);
      g_assert_cmpstr (next.call.method, ==, "POST");
      g_assert_cmpstr (next.call.uri, ==, "https://api.atlascloud.ai/api/v1/model/generateImage");
      g_assert_cmpstr (next.call.content_type, ==, "application/json");
      g_assert_true (next.call.with_key);
      g_assert_cmpstr (next.call.headers[0], ==, "X-AtlasCloud-Object-Expiration-Hours");
      g_assert_cmpstr (next.call.headers[1], ==, "168");
      g_assert_null (next.call.headers[2]);

      body = parse_body (&next.call);
      image = reshoot_json_get_string (body, "image");
      g_assert_true (g_str_has_prefix (image, "data:image/jpeg;base64,"));
      picture = g_base64_decode (strchr (image, ',') + 1, &length);
      g_assert_cmpmem (picture, length, g_bytes_get_data (reshoot_image_get_bytes (input), NULL),
                       g_bytes_get_size (reshoot_image_get_bytes (input)));
      json_object_remove_member (body, "image");
      assert_object (body, table[i].body);
    }
}

/* Another model, another field for the picture, and only what that model knows. */
static void
test_images (void)
{
  static const char banana[] =
    "{\"id\":\"atlascloud/google/nano-banana/edit\",\"name\":\"Nano Banana\",\"path\":\"google/nano-banana/edit\","
    "\"image\":\"images\",\"parameters\":{\"aspect_ratio\":{\"type\":\"string\",\"values\":[\"1:1\",\"16:9\"]},"
    "\"size\":{\"type\":\"string\",\"values\":[\"1024*1024\"]},"
    "\"output_format\":{\"type\":\"string\",\"default\":\"png\",\"values\":[\"png\",\"jpeg\"]}}}";
  g_autoptr (ReshootImage) input = make_input (192, 128, RESHOOT_IMAGE_FORMAT_JPEG);
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_autoptr (JsonObject) json = parse (banana);
  g_autoptr (ReshootModel) model = NULL;
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (JsonObject) body = NULL;
  JsonArray *images;

  model = reshoot_model_new (reshoot_catalogue_get_provider (catalogue, "atlascloud"), json, NULL);
  g_assert_nonnull (model);
  submit (codec, model, "{}", input, &next);

  body = parse_body (&next.call);
  images = reshoot_json_get_array (body, "images");
  g_assert_cmpuint (json_array_get_length (images), ==, 1);
  g_assert_true (g_str_has_prefix (json_array_get_string_element (images, 0), "data:image/jpeg;base64,"));
  json_object_remove_member (body, "images");
  assert_object (body, "{\"model\":\"google/nano-banana/edit\",\"prompt\":\"warm it\",\"output_format\":\"png\"}");
}

static gboolean
answer (ReshootProvider *codec,
        ReshootAsk      *ask,
        guint            status,
        const char      *text,
        const char      *state,
        ReshootNext     *next,
        GError         **error)
{
  g_auto (ReshootReply) reply = { .retry_after = -1 };

  reply.status = status;
  reply.body = g_bytes_new (text, strlen (text));
  ask->reply = &reply;
  ask->state = state;
  return reshoot_provider_prepare (codec, ask, next, error);
}

static void
assert_upload (const ReshootNext *next,
               ReshootImage      *input)
{
  g_autoptr (GBytes) body = codec_fixtures_join (&next->call);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  GBytes *picture = reshoot_image_get_bytes (input);

  g_assert_cmpint (next->kind, ==, RESHOOT_NEXT_PREPARE);
  g_assert_cmpstr (next->call.method, ==, "POST");
  g_assert_cmpstr (next->call.uri, ==, "https://api.atlascloud.ai/api/v1/model/uploadMedia");
  g_assert_true (g_str_has_prefix (next->call.content_type, "multipart/form-data; boundary="));
  g_assert_true (next->call.with_key);
  g_assert_nonnull (g_strstr_len (data, 400, "name=\"file\"; filename=\"picture.png\""));
  g_assert_cmpuint (length, >, g_bytes_get_size (picture));
}

static void
test_upload (void)
{
  static const char * const good[] = {
    "{\"code\":200,\"message\":\"success\",\"data\":{\"type\":\"image\","
    "\"download_url\":\"https://static.atlascloud.ai/tmp/a.png\",\"filename\":\"a.png\",\"size\":7}}",
    "{\"url\":\"https://static.atlascloud.ai/tmp/a.png\"}",
  };
  static const struct
  {
    guint       status;
    const char *text;
    int         code;
  } bad[] = {
    { 401, "{\"code\":401}", RESHOOT_ERROR_AUTH },
    { 200, "{\"code\":402,\"msg\":\"no money\"}", RESHOOT_ERROR_CREDITS },
    { 413, "", RESHOOT_ERROR_TOO_LARGE },
    { 500, "", RESHOOT_ERROR_UNAVAILABLE },
    { 200, "", RESHOOT_ERROR_PROTOCOL },
    { 200, "{\"data\":{\"download_url\":\"http://static.atlascloud.ai/a\"}}", RESHOOT_ERROR_PROTOCOL },
    { 200, "{\"data\":{\"download_url\":7}}", RESHOOT_ERROR_PROTOCOL },
  };
  g_autoptr (ReshootImage) input = make_input (1248, 832, RESHOOT_IMAGE_FORMAT_PNG);
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warm it", DEV, NULL);
  g_auto (ReshootNext) first = RESHOOT_NEXT_INIT;
  ReshootAsk ask = { 0, };

  ask.model = reshoot_catalogue_get_model (catalogue, DEV);
  ask.request = request;
  ask.input = input;
  g_assert_true (reshoot_provider_prepare (codec, &ask, &first, NULL));
  assert_upload (&first, input);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (JsonObject) body = NULL;

      g_assert_true (answer (codec, &ask, 200, good[i], first.state, &next, NULL));
      g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_SUBMIT);
      body = parse_body (&next.call);
      g_assert_cmpstr (reshoot_json_get_string (body, "image"), ==, "https://static.atlascloud.ai/tmp/a.png");
      g_assert_cmpstr (reshoot_json_get_string (body, "size"), ==, "1248*832");
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_false (answer (codec, &ask, bad[i].status, bad[i].text, first.state, &next, &error));
      g_assert_error (error, RESHOOT_ERROR, bad[i].code);
      g_assert_cmpint (next.charged, !=, RESHOOT_CHARGED_YES);
    }
}

static void
test_publish (void)
{
  g_autoptr (ReshootImage) input = make_input (64, 64, RESHOOT_IMAGE_FORMAT_PNG);
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) first = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) second = RESHOOT_NEXT_INIT;
  g_auto (ReshootReply) reply = { .retry_after = -1, .status = 200 };
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_provider_publish (codec, input, NULL, NULL, &first, &error));
  assert_upload (&first, input);

  reply.body = g_bytes_new_static ("{\"url\":\"https://a.example/b.png\"}", 33);
  g_assert_true (reshoot_provider_publish (codec, input, first.state, &reply, &second, &error));
  g_assert_no_error (error);
  g_assert_cmpint (second.kind, ==, RESHOOT_NEXT_DONE);
  g_assert_cmpstr (second.state, ==, "https://a.example/b.png");
}

static void
test_ask_again (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) none = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_provider_ask_again (codec, TICKET, &next, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (next.call.uri, ==, PREDICTION);
  g_assert_true (next.call.with_key);
  g_assert_false (reshoot_provider_get_can_cancel (codec));

  g_assert_false (reshoot_provider_ask_again (codec, "{\"polling_url\":\"https://atlascloud.ai.example/\"}",
                                              &none, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
}

static void
check (ReshootProvider *codec,
       guint            status,
       const char      *text,
       ReshootNext     *next,
       ReshootCheck    *learned)
{
  g_autofree char *state = g_strdup (next->state);
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_autoptr (GError) error = NULL;

  reply.status = status;
  reply.body = g_bytes_new (text, strlen (text));
  reshoot_next_clear (next);
  g_assert_true (reshoot_provider_check (codec, state, &reply, next, learned, &error));
  g_assert_no_error (error);
}

#define ENTRY(model, type, shown, category, price, schema) \
  "{\"uuid\":\"u\",\"model\":\"" model "\",\"type\":\"" type "\",\"displayName\":\"Name of " model "\"," \
  "\"display_console\":" shown ",\"categories\":[\"" category "\"]," \
  "\"price\":{\"actual\":{\"base_price\":" price "}},\"schema\":\"" schema "\"}"

#define SCHEMA(properties) "{\"components\":{\"schemas\":{\"Input\":{\"properties\":{" properties "}}}}}"

/* The balance, the list, then a schema each; what is no editing model, or is none of its business, is not asked for. */
static void
test_check (void)
{
  static const char list[] =
    "{\"code\":200,\"data\":["
    ENTRY ("black-forest-labs/flux-kontext-dev", "Image", "true", "IMAGE-TO-IMAGE", "\"0.025\"",
           "https://s.example/k.json") ","
    ENTRY ("google/nano-banana/edit", "Image", "true", "IMAGE-TO-IMAGE", "0.039", "https://s.example/b.json") ","
    ENTRY ("maker/upscale", "Image", "true", "IMAGE-TO-IMAGE", "1", "https://s.example/u.json") ","
    ENTRY ("maker/hidden/edit", "Image", "false", "IMAGE-TO-IMAGE", "1", "https://s.example/h.json") ","
    ENTRY ("maker/paint", "Image", "true", "TEXT-TO-IMAGE", "1", "https://s.example/p.json") ","
    ENTRY ("maker/film/edit", "Video", "true", "VIDEO", "1", "https://s.example/v.json") ","
    ENTRY ("maker/near/edit", "Image", "true", "IMAGE-TO-IMAGE", "1", "http://192.168.0.1/x.json") ","
    "7,{}]}";
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootCheck) learned = { .balance = RESHOOT_MONEY_UNKNOWN };
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_provider_check (codec, NULL, NULL, &next, &learned, &error));
  g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_PREPARE);
  g_assert_cmpstr (next.call.uri, ==, "https://api.atlascloud.ai/public/v1/balance");
  g_assert_true (next.call.with_key);

  check (codec, 200, "{\"available\":{\"value\":\"7.5\",\"currency\":\"USD\"},\"cash\":{\"value\":1}}", &next,
         &learned);
  g_assert_cmpint (learned.balance, ==, 7500000);
  g_assert_cmpstr (next.call.uri, ==, "https://api.atlascloud.ai/api/v1/models");
  g_assert_false (next.call.with_key);

  check (codec, 200, list, &next, &learned);
  g_assert_cmpstr (next.call.uri, ==, "https://s.example/k.json");
  g_assert_false (next.call.with_key);

  check (codec, 200,
         SCHEMA ("\"model\":{\"type\":\"string\"},\"prompt\":{\"type\":\"string\"},\"image\":{\"type\":\"string\"},"
                 "\"size\":{\"type\":\"string\",\"default\":\"1024*1024\"},"
                 "\"seed\":{\"type\":\"integer\",\"minimum\":-1,\"maximum\":9,\"default\":-1},"
                 "\"loras\":{\"type\":\"array\"},\"enable_base64_output\":{\"type\":\"boolean\"}"),
         &next, &learned);
  g_assert_cmpstr (next.call.uri, ==, "https://s.example/b.json");

  check (codec, 200,
         SCHEMA ("\"prompt\":{\"type\":\"string\"},\"images\":{\"type\":\"array\"},"
                 "\"output_format\":{\"type\":\"string\",\"enum\":[\"jpeg\",\"png\"],\"default\":\"jpeg\"}"),
         &next, &learned);
  g_assert_cmpstr (next.call.uri, ==, "https://s.example/u.json");

  check (codec, 200, SCHEMA ("\"image\":{\"type\":\"string\"},\"scale\":{\"type\":\"integer\"}"), &next, &learned);
  g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_DONE);

  g_assert_cmpuint (json_array_get_length (learned.models), ==, 2);
  assert_object (json_array_get_object_element (learned.models, 0),
                 "{\"id\":\"atlascloud/flux-kontext-dev\",\"name\":\"Name of black-forest-labs/flux-kontext-dev\","
                 "\"path\":\"black-forest-labs/flux-kontext-dev\",\"image\":\"image\","
                 "\"price\":{\"amount\":0.025,\"unit\":\"image\",\"currency\":\"USD\","
                 "\"source\":\"https://api.atlascloud.ai/api/v1/models\",\"times\":\"num_images\"},"
                 "\"parameters\":{\"size\":{\"type\":\"string\"},"
                 "\"seed\":{\"type\":\"integer\",\"minimum\":-1,\"maximum\":9,\"default\":-1}}}");
  assert_object (json_array_get_object_element (learned.models, 1),
                 "{\"id\":\"atlascloud/google/nano-banana/edit\",\"name\":\"Name of google/nano-banana/edit\","
                 "\"path\":\"google/nano-banana/edit\",\"image\":\"images\","
                 "\"price\":{\"amount\":0.039,\"unit\":\"image\",\"currency\":\"USD\","
                 "\"source\":\"https://api.atlascloud.ai/api/v1/models\",\"times\":\"num_images\"},"
                 "\"parameters\":{\"output_format\":{\"type\":\"string\",\"values\":[\"jpeg\",\"png\"],"
                 "\"default\":\"png\"}}}");
}

/* A list that does not come, or is none, leaves a good key good. */
static void
test_check_without_list (void)
{
  static const struct
  {
    guint       status;
    const char *text;
  } table[] = {
    { 500, "" }, { 200, "<html>" }, { 200, "{\"code\":500,\"data\":[]}" }, { 200, "{\"data\":{}}" },
    { 200, "{\"data\":[]}" },
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_auto (ReshootCheck) learned = { .balance = RESHOOT_MONEY_UNKNOWN };

      check (codec, 200, "{\"data\":{\"available\":{\"value\":3,\"currency\":\"CNY\"}}}", &next, &learned);
      g_assert_cmpint (learned.balance, ==, RESHOOT_MONEY_UNKNOWN);
      check (codec, table[i].status, table[i].text, &next, &learned);
      g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_DONE);
      g_assert_cmpuint (json_array_get_length (learned.models), ==, 0);
    }
}

static void
test_check_refused (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootCheck) learned = { .balance = RESHOOT_MONEY_UNKNOWN };
  g_auto (ReshootReply) reply = { .retry_after = -1, .status = 401 };
  g_autoptr (GError) error = NULL;

  reply.body = g_bytes_new_static ("{\"error\":{\"type\":\"auth\",\"code\":\"401\",\"message\":\"no\"}}", 51);
  g_assert_false (reshoot_provider_check (codec, NULL, &reply, &next, &learned, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH);
}

static void
test_overridden (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, "http://127.0.0.1:8123/api/v1");
  g_autoptr (ReshootImage) input = make_input (64, 64, RESHOOT_IMAGE_FORMAT_PNG);
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) balance = RESHOOT_NEXT_INIT;
  g_auto (ReshootCheck) learned = { .balance = RESHOOT_MONEY_UNKNOWN };

  submit (codec, reshoot_catalogue_get_model (catalogue, DEV), "{}", input, &next);
  g_assert_cmpstr (next.call.uri, ==, "http://127.0.0.1:8123/api/v1/model/generateImage");

  g_assert_true (reshoot_provider_check (codec, NULL, NULL, &balance, &learned, NULL));
  g_assert_cmpstr (balance.call.uri, ==, "http://127.0.0.1:8123/public/v1/balance");
  check (codec, 200, "{}", &balance, &learned);
  g_assert_cmpstr (balance.call.uri, ==, "http://127.0.0.1:8123/api/v1/models");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  codec_fixtures_add (&fixtures);
  g_test_add_func ("/atlascloud/submit", test_submit);
  g_test_add_func ("/atlascloud/images", test_images);
  g_test_add_func ("/atlascloud/upload", test_upload);
  g_test_add_func ("/atlascloud/publish", test_publish);
  g_test_add_func ("/atlascloud/ask-again", test_ask_again);
  g_test_add_func ("/atlascloud/check", test_check);
  g_test_add_func ("/atlascloud/check-without-list", test_check_without_list);
  g_test_add_func ("/atlascloud/check-refused", test_check_refused);
  g_test_add_func ("/atlascloud/overridden", test_overridden);

  return g_test_run ();
}
