/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-index-store.h"
#include "reshoot-index.h"

G_BEGIN_DECLS

/* Inside history/ only: what the files reshoot-index*.c share. */

struct _ReshootIndex
{
  GObject            parent_instance;

  ReshootIndexStore *store;     /* touched by the thread alone */
  GThreadPool       *thread;    /* one; of works */
  GPtrArray         *watches;   /* of ReshootIndexWatch: projects that are open */
  char              *run;       /* what this run of the program is called in the journal */
};

typedef struct _ReshootIndexWatch ReshootIndexWatch;

ReshootIndex *reshoot_index_new_without_fts (GFile             *file) G_GNUC_WARN_UNUSED_RESULT;
void          reshoot_index_push            (ReshootIndex      *self,
                                             GTask             *task,
                                             ReshootIndexWork   work);
GTask        *reshoot_index_begin           (ReshootIndex      *self,
                                             gpointer           data,
                                             GDestroyNotify     free_data,
                                             gpointer           tag) G_GNUC_WARN_UNUSED_RESULT;

/* reshoot-index-watch.c */
void          reshoot_index_watch_free      (gpointer           watch);
char        **reshoot_index_dup_watched     (ReshootIndex      *self) G_GNUC_WARN_UNUSED_RESULT;

/* reshoot-index-catch-up.c: works. */
typedef struct
{
  char  *path;     /* (nullable): only this project */
  char **except;   /* (nullable): who is open here, and told of as it is written */
} ReshootIndexCatchUp;

gboolean      reshoot_index_catch_up        (ReshootIndexStore *store,
                                             ReshootDatabase   *database,
                                             gpointer           data,
                                             GCancellable      *cancellable,
                                             GError           **error);

G_END_DECLS
