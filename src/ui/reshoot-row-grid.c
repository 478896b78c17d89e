/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootRowGrid: children of exactly one size, in as many columns as show their pictures largest. To the pixel, as one
 * viewport serves all of them; a GtkGrid would give what is left over to some. */

#include "reshoot-row-grid.h"

/* Around and between the children, in logical pixels. */
#define GAP 12

/* No child is less than this, in logical pixels; the height as long as nobody says otherwise. */
#define MIN_WIDTH 264
#define MIN_HEIGHT 230

/* What stands below a picture, roughly: only the choice of columns hangs on it. */
#define CAPTION 54

struct _ReshootRowGrid
{
  GtkWidget parent_instance;

  double    aspect;    /* of the pictures: width / height */
  int       least;     /* height of a child, in logical pixels */
  int       columns;   /* as last laid out */
  gboolean  yields;    /* the first child is left out where not all stand in one line */
};

G_DEFINE_FINAL_TYPE (ReshootRowGrid, reshoot_row_grid, GTK_TYPE_WIDGET)

static int
count_children (ReshootRowGrid *self)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_get_visible (child);

  return n;
}

static int
get_most_columns (int n,
                  int width)
{
  return CLAMP ((width - GAP) / (MIN_WIDTH + GAP), 1, MAX (n, 1));
}

/* How many there is room for. */
static int
count_shown (ReshootRowGrid *self,
             int             width)
{
  int n = count_children (self);

  return self->yields && n > 1 && get_most_columns (n, width) < n ? n - 1 : n;
}

static int
get_share (int room,
           int n)
{
  return (room - GAP) / n - GAP;
}

/* The columns in which a picture is seen largest; where nothing fits, those that take the least height. */
static int
choose_columns (ReshootRowGrid *self,
                int             n,
                int             width,
                int             height)
{
  int most = get_most_columns (n, width);
  int best = most;
  double best_width = 0;

  for (int columns = 1; columns <= most; columns++)
    {
      int rows = (n + columns - 1) / columns;
      int child_height = get_share (height, rows);
      double seen = MIN (get_share (width, columns), (child_height - CAPTION) * self->aspect);

      if (child_height >= self->least && seen > best_width)
        {
          best = columns;
          best_width = seen;
        }
    }

  return best;
}

static GtkSizeRequestMode
reshoot_row_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
reshoot_row_grid_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  int least_width = MIN_WIDTH + 2 * GAP;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      int n = MAX (count_children (RESHOOT_ROW_GRID (widget)), 1);

      *minimum = least_width;
      *natural = MIN (n, 3) * (MIN_WIDTH + GAP) + GAP;
    }
  else
    {
      int width = for_size >= 0 ? for_size : least_width;
      int n = MAX (count_shown (RESHOOT_ROW_GRID (widget), width), 1);
      int columns = get_most_columns (n, width);
      int rows = (n + columns - 1) / columns;

      *minimum = *natural = rows * (RESHOOT_ROW_GRID (widget)->least + GAP) + GAP;
    }
}

static void
reshoot_row_grid_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  ReshootRowGrid *self = RESHOOT_ROW_GRID (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int n = count_shown (self, width);
  gboolean leaves_out = n < count_children (self);
  int rows, child_width, child_height;
  int i = 0;

  if (n == 0)
    return;

  self->columns = choose_columns (self, n, width, height);
  rows = (n + self->columns - 1) / self->columns;
  child_width = get_share (width, self->columns);
  child_height = get_share (height, rows);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int column = i % self->columns;
      GtkAllocation place = { 0, GAP + i / self->columns * (child_height + GAP), child_width,
                              child_height };

      if (!gtk_widget_get_visible (child))
        continue;

      if (self->yields && child == gtk_widget_get_first_child (widget))
        gtk_widget_set_child_visible (child, !leaves_out);
      if (!gtk_widget_get_child_visible (child))
        continue;

      i++;
      if (is_rtl)
        column = self->columns - 1 - column;

      place.x = GAP + column * (child_width + GAP);
      /* Who is not asked cannot be given room. */
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (child, &place, -1);
    }
}

static void
reshoot_row_grid_dispose (GObject *object)
{
  reshoot_row_grid_clear (RESHOOT_ROW_GRID (object));

  G_OBJECT_CLASS (reshoot_row_grid_parent_class)->dispose (object);
}

static void
reshoot_row_grid_class_init (ReshootRowGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_row_grid_dispose;
  widget_class->get_request_mode = reshoot_row_grid_get_request_mode;
  widget_class->measure = reshoot_row_grid_measure;
  widget_class->size_allocate = reshoot_row_grid_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "rowgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
reshoot_row_grid_init (ReshootRowGrid *self)
{
  self->aspect = 4.0 / 3.0;
  self->least = MIN_HEIGHT;
  self->columns = 1;
}

/**
 * reshoot_row_grid_set_aspect:
 * @self: a grid
 * @aspect: width of the pictures divided by their height
 */
void
reshoot_row_grid_set_aspect (ReshootRowGrid *self,
                             double          aspect)
{
  g_return_if_fail (RESHOOT_IS_ROW_GRID (self));

  self->aspect = CLAMP (aspect, 0.1, 10);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * reshoot_row_grid_set_least:
 * @self: a grid
 * @height: less than this no child is high, in logical pixels
 */
void
reshoot_row_grid_set_least (ReshootRowGrid *self,
                            int             height)
{
  g_return_if_fail (RESHOOT_IS_ROW_GRID (self));

  self->least = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * reshoot_row_grid_set_yields:
 * @self: a grid
 * @yields: whether the first child is left out where not all of them stand in one line
 */
void
reshoot_row_grid_set_yields (ReshootRowGrid *self,
                             gboolean        yields)
{
  g_return_if_fail (RESHOOT_IS_ROW_GRID (self));

  self->yields = yields;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
reshoot_row_grid_clear (ReshootRowGrid *self)
{
  GtkWidget *child;

  g_return_if_fail (RESHOOT_IS_ROW_GRID (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

/**
 * reshoot_row_grid_get_columns:
 * @self: a grid
 *
 * Returns: in how many columns its children stand
 */
int
reshoot_row_grid_get_columns (ReshootRowGrid *self)
{
  g_return_val_if_fail (RESHOOT_IS_ROW_GRID (self), 1);

  return self->columns;
}
