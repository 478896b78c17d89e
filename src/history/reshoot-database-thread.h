/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project-file.h"

G_BEGIN_DECLS

/* Inside history/ only: one thread with one connection and a queue of things to do on it. */

typedef struct _ReshootDatabaseThread ReshootDatabaseThread;

/* Runs on the thread. @data is the task's data; it may be filled. */
typedef gboolean (*ReshootDatabaseWork) (ReshootDatabase *database,
                                         gpointer         data,
                                         GCancellable    *cancellable,
                                         GError         **error);

/* Data of a writer's task: the file's new path, where the file was found to have one. */
#define RESHOOT_TASK_MOVED "reshoot-moved"

typedef enum
{
  RESHOOT_THREAD_WRITER,        /* each work is one transaction; folds the log away at the end */
  RESHOOT_THREAD_READER,
  RESHOOT_THREAD_CHECKPOINTER,  /* takes no work: the writer's commits wake it */
} ReshootThreadRole;

ReshootDatabaseThread *reshoot_database_thread_new  (ReshootProjectFile     *file,
                                                     ReshootThreadRole       role,
                                                     ReshootDatabase        *database,
                                                     ReshootDatabaseThread  *checkpointer) G_GNUC_WARN_UNUSED_RESULT;
ReshootDatabaseThread *reshoot_database_thread_new_guest (ReshootDatabaseThread *host) G_GNUC_WARN_UNUSED_RESULT;
void                   reshoot_database_thread_push (ReshootDatabaseThread  *self,
                                                     GTask                  *task,
                                                     ReshootDatabaseWork     work);
void                   reshoot_database_thread_push_bare (ReshootDatabaseThread *self,
                                                          GTask                 *task,
                                                          ReshootDatabaseWork    work);
void                   reshoot_database_thread_push_check (ReshootDatabaseThread *self,
                                                     GTask                  *task,
                                                     ReshootDatabaseWork     work);
gboolean               reshoot_database_thread_stop (ReshootDatabaseThread  *self,
                                                     GError                **error);

G_END_DECLS
