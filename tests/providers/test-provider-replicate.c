/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Replicate's dialect against files alone: what is sent, field by field, and what each reply is taken for. */

#include "codec-fixtures.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-replicate.h"
#include "reshoot-test.h"

#define BASE "https://api.replicate.com/v1"
#define PREDICTION BASE "/predictions/ufawqhfynnddngldkgtslldrkq"
#define TICKET "{\"id\":\"ufawqhfynnddngldkgtslldrkq\",\"polling_url\":\"" PREDICTION "\"," \
               "\"cancel_url\":\"" PREDICTION "/cancel\"}"
#define FILE_URI BASE "/files/cneqzikepnug6xezperrr4z55o"

/* One that is sent within the JSON, and one that is not. */
#define SMALL "bottle-on-white.jpg"
#define LARGE "norda-bottle.jpg"

static const CodecFixtures fixtures = { "replicate", reshoot_replicate_new, TICKET, 85 };

static void
assert_headers (const ReshootCall *call)
{
  g_assert_nonnull (call->headers);
  g_assert_cmpuint (g_strv_length (call->headers), ==, 4);
  g_assert_cmpstr (call->headers[0], ==, "Prefer");
  g_assert_cmpstr (call->headers[1], ==, "wait=1");
  g_assert_cmpstr (call->headers[2], ==, "Cancel-After");
  g_assert_cmpstr (call->headers[3], ==, "180s");
}

static void
test_submit (void)
{
  static const struct
  {
    const char *model;
    const char *parameters;
    const char *uri;
    const char *body;
  } table[] = {
    { "replicate/flux-kontext-pro", NULL, BASE "/models/black-forest-labs/flux-kontext-pro/predictions",
      "{\"input\":{\"prompt\":\"warm “it”\",\"aspect_ratio\":\"match_input_image\",\"output_format\":\"png\","
      "\"safety_tolerance\":2,\"prompt_upsampling\":false}}" },
    { "replicate/flux-kontext-max",
      "{\"seed\":7,\"aspect_ratio\":\"21:9\",\"output_format\":\"jpg\",\"safety_tolerance\":0,"
      "\"prompt_upsampling\":true}",
      BASE "/models/black-forest-labs/flux-kontext-max/predictions",
      "{\"input\":{\"prompt\":\"warm “it”\",\"seed\":7,\"aspect_ratio\":\"21:9\",\"output_format\":\"jpg\","
      "\"safety_tolerance\":0,\"prompt_upsampling\":true}}" },
    { "replicate/flux-kontext-dev", NULL, BASE "/models/black-forest-labs/flux-kontext-dev/predictions",
      "{\"input\":{\"prompt\":\"warm “it”\",\"aspect_ratio\":\"match_input_image\",\"num_inference_steps\":28,"
      "\"guidance\":2.5,\"output_format\":\"png\",\"output_quality\":80,\"disable_safety_checker\":false}}" },
    { "replicate/flux-kontext-dev", "{\"go_fast\":true,\"output_format\":\"webp\",\"num_inference_steps\":50}",
      BASE "/models/black-forest-labs/flux-kontext-dev/predictions",
      "{\"input\":{\"prompt\":\"warm “it”\",\"aspect_ratio\":\"match_input_image\",\"num_inference_steps\":50,"
      "\"guidance\":2.5,\"output_format\":\"webp\",\"output_quality\":80,\"go_fast\":true,"
      "\"disable_safety_checker\":false}}" },
  };
  g_autoptr (ReshootImage) image = codec_fixtures_load (SMALL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ReshootAsk ask = { .input = image };
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

      codec_fixtures_prepare (&fixtures, table[i].model, "warm “it”", table[i].parameters, &ask, &next);
      g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_SUBMIT);
      g_assert_cmpstr (next.call.method, ==, "POST");
      g_assert_cmpstr (next.call.uri, ==, table[i].uri);
      g_assert_true (next.call.with_key);
      g_assert_true (next.call.is_long);
      assert_headers (&next.call);
      codec_fixtures_assert_body (&next.call, "input.input_image", table[i].body);
    }
}

static void
assert_data_uri (const ReshootCall *call,
                 ReshootImage      *image)
{
  g_autoptr (JsonObject) body = codec_fixtures_dup_body (call);
  const char *text = reshoot_json_get_string (reshoot_json_get_object (body, "input"), "input_image");
  g_autoptr (GBytes) sent = NULL;
  guint8 *data;
  gsize length;

  g_assert_true (g_str_has_prefix (text, "data:image/jpeg;base64,"));
  data = g_base64_decode (strchr (text, ',') + 1, &length);
  sent = g_bytes_new_take (data, length);
  g_assert_true (g_bytes_equal (sent, reshoot_image_get_bytes (image)));
}

/* A small picture goes within the JSON. */
static void
test_small (void)
{
  g_autoptr (ReshootImage) image = codec_fixtures_load (SMALL);
  ReshootAsk ask = { .input = image };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  codec_fixtures_prepare (&fixtures, "replicate/flux-kontext-pro", "warm it", NULL, &ask, &next);
  g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_SUBMIT);
  assert_data_uri (&next.call, image);
}

static gboolean
bytes_hold (GBytes *haystack,
            GBytes *needle)
{
  gsize length;
  gsize needle_length;
  const guint8 *data = g_bytes_get_data (haystack, &length);
  const guint8 *wanted = g_bytes_get_data (needle, &needle_length);

  for (gsize i = 0; i + needle_length <= length; i++)
    if (memcmp (data + i, wanted, needle_length) == 0)
      return TRUE;

  return FALSE;
}

/* A large one is uploaded, and then named. */
static void
test_upload (void)
{
  static const char head[] = "name=\"content\"; filename=\"source.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
  static const char reply_text[] = "{\"id\":\"cneq\",\"name\":\"source.jpg\",\"content_type\":\"image/jpeg\","
                                   "\"urls\":{\"get\":\"" FILE_URI "\"},"
                                   "\"created_at\":\"2026-11-22T12:00:00.000Z\","
                                   "\"expires_at\":\"2026-11-22T13:00:00Z\"}";
  g_autoptr (ReshootImage) image = codec_fixtures_load (LARGE);
  ReshootAsk ask = { .input = image };
  g_auto (ReshootNext) upload = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) submit = RESHOOT_NEXT_INIT;
  g_auto (ReshootReply) reply = { .status = 201, .retry_after = -1 };
  g_autoptr (GBytes) disposition = NULL;
  g_autoptr (GBytes) body = NULL;

  codec_fixtures_prepare (&fixtures, "replicate/flux-kontext-pro", "warm it", NULL, &ask, &upload);
  g_assert_cmpint (upload.kind, ==, RESHOOT_NEXT_PREPARE);
  g_assert_cmpstr (upload.call.method, ==, "POST");
  g_assert_cmpstr (upload.call.uri, ==, BASE "/files");
  g_assert_true (upload.call.with_key);
  g_assert_true (g_str_has_prefix (upload.call.content_type, "multipart/form-data; boundary="));
  disposition = g_bytes_new_static (head, strlen (head));
  body = codec_fixtures_join (&upload.call);
  g_assert_true (bytes_hold (body, disposition));
  g_assert_true (bytes_hold (body, reshoot_image_get_bytes (image)));
  g_assert_null (upload.call.headers);

  reply.body = g_bytes_new_static (reply_text, strlen (reply_text));
  ask.state = upload.state;
  ask.reply = &reply;
  codec_fixtures_prepare (&fixtures, "replicate/flux-kontext-pro", "warm it", NULL, &ask, &submit);
  g_assert_cmpint (submit.kind, ==, RESHOOT_NEXT_SUBMIT);
  g_assert_cmpfloat (submit.life, >, 3000);
  g_assert_cmpfloat (submit.life, <, 3600);
  assert_headers (&submit.call);
  codec_fixtures_assert_body (&submit.call, NULL,
                              "{\"input\":{\"prompt\":\"warm it\",\"input_image\":\"" FILE_URI "\","
                              "\"aspect_ratio\":\"match_input_image\",\"output_format\":\"png\","
                              "\"safety_tolerance\":2,\"prompt_upsampling\":false}}");
}

/* Where nothing can be uploaded, the picture goes within the JSON after all. */
static void
test_upload_refused (void)
{
  g_autoptr (ReshootImage) image = codec_fixtures_load (LARGE);
  g_auto (ReshootReply) reply = { .status = 404, .retry_after = -1 };
  ReshootAsk ask = { .input = image, .state = "{\"call\":\"upload\"}", .reply = &reply };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  reply.body = g_bytes_new_static ("{}", 2);
  codec_fixtures_prepare (&fixtures, "replicate/flux-kontext-pro", "warm it", NULL, &ask, &next);
  g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_SUBMIT);
  assert_data_uri (&next.call, image);
}

/* None of these models takes a reference. */
static void
test_references (void)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootImage) image = codec_fixtures_load (SMALL);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warm it", "replicate/flux-kontext-pro", NULL);
  ReshootAsk ask = { .request = request, .input = image, .references = &image, .n_references = 1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  ask.model = reshoot_catalogue_get_model (catalogue, "replicate/flux-kontext-pro");
  g_assert_false (reshoot_provider_prepare (codec, &ask, &next, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "no-reference");
}

/* How long to wait stands in a sentence. */
static void
test_rate_limit (void)
{
  static const struct
  {
    const char *detail;
    double      wait;
  } table[] = {
    { "Request was throttled. Your rate limit resets in ~7s.", 7 },
    { "Your rate limit for creating predictions is reduced to 6 requests per minute. It resets in 30 s", 30 },
    { "Your rate limit resets in 99999999s", 0 },
    { "resets in a while", 0 },
    { "Too many requests", 0 },
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"detail\":\"%s\"}", table[i].detail);
      g_auto (ReshootReply) reply = { .status = 429, .retry_after = -1 };
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (GError) error = NULL;

      reply.body = g_bytes_new (text, strlen (text));
      g_assert_false (reshoot_provider_read (codec, RESHOOT_REPLY_TO_SUBMIT, &reply, NULL, &next,
                                             &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_RATE_LIMITED);
      g_assert_cmpfloat_with_epsilon (next.wait, table[i].wait, 1e-9);
    }
}

static void
test_ask_again_and_cancel (void)
{
  static const struct
  {
    const char *ticket;
    const char *uri;      /* NULL: refused */
  } table[] = {
    { TICKET, PREDICTION },
    { "{\"id\":\"ufawqhfynnddngldkgtslldrkq\"}", PREDICTION },
    { "{\"id\":\"ufawqhfynnddngldkgtslldrkq\",\"polling_url\":\"https://example.com/\","
      "\"cancel_url\":\"http://api.replicate.com/\"}", PREDICTION },
    { "{\"id\":\"../files\"}", NULL }, { "{\"id\":\"\"}", NULL }, { "{\"id\":7}", NULL }, { "{}", NULL }, { "x", NULL },
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (ReshootNext) poll = RESHOOT_NEXT_INIT;
      g_auto (ReshootNext) stop = RESHOOT_NEXT_INIT;
      g_autofree char *stop_uri = g_strconcat (table[i].uri != NULL ? table[i].uri : "", "/cancel", NULL);
      g_autoptr (GError) error = NULL;

      if (table[i].uri == NULL)
        {
          g_assert_false (reshoot_provider_ask_again (codec, table[i].ticket, &poll, &error));
          g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
          g_assert_false (reshoot_provider_cancel (codec, table[i].ticket, &stop, NULL));
          continue;
        }

      g_assert_true (reshoot_provider_ask_again (codec, table[i].ticket, &poll, &error));
      g_assert_no_error (error);
      g_assert_cmpint (poll.kind, ==, RESHOOT_NEXT_POLL);
      g_assert_cmpstr (poll.call.method, ==, "GET");
      g_assert_cmpstr (poll.call.uri, ==, table[i].uri);
      g_assert_true (poll.call.with_key);

      g_assert_true (reshoot_provider_cancel (codec, table[i].ticket, &stop, &error));
      g_assert_cmpstr (stop.call.method, ==, "POST");
      g_assert_cmpstr (stop.call.uri, ==, stop_uri);
      g_assert_true (stop.call.with_key);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  codec_fixtures_add (&fixtures);
  g_test_add_func ("/replicate/submit", test_submit);
  g_test_add_func ("/replicate/small", test_small);
  g_test_add_func ("/replicate/upload", test_upload);
  g_test_add_func ("/replicate/upload-refused", test_upload_refused);
  g_test_add_func ("/replicate/references", test_references);
  g_test_add_func ("/replicate/rate-limit", test_rate_limit);
  g_test_add_func ("/replicate/ask-again-and-cancel", test_ask_again_and_cancel);

  return g_test_run ();
}
