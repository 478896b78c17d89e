/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An hour of work in a minute: a photo of 24 megapixels is opened, zoomed and panned, looked at in every mode, sent to
 * a service five times, undone a hundred times, compared, reviewed and closed; how long the main loop is away in a turn
 * is what is measured. The same with a small picture of one colour shows what the widgets themselves cost, and a
 * project of 10,000 steps, opened, scrolled and walked, what a long history does. */

#include "bench.h"
#include "turns.h"

#include "history-support.h"
#include "reshoot-test.h"
#include "reshoot-ui-test.h"
#include "reshoot-window.h"

#include <gio/gio.h>

#define MODEL "bfl/flux-kontext-pro"
#define LIMIT 16.0      /* milliseconds of the main thread's CPU in one turn */
#define EDITS 5
#define UNDOS 100
#define MOVES 40        /* of the view, by a wheel or a hand */
#define DEEP 10000      /* steps */
#define BRANCH 700      /* steps of the line from one that leaves it to the next */

typedef struct
{
  ReshootSession  *session;
  ReshootWindow   *window;
  ReshootEditView *view;
  ReshootCanvas   *canvas;
} Stage;

/* The services' addresses and keys, as their program says them. */
static GSubprocess *
start_cloud (const char *program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  GSubprocess *cloud = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, NULL);
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (cloud));
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (line + strlen ("export "), "=", 2);

      g_clear_pointer (&line, g_free);
      g_setenv (parts[0], parts[1], TRUE);
      if (g_str_equal (parts[0], "FAKE_CLOUD_URL"))
        break;
    }

  return cloud;
}

static void
wait_for_canvas (Stage *stage)
{
  reshoot_test_wait_until (reshoot_canvas_get_settled (stage->canvas));
  reshoot_ui_test_frames (GTK_WIDGET (stage->window));
}

static ReshootHistory *
get_history (Stage *stage)
{
  return reshoot_project_get_history (reshoot_edit_view_get_project (stage->view));
}

static void
act (gpointer    widget,
     const char *action,
     const char *type,
     const char *argument)
{
  if (type != NULL)
    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (widget), action, type, argument));
  else
    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (widget), action, NULL));
  reshoot_ui_test_frames (GTK_WIDGET (widget));
}

static void
open_photo (Stage      *stage,
            const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  turns_name ("opening the photo");
  reshoot_window_open (stage->window, file);
  reshoot_test_wait_until (reshoot_edit_view_get_project (stage->view) != NULL);
  wait_for_canvas (stage);
}

static void
zoom_and_pan (Stage      *stage,
              const char *what)
{
  ReshootViewport *viewport = reshoot_canvas_get_viewport (stage->canvas);

  turns_name (what);
  for (guint i = 0; i < MOVES; i++)
    {
      double by = i < MOVES / 2 ? 1.2 : 1 / 1.2;

      reshoot_viewport_zoom_to (viewport, reshoot_viewport_get_zoom (viewport) * by, 200, 200);
      reshoot_ui_test_frames (GTK_WIDGET (stage->canvas));
    }
  act (stage->view, "view.zoom-actual", NULL, NULL);
  for (guint i = 0; i < MOVES; i++)
    {
      reshoot_viewport_pan_by (viewport, i < MOVES / 2 ? 23 : -23, 11);
      reshoot_ui_test_frames (GTK_WIDGET (stage->canvas));
    }
  wait_for_canvas (stage);
  act (stage->view, "view.fit", NULL, NULL);
}

static void
look_in_every_mode (Stage *stage)
{
  static const char *const modes[] = { "split", "blink", "difference", "overlay", "side" };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      turns_name (modes[i]);
      act (stage->view, "view.mode", "s", modes[i]);
      wait_for_canvas (stage);
      zoom_and_pan (stage, modes[i]);
    }
}

static void
edit (Stage *stage,
      guint  number)
{
  ReshootInstructionPanel *panel = reshoot_edit_view_get_panel (stage->view);
  g_autofree char *words = g_strdup_printf ("make the background a little lighter, %u", number);
  GListModel *steps = G_LIST_MODEL (get_history (stage));
  guint n_steps = g_list_model_get_n_items (steps);
  g_autoptr (ReshootStep) step = NULL;

  turns_name ("sending an instruction");
  reshoot_instruction_panel_set_instruction (panel, words);
  reshoot_ui_test_frames (GTK_WIDGET (stage->window));
  reshoot_test_wait_until (reshoot_instruction_panel_get_ready (panel));
  act (stage->view, "view.edit", NULL, NULL);
  reshoot_test_wait_until (g_list_model_get_n_items (steps) == n_steps + 1);
  step = g_list_model_get_item (steps, n_steps);

  turns_name ("waiting for the result");
  reshoot_test_wait_until (reshoot_step_get_state (step) == RESHOOT_STEP_DONE);
  turns_name ("showing the result");
  reshoot_test_wait_until (reshoot_history_get_head (get_history (stage)) == step);
  wait_for_canvas (stage);
}

/* As fast as a frame lets it; now and then somebody looks. */
static void
undo_and_redo (Stage *stage)
{
  turns_name ("undo and redo");
  for (guint i = 0; i < UNDOS; i++)
    {
      act (stage->window, i / EDITS % 2 == 0 ? "win.undo" : "win.redo", NULL, NULL);
      if (i % EDITS == EDITS - 1)
        wait_for_canvas (stage);
    }
}

static void
look_at_other_views (Stage *stage)
{
  turns_name ("to Compare");
  act (stage->window, "win.show-view", "s", "compare");
  reshoot_ui_test_frames (GTK_WIDGET (stage->window));
  turns_name ("to Review");
  act (stage->window, "win.show-view", "s", "review");
  wait_for_canvas (stage);
  turns_name ("to Edit");
  act (stage->window, "win.show-view", "s", "edit");
  wait_for_canvas (stage);
}

static void
set_up (Stage *stage)
{
  g_autoptr (GError) error = NULL;

  stage->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  g_assert_true (reshoot_session_set_consent (stage->session, "bfl", TRUE, &error));
  g_assert_no_error (error);
  stage->window = reshoot_window_new (NULL, stage->session);
  stage->view = reshoot_window_get_view (stage->window);
  stage->canvas = reshoot_edit_view_get_canvas (stage->view);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 1600, 1000);
  gtk_window_present (GTK_WINDOW (stage->window));
  reshoot_ui_test_frames (GTK_WIDGET (stage->window));
}

static void
tear_down (Stage *stage)
{
  gpointer window_gone = stage->window;
  gpointer session_gone = stage->session;

  turns_name ("closing");
  g_object_add_weak_pointer (G_OBJECT (stage->window), &window_gone);
  g_object_add_weak_pointer (G_OBJECT (stage->session), &session_gone);
  gtk_window_close (GTK_WINDOW (stage->window));
  g_object_unref (stage->session);
  reshoot_test_wait_until (window_gone == NULL);
  reshoot_test_wait_until (session_gone == NULL);
}

/* From the newest to the oldest and back. */
static void
scroll_history (Stage      *stage,
                const char *what)
{
  GtkWidget *list = reshoot_history_view_get_list (reshoot_edit_view_get_history (stage->view));
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  turns_name (what);
  for (guint i = 0; i <= 2 * MOVES; i++)
    {
      double page = gtk_adjustment_get_page_size (adjustment);
      double end = gtk_adjustment_get_upper (adjustment);

      gtk_adjustment_set_value (adjustment,
                                (end - page) * (i <= MOVES ? MOVES - i : i - MOVES) / MOVES);
      reshoot_ui_test_frames (list);
    }
}

static void
walk_history (Stage *stage)
{
  ReshootHistoryView *history = reshoot_edit_view_get_history (stage->view);
  g_autoptr (ReshootStep) middle = NULL;

  scroll_history (stage, "scrolling the path");
  turns_name ("to the whole tree");
  reshoot_history_view_set_all_steps (history, TRUE);
  reshoot_ui_test_frames (GTK_WIDGET (history));
  scroll_history (stage, "scrolling the tree");
  undo_and_redo (stage);
  turns_name ("to a step in the middle");
  middle = g_list_model_get_item (G_LIST_MODEL (get_history (stage)), DEEP / 2);
  reshoot_history_set_head (get_history (stage), middle);
  wait_for_canvas (stage);
  turns_name ("to the path");
  reshoot_history_view_set_all_steps (history, FALSE);
  reshoot_ui_test_frames (GTK_WIDGET (history));
}

/* One long line of edits, with a dozen others that leave it here and there. */
static void
make_deep (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  g_autoptr (ReshootImage) first = history_make_picture (0, 24, 16);
  ReshootStep *source = history_add_original (project, first, "photo");

  for (guint n = 1; n < DEEP; n++)
    {
      ReshootStep *step = history_add_edit (project, source, n);

      if (n % BRANCH != 0)
        source = step;
    }
  history_close (project);
}

static guint
walk (const char *figure,
      const char *path)
{
  Stage stage;

  make_deep (path);
  set_up (&stage);
  turns_begin (LIMIT);
  open_photo (&stage, path);
  walk_history (&stage);
  look_at_other_views (&stage);
  tear_down (&stage);
  return turns_say (figure);
}

static guint
work (const char *figure,
      const char *path)
{
  Stage stage;

  set_up (&stage);
  turns_begin (LIMIT);
  open_photo (&stage, path);
  reshoot_instruction_panel_set_model (reshoot_edit_view_get_panel (stage.view), MODEL);
  zoom_and_pan (&stage, "zooming and panning the photo");
  for (guint i = 0; i < EDITS; i++)
    edit (&stage, i);
  look_in_every_mode (&stage);
  undo_and_redo (&stage);
  look_at_other_views (&stage);
  tear_down (&stage);
  return turns_say (figure);
}

static char *
make_blank (const char *folder)
{
  char *path = g_build_filename (folder, "blank.png", NULL);
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (640, 480, 0xffb0a090);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = reshoot_image_get_bytes (image);

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  return path;
}

/* usage: bench-session FAKE-CLOUD photo|blank|deep */
int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = bench_make_folder (g_get_tmp_dir ());
  g_autofree char *photo = NULL;
  g_autofree char *blank = NULL;
  g_autofree char *deep = g_build_filename (folder, "deep.reshoot", NULL);
  g_autoptr (GSubprocess) cloud = NULL;
  g_autofree char *figure = NULL;
  const char *script;
  guint n_long;

  g_assert_cmpint (argc, ==, 3);
  script = argv[2];
  cloud = start_cloud (argv[1]);
  photo = bench_make_jpeg (folder, "photo.jpg", FALSE);
  reshoot_ui_test_init (&argc, &argv);
  setvbuf (stdout, NULL, _IOLBF, 0);
  blank = make_blank (folder);

  if (g_str_equal (script, "deep"))
    n_long = walk ("session-deep", deep);
  else if (g_str_equal (script, "photo"))
    n_long = work ("session-photo", photo);
  else
    n_long = work ("session-blank", blank);

  figure = g_strdup_printf ("session-%s", script);
  bench_say_goal (figure, n_long, " turns", 0, "of more than %.0f ms of the main thread's CPU in what is ours", LIMIT);

  g_subprocess_force_exit (cloud);
  bench_remove_folder (folder);
  return 0;
}
