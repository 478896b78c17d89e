/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootVoteRound: one person's way through the pairs of a row: which comes next, what stands left and right, what was
 * said last. What takes part is settled when it begins, and chance alone decides about order and places: nobody can
 * tell a result by when it came. It stores nothing; who shows it does. */

#include "reshoot-vote-round.h"

typedef struct
{
  ReshootStep *left;    /* (unowned): of self->steps, as is the other */
  ReshootStep *right;
} Pair;

typedef struct
{
  Pair     pair;
  gboolean is_vote;     /* or it was skipped */
} Answer;

struct _ReshootVoteRound
{
  GPtrArray *steps;     /* (owned): of ReshootStep: what takes part, and whatever votes name */
  GArray    *votes;     /* (owned): of ReshootVote: what all have said, in the end this person too */
  GArray    *open;      /* (owned): of Pair: still to be asked; the first one is shown */
  GArray    *answers;   /* (owned): of Answer: what was said, the last word last */
  guint      total;
};

static const char *
get_model (ReshootStep *step)
{
  return reshoot_request_get_model (reshoot_step_get_request (step));
}

/* Only a picture can be judged, and two takes of one model say nothing about models. */
static gboolean
is_pair (ReshootStep *a,
         ReshootStep *b)
{
  return reshoot_step_get_digest (a) != NULL && reshoot_step_get_digest (b) != NULL &&
         reshoot_step_get_request (a) != NULL && reshoot_step_get_request (b) != NULL &&
         reshoot_step_get_row (a) != NULL &&
         g_strcmp0 (reshoot_step_get_row (a), reshoot_step_get_row (b)) == 0 &&
         !g_str_equal (get_model (a), get_model (b));
}

static gboolean
has_voted (GPtrArray   *cast,
           const char  *author,
           ReshootStep *a,
           ReshootStep *b)
{
  for (guint i = 0; i < cast->len; i++)
    {
      const ReshootCastVote *vote = cast->pdata[i];

      if (g_str_equal (vote->author, author) &&
          ((vote->left == a && vote->right == b) || (vote->left == b && vote->right == a)))
        return TRUE;
    }

  return FALSE;
}

static void
add_votes (ReshootVoteRound *self,
           GPtrArray        *cast)
{
  for (guint i = 0; i < cast->len; i++)
    {
      const ReshootCastVote *vote = cast->pdata[i];
      ReshootVote one = { get_model (vote->left), get_model (vote->right), vote->outcome };

      g_ptr_array_add (self->steps, g_object_ref (vote->left));
      g_ptr_array_add (self->steps, g_object_ref (vote->right));
      g_array_append_val (self->votes, one);
    }
}

static void
shuffle (GArray  *pairs,
         guint32  seed)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (seed);

  for (guint i = 0; i < pairs->len; i++)
    {
      guint other = (guint) g_rand_int_range (chance, (gint32) i, (gint32) pairs->len);
      Pair pair = g_array_index (pairs, Pair, other);

      g_array_index (pairs, Pair, other) = g_array_index (pairs, Pair, i);
      if (g_rand_boolean (chance))
        pair = (Pair) { pair.right, pair.left };
      g_array_index (pairs, Pair, i) = pair;
    }
}

/* Brings the pair that teaches most to the front. */
static void
choose (ReshootVoteRound *self)
{
  g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (ReshootVote));
  guint best;

  for (guint i = 0; i < self->open->len; i++)
    {
      const Pair *pair = &g_array_index (self->open, Pair, i);
      ReshootVote one = { get_model (pair->left), get_model (pair->right), RESHOOT_VOTE_TIE };

      g_array_append_val (asked, one);
    }

  best = reshoot_votes_choose_pair ((const ReshootVote *) (gpointer) self->votes->data,
                                    self->votes->len,
                                    (const ReshootVote *) (gpointer) asked->data, asked->len);
  if (best < self->open->len)
    {
      Pair pair = g_array_index (self->open, Pair, best);

      g_array_remove_index (self->open, best);
      g_array_prepend_val (self->open, pair);
    }
}

static void
answer (ReshootVoteRound *self,
        gboolean          is_vote)
{
  Answer last = { g_array_index (self->open, Pair, 0), is_vote };

  g_array_append_val (self->answers, last);
  g_array_remove_index (self->open, 0);
  choose (self);
}

/**
 * reshoot_vote_round_new:
 * @steps: (element-type ReshootStep): the candidates; those without a picture stay outside
 * @cast: (element-type ReshootCastVote): what was said in this project so far
 * @author: who votes
 * @again: whether to ask also what @author has answered before
 * @seed: for order and places
 *
 * Returns: (transfer full): a round that shows its first pair, if there is any
 */
ReshootVoteRound *
reshoot_vote_round_new (GPtrArray  *steps,
                        GPtrArray  *cast,
                        const char *author,
                        gboolean    again,
                        guint32     seed)
{
  ReshootVoteRound *self = g_new0 (ReshootVoteRound, 1);

  g_return_val_if_fail (steps != NULL && cast != NULL && author != NULL, self);

  self->steps = g_ptr_array_new_with_free_func (g_object_unref);
  self->votes = g_array_new (FALSE, FALSE, sizeof (ReshootVote));
  self->open = g_array_new (FALSE, FALSE, sizeof (Pair));
  self->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  add_votes (self, cast);

  for (guint i = 0; i < steps->len; i++)
    {
      g_ptr_array_add (self->steps, g_object_ref (steps->pdata[i]));
      for (guint j = i + 1; j < steps->len; j++)
        {
          Pair pair = { steps->pdata[i], steps->pdata[j] };

          if (is_pair (pair.left, pair.right) &&
              (again || !has_voted (cast, author, pair.left, pair.right)))
            g_array_append_val (self->open, pair);
        }
    }

  self->total = self->open->len;
  shuffle (self->open, seed);
  choose (self);
  return self;
}

void
reshoot_vote_round_free (ReshootVoteRound *self)
{
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->votes, g_array_unref);
  g_clear_pointer (&self->open, g_array_unref);
  g_clear_pointer (&self->answers, g_array_unref);
  g_free (self);
}

/**
 * reshoot_vote_round_get_total:
 * @self: a round
 *
 * Returns: how many pairs there are in it
 */
guint
reshoot_vote_round_get_total (ReshootVoteRound *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->total;
}

/**
 * reshoot_vote_round_get_asked:
 * @self: a round
 *
 * Returns: how many pairs have been answered or skipped
 */
guint
reshoot_vote_round_get_asked (ReshootVoteRound *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->answers->len;
}

/**
 * reshoot_vote_round_get_left:
 * @self: a round
 *
 * Returns: (transfer none) (nullable): what stands left; %NULL when all has been asked
 */
ReshootStep *
reshoot_vote_round_get_left (ReshootVoteRound *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->open->len > 0 ? g_array_index (self->open, Pair, 0).left : NULL;
}

ReshootStep *
reshoot_vote_round_get_right (ReshootVoteRound *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->open->len > 0 ? g_array_index (self->open, Pair, 0).right : NULL;
}

/**
 * reshoot_vote_round_vote:
 * @self: a round that shows a pair
 * @outcome: what was said of it
 *
 * Goes on to the pair that teaches most after this.
 */
void
reshoot_vote_round_vote (ReshootVoteRound   *self,
                         ReshootVoteOutcome  outcome)
{
  ReshootVote one;

  g_return_if_fail (self != NULL && self->open->len > 0);

  one = (ReshootVote) { get_model (reshoot_vote_round_get_left (self)),
                        get_model (reshoot_vote_round_get_right (self)), outcome };
  g_array_append_val (self->votes, one);
  answer (self, TRUE);
}

/**
 * reshoot_vote_round_skip:
 * @self: a round that shows a pair
 *
 * Goes on without a word; the pair is asked again in the next round.
 */
void
reshoot_vote_round_skip (ReshootVoteRound *self)
{
  g_return_if_fail (self != NULL && self->open->len > 0);

  answer (self, FALSE);
}

gboolean
reshoot_vote_round_can_undo (ReshootVoteRound *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->answers->len > 0;
}

/**
 * reshoot_vote_round_undo:
 * @self: a round
 *
 * Shows the pair before again, in the same places.
 *
 * Returns: whether there is a vote on it to be taken back
 */
gboolean
reshoot_vote_round_undo (ReshootVoteRound *self)
{
  Answer last;

  g_return_val_if_fail (self != NULL && self->answers->len > 0, FALSE);

  last = g_array_index (self->answers, Answer, self->answers->len - 1);
  g_array_set_size (self->answers, self->answers->len - 1);
  g_array_prepend_val (self->open, last.pair);
  if (last.is_vote)
    g_array_set_size (self->votes, self->votes->len - 1);

  return last.is_vote;
}
