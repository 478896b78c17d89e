/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands behind the product: that white is white, the floor barely grey, a shadow under the product and nowhere
 * else, the edge free of the old background, and the same bits on every run. */

#include "operations-bench.h"
#include "reshoot-test.h"

#include <math.h>
#include <string.h>

#define STUDIO  "{'op':'background','fill':'studio','color':'#ffffff'}"
#define CONTACT "{'op':'shadow','kind':'contact','level':'medium'}"

/* A matte that rises over four columns on the left and right of a box, as a lens draws an edge. */
static GBytes *
make_soft_matte (int width,
                 int height)
{
  guint8 *values = g_malloc0 ((gsize) width * height);
  int x, y;

  for (y = height / 4; y < height * 3 / 4; y++)
    for (x = width / 4; x < width * 3 / 4; x++)
      {
        int depth = MIN (x - width / 4, width * 3 / 4 - 1 - x);

        values[y * width + x] = (guint8) MIN (255, (depth + 1) * 51);
      }
  return g_bytes_new_take (values, (gsize) width * height);
}

/* A product of one colour before a background of another, mixed in linear light as a camera does. */
static VipsImage *
make_mixed (GBytes       *matte,
            int           width,
            int           height,
            const double *product,
            const double *behind)
{
  const guint8 *values = g_bytes_get_data (matte, NULL);
  guint8 *pixels = g_malloc ((gsize) width * height * 3);
  g_autoptr (VipsImage) image = NULL;
  VipsImage *out = NULL;
  int i, band;

  for (i = 0; i < width * height; i++)
    for (band = 0; band < 3; band++)
      {
        double a = values[i] / 255.0;
        double light = a * reshoot_decode (product[band] / 255)
                       + (1 - a) * reshoot_decode (behind[band] / 255);

        pixels[i * 3 + band] = (guint8) (reshoot_encode (light) * 255 + 0.5);
      }
  image = vips_image_new_from_memory_copy (pixels, (gsize) width * height * 3, width, height, 3,
                                           VIPS_FORMAT_UCHAR);
  g_free (pixels);
  g_assert_cmpint (vips_copy (image, &out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL), ==, 0);
  return out;
}

static ReshootWork *
start_with (VipsImage *source,
            GBytes    *matte)
{
  g_autoptr (GError) error = NULL;
  ReshootWork *work = reshoot_work_new (source, NULL, &error);

  g_assert_no_error (error);
  reshoot_work_set_matte (work, matte, source->Xsize, source->Ysize, &error);
  g_assert_no_error (error);
  return work;
}

static void
test_studio (void)
{
  g_autoptr (VipsImage) source = bench_make_grey (160, 120, 60);
  g_autoptr (VipsImage) result = bench_run (source, TRUE, STUDIO "," CONTACT);
  int x, floor_level = bench_get (result, 2, 118, 1), contact = bench_get (result, 80, 91, 1);

  for (x = 0; x < 160; x++)
    bench_assert_pixel (result, x, 0, 255, 255, 255);
  g_assert_cmpint (floor_level, >=, 242);
  g_assert_cmpint (floor_level, <=, 253);
  g_assert_cmpint (contact, <, floor_level - 25);
  g_assert_cmpint (abs (bench_get (result, 2, 118, 0) - floor_level), <=, 1);
  g_assert_cmpint (abs (bench_get (result, 2, 118, 2) - floor_level), <=, 1);
  bench_assert_pixel (result, 80, 60, 60, 60, 60);
}

static void
test_shadow_levels (void)
{
  static const char *const levels[] = { "slight", "medium", "strong" };
  g_autoptr (VipsImage) source = bench_make_grey (160, 120, 200);
  int last = 200, last_soft = 200;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'op':'shadow','kind':'contact','level':'%s'}", levels[i]);
      g_autoptr (VipsImage) result = bench_run (source, TRUE, json);

      g_assert_cmpint (bench_get (result, 80, 91, 0), <, last);
      g_assert_cmpint (bench_get (result, 80, 92, 0), <, last_soft);
      last = bench_get (result, 80, 91, 0);
      last_soft = bench_get (result, 80, 92, 0);
      bench_assert_pixel (result, 80, 60, 200, 200, 200);
      bench_assert_pixel (result, 4, 4, 200, 200, 200);
    }
}

static void
test_shadow_on_nothing (void)
{
  g_autoptr (VipsImage) source = bench_make_grey (160, 120, 200);
  g_autoptr (VipsImage) cut = bench_run (source, TRUE, "{'op':'background','fill':'transparent'}," CONTACT);

  g_assert_cmpint (bench_get (cut, 80, 91, 3), >, 20);
  g_assert_cmpint (bench_get (cut, 80, 91, 3), <, 240);
  g_assert_cmpint (bench_get (cut, 80, 91, 0), <, 10);
  g_assert_cmpint (bench_get (cut, 4, 4, 3), ==, 0);
  g_assert_cmpint (bench_get (cut, 80, 60, 3), ==, 255);
  bench_assert_pixel (cut, 80, 60, 200, 200, 200);
}

static void
test_product_at_the_bottom (void)
{
  g_autoptr (VipsImage) source = bench_make_grey (80, 60, 200);
  g_autoptr (GError) error = NULL;
  guint8 *values = g_malloc0 (80 * 60);
  g_autoptr (GBytes) matte = NULL;
  g_autoptr (ReshootWork) work = NULL;

  memset (values + 80 * 20, 255, 80 * 40);
  matte = g_bytes_new_take (values, 80 * 60);
  work = start_with (source, matte);
  g_assert_false (bench_try (work, CONTACT, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "product-cut");
}

/* Before a new background an edge pixel is product and new background, and nothing of the old one. */
static void
test_edge_is_clean (void)
{
  static const double colours[][3] = { { 180, 40, 30 }, { 20, 22, 25 }, { 235, 235, 230 } };
  const double beige[3] = { 200, 185, 150 };
  g_autoptr (GBytes) matte = make_soft_matte (240, 160);
  const guint8 *values = g_bytes_get_data (matte, NULL);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      g_autoptr (VipsImage) source = make_mixed (matte, 240, 160, colours[i], beige);
      g_autoptr (ReshootWork) work = start_with (source, matte);
      g_autoptr (GError) error = NULL;
      g_autoptr (VipsImage) result = NULL;
      int x, band;

      bench_try (work, "{'op':'background','fill':'solid','color':'#ffffff'}", &error);
      g_assert_no_error (error);
      result = bench_finish (work);
      for (x = 56; x < 70; x++)
        for (band = 0; band < 3; band++)
          {
            double a = values[80 * 240 + x] / 255.0;
            double light = a * reshoot_decode (colours[i][band] / 255) + 1 - a;

            g_assert_cmpfloat_with_epsilon (bench_get (result, x, 80, band),
                                            reshoot_encode (light) * 255, 3);
          }
    }
}

/* A blurred background knows nothing of the product. */
static void
test_blur_without_glow (void)
{
  const double red[3] = { 220, 20, 20 }, grey[3] = { 120, 120, 120 };
  g_autoptr (GBytes) matte = make_soft_matte (240, 160);
  g_autoptr (VipsImage) source = make_mixed (matte, 240, 160, red, grey);
  g_autoptr (ReshootWork) work = start_with (source, matte);
  g_autoptr (GError) error = NULL;
  g_autoptr (VipsImage) result = NULL;
  int x;

  bench_try (work, "{'op':'background','fill':'blur','level':'strong'}", &error);
  g_assert_no_error (error);
  result = bench_finish (work);
  for (x = 0; x < 59; x++)
    {
      g_assert_cmpint (abs (bench_get (result, x, 80, 0) - 120), <=, 1);
      g_assert_cmpint (abs (bench_get (result, x, 80, 1) - 120), <=, 1);
    }
  bench_assert_pixel (result, 120, 80, 220, 20, 20);
}

static void
test_blur_blurs (void)
{
  g_autoptr (VipsImage) source = vips_image_new_memory (), grey = bench_make_grey (400, 300, 40);
  g_autoptr (VipsImage) result = NULL;
  double white[3] = { 250, 250, 250 };
  int x, steps = 0;

  g_assert_cmpint (vips_image_write (grey, source), ==, 0);
  g_assert_cmpint (vips_draw_rect (source, white, 3, 50, 0, 400, 300, "fill", TRUE, NULL), ==, 0);
  result = bench_run (source, TRUE, "{'op':'background','fill':'blur','level':'medium'}");
  for (x = 30; x < 70; x++)
    {
      g_assert_cmpint (bench_get (result, x + 1, 20, 1), >=, bench_get (result, x, 20, 1) - 1);
      steps += bench_get (result, x, 20, 1) > 60 && bench_get (result, x, 20, 1) < 230;
    }
  g_assert_cmpint (steps, >=, 6);
}

static void
test_gradient (void)
{
  g_autoptr (VipsImage) source = bench_make_grey (100, 200, 60);
  g_autoptr (VipsImage) down = NULL, round = NULL;

  down = bench_run (source, TRUE, "{'op':'background','fill':'gradient','color':'#ffffff',"
                                  "'color2':'#004080'}");
  round = bench_run (source, TRUE, "{'op':'background','fill':'gradient','color':'#ffffff',"
                                   "'color2':'#004080','shape':'radial'}");
  g_assert_cmpint (bench_get (down, 5, 0, 0), >=, 253);
  g_assert_cmpint (bench_get (down, 5, 199, 0), <=, 2);
  g_assert_cmpint (abs (bench_get (down, 5, 199, 2) - 0x80), <=, 2);
  g_assert_cmpint (abs (bench_get (down, 5, 100, 0) - 128), <=, 2);
  g_assert_cmpint (abs (bench_get (down, 95, 100, 0) - bench_get (down, 5, 100, 0)), <=, 1);
  g_assert_cmpint (bench_get (round, 1, 1, 0), <=, 4);
  g_assert_cmpint (bench_get (round, 20, 100, 0), >, 150);
}

/* Once more, on another number of threads: the same bits. */
static void
test_same_bits (void)
{
  static const char *const jsons[] = {
    STUDIO "," CONTACT,
    "{'op':'background','fill':'blur','level':'medium'}",
    ("{'op':'background','fill':'gradient','color':'#ffffff','color2':'#add8e6'},"
     "{'op':'crop','aspect':'1:1','gravity':'product'},{'op':'resize','long_edge':700}"),
    "{'op':'canvas','pad':0.1},{'op':'denoise','dir':'+','level':'slight'}",
  };
  g_autofree char *photo = reshoot_test_sample ("headphones-on-beige.jpg");
  g_autofree char *matte_path = reshoot_test_data_path ("mattes/headphones-on-beige-matte.png");
  g_autoptr (VipsImage) source = vips_image_new_from_file (photo, NULL);
  g_autoptr (VipsImage) matte = vips_image_new_from_file (matte_path, NULL);
  gsize size;
  void *memory = vips_image_write_to_memory (matte, &size);
  g_autoptr (GBytes) values = g_bytes_new_take (memory, size);
  int threads = vips_concurrency_get ();
  guint i, round;

  for (i = 0; i < G_N_ELEMENTS (jsons); i++)
    {
      GBytes *bytes[2] = { NULL, NULL };

      for (round = 0; round < 2; round++)
        {
          g_autoptr (ReshootWork) work = start_with (source, values);
          g_autoptr (GError) error = NULL;
          g_autoptr (VipsImage) result = NULL;

          vips_concurrency_set (round == 0 ? 1 : 3);
          bench_try (work, jsons[i], &error);
          g_assert_no_error (error);
          result = bench_finish (work);
          memory = vips_image_write_to_memory (result, &size);
          bytes[round] = g_bytes_new_take (memory, size);
        }
      g_assert_true (g_bytes_equal (bytes[0], bytes[1]));
      g_bytes_unref (bytes[0]);
      g_bytes_unref (bytes[1]);
    }
  vips_concurrency_set (threads);
}

int
main (int   argc,
      char *argv[])
{
  reshoot_test_init (&argc, &argv);
  g_assert_cmpint (VIPS_INIT (argv[0]), ==, 0);

  g_test_add_func ("/backdrop/studio", test_studio);
  g_test_add_func ("/backdrop/shadow-levels", test_shadow_levels);
  g_test_add_func ("/backdrop/shadow-on-nothing", test_shadow_on_nothing);
  g_test_add_func ("/backdrop/product-at-the-bottom", test_product_at_the_bottom);
  g_test_add_func ("/backdrop/edge-is-clean", test_edge_is_clean);
  g_test_add_func ("/backdrop/blur-without-glow", test_blur_without_glow);
  g_test_add_func ("/backdrop/blur-blurs", test_blur_blurs);
  g_test_add_func ("/backdrop/gradient", test_gradient);
  g_test_add_func ("/backdrop/same-bits", test_same_bits);

  return g_test_run ();
}
