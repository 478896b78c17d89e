/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "reshoot-error.h"
#include "reshoot-image-prepare.h"
#include "reshoot-image-vips.h"
#include "reshoot-test.h"

static ReshootImage *
make_picture (int         bands,
              int         width,
              int         height,
              gboolean    deep)
{
  g_autoptr (VipsImage) black = NULL;
  g_autoptr (VipsImage) filled = NULL;
  g_autoptr (VipsImage) cast = NULL;
  g_autoptr (GError) error = NULL;
  double full = deep ? 65535 : 255;
  double red[4] = { full, 0, 0, 0 };
  double ones[4] = { 1, 1, 1, 1 };
  ReshootImage *image;

  g_type_ensure (RESHOOT_TYPE_IMAGE);
  g_assert_cmpint (vips_black (&black, width, height, "bands", bands, NULL), ==, 0);
  g_assert_cmpint (vips_linear (black, &filled, ones, red, bands, NULL), ==, 0);
  g_assert_cmpint (vips_cast (filled, &cast, deep ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR,
                              NULL), ==, 0);
  cast->Type = deep ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
  vips_image_set_string (cast, "png-comment-0-Secret", "where I live");

  image = reshoot_image_new_from_vips (cast, RESHOOT_IMAGE_FORMAT_PNG, 0, NULL, &error);
  g_assert_no_error (error);
  return image;
}

static void
assert_pixel (ReshootImage *image,
              double        r,
              double        g,
              double        b)
{
  g_autoptr (VipsImage) vips = reshoot_image_dup_vips (image, NULL);
  double *values = NULL;
  int n;

  g_assert_cmpint (vips_image_get_bands (vips), ==, 3);
  g_assert_cmpint (vips_image_get_format (vips), ==, VIPS_FORMAT_UCHAR);
  g_assert_cmpuint (vips_image_get_typeof (vips, VIPS_META_ICC_NAME), ==, 0);
  g_assert_cmpuint (vips_image_get_typeof (vips, "png-comment-0-Secret"), ==, 0);
  g_assert_cmpint (vips_getpoint (vips, &values, &n, 5, 5, NULL), ==, 0);
  g_assert_cmpfloat_with_epsilon (values[0], r, 1.01);
  g_assert_cmpfloat_with_epsilon (values[1], g, 1.01);
  g_assert_cmpfloat_with_epsilon (values[2], b, 1.01);
  g_free (values);
}

static void
test_size_and_colour (void)
{
  static const struct
  {
    int      bands;
    gboolean deep;
    double   r, g, b;
  } table[] = {
    { 3, FALSE, 255, 0, 0 }, { 3, TRUE, 255, 0, 0 },
    { 4, FALSE, 255, 255, 255 }, { 4, TRUE, 255, 255, 255 },   /* what is transparent lies on white */
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (ReshootImage) image = make_picture (table[i].bands, 301, 97, table[i].deep);
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootImage) ready = NULL;

      ready = reshoot_image_prepare (image, 208, 112, RESHOOT_IMAGE_FORMAT_PNG, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (reshoot_image_get_width (ready), ==, 208);
      g_assert_cmpint (reshoot_image_get_height (ready), ==, 112);
      g_assert_cmpint (reshoot_image_get_format (ready), ==, RESHOOT_IMAGE_FORMAT_PNG);
      assert_pixel (ready, table[i].r, table[i].g, table[i].b);
    }
}

/* A camera's file goes out without its notes and its profile, in every size of the service's. */
static void
test_photo (void)
{
  g_autofree char *path = reshoot_test_sample ("headphones-on-beige.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GError) error = NULL;
  static const int sizes[][2] = { { 672, 1568 }, { 1024, 1024 }, { 1248, 832 }, { 1568, 672 } };

  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  image = reshoot_image_load_finish (result, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (ReshootImage) ready = NULL;

      ready = reshoot_image_prepare (image, sizes[i][0], sizes[i][1], RESHOOT_IMAGE_FORMAT_JPEG,
                                     NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (reshoot_image_get_width (ready), ==, sizes[i][0]);
      g_assert_cmpint (reshoot_image_get_height (ready), ==, sizes[i][1]);
      g_assert_null (reshoot_image_get_profile_name (ready));
    }
}

static void
test_cancelled (void)
{
  g_autoptr (ReshootImage) image = make_picture (3, 64, 64, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (reshoot_image_prepare (image, 32, 32, RESHOOT_IMAGE_FORMAT_PNG, cancellable,
                                        &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/image-prepare/size-and-colour", test_size_and_colour);
  g_test_add_func ("/image-prepare/photo", test_photo);
  g_test_add_func ("/image-prepare/cancelled", test_cancelled);

  return g_test_run ();
}
