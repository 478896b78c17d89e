/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The codec against files alone: each file of data/providers/bfl is one reply and what it must be taken for. */

#include "codec-fixtures.h"
#include "reshoot-bfl.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-test.h"

#include <math.h>

#define TICKET "{\"id\":\"8c5f0d6e\",\"polling_url\":" \
               "\"https://api.eu.bfl.ai/v1/get_result?id=8c5f0d6e-1f3a-4b55-9d0e-2a7c1b9e4f60\"}"

static const CodecFixtures fixtures = { "bfl", reshoot_bfl_new, TICKET, 70 };

static JsonObject *
prepare (const char  *instruction,
         JsonObject  *parameters,
         ReshootNext *next)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  ReshootModel *model = reshoot_catalogue_get_model (catalogue, "bfl/flux-kontext-max");
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootImage) image = codec_fixtures_load ("shoe.jpg");
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  ReshootAsk ask;
  JsonObject *body;

  request = reshoot_request_new (instruction, "bfl/flux-kontext-max", parameters);
  ask = (ReshootAsk) { .model = model, .request = request, .input = image };
  g_assert_true (reshoot_provider_prepare (codec, &ask, next, &error));
  g_assert_no_error (error);

  body = reshoot_json_parse_object (next->call.body, &error);
  g_assert_no_error (error);
  return body;
}

static void
test_submit (void)
{
  static const char instruction[] = "make it \"warm\"\n\tand \\ crisp – 5 € \x01";
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (JsonObject) body = prepare (instruction, NULL, &next);
  g_autoptr (ReshootImage) image = codec_fixtures_load ("shoe.jpg");
  g_autoptr (GBytes) sent = NULL;
  guint8 *picture;
  gsize length;

  g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_SUBMIT);
  g_assert_cmpstr (next.call.method, ==, "POST");
  g_assert_cmpstr (next.call.uri, ==, "https://api.bfl.ai/v1/flux-kontext-max");
  g_assert_cmpstr (next.call.content_type, ==, "application/json");
  g_assert_true (next.call.with_key);

  g_assert_cmpstr (reshoot_json_get_string (body, "prompt"), ==, instruction);
  g_assert_cmpstr (reshoot_json_get_string (body, "output_format"), ==, "png");
  g_assert_cmpfloat (reshoot_json_get_number (body, "safety_tolerance"), ==, 2);
  g_assert_true (json_object_has_member (body, "prompt_upsampling"));
  g_assert_false (json_object_has_member (body, "seed"));
  g_assert_nonnull (strchr (reshoot_json_get_string (body, "aspect_ratio"), ':'));

  picture = g_base64_decode (reshoot_json_get_string (body, "input_image"), &length);
  sent = g_bytes_new_take (picture, length);
  g_assert_true (g_bytes_equal (sent, reshoot_image_get_bytes (image)));
}

static void
test_parameters (void)
{
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (JsonObject) parameters = json_object_new ();
  g_autoptr (JsonObject) body = NULL;

  json_object_set_int_member (parameters, "seed", 7);
  json_object_set_string_member (parameters, "output_format", "jpeg");
  body = prepare ("warm it", parameters, &next);

  g_assert_cmpfloat (reshoot_json_get_number (body, "seed"), ==, 7);
  g_assert_cmpstr (reshoot_json_get_string (body, "output_format"), ==, "jpeg");
  g_assert_cmpfloat (reshoot_json_get_number (body, "safety_tolerance"), ==, 2);
}

/* What FLUX.2 knows is another list, and the catalogue alone says so. */
static void
test_flux_2 (void)
{
  static const struct
  {
    const char *model;
    const char *parameters;
    const char *uri;
    const char *body;
  } table[] = {
    { "bfl/flux-2-pro", NULL, "https://api.bfl.ai/v1/flux-2-pro",
      "{\"prompt\":\"warm it\",\"width\":1440,\"height\":1080,\"safety_tolerance\":2,\"output_format\":\"png\"}" },
    { "bfl/flux-2-max", "{\"seed\":7,\"safety_tolerance\":5,\"region\":\"eu\"}", "https://api.eu.bfl.ai/v1/flux-2-max",
      "{\"prompt\":\"warm it\",\"width\":1440,\"height\":1080,\"seed\":7,\"safety_tolerance\":5,"
      "\"output_format\":\"png\"}" },
    { "bfl/flux-2-flex", "{\"steps\":30,\"region\":\"us\"}", "https://api.us.bfl.ai/v1/flux-2-flex",
      "{\"prompt\":\"warm it\",\"width\":1440,\"height\":1080,\"guidance\":5,\"steps\":30,"
      "\"prompt_upsampling\":false,\"safety_tolerance\":2,\"output_format\":\"png\"}" },
    { "bfl/flux-2-klein-4b", "{\"region\":\"global\"}", "https://api.bfl.ai/v1/flux-2-klein-4b",
      "{\"prompt\":\"warm it\",\"width\":1440,\"height\":1080,\"safety_tolerance\":2,\"output_format\":\"png\"}" },
    { "bfl/flux-2-klein-9b", "{\"output_format\":\"webp\"}", "https://api.bfl.ai/v1/flux-2-klein-9b",
      "{\"prompt\":\"warm it\",\"width\":1440,\"height\":1080,\"safety_tolerance\":2,\"output_format\":\"webp\"}" },
    { "bfl/flux-kontext-pro", "{\"region\":\"eu\"}", "https://api.eu.bfl.ai/v1/flux-kontext-pro",
      "{\"prompt\":\"warm it\",\"aspect_ratio\":\"4:3\",\"safety_tolerance\":2,\"output_format\":\"png\","
      "\"prompt_upsampling\":false}" },
  };
  g_autoptr (ReshootImage) image = codec_fixtures_load ("shoe.jpg");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ReshootAsk ask = { .input = image };
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

      codec_fixtures_prepare (&fixtures, table[i].model, "warm it", table[i].parameters, &ask, &next);
      g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_SUBMIT);
      g_assert_cmpstr (next.call.uri, ==, table[i].uri);
      codec_fixtures_assert_body (&next.call, "input_image", table[i].body);
    }
}

static void
assert_picture (JsonObject   *body,
                const char   *name,
                ReshootImage *image)
{
  g_autoptr (GBytes) sent = NULL;
  gsize length;
  guint8 *data;

  g_assert_nonnull (reshoot_json_get_string (body, name));
  data = g_base64_decode (reshoot_json_get_string (body, name), &length);
  sent = g_bytes_new_take (data, length);
  g_assert_true (g_bytes_equal (sent, reshoot_image_get_bytes (image)));
}

static void
test_references (void)
{
  g_autoptr (ReshootImage) image = codec_fixtures_load ("shoe.jpg");
  g_autoptr (ReshootImage) other = codec_fixtures_load ("bottle-on-white.jpg");
  ReshootImage *references[8] = { other, image, other, image, other, image, other, image };
  ReshootAsk ask = { .input = image, .references = references, .n_references = 7 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (JsonObject) body = NULL;

  codec_fixtures_prepare (&fixtures, "bfl/flux-2-pro", "warm it", NULL, &ask, &next);
  body = codec_fixtures_dup_body (&next.call);
  assert_picture (body, "input_image", image);
  assert_picture (body, "input_image_2", other);
  assert_picture (body, "input_image_3", image);
  assert_picture (body, "input_image_8", other);
  g_assert_false (json_object_has_member (body, "input_image_9"));
}

/* More than a model takes are refused before anything is sent. */
/* The model is told what a picture is for by its number, the source being the first; masks are not shown to it. */
static void
test_roles (void)
{
  g_autoptr (ReshootImage) image = codec_fixtures_load ("shoe.jpg");
  const ReshootRequestPicture pictures[] = {
    { "reference", image, NULL }, { "protect", image, NULL }, { "scene", image, NULL }, { "product", image, NULL },
    { "style", image, NULL },
  };
  const struct
  {
    guint       n;
    const char *words;
  } table[] = {
    { 0, "warm it" },
    { 2, "warm it" },
    { 3, "warm it\nImage 3 is the reference for the scene." },
    { 5, "warm it\nImage 3 is the reference for the scene. Image 4 shows the product. "
         "Image 5 is the reference for the style." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ReshootInputs inputs = RESHOOT_INPUTS_INIT;
      g_autoptr (ReshootRequest) request = NULL;
      g_autofree char *words = NULL;
      ReshootAsk ask = { NULL, };

      inputs.pictures = pictures;
      inputs.n_pictures = table[i].n;
      request = reshoot_request_new_with_inputs ("warm it", "bfl/flux-2-pro", NULL, &inputs);
      ask.request = request;
      words = reshoot_codec_dup_words (&ask);
      g_assert_cmpstr (words, ==, table[i].words);
    }
}

static void
test_too_many_references (void)
{
  static const struct
  {
    const char *model;
    guint       most;
  } table[] = {
    { "bfl/flux-kontext-pro", 3 }, { "bfl/flux-kontext-max", 3 }, { "bfl/flux-2-pro", 7 }, { "bfl/flux-2-max", 7 },
    { "bfl/flux-2-flex", 7 }, { "bfl/flux-2-klein-4b", 3 }, { "bfl/flux-2-klein-9b", 3 },
  };
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootImage) image = codec_fixtures_load ("shoe.jpg");
  ReshootImage *references[8] = { image, image, image, image, image, image, image, image };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (ReshootRequest) request = reshoot_request_new ("warm it", table[i].model, NULL);
      ReshootAsk ask = { .request = request, .input = image, .references = references };
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_auto (ReshootNext) none = RESHOOT_NEXT_INIT;
      g_autoptr (GError) error = NULL;

      ask.model = reshoot_catalogue_get_model (catalogue, table[i].model);
      ask.n_references = table[i].most;
      g_assert_true (reshoot_provider_prepare (codec, &ask, &next, &error));
      ask.n_references++;
      g_assert_false (reshoot_provider_prepare (codec, &ask, &none, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, "references");
      g_assert_null (none.call.uri);
    }
}

static void
test_ask_again (void)
{
  static const char * const bad[] = {
    "", "x", "{}", "{\"id\":\"1\"}", "{\"polling_url\":7}",
    "{\"id\":\"1\",\"polling_url\":\"https://example.com/\"}",
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_provider_ask_again (codec, TICKET, &next, &error));
  g_assert_no_error (error);
  g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_POLL);
  g_assert_cmpstr (next.call.uri, ==,
                   "https://api.eu.bfl.ai/v1/get_result?id=8c5f0d6e-1f3a-4b55-9d0e-2a7c1b9e4f60");
  g_assert_true (next.call.with_key);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (ReshootNext) none = RESHOOT_NEXT_INIT;
      g_autoptr (GError) bad_error = NULL;

      g_assert_false (reshoot_provider_ask_again (codec, bad[i], &none, &bad_error));
      g_assert_error (bad_error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
    }
}

/* An overridden address adds exactly its own host and port, and the only plain http there is. */
static void
test_overridden (void)
{
  static const struct
  {
    const char *uri;
    gboolean    allowed;
  } table[] = {
    { "http://127.0.0.1:8123/v1/get_result?id=1", TRUE },
    { "http://127.0.0.1:8124/v1/get_result?id=1", FALSE },
    { "https://127.0.0.1:8123/v1/get_result?id=1", FALSE },
    { "http://127.0.0.2:8123/v1/get_result?id=1", FALSE },
    { "http://localhost:8123/v1/get_result?id=1", FALSE },
    { "http://127.0.0.1/v1/get_result?id=1", FALSE },
    { "https://api.eu.bfl.ai/v1/get_result?id=1", TRUE },
    { "http://api.eu.bfl.ai/v1/get_result?id=1", FALSE },
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, "http://127.0.0.1:8123");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *ticket = g_strdup_printf ("{\"id\":\"1\",\"polling_url\":\"%s\"}", table[i].uri);
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (reshoot_provider_ask_again (codec, ticket, &next, &error), ==,
                       table[i].allowed);
      if (!table[i].allowed)
        g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
    }
}

static void
test_bad_override (void)
{
  static const char * const bad[] = {
    "http://8.8.8.8:8000", "http://api.bfl.ai", "ftp://127.0.0.1", "nonsense", "http://", "file:///tmp",
    "http://user@127.0.0.1:80",
  };
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_setenv ("RESHOOT_BFL_URL", bad[i], TRUE);
      g_assert_null (reshoot_address_new (reshoot_catalogue_get_provider (catalogue, "bfl"), &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, "RESHOOT_BFL_URL");
    }

  g_unsetenv ("RESHOOT_BFL_URL");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  codec_fixtures_add (&fixtures);
  g_test_add_func ("/bfl/submit", test_submit);
  g_test_add_func ("/bfl/parameters", test_parameters);
  g_test_add_func ("/bfl/flux-2", test_flux_2);
  g_test_add_func ("/bfl/references", test_references);
  g_test_add_func ("/bfl/roles", test_roles);
  g_test_add_func ("/bfl/too-many-references", test_too_many_references);
  g_test_add_func ("/bfl/ask-again", test_ask_again);
  g_test_add_func ("/bfl/overridden", test_overridden);
  g_test_add_func ("/bfl/bad-override", test_bad_override);

  return g_test_run ();
}
