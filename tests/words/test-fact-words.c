/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of real steps in a real project, and of a real plan. */

#include "reshoot-drift-words.h"
#include "reshoot-error.h"
#include "reshoot-project.h"
#include "reshoot-test.h"
#include "reshoot-words.h"

#include <math.h>

static ReshootImage *
load_sample (void)
{
  g_autofree char *path = reshoot_test_sample ("bottle-on-white.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  image = reshoot_image_load_finish (result, &error);
  g_assert_no_error (error);
  return image;
}

static ReshootProject *
open_project (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *project;

  reshoot_project_open_async (file, RESHOOT_PROJECT_CREATE, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  project = reshoot_project_open_finish (result, &error);
  g_assert_no_error (error);
  return project;
}

static ReshootStep *
add_original (ReshootProject *project)
{
  g_autoptr (ReshootImage) image = load_sample ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  reshoot_project_add_original_async (project, image, "bottle", NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_original_finish (project, result, &error);
  g_assert_no_error (error);
  return step;
}

static ReshootStep *
add_request (ReshootProject *project,
             ReshootStep    *source,
             const char     *model,
             double          estimate)
{
  ReshootInputs inputs = RESHOOT_INPUTS_INIT;
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  if (g_str_has_suffix (model, "/midjourney"))
    inputs.kind = RESHOOT_KIND_REIMAGINE;
  request = reshoot_request_new_with_inputs ("warmer", model, NULL, &inputs);
  reshoot_project_add_request_async (project, source, request,
                                     reshoot_money_from_dollars (estimate), NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_request_finish (project, result, &error);
  g_assert_no_error (error);
  return step;
}

static void
update_job (ReshootProject        *project,
            ReshootStep           *step,
            const ReshootJobFacts *facts)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_update_job_async (project, step, facts, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_update_job_finish (project, result, &error);
  g_assert_no_error (error);
}

static void
assert_facts (ReshootStep *step,
              const char  *expected)
{
  g_autofree char *facts = reshoot_words_for_facts (step);

  g_assert_cmpstr (facts, ==, expected);
}

static void
test_facts (void)
{
  g_autoptr (ReshootProject) project = open_project ();
  g_autoptr (ReshootStep) original = add_original (project);
  g_autoptr (ReshootStep) paid = add_request (project, original, "bfl/flux-kontext-pro", 0.04);
  g_autoptr (ReshootStep) doubtful = add_request (project, original, "bfl/flux-kontext-pro", 0.04);
  g_autoptr (ReshootStep) refused = add_request (project, original, "bfl/flux-kontext-pro", 0.04);
  g_autoptr (ReshootStep) local = add_request (project, original, "studio/local", 0);
  g_autoptr (GError) why = reshoot_error_new (RESHOOT_ERROR_REFUSED, "refused", NULL, "no");
  g_autofree char *size = g_strdup_printf ("Original · %d × %d", reshoot_step_get_width (original),
                                           reshoot_step_get_height (original));
  ReshootJobFacts running = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_RUNNING);
  ReshootJobFacts unknown = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_UNKNOWN);
  ReshootJobFacts refusal = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_REFUSED);

  assert_facts (original, size);
  assert_facts (paid, "bfl/flux-kontext-pro · Waiting · about $0.04");
  assert_facts (local, "Built-in studio · Waiting · free");

  running.quoted = 50000;
  running.ticket = "{\"id\": \"abc\"}";
  running.seconds = 3.14;
  update_job (project, paid, &running);
  assert_facts (paid, "bfl/flux-kontext-pro · Running · 3.1 s · $0.05");

  unknown.charged = RESHOOT_CHARGED_UNKNOWN;
  update_job (project, doubtful, &unknown);
  assert_facts (doubtful, "bfl/flux-kontext-pro · In doubt · $0.04, perhaps charged");

  refusal.charged = RESHOOT_CHARGED_NO;
  refusal.error = why;
  update_job (project, refused, &refusal);
  assert_facts (refused, "bfl/flux-kontext-pro · Refused · not charged");
}

/* A model that makes new pictures has edited nothing, and that is said beside its name. */
static void
test_reimagined (void)
{
  g_autoptr (ReshootProject) project = open_project ();
  g_autoptr (ReshootStep) original = add_original (project);
  g_autoptr (ReshootStep) step = add_request (project, original, "useapi/midjourney", 0.04);

  assert_facts (step, "useapi/midjourney · Reimagined · Waiting · about $0.04");
}

static void
add_version (ReshootProject *project,
             ReshootStep    *step,
             const char     *facts)
{
  g_autoptr (ReshootImage) picture = load_sample ();
  g_autoptr (JsonNode) node = json_from_string (facts, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_add_version_async (project, step, picture, NULL, node, NULL, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_add_version_finish (project, result, &error);
  g_assert_no_error (error);
}

/* What became of a reply, and nothing where a stranger's file says nonsense. */
static void
test_landing (void)
{
  static const struct
  {
    const char *facts;
    const char *words;
  } cases[] = {
    { "{\"landed\":true,\"shift_x\":2,\"shift_y\":0,\"scale_x\":1.004,\"scale_y\":1.004,\"rotation\":0,"
      "\"confidence\":1,\"identical\":0.912}", "2 px right, +0.4 % zoom, aligned · 91.2 % untouched" },
    { "{\"landed\":true,\"shift_x\":0,\"shift_y\":0,\"scale_x\":1,\"scale_y\":1,\"rotation\":0,"
      "\"confidence\":1,\"identical\":0,\"whole\":true}", "in place, aligned" },
    { "{\"landed\":false,\"reason\":\"new-scene\",\"new_scene\":true}", "new scene: kept as it is" },
    { "{\"landed\":false,\"reason\":\"off\"}", "as received" },
    { "{\"landed\":false,\"reason\":\"cancelled\"}", "stopped: kept as received" },
    { "{\"landed\":false,\"reason\":\"failed\"}", "could not be aligned: kept as received" },
    { "{\"landed\":false,\"reason\":\"reimagined\"}", NULL },
    { "{\"landed\":true,\"shift_x\":\"far\",\"identical\":[7]}", NULL },
    { "{\"seconds\":1}", NULL },
  };
  g_autoptr (ReshootProject) project = open_project ();
  g_autoptr (ReshootStep) original = add_original (project);
  g_autoptr (ReshootStep) step = add_request (project, original, "bfl/flux-kontext-pro", 0.04);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = NULL;
      g_autofree char *all = NULL;

      add_version (project, step, cases[i].facts);
      words = reshoot_words_for_landing (step);
      all = reshoot_words_for_facts (step);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_true (words == NULL || g_str_has_suffix (all, words));
    }
}

/* How far it drifted, in the line of facts, and nothing of what is nonsense. */
static void
test_kept (void)
{
  static const struct
  {
    const char *facts;
    const char *words;
  } cases[] = {
    { "{\"drift\":0.4,\"drifted\":{\"visible\":0.0031,\"edited\":0.2,\"softer\":0,\"shift_x\":0,\"shift_y\":0,"
      "\"scale_x\":1,\"scale_y\":1}}", "drift 0.3 % of what was kept" },
    { "{\"drift\":0,\"drifted\":{\"visible\":0,\"edited\":0.2,\"softer\":0,\"shift_x\":0,\"shift_y\":0,"
      "\"scale_x\":1,\"scale_y\":1}}", "no drift" },
    { "{\"drift\":0,\"drifted\":{\"visible\":0,\"edited\":0.2,\"softer\":0,\"shift_x\":3,\"shift_y\":0,"
      "\"scale_x\":1,\"scale_y\":1}}", "3 px right" },
    { "{\"drifted\":{\"edited\":1,\"shift_x\":0,\"shift_y\":0,\"scale_x\":1,\"scale_y\":1}}", NULL },
    { "{\"drifted\":{\"new_scene\":true}}", NULL },
    { "{\"drift\":0.4,\"drifted\":{\"visible\":7,\"edited\":0,\"shift_x\":0,\"shift_y\":0,"
      "\"scale_x\":1,\"scale_y\":1}}", NULL },
    { "{\"drift\":\"far\",\"drifted\":[1,{}]}", NULL },
  };
  g_autoptr (ReshootProject) project = open_project ();
  g_autoptr (ReshootStep) original = add_original (project);
  g_autoptr (ReshootStep) step = add_request (project, original, "bfl/flux-kontext-pro", 0.04);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *all = NULL;

      add_version (project, step, cases[i].facts);
      all = reshoot_words_for_facts (step);
      if (cases[i].words != NULL)
        g_assert_true (g_str_has_suffix (all, cases[i].words));
      else
        g_assert_false (strstr (all, "drift") != NULL || strstr (all, "kept") != NULL);
    }
}

static ReshootPlan *
parse_plan (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = json_from_string (text, &error);
  ReshootPlan *plan;

  g_assert_no_error (error);
  plan = reshoot_plan_new_from_json (json, &error);
  g_assert_no_error (error);
  return plan;
}

static void
test_plan (void)
{
  g_autoptr (ReshootPlan) good =
    parse_plan ("{\"ops\": [{\"op\": \"background\", \"fill\": \"studio\", \"color\": \"#ffffff\"},"
                "{\"op\": \"temperature\", \"dir\": \"+\", \"level\": \"slight\", \"scope\": \"all\"}],"
                "\"refuse\": []}");
  g_autofree char *words = reshoot_words_for_plan (good);

  g_assert_cmpstr (words, ==, "Background: white studio · Warmer, slightly");
}

/* The first refusal is named, with what could be done without it. */
static void
test_refused_plan (void)
{
  g_autoptr (ReshootPlan) mixed = reshoot_plan_new ("White background and add a splash of water around the can");
  g_autoptr (ReshootPlan) refused = reshoot_plan_new ("Let a model wear the jacket");
  g_autofree char *mixed_words = reshoot_words_for_plan (mixed);
  g_autofree char *refused_words = reshoot_words_for_plan (refused);

  g_assert_nonnull (strstr (mixed_words, "add a splash of water"));
  g_assert_nonnull (strstr (mixed_words, "The rest can be done: Background: white."));
  g_assert_nonnull (strstr (refused_words, "model wear the jacket"));
  g_assert_null (strstr (refused_words, "The rest"));
}

static void
test_drift (void)
{
  static const struct
  {
    ReshootDrift  drift;
    const char   *words;
  } table[] = {
    { { .alignment = { .scale_x = 1, .scale_y = 1 } }, "no drift" },
    { { .alignment = { .scale_x = 1, .scale_y = 1 }, .colour = 0.01, .softer = -0.001 }, "no drift" },
    { { .alignment = { .shift_x = 6, .scale_x = 1, .scale_y = 1 }, .colour = 0.42, .softer = 0.03 },
      "0.4 ΔE, 6 px right, 3 % softer" },
    { { .alignment = { .scale_x = 1.012, .scale_y = 1.012 }, .softer = -0.2 }, "+1.2 % zoom, 20 % sharper" },
    { { .alignment = { .scale_x = 1, .scale_y = 1 }, .colour = NAN, .softer = NAN }, "all of it changed" },
    { { .alignment = { .new_scene = TRUE } }, "a new scene" },
  };
  g_autofree char *harm = reshoot_words_for_harm (&table[2].drift, 5);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = reshoot_words_for_drift (&table[i].drift);

      g_assert_cmpstr (words, ==, table[i].words);
    }

  g_assert_cmpstr (harm, ==, "Step 5 hurts most: what nobody edited is now 0.4 ΔE, 6 px right, 3 % softer, "
                   "against the original.");
}

/* A photo of eight by eight in ink, without a profile. */
static const guint8 ink[] = {
  0xff, 0xd8, 0xff, 0xee, 0x00, 0x0e, 0x41, 0x64, 0x6f, 0x62, 0x65, 0x00, 0x64, 0x00, 0x00, 0x00,
  0x00, 0x00, 0xff, 0xdb, 0x00, 0x43, 0x00, 0x10, 0x0b, 0x0c, 0x0e, 0x0c, 0x0a, 0x10, 0x0e, 0x0d,
  0x0e, 0x12, 0x11, 0x10, 0x13, 0x18, 0x28, 0x1a, 0x18, 0x16, 0x16, 0x18, 0x31, 0x23, 0x25, 0x1d,
  0x28, 0x3a, 0x33, 0x3d, 0x3c, 0x39, 0x33, 0x38, 0x37, 0x40, 0x48, 0x5c, 0x4e, 0x40, 0x44, 0x57,
  0x45, 0x37, 0x38, 0x50, 0x6d, 0x51, 0x57, 0x5f, 0x62, 0x67, 0x68, 0x67, 0x3e, 0x4d, 0x71, 0x79,
  0x70, 0x64, 0x78, 0x5c, 0x65, 0x67, 0x63, 0xff, 0xc0, 0x00, 0x14, 0x08, 0x00, 0x08, 0x00, 0x08,
  0x04, 0x43, 0x11, 0x00, 0x4d, 0x11, 0x00, 0x59, 0x11, 0x00, 0x4b, 0x11, 0x00, 0xff, 0xc4, 0x00,
  0x14, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
  0x00, 0x00, 0x07, 0xff, 0xc4, 0x00, 0x14, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xda, 0x00, 0x0e, 0x04, 0x43, 0x00,
  0x4d, 0x00, 0x59, 0x00, 0x4b, 0x00, 0x00, 0x3f, 0x00, 0x40, 0x20, 0x10, 0x08, 0x0f, 0xff, 0xd9,
};

/* One of eight by eight in light, without one. */
static const guint8 light[] = {
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
  0x00, 0x00, 0x00, 0x08, 0x00, 0x00, 0x00, 0x08, 0x08, 0x02, 0x00, 0x00, 0x00, 0x4b, 0x6d, 0x29,
  0xdc, 0x00, 0x00, 0x00, 0x09, 0x70, 0x48, 0x59, 0x73, 0x00, 0x00, 0x03, 0xe8, 0x00, 0x00, 0x03,
  0xe8, 0x01, 0xb5, 0x7b, 0x52, 0x6b, 0x00, 0x00, 0x00, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x08, 0x99,
  0x63, 0x60, 0x18, 0x1e, 0x00, 0x00, 0x00, 0xc8, 0x00, 0x01, 0xf8, 0x5d, 0x5b, 0x94, 0x00, 0x00,
  0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
};

static void
assert_colors (ReshootImage *image,
               const char   *expected)
{
  g_autofree char *colors = reshoot_words_for_colors (image);

  g_assert_cmpstr (colors, ==, expected);
}

/* A photo that says nothing of its colors, one that does, and one that had to be converted. */
static void
test_colors (void)
{
  g_autoptr (ReshootImage) sample = load_sample ();
  g_autoptr (GBytes) ink_bytes = g_bytes_new_static (ink, sizeof ink);
  g_autoptr (GBytes) light_bytes = g_bytes_new_static (light, sizeof light);
  g_autoptr (GFile) file = reshoot_test_temp_file ("p3.jpg");
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) printed = reshoot_image_new_from_bytes (ink_bytes, "ink", &error);
  g_autoptr (ReshootImage) wide = NULL;
  g_autoptr (ReshootImage) silent = reshoot_image_new_from_bytes (light_bytes, "light", &error);
  ReshootSaveOptions options = { RESHOOT_IMAGE_FORMAT_JPEG, .profile = RESHOOT_PROFILE_P3 };

  g_assert_no_error (error);
  reshoot_image_save_async (sample, file, &options, NULL, NULL, reshoot_test_ready_cb, &saved);
  reshoot_test_await (&saved);
  g_assert_true (reshoot_image_save_finish (sample, saved, NULL, &error));
  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &loaded);
  reshoot_test_await (&loaded);
  wide = reshoot_image_load_finish (loaded, &error);
  g_assert_no_error (error);

  assert_colors (sample, "sRGB");
  assert_colors (wide, "Display P3");
  assert_colors (silent, "no color profile: taken as sRGB");
  assert_colors (printed, "CMYK, converted to sRGB");
  g_file_delete (file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/fact-words/landing", test_landing);
  g_test_add_func ("/fact-words/drift", test_drift);
  g_test_add_func ("/fact-words/kept", test_kept);
  g_test_add_func ("/fact-words/colors", test_colors);
  g_test_add_func ("/fact-words/facts", test_facts);
  g_test_add_func ("/fact-words/reimagined", test_reimagined);
  g_test_add_func ("/fact-words/plan", test_plan);
  g_test_add_func ("/fact-words/refused-plan", test_refused_plan);

  return g_test_run ();
}
