/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Codecs against files alone. */

#include "codec-fixtures.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"
#include "reshoot-test.h"

/* Of the step that is asked for. */
#define UUID "6b1c7c0e-5d7e-4c57-9d0a-0d2d6b6f3c11"

typedef struct
{
  const CodecFixtures *fixtures;
  char                *name;
} File;

static const char *
get_folder (const CodecFixtures *fixtures)
{
  return fixtures->folder != NULL ? fixtures->folder : fixtures->provider;
}

static void
file_free (gpointer data)
{
  File *file = data;

  g_free (file->name);
  g_free (file);
}

/* The codec as the session makes it, or as it does where the person typed another address. */
ReshootProvider *
codec_fixtures_make_codec (const CodecFixtures *fixtures,
                           const char          *overridden)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  JsonObject *description = reshoot_catalogue_get_provider (catalogue, fixtures->provider);
  g_autofree char *upper = g_ascii_strup (fixtures->provider, -1);
  g_autofree char *variable = g_strdup_printf ("RESHOOT_%s_URL", g_strdelimit (upper, "-", '_'));
  g_autoptr (ReshootAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  if (overridden != NULL)
    g_setenv (variable, overridden, TRUE);
  else
    g_unsetenv (variable);

  address = reshoot_address_new (description, &error);
  g_assert_no_error (error);
  g_unsetenv (variable);

  return fixtures->make (address, description);
}

/* One of the photos that come with Reshoot. */
ReshootImage *
codec_fixtures_load (const char *sample)
{
  g_autofree char *path = reshoot_test_sample (sample);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  ReshootImage *image;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (data, length);
  image = reshoot_image_new_from_bytes (bytes, sample, &error);
  g_assert_no_error (error);
  return image;
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
    { "CANNOT", RESHOOT_ERROR_CANNOT }, { "UNSUPPORTED_IMAGE", RESHOOT_ERROR_UNSUPPORTED_IMAGE },
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

static ReshootNextKind
kind_from_name (const char *name)
{
  static const struct
  {
    const char      *name;
    ReshootNextKind  kind;
  } map[] = {
    { "poll", RESHOOT_NEXT_POLL }, { "answer", RESHOOT_NEXT_ANSWER }, { "ready", RESHOOT_NEXT_READY },
    { "stopped", RESHOOT_NEXT_STOPPED }, { "prepare", RESHOOT_NEXT_PREPARE },
    { "submit", RESHOOT_NEXT_SUBMIT }, { "done", RESHOOT_NEXT_DONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (map); i++)
    if (name == NULL || g_str_equal (map[i].name, name))
      return map[i].kind;

  g_error ("no kind %s", name);
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

/* That @text is the member @name, a text or any other JSON, and is not there where that is not. */
static void
assert_json (const char *text,
             JsonObject *expect,
             const char *name)
{
  JsonNode *wanted = json_object_get_member (expect, name);
  g_autoptr (JsonNode) got = NULL;
  g_autofree char *words = NULL;

  if (wanted == NULL || JSON_NODE_HOLDS_VALUE (wanted))
    {
      g_assert_cmpstr (text, ==, wanted != NULL ? json_node_get_string (wanted) : NULL);
      return;
    }

  g_assert_nonnull (text);
  got = json_from_string (text, NULL);
  words = json_to_string (wanted, FALSE);
  if (got == NULL || !json_node_equal (got, wanted))
    g_error ("%s is %s instead of %s", name, text, words);
}

static void
assert_result (const ReshootResult *result,
               const char          *uri,
               JsonObject          *wanted,
               gboolean             with_key)
{
  JsonArray *part = reshoot_json_get_array (wanted, "part");
  double size = reshoot_json_get_number (wanted, "size");

  g_assert_cmpstr (result->call.uri, ==, uri);
  g_assert_cmpstr (result->call.method, ==, uri != NULL ? "GET" : NULL);
  g_assert_cmpint (result->call.with_key, ==, with_key);
  g_assert_null (result->call.body);

  g_assert_cmpint (result->bytes != NULL, ==, !isnan (size));
  if (result->bytes != NULL)
    g_assert_cmpuint (g_bytes_get_size (result->bytes), ==, (gsize) size);

  for (guint i = 0; i < 4; i++)
    assert_number (result->part[i], part != NULL ? json_array_get_double_element (part, i) : i / 2);
}

static void
assert_results (const ReshootNext *next,
                JsonObject        *expect)
{
  JsonArray *results = reshoot_json_get_array (expect, "results");
  gboolean with_key = reshoot_json_get_boolean (expect, "key");

  if (results == NULL)
    {
      g_assert_cmpuint (next->results->len, ==, 1);
      assert_result (next->results->pdata[0], reshoot_json_get_string (expect, "uri"), NULL,
                     with_key);
      return;
    }

  g_assert_cmpuint (next->results->len, ==, json_array_get_length (results));
  for (guint i = 0; i < next->results->len; i++)
    {
      JsonNode *node = json_array_get_element (results, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *uri = object != NULL ? reshoot_json_get_string (object, "uri")
                                       : json_node_get_string (node);

      assert_result (next->results->pdata[i], uri, object, with_key);
    }
}

static void
assert_next (const ReshootNext *next,
             JsonObject        *expect)
{
  const char *method = reshoot_json_get_string (expect, "method");
  const char *body = next->call.body != NULL ? g_bytes_get_data (next->call.body, NULL) : NULL;
  g_autofree char *sent = NULL;
  double position = reshoot_json_get_number (expect, "position");
  double wait = reshoot_json_get_number (expect, "wait");

  if (body != NULL)
    sent = g_strndup (body, g_bytes_get_size (next->call.body));

  g_assert_cmpint (next->kind, ==, kind_from_name (reshoot_json_get_string (expect, "kind")));

  if (next->kind == RESHOOT_NEXT_READY)
    {
      assert_results (next, expect);
    }
  else if (json_object_has_member (expect, "uri"))
    {
      g_assert_cmpstr (next->call.method, ==, method != NULL ? method : "GET");
      g_assert_cmpstr (next->call.uri, ==, reshoot_json_get_string (expect, "uri"));
      g_assert_cmpint (next->call.with_key, ==, reshoot_json_get_boolean (expect, "key"));
      if (method == NULL || json_object_has_member (expect, "sent"))
        assert_json (sent, expect, "sent");
    }

  assert_number (next->progress, reshoot_json_get_number (expect, "progress"));
  assert_number (next->queue_position, isnan (position) ? -1 : position);
  assert_number (next->wait, isnan (wait) ? 0 : wait);
  assert_json (next->state, expect, "state");
}

static void
assert_check (const ReshootCheck *check,
              JsonObject         *expect)
{
  double models = reshoot_json_get_number (expect, "models");

  g_assert_cmpstr (check->account, ==, reshoot_json_get_string (expect, "account"));
  g_assert_cmpstr (check->version, ==, reshoot_json_get_string (expect, "version"));
  assert_number (reshoot_money_to_dollars (check->balance), reshoot_json_get_number (expect, "balance"));
  assert_number (check->models != NULL ? json_array_get_length (check->models) : NAN, models);
}

static void
assert_error (const GError *error,
              JsonObject   *expect)
{
  g_assert_error (error, RESHOOT_ERROR, code_from_name (reshoot_json_get_string (expect, "error")));
  if (json_object_has_member (expect, "reason"))
    g_assert_cmpstr (reshoot_error_get_reason (error), ==, reshoot_json_get_string (expect, "reason"));
  if (json_object_has_member (expect, "subject"))
    g_assert_cmpstr (reshoot_error_get_subject (error), ==, reshoot_json_get_string (expect, "subject"));
}

static GBytes *
dup_body (JsonObject *fixture)
{
  const char *raw = reshoot_json_get_string (fixture, "raw");
  const char *base64 = reshoot_json_get_string (fixture, "base64");
  guint8 *data;
  gsize length;
  char *text;

  if (raw != NULL)
    return g_bytes_new (raw, strlen (raw));

  if (base64 != NULL)
    {
      data = g_base64_decode (base64, &length);
      return g_bytes_new_take (data, length);
    }

  text = json_to_string (json_object_get_member (fixture, "body"), FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static char *
dup_text (JsonObject *fixture,
          const char *name)
{
  JsonNode *node = json_object_get_member (fixture, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;

  return JSON_NODE_HOLDS_VALUE (node) ? json_node_dup_string (node) : json_to_string (node, FALSE);
}

static const char *
get_model_id (JsonObject *description,
              JsonObject *fixture)
{
  const char *id = reshoot_json_get_string (fixture, "model");
  JsonArray *models = reshoot_json_get_array (description, "models");

  return id != NULL ? id : reshoot_json_get_string (json_array_get_object_element (models, 0), "id");
}

static gboolean
prepare_further (const CodecFixtures  *fixtures,
                 ReshootProvider      *codec,
                 JsonObject           *fixture,
                 const char           *state,
                 const ReshootReply   *reply,
                 ReshootNext          *next,
                 GError              **error)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  JsonObject *description = reshoot_catalogue_get_provider (catalogue, fixtures->provider);
  const char *id = get_model_id (description, fixture);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warm it", id, NULL);
  g_autoptr (ReshootImage) input = codec_fixtures_load ("shoe.jpg");
  const ReshootAsk ask = {
    .model = reshoot_catalogue_get_model (catalogue, id), .request = request, .input = input,
    .uuid = UUID, .state = state, .reply = reply,
  };

  return reshoot_provider_prepare (codec, &ask, next, error);
}

static gboolean
read_fixture (const CodecFixtures  *fixtures,
              JsonObject           *fixture,
              ReshootNext          *next,
              ReshootCheck         *check,
              GError              **error)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (fixtures, NULL);
  const char *after = reshoot_json_get_string (fixture, "after");
  g_autofree char *with = dup_text (fixture, "with");
  g_autofree char *state = dup_text (fixture, "state");
  const char *ticket = with != NULL ? with : fixtures->ticket;
  double retry_after = reshoot_json_get_number (fixture, "retry_after");
  g_auto (ReshootReply) reply = { .retry_after = isnan (retry_after) ? -1 : (int) retry_after };
  const ReshootReply *given = json_object_has_member (fixture, "status") ? &reply : NULL;
  g_autoptr (ReshootImage) image = NULL;

  if (given != NULL)
    {
      reply.status = (guint) reshoot_json_get_number (fixture, "status");
      reply.body = dup_body (fixture);
      reply.content_type = dup_text (fixture, "content_type");
    }

  if (g_str_equal (after, "submit"))
    return reshoot_provider_read (codec, RESHOOT_REPLY_TO_SUBMIT, &reply, with, next, error);
  if (g_str_equal (after, "poll"))
    return reshoot_provider_read (codec, RESHOOT_REPLY_TO_POLL, &reply, ticket, next, error);
  if (g_str_equal (after, "cancel"))
    return reshoot_provider_read (codec, RESHOOT_REPLY_TO_CANCEL, &reply, ticket, next, error);
  if (g_str_equal (after, "check"))
    return reshoot_provider_check (codec, state, given, next, check, error);
  if (g_str_equal (after, "prepare"))
    return prepare_further (fixtures, codec, fixture, state, given, next, error);

  g_assert_cmpstr (after, ==, "publish");
  image = codec_fixtures_load ("shoe.jpg");
  return reshoot_provider_publish (codec, image, state, given, next, error);
}

static void
test_fixture (gconstpointer data)
{
  const File *file = data;
  g_autofree char *path = g_strconcat ("providers/", get_folder (file->fixtures), "/", file->name, NULL);
  g_autoptr (GBytes) bytes = reshoot_test_data_bytes (path);
  g_autoptr (JsonObject) fixture = reshoot_json_parse_object (bytes, NULL);
  JsonObject *expect = reshoot_json_get_object (fixture, "expect");
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };
  g_autoptr (GError) error = NULL;
  gboolean read;

  g_assert_nonnull (expect);
  read = read_fixture (file->fixtures, fixture, &next, &check, &error);

  if (json_object_has_member (expect, "error"))
    {
      g_assert_false (read);
      assert_error (error, expect);
    }
  else
    {
      g_assert_no_error (error);
      g_assert_true (read);
      assert_next (&next, expect);
      assert_check (&check, expect);
    }

  assert_json (next.ticket, expect, "ticket");
  assert_number (reshoot_money_to_dollars (next.quoted), reshoot_json_get_number (expect, "quoted"));
  assert_number (reshoot_money_to_dollars (next.settled), reshoot_json_get_number (expect, "settled"));
  g_assert_cmpint (next.charged, ==, charged_from_name (reshoot_json_get_string (expect, "charged")));
}

/* A test for each file. */
void
codec_fixtures_add (const CodecFixtures *fixtures)
{
  g_autofree char *folder_name = g_strconcat ("providers/", get_folder (fixtures), NULL);
  g_autofree char *path = reshoot_test_data_path (folder_name);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *test = g_strdup_printf ("/%s/reply/%s", get_folder (fixtures), name);
      File *file = g_new0 (File, 1);

      file->fixtures = fixtures;
      file->name = g_strdup (name);
      g_test_add_data_func_full (test, file, test_fixture, file_free);
      n++;
    }

  g_assert_cmpuint (n, >=, fixtures->n_min);
}

/* What the codec makes of that instruction, which must be a call. @parameters (nullable) is JSON; @ask has an input. */
void
codec_fixtures_prepare (const CodecFixtures *fixtures,
                        const char          *model,
                        const char          *instruction,
                        const char          *parameters,
                        ReshootAsk          *ask,
                        ReshootNext         *next)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (fixtures, NULL);
  const char *words = parameters != NULL ? parameters : "{}";
  g_autoptr (GBytes) text = g_bytes_new (words, strlen (words));
  g_autoptr (JsonObject) asked = reshoot_json_parse_object (text, NULL);
  g_autoptr (ReshootRequest) request = reshoot_request_new (instruction, model, asked);
  g_autoptr (GError) error = NULL;
  ReshootAsk full = *ask;

  full.model = reshoot_catalogue_get_model (catalogue, model);
  full.request = request;
  full.uuid = UUID;
  g_assert_nonnull (full.model);
  reshoot_provider_prepare (codec, &full, next, &error);
  g_assert_no_error (error);
}

/* The body of a call, which must be a JSON object. */
JsonObject *
codec_fixtures_dup_body (const ReshootCall *call)
{
  g_autoptr (GError) error = NULL;
  JsonObject *body;

  g_assert_cmpstr (call->content_type, ==, "application/json");
  g_assert_nonnull (call->body);
  body = reshoot_json_parse_object (call->body, &error);
  g_assert_no_error (error);
  return body;
}

/* The body of a call that is in pieces. */
GBytes *
codec_fixtures_join (const ReshootCall *call)
{
  GByteArray *whole = g_byte_array_new ();

  g_assert_null (call->body);
  g_assert_nonnull (call->pieces);
  for (guint i = 0; i < call->pieces->len; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (call->pieces->pdata[i], &length);

      g_byte_array_append (whole, data, (guint) length);
    }

  return g_byte_array_free_to_bytes (whole);
}

/* That the body is @wanted, field by field; @but (nullable): a text that must be there, and is looked at elsewhere, as
 * "input.image". */
void
codec_fixtures_assert_body (const ReshootCall *call,
                            const char        *but,
                            const char        *wanted)
{
  g_autoptr (JsonObject) body = codec_fixtures_dup_body (call);
  g_autoptr (JsonNode) got = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) node = json_from_string (wanted, NULL);
  g_autofree char *text = NULL;
  const char *dot = but != NULL ? strchr (but, '.') : NULL;

  if (but != NULL)
    {
      g_autofree char *outer = dot != NULL ? g_strndup (but, (gsize) (dot - but)) : NULL;
      JsonObject *object = outer != NULL ? reshoot_json_get_object (body, outer) : body;

      g_assert_nonnull (reshoot_json_get_string (object, dot != NULL ? dot + 1 : but));
      json_object_remove_member (object, dot != NULL ? dot + 1 : but);
    }

  g_assert_nonnull (node);
  json_node_set_object (got, body);
  text = json_to_string (got, FALSE);
  if (!json_node_equal (got, node))
    g_error ("sent %s instead of %s", text, wanted);
}
