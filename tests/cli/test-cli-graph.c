/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The command for graphs of one's own: what is found by itself, what is asked for, and the model it becomes. */

#include "reshoot-run.h"
#include "reshoot-test.h"

#include <string.h>

static char *
write_graph (Place      *place,
             const char *more)
{
  char *path = place_path (place, "graph.json");
  g_autofree char *text = NULL;

  text = g_strdup_printf ("{\"1\":{\"class_type\":\"LoadImage\",\"inputs\":{\"image\":\"x.png\"}},"
                          "\"2\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"a\"}},"
                          "\"3\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":7,\"positive\":[\"2\",0]}}%s}",
                          more);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
assert_says (const char *text,
             const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("no “%s” in: %s", words, text);
}

static void
test_model (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *file = write_graph (place, "");
  g_autoptr (Run) add = place_run (place, "graph", "add", "mine", file, NULL);
  g_autoptr (Run) again = place_run (place, "graph", "add", "mine", file, NULL);
  g_autoptr (Run) list = place_run (place, "graph", "list", "--json", NULL);
  g_autoptr (Run) models = place_run (place, "models", NULL);
  g_autoptr (Run) removed = place_run (place, "graph", "remove", "mine", NULL);
  g_autoptr (Run) empty = place_run (place, "graph", "list", NULL);
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *object;

  run_assert_done (add);
  g_assert_cmpstr (add->out, ==, "comfyui/mine: picture into 1.image, words into 2.text, seed into 3.seed\n");
  run_assert_failed (again, 2);
  assert_says (again->err, "mine");

  run_assert_done (list);
  lines = run_parse_lines (list);
  g_assert_cmpuint (lines->len, ==, 1);
  object = json_node_get_object (lines->pdata[0]);
  g_assert_cmpstr (json_object_get_string_member (object, "id"), ==, "comfyui/mine");
  object = json_object_get_object_member (object, "slots");
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (object, "seed"), 0), ==, "3.seed");

  run_assert_done (models);
  assert_says (models->out, "comfyui/mine");
  run_assert_done (removed);
  run_assert_done (empty);
  g_assert_cmpstr (empty->out, ==, "");
}

/* What several inputs could be is asked for, and said with an option. */
static void
test_ambiguous (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *file = write_graph (place, ",\"4\":{\"class_type\":\"LoadImage\",\"inputs\":{\"image\":\"y.png\"}}");
  g_autoptr (Run) asked = place_run (place, "graph", "add", "two", file, NULL);
  g_autoptr (Run) wrong = place_run (place, "graph", "add", "two", file, "--image", "4.nothing", NULL);
  g_autoptr (Run) both = place_run (place, "graph", "add", "two", file, "--image", "4.image", "--image", "1.image",
                                    NULL);

  run_assert_failed (asked, 2);
  assert_says (asked->err, "1.image, 4.image");
  assert_says (asked->err, "--image");
  run_assert_failed (wrong, 2);
  assert_says (wrong->err, "4.nothing");
  run_assert_done (both);
  assert_says (both->out, "picture into 4.image, 1.image,");
}

static void
test_wrong (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *file = write_graph (place, "");
  g_autoptr (Run) no_file = place_run (place, "graph", "add", "mine", "nowhere.json", NULL);
  g_autoptr (Run) no_name = place_run (place, "graph", "add", "My Graph", file, NULL);
  g_autoptr (Run) no_argument = place_run (place, "graph", "add", "mine", NULL);
  g_autoptr (Run) more = place_run (place, "graph", "list", "mine", NULL);
  g_autoptr (Run) no_action = place_run (place, "graph", "draw", NULL);
  g_autoptr (Run) none = place_run (place, "graph", "remove", "mine", NULL);

  run_assert_failed (no_file, 2);
  assert_says (no_file->err, "nowhere.json");
  run_assert_failed (no_name, 2);
  assert_says (no_name->err, "My Graph");
  run_assert_failed (no_argument, 2);
  assert_says (no_argument->err, "reshoot graph add NAME FILE");
  run_assert_failed (more, 2);
  run_assert_failed (no_action, 2);
  assert_says (no_action->err, "draw");
  run_assert_failed (none, 2);
  assert_says (none->err, "reshoot graph list");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli-graph/model", test_model);
  g_test_add_func ("/cli-graph/ambiguous", test_ambiguous);
  g_test_add_func ("/cli-graph/wrong", test_wrong);

  return g_test_run ();
}
