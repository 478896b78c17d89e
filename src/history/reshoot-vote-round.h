/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project-votes.h"

G_BEGIN_DECLS

typedef struct _ReshootVoteRound ReshootVoteRound;

ReshootVoteRound *reshoot_vote_round_new       (GPtrArray          *steps,
                                                GPtrArray          *cast,
                                                const char         *author,
                                                gboolean            again,
                                                guint32             seed) G_GNUC_WARN_UNUSED_RESULT;
void              reshoot_vote_round_free      (ReshootVoteRound   *self);
guint             reshoot_vote_round_get_total (ReshootVoteRound   *self);
guint             reshoot_vote_round_get_asked (ReshootVoteRound   *self);
ReshootStep      *reshoot_vote_round_get_left  (ReshootVoteRound   *self);
ReshootStep      *reshoot_vote_round_get_right (ReshootVoteRound   *self);
void              reshoot_vote_round_vote      (ReshootVoteRound   *self,
                                                ReshootVoteOutcome  outcome);
void              reshoot_vote_round_skip      (ReshootVoteRound   *self);
gboolean          reshoot_vote_round_can_undo  (ReshootVoteRound   *self);
gboolean          reshoot_vote_round_undo      (ReshootVoteRound   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootVoteRound, reshoot_vote_round_free)

G_END_DECLS
