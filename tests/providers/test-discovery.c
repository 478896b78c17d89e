/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What services tell of themselves, kept and taken up: the catalogue's own word stays, but for prices, and nothing in
 * such a file can do harm. */

#include "reshoot-catalogue.h"
#include "reshoot-discovery.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-test.h"

#include <glib/gstdio.h>

#define DEV "atlascloud/flux-kontext-dev"

static JsonArray *
parse_list (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return json_node_dup_array (node);
}

static ReshootCatalogue *
load (void)
{
  g_autoptr (GError) error = NULL;
  ReshootCatalogue *catalogue = reshoot_catalogue_new (&error);

  g_assert_no_error (error);
  return catalogue;
}

static char *
dup_path (const char *provider)
{
  g_autofree char *name = g_strconcat (provider, ".json", NULL);

  return g_build_filename (g_get_user_cache_dir (), "reshoot", "models", name, NULL);
}

static void
write_file (const char *provider,
            const char *text)
{
  g_autofree char *path = dup_path (provider);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

#define PRICE(amount) \
  "{\"amount\":" amount ",\"unit\":\"image\",\"currency\":\"USD\",\"source\":\"https://a.example/models\"}"

static const char told[] =
  "[{\"id\":\"" DEV "\",\"name\":\"Another name\",\"path\":\"elsewhere\",\"price\":" PRICE ("0.03") "},"
  "{\"id\":\"atlascloud/google/nano-banana/edit\",\"name\":\"Nano Banana\",\"path\":\"google/nano-banana/edit\","
  "\"image\":\"images\",\"price\":" PRICE ("0.038") ",\"parameters\":{\"output_format\":{\"type\":\"string\","
  "\"default\":\"png\",\"values\":[\"png\",\"jpeg\"]}}}]";

static void
count_cb (GListModel *list,
          guint       position,
          guint       removed,
          guint       added,
          guint      *count)
{
  (*count)++;
}

static void
assert_told (ReshootCatalogue *catalogue)
{
  ReshootModel *dev = reshoot_catalogue_get_model (catalogue, DEV);
  ReshootModel *banana = reshoot_catalogue_get_model (catalogue, "atlascloud/google/nano-banana/edit");
  JsonObject *price = reshoot_json_get_object (reshoot_model_get_json (dev), "price");

  g_assert_cmpint (reshoot_model_get_price (dev), ==, 30000);
  g_assert_cmpstr (reshoot_json_get_string (price, "source"), ==, "https://a.example/models");
  g_assert_cmpuint (strlen (reshoot_model_get_price_date (dev)), ==, 10);
  g_assert_cmpstr (reshoot_model_get_name (dev), ==, "FLUX.1 Kontext Dev");
  g_assert_cmpstr (reshoot_json_get_string (reshoot_model_get_json (dev), "path"), ==,
                   "black-forest-labs/flux-kontext-dev");

  g_assert_nonnull (banana);
  g_assert_cmpint (reshoot_model_get_price (banana), ==, 38000);
  g_assert_cmpstr (reshoot_model_get_provider (banana), ==, "atlascloud");
  g_assert_cmpstr (reshoot_json_get_string (reshoot_model_get_json (banana), "image"), ==, "images");
  g_assert_true (reshoot_json_get_number (reshoot_model_get_json (banana), "deadline") > 0);
}

/* Taken up at once, and again by the next session. Who held the model as it was can go on with it. */
static void
test_take (void)
{
  g_autoptr (ReshootCatalogue) catalogue = load ();
  g_autoptr (ReshootCatalogue) next = NULL;
  g_autoptr (JsonArray) models = parse_list (told);
  ReshootModel *was = reshoot_catalogue_get_model (catalogue, DEV);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (catalogue));
  guint n_changes = 0;
  g_autoptr (GError) error = NULL;

  g_signal_connect (catalogue, "items-changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_true (reshoot_catalogue_take_found (catalogue, "atlascloud", models, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, n + 1);
  assert_told (catalogue);
  g_assert_cmpint (reshoot_model_get_price (was), ==, 25000);

  next = load ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (next)), ==, n + 1);
  assert_told (next);
}

/* How many images a price is for is the catalogue's to say. */
static void
test_times (void)
{
  g_autoptr (ReshootCatalogue) catalogue = NULL;
  g_autoptr (JsonObject) parameters = json_object_new ();
  ReshootModel *model;

  json_object_set_int_member (parameters, "num_images", 4);
  write_file ("fal", "{\"date\":\"2099-01-01\",\"models\":["
              "{\"id\":\"fal/flux-kontext-pro\",\"price\":" PRICE ("0.05") "},"
              "{\"id\":\"fal/flux-kontext-max\",\"price\":{\"amount\":0.09,\"unit\":\"image\","
              "\"currency\":\"USD\",\"times\":\"seed\"}}]}");
  catalogue = load ();
  model = reshoot_catalogue_get_model (catalogue, "fal/flux-kontext-pro");
  g_assert_cmpint (reshoot_model_estimate (model, parameters, 0, 0), ==, 200000);
  model = reshoot_catalogue_get_model (catalogue, "fal/flux-kontext-max");
  g_assert_cmpint (reshoot_model_estimate (model, parameters, 0, 0), ==, 360000);
}

/* Behind its provider's, so that the list stays in order. */
static void
test_order (void)
{
  g_autoptr (ReshootCatalogue) catalogue = NULL;
  gboolean is_found = FALSE;

  write_file ("fal", "{\"date\":\"2026-11-23\",\"models\":[{\"id\":\"fal/new\",\"name\":\"New\"}]}");
  catalogue = load ();
  for (guint i = 1; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
      g_autoptr (ReshootModel) before = g_list_model_get_item (G_LIST_MODEL (catalogue), i - 1);

      if (g_str_equal (reshoot_model_get_id (model), "fal/new"))
        {
          g_assert_cmpstr (reshoot_model_get_provider (before), ==, "fal");
          is_found = TRUE;
        }
    }

  g_assert_true (is_found);
}

/* A price that was told before the catalogue was looked over does not count. */
static void
test_old_price (void)
{
  g_autoptr (ReshootCatalogue) catalogue = NULL;
  ReshootModel *model;

  write_file ("atlascloud",
              "{\"date\":\"2020-01-01\",\"models\":[{\"id\":\"" DEV "\",\"price\":" PRICE ("9") "}]}");
  catalogue = load ();
  model = reshoot_catalogue_get_model (catalogue, DEV);
  g_assert_cmpint (reshoot_model_get_price (model), ==, 25000);
}

/* None of these changes anything. */
static void
test_hostile (void)
{
  static const char * const files[] = {
    "", "x", "[]", "{}", "{\"models\":[]}", "{\"date\":7,\"models\":[]}", "{\"date\":\"2026-11-22\",\"models\":{}}",
    "{\"date\":\"2026-13-45\",\"models\":[{\"id\":\"fal/x\",\"name\":\"x\"}]}",
    "{\"date\":\"../../../../\",\"models\":[{\"id\":\"fal/x\",\"name\":\"x\"}]}",
    "{\"date\":\"2026-11-22\",\"models\":[7,null,\"x\",[],{}]}",
    "{\"date\":\"2026-11-22\",\"models\":[{\"id\":\"bfl/flux-kontext-pro\",\"price\":" PRICE ("0.001") "}]}",
    "{\"date\":\"2026-11-22\",\"models\":[{\"id\":\"studio/local2\",\"name\":\"x\"}]}",
    "{\"date\":\"2026-11-22\",\"models\":[{\"id\":\"fal/\",\"name\":\"x\"}]}",
    "{\"date\":\"2026-11-22\",\"models\":[{\"id\":\"fal//x\",\"name\":\"x\"}]}",
    "{\"date\":\"2026-11-22\",\"models\":[{\"id\":\"fal/x y\",\"name\":\"x\"}]}",
    "{\"date\":\"2026-11-22\",\"models\":[{\"id\":\"fal/x\\u001b[2J\",\"name\":\"x\"}]}",
    "{\"date\":\"2026-11-22\",\"models\":[{\"id\":\"fal/x\",\"name\":\"x\","
    "\"parameters\":{\"a\":{\"type\":\"thing\"}}}]}",
    "{\"date\":\"2026-11-22\",\"models\":[{\"id\":\"fal/x\",\"name\":\"x\",\"parameters\":{\"a\":{}}}]}",
    "{\"date\":\"2026-11-22\",\"models\":[{\"id\":\"fal/x\",\"name\":\"x\","
    "\"parameters\":{\"a\":{\"type\":\"integer\",\"default\":\"seven\"}}}]}",
    "{\"date\":\"2099-01-01\",\"models\":[{\"id\":\"fal/flux-kontext-pro\",\"price\":" PRICE ("0") "}]}",
    "{\"date\":\"2099-01-01\",\"models\":[{\"id\":\"fal/flux-kontext-pro\",\"price\":" PRICE ("-1") "}]}",
    "{\"date\":\"2099-01-01\",\"models\":[{\"id\":\"fal/flux-kontext-pro\",\"price\":" PRICE ("1e9") "}]}",
    "{\"date\":\"2099-01-01\",\"models\":[{\"id\":\"fal/flux-kontext-pro\",\"price\":" PRICE ("\"0.01\"") "}]}",
    "{\"date\":\"2099-01-01\",\"models\":[{\"id\":\"fal/flux-kontext-pro\",\"price\":{\"amount\":0.01}}]}",
    "{\"date\":\"2099-01-01\",\"models\":[{\"id\":\"fal/flux-kontext-pro\",\"price\":{\"amount\":0.01,"
    "\"unit\":\"image\",\"currency\":\"XXX\"}}]}",
    "{\"date\":\"2099-01-01\",\"models\":[{\"id\":\"fal/flux-kontext-pro\",\"price\":{\"amount\":0.01,"
    "\"unit\":\"subscription\",\"currency\":\"USD\"}}]}",
    "{\"date\":\"2099-01-01\",\"models\":[{\"id\":\"fal/flux-kontext-pro\",\"path\":\"/elsewhere\",\"name\":\"x\"}]}",
  };
  g_autoptr (ReshootCatalogue) clean = load ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (ReshootCatalogue) catalogue = NULL;
      ReshootModel *model;

      write_file ("fal", files[i]);
      catalogue = load ();
      g_test_message ("%s", files[i]);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==,
                        g_list_model_get_n_items (G_LIST_MODEL (clean)));
      model = reshoot_catalogue_get_model (catalogue, "fal/flux-kontext-pro");
      g_assert_cmpint (reshoot_model_get_price (model), ==, 40000);
      g_assert_cmpstr (reshoot_json_get_string (reshoot_model_get_json (model), "path"), ==,
                       "/fal-ai/flux-pro/kontext");
      model = reshoot_catalogue_get_model (catalogue, "bfl/flux-kontext-pro");
      g_assert_cmpint (reshoot_model_get_price (model), ==, 40000);
    }
}

/* Only what is known is taken, and only within bounds. */
static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new ("{\"date\":\"2026-11-22\",\"models\":[");
  g_autoptr (ReshootCatalogue) catalogue = NULL;
  g_autofree char *long_name = g_strnfill (1000, 'n');
  ReshootModel *model;
  JsonObject *json;
  JsonObject *parameters;
  JsonArray *values;
  guint n = 0;

  g_string_append_printf (text, "{\"id\":\"fal/odd\",\"name\":\"%s\",\"path\":\"https://evil.example/@\","
                          "\"hosts\":[\"evil.example\"],\"url\":\"https://evil.example\",\"limits\":{\"sizes\":[[1]]},"
                          "\"local\":true,\"key\":{},\"parameters\":{\"a b\":{\"type\":\"string\"},"
                          "\"c\":{\"type\":\"string\",\"values\":[1,\"x\",null,\"y\\u0007\"],\"extra\":[[[]]]}}}",
                          long_name);
  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, ",{\"id\":\"fal/many-%u\",\"name\":\"x\"}", i);
  g_string_append (text, "]}");
  write_file ("fal", text->str);

  catalogue = load ();
  model = reshoot_catalogue_get_model (catalogue, "fal/odd");
  g_assert_nonnull (model);
  json = reshoot_model_get_json (model);
  g_assert_cmpstr (reshoot_model_get_name (model), ==, "fal/odd");
  g_assert_false (reshoot_model_get_is_local (model));
  g_assert_false (json_object_has_member (json, "path"));
  g_assert_false (json_object_has_member (json, "hosts"));
  g_assert_false (json_object_has_member (json, "url"));
  g_assert_false (json_object_has_member (json, "key"));
  parameters = reshoot_json_get_object (json, "parameters");
  g_assert_false (json_object_has_member (parameters, "a b"));
  values = reshoot_json_get_array (reshoot_json_get_object (parameters, "c"), "values");
  g_assert_cmpuint (json_array_get_length (values), ==, 1);
  values = reshoot_json_get_array (reshoot_json_get_object (json, "limits"), "sizes");
  g_assert_cmpuint (json_array_get_length (values), >, 1);

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("fal/many-%u", i);

      n += reshoot_catalogue_get_model (catalogue, id) != NULL;
    }
  g_assert_cmpuint (n, ==, 127);
}

/* A file as large as that is not even read. */
static void
test_large (void)
{
  g_autofree char *spaces = g_strnfill (1024 * 1024, ' ');
  g_autofree char *text = NULL;
  g_autoptr (ReshootCatalogue) catalogue = NULL;
  g_autoptr (JsonArray) models = json_array_new ();
  g_autofree char *name = g_strnfill (1024 * 1024, 'n');
  JsonObject *model = json_object_new ();
  g_autoptr (GError) error = NULL;

  text = g_strconcat ("{\"date\":\"2026-11-22\",\"models\":[{\"id\":\"fal/x\",\"name\":\"x\"}]}", spaces, NULL);
  write_file ("fal", text);
  catalogue = load ();
  g_assert_null (reshoot_catalogue_get_model (catalogue, "fal/x"));

  json_object_set_string_member (model, "name", name);
  json_array_add_object_element (models, model);
  g_assert_false (reshoot_discovery_store ("fal", models, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_TOO_LARGE);
}

static void
test_not_stored (void)
{
  g_autofree char *path = dup_path ("fal");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *above = g_path_get_dirname (folder);
  g_autoptr (ReshootCatalogue) catalogue = load ();
  g_autoptr (JsonArray) models = parse_list ("[{\"id\":\"fal/x\",\"name\":\"x\"}]");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (above, 0700), ==, 0);
  g_assert_true (g_file_set_contents (folder, "a file where a folder belongs", -1, NULL));
  g_assert_false (reshoot_catalogue_take_found (catalogue, "fal", models, &error));
  g_assert_nonnull (error);
  g_assert_null (reshoot_catalogue_get_model (catalogue, "fal/x"));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/discovery/take", test_take);
  g_test_add_func ("/discovery/times", test_times);
  g_test_add_func ("/discovery/order", test_order);
  g_test_add_func ("/discovery/old-price", test_old_price);
  g_test_add_func ("/discovery/hostile", test_hostile);
  g_test_add_func ("/discovery/bounds", test_bounds);
  g_test_add_func ("/discovery/large", test_large);
  g_test_add_func ("/discovery/not-stored", test_not_stored);

  return g_test_run ();
}
