/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Graphs that a person brings: where things go into them, and what becomes of their files. */

#include "reshoot-catalogue.h"
#include "reshoot-error.h"
#include "reshoot-graph.h"
#include "reshoot-graphs.h"
#include "reshoot-json-read.h"
#include "reshoot-test.h"

#define LOAD    "\"1\":{\"class_type\":\"LoadImage\",\"inputs\":{\"image\":\"x.png\",\"upload\":\"image\"}}"
#define WORDS   "\"2\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"a\",\"clip\":[\"9\",0]}}"
#define AGAINST "\"3\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"b\",\"clip\":[\"9\",0]}}"
#define GUIDE   "\"4\":{\"class_type\":\"FluxGuidance\",\"inputs\":{\"conditioning\":[\"2\",0],\"guidance\":2.5}}"
#define SAMPLER "\"5\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":7,\"positive\":[\"4\",0]," \
                "\"negative\":[\"3\",0]}}"
#define NOISE   "\"6\":{\"class_type\":\"RandomNoise\",\"inputs\":{\"noise_seed\":7}}"
#define SECOND  "\"12:7\":{\"class_type\":\"LoadImageMask\",\"inputs\":{\"image\":\"y.png\"}}"
#define SLOTS   "{\"image\":[\"1.image\"],\"prompt\":[\"2.text\"],\"seed\":[\"5.seed\"]}"
#define MINE    "{" LOAD "," WORDS "," AGAINST "," GUIDE "," SAMPLER "}"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonObject *object = reshoot_json_parse_object (bytes, &error);

  g_assert_no_error (error);
  return object;
}

static void
assert_slots (JsonObject *slots,
              const char *wanted)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), slots);
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==, wanted);
}

/* What only one input can be is found, and of two texts the one that a sampler is to follow. */
static void
test_found (void)
{
  static const struct
  {
    const char *graph;
    const char *slots;
  } table[] = {
    { MINE, SLOTS },
    { "{" LOAD "," WORDS "," NOISE "}",
      "{\"image\":[\"1.image\"],\"prompt\":[\"2.text\"],\"seed\":[\"6.noise_seed\"]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (JsonObject) graph = parse (table[i].graph);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) slots = reshoot_graph_find_slots (graph, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      assert_slots (slots, table[i].slots);
    }
}

static void
test_not_found (void)
{
  static const struct
  {
    const char *graph;
    const char *reason;
    const char *subject;
  } table[] = {
    { "{}", "graph-format", NULL },
    { "{\"nodes\":[],\"links\":[],\"version\":0.4}", "graph-format", NULL },
    { "{\"1\":{\"class_type\":7,\"inputs\":{}}}", "graph-format", NULL },
    { "{\"1\":{\"class_type\":\"X\"}}", "graph-format", NULL },
    { "{\"1.2\":{\"class_type\":\"X\",\"inputs\":{}}}", "graph-format", NULL },
    { "{" WORDS "," SAMPLER "}", "graph-slot-missing", "image" },
    { "{" LOAD "," SAMPLER "}", "graph-slot-missing", "prompt" },
    { "{" LOAD "," WORDS "}", "graph-slot-missing", "seed" },
    { "{" LOAD "," SECOND "," WORDS "," SAMPLER "}", "graph-slot-ambiguous", "image: 1.image, 12:7.image" },
    { "{" LOAD "," WORDS "," AGAINST "," NOISE "}", "graph-slot-ambiguous", "prompt: 2.text, 3.text" },
    { "{" LOAD "," WORDS "," SAMPLER "," NOISE "}", "graph-slot-ambiguous", "seed: 5.seed, 6.noise_seed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (JsonObject) graph = parse (table[i].graph);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", table[i].graph);
      g_assert_null (reshoot_graph_find_slots (graph, NULL, NULL, NULL, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, table[i].reason);
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, table[i].subject);
    }
}

static void
test_named (void)
{
  static const char *const images[] = { "1.image", "12:7.image", NULL };
  static const char *const texts[] = { "2.text", "3.text", NULL };
  static const char *const bad[][2] = {
    { "1", NULL }, { "1.nothing", NULL }, { "nothing.image", NULL }, { "", NULL }, { "2.clip", NULL },
  };
  g_autoptr (JsonObject) graph = parse ("{" LOAD "," SECOND "," WORDS "," AGAINST "," SAMPLER "}");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) slots = reshoot_graph_find_slots (graph, images, texts, NULL, &error);

  g_assert_no_error (error);
  assert_slots (slots, "{\"image\":[\"1.image\",\"12:7.image\"],\"prompt\":[\"2.text\",\"3.text\"],"
                       "\"seed\":[\"5.seed\"]}");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) bad_error = NULL;

      g_assert_null (reshoot_graph_find_slots (graph, bad[i], texts, NULL, &bad_error));
      g_assert_error (bad_error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_reason (bad_error), ==, "graph-slot");
      g_assert_cmpstr (reshoot_error_get_subject (bad_error), ==, bad[i][0]);
    }
}

static char *
write_file (const char *name,
            const char *text)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "reshoot", "graphs", NULL);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* What is added is a model; what a person broke in the folder is left out, and nothing else with it. */
static void
test_kept (void)
{
  g_autofree char *mine = write_file ("export", "{\"prompt\":" MINE ",\"client_id\":\"x\"}");
  G_GNUC_UNUSED g_autofree char *broken = write_file ("broken.json", "{\"slots\":" SLOTS ",\"graph\":{\"1\":7}}");
  G_GNUC_UNUSED g_autofree char *odd = write_file ("odd.json", "{\"slots\":[],\"graph\":" MINE "}");
  G_GNUC_UNUSED g_autofree char *odd_name = write_file ("No Name.json", "{}");
  G_GNUC_UNUSED g_autofree char *taken = write_file ("kontext-dev.json", "{\"slots\":" SLOTS ",\"graph\":" MINE "}");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootOwnGraph) own = reshoot_graphs_add ("mine-2", mine, NULL, NULL, NULL, &error);
  g_autoptr (ReshootCatalogue) catalogue = NULL;
  g_autoptr (GPtrArray) graphs = NULL;
  ReshootModel *model;
  JsonObject *json;

  g_assert_no_error (error);
  g_assert_cmpstr (own->name, ==, "mine-2");
  graphs = reshoot_graphs_load ();
  g_assert_cmpuint (graphs->len, ==, 2);

  catalogue = reshoot_catalogue_new (&error);
  g_assert_no_error (error);
  model = reshoot_catalogue_get_model (catalogue, "comfyui/mine-2");
  g_assert_nonnull (model);
  json = reshoot_model_get_json (model);
  g_assert_cmpstr (reshoot_model_get_name (model), ==, "mine-2");
  g_assert_cmpfloat (reshoot_json_get_number (json, "references"), ==, 0);
  g_assert_true (reshoot_graph_has_slot (reshoot_json_get_object (json, "graph"), "5.seed"));
  assert_slots (reshoot_json_get_object (json, "slots"), SLOTS);
  g_assert_nonnull (reshoot_json_get_object (reshoot_json_get_object (json, "parameters"), "seed"));
  g_assert_cmpint (reshoot_model_get_price (model), ==, 0);

  /* The catalogue's own stays. */
  model = reshoot_catalogue_get_model (catalogue, "comfyui/kontext-dev");
  g_assert_cmpstr (reshoot_model_get_name (model), !=, "kontext-dev");

  g_assert_true (reshoot_graphs_remove ("mine-2", &error));
  g_assert_no_error (error);
  g_assert_false (reshoot_graphs_remove ("mine-2", &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "no-graph");
}

static void
test_refused (void)
{
  g_autofree char *mine = write_file ("export", MINE);
  g_autofree char *ui = write_file ("ui", "{\"nodes\":[],\"links\":[]}");
  g_autofree char *text = write_file ("text", "nothing");
  g_autofree char *missing = g_strconcat (mine, "-missing", NULL);
  g_autoptr (ReshootOwnGraph) first = reshoot_graphs_add ("mine", mine, NULL, NULL, NULL, NULL);
  const struct
  {
    const char *name;
    const char *path;
    const char *reason;
  } table[] = {
    { "mine", mine, "exists" }, { "../mine", mine, "graph-name" }, { "", mine, "graph-name" },
    { "Mine", mine, "graph-name" }, { "-m", mine, "graph-name" }, { "a/b", mine, "graph-name" },
    { "other", ui, "graph-format" }, { "other", text, "graph-format" }, { "other", missing, "missing" },
  };

  g_assert_nonnull (first);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s %s", table[i].name, table[i].path);
      g_assert_null (reshoot_graphs_add (table[i].name, table[i].path, NULL, NULL, NULL, &error));
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, table[i].reason);
      if (g_str_equal (table[i].reason, "graph-format"))
        g_assert_cmpstr (reshoot_error_get_subject (error), ==, table[i].path);
    }

  g_assert_false (reshoot_graphs_remove ("../servers", NULL));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/graphs/found", test_found);
  g_test_add_func ("/graphs/not-found", test_not_found);
  g_test_add_func ("/graphs/named", test_named);
  g_test_add_func ("/graphs/kept", test_kept);
  g_test_add_func ("/graphs/refused", test_refused);

  return g_test_run ();
}
