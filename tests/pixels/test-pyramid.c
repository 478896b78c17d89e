/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Levels for display: their sizes, and that colours, transparency and the right way up are those of the picture. */

#include "pictures.h"
#include "reshoot-pyramid.h"
#include "reshoot-test.h"

#include <string.h>

static const char *const lossless[] = { ".png", ".png[interlace]", ".webp[lossless]", ".tif" };

static ReshootPyramid *
build (ReshootImage *image,
       int           long_edge)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootPyramid *pyramid;

  reshoot_pyramid_new_async (image, long_edge, NULL, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  pyramid = reshoot_pyramid_new_finish (result, &error);
  g_assert_no_error (error);
  return pyramid;
}

static guint32
get_pixel (ReshootPyramid *pyramid,
           guint           n,
           int             x,
           int             y)
{
  const ReshootPyramidLevel *level = reshoot_pyramid_get_level (pyramid, n);
  const guint8 *data = g_bytes_get_data (level->pixels, NULL);

  g_assert_cmpint (x, <, level->width);
  g_assert_cmpint (y, <, level->height);
  g_assert_cmpuint (g_bytes_get_size (level->pixels), ==, (gsize) level->stride * level->height);
  return *(const guint32 *) (data + (gsize) y * level->stride + (gsize) x * 4);
}

static void
assert_near (guint32 pixel,
             guint32 expected,
             int     tolerance)
{
  for (int shift = 0; shift < 32; shift += 8)
    if (ABS ((int) (pixel >> shift & 0xff) - (int) (expected >> shift & 0xff)) > tolerance)
      g_error ("%08x is not %08x", pixel, expected);
}

static void
test_levels (void)
{
  static const struct
  {
    int width;
    int height;
  } expected[] = { { 501, 300 }, { 251, 150 }, { 126, 75 }, { 63, 38 } };
  g_autoptr (VipsImage) vips = picture_new_gradient (501, 300, 3, FALSE);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
  g_autoptr (ReshootPyramid) pyramid = build (image, 0);

  g_assert_cmpint (reshoot_pyramid_get_width (pyramid), ==, 501);
  g_assert_cmpint (reshoot_pyramid_get_height (pyramid), ==, 300);
  g_assert_false (reshoot_pyramid_get_has_alpha (pyramid));
  g_assert_cmpuint (reshoot_pyramid_get_n_levels (pyramid), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const ReshootPyramidLevel *level = reshoot_pyramid_get_level (pyramid, i);

      g_assert_cmpint (level->width, ==, expected[i].width);
      g_assert_cmpint (level->height, ==, expected[i].height);
      g_assert_cmpint (level->stride, >=, level->width * 4);
    }

  g_assert_finalize_object (g_steal_pointer (&pyramid));
}

static void
test_smallest (void)
{
  static const int colour[] = { 1, 2, 3 };
  static const int sizes[][2] = { { 1, 1 }, { 64, 64 }, { 1, 200 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (VipsImage) vips = picture_new_flat (sizes[i][0], sizes[i][1], 3, colour);
      g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
      g_autoptr (ReshootPyramid) pyramid = build (image, 0);
      guint n = reshoot_pyramid_get_n_levels (pyramid);

      g_assert_cmpuint (n, ==, sizes[i][1] > 64 ? 3 : 1);
      g_assert_cmphex (get_pixel (pyramid, n - 1, 0, 0), ==, 0xff010203);
    }
}

/* Every pixel of level 0 as it is in the file, every pixel of a flat picture the same at each level. */
static void
test_exact_colours (void)
{
  static const int colour[] = { 200, 100, 50 };

  for (guint i = 0; i < G_N_ELEMENTS (lossless); i++)
    {
      g_autoptr (VipsImage) flat = picture_new_flat (300, 200, 3, colour);
      g_autoptr (VipsImage) gradient = picture_new_gradient (300, 200, 3, FALSE);
      g_autoptr (ReshootImage) flat_image = picture_new_image (flat, lossless[i]);
      g_autoptr (ReshootImage) image = picture_new_image (gradient, lossless[i]);
      g_autoptr (ReshootPyramid) flat_pyramid = build (flat_image, 0);
      g_autoptr (ReshootPyramid) pyramid = build (image, 0);

      for (guint n = 0; n < reshoot_pyramid_get_n_levels (flat_pyramid); n++)
        {
          const ReshootPyramidLevel *level = reshoot_pyramid_get_level (flat_pyramid, n);
          int right = level->width - 1;
          int bottom = level->height - 1;

          g_assert_cmphex (get_pixel (flat_pyramid, n, 0, 0), ==, 0xffc86432);
          g_assert_cmphex (get_pixel (flat_pyramid, n, right, bottom), ==, 0xffc86432);
        }

      for (int x = 0; x < 300; x += 13)
        {
          int y = x / 2;
          guint32 expected = 0xff000000u | (guint32) picture_get (gradient, x, y, 0) << 16
                             | (guint32) picture_get (gradient, x, y, 1) << 8
                             | (guint32) picture_get (gradient, x, y, 2);

          g_assert_cmphex (get_pixel (pyramid, 0, x, y), ==, expected);
        }
    }
}

static void
test_box (void)
{
  static const guint8 pixels[] = { 0, 0, 0, 255, 254, 255, 100, 0, 0, 45, 0, 9 };
  static const int colour[] = { 0, 0, 0 };
  g_autoptr (VipsImage) black = picture_new_flat (128, 128, 3, colour);
  g_autoptr (VipsImage) vips = vips_image_copy_memory (black);
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootPyramid) pyramid = NULL;
  guint8 *data = (guint8 *) vips_image_get_data (vips);

  /* The upper left four; their mean, rounded: (0 + 255 + 100 + 45) / 4 and so on. */
  for (guint i = 0; i < sizeof pixels; i++)
    data[i % 6 + (i / 6) * 128 * 3] = pixels[i];

  image = picture_new_image (vips, ".png");
  pyramid = build (image, 0);
  g_assert_cmphex (get_pixel (pyramid, 1, 0, 0), ==, 0xff644042);
  g_assert_cmphex (get_pixel (pyramid, 1, 1, 0), ==, 0xff000000);
}

static void
test_alpha (void)
{
  static const int half[] = { 200, 100, 50, 128 };

  for (guint i = 0; i < G_N_ELEMENTS (lossless); i++)
    {
      g_autoptr (VipsImage) vips = picture_new_flat (100, 80, 4, half);
      g_autoptr (ReshootImage) image = picture_new_image (vips, lossless[i]);
      g_autoptr (ReshootPyramid) pyramid = build (image, 0);

      g_assert_true (reshoot_pyramid_get_has_alpha (pyramid));
      g_assert_cmphex (get_pixel (pyramid, 0, 50, 40), ==, 0x80643219);
      g_assert_cmphex (get_pixel (pyramid, 1, 20, 20), ==, 0x80643219);
    }
}

static void
test_clear (void)
{
  static const int clear[] = { 200, 100, 50, 0 };
  g_autoptr (VipsImage) vips = picture_new_flat (100, 80, 4, clear);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
  g_autoptr (ReshootPyramid) pyramid = build (image, 0);

  g_assert_cmphex (get_pixel (pyramid, 0, 50, 40), ==, 0);
}

/* The upright pixels are those that libvips finds when it turns the picture itself. */
static void
test_orientation (void)
{
  static const char *const suffixes[] = { ".jpg[Q=100,subsample-mode=off]", ".tif", ".webp[lossless]" };

  for (int i = 0; i < 8 * (int) G_N_ELEMENTS (suffixes); i++)
    {
      g_autoptr (VipsImage) vips = picture_new_gradient (75, 52, 3, FALSE);
      g_autoptr (ReshootImage) image = NULL;
      g_autoptr (ReshootPyramid) pyramid = NULL;
      g_autoptr (VipsImage) upright = NULL;

      vips_image_set_int (vips, VIPS_META_ORIENTATION, i % 8 + 1);
      image = picture_new_image (vips, suffixes[i / 8]);
      pyramid = build (image, 0);
      g_assert_cmpint (vips_autorot (vips, &upright, NULL), ==, 0);
      g_assert_cmpint (reshoot_pyramid_get_width (pyramid), ==, vips_image_get_width (upright));
      g_assert_cmpint (reshoot_pyramid_get_height (pyramid), ==, vips_image_get_height (upright));

      for (int n = 0; n < 12; n++)
        {
          int x = n * 23 % vips_image_get_width (upright);
          int y = n * 11 % vips_image_get_height (upright);
          guint32 expected = 0xff000000u | (guint32) picture_get (upright, x, y, 0) << 16
                             | (guint32) picture_get (upright, x, y, 1) << 8
                             | (guint32) picture_get (upright, x, y, 2);

          assert_near (get_pixel (pyramid, 0, x, y), expected, i < 8 ? 24 : 0);
        }
    }
}

static void
test_profile (void)
{
  static const char *const suffixes[] = { ".png", ".jpg[Q=98]", ".webp[lossless]", ".tif" };
  static const int orange[] = { 220, 120, 40 };
  g_autoptr (VipsImage) flat = picture_new_flat (200, 100, 3, orange);
  g_autoptr (VipsImage) p3 = picture_to_profile (flat, "p3");

  /* Without its profile it would look like this, and that is far off. */
  g_assert_cmpint (ABS (picture_get (p3, 0, 0, 0) - 220), >, 8);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autoptr (ReshootImage) image = picture_new_image (p3, suffixes[i]);
      g_autoptr (ReshootPyramid) pyramid = build (image, 0);

      assert_near (get_pixel (pyramid, 0, 100, 50), 0xffdc7828, 3);
    }
}

/* 16 bit with transparency and a profile: each of the three must survive the other two. */
static void
test_deep (void)
{
  g_autoptr (VipsImage) deep = picture_new_gradient (90, 60, 4, TRUE);
  g_autoptr (VipsImage) half = NULL;
  g_autoptr (VipsImage) p3 = NULL;
  g_autoptr (ReshootImage) image = picture_new_image (deep, ".png");
  g_autoptr (ReshootImage) tagged = NULL;
  g_autoptr (ReshootPyramid) pyramid = build (image, 0);
  g_autoptr (ReshootPyramid) tagged_pyramid = NULL;
  static const int colour[] = { 200, 100, 50, 128 };
  g_autoptr (VipsImage) flat = picture_new_flat (90, 60, 4, colour);

  g_assert_cmpint (get_pixel (pyramid, 0, 30, 20) >> 24, ==, picture_get (deep, 30, 20, 3) >> 8);

  g_assert_cmpint (vips_colourspace (flat, &half, VIPS_INTERPRETATION_RGB16, NULL), ==, 0);
  p3 = picture_to_profile (half, "p3");
  tagged = picture_new_image (p3, ".png");
  tagged_pyramid = build (tagged, 0);
  assert_near (get_pixel (tagged_pyramid, 0, 30, 20), 0x80643219, 3);
}

static void
test_grey_and_ink (void)
{
  static const int grey[] = { 77 };
  static const int leather[] = { 180, 130, 90 };
  g_autoptr (VipsImage) grey_flat = picture_new_flat (100, 80, 1, grey);
  g_autoptr (VipsImage) flat = picture_new_flat (100, 80, 3, leather);
  g_autoptr (VipsImage) ink = picture_to_profile (flat, "cmyk");
  g_autoptr (ReshootImage) grey_image = picture_new_image (grey_flat, ".jpg[Q=98]");
  g_autoptr (ReshootImage) image = picture_new_image (ink, ".jpg[Q=98]");
  g_autoptr (ReshootPyramid) grey_pyramid = build (grey_image, 0);
  g_autoptr (ReshootPyramid) pyramid = build (image, 0);

  assert_near (get_pixel (grey_pyramid, 0, 50, 40), 0xff4d4d4d, 1);
  assert_near (get_pixel (pyramid, 0, 50, 40), 0xffb4825a, 12);
}

static void
test_long_edge (void)
{
  static const char *const suffixes[] = { ".jpg[Q=95]", ".jpg[Q=95,interlace]", ".png", ".tif", ".webp" };
  static const int orange[] = { 220, 120, 40 };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autoptr (VipsImage) vips = picture_new_flat (1601, 1000, 3, orange);
      g_autoptr (ReshootImage) image = picture_new_image (vips, suffixes[i]);
      g_autoptr (ReshootPyramid) pyramid = build (image, 300);
      g_autoptr (ReshootPyramid) full = build (image, 5000);
      const ReshootPyramidLevel *level = reshoot_pyramid_get_level (pyramid, 0);

      /* A quarter of it: an eighth would be too small. The full size is still told. */
      g_assert_cmpint (reshoot_pyramid_get_width (pyramid), ==, 1601);
      g_assert_cmpint (reshoot_pyramid_get_height (pyramid), ==, 1000);
      g_assert_cmpint (level->width, >=, 400);  /* libvips rounds down, GdkPixbuf up */
      g_assert_cmpint (level->width, <=, 401);
      g_assert_cmpint (level->height, ==, 250);
      assert_near (get_pixel (pyramid, 0, 200, 100), 0xffdc7828, 3);
      g_assert_cmpint (reshoot_pyramid_get_level (full, 0)->width, ==, 1601);
    }
}

static void
test_damaged (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (300, 200, 3, FALSE);
  g_autoptr (GBytes) whole = picture_encode (vips, ".png");
  gsize length = g_bytes_get_size (whole);
  g_autofree guint8 *broken = g_memdup2 (g_bytes_get_data (whole, NULL), length);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  memset (broken + length / 2, 0x55, 64);
  bytes = g_bytes_new (broken, length);
  image = reshoot_image_new_from_bytes (bytes, "shoe.png", &error);
  g_assert_no_error (error);

  reshoot_pyramid_new_async (image, 0, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_null (reshoot_pyramid_new_finish (result, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "shoe.png");
}

static void
test_cancelled (void)
{
  static const char *const suffixes[] = { ".jpg", ".tif" };

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (VipsImage) vips = picture_new_gradient (1200, 900, 3, FALSE);
      g_autoptr (ReshootImage) image = picture_new_image (vips, suffixes[i % 2]);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (i < 2)
        g_cancellable_cancel (cancellable);
      reshoot_pyramid_new_async (image, 0, cancellable, reshoot_test_ready_cb, &result);
      g_usleep (i / 2 * 2000);
      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);
      g_assert_null (reshoot_pyramid_new_finish (result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* From a file to something to show in one go; what keeps a file from being read is what it is for a load. */
static void
test_load (void)
{
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) missing = g_file_new_for_path ("/missing.jpg");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) failure = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootImage) none = NULL;
  g_autoptr (ReshootPyramid) pyramid = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_pyramid_load_async (file, 300, NULL, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  pyramid = reshoot_pyramid_load_finish (result, &image, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (image), ==, 1440);
  g_assert_cmpint (reshoot_pyramid_get_width (pyramid), ==, 1440);
  g_assert_cmpint (reshoot_pyramid_get_level (pyramid, 0)->width, ==, 360);

  reshoot_pyramid_load_async (missing, 300, NULL, reshoot_test_ready_cb, &failure);
  reshoot_test_await (&failure);
  g_assert_null (reshoot_pyramid_load_finish (failure, &none, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "missing");
  g_assert_null (none);
}

static void
test_load_cancelled (void)
{
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_pyramid_load_async (file, 300, cancellable, reshoot_test_ready_cb, &result);
  g_cancellable_cancel (cancellable);
  reshoot_test_await (&result);
  g_assert_null (reshoot_pyramid_load_finish (result, &image, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (image);
}

int
main (int    argc,
      char **argv)
{
  int status;

  picture_test_init (&argc, &argv);

  g_test_add_func ("/pyramid/levels", test_levels);
  g_test_add_func ("/pyramid/smallest", test_smallest);
  g_test_add_func ("/pyramid/exact-colours", test_exact_colours);
  g_test_add_func ("/pyramid/box", test_box);
  g_test_add_func ("/pyramid/alpha", test_alpha);
  g_test_add_func ("/pyramid/alpha/clear", test_clear);
  g_test_add_func ("/pyramid/orientation", test_orientation);
  g_test_add_func ("/pyramid/profile", test_profile);
  g_test_add_func ("/pyramid/deep", test_deep);
  g_test_add_func ("/pyramid/grey-and-ink", test_grey_and_ink);
  g_test_add_func ("/pyramid/long-edge", test_long_edge);
  g_test_add_func ("/pyramid/damaged", test_damaged);
  g_test_add_func ("/pyramid/cancelled", test_cancelled);
  g_test_add_func ("/pyramid/load", test_load);
  g_test_add_func ("/pyramid/load/cancelled", test_load_cancelled);

  status = g_test_run ();
  vips_shutdown ();
  return status;
}
