/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Box means against plain sums, and the filter where its answer is known beforehand. */

#include "reshoot-guided-filter.h"
#include "reshoot-test.h"

#include <math.h>

/* A value of the filtered mask, from the factors and the guide. */
static float
filtered (const float *factors,
          const float *guide,
          gsize        n,
          gsize        i)
{
  float value = factors[3 * n + i];

  for (int c = 0; c < 3; c++)
    value += factors[c * n + i] * guide[c * n + i];

  return value;
}

static void
test_box_mean (void)
{
  static const struct
  {
    int width;
    int height;
    int radius;
  } table[] = { { 1, 1, 3 }, { 7, 5, 0 }, { 7, 5, 1 }, { 9, 4, 6 }, { 3, 20, 2 }, { 30, 2, 5 } };

  for (guint k = 0; k < G_N_ELEMENTS (table); k++)
    {
      int width = table[k].width;
      int height = table[k].height;
      g_autofree float *in = g_new (float, (gsize) width * height);
      g_autofree float *out = g_new (float, (gsize) width * height);

      for (int i = 0; i < width * height; i++)
        in[i] = (float) g_test_rand_double_range (-1.0, 3.0);
      reshoot_box_mean (in, out, width, height, table[k].radius);

      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          {
            int radius = table[k].radius;
            double sum = 0.0;
            int n = 0;

            for (int v = MAX (y - radius, 0); v <= MIN (y + radius, height - 1); v++)
              for (int u = MAX (x - radius, 0); u <= MIN (x + radius, width - 1); u++)
                {
                  sum += in[v * width + u];
                  n++;
                }
            g_assert_cmpfloat_with_epsilon (out[y * width + x], sum / n, 1e-5);
          }
    }
}

/* On a picture without any edge the mask is only smoothed, and its sum stays. */
static void
test_flat (void)
{
  const int width = 40;
  const gsize n = 40 * 40;
  g_autofree float *guide = g_new (float, n * 3);
  g_autofree float *mask = g_new (float, n);
  g_autofree float *factors = g_new (float, n * 4);

  for (gsize i = 0; i < n; i++)
    {
      mask[i] = i % 40 < 20;
      for (int c = 0; c < 3; c++)
        guide[c * n + i] = 0.5f;
    }
  reshoot_guided_filter_fit (guide, mask, factors, width, width, 3, 1e-4f);

  g_assert_cmpfloat_with_epsilon (filtered (factors, guide, n, 20 * 40 + 5), 1.0, 1e-4);
  g_assert_cmpfloat_with_epsilon (filtered (factors, guide, n, 20 * 40 + 35), 0.0, 1e-4);
  g_assert_cmpfloat (filtered (factors, guide, n, 20 * 40 + 20), >, 0.3);
  g_assert_cmpfloat (filtered (factors, guide, n, 20 * 40 + 20), <, 0.7);
}

/* The mask's edge is blurred over four pixels; it comes out as sharp as the picture's, where that is. */
static void
test_edge (void)
{
  const int width = 60;
  const gsize n = 60 * 60;
  g_autofree float *guide = g_new (float, n * 3);
  g_autofree float *mask = g_new (float, n);
  g_autofree float *factors = g_new (float, n * 4);

  for (gsize i = 0; i < n; i++)
    {
      float x = (float) (i % 60);

      mask[i] = CLAMP ((32.0f - x) / 4.0f, 0.0f, 1.0f);
      guide[i] = x < 30 ? 0.8f : 0.3f;
      guide[n + i] = x < 30 ? 0.4f : 0.6f;
      guide[2 * n + i] = x < 30 ? 0.2f : 0.7f;
    }
  reshoot_guided_filter_fit (guide, mask, factors, width, width, 6, 1e-4f);

  for (int y = 10; y < 50; y++)
    {
      float before = filtered (factors, guide, n, y * 60 + 29);
      float after = filtered (factors, guide, n, y * 60 + 30);

      g_assert_cmpfloat (mask[y * 60 + 29] - mask[y * 60 + 30], <, 0.3);
      g_assert_cmpfloat (before, >, 0.8);
      g_assert_cmpfloat (after, <, 0.2);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/guided-filter/box-mean", test_box_mean);
  g_test_add_func ("/guided-filter/flat", test_flat);
  g_test_add_func ("/guided-filter/edge", test_edge);

  return g_test_run ();
}
