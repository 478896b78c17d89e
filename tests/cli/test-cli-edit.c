/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The main job from end to end: two instructions, a project, a branch, exports, and the product left as it was. */

#include "reshoot-image-vips.h"
#include "reshoot-run.h"
#include "reshoot-test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define WHITE_STUDIO "Replace background with clean white studio, keep product lighting"
#define WARM_SQUARE "warm it slightly and crop square"

static JsonObject *
get_object (GPtrArray *nodes,
            guint      index)
{
  g_assert_cmpuint (index, <, nodes->len);
  return json_node_get_object (g_ptr_array_index (nodes, index));
}

static void
assert_step_keys (JsonObject *step)
{
  static const char *const keys[] = { "id", "parent", "original", "kind", "model", "provider",
                                      "instruction", "state",
                                      "seconds", "price", "drift", "digest", "width", "height" };
  static const char *const price_keys[] = { "estimate", "quoted", "settled", "charged" };
  JsonObject *price;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (json_object_has_member (step, keys[i]));

  price = json_object_get_object_member (step, "price");
  for (guint i = 0; i < G_N_ELEMENTS (price_keys); i++)
    g_assert_true (json_object_has_member (price, price_keys[i]));
}

static void
assert_edit (JsonObject *step,
             int         id,
             int         parent,
             const char *instruction)
{
  assert_step_keys (step);
  g_assert_cmpint (json_object_get_int_member (step, "id"), ==, id);
  g_assert_cmpint (json_object_get_int_member (step, "parent"), ==, parent);
  g_assert_cmpint (json_object_get_int_member (step, "original"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (step, "kind"), ==, "edit");
  g_assert_cmpstr (json_object_get_string_member (step, "model"), ==, "studio/local");
  g_assert_cmpstr (json_object_get_string_member (step, "provider"), ==, "studio");
  g_assert_cmpstr (json_object_get_string_member (step, "instruction"), ==, instruction);
  g_assert_cmpstr (json_object_get_string_member (step, "state"), ==, "done");
  g_assert_cmpuint (strlen (json_object_get_string_member (step, "digest")), ==, 64);
  g_assert_cmpint (json_object_get_int_member (step, "width"), >, 0);
  g_assert_cmpfloat (json_object_get_double_member (step, "seconds"), >=, 0);
}

static ReshootImage *
load (const char *path)
{
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

/* The picture in a file, held in memory: the loaders read from top to bottom, once. */
static VipsImage *
load_pixels (const char *path,
             int         bands)
{
  g_autoptr (ReshootImage) image = load (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (VipsImage) vips = reshoot_image_dup_vips (image, &error);
  g_autoptr (VipsImage) some = NULL;
  VipsImage *memory;

  g_assert_no_error (error);
  g_assert_cmpint (vips_extract_band (vips, &some, 0, "n", bands, NULL), ==, 0);
  memory = vips_image_copy_memory (some);
  g_assert_nonnull (memory);
  return memory;
}

static double
get_mean (VipsImage *image)
{
  double mean;

  g_assert_cmpint (vips_avg (image, &mean, NULL), ==, 0);
  return mean;
}

/* 255 surely inside the product: a cut-out, less a border of six pixels. In two goes: libvips 8.14 finds nothing
 * but zero in a window of more than a hundred pixels. */
static VipsImage *
load_inside (const char *matte)
{
  g_autoptr (VipsImage) values = load_pixels (matte, 1);
  g_autoptr (VipsImage) whole = NULL;
  g_autoptr (VipsImage) half = NULL;
  VipsImage *inside;

  g_assert_cmpint (vips_moreeq_const1 (values, &whole, 255, NULL), ==, 0);
  g_assert_cmpint (vips_rank (whole, &half, 7, 7, 0, NULL), ==, 0);
  g_assert_cmpint (vips_rank (half, &inside, 7, 7, 0, NULL), ==, 0);
  return inside;
}

/* The share of the product's pixels that differ, and the share of the picture that counts as product. */
static double
measure_touched (const char *before,
                 const char *after,
                 const char *matte,
                 double     *product)
{
  g_autoptr (VipsImage) a = load_pixels (before, 3);
  g_autoptr (VipsImage) b = load_pixels (after, 3);
  g_autoptr (VipsImage) inside = load_inside (matte);
  g_autoptr (VipsImage) differs = NULL;
  g_autoptr (VipsImage) any = NULL;
  g_autoptr (VipsImage) touched = NULL;

  g_assert_cmpint (vips_image_get_width (a), ==, vips_image_get_width (b));
  g_assert_cmpint (vips_image_get_height (a), ==, vips_image_get_height (b));
  g_assert_cmpint (vips_notequal (a, b, &differs, NULL), ==, 0);
  g_assert_cmpint (vips_bandor (differs, &any, NULL), ==, 0);
  g_assert_cmpint (vips_andimage (any, inside, &touched, NULL), ==, 0);
  *product = get_mean (inside) / 255;
  return get_mean (touched) / 255;
}

/* The background became white. What the cut-out holds is pixel for pixel what it was; of what is the product in truth,
 * which the cut-out may miss a speck of, nearly all is. */
static void
test_product_stays (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *sample = reshoot_test_sample ("headphones-on-beige.jpg");
  g_autofree char *truth = reshoot_test_data_path ("mattes/headphones-on-beige-matte.png");
  g_autofree char *found = place_path (place, "found.png");
  g_autofree char *out = place_path (place, "out.png");
  g_autoptr (Run) run = place_run (place, "edit", sample, "-i", WHITE_STUDIO, "-o", "out.png",
                                   NULL);
  g_autoptr (Run) matte = place_run (place, "matte", sample, "-o", "found.png", NULL);
  g_autoptr (VipsImage) pixels = NULL;
  g_autoptr (VipsImage) corner = NULL;
  double product, touched;

  run_assert_done (run);
  run_assert_done (matte);
  touched = measure_touched (sample, out, found, &product);
  g_assert_cmpfloat (product, >, 0.05);
  g_assert_cmpfloat (touched, ==, 0);

  touched = measure_touched (sample, out, truth, &product);
  g_assert_cmpfloat (product, >, 0.05);
  g_assert_cmpfloat (touched / product, <, 0.002);

  pixels = load_pixels (out, 3);
  g_assert_cmpint (vips_extract_area (pixels, &corner, 0, 0, 40, 40, NULL), ==, 0);
  g_assert_cmpfloat (get_mean (corner), >, 240);
}

/* The third background in a row, in front of which its own steel can hardly be seen, costs the bottle nothing: it is
 * cut out where it was photographed, not where the studio put it. */
static void
test_product_stays_in_a_chain (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *sample = reshoot_test_sample ("bottle-on-white.jpg");
  g_autofree char *found = place_path (place, "found.png");
  g_autofree char *out = place_path (place, "out.png");
  g_autoptr (Run) run = place_run (place, "edit", sample, "-i", WHITE_STUDIO, "-i",
                                   "white background",
                                   "-i", "make the background light grey", "-o", "out.png", NULL);
  g_autoptr (Run) matte = place_run (place, "matte", sample, "-o", "found.png", NULL);
  double product, touched;

  run_assert_done (run);
  run_assert_done (matte);
  touched = measure_touched (sample, out, found, &product);
  g_assert_cmpfloat (product, >, 0.05);
  g_assert_cmpfloat (touched, ==, 0);
}

static void
test_main_job (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *sample = reshoot_test_sample ("headphones-on-beige.jpg");
  g_autofree char *out = place_path (place, "a.png");
  g_autoptr (Run) edit = NULL;
  g_autoptr (Run) branch = NULL;
  g_autoptr (Run) history = NULL;
  g_autoptr (Run) words = NULL;
  g_autoptr (Run) verify = NULL;
  g_autoptr (GPtrArray) edit_steps = NULL;
  g_autoptr (GPtrArray) branch_steps = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (ReshootImage) result = NULL;

  edit = place_run (place, "edit", sample, "-i", WHITE_STUDIO, "-i", WARM_SQUARE,
                    "--project", "a.reshoot", "-o", "a.png", "--json", NULL);
  run_assert_done (edit);
  edit_steps = run_parse_lines (edit);
  g_assert_cmpuint (edit_steps->len, ==, 2);
  assert_edit (get_object (edit_steps, 0), 2, 1, WHITE_STUDIO);
  assert_edit (get_object (edit_steps, 1), 3, 2, WARM_SQUARE);

  result = load (out);
  g_assert_cmpint (reshoot_image_get_width (result), ==, reshoot_image_get_height (result));

  branch = place_run (place, "edit", sample, "-i", "make it brighter",
                      "--project", "a.reshoot", "--from", "2", "--json", NULL);
  run_assert_done (branch);
  branch_steps = run_parse_lines (branch);
  g_assert_cmpuint (branch_steps->len, ==, 1);
  assert_edit (get_object (branch_steps, 0), 4, 2, "make it brighter");

  history = place_run (place, "history", "a.reshoot", "--json", NULL);
  run_assert_done (history);
  steps = run_parse_lines (history);
  g_assert_cmpuint (steps->len, ==, 4);
  assert_step_keys (get_object (steps, 0));
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 0), "kind"), ==, "original");
  g_assert_true (json_object_get_null_member (get_object (steps, 0), "parent"));
  g_assert_cmpint (json_object_get_int_member (get_object (steps, 0), "original"), ==, 1);
  assert_edit (get_object (steps, 1), 2, 1, WHITE_STUDIO);
  assert_edit (get_object (steps, 2), 3, 2, WARM_SQUARE);
  assert_edit (get_object (steps, 3), 4, 2, "make it brighter");
  g_assert_true (json_object_get_boolean_member (get_object (steps, 3), "head"));
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 2), "digest"), ==,
                   json_object_get_string_member (get_object (edit_steps, 1), "digest"));

  words = place_run (place, "history", "a.reshoot", NULL);
  run_assert_done (words);
  g_assert_nonnull (strstr (words->out, WARM_SQUARE));

  verify = place_run (place, "verify", "a.reshoot", NULL);
  run_assert_done (verify);
  g_assert_nonnull (strstr (verify->out, "4 pictures"));
}

/* The same photo again is the same original, and work starts at it. */
static void
test_joins_original (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autofree char *shoe = reshoot_test_sample ("shoe.jpg");
  g_autoptr (Run) first = place_run (place, "edit", mug, "-i", "warmer", "--project", "a.reshoot",
                                     NULL);
  g_autoptr (Run) second = place_run (place, "edit", mug, "-i", "cooler", "--project", "a.reshoot",
                                      NULL);
  g_autoptr (Run) third = place_run (place, "edit", shoe, "-i", "cooler", "--project", "a.reshoot",
                                     NULL);
  g_autoptr (Run) show = place_run (place, "show", "a.reshoot", "3", "--json", NULL);
  g_autoptr (Run) show_other = place_run (place, "show", "a.reshoot", "5", "--json", NULL);
  g_autoptr (Run) diff = place_run (place, "diff", "a.reshoot", "2", "3", "--json", NULL);
  g_autoptr (Run) missing = place_run (place, "show", "a.reshoot", "99", NULL);
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (GPtrArray) shown_other = NULL;
  g_autoptr (GPtrArray) diff_nodes = NULL;
  JsonObject *row;

  run_assert_done (first);
  run_assert_done (second);
  run_assert_done (third);
  run_assert_done (show);
  shown = run_parse_lines (show);
  assert_edit (get_object (shown, 0), 3, 1, "cooler");

  run_assert_done (show_other);
  shown_other = run_parse_lines (show_other);
  g_assert_cmpint (json_object_get_int_member (get_object (shown_other, 0), "parent"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (get_object (shown_other, 0), "original"), ==, 4);

  run_assert_done (diff);
  diff_nodes = run_parse_lines (diff);
  row = get_object (diff_nodes, 0);
  g_assert_cmpstr (json_object_get_string_member (row, "aspect"), ==, "instruction");
  g_assert_cmpstr (json_object_get_string_member (row, "a"), ==, "warmer");
  g_assert_cmpstr (json_object_get_string_member (row, "b"), ==, "cooler");
  g_assert_false (json_object_get_boolean_member (row, "equal"));
  row = get_object (diff_nodes, 1);
  g_assert_cmpstr (json_object_get_string_member (row, "aspect"), ==, "provider");
  g_assert_true (json_object_get_boolean_member (row, "equal"));

  run_assert_failed (missing, 2);
}

static void
test_takes (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autoptr (Run) run = place_run (place, "edit", mug, "-i", "warmer", "-i", "crop square",
                                   "--takes", "2",
                                   "-o", "out.webp", "--project", "a.reshoot", "--json", NULL);
  g_autofree char *one = place_path (place, "out-1.webp");
  g_autofree char *two = place_path (place, "out-2.webp");
  g_autofree char *none = place_path (place, "out.webp");
  g_autoptr (Run) history = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (ReshootImage) image = NULL;
  const char *row;

  run_assert_done (run);
  steps = run_parse_lines (run);
  g_assert_cmpuint (steps->len, ==, 3);
  g_assert_true (json_object_get_null_member (get_object (steps, 0), "row"));
  row = json_object_get_string_member (get_object (steps, 1), "row");
  for (int i = 1; i <= 2; i++)
    {
      assert_edit (get_object (steps, i), 2 + i, 2, "crop square");
      g_assert_cmpstr (json_object_get_string_member (get_object (steps, i), "row"), ==, row);
      g_assert_cmpint (json_object_get_int_member (get_object (steps, i), "take"), ==, i);
    }

  history = place_run (place, "history", "a.reshoot", NULL);
  g_assert_nonnull (strstr (history->out, "[row 3, take 1]"));
  g_assert_nonnull (strstr (history->out, "[row 3, take 2]"));
  g_assert_true (g_file_test (two, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
  image = load (one);
  g_assert_cmpint (reshoot_image_get_format (image), ==, RESHOOT_IMAGE_FORMAT_WEBP);
}

/* Without a project a free result leaves none behind; without a place for the result the project is kept and named. */
static void
test_without_project (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autofree char *temporary = place_path (place, "tmp");
  g_autofree char *kept = place_path (place, ".local/share/reshoot/projects/mug.reshoot");
  g_autoptr (Run) to_file = NULL;
  g_autoptr (Run) nowhere = NULL;
  g_autoptr (Run) history = NULL;
  GDir *folder;

  g_assert_cmpint (g_mkdir_with_parents (temporary, 0700), ==, 0);
  place_set (place, "TMPDIR", temporary);

  to_file = place_run (place, "edit", mug, "-i", "warmer", "-o", "out.jpg", NULL);
  run_assert_done (to_file);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  folder = g_dir_open (temporary, 0, NULL);
  g_assert_null (g_dir_read_name (folder));
  g_dir_close (folder);

  nowhere = place_run (place, "edit", mug, "-i", "warmer", NULL);
  run_assert_done (nowhere);
  g_assert_nonnull (strstr (nowhere->out, kept));
  history = place_run (place, "history", kept, NULL);
  run_assert_done (history);
}

/* How many entries the ledger has, as `verify` says it. */
static int
count_entries (Place *place)
{
  g_autoptr (Run) verify = place_run (place, "verify", "a.reshoot", NULL);
  const char *digit;

  run_assert_done (verify);
  digit = strpbrk (verify->out, "0123456789");
  g_assert_nonnull (digit);
  return atoi (digit);
}

/* A picture that left the project is in its ledger. */
static void
test_export_is_noted (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autoptr (Run) edit = place_run (place, "edit", mug, "-i", "warmer", "--project", "a.reshoot",
                                    NULL);
  int before = count_entries (place);
  g_autoptr (Run) export = place_run (place, "export", "a.reshoot", "-o", "out.png", NULL);
  int after = count_entries (place);

  run_assert_done (edit);
  run_assert_done (export);
  g_assert_cmpint (after, ==, before + 1);
}

static void
test_export (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autofree char *square_path = place_path (place, "square.tiff");
  g_autofree char *original_path = place_path (place, "original.jpg");
  g_autofree char *all_path = place_path (place, "all/mug-2.webp");
  g_autoptr (Run) edit = place_run (place, "edit", mug, "-i", "crop square", "--project",
                                    "a.reshoot", NULL);
  g_autoptr (Run) head = place_run (place, "export", "a.reshoot", "-o", "square.tiff", "--private",
                                    NULL);
  g_autoptr (Run) step = place_run (place, "export", "a.reshoot", "--step", "1", "-o",
                                    "original.jpg", NULL);
  g_autoptr (Run) all = place_run (place, "export", "a.reshoot", "--all", "all", "-o", "mug.webp",
                                   "--quality", "60", NULL);
  g_autoptr (Run) wrong = place_run (place, "export", "a.reshoot", "--step", "9", "-o", "nine.png",
                                     NULL);
  g_autoptr (Run) verify = place_run (place, "verify", "a.reshoot", NULL);
  g_autoptr (ReshootImage) square = NULL;
  g_autoptr (ReshootImage) original = NULL;
  g_autoptr (ReshootImage) source = load (mug);
  g_autoptr (ReshootImage) webp = NULL;

  run_assert_done (edit);
  run_assert_done (head);
  square = load (square_path);
  g_assert_cmpint (reshoot_image_get_width (square), ==, reshoot_image_get_height (square));

  run_assert_done (step);
  original = load (original_path);
  g_assert_cmpstr (reshoot_image_get_digest (original), ==, reshoot_image_get_digest (source));

  run_assert_done (all);
  webp = load (all_path);
  g_assert_cmpint (reshoot_image_get_format (webp), ==, RESHOOT_IMAGE_FORMAT_WEBP);

  run_assert_failed (wrong, 2);
  run_assert_done (verify);
}

/* The original keeps its Content Credentials to the last byte; an edit of it has none, and that is said once. */
static void
test_credentials (void)
{
  static const char segment[] = "\xff\xeb\0\x20JP\0\1\0\0\0\1\0\0\0\x16jumb\0\0\0\x0ejumdc2pa\0\0";
  g_autoptr (Place) place = place_new ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autofree char *path = place_path (place, "signed.jpg");
  g_autofree char *out = place_path (place, "out.jpg");
  g_autofree char *data = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GString) whole = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (mug, &data, &length, NULL));
  whole = g_string_new_len (data, 2);
  g_string_append_len (whole, segment, 34);
  g_string_append_len (whole, data + 2, (gssize) length - 2);
  g_assert_true (g_file_set_contents (path, whole->str, (gssize) whole->len, NULL));
  {
    g_autoptr (Run) edit = place_run (place, "edit", path, "-i", "warmer", "-i", "darker",
                                      "--project", "a.reshoot", NULL);
    g_autoptr (Run) original = place_run (place, "export", "a.reshoot", "--step", "1", "-o",
                                          "out.jpg", NULL);
    g_autoptr (Run) small = place_run (place, "export", "a.reshoot", "--step", "1", "-o",
                                       "small.jpg", "--size", "200",
                                       NULL);
    g_autoptr (Run) all = place_run (place, "export", "a.reshoot", "--all", "all", "-o", "a.jpg",
                                     NULL);

    run_assert_done (edit);
    run_assert_done (original);
    g_assert_cmpint (small->status, ==, 0);
    g_assert_cmpint (all->status, ==, 0);
    g_assert_null (strstr (original->err, "Content Credentials"));
    g_assert_nonnull (strstr (small->err, "Content Credentials"));
    g_assert_nonnull (strstr (all->err, "Content Credentials"));
    g_assert_true (strstr (all->err, "Content Credentials") == g_strrstr (all->err,
                                                                          "Content Credentials"));
  }

  g_assert_true (g_file_get_contents (out, &written, &length, NULL));
  g_assert_cmpmem (written, length, whole->str, whole->len);
}

/* Everything as plain files, and the same project again; what is there already stays. */
static void
test_archive (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autofree char *picture = place_path (place, "plain/steps/0001 mug.jpg");
  g_autoptr (Run) edit = place_run (place, "edit", mug, "-i", "warmer", "--project", "a.reshoot",
                                    NULL);
  g_autoptr (Run) export = place_run (place, "export", "a.reshoot", "--all", "plain", NULL);
  g_autoptr (Run) import = place_run (place, "import", "plain", NULL);
  g_autoptr (Run) verify = place_run (place, "verify", "plain.reshoot", NULL);
  g_autoptr (Run) before = place_run (place, "ledger", "a.reshoot", NULL);
  g_autoptr (Run) after = place_run (place, "ledger", "plain.reshoot", NULL);
  g_autoptr (Run) export_again = place_run (place, "export", "a.reshoot", "--all", "plain", NULL);
  g_autoptr (Run) import_again = place_run (place, "import", "plain", NULL);
  g_autoptr (Run) no_archive = place_run (place, "import", ".", "-o", "b.reshoot", NULL);
  g_autoptr (Run) private = place_run (place, "export", "a.reshoot", "--all", "other", "--private",
                                       NULL);

  run_assert_done (edit);
  run_assert_done (export);
  run_assert_done (import);
  run_assert_done (verify);
  g_assert_cmpstr (after->out, ==, before->out);
  g_assert_true (g_file_test (picture, G_FILE_TEST_IS_REGULAR));
  run_assert_failed (export_again, 2);
  run_assert_failed (import_again, 2);
  run_assert_failed (no_archive, 2);
  run_assert_failed (private, 2);
}

static void
test_jobs (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autoptr (Run) edit = place_run (place, "edit", mug, "-i", "warmer", "--project", "a.reshoot",
                                    NULL);
  g_autoptr (Run) jobs = place_run (place, "jobs", "a.reshoot", "--json", NULL);
  g_autoptr (Run) resume = place_run (place, "resume", "a.reshoot", NULL);
  g_autoptr (Run) cancel = place_run (place, "cancel", "a.reshoot", "2", NULL);
  g_autoptr (Run) retry = place_run (place, "retry", "a.reshoot", "2", NULL);
  g_autoptr (Run) retry_original = place_run (place, "retry", "a.reshoot", "1", NULL);

  run_assert_done (edit);
  run_assert_done (jobs);
  g_assert_cmpstr (jobs->out, ==, "");
  run_assert_done (resume);
  run_assert_failed (cancel, 2);
  run_assert_failed (retry, 2);
  run_assert_failed (retry_original, 2);
}

/* Ctrl-C in the middle of a chain: what is done is kept, the rest is given up, and the project is whole. */
static void
test_interrupted (void)
{
  g_autofree char *sample = reshoot_test_sample ("headphones-on-beige.jpg");
  const char *arguments[] = {
    "edit", sample, "-i", "warmer", "-i", "sharpen it", "-i", "cooler", "-i", "denoise it", "-i", "warmer",
    "-i", "blur the background", "--project", "a.reshoot", "-o", "out.png", NULL
  };
  g_autoptr (Place) place = place_new ();
  g_autofree char *out = place_path (place, "out.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *line = NULL;
  g_autoptr (Run) history = NULL;
  g_autoptr (Run) verify = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  process = place_spawn (place, arguments, &error);
  g_assert_no_error (error);

  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL,
                                       reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  line = g_data_input_stream_read_line_finish (lines, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);

  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));

  history = place_run (place, "history", "a.reshoot", "--json", NULL);
  run_assert_done (history);
  steps = run_parse_lines (history);
  g_assert_cmpuint (steps->len, >=, 2);
  g_assert_cmpuint (steps->len, <, 7);
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 1), "state"), ==, "done");

  verify = place_run (place, "verify", "a.reshoot", NULL);
  run_assert_done (verify);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli/edit/product-stays", test_product_stays);
  g_test_add_func ("/cli/edit/product-stays-in-a-chain", test_product_stays_in_a_chain);
  g_test_add_func ("/cli/edit/main-job", test_main_job);
  g_test_add_func ("/cli/edit/joins-original", test_joins_original);
  g_test_add_func ("/cli/edit/takes", test_takes);
  g_test_add_func ("/cli/edit/without-project", test_without_project);
  g_test_add_func ("/cli/edit/export", test_export);
  g_test_add_func ("/cli/edit/archive", test_archive);
  g_test_add_func ("/cli/edit/credentials", test_credentials);
  g_test_add_func ("/cli/edit/export-is-noted", test_export_is_noted);
  g_test_add_func ("/cli/edit/jobs", test_jobs);
  g_test_add_func ("/cli/edit/interrupted", test_interrupted);

  return g_test_run ();
}
