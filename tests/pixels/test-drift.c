/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The drift meter, against pictures of which it is known how they drifted. */

#include "pictures.h"
#include "replies.h"
#include "reshoot-compare.h"
#include "reshoot-drift.h"
#include "reshoot-test.h"

#include <math.h>

static const double in_place[6] = { 1, 0, 0, 0, 1, 0 };

/* What is edited, in pixels of the sample. */
static const ReshootBox box = { 400, 300, 480, 420 };

static ReshootDrift
measure (ReshootImage *original,
         ReshootImage *picture,
         const double  place[6])
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootDrift drift;
  gboolean measured;

  reshoot_drift_async (original, picture, place, NULL, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  measured = reshoot_drift_finish (result, &drift, &error);
  g_assert_no_error (error);
  g_assert_true (measured);
  g_test_message ("edited %.4f colour %.4f softer %.4f visible %.4f shift %.2f %.2f zoom %.4f",
                  drift.edited, drift.colour, drift.softer, drift.visible, drift.alignment.shift_x,
                  drift.alignment.shift_y, reshoot_drift_get_zoom (&drift));
  return drift;
}

static void
assert_in_place (const ReshootDrift *drift)
{
  g_assert_false (drift->alignment.new_scene);
  g_assert_cmpfloat (drift->alignment.shift_x, ==, 0);
  g_assert_cmpfloat (drift->alignment.shift_y, ==, 0);
  g_assert_cmpfloat (drift->alignment.scale_x, ==, 1);
  g_assert_cmpfloat (drift->alignment.scale_y, ==, 1);
}

/* Not small: none at all. */
static void
assert_none (const ReshootDrift *drift)
{
  assert_in_place (drift);
  g_assert_cmpfloat (drift->colour, ==, 0);
  g_assert_cmpfloat (drift->softer, ==, 0);
  g_assert_cmpfloat (drift->visible, ==, 0);
  g_assert_cmpfloat (reshoot_drift_get_harm (drift), ==, 0);
}

static ReshootDrift
measure_vips (VipsImage *original,
              VipsImage *picture)
{
  g_autoptr (ReshootImage) a = picture_new_image (original, ".png");
  g_autoptr (ReshootImage) b = picture_new_image (picture, ".png");

  return measure (a, b, in_place);
}

static void
test_identical (void)
{
  static const int grey[] = { 119, 119, 119 };
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) flat = picture_new_flat (64, 48, 3, grey);
  g_autoptr (ReshootImage) png = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) tiff = picture_new_image (vips, ".tif");
  ReshootDrift drift = measure (png, png, in_place);

  assert_none (&drift);
  g_assert_cmpint (drift.extent, ==, 1440);
  g_assert_cmpfloat (drift.edited, ==, 0);

  drift = measure (png, tiff, in_place);
  assert_none (&drift);
  g_assert_cmpfloat (drift.edited, ==, 0);

  drift = measure_vips (flat, flat);
  assert_none (&drift);
}

static VipsImage *
cut (VipsImage *vips,
     int        left,
     int        top,
     int        width,
     int        height)
{
  VipsImage *part = NULL;

  g_assert_cmpint (vips_extract_area (vips, &part, left, top, width, height, NULL), ==, 0);
  return part;
}

static void
test_shifted (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) still = cut (vips, 10, 10, 1200, 900);
  g_autoptr (VipsImage) moved = cut (vips, 7, 12, 1200, 900);
  ReshootDrift drift = measure_vips (still, moved);

  /* To the right, and up. */
  g_assert_cmpfloat_with_epsilon (drift.alignment.shift_x, 3, 0.15);
  g_assert_cmpfloat_with_epsilon (drift.alignment.shift_y, -2, 0.15);
  g_assert_cmpfloat_with_epsilon (reshoot_drift_get_shift (&drift), sqrt (13), 0.2);
  g_assert_cmpfloat_with_epsilon (reshoot_drift_get_zoom (&drift), 0, 0.0005);
  g_assert_cmpfloat (drift.colour, <, 0.2);
  g_assert_cmpfloat_with_epsilon (drift.softer, 0, 0.01);
  g_assert_cmpfloat (drift.edited, <, 0.01);
  g_assert_cmpfloat (reshoot_drift_get_harm (&drift), >, 2.5);
}

static void
test_zoomed (void)
{
  static const Reply larger = { 1440, 1080, 0, 0, 1.01, { 1, 1, 1 }, { 0, 0, 0 }, 100 };
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (ReshootImage) original = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) picture = reply_new (vips, &larger);
  ReshootDrift drift = measure (original, picture, in_place);

  g_assert_cmpfloat_with_epsilon (reshoot_drift_get_zoom (&drift), 0.01, 0.0005);
  g_assert_cmpfloat_with_epsilon (reshoot_drift_get_shift (&drift), 0, 0.3);
  g_assert_cmpfloat (drift.colour, <, 0.4);
  g_assert_cmpfloat (drift.edited, <, 0.01);
}

static void
test_blurred (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  double before = 0.02;

  for (double sigma = 0.5; sigma < 1.2; sigma += 0.3)
    {
      g_autoptr (VipsImage) soft = NULL;
      g_autoptr (VipsImage) bytes = NULL;
      ReshootDrift drift;

      g_assert_cmpint (vips_gaussblur (vips, &soft, sigma, "min_ampl", 0.01,
                                      "precision", VIPS_PRECISION_FLOAT, NULL), ==, 0);
      g_assert_cmpint (vips_cast (soft, &bytes, VIPS_FORMAT_UCHAR, NULL), ==, 0);
      drift = measure_vips (vips, bytes);
      g_assert_cmpfloat (drift.softer, >, before);
      g_assert_cmpfloat (drift.softer, <, 0.9);
      g_assert_cmpfloat (drift.colour, <, 0.5);
      g_assert_cmpfloat_with_epsilon (reshoot_drift_get_shift (&drift), 0, 0.1);
      before = drift.softer;
    }

  g_assert_cmpfloat (before, >, 0.3);
}

/* Warmer: the mean distance is that of the comparison, and it is neither softness nor place. */
static void
test_warmed (void)
{
  static const double gain[] = { 1.05, 1, 0.94 };
  static const double offset[] = { 3, 0, -3 };
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) floats = NULL;
  g_autoptr (VipsImage) warm = NULL;
  g_autoptr (ReshootImage) a = NULL;
  g_autoptr (ReshootImage) b = NULL;
  ReshootComparison comparison;
  g_autoptr (GError) error = NULL;
  ReshootDrift drift;

  g_assert_cmpint (vips_linear (vips, &floats, gain, offset, 3, NULL), ==, 0);
  g_assert_cmpint (vips_cast (floats, &warm, VIPS_FORMAT_UCHAR, NULL), ==, 0);
  a = picture_new_image (vips, ".png");
  b = picture_new_image (warm, ".png");
  g_assert_true (reshoot_compare (a, b, &comparison, NULL, &error));
  drift = measure (a, b, in_place);
  g_assert_cmpfloat_with_epsilon (drift.colour, comparison.delta_e, 0.1 * comparison.delta_e);
  g_assert_cmpfloat (drift.colour, >, 2);
  g_assert_cmpfloat (drift.visible, >, 0.5);
  g_assert_cmpfloat_with_epsilon (drift.softer, 0, 0.03);
  g_assert_cmpfloat_with_epsilon (reshoot_drift_get_shift (&drift), 0, 0.1);
}

static void
test_compressed (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (ReshootImage) original = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) picture = picture_new_image (vips, ".jpg[Q=70]");
  ReshootDrift drift = measure (original, picture, in_place);

  g_assert_cmpfloat (drift.colour, >, 0.02);
  g_assert_cmpfloat (drift.colour, <, 1);
  g_assert_cmpfloat (drift.visible, <, 0.02);
  g_assert_cmpfloat (drift.edited, ==, 0);
  g_assert_cmpfloat_with_epsilon (reshoot_drift_get_shift (&drift), 0, 0.1);
}

/* An edit is no drift, and its size is known. */
static void
test_edited (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) truth = reply_recolour (vips, &box);
  ReshootDrift drift = measure_vips (vips, truth);

  assert_none (&drift);
  g_assert_cmpfloat_with_epsilon (drift.edited, box.width * box.height / (1440.0 * 1080.0), 0.02);
}

static void
test_placed (void)
{
  static const double inside[6] = { 1, 0, 100, 0, 1, 60 };
  static const double half[6] = { 2, 0, 0, 0, 2, 0 };
  static const double turned[6] = { 0, 1, 0, -1, 0, 1080 };
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) part = cut (vips, 100, 60, 1200, 900);
  g_autoptr (VipsImage) small = NULL;
  g_autoptr (VipsImage) rotated = NULL;
  g_autoptr (ReshootImage) original = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) picture = picture_new_image (part, ".png");
  ReshootDrift drift = measure (original, picture, inside);

  assert_none (&drift);
  g_assert_cmpfloat (drift.edited, ==, 0);

  g_assert_cmpint (vips_shrink (vips, &small, 2, 2, NULL), ==, 0);
  g_set_object (&picture, NULL);
  picture = picture_new_image (small, ".png");
  drift = measure (original, picture, half);
  g_assert_cmpfloat (drift.colour, <, 0.3);
  g_assert_cmpfloat_with_epsilon (drift.softer, 0, 0.02);
  g_assert_cmpfloat_with_epsilon (reshoot_drift_get_shift (&drift), 0, 0.1);

  /* A quarter to the right: (x, y) of it is (y, 1080 - x) of the original. */
  g_assert_cmpint (vips_rot90 (vips, &rotated, NULL), ==, 0);
  g_set_object (&picture, NULL);
  picture = picture_new_image (rotated, ".png");
  drift = measure (original, picture, turned);
  g_assert_cmpfloat (drift.colour, <, 0.1);
  g_assert_cmpfloat_with_epsilon (reshoot_drift_get_shift (&drift), 0, 0.1);
}

static void
test_other_scene (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) other = reply_open_sample ("shoe.jpg");
  g_autoptr (ReshootImage) a = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) b = picture_new_image (other, ".png");
  ReshootDrift drift = measure (a, b, in_place);

  g_assert_true (drift.alignment.new_scene || drift.edited == 1);
  g_assert_true (isnan (reshoot_drift_get_harm (&drift)));
}

static void
test_tiny (void)
{
  static const int grey[] = { 119, 119, 119 };
  static const int lighter[] = { 121, 121, 121 };

  for (int size = 1; size <= 12; size++)
    {
      g_autoptr (VipsImage) a = picture_new_flat (size, 13 - size, 3, grey);
      g_autoptr (VipsImage) b = picture_new_flat (size, 13 - size, 3, lighter);
      ReshootDrift drift = measure_vips (a, b);

      g_assert_cmpfloat (reshoot_drift_get_shift (&drift), ==, 0);
      g_assert_false (drift.colour < 0.1);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (ReshootImage) a = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) b = picture_new_image (vips, ".jpg");

  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      ReshootDrift drift;

      if (i == 0)
        g_cancellable_cancel (cancellable);
      reshoot_drift_async (a, b, in_place, cancellable, reshoot_test_ready_cb, &result);
      g_usleep (i * 6000);
      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);
      g_assert_false (reshoot_drift_finish (result, &drift, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  picture_test_init (&argc, &argv);

  g_test_add_func ("/drift/identical", test_identical);
  g_test_add_func ("/drift/shifted", test_shifted);
  g_test_add_func ("/drift/zoomed", test_zoomed);
  g_test_add_func ("/drift/blurred", test_blurred);
  g_test_add_func ("/drift/warmed", test_warmed);
  g_test_add_func ("/drift/compressed", test_compressed);
  g_test_add_func ("/drift/edited", test_edited);
  g_test_add_func ("/drift/placed", test_placed);
  g_test_add_func ("/drift/other-scene", test_other_scene);
  g_test_add_func ("/drift/tiny", test_tiny);
  g_test_add_func ("/drift/cancelled", test_cancelled);

  status = g_test_run ();
  vips_shutdown ();
  return status;
}
