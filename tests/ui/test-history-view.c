/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The history as rows: a path and a tree over a real project, selection and head following each other. */

#include "reshoot-history-entries.h"
#include "reshoot-history-view.h"
#include "reshoot-project-labels.h"
#include "reshoot-step-words.h"
#include "reshoot-ui-test.h"

#include "reshoot-test.h"

#include <math.h>

typedef struct
{
  GFile          *file;
  ReshootProject *project;
  ReshootHistory *history;
} Fixture;

static ReshootStep *
add_original (Fixture *fixture,
              guint32  color)
{
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (60, 40, color);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  reshoot_project_add_original_async (fixture->project, image, "bottle", NULL,
                                      reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_original_finish (fixture->project, result, &error);
  g_assert_no_error (error);
  g_object_unref (step);   /* the history holds it */
  return step;
}

static ReshootStep *
add_request (Fixture     *fixture,
             ReshootStep *parent,
             const char  *instruction)
{
  g_autoptr (ReshootRequest) request = reshoot_request_new (instruction, "studio/local", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  reshoot_project_add_request_async (fixture->project, parent, request, 0, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_request_finish (fixture->project, result, &error);
  g_assert_no_error (error);
  g_object_unref (step);
  return step;
}

static void
finish (Fixture     *fixture,
        ReshootStep *step,
        guint32      color)
{
  const double affine[6] = { 1, 0, 0, 0, 1, 0 };
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (60, 40, color);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);

  facts.seconds = 1.5;
  reshoot_project_add_version_async (fixture->project, step, image, affine, NULL, &facts, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_add_version_finish (fixture->project, result, &error);
  g_assert_no_error (error);
}

static ReshootStep *
add_done (Fixture     *fixture,
          ReshootStep *parent,
          const char  *instruction,
          guint32      color)
{
  ReshootStep *step = add_request (fixture, parent, instruction);

  finish (fixture, step, color);
  return step;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->file = reshoot_test_temp_file ("history.reshoot");
  reshoot_project_open_async (fixture->file, RESHOOT_PROJECT_CREATE, NULL, reshoot_test_ready_cb,
                              &result);
  reshoot_test_await (&result);
  fixture->project = reshoot_project_open_finish (result, &error);
  g_assert_no_error (error);
  fixture->history = reshoot_project_get_history (fixture->project);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (fixture->file);
  gpointer gone = fixture->project;

  reshoot_project_close_async (fixture->project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_close_finish (fixture->project, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_object_add_weak_pointer (G_OBJECT (fixture->project), &gone);
  g_object_unref (fixture->project);
  reshoot_test_wait_until (gone == NULL);
  g_file_delete (fixture->file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_object_unref (fixture->file);
}

/* "1:0 2:0 4:1": the steps in their lanes, in the order of the rows; "2:0+7" stands for seven. */
static char *
describe (ReshootHistoryEntries *entries)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (entries)); i++)
    {
      g_autoptr (ReshootHistoryEntry) entry = g_list_model_get_item (G_LIST_MODEL (entries), i);

      g_string_append_printf (text, "%s%d:%d", i > 0 ? " " : "",
                              (int) reshoot_step_get_id (reshoot_history_entry_get_step (entry)),
                              reshoot_history_entry_get_lanes (entry)->lane);
      if (reshoot_history_entry_get_n_folded (entry) > 0)
        g_string_append_printf (text, "+%u", reshoot_history_entry_get_n_folded (entry));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_rows (ReshootHistoryEntries *entries,
             const char            *expected)
{
  g_autofree char *text = describe (entries);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_entries (Fixture       *fixture,
              gconstpointer  data)
{
  ReshootStep *original = add_original (fixture, 0xffff0000u);                       /* 1 */
  ReshootStep *white = add_done (fixture, original, "white studio", 0xffffffffu);    /* 2 */
  ReshootStep *warm = add_done (fixture, white, "warmer", 0xffffeeddu);              /* 3 */
  g_autoptr (ReshootHistoryEntries) entries = NULL;
  g_autoptr (ReshootHistoryEntry) entry = NULL;
  ReshootStep *cool;
  guint position;

  reshoot_history_set_head (fixture->history, warm);
  entries = reshoot_history_entries_new (fixture->history);
  assert_rows (entries, "1:0 2:0 3:0");

  /* A branch from step 2: the path goes to it, the tree shows both, and the first child keeps the lane. */
  cool = add_done (fixture, white, "cooler", 0xffddeeffu);                           /* 4 */
  reshoot_history_set_head (fixture->history, cool);
  assert_rows (entries, "1:0 2:0 4:0");
  reshoot_history_entries_set_all_steps (entries, TRUE);
  assert_rows (entries, "1:0 2:0 4:1 3:0");

  entry = g_list_model_get_item (G_LIST_MODEL (entries), 2);
  g_assert_cmpuint (reshoot_history_entry_get_n_siblings (entry), ==, 2);
  g_assert_cmpuint (reshoot_history_entry_get_place (entry), ==, 1);
  g_assert_true (reshoot_history_entry_get_lanes (entry)->joins);
  g_assert_cmpint (reshoot_history_entry_get_lanes (entry)->parent_lane, ==, 0);
  g_assert_cmpuint (reshoot_history_entry_get_lanes (entry)->passing, ==, 1);

  /* Where the head is changes nothing in the tree: it does not jump under the pointer. */
  reshoot_history_set_head (fixture->history, warm);
  assert_rows (entries, "1:0 2:0 4:1 3:0");
  g_assert_true (reshoot_history_entries_find (entries, warm, &position));
  g_assert_cmpuint (position, ==, 3);

  add_original (fixture, 0xff00ff00u);                                               /* 5 */
  assert_rows (entries, "1:0 2:0 4:1 3:0 5:0");
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  gpointer    user_data)
{
  guint *seen = user_data;

  seen[0]++;
  seen[1] = position;
  seen[2] = n_removed;
  seen[3] = n_added;
}

/* Only what differs is told, so that the list keeps rows and place. */
static void
test_little_change (Fixture       *fixture,
                    gconstpointer  data)
{
  ReshootStep *original = add_original (fixture, 0xffff0000u);
  ReshootStep *white = add_done (fixture, original, "white studio", 0xffffffffu);
  g_autoptr (ReshootHistoryEntries) entries = NULL;
  guint seen[4] = { 0 };

  reshoot_history_set_head (fixture->history, white);
  entries = reshoot_history_entries_new (fixture->history);
  g_signal_connect (entries, "items-changed", G_CALLBACK (items_changed_cb), seen);

  reshoot_history_set_head (fixture->history, original);
  g_assert_cmpuint (seen[0], ==, 0);

  reshoot_history_set_head (fixture->history, white);
  add_request (fixture, white, "warmer");
  g_assert_cmpuint (seen[0], ==, 1);
  /* Step 3 is new. That step 2's line goes on now is told by its row alone. */
  g_assert_cmpuint (seen[1], ==, 2);
  g_assert_cmpuint (seen[2], ==, 0);
  g_assert_cmpuint (seen[3], ==, 1);
}

static guint
get_selected (ReshootHistoryView *view)
{
  GtkSelectionModel *model =
    gtk_list_view_get_model (GTK_LIST_VIEW (reshoot_history_view_get_list (view)));

  return gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (model));
}

static void
test_selection (Fixture       *fixture,
                gconstpointer  data)
{
  ReshootStep *original = add_original (fixture, 0xffff0000u);
  ReshootStep *white = add_done (fixture, original, "white studio", 0xffffffffu);
  ReshootHistoryView *view = g_object_new (RESHOOT_TYPE_HISTORY_VIEW, NULL);
  GtkWidget *window = reshoot_ui_test_window (GTK_WIDGET (view), 240, 400);
  GtkSelectionModel *model;
  gpointer gone = view;

  reshoot_history_set_head (fixture->history, white);
  reshoot_history_view_show (view, fixture->project, NULL);
  g_assert_cmpuint (get_selected (view), ==, 1);

  reshoot_history_undo (fixture->history);
  g_assert_cmpuint (get_selected (view), ==, 0);

  model = gtk_list_view_get_model (GTK_LIST_VIEW (reshoot_history_view_get_list (view)));
  gtk_selection_model_select_item (model, 1, TRUE);
  g_assert_true (reshoot_history_get_head (fixture->history) == white);

  /* There is nothing to work from in a step that runs: the head stays where it is. */
  add_request (fixture, white, "warmer");
  gtk_selection_model_select_item (model, 2, TRUE);
  g_assert_true (reshoot_history_get_head (fixture->history) == white);
  g_assert_cmpuint (get_selected (view), ==, 1);

  g_object_add_weak_pointer (G_OBJECT (view), &gone);
  gtk_window_destroy (GTK_WINDOW (window));
  reshoot_test_wait_until (gone == NULL);
}

static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  ReshootStep *original = add_original (fixture, 0xffff0000u);
  ReshootHistoryView *view = g_object_new (RESHOOT_TYPE_HISTORY_VIEW, NULL);
  GtkWidget *window = reshoot_ui_test_window (GTK_WIDGET (view), 240, 400);
  GtkWidget *list = reshoot_history_view_get_list (view);
  ReshootStep *step;
  gpointer gone = view;

  reshoot_history_view_show (view, fixture->project, NULL);
  reshoot_test_wait_until (reshoot_ui_test_find_label (list, "60 × 40") != NULL);
  g_assert_nonnull (reshoot_ui_test_find_label (list, "Original"));

  step = add_request (fixture, original, "A little warmer");
  reshoot_test_wait_until (reshoot_ui_test_find_label (list, "A little warmer") != NULL);
  g_assert_nonnull (reshoot_ui_test_find (list, "view.cancel-step"));
  g_assert_nonnull (reshoot_ui_test_find_label (list, "Waiting"));
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (view), "1 running"));

  finish (fixture, step, 0xffffeeddu);
  reshoot_test_wait_until (reshoot_ui_test_find (list, "view.cancel-step") == NULL);
  g_assert_null (reshoot_ui_test_find_label (list, "Waiting"));
  g_assert_null (reshoot_ui_test_find_label (GTK_WIDGET (view), "1 running"));
  g_assert_null (reshoot_ui_test_find (list, "history.show-siblings"));

  add_request (fixture, original, "A little cooler");
  reshoot_test_wait_until (reshoot_ui_test_find (list, "history.show-siblings") != NULL);

  g_object_add_weak_pointer (G_OBJECT (view), &gone);
  gtk_window_destroy (GTK_WINDOW (window));
  reshoot_test_wait_until (gone == NULL);
}

static void
test_failed_row (Fixture       *fixture,
                 gconstpointer  data)
{
  ReshootStep *original = add_original (fixture, 0xffff0000u);
  ReshootStep *step = add_request (fixture, original, "A little warmer");
  ReshootHistoryView *view = g_object_new (RESHOOT_TYPE_HISTORY_VIEW, NULL);
  GtkWidget *window = reshoot_ui_test_window (GTK_WIDGET (view), 240, 400);
  GtkWidget *list = reshoot_history_view_get_list (view);
  g_autoptr (GError) reason = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no");
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_FAILED);
  gpointer gone = view;

  reshoot_history_view_show (view, fixture->project, NULL);
  facts.error = reason;
  reshoot_project_update_job_async (fixture->project, step, &facts, NULL, reshoot_test_ready_cb,
                                    &result);
  reshoot_test_await (&result);
  reshoot_project_update_job_finish (fixture->project, result, &error);
  g_assert_no_error (error);

  reshoot_test_wait_until (reshoot_ui_test_find (list, "view.retry-step") != NULL);
  g_assert_null (reshoot_ui_test_find (list, "view.cancel-step"));
  g_assert_nonnull (reshoot_ui_test_find_label (list, "Failed · Something went wrong"));

  g_object_add_weak_pointer (G_OBJECT (view), &gone);
  gtk_window_destroy (GTK_WINDOW (window));
  reshoot_test_wait_until (gone == NULL);
}

static void
rate (Fixture     *fixture,
      ReshootStep *step)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_set_rating_async (fixture->project, step, 3, NULL, reshoot_test_ready_cb,
                                    &result);
  reshoot_test_await (&result);
  reshoot_project_set_rating_finish (fixture->project, result, &error);
  g_assert_no_error (error);
}

/* Original and ten steps after it, the last one the head. */
static ReshootStep *
add_chain (Fixture *fixture)
{
  ReshootStep *step = add_original (fixture, 0xffff0000u);

  for (guint i = 0; i < 10; i++)
    step = add_done (fixture, step, "warmer", 0xffffff00u - i);

  reshoot_history_set_head (fixture->history, step);
  return step;
}

/* A long run is one row until somebody wants to see it, and no row that was seen is folded away. */
static void
test_folds (Fixture       *fixture,
            gconstpointer  data)
{
  ReshootStep *last = add_chain (fixture);
  g_autoptr (ReshootHistoryEntries) entries = reshoot_history_entries_new (fixture->history);
  ReshootStep *first = reshoot_history_get_step (fixture->history, 2);
  guint position;

  assert_rows (entries, "1:0 2:0+7 9:0 10:0 11:0");
  g_assert_false (reshoot_history_entries_find (entries, first, &position));

  /* One of them is wanted: the others stay folded around it. */
  reshoot_history_entries_reveal (entries, reshoot_history_get_step (fixture->history, 8));
  assert_rows (entries, "1:0 2:0+6 8:0 9:0 10:0 11:0");

  /* What goes on at the end folds nothing that was in sight. */
  add_done (fixture, last, "cooler", 0xff00ff00u);
  assert_rows (entries, "1:0 2:0+6 8:0 9:0 10:0 11:0 12:0");

  reshoot_history_entries_unfold (entries, first);
  assert_rows (entries, "1:0 2:0 3:0 4:0 5:0 6:0 7:0 8:0 9:0 10:0 11:0 12:0");
}

/* Of what somebody said a thing about, nothing is hidden; and three are no run. */
static void
test_folds_not (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (ReshootHistoryEntries) entries = NULL;

  add_chain (fixture);
  rate (fixture, reshoot_history_get_step (fixture->history, 5));
  entries = reshoot_history_entries_new (fixture->history);
  assert_rows (entries, "1:0 2:0 3:0 4:0 5:0 6:0 7:0 8:0 9:0 10:0 11:0");
}

static guint
count_rows (ReshootHistoryView *view)
{
  GtkSelectionModel *model =
    gtk_list_view_get_model (GTK_LIST_VIEW (reshoot_history_view_get_list (view)));

  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

static void
destroy (ReshootHistoryView *view,
         GtkWidget          *window)
{
  gpointer gone = view;

  g_object_add_weak_pointer (G_OBJECT (view), &gone);
  gtk_window_destroy (GTK_WINDOW (window));
  reshoot_test_wait_until (gone == NULL);
}

/* Undo into a fold opens as much of it as is needed; choosing the fold opens all and moves no head. */
static void
test_into_fold (Fixture       *fixture,
                gconstpointer  data)
{
  ReshootStep *last = add_chain (fixture);
  ReshootHistoryView *view = g_object_new (RESHOOT_TYPE_HISTORY_VIEW, NULL);
  GtkWidget *window = reshoot_ui_test_window (GTK_WIDGET (view), 240, 500);
  GtkSelectionModel *model;

  reshoot_history_view_show (view, fixture->project, NULL);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (view), "7 steps folded") != NULL);

  for (guint i = 0; i < 3; i++)
    reshoot_history_undo (fixture->history);
  g_assert_cmpint (reshoot_step_get_id (reshoot_history_get_head (fixture->history)), ==, 8);
  g_assert_cmpuint (get_selected (view), ==, 2);
  g_assert_cmpuint (count_rows (view), ==, 6);

  reshoot_history_set_head (fixture->history, last);
  model = gtk_list_view_get_model (GTK_LIST_VIEW (reshoot_history_view_get_list (view)));
  gtk_selection_model_select_item (model, 1, TRUE);
  g_assert_cmpuint (count_rows (view), ==, 11);
  g_assert_true (reshoot_history_get_head (fixture->history) == last);
  g_assert_cmpuint (get_selected (view), ==, 10);

  destroy (view, window);
}

/* What comes while one looks elsewhere moves nothing, and is marked until it is looked at. */
static void
test_offer (Fixture       *fixture,
            gconstpointer  data)
{
  ReshootStep *original = add_original (fixture, 0xffff0000u);
  ReshootHistoryView *view = g_object_new (RESHOOT_TYPE_HISTORY_VIEW, NULL);
  GtkWidget *window = reshoot_ui_test_window (GTK_WIDGET (view), 240, 400);
  GtkWidget *list = reshoot_history_view_get_list (view);
  ReshootStep *warm, *cool;

  reshoot_history_view_show (view, fixture->project, NULL);
  reshoot_history_view_set_all_steps (view, TRUE);
  cool = add_done (fixture, original, "cooler", 0xffddeeffu);
  warm = add_request (fixture, original, "warmer");

  /* The person looks at another one. */
  reshoot_history_set_head (fixture->history, cool);
  finish (fixture, warm, 0xffffeeddu);
  g_assert_true (reshoot_history_get_head (fixture->history) == cool);
  reshoot_history_view_offer (view, warm);
  reshoot_test_wait_until (reshoot_ui_test_find_label (list, "New") != NULL);
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (view), "“warmer” is ready"));

  gtk_widget_activate_action (list, "history.show-step", "x", reshoot_step_get_id (warm));
  g_assert_true (reshoot_history_get_head (fixture->history) == warm);
  g_assert_null (reshoot_ui_test_find_label (list, "New"));
  g_assert_null (reshoot_ui_test_find (GTK_WIDGET (view), "history.show-step"));

  destroy (view, window);
}

/* Where the row is that has this name. */
static float
find_y (GtkWidget  *list,
        const char *name)
{
  GtkWidget *label = reshoot_ui_test_find_label (list, name);
  graphene_rect_t bounds;

  g_assert_nonnull (label);
  g_assert_true (gtk_widget_compute_bounds (label, list, &bounds));
  return bounds.origin.y;
}

/* Steps come above what one looks at, and above and below: it stays under the pointer. */
static void
test_keeps_place (Fixture       *fixture,
                  gconstpointer  data)
{
  ReshootStep *original = add_original (fixture, 0xffff0000u);
  ReshootHistoryView *view = g_object_new (RESHOOT_TYPE_HISTORY_VIEW, NULL);
  GtkWidget *window = reshoot_ui_test_window (GTK_WIDGET (view), 240, 400);
  GtkWidget *list = reshoot_history_view_get_list (view);
  GtkAdjustment *adjustment;
  ReshootStep *steps[24];
  float y;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *name = g_strdup_printf ("take %02u", i);

      steps[i] = add_done (fixture, original, name, 0xff000000u + i);
    }

  reshoot_history_set_head (fixture->history, original);
  reshoot_history_view_show (view, fixture->project, NULL);
  reshoot_history_view_set_all_steps (view, TRUE);
  reshoot_ui_test_frames (list);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  /* In two steps, as a wheel does: rows that were never in sight have only a guessed height. */
  for (guint i = 0; i < 2; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) / 2 - 20 * i);
      reshoot_ui_test_frames (list);
    }

  y = find_y (list, "take 13");
  g_assert_cmpfloat (y, >, 0);
  g_assert_cmpfloat (y, <, 400);

  add_request (fixture, steps[2], "above");
  add_request (fixture, steps[23], "below");
  add_request (fixture, original, "a branch of its own");
  reshoot_ui_test_frames (list);
  /* The list's own bookkeeping is off by a few pixels, a fraction of a row. */
  g_assert_cmpfloat_with_epsilon (find_y (list, "take 13"), y, 6);

  destroy (view, window);
}

/* The foot: what runs, each with its cancel, and the queue that can be held. */
static void
test_queue (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootSession) session = reshoot_session_new (&error);
  ReshootStep *original = add_original (fixture, 0xffff0000u);
  ReshootStep *step = add_request (fixture, original, "A little warmer");
  ReshootHistoryView *view = g_object_new (RESHOOT_TYPE_HISTORY_VIEW, NULL);
  GtkWidget *window = reshoot_ui_test_window (GTK_WIDGET (view), 240, 400);
  GtkWidget *words;
  GtkWidget *bar;

  g_assert_no_error (error);
  reshoot_history_view_show (view, fixture->project, session);
  words = reshoot_ui_test_find_label (GTK_WIDGET (view), "1 running");
  g_assert_nonnull (words);
  bar = gtk_widget_get_ancestor (words, GTK_TYPE_MENU_BUTTON);

  gtk_menu_button_popup (GTK_MENU_BUTTON (bar));
  reshoot_test_wait_until (reshoot_ui_test_find (bar, "view.cancel-step") != NULL);
  g_assert_nonnull (reshoot_ui_test_find_label (bar, "A little warmer"));

  gtk_widget_activate_action (bar, "queue.paused", NULL);
  g_assert_true (reshoot_session_get_paused (session, NULL));
  g_assert_nonnull (reshoot_ui_test_find_label (bar, "1 waiting, paused"));
  gtk_widget_activate_action (bar, "queue.paused", NULL);
  g_assert_false (reshoot_session_get_paused (session, NULL));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (bar));

  finish (fixture, step, 0xffffeeddu);
  g_assert_false (gtk_widget_get_visible (bar));
  destroy (view, window);
}

/* Others made from the same step are one click away. */
static void
test_siblings (Fixture       *fixture,
               gconstpointer  data)
{
  ReshootStep *original = add_original (fixture, 0xffff0000u);
  ReshootStep *warm = add_done (fixture, original, "warmer", 0xffffeeddu);
  ReshootStep *cool = add_done (fixture, original, "cooler", 0xffddeeffu);
  ReshootHistoryView *view = g_object_new (RESHOOT_TYPE_HISTORY_VIEW, NULL);
  GtkWidget *window = reshoot_ui_test_window (GTK_WIDGET (view), 240, 400);
  GtkWidget *other;

  reshoot_history_set_head (fixture->history, cool);
  reshoot_history_view_show (view, fixture->project, NULL);
  reshoot_test_wait_until (reshoot_ui_test_find (GTK_WIDGET (view), "history.show-siblings") != NULL);
  g_assert_null (reshoot_ui_test_find_label (GTK_WIDGET (view), "warmer"));

  gtk_widget_activate_action (GTK_WIDGET (view), "history.show-siblings", "x",
                              reshoot_step_get_id (cool));
  other = reshoot_ui_test_find_label (GTK_WIDGET (view), "warmer");
  g_assert_nonnull (other);
  g_signal_emit_by_name (gtk_widget_get_ancestor (other, GTK_TYPE_BUTTON), "clicked");
  g_assert_true (reshoot_history_get_head (fixture->history) == warm);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (view), "cooler") == NULL);

  destroy (view, window);
}

static void
test_speech (Fixture       *fixture,
             gconstpointer  data)
{
  ReshootStep *original = add_original (fixture, 0xffff0000u);
  ReshootStep *step = add_done (fixture, original, "warmer", 0xffffeeddu);
  g_autofree char *spoken = NULL;
  g_autofree char *news = NULL;

  spoken = reshoot_step_words_for_speech (step, "warmer", "Kontext Pro · 3.1 s", FALSE);
  g_assert_cmpstr (spoken, ==, "Step 2, warmer, Kontext Pro, 3.1 s, Done");
  rate (fixture, step);
  news = reshoot_step_words_for_speech (step, "warmer", "Kontext Pro · 3.1 s", TRUE);
  g_assert_cmpstr (news, ==, "Step 2, warmer, Kontext Pro, 3.1 s, Done, New, 3 stars");
}

int
main (int    argc,
      char **argv)
{
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) \
  g_test_add ("/history-view/" name, Fixture, NULL, set_up, function, tear_down)
  add ("entries", test_entries);
  add ("little-change", test_little_change);
  add ("selection", test_selection);
  add ("rows", test_rows);
  add ("failed-row", test_failed_row);
  add ("folds", test_folds);
  add ("folds-not", test_folds_not);
  add ("into-fold", test_into_fold);
  add ("offer", test_offer);
  add ("keeps-place", test_keeps_place);
  add ("queue", test_queue);
  add ("siblings", test_siblings);
  add ("speech", test_speech);
#undef add

  return g_test_run ();
}
