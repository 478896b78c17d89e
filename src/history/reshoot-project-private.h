/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database-thread.h"
#include "reshoot-project-facts.h"
#include "reshoot-project.h"

G_BEGIN_DECLS

/* Inside history/ only: what the files reshoot-project*.c share. */

struct _ReshootProject
{
  GObject                parent_instance;

  GFile                 *location;
  ReshootProjectFile    *file;           /* (owned) (nullable): NULL once closed */
  ReshootFileAccess      access;
  ReshootHistory        *history;
  gboolean               newer;          /* made by a newer Reshoot */
  gboolean               closed;

  ReshootDatabaseThread *writer;         /* (nullable): NULL when the project is only read */
  ReshootDatabaseThread *checkpointer;   /* (nullable): as the writer */
  ReshootDatabaseThread *reader;         /* (nullable): NULL once closed */

  ReshootFact           *head;           /* (owned) (nullable): a head that waits to be stored */
  gboolean               storing_head;   /* one is on its way to the writer */
};

gboolean reshoot_project_check_writable (ReshootProject      *self,
                                         GTask               *task);
void     reshoot_project_write          (ReshootProject      *self,
                                         ReshootFact         *fact,
                                         ReshootDatabaseWork  work,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
void     reshoot_project_keep_head      (ReshootStep         *head,
                                         GPtrArray           *turned,
                                         gpointer             user_data);
void     reshoot_project_flush_head     (ReshootProject      *self);
gboolean reshoot_project_verify_work    (ReshootDatabase     *database,
                                         gpointer             data,
                                         GCancellable        *cancellable,
                                         GError             **error);

typedef struct
{
  guint n_entries;
  guint n_pictures;
} ReshootProjectCounts;

G_END_DECLS
