/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every operation there is: it changes the picture, or it says that it cannot. Tiny and thin pictures, 16 bit, alpha,
 * profiles, and stopping. */

#include "operations-bench.h"
#include "reshoot-test.h"

#include <math.h>
#include <string.h>

static const struct
{
  const char *json;
  gboolean    keeps_size;
} all[] = {
  { "{'op':'background','fill':'solid','color':'#102030'}", TRUE },
  { "{'op':'background','fill':'studio','color':'#f5f5dc'}", TRUE },
  { "{'op':'background','fill':'gradient','color':'#ffffff','color2':'#add8e6'}", TRUE },
  { "{'op':'background','fill':'transparent'}", TRUE },
  { "{'op':'background','fill':'blur','level':'strong'}", TRUE },
  { "{'op':'shadow','kind':'contact','level':'medium'}", TRUE },
  { "{'op':'shadow','kind':'drop','level':'medium'}", TRUE },
  { "{'op':'crop','aspect':'1:1','gravity':'product'}", FALSE },
  { "{'op':'crop','aspect':'1:1','gravity':'center'}", FALSE },
  { "{'op':'crop','aspect':'1:2','gravity':'left'}", FALSE },
  { "{'op':'frame','fill':'tight'}", FALSE },
  { "{'op':'frame','fill':0.85,'aspect':'1:1'}", FALSE },
  { "{'op':'canvas','aspect':'16:9'}", FALSE },
  { "{'op':'canvas','side':'top','level':'medium'}", FALSE },
  { "{'op':'canvas','pad':0.1,'color':'#ffffff'}", FALSE },
  { "{'op':'straighten','angle':2}", FALSE },
  { "{'op':'rotate','deg':90}", FALSE },
  { "{'op':'rotate','deg':3}", FALSE },
  { "{'op':'flip','axis':'horizontal'}", TRUE },
  { "{'op':'flip','axis':'vertical'}", TRUE },
  { "{'op':'resize','long_edge':100}", FALSE },
  { "{'op':'resize','min_long_edge':400}", FALSE },
  { "{'op':'resize','width':64,'height':64}", FALSE },
  { "{'op':'resize','height':33}", FALSE },
  { "{'op':'upscale','factor':2}", FALSE },
  { "{'op':'upscale','width':333}", FALSE },
  { "{'op':'exposure','ev':0.5}", TRUE },
  { "{'op':'exposure','dir':'-','level':'slight'}", TRUE },
  { "{'op':'contrast','dir':'+','level':'medium'}", TRUE },
  { "{'op':'contrast','dir':'-','percent':20}", TRUE },
  { "{'op':'highlights','dir':'-','level':'strong'}", TRUE },
  { "{'op':'shadows','dir':'+','level':'slight'}", TRUE },
  { "{'op':'blacks','dir':'-','level':'medium'}", TRUE },
  { "{'op':'blacks','dir':'+','level':'medium'}", TRUE },
  { "{'op':'temperature','dir':'+','level':'slight'}", TRUE },
  { "{'op':'temperature','dir':'-','level':'strong'}", TRUE },
  { "{'op':'saturation','percent':20}", TRUE },
  { "{'op':'saturation','dir':'-','level':'medium','scope':'product'}", TRUE },
  { "{'op':'vibrance','dir':'+','level':'medium'}", TRUE },
  { "{'op':'sharpen','dir':'+','level':'medium'}", TRUE },
  { "{'op':'sharpen','dir':'-','level':'medium','scope':'background'}", TRUE },
  { "{'op':'denoise','dir':'+','level':'medium'}", TRUE },
  { "{'op':'white_balance','mode':'auto'}", TRUE },
  { "{'op':'white_balance','mode':'auto','against':'background'}", TRUE },
  { "{'op':'auto_tone'}", TRUE },
  { "{'op':'monochrome'}", TRUE },
  { "{'op':'monochrome','tint':'sepia'}", TRUE },
  { "{'op':'recolor','target':'product','to':'#000080'}", TRUE },
  { "{'op':'recolor','target':'color:orange','to':'#00a000'}", TRUE },
  { "{'op':'text','content':'NEW IN','position':'top-left','color':'#ffffff'}", TRUE },
};

/* Something of everything: a shaded warm background with noise, an orange product with a bright and a dark spot. */
static VipsImage *
make_scene (int            width,
            int            height,
            VipsBandFormat format)
{
  int top = format == VIPS_FORMAT_USHORT ? 65535 : 255, x, y, band;
  guint16 *pixels = g_new (guint16, (gsize) width * height * 3);
  g_autoptr (VipsImage) deep = NULL, image = NULL;
  VipsImage *out = NULL;

  for (y = 0; y < height; y++)
    for (x = 0; x < width; x++)
      {
        gboolean product = x >= width / 4 && x < width * 3 / 4
                           && y >= height / 4 && y < height * 3 / 4;
        double shade = 0.75 + 0.2 * x / width + 0.03 * reshoot_noise (x, y, 7);
        double colour[3] = { 0.80 * shade, 0.72 * shade, 0.60 * shade };

        if (product)
          {
            colour[0] = 0.85 * shade;
            colour[1] = 0.45 * shade;
            colour[2] = 0.15 * shade;
          }
        if (product && x < width * 3 / 8)
          {
            colour[0] = y < height / 2 ? 0.93 : 0.06;
            colour[1] = colour[0] * 0.97;
            colour[2] = colour[0] * 0.9;
          }
        for (band = 0; band < 3; band++)
          pixels[((gsize) y * width + x) * 3 + band] = (guint16) (colour[band] * top);
      }

  deep = vips_image_new_from_memory_copy (pixels, (gsize) width * height * 6, width, height, 3,
                                          VIPS_FORMAT_USHORT);
  g_free (pixels);
  g_assert_cmpint (vips_cast (deep, &image, format, NULL), ==, 0);
  g_assert_cmpint (vips_copy (image, &out, "interpretation",
                              top == 255 ? VIPS_INTERPRETATION_sRGB : VIPS_INTERPRETATION_RGB16,
                              NULL), ==, 0);
  return out;
}

static gboolean
is_same (VipsImage *a,
         VipsImage *b)
{
  gsize size_a, size_b;
  g_autofree void *memory_a = vips_image_write_to_memory (a, &size_a);
  g_autofree void *memory_b = vips_image_write_to_memory (b, &size_b);

  return a->Xsize == b->Xsize && size_a == size_b && memcmp (memory_a, memory_b, size_a) == 0;
}

static void
check_changes (VipsBandFormat format)
{
  g_autoptr (VipsImage) source = make_scene (200, 150, format);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (ReshootWork) work = bench_start (source, TRUE);
      g_autoptr (GError) error = NULL;
      g_autoptr (VipsImage) result = NULL;

      g_test_message ("%s", all[i].json);
      bench_try (work, all[i].json, &error);
      g_assert_no_error (error);
      result = bench_finish (work);
      g_assert_false (is_same (source, result));
      g_assert_cmpint (result->BandFmt, ==, format);
      g_assert_cmpuint (json_array_get_length (work->operations), ==, 1);
      if (all[i].keeps_size)
        {
          g_assert_cmpint (result->Xsize, ==, 200);
          g_assert_cmpint (result->Ysize, ==, 150);
        }
    }
}

static void
test_all_change (void)
{
  check_changes (VIPS_FORMAT_UCHAR);
}

static void
test_all_change_deep (void)
{
  check_changes (VIPS_FORMAT_USHORT);
}

/* On the smallest and the thinnest an operation works or fails with an error of its own. */
static void
test_odd_sizes (void)
{
  static const int sizes[][2] = {
    { 1, 1 }, { 2, 1 }, { 1, 5 }, { 3, 2000 }, { 2000, 3 }, { 5, 5 },
  };
  guint i, k;

  for (k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      g_autoptr (VipsImage) source = make_scene (sizes[k][0], sizes[k][1], VIPS_FORMAT_UCHAR);
      guint8 *values = g_malloc ((gsize) sizes[k][0] * sizes[k][1]);
      g_autoptr (GBytes) matte = NULL;

      memset (values, 255, (gsize) sizes[k][0] * sizes[k][1]);
      values[sizes[k][0] * sizes[k][1] - 1] = 0;
      matte = g_bytes_new_take (values, (gsize) sizes[k][0] * sizes[k][1]);
      for (i = 0; i < G_N_ELEMENTS (all); i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (ReshootWork) work = reshoot_work_new (source, NULL, &error);

          g_assert_no_error (error);
          reshoot_work_set_matte (work, matte, sizes[k][0], sizes[k][1], &error);
          g_test_message ("%d × %d: %s", sizes[k][0], sizes[k][1], all[i].json);
          if (bench_try (work, all[i].json, &error))
            {
              g_autoptr (VipsImage) result = bench_finish (work);

              g_assert_cmpint (result->Xsize, >=, 1);
            }
          else
            {
              g_assert_nonnull (error);
              g_assert_cmpint (error->domain, ==, RESHOOT_ERROR);
              g_assert_cmpint (error->code, !=, RESHOOT_ERROR_FAILED);
            }
        }
    }
}

static void
test_cannot (void)
{
  static const struct { const char *json, *reason; } cases[] = {
    { "{'op':'repeat','level':'medium'}", "nothing-to-repeat" },
    { "{'op':'straighten','angle':'auto'}", "not-yet" },
    { "{'op':'shadow','kind':'none'}", "not-yet" },
    { "{'op':'denoise','dir':'-','level':'medium'}", "not-yet" },
    { "{'op':'recolor','target':'color:purple','to':'#00a000'}", "no-such-color" },
    { "{'op':'recolor','target':'color:zaffre','to':'#00a000'}", "not-yet" },
  };
  g_autoptr (VipsImage) source = make_scene (200, 150, VIPS_FORMAT_UCHAR);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ReshootWork) work = bench_start (source, TRUE);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].json);
      g_assert_false (bench_try (work, cases[i].json, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, cases[i].reason);
      g_assert_nonnull (reshoot_error_get_subject (error));
    }
}

static void
test_too_large (void)
{
  g_autoptr (VipsImage) source = make_scene (200, 150, VIPS_FORMAT_UCHAR);
  static const char *const jsons[] = {
    "{'op':'resize','long_edge':60000}", "{'op':'frame','fill':0.01,'aspect':'1:900'}",
    "{'op':'canvas','aspect':'1000:1'}",
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (jsons); i++)
    {
      g_autoptr (ReshootWork) work = bench_start (source, TRUE);
      g_autoptr (GError) error = NULL;

      g_assert_false (bench_try (work, jsons[i], &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_TOO_LARGE);
    }
}

/* What a pixel's own numbers say in the Display P3 that libvips brings along. */
static void
test_profile (void)
{
  const double p3_red[3] = { 234, 51, 35 };
  g_autoptr (VipsImage) flat = bench_make_flat (60, 40, VIPS_FORMAT_UCHAR, 3, p3_red);
  g_autoptr (VipsImage) source = NULL;
  VipsBlob *blob = NULL;
  const void *profile, *kept;
  gsize size, kept_size;
  guint i;
  static const struct { const char *json; int r, g, b; } cases[] = {
    /* sRGB's red is this in P3, and sRGB's grey is P3's grey. */
    { "{'op':'background','fill':'solid','color':'#ff0000'}", 234, 51, 35 },
    { "{'op':'background','fill':'solid','color':'#808080'}", 128, 128, 128 },
    { "{'op':'background','fill':'solid','color':'#ffffff'}", 255, 255, 255 },
  };

  g_assert_cmpint (vips_profile_load ("p3", &blob, NULL), ==, 0);
  profile = vips_blob_get (blob, &size);
  g_assert_cmpint (vips_copy (flat, &source, NULL), ==, 0);
  vips_image_set_blob_copy (source, VIPS_META_ICC_NAME, profile, size);

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VipsImage) result = bench_run (source, TRUE, cases[i].json);

      g_assert_cmpint (vips_image_get_blob (result, VIPS_META_ICC_NAME, &kept, &kept_size), ==, 0);
      g_assert_cmpuint (kept_size, ==, size);
      g_assert_cmpint (memcmp (kept, profile, size), ==, 0);
      g_assert_cmpint (abs (bench_get (result, 1, 1, 0) - cases[i].r), <=, 1);
      g_assert_cmpint (abs (bench_get (result, 1, 1, 1) - cases[i].g), <=, 1);
      g_assert_cmpint (abs (bench_get (result, 1, 1, 2) - cases[i].b), <=, 1);
      bench_assert_pixel (result, 30, 20, 234, 51, 35);
    }
  vips_area_unref (VIPS_AREA (blob));
}

/* A profile that is damaged, cut or of another kind is left out rather than believed. */
static void
test_bad_profiles (void)
{
  g_autoptr (VipsImage) grey = bench_make_grey (20, 20, 100);
  VipsBlob *blob = NULL;
  const guint8 *profile;
  gsize size, cut;

  /* libvips warns of what it cannot read; that is what is asked of it here. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_assert_cmpint (vips_profile_load ("srgb", &blob, NULL), ==, 0);
  profile = vips_blob_get (blob, &size);
  for (cut = 0; cut < size; cut += 37)
    {
      g_autoptr (VipsImage) source = NULL, result = NULL;
      g_autofree guint8 *bad = g_memdup2 (profile, size);

      bad[cut] ^= 0xff;
      g_assert_cmpint (vips_copy (grey, &source, NULL), ==, 0);
      vips_image_set_blob_copy (source, VIPS_META_ICC_NAME, bad, cut % 2 == 0 ? size : cut + 1);
      result = bench_run (source, FALSE, "{'op':'flip','axis':'horizontal'}");
      bench_assert_pixel (result, 0, 0, 100, 100, 100);
      {
        g_autoptr (ReshootWork) work = bench_start (source, FALSE);
        g_autoptr (GError) error = NULL;

        g_assert_nonnull (reshoot_work_get_light (work, &error));
        g_assert_no_error (error);
      }
    }
  vips_area_unref (VIPS_AREA (blob));
}

/* A picture that comes cut out keeps its alpha through tone, and a background goes behind it. */
static void
test_alpha (void)
{
  const double values[4] = { 100, 150, 200, 77 };
  g_autoptr (VipsImage) source = bench_make_flat (40, 30, VIPS_FORMAT_UCHAR, 4, values);
  g_autoptr (VipsImage) brighter = bench_run (source, FALSE, "{'op':'exposure','ev':0.5}");
  g_autoptr (VipsImage) larger = bench_run (source, FALSE, "{'op':'upscale','factor':2}");
  g_autoptr (ReshootWork) work = bench_start (source, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (VipsImage) solid = NULL;

  g_assert_cmpint (bench_get (brighter, 3, 3, 3), ==, 77);
  g_assert_cmpint (bench_get (brighter, 3, 3, 0), >, 100);
  g_assert_cmpint (larger->Bands, ==, 4);
  g_assert_cmpint (bench_get (larger, 41, 33, 3), ==, 77);
  bench_assert_pixel (larger, 41, 33, 100, 150, 200);

  g_assert_true (reshoot_work_set_matte (work, NULL, 0, 0, &error));
  bench_try (work, "{'op':'background','fill':'solid','color':'#000000'}", &error);
  g_assert_no_error (error);
  solid = bench_finish (work);
  g_assert_cmpint (solid->Bands, ==, 3);
  g_assert_cmpint (bench_get (solid, 3, 3, 2), ==,
                   (int) (reshoot_encode (reshoot_decode (200 / 255.0) * 77 / 255) * 255 + 0.5));
}

static void
test_recolor_flat (void)
{
  const double coral[3] = { 230, 100, 80 };
  g_autoptr (VipsImage) source = bench_make_flat (80, 60, VIPS_FORMAT_UCHAR, 3, coral);
  g_autoptr (VipsImage) navy = bench_run (source, TRUE, "{'op':'recolor','target':'product','to':'#000080'}");

  g_assert_cmpint (bench_get (navy, 40, 30, 0), <=, 1);
  g_assert_cmpint (bench_get (navy, 40, 30, 1), <=, 1);
  g_assert_cmpint (abs (bench_get (navy, 40, 30, 2) - 128), <=, 2);
  bench_assert_pixel (navy, 2, 2, 230, 100, 80);
}

static void
test_warmer (void)
{
  g_autoptr (VipsImage) source = bench_make_grey (20, 20, 128);
  g_autoptr (VipsImage) white = bench_make_grey (20, 20, 255);
  g_autoptr (VipsImage) slight = bench_run (source, FALSE, "{'op':'temperature','dir':'+','level':'slight'}");
  g_autoptr (VipsImage) strong = bench_run (source, FALSE, "{'op':'temperature','dir':'+','level':'strong'}");
  g_autoptr (VipsImage) cool = bench_run (source, FALSE, "{'op':'temperature','dir':'-','level':'medium'}");
  g_autoptr (VipsImage) cream = bench_run (white, FALSE, "{'op':'temperature','dir':'+','level':'medium'}");

  g_assert_cmpint (bench_get (slight, 1, 1, 0), >, bench_get (slight, 1, 1, 2) + 3);
  g_assert_cmpint (bench_get (strong, 1, 1, 0), >, bench_get (slight, 1, 1, 0));
  g_assert_cmpint (bench_get (strong, 1, 1, 2), <, bench_get (slight, 1, 1, 2));
  g_assert_cmpint (abs (bench_get (strong, 1, 1, 1) - 128), <=, 3);
  g_assert_cmpint (bench_get (cool, 1, 1, 2), >, bench_get (cool, 1, 1, 0));
  g_assert_cmpint (bench_get (cream, 1, 1, 0), ==, 255);
  g_assert_cmpint (bench_get (cream, 1, 1, 2), <, 245);
}

static void
test_white_balance (void)
{
  const double orange_light[3] = { 190, 160, 120 };
  g_autoptr (VipsImage) source = bench_make_flat (40, 30, VIPS_FORMAT_UCHAR, 3, orange_light);
  g_autoptr (VipsImage) result = bench_run (source, FALSE, "{'op':'white_balance','mode':'auto'}");

  g_assert_cmpint (abs (bench_get (result, 1, 1, 0) - bench_get (result, 1, 1, 2)), <=, 1);
  g_assert_cmpint (abs (bench_get (result, 1, 1, 0) - bench_get (result, 1, 1, 1)), <=, 1);
}

/* A product near the right edge is in a square crop whole, though the square's middle would be elsewhere. */
static void
test_crop_holds_product (void)
{
  g_autoptr (VipsImage) source = bench_make_grey (300, 100, 90);
  guint8 *values = g_malloc0 (300 * 100);
  g_autoptr (GBytes) matte = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootWork) work = reshoot_work_new (source, NULL, &error);
  g_autoptr (VipsImage) result = NULL;
  int y;

  for (y = 20; y < 80; y++)
    memset (values + y * 300 + 210, 255, 85);
  matte = g_bytes_new_take (values, 300 * 100);
  reshoot_work_set_matte (work, matte, 300, 100, &error);
  bench_try (work, "{'op':'crop','aspect':'1:1','gravity':'product'}", &error);
  g_assert_no_error (error);
  result = bench_finish (work);
  g_assert_cmpint (result->Xsize, ==, 100);
  g_assert_cmpint (result->Ysize, ==, 100);
  g_assert_cmpfloat (210 + work->affine[2], >=, 0);
  g_assert_cmpfloat (295 + work->affine[2], <=, 100);
}

static void
test_frame_fills (void)
{
  g_autoptr (VipsImage) source = bench_make_grey (400, 300, 90);
  g_autoptr (VipsImage) tight = bench_run (source, TRUE, "{'op':'frame','fill':'tight'}");
  g_autoptr (VipsImage) square = bench_run (source, TRUE, "{'op':'frame','fill':0.5,'aspect':'1:1'}");
  g_autoptr (VipsImage) amazon = NULL;

  g_assert_cmpint (tight->Xsize, ==, 200);
  g_assert_cmpint (tight->Ysize, ==, 150);
  g_assert_cmpint (square->Xsize, ==, 400);
  g_assert_cmpint (square->Ysize, ==, 400);
  bench_assert_pixel (square, 0, 0, 90, 90, 90);

  amazon = bench_run (source, TRUE, "{'op':'background','fill':'solid','color':'#ffffff'},"
                                    "{'op':'frame','fill':0.85,'aspect':'1:1'},{'op':'resize','min_long_edge':1600}");
  g_assert_cmpint (amazon->Xsize, ==, 1600);
  g_assert_cmpint (amazon->Ysize, ==, 1600);
  bench_assert_pixel (amazon, 0, 0, 255, 255, 255);
  bench_assert_pixel (amazon, 1599, 1599, 255, 255, 255);
}

/* White stays white though the picture is warmed in the same breath, whatever the order of the words. */
static void
test_order (void)
{
  g_autoptr (VipsImage) source = bench_make_grey (80, 60, 128);
  g_autoptr (VipsImage) result = bench_run (source, TRUE,
                                            "{'op':'background','fill':'solid','color':'#ffffff'},"
                                            "{'op':'temperature','dir':'+','level':'medium'},"
                                            "{'op':'crop','aspect':'1:1','gravity':'product'}");

  g_assert_cmpint (result->Xsize, ==, 60);
  bench_assert_pixel (result, 1, 1, 255, 255, 255);
  g_assert_cmpint (bench_get (result, 30, 30, 0), >, bench_get (result, 30, 30, 2));
}

static void
test_text_place (void)
{
  g_autoptr (VipsImage) source = bench_make_grey (400, 300, 128);
  g_autoptr (VipsImage) result = bench_run (source, FALSE, "{'op':'text','content':'A <b> & C',"
                                            "'position':'bottom-right','color':'#ff0000','weight':'bold'}");
  int x, y, inked = 0;

  for (y = 0; y < 300; y++)
    for (x = 0; x < 400; x++)
      if (bench_get (result, x, y, 0) != 128)
        {
          g_assert_cmpint (x, >, 200);
          g_assert_cmpint (y, >, 240);
          g_assert_cmpint (bench_get (result, x, y, 1), <=, 128);
          inked += bench_get (result, x, y, 0) == 255 && bench_get (result, x, y, 1) == 0;
        }
  g_assert_cmpint (inked, >, 100);
}

static void
test_cancelled (void)
{
  g_autoptr (VipsImage) source = make_scene (200, 150, VIPS_FORMAT_UCHAR);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootWork) work = reshoot_work_new (source, cancellable, &error);
  g_autoptr (GBytes) matte = bench_make_matte (200, 150);

  reshoot_work_set_matte (work, matte, 200, 150, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_false (bench_try (work, "{'op':'background','fill':'studio'}", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  reshoot_test_init (&argc, &argv);
  g_assert_cmpint (VIPS_INIT (argv[0]), ==, 0);

  g_test_add_func ("/all/change", test_all_change);
  g_test_add_func ("/all/change-deep", test_all_change_deep);
  g_test_add_func ("/all/odd-sizes", test_odd_sizes);
  g_test_add_func ("/all/cannot", test_cannot);
  g_test_add_func ("/all/too-large", test_too_large);
  g_test_add_func ("/all/profile", test_profile);
  g_test_add_func ("/all/bad-profiles", test_bad_profiles);
  g_test_add_func ("/all/alpha", test_alpha);
  g_test_add_func ("/all/recolor-flat", test_recolor_flat);
  g_test_add_func ("/all/warmer", test_warmer);
  g_test_add_func ("/all/white-balance", test_white_balance);
  g_test_add_func ("/all/crop-holds-product", test_crop_holds_product);
  g_test_add_func ("/all/frame-fills", test_frame_fills);
  g_test_add_func ("/all/order", test_order);
  g_test_add_func ("/all/text-place", test_text_place);
  g_test_add_func ("/all/cancelled", test_cancelled);

  return g_test_run ();
}
