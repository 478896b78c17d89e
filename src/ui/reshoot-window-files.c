/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How pictures and projects come into a window: by dialog, drop, command line or as the sample. A photo is on screen as
 * soon as it is decoded; the project it lives in is made meanwhile. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-error.h"

#include <glib/gi18n.h>

#define SAMPLE "headphones-on-beige.jpg"

/* A picture on its way into a project. */
typedef struct
{
  ReshootWindow *window;  /* (owned) */
  ReshootImage  *image;   /* (owned) (nullable): a project opened as such has none */
  GFile         *file;    /* (owned): the photo or the project */
  char          *name;    /* what the step is called */
  gboolean       looks_up;  /* a photo that may have come from a step */
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_object (&opening->window);
  g_clear_object (&opening->image);
  g_clear_object (&opening->file);
  g_free (opening->name);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static Opening *
opening_new (ReshootWindow *self,
             GFile         *file,
             const char    *name)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (self);
  opening->file = file != NULL ? g_object_ref (file) : NULL;
  opening->name = g_strdup (name);
  return opening;
}

static void
give_up (ReshootWindow *self,
         const GError  *error)
{
  if (self->project == NULL)
    reshoot_edit_view_preview_picture (self->view, NULL);

  reshoot_window_set_opening (self, FALSE);
  reshoot_window_say_error (self, error);
}

/* Everything before the last dot, safe as a file name. */
static char *
get_stem (const char *name)
{
  const char *dot = strrchr (name, '.');
  gsize length = dot != NULL && dot != name ? (gsize) (dot - name) : strlen (name);
  char *stem = g_strndup (name, length);

  return g_strdelimit (stem, G_DIR_SEPARATOR_S, '-');
}

/* A new file for a photo: the same photo opened again gets a number. */
static GFile *
choose_project_file (const char  *stem,
                     GError     **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "reshoot", "projects", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int saved_errno = errno;
      g_autoptr (GError) io_error = g_error_new_literal (G_IO_ERROR,
                                                         (int) g_io_error_from_errno (saved_errno),
                                                         g_strerror (saved_errno));

      g_propagate_error (error, reshoot_error_new_from_io (io_error, folder));
      return NULL;
    }

  for (guint number = 1;; number++)
    {
      g_autofree char *name = number == 1 ? g_strdup_printf ("%s.reshoot", stem)
                                          : g_strdup_printf ("%s %u.reshoot", stem, number);
      g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);

      if (!g_file_query_exists (file, NULL))
        return g_steal_pointer (&file);
    }
}

static void
original_added_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  ReshootProject *project = RESHOOT_PROJECT (source);
  g_autoptr (ReshootStep) step = reshoot_project_add_original_finish (project, result, &error);

  if (step == NULL)
    {
      give_up (opening->window, error);
      return;
    }

  reshoot_history_set_head (reshoot_project_get_history (project), step);
  if (opening->window->project != project)
    reshoot_window_set_project (opening->window, project);
}

static void
project_made_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootProject) project = reshoot_project_open_finish (result, &error);
  ReshootImage *image = opening->image;
  const char *name = opening->name;
  GCancellable *cancellable = opening->window->cancellable;

  if (project == NULL)
    {
      give_up (opening->window, error);
      return;
    }

  reshoot_project_add_original_async (project, image, name, cancellable, original_added_cb,
                                      g_steal_pointer (&opening));
}

/* A picture becomes an original: of the project that is open, else of one of its own. */
void
reshoot_window_take (ReshootWindow *self,
                     ReshootImage  *image,
                     const char    *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *stem = get_stem (name);
  Opening *opening = opening_new (self, NULL, stem);

  opening->image = g_object_ref (image);
  if (self->project != NULL)
    {
      reshoot_project_add_original_async (self->project, image, stem, self->cancellable,
                                          original_added_cb, opening);
      return;
    }

  reshoot_window_set_opening (self, TRUE);
  reshoot_edit_view_preview (self->view, image);

  file = choose_project_file (stem, &error);
  if (file == NULL)
    {
      give_up (self, error);
      opening_free (opening);
      return;
    }

  reshoot_project_open_async (file, RESHOOT_PROJECT_CREATE, self->cancellable, project_made_cb,
                              opening);
}

static void
image_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = reshoot_image_load_finish (result, &error);

  if (image == NULL)
    give_up (opening->window, error);
  else if (opening->looks_up)
    reshoot_window_look_up (opening->window, image, opening->name);
  else
    reshoot_window_take (opening->window, image, opening->name);
}

static void
image_checked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  ReshootImage *image = RESHOOT_IMAGE (source);

  if (reshoot_image_check_finish (image, result, &error))
    reshoot_window_take (opening->window, image, opening->name);
  else
    give_up (opening->window, error);
}

/* The photo has been seen; from now on there is time to look whether all of it is whole. */
static void
check_photo (ReshootWindow  *self,
             GFile          *file,
             ReshootPicture *picture)
{
  g_autofree char *name = g_file_get_basename (file);
  ReshootImage *image = reshoot_picture_get_image (picture);
  Opening *opening;

  if (reshoot_picture_get_error (picture) != NULL)
    {
      give_up (self, reshoot_picture_get_error (picture));
      return;
    }

  opening = opening_new (self, file, name);
  if (image != NULL)
    reshoot_image_check_async (image, self->cancellable, image_checked_cb, opening);
  else
    reshoot_image_load_async (file, self->cancellable, image_loaded_cb, opening);
}

static void
photo_changed_cb (ReshootPicture *picture,
                  gpointer        user_data)
{
  Opening *opening = user_data;

  if (!reshoot_picture_get_seen (picture) && reshoot_picture_get_error (picture) == NULL)
    return;

  check_photo (opening->window, opening->file, picture);
  g_signal_handlers_disconnect_by_func (picture, photo_changed_cb, user_data);
}

static void
opening_closure_free (gpointer  data,
                      GClosure *closure)
{
  opening_free (data);
}

/* A photo in a window of its own is seen before anything else is done with it. */
static void
open_photo (ReshootWindow  *self,
            GFile          *file,
            ReshootPicture *picture)
{
  Opening *opening;

  reshoot_edit_view_preview_picture (self->view, picture);
  if (reshoot_picture_get_seen (picture) || reshoot_picture_get_error (picture) != NULL)
    {
      check_photo (self, file, picture);
      return;
    }

  opening = opening_new (self, file, NULL);
  g_signal_connect_data (picture, "changed", G_CALLBACK (photo_changed_cb), opening, NULL, 0);
  g_signal_connect_data (picture, "seen", G_CALLBACK (photo_changed_cb), opening,
                         opening_closure_free, 0);
}

static void
project_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootProject) project = reshoot_project_open_finish (result, &error);
  ReshootWindow *self = opening->window;
  GFile *file = opening->file;

  if (project != NULL)
    {
      reshoot_window_set_project (self, project);
      return;
    }

  /* Who comes second is told so, and reads. */
  if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_BUSY))
    {
      reshoot_project_open_async (file, RESHOOT_PROJECT_READ_ONLY, self->cancellable,
                                  project_opened_cb,
                                  g_steal_pointer (&opening));
      return;
    }

  give_up (self, error);
}

/* Unless another one was opened meanwhile. */
static void
damaged_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootProject) project = reshoot_project_open_finish (result, &error);
  ReshootWindow *self = opening->window;

  if (self->project == NULL ||
      !g_file_equal (reshoot_project_get_file (self->project), opening->file))
    return;

  if (project != NULL)
    reshoot_window_set_project (self, project);
  else
    give_up (self, error);
}

/* The project that is open was found to be damaged: opens what can be saved of it instead. */
void
reshoot_window_open_damaged (ReshootWindow *self)
{
  GFile *file = reshoot_project_get_file (self->project);

  reshoot_project_open_async (file, RESHOOT_PROJECT_READ_ONLY | RESHOOT_PROJECT_DAMAGED,
                              self->cancellable, damaged_opened_cb, opening_new (self, file, NULL));
}

static gboolean
is_project (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL && g_str_has_suffix (name, ".reshoot");
}

static void
open_file (ReshootWindow *self,
           GFile         *file,
           gboolean       looks_up)
{
  ReshootWindow *other = is_project (file) ? reshoot_window_find_open (file) : NULL;
  g_autofree char *name = g_file_get_basename (file);
  Opening *opening;

  if (other != NULL)
    {
      gtk_window_present (GTK_WINDOW (other));
      return;
    }

  /* Until it is read, the next file must not take this window for an empty one. */
  if (self->project == NULL)
    reshoot_window_set_opening (self, TRUE);

  if (self->project == NULL && !is_project (file) && !looks_up)
    {
      g_autoptr (ReshootPicture) picture = reshoot_picture_new_for_file (file,
                                                                        RESHOOT_PICTURE_FIRST_EDGE);

      open_photo (self, file, picture);
      return;
    }

  opening = opening_new (self, file, name);
  opening->looks_up = looks_up;
  if (is_project (file))
    {
      g_set_object (&self->opening, file);
      reshoot_project_open_async (file, RESHOOT_PROJECT_AT_ONCE, self->cancellable,
                                  project_opened_cb, opening);
    }
  else
    reshoot_image_load_async (file, self->cancellable, image_loaded_cb, opening);
}

/**
 * reshoot_window_open:
 * @self: a window
 * @file: a photo or a project
 *
 * A photo joins the project that is open; a project replaces it. One that another window has comes to the front there.
 */
void
reshoot_window_open (ReshootWindow *self,
                     GFile         *file)
{
  g_return_if_fail (RESHOOT_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  open_file (self, file, FALSE);
}

/**
 * reshoot_window_open_picture:
 * @self: a window that is empty
 * @file: a photo
 * @picture: what is being loaded from it
 *
 * As [method@Window.open], but the photo is on its way already.
 */
void
reshoot_window_open_picture (ReshootWindow  *self,
                             GFile          *file,
                             ReshootPicture *picture)
{
  g_return_if_fail (RESHOOT_IS_WINDOW (self));
  g_return_if_fail (reshoot_window_is_empty (self));
  g_return_if_fail (RESHOOT_IS_PICTURE (picture));

  reshoot_window_set_opening (self, TRUE);
  open_photo (self, file, picture);
}

/**
 * reshoot_window_drop:
 * @self: a window
 * @file: a photo or a project
 *
 * As [method@Window.open], but a photo that was exported from a step leads to that step.
 */
void
reshoot_window_drop (ReshootWindow *self,
                     GFile         *file)
{
  g_return_if_fail (RESHOOT_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  open_file (self, file, TRUE);
}

/* Where the sample photos are: named by the environment, installed, or in the folder we were built from. */
static GFile *
find_sample (void)
{
  const char *named = g_getenv ("RESHOOT_SAMPLES");
  const char *folders[] = { named != NULL ? named : RESHOOT_SAMPLES_INSTALLED,
                            RESHOOT_SAMPLES_INSTALLED,
                            RESHOOT_SAMPLES_BUILT };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (folders[i], SAMPLE, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_file_new_for_path (path);
    }

  return g_file_new_build_filename (folders[0], SAMPLE, NULL);
}

/**
 * reshoot_window_open_sample:
 * @self: an empty window
 *
 * Opens the sample photo with a first instruction filled in.
 */
void
reshoot_window_open_sample (ReshootWindow *self)
{
  g_autoptr (GFile) sample = find_sample ();

  g_return_if_fail (RESHOOT_IS_WINDOW (self));

  g_free (self->instruction);
  /* Not translated: the studio reads English. */
  self->instruction =
    g_strdup ("Replace background with clean white studio, keep product lighting");
  reshoot_window_open (self, sample);
}

/* A window of its own for whatever does not belong to the project that is open here. */
ReshootWindow *
reshoot_window_get_free (ReshootWindow *self)
{
  ReshootWindow *other;

  if (reshoot_window_is_empty (self))
    return self;

  other = reshoot_window_new (gtk_window_get_application (GTK_WINDOW (self)), self->session);
  gtk_window_present (GTK_WINDOW (other));
  return other;
}

/* Chosen in the dialog: each gets its own window. */
static void
open_files (ReshootWindow *self,
            GSList        *files)
{
  for (; files != NULL; files = files->next)
    if (reshoot_window_is_verdicts (files->data))
      reshoot_window_import_verdicts (self, files->data);
    else if (is_project (files->data) && reshoot_window_find_open (files->data) != NULL)
      gtk_window_present (GTK_WINDOW (reshoot_window_find_open (files->data)));
    else
      reshoot_window_open (reshoot_window_get_free (self), files->data);
}

/* Dropped or pasted: photos go into the window's project, or each gets its own window where there is none. */
void
reshoot_window_open_many (ReshootWindow *self,
                          GSList        *files)
{
  gboolean joins = self->project != NULL;

  for (; files != NULL; files = files->next)
    if (reshoot_window_is_verdicts (files->data))
      reshoot_window_import_verdicts (self, files->data);
    else if (is_project (files->data) && reshoot_window_find_open (files->data) != NULL)
      gtk_window_present (GTK_WINDOW (reshoot_window_find_open (files->data)));
    else
      reshoot_window_drop (joins && !is_project (files->data) ? self
                           : reshoot_window_get_free (self), files->data);
}

static void
dialog_response_cb (GtkNativeDialog *dialog,
                    int              response,
                    gpointer         user_data)
{
  ReshootWindow *self = user_data;
  g_autoptr (GListModel) chosen = NULL;
  g_autoptr (GSList) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      for (guint i = g_list_model_get_n_items (chosen); i > 0; i--)
        {
          g_autoptr (GFile) file = g_list_model_get_item (chosen, i - 1);

          files = g_slist_prepend (files, file);   /* the list model holds it */
        }

      open_files (self, files);
    }

  g_object_unref (dialog);
}

static void
add_filter (GtkFileChooser    *chooser,
            const char        *name,
            const char *const *mime_types,
            const char        *pattern)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; mime_types[i] != NULL; i++)
    gtk_file_filter_add_mime_type (filter, mime_types[i]);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
open_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  static const char *const photos[] = { "image/png", "image/jpeg", "image/webp", "image/tiff",
                                        NULL };
  static const char *const none[] = { NULL };
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Open Photos or a Project"), GTK_WINDOW (widget),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  add_filter (GTK_FILE_CHOOSER (dialog), _("Photos and projects"), photos, "*.reshoot");
  add_filter (GTK_FILE_CHOOSER (dialog), _("Projects"), none, "*.reshoot");
  add_filter (GTK_FILE_CHOOSER (dialog), _("Verdicts of a reviewer"), none, "*.verdicts.json");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (dialog_response_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
open_uri_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  open_files (RESHOOT_WINDOW (widget), &(GSList) { .data = file });
}

static void
open_sample_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  reshoot_window_open_sample (reshoot_window_get_free (RESHOOT_WINDOW (widget)));
}

static void
texture_saved_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ReshootWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = g_task_propagate_pointer (G_TASK (result), &error);

  if (image == NULL)
    reshoot_window_say_error (self, error);
  else
    reshoot_window_take (self, image, _("Pasted picture"));
}

/* A texture is immutable: it can be encoded away from the main thread. */
static void
save_texture (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  g_autoptr (GBytes) bytes = gdk_texture_save_to_png_bytes (task_data);
  GError *error = NULL;
  ReshootImage *image = reshoot_image_new_from_bytes (bytes, NULL, &error);

  if (image != NULL)
    g_task_return_pointer (task, image, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
take_texture (ReshootWindow *self,
              GdkTexture    *texture)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, texture_saved_cb,
                                       g_object_ref (self));

  g_task_set_source_tag (task, take_texture);
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, save_texture);
}

/* What comes from the clipboard or is dropped, by its type. */
static gboolean
take_value (ReshootWindow *self,
            const GValue  *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      reshoot_window_open_many (self, files);
      return TRUE;
    }

  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    {
      reshoot_window_open_many (self, &(GSList) { .data = g_value_get_object (value) });
      return TRUE;
    }

  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      take_texture (self, g_value_get_object (value));
      return TRUE;
    }

  return FALSE;
}

static void
clipboard_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (ReshootWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value != NULL)
    take_value (self, value);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reshoot_window_say (self, _("There is no picture on the clipboard"));
}

static void
paste_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType type = GDK_TYPE_TEXTURE;

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
      || gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    type = GDK_TYPE_FILE_LIST;

  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, self->cancellable,
                                  clipboard_read_cb,
                                  g_object_ref (self));
}

/* The result that is being dragged out of this very window is no new picture. */
static gboolean
accept_cb (GtkDropTarget *target,
           GdkDrop       *drop,
           gpointer       user_data)
{
  GdkDrag *drag = gdk_drop_get_drag (drop);

  if (drag != NULL && gdk_drag_get_surface (drag) == gtk_native_get_surface (user_data))
    return FALSE;

  return gdk_content_formats_match (gdk_drop_get_formats (drop),
                                    gtk_drop_target_get_formats (target));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  return take_value (user_data, value);
}

void
reshoot_window_add_drop (ReshootWindow *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "accept", G_CALLBACK (accept_cb), self, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (target));
}

void
reshoot_window_install_files (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "win.open-uri", "s", open_uri_cb);
  gtk_widget_class_install_action (widget_class, "win.open-sample", NULL, open_sample_cb);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, paste_cb);
}
