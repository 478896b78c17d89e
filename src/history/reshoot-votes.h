/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* With fewer than these nothing is said of a model's place. */
#define RESHOOT_VOTES_MIN 10

typedef enum
{
  RESHOOT_VOTE_LEFT,
  RESHOOT_VOTE_RIGHT,
  RESHOOT_VOTE_TIE,
  RESHOOT_VOTE_NEITHER,   /* both are bad: no more than that says which is better */
} ReshootVoteOutcome;

/**
 * ReshootVote:
 *
 * One person's word on two results of one request.
 */
typedef struct
{
  const char         *left;      /* "provider/model" */
  const char         *right;
  ReshootVoteOutcome  outcome;
} ReshootVote;

/**
 * ReshootStanding:
 *
 * Where a model stands by the votes. Strengths are natural logarithms of odds, 0 in the middle of all models: of two,
 * the first is preferred to the second with the odds e^(first - second), ties aside.
 */
typedef struct
{
  char     *model;      /* (owned) */
  guint     votes;      /* it took part in */
  guint     won;
  guint     lost;
  guint     ties;
  guint     neither;
  double    strength;
  double    low;        /* 95 % of what other samples of such votes would say lies from here */
  double    high;       /* to here */
  gboolean  enough;     /* votes to say where it stands */
  guint     rank;       /* 1 + how many stand above it for sure; 0 where there are not enough */
} ReshootStanding;

GPtrArray  *reshoot_votes_rank           (const ReshootVote  *votes,
                                          guint               n,
                                          guint32             seed) G_GNUC_WARN_UNUSED_RESULT;
guint       reshoot_votes_choose_pair    (const ReshootVote  *votes,
                                          guint               n,
                                          const ReshootVote  *pairs,
                                          guint               n_pairs);
const char *reshoot_vote_to_string       (ReshootVoteOutcome  outcome);
gboolean    reshoot_vote_from_string     (const char         *text,
                                          ReshootVoteOutcome *outcome);

G_END_DECLS
