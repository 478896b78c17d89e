/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One person's way through the pairs of a row: what is asked, that nothing but chance decides about order and places,
 * and taking back. */

#include "history-support.h"
#include "reshoot-vote-round.h"

#include <math.h>

/* A row: two takes of one model, two others, and one that never comes. */
#define N_STEPS 5
#define N_PAIRS 5

static const char *const models[N_STEPS] = { "bfl/pro", "bfl/max", "bfl/pro", "fal/dev", "fal/late" };

typedef struct
{
  GFile          *file;
  ReshootProject *project;
  GPtrArray      *steps;   /* (owned): of the row */
  GPtrArray      *none;    /* (owned): no votes */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  ReshootRequest *requests[N_STEPS];
  ReshootStep *original;
  ReshootMoney estimates[N_STEPS] = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  self->file = reshoot_test_temp_file ("a.reshoot");
  self->project = history_open (self->file, RESHOOT_PROJECT_CREATE);
  self->none = g_ptr_array_new ();
  history_add_original (self->project, picture, "cup");
  for (guint i = 0; i < N_STEPS; i++)
    requests[i] = reshoot_request_new ("warm it", models[i], NULL);

  original = reshoot_history_get_step (reshoot_project_get_history (self->project), 1);
  reshoot_project_add_row_async (self->project, original, requests, estimates, N_STEPS, NULL,
                                 reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  self->steps = reshoot_project_add_row_finish (self->project, result, NULL);
  g_assert_nonnull (self->steps);
  for (guint i = 0; i < N_STEPS; i++)
    {
      g_autoptr (ReshootImage) made = history_make_picture (i + 2, 24, 16);

      g_object_unref (requests[i]);
      if (i + 1 < N_STEPS)
        g_assert_true (history_try_version (self->project, self->steps->pdata[i], made, NULL));
    }
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->none);
  history_close (self->project);
  history_remove (self->file);
  g_object_unref (self->file);
}

static const char *
get_model (ReshootStep *step)
{
  return reshoot_request_get_model (reshoot_step_get_request (step));
}

static guint
get_index (Fixture     *self,
           ReshootStep *step)
{
  guint index = N_STEPS;

  g_assert_true (g_ptr_array_find (self->steps, step, &index));
  return index;
}

/* Every pair of two models once; no two takes of one, and nothing that has no picture. */
static void
test_pairs (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (ReshootVoteRound) round = reshoot_vote_round_new (self->steps, self->none, "", FALSE, 7);
  gboolean asked[N_STEPS][N_STEPS] = { { FALSE } };
  guint n = 0;

  g_assert_cmpuint (reshoot_vote_round_get_total (round), ==, N_PAIRS);
  g_assert_false (reshoot_vote_round_can_undo (round));
  while (reshoot_vote_round_get_left (round) != NULL)
    {
      guint left = get_index (self, reshoot_vote_round_get_left (round));
      guint right = get_index (self, reshoot_vote_round_get_right (round));

      g_assert_cmpuint (reshoot_vote_round_get_asked (round), ==, n++);
      g_assert_cmpstr (models[left], !=, models[right]);
      g_assert_false (asked[left][right] || asked[right][left]);
      g_assert_true (left + 1 < N_STEPS && right + 1 < N_STEPS);
      asked[left][right] = TRUE;
      if (n % 2 == 0)
        reshoot_vote_round_vote (round, RESHOOT_VOTE_LEFT);
      else
        reshoot_vote_round_skip (round);
    }

  g_assert_cmpuint (n, ==, N_PAIRS);
  g_assert_null (reshoot_vote_round_get_right (round));
}

/* Over many rounds each result stands left as often as right and comes first as often as the others: neither tells when
 * it was asked for. The same seed gives the same round. */
static void
test_chance (Fixture       *self,
             gconstpointer  data)
{
  const guint n_rounds = 2000;
  guint left[N_STEPS] = { 0 };
  guint first[N_STEPS] = { 0 };

  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (ReshootVoteRound) round =
        reshoot_vote_round_new (self->steps, self->none, "", FALSE, i);
      g_autoptr (ReshootVoteRound) same =
        reshoot_vote_round_new (self->steps, self->none, "", FALSE, i);
      guint a = get_index (self, reshoot_vote_round_get_left (round));
      guint b = get_index (self, reshoot_vote_round_get_right (round));

      g_assert_true (reshoot_vote_round_get_left (round) == reshoot_vote_round_get_left (same));
      left[a]++;
      first[a]++;
      first[b]++;
    }

  /* Five standard deviations of a fair coin, and of how many pairs it is in. */
  for (guint i = 0; i + 1 < N_STEPS; i++)
    {
      guint n_in = i % 2 == 0 && i < 3 ? 2 : 3;
      double expected = (double) n_rounds * n_in / N_PAIRS;

      g_assert_cmpfloat_with_epsilon (left[i], first[i] / 2.0, 5 * sqrt (first[i]) / 2);
      g_assert_cmpfloat_with_epsilon (first[i], expected, 5 * sqrt (expected));
    }
}

/* Who has answered is not asked again, unless they want to be; others are. */
static void
test_voted (Fixture       *self,
            gconstpointer  data)
{
  ReshootCastVote vote = { self->steps->pdata[1], self->steps->pdata[0], RESHOOT_VOTE_LEFT,
                           (char *) "Ada" };
  g_autoptr (GPtrArray) cast = g_ptr_array_new ();
  g_autoptr (ReshootVoteRound) rest = NULL;
  g_autoptr (ReshootVoteRound) again = NULL;
  g_autoptr (ReshootVoteRound) other = NULL;

  g_ptr_array_add (cast, &vote);
  rest = reshoot_vote_round_new (self->steps, cast, "Ada", FALSE, 1);
  again = reshoot_vote_round_new (self->steps, cast, "Ada", TRUE, 1);
  other = reshoot_vote_round_new (self->steps, cast, "", FALSE, 1);
  g_assert_cmpuint (reshoot_vote_round_get_total (rest), ==, N_PAIRS - 1);
  g_assert_cmpuint (reshoot_vote_round_get_total (again), ==, N_PAIRS);
  g_assert_cmpuint (reshoot_vote_round_get_total (other), ==, N_PAIRS);

  /* What was asked of anybody teaches less. */
  g_assert_false (g_str_equal (get_model (reshoot_vote_round_get_left (other)), "bfl/pro")
                  && g_str_equal (get_model (reshoot_vote_round_get_right (other)), "bfl/max"));
}

static void
test_undo (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (ReshootVoteRound) round = reshoot_vote_round_new (self->steps, self->none, "", FALSE, 3);
  ReshootStep *first = reshoot_vote_round_get_left (round);
  ReshootStep *second;

  reshoot_vote_round_vote (round, RESHOOT_VOTE_TIE);
  second = reshoot_vote_round_get_left (round);
  reshoot_vote_round_skip (round);
  g_assert_false (reshoot_vote_round_undo (round));
  g_assert_true (reshoot_vote_round_get_left (round) == second);
  g_assert_true (reshoot_vote_round_undo (round));
  g_assert_true (reshoot_vote_round_get_left (round) == first);
  g_assert_false (reshoot_vote_round_can_undo (round));
  g_assert_cmpuint (reshoot_vote_round_get_asked (round), ==, 0);
  for (guint i = 0; i < N_PAIRS; i++)
    reshoot_vote_round_vote (round, RESHOOT_VOTE_NEITHER);

  /* The last one is taken back when there is nothing left to show. */
  g_assert_null (reshoot_vote_round_get_left (round));
  g_assert_true (reshoot_vote_round_undo (round));
  g_assert_nonnull (reshoot_vote_round_get_left (round));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

#define add(name, function) g_test_add ("/vote-round/" name, Fixture, NULL, set_up, function, \
                                        tear_down)
  add ("pairs", test_pairs);
  add ("chance", test_chance);
  add ("voted", test_voted);
  add ("undo", test_undo);
#undef add

  return g_test_run ();
}
