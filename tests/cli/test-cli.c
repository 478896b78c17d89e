/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The program as others call it: what it says no to, with which status, and that nothing is left behind then. */

#include "reshoot-run.h"
#include "reshoot-test.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#define WHITE_STUDIO "Replace background with clean white studio, keep product lighting"

static void
put_file (Place      *place,
          const char *name,
          const void *data,
          gsize       length)
{
  g_autofree char *path = place_path (place, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
}

/* A PNG that says it is 60,000 pixels a side, and nothing more. */
static void
put_bomb (Place *place)
{
  static const char bomb[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0\x5f\x1e\x5b\x15";

  put_file (place, "bomb.png", bomb, sizeof bomb - 1);
}

/* The wrong files of the world, in a fresh place. */
static Place *
new_place_with_bad_files (void)
{
  Place *place = place_new ();
  g_autofree char *sample = reshoot_test_sample ("mug.jpg");
  g_autofree char *closed = place_path (place, "closed");
  g_autofree char *link = place_path (place, "full.png");
  g_autofree char *photo = NULL;
  gsize length;

  g_file_get_contents (sample, &photo, &length, NULL);
  put_file (place, "mug.jpg", photo, length);
  put_file (place, "cut.jpg", photo, length / 2);
  put_file (place, "text.jpg", "I am a letter.\n", 15);
  put_file (place, "empty.jpg", "", 0);
  put_file (place, "text.reshoot", "I am a letter.\n", 15);
  put_bomb (place);
  g_assert_cmpint (g_mkdir (closed, 0555), ==, 0);
  g_assert_cmpint (symlink ("/dev/full", link), ==, 0);
  return place;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What lies in the place, so that it can be seen that nothing was added. */
static char *
list_files (Place *place)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GDir *folder = g_dir_open (place->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_dir_close (folder);

  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static const struct
{
  int         status;
  const char *says;        /* part of the sentence */
  const char *arguments;   /* separated by | */
} mistakes[] = {
  /* the words typed */
  { 2, "eddit", "eddit|mug.jpg" },
  { 2, "--nonsense", "--nonsense" },
  { 2, "not part of this version", "run|a.reshoot|mug.jpg" },
  { 2, "-o", "land|mug.jpg|mug.jpg" },
  { 2, "region", "land|mug.jpg|mug.jpg|-o|out.png|--region|1400,0,100,100" },
  { 2, "IMAGE", "edit" },
  { 2, "-i", "edit|mug.jpg" },
  { 2, "-i", "edit|mug.jpg|-i" },
  { 2, "empty", "edit|mug.jpg|-i| " },
  { 2, "--frobnicate", "edit|mug.jpg|-i|warmer|--frobnicate" },
  { 2, "--takes 0", "edit|mug.jpg|-i|warmer|--takes|0" },
  { 2, "--takes -3", "edit|mug.jpg|-i|warmer|--takes|-3" },
  { 2, "--takes 100000", "edit|mug.jpg|-i|warmer|--takes|100000" },
  { 2, "--budget -1", "edit|mug.jpg|-i|warmer|--budget|-1" },
  { 2, "--budget lots", "edit|mug.jpg|-i|warmer|--budget=lots" },
  { 2, "--box 1,2", "edit|mug.jpg|-i|warmer|--box|1,2" },
  { 2, "--keep 1,2,3", "edit|mug.jpg|-i|warmer|--keep|1,2,3" },
  { 2, "--drop a,b", "matte|mug.jpg|-o|m.png|--drop|a,b" },
  { 2, "9000,1,10,10", "edit|mug.jpg|-i|warmer|--region|9000,1,10,10" },
  { 3, "without a region", "edit|mug.jpg|-i|crop square|--region|1,2,30,40" },
  { 2, "--region 1", "edit|mug.jpg|-i|warmer|--region|1" },
  { 2, "nobody/nothing", "edit|mug.jpg|-i|warmer|-m|nobody/nothing" },
  { 2, "colour", "edit|mug.jpg|-i|warmer|--set|colour=red" },
  { 2, "colour", "edit|mug.jpg|-i|warmer|--set|colour" },
  { 2, "--project", "edit|mug.jpg|-i|warmer|--from|1" },
  { 2, "out.bmp", "edit|mug.jpg|-i|warmer|-o|out.bmp" },
  { 2, "out", "edit|mug.jpg|-i|warmer|-o|out" },
  { 2, "nowhere", "edit|mug.jpg|-i|warmer|-o|nowhere/out.png" },
  { 2, "mug.jpg", "edit|mug.jpg|-i|warmer|-o|mug.jpg" },
  { 2, "--output", "edit|mug.jpg|-i|warmer|-o|a.png|-o|b.png" },
  { 2, "too many", "edit|mug.jpg|cut.jpg|-i|warmer" },
  { 2, "folder", "edit|mug.jpg|-i|warmer|-o|closed" },
  { 1, "closed/out.png", "edit|mug.jpg|-i|warmer|-o|closed/out.png" },
  { 2, "full", "edit|mug.jpg|-i|warmer|-o|full.png" },
  { 1, "closed", "edit|mug.jpg|-i|warmer|--project|closed/a.reshoot" },
  { 2, "nowhere", "edit|mug.jpg|-i|warmer|--project|nowhere/a.reshoot" },
  { 2, "missing.reshoot", "edit|mug.jpg|-i|warmer|--project|missing.reshoot|--from|1" },
  /* pictures */
  { 2, "missing.jpg", "edit|missing.jpg|-i|warmer|-o|out.png" },
  { 2, "closed", "edit|closed|-i|warmer|-o|out.png" },
  { 1, "text.jpg", "edit|text.jpg|-i|warmer|-o|out.png" },
  { 1, "empty.jpg", "edit|empty.jpg|-i|warmer|-o|out.png" },
  { 7, "cut.jpg", "edit|cut.jpg|-i|warmer|-o|out.png" },
  { 1, "bomb.png", "edit|bomb.png|-i|warmer|-o|out.png" },
  { 1, "text.jpg", "edit|text.jpg|-i|warmer|--project|new.reshoot" },
  { 7, "cut.jpg", "edit|cut.jpg|-i|warmer|--project|new.reshoot" },
  { 1, "bomb.png", "edit|bomb.png|-i|warmer|--project|new.reshoot" },
  { 1, "bomb.png", "compare|mug.jpg|bomb.png" },
  { 2, "missing.jpg", "compare|missing.jpg|mug.jpg" },
  { 2, "compare A B", "compare|mug.jpg" },
  { 1, "text.jpg", "matte|text.jpg|-o|matte.png" },
  { 2, "-o", "matte|mug.jpg" },
  { 2, ".png", "matte|mug.jpg|-o|matte.jpg" },
  { 2, "inside", "matte|mug.jpg|-o|matte.png|--box|0,0,90000,10" },
  /* projects */
  { 7, "text.reshoot", "history|text.reshoot" },
  { 7, "text.reshoot", "verify|text.reshoot" },
  { 7, "text.reshoot", "edit|mug.jpg|-i|warmer|--project|text.reshoot" },
  { 7, "mug.jpg", "history|mug.jpg" },
  { 2, "missing.reshoot", "history|missing.reshoot" },
  { 2, "missing.reshoot", "show|missing.reshoot|1" },
  { 2, "missing.reshoot", "export|missing.reshoot|-o|out.png" },
  { 2, "missing.reshoot", "verify|missing.reshoot" },
  { 2, "missing.reshoot", "jobs|missing.reshoot" },
  { 2, "missing.reshoot", "rebase|missing.reshoot|2" },
  { 2, "missing.reshoot", "resume|missing.reshoot" },
  { 2, "history PROJECT", "history" },
  { 2, "-o", "export|missing.reshoot" },
  { 2, "--quality 0", "export|missing.reshoot|-o|out.jpg|--quality|0" },
  { 2, "--quality 101", "export|missing.reshoot|-o|out.jpg|--quality|101" },
  { 2, "out.gif", "export|missing.reshoot|-o|out.gif" },
  /* instructions */
  { 3, "glass of orange juice", "edit|mug.jpg|-i|Add a glass of orange juice next to the mug|-o|out.png" },
  { 3, "marble table", "edit|mug.jpg|-i|Place the mug on a marble table|--project|new.reshoot" },
  { 3, "beach", "edit|mug.jpg|-i|warmer|-i|Place the mug on a beach|-o|out.png" },
  { 2, "-i", "plan" },
};

static void
test_mistakes (void)
{
  g_autoptr (Place) place = new_place_with_bad_files ();
  g_autofree char *before = list_files (place);

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_auto (GStrv) arguments = g_strsplit (mistakes[i].arguments, "|", -1);
      g_autoptr (Run) run = place_runv (place, (const char *const *) arguments);
      g_autofree char *after = list_files (place);

      g_test_message ("%s: %d: %s", mistakes[i].arguments, run->status, run->err);
      run_assert_failed (run, mistakes[i].status);
      g_assert_nonnull (strstr (run->err, mistakes[i].says));
      g_assert_cmpstr (run->out, ==, "");
      g_assert_cmpstr (before, ==, after);
    }
}

/* A result that is there already survives a run that fails. */
static void
test_old_result_stays (void)
{
  g_autoptr (Place) place = new_place_with_bad_files ();
  g_autofree char *path = place_path (place, "out.png");
  g_autofree char *kept = NULL;
  g_autoptr (Run) run = NULL;

  put_file (place, "out.png", "old", 3);
  run = place_run (place, "edit", "cut.jpg", "-i", "warmer", "-o", "out.png", NULL);
  run_assert_failed (run, 7);
  g_file_get_contents (path, &kept, NULL, NULL);
  g_assert_cmpstr (kept, ==, "old");
}

static void
test_help (void)
{
  static const char *const commands[] = {
    "edit", "plan", "models", "history", "show", "diff", "export", "compare", "drift", "matte", "jobs", "resume",
    "cancel", "retry", "verify", "ledger", "join", "label", "bin",
  };
  g_autoptr (Place) place = place_new ();
  g_autoptr (Run) help = place_run (place, "--help", NULL);
  g_autoptr (Run) version = place_run (place, "--version", NULL);

  run_assert_done (help);
  run_assert_done (version);
  g_assert_true (g_str_has_prefix (version->out, "Reshoot 0."));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (Run) of_command = place_run (place, commands[i], "--help", NULL);

      run_assert_done (of_command);
      g_assert_nonnull (strstr (of_command->out, commands[i]));
      g_assert_nonnull (strstr (help->out, commands[i]));
    }
}

static void
test_plan (void)
{
  static const char *const keys[] = { "ops", "refuse", "protect" };
  g_autoptr (Place) place = place_new ();
  g_autoptr (Run) words = place_run (place, "plan", "-i", WHITE_STUDIO, NULL);
  g_autoptr (Run) json = place_run (place, "plan", "-i", WHITE_STUDIO, "--json", NULL);
  g_autoptr (Run) refused = place_run (place, "plan", "--json", "-i", "Let a model wear the jacket", NULL);
  g_autoptr (Run) refused_words = place_run (place, "plan", "-i", "Let a model wear the jacket", NULL);
  g_autoptr (GPtrArray) good = NULL;
  g_autoptr (GPtrArray) bad = NULL;
  JsonObject *plan;

  run_assert_done (words);
  g_assert_nonnull (strstr (words->out, "Background: white studio"));

  run_assert_done (json);
  good = run_parse_lines (json);
  g_assert_cmpuint (good->len, ==, 1);
  plan = json_node_get_object (g_ptr_array_index (good, 0));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (json_object_has_member (plan, keys[i]));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (plan, "ops")), ==, 2);

  run_assert_failed (refused, 3);
  bad = run_parse_lines (refused);
  g_assert_cmpuint (bad->len, ==, 1);
  plan = json_node_get_object (g_ptr_array_index (bad, 0));
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (plan, "refuse"), 0), ==,
                   "add-person");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (plan, "ops")), ==, 0);

  run_assert_failed (refused_words, 3);
}

static void
test_models (void)
{
  static const char *const keys[] = { "id", "provider", "name", "price", "unit", "date", "limits", "key" };
  g_autoptr (Place) place = place_new ();
  g_autoptr (Run) words = place_run (place, "models", NULL);
  g_autoptr (Run) json = place_run (place, "models", "--json", NULL);
  g_autoptr (GPtrArray) models = NULL;
  gboolean has_studio = FALSE, has_bfl = FALSE;

  run_assert_done (words);
  run_assert_done (json);
  models = run_parse_lines (json);
  for (guint i = 0; i < models->len; i++)
    {
      JsonObject *model = json_node_get_object (g_ptr_array_index (models, i));
      const char *id = json_object_get_string_member (model, "id");
      gboolean key = json_object_get_boolean_member (model, "key");

      for (guint j = 0; j < G_N_ELEMENTS (keys); j++)
        g_assert_true (json_object_has_member (model, keys[j]));

      g_assert_nonnull (strstr (words->out, id));
      if (g_str_equal (id, "studio/local"))
        {
          has_studio = TRUE;
          g_assert_true (key);
          g_assert_cmpfloat (json_object_get_double_member (model, "price"), ==, 0);
        }
      else if (g_str_equal (id, "bfl/flux-kontext-pro"))
        {
          has_bfl = TRUE;
          g_assert_false (key);
          g_assert_cmpfloat (json_object_get_double_member (model, "price"), >, 0);
          g_assert_nonnull (json_object_get_string_member (model, "date"));
        }
    }
  g_assert_true (has_studio && has_bfl);
}

static void
test_models_with_key (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (Run) words = NULL;

  place_set (place, "BFL_API_KEY", "not-to-be-seen");
  words = place_run (place, "models", NULL);
  run_assert_done (words);
  g_assert_nonnull (strstr (words->out, "key present"));
  g_assert_null (strstr (words->out, "not-to-be-seen"));
}

/* What can be asked now comes first. */
static void
test_models_order (void)
{
  static const char * const order[] = { "studio/local", "replicate/flux-kontext-pro", "comfyui/kontext-dev",
                                        "bfl/flux-kontext-pro" };
  g_autoptr (Place) place = place_new ();
  g_autoptr (Run) json = NULL;
  g_autoptr (GPtrArray) models = NULL;
  guint n = 0;

  place_set (place, "REPLICATE_API_TOKEN", "not-to-be-seen");
  json = place_run (place, "models", "--json", NULL);
  run_assert_done (json);
  models = run_parse_lines (json);

  for (guint i = 0; i < models->len && n < G_N_ELEMENTS (order); i++)
    {
      JsonObject *model = json_node_get_object (g_ptr_array_index (models, i));

      if (g_str_equal (json_object_get_string_member (model, "id"), order[n]))
        n++;
    }

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (order));
}

/* A picture on itself: nothing moved and nothing changed. */
static void
test_land (void)
{
  static const char *const numbers[] = { "width", "height", "delta_e", "ssim", "shift_x", "shift_y", "scale_x",
                                         "scale_y", "changed", "identical", "seconds" };
  g_autoptr (Place) place = new_place_with_bad_files ();
  g_autofree char *shoe = reshoot_test_sample ("shoe.jpg");
  g_autoptr (Run) same = place_run (place, "land", "mug.jpg", "mug.jpg", "-o", "same.png", "--json", NULL);
  g_autoptr (Run) other = place_run (place, "land", "mug.jpg", shoe, "-o", "other.png", "--json", NULL);
  g_autoptr (Run) words = place_run (place, "land", "mug.jpg", shoe, "-o", "other.png", NULL);
  g_autoptr (GPtrArray) same_nodes = NULL;
  g_autoptr (GPtrArray) other_nodes = NULL;
  JsonObject *a, *b;

  run_assert_done (same);
  run_assert_done (other);
  run_assert_done (words);
  g_assert_nonnull (strstr (words->out, "new scene"));
  same_nodes = run_parse_lines (same);
  other_nodes = run_parse_lines (other);
  a = json_node_get_object (g_ptr_array_index (same_nodes, 0));
  b = json_node_get_object (g_ptr_array_index (other_nodes, 0));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_true (json_object_has_member (a, numbers[i]));
  g_assert_cmpfloat (json_object_get_double_member (a, "identical"), ==, 1);
  g_assert_true (json_object_get_boolean_member (a, "confident"));
  g_assert_false (json_object_get_boolean_member (a, "new_scene"));
  g_assert_true (json_object_get_boolean_member (b, "new_scene"));
  g_assert_false (json_object_get_boolean_member (b, "confident"));
}

static void
test_compare (void)
{
  static const char *const keys[] = { "width", "height", "delta_e", "ssim", "shift_x", "shift_y", "scale_x",
                                      "scale_y", "changed", "drift", "softer", "visible", "edited" };
  g_autoptr (Place) place = new_place_with_bad_files ();
  g_autofree char *shoe = reshoot_test_sample ("shoe.jpg");
  g_autoptr (Run) same = place_run (place, "compare", "mug.jpg", "mug.jpg", "--json", NULL);
  g_autoptr (Run) other = place_run (place, "compare", "mug.jpg", shoe, "--json", NULL);
  g_autoptr (Run) words = place_run (place, "compare", "mug.jpg", shoe, NULL);
  g_autoptr (Run) same_words = place_run (place, "compare", "mug.jpg", "mug.jpg", NULL);
  g_autoptr (GPtrArray) same_nodes = NULL;
  g_autoptr (GPtrArray) other_nodes = NULL;
  JsonObject *a, *b;

  run_assert_done (same);
  run_assert_done (other);
  run_assert_done (words);
  run_assert_done (same_words);
  same_nodes = run_parse_lines (same);
  other_nodes = run_parse_lines (other);
  g_assert_cmpuint (same_nodes->len, ==, 1);
  a = json_node_get_object (g_ptr_array_index (same_nodes, 0));
  b = json_node_get_object (g_ptr_array_index (other_nodes, 0));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (json_object_has_member (a, keys[i]));

  g_assert_cmpfloat (json_object_get_double_member (a, "delta_e"), ==, 0);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (a, "shift_x"), 0, 0.05);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (a, "scale_y"), 1, 1e-4);
  g_assert_true (json_object_get_null_member (b, "shift_x"));
  g_assert_cmpfloat (json_object_get_double_member (a, "ssim"), >, 0.9999);
  g_assert_cmpfloat (json_object_get_double_member (a, "changed"), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (a, "drift"), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (a, "edited"), ==, 0);
  g_assert_true (json_object_get_null_member (b, "drift"));
  g_assert_null (strstr (words->out, "Where nothing was edited"));
  g_assert_nonnull (strstr (same_words->out, "\nWhere nothing was edited: no drift\n"));
  g_assert_cmpfloat (json_object_get_double_member (b, "delta_e"), >, 5);
  g_assert_cmpfloat (json_object_get_double_member (b, "changed"), >, 0.5);
}

static JsonObject *
get_first_object (GPtrArray *nodes)
{
  g_assert_cmpuint (nodes->len, ==, 1);
  return json_node_get_object (g_ptr_array_index (nodes, 0));
}

static void
test_matte (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *plain = reshoot_test_sample ("headphones-on-beige.jpg");
  g_autofree char *clutter = reshoot_test_sample ("norda-bottle.jpg");
  g_autofree char *plain_matte = place_path (place, "plain.png");
  g_autofree char *clutter_matte = place_path (place, "clutter.png");
  g_autoptr (Run) sure = place_run (place, "matte", plain, "-o", "plain.png", "--json", NULL);
  g_autoptr (Run) unsure = place_run (place, "matte", clutter, "-o", "clutter.png", "--json", NULL);
  g_autoptr (GPtrArray) sure_nodes = run_parse_lines (sure);
  g_autoptr (GPtrArray) unsure_nodes = run_parse_lines (unsure);

  run_assert_done (sure);
  g_assert_true (json_object_get_boolean_member (get_first_object (sure_nodes), "confident"));
  g_assert_cmpint (json_object_get_int_member (get_first_object (sure_nodes), "products"), >=, 1);
  g_assert_true (g_file_test (plain_matte, G_FILE_TEST_EXISTS));

  run_assert_failed (unsure, 3);
  g_assert_false (json_object_get_boolean_member (get_first_object (unsure_nodes), "confident"));
  g_assert_true (g_file_test (clutter_matte, G_FILE_TEST_EXISTS));
}

/* The locale changes words, never numbers for programs, and never what is understood. */
static void
test_locales (void)
{
  static const char *const locales[] = { "C", "C.UTF-8", "de_DE.UTF-8", "de_DE", "xx_YY" };
  g_autoptr (Place) place = new_place_with_bad_files ();

  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autoptr (Run) json = NULL;
      g_autoptr (Run) failed = NULL;
      g_autoptr (GPtrArray) nodes = NULL;

      place_set (place, "LC_ALL", locales[i]);
      json = place_run (place, "compare", "mug.jpg", "mug.jpg", "--json", NULL);
      run_assert_done (json);
      nodes = run_parse_lines (json);
      g_assert_cmpuint (nodes->len, ==, 1);

      failed = place_run (place, "edit", "mug.jpg", "-i", "warmer", "--set", "größe=1", "-o", "out.png", NULL);
      run_assert_failed (failed, 2);
    }
}

/* No home at all, and none that can be written to. */
static void
test_no_home (void)
{
  static const char *const homes[] = { NULL, "", "/nonexistent" };
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");

  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      g_autoptr (Place) place = place_new ();
      g_autofree char *out = place_path (place, "out.png");
      g_autoptr (Run) run = NULL;

      place_set (place, "HOME", homes[i]);
      place_set (place, "DBUS_SESSION_BUS_ADDRESS", NULL);
      place_set (place, "XDG_RUNTIME_DIR", NULL);
      run = place_run (place, "edit", mug, "-i", "warm it slightly", "-o", "out.png", NULL);
      run_assert_done (run);
      g_assert_true (g_file_test (out, G_FILE_TEST_EXISTS));
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli/mistakes", test_mistakes);
  g_test_add_func ("/cli/old-result-stays", test_old_result_stays);
  g_test_add_func ("/cli/help", test_help);
  g_test_add_func ("/cli/plan", test_plan);
  g_test_add_func ("/cli/models", test_models);
  g_test_add_func ("/cli/models-with-key", test_models_with_key);
  g_test_add_func ("/cli/models-order", test_models_order);
  g_test_add_func ("/cli/compare", test_compare);
  g_test_add_func ("/cli/land", test_land);
  g_test_add_func ("/cli/matte", test_matte);
  g_test_add_func ("/cli/locales", test_locales);
  g_test_add_func ("/cli/no-home", test_no_home);

  return g_test_run ();
}
