/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "reshoot-catalogue.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-model-private.h"
#include "reshoot-test.h"

#include <math.h>

static ReshootCatalogue *
load (void)
{
  g_autoptr (GError) error = NULL;
  ReshootCatalogue *catalogue = reshoot_catalogue_new (&error);

  g_assert_no_error (error);
  return catalogue;
}

static void
test_models (void)
{
  g_autoptr (ReshootCatalogue) catalogue = load ();
  g_autoptr (ReshootModel) first = g_list_model_get_item (G_LIST_MODEL (catalogue), 0);
  ReshootModel *pro = reshoot_catalogue_get_model (catalogue, "bfl/flux-kontext-pro");
  ReshootModel *max = reshoot_catalogue_get_model (catalogue, "bfl/flux-kontext-max");
  g_autofree char *id = NULL;
  g_autofree char *provider = NULL;
  g_autofree char *name = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), >=, 3);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (catalogue)) == RESHOOT_TYPE_MODEL);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (catalogue), 1000));

  g_assert_cmpstr (reshoot_model_get_id (first), ==, "studio/local");
  g_assert_true (reshoot_model_get_is_local (first));
  g_assert_cmpint (reshoot_model_get_price (first), ==, 0);

  g_assert_nonnull (pro);
  g_assert_false (reshoot_model_get_is_local (pro));
  g_assert_cmpint (reshoot_model_get_price (pro), ==, 40000);
  g_assert_cmpstr (reshoot_model_get_price_unit (pro), ==, "image");
  g_assert_cmpint (reshoot_model_get_price (max), ==, 80000);
  g_assert_true (isnan (reshoot_model_get_seconds (pro)));

  g_object_get (pro, "id", &id, "provider", &provider, "name", &name, NULL);
  g_assert_cmpstr (id, ==, "bfl/flux-kontext-pro");
  g_assert_cmpstr (provider, ==, "bfl");
  g_assert_cmpstr (name, ==, "FLUX.1 Kontext Pro");

  g_assert_null (reshoot_catalogue_get_model (catalogue, "bfl/nothing"));
}

static void
test_provider (void)
{
  g_autoptr (ReshootCatalogue) catalogue = load ();
  g_autoptr (GList) names = reshoot_catalogue_list_providers (catalogue);
  JsonObject *bfl = reshoot_catalogue_get_provider (catalogue, "bfl");
  JsonObject *key = reshoot_json_get_object (bfl, "key");

  g_assert_cmpstr (names->data, ==, "atlascloud");
  g_assert_cmpstr (g_list_last (names)->data, ==, "useapi");
  g_assert_cmpstr (reshoot_json_get_string (key, "environment"), ==, "BFL_API_KEY");
  g_assert_cmpstr (reshoot_json_get_string (bfl, "url"), ==, "https://api.bfl.ai");
  g_assert_null (reshoot_catalogue_get_provider (catalogue, "nobody"));
}

static ReshootMoney
estimate (const char *price,
          const char *parameters,
          int         width,
          int         height)
{
  g_autofree char *text =
    g_strdup_printf ("{\"id\": \"x/m\", \"name\": \"M\", \"seconds\": 8,"
                     " \"limits\": {\"sizes\": [[1000, 2000], [3000, 1000]]},"
                     " \"parameters\": {\"n\": {\"type\": \"integer\", \"default\": 2}}, \"price\": %s}", price);
  g_autoptr (JsonNode) provider = json_from_string ("{\"provider\": \"x\"}", NULL);
  g_autoptr (JsonNode) model = json_from_string (text, NULL);
  g_autoptr (JsonNode) asked = json_from_string (parameters, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootModel) self = NULL;

  self = reshoot_model_new (json_node_get_object (provider), json_node_get_object (model), &error);
  g_assert_no_error (error);
  return reshoot_model_estimate (self, json_node_get_object (asked), width, height);
}

/* What is known before: by the image, by the megapixel that the model makes, by the second, by the credit. */
static void
test_estimate (void)
{
  static const struct
  {
    const char  *price;
    const char  *parameters;
    int          width;
    ReshootMoney estimate;
  } table[] = {
    { "{\"unit\": \"image\", \"amount\": 0.04}", "{}", 500, 40000 },
    { "{\"unit\": \"image\", \"amount\": 0.04, \"times\": \"n\"}", "{}", 500, 80000 },
    { "{\"unit\": \"image\", \"amount\": 0.04, \"times\": \"n\"}", "{\"n\": 3}", 500, 120000 },
    { "{\"unit\": \"megapixel\", \"amount\": 0.03}", "{}", 500, 60000 },
    { "{\"unit\": \"megapixel\", \"amount\": 0.03}", "{}", 3000, 90000 },
    { "{\"unit\": \"megapixel\", \"amount\": 0.03}", "{}", 0, RESHOOT_MONEY_UNKNOWN },
    { "{\"unit\": \"second\", \"amount\": 0.000725}", "{}", 500, 5800 },
    { "{\"unit\": \"credit\", \"amount\": 4, \"credit\": 0.01}", "{}", 500, 40000 },
    { "{\"unit\": \"credit\", \"amount\": 4}", "{}", 500, RESHOOT_MONEY_UNKNOWN },
    { "{\"unit\": \"subscription\"}", "{}", 500, 0 },
    { "{\"unit\": \"bushel\", \"amount\": 4}", "{}", 500, RESHOOT_MONEY_UNKNOWN },
    { "null", "{}", 500, RESHOOT_MONEY_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (estimate (table[i].price, table[i].parameters, table[i].width, 1000), ==,
                     table[i].estimate);
}

/* Prices, limits and ids of what costs money carry a date and a source; what is described is described whole. */
static void
test_honest (void)
{
  g_autoptr (ReshootCatalogue) catalogue = load ();
  GListModel *list = G_LIST_MODEL (catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (list, i);
      JsonObject *json = reshoot_model_get_json (model);
      JsonObject *price = reshoot_json_get_object (json, "price");
      JsonObject *limits = reshoot_json_get_object (json, "limits");
      JsonObject *provider;

      provider = reshoot_catalogue_get_provider (catalogue, reshoot_model_get_provider (model));
      g_assert_nonnull (provider);
      g_assert_true (reshoot_catalogue_get_model (catalogue, reshoot_model_get_id (model))
                     == model);

      if (reshoot_model_get_is_local (model))
        continue;

      /* A price that nobody knows is left out. */
      if (price != NULL)
        {
          g_assert_nonnull (reshoot_model_get_price_date (model));
          g_assert_nonnull (reshoot_json_get_string (price, "source"));
        }
      g_assert_nonnull (reshoot_json_get_string (limits, "date"));
      g_assert_nonnull (reshoot_json_get_string (limits, "source"));
      g_assert_nonnull (reshoot_json_get_string (provider, "date"));
      g_assert_nonnull (reshoot_json_get_string (provider, "source"));
      g_assert_nonnull (reshoot_json_get_array (provider, "hosts"));
      g_assert_true (reshoot_json_get_number (json, "concurrent") >= 1);
      g_assert_true (reshoot_json_get_number (json, "deadline") >= 1);
    }
}

static void
test_sizes (void)
{
  static const struct
  {
    int width, height;
    int best_width, best_height;
  } table[] = {
    { 2048, 1365, 1248, 832 }, { 1024, 768, 1184, 880 }, { 768, 1280, 800, 1328 },
    { 1000, 1000, 1024, 1024 }, { 9000, 100, 1568, 672 }, { 1, 60000, 672, 1568 },
    { 6000, 4000, 1248, 832 }, { 1024, 1024, 1024, 1024 },
  };
  g_autoptr (ReshootCatalogue) catalogue = load ();
  ReshootModel *pro = reshoot_catalogue_get_model (catalogue, "bfl/flux-kontext-pro");
  ReshootModel *studio = reshoot_catalogue_get_model (catalogue, "studio/local");
  JsonArray *sizes;
  int width;
  int height;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_true (reshoot_model_choose_size (pro, table[i].width, table[i].height,
                                                &width, &height));
      g_assert_cmpint (width, ==, table[i].best_width);
      g_assert_cmpint (height, ==, table[i].best_height);
    }

  g_assert_false (reshoot_model_choose_size (studio, 123, 45, &width, &height));
  g_assert_cmpint (width, ==, 123);
  g_assert_cmpint (height, ==, 45);

  sizes = reshoot_json_get_array (reshoot_json_get_object (reshoot_model_get_json (pro), "limits"), "sizes");
  g_assert_cmpuint (json_array_get_length (sizes), ==, 17);
  for (guint i = 0; i < 17; i++)
    {
      JsonArray *size = json_array_get_array_element (sizes, i);

      g_assert_cmpint (json_array_get_int_element (size, 0) % 16, ==, 0);
      g_assert_cmpint (json_array_get_int_element (size, 1) % 16, ==, 0);
    }
}

static void
test_parameters (void)
{
  static const struct
  {
    const char *name;
    const char *text;
    const char *reason;   /* NULL: fine */
  } table[] = {
    { "seed", "7", NULL }, { "seed", "0", NULL }, { "seed", "-1", "parameter-value" },
    { "seed", "7.5", "parameter-value" }, { "seed", "", "parameter-value" }, { "seed", "x", "parameter-value" },
    { "seed", "99999999999", "parameter-value" }, { "safety_tolerance", "2", NULL },
    { "safety_tolerance", "6", "parameter-value" }, { "output_format", "jpeg", NULL },
    { "output_format", "gif", "parameter-value" }, { "prompt_upsampling", "true", NULL },
    { "prompt_upsampling", "maybe", "parameter-value" }, { "steps", "28", "unknown-parameter" },
  };
  g_autoptr (ReshootCatalogue) catalogue = load ();
  ReshootModel *pro = reshoot_catalogue_get_model (catalogue, "bfl/flux-kontext-pro");

  g_assert_true (reshoot_model_check_parameters (pro, NULL, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) parameters = json_object_new ();
      g_autoptr (JsonNode) value = NULL;

      value = reshoot_model_parse_parameter (pro, table[i].name, table[i].text, &error);
      if (table[i].reason == NULL)
        {
          g_assert_no_error (error);
          json_object_set_member (parameters, table[i].name, g_steal_pointer (&value));
          g_assert_true (reshoot_model_check_parameters (pro, parameters, NULL));
          continue;
        }

      g_assert_null (value);
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, table[i].reason);
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, table[i].name);

      /* The same as JSON, where a text is never a number. */
      json_object_set_string_member (parameters, table[i].name, table[i].text);
      g_assert_false (reshoot_model_check_parameters (pro, parameters, NULL));
    }
}

static void
test_json (void)
{
  static const char * const bad[] = {
    "", "[]", "null", "var x = {};", "{", "{\"a\":}", "{\"a\":1}}", "\xff\xfe", "{\"a\":\"\xff\"}", "<html>",
  };
  static const char text[] = " {\"s\":\"[[\\\"\",\"n\":1.5,\"b\":true,\"o\":{},\"a\":[],\"z\":null}";
  g_autoptr (GString) deep = g_string_new ("{\"a\":");
  g_autoptr (GBytes) deep_bytes = NULL;
  g_autoptr (GBytes) good = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) deep_error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (reshoot_json_parse_object (bytes, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, "json");
    }

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (deep, '[');
  deep_bytes = g_bytes_new (deep->str, deep->len);
  g_assert_null (reshoot_json_parse_object (deep_bytes, &deep_error));
  g_assert_error (deep_error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);

  good = g_bytes_new_static (text, strlen (text));
  object = reshoot_json_parse_object (good, NULL);
  g_assert_nonnull (object);
  g_assert_cmpstr (reshoot_json_get_string (object, "s"), ==, "[[\"");
  g_assert_null (reshoot_json_get_string (object, "n"));
  g_assert_null (reshoot_json_get_string (object, "z"));
  g_assert_null (reshoot_json_get_string (object, "o"));
  g_assert_cmpfloat (reshoot_json_get_number (object, "n"), ==, 1.5);
  g_assert_true (isnan (reshoot_json_get_number (object, "s")));
  g_assert_true (reshoot_json_get_boolean (object, "b"));
  g_assert_false (reshoot_json_get_boolean (object, "s"));
  g_assert_nonnull (reshoot_json_get_object (object, "o"));
  g_assert_null (reshoot_json_get_object (object, "a"));
  g_assert_nonnull (reshoot_json_get_array (object, "a"));
  g_assert_null (reshoot_json_get_array (NULL, "a"));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/catalogue/models", test_models);
  g_test_add_func ("/catalogue/provider", test_provider);
  g_test_add_func ("/catalogue/honest", test_honest);
  g_test_add_func ("/catalogue/estimate", test_estimate);
  g_test_add_func ("/catalogue/sizes", test_sizes);
  g_test_add_func ("/catalogue/parameters", test_parameters);
  g_test_add_func ("/catalogue/json", test_json);

  return g_test_run ();
}
