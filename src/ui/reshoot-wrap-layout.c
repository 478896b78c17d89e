/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootWrapLayout: children beside each other, as many as fit, the others below, as words in a line; one that is
 * aligned to the end stands at the end of its line. A GtkFlowBox puts its children into columns, in which names of very
 * different length leave holes. */

#include "config.h"

#include "reshoot-wrap-layout.h"

/* In pixels, between children and between lines. */
#define SPACING 6

struct _ReshootWrapLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (ReshootWrapLayout, reshoot_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  int          width;    /* there is to fill */
  int          x;        /* where the next child would begin, counted from the start side */
  int          y;
  int          height;   /* of the line so far */
} Flow;

static int
measure_child (GtkWidget      *child,
               GtkOrientation  orientation,
               int             for_size)
{
  int natural;

  gtk_widget_measure (child, orientation, for_size, NULL, &natural, NULL, NULL);
  return natural;
}

/* Puts the next child. */
static GtkAllocation
flow_add (Flow      *flow,
          GtkWidget *child)
{
  int width = MIN (measure_child (child, GTK_ORIENTATION_HORIZONTAL, -1), flow->width);
  int height = measure_child (child, GTK_ORIENTATION_VERTICAL, width);
  GtkAllocation place;

  if (flow->x > 0 && flow->x + width > flow->width)
    {
      flow->x = 0;
      flow->y += flow->height + SPACING;
      flow->height = 0;
    }

  place = (GtkAllocation) { flow->x, flow->y, width, height };
  flow->x += width + SPACING;
  flow->height = MAX (flow->height, height);
  return place;
}

static GtkSizeRequestMode
reshoot_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                      GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GtkWidget *widget,
               int       *minimum,
               int       *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? SPACING : 0);
    }
}

static void
reshoot_wrap_layout_measure (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             GtkOrientation    orientation,
                             int               for_size,
                             int              *minimum,
                             int              *natural,
                             int              *minimum_baseline,
                             int              *natural_baseline)
{
  Flow flow = { for_size, 0, 0, 0 };

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, natural);
      return;
    }

  /* At no width in particular: as tall as in the least. */
  if (for_size < 0)
    {
      int most = 0;

      measure_width (widget, &flow.width, &most);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      flow_add (&flow, child);

  *minimum = *natural = flow.y + flow.height;
}

static void
reshoot_wrap_layout_allocate (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              int               width,
                              int               height,
                              int               baseline)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Flow flow = { width, 0, 0, 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place;

      if (!gtk_widget_should_layout (child))
        continue;

      place = flow_add (&flow, child);
      if (gtk_widget_get_halign (child) == GTK_ALIGN_END)
        {
          place.x = width - place.width;
          flow.x = width;
        }

      if (rtl)
        place.x = width - place.x - place.width;
      gtk_widget_size_allocate (child, &place, -1);
    }
}

static void
reshoot_wrap_layout_class_init (ReshootWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = reshoot_wrap_layout_get_request_mode;
  layout_class->measure = reshoot_wrap_layout_measure;
  layout_class->allocate = reshoot_wrap_layout_allocate;
}

static void
reshoot_wrap_layout_init (ReshootWrapLayout *self)
{
}
