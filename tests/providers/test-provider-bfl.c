/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The codec against files alone: each file of data/providers/bfl is one reply and what it must be taken for. */

#include "reshoot-bfl.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"
#include "reshoot-test.h"

#include <math.h>

#define TICKET "{\"id\":\"8c5f0d6e\",\"polling_url\":" \
               "\"https://api.eu.bfl.ai/v1/get_result?id=8c5f0d6e-1f3a-4b55-9d0e-2a7c1b9e4f60\"}"

/* Fewer than these and the folder was not found or not read. */
#define N_FIXTURES_MIN 60

static ReshootProvider *
make_codec (const char *overridden)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_autoptr (ReshootAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  if (overridden != NULL)
    g_setenv ("RESHOOT_BFL_URL", overridden, TRUE);
  else
    g_unsetenv ("RESHOOT_BFL_URL");

  address = reshoot_address_new (reshoot_catalogue_get_provider (catalogue, "bfl"), &error);
  g_assert_no_error (error);
  g_unsetenv ("RESHOOT_BFL_URL");

  return reshoot_bfl_new (address);
}

static int
code_from_name (const char *name)
{
  static const struct
  {
    const char *name;
    int         code;
  } map[] = {
    { "INVALID_REQUEST", RESHOOT_ERROR_INVALID_REQUEST }, { "REFUSED", RESHOOT_ERROR_REFUSED },
    { "AUTH", RESHOOT_ERROR_AUTH }, { "CREDITS", RESHOOT_ERROR_CREDITS },
    { "UNAVAILABLE", RESHOOT_ERROR_UNAVAILABLE }, { "RATE_LIMITED", RESHOOT_ERROR_RATE_LIMITED },
    { "EXPIRED", RESHOOT_ERROR_EXPIRED }, { "PROTOCOL", RESHOOT_ERROR_PROTOCOL },
    { "TOO_LARGE", RESHOOT_ERROR_TOO_LARGE }, { "FAILED", RESHOOT_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (map); i++)
    if (g_strcmp0 (map[i].name, name) == 0)
      return map[i].code;

  g_error ("no code %s", name);
}

static int
charged_from_name (const char *name)
{
  if (name == NULL)
    return -1;
  if (g_str_equal (name, "no"))
    return RESHOOT_CHARGED_NO;
  if (g_str_equal (name, "yes"))
    return RESHOOT_CHARGED_YES;

  g_assert_cmpstr (name, ==, "unknown");
  return RESHOOT_CHARGED_UNKNOWN;
}

static void
assert_number (double got,
               double wanted)
{
  if (isnan (wanted))
    g_assert_true (isnan (got));
  else
    g_assert_cmpfloat_with_epsilon (got, wanted, 1e-9);
}

static void
assert_ticket (const char *ticket,
               JsonObject *wanted)
{
  g_autoptr (JsonNode) got = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  if (wanted == NULL)
    {
      g_assert_null (ticket);
      return;
    }

  g_assert_nonnull (ticket);
  got = json_from_string (ticket, NULL);
  json_node_set_object (node, wanted);
  g_assert_true (json_node_equal (got, node));
}

static void
assert_next (const ReshootNext *next,
             JsonObject        *expect)
{
  gboolean is_ready = g_strcmp0 (reshoot_json_get_string (expect, "kind"), "download") == 0;
  const ReshootResult *result = is_ready ? next->results->pdata[0] : NULL;
  const ReshootCall *call = is_ready ? &result->call : &next->call;

  g_assert_cmpint (next->kind, ==, is_ready ? RESHOOT_NEXT_READY : RESHOOT_NEXT_POLL);
  g_assert_cmpstr (call->method, ==, "GET");
  g_assert_cmpstr (call->uri, ==, reshoot_json_get_string (expect, "uri"));
  g_assert_cmpint (call->with_key, ==, reshoot_json_get_boolean (expect, "key"));
  g_assert_null (call->body);
  assert_number (next->progress, reshoot_json_get_number (expect, "progress"));
}

static GBytes *
dup_body (JsonObject *fixture)
{
  const char *raw = reshoot_json_get_string (fixture, "raw");
  char *text;

  if (raw != NULL)
    return g_bytes_new (raw, strlen (raw));

  text = json_to_string (json_object_get_member (fixture, "body"), FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static void
test_fixture (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = g_strconcat ("providers/bfl/", name, NULL);
  g_autoptr (GBytes) bytes = reshoot_test_data_bytes (path);
  g_autoptr (JsonObject) fixture = reshoot_json_parse_object (bytes, NULL);
  JsonObject *expect = reshoot_json_get_object (fixture, "expect");
  g_autoptr (ReshootProvider) codec = make_codec (NULL);
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;
  gboolean is_poll;
  gboolean read;

  g_assert_nonnull (expect);
  is_poll = g_str_equal (reshoot_json_get_string (fixture, "after"), "poll");
  reply.status = (guint) reshoot_json_get_number (fixture, "status");
  reply.body = dup_body (fixture);

  read = reshoot_provider_read (codec,
                                is_poll ? RESHOOT_REPLY_TO_POLL : RESHOOT_REPLY_TO_SUBMIT, &reply,
                                is_poll ? TICKET : NULL, &next, &error);

  if (json_object_has_member (expect, "error"))
    {
      g_assert_false (read);
      g_assert_error (error, RESHOOT_ERROR, code_from_name (reshoot_json_get_string (expect, "error")));
      if (json_object_has_member (expect, "reason"))
        g_assert_cmpstr (reshoot_error_get_reason (error), ==, reshoot_json_get_string (expect, "reason"));
      if (json_object_has_member (expect, "subject"))
        g_assert_cmpstr (reshoot_error_get_subject (error), ==, reshoot_json_get_string (expect, "subject"));
    }
  else
    {
      g_assert_no_error (error);
      g_assert_true (read);
      assert_next (&next, expect);
    }

  assert_ticket (next.ticket, reshoot_json_get_object (expect, "ticket"));
  assert_number (reshoot_money_to_dollars (next.quoted), reshoot_json_get_number (expect, "quoted"));
  assert_number (reshoot_money_to_dollars (next.settled), reshoot_json_get_number (expect, "settled"));
  g_assert_cmpint (next.charged, ==, charged_from_name (reshoot_json_get_string (expect, "charged")));
}

static void
add_fixtures (void)
{
  g_autofree char *path = reshoot_test_data_path ("providers/bfl");
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/bfl/reply/", name, NULL);

      g_test_add_data_func_full (test, g_strdup (name), test_fixture, g_free);
      n++;
    }

  g_assert_cmpuint (n, >=, N_FIXTURES_MIN);
}

static ReshootImage *
load_sample (void)
{
  g_autofree char *path = reshoot_test_sample ("shoe.jpg");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  ReshootImage *image;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (data, length);
  image = reshoot_image_new_from_bytes (bytes, "shoe.jpg", &error);
  g_assert_no_error (error);
  return image;
}

static JsonObject *
prepare (const char  *instruction,
         JsonObject  *parameters,
         ReshootNext *next)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  ReshootModel *model = reshoot_catalogue_get_model (catalogue, "bfl/flux-kontext-max");
  g_autoptr (ReshootProvider) codec = make_codec (NULL);
  g_autoptr (ReshootImage) image = load_sample ();
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
  g_autoptr (ReshootImage) image = load_sample ();
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

static void
test_ask_again (void)
{
  static const char * const bad[] = {
    "", "x", "{}", "{\"id\":\"1\"}", "{\"polling_url\":7}",
    "{\"id\":\"1\",\"polling_url\":\"https://example.com/\"}",
  };
  g_autoptr (ReshootProvider) codec = make_codec (NULL);
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
  g_autoptr (ReshootProvider) codec = make_codec ("http://127.0.0.1:8123");

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

  add_fixtures ();
  g_test_add_func ("/bfl/submit", test_submit);
  g_test_add_func ("/bfl/parameters", test_parameters);
  g_test_add_func ("/bfl/ask-again", test_ask_again);
  g_test_add_func ("/bfl/overridden", test_overridden);
  g_test_add_func ("/bfl/bad-override", test_bad_override);

  return g_test_run ();
}
