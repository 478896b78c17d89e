/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Operations on flat pictures made here, where the right answer is a number, and on one real photograph with its exact
 * matte, where the product has to come out bit for bit. */

#include "operations-bench.h"
#include "reshoot-test.h"

#include <math.h>
#include <string.h>

static int
to_8 (double light)
{
  return (int) (CLAMP (reshoot_encode (light), 0, 1) * 255 + 0.5);
}

static void
test_exposure (void)
{
  g_autoptr (VipsImage) grey = bench_make_grey (40, 30, 100);
  g_autoptr (VipsImage) white = bench_make_grey (40, 30, 255);
  g_autoptr (VipsImage) up = bench_run (grey, FALSE, "{'op':'exposure','ev':0.5}");
  g_autoptr (VipsImage) down = bench_run (grey, FALSE, "{'op':'exposure','dir':'-','level':'strong'}");
  g_autoptr (VipsImage) top = bench_run (white, FALSE, "{'op':'exposure','ev':1}");
  int half = to_8 (reshoot_decode (100 / 255.0) * sqrt (2));
  int less = to_8 (reshoot_decode (100 / 255.0) / 2);

  bench_assert_pixel (up, 0, 0, half, half, half);
  bench_assert_pixel (up, 39, 29, half, half, half);
  bench_assert_pixel (down, 20, 10, less, less, less);
  bench_assert_pixel (top, 20, 10, 255, 255, 255);
}

/* Highlights that a change of tone takes are counted; what was white before is not lost by it. */
static void
test_clipped (void)
{
  const double bright[3] = { 255, 250, 200 };
  g_autoptr (VipsImage) white = bench_make_grey (40, 30, 255);
  g_autoptr (VipsImage) yellow = bench_make_flat (40, 30, VIPS_FORMAT_UCHAR, 3, bright);
  g_autoptr (VipsImage) grey = bench_make_grey (40, 30, 250);
  VipsImage *pictures[] = { white, yellow, grey };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr (ReshootWork) work = bench_start (pictures[i], FALSE);
      g_autoptr (GError) error = NULL;

      bench_try (work, "{'op':'exposure','ev':3}", &error);
      g_assert_no_error (error);
      g_assert_cmpfloat (json_object_get_double_member (work->facts, "clipped"), ==, i == 2 ? 1 : 0);
    }
}

static void
test_saturation (void)
{
  const double red[3] = { 200, 80, 60 };
  g_autoptr (VipsImage) source = bench_make_flat (16, 16, VIPS_FORMAT_UCHAR, 3, red);
  g_autoptr (VipsImage) grey = bench_run (source, FALSE, "{'op':'saturation','percent':-100}");
  g_autoptr (VipsImage) mono = bench_run (source, FALSE, "{'op':'monochrome'}");
  double luma = 0.2126729 * reshoot_decode (200 / 255.0) + 0.7151522 * reshoot_decode (80 / 255.0) +
                0.0721750 * reshoot_decode (60 / 255.0);

  bench_assert_pixel (grey, 3, 3, to_8 (luma), to_8 (luma), to_8 (luma));
  bench_assert_pixel (mono, 3, 3, to_8 (luma), to_8 (luma), to_8 (luma));
}

static void
test_solid_is_exact (void)
{
  g_autoptr (VipsImage) source = bench_make_grey (80, 60, 90);
  g_autoptr (VipsImage) result = bench_run (source, TRUE, "{'op':'background','fill':'solid','color':'#f4efe6'}");
  int x, y;

  for (y = 0; y < 60; y++)
    for (x = 0; x < 80; x++)
      if (x >= 21 && x < 60 && y >= 15 && y < 45)
        bench_assert_pixel (result, x, y, 90, 90, 90);
      else if (x < 20 || x >= 60 || y < 15 || y >= 45)
        bench_assert_pixel (result, x, y, 0xf4, 0xef, 0xe6);
  g_assert_cmpint (result->Bands, ==, 3);
}

static void
test_transparent (void)
{
  g_autoptr (VipsImage) source = bench_make_grey (80, 60, 90);
  g_autoptr (VipsImage) result = bench_run (source, TRUE, "{'op':'background','fill':'transparent'}");

  g_assert_cmpint (result->Bands, ==, 4);
  g_assert_cmpint (bench_get (result, 0, 0, 3), ==, 0);
  g_assert_cmpint (bench_get (result, 20, 30, 3), ==, 128);
  g_assert_cmpint (bench_get (result, 40, 30, 3), ==, 255);
  bench_assert_pixel (result, 40, 30, 90, 90, 90);
}

static const char *const everywhere_behind[] = {
  "{'op':'background','fill':'studio','color':'#ffffff'},{'op':'shadow','kind':'contact'}",
  "{'op':'background','fill':'solid','color':'#102030'}",
  "{'op':'background','fill':'gradient','color':'#ffffff','color2':'#add8e6'}",
  "{'op':'background','fill':'transparent'}",
  "{'op':'background','fill':'blur','level':'strong'}",
  "{'op':'shadow','kind':'drop','level':'strong'}",
  "{'op':'saturation','percent':-100,'scope':'background'}",
};

/* A photograph with a matte: nothing that works behind the product changes a bit of it, in 8 and in 16 bit. */
static void
check_product_kept (gboolean deep)
{
  g_autofree char *photo = reshoot_test_sample ("headphones-on-beige.jpg");
  g_autofree char *matte_path = reshoot_test_data_path ("mattes/headphones-on-beige-matte.png");
  g_autoptr (VipsImage) loaded = vips_image_new_from_file (photo, NULL);
  g_autoptr (VipsImage) matte = vips_image_new_from_file (matte_path, NULL);
  g_autoptr (VipsImage) source = NULL, wide = NULL, eroded = NULL;
  gsize size;
  void *memory;
  g_autoptr (GBytes) values = NULL;
  guint i;

  g_assert_nonnull (loaded);
  g_assert_nonnull (matte);
  if (deep)
    {
      g_assert_cmpint (vips_colourspace (loaded, &wide, VIPS_INTERPRETATION_RGB16, NULL), ==, 0);
      source = vips_image_copy_memory (wide);
    }
  else
    source = vips_image_copy_memory (loaded);
  g_assert_cmpint (vips_rank (matte, &eroded, 5, 5, 0, NULL), ==, 0);
  memory = vips_image_write_to_memory (matte, &size);
  values = g_bytes_new_take (memory, size);

  for (i = 0; i < G_N_ELEMENTS (everywhere_behind); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootWork) work = reshoot_work_new (source, NULL, &error);
      g_autoptr (VipsImage) result = NULL, inside = NULL;
      int x, y, kept = 0, changed = 0;

      g_assert_true (reshoot_work_set_matte (work, values, source->Xsize, source->Ysize, &error));
      bench_try (work, everywhere_behind[i], &error);
      g_assert_no_error (error);
      result = bench_finish (work);
      inside = vips_image_copy_memory (eroded);
      g_assert_cmpint (result->BandFmt, ==, source->BandFmt);
      for (y = 0; y < source->Ysize; y++)
        for (x = 0; x < source->Xsize; x++)
          {
            gboolean same = bench_get (source, x, y, 0) == bench_get (result, x, y, 0)
                            && bench_get (source, x, y, 1) == bench_get (result, x, y, 1)
                            && bench_get (source, x, y, 2) == bench_get (result, x, y, 2);

            if (*VIPS_IMAGE_ADDR (inside, x, y) == 255)
              {
                g_assert_true (same);
                kept++;
              }
            else if (!same)
              changed++;
          }
      g_assert_cmpint (kept, >, 100000);
      g_assert_cmpint (changed, >, 1000);
    }
}

static void
test_product_kept (void)
{
  check_product_kept (FALSE);
}

static void
test_product_kept_deep (void)
{
  check_product_kept (TRUE);
}

/* A picture that is grey but for one dot of four by four pixels; the affine has to lead to it. */
static void
check_affine (const char *json,
              gboolean    matte)
{
  g_autoptr (VipsImage) grey = bench_make_grey (120, 90, 100), source = NULL, result = NULL;
  g_autoptr (ReshootWork) work = NULL;
  g_autoptr (GError) error = NULL;
  double ink[3] = { 255, 0, 0 }, x, y, sum_x = 0, sum_y = 0, sum = 0;
  int i, j;

  source = vips_image_copy_memory (grey);
  g_assert_cmpint (vips_draw_rect (source, ink, 3, 50, 40, 4, 4, "fill", TRUE, NULL), ==, 0);
  work = bench_start (source, matte);
  bench_try (work, json, &error);
  g_assert_no_error (error);
  result = bench_finish (work);

  for (j = 0; j < result->Ysize; j++)
    for (i = 0; i < result->Xsize; i++)
      {
        double red = MAX (0, bench_get (result, i, j, 0) - bench_get (result, i, j, 1) - 40);

        sum_x += red * (i + 0.5);
        sum_y += red * (j + 0.5);
        sum += red;
      }
  g_assert_cmpfloat (sum, >, 0);
  x = work->affine[0] * 52 + work->affine[1] * 42 + work->affine[2];
  y = work->affine[3] * 52 + work->affine[4] * 42 + work->affine[5];
  g_assert_cmpfloat_with_epsilon (sum_x / sum, x, 0.12);
  g_assert_cmpfloat_with_epsilon (sum_y / sum, y, 0.12);
}

static void
test_affine (void)
{
  static const char *const changes[] = {
    "{'op':'flip','axis':'horizontal'}",
    "{'op':'flip','axis':'vertical'}",
    "{'op':'rotate','deg':90}",
    "{'op':'rotate','deg':180}",
    "{'op':'rotate','deg':-90}",
    "{'op':'rotate','deg':3}",
    "{'op':'rotate','deg':-7.5}",
    "{'op':'rotate','deg':100}",
    "{'op':'straighten','angle':2}",
    "{'op':'crop','aspect':'1:1','gravity':'product'}",
    "{'op':'crop','aspect':'16:9','gravity':'center'}",
    "{'op':'canvas','aspect':'16:9'}",
    "{'op':'canvas','pad':0.1,'color':'#ffffff'}",
    "{'op':'frame','fill':'tight'}",
    "{'op':'frame','fill':0.3,'aspect':'1:1'}",
    "{'op':'resize','long_edge':60}",
    "{'op':'resize','long_edge':313}",
    "{'op':'upscale','factor':2}",
    "{'op':'resize','width':60,'height':60}",
    ("{'op':'flip','axis':'horizontal'},{'op':'crop','aspect':'1:1'},"
     "{'op':'resize','long_edge':200}"),
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_test_message ("%s", changes[i]);
      check_affine (changes[i], TRUE);
    }
}

int
main (int   argc,
      char *argv[])
{
  reshoot_test_init (&argc, &argv);
  g_assert_cmpint (VIPS_INIT (argv[0]), ==, 0);

  g_test_add_func ("/operations/exposure", test_exposure);
  g_test_add_func ("/operations/clipped", test_clipped);
  g_test_add_func ("/operations/saturation", test_saturation);
  g_test_add_func ("/operations/solid-is-exact", test_solid_is_exact);
  g_test_add_func ("/operations/transparent", test_transparent);
  g_test_add_func ("/operations/product-kept", test_product_kept);
  g_test_add_func ("/operations/product-kept-deep", test_product_kept_deep);
  g_test_add_func ("/operations/affine", test_affine);

  return g_test_run ();
}
