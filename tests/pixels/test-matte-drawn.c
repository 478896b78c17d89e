/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The cut-out of drawn products on drawn sweeps, whose exact matte is known: gradients, vignettes, grain, soft shadows,
 * rings, several products, and pictures with nothing to find. */

#include "reshoot-image-vips.h"
#include "reshoot-matte.h"
#include "reshoot-test.h"

#include <math.h>
#include <string.h>

#define WIDTH 900
#define HEIGHT 675

typedef enum
{
  SHAPE_NONE,
  SHAPE_DISC,
  SHAPE_BLOCK,
  SHAPE_RING,
} Shape;

typedef struct
{
  Shape shape;
  int   x, y;          /* the middle */
  int   size;          /* half the width */
  int   colour[3];
  int   edge;          /* how much darker the outline is */
} Product;

typedef struct
{
  const char *name;
  int         paper[3];
  int         fall;        /* levels that the light loses from top to bottom */
  int         vignette;    /* levels that it loses in the corners */
  double      grain;       /* standard deviation, in levels */
  double      shadow;      /* share of the light that is taken below a product */
  guint       n_products;  /* as they should be counted */
  double      least;       /* overlap */
  Product     products[4];
} Drawing;

static const Drawing drawings[] = {
  { "disc-on-grey-gradient", { 200, 200, 200 }, 40, 0, 1.5, 0.0, 1, 0.985,
    { { SHAPE_DISC, 450, 330, 150, { 180, 40, 50 } } } },
  { "block-on-beige-vignette", { 214, 200, 180 }, 10, 30, 2.0, 0.25, 1, 0.985,
    { { SHAPE_BLOCK, 430, 340, 140, { 40, 90, 160 } } } },
  { "ring-on-white", { 240, 240, 240 }, 8, 8, 1.0, 0.0, 1, 0.975,
    { { SHAPE_RING, 450, 330, 190, { 60, 60, 70 } } } },
  { "ring-on-beige", { 205, 190, 165 }, 20, 15, 1.5, 0.0, 1, 0.975,
    { { SHAPE_RING, 450, 330, 190, { 150, 90, 40 } } } },
  { "disc-on-black", { 16, 16, 18 }, 4, 6, 1.5, 0.0, 1, 0.985,
    { { SHAPE_DISC, 450, 330, 170, { 200, 180, 60 } } } },
  { "black-block-on-white", { 244, 244, 244 }, 12, 10, 1.5, 0.3, 1, 0.985,
    { { SHAPE_BLOCK, 450, 330, 150, { 24, 24, 26 } } } },
  { "grey-block-on-white", { 238, 238, 238 }, 12, 10, 1.5, 0.3, 1, 0.985,
    { { SHAPE_BLOCK, 450, 330, 150, { 130, 130, 132 } } } },
  { "white-on-white", { 228, 228, 228 }, 8, 6, 1.0, 0.15, 1, 0.95,
    { { SHAPE_BLOCK, 450, 330, 160, { 250, 250, 250 }, 40 } } },
  { "nearly-the-backdrop", { 200, 185, 160 }, 12, 10, 1.0, 0.2, 1, 0.975,
    { { SHAPE_DISC, 450, 330, 160, { 176, 150, 112 } } } },
  { "two", { 210, 210, 214 }, 20, 15, 1.5, 0.2, 2, 0.98,
    { { SHAPE_DISC, 270, 340, 120, { 170, 50, 60 } },
      { SHAPE_BLOCK, 640, 340, 110, { 40, 110, 80 } } } },
  { "four", { 225, 222, 215 }, 15, 10, 1.5, 0.0, 4, 0.98,
    { { SHAPE_DISC, 230, 190, 80, { 170, 50, 60 } }, { SHAPE_BLOCK, 670, 190, 80, { 40, 110, 80 } },
      { SHAPE_BLOCK, 230, 480, 80, { 60, 60, 140 } },
      { SHAPE_DISC, 670, 480, 80, { 40, 40, 44 } } } },
  { "touches-the-bottom", { 206, 200, 190 }, 20, 10, 1.5, 0.0, 1, 0.98,
    { { SHAPE_BLOCK, 450, 545, 140, { 60, 40, 110 } } } },
};

/* How much of a pixel a product covers. */
static double
cover (const Product *product,
       double         x,
       double         y)
{
  double u = x - product->x + 0.25;      /* no pixel is covered by just a half */
  double v = y - product->y + 0.25;
  double out;

  if (product->shape == SHAPE_NONE)
    return 0.0;
  if (product->shape == SHAPE_BLOCK)
    out = MAX (fabs (u), fabs (v)) - product->size;
  else if (product->shape == SHAPE_DISC)
    out = hypot (u, v) - product->size;
  else
    out = fabs (hypot (u, v) - product->size * 0.8) - product->size * 0.2;

  return CLAMP (0.5 - out, 0.0, 1.0);
}

/* A soft shadow on the ground below and to the right. */
static double
shade (const Product *product,
       double         x,
       double         y)
{
  double u = (x - product->x - 0.5 * product->size) / (1.3 * product->size);
  double v = (y - product->y - product->size) / (0.35 * product->size);

  return product->shape == SHAPE_NONE ? 0.0 : exp (-u * u - v * v);
}

/* Bell-shaped enough. */
static double
grain (GRand *random)
{
  double sum = -6.0;

  for (int i = 0; i < 12; i++)
    sum += g_rand_double (random);

  return sum;
}

static void
draw_pixel (const Drawing *drawing,
            int            x,
            int            y,
            GRand         *random,
            guint8         rgb[3],
            guint8        *truth)
{
  double u = 2.0 * x / WIDTH - 1.0;
  double v = 2.0 * y / HEIGHT - 1.0;
  double light = -drawing->fall * (v + 1.0) / 2.0 - drawing->vignette * (u * u + v * v) / 2.0;
  double shadow = 0.0;
  double all = 0.0;
  double colour[3];

  for (guint k = 0; k < G_N_ELEMENTS (drawing->products); k++)
    shadow = MAX (shadow, drawing->shadow * shade (&drawing->products[k], x, y));
  for (int c = 0; c < 3; c++)
    colour[c] = (drawing->paper[c] + light) * (1.0 - shadow);

  for (guint k = 0; k < G_N_ELEMENTS (drawing->products); k++)
    {
      const Product *product = &drawing->products[k];
      double share = cover (product, x, y);
      Product core = *product;
      double rim;

      core.size -= 4;
      rim = product->edge * (1.0 - cover (&core, x, y));
      for (int c = 0; c < 3; c++)
        colour[c] += share * (product->colour[c] - rim + light / 2.0 - colour[c]);
      all = MAX (all, share);
    }

  for (int c = 0; c < 3; c++)
    rgb[c] = (guint8) CLAMP (lround (colour[c] + drawing->grain * grain (random)), 0, 255);
  *truth = all > 0.5;
}

static ReshootImage *
draw (const Drawing *drawing,
      guint8        *truth)
{
  g_autofree guint8 *rgb = g_malloc ((gsize) WIDTH * HEIGHT * 3);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (VipsImage) vips = NULL;
  g_autoptr (VipsImage) srgb = NULL;
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        gsize i = (gsize) y * WIDTH + x;

        draw_pixel (drawing, x, y, random, rgb + i * 3, truth + i);
      }

  vips = vips_image_new_from_memory (rgb, (gsize) WIDTH * HEIGHT * 3, WIDTH, HEIGHT, 3,
                                     VIPS_FORMAT_UCHAR);
  g_assert_cmpint (vips_copy (vips, &srgb, "interpretation", VIPS_INTERPRETATION_sRGB, NULL), ==, 0);
  image = reshoot_image_new_from_vips (srgb, RESHOOT_IMAGE_FORMAT_PNG, 0, NULL, &error);
  g_assert_no_error (error);
  return image;
}

static ReshootMatte *
find (const Drawing *drawing,
      guint8        *truth)
{
  g_autoptr (ReshootImage) image = draw (drawing, truth);
  g_autoptr (GError) error = NULL;
  ReshootMatte *matte = reshoot_matte_new (image, NULL, NULL, &error);

  g_assert_no_error (error);
  return matte;
}

static void
test_drawing (gconstpointer data)
{
  const Drawing *drawing = data;
  g_autofree guint8 *truth = g_malloc ((gsize) WIDTH * HEIGHT);
  g_autoptr (ReshootMatte) matte = find (drawing, truth);
  const guint8 *values = g_bytes_get_data (reshoot_matte_get_values (matte), NULL);
  double both = 0.0;
  double any = 0.0;

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    {
      both += truth[i] && values[i] > 127;
      any += truth[i] || values[i] > 127;
    }

  g_test_message ("%s: overlap %.4f, confidence %.3f, products %u", drawing->name, both / any,
                  reshoot_matte_get_confidence (matte), reshoot_matte_get_n_products (matte));
  g_assert_cmpfloat (both / any, >=, drawing->least);
  g_assert_true (reshoot_matte_get_confident (matte));
  g_assert_cmpuint (reshoot_matte_get_n_products (matte), ==, drawing->n_products);
}

/* Backdrop alone and noise alone: nothing to be sure of. */
static void
test_nothing (gconstpointer data)
{
  g_autofree guint8 *truth = g_malloc ((gsize) WIDTH * HEIGHT);
  g_autoptr (ReshootMatte) matte = find (data, truth);

  g_test_message ("confidence %.3f", reshoot_matte_get_confidence (matte));
  g_assert_false (reshoot_matte_get_confident (matte));
}

static const Drawing sweep = { "sweep", { 215, 205, 190 }, 30, 20, 1.5, 0.0, 0, 0.0, { { SHAPE_NONE } } };
static const Drawing noise = { "noise", { 128, 128, 128 }, 0, 0, 60.0, 0.0, 0, 0.0, { { SHAPE_NONE } } };
static const Drawing grainy = { "grainy", { 128, 128, 128 }, 0, 0, 10.0, 0.0, 0, 0.0, { { SHAPE_NONE } } };

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  for (guint k = 0; k < G_N_ELEMENTS (drawings); k++)
    {
      g_autofree char *path = g_strconcat ("/matte-drawn/", drawings[k].name, NULL);

      g_test_add_data_func (path, &drawings[k], test_drawing);
    }
  g_test_add_data_func ("/matte-drawn/nothing/sweep", &sweep, test_nothing);
  g_test_add_data_func ("/matte-drawn/nothing/noise", &noise, test_nothing);
  g_test_add_data_func ("/matte-drawn/nothing/grainy", &grainy, test_nothing);

  return g_test_run ();
}
