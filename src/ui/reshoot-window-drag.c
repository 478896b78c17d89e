/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The result, dragged out of the window: from the picture with Ctrl held, as a plain drag pans, and from the Export
 * button. The files lie in a folder of their own, readable by nobody else, that goes with the window. */

#include "config.h"

#include "reshoot-result-content.h"
#include "reshoot-window-private.h"

#include <glib/gstdio.h>

#define ICON_SIZE 64

static gboolean
make_folder (ReshootWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (self->drag_folder == NULL)
    self->drag_folder = g_dir_make_tmp ("reshoot-drag-XXXXXX", &error);
  if (error != NULL)
    g_debug ("nothing can be dragged out: %s", error->message);

  return self->drag_folder != NULL;
}

/* What is in the window's hand: the file, and the picture itself for who wants no file. */
GdkContentProvider *
reshoot_window_make_drag (ReshootWindow *self)
{
  ReshootStep *head = self->project != NULL
                      ? reshoot_history_get_head (reshoot_project_get_history (self->project))
                      : NULL;
  ReshootPicture *picture = reshoot_edit_view_get_result (self->view);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GFile) folder = NULL;
  GdkContentProvider *providers[2];

  if (head == NULL || reshoot_step_get_digest (head) == NULL || !make_folder (self))
    return NULL;

  folder = g_file_new_for_path (self->drag_folder);
  providers[0] = reshoot_result_content_new (self->project, head, folder);
  texture = picture != NULL ? reshoot_picture_make_texture (picture) : NULL;
  if (texture == NULL)
    return providers[0];

  providers[1] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
  return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            gpointer       user_data)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (source));
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  if (RESHOOT_IS_CANVAS (widget) && (state & GDK_CONTROL_MASK) == 0)
    return NULL;

  return reshoot_window_make_drag (user_data);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               gpointer       user_data)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon =
    gtk_icon_theme_lookup_icon (theme, "image-x-generic", NULL, ICON_SIZE,
                                gtk_widget_get_scale_factor (widget),
                                gtk_widget_get_direction (widget), 0);

  gtk_drag_source_set_icon (source, GDK_PAINTABLE (icon), 0, 0);
}

static void
add_source (ReshootWindow *self,
            GtkWidget     *widget)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));
}

void
reshoot_window_add_drag (ReshootWindow *self)
{
  add_source (self, GTK_WIDGET (reshoot_edit_view_get_canvas (self->view)));
  add_source (self, self->export_button);
}

/* What was taken was copied; what was not is nobody's. */
void
reshoot_window_forget_drag (ReshootWindow *self)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (self->drag_folder == NULL)
    return;

  dir = g_dir_open (self->drag_folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->drag_folder, name, NULL);

      g_unlink (path);
    }

  g_rmdir (self->drag_folder);
  g_clear_pointer (&self->drag_folder, g_free);
}
