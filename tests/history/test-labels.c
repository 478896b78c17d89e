/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What people say of steps: stored with its entry, there again after reopening, refused or cut where it is too much. */

#include <sqlite3.h>
#include <string.h>

#include "history-support.h"

typedef struct
{
  GFile          *file;
  ReshootProject *project;
  ReshootHistory *history;
  ReshootStep    *original;
  ReshootStep    *edit;
} Fixture;

static void
find_steps (Fixture *fixture)
{
  fixture->history = reshoot_project_get_history (fixture->project);
  fixture->original = reshoot_history_get_step (fixture->history, 1);
  fixture->edit = reshoot_history_get_step (fixture->history, 2);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (ReshootImage) picture = history_make_picture (1, 16, 16);

  fixture->file = reshoot_test_temp_file ("a.reshoot");
  fixture->project = history_open (fixture->file, RESHOOT_PROJECT_CREATE);
  history_add_edit (fixture->project, history_add_original (fixture->project, picture, "shoe.tif"),
                    2);
  find_steps (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  history_verify (fixture->project);
  history_close (fixture->project);
  history_remove (fixture->file);
  g_object_unref (fixture->file);
}

static void
reopen (Fixture *fixture)
{
  history_close (fixture->project);
  fixture->project = history_open (fixture->file, RESHOOT_PROJECT_OPEN);
  find_steps (fixture);
}

static void
count_cb (guint *count)
{
  *count += 1;
}

static void
assert_refused (GError     *error,
                const char *reason)
{
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, reason);
  g_error_free (error);
}

static GError *
try_title (Fixture     *fixture,
           ReshootStep *step,
           const char  *title)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  reshoot_project_set_title_async (fixture->project, step, title, NULL, reshoot_test_ready_cb,
                                   &result);
  reshoot_test_await (&result);
  reshoot_project_set_title_finish (fixture->project, result, &error);
  return error;
}

static GError *
try_branch (Fixture     *fixture,
            ReshootStep *step,
            const char  *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  reshoot_project_set_branch_async (fixture->project, step, name, NULL, reshoot_test_ready_cb,
                                    &result);
  reshoot_test_await (&result);
  reshoot_project_set_branch_finish (fixture->project, result, &error);
  return error;
}

static GError *
try_tags (Fixture            *fixture,
          ReshootStep        *step,
          const char * const *tags)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  reshoot_project_set_tags_async (fixture->project, step, tags, NULL, reshoot_test_ready_cb,
                                  &result);
  reshoot_test_await (&result);
  reshoot_project_set_tags_finish (fixture->project, result, &error);
  return error;
}

static GError *
try_verdict (Fixture        *fixture,
             ReshootStep    *step,
             const char     *author,
             ReshootVerdict  verdict,
             const char     *reason)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  reshoot_project_set_verdict_async (fixture->project, step, author, verdict, reason, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_set_verdict_finish (fixture->project, result, &error);
  return error;
}

static ReshootNote *
try_note (Fixture                 *fixture,
          ReshootStep             *step,
          const ReshootNoteFacts  *facts,
          GError                 **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_add_note_async (fixture->project, step, facts, NULL, reshoot_test_ready_cb,
                                  &result);
  reshoot_test_await (&result);
  return reshoot_project_add_note_finish (fixture->project, result, error);
}

/* Whatever a pair of the project did to a note. */
static void
await_note (Fixture       *fixture,
            GAsyncResult **result,
            gboolean (*finish) (ReshootProject *, GAsyncResult *, GError **))
{
  g_autoptr (GError) error = NULL;

  reshoot_test_await (result);
  g_assert_true (finish (fixture->project, *result, &error));
  g_assert_no_error (error);
  g_clear_object (result);
}

static void
test_title (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *long_title = g_strnfill (501, 'x');
  g_autofree char *full_title = g_strnfill (500, 'x');
  guint n = 0;

  g_signal_connect_swapped (fixture->edit, "notify::title", G_CALLBACK (count_cb), &n);
  g_assert_no_error (try_title (fixture, fixture->edit, "  The\none \n"));
  g_assert_cmpstr (reshoot_step_get_title (fixture->edit), ==, "The one");
  g_assert_cmpuint (n, ==, 1);
  g_assert_no_error (try_title (fixture, fixture->edit, "The one"));
  g_assert_cmpuint (n, ==, 1);
  assert_refused (try_title (fixture, fixture->edit, long_title), "label-too-long");
  assert_refused (try_title (fixture, fixture->edit, "\xff"), "text-encoding");
  g_assert_cmpstr (reshoot_step_get_title (fixture->edit), ==, "The one");
  g_assert_no_error (try_title (fixture, fixture->original, full_title));

  reopen (fixture);
  g_assert_cmpstr (reshoot_step_get_title (fixture->edit), ==, "The one");
  g_assert_cmpstr (reshoot_step_get_title (fixture->original), ==, full_title);

  /* Back to what each has by itself. */
  g_assert_no_error (try_title (fixture, fixture->edit, NULL));
  g_assert_no_error (try_title (fixture, fixture->original, " \t"));
  g_assert_cmpstr (reshoot_step_get_title (fixture->edit), ==, "make it number 2");
  g_assert_cmpstr (reshoot_step_get_title (fixture->original), ==, "shoe.tif");
  reopen (fixture);
  g_assert_cmpstr (reshoot_step_get_title (fixture->edit), ==, "make it number 2");
  g_assert_cmpstr (reshoot_step_get_title (fixture->original), ==, "shoe.tif");
}

static void
test_branch (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *long_name = g_strnfill (201, 'x');
  guint n = 0;

  g_signal_connect_swapped (fixture->edit, "notify::branch", G_CALLBACK (count_cb), &n);
  g_assert_null (reshoot_step_get_branch (fixture->edit));
  g_assert_no_error (try_branch (fixture, fixture->edit, "warm"));
  g_assert_no_error (try_branch (fixture, fixture->edit, "warmer"));
  g_assert_cmpuint (n, ==, 2);
  assert_refused (try_branch (fixture, fixture->edit, long_name), "label-too-long");
  reopen (fixture);
  g_assert_cmpstr (reshoot_step_get_branch (fixture->edit), ==, "warmer");
  g_assert_no_error (try_branch (fixture, fixture->edit, NULL));
  g_assert_null (reshoot_step_get_branch (fixture->edit));
  reopen (fixture);
  g_assert_null (reshoot_step_get_branch (fixture->edit));
}

static void
test_tags (Fixture       *fixture,
           gconstpointer  data)
{
  const char *given[] = { "white", " final ", "", "white", "äpfel", NULL };
  const char *kept[] = { "final", "white", "äpfel", NULL };
  const char *none[] = { NULL };
  const char *bad[] = { "good", "\xff", NULL };
  char *many[102] = { NULL, };
  guint n = 0;

  for (guint i = 0; i < 101; i++)
    many[i] = g_strdup_printf ("%u", i);

  g_signal_connect_swapped (fixture->edit, "notify::tags", G_CALLBACK (count_cb), &n);
  g_assert_no_error (try_tags (fixture, fixture->edit, given));
  g_assert_cmpstrv (reshoot_step_get_tags (fixture->edit), kept);
  g_assert_no_error (try_tags (fixture, fixture->edit, kept));
  g_assert_cmpuint (n, ==, 1);
  assert_refused (try_tags (fixture, fixture->edit, bad), "text-encoding");
  assert_refused (try_tags (fixture, fixture->edit, (const char * const *) many), "labels-too-many");
  reopen (fixture);
  g_assert_cmpstrv (reshoot_step_get_tags (fixture->edit), kept);
  g_assert_cmpstrv (reshoot_step_get_tags (fixture->original), none);
  g_assert_no_error (try_tags (fixture, fixture->edit, none));
  g_assert_cmpstrv (reshoot_step_get_tags (fixture->edit), none);
  reopen (fixture);
  g_assert_cmpstrv (reshoot_step_get_tags (fixture->edit), none);

  for (guint i = 0; i < 101; i++)
    g_free (many[i]);
}

static void
test_verdicts (Fixture       *fixture,
               gconstpointer  data)
{
  const ReshootGivenVerdict *given;
  g_autofree char *long_reason = g_strnfill (2001, 'x');
  guint n_told = 0;
  guint n = 0;

  g_signal_connect_swapped (fixture->edit, "notify::verdict", G_CALLBACK (count_cb), &n_told);
  g_assert_no_error (try_verdict (fixture, fixture->edit, "Reviewer", RESHOOT_VERDICT_REJECT,
                                  "blurred"));
  g_assert_cmpint (reshoot_step_get_verdict (fixture->edit), ==, RESHOOT_VERDICT_NONE);
  g_assert_cmpuint (n_told, ==, 1);   /* who shows everybody's is told, too */
  g_assert_no_error (try_verdict (fixture, fixture->edit, "", RESHOOT_VERDICT_REJECT, NULL));
  g_assert_no_error (try_verdict (fixture, fixture->edit, "", RESHOOT_VERDICT_ACCEPT,
                                  "as it should be"));
  g_assert_cmpint (reshoot_step_get_verdict (fixture->edit), ==, RESHOOT_VERDICT_ACCEPT);
  g_assert_cmpuint (n_told, ==, 3);
  assert_refused (try_verdict (fixture, fixture->edit, "", RESHOOT_VERDICT_REJECT, long_reason),
                  "label-too-long");

  reopen (fixture);
  g_assert_cmpint (reshoot_step_get_verdict (fixture->edit), ==, RESHOOT_VERDICT_ACCEPT);
  given = reshoot_step_get_verdicts (fixture->edit, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (given[0].author, ==, "");
  g_assert_cmpstr (given[0].reason, ==, "as it should be");
  g_assert_nonnull (given[0].given);
  g_assert_cmpstr (given[1].author, ==, "Reviewer");
  g_assert_cmpint (given[1].verdict, ==, RESHOOT_VERDICT_REJECT);
  g_assert_cmpstr (given[1].reason, ==, "blurred");

  g_assert_no_error (try_verdict (fixture, fixture->edit, "", RESHOOT_VERDICT_NONE, NULL));
  g_assert_cmpint (reshoot_step_get_verdict (fixture->edit), ==, RESHOOT_VERDICT_NONE);
  reopen (fixture);
  g_assert_cmpint (reshoot_step_get_verdict (fixture->edit), ==, RESHOOT_VERDICT_NONE);
  reshoot_step_get_verdicts (fixture->edit, &n);
  g_assert_cmpuint (n, ==, 1);
  reshoot_step_get_verdicts (fixture->original, &n);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_notes (Fixture       *fixture,
            gconstpointer  data)
{
  ReshootNoteFacts whole = RESHOOT_NOTE_FACTS_INIT ("brighter,\nplease ");
  ReshootNoteFacts area = RESHOOT_NOTE_FACTS_INIT ("this label");
  g_autoptr (ReshootNote) first = NULL;
  g_autoptr (ReshootNote) second = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GListModel *notes = reshoot_step_get_notes (fixture->edit);
  const ReshootNoteFacts *facts;
  guint n_text = 0;
  guint n_items = 0;

  g_signal_connect_swapped (notes, "items-changed", G_CALLBACK (count_cb), &n_items);
  area.author = "Reviewer";
  area.x = 0.25;
  area.y = 0.5;
  area.width = 0.75;
  area.height = 0.5;
  first = try_note (fixture, fixture->edit, &whole, NULL);
  second = try_note (fixture, fixture->edit, &area, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 2);
  g_assert_cmpuint (n_items, ==, 2);
  g_assert_cmpstr (reshoot_note_get_facts (first)->text, ==, "brighter,\nplease");
  g_assert_true (isnan (reshoot_note_get_facts (first)->x));

  g_signal_connect_swapped (second, "notify::text", G_CALLBACK (count_cb), &n_text);
  area.text = "that label";
  area.width = area.height = NAN;
  reshoot_project_change_note_async (fixture->project, fixture->edit, second, &area, NULL,
                                     reshoot_test_ready_cb, &result);
  await_note (fixture, &result, reshoot_project_change_note_finish);
  g_assert_cmpuint (n_text, ==, 1);
  g_assert_cmpstr (reshoot_note_get_facts (second)->text, ==, "that label");

  reshoot_project_remove_note_async (fixture->project, fixture->edit, first, NULL,
                                     reshoot_test_ready_cb, &result);
  await_note (fixture, &result, reshoot_project_remove_note_finish);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 1);
  reopen (fixture);
  notes = reshoot_step_get_notes (fixture->edit);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 1);

  /* It can be put back, and stands where it stood. */
  reshoot_project_restore_note_async (fixture->project, fixture->edit, first, NULL,
                                      reshoot_test_ready_cb, &result);
  await_note (fixture, &result, reshoot_project_restore_note_finish);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 2);
  reopen (fixture);
  notes = reshoot_step_get_notes (fixture->edit);
  g_clear_object (&first);
  g_clear_object (&second);
  first = g_list_model_get_item (notes, 0);
  second = g_list_model_get_item (notes, 1);
  g_assert_cmpstr (reshoot_note_get_facts (first)->text, ==, "brighter,\nplease");
  facts = reshoot_note_get_facts (second);
  g_assert_cmpstr (facts->text, ==, "that label");
  g_assert_cmpstr (facts->author, ==, "Reviewer");
  g_assert_cmpfloat (facts->x, ==, 0.25);
  g_assert_cmpfloat (facts->y, ==, 0.5);
  g_assert_true (isnan (facts->width) && isnan (facts->height));
  g_assert_cmpstr (reshoot_note_get_made (second), <, reshoot_note_get_changed (second));
}

static void
test_note_places (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    double   place[4];
    gboolean is_good;
  } cases[] = {
    { { NAN, NAN, NAN, NAN }, TRUE },
    { { 0, 1, NAN, NAN }, TRUE },
    { { 0, 0, 1, 1 }, TRUE },
    { { 0.1, 0.7, 0.9, 0.3 }, TRUE },
    { { 0.5, NAN, NAN, NAN }, FALSE },
    { { NAN, NAN, 0.5, 0.5 }, FALSE },
    { { -0.1, 0, NAN, NAN }, FALSE },
    { { 0, 1.1, NAN, NAN }, FALSE },
    { { 0.5, 0.5, 0.6, 0.1 }, FALSE },
    { { 0.5, 0.5, 0, 0.1 }, FALSE },
    { { 0.5, 0.5, 0.1, NAN }, FALSE },
    { { 0.5, 0.5, 0.1, -0.1 }, FALSE },
    { { INFINITY, 0, NAN, NAN }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const double *place = cases[i].place;
      ReshootNoteFacts facts = { "", "here", place[0], place[1], place[2], place[3] };
      GError *error = NULL;
      g_autoptr (ReshootNote) note = try_note (fixture, fixture->edit, &facts, &error);

      g_assert_true ((note != NULL) == cases[i].is_good);
      if (note == NULL)
        assert_refused (error, "note-place");
    }
}

static void
test_refused_notes (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *long_text = g_strnfill (10001, 'x');
  ReshootNoteFacts facts = RESHOOT_NOTE_FACTS_INIT (" \n");
  GError *error = NULL;

  g_assert_null (try_note (fixture, fixture->edit, &facts, &error));
  assert_refused (error, "note-empty");
  error = NULL;
  facts.text = long_text;
  g_assert_null (try_note (fixture, fixture->edit, &facts, &error));
  assert_refused (error, "label-too-long");
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_step_get_notes (fixture->edit)), ==, 0);
}

/* As a stranger's program could write them. */
static void
test_strange_rows (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char script[] =
    "INSERT INTO branch VALUES (2, CAST (zeroblob (100000) AS TEXT) || printf ('%.*c', 5000, 'x'));"
    "INSERT INTO tag SELECT 2, value FROM json_each ('[\"\", \"b\", \" a \"]');"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 300)"
    " INSERT INTO tag SELECT 1, i FROM n;"
    "INSERT INTO verdict VALUES"
    " (2, printf ('%.*c', 5000, 'y'), 'accept', printf ('%.*c', 50000, 'z'), printf ('%.*c', 900, '2'));"
    "INSERT INTO note (uuid, step, author, text, x, y, width, height, made, changed) VALUES"
    " ('3b241101-e2bb-4255-8caf-4136c566a962', 2, '', 'outside', 1e300, -4, 9, 9, 'a', 'b'),"
    " ('no uuid', 2, '', 'nobody', NULL, NULL, NULL, NULL, 'a', 'b'),"
    " ('3b241101-e2bb-4255-8caf-4136c566a963', 2, '', CAST (x'ff41' AS TEXT), NULL, NULL, NULL, NULL, 'a', 'b');"
    "UPDATE step SET title = printf ('%.*c', 900, 't') WHERE id = 2;";
  const char *few[] = { "a", "b", NULL };
  const ReshootGivenVerdict *given;
  g_autoptr (ReshootNote) outside = NULL;
  g_autoptr (ReshootNote) broken = NULL;
  sqlite3 *database;
  GListModel *notes;
  guint n;

  history_close (fixture->project);
  g_assert_cmpint (sqlite3_open (g_file_peek_path (fixture->file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, script, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
  fixture->project = history_open (fixture->file, RESHOOT_PROJECT_OPEN);
  find_steps (fixture);

  g_assert_null (reshoot_step_get_branch (fixture->edit));
  g_assert_cmpstrv (reshoot_step_get_tags (fixture->edit), few);
  g_assert_cmpuint (g_strv_length ((GStrv) reshoot_step_get_tags (fixture->original)), ==, 100);
  g_assert_cmpuint (strlen (reshoot_step_get_title (fixture->edit)), ==, 500);
  given = reshoot_step_get_verdicts (fixture->edit, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (strlen (given[0].author), ==, 200);
  g_assert_cmpuint (strlen (given[0].reason), ==, 2000);
  g_assert_null (given[0].given);

  notes = reshoot_step_get_notes (fixture->edit);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 2);
  outside = g_list_model_get_item (notes, 0);
  broken = g_list_model_get_item (notes, 1);
  g_assert_true (isnan (reshoot_note_get_facts (outside)->x));
  g_assert_true (g_utf8_validate (reshoot_note_get_facts (broken)->text, -1, NULL));

  history_close (fixture->project);
  history_remove (fixture->file);
  g_object_unref (fixture->file);
  set_up (fixture, NULL);
}

/* Whichever pair is cancelled: nothing is stored and nothing shows. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  enum { TITLE, BRANCH, TAGS, VERDICT, RATING, CHANGE, REMOVE, RESTORE, N_PAIRS };
  gboolean (*finish[N_PAIRS]) (ReshootProject *, GAsyncResult *, GError **) = {
    reshoot_project_set_title_finish,
    reshoot_project_set_branch_finish,
    reshoot_project_set_tags_finish,
    reshoot_project_set_verdict_finish,
    reshoot_project_set_rating_finish,
    reshoot_project_change_note_finish,
    reshoot_project_remove_note_finish,
    reshoot_project_restore_note_finish,
  };
  const char *tags[] = { "x", NULL };
  ReshootNoteFacts facts = RESHOOT_NOTE_FACTS_INIT ("words");
  ReshootNoteFacts others = RESHOOT_NOTE_FACTS_INIT ("other words");
  g_autoptr (ReshootNote) note = try_note (fixture, fixture->edit, &facts, NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  GAsyncResult *results[N_PAIRS] = { NULL, };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *project = fixture->project;
  ReshootStep *step = fixture->edit;

  g_cancellable_cancel (cancelled);
  reshoot_project_set_title_async (project, step, "x", cancelled, reshoot_test_ready_cb,
                                   &results[TITLE]);
  reshoot_project_set_branch_async (project, step, "x", cancelled, reshoot_test_ready_cb,
                                    &results[BRANCH]);
  reshoot_project_set_tags_async (project, step, tags, cancelled, reshoot_test_ready_cb,
                                  &results[TAGS]);
  reshoot_project_set_verdict_async (project, step, "", RESHOOT_VERDICT_ACCEPT, NULL, cancelled,
                                     reshoot_test_ready_cb, &results[VERDICT]);
  reshoot_project_set_rating_async (project, step, 3, cancelled, reshoot_test_ready_cb,
                                    &results[RATING]);
  reshoot_project_change_note_async (project, step, note, &others, cancelled, reshoot_test_ready_cb,
                                     &results[CHANGE]);
  reshoot_project_remove_note_async (project, step, note, cancelled, reshoot_test_ready_cb,
                                     &results[REMOVE]);
  reshoot_project_restore_note_async (project, step, note, cancelled, reshoot_test_ready_cb,
                                      &results[RESTORE]);
  for (int i = 0; i < N_PAIRS; i++)
    {
      g_autoptr (GError) stopped = NULL;

      reshoot_test_await (&results[i]);
      g_assert_false (finish[i] (project, results[i], &stopped));
      g_assert_error (stopped, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_object (&results[i]);
    }

  reshoot_project_add_note_async (project, step, &facts, cancelled, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_null (reshoot_project_add_note_finish (project, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  reopen (fixture);
  g_assert_cmpstr (reshoot_step_get_title (fixture->edit), ==, "make it number 2");
  g_assert_cmpint (reshoot_step_get_rating (fixture->edit), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_step_get_notes (fixture->edit)), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

#define ADD(name, function) g_test_add ("/labels/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("title", test_title);
  ADD ("branch", test_branch);
  ADD ("tags", test_tags);
  ADD ("verdicts", test_verdicts);
  ADD ("notes", test_notes);
  ADD ("note-places", test_note_places);
  ADD ("refused-notes", test_refused_notes);
  ADD ("strange-rows", test_strange_rows);
  ADD ("cancel", test_cancel);

  return g_test_run ();
}
