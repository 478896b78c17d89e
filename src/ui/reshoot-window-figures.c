/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The window's part of the figures: who asks for them sees those of the open project. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-figures-dialog.h"

static void
show_figures_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  GtkWidget *dialog;

  /* Times and prices would tell a voter who is who. */
  if (self->project == NULL || reshoot_window_is_blind (self))
    return;

  dialog = reshoot_figures_dialog_new (self->project);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "failed", G_CALLBACK (reshoot_window_say_error), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
reshoot_window_install_figures (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-figures", NULL, show_figures_cb);
}
