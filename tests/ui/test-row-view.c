/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Candidates beside each other: which steps make a row, one viewport for all of them, and going on from one. */

#include "reshoot-error.h"
#include "reshoot-project-adherence.h"
#include "reshoot-row-view.h"
#include "reshoot-ui-test.h"

#include "reshoot-test.h"

#define RED 0xffff0000u
#define GREEN 0xff00ff00u
#define BLUE 0xff0000ffu

#define N_CANDIDATES 3

typedef struct
{
  GFile          *file;
  ReshootProject *project;
  ReshootHistory *history;
  ReshootStep    *original;
  ReshootStep    *steps[N_CANDIDATES];   /* of the row: done, failed, done */
  GtkWidget      *window;
  ReshootRowView *view;
} Fixture;

static void
finish (Fixture     *fixture,
        ReshootStep *step,
        guint32      color,
        double       seconds,
        double       dollars)
{
  const double affine[6] = { 1, 0, 0, 0, 1, 0 };
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (600, 400, color);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);

  facts.seconds = seconds;
  facts.settled = reshoot_money_from_dollars (dollars);
  facts.charged = RESHOOT_CHARGED_YES;
  reshoot_project_add_version_async (fixture->project, step, image, affine, NULL, &facts, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_add_version_finish (fixture->project, result, &error);
  g_assert_no_error (error);
}

static void
fail (Fixture     *fixture,
      ReshootStep *step)
{
  g_autoptr (GError) why = reshoot_error_new (RESHOOT_ERROR_NETWORK, "connection", "example.org",
                                              "it is gone");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_FAILED);

  facts.error = why;
  facts.charged = RESHOOT_CHARGED_NO;
  reshoot_project_update_job_async (fixture->project, step, &facts, NULL, reshoot_test_ready_cb,
                                    &result);
  reshoot_test_await (&result);
  reshoot_project_update_job_finish (fixture->project, result, &error);
  g_assert_no_error (error);
}

static ReshootRequest *
new_request (const char *model,
             int         seed)
{
  g_autoptr (JsonObject) parameters = json_object_new ();

  json_object_set_int_member (parameters, "seed", seed);
  json_object_set_int_member (parameters, "steps", 30);
  return reshoot_request_new ("make it navy", model, parameters);
}

static void
add_row (Fixture *fixture)
{
  g_autoptr (ReshootRequest) pro = new_request ("bfl/flux-kontext-pro", 7);
  g_autoptr (ReshootRequest) max = new_request ("bfl/flux-kontext-max", 7);
  g_autoptr (ReshootRequest) dev = new_request ("fal/flux-kontext-dev", 9);
  ReshootRequest *requests[N_CANDIDATES] = { pro, max, dev };
  const ReshootMoney estimates[N_CANDIDATES] = {
    reshoot_money_from_dollars (0.04), reshoot_money_from_dollars (0.08),
    reshoot_money_from_dollars (0.02)
  };
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_add_row_async (fixture->project, fixture->original, requests, estimates,
                                 N_CANDIDATES, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  steps = reshoot_project_add_row_finish (fixture->project, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_CANDIDATES; i++)
    fixture->steps[i] = steps->pdata[i];   /* the history holds them */
}

static ReshootStep *
add_request (Fixture        *fixture,
             ReshootRequest *request)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  reshoot_project_add_request_async (fixture->project, fixture->original, request, 0, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_request_finish (fixture->project, result, &error);
  g_assert_no_error (error);
  g_object_unref (step);
  return step;
}

static void
set_up_original (Fixture *fixture)
{
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (600, 400, RED);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->file = reshoot_test_temp_file ("row.reshoot");
  reshoot_project_open_async (fixture->file, RESHOOT_PROJECT_CREATE, NULL, reshoot_test_ready_cb,
                              &result);
  reshoot_test_await (&result);
  fixture->project = reshoot_project_open_finish (result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  fixture->history = reshoot_project_get_history (fixture->project);
  reshoot_project_add_original_async (fixture->project, image, "bottle", NULL,
                                      reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  fixture->original = reshoot_project_add_original_finish (fixture->project, result, &error);
  g_assert_no_error (error);
  g_object_unref (fixture->original);
}

static void
show (Fixture *fixture)
{
  fixture->view = g_object_new (RESHOOT_TYPE_ROW_VIEW, NULL);
  fixture->window = reshoot_ui_test_window (GTK_WIDGET (fixture->view), 1000, 700);
  reshoot_row_view_set_project (fixture->view, fixture->project, NULL);
  reshoot_ui_test_frames (GTK_WIDGET (fixture->view));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  set_up_original (fixture);
  add_row (fixture);
  finish (fixture, fixture->steps[0], GREEN, 4, 0.04);
  fail (fixture, fixture->steps[1]);
  finish (fixture, fixture->steps[2], BLUE, 2, 0.02);
  show (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (fixture->file);
  gpointer view_gone = fixture->view;
  gpointer project_gone = fixture->project;

  g_object_add_weak_pointer (G_OBJECT (fixture->view), &view_gone);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  reshoot_test_wait_until (view_gone == NULL);

  reshoot_project_close_async (fixture->project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_close_finish (fixture->project, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_object_add_weak_pointer (G_OBJECT (fixture->project), &project_gone);
  g_object_unref (fixture->project);
  reshoot_test_wait_until (project_gone == NULL);

  g_file_delete (fixture->file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_object_unref (fixture->file);
}

static ReshootRowCell *
get_cell (Fixture *fixture,
          guint    index)
{
  return reshoot_row_view_get_cells (fixture->view)->pdata[index];
}

static ReshootStep *
get_step (Fixture *fixture,
          guint    index)
{
  return reshoot_row_cell_get_step (get_cell (fixture, index));
}

/* The same words to the same picture are one row, whenever they were asked; other words make one of all the edits. */
static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (ReshootRequest) again = new_request ("bfl/flux-kontext-max", 7);
  g_autoptr (ReshootRequest) other = reshoot_request_new ("warmer", "studio/local", NULL);
  g_autoptr (GPtrArray) rows = reshoot_row_list (fixture->history);
  g_autoptr (GPtrArray) later = NULL;
  g_autofree char *title = NULL;

  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (reshoot_row_get_source (rows->pdata[0]) == fixture->original);
  g_assert_cmpuint (reshoot_row_get_steps (rows->pdata[0])->len, ==, N_CANDIDATES);
  title = reshoot_row_dup_title (rows->pdata[0]);
  g_assert_cmpstr (title, ==, "“make it navy” · 3 · from Original");

  add_request (fixture, again);
  add_request (fixture, other);
  later = reshoot_row_list (fixture->history);
  g_assert_cmpuint (later->len, ==, 2);
  g_assert_true (reshoot_row_is_same (rows->pdata[0], later->pdata[0]));
  g_assert_cmpuint (reshoot_row_get_steps (later->pdata[0])->len, ==, N_CANDIDATES + 1);
  g_assert_null (reshoot_row_get_words (later->pdata[1]));
  g_assert_cmpuint (reshoot_row_get_steps (later->pdata[1])->len, ==, N_CANDIDATES + 2);

  /* What is looked at stays, and the new candidate joins it. */
  reshoot_test_wait_until (reshoot_row_view_get_cells (fixture->view)->len == N_CANDIDATES + 1);
  g_assert_true (reshoot_row_is_same (reshoot_row_view_get_row (fixture->view), rows->pdata[0]));
}

static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  ReshootRow *row = reshoot_row_view_get_row (fixture->view);
  g_autofree char *unequal = reshoot_row_dup_unequal (row, NULL, TRUE);
  g_autofree char *brief = reshoot_row_dup_unequal (row, NULL, FALSE);
  g_autofree char *spent = reshoot_row_dup_spent (row);
  GtkWidget *widget = GTK_WIDGET (fixture->view);

  /* The one that failed is not compared; steps are equal. */
  g_assert_true (g_str_has_prefix (unequal, "Seed ("));
  g_assert_null (strstr (unequal, "Steps"));
  g_assert_cmpstr (brief, ==, "Seed");
  g_assert_null (strstr (unequal, "max"));
  g_assert_cmpstr (spent, ==, "$0.06 spent so far");
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "$0.06 spent so far"));
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "4.0 s · $0.04"));
  g_assert_null (reshoot_ui_test_find_label (widget, "drift"));
}

/* All cells are of one size and move as one. */
static void
test_viewport (Fixture       *fixture,
               gconstpointer  data)
{
  ReshootViewport *viewport = reshoot_row_view_get_viewport (fixture->view);
  double zoom;

  for (guint i = 0; i < N_CANDIDATES; i++)
    {
      GtkWidget *cell = GTK_WIDGET (get_cell (fixture, i));
      GtkWidget *first = GTK_WIDGET (get_cell (fixture, 0));

      g_assert_cmpint (gtk_widget_get_width (cell), ==, gtk_widget_get_width (first));
      g_assert_cmpint (gtk_widget_get_height (cell), ==, gtk_widget_get_height (first));
      g_assert_true (reshoot_canvas_get_viewport (reshoot_row_cell_get_canvas (get_cell (fixture,
                                                                                         i)))
                     == viewport);
    }

  reshoot_test_wait_until (reshoot_canvas_get_settled (reshoot_row_cell_get_canvas
                                                       (get_cell (fixture, 0))));
  g_assert_true (reshoot_viewport_get_fits (viewport));
  zoom = reshoot_viewport_get_zoom (viewport);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.zoom-in", NULL);
  g_assert_cmpfloat (reshoot_viewport_get_zoom (viewport), >, zoom);
  reshoot_ui_test_frames (GTK_WIDGET (fixture->view));
  g_assert_cmpfloat (reshoot_viewport_get_zoom (viewport), >, zoom);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.fit", NULL);
  g_assert_cmpfloat_with_epsilon (reshoot_viewport_get_zoom (viewport), zoom, 1e-9);
}

/* A failure says why and what it cost, and cannot be gone on from. */
static void
test_failure (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *cell = GTK_WIDGET (get_cell (fixture, 1));

  g_assert_nonnull (reshoot_ui_test_find_label (cell, "Failed"));
  g_assert_nonnull (reshoot_ui_test_find_label (cell, "example.org"));
  g_assert_nonnull (reshoot_ui_test_find_label (cell, "not charged"));
  g_assert_nonnull (reshoot_ui_test_find (cell, "win.retry"));
  g_assert_null (reshoot_ui_test_find (cell, "win.cancel-step"));

  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.select", "(ii)", 1, 0);
  g_assert_true (reshoot_row_view_get_selected (fixture->view) == fixture->steps[1]);
  g_assert_null (reshoot_ui_test_find (cell, "view.pick"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.pick-selected", NULL);
  g_assert_true (reshoot_history_get_head (fixture->history) != fixture->steps[1]);
}

/* The arrows choose and stop at the ends; picking moves the head, and the others stay. */
static void
test_pick (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *view = GTK_WIDGET (fixture->view);

  for (int i = 0; i < 2 * N_CANDIDATES; i++)
    gtk_widget_activate_action (view, "view.select", "(ii)", 1, 0);
  g_assert_true (reshoot_row_view_get_selected (fixture->view) == fixture->steps[2]);
  for (int i = 0; i < 2 * N_CANDIDATES; i++)
    gtk_widget_activate_action (view, "view.select", "(ii)", -1, 0);
  g_assert_true (reshoot_row_view_get_selected (fixture->view) == fixture->steps[0]);

  g_assert_nonnull (reshoot_ui_test_find (GTK_WIDGET (get_cell (fixture, 0)), "view.pick"));
  g_assert_null (reshoot_ui_test_find (GTK_WIDGET (get_cell (fixture, 2)), "view.pick"));
  gtk_widget_activate_action (view, "view.pick-selected", NULL);
  g_assert_true (reshoot_history_get_head (fixture->history) == fixture->steps[0]);
  gtk_widget_activate_action (view, "view.pick", "x", reshoot_step_get_id (fixture->steps[2]));
  g_assert_true (reshoot_history_get_head (fixture->history) == fixture->steps[2]);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_step_get_children (fixture->original)), ==,
                    N_CANDIDATES);
}

static GtkToggleButton *
find_toggle (GtkWidget  *widget,
             const char *text,
             guint      *skip)
{
  GtkWidget *child;

  if (GTK_IS_TOGGLE_BUTTON (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0 && (*skip)-- == 0)
    return GTK_TOGGLE_BUTTON (widget);

  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkToggleButton *found = find_toggle (child, text, skip);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
tick (Fixture    *fixture,
      guint       cell,
      const char *answer,
      guint       question)
{
  GtkToggleButton *button = find_toggle (GTK_WIDGET (get_cell (fixture, cell)), answer, &question);

  gtk_toggle_button_set_active (button, TRUE);
}

/* What is ticked stands below the picture and in the ledger, and is there again when one comes back. */
static void
test_ticks (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *view = GTK_WIDGET (fixture->view);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) said = NULL;
  const ReshootAdherence *first;

  tick (fixture, 0, "Yes", 0);
  reshoot_test_wait_until (reshoot_ui_test_find_label (view, "4.0 s · $0.04 · as asked") != NULL);
  tick (fixture, 0, "No", 1);
  reshoot_test_wait_until (reshoot_ui_test_find_label (view, "as asked · nothing else") != NULL);
  g_assert_null (reshoot_ui_test_find_label (GTK_WIDGET (get_cell (fixture, 2)), "· as asked"));

  reshoot_project_load_adherence_async (fixture->project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  said = reshoot_project_load_adherence_finish (fixture->project, result, NULL);
  g_assert_cmpuint (said->len, ==, 1);
  first = said->pdata[0];
  g_assert_true (first->step == fixture->steps[0]);
  g_assert_cmpint (first->followed, ==, RESHOOT_ANSWER_YES);
  g_assert_cmpint (first->strayed, ==, RESHOOT_ANSWER_NO);

  reshoot_row_view_set_project (fixture->view, NULL, NULL);
  reshoot_row_view_set_project (fixture->view, fixture->project, NULL);
  reshoot_test_wait_until (reshoot_ui_test_find_label (view, "as asked · nothing else") != NULL);

  /* Taken back, nothing is said. */
  tick (fixture, 0, "Not Said", 0);
  tick (fixture, 0, "Not Said", 1);
  reshoot_test_wait_until (reshoot_ui_test_find_label (view, "nothing else changed") == NULL);
}

static void
test_sort (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *view = GTK_WIDGET (fixture->view);

  gtk_widget_activate_action (view, "view.row-sort", "s", "time");
  g_assert_true (get_step (fixture, 0) == fixture->steps[2]);
  g_assert_true (get_step (fixture, 1) == fixture->steps[0]);
  g_assert_true (get_step (fixture, 2) == fixture->steps[1]);   /* took no known time */
  g_assert_true (gtk_widget_get_next_sibling (GTK_WIDGET (get_cell (fixture, 0)))
                 == GTK_WIDGET (get_cell (fixture, 1)));

  gtk_widget_activate_action (view, "view.row-sort", "s", "price");
  g_assert_true (get_step (fixture, 2) == fixture->steps[1]);
  gtk_widget_activate_action (view, "view.row-sort", "s", "asked");
  g_assert_true (get_step (fixture, 1) == fixture->steps[1]);
}

/* The source comes with the mode that shows it; while nobody looks there are no pictures at all. */
static void
test_pictures (Fixture       *fixture,
               gconstpointer  data)
{
  ReshootCanvas *canvas = reshoot_row_cell_get_canvas (get_cell (fixture, 0));
  ReshootCanvas *last = reshoot_row_cell_get_canvas (get_cell (fixture, 2));

  reshoot_test_wait_until (reshoot_canvas_get_picture (canvas, RESHOOT_CANVAS_RESULT) != NULL);
  g_assert_null (reshoot_canvas_get_picture (canvas, RESHOOT_CANVAS_SOURCE));

  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.row-mode", "s", "against");
  reshoot_test_wait_until (reshoot_canvas_get_picture (canvas, RESHOOT_CANVAS_SOURCE) != NULL);
  g_assert_cmpint (reshoot_canvas_get_mode (canvas), ==, RESHOOT_CANVAS_SPLIT);
  reshoot_canvas_set_divider (last, 0.25);
  g_assert_cmpfloat_with_epsilon (reshoot_canvas_get_divider (canvas), 0.25, 1e-9);

  gtk_widget_set_visible (GTK_WIDGET (fixture->view), FALSE);
  g_assert_null (reshoot_canvas_get_picture (canvas, RESHOOT_CANVAS_RESULT));
  g_assert_null (reshoot_canvas_get_picture (canvas, RESHOOT_CANVAS_SOURCE));
  gtk_widget_set_visible (GTK_WIDGET (fixture->view), TRUE);
  canvas = reshoot_row_cell_get_canvas (get_cell (fixture, 0));
  reshoot_test_wait_until (reshoot_canvas_get_picture (canvas, RESHOOT_CANVAS_RESULT) != NULL);
}

/* In one place of each candidate, where it differs from what all were made from; what fails differs from nothing. */
static void
test_difference (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *view = GTK_WIDGET (fixture->view);
  ReshootCanvas *canvas = reshoot_row_cell_get_canvas (get_cell (fixture, 0));
  ReshootCanvas *last = reshoot_row_cell_get_canvas (get_cell (fixture, 2));
  GtkWidget *label = reshoot_ui_test_find_label (view, "Gain");
  double gain;

  g_assert_false (gtk_widget_get_mapped (label));
  gtk_widget_activate_action (view, "view.row-mode", "s", "difference");
  reshoot_ui_test_frames (view);
  g_assert_true (gtk_widget_get_mapped (label));
  g_assert_cmpint (reshoot_canvas_get_mode (canvas), ==, RESHOOT_CANVAS_DIFFERENCE);
  g_assert_cmpint (reshoot_canvas_get_mode (last), ==, RESHOOT_CANVAS_DIFFERENCE);
  reshoot_test_wait_until (reshoot_canvas_get_picture (canvas, RESHOOT_CANVAS_SOURCE) != NULL);
  reshoot_test_wait_until (reshoot_canvas_get_settled (canvas));

  /* One gain for all, so that they can be compared. */
  gtk_range_set_value (GTK_RANGE (gtk_widget_get_next_sibling (label)), 9);
  g_object_get (last, "gain", &gain, NULL);
  g_assert_cmpfloat (gain, ==, 9);

  gtk_widget_activate_action (view, "view.row-mode", "s", "grid");
  reshoot_test_wait_until (reshoot_canvas_get_picture (canvas, RESHOOT_CANVAS_SOURCE) == NULL);
  g_assert_false (gtk_widget_get_mapped (label));
}

/* One that runs says how far it is; when its picture comes it is shown where it stands. */
static void
test_running (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (ReshootRequest) again = new_request ("bfl/flux-kontext-max", 7);
  ReshootStep *step = add_request (fixture, again);
  GtkWidget *cell;

  reshoot_test_wait_until (reshoot_row_view_get_cells (fixture->view)->len == N_CANDIDATES + 1);
  cell = GTK_WIDGET (get_cell (fixture, N_CANDIDATES));
  g_assert_true (get_step (fixture, N_CANDIDATES) == step);
  g_assert_nonnull (reshoot_ui_test_find_label (cell, "Waiting"));
  g_assert_nonnull (reshoot_ui_test_find (cell, "win.cancel-step"));
  reshoot_step_set_progress (step, 0.62);
  g_assert_nonnull (reshoot_ui_test_find_label (cell, "Waiting, 62 %"));

  finish (fixture, step, BLUE, 1, 0.01);
  g_assert_null (reshoot_ui_test_find (cell, "win.cancel-step"));
  reshoot_test_wait_until (reshoot_canvas_get_picture (reshoot_row_cell_get_canvas
                                                       (RESHOOT_ROW_CELL (cell)),
                                                       RESHOOT_CANVAS_RESULT) != NULL);
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (fixture->view), "$0.07 spent so far"));
}

static void
set_up_empty (Fixture       *fixture,
              gconstpointer  data)
{
  set_up_original (fixture);
  show (fixture);
}

/* Without a row it says how one comes about, and shows it when it does. */
static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (fixture->view),
                                                "Nothing to Compare Yet"));
  g_assert_null (reshoot_row_view_get_row (fixture->view));
  g_assert_null (reshoot_row_view_get_selected (fixture->view));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.select", "(ii)", 1, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.pick-selected", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.zoom-in", NULL);

  add_row (fixture);
  reshoot_test_wait_until (reshoot_row_view_get_cells (fixture->view)->len == N_CANDIDATES);
}

int
main (int    argc,
      char **argv)
{
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) g_test_add ("/row-view/" name, Fixture, NULL, set_up, function, \
                                        tear_down)
  add ("list", test_list);
  add ("words", test_words);
  add ("viewport", test_viewport);
  add ("failure", test_failure);
  add ("pick", test_pick);
  add ("ticks", test_ticks);
  add ("sort", test_sort);
  add ("pictures", test_pictures);
  add ("difference", test_difference);
  add ("running", test_running);
#undef add
  g_test_add ("/row-view/empty", Fixture, NULL, set_up_empty, test_empty, tear_down);

  return g_test_run ();
}
