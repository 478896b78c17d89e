/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How results leave a window: as files, or by the clipboard. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-export-dialog.h"

#include <glib/gi18n.h>

static void
export_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  GtkWidget *dialog;

  if (self->project == NULL)
    return;

  dialog = reshoot_export_dialog_new (self->project);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "failed", G_CALLBACK (reshoot_window_say_error), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "exported", G_CALLBACK (reshoot_window_say), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
copy_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  ReshootPicture *picture = reshoot_edit_view_get_result (self->view);
  g_autoptr (GdkTexture) texture = picture != NULL ? reshoot_picture_make_texture (picture) : NULL;

  if (texture == NULL)
    {
      reshoot_window_say (self, _("The result is still being read: copy it again in a moment"));
      return;
    }

  gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  reshoot_window_say (self, _("Copied the result"));
}

void
reshoot_window_install_exchange (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "win.copy", NULL, copy_cb);
}
