/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A review that travels: a page goes out, and what somebody said on it comes back, by dialog or drop. The page of a
 * large project takes a while; a toast says how far it is and stops it. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-parcel.h"
#include "reshoot-project-verdicts.h"
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

/* -- Out ----------------------------------------------------------------------------------------------------------- */

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
  words = g_strdup_printf (_("Saving the page: %d of %d steps"), (int) done, (int) total);
  adw_toast_set_title (parcel->toast, words);
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
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-parcel", self->project != NULL);
  if (parcel->toast != NULL)
    adw_toast_dismiss (parcel->toast);

  if (!reshoot_parcel_save_finish (RESHOOT_PROJECT (source), result, NULL, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reshoot_window_say_error (self, error);
      return;
    }

  /* Translators: %s is the name of a file. */
  words = g_strdup_printf (_("Saved “%s”: it opens in any browser"), name);
  reshoot_window_say (self, words);
}

/**
 * reshoot_window_save_parcel:
 * @self: a window
 * @file: where to
 *
 * Saves the project as a page for a reviewer, and says how far it is, when it is done, or why it cannot be.
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
  self->parcel = g_cancellable_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-parcel", FALSE);

  toast = reshoot_window_say (self, _("Saving the page…"));
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
  GtkFileChooserNative *dialog;
  g_autofree char *name = NULL;

  if (self->project == NULL)
    return;

  name = g_strdup_printf ("%s.html", gtk_window_get_title (GTK_WINDOW (self)));
  dialog = gtk_file_chooser_native_new (_("Save a Page for a Reviewer"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
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

/* -- Back ---------------------------------------------------------------------------------------------------------- */

/* "Ana: 3 verdicts, 5 notes" */
static char *
words_for_counts (const ReshootVerdictCounts *counts,
                  const char                 *reviewer)
{
  g_autofree char *verdicts = g_strdup_printf (ngettext ("%u verdict", "%u verdicts", counts->n_verdicts),
                                               counts->n_verdicts);
  g_autofree char *notes = g_strdup_printf (ngettext ("%u note", "%u notes", counts->n_notes), counts->n_notes);

  if (counts->n_verdicts + counts->n_notes == 0 && counts->n_known > 0)
    /* Translators: %s is a person whose verdicts were brought in before. */
    return g_strdup_printf (_("What %s said is here already"), reviewer);

  if (counts->n_missing > 0)
    /* Translators: a person, how many verdicts and how many notes came from them. */
    return g_strdup_printf (_("%s: %s, %s; the rest is about steps that are not here"), reviewer, verdicts, notes);

  /* Translators: a person, how many verdicts and how many notes came from them. */
  return g_strdup_printf (_("%s: %s, %s"), reviewer, verdicts, notes);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootWindow) self = user_data;
  g_autofree char *reviewer = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  ReshootVerdictCounts counts;

  if (!reshoot_project_import_verdicts_finish (RESHOOT_PROJECT (source), result, &counts,
                                               &reviewer, &error))
    {
      reshoot_window_say_error (self, error);
      return;
    }

  words = words_for_counts (&counts, reviewer);
  reshoot_window_say (self, words);
}

/* Whether it may be what a reviewer saved. */
gboolean
reshoot_window_is_verdicts (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL && g_str_has_suffix (name, ".json");
}

/**
 * reshoot_window_import_verdicts:
 * @self: a window
 * @file: what a reviewer saved
 *
 * Brings it into the project that is open, and says what it brought or why it cannot be.
 */
void
reshoot_window_import_verdicts (ReshootWindow *self,
                                GFile         *file)
{
  g_return_if_fail (RESHOOT_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->project != NULL)
    reshoot_project_import_verdicts_async (self->project, file, self->cancellable, imported_cb,
                                           g_object_ref (self));
  else
    reshoot_window_say (self, _("Open the project first that these verdicts are about"));
}

void
reshoot_window_install_parcel (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.save-parcel", NULL, save_parcel_cb);
  gtk_widget_class_install_action (widget_class, "win.stop-parcel", NULL, stop_parcel_cb);
}
