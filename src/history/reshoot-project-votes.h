/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"
#include "reshoot-votes.h"

G_BEGIN_DECLS

/**
 * ReshootCastVote:
 *
 * What one person said of two results of one request.
 */
typedef struct
{
  ReshootStep        *left;      /* (owned) */
  ReshootStep        *right;     /* (owned) */
  ReshootVoteOutcome  outcome;
  char               *author;    /* (owned): "" = whose project it is */
  char               *time;      /* (owned): ISO 8601 in UTC */
  char               *task;      /* (owned) (nullable): the kind of edit, where it was said */
} ReshootCastVote;

void       reshoot_project_vote_async           (ReshootProject       *self,
                                                 ReshootStep          *left,
                                                 ReshootStep          *right,
                                                 ReshootVoteOutcome    outcome,
                                                 const char           *author,
                                                 const char           *task,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean   reshoot_project_vote_finish          (ReshootProject       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void       reshoot_project_withdraw_vote_async  (ReshootProject       *self,
                                                 ReshootStep          *left,
                                                 ReshootStep          *right,
                                                 const char           *author,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean   reshoot_project_withdraw_vote_finish (ReshootProject       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void       reshoot_project_load_votes_async     (ReshootProject       *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GPtrArray *reshoot_project_load_votes_finish    (ReshootProject       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
