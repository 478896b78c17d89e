/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reviewing in a real window: the path is walked and played, what is said of a step is stored and undone, notes lie on
 * the picture where they were put, and a project that can only be read says so. */

#include "reshoot-film-strip.h"
#include "reshoot-note-layer.h"
#include "reshoot-review-filter.h"
#include "reshoot-ui-test.h"
#include "reshoot-window.h"

#include "reshoot-test.h"

#include <math.h>

#define N_STEPS 3

static const guint32 colors[N_STEPS] = { 0xffff0000u, 0xff00ff00u, 0xff0000ffu };

typedef struct
{
  ReshootSession    *session;
  ReshootWindow     *window;
  ReshootReviewView *view;
  GFile             *file;
  ReshootProject    *project;            /* the window's */
  ReshootHistory    *history;
  ReshootStep       *steps[N_STEPS];     /* original, greener, bluer */
} Fixture;

static void
add_step (ReshootProject *project,
          ReshootStep    *parent,
          const char     *instruction,
          guint32         color)
{
  const double affine[6] = { 1, 0, 0, 0, 1, 0 };
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (600, 400, color);
  g_autoptr (ReshootRequest) request = reshoot_request_new (instruction, "studio/local", NULL);
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);

  reshoot_project_add_request_async (project, parent, request, 0, NULL, reshoot_test_ready_cb,
                                     &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_request_finish (project, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  facts.seconds = 1.5;
  reshoot_project_add_version_async (project, step, image, affine, NULL, &facts, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_add_version_finish (project, result, &error);
  g_assert_no_error (error);
  reshoot_history_set_head (reshoot_project_get_history (project), step);
}

static ReshootStep *
get_head (ReshootProject *project)
{
  return reshoot_history_get_head (reshoot_project_get_history (project));
}

/* A project of three steps in a file, closed again. */
static void
make_project (Fixture *fixture)
{
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (600, 400, colors[0]);
  g_autoptr (ReshootProject) project = NULL;
  g_autoptr (ReshootStep) original = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->file = reshoot_test_temp_file ("review.reshoot");
  reshoot_project_open_async (fixture->file, RESHOOT_PROJECT_CREATE, NULL, reshoot_test_ready_cb,
                              &result);
  reshoot_test_await (&result);
  project = reshoot_project_open_finish (result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  reshoot_project_add_original_async (project, image, "bottle", NULL, reshoot_test_ready_cb,
                                      &result);
  reshoot_test_await (&result);
  original = reshoot_project_add_original_finish (project, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  add_step (project, original, "make it greener", colors[1]);
  add_step (project, get_head (project), "make it bluer", colors[2]);
  reshoot_project_close_async (project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_close_finish (project, result, &error);
  g_assert_no_error (error);
}

static void
open_window (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  fixture->window = reshoot_window_new (NULL, fixture->session);
  fixture->view = reshoot_window_get_review (fixture->window);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 760);
  gtk_window_present (GTK_WINDOW (fixture->window));
  reshoot_window_open (fixture->window, fixture->file);
  reshoot_test_wait_until (reshoot_edit_view_get_project
                           (reshoot_window_get_view (fixture->window)) != NULL);
  fixture->project = reshoot_edit_view_get_project (reshoot_window_get_view (fixture->window));
  fixture->history = reshoot_project_get_history (fixture->project);

  for (guint i = 0; i < N_STEPS; i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (reshoot_history_get_path
                                                            (fixture->history), i);

      fixture->steps[i] = step;   /* the history holds it */
    }

  reshoot_window_show (fixture->window, RESHOOT_WINDOW_REVIEW);
  reshoot_ui_test_frames (GTK_WIDGET (fixture->view));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  make_project (fixture);
  open_window (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_get_parent (fixture->file);
  gpointer window_gone = fixture->window;
  gpointer view_gone = fixture->view;
  gpointer project_gone = fixture->project;

  g_object_add_weak_pointer (G_OBJECT (fixture->window), &window_gone);
  g_object_add_weak_pointer (G_OBJECT (fixture->view), &view_gone);
  g_object_add_weak_pointer (G_OBJECT (fixture->project), &project_gone);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->session);
  reshoot_test_wait_until (window_gone == NULL && view_gone == NULL && project_gone == NULL);
  g_file_delete (fixture->file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_object_unref (fixture->file);
}

static ReshootCanvas *
get_canvas (Fixture *fixture)
{
  return reshoot_review_view_get_canvas (fixture->view);
}

static guint32
get_middle (Fixture *fixture)
{
  int width, height;
  g_autofree guint32 *pixels = reshoot_ui_test_pixels (GTK_WIDGET (get_canvas (fixture)), &width,
                                                       &height);

  return pixels[height / 2 * width + width / 2];
}

static void
act (Fixture    *fixture,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), action, NULL);
}

/* Walking moves the head and stops at both ends; the picture is the step's. */
static void
test_walk (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->view);

  g_assert_true (get_head (fixture->project) == fixture->steps[2]);
  reshoot_test_wait_until (reshoot_canvas_get_settled (get_canvas (fixture)));
  g_assert_cmphex (get_middle (fixture), ==, colors[2]);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "3 of 3"));

  gtk_widget_activate_action (widget, "view.walk", "i", -1);
  gtk_widget_activate_action (widget, "view.walk", "i", -1);
  gtk_widget_activate_action (widget, "view.walk", "i", -1);
  g_assert_true (get_head (fixture->project) == fixture->steps[0]);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "1 of 3"));
  reshoot_test_wait_until (reshoot_canvas_get_settled (get_canvas (fixture)));
  g_assert_cmphex (get_middle (fixture), ==, colors[0]);

  gtk_widget_set_direction (widget, GTK_TEXT_DIR_RTL);
  gtk_widget_activate_action (widget, "view.walk", "i", -1);
  g_assert_true (get_head (fixture->project) == fixture->steps[1]);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "make it greener"));
}

/* What is said shows when it is stored; the same verdict again takes it back. */
static void
test_labels (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->view);
  ReshootVerdict verdict;

  gtk_widget_activate_action (widget, "step.rating", "i", 4);
  reshoot_test_wait_until (reshoot_step_get_rating (fixture->steps[2]) == 4);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "★★★★"));
  gtk_widget_activate_action (widget, "step.rating", "i", 0);
  reshoot_test_wait_until (reshoot_step_get_rating (fixture->steps[2]) == 0);

  gtk_widget_activate_action (widget, "view.verdict", "s", "accept");
  reshoot_test_wait_until (reshoot_step_get_verdict (fixture->steps[2])
                           == RESHOOT_VERDICT_ACCEPT);
  g_object_get (fixture->view, "verdict", &verdict, NULL);
  g_assert_cmpint (verdict, ==, RESHOOT_VERDICT_ACCEPT);
  gtk_widget_activate_action (widget, "view.verdict", "s", "reject");
  reshoot_test_wait_until (reshoot_step_get_verdict (fixture->steps[2])
                           == RESHOOT_VERDICT_REJECT);
  gtk_widget_activate_action (widget, "view.verdict", "s", "reject");
  reshoot_test_wait_until (reshoot_step_get_verdict (fixture->steps[2]) == RESHOOT_VERDICT_NONE);

  /* Of another step another verdict. */
  gtk_widget_activate_action (widget, "view.verdict", "s", "accept");
  reshoot_test_wait_until (reshoot_step_get_verdict (fixture->steps[2])
                           == RESHOOT_VERDICT_ACCEPT);
  act (fixture, "view.before");
  g_object_get (fixture->view, "verdict", &verdict, NULL);
  g_assert_cmpint (verdict, ==, RESHOOT_VERDICT_NONE);
}

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);

  return found;
}

static void
choose (Fixture *fixture,
        guint    choice)
{
  GtkWidget *filter = find_type (GTK_WIDGET (fixture->view), RESHOOT_TYPE_REVIEW_FILTER);
  GtkDropDown *drop_down = GTK_DROP_DOWN (find_type (filter, GTK_TYPE_DROP_DOWN));

  reshoot_test_wait_until (g_list_model_get_n_items (gtk_drop_down_get_model (drop_down)) > choice);
  gtk_drop_down_set_selected (drop_down, choice);
}

static guint
count_in_strip (Fixture *fixture)
{
  GtkWidget *strip = find_type (GTK_WIDGET (fixture->view), RESHOOT_TYPE_FILM_STRIP);
  GtkWidget *list = find_type (strip, GTK_TYPE_LIST_VIEW);

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

/* Only what was asked for is walked, and what one looks at; a judgement takes nothing away until one goes on. */
static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->view);

  gtk_widget_activate_action (widget, "view.verdict", "s", "accept");
  reshoot_test_wait_until (reshoot_step_get_verdict (fixture->steps[2]) == RESHOOT_VERDICT_ACCEPT);
  choose (fixture, 2);
  g_assert_cmpuint (count_in_strip (fixture), ==, 1);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "1 of 1"));
  act (fixture, "view.before");
  g_assert_true (get_head (fixture->project) == fixture->steps[2]);

  choose (fixture, 4);
  g_assert_cmpuint (count_in_strip (fixture), ==, 3);
  act (fixture, "view.before");
  g_assert_true (get_head (fixture->project) == fixture->steps[1]);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "2 of 2"));
  gtk_widget_activate_action (widget, "view.verdict", "s", "reject");
  reshoot_test_wait_until (reshoot_step_get_verdict (fixture->steps[1]) == RESHOOT_VERDICT_REJECT);
  g_assert_cmpuint (count_in_strip (fixture), ==, 2);
  act (fixture, "view.before");
  g_assert_true (get_head (fixture->project) == fixture->steps[0]);
  g_assert_cmpuint (count_in_strip (fixture), ==, 1);

  /* The only model, which made two of the three. */
  choose (fixture, 5);
  act (fixture, "view.after");
  g_assert_true (get_head (fixture->project) == fixture->steps[1]);
  g_assert_cmpuint (count_in_strip (fixture), ==, 2);

  choose (fixture, 0);
  g_assert_cmpuint (count_in_strip (fixture), ==, 3);
  act (fixture, "view.after");
  g_assert_true (get_head (fixture->project) == fixture->steps[2]);
}

/* One step stays on the left while one walks, until it is let go. */
static void
test_compare (Fixture       *fixture,
              gconstpointer  data)
{
  int width, height;
  gboolean compares;

  act (fixture, "view.compare-with");
  g_object_get (fixture->view, "compares", &compares, NULL);
  g_assert_true (compares);
  g_assert_null (reshoot_canvas_get_picture (get_canvas (fixture), RESHOOT_CANVAS_SOURCE));
  act (fixture, "view.before");
  act (fixture, "view.before");
  g_assert_true (get_head (fixture->project) == fixture->steps[0]);
  reshoot_test_wait_until (reshoot_canvas_get_settled (get_canvas (fixture)));
  {
    g_autofree guint32 *pixels = reshoot_ui_test_pixels (GTK_WIDGET (get_canvas (fixture)), &width,
                                                         &height);

    g_assert_cmphex (pixels[height / 3 * width + width / 3], ==, colors[2]);
    g_assert_cmphex (pixels[height / 3 * width + width * 2 / 3], ==, colors[0]);
  }

  act (fixture, "view.leave");
  g_object_get (fixture->view, "compares", &compares, NULL);
  g_assert_false (compares);
  reshoot_test_wait_until (reshoot_canvas_get_settled (get_canvas (fixture)));
  g_assert_cmphex (get_middle (fixture), ==, colors[0]);
}

/* Whether the marker stands over the middle of the picture, wherever that is now. */
static gboolean
is_pinned (Fixture   *fixture,
           GtkWidget *marker,
           GtkWidget *layer)
{
  graphene_rect_t bounds;
  graphene_rect_t pane;
  double a[6];

  return reshoot_canvas_get_pane (get_canvas (fixture), RESHOOT_CANVAS_RESULT, &pane, a)
         && gtk_widget_compute_bounds (marker, layer, &bounds)
         && fabs (bounds.origin.x + bounds.size.width / 2 - (a[0] * 300 + a[2])) <= 2
         && fabs (bounds.origin.y + bounds.size.height / 2 - (a[4] * 200 + a[5])) <= 2;
}

/* A marker lies on its place and goes with the zoom; removed, it comes back. */
static void
test_notes (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->view);
  GtkWidget *layer = find_type (widget, RESHOOT_TYPE_NOTE_LAYER);
  GListModel *notes = reshoot_step_get_notes (fixture->steps[2]);
  GtkWidget *marker, *button, *undo;

  reshoot_test_wait_until (reshoot_canvas_get_settled (get_canvas (fixture)));
  act (fixture, "view.note");
  g_assert_true (reshoot_note_layer_get_placing (RESHOOT_NOTE_LAYER (layer)));
  act (fixture, "view.leave");
  g_assert_false (reshoot_note_layer_get_placing (RESHOOT_NOTE_LAYER (layer)));

  /* By keyboard: the middle. Words that are none make no note. */
  act (fixture, "view.note");
  act (fixture, "view.enter");
  g_assert_false (reshoot_note_layer_get_placing (RESHOOT_NOTE_LAYER (layer)));
  gtk_editable_set_text (GTK_EDITABLE (find_type (layer, GTK_TYPE_ENTRY)), "  ");
  g_signal_emit_by_name (find_type (layer, GTK_TYPE_ENTRY), "activate");
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (find_type (layer, GTK_TYPE_ENTRY)), "shadow");
  g_signal_emit_by_name (find_type (layer, GTK_TYPE_ENTRY), "activate");
  reshoot_test_wait_until (g_list_model_get_n_items (notes) == 1);
  reshoot_ui_test_frames (widget);

  marker = reshoot_ui_test_find_label (layer, "1");
  g_assert_nonnull (marker);
  for (int i = 0; i < 2; i++)
    {
      /* The pane becomes half as wide and whole again, the layer above it does not. */
      act (fixture, "view.compare-with");
      reshoot_ui_test_frames (widget);
      act (fixture, "view.leave");
      reshoot_ui_test_frames (widget);
      reshoot_test_wait_until (is_pinned (fixture, marker, layer));
      act (fixture, "view.zoom-in");
      reshoot_ui_test_frames (widget);
    }

  g_assert_nonnull (reshoot_ui_test_find_label (widget, "shadow"));
  button = reshoot_ui_test_find (widget, "step.remove-note");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  reshoot_test_wait_until (g_list_model_get_n_items (notes) == 0);
  g_assert_null (reshoot_ui_test_find_label (layer, "1"));
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window), "Undo"));
  undo = gtk_widget_get_ancestor (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                              "Undo"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (undo, "clicked");
  reshoot_test_wait_until (g_list_model_get_n_items (notes) == 1);
}

/* Playing begins with the original and only shows: the head stays, and one is back there when it ends. */
static void
test_play (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->view);

  reshoot_test_wait_until (reshoot_canvas_get_settled (get_canvas (fixture)));
  act (fixture, "view.play");
  reshoot_test_wait_until (get_middle (fixture) == colors[0]);
  g_assert_true (get_head (fixture->project) == fixture->steps[2]);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "Original"));
  reshoot_test_wait_until (get_middle (fixture) == colors[1]);
  g_assert_true (get_head (fixture->project) == fixture->steps[2]);

  act (fixture, "view.play");
  reshoot_test_wait_until (get_middle (fixture) == colors[2]);

  /* Walking and leaving stop it. */
  act (fixture, "view.play");
  act (fixture, "view.before");
  g_assert_true (get_head (fixture->project) == fixture->steps[1]);
  reshoot_test_wait_until (get_middle (fixture) == colors[1]);
  act (fixture, "view.play");
  reshoot_window_show (fixture->window, RESHOOT_WINDOW_EDIT);
  g_assert_null (reshoot_canvas_get_picture (get_canvas (fixture), RESHOOT_CANVAS_RESULT));
}

static void
test_check (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *label = reshoot_ui_test_find_label (GTK_WIDGET (fixture->view), "Check");

  g_assert_nonnull (label);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->view), "✓ whole"));
}

/* Closing the window while it plays and checks. */
static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *label = reshoot_ui_test_find_label (GTK_WIDGET (fixture->view), "Check");

  act (fixture, "view.play");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
}

/* The file may not be written: looking goes, saying does not, and one is told why. */
static void
test_read_only (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (ReshootProject) holder = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *widget;

  make_project (fixture);
  reshoot_project_open_async (fixture->file, RESHOOT_PROJECT_OPEN, NULL, reshoot_test_ready_cb,
                              &result);
  reshoot_test_await (&result);
  holder = reshoot_project_open_finish (result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  open_window (fixture);
  widget = GTK_WIDGET (fixture->view);
  g_assert_true (reshoot_project_get_read_only (fixture->project));
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "can only be looked at"));
  g_assert_false (gtk_widget_get_sensitive (reshoot_ui_test_find (widget, "view.verdict")));
  g_assert_false (gtk_widget_get_sensitive (reshoot_ui_test_find (widget, "step.rating")));
  g_assert_false (gtk_widget_get_sensitive (reshoot_ui_test_find (widget, "view.note")));

  gtk_widget_activate_action (widget, "view.verdict", "s", "accept");
  gtk_widget_activate_action (widget, "step.rating", "i", 3);
  act (fixture, "view.before");
  g_assert_true (get_head (fixture->project) == fixture->steps[1]);
  reshoot_test_wait_until (reshoot_canvas_get_settled (get_canvas (fixture)));
  g_assert_cmphex (get_middle (fixture), ==, colors[1]);
  g_assert_cmpint (reshoot_step_get_rating (fixture->steps[2]), ==, 0);
  g_assert_cmpint (reshoot_step_get_verdict (fixture->steps[2]), ==, RESHOOT_VERDICT_NONE);

  reshoot_project_close_async (holder, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_close_finish (holder, result, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) g_test_add ("/review-view/" name, Fixture, NULL, set_up, function, \
                                        tear_down)
  add ("walk", test_walk);
  add ("labels", test_labels);
  add ("filter", test_filter);
  add ("compare", test_compare);
  add ("notes", test_notes);
  add ("play", test_play);
  add ("check", test_check);
  add ("close", test_close);
#undef add
  g_test_add ("/review-view/read-only", Fixture, NULL, NULL, test_read_only, tear_down);

  return g_test_run ();
}
