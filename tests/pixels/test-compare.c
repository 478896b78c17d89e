/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Three numbers, each against a case whose answer is known. */

#include "pictures.h"
#include "reshoot-compare.h"
#include "reshoot-test.h"

static ReshootComparison
compare (ReshootImage *a,
         ReshootImage *b)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootComparison comparison = { 0 };
  gboolean measured;

  reshoot_compare_async (a, b, NULL, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  measured = reshoot_compare_finish (result, &comparison, &error);
  g_assert_no_error (error);
  g_assert_true (measured);
  return comparison;
}

static ReshootComparison
compare_flat (const int *a,
              const int *b,
              int        n_bands)
{
  g_autoptr (VipsImage) vips_a = picture_new_flat (64, 48, n_bands, a);
  g_autoptr (VipsImage) vips_b = picture_new_flat (64, 48, n_bands, b);
  g_autoptr (ReshootImage) image_a = picture_new_image (vips_a, ".png");
  g_autoptr (ReshootImage) image_b = picture_new_image (vips_b, ".png");

  return compare (image_a, image_b);
}

static void
assert_identical (ReshootComparison comparison)
{
  g_assert_true (comparison.same_size);
  g_assert_true (comparison.delta_e == 0.0);
  g_assert_true (comparison.ssim == 1.0);
  g_assert_true (comparison.changed == 0.0);
}

static void
test_identical (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (120, 90, 3, FALSE);
  g_autoptr (ReshootImage) png = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) tiff = picture_new_image (vips, ".tif");

  assert_identical (compare (png, png));
  /* The same pixels in another file. */
  assert_identical (compare (png, tiff));
}

/* One step in one channel of one pixel. */
static void
test_one_pixel (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (100, 100, 3, FALSE);
  g_autoptr (VipsImage) other = vips_image_new_memory ();
  g_autoptr (ReshootImage) a = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) b = NULL;
  ReshootComparison comparison;

  g_assert_cmpint (vips_image_write (vips, other), ==, 0);
  ((guint8 *) vips_image_get_data (other))[3 * (50 * 100 + 50)] ^= 1;

  b = picture_new_image (other, ".png");
  comparison = compare (a, b);
  g_assert_cmpfloat_with_epsilon (comparison.changed, 1.0 / 10000, 1e-12);
  g_assert_cmpfloat (comparison.delta_e, >, 0);
  g_assert_cmpfloat (comparison.delta_e, <, 0.0002);
  g_assert_cmpfloat (comparison.ssim, >, 0.999);
  g_assert_cmpfloat (comparison.ssim, <, 1);
}

static void
test_colour_shift (void)
{
  static const int grey[] = { 119, 119, 119 };
  static const int lighter[] = { 128, 128, 128 };
  static const int red[] = { 255, 0, 0 };
  static const int green[] = { 0, 255, 0 };
  static const int black[] = { 0, 0, 0 };
  static const int white[] = { 255, 255, 255 };
  ReshootComparison comparison = compare_flat (grey, lighter, 3);
  double c1 = 0.01 * 255 * 0.01 * 255;
  double expected = (2 * 119.0 * 128 + c1) / (119.0 * 119 + 128.0 * 128 + c1);

  /* L* is 50.03 and 53.59; SL = 1 + 0.015 (L - 50)² / sqrt (20 + (L - 50)²) at their mean. */
  g_assert_cmpfloat_with_epsilon (comparison.delta_e, 3.517, 0.03);
  /* Of two flat pictures only the first factor of SSIM is left. */
  g_assert_cmpfloat_with_epsilon (comparison.ssim, expected, 1e-5);
  g_assert_cmpfloat (comparison.changed, ==, 1);

  g_assert_cmpfloat_with_epsilon (compare_flat (black, white, 3).delta_e, 100, 0.1);
  g_assert_cmpfloat_with_epsilon (compare_flat (red, green, 3).delta_e, 86.6, 0.3);
}

static void
test_changed_share (void)
{
  static const int grey[] = { 119, 119, 119 };
  static const int other[] = { 119, 119, 120 };
  g_autoptr (VipsImage) vips = picture_new_flat (200, 100, 3, grey);
  g_autoptr (VipsImage) patch = picture_new_flat (50, 20, 3, other);
  g_autoptr (VipsImage) patched = NULL;
  g_autoptr (ReshootImage) a = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) b = NULL;
  ReshootComparison comparison;

  g_assert_cmpint (vips_insert (vips, patch, &patched, 30, 40, NULL), ==, 0);
  b = picture_new_image (patched, ".png");
  comparison = compare (a, b);

  /* One step in one channel counts. */
  g_assert_cmpfloat_with_epsilon (comparison.changed, 0.05, 1e-9);
  g_assert_cmpfloat (comparison.delta_e, >, 0);
  g_assert_cmpfloat (comparison.delta_e, <, 0.05);
}

/* Structure: the same mean and spread, but upside down. */
static void
test_structure (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (100, 100, 3, FALSE);
  g_autoptr (VipsImage) inverted = NULL;
  g_autoptr (VipsImage) blurred = NULL;
  g_autoptr (ReshootImage) a = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) b = NULL;
  g_autoptr (ReshootImage) c = NULL;
  double far, near;

  g_assert_cmpint (vips_invert (vips, &inverted, NULL), ==, 0);
  g_assert_cmpint (vips_gaussblur (vips, &blurred, 1.0, NULL), ==, 0);
  b = picture_new_image (inverted, ".png");
  c = picture_new_image (blurred, ".png");
  far = compare (a, b).ssim;
  near = compare (a, c).ssim;

  g_assert_cmpfloat (far, <, 0);
  g_assert_cmpfloat (near, >, far);
  g_assert_cmpfloat (near, <, 1);
  g_assert_cmpfloat_with_epsilon (compare (b, a).ssim, far, 1e-6);
}

static void
test_other_size (void)
{
  static const int orange[] = { 220, 120, 40 };
  g_autoptr (VipsImage) big = picture_new_flat (301, 200, 3, orange);
  g_autoptr (VipsImage) small = picture_new_flat (97, 61, 3, orange);
  g_autoptr (ReshootImage) a = picture_new_image (big, ".png");
  g_autoptr (ReshootImage) b = picture_new_image (small, ".png");
  ReshootComparison comparison = compare (a, b);

  g_assert_false (comparison.same_size);
  g_assert_cmpint (comparison.width, ==, 97);
  g_assert_cmpint (comparison.height, ==, 61);
  g_assert_cmpfloat (comparison.delta_e, ==, 0);
  g_assert_cmpfloat (comparison.changed, ==, 0);
  g_assert_cmpfloat (comparison.ssim, ==, 1);
}

static void
test_tiny (void)
{
  static const int black[] = { 0, 0, 0 };
  static const int white[] = { 255, 255, 255 };

  for (int size = 1; size <= 12; size++)
    {
      g_autoptr (VipsImage) vips_a = picture_new_flat (size, 13 - size, 3, black);
      g_autoptr (VipsImage) vips_b = picture_new_flat (size, 13 - size, 3, white);
      g_autoptr (ReshootImage) a = picture_new_image (vips_a, ".png");
      g_autoptr (ReshootImage) b = picture_new_image (vips_b, ".png");
      ReshootComparison comparison = compare (a, b);

      g_assert_cmpfloat_with_epsilon (comparison.delta_e, 100, 0.1);
      g_assert_cmpfloat_with_epsilon (comparison.ssim, 0.0001, 0.0001);
      g_assert_cmpfloat (comparison.changed, ==, 1);
    }
}

static void
test_alpha (void)
{
  static const int opaque[] = { 10, 20, 30, 255 };
  static const int clear[] = { 10, 20, 30, 0 };
  static const int white[] = { 255, 255, 255, 255 };
  static const int plain[] = { 10, 20, 30 };
  g_autoptr (VipsImage) with = picture_new_flat (40, 40, 4, opaque);
  g_autoptr (VipsImage) without = picture_new_flat (40, 40, 3, plain);
  g_autoptr (ReshootImage) a = picture_new_image (with, ".png");
  g_autoptr (ReshootImage) b = picture_new_image (without, ".png");
  ReshootComparison comparison = compare_flat (clear, white, 4);

  /* Opaque is opaque, with a channel for it or without. */
  assert_identical (compare (a, b));
  /* They look the same, and yet every pixel changed. */
  g_assert_cmpfloat (comparison.delta_e, ==, 0);
  g_assert_cmpfloat (comparison.changed, ==, 1);
}

/* The same colour in other numbers is nearly no difference; the same numbers for another colour are one. */
static void
test_profiles (void)
{
  static const int orange[] = { 220, 120, 40 };
  g_autoptr (VipsImage) plain = picture_new_flat (64, 64, 3, orange);
  g_autoptr (VipsImage) p3 = picture_to_profile (plain, "p3");
  g_autoptr (VipsImage) bare = vips_image_copy_memory (p3);
  g_autoptr (VipsImage) untagged = NULL;
  g_autoptr (ReshootImage) a = picture_new_image (plain, ".png");
  g_autoptr (ReshootImage) b = picture_new_image (p3, ".png");
  g_autoptr (ReshootImage) c = NULL;

  g_assert_cmpint (vips_copy (bare, &untagged, NULL), ==, 0);
  vips_image_remove (untagged, VIPS_META_ICC_NAME);
  c = picture_new_image (untagged, ".png");

  g_assert_cmpfloat (compare (a, b).delta_e, <, 0.6);
  g_assert_cmpfloat (compare (a, c).delta_e, >, 2);
  g_assert_cmpfloat (compare (b, c).delta_e, >, 2);
}

static void
test_depths (void)
{
  static const int orange[] = { 220, 120, 40 };
  g_autoptr (VipsImage) plain = picture_new_flat (64, 64, 3, orange);
  g_autoptr (VipsImage) deep = NULL;
  g_autoptr (ReshootImage) a = picture_new_image (plain, ".png");
  g_autoptr (ReshootImage) b = NULL;

  g_assert_cmpint (vips_colourspace (plain, &deep, VIPS_INTERPRETATION_RGB16, NULL), ==, 0);
  b = picture_new_image (deep, ".png");
  assert_identical (compare (a, b));
  assert_identical (compare (b, a));
}

static void
test_cancelled (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (900, 900, 3, FALSE);
  g_autoptr (VipsImage) inverted = NULL;
  g_autoptr (ReshootImage) a = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) b = NULL;

  g_assert_cmpint (vips_invert (vips, &inverted, NULL), ==, 0);
  b = picture_new_image (inverted, ".png");

  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      ReshootComparison comparison;

      if (i == 0)
        g_cancellable_cancel (cancellable);
      reshoot_compare_async (a, b, cancellable, reshoot_test_ready_cb, &result);
      g_usleep (i * 6000);
      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);
      g_assert_false (reshoot_compare_finish (result, &comparison, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  picture_test_init (&argc, &argv);

  g_test_add_func ("/compare/identical", test_identical);
  g_test_add_func ("/compare/one-pixel", test_one_pixel);
  g_test_add_func ("/compare/colour-shift", test_colour_shift);
  g_test_add_func ("/compare/changed-share", test_changed_share);
  g_test_add_func ("/compare/structure", test_structure);
  g_test_add_func ("/compare/other-size", test_other_size);
  g_test_add_func ("/compare/tiny", test_tiny);
  g_test_add_func ("/compare/alpha", test_alpha);
  g_test_add_func ("/compare/profiles", test_profiles);
  g_test_add_func ("/compare/depths", test_depths);
  g_test_add_func ("/compare/cancelled", test_cancelled);

  status = g_test_run ();
  vips_shutdown ();
  return status;
}
