/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a plot looks: bars in two of Okabe and Ito's colours, which everybody tells apart, the second also hatched and
 * the whisker a line, so that it reads in gray; what a bar says stands below its name in words, with n. */

#include "reshoot-plot-draw.h"

#include <math.h>
#include <pango/pangocairo.h>

/* In pixels. */
#define TITLE  26.0
#define LEGEND 24.0
#define LABEL  19.0   /* a line of words over its bar */
#define BAR    12.0
#define ROW    (LABEL + BAR + 12)

typedef struct
{
  double red, green, blue;
} Color;

/* Sky blue on dark and blue on light; orange and vermillion beside them. */
static const Color first_colors[] = { { 0, 0.447, 0.698 }, { 0.337, 0.706, 0.914 } };
static const Color second_colors[] = { { 0.835, 0.369, 0 }, { 0.902, 0.624, 0 } };
static const Color text_colors[] = { { 0.12, 0.12, 0.12 }, { 0.95, 0.95, 0.95 } };
static const Color quiet_colors[] = { { 0.35, 0.35, 0.35 }, { 0.75, 0.75, 0.75 } };

static void
set_color (cairo_t *cr,
           Color    color)
{
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
}

/* In one line, what is too long with an ellipsis. Returns: how wide it is. */
static double
draw_words (cairo_t    *cr,
            const char *words,
            double      size,
            gboolean    is_bold,
            double      x,
            double      y,
            double      width,
            gboolean    is_at_end)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_new ();
  int own;

  pango_font_description_set_family (font, "sans-serif");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (MAX (width, 0) * PANGO_SCALE));
  pango_layout_set_text (layout, valid, -1);
  pango_layout_get_pixel_size (layout, &own, NULL);
  cairo_move_to (cr, is_at_end ? x + width - own : x, y);
  pango_layout_set_width (layout, (int) (MIN (own + 1, MAX (width, 0)) * PANGO_SCALE));
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (font);
  g_object_unref (layout);
  return own;
}

static void
draw_bar (cairo_t  *cr,
          double    x,
          double    y,
          double    width,
          gboolean  is_second,
          gboolean  is_dark)
{
  set_color (cr, is_second ? second_colors[is_dark] : first_colors[is_dark]);
  cairo_rectangle (cr, x, y, width, BAR);
  cairo_fill (cr);
  if (!is_second)
    return;

  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, BAR);
  cairo_clip (cr);
  set_color (cr, text_colors[is_dark]);
  cairo_set_line_width (cr, 1.5);
  for (double at = x - BAR; at < x + width; at += 6)
    {
      cairo_move_to (cr, at, y + BAR);
      cairo_line_to (cr, at + BAR, y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_whisker (cairo_t  *cr,
              double    from,
              double    to,
              double    y,
              gboolean  is_dark)
{
  set_color (cr, text_colors[is_dark]);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, from, y + BAR / 2);
  cairo_line_to (cr, to, y + BAR / 2);
  cairo_move_to (cr, to, y + 1);
  cairo_line_to (cr, to, y + BAR - 1);
  cairo_stroke (cr);
}

static void
draw_legend (const ReshootPlot *self,
             cairo_t           *cr,
             double             width,
             gboolean           is_dark)
{
  const char *const words[] = { self->first, self->second, self->whisker };
  double x = 0;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] != NULL)
      {
        if (i < 2)
          draw_bar (cr, x, TITLE + 2, 18, i == 1, is_dark);
        else
          draw_whisker (cr, x, x + 18, TITLE + 2, is_dark);
        set_color (cr, quiet_colors[is_dark]);
        x += 24;
        x += draw_words (cr, words[i], 12, FALSE, x, TITLE, width - x, FALSE) + 18;
      }
}

/* Returns: (nullable): the largest that is to be drawn, at least so much that nothing is divided by 0. */
static double
find_top (const ReshootPlot *self)
{
  double top = 0;

  for (guint i = 0; i < self->bars->len; i++)
    {
      const ReshootPlotBar *bar = self->bars->pdata[i];
      double end = bar->value + (isnan (bar->more) ? 0 : bar->more);

      top = isnan (end) ? top : MAX (top, end);
      top = isnan (bar->high) ? top : MAX (top, bar->high);
    }

  return top > 0 ? top : 1;
}

/**
 * reshoot_plot_get_height:
 * @self: a plot
 *
 * Returns: how high it is, in pixels, however wide
 */
double
reshoot_plot_get_height (const ReshootPlot *self)
{
  return TITLE + LEGEND + self->bars->len * ROW;
}

static void
draw_line (const ReshootPlotBar *bar,
           cairo_t              *cr,
           double                y,
           double                width,
           double                scale,
           gboolean              is_dark)
{
  double said, end = 0;

  set_color (cr, quiet_colors[is_dark]);
  said = draw_words (cr, bar->words, 12, FALSE, width * 0.35, y, width * 0.65, TRUE);
  set_color (cr, text_colors[is_dark]);
  draw_words (cr, bar->label, 13, FALSE, 0, y - 1, width - said - 12, FALSE);

  y += LABEL;
  if (!isnan (bar->value))
    {
      end = bar->value * scale;
      draw_bar (cr, 0, y, end, FALSE, is_dark);
      if (!isnan (bar->more))
        draw_bar (cr, end, y, bar->more * scale, TRUE, is_dark);
      if (!isnan (bar->high))
        draw_whisker (cr, end, bar->high * scale, y, is_dark);
    }

  /* Where the bar stands, also when it is 0 or nothing can be said. */
  set_color (cr, quiet_colors[is_dark]);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, 0.5, y - 1);
  cairo_line_to (cr, 0.5, y + BAR + 1);
  cairo_stroke (cr);
}

/**
 * reshoot_plot_draw:
 * @self: a plot
 * @cr: where its upper left corner is at the origin
 * @width: how wide it may be, in pixels
 * @is_dark: whether it stands on a dark ground
 */
void
reshoot_plot_draw (const ReshootPlot *self,
                   cairo_t           *cr,
                   double             width,
                   gboolean           is_dark)
{
  double scale = (width - 2) / find_top (self);

  is_dark = is_dark != FALSE;
  cairo_save (cr);
  set_color (cr, text_colors[is_dark]);
  draw_words (cr, self->title, 15, TRUE, 0, 0, width, FALSE);
  draw_legend (self, cr, width, is_dark);
  for (guint i = 0; i < self->bars->len; i++)
    draw_line (self->bars->pdata[i], cr, TITLE + LEGEND + i * ROW, width, scale, is_dark);
  cairo_restore (cr);
}
