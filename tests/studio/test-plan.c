/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan and its JSON: what is written reads back the same, and what is not a plan is refused without a warning. */

#include "reshoot-plan-tone.h"
#include "reshoot-plan.h"
#include "reshoot-error.h"
#include "reshoot-test.h"

#include <math.h>

static ReshootPlan *
plan_from_text (const char  *json,
                GError     **error)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  g_assert_nonnull (node);
  return reshoot_plan_new_from_json (node, error);
}

static void
assert_stays (const char *ops)
{
  g_autofree char *text = g_strdup_printf ("{\"ops\":%s,\"refuse\":[],\"protect\":[],\"refused\":[]}", ops);
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootPlan) plan = plan_from_text (text, &error);
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (plan);
  node = reshoot_plan_to_json (plan);
  written = json_to_string (node, FALSE);
  g_assert_cmpstr (written, ==, text);
}

static void
test_round_trip (void)
{
  assert_stays ("[]");
  assert_stays ("[{\"op\":\"background\",\"fill\":\"solid\",\"color\":\"#d3d3d3\"}]");
  assert_stays ("[{\"op\":\"background\",\"fill\":\"gradient\",\"color\":\"#ffffff\",\"color2\":\"#add8e6\","
                "\"shape\":\"radial\"}]");
  assert_stays ("[{\"op\":\"background\",\"fill\":\"blur\",\"level\":\"strong\"}]");
  assert_stays ("[{\"op\":\"shadow\",\"kind\":\"contact\",\"level\":\"slight\"},{\"op\":\"shadow\","
                "\"kind\":\"none\"}]");
  assert_stays ("[{\"op\":\"crop\",\"aspect\":\"1:1\",\"gravity\":\"product\"},{\"op\":\"crop\","
                "\"aspect\":\"1.91:1\"}]");
  assert_stays ("[{\"op\":\"frame\",\"fill\":0.875,\"aspect\":\"1:1\"},{\"op\":\"frame\",\"fill\":\"tight\"},"
                "{\"op\":\"frame\",\"gravity\":\"center\"}]");
  assert_stays ("[{\"op\":\"canvas\",\"pad\":0.125,\"color\":\"#ffffff\"},{\"op\":\"canvas\",\"side\":\"left\","
                "\"level\":\"medium\"},{\"op\":\"canvas\",\"aspect\":\"3:2\"}]");
  assert_stays ("[{\"op\":\"straighten\",\"angle\":\"auto\"},{\"op\":\"straighten\",\"angle\":-1.5},"
                "{\"op\":\"rotate\",\"deg\":3},{\"op\":\"flip\",\"axis\":\"vertical\"}]");
  assert_stays ("[{\"op\":\"resize\",\"long_edge\":2000},{\"op\":\"resize\",\"width\":1080,\"height\":1350},"
                "{\"op\":\"upscale\",\"factor\":2},{\"op\":\"upscale\",\"width\":3840}]");
  assert_stays ("[{\"op\":\"exposure\",\"ev\":-0.5,\"scope\":\"all\"},{\"op\":\"contrast\",\"dir\":\"+\","
                "\"level\":\"slight\",\"scope\":\"product\"},{\"op\":\"saturation\",\"percent\":-100,"
                "\"scope\":\"background\"}]");
  assert_stays ("[{\"op\":\"white_balance\",\"mode\":\"auto\"},{\"op\":\"white_balance\",\"mode\":\"auto\","
                "\"against\":\"background\"},{\"op\":\"auto_tone\",\"scope\":\"all\"},{\"op\":\"monochrome\"},"
                "{\"op\":\"monochrome\",\"tint\":\"sepia\"}]");
  assert_stays ("[{\"op\":\"recolor\",\"target\":\"color:red\",\"to\":\"#ffa500\"},{\"op\":\"text\","
                "\"content\":\"20% OFF \\\"now\\\"\",\"position\":\"bottom\",\"color\":\"#000000\",\"size\":\"large\","
                "\"weight\":\"bold\",\"style\":\"italic\"},{\"op\":\"repeat\",\"level\":\"slight\"}]");
}

static void
test_refusals_round_trip (void)
{
  const char *text = "{\"ops\":[{\"op\":\"monochrome\"}],\"refuse\":[\"add-object\",\"unclear\"],"
                     "\"protect\":[\"product\"],\"refused\":[{\"reason\":\"add-object\",\"clause\":\"add a tree\"},"
                     "{\"reason\":\"add-object\",\"clause\":\"add a lamp\"},"
                     "{\"reason\":\"unclear\",\"clause\":\"frobnicate\"}]}";
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootPlan) plan = plan_from_text (text, &error);
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  node = reshoot_plan_to_json (plan);
  written = json_to_string (node, FALSE);
  g_assert_cmpstr (written, ==, text);

  g_assert_cmpuint (reshoot_plan_get_n_refusals (plan), ==, 3);
  g_assert_true (reshoot_plan_get_protects (plan, "product"));
  g_assert_false (reshoot_plan_get_protects (plan, "background"));
  g_assert_false (reshoot_plan_check (plan, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "add-object");
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "add a tree");
}

static void
test_reasons_alone (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootPlan) plan = plan_from_text ("{\"ops\":[],\"refuse\":[\"relight\"]}", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (reshoot_plan_get_n_refusals (plan), ==, 1);
  g_assert_false (reshoot_plan_check (plan, &error));
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "relight");
}

static const char * const hostile[] = {
  "null", "1", "\"ops\"", "[]", "{}", "{\"ops\":null}", "{\"ops\":{}}", "{\"ops\":[1]}", "{\"ops\":[null]}",
  "{\"ops\":[[]]}", "{\"ops\":[{}]}", "{\"ops\":[{\"op\":null}]}", "{\"ops\":[{\"op\":[]}]}", "{\"ops\":[{\"op\":7}]}",
  "{\"ops\":[{\"op\":\"paint\"}]}", "{\"ops\":[{\"op\":\"background\"}]}",
  "{\"ops\":[{\"op\":\"background\",\"fill\":\"solid\"}]}",
  "{\"ops\":[{\"op\":\"background\",\"fill\":\"solid\",\"color\":\"white\"}]}",
  "{\"ops\":[{\"op\":\"background\",\"fill\":\"solid\",\"color\":\"#12345\"}]}",
  "{\"ops\":[{\"op\":\"background\",\"fill\":\"solid\",\"color\":\"#12345g\"}]}",
  "{\"ops\":[{\"op\":\"background\",\"fill\":\"gradient\",\"color\":\"#ffffff\"}]}",
  "{\"ops\":[{\"op\":\"background\",\"fill\":{}}]}", "{\"ops\":[{\"op\":\"background\",\"fill\":true}]}",
  "{\"ops\":[{\"op\":\"background\",\"fill\":\"marble\"}]}", "{\"ops\":[{\"op\":\"monochrome\",\"level\":\"slight\"}]}",
  "{\"ops\":[{\"op\":\"exposure\",\"scope\":\"all\"}]}", "{\"ops\":[{\"op\":\"exposure\",\"dir\":\"+\"}]}",
  "{\"ops\":[{\"op\":\"exposure\",\"dir\":1,\"level\":\"slight\"}]}",
  "{\"ops\":[{\"op\":\"exposure\",\"dir\":\"\",\"level\":\"slight\"}]}",
  "{\"ops\":[{\"op\":\"exposure\",\"dir\":\"+\",\"level\":\"\"}]}",
  "{\"ops\":[{\"op\":\"exposure\",\"ev\":\"1\"}]}", "{\"ops\":[{\"op\":\"exposure\",\"ev\":1e300}]}",
  "{\"ops\":[{\"op\":\"exposure\",\"ev\":1,\"scope\":\"sky\"}]}", "{\"ops\":[{\"op\":\"exposure\",\"ev\":null}]}",
  "{\"ops\":[{\"op\":\"saturation\",\"percent\":-101}]}", "{\"ops\":[{\"op\":\"crop\",\"aspect\":\"1:0\"}]}",
  "{\"ops\":[{\"op\":\"crop\",\"aspect\":\":\"}]}", "{\"ops\":[{\"op\":\"crop\",\"aspect\":\"1:1:1\"}]}",
  "{\"ops\":[{\"op\":\"crop\",\"aspect\":\"inf:nan\"}]}", "{\"ops\":[{\"op\":\"crop\",\"aspect\":1}]}",
  "{\"ops\":[{\"op\":\"crop\"}]}", "{\"ops\":[{\"op\":\"frame\",\"fill\":\"loose\"}]}",
  "{\"ops\":[{\"op\":\"frame\",\"fill\":0}]}", "{\"ops\":[{\"op\":\"frame\",\"fill\":1.5}]}",
  "{\"ops\":[{\"op\":\"frame\"}]}",
  "{\"ops\":[{\"op\":\"canvas\",\"pad\":-0.1}]}", "{\"ops\":[{\"op\":\"canvas\"}]}", "{\"ops\":[{\"op\":\"rotate\"}]}",
  "{\"ops\":[{\"op\":\"rotate\",\"deg\":\"auto\"}]}", "{\"ops\":[{\"op\":\"rotate\",\"deg\":361}]}",
  "{\"ops\":[{\"op\":\"flip\"}]}", "{\"ops\":[{\"op\":\"resize\"}]}", "{\"ops\":[{\"op\":\"resize\",\"width\":0}]}",
  "{\"ops\":[{\"op\":\"resize\",\"width\":1.5}]}", "{\"ops\":[{\"op\":\"resize\",\"width\":99999999999}]}",
  "{\"ops\":[{\"op\":\"upscale\",\"factor\":1000}]}", "{\"ops\":[{\"op\":\"upscale\"}]}",
  "{\"ops\":[{\"op\":\"recolor\",\"target\":\"color:\",\"to\":\"#000000\"}]}",
  "{\"ops\":[{\"op\":\"recolor\",\"target\":\"color:../..\",\"to\":\"#000000\"}]}",
  "{\"ops\":[{\"op\":\"recolor\",\"target\":\"product\"}]}", "{\"ops\":[{\"op\":\"text\"}]}",
  "{\"ops\":[{\"op\":\"text\",\"content\":\"\"}]}", "{\"ops\":[{\"op\":\"text\",\"content\":[\"a\"]}]}",
  "{\"ops\":[{\"op\":\"monochrome\",\"extra\":1}]}", "{\"ops\":[],\"refuse\":\"help\"}", "{\"ops\":[],\"refuse\":[1]}",
  "{\"ops\":[],\"refuse\":[\"lazy\"]}", "{\"ops\":[],\"protect\":[\"sky\"]}", "{\"ops\":[],\"protect\":[{}]}",
  "{\"ops\":[],\"refused\":[{}]}", "{\"ops\":[],\"refused\":[{\"reason\":\"help\"}]}",
  "{\"ops\":[],\"refused\":[{\"reason\":\"help\",\"clause\":4}]}", "{\"ops\":[],\"refused\":[0]}",
};

static void
test_hostile_json (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootPlan) plan = plan_from_text (hostile[i], &error);

      if (plan != NULL)
        g_error ("taken for a plan: %s", hostile[i]);
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, "plan");
      g_assert_nonnull (reshoot_error_get_subject (error));
    }
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new ("{\"ops\":[");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootPlan) plan = NULL;

  for (int i = 0; i < 300; i++)
    g_string_append (text, i > 0 ? ",{\"op\":\"monochrome\"}" : "{\"op\":\"monochrome\"}");
  g_string_append (text, "]}");

  plan = plan_from_text (text->str, &error);
  g_assert_null (plan);
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
}

static void
test_record (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootPlan) plan = plan_from_text ("{\"ops\":[{\"op\":\"frame\",\"gravity\":\"center\"},"
                                                 "{\"op\":\"straighten\",\"angle\":\"auto\"}]}", &error);
  const ReshootOperation *operation = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (reshoot_plan_get_n_operations (plan), ==, 2);
  operation = reshoot_plan_get_operation (plan, 0);
  g_assert_cmpint (operation->kind, ==, RESHOOT_OPERATION_FRAME);
  g_assert_true (isnan (operation->fill_share));
  g_assert_true (isnan (operation->ev));
  g_assert_true (isnan (reshoot_plan_get_operation (plan, 1)->degrees));
  g_assert_cmpstr (reshoot_plan_get_instruction (plan), ==, "");
  g_assert_true (reshoot_plan_check (plan, &error));
  g_assert_no_error (error);
}

static void
assert_matte (const char *op,
              gboolean    needed)
{
  g_autofree char *text = g_strdup_printf ("{\"ops\":[%s]}", op);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootPlan) plan = plan_from_text (text, &error);

  g_assert_no_error (error);
  g_assert_cmpint (reshoot_plan_needs_matte (plan), ==, needed);
}

static void
test_needs_matte (void)
{
  assert_matte ("{\"op\":\"monochrome\"}", FALSE);
  assert_matte ("{\"op\":\"exposure\",\"ev\":1,\"scope\":\"all\"}", FALSE);
  assert_matte ("{\"op\":\"exposure\",\"ev\":1,\"scope\":\"product\"}", TRUE);
  assert_matte ("{\"op\":\"crop\",\"aspect\":\"1:1\"}", FALSE);
  assert_matte ("{\"op\":\"crop\",\"aspect\":\"1:1\",\"gravity\":\"product\"}", TRUE);
  assert_matte ("{\"op\":\"frame\",\"fill\":\"tight\"}", TRUE);
  assert_matte ("{\"op\":\"canvas\",\"aspect\":\"1:1\"}", FALSE);
  assert_matte ("{\"op\":\"background\",\"fill\":\"blur\"}", TRUE);
  assert_matte ("{\"op\":\"recolor\",\"target\":\"product\",\"to\":\"#000000\"}", TRUE);
  assert_matte ("{\"op\":\"recolor\",\"target\":\"color:red\",\"to\":\"#000000\"}", FALSE);
  assert_matte ("{\"op\":\"white_balance\",\"mode\":\"auto\",\"against\":\"background\"}", TRUE);
}

static void
test_empty_plan (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootPlan) plan = plan_from_text ("{\"ops\":[]}", &error);

  g_assert_no_error (error);
  g_assert_false (reshoot_plan_check (plan, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
}

/* What landing is told of the words. */
static void
test_tone (void)
{
  static const struct
  {
    const char      *instruction;
    ReshootLandTone  tone;
  } cases[] = {
    { "make the bottle navy", RESHOOT_LAND_TONE_DRIFT },
    { "remove the plant", RESHOOT_LAND_TONE_DRIFT },
    { "replace the background with clean white studio", RESHOOT_LAND_TONE_DRIFT },
    { "make the whole photo warmer", RESHOOT_LAND_TONE_WANTED },
    { "white background and a bit brighter", RESHOOT_LAND_TONE_WANTED },
    { "golden hour light", RESHOOT_LAND_TONE_UNKNOWN },
    { "qwertz the flumph", RESHOOT_LAND_TONE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ReshootPlan) plan = reshoot_plan_new (cases[i].instruction);

      g_test_message ("%s", cases[i].instruction);
      g_assert_cmpint (reshoot_plan_find_tone (plan), ==, cases[i].tone);
    }
}

/* Which kind of edit votes are told apart by: what is hardest decides, also where the studio cannot do it. */
static void
test_task (void)
{
  static const struct
  {
    const char *instruction;
    const char *task;
  } cases[] = {
    { "make the bottle navy", "recolor" },
    { "white background", "background" },
    { "white background and make the bottle navy", "background" },
    { "put it on a marble table", "scene" },
    { "remove the plant", "object" },
    { "change the text on the label to “Norda”", "text" },
    { "crop to 4:5", "shape" },
    { "crop to 4:5 and a bit brighter", "shape" },
    { "warmer", "light" },
    { "qwertz the flumph", "other" },
    { "", "other" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ReshootPlan) plan = reshoot_plan_new (cases[i].instruction);

      g_test_message ("%s", cases[i].instruction);
      g_assert_cmpstr (reshoot_plan_get_task (plan), ==, cases[i].task);
    }
}

int
main (int   argc,
      char *argv[])
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/plan/json/round-trip", test_round_trip);
  g_test_add_func ("/plan/json/refusals", test_refusals_round_trip);
  g_test_add_func ("/plan/json/reasons-alone", test_reasons_alone);
  g_test_add_func ("/plan/json/hostile", test_hostile_json);
  g_test_add_func ("/plan/json/too-many", test_too_many);
  g_test_add_func ("/plan/record", test_record);
  g_test_add_func ("/plan/needs-matte", test_needs_matte);
  g_test_add_func ("/plan/tone", test_tone);
  g_test_add_func ("/plan/task", test_task);
  g_test_add_func ("/plan/empty", test_empty_plan);

  return g_test_run ();
}
