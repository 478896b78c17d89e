/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Voting blind in the window: while it lasts, whatever else could say a name is not only covered but gone for pointer,
 * keyboard and assistive technology: the views, toasts, notices, menus, the project's own name, and what would be told
 * to the desktop. */

#include "config.h"

#include "reshoot-window-private.h"

#include <glib/gi18n.h>

gboolean
reshoot_window_is_blind (ReshootWindow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->vote_bin));
}

static void
set_blind (ReshootWindow *self,
           gboolean       is_blind)
{
  if (is_blind && self->toast != NULL)
    adw_toast_dismiss (self->toast);

  gtk_widget_set_visible (GTK_WIDGET (self->vote_bin), is_blind);
  gtk_widget_set_visible (GTK_WIDGET (self->toasts), !is_blind);
  gtk_widget_set_visible (self->notice, !is_blind && self->has_notice);
  gtk_event_controller_set_propagation_phase (self->shortcuts,
                                              is_blind ? GTK_PHASE_NONE : GTK_PHASE_BUBBLE);
  reshoot_window_update_title (self);
  reshoot_window_update_header (self);
}

static void
left_cb (ReshootWindow *self)
{
  set_blind (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->compare));
}

static void
make_vote (ReshootWindow *self)
{
  self->vote = g_object_new (RESHOOT_TYPE_VOTE_VIEW, "vexpand", TRUE, NULL);
  adw_bin_set_child (self->vote_bin, GTK_WIDGET (self->vote));
  g_signal_connect_object (self->vote, "left", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
}

static void
vote_blind_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  ReshootRow *row = reshoot_row_view_get_row (reshoot_window_get_compare (self));

  if (self->project == NULL || row == NULL || reshoot_window_is_blind (self)
      || reshoot_window_get_shown (self) != RESHOOT_WINDOW_COMPARE)
    return;

  if (self->vote == NULL)
    make_vote (self);

  set_blind (self, TRUE);
  reshoot_vote_view_begin (self->vote, self->project, reshoot_session_get_catalogue (self->session),
                           row, g_random_int ());
}

/* There has to be something to vote on, in sight. */
void
reshoot_window_update_vote (ReshootWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.vote-blind",
                                 self->project != NULL
                                 && reshoot_window_get_shown (self) == RESHOOT_WINDOW_COMPARE
                                 && self->compare != NULL
                                 && reshoot_row_view_get_row (self->compare) != NULL);
}

void
reshoot_window_install_vote (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.vote-blind", NULL, vote_blind_cb);
}
