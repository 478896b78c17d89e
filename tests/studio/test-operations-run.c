/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan on a picture, as the program itself runs it: with the real cut-out, on a worker, stopped at any moment. */

#include "operations-bench.h"
#include "reshoot-test.h"

#include <string.h>

#define STUDIO "{'op':'background','fill':'studio','color':'#ffffff'}," \
               "{'op':'shadow','kind':'contact','level':'slight'}"

static ReshootImage *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = reshoot_test_sample (name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  ReshootImage *image;

  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  image = reshoot_image_load_finish (result, &error);
  g_assert_no_error (error);
  return image;
}

static ReshootStudioResult *
run (ReshootPlan       *plan,
     ReshootImage      *source,
     const ReshootBox  *hint,
     GError           **error)
{
  g_autoptr (ReshootHints) hints = hint != NULL ? reshoot_hints_new () : NULL;
  ReshootStudioGiven given = { .hints = hints };
  g_autoptr (GAsyncResult) result = NULL;

  if (hint != NULL)
    reshoot_hints_set_box (hints, hint);
  reshoot_plan_run_async (plan, source, &given, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_plan_run_finish (plan, result, error);
}

static JsonObject *
get_facts (ReshootStudioResult *result)
{
  return json_node_get_object (reshoot_studio_result_get_facts (result));
}

/* The whole way, twice: the product is the source where the cut-out is sure, the top is white, the files are equal. */
static void
test_studio (void)
{
  g_autoptr (ReshootImage) source = load ("headphones-on-beige.jpg");
  g_autoptr (ReshootPlan) plan = bench_read_plan (STUDIO);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootStudioResult) first = run (plan, source, NULL, &error);
  g_autoptr (ReshootStudioResult) second = NULL;
  g_autoptr (VipsImage) before = NULL, after = NULL;
  ReshootMatte *matte;
  const guint8 *values;
  JsonObject *fact;
  JsonArray *operations;
  int x, y, kept = 0, width;

  g_assert_no_error (error);
  second = run (plan, source, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_image_get_digest (reshoot_studio_result_get_image (first)), ==,
                   reshoot_image_get_digest (reshoot_studio_result_get_image (second)));
  g_assert_cmpint (reshoot_image_get_format (reshoot_studio_result_get_image (first)), ==,
                   RESHOOT_IMAGE_FORMAT_PNG);

  matte = reshoot_studio_result_get_matte (first);
  g_assert_nonnull (matte);
  values = g_bytes_get_data (reshoot_matte_get_values (matte), NULL);
  width = reshoot_matte_get_width (matte);
  before = reshoot_image_dup_vips (source, &error);
  after = reshoot_image_dup_vips (reshoot_studio_result_get_image (first), &error);
  g_assert_no_error (error);
  for (y = 2; y < before->Ysize - 2; y++)
    for (x = 2; x < before->Xsize - 2; x++)
      {
        gboolean inside = TRUE;
        int i, j;

        for (j = -2; j <= 2; j++)
          for (i = -2; i <= 2; i++)
            inside = inside && values[(y + j) * width + x + i] == 255;
        if (!inside)
          continue;
        kept++;
        bench_assert_pixel (after, x, y, bench_get (before, x, y, 0), bench_get (before, x, y, 1),
                            bench_get (before, x, y, 2));
      }
  g_assert_cmpint (kept, >, 100000);
  bench_assert_pixel (after, 5, 5, 255, 255, 255);
  /* Through the ring of the headphones one sees the new background. */
  bench_assert_pixel (after, 700, 400, 255, 255, 255);

  fact = json_object_get_object_member (get_facts (first), "matte");
  g_assert_true (json_object_get_boolean_member (fact, "confident"));
  operations = json_object_get_array_member (get_facts (first), "operations");
  g_assert_cmpuint (json_array_get_length (operations), ==, 2);
  g_assert_cmpfloat (reshoot_studio_result_get_affine (first)[0], ==, 1);
}

/* On clutter the cut-out is a guess: nothing that uses its pixels is done, a crop that only looks where it is may. */
static void
test_unsure (void)
{
  g_autoptr (ReshootImage) source = load ("mug.jpg");
  g_autoptr (ReshootPlan) background = bench_read_plan ("{'op':'background','fill':'solid','color':'#ffffff'}");
  g_autoptr (ReshootPlan) tone = bench_read_plan ("{'op':'exposure','ev':0.5,'scope':'product'}");
  g_autoptr (ReshootPlan) crop = bench_read_plan ("{'op':'crop','aspect':'1:1','gravity':'product'}");
  g_autoptr (ReshootStudioResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (run (background, source, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_UNSURE);
  g_clear_error (&error);
  g_assert_null (run (tone, source, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_UNSURE);
  g_clear_error (&error);

  result = run (crop, source, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (reshoot_studio_result_get_image (result)), ==, 1080);
  g_assert_cmpint (reshoot_image_get_height (reshoot_studio_result_get_image (result)), ==, 1080);
}

/* No cut-out is made where none is needed. */
static void
test_no_matte (void)
{
  g_autoptr (ReshootImage) source = load ("mug.jpg");
  g_autoptr (ReshootPlan) plan = bench_read_plan ("{'op':'temperature','dir':'+','level':'slight'}");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootStudioResult) result = run (plan, source, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (reshoot_studio_result_get_matte (result));
  g_assert_false (json_object_has_member (get_facts (result), "matte"));
  g_assert_true (json_object_has_member (get_facts (result), "clipped"));
}

/* What was cut out once is used as it is. */
static void
test_chain (void)
{
  g_autoptr (ReshootImage) source = load ("bottle-on-white.jpg");
  g_autoptr (ReshootPlan) cut = bench_read_plan ("{'op':'background','fill':'transparent'}");
  g_autoptr (ReshootPlan) blue = bench_read_plan ("{'op':'background','fill':'solid','color':'#0000ff'}");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootStudioResult) first = run (cut, source, NULL, &error), second = NULL;
  g_autoptr (VipsImage) picture = NULL;
  JsonObject *fact;

  g_assert_no_error (error);
  second = run (blue, reshoot_studio_result_get_image (first), NULL, &error);
  g_assert_no_error (error);
  fact = json_object_get_object_member (get_facts (second), "matte");
  g_assert_cmpstr (json_object_get_string_member (fact, "from"), ==, "alpha");
  picture = reshoot_image_dup_vips (reshoot_studio_result_get_image (second), &error);
  g_assert_no_error (error);
  g_assert_cmpint (picture->Bands, ==, 3);
  bench_assert_pixel (picture, 3, 3, 0, 0, 255);
}

static void
test_refused (void)
{
  g_autoptr (ReshootImage) source = load ("bottle-on-white.jpg");
  g_autoptr (ReshootPlan) plan = reshoot_plan_new ("White background and add a splash of water around the can");
  g_autoptr (GError) error = NULL;

  g_assert_null (run (plan, source, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "add-object");
}

static void
test_cancel_before (void)
{
  g_autoptr (ReshootImage) source = load ("bottle-on-white.jpg");
  g_autoptr (ReshootPlan) plan = bench_read_plan (STUDIO);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  reshoot_plan_run_async (plan, source, NULL, cancellable, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  g_assert_null (reshoot_plan_run_finish (plan, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Stopped at many moments of a run: it either was done or says that it was stopped, and never anything else. */
static void
test_cancel_in_flight (void)
{
  g_autoptr (ReshootImage) source = load ("headphones-on-beige.jpg");
  g_autoptr (ReshootPlan) plan = bench_read_plan (STUDIO ",{'op':'upscale','factor':2},"
                                                  "{'op':'sharpen','dir':'+','level':'medium'}");
  int turns, stopped = 0;

  for (turns = 0; turns < 12; turns++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (ReshootStudioResult) done = NULL;
      g_autoptr (GError) error = NULL;
      gint64 until = g_get_monotonic_time () + turns * 60 * 1000;

      reshoot_plan_run_async (plan, source, NULL, cancellable,
                              reshoot_test_ready_cb, &result);
      while (result == NULL && g_get_monotonic_time () < until)
        g_main_context_iteration (NULL, FALSE);
      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);
      done = reshoot_plan_run_finish (plan, result, &error);
      if (done == NULL)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          stopped++;
        }
    }
  g_assert_cmpint (stopped, >=, 1);
}

/* Where the product cannot be told, a crop takes the middle, not a guess. */
static void
test_unsure_place (void)
{
  g_autoptr (ReshootImage) source = load ("norda-bottle.jpg");
  g_autoptr (ReshootPlan) plan = bench_read_plan ("{'op':'crop','aspect':'4:5','gravity':'product'}");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootStudioResult) result = run (plan, source, NULL, &error);
  JsonObject *matte;

  g_assert_no_error (error);
  matte = json_object_get_object_member (get_facts (result), "matte");
  g_assert_false (json_object_get_boolean_member (matte, "confident"));
  g_assert_cmpfloat_with_epsilon (reshoot_studio_result_get_affine (result)[2], -480, 1e-9);
}

/* Only a part may change, in 16 bit too; what moves the picture moves all of it, and is refused. */
static void
test_region (void)
{
  const double values[3] = { 20000, 30000, 40000 };
  const double box[4] = { 20, 10, 40, 40 };
  g_autoptr (VipsImage) deep = bench_make_flat (100, 80, VIPS_FORMAT_USHORT, 3, values);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) source = NULL;
  g_autoptr (ReshootRegion) region = reshoot_region_new (box, NULL, NULL);
  ReshootStudioGiven given = { .region = region };
  g_autoptr (ReshootPlan) plan = bench_read_plan ("{'op':'exposure','ev':1}");
  g_autoptr (ReshootPlan) crop = bench_read_plan ("{'op':'exposure','ev':1},{'op':'crop','aspect':'1:1'}");
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (ReshootStudioResult) result = NULL;
  g_autoptr (VipsImage) after = NULL;

  source = reshoot_image_new_from_vips (deep, RESHOOT_IMAGE_FORMAT_PNG, 0, NULL, &error);
  g_assert_no_error (error);
  reshoot_plan_run_async (plan, source, &given, NULL, reshoot_test_ready_cb, &ready);
  reshoot_test_await (&ready);
  result = reshoot_plan_run_finish (plan, ready, &error);
  g_assert_no_error (error);
  after = reshoot_image_dup_vips (reshoot_studio_result_get_image (result), &error);
  g_assert_cmpint (after->BandFmt, ==, VIPS_FORMAT_USHORT);
  bench_assert_pixel (after, 19, 30, 20000, 30000, 40000);
  bench_assert_pixel (after, 60, 30, 20000, 30000, 40000);
  bench_assert_pixel (after, 40, 9, 20000, 30000, 40000);
  bench_assert_pixel (after, 40, 50, 20000, 30000, 40000);
  g_assert_cmpint (bench_get (after, 40, 30, 0), >, 25000);
  g_assert_true (json_object_get_boolean_member (get_facts (result), "region"));

  reshoot_plan_run_async (crop, source, &given, NULL, reshoot_test_ready_cb, &refused);
  reshoot_test_await (&refused);
  g_assert_null (reshoot_plan_run_finish (crop, refused, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "region");
}

int
main (int   argc,
      char *argv[])
{
  reshoot_test_init (&argc, &argv);
  g_assert_cmpint (VIPS_INIT (argv[0]), ==, 0);

  g_test_add_func ("/run/studio", test_studio);
  g_test_add_func ("/operations/run/unsure-place", test_unsure_place);
  g_test_add_func ("/run/unsure", test_unsure);
  g_test_add_func ("/run/no-matte", test_no_matte);
  g_test_add_func ("/run/chain", test_chain);
  g_test_add_func ("/run/region", test_region);
  g_test_add_func ("/run/refused", test_refused);
  g_test_add_func ("/run/cancel-before", test_cancel_before);
  g_test_add_func ("/run/cancel-in-flight", test_cancel_in_flight);

  return g_test_run ();
}
