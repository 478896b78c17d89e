/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where models stand by votes: people whose preferences are known are made up, and their votes must tell them. */

#include "reshoot-votes.h"
#include "reshoot-test.h"

#include <math.h>

#define MODELS 4
#define RUNS   500

static const char *const names[MODELS + 1] = { "a/one", "b/two", "c/three", "d/four", NULL };
static const double strengths[MODELS] = { 0.9, 0.3, -0.2, -1.0 };
#define TIES (-0.7)

static ReshootVoteOutcome
vote (GRand *rand,
      guint  left,
      guint  right)
{
  double first = exp (strengths[left]);
  double second = exp (strengths[right]);
  double tie = exp (TIES + (strengths[left] + strengths[right]) / 2);
  double at = g_rand_double_range (rand, 0, first + second + tie);

  if (at < first)
    return RESHOOT_VOTE_LEFT;
  if (at < first + second)
    return RESHOOT_VOTE_RIGHT;
  return g_rand_boolean (rand) ? RESHOOT_VOTE_TIE : RESHOOT_VOTE_NEITHER;
}

static GArray *
make_votes (GRand *rand,
            guint  n)
{
  GArray *votes = g_array_new (FALSE, FALSE, sizeof (ReshootVote));

  while (votes->len < n)
    {
      guint left = (guint) g_rand_int_range (rand, 0, MODELS);
      guint right = (guint) g_rand_int_range (rand, 0, MODELS);
      ReshootVote one = { names[left], names[right], RESHOOT_VOTE_TIE };

      if (left == right)
        continue;

      one.outcome = vote (rand, left, right);
      g_array_append_val (votes, one);
    }

  return votes;
}

static GPtrArray *
rank (GArray *votes)
{
  return reshoot_votes_rank ((const ReshootVote *) (gpointer) votes->data, votes->len, 7);
}

static guint
find (const char *model)
{
  for (guint i = 0; i < MODELS; i++)
    if (g_str_equal (names[i], model))
      return i;

  g_assert_not_reached ();
}

/* Of 500 times 150 votes: how often the truth lies within what is said, and how often the order is right. */
static void
test_coverage (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint covered = 0, ordered = 0;

  for (guint run = 0; run < RUNS; run++)
    {
      g_autoptr (GArray) votes = make_votes (rand, 150);
      g_autoptr (GPtrArray) list = rank (votes);

      g_assert_cmpuint (list->len, ==, MODELS);
      for (guint i = 0; i < list->len; i++)
        {
          const ReshootStanding *standing = list->pdata[i];
          double truth = strengths[find (standing->model)];

          covered += standing->low <= truth && truth <= standing->high;
          ordered += find (standing->model) == i;
          g_assert_true (standing->enough && standing->rank >= 1 && standing->rank <= i + 1);
          g_assert_cmpuint (standing->won + standing->lost + standing->ties + standing->neither,
                            ==, standing->votes);
        }
    }

  g_test_message ("covered %.3f, in its place %.3f", covered / (double) (RUNS * MODELS),
                  ordered / (double) (RUNS * MODELS));
  g_assert_cmpfloat (covered, >=, 0.93 * RUNS * MODELS);
  g_assert_cmpfloat (covered, <=, 0.97 * RUNS * MODELS);
  g_assert_cmpfloat (ordered, >=, 0.85 * RUNS * MODELS);
}

static void
test_many_votes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GArray) votes = make_votes (rand, 20000);
  g_autoptr (GPtrArray) list = rank (votes);

  for (guint i = 0; i < MODELS; i++)
    {
      const ReshootStanding *standing = list->pdata[i];

      g_assert_cmpstr (standing->model, ==, names[i]);
      g_assert_cmpuint (standing->rank, ==, i + 1);
      g_assert_cmpfloat_with_epsilon (standing->strength, strengths[i], 0.06);
      g_assert_cmpfloat (standing->high - standing->low, <, 0.12);
    }
}

static void
test_few_votes (void)
{
  const ReshootVote votes[] = {
    { "a/one", "b/two", RESHOOT_VOTE_LEFT },
    { "b/two", "a/one", RESHOOT_VOTE_RIGHT },
    { "a/one", "a/one", RESHOOT_VOTE_LEFT },
  };
  g_autoptr (GPtrArray) list = reshoot_votes_rank (votes, G_N_ELEMENTS (votes), 1);
  g_autoptr (GPtrArray) nobody = reshoot_votes_rank (votes, 0, 1);
  const ReshootStanding *first = list->pdata[0];
  const ReshootStanding *second = list->pdata[1];

  g_assert_cmpuint (nobody->len, ==, 0);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (first->model, ==, "a/one");
  g_assert_cmpuint (first->votes, ==, 2);
  g_assert_cmpuint (first->won, ==, 2);
  g_assert_cmpuint (second->lost, ==, 2);
  g_assert_false (first->enough || second->enough);
  g_assert_cmpuint (first->rank + second->rank, ==, 0);
  g_assert_true (isfinite (first->strength) && first->strength > 0 && first->strength < 6);
}

/* Who always wins is ahead, and not without bound; who was voted on apart from the others is not above them. */
static void
test_extremes (void)
{
  g_autoptr (GArray) votes = g_array_new (FALSE, FALSE, sizeof (ReshootVote));
  g_autoptr (GPtrArray) list = NULL;
  const ReshootStanding *standing;

  for (guint i = 0; i < 40; i++)
    {
      ReshootVote won = { "a/one", "b/two", RESHOOT_VOTE_LEFT };
      ReshootVote apart = { "c/three", "d/four", RESHOOT_VOTE_TIE };

      g_array_append_val (votes, won);
      g_array_append_val (votes, apart);
    }

  list = rank (votes);
  standing = list->pdata[0];
  g_assert_cmpstr (standing->model, ==, "a/one");
  g_assert_true (standing->strength > 1 && standing->strength < 10);
  standing = list->pdata[1];
  g_assert_cmpfloat_with_epsilon (standing->strength, 0, 1e-6);
}

static void
test_choose_pair (void)
{
  g_autoptr (GArray) votes = g_array_new (FALSE, FALSE, sizeof (ReshootVote));
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (ReshootVote));
  const ReshootVote *asked, *said;
  const ReshootVote alone = { "a/one", "a/one", RESHOOT_VOTE_TIE };
  ReshootVote clear = { names[0], names[1], RESHOOT_VOTE_LEFT };
  guint missing = 0;

  g_assert_cmpuint (reshoot_votes_choose_pair (NULL, 0, &alone, 1), ==, 1);

  /* Each pair was asked but one, in whichever places. */
  for (guint i = 0; i < MODELS; i++)
    for (guint j = i + 1; j < MODELS; j++)
      {
        ReshootVote one = { names[j], names[i], RESHOOT_VOTE_TIE };
        ReshootVote pair = { names[i], names[j], RESHOOT_VOTE_TIE };

        if (i == 1 && j == 3)
          missing = pairs->len;
        else
          g_array_append_val (votes, one);
        g_array_append_val (pairs, pair);
      }

  asked = (const ReshootVote *) (gpointer) pairs->data;
  said = (const ReshootVote *) (gpointer) votes->data;
  g_assert_cmpuint (reshoot_votes_choose_pair (NULL, 0, asked, pairs->len), ==, 0);
  g_assert_cmpuint (reshoot_votes_choose_pair (said, votes->len, asked, pairs->len), ==, missing);

  /* Of what can still be asked, not of all there is. */
  g_assert_cmpuint (reshoot_votes_choose_pair (said, votes->len, asked, missing), <, missing);

  /* What is as good as known teaches least. */
  g_array_set_size (votes, 0);
  for (guint i = 0; i < 12; i++)
    g_array_append_val (votes, clear);
  said = (const ReshootVote *) (gpointer) votes->data;
  g_assert_cmpuint (reshoot_votes_choose_pair (said, votes->len, asked, pairs->len), !=, 0);
}

static void
test_words (void)
{
  ReshootVoteOutcome outcome;

  for (guint i = RESHOOT_VOTE_LEFT; i <= RESHOOT_VOTE_NEITHER; i++)
    {
      g_assert_true (reshoot_vote_from_string (reshoot_vote_to_string (i), &outcome));
      g_assert_cmpuint (outcome, ==, i);
    }

  g_assert_false (reshoot_vote_from_string ("middle", &outcome));
  g_assert_false (reshoot_vote_from_string (NULL, &outcome));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  g_test_add_func ("/votes/coverage", test_coverage);
  g_test_add_func ("/votes/many", test_many_votes);
  g_test_add_func ("/votes/few", test_few_votes);
  g_test_add_func ("/votes/extremes", test_extremes);
  g_test_add_func ("/votes/choose-pair", test_choose_pair);
  g_test_add_func ("/votes/words", test_words);
  return g_test_run ();
}
