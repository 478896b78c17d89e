/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A plot as data, and how a sheet of plots is written: as SVG, as PNG, as a table of numbers. */

#include "reshoot-plot.h"

#include "reshoot-error.h"
#include "reshoot-plot-draw.h"

#include <cairo-svg.h>
#include <math.h>

/* In pixels at one to one; a PNG has twice as many. */
#define WIDTH  640.0
#define MARGIN 24.0
#define GAP    28.0
#define SCALE  2.0

static void
bar_free (gpointer data)
{
  ReshootPlotBar *bar = data;

  g_free (bar->label);
  g_free (bar->words);
  g_free (bar);
}

/**
 * reshoot_plot_new:
 * @key: its name for machines
 * @title: what it shows
 * @first: what the bar is
 * @second: (nullable): what lies on top of the bar
 * @whisker: (nullable): what the whisker is
 *
 * Returns: (transfer full): a plot without bars
 */
ReshootPlot *
reshoot_plot_new (const char *key,
                  const char *title,
                  const char *first,
                  const char *second,
                  const char *whisker)
{
  ReshootPlot *self = g_new0 (ReshootPlot, 1);

  self->key = g_strdup (key);
  self->title = g_strdup (title);
  self->first = g_strdup (first);
  self->second = g_strdup (second);
  self->whisker = g_strdup (whisker);
  self->bars = g_ptr_array_new_with_free_func (bar_free);
  return self;
}

/**
 * reshoot_plot_add_bar:
 * @self: a plot
 * @label: whose bar it is
 * @value: its length; %NAN = too little is known
 * @more: what lies on top of it; %NAN = nothing
 * @high: how far the whisker goes; %NAN = none
 * @n: of how many that was counted
 * @words: the same for people
 */
void
reshoot_plot_add_bar (ReshootPlot *self,
                      const char  *label,
                      double       value,
                      double       more,
                      double       high,
                      guint        n,
                      const char  *words)
{
  ReshootPlotBar *bar = g_new0 (ReshootPlotBar, 1);

  *bar = (ReshootPlotBar) { g_strdup (label), value, more, high, n, g_strdup (words) };
  g_ptr_array_add (self->bars, bar);
}

/**
 * reshoot_plot_free:
 * @self: (transfer full): a plot
 */
void
reshoot_plot_free (ReshootPlot *self)
{
  g_free (self->key);
  g_free (self->title);
  g_free (self->first);
  g_free (self->second);
  g_free (self->whisker);
  g_ptr_array_unref (self->bars);
  g_free (self);
}

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static double
get_height (GPtrArray *plots)
{
  double height = 2 * MARGIN - GAP;

  for (guint i = 0; i < plots->len; i++)
    height += reshoot_plot_get_height (plots->pdata[i]) + GAP;

  return MAX (height, 2 * MARGIN);
}

static void
draw_all (GPtrArray       *plots,
          cairo_surface_t *surface,
          double           scale,
          gboolean         is_dark)
{
  cairo_t *cr = cairo_create (surface);
  double ground = is_dark ? 0.133 : 1;

  cairo_scale (cr, scale, scale);
  cairo_set_source_rgb (cr, ground, ground, ground);
  cairo_paint (cr);
  cairo_translate (cr, MARGIN, MARGIN);
  for (guint i = 0; i < plots->len; i++)
    {
      reshoot_plot_draw (plots->pdata[i], cr, WIDTH - 2 * MARGIN, is_dark);
      cairo_translate (cr, 0, reshoot_plot_get_height (plots->pdata[i]) + GAP);
    }

  cairo_destroy (cr);
}

/**
 * reshoot_plots_write:
 * @plots: (element-type ReshootPlot): below each other
 * @format: as what
 * @is_dark: whether on a dark ground
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
reshoot_plots_write (GPtrArray          *plots,
                     ReshootPlotFormat   format,
                     gboolean            is_dark,
                     GError            **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  double height = get_height (plots);
  cairo_surface_t *surface;
  cairo_status_t status;

  if (format == RESHOOT_PLOT_SVG)
    surface = cairo_svg_surface_create_for_stream (write_cb, bytes, WIDTH, height);
  else
    surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (WIDTH * SCALE),
                                          (int) ceil (height * SCALE));

  draw_all (plots, surface, format == RESHOOT_PLOT_SVG ? 1 : SCALE, is_dark);
  status = cairo_surface_status (surface);
  if (format == RESHOOT_PLOT_PNG && status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, write_cb, bytes);

  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));

  reshoot_set_error (error, RESHOOT_ERROR_FAILED, "cairo", NULL, "%s", cairo_status_to_string (status));
  return NULL;
}

/* A spreadsheet takes what begins with one of these for a formula. */
static void
append_quoted (GString    *csv,
               const char *text)
{
  g_string_append_c (csv, '"');
  if (*text != '\0' && strchr ("=+-@\t\r", *text) != NULL)
    g_string_append_c (csv, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *text);
    }
  g_string_append (csv, "\",");
}

static void
append_number (GString *csv,
               double   number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isnan (number))
    g_string_append (csv, g_ascii_formatd (text, sizeof text, "%.10g", number));
  g_string_append_c (csv, ',');
}

/**
 * reshoot_plots_to_csv:
 * @plots: (element-type ReshootPlot): what is drawn
 *
 * The numbers of it, with a point whatever the locale; nothing where too little is known.
 *
 * Returns: (transfer full): a table with its heads
 */
char *
reshoot_plots_to_csv (GPtrArray *plots)
{
  GString *csv = g_string_new ("plot,label,value,more,high,n\r\n");

  for (guint i = 0; i < plots->len; i++)
    {
      const ReshootPlot *plot = plots->pdata[i];

      for (guint k = 0; k < plot->bars->len; k++)
        {
          const ReshootPlotBar *bar = plot->bars->pdata[k];

          append_quoted (csv, plot->key);
          append_quoted (csv, bar->label);
          append_number (csv, bar->value);
          append_number (csv, bar->more);
          append_number (csv, bar->high);
          g_string_append_printf (csv, "%u\r\n", bar->n);
        }
    }

  return g_string_free (csv, FALSE);
}
