/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialect of OpenAI's image edits against files alone: what each kind of server is sent, field by field, and what
 * their replies are taken for; at a service that charges, and at a server that does not. */

#include "codec-fixtures.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-model-private.h"
#include "reshoot-openai-images.h"
#include "reshoot-servers.h"
#include "reshoot-test.h"

#include <libsoup/soup.h>
#include <string.h>

static JsonObject *
describe (JsonObject *dialect,
          const char *profile)
{
  static char *models[] = { (char *) "own-model", NULL };
  ReshootServer server = { .name = (char *) "openai-images@team", .url = (char *) "http://192.168.1.5:8004" };
  g_autoptr (GError) error = NULL;
  JsonObject *description;

  server.profile = (char *) profile;
  server.models = models;
  description = reshoot_server_describe (&server, dialect, &error);
  g_assert_no_error (error);
  return description;
}

static ReshootProvider *
make_own (ReshootAddress *address,
          JsonObject     *dialect)
{
  g_autoptr (JsonObject) description = describe (dialect, "vllm-omni");
  g_autoptr (ReshootAddress) own = reshoot_address_new (description, NULL);

  return reshoot_openai_images_new (own, description);
}

static const CodecFixtures fixtures = { "openai-images", reshoot_openai_images_new, "{}", 48, NULL };
static const CodecFixtures own_fixtures = { "openai-images", make_own, "{}", 48, "openai-images-own" };

typedef struct
{
  JsonObject      *description;
  ReshootProvider *codec;
  ReshootModel    *model;
} Server;

static void
server_clear (Server *server)
{
  g_clear_pointer (&server->description, json_object_unref);
  g_clear_object (&server->codec);
  g_clear_object (&server->model);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

/* A server of that kind, or OpenAI itself. */
static void
server_init (Server     *server,
             const char *profile)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  JsonObject *dialect = reshoot_catalogue_get_provider (catalogue, "openai-images");
  g_autoptr (ReshootAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *models;

  if (g_str_equal (profile, "OpenAI"))
    server->description = json_object_ref (dialect);
  else
    server->description = describe (dialect, profile);
  address = reshoot_address_new (server->description, &error);
  g_assert_no_error (error);
  models = reshoot_json_get_array (server->description, "models");
  server->codec = reshoot_openai_images_new (address, server->description);
  server->model = reshoot_model_new (server->description, json_array_get_object_element (models, 0),
                                     &error);
  g_assert_no_error (error);
}

static gboolean
prepare (Server      *server,
         const char  *instruction,
         const char  *parameters,
         guint        n_references,
         ReshootNext *next,
         GError     **error)
{
  g_autoptr (GBytes) text = g_bytes_new_static (parameters, strlen (parameters));
  g_autoptr (JsonObject) asked = reshoot_json_parse_object (text, NULL);
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (ReshootImage) input = codec_fixtures_load ("shoe.jpg");
  g_autoptr (ReshootImage) other = codec_fixtures_load ("mug.jpg");
  ReshootImage *references[] = { other, other };
  ReshootAsk ask = { .model = server->model, .input = input, .references = references };

  g_assert_nonnull (asked);
  request = reshoot_request_new (instruction, reshoot_model_get_id (server->model), asked);
  ask.request = request;
  ask.n_references = n_references;
  return reshoot_provider_prepare (server->codec, &ask, next, error);
}

static SoupMultipart *
read_form (const ReshootCall *call)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr (GBytes) body = codec_fixtures_join (call);
  SoupMultipart *form;

  soup_message_headers_replace (headers, "Content-Type", call->content_type);
  form = soup_multipart_new_from_message (headers, body);
  soup_message_headers_unref (headers);
  g_assert_nonnull (form);
  return form;
}

/* The fields as JSON, texts all of them; a picture is told as [its file's name, its type, whether it is @source]. */
static JsonObject *
dup_fields (const ReshootCall *call)
{
  g_autoptr (SoupMultipart) form = read_form (call);
  g_autoptr (ReshootImage) source = codec_fixtures_load ("shoe.jpg");
  JsonObject *fields = json_object_new ();

  for (int i = 0; i < soup_multipart_get_length (form); i++)
    {
      g_autoptr (GHashTable) names = NULL;
      g_autofree char *kind = NULL;
      g_autofree char *text = NULL;
      const char *name;
      SoupMessageHeaders *headers;
      GBytes *body;

      g_assert_true (soup_multipart_get_part (form, i, &headers, &body));
      g_assert_true (soup_message_headers_get_content_disposition (headers, &kind, &names));
      name = g_hash_table_lookup (names, "name");
      text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

      if (g_hash_table_lookup (names, "filename") == NULL)
        {
          g_assert_false (json_object_has_member (fields, name));
          json_object_set_string_member (fields, name, text);
          continue;
        }

      g_free (text);
      text = g_strdup_printf ("%s %s %s", (char *) g_hash_table_lookup (names, "filename"),
                              soup_message_headers_get_content_type (headers, NULL),
                              g_bytes_equal (body, reshoot_image_get_bytes (source)) ? "source" : "other");
      if (!json_object_has_member (fields, name))
        json_object_set_array_member (fields, name, json_array_new ());
      json_array_add_string_element (json_object_get_array_member (fields, name), text);
    }

  return fields;
}

static void
assert_fields (JsonObject *fields,
               const char *wanted)
{
  g_autoptr (JsonNode) got = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) node = json_from_string (wanted, NULL);
  g_autofree char *text = NULL;

  g_assert_nonnull (node);
  json_node_set_object (got, fields);
  text = json_to_string (got, FALSE);
  if (!json_node_equal (got, node))
    g_error ("sent %s instead of %s", text, wanted);
}

#define SOURCE "\"image\":[\"source.jpg image/jpeg source\"]"
#define SOME "{\"seed\":7,\"steps\":28,\"guidance\":3.5,\"output_format\":\"jpeg\"}"

static const struct
{
  const char *profile;
  const char *parameters;
  const char *fields;
} bodies[] = {
  { "OpenAI", "{}",
    "{\"prompt\":\"warm it\",\"model\":\"gpt-image-1\",\"n\":\"1\",\"size\":\"1440x1080\",\"output_format\":\"png\","
    SOURCE "}" },
  { "OpenAI", "{\"size\":\"auto\",\"quality\":\"high\",\"input_fidelity\":\"high\",\"background\":\"opaque\","
    "\"output_format\":\"webp\",\"output_compression\":80}",
    "{\"prompt\":\"warm it\",\"model\":\"gpt-image-1\",\"n\":\"1\",\"size\":\"auto\",\"quality\":\"high\","
    "\"input_fidelity\":\"high\",\"background\":\"opaque\",\"output_format\":\"webp\",\"output_compression\":\"80\","
    SOURCE "}" },
  { "portable", SOME,
    "{\"prompt\":\"warm it\",\"model\":\"own-model\",\"n\":\"1\",\"response_format\":\"b64_json\",\"seed\":\"7\","
    "\"num_inference_steps\":\"28\",\"guidance_scale\":\"3.5\",\"output_format\":\"jpeg\"," SOURCE "}" },
  { "vllm-omni", SOME,
    "{\"prompt\":\"warm it\",\"model\":\"own-model\",\"n\":\"1\",\"response_format\":\"b64_json\",\"seed\":\"7\","
    "\"num_inference_steps\":\"28\",\"guidance_scale\":\"3.5\",\"output_format\":\"jpeg\"," SOURCE "}" },
  { "vllm-omni", "{\"negative_prompt\":\"blur\"}",
    "{\"prompt\":\"warm it\",\"model\":\"own-model\",\"n\":\"1\",\"response_format\":\"b64_json\","
    "\"negative_prompt\":\"blur\",\"output_format\":\"png\"," SOURCE "}" },
  { "xinference", "{}",
    "{\"prompt\":\"warm it\",\"model\":\"own-model\",\"n\":\"1\",\"response_format\":\"b64_json\"," SOURCE "}" },
  { "exo", SOME,
    "{\"prompt\":\"warm it\",\"model\":\"own-model\",\"n\":\"1\",\"response_format\":\"b64_json\","
    "\"advanced_params\":\"{\\\"seed\\\":7,\\\"num_inference_steps\\\":28,\\\"guidance\\\":3.5}\","
    "\"output_format\":\"jpeg\"," SOURCE "}" },
  { "exo", "{\"input_fidelity\":\"high\"}",
    "{\"prompt\":\"warm it\",\"model\":\"own-model\",\"n\":\"1\",\"response_format\":\"b64_json\","
    "\"input_fidelity\":\"high\",\"output_format\":\"png\"," SOURCE "}" },
  { "sd-server", "{}",
    "{\"prompt\":\"warm it <sd_cpp_extra_args>{\\\"strength\\\":1.0,\\\"seed\\\":-1}</sd_cpp_extra_args>\","
    "\"model\":\"own-model\",\"n\":\"1\",\"output_format\":\"png\"," SOURCE "}" },
  { "sglang", SOME,
    "{\"prompt\":\"warm it\",\"model\":\"own-model\",\"n\":\"1\",\"size\":\"1440x1080\","
    "\"response_format\":\"b64_json\",\"seed\":\"7\",\"num_inference_steps\":\"28\","
    "\"guidance_scale\":\"3.5\",\"output_format\":\"jpeg\"," SOURCE "}" },
  { "litellm", "{}",
    "{\"prompt\":\"warm it\",\"model\":\"own-model\",\"n\":\"1\",\"output_format\":\"png\"," SOURCE "}" },
};

static void
test_bodies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_auto (Server) server = { NULL, };
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (JsonObject) fields = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s %s", bodies[i].profile, bodies[i].parameters);
      server_init (&server, bodies[i].profile);
      g_assert_true (prepare (&server, "warm it", bodies[i].parameters, 0, &next, &error));
      g_assert_no_error (error);

      g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_SUBMIT);
      g_assert_cmpstr (next.call.method, ==, "POST");
      g_assert_cmpstr (next.call.uri, ==, i < 2 ? "https://api.openai.com/v1/images/edits"
                                                : "http://192.168.1.5:8004/v1/images/edits");
      g_assert_true (next.call.with_key);
      g_assert_true (next.call.is_long);
      g_assert_null (next.ticket);
      fields = dup_fields (&next.call);
      assert_fields (fields, bodies[i].fields);
    }
}

/* What the block holds, whatever the order of its members. */
static void
test_block (void)
{
  g_auto (Server) server = { NULL, };

  server_init (&server, "sd-server");
  for (guint i = 0; i < 2; i++)
    {
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (JsonObject) fields = NULL;
      g_autoptr (JsonNode) block = NULL;
      g_autoptr (JsonNode) wanted = NULL;
      g_auto (GStrv) parts = NULL;

      /* The second time nothing of the first is left. */
      g_assert_true (prepare (&server, "warm it", i == 0 ? SOME : "{\"seed\":8}", 0, &next, NULL));
      fields = dup_fields (&next.call);
      parts = g_strsplit_set (reshoot_json_get_string (fields, "prompt"), "<>", -1);
      g_assert_cmpuint (g_strv_length (parts), ==, 5);
      g_assert_cmpstr (parts[0], ==, "warm it ");
      g_assert_cmpstr (parts[1], ==, "sd_cpp_extra_args");
      g_assert_cmpstr (parts[3], ==, "/sd_cpp_extra_args");

      block = json_from_string (parts[2], NULL);
      wanted = json_from_string (i == 0 ? "{\"strength\":1.0,\"seed\":7,\"sample_params\":{\"sample_steps\":28,"
                                          "\"guidance\":{\"distilled_guidance\":3.5}}}"
                                        : "{\"strength\":1.0,\"seed\":8}", NULL);
      g_assert_true (json_node_equal (block, wanted));
    }
}

/* Nobody speaks to the server but us. */
static void
test_typed_block (void)
{
  static const struct
  {
    const char *typed;
    const char *sent;
  } table[] = {
    { "warm it <sd_cpp_extra_args>{\"steps\":1}</sd_cpp_extra_args> please", "warm it  please" },
    { "warm it <sd_cpp_extra_args>{\"steps\":1}", "warm it {\"steps\":1}" },
    { "warm it </sd_cpp_extra_args>", "warm it" },
    { "<sd_cpp_extra_args>a</sd_cpp_extra_args>warm<sd_cpp_extra_args>b</sd_cpp_extra_args> it", "warm it" },
    { "warm <sd_cpp<sd_cpp_extra_args></sd_cpp_extra_args>_extra_args>{} it", "warm {} it" },
    { "warm <sd_cpp</sd_cpp_extra_args>_extra_args>{} it", "warm {} it" },
    { "make it < 5 > 3", "make it < 5 > 3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (Server) server = { NULL, };
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (JsonObject) fields = NULL;

      server_init (&server, "portable");
      g_assert_true (prepare (&server, table[i].typed, "{}", 0, &next, NULL));
      fields = dup_fields (&next.call);
      g_assert_cmpstr (reshoot_json_get_string (fields, "prompt"), ==, table[i].sent);
    }
}

static void
test_no_words (void)
{
  g_auto (Server) server = { NULL, };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  server_init (&server, "sd-server");
  g_assert_false (prepare (&server, " <sd_cpp_extra_args>{}</sd_cpp_extra_args> ", "{}", 0, &next, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "instruction");
  g_assert_null (next.call.body);
}

static void
test_references (void)
{
  static const struct
  {
    const char *profile;
    gboolean    takes;
  } table[] = {
    { "OpenAI", TRUE }, { "portable", FALSE }, { "vllm-omni", FALSE }, { "xinference", TRUE }, { "exo", FALSE },
    { "sd-server", TRUE }, { "sglang", TRUE }, { "litellm", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (Server) server = { NULL, };
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (JsonObject) fields = NULL;
      g_autoptr (GError) error = NULL;
      JsonArray *pictures;

      g_test_message ("%s", table[i].profile);
      server_init (&server, table[i].profile);
      g_assert_cmpint (prepare (&server, "warm it", "{}", 2, &next, &error), ==, table[i].takes);
      if (!table[i].takes)
        {
          g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
          g_assert_cmpstr (reshoot_error_get_reason (error), ==, "no-reference");
          continue;
        }

      g_assert_no_error (error);
      fields = dup_fields (&next.call);
      g_assert_false (json_object_has_member (fields, "image"));
      pictures = reshoot_json_get_array (fields, "image[]");
      g_assert_cmpuint (json_array_get_length (pictures), ==, 3);
      g_assert_cmpstr (json_array_get_string_element (pictures, 0), ==, "source.jpg image/jpeg source");
      g_assert_cmpstr (json_array_get_string_element (pictures, 1), ==, "reference.jpg image/jpeg other");
    }
}

/* LocalAI has a form of its own: raw base64 in JSON, for a data address it would drop without a word. */
static void
test_localai (void)
{
  g_auto (Server) server = { NULL, };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (ReshootImage) source = codec_fixtures_load ("shoe.jpg");
  g_autoptr (GError) error = NULL;

  server_init (&server, "localai");
  g_assert_true (prepare (&server, "say \"5 €\"", "{\"steps\":20}", 1, &next, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (next.call.uri, ==, "http://192.168.1.5:8004/v1/images/generations");
  g_assert_cmpstr (next.call.content_type, ==, "application/json");
  g_assert_true (next.call.is_long);

  body = reshoot_json_parse_object (next.call.body, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      JsonArray *pictures = reshoot_json_get_array (body, "ref_images");
      gsize length;
      guint8 *data = g_base64_decode (json_array_get_string_element (pictures, i), &length);
      g_autoptr (GBytes) picture = g_bytes_new_take (data, length);

      g_assert_cmpuint (json_array_get_length (pictures), ==, 2);
      g_assert_cmpint (g_bytes_equal (picture, reshoot_image_get_bytes (source)), ==, i == 0);
    }

  json_object_remove_member (body, "ref_images");
  assert_fields (body, "{\"prompt\":\"say \\\"5 €\\\"\",\"model\":\"own-model\",\"n\":1,\"size\":\"1440x1080\","
                 "\"response_format\":\"b64_json\",\"step\":20}");
}

/* A lost reply is lost: there is nothing to ask with, and none of them streams. */
static void
test_no_ticket (void)
{
  g_auto (Server) server = { NULL, };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  server_init (&server, "OpenAI");
  g_assert_false (reshoot_json_get_boolean (server.description, "resume"));
  g_assert_true (json_object_has_member (server.description, "resume"));
  g_assert_false (reshoot_provider_ask_again (server.codec, "{\"id\":\"1\"}", &next, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
  g_assert_false (reshoot_provider_get_can_cancel (server.codec));
}

/* Each profile says what a test of it needs, and what cancelling does there. */
static void
test_profiles (void)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  JsonObject *dialect = reshoot_catalogue_get_provider (catalogue, "openai-images");
  JsonObject *profiles = reshoot_json_get_object (dialect, "profiles");
  g_autoptr (GList) names = json_object_get_members (profiles);

  g_assert_cmpuint (g_list_length (names), ==, 9);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *profile = reshoot_json_get_object (profiles, l->data);
      const char *cancel = reshoot_json_get_string (profile, "cancel");
      gboolean stops = g_str_equal (l->data, "vllm-omni") || g_str_equal (l->data, "exo");

      g_assert_cmpstr (cancel, ==, stops ? "stops" : "none");
      g_assert_nonnull (reshoot_json_get_string (profile, "name"));
      g_assert_true (g_str_has_prefix (reshoot_json_get_string (profile, "path"), "/images/"));
      g_assert_nonnull (reshoot_json_get_string (profile, "image"));
      g_assert_true (reshoot_json_get_number (profile, "references") >= 0);
      g_assert_false (json_object_has_member (reshoot_json_get_object (profile, "fixed"), "stream"));
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  codec_fixtures_add (&fixtures);
  codec_fixtures_add (&own_fixtures);
  g_test_add_func ("/openai-images/bodies", test_bodies);
  g_test_add_func ("/openai-images/block", test_block);
  g_test_add_func ("/openai-images/typed-block", test_typed_block);
  g_test_add_func ("/openai-images/no-words", test_no_words);
  g_test_add_func ("/openai-images/references", test_references);
  g_test_add_func ("/openai-images/localai", test_localai);
  g_test_add_func ("/openai-images/no-ticket", test_no_ticket);
  g_test_add_func ("/openai-images/profiles", test_profiles);

  return g_test_run ();
}
