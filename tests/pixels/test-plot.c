/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A plot is as long as its numbers, reads without colours, says nothing false, and its table is safe. */

#include "reshoot-plot-draw.h"
#include "reshoot-test.h"

#include <math.h>
#include <string.h>

#define WIDTH 402

static ReshootPlot *
make_plot (void)
{
  ReshootPlot *plot = reshoot_plot_new ("failures", "Came to Nothing", "refused", "failed", "up to");

  reshoot_plot_add_bar (plot, "a/long", 0.5, 0.25, 1, 8, "half");
  reshoot_plot_add_bar (plot, "=b\"short", 0.25, NAN, NAN, 4, "a quarter");
  reshoot_plot_add_bar (plot, "c/few", NAN, NAN, NAN, 2, "not enough");
  return plot;
}

static cairo_surface_t *
draw (const ReshootPlot *plot,
      gboolean           is_dark)
{
  int height = (int) reshoot_plot_get_height (plot);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, height);
  cairo_t *cr = cairo_create (surface);

  reshoot_plot_draw (plot, cr, WIDTH, is_dark);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* One pixel of the middle of a bar's lower half, over which no whisker runs; the bars are the rows below the legend. */
static guint32
get_pixel (cairo_surface_t *surface,
           guint            row,
           int              x)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int y = 50 + (int) row * 43 + 19 + 9;

  data += y * cairo_image_surface_get_stride (surface);
  return ((const guint32 *) (const void *) data)[x];
}

static void
test_lengths (void)
{
  g_autoptr (ReshootPlot) plot = make_plot ();

  for (int is_dark = 0; is_dark < 2; is_dark++)
    {
      cairo_surface_t *surface = draw (plot, is_dark);
      guint32 first = get_pixel (surface, 0, 100);
      gboolean is_hatched = FALSE;

      g_assert_cmphex (first >> 24, ==, 0xff);
      g_assert_cmphex (get_pixel (surface, 0, 198), ==, first);
      for (int x = 204; x < 296; x++)
        {
          g_assert_cmphex (get_pixel (surface, 0, x), !=, first);
          is_hatched |= get_pixel (surface, 0, x) != get_pixel (surface, 0, 204);
        }
      g_assert_true (is_hatched);
      g_assert_cmphex (get_pixel (surface, 0, 330), ==, 0);
      g_assert_cmphex (get_pixel (surface, 1, 98), ==, first);
      g_assert_cmphex (get_pixel (surface, 1, 104), ==, 0);
      for (int x = 4; x < WIDTH; x++)
        g_assert_cmphex (get_pixel (surface, 2, x), ==, 0);
      cairo_surface_destroy (surface);
    }
}

static void
test_files (void)
{
  g_autoptr (GPtrArray) plots = g_ptr_array_new_with_free_func ((GDestroyNotify) reshoot_plot_free);
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autofree char *csv = NULL;
  gsize length;

  g_ptr_array_add (plots, make_plot ());
  svg = reshoot_plots_write (plots, RESHOOT_PLOT_SVG, FALSE, NULL);
  png = reshoot_plots_write (plots, RESHOOT_PLOT_PNG, TRUE, NULL);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (svg, &length), (gssize) g_bytes_get_size (svg), "<svg "));
  g_assert_cmpmem (g_bytes_get_data (png, &length), 8, "\x89PNG\r\n\x1a\n", 8);
  csv = reshoot_plots_to_csv (plots);
  g_assert_cmpstr (csv, ==, "plot,label,value,more,high,n\r\n"
                   "\"failures\",\"a/long\",0.5,0.25,1,8\r\n"
                   "\"failures\",\"'=b\"\"short\",0.25,,,4\r\n"
                   "\"failures\",\"c/few\",,,,2\r\n");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  g_test_add_func ("/plot/lengths", test_lengths);
  g_test_add_func ("/plot/files", test_files);
  return g_test_run ();
}
