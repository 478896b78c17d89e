/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-row-grid.h"
#include "reshoot-vote-round.h"
#include "reshoot-vote-view.h"
#include "reshoot-zoom-box.h"

G_BEGIN_DECLS

/* The pictures of a pair. */
enum
{
  SOURCE,
  LEFT,
  RIGHT,
  N_CELLS
};

struct _ReshootVoteView
{
  AdwBin            parent_instance;

  GtkStack         *stack;
  GtkSpinner       *spinner;
  GtkEditable      *voter;
  GtkWidget        *start;
  GtkLabel         *words;
  GtkLabel         *progress;
  ReshootRowGrid   *grid;
  GtkLabel         *trouble;
  ReshootZoomBox   *zoom;
  GtkLabel         *end_title;
  GtkLabel         *end_words;
  AdwBin           *end_groups;
  GtkWidget        *back;
  GtkButton        *again;
  GtkWidget        *other;
  GtkWidget        *cells[N_CELLS];
  ReshootCanvas    *canvases[N_CELLS];

  GSettings        *settings;              /* (owned) (nullable): where the schema is not installed */
  ReshootViewport  *viewport;              /* (owned): of all three */
  ReshootProject   *project;               /* (owned) (nullable): while there is something to do */
  ReshootCatalogue *catalogue;             /* (owned) (nullable) */
  ReshootRow       *row;                   /* (owned) (nullable) */
  GCancellable     *cancellable;           /* (owned) (nullable): of what is being read */
  GPtrArray        *cast;                  /* (owned) (nullable): of ReshootCastVote, as last read */
  ReshootVoteRound *round;                 /* (owned) (nullable) */
  ReshootPicture   *pictures[N_CELLS];     /* (owned) (nullable) */
  char             *author;                /* (nullable) */
  char             *task;                  /* (nullable): the kind of edit */
  guint32           seed;
  guint             n_writes;              /* votes on their way into the ledger */
  gboolean          shows_source;          /* in the place of both results */
  gboolean          is_shown;              /* both pictures of the pair are to be seen */
  gboolean          waits_for_end;         /* for the last vote to be stored */
};

/* reshoot-vote-view.c */
void reshoot_vote_view_update_actions (ReshootVoteView *self);
void reshoot_vote_view_tell_source    (ReshootVoteView *self);

/* reshoot-vote-view-cells.c */
void reshoot_vote_view_add_cells      (ReshootVoteView *self);
void reshoot_vote_view_load_cells     (ReshootVoteView *self);
void reshoot_vote_view_drop_cells     (ReshootVoteView *self);
void reshoot_vote_view_show_source    (ReshootVoteView *self,
                                       gboolean         shows_source);

G_END_DECLS
