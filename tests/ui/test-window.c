/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The main job, as a person does it: open a photo, say what to change, see the result, go back, branch, export. By the
 * same actions that buttons and keys have, with the real studio. */

#include "reshoot-application.h"
#include "reshoot-error.h"
#include "reshoot-export-dialog.h"
#include "reshoot-history-entries.h"
#include "reshoot-ui-test.h"
#include "reshoot-window.h"

#include "reshoot-test.h"

typedef struct
{
  ReshootSession  *session;
  ReshootWindow   *window;
  ReshootEditView *view;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  fixture->window = reshoot_window_new (NULL, fixture->session);
  fixture->view = reshoot_window_get_view (fixture->window);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  reshoot_ui_test_frames (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ReshootProject *project = reshoot_edit_view_get_project (fixture->view);
  gpointer window_gone = fixture->window;
  gpointer project_gone = project;
  gpointer session_gone = fixture->session;

  g_object_add_weak_pointer (G_OBJECT (fixture->window), &window_gone);
  if (project != NULL)
    g_object_add_weak_pointer (G_OBJECT (project), &project_gone);
  g_object_add_weak_pointer (G_OBJECT (fixture->session), &session_gone);

  gtk_window_close (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->session);
  reshoot_test_wait_until (window_gone == NULL);
  reshoot_test_wait_until (project_gone == NULL);
  reshoot_test_wait_until (session_gone == NULL);
}

static ReshootHistory *
get_history (Fixture *fixture)
{
  return reshoot_project_get_history (reshoot_edit_view_get_project (fixture->view));
}

static void
wait_for_canvas (Fixture *fixture)
{
  ReshootCanvas *canvas = reshoot_edit_view_get_canvas (fixture->view);

  reshoot_test_wait_until (reshoot_canvas_get_settled (canvas));
  /* On a busy machine the pictures can be there before the window has its size: then "fit" is next to nothing. */
  reshoot_test_wait_until (reshoot_viewport_get_zoom (reshoot_canvas_get_viewport (canvas)) > 0.05);
}

static void
open_photo (Fixture    *fixture,
            const char *name)
{
  g_autofree char *path = reshoot_test_sample (name);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  reshoot_window_open (fixture->window, file);
  reshoot_test_wait_until (reshoot_edit_view_get_project (fixture->view) != NULL);
  wait_for_canvas (fixture);
}

static void
edit (Fixture    *fixture,
      const char *instruction)
{
  guint n_steps = g_list_model_get_n_items (G_LIST_MODEL (get_history (fixture)));
  ReshootStep *step;

  reshoot_instruction_panel_set_instruction (reshoot_edit_view_get_panel (fixture->view),
                                             instruction);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.edit", NULL));
  reshoot_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (get_history (fixture)))
                           == n_steps + 1);

  step = g_list_model_get_item (G_LIST_MODEL (get_history (fixture)), n_steps);
  g_object_unref (step);
  reshoot_test_wait_until (reshoot_history_get_head (get_history (fixture)) == step);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_DONE);
  wait_for_canvas (fixture);
}

/* In the middle of the pane. */
static guint32
get_canvas_pixel (Fixture *fixture,
                  double   x,
                  double   y)
{
  int width, height;
  GtkWidget *canvas = GTK_WIDGET (reshoot_edit_view_get_canvas (fixture->view));
  g_autofree guint32 *pixels = reshoot_ui_test_pixels (canvas, &width, &height);

  return pixels[(int) (y * height) * width + (int) (x * width)];
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->window);

  g_assert_true (reshoot_window_is_empty (fixture->window));
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "Drop a Photo Here"));
  g_assert_nonnull (reshoot_ui_test_find (widget, "win.open-sample"));
  g_assert_nonnull (reshoot_ui_test_find (widget, "app.preferences"));

  /* Nothing can be done to nothing, and trying does no harm. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.edit", NULL);
  gtk_widget_activate_action (widget, "win.undo", NULL);
  gtk_widget_activate_action (widget, "win.export", NULL);
}

static void
test_sample (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *words = NULL;
  g_autofree char *path = NULL;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-sample", NULL);
  reshoot_test_wait_until (reshoot_edit_view_get_project (fixture->view) != NULL);

  words = reshoot_instruction_panel_dup_instruction (reshoot_edit_view_get_panel (fixture->view));
  g_assert_cmpstr (words, ==, "Replace background with clean white studio, keep product lighting");
  g_assert_true (reshoot_instruction_panel_get_ready (reshoot_edit_view_get_panel (fixture->view)));

  /* It lives in a project of its own from the first second. */
  path = g_file_get_path (reshoot_project_get_file (reshoot_edit_view_get_project (fixture->view)));
  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
  g_assert_true (g_str_has_suffix (path, ".reshoot"));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_main_job (Fixture       *fixture,
               gconstpointer  data)
{
  ReshootStep *original, *white, *warm, *cool;
  guint32 before, pixel;
  g_autoptr (GPtrArray) siblings = NULL;
  g_autofree char *words = NULL;

  open_photo (fixture, "headphones-on-beige.jpg");
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (fixture->view),
                                                "Original · 1440 × 1080 · sRGB"));
  original = reshoot_history_get_head (get_history (fixture));
  before = get_canvas_pixel (fixture, 0.05, 0.5);

  edit (fixture, "Replace background with clean white studio, keep product lighting");
  white = reshoot_history_get_head (get_history (fixture));
  g_assert_true (reshoot_step_get_parent (white) == original);

  /* The words were taken; the corner of the result is white now, the source's is not. */
  words = reshoot_instruction_panel_dup_instruction (reshoot_edit_view_get_panel (fixture->view));
  g_assert_cmpstr (words, ==, "");
  pixel = get_canvas_pixel (fixture, 0.95, 0.4);
  g_assert_cmpuint (pixel & 0xff, >, 235);
  g_assert_cmpuint (get_canvas_pixel (fixture, 0.05, 0.5) & 0xff, <, 225);
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (fixture->view), "Source · Original"));
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (fixture->view),
                                                "Result · Replace background"));

  edit (fixture, "warm it slightly");
  warm = reshoot_history_get_head (get_history (fixture));
  g_assert_true (reshoot_step_get_parent (warm) == white);

  /* Undo goes to the parent; an edit there is a branch, and nothing is lost. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  g_assert_true (reshoot_history_get_head (get_history (fixture)) == white);
  edit (fixture, "cool it slightly");
  cool = reshoot_history_get_head (get_history (fixture));
  g_assert_true (reshoot_step_get_parent (cool) == white);
  siblings = reshoot_history_list_siblings (get_history (fixture), cool);
  g_assert_cmpuint (siblings->len, ==, 2);
  g_assert_true (siblings->pdata[0] == warm);

  /* Between branches, and back along the one last seen. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.sibling", "i", -1);
  g_assert_true (reshoot_history_get_head (get_history (fixture)) == warm);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.redo", NULL);
  g_assert_true (reshoot_history_get_head (get_history (fixture)) == warm);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  g_assert_true (reshoot_history_get_head (get_history (fixture)) == original);
  wait_for_canvas (fixture);
  reshoot_test_wait_until (get_canvas_pixel (fixture, 0.05, 0.5) == before);
}

static void
test_pin (Fixture       *fixture,
          gconstpointer  data)
{
  open_photo (fixture, "mug.jpg");
  edit (fixture, "make it brighter");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.pin", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.redo", NULL);
  edit (fixture, "warm it slightly");

  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (fixture->view), "Source · Original"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.pin", NULL);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->view),
                                                       "Source · make it brighter"));
}

/* What was cut lies where it was cut from: it does not reach beyond the photo, and nothing is rescaled for it. */
static void
test_crop (Fixture       *fixture,
           gconstpointer  data)
{
  ReshootCanvas *canvas = reshoot_edit_view_get_canvas (fixture->view);
  ReshootViewport *viewport = reshoot_canvas_get_viewport (canvas);
  ReshootStep *head;
  double zoom;

  reshoot_canvas_set_mode (canvas, RESHOOT_CANVAS_SPLIT);
  open_photo (fixture, "mug.jpg");
  zoom = reshoot_viewport_get_zoom (viewport);

  edit (fixture, "crop square");
  head = reshoot_history_get_head (get_history (fixture));
  g_assert_cmpint (reshoot_step_get_width (head), ==, reshoot_step_get_height (head));
  g_assert_cmpfloat_with_epsilon (reshoot_viewport_get_zoom (viewport), zoom, 1e-9);
}

/* By the dialog, to a file that was chosen. */
static void
export (Fixture *fixture,
        GFile   *file)
{
  GListModel *windows = gtk_window_get_toplevels ();
  ReshootExportDialog *dialog = NULL;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.export", NULL));
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (RESHOOT_IS_EXPORT_DIALOG (window))
        dialog = RESHOOT_EXPORT_DIALOG (window);
    }

  g_assert_nonnull (dialog);
  reshoot_export_dialog_write (dialog, file);
}

static void
test_export (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("mug.png");
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) nowhere = g_file_get_child (folder, "mug.xyz");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = NULL;

  open_photo (fixture, "mug.jpg");
  export (fixture, nowhere);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "does not say a format"));
  g_assert_false (g_file_query_exists (nowhere, NULL));

  export (fixture, file);
  reshoot_test_wait_until (g_file_query_exists (file, NULL));
  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  image = reshoot_image_load_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (image), ==, 1440);
  g_assert_cmpint (reshoot_image_get_format (image), ==, RESHOOT_IMAGE_FORMAT_PNG);

  g_file_delete (file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
}

/* What is not a picture gives a sentence, and the window stays as useful as it was. */
static void
test_bad_file (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("words.jpg");
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) missing = g_file_get_child (folder, "missing.jpg");

  g_file_replace_contents (file, "not a picture", 13, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                           NULL);
  reshoot_window_open (fixture->window, file);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window), "words.jpg"));
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window), "Details"));
  g_assert_true (reshoot_window_is_empty (fixture->window));

  reshoot_window_open (fixture->window, missing);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "missing.jpg"));
  g_assert_true (reshoot_window_is_empty (fixture->window));

  g_file_delete (file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
}

/* A photo that is broken in its pixels passes the gate: nothing of it stays. */
static void
test_broken_file (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (ReshootImage) whole = reshoot_ui_test_flat_image (1200, 800, 0xffff0000u);
  g_autoptr (GFile) file = reshoot_test_temp_file ("broken.png");
  g_autoptr (GFile) folder = g_file_get_parent (file);
  ReshootCanvas *canvas = reshoot_edit_view_get_canvas (fixture->view);
  GBytes *bytes = reshoot_image_get_bytes (whole);
  gsize size = g_bytes_get_size (bytes);
  g_autofree char *contents = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  memset (contents + size / 2, 0x55, 64);
  g_file_replace_contents (file, contents, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL);
  reshoot_window_open (fixture->window, file);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window), "broken.png"));
  g_assert_true (reshoot_window_is_empty (fixture->window));
  g_assert_null (reshoot_canvas_get_picture (canvas, RESHOOT_CANVAS_RESULT));
  g_assert_null (reshoot_edit_view_get_project (fixture->view));

  /* Nothing of it stands in the way of the next one. */
  open_photo (fixture, "mug.jpg");

  g_file_delete (file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
}

/* One that was on its way before there was a window: ready or not, it is what the project is made of. */
static void
test_early (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ReshootCanvas *canvas = reshoot_edit_view_get_canvas (fixture->view);
  g_autoptr (ReshootPicture) picture = reshoot_picture_new_for_file (file, 300);

  reshoot_test_wait_until (reshoot_picture_get_complete (picture));
  g_assert_null (reshoot_picture_get_image (picture));
  reshoot_window_open_picture (fixture->window, file, picture);
  g_assert_true (reshoot_canvas_get_picture (canvas, RESHOOT_CANVAS_RESULT) == picture);
  g_assert_false (reshoot_window_is_empty (fixture->window));
  reshoot_test_wait_until (reshoot_edit_view_get_project (fixture->view) != NULL);
  wait_for_canvas (fixture);
  g_assert_true (reshoot_edit_view_get_result (fixture->view) == picture);
}

/* What keeps an edit from being made leads to where it can be mended. */
static void
test_remedies (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->window);
  g_autoptr (GError) key = reshoot_error_new (RESHOOT_ERROR_AUTH, "no-key", "BFL_API_KEY", "none");
  g_autoptr (GError) limit = reshoot_error_new (RESHOOT_ERROR_BUDGET, "limit-day", "$1 > $0.5",
                                                "too much");
  g_autoptr (GError) other = reshoot_error_new (RESHOOT_ERROR_FAILED, NULL, NULL, "odd");
  GtkWidget *button;

  reshoot_window_say_error (fixture->window, key);
  button = reshoot_ui_test_find (widget, "app.preferences");
  g_assert_nonnull (reshoot_ui_test_find_label (button, "Accounts…"));

  reshoot_window_say_error (fixture->window, limit);
  button = reshoot_ui_test_find (widget, "app.preferences");
  g_assert_nonnull (reshoot_ui_test_find_label (button, "Budget…"));

  reshoot_window_say_error (fixture->window, other);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "Details"));
  g_assert_null (reshoot_ui_test_find_label (widget, "Budget…"));
}

/* Closed and opened again, it is where it was. */
static void
test_reopen (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GFile) file = NULL;
  gint64 head;
  gpointer gone;

  open_photo (fixture, "mug.jpg");
  edit (fixture, "make it brighter");
  head = reshoot_step_get_id (reshoot_history_get_head (get_history (fixture)));
  file = g_object_ref (reshoot_project_get_file (reshoot_edit_view_get_project (fixture->view)));

  gone = reshoot_edit_view_get_project (fixture->view);
  g_object_add_weak_pointer (gone, &gone);
  gtk_window_close (GTK_WINDOW (fixture->window));
  reshoot_test_wait_until (gone == NULL);

  fixture->window = reshoot_window_new (NULL, fixture->session);
  fixture->view = reshoot_window_get_view (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  reshoot_window_open (fixture->window, file);
  reshoot_test_wait_until (reshoot_edit_view_get_project (fixture->view) != NULL);
  g_assert_cmpint (reshoot_step_get_id (reshoot_history_get_head (get_history (fixture))), ==,
                   head);
  wait_for_canvas (fixture);
}

/* What was opened before is one click away in a window that has nothing. */
static void
test_recent (Fixture       *fixture,
             gconstpointer  data)
{
  ReshootWindow *other;
  GtkWidget *row;

  open_photo (fixture, "mug.jpg");
  other = reshoot_window_new (NULL, fixture->session);
  gtk_window_present (GTK_WINDOW (other));
  reshoot_test_wait_until ((row = reshoot_ui_test_find (GTK_WIDGET (other), "win.open-uri"))
                           != NULL);
  g_assert_nonnull (reshoot_ui_test_find_label (row, "mug"));
  gtk_window_close (GTK_WINDOW (other));
}

/* Who comes second is told so, and reads. */
static void
test_read_only (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("held.reshoot");
  G_GNUC_UNUSED g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (60, 40, 0xff808080u);
  g_autoptr (ReshootProject) holder = NULL;
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_open_async (file, RESHOOT_PROJECT_CREATE, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  holder = reshoot_project_open_finish (result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  reshoot_project_add_original_async (holder, image, "flat", NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_original_finish (holder, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  reshoot_window_open (fixture->window, file);
  reshoot_test_wait_until (reshoot_edit_view_get_project (fixture->view) != NULL);
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                "is being written by another"));

  reshoot_instruction_panel_set_instruction (reshoot_edit_view_get_panel (fixture->view),
                                             "make it brighter");
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.edit", NULL);
  wait_for_canvas (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_history (fixture))), ==, 1);

  reshoot_project_close_async (holder, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_close_finish (holder, result, &error);
  g_assert_no_error (error);
}

/* Closing while a photo is being read, and while an edit is being made. */
static void
test_close_early (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = reshoot_test_sample ("shoe.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  reshoot_window_open (fixture->window, file);
}

static void
test_close_working (Fixture       *fixture,
                    gconstpointer  data)
{
  open_photo (fixture, "shoe.jpg");
  reshoot_instruction_panel_set_instruction (reshoot_edit_view_get_panel (fixture->view),
                                             "white studio background");
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.edit", NULL);
  reshoot_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (get_history (fixture))) == 2);
}

/* As a hand would draw it smaller, down to a telephone: each step makes the room for the next. */
static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->window);
  gboolean narrow;
  int minimum;

  open_photo (fixture, "mug.jpg");
  edit (fixture, "make it brighter");
  gtk_widget_activate_action (widget, "win.undo", NULL);
  edit (fixture, "warm it slightly");
  g_object_get (fixture->view, "narrow", &narrow, NULL);
  g_assert_false (narrow);
  g_assert_nonnull (reshoot_ui_test_find (widget, "win.export"));

  for (int width = 1200; width >= 360; width -= 20)
    {
      gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 640);
      reshoot_ui_test_frames (widget);
    }

  g_object_get (fixture->view, "narrow", &narrow, NULL);
  g_assert_true (narrow);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  g_assert_null (reshoot_ui_test_find (widget, "win.export"));
  g_assert_nonnull (reshoot_ui_test_find (widget, "view.mode"));

  /* Nor do the other views ask for more. */
  for (int i = RESHOOT_WINDOW_COMPARE; i <= RESHOOT_WINDOW_REVIEW; i++)
    {
      reshoot_window_show (fixture->window, (ReshootWindowView) i);
      reshoot_ui_test_frames (widget);
      gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 360);
    }
}

static int n_shown;

static void
shown_cb (void)
{
  n_shown++;
}

/* The views are of one project at one step. What belongs to one of them does nothing while another is shown: a key that
 * would start an edit there, least of all. */
static void
test_views (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->window);
  ReshootReviewView *review = reshoot_window_get_review (fixture->window);
  ReshootStep *head;

  gtk_widget_activate_action (widget, "win.show-view", "s", "review");
  g_assert_cmpint (reshoot_window_get_shown (fixture->window), ==, RESHOOT_WINDOW_EDIT);

  open_photo (fixture, "mug.jpg");
  edit (fixture, "make it brighter");
  head = reshoot_history_get_head (get_history (fixture));

  n_shown = 0;
  g_signal_connect (fixture->window, "notify::shown", G_CALLBACK (shown_cb), NULL);
  gtk_widget_activate_action (widget, "win.show-view", "s", "review");
  g_assert_cmpint (reshoot_window_get_shown (fixture->window), ==, RESHOOT_WINDOW_REVIEW);
  gtk_widget_activate_action (widget, "win.show-view", "s", "review");
  g_assert_cmpint (reshoot_window_get_shown (fixture->window), ==, RESHOOT_WINDOW_REVIEW);
  g_assert_cmpint (n_shown, ==, 1);
  g_assert_null (reshoot_ui_test_find (widget, "win.undo"));
  g_assert_nonnull (reshoot_ui_test_find (widget, "win.export"));
  reshoot_ui_test_frames (GTK_WIDGET (review));
  reshoot_test_wait_until (reshoot_canvas_get_picture (reshoot_review_view_get_canvas (review),
                                                       RESHOOT_CANVAS_RESULT) != NULL);

  gtk_widget_activate_action (GTK_WIDGET (review), "view.before", NULL);
  g_assert_true (reshoot_history_get_head (get_history (fixture))
                 == reshoot_step_get_parent (head));
  gtk_widget_activate_action (GTK_WIDGET (review), "view.before", NULL);
  gtk_widget_activate_action (GTK_WIDGET (review), "view.after", NULL);
  g_assert_true (reshoot_history_get_head (get_history (fixture)) == head);

  gtk_widget_activate_action (widget, "win.show-view", "s", "edit");
  g_assert_nonnull (reshoot_ui_test_find (widget, "win.undo"));
  g_assert_null (reshoot_canvas_get_picture (reshoot_review_view_get_canvas (review),
                                             RESHOOT_CANVAS_RESULT));
}

int
main (int    argc,
      char **argv)
{
  g_unsetenv ("BFL_API_KEY");
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) g_test_add ("/window/" name, Fixture, NULL, set_up, function, tear_down)
  add ("empty", test_empty);
  add ("sample", test_sample);
  add ("main-job", test_main_job);
  add ("pin", test_pin);
  add ("crop", test_crop);
  add ("export", test_export);
  add ("bad-file", test_bad_file);
  add ("broken-file", test_broken_file);
  add ("early", test_early);
  add ("remedies", test_remedies);
  add ("reopen", test_reopen);
  add ("recent", test_recent);
  add ("read-only", test_read_only);
  add ("close-early", test_close_early);
  add ("close-working", test_close_working);
  add ("narrow", test_narrow);
  add ("views", test_views);
#undef add

  return g_test_run ();
}
