/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "reshoot-error.h"
#include "reshoot-json.h"
#include "reshoot-request-private.h"
#include "reshoot-test.h"

/* What is asked cannot be changed by who built it. */
static void
test_frozen (void)
{
  g_autoptr (JsonNode) node = json_from_string ("{\"b\": [1, {\"c\": true}], \"a\": 0.1}", NULL);
  JsonObject *parameters = json_node_get_object (node);
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warm it", "comfyui@pc/kontext-dev", parameters);
  g_autoptr (JsonNode) json = NULL;
  g_autofree char *provider = reshoot_request_dup_provider (request);
  g_autofree char *text = NULL;

  json_array_add_int_element (json_object_get_array_member (parameters, "b"), 7);
  json_object_set_int_member (parameters, "a", 9);
  json = reshoot_request_to_json (request);
  text = reshoot_json_to_text (json);

  g_assert_cmpstr (text, ==, "{\"instruction\":\"warm it\",\"model\":\"comfyui@pc/kontext-dev\","
                             "\"parameters\":{\"a\":0.1,\"b\":[1,{\"c\":true}]}}");
  g_assert_cmpstr (provider, ==, "comfyui@pc");
  g_assert_true (json_object_is_immutable (reshoot_request_get_parameters (request)));
}

static void
test_round_trip (void)
{
  const char *words = "quotes \" and \\ and \n, ümlaut, 背景を白に";
  g_autoptr (ReshootRequest) request = reshoot_request_new (words, "studio/local", NULL);
  g_autoptr (JsonNode) json = reshoot_request_to_json (request);
  g_autofree char *text = reshoot_json_to_text (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) back = reshoot_json_from_text (text, NULL, &error);
  g_autoptr (ReshootRequest) copy = NULL;

  g_assert_no_error (error);
  copy = reshoot_request_new_from_json (back, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_request_get_instruction (copy), ==, words);
  g_assert_cmpstr (reshoot_request_get_model (copy), ==, "studio/local");
  g_assert_cmpuint (json_object_get_size (reshoot_request_get_parameters (copy)), ==, 0);
}

static void
test_bad_json (void)
{
  static const char *const table[][2] = {
    { "[]", NULL },
    { "{\"model\": \"a/b\"}", "instruction" },
    { "{\"instruction\": 3, \"model\": \"a/b\"}", "instruction" },
    { "{\"instruction\": \"x\"}", "model" },
    { "{\"instruction\": \"x\", \"model\": null}", "model" },
    { "{\"instruction\": \"x\", \"model\": \"a/b\", \"parameters\": []}", "parameters" },
    { "{\"instruction\": \"x\", \"model\": \"a/b\", \"application\": 7}", "application" },
    { "{\"instruction\": \"x\", \"model\": \"a/b\", \"landing\": true}", "landing" },
    { "{\"instruction\": \"x\", \"model\": \"a/b\", \"region\": [1, 2, 3]}", "region" },
    { "{\"instruction\": \"x\", \"model\": \"a/b\", \"region\": [1, 2, 3, -4]}", "region" },
    { "{\"instruction\": \"x\", \"model\": \"a/b\", \"region\": [1, 2, 3, \"4\"]}", "region" },
    { "{\"instruction\": \"x\", \"model\": \"a/b\", \"pictures\": {}}", "pictures" },
    { "{\"instruction\": \"x\", \"model\": \"a/b\", \"pictures\": [3]}", "pictures" },
    { "{\"instruction\": \"x\", \"model\": \"a/b\", \"pictures\": [{\"role\": \"reference\"}]}", "pictures" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (table[i][0], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootRequest) request = reshoot_request_new_from_json (node, &error);

      g_assert_null (request);
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, table[i][1]);
    }
}

/* Numbers read back the same; what JSON has no word for is null. */
static void
test_numbers (void)
{
  const double table[] = { 0, 0.1, 1.0 / 3, 1e300, -2.5e-10, 123456789012345678.0 };
  g_autoptr (JsonNode) nan_node = json_node_init_double (json_node_alloc (), NAN);
  g_autofree char *nan_text = reshoot_json_to_text (nan_node);

  g_assert_cmpstr (nan_text, ==, "null");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), table[i]);
      g_autofree char *text = reshoot_json_to_text (node);

      g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, table[i]);
    }
}

/* A parser that calls itself must not be led a million levels down. */
static void
test_deep (void)
{
  g_autofree char *deep = g_strnfill (1000000, '[');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) good = NULL;

  g_assert_null (reshoot_json_from_text (deep, "step 3", &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "step 3");
  good = reshoot_json_from_text ("{\"a\": \"[[[[\\\"[[[\"}", NULL, NULL);
  g_assert_nonnull (good);
  g_assert_null (reshoot_json_from_text ("{\"a\": \"\xff\"}", NULL, NULL));
  g_assert_null (reshoot_json_from_text ("", NULL, NULL));
}

/* What is called plain is never refused later; of what is good, what our writer writes is plain. */
static void
test_plain (void)
{
  static const char *const plain[] = {
    "{}", "[]", "\"\"", "0", "-1", "12.25", "true", "false", "null", "[1,[2,{\"a\":[]}],\"x\"]",
    "{\"a\":\"say \\\"b\\\" \\\\\",\"c\":[0.5,-7,null]}", "{\"\xc3\xa4\":\"\xe2\x82\xac\"}",
  };
  static const char *const other[] = {
    "", " ", "{", "}", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "[1 ,2]", "01", "-", "1.", ".5", "1e5", "nul",
    "truex", "\"\\u0041\"", "\"\n\"", "\"open", "\"\\\"", "{\"a\":\"\xff\"}", "1234567890123456", "[1]]", "NaN",
  };
  g_autofree char *sixty_four = g_strnfill (64, '[');
  g_autofree char *ends = g_strnfill (64, ']');
  g_autofree char *deep = g_strconcat (sixty_four, ends, NULL);
  g_autofree char *deeper = g_strconcat ("[", deep, "]", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      g_autoptr (JsonNode) node = reshoot_json_from_text (plain[i], NULL, NULL);
      g_autofree char *text = node != NULL ? reshoot_json_to_text (node) : NULL;

      g_assert_true (reshoot_json_is_plain (plain[i], NULL, 0));
      g_assert_cmpstr (text, ==, plain[i]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    g_assert_false (reshoot_json_is_plain (other[i], NULL, 0));

  g_assert_true (reshoot_json_is_plain (deep, NULL, 0));
  g_assert_false (reshoot_json_is_plain (deeper, NULL, 0));
}

/* A string is looked at in pieces: whatever stands at whatever place in it is seen. */
static void
test_plain_strings (void)
{
  static const struct
  {
    const char *put;
    gboolean    is_plain;
  } table[] = {
    { "a", TRUE }, { "\\\"", TRUE }, { "\\\\", TRUE }, { "\xc3\xa4", TRUE }, { "\x7f", TRUE }, { " ", TRUE },
    { "!", TRUE }, { "#", TRUE }, { "[", TRUE }, { "]", TRUE }, { "\"", FALSE }, { "\\n", FALSE }, { "\n", FALSE },
    { "\x01", FALSE }, { "\x1f", FALSE }, { "\xff", FALSE }, { "\xc3", FALSE }, { "\xa0", FALSE }, { "\x80", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    for (guint before = 0; before < 20; before++)
      for (guint behind = 0; behind < 20; behind++)
        {
          g_autofree char *head = g_strnfill (before, 'h');
          g_autofree char *tail = g_strnfill (behind, '!');
          g_autofree char *text = g_strdup_printf ("[\"%s%s%s\"]", head, table[i].put, tail);
          g_autofree char *open = g_strdup_printf ("\"%s%s%s", head, table[i].put, tail);

          g_assert_cmpint (reshoot_json_is_plain (text, NULL, 0), ==, table[i].is_plain);
          g_assert_false (reshoot_json_is_plain (open, NULL, 0) &&
                          (behind > 0 || !g_str_equal (table[i].put, "\"")));
        }
}

static void
test_plain_request (void)
{
  g_autofree char *words = g_strnfill (64 * 1024 + 1, 'x');
  g_autofree char *long_one = g_strdup_printf ("{\"instruction\":\"%s\",\"model\":\"a/b\"}", words);
  g_autoptr (JsonNode) parameters = json_from_string ("{\"seed\":7,\"say\":\"\\\"\"}", NULL);
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  request = reshoot_request_new ("make it \"big\"", "bfl/flux", json_node_get_object (parameters));
  node = reshoot_request_to_json (request);
  text = reshoot_json_to_text (node);
  g_assert_true (reshoot_request_is_plain (text));

  g_assert_true (reshoot_request_is_plain ("{\"instruction\":\"a\",\"model\":\"b/c\"}"));
  g_assert_true (reshoot_request_is_plain ("{\"application\":\"1\",\"instruction\":\"a\",\"model\":\"b/c\"}"));
  g_assert_false (reshoot_request_is_plain ("{\"application\":1,\"instruction\":\"a\",\"model\":\"b/c\"}"));
  g_assert_true (reshoot_request_is_plain ("{\"landing\":\"off\",\"instruction\":\"a\",\"model\":\"b/c\"}"));
  g_assert_false (reshoot_request_is_plain ("{\"landing\":[],\"instruction\":\"a\",\"model\":\"b/c\"}"));
  g_assert_false (reshoot_request_is_plain ("{\"instruction\":\"a\"}"));
  g_assert_false (reshoot_request_is_plain ("{\"instruction\":1,\"model\":\"b\"}"));
  g_assert_false (reshoot_request_is_plain ("{\"instruction\":\"a\",\"model\":\"b\",\"parameters\":[]}"));
  g_assert_false (reshoot_request_is_plain ("{\"instruction\":\"a\",\"model\":\"b\",\"model\":1}"));
  g_assert_false (reshoot_request_is_plain ("{\"instruction\":\"a\",\"model\":\"b\",\"news\":1}"));
  g_assert_false (reshoot_request_is_plain ("[]"));
  g_assert_false (reshoot_request_is_plain (long_one));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/request/frozen", test_frozen);
  g_test_add_func ("/request/round-trip", test_round_trip);
  g_test_add_func ("/request/bad-json", test_bad_json);
  g_test_add_func ("/request/numbers", test_numbers);
  g_test_add_func ("/request/deep", test_deep);
  g_test_add_func ("/request/plain", test_plain);
  g_test_add_func ("/request/plain-strings", test_plain_strings);
  g_test_add_func ("/request/plain-request", test_plain_request);

  return g_test_run ();
}
