/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Save a Copy: a project is always saved, so this is how one gets a second one, or a whole one of a damaged one. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-project-copy.h"

#include <glib/gi18n.h>

typedef struct
{
  ReshootWindow *window;  /* (owned) */
  GFile         *file;    /* (owned) */
} Copy;

static void
copy_free (Copy *copy)
{
  g_clear_object (&copy->window);
  g_clear_object (&copy->file);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (copy->file);
  g_autofree char *uri = g_file_get_uri (copy->file);
  g_autofree char *words = NULL;
  AdwToast *toast;

  if (!reshoot_project_save_copy_finish (RESHOOT_PROJECT (source), result, &error))
    {
      reshoot_window_say_error (copy->window, error);
      return;
    }

  /* Translators: %s is the name of a file. */
  words = g_strdup_printf (_("Saved a copy as “%s”"), name);
  toast = reshoot_window_say (copy->window, words);
  adw_toast_set_button_label (toast, _("Open It"));
  adw_toast_set_action_target (toast, "s", uri);
  adw_toast_set_action_name (toast, "win.open-uri");
}

/**
 * reshoot_window_save_copy:
 * @self: a window
 * @file: where to
 *
 * Writes a copy of the project, whole also where the project is not, and says when that is done or why it cannot be.
 */
void
reshoot_window_save_copy (ReshootWindow *self,
                          GFile         *file)
{
  Copy *copy;

  g_return_if_fail (RESHOOT_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->project == NULL)
    return;

  copy = g_new0 (Copy, 1);
  copy->window = g_object_ref (self);
  copy->file = g_object_ref (file);
  reshoot_project_save_copy_async (self->project, file, self->cancellable, copied_cb, copy);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      reshoot_window_save_copy (user_data, file);
    }

  g_object_unref (dialog);
}

static void
save_copy_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  GtkFileChooserNative *dialog;
  g_autofree char *name = NULL;

  if (self->project == NULL)
    return;

  /* Translators: the name of a copy of a project; %s is the project's name. */
  name = g_strdup_printf (_("%s (copy).reshoot"), gtk_window_get_title (GTK_WINDOW (self)));
  dialog = gtk_file_chooser_native_new (_("Save a Copy"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
reshoot_window_install_copy (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.save-copy", NULL, save_copy_cb);
}
