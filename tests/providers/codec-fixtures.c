/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Codecs against files alone. */

#include "codec-fixtures.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"
#include "reshoot-test.h"

typedef struct
{
  const CodecFixtures *fixtures;
  char                *name;
} File;

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

static ReshootReplyTo
reply_to_from_name (const char *name)
{
  if (g_str_equal (name, "submit"))
    return RESHOOT_REPLY_TO_SUBMIT;
  if (g_str_equal (name, "poll"))
    return RESHOOT_REPLY_TO_POLL;

  g_assert_cmpstr (name, ==, "cancel");
  return RESHOOT_REPLY_TO_CANCEL;
}

static ReshootNextKind
kind_from_name (const char *name)
{
  if (name == NULL || g_str_equal (name, "poll"))
    return RESHOOT_NEXT_POLL;
  if (g_str_equal (name, "answer"))
    return RESHOOT_NEXT_ANSWER;
  if (g_str_equal (name, "stopped"))
    return RESHOOT_NEXT_STOPPED;

  g_assert_cmpstr (name, ==, "ready");
  return RESHOOT_NEXT_READY;
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
assert_result (const ReshootResult *result,
               const char          *uri)
{
  g_assert_cmpstr (result->call.method, ==, "GET");
  g_assert_cmpstr (result->call.uri, ==, uri);
  g_assert_false (result->call.with_key);
  g_assert_null (result->call.body);
}

static void
assert_results (const ReshootNext *next,
                JsonObject        *expect)
{
  JsonArray *results = reshoot_json_get_array (expect, "results");

  if (results == NULL)
    {
      g_assert_cmpuint (next->results->len, ==, 1);
      assert_result (next->results->pdata[0], reshoot_json_get_string (expect, "uri"));
      return;
    }

  g_assert_cmpuint (next->results->len, ==, json_array_get_length (results));
  for (guint i = 0; i < next->results->len; i++)
    assert_result (next->results->pdata[i], json_array_get_string_element (results, i));
}

static void
assert_next (const ReshootNext *next,
             JsonObject        *expect)
{
  const char *method = reshoot_json_get_string (expect, "method");
  double position = reshoot_json_get_number (expect, "position");
  double wait = reshoot_json_get_number (expect, "wait");

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
      if (method == NULL)
        g_assert_null (next->call.body);
    }

  assert_number (next->progress, reshoot_json_get_number (expect, "progress"));
  assert_number (next->queue_position, isnan (position) ? -1 : position);
  assert_number (next->wait, isnan (wait) ? 0 : wait);
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
  char *text;

  if (raw != NULL)
    return g_bytes_new (raw, strlen (raw));

  text = json_to_string (json_object_get_member (fixture, "body"), FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static char *
dup_ticket (const CodecFixtures *fixtures,
            JsonObject          *fixture)
{
  if (json_object_has_member (fixture, "with"))
    return json_to_string (json_object_get_member (fixture, "with"), FALSE);

  return g_strdup (fixtures->ticket);
}

static void
test_fixture (gconstpointer data)
{
  const File *file = data;
  g_autofree char *path = g_strconcat ("providers/", file->fixtures->provider, "/", file->name, NULL);
  g_autoptr (GBytes) bytes = reshoot_test_data_bytes (path);
  g_autoptr (JsonObject) fixture = reshoot_json_parse_object (bytes, NULL);
  JsonObject *expect = reshoot_json_get_object (fixture, "expect");
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (file->fixtures, NULL);
  g_autofree char *ticket = dup_ticket (file->fixtures, fixture);
  ReshootReplyTo to = reply_to_from_name (reshoot_json_get_string (fixture, "after"));
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;
  gboolean read;

  g_assert_nonnull (expect);
  reply.status = (guint) reshoot_json_get_number (fixture, "status");
  reply.body = dup_body (fixture);

  read = reshoot_provider_read (codec, to, &reply, to == RESHOOT_REPLY_TO_SUBMIT ? NULL : ticket,
                                &next, &error);

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
    }

  assert_ticket (next.ticket, reshoot_json_get_object (expect, "ticket"));
  assert_number (reshoot_money_to_dollars (next.quoted), reshoot_json_get_number (expect, "quoted"));
  assert_number (reshoot_money_to_dollars (next.settled), reshoot_json_get_number (expect, "settled"));
  g_assert_cmpint (next.charged, ==, charged_from_name (reshoot_json_get_string (expect, "charged")));
}

/* A test for each file. */
void
codec_fixtures_add (const CodecFixtures *fixtures)
{
  g_autofree char *folder_name = g_strconcat ("providers/", fixtures->provider, NULL);
  g_autofree char *path = reshoot_test_data_path (folder_name);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *test = g_strdup_printf ("/%s/reply/%s", fixtures->provider, name);
      File *file = g_new0 (File, 1);

      file->fixtures = fixtures;
      file->name = g_strdup (name);
      g_test_add_data_func_full (test, file, test_fixture, file_free);
      n++;
    }

  g_assert_cmpuint (n, >=, fixtures->n_min);
}
