/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What belongs to no window: coming back to where one was, several windows, and that whatever a key does can be reached
 * without it. */

#include "reshoot-application.h"
#include "reshoot-places.h"
#include "reshoot-settings.h"
#include "reshoot-ui-test.h"
#include "reshoot-window.h"

#include "reshoot-test.h"

#include <glib/gstdio.h>

/* What is done while the application runs; it is quit after. */
typedef void (*Phase) (ReshootApplication *application,
                       gpointer            data);

typedef struct
{
  ReshootApplication *application;
  Phase               phase;
  gpointer            data;
} Run;

static GList *
get_windows (ReshootApplication *application)
{
  return gtk_application_get_windows (GTK_APPLICATION (application));
}

static ReshootWindow *
get_window (ReshootApplication *application)
{
  g_assert_cmpuint (g_list_length (get_windows (application)), ==, 1);
  return get_windows (application)->data;
}

static ReshootProject *
get_project (ReshootWindow *window)
{
  return reshoot_edit_view_get_project (reshoot_window_get_view (window));
}

static ReshootCanvas *
get_canvas (ReshootWindow *window)
{
  return reshoot_edit_view_get_canvas (reshoot_window_get_view (window));
}

static ReshootViewport *
get_viewport (ReshootWindow *window)
{
  return reshoot_canvas_get_viewport (get_canvas (window));
}

static int
get_width (ReshootWindow *window)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  return width;
}

/* Until every window has what it is to show. */
static void
wait_for_projects (ReshootApplication *application)
{
  for (GList *l = get_windows (application); l != NULL; l = l->next)
    {
      reshoot_test_wait_until (get_project (l->data) != NULL);
      reshoot_test_wait_until (reshoot_canvas_get_settled (get_canvas (l->data)));
    }
}

static gboolean
run_cb (gpointer user_data)
{
  Run *run = user_data;

  reshoot_test_wait_until (get_windows (run->application) != NULL);
  run->phase (run->application, run->data);
  g_action_group_activate_action (G_ACTION_GROUP (run->application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

/* From its start to its end, on the samples of these names. */
static void
run_application (const char *const *names,
                 Phase              phase,
                 gpointer           data)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootSession) session = reshoot_session_new (&error);
  Run run = { NULL, phase, data };
  gpointer session_gone = session;

  g_assert_no_error (error);
  g_object_add_weak_pointer (G_OBJECT (session), &session_gone);
  g_ptr_array_add (arguments, g_strdup ("reshoot"));
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_ptr_array_add (arguments, reshoot_test_sample (names[i]));
  g_ptr_array_add (arguments, NULL);

  run.application = reshoot_application_new (session);
  g_clear_object (&session);
  g_idle_add (run_cb, &run);
  g_assert_cmpint (g_application_run (G_APPLICATION (run.application), (int) arguments->len - 1,
                                      (char **) arguments->pdata), ==, 0);
  g_assert_finalize_object (run.application);
  reshoot_test_wait_until (session_gone == NULL);
}

static void
forget_places (void)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "reshoot", "windows.ini",
                                            NULL);

  g_unlink (path);
}

/* A second start uses what is empty. */
static void
first_run (ReshootApplication *application,
           gpointer            data)
{
  g_assert_true (reshoot_window_is_empty (get_window (application)));
  g_application_activate (G_APPLICATION (application));
  g_assert_true (reshoot_window_is_empty (get_window (application)));
}

static void
test_first_run (void)
{
  forget_places ();
  run_application (NULL, first_run, NULL);
}

static void
look_close (ReshootApplication *application,
            gpointer            data)
{
  ReshootWindow *window = get_window (application);

  wait_for_projects (application);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  reshoot_ui_test_frames (GTK_WIDGET (window));
  g_assert_cmpint (get_width (window), ==, 900);
  reshoot_viewport_look_at (get_viewport (window), 2, 700, 500);
  *(GFile **) data = g_object_ref (reshoot_window_get_file (window));
}

/* And closes the window: leaving by closing the last one is leaving from there, too. */
static void
find_close (ReshootApplication *application,
            gpointer            data)
{
  ReshootWindow *window = get_window (application);
  double x, y;

  wait_for_projects (application);
  g_assert_true (g_file_equal (reshoot_window_get_file (window), data));
  g_assert_cmpfloat (reshoot_viewport_get_zoom (get_viewport (window)), ==, 2);
  reshoot_viewport_get_centre (get_viewport (window), &x, &y);
  g_assert_cmpfloat (x, ==, 700);
  g_assert_cmpfloat (y, ==, 500);
  g_assert_cmpint (get_width (window), ==, 900);

  reshoot_window_show (window, RESHOOT_WINDOW_REVIEW);
  reshoot_viewport_fit (get_viewport (window));
  gtk_window_close (GTK_WINDOW (window));
  reshoot_test_wait_until (get_windows (application) == NULL);
}

static void
find_review (ReshootApplication *application,
             gpointer            data)
{
  ReshootWindow *window = get_window (application);

  wait_for_projects (application);
  g_assert_true (g_file_equal (reshoot_window_get_file (window), data));
  g_assert_cmpint (reshoot_window_get_shown (window), ==, RESHOOT_WINDOW_REVIEW);
  g_assert_true (reshoot_viewport_get_fits (get_viewport (window)));
}

/* Who asks for a file gets that and nothing else. */
static void
find_other (ReshootApplication *application,
            gpointer            data)
{
  wait_for_projects (application);
  g_assert_false (g_file_equal (reshoot_window_get_file (get_window (application)), data));
}

static void
find_empty (ReshootApplication *application,
            gpointer            data)
{
  g_assert_true (reshoot_window_is_empty (get_window (application)));
}

static void
test_restore (void)
{
  static const char *const mug[] = { "mug.jpg", NULL };
  static const char *const shoe[] = { "shoe.jpg", NULL };
  g_autoptr (GSettings) settings = reshoot_settings_new ();
  g_autoptr (GFile) file = NULL;

  forget_places ();
  run_application (mug, look_close, &file);
  run_application (NULL, find_close, file);
  run_application (NULL, find_review, file);

  g_assert_nonnull (settings);
  g_settings_set_boolean (settings, "restore-session", FALSE);
  run_application (NULL, find_empty, NULL);
  g_settings_reset (settings, "restore-session");

  run_application (shoe, find_other, file);
}

static void
close_one (ReshootApplication *application,
           gpointer            data)
{
  GFile **files = data;
  guint n = 0;

  g_assert_cmpuint (g_list_length (get_windows (application)), ==, 3);
  wait_for_projects (application);
  for (GList *l = get_windows (application); l != NULL; l = l->next)
    files[n++] = g_object_ref (reshoot_window_get_file (l->data));

  gtk_window_close (get_windows (application)->data);
  reshoot_test_wait_until (g_list_length (get_windows (application)) == 2);
}

/* What was closed on its own stays closed; what is gone is left out. */
static void
find_third (ReshootApplication *application,
            gpointer            data)
{
  GFile **files = data;

  wait_for_projects (application);
  g_assert_true (g_file_equal (reshoot_window_get_file (get_window (application)), files[2]));
}

static void
test_several (void)
{
  static const char *const names[] = { "mug.jpg", "shoe.jpg", "camera.jpg", NULL };
  GFile *files[3] = { NULL };

  forget_places ();
  run_application (names, close_one, files);
  g_assert_true (g_file_delete (files[1], NULL, NULL));
  run_application (NULL, find_third, files);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_object_unref (files[i]);
}

/* A file that is nonsense is as good as none. */
static void
test_places (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "reshoot", NULL);
  g_autofree char *path = g_build_filename (folder, "windows.ini", NULL);
  g_autoptr (GPtrArray) none = NULL;
  g_auto (ReshootPlace) place = { 0 };
  ReshootPlace there = { (char *) "edit", FALSE, 3, 10, 20.5 };

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "[Window 1\nproject\n\xff", -1, NULL));
  none = reshoot_places_list_open ();
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_false (reshoot_places_get ("a", &place));

  g_assert_true (g_file_set_contents (path, "[Project a]\nview=edit\nzoom=much\nx=1\ny=2\n", -1,
                                      NULL));
  g_assert_true (reshoot_places_get ("a", &place));
  g_assert_true (place.fits);
  reshoot_place_clear (&place);

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      reshoot_places_set (name, &there);
    }

  g_assert_false (reshoot_places_get ("a", &place));
  g_assert_false (reshoot_places_get ("0", &place));
  g_assert_true (reshoot_places_get ("299", &place));
  g_assert_cmpstr (place.view, ==, "edit");
  g_assert_false (place.fits);
  g_assert_cmpfloat (place.zoom, ==, 3);
  g_assert_cmpfloat (place.y, ==, 20.5);
  g_unlink (path);
}

int
main (int    argc,
      char **argv)
{
  reshoot_ui_test_init (&argc, &argv);

  g_test_add_func ("/application/first-run", test_first_run);
  g_test_add_func ("/application/restore", test_restore);
  g_test_add_func ("/application/several", test_several);
  g_test_add_func ("/application/places", test_places);

  return g_test_run ();
}
