/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pixels out of a picture and into one: what libvips sees, what encoders keep, thumbnails. */

#include "pictures.h"
#include "reshoot-test.h"

#include <string.h>

static const ReshootImageFormat formats[] = {
  RESHOOT_IMAGE_FORMAT_PNG, RESHOOT_IMAGE_FORMAT_JPEG,
  RESHOOT_IMAGE_FORMAT_WEBP, RESHOOT_IMAGE_FORMAT_TIFF,
};

static VipsImage *
decode (ReshootImage *image)
{
  g_autoptr (GError) error = NULL;
  VipsImage *vips = reshoot_image_dup_vips (image, &error);

  g_assert_no_error (error);
  return vips;
}

static ReshootImage *
encode (VipsImage          *vips,
        ReshootImageFormat  format,
        int                 quality)
{
  g_autoptr (GError) error = NULL;
  ReshootImage *image = reshoot_image_new_from_vips (vips, format, quality, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_format (image), ==, format);
  return image;
}

static void
assert_pixel (VipsImage *vips,
              int        x,
              int        y,
              int        red,
              int        green,
              int        blue,
              int        tolerance)
{
  g_assert_cmpint (ABS (picture_get (vips, x, y, 0) - red), <=, tolerance);
  g_assert_cmpint (ABS (picture_get (vips, x, y, 1) - green), <=, tolerance);
  g_assert_cmpint (ABS (picture_get (vips, x, y, 2) - blue), <=, tolerance);
}

static void
assert_shape (VipsImage          *vips,
              int                 n_bands,
              VipsBandFormat      format,
              VipsInterpretation  meaning)
{
  g_assert_cmpint (vips_image_get_bands (vips), ==, n_bands);
  g_assert_cmpint (vips_image_get_format (vips), ==, format);
  g_assert_cmpint (vips_image_get_interpretation (vips), ==, meaning);
}

/* Lossless kinds of file give back what was put in, at 8 and 16 bit, with and without transparency. */
static void
test_lossless (void)
{
  static const char *const suffixes[] = { ".png", ".png[interlace]", ".tif", ".tif[tile,compression=lzw]" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    for (int n_bands = 3; n_bands <= 4; n_bands++)
      for (int deep = 0; deep <= 1; deep++)
        {
          g_autoptr (VipsImage) vips = picture_new_gradient (300, 200, n_bands, deep);
          g_autoptr (ReshootImage) image = picture_new_image (vips, suffixes[i]);
          g_autoptr (VipsImage) decoded = decode (image);

          assert_shape (decoded, n_bands, deep ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR,
                        deep ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB);
          picture_assert_equal (vips, decoded);
        }
}

static void
test_round_trip (void)
{
  for (int n_bands = 3; n_bands <= 4; n_bands++)
    for (int deep = 0; deep <= 1; deep++)
      {
        g_autoptr (VipsImage) vips = picture_new_gradient (300, 200, n_bands, deep);
        g_autoptr (ReshootImage) png = encode (vips, RESHOOT_IMAGE_FORMAT_PNG, 0);
        g_autoptr (ReshootImage) tiff = encode (vips, RESHOOT_IMAGE_FORMAT_TIFF, 0);
        g_autoptr (VipsImage) from_png = decode (png);
        g_autoptr (VipsImage) from_tiff = decode (tiff);

        picture_assert_equal (vips, from_png);
        picture_assert_equal (vips, from_tiff);
      }
}

static void
test_grey (void)
{
  for (int deep = 0; deep <= 1; deep++)
    for (int n_bands = 1; n_bands <= 2; n_bands++)
      {
        g_autoptr (VipsImage) grey = picture_new_gradient (30, 20, n_bands, deep);
        g_autoptr (ReshootImage) image = picture_new_image (grey, ".png");
        g_autoptr (VipsImage) decoded = decode (image);
        int expected = picture_get (grey, 17, 11, 0);

        assert_shape (decoded, n_bands + 2, deep ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR,
                      deep ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB);
        assert_pixel (decoded, 17, 11, expected, expected, expected, 0);
        if (n_bands == 2)
          g_assert_cmpint (picture_get (decoded, 17, 11, 3), ==, picture_get (grey, 17, 11, 1));
      }
}

static void
test_palette (void)
{
  static const int red[] = { 200, 30, 40 };
  g_autoptr (VipsImage) vips = picture_new_flat (16, 16, 3, red);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png[palette]");
  g_autoptr (VipsImage) decoded = decode (image);

  assert_shape (decoded, 3, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB);
  assert_pixel (decoded, 8, 8, 200, 30, 40, 2);
}

static void
test_one_bit (void)
{
  static const int white[] = { 255 };
  static const char *const suffixes[] = { ".png[bitdepth=1]", ".tif[bitdepth=1]" };
  g_autoptr (VipsImage) vips = picture_new_flat (16, 16, 1, white);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autoptr (ReshootImage) image = picture_new_image (vips, suffixes[i]);
      g_autoptr (VipsImage) decoded = decode (image);

      assert_shape (decoded, 3, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB);
      assert_pixel (decoded, 8, 8, 255, 255, 255, 0);
    }
}

static void
test_ink (void)
{
  static const int leather[] = { 180, 130, 90 };
  static const char *const suffixes[] = { ".jpg[Q=98]", ".tif" };
  g_autoptr (VipsImage) rgb = picture_new_flat (32, 32, 3, leather);
  g_autoptr (VipsImage) ink = picture_to_profile (rgb, "cmyk");

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autoptr (ReshootImage) image = picture_new_image (ink, suffixes[i]);
      g_autoptr (VipsImage) decoded = decode (image);

      g_assert_true (reshoot_image_get_was_cmyk (image));
      assert_shape (decoded, 3, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB);
      assert_pixel (decoded, 16, 16, 180, 130, 90, 10);
    }
}

static void
test_ink_deep (void)
{
  static const int leather[] = { 180, 130, 90 };
  g_autoptr (VipsImage) rgb = picture_new_flat (32, 32, 3, leather);
  g_autoptr (VipsImage) deep = NULL;
  g_autoptr (VipsImage) ink = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (VipsImage) decoded = NULL;

  g_assert_cmpint (vips_colourspace (rgb, &deep, VIPS_INTERPRETATION_RGB16, NULL), ==, 0);
  ink = picture_to_profile (deep, "cmyk");
  g_assert_cmpint (vips_image_get_format (ink), ==, VIPS_FORMAT_USHORT);
  image = picture_new_image (ink, ".tif");
  decoded = decode (image);
  assert_shape (decoded, 3, VIPS_FORMAT_USHORT, VIPS_INTERPRETATION_RGB16);
  assert_pixel (decoded, 16, 16, 180 * 257, 130 * 257, 90 * 257, 10 * 257);
}

/* Ink without a profile is read by the one that libvips brings along. */
static void
test_ink_without_profile (void)
{
  static const int leather[] = { 180, 130, 90 };
  g_autoptr (VipsImage) rgb = picture_new_flat (32, 32, 3, leather);
  g_autoptr (VipsImage) ink = picture_to_profile (rgb, "cmyk");
  g_autoptr (VipsImage) bare = vips_image_copy_memory (ink);
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (VipsImage) decoded = NULL;

  vips_image_remove (bare, VIPS_META_ICC_NAME);
  image = picture_new_image (bare, ".jpg[Q=98]");
  decoded = decode (image);
  assert_shape (decoded, 3, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB);
  assert_pixel (decoded, 16, 16, 180, 130, 90, 10);
}

static void
test_profile_kept (void)
{
  static const int orange[] = { 220, 120, 40 };
  g_autoptr (VipsImage) plain = picture_new_flat (32, 32, 3, orange);
  g_autoptr (VipsImage) p3 = picture_to_profile (plain, "p3");
  g_autoptr (ReshootImage) image = picture_new_image (p3, ".png");
  g_autoptr (VipsImage) decoded = decode (image);
  const char *name = reshoot_image_get_profile_name (image);
  const void *before, *after;
  gsize length_before, length_after;

  /* Its numbers are its own, not sRGB's. */
  picture_assert_equal (p3, decoded);
  g_assert_cmpint (picture_get (p3, 0, 0, 0), !=, 220);
  g_assert_cmpint (vips_image_get_blob (p3, VIPS_META_ICC_NAME, &before, &length_before), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (ReshootImage) encoded = encode (decoded, formats[i], 95);
      g_autoptr (VipsImage) again = decode (encoded);

      g_assert_cmpstr (reshoot_image_get_profile_name (encoded), ==, name);
      g_assert_cmpint (vips_image_get_blob (again, VIPS_META_ICC_NAME, &after, &length_after),
                       ==, 0);
      g_assert_cmpmem (before, length_before, after, length_after);
    }
}

/* A profile for ink in a picture of light would break whoever believes it. */
static void
test_profile_of_another_kind (void)
{
  static const int orange[] = { 220, 120, 40 };
  g_autoptr (VipsImage) rgb = picture_new_flat (32, 32, 3, orange);
  g_autoptr (VipsImage) ink = picture_to_profile (rgb, "cmyk");
  g_autoptr (VipsImage) wrong = vips_image_copy_memory (rgb);
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (VipsImage) decoded = NULL;
  const void *profile;
  gsize length;

  g_assert_cmpint (vips_image_get_blob (ink, VIPS_META_ICC_NAME, &profile, &length), ==, 0);
  vips_image_set_blob_copy (wrong, VIPS_META_ICC_NAME, profile, length);
  image = picture_new_image (wrong, ".tif");
  decoded = decode (image);
  picture_assert_equal (rgb, decoded);
  g_assert_cmpuint (vips_image_get_typeof (decoded, VIPS_META_ICC_NAME), ==, 0);
}

/* Each orientation, as EXIF defines it: where the upper left pixel of the upright picture was stored. */
static void
test_upright (void)
{
  static const struct
  {
    gboolean right;
    gboolean bottom;
    gboolean turned;
  } stored[] = {
    { FALSE, FALSE, FALSE }, { TRUE, FALSE, FALSE }, { TRUE, TRUE, FALSE }, { FALSE, TRUE, FALSE },
    { FALSE, FALSE, TRUE }, { FALSE, TRUE, TRUE }, { TRUE, TRUE, TRUE }, { TRUE, FALSE, TRUE },
  };

  for (int i = 0; i < 8; i++)
    {
      g_autoptr (VipsImage) vips = picture_new_gradient (24, 16, 3, FALSE);
      g_autoptr (ReshootImage) image = NULL;
      g_autoptr (ReshootImage) again = NULL;
      g_autoptr (VipsImage) decoded = NULL;
      int x = stored[i].right ? 23 : 0;
      int y = stored[i].bottom ? 15 : 0;

      vips_image_set_int (vips, VIPS_META_ORIENTATION, i + 1);
      image = picture_new_image (vips, ".tif");
      decoded = decode (image);
      g_assert_cmpint (vips_image_get_width (decoded), ==, stored[i].turned ? 16 : 24);
      g_assert_cmpint (picture_get (decoded, 0, 0, 0), ==, picture_get (vips, x, y, 0));

      /* Upright is upright: a second reader must not turn it once more. */
      again = encode (decoded, RESHOOT_IMAGE_FORMAT_JPEG, 0);
      g_assert_cmpint (reshoot_image_get_width (again), ==, reshoot_image_get_width (image));
    }
}

/* What is handed over is upright, whatever its notes still say. */
static void
test_orientation_dropped (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (VipsImage) vips = picture_new_gradient (24, 16, 3, FALSE);
      g_autoptr (ReshootImage) image = NULL;

      vips_image_set_int (vips, VIPS_META_ORIENTATION, 6);
      vips_image_set_string (vips, "exif-ifd0-Orientation", "6 (Right-top, Short, 1 components, 2 bytes)");
      image = encode (vips, formats[i], 0);
      g_assert_cmpint (reshoot_image_get_width (image), ==, 24);
      g_assert_cmpint (reshoot_image_get_height (image), ==, 16);
    }
}

static void
test_jpeg_flattens (void)
{
  static const int clear[] = { 10, 20, 30, 0 };
  g_autoptr (VipsImage) vips = picture_new_flat (16, 16, 4, clear);
  g_autoptr (ReshootImage) image = encode (vips, RESHOOT_IMAGE_FORMAT_JPEG, 95);
  g_autoptr (VipsImage) decoded = decode (image);
  g_autoptr (VipsImage) deep = picture_new_gradient (16, 16, 4, TRUE);
  g_autoptr (ReshootImage) shallow = encode (deep, RESHOOT_IMAGE_FORMAT_JPEG, 95);
  g_autoptr (ReshootImage) webp = encode (vips, RESHOOT_IMAGE_FORMAT_WEBP, 95);
  g_autoptr (VipsImage) kept = decode (webp);

  assert_pixel (decoded, 8, 8, 255, 255, 255, 1);
  g_assert_nonnull (shallow);
  assert_shape (kept, 4, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB);
}

static void
test_quality (void)
{
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (VipsImage) vips = vips_image_new_from_file (path, NULL);
  g_autoptr (ReshootImage) coarse = encode (vips, RESHOOT_IMAGE_FORMAT_JPEG, 50);
  g_autoptr (ReshootImage) fine = encode (vips, RESHOOT_IMAGE_FORMAT_JPEG, 95);

  g_assert_cmpuint (g_bytes_get_size (reshoot_image_get_bytes (coarse)) * 2, <,
                    g_bytes_get_size (reshoot_image_get_bytes (fine)));
}

/* The thumbnail in the notes shows the picture before the edit; the notes themselves stay. */
static void
test_old_thumbnail_dropped (void)
{
  static const char preview[] = "\xff\xd8 the picture as it was \xff\xd9";
  g_autoptr (VipsImage) vips = picture_new_gradient (32, 32, 3, FALSE);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (ReshootImage) image = NULL;

  vips_image_set_string (vips, "exif-ifd0-Make", "Lamp (Lamp, ASCII, 5 components, 5 bytes)");
  vips_image_set_blob_copy (vips, "jpeg-thumbnail-data", preview, sizeof preview - 1);
  before = picture_encode (vips, ".jpg");
  image = encode (vips, RESHOOT_IMAGE_FORMAT_JPEG, 0);

  g_assert_true (picture_contains (before, "the picture as it was"));
  g_assert_false (picture_contains (reshoot_image_get_bytes (image), "the picture as it was"));
  g_assert_true (picture_contains (reshoot_image_get_bytes (image), "Lamp"));
}

static void
test_thumbnail (void)
{
  g_autofree char *path = reshoot_test_sample ("shoe.jpg");
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootImage) small = NULL;
  g_autoptr (ReshootImage) same = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  bytes = g_bytes_new (data, length);
  image = picture_open (bytes);

  small = reshoot_image_make_thumbnail (image, 256, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_format (small), ==, RESHOOT_IMAGE_FORMAT_JPEG);
  g_assert_cmpint (reshoot_image_get_width (small), ==, 256);
  g_assert_cmpint (reshoot_image_get_height (small), ==, 192);

  same = reshoot_image_make_thumbnail (small, 1000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (same), ==, 256);
}

static void
test_thumbnail_upright_and_clear (void)
{
  static const int orange[] = { 220, 120, 40 };
  g_autoptr (VipsImage) flat = picture_new_flat (400, 200, 3, orange);
  g_autoptr (VipsImage) p3 = picture_to_profile (flat, "p3");
  g_autoptr (VipsImage) lying = vips_image_copy_memory (p3);
  g_autoptr (VipsImage) clear = picture_new_gradient (400, 200, 4, FALSE);
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootImage) transparent = picture_new_image (clear, ".png");
  g_autoptr (ReshootImage) small = NULL;
  g_autoptr (ReshootImage) small_transparent = NULL;
  g_autoptr (VipsImage) decoded = NULL;
  g_autoptr (GError) error = NULL;

  vips_image_set_int (lying, VIPS_META_ORIENTATION, 6);
  image = picture_new_image (lying, ".jpg[Q=98]");
  small = reshoot_image_make_thumbnail (image, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (small), ==, 50);
  g_assert_cmpint (reshoot_image_get_height (small), ==, 100);
  decoded = decode (small);
  assert_pixel (decoded, 25, 50, 220, 120, 40, 3);

  small_transparent = reshoot_image_make_thumbnail (transparent, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_format (small_transparent), ==, RESHOOT_IMAGE_FORMAT_PNG);
}

/* libvips scales colours from 16 bit to 8, but an alpha channel only where one takes care. */
static void
test_thumbnail_deep (void)
{
  static const int half[] = { 200, 100, 50, 128 };
  static const char *const profiles[] = { "p3", "srgb" };
  g_autoptr (VipsImage) flat = picture_new_flat (90, 60, 4, half);
  g_autoptr (VipsImage) deep = NULL;

  g_assert_cmpint (vips_colourspace (flat, &deep, VIPS_INTERPRETATION_RGB16, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr (VipsImage) tagged = picture_to_profile (deep, profiles[i]);
      g_autoptr (ReshootImage) image = picture_new_image (tagged, ".png");
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootImage) small = reshoot_image_make_thumbnail (image, 30, NULL, &error);
      g_autoptr (VipsImage) decoded = NULL;

      g_assert_no_error (error);
      decoded = decode (small);
      assert_shape (decoded, 4, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB);
      assert_pixel (decoded, 15, 10, 200, 100, 50, 3);
      g_assert_cmpint (ABS (picture_get (decoded, 15, 10, 3) - 128), <=, 2);
    }
}

static void
test_cancelled_before (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (32, 32, 3, FALSE);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (reshoot_image_new_from_vips (vips, RESHOOT_IMAGE_FORMAT_PNG, 0,
                                              cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (reshoot_image_make_thumbnail (image, 16, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
preeval_cb (VipsImage    *vips,
            VipsProgress *progress,
            GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* In flight for certain: libvips tells when it starts with the pixels, and is cancelled right there. */
static void
test_cancelled_in_flight (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (VipsImage) vips = picture_new_gradient (700, 700, 3, FALSE);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootImage) whole = NULL;

      vips_image_set_progress (vips, TRUE);
      g_signal_connect (vips, "preeval", G_CALLBACK (preeval_cb), cancellable);
      g_assert_null (reshoot_image_new_from_vips (vips, formats[i], 0, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      /* The picture itself is not hurt. */
      g_signal_handlers_disconnect_by_func (vips, preeval_cb, cancellable);
      whole = encode (vips, formats[i], 0);
      g_assert_cmpint (reshoot_image_get_width (whole), ==, 700);
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  picture_test_init (&argc, &argv);

  g_test_add_func ("/image-pixels/lossless", test_lossless);
  g_test_add_func ("/image-pixels/round-trip", test_round_trip);
  g_test_add_func ("/image-pixels/grey", test_grey);
  g_test_add_func ("/image-pixels/palette", test_palette);
  g_test_add_func ("/image-pixels/one-bit", test_one_bit);
  g_test_add_func ("/image-pixels/ink", test_ink);
  g_test_add_func ("/image-pixels/ink/deep", test_ink_deep);
  g_test_add_func ("/image-pixels/ink/without-profile", test_ink_without_profile);
  g_test_add_func ("/image-pixels/profile/kept", test_profile_kept);
  g_test_add_func ("/image-pixels/profile/of-another-kind", test_profile_of_another_kind);
  g_test_add_func ("/image-pixels/upright", test_upright);
  g_test_add_func ("/image-pixels/orientation-dropped", test_orientation_dropped);
  g_test_add_func ("/image-pixels/jpeg-flattens", test_jpeg_flattens);
  g_test_add_func ("/image-pixels/quality", test_quality);
  g_test_add_func ("/image-pixels/old-thumbnail-dropped", test_old_thumbnail_dropped);
  g_test_add_func ("/image-pixels/thumbnail", test_thumbnail);
  g_test_add_func ("/image-pixels/thumbnail/upright-and-clear", test_thumbnail_upright_and_clear);
  g_test_add_func ("/image-pixels/thumbnail/deep", test_thumbnail_deep);
  g_test_add_func ("/image-pixels/cancelled/before", test_cancelled_before);
  g_test_add_func ("/image-pixels/cancelled/in-flight", test_cancelled_in_flight);

  status = g_test_run ();
  vips_shutdown ();
  return status;
}
