/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Save a Copy: a project is always saved, so this is how one gets a second one, or a whole one of a damaged one. Or all
 * that it holds as plain files, for an archive. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-archive.h"
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
archived_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (copy->file);
  g_autofree char *words = NULL;

  if (!reshoot_project_save_archive_finish (RESHOOT_PROJECT (source), result, &error))
    {
      reshoot_window_say_error (copy->window, error);
      return;
    }

  /* Translators: %s is the name of a folder. */
  words = g_strdup_printf (_("Everything is in the folder “%s”, as plain files"), name);
  reshoot_window_say (copy->window, words);
}

/**
 * reshoot_window_save_archive:
 * @self: a window
 * @folder: where to; it may be there if it is empty
 *
 * Writes everything the project holds as plain files, and says when that is done or why it cannot be.
 */
void
reshoot_window_save_archive (ReshootWindow *self,
                             GFile         *folder)
{
  Copy *copy;

  g_return_if_fail (RESHOOT_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (folder));

  if (self->project == NULL)
    return;

  copy = g_new0 (Copy, 1);
  copy->window = g_object_ref (self);
  copy->file = g_object_ref (folder);
  reshoot_project_save_archive_async (self->project, folder, self->cancellable, archived_cb, copy);
}

static void
copy_response_cb (GtkNativeDialog *dialog,
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
archive_response_cb (GtkNativeDialog *dialog,
                     int              response,
                     gpointer         user_data)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      reshoot_window_save_archive (user_data, folder);
    }

  g_object_unref (dialog);
}

/* Takes @name. */
static void
choose (ReshootWindow *self,
        const char    *title,
        char          *name,
        GCallback      response)
{
  g_autofree char *owned = name;
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                        _("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), owned);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", response, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
save_copy_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);

  if (self->project != NULL)
    /* Translators: the name of a copy of a project; %s is the project's name. */
    choose (self, _("Save a Copy"),
            g_strdup_printf (_("%s (copy).reshoot"), gtk_window_get_title (GTK_WINDOW (self))),
            G_CALLBACK (copy_response_cb));
}

static void
save_archive_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);

  if (self->project != NULL)
    /* Translators: the name of a folder with all that a project holds; %s is the project's name. */
    choose (self, _("Save as Plain Files"),
            g_strdup_printf (_("%s (files)"), gtk_window_get_title (GTK_WINDOW (self))),
            G_CALLBACK (archive_response_cb));
}

void
reshoot_window_install_copy (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.save-copy", NULL, save_copy_cb);
  gtk_widget_class_install_action (widget_class, "win.save-archive", NULL, save_archive_cb);
}
