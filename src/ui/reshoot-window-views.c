/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The views of the one project in the window, and what the header bar has for each of them. The stack of views is what
 * knows which one is shown; nothing else remembers it. */

#include "config.h"

#include "reshoot-window-private.h"

#include <glib/gi18n.h>

/* From these widths on, in logical pixels, the header bar has room for the views, all or most of its buttons. */
#define WIDTH_FOR_VIEWS 980
#define WIDTH_FOR_ALL 640
#define WIDTH_FOR_MOST 440

#define N_FIRST_FRAMES 3

G_DEFINE_ENUM_TYPE (ReshootWindowView, reshoot_window_view,
                    G_DEFINE_ENUM_VALUE (RESHOOT_WINDOW_EDIT, "edit"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_WINDOW_COMPARE, "compare"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_WINDOW_REVIEW, "review"))

/**
 * reshoot_window_get_shown:
 * @self: a window
 *
 * Returns: which of its views is shown
 */
ReshootWindowView
reshoot_window_get_shown (ReshootWindow *self)
{
  g_autoptr (GEnumClass) views = g_type_class_ref (RESHOOT_TYPE_WINDOW_VIEW);
  GEnumValue *value;

  g_return_val_if_fail (RESHOOT_IS_WINDOW (self), RESHOOT_WINDOW_EDIT);

  /* The action's state is asked for while the window is still being made. */
  if (self->views == NULL || adw_view_stack_get_visible_child_name (self->views) == NULL)
    return RESHOOT_WINDOW_EDIT;

  value = g_enum_get_value_by_nick (views, adw_view_stack_get_visible_child_name (self->views));
  return value != NULL ? (ReshootWindowView) value->value : RESHOOT_WINDOW_EDIT;
}

/**
 * reshoot_window_show:
 * @self: a window
 * @view: which of its views to show
 *
 * What is shown is the same project, at the same step.
 */
void
reshoot_window_show (ReshootWindow     *self,
                     ReshootWindowView  view)
{
  g_autoptr (GEnumClass) views = g_type_class_ref (RESHOOT_TYPE_WINDOW_VIEW);

  g_return_if_fail (RESHOOT_IS_WINDOW (self));

  adw_view_stack_set_visible_child_name (self->views,
                                         g_enum_get_value (views, (int) view)->value_nick);
}

/**
 * reshoot_window_get_compare:
 * @self: a window
 *
 * Returns: (transfer none): its view of rows, which is made when it is asked for: a start goes without
 */
ReshootRowView *
reshoot_window_get_compare (ReshootWindow *self)
{
  g_return_val_if_fail (RESHOOT_IS_WINDOW (self), NULL);

  if (self->compare == NULL)
    {
      self->compare = g_object_new (RESHOOT_TYPE_ROW_VIEW, NULL);
      adw_bin_set_child (self->compare_bin, GTK_WIDGET (self->compare));
      g_signal_connect_object (self->compare, "notify::row",
                               G_CALLBACK (reshoot_window_update_vote), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->compare, "failed", G_CALLBACK (reshoot_window_say_error), self,
                               G_CONNECT_SWAPPED);
      reshoot_window_update_views (self);
    }

  return self->compare;
}

/**
 * reshoot_window_get_review:
 * @self: a window
 *
 * Returns: (transfer none): its view of one picture after the other, which is made when it is asked for
 */
ReshootReviewView *
reshoot_window_get_review (ReshootWindow *self)
{
  g_return_val_if_fail (RESHOOT_IS_WINDOW (self), NULL);

  if (self->review == NULL)
    {
      self->review = g_object_new (RESHOOT_TYPE_REVIEW_VIEW, NULL);
      adw_bin_set_child (self->review_bin, GTK_WIDGET (self->review));
      reshoot_window_update_views (self);
    }

  return self->review;
}

/* Makes the view that is shown, and lets those that are there show the project of the window. */
void
reshoot_window_update_views (ReshootWindow *self)
{
  ReshootCatalogue *catalogue = self->session != NULL
                                ? reshoot_session_get_catalogue (self->session) : NULL;

  if (self->compare != NULL)
    reshoot_row_view_set_project (self->compare, self->project, catalogue);
  else if (reshoot_window_get_shown (self) == RESHOOT_WINDOW_COMPARE)
    reshoot_window_get_compare (self);

  if (self->review != NULL)
    reshoot_review_view_set_project (self->review, self->project, catalogue);
  else if (reshoot_window_get_shown (self) == RESHOOT_WINDOW_REVIEW)
    reshoot_window_get_review (self);
}

/* A button makes the widgets of its menu as soon as it has one. */
static void
make_menus (ReshootWindow *self)
{
  adw_split_button_set_menu_model (self->open_button, self->open_menu);
  gtk_menu_button_set_menu_model (self->menu_button, self->primary_menu);
}

/* One thing a turn: each takes some five milliseconds. */
static gboolean
make_rest_cb (gpointer user_data)
{
  ReshootWindow *self = user_data;

  if (gtk_menu_button_get_menu_model (self->menu_button) == NULL)
    make_menus (self);
  else if (self->compare == NULL)
    reshoot_window_get_compare (self);
  else
    reshoot_window_get_review (self);

  if (self->review == NULL)
    return G_SOURCE_CONTINUE;

  self->rest_id = 0;
  return G_SOURCE_REMOVE;
}

/* What is not seen at once, menus and other views, is made when the first frames are there and nothing else is to be
 * done. */
gboolean
reshoot_window_frame_cb (GtkWidget     *widget,
                         GdkFrameClock *clock,
                         gpointer       user_data)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);

  if (gdk_frame_clock_get_frame_counter (clock) < N_FIRST_FRAMES)
    return G_SOURCE_CONTINUE;

  self->rest_id = g_idle_add_full (G_PRIORITY_LOW, make_rest_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
get_narrow (ReshootWindow *self)
{
  gboolean narrow;

  g_object_get (self->view, "narrow", &narrow, NULL);
  return narrow;
}

/* What the window has room for, and what the shown view has use for. */
void
reshoot_window_update_header (ReshootWindow *self)
{
  gboolean is_blind = reshoot_window_is_blind (self);
  gboolean has_project = !reshoot_window_is_empty (self) && !is_blind;
  gboolean edits = has_project && reshoot_window_get_shown (self) == RESHOOT_WINDOW_EDIT;
  gboolean is_bare = has_project && gtk_window_is_fullscreen (GTK_WINDOW (self))
                     && reshoot_window_get_shown (self) == RESHOOT_WINDOW_REVIEW;
  gboolean has_views = has_project && self->room == ROOM_FOR_VIEWS;

  /* Full screen there is nothing but the picture to judge; F11 and Escape lead back. */
  gtk_widget_set_visible (GTK_WIDGET (self->header), !is_bare);
  gtk_widget_set_visible (self->switcher, has_views);
  gtk_widget_set_visible (GTK_WIDGET (self->title), !has_views);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, has_project && !has_views && !is_bare);

  gtk_widget_set_visible (self->export_button, has_project && self->room >= ROOM_FOR_ALL);
  gtk_widget_set_visible (GTK_WIDGET (self->open_button),
                          self->room != ROOM_FOR_LITTLE && !is_blind);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), !is_blind);
  gtk_widget_set_visible (GTK_WIDGET (self->history_toggle), edits);
  gtk_widget_set_visible (self->undo_button, edits);
  gtk_widget_set_visible (GTK_WIDGET (self->instruction_toggle), edits && get_narrow (self));
  adw_header_bar_set_decoration_layout (self->header,
                                        self->room >= ROOM_FOR_ALL ? NULL : ":close");

  if (self->room >= ROOM_FOR_ALL)
    adw_split_button_set_label (self->open_button, _("Open"));
  else
    adw_split_button_set_icon_name (self->open_button, "document-open-symbolic");
}

static gboolean
header_due_cb (gpointer user_data)
{
  ReshootWindow *self = user_data;

  self->header_id = 0;
  reshoot_window_update_header (self);
  return G_SOURCE_REMOVE;
}

/* What the menu has too makes room for the rest. It begins with the least, so that a window may open small; and while
 * sizes are given out nothing may ask for another one, so the header bar follows right after. */
void
reshoot_window_update_room (ReshootWindow *self,
                            int            width)
{
  ReshootRoom room = ROOM_FOR_LITTLE;

  if (width >= WIDTH_FOR_VIEWS)
    room = ROOM_FOR_VIEWS;
  else if (width >= WIDTH_FOR_ALL)
    room = ROOM_FOR_ALL;
  else if (width >= WIDTH_FOR_MOST)
    room = ROOM_FOR_MOST;

  if (self->room != room && self->header_id == 0)
    self->header_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, header_due_cb, self, NULL);

  self->room = room;
}
