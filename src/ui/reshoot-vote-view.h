/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-canvas.h"
#include "reshoot-row.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_VOTE_VIEW (reshoot_vote_view_get_type ())

G_DECLARE_FINAL_TYPE (ReshootVoteView, reshoot_vote_view, RESHOOT, VOTE_VIEW, AdwBin)

/* Signal: "left": the person is through, names may be seen again. */

void         reshoot_vote_view_begin     (ReshootVoteView  *self,
                                         ReshootProject   *project,
                                         ReshootCatalogue *catalogue,
                                         ReshootRow       *row,
                                         guint32           seed);
void         reshoot_vote_view_end       (ReshootVoteView  *self);
ReshootStep *reshoot_vote_view_get_left  (ReshootVoteView  *self);
ReshootStep *reshoot_vote_view_get_right (ReshootVoteView  *self);

G_END_DECLS
