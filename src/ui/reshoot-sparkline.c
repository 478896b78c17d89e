/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootSparkline: numbers as a line no higher than a line of text, with a dot at the last one. What it shows is said
 * in words too. A number that is not known is a gap. */

#include "reshoot-sparkline.h"

#include <math.h>

#define HEIGHT 28
#define DOT_RADIUS 3.0
#define LINE_WIDTH 2.0

struct _ReshootSparkline
{
  GtkWidget  parent_instance;

  GArray    *values;    /* of double; NAN is a gap */
  double     limit;     /* as much is a matter of concern */
};

G_DEFINE_FINAL_TYPE (ReshootSparkline, reshoot_sparkline, GTK_TYPE_WIDGET)

static double
get_value (ReshootSparkline *self,
           guint             i)
{
  return g_array_index (self->values, double, i);
}

/* The line is never steeper than it matters: the limit is always on the scale. */
static double
get_top (ReshootSparkline *self)
{
  double top = self->limit;

  for (guint i = 0; i < self->values->len; i++)
    if (get_value (self, i) > top)
      top = get_value (self, i);

  return top;
}

static void
place (ReshootSparkline *self,
       guint             i,
       double           *x,
       double           *y)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * DOT_RADIUS;
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * DOT_RADIUS;
  double along = self->values->len > 1 ? (double) i / (self->values->len - 1) : 1;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    along = 1 - along;

  *x = DOT_RADIUS + along * width;
  *y = DOT_RADIUS + height * (1 - get_value (self, i) / get_top (self));
}

static void
draw_limit (ReshootSparkline *self,
            cairo_t          *cr)
{
  const double dashes[] = { 2, 3 };
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * DOT_RADIUS;
  double y = DOT_RADIUS + height * (1 - self->limit / get_top (self));

  cairo_save (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, DOT_RADIUS, y);
  cairo_line_to (cr, gtk_widget_get_width (GTK_WIDGET (self)) - DOT_RADIUS, y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Across gaps it goes straight on; the last number has the dot. */
static void
draw_values (ReshootSparkline *self,
             cairo_t          *cr)
{
  double x = NAN, y = NAN;

  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->values->len; i++)
    if (!isnan (get_value (self, i)))
      {
        place (self, i, &x, &y);
        cairo_line_to (cr, x, y);
      }

  cairo_stroke (cr);
  cairo_arc (cr, x, y, DOT_RADIUS, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
reshoot_sparkline_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  ReshootSparkline *self = RESHOOT_SPARKLINE (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  GdkRGBA color, accent, faint;
  cairo_t *cr;

  if (self->values->len == 0)
    return;

  gtk_style_context_get_color (style, &color);
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = color;

  faint = color;
  faint.alpha *= 0.5f;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_cairo_set_source_rgba (cr, &faint);
  draw_limit (self, cr);
  gdk_cairo_set_source_rgba (cr, &accent);
  draw_values (self, cr);
  cairo_destroy (cr);
}

static void
reshoot_sparkline_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 40;
}

static void
reshoot_sparkline_finalize (GObject *object)
{
  g_array_unref (RESHOOT_SPARKLINE (object)->values);

  G_OBJECT_CLASS (reshoot_sparkline_parent_class)->finalize (object);
}

static void
reshoot_sparkline_class_init (ReshootSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reshoot_sparkline_finalize;
  widget_class->measure = reshoot_sparkline_measure;
  widget_class->snapshot = reshoot_sparkline_snapshot;

  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
reshoot_sparkline_init (ReshootSparkline *self)
{
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->limit = 1;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * reshoot_sparkline_set_values:
 * @self: a sparkline
 * @values: (array length=n): none below 0; NAN where one is not known
 * @n: how many
 * @limit: as much is a matter of concern; more than 0
 * @words: (nullable): what they say, for a tooltip and for who cannot see it
 *
 * Fewer than two known numbers are no line: it is not seen then.
 */
void
reshoot_sparkline_set_values (ReshootSparkline *self,
                              const double     *values,
                              guint             n,
                              double            limit,
                              const char       *words)
{
  guint n_known = 0;

  g_return_if_fail (RESHOOT_IS_SPARKLINE (self) && limit > 0);

  for (guint i = 0; i < n; i++)
    n_known += !isnan (values[i]);

  g_array_set_size (self->values, 0);
  if (n_known > 1)
    g_array_append_vals (self->values, values, n);
  self->limit = limit;

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : "", -1);
  gtk_widget_set_visible (GTK_WIDGET (self), n_known > 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
