/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How results leave a window: as a file, with its name's ending as the format, or by the clipboard. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-error.h"
#include "reshoot-mark.h"
#include "reshoot-step-words.h"

#include <glib/gi18n.h>

#define DEFAULT_QUALITY 90

typedef struct
{
  ReshootWindow      *window;   /* (owned) */
  ReshootProject     *project;  /* (owned) */
  ReshootStep        *step;     /* (owned) */
  GFile              *file;     /* (owned) */
  ReshootSaveOptions  options;
} Export;

static void
export_free (Export *export)
{
  g_clear_object (&export->window);
  g_clear_object (&export->project);
  g_clear_object (&export->step);
  g_clear_object (&export->file);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
entry_added_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;

  /* The file is there; only the ledger does not say so. */
  if (!reshoot_project_add_entry_finish (RESHOOT_PROJECT (source), result, &error))
    reshoot_window_say_error (export->window, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *name = g_file_get_basename (export->file);
  g_autofree char *words = NULL;
  g_autofree char *written = NULL;
  JsonObject *object;

  if (!reshoot_image_save_finish (RESHOOT_IMAGE (source), result, &written, &error))
    {
      reshoot_window_say_error (export->window, error);
      return;
    }

  /* Translators: %s is the name of a file. */
  words = g_strdup_printf (_("Exported as “%s”"), name);
  reshoot_window_say (export->window, words);

  if (reshoot_project_get_read_only (export->project))
    return;

  object = json_object_new ();
  json_object_set_string_member (object, "file", name);
  json_object_set_string_member (object, "digest", reshoot_step_get_digest (export->step));
  json_object_set_string_member (object, "written", written);
  json_node_take_object (body, object);
  reshoot_project_add_entry_async (export->project, "export", export->step, body, NULL,
                                   entry_added_cb, export);
  g_steal_pointer (&export);
}

static void
picture_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source),
                                                                        result, &error);
  g_autoptr (ReshootMark) mark = reshoot_project_dup_mark (export->project, export->step);

  if (image == NULL)
    {
      reshoot_window_say_error (export->window, error);
      return;
    }

  reshoot_image_save_async (image, export->file, &export->options, mark, NULL, saved_cb, export);
  g_steal_pointer (&export);
}

/**
 * reshoot_window_export:
 * @self: a window
 * @file: where to; its ending says the format
 * @quality: 1–100, of JPEG and WebP
 *
 * Writes the head's picture, and says when that is done or why it cannot be.
 */
void
reshoot_window_export (ReshootWindow *self,
                       GFile         *file,
                       int            quality)
{
  g_autofree char *name = NULL;
  g_autoptr (Export) export = NULL;
  ReshootProject *project;
  ReshootStep *step;

  g_return_if_fail (RESHOOT_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->project == NULL)
    return;

  name = g_file_get_basename (file);
  project = self->project;
  step = reshoot_history_get_head (reshoot_project_get_history (project));
  export = g_new0 (Export, 1);
  export->window = g_object_ref (self);
  export->project = g_object_ref (project);
  export->step = g_object_ref (step);
  export->file = g_object_ref (file);
  export->options.quality = quality;

  if (!reshoot_image_format_from_name (name, &export->options.format))
    {
      /* Translators: %s is the name of a file. */
      g_autofree char *words =
        g_strdup_printf (_("“%s” does not say a format: end it in .png, .jpg, .webp or .tif"),
                                                name);

      reshoot_window_say (self, words);
      return;
    }

  reshoot_project_load_picture_async (project, step, RESHOOT_PICTURE_SHOWN, NULL, picture_loaded_cb,
                                      g_steal_pointer (&export));
}

static void
export_response_cb (GtkNativeDialog *dialog,
                    int              response,
                    gpointer         user_data)
{
  const char *quality = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (dialog), "quality");
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      reshoot_window_export (user_data, file, quality != NULL ? atoi (quality) : DEFAULT_QUALITY);
    }

  g_object_unref (dialog);
}

static void
export_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  static const char *qualities[] = { "75", "85", "90", "95", "100", NULL };
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  GtkFileChooserNative *dialog;
  g_autofree char *name = NULL;

  if (self->project == NULL)
    return;

  name = g_strdup_printf ("%s.png", gtk_window_get_title (GTK_WINDOW (self)));
  dialog = gtk_file_chooser_native_new (_("Export the Result"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (dialog), "quality", _("Quality of JPEG and WebP"),
                               qualities, qualities);
  gtk_file_chooser_set_choice (GTK_FILE_CHOOSER (dialog), "quality", G_STRINGIFY (DEFAULT_QUALITY));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (export_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
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
