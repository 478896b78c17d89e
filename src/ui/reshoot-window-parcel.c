/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A review that travels: a page or a contact sheet goes out. A large project takes a while; a toast says how far it is
 * and stops it. What somebody said on the page comes back in reshoot-window-verdicts.c. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-parcel.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

typedef struct
{
  ReshootWindow *window;       /* (owned) */
  GFile         *file;         /* (owned) */
  GCancellable  *cancellable;  /* (owned) */
  AdwToast      *toast;        /* (weak) (nullable): says how far it is */
} Parcel;

static void
parcel_free (Parcel *parcel)
{
  g_clear_weak_pointer (&parcel->toast);
  g_clear_object (&parcel->window);
  g_clear_object (&parcel->file);
  g_clear_object (&parcel->cancellable);
  g_free (parcel);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Parcel, parcel_free)

static void
progress_cb (goffset  done,
             goffset  total,
             gpointer user_data)
{
  Parcel *parcel = user_data;
  g_autofree char *words = NULL;

  if (parcel->toast == NULL)
    return;

  /* Translators: how far the page for a reviewer is: steps that are in it, and how many there are. */
  words = g_strdup_printf (_("Saving: %d of %d steps"), (int) done, (int) total);
  adw_toast_set_title (parcel->toast, words);
}

static void
set_enabled (ReshootWindow *self,
             gboolean       enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-parcel", enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-sheet", enabled);
}

static gboolean
is_sheet (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".pdf");
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Parcel) parcel = user_data;
  ReshootWindow *self = parcel->window;
  g_autofree char *name = g_file_get_basename (parcel->file);
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->parcel);
  set_enabled (self, self->project != NULL);
  if (parcel->toast != NULL)
    adw_toast_dismiss (parcel->toast);

  if (!reshoot_parcel_save_finish (RESHOOT_PROJECT (source), result, NULL, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reshoot_window_say_error (self, error);
      return;
    }

  if (is_sheet (parcel->file))
    /* Translators: %s is the name of a file. */
    words = g_strdup_printf (_("Saved “%s”"), name);
  else
    /* Translators: %s is the name of a file. */
    words = g_strdup_printf (_("Saved “%s”: it opens in any browser"), name);
  reshoot_window_say (self, words);
}

/**
 * reshoot_window_save_parcel:
 * @self: a window
 * @file: where to; a name in .pdf makes a contact sheet
 *
 * Saves the project as a page for a reviewer, or as a contact sheet to be printed, and says how far it is, when it is
 * done, or why it cannot be.
 */
void
reshoot_window_save_parcel (ReshootWindow *self,
                            GFile         *file)
{
  ReshootParcelOptions options = { NULL, RESHOOT_PARCEL_PREVIEW, FALSE, NULL };
  g_autoptr (JsonNode) words = reshoot_words_for_parcel ();
  Parcel *parcel;
  AdwToast *toast;

  g_return_if_fail (RESHOOT_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->project == NULL || self->parcel != NULL)
    return;

  options.words = words;
  if (is_sheet (file))
    options.kind = RESHOOT_PARCEL_SHEET;

  self->parcel = g_cancellable_new ();
  set_enabled (self, FALSE);

  toast = reshoot_window_say (self, _("Saving…"));
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, _("Cancel"));
  adw_toast_set_action_name (toast, "win.stop-parcel");

  parcel = g_new0 (Parcel, 1);
  parcel->window = g_object_ref (self);
  parcel->file = g_object_ref (file);
  parcel->cancellable = g_object_ref (self->parcel);
  g_set_weak_pointer (&parcel->toast, toast);
  reshoot_parcel_save_async (self->project, file, &options, progress_cb, parcel,
                             parcel->cancellable,
                             saved_cb, parcel);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      reshoot_window_save_parcel (user_data, file);
    }

  g_object_unref (dialog);
}

static void
save_parcel_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  gboolean is_printed = g_str_equal (action, "win.save-sheet");
  GtkFileChooserNative *dialog;
  g_autofree char *name = NULL;

  if (self->project == NULL)
    return;

  name = g_strdup_printf ("%s.%s", gtk_window_get_title (GTK_WINDOW (self)),
                          is_printed ? "pdf" : "html");
  dialog = gtk_file_chooser_native_new (is_printed ? _("Save a Contact Sheet")
                                                   : _("Save a Page for a Reviewer"),
                                        GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                        _("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
stop_parcel_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  g_cancellable_cancel (RESHOOT_WINDOW (widget)->parcel);
}

void
reshoot_window_install_parcel (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.save-parcel", NULL, save_parcel_cb);
  gtk_widget_class_install_action (widget_class, "win.save-sheet", NULL, save_parcel_cb);
  gtk_widget_class_install_action (widget_class, "win.stop-parcel", NULL, stop_parcel_cb);
}
