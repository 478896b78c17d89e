/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-index-store.h"
#include "reshoot-search-private.h"

G_BEGIN_DECLS

/* Inside history/ only: what the index is told of a project, read from its file and written into the index. */

typedef struct
{
  gint64            number;
  char             *uuid;
  gboolean          is_original;
  gboolean          in_bin;
  char             *state;
  int               rating;
  char             *verdict;                          /* (nullable) */
  char             *texts[RESHOOT_SEARCH_N_FIELDS];   /* (nullable) each */
} ReshootIndexStep;

typedef struct
{
  gint64      step;
  char       *digest;
  const char *role;   /* static: "shown", "reply" or "export" */
} ReshootIndexPicture;

/**
 * ReshootIndexFacts:
 *
 * Steps that are new or changed since an entry of the ledger, or all of them.
 */
typedef struct
{
  char      *path;
  gboolean   opened;        /* by a person: it is a recent project from now on */

  /* where the index stands, and where it will */
  gint64     ledger_n;
  char      *ledger_hash;   /* (nullable): NULL, and 0: it knows nothing of the project */
  char      *stamp;         /* (nullable): of the file when it was read */

  /* read */
  gboolean   is_all;        /* what the index has of the project goes first */
  char      *uuid;          /* (nullable) */
  char      *title;         /* (nullable) */
  gint64     n_steps;
  GPtrArray *steps;         /* of ReshootIndexStep */
  GPtrArray *pictures;      /* of ReshootIndexPicture */

  gboolean   is_unknown;    /* out: the index has no such project, or not any more */
} ReshootIndexFacts;

ReshootIndexFacts *reshoot_index_facts_new   (const char          *path) G_GNUC_WARN_UNUSED_RESULT;
void               reshoot_index_facts_free  (ReshootIndexFacts   *self);
gboolean           reshoot_index_facts_read  (ReshootDatabase     *database,
                                              gpointer             data,
                                              GCancellable        *cancellable,
                                              GError             **error);
gboolean           reshoot_index_facts_begin (ReshootIndexStore   *store,
                                              ReshootDatabase     *database,
                                              gpointer             data,
                                              GCancellable        *cancellable,
                                              GError             **error);
gboolean           reshoot_index_facts_write (ReshootIndexStore   *store,
                                              ReshootDatabase     *database,
                                              gpointer             data,
                                              GCancellable        *cancellable,
                                              GError             **error);
gboolean           reshoot_index_facts_forget (ReshootIndexStore  *store,
                                               ReshootDatabase    *database,
                                               gpointer            path,
                                               GCancellable       *cancellable,
                                               GError            **error);
char              *reshoot_index_dup_stamp   (const char          *path) G_GNUC_WARN_UNUSED_RESULT;
char              *reshoot_index_dup_time    (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootIndexFacts, reshoot_index_facts_free)

G_END_DECLS
