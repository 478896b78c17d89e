/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Votes in a project: they are in the ledger, come back with the file, and are the last word of each person. */

#include "history-support.h"
#include "reshoot-archive.h"
#include "reshoot-project-adherence.h"
#include "reshoot-project-votes.h"

static GPtrArray *
add_row (ReshootProject *project)
{
  static const char *const models[] = { "bfl/pro", "bfl/max", "bfl/pro" };
  ReshootStep *original = reshoot_history_get_step (reshoot_project_get_history (project), 1);
  ReshootRequest *requests[G_N_ELEMENTS (models)];
  ReshootMoney estimates[G_N_ELEMENTS (models)] = { 1, 1, 1 };
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *steps;

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    requests[i] = reshoot_request_new ("warm it", models[i], NULL);

  reshoot_project_add_row_async (project, original, requests, estimates, G_N_ELEMENTS (models),
                                 NULL,
                                 reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  steps = reshoot_project_add_row_finish (project, result, NULL);
  g_assert_nonnull (steps);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    g_object_unref (requests[i]);

  return steps;
}

static gboolean
try_vote (ReshootProject      *project,
          ReshootStep         *left,
          ReshootStep         *right,
          ReshootVoteOutcome   outcome,
          const char          *author,
          GCancellable        *cancellable,
          GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_vote_async (project, left, right, outcome, author, "recolor", cancellable,
                              reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_vote_finish (project, result, error);
}

static GPtrArray *
load (ReshootProject  *project,
      GCancellable    *cancellable,
      GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_load_votes_async (project, cancellable, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_load_votes_finish (project, result, error);
}

static void
test_kept (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) votes = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  const ReshootCastVote *vote;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);

  history_add_original (project, picture, "cup");
  steps = add_row (project);
  none = load (project, NULL, NULL);
  g_assert_cmpuint (none->len, ==, 0);

  g_assert_true (try_vote (project, steps->pdata[0], steps->pdata[1], RESHOOT_VOTE_LEFT, "", NULL, NULL));
  g_assert_true (try_vote (project, steps->pdata[0], steps->pdata[1], RESHOOT_VOTE_TIE, "Guest", NULL, NULL));
  g_assert_true (try_vote (project, steps->pdata[1], steps->pdata[2], RESHOOT_VOTE_NEITHER, "", NULL, NULL));
  /* The two changed places: still the same two. */
  g_assert_true (try_vote (project, steps->pdata[1], steps->pdata[0], RESHOOT_VOTE_LEFT, "", NULL, NULL));
  history_verify (project);
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  votes = load (project, NULL, NULL);
  g_assert_cmpuint (votes->len, ==, 3);
  vote = votes->pdata[0];
  g_assert_cmpint (reshoot_step_get_id (vote->left), ==, 3);
  g_assert_cmpint (reshoot_step_get_id (vote->right), ==, 2);
  g_assert_cmpint (vote->outcome, ==, RESHOOT_VOTE_LEFT);
  g_assert_cmpstr (vote->author, ==, "");
  g_assert_cmpstr (vote->task, ==, "recolor");
  vote = votes->pdata[1];
  g_assert_cmpstr (vote->author, ==, "Guest");
  g_assert_cmpint (vote->outcome, ==, RESHOOT_VOTE_TIE);
  vote = votes->pdata[2];
  g_assert_cmpint (vote->outcome, ==, RESHOOT_VOTE_NEITHER);
  history_close (project);
  history_remove (file);
}

static void
withdraw (ReshootProject *project,
          ReshootStep    *left,
          ReshootStep    *right,
          const char     *author)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_withdraw_vote_async (project, left, right, author, NULL,
                                       reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_withdraw_vote_finish (project, result, &error);
  g_assert_no_error (error);
}

/* What is taken back does not count, whichever way round it was said; what others said stays, and one may vote anew. */
static void
test_withdrawn (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  const ReshootCastVote *vote;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);

  history_add_original (project, picture, "cup");
  steps = add_row (project);
  withdraw (project, steps->pdata[0], steps->pdata[2], "");
  g_assert_true (try_vote (project, steps->pdata[0], steps->pdata[1], RESHOOT_VOTE_LEFT, "", NULL, NULL));
  g_assert_true (try_vote (project, steps->pdata[0], steps->pdata[1], RESHOOT_VOTE_TIE, "Guest", NULL, NULL));
  withdraw (project, steps->pdata[1], steps->pdata[0], "");
  left = load (project, NULL, NULL);
  g_assert_cmpuint (left->len, ==, 1);
  vote = left->pdata[0];
  g_assert_cmpstr (vote->author, ==, "Guest");

  g_assert_true (try_vote (project, steps->pdata[0], steps->pdata[1], RESHOOT_VOTE_RIGHT, "", NULL, NULL));
  again = load (project, NULL, NULL);
  g_assert_cmpuint (again->len, ==, 2);
  vote = again->pdata[1];
  g_assert_cmpint (vote->outcome, ==, RESHOOT_VOTE_RIGHT);
  history_verify (project);
  history_close (project);
  history_remove (file);
}

static void
tick (ReshootProject *project,
      ReshootStep    *step,
      ReshootAnswer   followed,
      ReshootAnswer   strayed,
      const char     *author)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_set_adherence_async (project, step, followed, strayed, author, NULL,
                                       reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_set_adherence_finish (project, result, &error);
  g_assert_no_error (error);
}

static void
assert_ticked (ReshootProject *project)
{
  ReshootAdherenceCounts pro = { 0 };
  ReshootAdherenceCounts max = { 0 };
  g_autoptr (GPtrArray) said = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const ReshootAdherence *first;

  reshoot_project_load_adherence_async (project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  said = reshoot_project_load_adherence_finish (project, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (said->len, ==, 3);
  first = said->pdata[0];
  g_assert_cmpint (reshoot_step_get_id (first->step), ==, 2);
  g_assert_cmpint (first->followed, ==, RESHOOT_ANSWER_YES);
  g_assert_cmpint (first->strayed, ==, RESHOOT_ANSWER_NO);
  g_assert_cmpstr (first->author, ==, "");

  reshoot_adherence_count (said, "bfl/pro", &pro);
  reshoot_adherence_count (said, "bfl/max", &max);
  g_assert_cmpuint (pro.followed, ==, 1);
  g_assert_cmpuint (pro.not_followed, ==, 1);
  g_assert_cmpuint (pro.strayed, ==, 0);
  g_assert_cmpuint (pro.not_strayed, ==, 1);
  g_assert_cmpuint (max.followed + max.not_followed, ==, 0);
  g_assert_cmpuint (max.strayed, ==, 1);
}

/* The last word of each person on each result; it stays when the project goes out as plain files and comes back. */
static void
test_adherence (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GFile) archive = reshoot_test_temp_file ("archive");
  g_autoptr (GFile) again = reshoot_test_temp_file ("again.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);

  history_add_original (project, picture, "cup");
  steps = add_row (project);
  tick (project, steps->pdata[0], RESHOOT_ANSWER_NO, RESHOOT_ANSWER_NONE, "");
  tick (project, steps->pdata[0], RESHOOT_ANSWER_YES, RESHOOT_ANSWER_NO, "");
  tick (project, steps->pdata[0], RESHOOT_ANSWER_NO, RESHOOT_ANSWER_NONE, "Guest");
  tick (project, steps->pdata[1], RESHOOT_ANSWER_YES, RESHOOT_ANSWER_YES, "");
  tick (project, steps->pdata[1], RESHOOT_ANSWER_NONE, RESHOOT_ANSWER_YES, "");
  assert_ticked (project);
  history_verify (project);

  reshoot_project_save_archive_async (project, archive, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_save_archive_finish (project, result, &error);
  g_assert_no_error (error);
  history_close (project);
  g_clear_object (&result);
  reshoot_archive_read_async (archive, again, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_archive_read_finish (result, &error);
  g_assert_no_error (error);

  project = history_open (again, RESHOOT_PROJECT_OPEN);
  assert_ticked (project);
  history_verify (project);
  history_close (project);
  history_remove (again);
  history_remove (file);
}

static void
test_answers (void)
{
  ReshootAnswer answer = RESHOOT_ANSWER_YES;

  for (guint i = RESHOOT_ANSWER_NONE; i <= RESHOOT_ANSWER_NO; i++)
    {
      g_assert_true (reshoot_answer_from_string (reshoot_answer_to_string (i), &answer));
      g_assert_cmpuint (answer, ==, i);
    }

  g_assert_false (reshoot_answer_from_string ("perhaps", &answer));
}

static void
test_refused (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autoptr (GPtrArray) votes = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GError) same = NULL;
  g_autoptr (GError) apart = NULL;
  g_autoptr (GError) original = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);

  history_add_original (project, picture, "cup");
  first = add_row (project);
  second = add_row (project);
  g_assert_false (try_vote (project, first->pdata[0], first->pdata[0], RESHOOT_VOTE_LEFT, "", NULL, &same));
  g_assert_cmpstr (reshoot_error_get_reason (same), ==, "not-a-pair");
  g_assert_false (try_vote (project, first->pdata[0], second->pdata[1], RESHOOT_VOTE_LEFT, "", NULL, &apart));
  g_assert_cmpstr (reshoot_error_get_reason (apart), ==, "not-a-pair");
  g_assert_false (try_vote (project,
                            reshoot_history_get_step (reshoot_project_get_history (project), 1),
                            first->pdata[0], RESHOOT_VOTE_LEFT, "", NULL, &original));
  g_assert_cmpstr (reshoot_error_get_reason (original), ==, "not-a-pair");

  votes = load (project, NULL, NULL);
  g_assert_cmpuint (votes->len, ==, 0);
  history_close (project);
  history_remove (file);
}

static void
test_cancel (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) votes = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) not_cast = NULL;
  g_autoptr (GError) not_read = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);

  history_add_original (project, picture, "cup");
  steps = add_row (project);
  g_cancellable_cancel (cancellable);
  g_assert_false (try_vote (project, steps->pdata[0], steps->pdata[1], RESHOOT_VOTE_LEFT, "", cancellable,
                            &not_cast));
  g_assert_error (not_cast, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (load (project, cancellable, &not_read));
  g_assert_error (not_read, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  votes = load (project, NULL, NULL);
  g_assert_cmpuint (votes->len, ==, 0);
  history_close (project);
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  g_test_add_func ("/project-votes/kept", test_kept);
  g_test_add_func ("/project-votes/withdrawn", test_withdrawn);
  g_test_add_func ("/project-votes/adherence", test_adherence);
  g_test_add_func ("/project-votes/answers", test_answers);
  g_test_add_func ("/project-votes/refused", test_refused);
  g_test_add_func ("/project-votes/cancel", test_cancel);
  return g_test_run ();
}
