/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The candidates of the row that is shown: a cell each, all over one viewport and with one divider, in the chosen
 * order, and what is said below them. */

#include "config.h"

#include "reshoot-row-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* Long edge of the first, quick decoding while there are no sizes yet, in pixels. */
#define FIRST_EDGE 640

/* What there is to see is what any of them shows. */
static void
update_bounds (ReshootRowView *self)
{
  graphene_rect_t bounds;

  if (!reshoot_row_get_bounds (self->row, &bounds))
    return;

  reshoot_viewport_set_bounds (self->viewport, &bounds);
  reshoot_row_grid_set_aspect (self->grid, bounds.size.width / bounds.size.height);
}

static void
cell_focused_cb (GtkEventController *controller,
                 ReshootRowView     *self)
{
  ReshootRowCell *cell = RESHOOT_ROW_CELL (gtk_event_controller_get_widget (controller));

  reshoot_row_view_select (self, reshoot_row_cell_get_step (cell));
}

static void
cell_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 gpointer         user_data)
{
  gtk_widget_grab_focus (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
}

static void
step_changed_cb (ReshootRowView *self)
{
  update_bounds (self);
  reshoot_row_view_update_line (self);
}

static void
add_cell (ReshootRowView *self,
          ReshootStep    *step)
{
  g_autofree char *name = reshoot_row_dup_name (self->row, self->catalogue, step);
  GtkWidget *cell = reshoot_row_cell_new (self->project, step, name);
  ReshootCanvas *canvas = reshoot_row_cell_get_canvas (RESHOOT_ROW_CELL (cell));
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  reshoot_canvas_set_viewport (canvas, self->viewport);
  if (self->cells->len > 0)
    g_object_bind_property (reshoot_row_cell_get_canvas (self->cells->pdata[0]), "divider",
                            canvas, "divider", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (self->gain, "value", canvas, "gain", G_BINDING_SYNC_CREATE);
  gtk_size_group_add_widget (self->captions,
                             reshoot_row_cell_get_caption (RESHOOT_ROW_CELL (cell)));

  g_signal_connect_object (focus, "enter", G_CALLBACK (cell_focused_cb), self, 0);
  gtk_widget_add_controller (cell, focus);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (cell_pressed_cb), NULL);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (click));

  g_signal_connect_object (step, "notify::state", G_CALLBACK (step_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reshoot_row_view_show_ticks (self, RESHOOT_ROW_CELL (cell));
  gtk_widget_set_parent (cell, GTK_WIDGET (self->grid));
  g_ptr_array_add (self->cells, cell);
}

static void
remove_cell (ReshootRowView *self,
             guint           index)
{
  GtkWidget *cell = g_ptr_array_steal_index (self->cells, index);
  ReshootStep *step = reshoot_row_cell_get_step (RESHOOT_ROW_CELL (cell));

  g_signal_handlers_disconnect_by_func (step, step_changed_cb, self);
  if (self->selected == step)
    self->selected = NULL;

  reshoot_row_cell_hide (RESHOOT_ROW_CELL (cell));
  gtk_widget_unparent (cell);
}

static double
get_price (ReshootStep *step)
{
  const ReshootPrice *price = reshoot_step_get_price (step);
  ReshootMoney known = price->settled >= 0 ? price->settled : price->quoted;

  known = known >= 0 ? known : price->estimate;
  return known >= 0 ? reshoot_money_to_dollars (known) : INFINITY;
}

/* Least first; what is not known comes last. */
static double
get_rank (ReshootRowView *self,
          ReshootStep    *step)
{
  switch (self->sort)
    {
    case RESHOOT_ROW_SORT_PRICE:
      return get_price (step);
    case RESHOOT_ROW_SORT_TIME:
      return isnan (reshoot_step_get_seconds (step)) ? INFINITY : reshoot_step_get_seconds (step);
    case RESHOOT_ROW_SORT_RATING:
      return -reshoot_step_get_rating (step);
    case RESHOOT_ROW_SORT_ASKED:
    default:
      return 0;
    }
}

static int
compare_cells (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  ReshootStep *first = reshoot_row_cell_get_step (*(ReshootRowCell *const *) a);
  ReshootStep *second = reshoot_row_cell_get_step (*(ReshootRowCell *const *) b);
  double first_rank = get_rank (user_data, first);
  double second_rank = get_rank (user_data, second);

  if (first_rank < second_rank || first_rank > second_rank)
    return first_rank < second_rank ? -1 : 1;

  return reshoot_step_get_id (first) < reshoot_step_get_id (second) ? -1 : 1;
}

/* Only when it is asked for: what finishes later must not make the others jump. */
void
reshoot_row_view_sort_cells (ReshootRowView *self)
{
  GtkWidget *before = NULL;

  g_ptr_array_sort_with_data (self->cells, compare_cells, self);
  for (guint i = 0; i < self->cells->len; i++)
    {
      gtk_widget_insert_after (self->cells->pdata[i], GTK_WIDGET (self->grid), before);
      before = self->cells->pdata[i];
    }

  gtk_widget_queue_resize (GTK_WIDGET (self->grid));
}

static void
drop_source (ReshootRowView *self)
{
  if (self->source != NULL)
    reshoot_picture_cancel (self->source);

  g_clear_object (&self->source);
}

static int
get_first_edge (ReshootRowView *self)
{
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int edge = 0;

  if (self->cells->len > 0)
    edge = MAX (gtk_widget_get_width (self->cells->pdata[0]),
                gtk_widget_get_height (self->cells->pdata[0]));

  return edge > 0 ? edge * scale_factor : FIRST_EDGE * scale_factor;
}

/* Pictures are there as long as somebody looks, and the source only in a mode that shows it. */
void
reshoot_row_view_update_cells (ReshootRowView *self)
{
  gboolean is_seen = gtk_widget_get_mapped (GTK_WIDGET (self)) && self->row != NULL;
  gboolean needs_source = is_seen && self->mode != RESHOOT_ROW_MODE_ALONE;
  int edge = get_first_edge (self);
  ReshootStep *source = self->row != NULL ? reshoot_row_get_source (self->row) : NULL;

  if (!needs_source || (self->source != NULL
                        && g_strcmp0 (reshoot_picture_get_digest (self->source),
                                      reshoot_step_get_digest (source)) != 0))
    drop_source (self);
  if (needs_source && self->source == NULL && reshoot_step_get_digest (source) != NULL)
    self->source = reshoot_picture_new_for_step (self->project, source, edge);

  gtk_stack_set_visible_child_name (self->below, self->mode == RESHOOT_ROW_MODE_DIFFERENCE
                                                 ? "gain" : "line");
  for (guint i = 0; i < self->cells->len; i++)
    if (is_seen)
      reshoot_row_cell_show (self->cells->pdata[i], self->source, self->mode, edge);
    else
      reshoot_row_cell_hide (self->cells->pdata[i]);
}

/* Money first: of a long line that is what must be seen. */
static char *
dup_line (ReshootRowView *self,
          gboolean        in_full)
{
  g_autofree char *spent = reshoot_row_dup_spent (self->row);
  g_autofree char *unequal = NULL;
  g_autofree char *words = NULL;

  /* Different words need no equal settings. */
  if (reshoot_row_get_words (self->row) != NULL)
    unequal = reshoot_row_dup_unequal (self->row, self->catalogue, in_full);
  if (unequal == NULL)
    return g_steal_pointer (&spent);

  /* Translators: %s is a list of settings, such as “Seed, Shape”. */
  words = g_strdup_printf (_("Not equal across models: %s"), unequal);
  return spent != NULL ? g_strdup_printf ("%s · %s", spent, words) : g_steal_pointer (&words);
}

void
reshoot_row_view_update_line (ReshootRowView *self)
{
  g_autofree char *text = self->row != NULL ? dup_line (self, FALSE) : NULL;
  g_autofree char *tooltip = self->row != NULL ? dup_line (self, TRUE) : NULL;

  gtk_label_set_text (self->line, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->line), tooltip);
}

void
reshoot_row_view_select (ReshootRowView *self,
                         ReshootStep    *step)
{
  self->selected = step;
  for (guint i = 0; i < self->cells->len; i++)
    reshoot_row_cell_set_selected (self->cells->pdata[i],
                                   reshoot_row_cell_get_step (self->cells->pdata[i]) == step);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.pick-selected",
                                 step != NULL && reshoot_step_get_digest (step) != NULL);
}

/* The one that is worked from, or the first that can be. */
static ReshootStep *
find_first (ReshootRowView *self)
{
  ReshootStep *head = reshoot_history_get_head (reshoot_project_get_history (self->project));
  ReshootStep *first = NULL;

  for (guint i = 0; i < self->cells->len; i++)
    {
      ReshootStep *step = reshoot_row_cell_get_step (self->cells->pdata[i]);

      if (step == head)
        return step;
      if (first == NULL && reshoot_step_get_digest (step) != NULL)
        first = step;
    }

  return first;
}

/* Shows @row. Of the same row only what is new comes and what is gone goes. */
void
reshoot_row_view_show_row (ReshootRowView *self,
                           ReshootRow     *row)
{
  GPtrArray *steps = row != NULL ? reshoot_row_get_steps (row) : NULL;
  gboolean is_same = row != NULL && self->row != NULL && reshoot_row_is_same (self->row, row);

  for (guint i = self->cells->len; i > 0; i--)
    if (!is_same || !g_ptr_array_find (steps, reshoot_row_cell_get_step (self->cells->pdata[i - 1]),
                                       NULL))
      remove_cell (self, i - 1);

  g_set_object (&self->row, row);
  for (guint i = 0; row != NULL && i < steps->len; i++)
    {
      gboolean is_there = FALSE;

      for (guint j = 0; j < self->cells->len && !is_there; j++)
        is_there = reshoot_row_cell_get_step (self->cells->pdata[j]) == steps->pdata[i];
      if (!is_there)
        add_cell (self, steps->pdata[i]);
    }

  if (row != NULL)
    update_bounds (self);
  if (!is_same)
    {
      reshoot_viewport_fit (self->viewport);
      reshoot_row_view_sort_cells (self);
    }

  if (self->selected == NULL && row != NULL)
    reshoot_row_view_select (self, find_first (self));
  else
    reshoot_row_view_select (self, self->selected);

  gtk_widget_queue_resize (GTK_WIDGET (self->grid));
  reshoot_row_view_update_cells (self);
  reshoot_row_view_update_line (self);
}
