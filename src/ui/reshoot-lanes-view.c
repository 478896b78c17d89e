/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootLanesView: the dot of one step and the lines that join it to its neighbours. It mirrors with the panel, and
 * takes its colours from the style: the widget's own colour for lines, the accent for the dot. */

#include "reshoot-lanes-view.h"

/* From one lane to the next, and around the first, in logical pixels. */
#define LANE_WIDTH 14

#define DOT_RADIUS 4.5
#define LINE_WIDTH 2.0
#define RIM 2.0

struct _ReshootLanesView
{
  GtkWidget    parent_instance;

  ReshootLanes lanes;
  gboolean     hollow;  /* not done (yet) */
};

G_DEFINE_FINAL_TYPE (ReshootLanesView, reshoot_lanes_view, GTK_TYPE_WIDGET)

static double
get_lane_x (ReshootLanesView *self,
            int               lane)
{
  double x = LANE_WIDTH * (lane + 0.5);

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    return gtk_widget_get_width (GTK_WIDGET (self)) - x;

  return x;
}

static void
draw_line (cairo_t *cr,
           double   x,
           double   top,
           double   bottom)
{
  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x, bottom);
  cairo_stroke (cr);
}

static void
draw_lines (ReshootLanesView *self,
            cairo_t          *cr,
            double            height)
{
  double x = get_lane_x (self, self->lanes.lane);
  double gap = DOT_RADIUS + RIM;
  double middle = height / 2;

  cairo_set_line_width (cr, LINE_WIDTH);
  for (int lane = 0; lane < 32; lane++)
    if ((self->lanes.passing & (1u << lane)) != 0)
      draw_line (cr, get_lane_x (self, lane), 0, height);

  if (self->lanes.joins && self->lanes.parent_lane == self->lanes.lane)
    draw_line (cr, x, 0, middle - gap);
  else if (self->lanes.joins)
    {
      double parent_x = get_lane_x (self, self->lanes.parent_lane);

      cairo_move_to (cr, parent_x, 0);
      cairo_curve_to (cr, parent_x, middle * 0.6, x, middle * 0.2, x, middle - gap);
      cairo_stroke (cr);
    }

  if (self->lanes.continues)
    draw_line (cr, x, middle + gap, height);
}

static void
reshoot_lanes_view_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  ReshootLanesView *self = RESHOOT_LANES_VIEW (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double x = get_lane_x (self, self->lanes.lane);
  GdkRGBA color, accent;
  cairo_t *cr;

  gtk_style_context_get_color (style, &color);
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = color;

  color.alpha *= 0.3f;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gdk_cairo_set_source_rgba (cr, &color);
  draw_lines (self, cr, height);

  gdk_cairo_set_source_rgba (cr, &accent);
  if (self->hollow)
    {
      cairo_arc (cr, x, height / 2, DOT_RADIUS - LINE_WIDTH / 2, 0, 2 * G_PI);
      cairo_stroke (cr);
    }
  else
    {
      cairo_arc (cr, x, height / 2, DOT_RADIUS, 0, 2 * G_PI);
      cairo_fill (cr);
    }

  cairo_destroy (cr);
}

static void
reshoot_lanes_view_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  ReshootLanesView *self = RESHOOT_LANES_VIEW (widget);

  *minimum = LANE_WIDTH;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = (self->lanes.lane + 1) * LANE_WIDTH;
  *natural = *minimum;
}

static void
reshoot_lanes_view_class_init (ReshootLanesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = reshoot_lanes_view_measure;
  widget_class->snapshot = reshoot_lanes_view_snapshot;

  gtk_widget_class_set_css_name (widget_class, "lanes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
reshoot_lanes_view_init (ReshootLanesView *self)
{
}

/**
 * reshoot_lanes_view_set_lanes:
 * @self: a lanes view
 * @lanes: the lines of its row
 * @hollow: whether the dot is a ring: a step without a picture
 */
void
reshoot_lanes_view_set_lanes (ReshootLanesView   *self,
                              const ReshootLanes *lanes,
                              gboolean            hollow)
{
  g_return_if_fail (RESHOOT_IS_LANES_VIEW (self));

  self->lanes = *lanes;
  self->hollow = hollow;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
