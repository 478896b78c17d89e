/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* fal's dialect against files alone: what is sent, field by field, and what each reply is taken for. */

#include "codec-fixtures.h"
#include "reshoot-error.h"
#include "reshoot-fal.h"
#include "reshoot-image-prepare.h"
#include "reshoot-json-read.h"
#include "reshoot-test.h"

#define REQUEST "https://queue.fal.run/fal-ai/flux-pro/requests/764cabcf-b745-4b3e-ae38-1200304cf45b"
#define TICKET "{\"id\":\"764cabcf-b745-4b3e-ae38-1200304cf45b\",\"polling_url\":\"" REQUEST "/status\"," \
               "\"response_url\":\"" REQUEST "\",\"cancel_url\":\"" REQUEST "/cancel\"}"

static const CodecFixtures fixtures = { "fal", reshoot_fal_new, TICKET, 70 };

/* A picture of the size that is wanted: small enough to be sent within the JSON where it is small. */
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

static void
prepare (ReshootProvider *codec,
         const char      *id,
         const char      *parameters,
         ReshootImage    *input,
         ReshootNext     *next)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_autoptr (GBytes) text = g_bytes_new_static (parameters, strlen (parameters));
  g_autoptr (JsonObject) asked = reshoot_json_parse_object (text, NULL);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("make it “warm”", id, asked);
  g_autoptr (GError) error = NULL;
  ReshootAsk ask = { 0, };

  ask.model = reshoot_catalogue_get_model (catalogue, id);
  ask.request = request;
  ask.uuid = "11111111-2222-4333-8444-555555555555";
  ask.input = input;
  reshoot_provider_prepare (codec, &ask, next, &error);
  g_assert_no_error (error);
}

static void
assert_life (const ReshootCall *call,
             const char        *life)
{
  g_assert_nonnull (call->headers);
  g_assert_cmpstr (call->headers[0], ==, "X-Fal-Object-Lifecycle-Preference");
  g_assert_cmpstr (call->headers[1], ==, life);
  g_assert_null (call->headers[2]);
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
assert_body (const ReshootCall *call,
             const char        *wanted)
{
  g_autoptr (JsonObject) body = parse_body (call);
  g_autoptr (JsonNode) got = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) node = json_from_string (wanted, NULL);

  g_assert_nonnull (node);
  json_object_remove_member (body, "image_url");
  json_node_set_object (got, body);
  if (!json_node_equal (got, node))
    g_error ("sent %s instead of %s", json_to_string (got, FALSE), wanted);
}

static void
test_submit_small (void)
{
  static const struct
  {
    const char *id;
    const char *parameters;
    const char *uri;
    const char *body;
  } table[] = {
    { "fal/flux-kontext-pro", "{}", "https://queue.fal.run/fal-ai/flux-pro/kontext",
      "{\"prompt\":\"make it “warm”\",\"aspect_ratio\":\"3:2\",\"guidance_scale\":3.5,\"num_images\":1,"
      "\"output_format\":\"png\",\"safety_tolerance\":\"2\"}" },
    { "fal/flux-kontext-max",
      "{\"seed\":7,\"aspect_ratio\":\"9:21\",\"guidance_scale\":5,\"num_images\":4,\"output_format\":\"jpeg\","
      "\"safety_tolerance\":\"6\",\"enhance_prompt\":true}",
      "https://queue.fal.run/fal-ai/flux-pro/kontext/max",
      "{\"prompt\":\"make it “warm”\",\"seed\":7,\"aspect_ratio\":\"9:21\",\"guidance_scale\":5,\"num_images\":4,"
      "\"output_format\":\"jpeg\",\"safety_tolerance\":\"6\",\"enhance_prompt\":true}" },
    { "fal/flux-kontext-dev", "{}", "https://queue.fal.run/fal-ai/flux-kontext/dev",
      "{\"prompt\":\"make it “warm”\",\"resolution_mode\":\"match_input\",\"num_inference_steps\":28,"
      "\"guidance_scale\":2.5,\"acceleration\":\"none\",\"num_images\":1,\"output_format\":\"png\","
      "\"enable_safety_checker\":true}" },
  };
  g_autoptr (ReshootImage) input = make_input (192, 128, RESHOOT_IMAGE_FORMAT_JPEG);
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (JsonObject) body = NULL;
      const char *uri;
      g_autofree guint8 *picture = NULL;
      gsize length;

      prepare (codec, table[i].id, table[i].parameters, input, &next);

      g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_SUBMIT);
      g_assert_cmpstr (next.call.method, ==, "POST");
      g_assert_cmpstr (next.call.uri, ==, table[i].uri);
      g_assert_cmpstr (next.call.content_type, ==, "application/json");
      g_assert_true (next.call.with_key);
      g_assert_false (next.call.is_long);
      assert_life (&next.call, "{\"expiration_duration_seconds\":604800}");
      assert_body (&next.call, table[i].body);

      body = parse_body (&next.call);
      uri = reshoot_json_get_string (body, "image_url");
      g_assert_true (g_str_has_prefix (uri, "data:image/jpeg;base64,"));
      picture = g_base64_decode (strchr (uri, ',') + 1, &length);
      g_assert_cmpmem (picture, length, g_bytes_get_data (reshoot_image_get_bytes (input), NULL),
                       g_bytes_get_size (reshoot_image_get_bytes (input)));
    }
}

/* Of the nine shapes, the nearest. */
static void
test_ratio (void)
{
  static const struct
  {
    int         width, height;
    const char *ratio;
  } table[] = {
    { 100, 100, "1:1" }, { 110, 100, "1:1" }, { 120, 90, "4:3" }, { 150, 100, "3:2" }, { 160, 90, "16:9" },
    { 210, 90, "21:9" }, { 300, 90, "21:9" }, { 100, 150, "2:3" }, { 90, 120, "3:4" }, { 90, 160, "9:16" },
    { 90, 210, "9:21" },
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (ReshootImage) input = make_input (table[i].width, table[i].height,
                                                   RESHOOT_IMAGE_FORMAT_JPEG);
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (JsonObject) body = NULL;

      prepare (codec, "fal/flux-kontext-pro", "{}", input, &next);
      body = parse_body (&next.call);
      g_assert_cmpstr (reshoot_json_get_string (body, "aspect_ratio"), ==, table[i].ratio);
    }
}

/* The sizes of the catalogue have exactly those shapes. */
static void
test_sizes (void)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  ReshootModel *model = reshoot_catalogue_get_model (catalogue, "fal/flux-kontext-pro");
  JsonObject *json = reshoot_model_get_json (model);
  JsonObject *ratio = reshoot_json_get_object (reshoot_json_get_object (json, "parameters"), "aspect_ratio");
  JsonArray *values = reshoot_json_get_array (ratio, "values");
  JsonArray *sizes = reshoot_json_get_array (reshoot_json_get_object (json, "limits"), "sizes");

  g_assert_cmpuint (json_array_get_length (sizes), ==, json_array_get_length (values));
  for (guint i = 0; i < json_array_get_length (sizes); i++)
    {
      g_auto (GStrv) parts = g_strsplit (json_array_get_string_element (values, i), ":", 2);
      JsonArray *size = json_array_get_array_element (sizes, i);

      g_assert_cmpint (json_array_get_int_element (size, 0) * atoi (parts[1]), ==,
                       json_array_get_int_element (size, 1) * atoi (parts[0]));
    }
}

typedef struct
{
  ReshootProvider *codec;
  ReshootImage    *input;
  ReshootAsk       ask;
  ReshootReply     reply;
} Upload;

static gboolean
upload_step (Upload      *upload,
             guint        status,
             const char  *body,
             const char  *state,
             ReshootNext *next,
             GError     **error)
{
  reshoot_reply_clear (&upload->reply);
  upload->reply.status = status;
  upload->reply.body = g_bytes_new (body, strlen (body));
  upload->ask.reply = &upload->reply;
  upload->ask.state = state;
  return reshoot_provider_prepare (upload->codec, &upload->ask, next, error);
}

#define INITIATED "{\"file_url\":\"https://v3.fal.media/files/a/picture.png\"," \
                  "\"upload_url\":\"https://v3b.fal.media/upload/a?sig=1\"}"

static void
assert_initiate (const ReshootNext *next)
{
  g_assert_cmpint (next->kind, ==, RESHOOT_NEXT_PREPARE);
  g_assert_nonnull (next->state);
  g_assert_cmpstr (next->call.method, ==, "POST");
  g_assert_cmpstr (next->call.uri, ==, "https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3");
  g_assert_true (next->call.with_key);
  assert_life (&next->call, "{\"expiration_duration_seconds\":86400}");
  assert_body (&next->call, "{\"content_type\":\"image/png\",\"file_name\":\"picture.png\"}");
}

static void
assert_put (const ReshootNext *next,
            ReshootImage      *input)
{
  g_assert_cmpint (next->kind, ==, RESHOOT_NEXT_PREPARE);
  g_assert_cmpstr (next->call.method, ==, "PUT");
  g_assert_cmpstr (next->call.uri, ==, "https://v3b.fal.media/upload/a?sig=1");
  g_assert_cmpstr (next->call.content_type, ==, "image/png");
  g_assert_true (next->call.body == reshoot_image_get_bytes (input));
  /* It is signed already; a key has no business there. */
  g_assert_false (next->call.with_key);
  g_assert_null (next->call.headers);
}

static void
upload_set_up (Upload        *upload,
               gconstpointer  data)
{
  upload->codec = codec_fixtures_make_codec (&fixtures, NULL);
  upload->input = make_input (1248, 832, RESHOOT_IMAGE_FORMAT_PNG);
  g_assert_cmpuint (g_bytes_get_size (reshoot_image_get_bytes (upload->input)), >, 256 * 1024);
}

static void
upload_tear_down (Upload        *upload,
                  gconstpointer  data)
{
  g_object_unref (upload->codec);
  g_object_unref (upload->input);
  reshoot_reply_clear (&upload->reply);
}

static void
test_upload (Upload        *upload,
             gconstpointer  data)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warm it", "fal/flux-kontext-dev", NULL);
  g_auto (ReshootNext) first = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) second = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) third = RESHOOT_NEXT_INIT;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;

  upload->ask.model = reshoot_catalogue_get_model (catalogue, "fal/flux-kontext-dev");
  upload->ask.request = request;
  upload->ask.input = upload->input;
  g_assert_true (reshoot_provider_prepare (upload->codec, &upload->ask, &first, &error));
  g_assert_no_error (error);
  assert_initiate (&first);

  g_assert_true (upload_step (upload, 200, INITIATED, first.state, &second, &error));
  g_assert_no_error (error);
  assert_put (&second, upload->input);

  g_assert_true (upload_step (upload, 200, "", second.state, &third, &error));
  g_assert_no_error (error);
  g_assert_cmpint (third.kind, ==, RESHOOT_NEXT_SUBMIT);
  g_assert_cmpstr (third.call.uri, ==, "https://queue.fal.run/fal-ai/flux-kontext/dev");
  body = parse_body (&third.call);
  g_assert_cmpstr (reshoot_json_get_string (body, "image_url"), ==, "https://v3.fal.media/files/a/picture.png");
  g_assert_false (json_object_has_member (body, "aspect_ratio"));
}

/* Nothing was charged whatever goes wrong before the submit. */
static void
test_upload_refused (Upload        *upload,
                     gconstpointer  data)
{
  static const struct
  {
    guint       status;
    const char *body;
    int         code;
  } table[] = {
    { 401, "{\"detail\":\"no\"}", RESHOOT_ERROR_AUTH },
    { 402, "", RESHOOT_ERROR_CREDITS },
    { 429, "", RESHOOT_ERROR_RATE_LIMITED },
    { 500, "", RESHOOT_ERROR_UNAVAILABLE },
    { 200, "<html>", RESHOOT_ERROR_PROTOCOL },
    { 200, "{}", RESHOOT_ERROR_PROTOCOL },
    { 200, "{\"file_url\":7,\"upload_url\":true}", RESHOOT_ERROR_PROTOCOL },
    { 200, "{\"file_url\":\"https://v3.fal.media/a\"}", RESHOOT_ERROR_PROTOCOL },
    { 200, "{\"file_url\":\"https://v3.fal.media/a\",\"upload_url\":\"http://v3.fal.media/a\"}",
      RESHOOT_ERROR_PROTOCOL },
    { 200, "{\"file_url\":\"file:///etc/passwd\",\"upload_url\":\"https://v3.fal.media/a\"}",
      RESHOOT_ERROR_PROTOCOL },
  };
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warm it", "fal/flux-kontext-pro", NULL);

  upload->ask.model = reshoot_catalogue_get_model (catalogue, "fal/flux-kontext-pro");
  upload->ask.request = request;
  upload->ask.input = upload->input;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_false (upload_step (upload, table[i].status, table[i].body, "{}", &next, &error));
      g_assert_error (error, RESHOOT_ERROR, table[i].code);
      g_assert_cmpint (next.charged, !=, 1);
    }
}

static void
test_publish (Upload        *upload,
              gconstpointer  data)
{
  g_auto (ReshootNext) first = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) second = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) third = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_provider_publish (upload->codec, upload->input, NULL, NULL, &first,
                                           &error));
  assert_initiate (&first);

  upload->reply.status = 200;
  upload->reply.body = g_bytes_new_static (INITIATED, strlen (INITIATED));
  g_assert_true (reshoot_provider_publish (upload->codec, upload->input, first.state,
                                           &upload->reply, &second, &error));
  assert_put (&second, upload->input);

  g_assert_true (reshoot_provider_publish (upload->codec, upload->input, second.state,
                                           &upload->reply, &third, &error));
  g_assert_no_error (error);
  g_assert_cmpint (third.kind, ==, RESHOOT_NEXT_DONE);
  g_assert_cmpstr (third.state, ==, "https://v3.fal.media/files/a/picture.png");
}

static void
test_ask_again (void)
{
  static const char * const bad[] = {
    "", "x", "{}", "{\"id\":\"1\"}", "{\"polling_url\":7}",
    "{\"id\":\"1\",\"polling_url\":\"https://example.com/\"}",
    "{\"id\":\"1\",\"polling_url\":\"" REQUEST "\",\"completed\":true}",
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) status = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) response = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_provider_ask_again (codec, TICKET, &status, &error));
  g_assert_cmpstr (status.call.uri, ==, REQUEST "/status");
  g_assert_true (status.call.with_key);

  g_assert_true (reshoot_provider_ask_again (codec, "{\"response_url\":\"" REQUEST "\",\"completed\":true}",
                                             &response, &error));
  g_assert_cmpstr (response.call.uri, ==, REQUEST);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (ReshootNext) none = RESHOOT_NEXT_INIT;
      g_autoptr (GError) bad_error = NULL;

      g_assert_false (reshoot_provider_ask_again (codec, bad[i], &none, &bad_error));
      g_assert_error (bad_error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
    }
}

static void
test_cancel (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) none = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_provider_get_can_cancel (codec));
  g_assert_true (reshoot_provider_cancel (codec, TICKET, &next, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (next.call.method, ==, "PUT");
  g_assert_cmpstr (next.call.uri, ==, REQUEST "/cancel");
  g_assert_true (next.call.with_key);
  g_assert_null (next.call.body);

  g_assert_false (reshoot_provider_cancel (codec, "{\"id\":\"1\"}", &none, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
}

static gboolean
check_step (ReshootProvider *codec,
            guint            status,
            const char      *body,
            const char      *state,
            ReshootNext     *next,
            ReshootCheck    *check,
            GError         **error)
{
  g_auto (ReshootReply) reply = { .retry_after = -1 };

  reply.status = status;
  reply.body = g_bytes_new (body, strlen (body));
  return reshoot_provider_check (codec, state, &reply, next, check, error);
}

static void
test_check (void)
{
  static const char prices[] =
    "{\"prices\":["
    "{\"endpoint_id\":\"fal-ai/flux-pro/kontext\",\"unit_price\":0.05,\"unit\":\"images\",\"currency\":\"USD\"},"
    "{\"endpoint_id\":\"fal-ai/flux-pro/kontext/max\",\"unit_price\":-1,\"unit\":\"image\",\"currency\":\"USD\"},"
    "{\"endpoint_id\":\"fal-ai/flux-kontext/dev\",\"unit_price\":0.025,\"unit\":\"megapixels\",\"currency\":\"USD\"},"
    "{\"endpoint_id\":\"fal-ai/else\",\"unit_price\":0.025,\"unit\":\"image\",\"currency\":\"USD\"},"
    "{\"endpoint_id\":\"fal-ai/flux-pro/kontext\",\"unit_price\":1,\"unit\":\"goats\",\"currency\":\"USD\"},"
    "{\"endpoint_id\":\"fal-ai/flux-pro/kontext\",\"unit_price\":1,\"unit\":\"image\",\"currency\":\"EUR\"},7]}";
  static const char account[] =
    "{\"username\":\"someone\",\"credits\":{\"current_balance\":12.5,\"currency\":\"USD\"}}";
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) first = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) second = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) third = RESHOOT_NEXT_INIT;
  g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };
  g_autoptr (GError) error = NULL;
  JsonObject *model;
  JsonObject *price;

  g_assert_true (reshoot_provider_check (codec, NULL, NULL, &first, &check, &error));
  g_assert_cmpint (first.kind, ==, RESHOOT_NEXT_PREPARE);
  g_assert_cmpstr (first.call.method, ==, "GET");
  g_assert_cmpstr (first.call.uri, ==,
                   "https://api.fal.ai/v1/models/pricing?endpoint_id=fal-ai/flux-pro/kontext,"
                   "fal-ai/flux-pro/kontext/max,fal-ai/flux-kontext/dev");
  g_assert_true (first.call.with_key);

  g_assert_true (check_step (codec, 200, prices, first.state, &second, &check, &error));
  g_assert_cmpint (second.kind, ==, RESHOOT_NEXT_PREPARE);
  g_assert_cmpstr (second.call.uri, ==, "https://api.fal.ai/v1/account/billing?expand=credits");

  g_assert_true (check_step (codec, 200, account, second.state, &third, &check, &error));
  g_assert_no_error (error);
  g_assert_cmpint (third.kind, ==, RESHOOT_NEXT_DONE);
  g_assert_cmpint (check.balance, ==, 12500000);
  g_assert_cmpstr (check.account, ==, "someone");

  g_assert_cmpuint (json_array_get_length (check.models), ==, 2);
  model = json_array_get_object_element (check.models, 0);
  price = reshoot_json_get_object (model, "price");
  g_assert_cmpstr (reshoot_json_get_string (model, "id"), ==, "fal/flux-kontext-pro");
  g_assert_cmpfloat (reshoot_json_get_number (price, "amount"), ==, 0.05);
  g_assert_cmpstr (reshoot_json_get_string (price, "unit"), ==, "image");
  g_assert_cmpstr (reshoot_json_get_string (price, "source"), ==, "https://api.fal.ai/v1/models/pricing");
  model = json_array_get_object_element (check.models, 1);
  g_assert_cmpstr (reshoot_json_get_string (model, "id"), ==, "fal/flux-kontext-dev");
  g_assert_cmpstr (reshoot_json_get_string (reshoot_json_get_object (model, "price"), "unit"), ==, "megapixel");
}

/* An ordinary key may not ask for the balance, and is a good key all the same. */
static void
test_check_ordinary (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) second = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) third = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) refused = RESHOOT_NEXT_INIT;
  g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };
  g_autoptr (GError) error = NULL;

  g_assert_true (check_step (codec, 200, "{\"prices\":[]}", NULL, &second, &check, &error));
  g_assert_true (check_step (codec, 403, "{\"error\":{\"type\":\"authorization_error\"}}", second.state, &third,
                             &check, &error));
  g_assert_no_error (error);
  g_assert_cmpint (third.kind, ==, RESHOOT_NEXT_DONE);
  g_assert_cmpint (check.balance, ==, RESHOOT_MONEY_UNKNOWN);

  g_assert_false (check_step (codec, 401, "{\"error\":{\"type\":\"authorization_error\",\"message\":\"no\"}}", NULL,
                              &refused, &check, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH);
}

/* Who sets the address has all of the service's hosts there, each at its own path. */
static void
test_overridden (Upload        *upload,
                 gconstpointer  data)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, "http://127.0.0.1:8123/");
  g_autoptr (ReshootImage) small = make_input (128, 128, RESHOOT_IMAGE_FORMAT_JPEG);
  g_auto (ReshootNext) submit = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) initiate = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) again = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) check = RESHOOT_NEXT_INIT;
  g_auto (ReshootCheck) learned = { .balance = RESHOOT_MONEY_UNKNOWN };
  g_autoptr (GError) error = NULL;

  prepare (codec, "fal/flux-kontext-max", "{}", small, &submit);
  g_assert_cmpstr (submit.call.uri, ==, "http://127.0.0.1:8123/fal-ai/flux-pro/kontext/max");

  prepare (codec, "fal/flux-kontext-max", "{}", upload->input, &initiate);
  g_assert_cmpstr (initiate.call.uri, ==,
                   "http://127.0.0.1:8123/storage/upload/initiate?storage_type=fal-cdn-v3");

  g_assert_true (reshoot_provider_check (codec, NULL, NULL, &check, &learned, &error));
  g_assert_true (g_str_has_prefix (check.call.uri, "http://127.0.0.1:8123/v1/models/pricing?endpoint_id=fal-ai/"));

  g_assert_true (reshoot_provider_ask_again (codec, "{\"id\":\"1\",\"polling_url\":\"http://127.0.0.1:8123/s\"}",
                                             &again, &error));
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  codec_fixtures_add (&fixtures);
  g_test_add_func ("/fal/submit-small", test_submit_small);
  g_test_add_func ("/fal/ratio", test_ratio);
  g_test_add_func ("/fal/sizes", test_sizes);
  g_test_add ("/fal/upload", Upload, NULL, upload_set_up, test_upload, upload_tear_down);
  g_test_add ("/fal/upload-refused", Upload, NULL, upload_set_up, test_upload_refused, upload_tear_down);
  g_test_add ("/fal/publish", Upload, NULL, upload_set_up, test_publish, upload_tear_down);
  g_test_add ("/fal/overridden", Upload, NULL, upload_set_up, test_overridden, upload_tear_down);
  g_test_add_func ("/fal/ask-again", test_ask_again);
  g_test_add_func ("/fal/cancel", test_cancel);
  g_test_add_func ("/fal/check", test_check);
  g_test_add_func ("/fal/check-ordinary", test_check_ordinary);

  return g_test_run ();
}
