/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The history as rows: a path and a tree over a real project, selection and head following each other. */

#include "reshoot-history-entries.h"
#include "reshoot-history-view.h"
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

/* "1:0 2:0 4:1": the steps in their lanes, in the order of the rows. */
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
#undef add

  return g_test_run ();
}
