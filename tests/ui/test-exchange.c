/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures that come and go by clipboard and drag: the file that is dragged out is the step's picture under the step's
 * name, and nothing of it stays behind. */

#include "reshoot-ui-test.h"
#include "reshoot-window-private.h"

#include "reshoot-test.h"

#include <glib/gstdio.h>

typedef struct
{
  ReshootSession *session;
  ReshootWindow  *window;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  self->window = reshoot_window_new (NULL, self->session);
  gtk_window_present (GTK_WINDOW (self->window));
  reshoot_window_open (self->window, file);
  reshoot_test_wait_until (self->window->project != NULL);
  reshoot_test_wait_until (reshoot_canvas_get_settled (reshoot_edit_view_get_canvas
                                                       (self->window->view)));
}

static void
close_window (Fixture *self)
{
  gpointer gone = self->window;

  g_object_add_weak_pointer (G_OBJECT (self->window), &gone);
  gtk_window_close (GTK_WINDOW (self->window));
  reshoot_test_wait_until (gone == NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gpointer gone = self->session;

  if (self->window != NULL)
    close_window (self);

  g_object_add_weak_pointer (G_OBJECT (self->session), &gone);
  g_object_unref (self->session);
  reshoot_test_wait_until (gone == NULL);
}

static guint
count_steps (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (reshoot_project_get_history
                                                 (self->window->project)));
}

/* What another program reads of it. */
static char *
read_uris (GdkContentProvider  *content,
           GCancellable        *cancellable,
           GError             **error)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GAsyncResult) result = NULL;

  gdk_content_provider_write_mime_type_async (content, "text/uri-list", stream, G_PRIORITY_DEFAULT,
                                              cancellable, reshoot_test_ready_cb, &result);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  reshoot_test_await (&result);
  if (!gdk_content_provider_write_mime_type_finish (content, result, error))
    return NULL;

  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

static void
test_drag (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GdkContentProvider) content = reshoot_window_make_drag (self->window);
  g_autoptr (GdkContentFormats) formats = gdk_content_provider_ref_formats (content);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *uris = NULL;
  g_autofree char *name = NULL;
  g_autofree char *folder = g_strdup (self->window->drag_folder);
  GStatBuf info;

  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/uri-list"));
  g_assert_true (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE));
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  g_assert_null (read_uris (content, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  uris = read_uris (content, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (uris, "\r\n"));
  file = g_file_new_for_uri (g_strchomp (uris));
  name = g_file_get_basename (file);
  g_assert_cmpstr (name, ==, "mug – Original.png");

  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  image = reshoot_image_load_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (image), ==, 1440);
  g_assert_cmpint (reshoot_image_get_format (image), ==, RESHOOT_IMAGE_FORMAT_PNG);

  g_clear_object (&content);
  close_window (self);
  self->window = NULL;
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

/* An empty window has nothing to drag. */
static void
test_drag_nothing (Fixture       *self,
                   gconstpointer  data)
{
  close_window (self);
  self->window = reshoot_window_new (NULL, self->session);
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_null (reshoot_window_make_drag (self->window));
  g_assert_null (self->window->drag_folder);
}

static void
test_copy_and_paste (Fixture       *self,
                     gconstpointer  data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->window));
  guint n = count_steps (self);

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.copy", NULL);
  g_assert_true (gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard),
                                                        "image/png"));

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.paste", NULL);
  reshoot_test_wait_until (count_steps (self) == n + 1);
}

static void
test_paste_files (Fixture       *self,
                  gconstpointer  data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->window));
  g_autofree char *shoe = reshoot_test_sample ("shoe.jpg");
  g_autofree char *camera = reshoot_test_sample ("camera.jpg");
  g_autoptr (GFile) a = g_file_new_for_path (shoe);
  g_autoptr (GFile) b = g_file_new_for_path (camera);
  g_autoptr (GSList) files = g_slist_append (g_slist_append (NULL, a), b);
  guint n = count_steps (self);

  gdk_clipboard_set (clipboard, GDK_TYPE_FILE_LIST, files);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.paste", NULL);
  reshoot_test_wait_until (count_steps (self) == n + 2);
}

int
main (int    argc,
      char **argv)
{
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) \
  g_test_add ("/exchange/" name, Fixture, NULL, set_up, function, tear_down)
  add ("drag", test_drag);
  add ("drag-nothing", test_drag_nothing);
  add ("copy-and-paste", test_copy_and_paste);
  add ("paste-files", test_paste_files);
#undef add

  return g_test_run ();
}
