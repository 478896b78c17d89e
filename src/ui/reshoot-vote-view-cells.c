/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The pictures of a pair: source, A and B under one viewport. Both results change in one frame, when both can be drawn,
 * and what is written on them and said of them is A and B. */

#include "config.h"

#include "reshoot-vote-view-private.h"

#include "reshoot-step-place.h"

#include <glib/gi18n.h>

/* No picture is less high than this, with what stands below it, in logical pixels. */
#define LEAST_HEIGHT 190

/* Long edge of the first decoding where there are no sizes yet, in pixels. */
#define FIRST_EDGE 640

static void
drop_picture (ReshootVoteView *self,
              int              cell)
{
  if (self->pictures[cell] == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->pictures[cell], self);
  reshoot_picture_cancel (self->pictures[cell]);
  g_clear_object (&self->pictures[cell]);
}

static void
show_cell (ReshootVoteView *self,
           int              cell,
           ReshootStep     *step)
{
  /* Translators: on the picture that both results were made from, while it is shown in their place. */
  ReshootCanvasSide source = { self->pictures[SOURCE], _("of both"), { 1, 0, 0, 0, 1, 0 } };
  ReshootCanvasSide result = { self->pictures[cell], cell == LEFT ? "A" : "B", { 1, 0, 0, 0, 1, 0 } };
  const char *names[N_CELLS] = { _("The source of both"), _("Result A"), _("Result B") };

  reshoot_step_place_in_original (reshoot_row_get_source (self->row), source.affine);
  if (cell == SOURCE)
    {
      source.name = "";
      reshoot_canvas_show (self->canvases[cell], NULL, &source, names[cell]);
      return;
    }

  reshoot_step_place_in_original (step, result.affine);
  reshoot_canvas_show (self->canvases[cell], &source, &result, names[cell]);
}

/* Both in one frame: which of them was there first says something of who made it. */
static void
picture_changed_cb (ReshootVoteView *self)
{
  if (self->is_shown || self->round == NULL)
    return;

  for (int i = 0; i < N_CELLS; i++)
    if (self->pictures[i] != NULL && !reshoot_picture_get_ready (self->pictures[i])
        && reshoot_picture_get_error (self->pictures[i]) == NULL)
      return;

  self->is_shown = TRUE;
  show_cell (self, SOURCE, NULL);
  show_cell (self, LEFT, reshoot_vote_round_get_left (self->round));
  show_cell (self, RIGHT, reshoot_vote_round_get_right (self->round));
  reshoot_vote_view_update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
load_picture (ReshootVoteView *self,
              int              cell,
              ReshootStep     *step)
{
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int edge = MAX (gtk_widget_get_width (self->cells[LEFT]),
                  gtk_widget_get_height (self->cells[LEFT]));

  drop_picture (self, cell);
  if (reshoot_step_get_digest (step) == NULL)
    return;

  edge = edge > 0 ? edge : FIRST_EDGE;
  self->pictures[cell] = reshoot_picture_new_for_step (self->project, step, edge * scale_factor);
  g_signal_connect_object (self->pictures[cell], "changed", G_CALLBACK (picture_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* What stands there stays until both can take its place. */
void
reshoot_vote_view_load_cells (ReshootVoteView *self)
{
  self->is_shown = FALSE;
  if (self->pictures[SOURCE] == NULL)
    load_picture (self, SOURCE, reshoot_row_get_source (self->row));

  load_picture (self, LEFT, reshoot_vote_round_get_left (self->round));
  load_picture (self, RIGHT, reshoot_vote_round_get_right (self->round));
  picture_changed_cb (self);
}

void
reshoot_vote_view_drop_cells (ReshootVoteView *self)
{
  for (int i = 0; i < N_CELLS; i++)
    {
      drop_picture (self, i);
      reshoot_canvas_show (self->canvases[i], NULL, NULL, NULL);
    }

  reshoot_vote_view_show_source (self, FALSE);
  self->is_shown = FALSE;
}

/* In the place of both results, while that is asked for. */
void
reshoot_vote_view_show_source (ReshootVoteView *self,
                               gboolean         shows_source)
{
  if (self->shows_source == shows_source)
    return;

  self->shows_source = shows_source;
  for (int i = LEFT; i < N_CELLS; i++)
    {
      /* Its name is for what is seen of it. */
      if (shows_source)
        gtk_widget_remove_css_class (self->cells[i], "alone");
      else
        gtk_widget_add_css_class (self->cells[i], "alone");
      reshoot_canvas_set_shows_source (self->canvases[i], shows_source);
    }

  reshoot_vote_view_tell_source (self);
}

/* Held, the source stands in the place of both. */
static gboolean
space_pressed_cb (ReshootVoteView       *self,
                  guint                  keyval,
                  guint                  keycode,
                  GdkModifierType        state,
                  GtkEventControllerKey *controller)
{
  if (keyval != GDK_KEY_space || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  reshoot_vote_view_show_source (self, TRUE);
  return GDK_EVENT_STOP;
}

static void
space_released_cb (ReshootVoteView       *self,
                   guint                  keyval,
                   guint                  keycode,
                   GdkModifierType        state,
                   GtkEventControllerKey *controller)
{
  if (keyval == GDK_KEY_space)
    reshoot_vote_view_show_source (self, FALSE);
}

static GtkWidget *
new_button (const char *label,
            const char *tooltip,
            const char *outcome)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "vote.say");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", outcome);
  return button;
}

/* A picture, and below it its letter and the button that says it is the better one. */
static void
add_cell (ReshootVoteView *self,
          int              index,
          const char      *name,
          GtkWidget       *button)
{
  GtkWidget *cell = g_object_new (GTK_TYPE_BOX, "css-name", "rowcell", "orientation",
                                  GTK_ORIENTATION_VERTICAL, "overflow", GTK_OVERFLOW_HIDDEN,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  GtkWidget *caption = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);

  self->cells[index] = cell;
  self->canvases[index] = g_object_new (RESHOOT_TYPE_CANVAS, "focusable", FALSE, "vexpand", TRUE, NULL);
  reshoot_canvas_set_viewport (self->canvases[index], self->viewport);
  if (index != SOURCE)
    {
      /* The result covers the source whole, until the source is asked for. */
      reshoot_canvas_set_mode (self->canvases[index], RESHOOT_CANVAS_OVERLAY);
      g_object_set (self->canvases[index], "overlay", 1.0, NULL);
    }

  gtk_widget_add_css_class (cell, "alone");
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (caption, "row-caption");
  gtk_box_append (GTK_BOX (caption), label);
  if (button != NULL)
    gtk_box_append (GTK_BOX (caption), button);
  gtk_box_append (GTK_BOX (cell), GTK_WIDGET (self->canvases[index]));
  gtk_box_append (GTK_BOX (cell), caption);
  gtk_widget_set_parent (cell, GTK_WIDGET (self->grid));
}

void
reshoot_vote_view_add_cells (ReshootVoteView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  reshoot_row_grid_set_least (self->grid, LEAST_HEIGHT);
  reshoot_row_grid_set_yields (self->grid, TRUE);
  add_cell (self, SOURCE, _("Source"), NULL);
  /* Translators: buttons: a verdict on two results, A and B. */
  add_cell (self, LEFT, "A", new_button (_("_A Is Better"), _("A Is Better (1)"), "left"));
  add_cell (self, RIGHT, "B", new_button (_("_B Is Better"), _("B Is Better (2)"), "right"));

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (space_pressed_cb), self);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (space_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys);
}
