/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sqlite3.h>

#include "history-support.h"

#define N_OPERATIONS 10000
#define N_STEPS 300

static void
count_cb (guint *count)
{
  *count += 1;
}

/* The tree as simple as it can be: arrays by number. */
typedef struct
{
  int parent[N_STEPS + 1];
  int visited[N_STEPS + 1];
  int newest[N_STEPS + 1];
  int n_children[N_STEPS + 1];
  int n_steps;
  int head;
} Model;

static void
model_go (Model *model,
          int    step)
{
  model->head = step;
  for (int child = step; model->parent[child] != 0; child = model->parent[child])
    model->visited[model->parent[child]] = child;
}

static int
model_redo (Model *model)
{
  int visited = model->visited[model->head];

  return visited != 0 ? visited : model->newest[model->head];
}

static void
assert_same (Model          *model,
             ReshootHistory *history)
{
  ReshootStep *head = reshoot_history_get_head (history);
  GListModel *path = reshoot_history_get_path (history);
  gboolean can_undo;
  gboolean can_redo;
  int at = model->head;
  guint n_up = 0;

  g_object_get (history, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, model->n_steps);
  g_assert_cmpint (reshoot_step_get_id (head), ==, model->head);
  g_assert_cmpint (can_undo, ==, model->parent[model->head] != 0);
  g_assert_cmpint (can_redo, ==, model_redo (model) != 0);

  for (int up = model->head; up != 0; up = model->parent[up])
    n_up++;

  for (guint i = n_up; i > 0; i--)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (path, i - 1);

      g_assert_cmpint (reshoot_step_get_id (step), ==, at);
      at = model->parent[at];
    }

  if (model_redo (model) != 0)
    {
      g_autoptr (ReshootStep) next = g_list_model_get_item (path, n_up);

      g_assert_cmpint (reshoot_step_get_id (next), ==, model_redo (model));
    }
}

static void
assert_whole (Model          *model,
              ReshootHistory *history)
{
  for (int i = 1; i <= model->n_steps; i++)
    {
      ReshootStep *step = reshoot_history_get_step (history, i);
      ReshootStep *parent = reshoot_step_get_parent (step);
      g_autoptr (ReshootStep) item = g_list_model_get_item (G_LIST_MODEL (history), i - 1);
      gboolean is_head;

      g_assert_true (item == step);
      g_assert_cmpint (parent != NULL ? reshoot_step_get_id (parent) : 0, ==, model->parent[i]);
      g_assert_cmpuint (g_list_model_get_n_items (reshoot_step_get_children (step)), ==,
                        model->n_children[i]);
      g_object_get (step, "is-head", &is_head, NULL);
      g_assert_cmpint (is_head, ==, i == model->head);
    }
}

static void
add_edit (Model          *model,
          ReshootProject *project)
{
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *step = history_add_edit (project, reshoot_history_get_head (history),
                                        model->n_steps + 100);

  model->n_steps++;
  g_assert_cmpint (reshoot_step_get_id (step), ==, model->n_steps);
  model->parent[model->n_steps] = model->head;
  model->newest[model->head] = model->n_steps;
  model->n_children[model->head]++;
  model_go (model, model->n_steps);
}

static void
add_original (Model          *model,
              ReshootProject *project)
{
  g_autoptr (ReshootImage) picture = history_make_picture (model->n_steps + 100, 8, 8);

  history_add_original (project, picture, NULL);
  model->n_steps++;
  model_go (model, model->n_steps);
}

/* Undo, redo, branch, jump, in any order: no step is lost, and the lists are those of a simple tree. */
static void
test_random (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootHistory *history = reshoot_project_get_history (project);
  Model model = { 0 };

  add_original (&model, project);
  for (int i = 0; i < N_OPERATIONS; i++)
    {
      int kind = g_test_rand_int_range (0, 100);

      if (kind < 3 && model.n_steps < N_STEPS)
        add_edit (&model, project);
      else if (kind < 4 && model.n_steps < N_STEPS)
        add_original (&model, project);
      else if (kind < 45)
        {
          g_assert_cmpint (reshoot_history_undo (history), ==, model.parent[model.head] != 0);
          if (model.parent[model.head] != 0)
            model_go (&model, model.parent[model.head]);
        }
      else if (kind < 90)
        {
          g_assert_cmpint (reshoot_history_redo (history), ==, model_redo (&model) != 0);
          if (model_redo (&model) != 0)
            model_go (&model, model_redo (&model));
        }
      else
        {
          int id = g_test_rand_int_range (1, model.n_steps + 1);

          reshoot_history_set_head (history, reshoot_history_get_step (history, id));
          model_go (&model, id);
        }

      assert_same (&model, history);
    }

  assert_whole (&model, history);
  g_assert_cmpint (model.n_steps, >, 100);
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  history = reshoot_project_get_history (project);
  assert_same (&model, history);
  assert_whole (&model, history);
  while (reshoot_history_undo (history))
    model_go (&model, model.parent[model.head]);
  while (reshoot_history_redo (history))
    model_go (&model, model_redo (&model));
  assert_same (&model, history);
  history_verify (project);
  history_close (project);
  history_remove (file);
}

/* Each view is told once, and only of what changed. */
static void
test_notifications (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 16, 16);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *original;
  ReshootStep *step;
  g_autoptr (GError) error = NULL;
  ReshootJobFacts running = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_RUNNING);
  guint n_items = 0;
  guint n_path = 0;
  guint n_head = 0;
  guint n_undo = 0;
  guint n_state = 0;
  guint n_progress = 0;
  guint n_queue = 0;
  guint n_digest = 0;
  guint n_is_head = 0;

  g_signal_connect_swapped (history, "items-changed", G_CALLBACK (count_cb), &n_items);
  g_signal_connect_swapped (history, "notify::head", G_CALLBACK (count_cb), &n_head);
  g_signal_connect_swapped (history, "notify::can-undo", G_CALLBACK (count_cb), &n_undo);
  g_signal_connect_swapped (reshoot_history_get_path (history), "items-changed", G_CALLBACK (count_cb), &n_path);

  original = history_add_original (project, picture, "one");
  g_assert_cmpuint (n_items, ==, 1);
  g_assert_cmpuint (n_head, ==, 1);
  g_assert_cmpuint (n_path, ==, 1);
  g_assert_cmpuint (n_undo, ==, 0);
  g_assert_true (history_add_original (project, picture, "again") == original);
  g_assert_cmpuint (n_items, ==, 1);
  g_assert_cmpuint (n_head, ==, 1);

  step = history_add_request (project, original, "warm it", NAN);
  g_assert_cmpuint (n_items, ==, 2);
  g_assert_cmpuint (n_path, ==, 2);
  g_assert_cmpuint (n_head, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_history_get_path (history)), ==, 2);

  /* It has no picture: one cannot work from it. */
  reshoot_history_set_head (history, step);
  g_assert_true (reshoot_history_get_head (history) == original);
  g_assert_false (reshoot_history_redo (history));

  g_signal_connect_swapped (step, "notify::state", G_CALLBACK (count_cb), &n_state);
  g_signal_connect_swapped (step, "notify::progress", G_CALLBACK (count_cb), &n_progress);
  g_signal_connect_swapped (step, "notify::queue-position", G_CALLBACK (count_cb), &n_queue);
  g_signal_connect_swapped (step, "notify::digest", G_CALLBACK (count_cb), &n_digest);
  g_signal_connect_swapped (step, "notify::is-head", G_CALLBACK (count_cb), &n_is_head);

  history_update_job (project, step, &running);
  history_update_job (project, step, &running);
  g_assert_cmpuint (n_state, ==, 1);
  reshoot_step_set_progress (step, NAN);
  g_assert_cmpuint (n_progress, ==, 0);
  reshoot_step_set_progress (step, 0.5);
  reshoot_step_set_progress (step, 0.5);
  g_assert_cmpuint (n_progress, ==, 1);
  reshoot_step_set_progress (step, 7);
  g_assert_cmpfloat (reshoot_step_get_progress (step), ==, 1);
  g_assert_cmpint (reshoot_step_get_queue_position (step), ==, -1);
  reshoot_step_set_queue_position (step, -1);
  g_assert_cmpuint (n_queue, ==, 0);
  reshoot_step_set_queue_position (step, 3);
  reshoot_step_set_queue_position (step, 3);
  g_assert_cmpuint (n_queue, ==, 1);

  history_try_version (project, step, picture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_state, ==, 2);
  g_assert_cmpuint (n_progress, ==, 3);
  g_assert_true (isnan (reshoot_step_get_progress (step)));
  g_assert_cmpuint (n_queue, ==, 2);
  g_assert_cmpint (reshoot_step_get_queue_position (step), ==, -1);
  g_assert_cmpuint (n_digest, ==, 1);
  g_assert_cmpuint (n_is_head, ==, 1);
  g_assert_cmpuint (n_head, ==, 2);
  g_assert_cmpuint (n_undo, ==, 1);
  g_assert_cmpuint (n_path, ==, 2);

  reshoot_history_set_head (history, step);
  g_assert_cmpuint (n_head, ==, 2);
  g_assert_true (reshoot_history_undo (history));
  g_assert_cmpuint (n_path, ==, 2);
  g_assert_cmpuint (n_is_head, ==, 2);

  history_close (project);
  history_remove (file);
}

/* An edit of an old step is a branch. The path shows what was begun last; redo goes where one has been. */
static void
test_branch (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 16, 16);
  g_autoptr (ReshootImage) other = history_make_picture (9, 16, 16);
  g_autoptr (GError) error = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *original = history_add_original (project, picture, "one");
  ReshootStep *first = history_add_edit (project, original, 2);
  ReshootStep *pending;
  ReshootStep *last;

  history_add_edit (project, first, 3);
  reshoot_history_set_head (history, original);
  pending = history_add_request (project, original, "another way", NAN);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_step_get_children (original)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_history_get_path (history)), ==, 2);
  last = g_list_model_get_item (reshoot_history_get_path (history), 1);
  g_assert_true (last == pending);
  g_object_unref (last);

  g_assert_true (reshoot_history_redo (history));
  g_assert_true (reshoot_history_get_head (history) == first);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_history_get_path (history)), ==, 3);

  /* The head is elsewhere now: what comes late does not pull it away. */
  history_try_version (project, pending, other, &error);
  g_assert_no_error (error);
  g_assert_true (reshoot_history_get_head (history) == first);
  g_assert_true (reshoot_step_get_original (pending) == original);

  history_close (project);
  history_remove (file);
}

static int
read_stored_head (GFile *file)
{
  sqlite3 *database;
  sqlite3_stmt *row;
  int head = 0;

  g_assert_cmpint (sqlite3_open_v2 (g_file_peek_path (file), &database, SQLITE_OPEN_READONLY, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT step FROM view", -1, &row, NULL), ==, SQLITE_OK);
  if (sqlite3_step (row) == SQLITE_ROW)
    head = sqlite3_column_int (row, 0);

  sqlite3_finalize (row);
  sqlite3_close (database);
  return head;
}

/* The head is stored soon, not only when the project closes. */
static void
test_stores_head (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 16, 16);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootHistory *history = reshoot_project_get_history (project);

  history_add_edit (project, history_add_original (project, picture, "one"), 2);
  reshoot_test_wait_until (read_stored_head (file) == 2);
  reshoot_history_undo (history);
  reshoot_history_redo (history);
  reshoot_history_undo (history);
  reshoot_test_wait_until (read_stored_head (file) == 1);
  history_close (project);
  history_remove (file);
}

/* Steps outlive their project without leading anywhere. */
static void
test_orphans (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 16, 16);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  g_autoptr (ReshootStep) original = g_object_ref (history_add_original (project, picture, "one"));
  g_autoptr (ReshootStep) edit = g_object_ref (history_add_edit (project, original, 2));

  g_assert_true (history_try_close (project, NULL));
  g_assert_finalize_object (project);
  g_assert_null (reshoot_step_get_parent (edit));
  g_assert_null (reshoot_step_get_original (edit));
  g_assert_cmpint (reshoot_step_get_state (edit), ==, RESHOOT_STEP_DONE);
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/history/random", test_random);
  g_test_add_func ("/history/notifications", test_notifications);
  g_test_add_func ("/history/branch", test_branch);
  g_test_add_func ("/history/stores-head", test_stores_head);
  g_test_add_func ("/history/orphans", test_orphans);

  return g_test_run ();
}
