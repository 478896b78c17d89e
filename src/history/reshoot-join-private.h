/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project-file.h"
#include "reshoot-project-join.h"

G_BEGIN_DECLS

/* Inside reshoot-join*.c and reshoot-project-join.c only. */

/* Counted: it goes from thread to thread, with one task at a time. */
typedef struct
{
  /* inputs */
  char                *path;

  /* in progress */
  ReshootProjectFile  *file;          /* (owned) (nullable): the other project */
  ReshootDatabase     *theirs;        /* (owned) (nullable): it, in one look from its checking to its end */
  ReshootDatabase     *ours;          /* (unowned): the writer's */
  GCancellable        *cancellable;   /* (unowned) (nullable) */
  char                *time;          /* (owned): of our entries */

  /* outputs */
  ReshootJoinCounts    counts;
  GArray              *ended;         /* (owned): of gint64: our steps that have an end now */
  GArray              *restored;      /* (owned): of gint64: our steps that came out of the bin, parents first */
} ReshootJoin;

gboolean reshoot_join_open          (ReshootJoin      *join,
                                     GCancellable     *cancellable,
                                     GError          **error);
gboolean reshoot_join_work          (ReshootDatabase  *database,
                                     gpointer          data,
                                     GCancellable     *cancellable,
                                     GError          **error);
void     reshoot_join_unref         (gpointer          data);

gboolean reshoot_join_copy          (ReshootJoin      *join,
                                     const char       *select,
                                     const char       *insert,
                                     GError          **error);
gboolean reshoot_join_copy_picture  (ReshootJoin      *join,
                                     const char       *digest,
                                     GError          **error);
gboolean reshoot_join_copy_pictures (ReshootJoin      *join,
                                     gint64            step,
                                     GError          **error);
gboolean reshoot_join_is_known      (ReshootJoin      *join,
                                     gboolean         *is_known,
                                     GError          **error);
gboolean reshoot_join_copy_ledgers  (ReshootJoin      *join,
                                     GError          **error);
gboolean reshoot_join_copy_steps    (ReshootJoin      *join,
                                     GError          **error);
gboolean reshoot_join_settle        (ReshootJoin      *join,
                                     GError          **error);

G_END_DECLS
