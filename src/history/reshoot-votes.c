/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which model is preferred, by votes on pairs: the model of Bradley and Terry with Davidson's ties (Davidson, "On
 * extending the Bradley-Terry model to accommodate ties in paired comparison experiments", 1970). With strengths s and
 * a tendency to tie t, the first of two wins with e^s1, the second with e^s2, and they tie with e^(t + (s1 + s2) / 2),
 * each of the sum of the three. The likelihood is concave and is climbed by Newton's method; a weak prior keeps a model
 * that never lost within bounds. Intervals are of votes drawn anew from those there are, pair by pair. */

#include "reshoot-votes.h"

#include <math.h>
#include <string.h>

#define MOST_MODELS 64
#define SAMPLES     400
#define STEPS       30
#define ENOUGH      1e-7

/* One over the variance of what is believed of a strength before any vote: weighs as much as half a vote. */
#define PRIOR 0.1

/* Standard deviations that 95 % lie within. */
#define WITHIN 1.959964

static const char *const outcome_words[] = { "left", "right", "tie", "neither" };

/* The votes as counts. */
typedef struct
{
  guint   n;          /* models */
  guint  *won;        /* (owned): n × n: the first was preferred to the second */
  guint  *tied;       /* (owned): n × n: first < second */
} Counts;

static void
counts_init (Counts *counts,
             guint   n)
{
  *counts = (Counts) { n, g_new0 (guint, n * n), g_new0 (guint, n * n) };
}

static void
counts_clear (Counts *counts)
{
  g_free (counts->won);
  g_free (counts->tied);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Counts, counts_clear)

/* Solves a x = b for a symmetric, positive a, n × n; both are used up, x is where b was. */
static void
solve (double *a,
       double *b,
       guint   n)
{
  for (guint i = 0; i < n; i++)
    for (guint row = i + 1; row < n; row++)
      {
        double factor = a[row * n + i] / a[i * n + i];

        for (guint column = i; column < n; column++)
          a[row * n + column] -= factor * a[i * n + column];
        b[row] -= factor * b[i];
      }

  for (guint i = n; i-- > 0;)
    {
      for (guint column = i + 1; column < n; column++)
        b[i] -= a[i * n + column] * b[column];
      b[i] /= a[i * n + i];
    }
}

/* What one pair adds to the slope and, with its sign turned, to the curvature of the likelihood. The three unknowns are
 * the two strengths and the tendency to tie, by which a win, a loss and a tie change as 1 0 0, 0 1 0 and ½ ½ 1. */
static void
add_pair (const Counts *counts,
          const double *x,
          guint         i,
          guint         j,
          double       *slope,
          double       *curve)
{
  static const double by[3][3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0.5, 0.5, 1 } };
  guint n = counts->n;
  guint where[3] = { i, j, n };
  double seen[3] = { counts->won[i * n + j], counts->won[j * n + i], counts->tied[i * n + j] };
  double all = seen[0] + seen[1] + seen[2];
  double most = MAX (MAX (x[i], x[j]), x[n] + (x[i] + x[j]) / 2);
  double odds[3] = { exp (x[i] - most), exp (x[j] - most), exp (x[n] + (x[i] + x[j]) / 2 - most) };
  double sum = odds[0] + odds[1] + odds[2];
  double mean[3] = { 0 };

  if (all == 0)
    return;

  for (guint k = 0; k < 3; k++)
    for (guint u = 0; u < 3; u++)
      mean[u] += odds[k] / sum * by[k][u];

  for (guint k = 0; k < 3; k++)
    for (guint u = 0; u < 3; u++)
      {
        slope[where[u]] += seen[k] * (by[k][u] - mean[u]);
        for (guint v = 0; v < 3; v++)
          curve[where[u] * (n + 1) + where[v]] += all * odds[k] / sum *
                                                  (by[k][u] - mean[u]) * (by[k][v] - mean[v]);
      }
}

/* The strengths, and behind them the tendency to tie, that make the votes likeliest. @x has n + 1 places and is where
 * it begins. */
static void
fit (const Counts *counts,
     double       *x)
{
  guint size = counts->n + 1;
  g_autofree double *slope = g_new (double, size);
  g_autofree double *curve = g_new (double, size * size);
  double mean = 0;

  for (guint step = 0; step < STEPS; step++)
    {
      double moved = 0;

      memset (curve, 0, sizeof (double) * size * size);
      for (guint i = 0; i < size; i++)
        {
          slope[i] = -PRIOR * x[i];
          curve[i * size + i] = PRIOR;
        }

      for (guint i = 0; i < counts->n; i++)
        for (guint j = i + 1; j < counts->n; j++)
          add_pair (counts, x, i, j, slope, curve);

      solve (curve, slope, size);
      for (guint i = 0; i < size; i++)
        {
          x[i] += CLAMP (slope[i], -1, 1);
          moved = MAX (moved, fabs (slope[i]));
        }

      if (moved < ENOUGH)
        break;
    }

  for (guint i = 0; i < counts->n; i++)
    mean += x[i] / counts->n;
  for (guint i = 0; i < counts->n; i++)
    x[i] -= mean;
}

/* As many votes on each pair, drawn from those there are. */
static void
draw (const Counts *counts,
      GRand        *rand,
      Counts       *drawn)
{
  guint n = counts->n;

  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        guint first = counts->won[i * n + j];
        guint second = counts->won[j * n + i];
        guint all = first + second + counts->tied[i * n + j];

        drawn->won[i * n + j] = drawn->won[j * n + i] = drawn->tied[i * n + j] = 0;
        for (guint k = 0; k < all; k++)
          {
            guint vote = (guint) g_rand_int_range (rand, 0, (gint32) all);

            if (vote < first)
              drawn->won[i * n + j]++;
            else if (vote < first + second)
              drawn->won[j * n + i]++;
            else
              drawn->tied[i * n + j]++;
          }
      }
}

/* Intervals as wide as the strengths of drawn votes scatter. */
static void
find_intervals (const Counts *counts,
                const double *strengths,
                GRand        *rand,
                double       *widths)
{
  guint n = counts->n;
  g_auto (Counts) drawn;
  g_autofree double *x = g_new (double, n + 1);
  g_autofree double *squares = g_new0 (double, n);

  counts_init (&drawn, n);
  for (guint sample = 0; sample < SAMPLES; sample++)
    {
      draw (counts, rand, &drawn);
      memcpy (x, strengths, sizeof (double) * (n + 1));
      fit (&drawn, x);
      for (guint i = 0; i < n; i++)
        squares[i] += (x[i] - strengths[i]) * (x[i] - strengths[i]);
    }

  for (guint i = 0; i < n; i++)
    widths[i] = WITHIN * sqrt (squares[i] / SAMPLES);
}

static void
standing_free (gpointer data)
{
  ReshootStanding *standing = data;

  g_free (standing->model);
  g_free (standing);
}

static guint
find_place (GPtrArray  *list,
            const char *model)
{
  ReshootStanding *standing;

  for (guint i = 0; i < list->len; i++)
    {
      standing = list->pdata[i];
      if (g_str_equal (standing->model, model))
        return i;
    }

  standing = g_new0 (ReshootStanding, 1);
  standing->model = g_strdup (model);
  g_ptr_array_add (list, standing);
  return list->len - 1;
}

/* Two takes of one model say nothing of it beside others. */
static gboolean
is_usable (const ReshootVote *vote)
{
  return !g_str_equal (vote->left, vote->right);
}

static void
count_vote (GPtrArray         *list,
            Counts            *counts,
            const ReshootVote *vote)
{
  guint left = find_place (list, vote->left);
  guint right = find_place (list, vote->right);
  ReshootStanding *first = list->pdata[left];
  ReshootStanding *second = list->pdata[right];

  first->votes++;
  second->votes++;
  switch (vote->outcome)
    {
    case RESHOOT_VOTE_LEFT:
      first->won++;
      second->lost++;
      counts->won[left * counts->n + right]++;
      break;
    case RESHOOT_VOTE_RIGHT:
      second->won++;
      first->lost++;
      counts->won[right * counts->n + left]++;
      break;
    case RESHOOT_VOTE_TIE:
    case RESHOOT_VOTE_NEITHER:
      first->ties += vote->outcome == RESHOOT_VOTE_TIE;
      second->ties += vote->outcome == RESHOOT_VOTE_TIE;
      first->neither += vote->outcome == RESHOOT_VOTE_NEITHER;
      second->neither += vote->outcome == RESHOOT_VOTE_NEITHER;
      counts->tied[MIN (left, right) * counts->n + MAX (left, right)]++;
      break;
    default:
      g_return_if_reached ();
    }
}

static GPtrArray *
count_votes (const ReshootVote *votes,
             guint              n,
             Counts            *counts)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (standing_free);

  for (guint i = 0; i < n && list->len < MOST_MODELS - 1; i++)
    if (is_usable (&votes[i]))
      {
        find_place (list, votes[i].left);
        find_place (list, votes[i].right);
      }

  counts_init (counts, MAX (list->len, 2));
  for (guint i = 0; i < n; i++)
    if (is_usable (&votes[i]))
      count_vote (list, counts, &votes[i]);

  return list;
}

static int
compare_strengths (gconstpointer a,
                   gconstpointer b)
{
  const ReshootStanding *first = *(ReshootStanding *const *) a;
  const ReshootStanding *second = *(ReshootStanding *const *) b;

  if (first->strength != second->strength)
    return first->strength < second->strength ? 1 : -1;

  return strcmp (first->model, second->model);
}

static void
rank (GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      ReshootStanding *standing = list->pdata[i];

      for (guint j = 0; j < list->len && standing->enough; j++)
        {
          ReshootStanding *other = list->pdata[j];

          standing->rank += other->enough && other->low > standing->high;
        }
      standing->rank += standing->enough;
    }
}

/**
 * reshoot_votes_rank:
 * @votes: (array length=n): what people said
 * @n: how many votes there are; those on two results of one model are passed over
 * @seed: of the numbers that the intervals are drawn with: the same votes and seed give the same figures
 *
 * Where each model stands by the votes alone. "Neither" counts as a tie: it does not say which is better.
 *
 * Returns: (transfer full) (element-type ReshootStanding): one a model that was voted on, the strongest first
 */
GPtrArray *
reshoot_votes_rank (const ReshootVote *votes,
                    guint              n,
                    guint32            seed)
{
  g_auto (Counts) counts = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree double *strengths = NULL;
  g_autofree double *widths = NULL;
  GPtrArray *list = count_votes (votes, n, &counts);

  if (list->len == 0)
    return list;

  strengths = g_new0 (double, counts.n + 1);
  widths = g_new0 (double, counts.n);
  fit (&counts, strengths);
  find_intervals (&counts, strengths, rand, widths);

  for (guint i = 0; i < list->len; i++)
    {
      ReshootStanding *standing = list->pdata[i];

      standing->strength = strengths[i];
      standing->low = strengths[i] - widths[i];
      standing->high = strengths[i] + widths[i];
      standing->enough = standing->votes >= RESHOOT_VOTES_MIN;
    }

  g_ptr_array_sort (list, compare_strengths);
  rank (list);
  return list;
}

/* How strong a model is by what is known; nobody knows: in the middle. */
static double
find_strength (GPtrArray    *list,
               const double *strengths,
               const char   *model)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((const ReshootStanding *) list->pdata[i])->model, model))
      return strengths[i];

  return 0;
}

static gboolean
is_same_pair (const ReshootVote *a,
              const ReshootVote *b)
{
  return (g_str_equal (a->left, b->left) && g_str_equal (a->right, b->right)) ||
         (g_str_equal (a->left, b->right) && g_str_equal (a->right, b->left));
}

/**
 * reshoot_votes_choose_pair:
 * @votes: (array length=n): what people said so far
 * @n: how many
 * @pairs: (array length=n_pairs): those that can be asked; their outcome does not count
 * @n_pairs: how many
 *
 * Chooses the pair whose vote would teach most: the one whose outcome is least certain by what is known, and that was
 * asked least. Of equals it is the first, so the order of @pairs is the caller's to shuffle.
 *
 * Returns: its place among @pairs; @n_pairs where none is of two different models
 */
guint
reshoot_votes_choose_pair (const ReshootVote *votes,
                           guint              n,
                           const ReshootVote *pairs,
                           guint              n_pairs)
{
  g_auto (Counts) counts = { 0 };
  g_autoptr (GPtrArray) list = count_votes (votes, n, &counts);
  g_autofree double *strengths = g_new0 (double, counts.n + 1);
  double best_worth = -1;
  guint best = n_pairs;

  fit (&counts, strengths);
  for (guint i = 0; i < n_pairs; i++)
    {
      double lead, share, worth;
      guint asked = 0;

      if (g_str_equal (pairs[i].left, pairs[i].right))
        continue;

      for (guint k = 0; k < n; k++)
        asked += is_same_pair (&votes[k], &pairs[i]);

      lead = find_strength (list, strengths, pairs[i].left)
             - find_strength (list, strengths, pairs[i].right);
      share = 1 / (1 + exp (-lead));
      worth = share * (1 - share) / (asked + 1);
      if (worth > best_worth)
        {
          best = i;
          best_worth = worth;
        }
    }

  return best;
}

/**
 * reshoot_vote_to_string:
 * @outcome: what was said
 *
 * Returns: its word in files: "left", "right", "tie" or "neither"
 */
const char *
reshoot_vote_to_string (ReshootVoteOutcome outcome)
{
  g_return_val_if_fail ((guint) outcome < G_N_ELEMENTS (outcome_words), NULL);
  return outcome_words[outcome];
}

/**
 * reshoot_vote_from_string:
 * @text: (nullable): a word
 * @outcome: (out): what it says
 *
 * Returns: whether it is one of the four
 */
gboolean
reshoot_vote_from_string (const char         *text,
                          ReshootVoteOutcome *outcome)
{
  for (guint i = 0; i < G_N_ELEMENTS (outcome_words); i++)
    if (g_strcmp0 (text, outcome_words[i]) == 0)
      {
        *outcome = i;
        return TRUE;
      }

  return FALSE;
}
