/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

/**
 * ReshootJoinCounts:
 *
 * What came over from another project. All zero: everything of it was here already.
 */
typedef struct
{
  guint n_steps;       /* that are new here */
  guint n_pictures;    /* as well */
  guint n_entries;     /* of its ledger and of those it had joined */
  guint n_ended;       /* steps that were in doubt here and have the end now that they came to there */
  guint n_elsewhere;   /* of the steps: those on their way there, which are not asked for from here */
} ReshootJoinCounts;

void     reshoot_project_join_async  (ReshootProject       *self,
                                      GFile                *other,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean reshoot_project_join_finish (ReshootProject       *self,
                                      GAsyncResult         *result,
                                      ReshootJoinCounts    *counts,
                                      GError              **error);

G_END_DECLS
