/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Thousands of random operations on a project and on a model of it that is as simple as it can be: arrays by number.
 * After each both agree on where one is and on what was touched; after each reopening, on everything.
 *
 *   test-property --seed N --steps N      another run than the one that is always made */

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "history-support.h"
#include "reshoot-project-bin.h"

#define MAX_STEPS 20000
#define MAX_NOTES 64
#define N_PICTURES 60

typedef struct
{
  int          text;
  double       x;
  gboolean     is_removed;
  ReshootNote *note;       /* (unowned) (nullable): known until the project is closed */
} ModelNote;

typedef struct
{
  int       parent;        /* 0 = an original */
  int       picture;       /* its seed, 0 = none yet */
  gboolean  is_pending;
  int       title;         /* 0 = its own */
  int       branch;
  int       tags;          /* bits */
  int       rating;
  int       verdicts[2];   /* own, the reviewer's */
  int       row;
  int       take;
  int       visited;
  int       begun;         /* the child begun since, 0 = none */
  int       binned;        /* when it was put in the bin, 0 = it was not */
  int       bin_head;      /* where the head was then, 0 = elsewhere */
  int       bin_left;      /* where it went */
  gboolean  in_bin;
  gboolean  is_purged;
  ModelNote notes[MAX_NOTES];
  int       n_notes;
} ModelStep;

typedef struct
{
  ModelStep      *steps;   /* from 1 */
  int             n;
  int             head;
  int             n_rows;
  int             clock;
  GRand          *random;
  GFile          *file;
  ReshootProject *project;
  ReshootHistory *history;
} World;

static const char *const tag_words[] = { "final", "for print", "shadow", "tall", "white" };
static const char *const authors[] = { "", "Reviewer" };

/* ---- the model ---- */

static gboolean
is_below (World *world,
          int    step,
          int    above)
{
  while (step != 0 && step != above)
    step = world->steps[step].parent;

  return step != 0;
}

static void
update_in_bin (World *world)
{
  for (int i = 1; i <= world->n; i++)
    {
      ModelStep *step = &world->steps[i];

      step->in_bin = step->binned != 0 || step->is_purged || (step->parent != 0 &&
                                                              world->steps[step->parent].in_bin);
    }
}

static void
model_go (World *world,
          int    step)
{
  world->head = step;
  for (int child = step; child != 0 &&
       world->steps[child].parent != 0; child = world->steps[child].parent)
    {
      world->steps[world->steps[child].parent].visited = child;
      world->steps[world->steps[child].parent].begun = 0;
    }
}

/* Who asked for something else since is not taken along. */
static gboolean
model_awaits (World *world,
              int    step)
{
  ModelStep *model = &world->steps[step];
  int begun = model->parent != 0 ? world->steps[model->parent].begun : 0;

  return world->head == model->parent && begun != 0 &&
         (begun == step || (model->row != 0 && world->steps[begun].row == model->row));
}

static int
model_redo (World *world)
{
  int visited = world->head != 0 ? world->steps[world->head].visited : 0;

  if (world->head == 0)
    return 0;

  if (visited != 0 && !world->steps[visited].in_bin && world->steps[visited].picture != 0)
    return visited;

  for (int i = world->n; i > world->head; i--)
    if (world->steps[i].parent == world->head && !world->steps[i].in_bin &&
        world->steps[i].picture != 0)
      return i;

  return 0;
}

static int
model_left (World *world,
            int    step)
{
  int root = step;

  if (world->steps[step].parent != 0)
    return world->steps[step].parent;

  for (int i = root - 1; i > 0; i--)
    if (world->steps[i].parent == 0 && !world->steps[i].in_bin)
      return i;

  for (int i = root + 1; i <= world->n; i++)
    if (world->steps[i].parent == 0 && !world->steps[i].in_bin)
      return i;

  return 0;
}

/* A random step for which @fits, or 0. */
static int
pick (World *world,
      gboolean (*fits) (World *, int))
{
  int start = world->n > 0 ? g_rand_int_range (world->random, 0, world->n) : 0;

  for (int i = 0; i < world->n; i++)
    {
      int step = (start + i) % world->n + 1;

      if (fits (world, step))
        return step;
    }

  return 0;
}

static gboolean
shows (World *world,
       int    step)
{
  return !world->steps[step].in_bin;
}

static gboolean
has_picture (World *world,
             int    step)
{
  return shows (world, step) && world->steps[step].picture != 0;
}

static gboolean
is_pending (World *world,
            int    step)
{
  return world->steps[step].is_pending && !world->steps[step].is_purged;
}

static gboolean
can_be_restored (World *world,
                 int    step)
{
  int parent = world->steps[step].parent;

  return world->steps[step].binned != 0 && !world->steps[step].is_purged &&
         (parent == 0 || !world->steps[parent].in_bin);
}

static gboolean
is_original (World *world,
             int    step)
{
  return world->steps[step].parent == 0;
}

/* ---- both agree ---- */

static ReshootStep *
get_step (World *world,
          int    step)
{
  return reshoot_history_get_step (world->history, step);
}

static void
assert_place (World *world)
{
  ReshootStep *head = reshoot_history_get_head (world->history);
  GListModel *path = reshoot_history_get_path (world->history);
  int parent = world->head != 0 ? world->steps[world->head].parent : 0;
  gboolean can_undo;
  gboolean can_redo;
  guint n_up = 0;
  int at = world->head;

  g_assert_cmpint (head != NULL ? reshoot_step_get_id (head) : 0, ==, world->head);
  g_object_get (world->history, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  g_assert_cmpint (can_undo, ==, parent != 0);
  g_assert_cmpint (can_redo, ==, model_redo (world) != 0);

  for (int up = world->head; up != 0; up = world->steps[up].parent)
    n_up++;

  for (guint i = n_up; i > 0; i--)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (path, i - 1);

      g_assert_cmpint (reshoot_step_get_id (step), ==, at);
      at = world->steps[at].parent;
    }
}

static void
assert_notes (ModelStep   *model,
              ReshootStep *step)
{
  GListModel *notes = reshoot_step_get_notes (step);
  guint n = 0;

  for (int i = 0; i < model->n_notes; i++)
    {
      g_autoptr (ReshootNote) note = g_list_model_get_item (notes, n);

      if (model->notes[i].is_removed)
        continue;

      g_assert_nonnull (note);
      g_assert_cmpint (atoi (reshoot_note_get_facts (note)->text), ==, model->notes[i].text);
      g_assert_true (reshoot_note_get_facts (note)->x == model->notes[i].x ||
                     (isnan (reshoot_note_get_facts (note)->x) && isnan (model->notes[i].x)));
      model->notes[i].note = note;
      n++;
    }

  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, n);
}

static void
assert_step (World *world,
             int    number)
{
  ModelStep *model = &world->steps[number];
  ReshootStep *step = get_step (world, number);
  const char * const *tags = reshoot_step_get_tags (step);
  const char *branch = reshoot_step_get_branch (step);
  ReshootStep *parent = reshoot_step_get_parent (step);
  g_autofree char *title = NULL;
  const ReshootGivenVerdict *given;
  int bits = 0;
  int verdicts[2] = { 0, 0 };
  guint n_given;

  if (model->title != 0)
    title = g_strdup_printf ("title %d", model->title);
  else
    title = g_strdup_printf (model->parent != 0 ? "edit %d" : "original %d", number);

  for (guint i = 0; tags[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (tag_words); j++)
      if (g_str_equal (tags[i], tag_words[j]))
        bits |= 1 << j;

  given = reshoot_step_get_verdicts (step, &n_given);
  for (guint i = 0; i < n_given; i++)
    verdicts[*given[i].author != '\0'] = (int) given[i].verdict;

  g_assert_cmpint (parent != NULL ? reshoot_step_get_id (parent) : 0, ==, model->parent);
  g_assert_cmpstr (reshoot_step_get_title (step), ==, title);
  g_assert_cmpint (branch != NULL ? atoi (branch) : 0, ==, model->branch);
  g_assert_cmpint (bits, ==, model->tags);
  g_assert_cmpint (reshoot_step_get_rating (step), ==, model->rating);
  g_assert_cmpint (verdicts[0], ==, model->verdicts[0]);
  g_assert_cmpint (verdicts[1], ==, model->verdicts[1]);
  g_assert_cmpint (reshoot_step_get_verdict (step), ==, model->verdicts[0]);
  g_assert_cmpint (reshoot_step_get_take (step), ==, model->take);
  g_assert_true ((reshoot_step_get_row (step) != NULL) == (model->row != 0));
  g_assert_true ((reshoot_step_get_digest (step) != NULL) == (model->picture != 0));
  g_assert_cmpint (reshoot_step_get_in_bin (step), ==, model->in_bin);
  g_assert_cmpint (reshoot_step_get_is_purged (step), ==, model->is_purged);
  assert_notes (model, step);
}

static void
assert_row (World *world,
            int    number)
{
  g_autoptr (GPtrArray) row = reshoot_history_list_row (world->history, get_step (world, number));
  guint n = 0;

  for (int i = 1; i <= world->n; i++)
    if (i == number || (world->steps[i].row == world->steps[number].row && shows (world, i)))
      g_assert_cmpint (reshoot_step_get_id (row->pdata[n++]), ==, i);

  g_assert_cmpuint (row->len, ==, n);
}

/* The list, the bin in its order, and the children of each step. */
static void
assert_lists (World *world)
{
  GListModel *bin = reshoot_history_get_bin (world->history);
  g_autofree guint *n_children = g_new0 (guint, (gsize) world->n + 1);
  guint n = 0;
  guint n_bin = 0;
  int last = 0;

  for (int i = 1; i <= world->n; i++)
    {
      g_autoptr (ReshootStep) item = g_list_model_get_item (G_LIST_MODEL (world->history), n);

      n_bin += can_be_restored (world, i);
      n_children[world->steps[i].parent] += shows (world, i);
      if (!shows (world, i))
        continue;

      g_assert_true (item == get_step (world, i));
      n++;
    }

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (world->history)), ==, n);
  for (int i = 1; i <= world->n; i++)
    if (shows (world, i))
      g_assert_cmpuint (g_list_model_get_n_items (reshoot_step_get_children (get_step (world, i))),
                        ==, n_children[i]);

  g_assert_cmpuint (g_list_model_get_n_items (bin), ==, n_bin);
  for (guint i = 0; i < n_bin; i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (bin, i);
      int number = (int) reshoot_step_get_id (step);

      g_assert_true (can_be_restored (world, number));
      g_assert_cmpint (world->steps[number].binned, >, last);
      last = world->steps[number].binned;
    }
}

static void
assert_picture (World *world,
                int    number)
{
  g_autoptr (ReshootImage) expected = NULL;
  g_autoptr (ReshootImage) loaded = NULL;
  g_autoptr (GError) error = NULL;

  if (world->steps[number].is_purged || world->steps[number].picture == 0)
    return;

  expected = history_make_picture ((guint) world->steps[number].picture, 24, 16);
  loaded = history_try_load (world->project, get_step (world, number), RESHOOT_PICTURE_SHOWN,
                             &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_image_get_digest (loaded), ==, reshoot_image_get_digest (expected));
}

static void
assert_all (World *world)
{
  assert_place (world);
  assert_lists (world);
  for (int i = 1; i <= world->n; i++)
    assert_step (world, i);

  for (int i = 0; i < 20 && world->n > 0; i++)
    assert_picture (world, g_rand_int_range (world->random, 1, world->n + 1));
}

/* In the closed file: the bytes of what some step shows that was not purged, and of nothing else. */
static void
assert_pictures_stored (World *world)
{
  g_autoptr (GHashTable) seeds = g_hash_table_new (NULL, NULL);
  sqlite3 *database;
  sqlite3_stmt *row;

  for (int i = 1; i <= world->n; i++)
    if (!world->steps[i].is_purged && world->steps[i].picture != 0)
      g_hash_table_add (seeds, GINT_TO_POINTER (world->steps[i].picture));

  g_assert_cmpint (sqlite3_open_v2 (g_file_peek_path (world->file), &database, SQLITE_OPEN_READONLY,
                                    NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT (SELECT count (*) FROM picture_data),"
                                       " (SELECT count (*) FROM picture) - (SELECT count (*) FROM purged_picture)",
                                       -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  g_assert_cmpuint (sqlite3_column_int (row, 0), ==, g_hash_table_size (seeds));
  g_assert_cmpuint (sqlite3_column_int (row, 1), ==, g_hash_table_size (seeds));
  sqlite3_finalize (row);
  sqlite3_close (database);
}

/* ---- the operations, on both ---- */

/* A pair of the project that answers with whether it was stored. */
typedef gboolean (*Finish) (ReshootProject *, GAsyncResult *, GError **);

static void
await (World         *world,
       Finish         finish,
       GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  reshoot_test_await (result);
  g_assert_true (finish (world->project, *result, &error));
  g_assert_no_error (error);
  g_clear_object (result);
}

static ModelStep *
add_model_step (World *world,
                int    parent)
{
  ModelStep *step;

  g_assert_cmpint (world->n + 1, <, MAX_STEPS);
  world->n++;
  step = &world->steps[world->n];
  memset (step, 0, sizeof *step);
  step->parent = parent;
  step->in_bin = parent != 0 && world->steps[parent].in_bin;
  world->steps[parent].begun = world->n;
  return step;
}

/* What a pending step comes to. */
static void
finish_step (World *world,
             int    number)
{
  ModelStep *model = &world->steps[number];
  ReshootStep *step = get_step (world, number);
  int seed = 1000 + g_rand_int_range (world->random, 0, N_PICTURES);
  g_autoptr (ReshootImage) picture = history_make_picture ((guint) seed, 24, 16);
  g_autoptr (GError) error = NULL;

  model->is_pending = FALSE;
  if (g_rand_int_range (world->random, 0, 10) == 0)
    {
      ReshootJobFacts failed = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_FAILED);

      history_update_job (world->project, step, &failed);
      return;
    }

  g_assert_true (history_try_reply (world->project, step, picture, &error));
  g_assert_true (history_try_version (world->project, step, picture, &error));
  g_assert_no_error (error);
  model->picture = seed;
  if (model_awaits (world, number) && !model->in_bin)
    model_go (world, number);
}

static void
do_edit (World *world,
         int    source)
{
  g_autofree char *words = g_strdup_printf ("edit %d", world->n + 1);

  if (source == 0)
    return;

  history_add_request (world->project, get_step (world, source), words, 0.04);
  add_model_step (world, source)->is_pending = TRUE;
  if (g_rand_int_range (world->random, 0, 8) > 0)
    finish_step (world, world->n);
}

static void
do_row (World *world,
        int    source)
{
  static const char *const models[] = { "bfl/flux-kontext-pro", "bfl/flux-kontext-max", "bfl/flux-kontext-pro" };
  const ReshootMoney estimates[] = { 40000, 80000, 40000 };
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  int first = world->n + 1;

  if (source == 0)
    return;

  world->n_rows++;
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *words = g_strdup_printf ("edit %d", first + i);
      ModelStep *model = add_model_step (world, source);

      g_ptr_array_add (requests, reshoot_request_new (words, models[i], NULL));
      model->is_pending = TRUE;
      model->row = world->n_rows;
      model->take = i == 2 ? 2 : 1;
    }

  reshoot_project_add_row_async (world->project, get_step (world, source),
                                 (ReshootRequest *const *) requests->pdata,
                                 estimates, 3, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  steps = reshoot_project_add_row_finish (world->project, result, NULL);
  g_assert_cmpuint (steps->len, ==, 3);
  for (int i = 0; i < 3; i++)
    finish_step (world, first + i);
  assert_row (world, first);
}

static void
do_original (World *world)
{
  int known = g_rand_boolean (world->random) ? pick (world, is_original) : 0;
  int number = known != 0 ? known : world->n + 1;
  g_autoptr (ReshootImage) picture = history_make_picture ((guint) (5000 + number), 24, 16);
  g_autofree char *title = g_strdup_printf ("original %d", number);
  ReshootStep *step = history_add_original (world->project, picture, title);

  g_assert_cmpint (reshoot_step_get_id (step), ==, number);
  if (known == 0)
    add_model_step (world, 0)->picture = 5000 + number;

  world->steps[number].binned = 0;
  world->steps[number].is_purged = FALSE;
  update_in_bin (world);
  if (world->head != number)
    model_go (world, number);
}

static void
do_move (World *world,
         int    which)
{
  int to = which == 0 ? pick (world, has_picture) : which == 1 ? model_redo (world) : 0;

  if (which == 2 && world->head != 0)
    to = world->steps[world->head].parent;

  if (which == 0 && to != 0)
    reshoot_history_set_head (world->history, get_step (world, to));
  else if (which == 1)
    g_assert_cmpint (reshoot_history_redo (world->history), ==, to != 0);
  else if (which == 2)
    g_assert_cmpint (reshoot_history_undo (world->history), ==, to != 0);

  if (to != 0 && to != world->head)
    model_go (world, to);
}

static void
do_label (World *world,
          int    which,
          int    number)
{
  ModelStep *model = &world->steps[number];
  ReshootStep *step = get_step (world, number);
  GAsyncResult *result = NULL;
  int value = g_rand_int_range (world->random, 0, 6);
  const char *tags[G_N_ELEMENTS (tag_words) + 1] = { NULL, };
  g_autofree char *title = g_strdup_printf ("title %d", value);
  g_autofree char *branch = g_strdup_printf ("%d", value);
  guint n = 0;

  switch (which)
    {
    case 0:
      reshoot_project_set_title_async (world->project, step, value != 0 ? title : NULL, NULL,
                                       reshoot_test_ready_cb, &result);
      await (world, reshoot_project_set_title_finish, &result);
      model->title = value;
      break;
    case 1:
      reshoot_project_set_branch_async (world->project, step, value != 0 ? branch : NULL, NULL,
                                        reshoot_test_ready_cb, &result);
      await (world, reshoot_project_set_branch_finish, &result);
      model->branch = value;
      break;
    case 2:
      model->tags = g_rand_int_range (world->random, 0, 1 << G_N_ELEMENTS (tag_words));
      for (guint i = 0; i < G_N_ELEMENTS (tag_words); i++)
        if ((model->tags & (1 << i)) != 0)
          tags[n++] = tag_words[i];
      reshoot_project_set_tags_async (world->project, step, tags, NULL, reshoot_test_ready_cb,
                                      &result);
      await (world, reshoot_project_set_tags_finish, &result);
      break;
    case 3:
      reshoot_project_set_rating_async (world->project, step, value, NULL, reshoot_test_ready_cb,
                                        &result);
      await (world, reshoot_project_set_rating_finish, &result);
      model->rating = value;
      break;
    default:
      reshoot_project_set_verdict_async (world->project, step, authors[value % 2], value / 2,
                                         "because", NULL,
                                         reshoot_test_ready_cb, &result);
      await (world, reshoot_project_set_verdict_finish, &result);
      model->verdicts[value % 2] = value / 2;
      break;
    }

  assert_step (world, number);
}

static void
do_new_note (World *world,
             int    number)
{
  ModelStep *model = &world->steps[number];
  ModelNote *note = &model->notes[model->n_notes];
  ReshootNoteFacts facts = RESHOOT_NOTE_FACTS_INIT (NULL);
  g_autofree char *text = g_strdup_printf ("%d", ++world->clock);
  g_autoptr (GAsyncResult) result = NULL;

  if (model->n_notes == MAX_NOTES)
    return;

  facts.text = text;
  if (g_rand_boolean (world->random))
    facts.x = facts.y = 0.25;

  reshoot_project_add_note_async (world->project, get_step (world, number), &facts, NULL,
                                  reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_object_unref (reshoot_project_add_note_finish (world->project, result, NULL));
  model->n_notes++;
  *note = (ModelNote) { world->clock, facts.x, FALSE, NULL };
  assert_step (world, number);
}

static void
do_old_note (World *world,
             int    number)
{
  ModelStep *model = &world->steps[number];
  ModelNote *note = model->n_notes > 0 ? &model->notes[g_rand_int_range (world->random, 0,
                                                                         model->n_notes)] : NULL;
  ReshootNoteFacts facts = RESHOOT_NOTE_FACTS_INIT (NULL);
  g_autofree char *text = g_strdup_printf ("%d", world->clock + 1);
  GAsyncResult *result = NULL;
  ReshootStep *step = get_step (world, number);

  if (note == NULL || note->is_removed)
    return;

  g_assert_nonnull (note->note);
  facts.text = text;
  if (g_rand_boolean (world->random))
    {
      reshoot_project_change_note_async (world->project, step, note->note, &facts, NULL,
                                         reshoot_test_ready_cb, &result);
      await (world, reshoot_project_change_note_finish, &result);
      note->text = ++world->clock;
      note->x = NAN;
    }
  else
    {
      g_autoptr (ReshootNote) kept = g_object_ref (note->note);

      reshoot_project_remove_note_async (world->project, step, kept, NULL, reshoot_test_ready_cb,
                                         &result);
      await (world, reshoot_project_remove_note_finish, &result);
      note->is_removed = TRUE;
      assert_step (world, number);
      if (g_rand_boolean (world->random))
        {
          reshoot_project_restore_note_async (world->project, step, kept, NULL,
                                              reshoot_test_ready_cb, &result);
          await (world, reshoot_project_restore_note_finish, &result);
          note->is_removed = FALSE;
        }
    }

  assert_step (world, number);
}

static void
do_bin (World *world,
        int    number)
{
  ModelStep *model = &world->steps[number];
  GAsyncResult *result = NULL;

  reshoot_project_bin_async (world->project, get_step (world, number), NULL, reshoot_test_ready_cb,
                             &result);
  await (world, reshoot_project_bin_finish, &result);
  model->binned = ++world->clock;
  model->bin_head = model->bin_left = 0;
  update_in_bin (world);
  if (is_below (world, world->head, number))
    {
      model->bin_head = world->head;
      model->bin_left = model_left (world, number);
      model_go (world, model->bin_left);
    }

  assert_lists (world);
}

static void
do_restore (World *world,
            int    number)
{
  ModelStep *model = &world->steps[number];
  GAsyncResult *result = NULL;

  reshoot_project_restore_async (world->project, get_step (world, number), NULL,
                                 reshoot_test_ready_cb, &result);
  await (world, reshoot_project_restore_finish, &result);
  model->binned = 0;
  update_in_bin (world);
  if (model->bin_head != 0 && world->head == model->bin_left &&
      has_picture (world, model->bin_head))
    model_go (world, model->bin_head);

  assert_lists (world);
}

static void
do_empty (World *world)
{
  g_autofree int *roots = g_new0 (int, (gsize) world->n + 1);
  g_autofree gboolean *is_live = g_new0 (gboolean, (gsize) world->n + 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) measured = NULL;
  guint64 n_expected = 0;
  guint64 n_bytes = 0;
  guint n_steps = 0;

  for (int i = 1; i <= world->n; i++)
    {
      ModelStep *model = &world->steps[i];

      if (model->is_purged)
        continue;

      roots[i] = roots[model->parent] != 0 ? roots[model->parent] : model->binned != 0 ? i : 0;
      is_live[roots[i]] |= model->is_pending;
    }

  reshoot_project_measure_bin_async (world->project, NULL, reshoot_test_ready_cb, &measured);
  reshoot_test_await (&measured);
  g_assert_true (reshoot_project_measure_bin_finish (world->project, measured, &n_steps,
                                                     &n_expected, NULL));
  reshoot_project_empty_bin_async (world->project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_project_empty_bin_finish (world->project, result, &n_bytes, NULL));
  g_assert_cmpuint (n_bytes, ==, n_expected);

  for (int i = 1; i <= world->n; i++)
    if (roots[i] != 0 && !is_live[roots[i]])
      {
        world->steps[i].is_purged = TRUE;
        n_steps--;
      }

  g_assert_cmpuint (n_steps, ==, 0);
  update_in_bin (world);
  assert_lists (world);
}

static void
do_reopen (World *world)
{
  history_close (world->project);
  assert_pictures_stored (world);
  world->project = history_open (world->file, RESHOOT_PROJECT_OPEN);
  world->history = reshoot_project_get_history (world->project);
  for (int i = 1; i <= world->n; i++)
    world->steps[world->steps[i].parent].begun = world->steps[i].is_pending ? i : 0;

  assert_all (world);
}

static void
do_something (World *world)
{
  int dice = g_rand_int_range (world->random, 0, 1000);
  int shown = pick (world, shows);
  int other;

  if (dice < 100)
    do_edit (world, world->head);
  else if (dice < 130)
    do_edit (world, pick (world, has_picture));
  else if (dice < 145)
    do_row (world, pick (world, has_picture));
  else if (dice < 155 || shown == 0)
    do_original (world);
  else if (dice < 520)
    do_move (world, dice % 3);
  else if (dice < 700)
    do_label (world, dice % 5, shown);
  else if (dice < 760)
    do_new_note (world, shown);
  else if (dice < 840)
    do_old_note (world, shown);
  else if (dice < 890)
    do_bin (world, shown);
  else if (dice < 960 && (other = pick (world, can_be_restored)) != 0)
    do_restore (world, other);
  else if (dice < 985 && (other = pick (world, is_pending)) != 0)
    finish_step (world, other);
  else if (dice < 994)
    do_empty (world);
  else
    do_reopen (world);

  assert_place (world);
}

static void
run (guint32 seed,
     int     n_operations)
{
  World world = { g_new0 (ModelStep, MAX_STEPS), };

  world.random = g_rand_new_with_seed (seed);
  world.file = reshoot_test_temp_file ("a.reshoot");
  world.project = history_open (world.file, RESHOOT_PROJECT_CREATE);
  world.history = reshoot_project_get_history (world.project);

  for (int i = 0; i < n_operations; i++)
    {
      if (i % 1000 == 0)
        g_test_message ("seed %u: operation %d, %d steps", seed, i, world.n);

      do_something (&world);
    }

  assert_all (&world);
  for (int i = 1; i <= world.n; i++)
    assert_picture (&world, i);

  do_reopen (&world);
  history_verify (world.project);
  history_close (world.project);
  history_remove (world.file);
  g_object_unref (world.file);
  g_rand_free (world.random);
  g_free (world.steps);
}

typedef struct
{
  guint32 seed;
  int     n_operations;
} Options;

static void
test_property (gconstpointer data)
{
  const Options *options = data;

  run (options->seed, options->n_operations);
}

/* Takes "NAME NUMBER" out of the arguments. */
static int
take_option (int         *argc,
             char       **argv,
             const char  *name,
             int          otherwise)
{
  for (int i = 1; i + 1 < *argc; i++)
    if (g_str_equal (argv[i], name))
      {
        int value = atoi (argv[i + 1]);

        memmove (&argv[i], &argv[i + 2], sizeof *argv * (gsize) (*argc - i - 1));
        *argc -= 2;
        return value;
      }

  return otherwise;
}

int
main (int    argc,
      char **argv)
{
  Options options;

  options.seed = (guint32) take_option (&argc, argv, "--seed", 20261122);
  options.n_operations = take_option (&argc, argv, "--steps", 10000);
  reshoot_test_init (&argc, &argv);
  g_test_add_data_func ("/history/property", &options, test_property);
  return g_test_run ();
}
