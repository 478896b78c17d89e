/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootDatabaseThread: one thread that owns one connection. Work comes through a queue and is answered by its GTask,
 * in the context of who asked. What differs is the role: the writer wraps each work in a transaction and folds the log
 * into the file at the end; the checkpointer folds while nobody writes, so that a commit never waits for it.
 *
 * A task given here must hold no reference to the project: the last one could fall on this thread, and it would then
 * wait for itself. */

#include "reshoot-database-thread.h"

#include "reshoot-error.h"
#include "reshoot-project-schema.h"

/* The log is folded when no commit came for this long, in microseconds. */
#define IDLE_TIME (100 * 1000)

struct _ReshootDatabaseThread
{
  ReshootProjectFile    *file;
  ReshootThreadRole      role;
  ReshootDatabase       *database;      /* (owned) (nullable): on a busy file opened for each work */
  GAsyncQueue           *wakes;         /* (owned) (nullable): the checkpointer's, for the writer */
  GAsyncQueue           *queue;         /* of Message */
  GThread               *thread;
  GError                *error;         /* (nullable): of the folding at the end */
};

typedef struct
{
  GTask               *task;            /* (owned) (nullable): NULL wakes or, with stop, ends the thread */
  ReshootDatabaseWork  work;
  gboolean             is_bare;         /* the writer's work sees to its transactions itself */
  gboolean             stop;
} Message;

static void
push_message (GAsyncQueue         *queue,
              GTask               *task,
              ReshootDatabaseWork  work,
              gboolean             stop)
{
  Message *message = g_new0 (Message, 1);

  message->task = task;
  message->work = work;
  message->stop = stop;
  g_async_queue_push (queue, message);
}

static gboolean
write_fact (ReshootDatabaseThread *self,
            Message               *message,
            GError               **error)
{
  GCancellable *cancellable = g_task_get_cancellable (message->task);
  gpointer data = g_task_get_task_data (message->task);
  gboolean written;

  if (!reshoot_project_file_check (self->file, error) ||
      !reshoot_database_execute (self->database, "BEGIN IMMEDIATE", error))
    return FALSE;

  written = message->work (self->database, data, cancellable, error) &&
            reshoot_database_execute (self->database, "COMMIT", error);

  /* Some errors have rolled back by themselves; then there is nothing to roll back and that is fine. */
  if (!written)
    reshoot_database_execute (self->database, "ROLLBACK", NULL);
  else if (self->wakes != NULL)
    push_message (self->wakes, NULL, NULL, FALSE);

  return written;
}

/* Beside another program's writer a connection lives as long as one reading: who closes last should be the writer, for
 * only it can fold the log. */
static gboolean
read_fact (ReshootDatabaseThread *self,
           Message               *message,
           GError               **error)
{
  GCancellable *cancellable = g_task_get_cancellable (message->task);
  ReshootDatabase *database = self->database;
  g_autoptr (ReshootDatabase) passing = NULL;
  gboolean is_read;

  if (database == NULL)
    database = passing = reshoot_project_file_read (self->file, error);

  if (database == NULL || (passing != NULL && !reshoot_schema_bridge (passing, error)))
    return FALSE;

  reshoot_database_set_cancel (database, cancellable);
  is_read = message->work (database, g_task_get_task_data (message->task), cancellable, error);
  reshoot_database_set_cancel (database, NULL);
  return is_read;
}

static void
do_work (ReshootDatabaseThread *self,
         Message               *message)
{
  g_autoptr (GTask) task = message->task;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (self->role == RESHOOT_THREAD_WRITER && !message->is_bare)
    done = write_fact (self, message, &error);
  else
    done = read_fact (self, message, &error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gpointer
work_thread (gpointer data)
{
  ReshootDatabaseThread *self = data;
  gboolean stop = FALSE;

  while (!stop)
    {
      g_autofree Message *message = g_async_queue_pop (self->queue);

      stop = message->stop;
      if (message->task != NULL)
        do_work (self, message);
    }

  /* A log that cannot be folded now, for a full disk or another's reading, is folded by the next who opens. */
  if (self->role == RESHOOT_THREAD_WRITER &&
      reshoot_database_checkpoint (self->database, TRUE, &self->error))
    {
      g_autofree char *mode = NULL;
      g_autoptr (GError) local = NULL;

      mode = reshoot_database_dup_text (self->database, "PRAGMA journal_mode = DELETE", &local);
      g_debug ("closed with journal mode %s", mode != NULL ? mode : local->message);
    }

  g_clear_pointer (&self->database, reshoot_database_free);
  return NULL;
}

/* Waits for a commit, then until none came for a while, then folds. */
static gpointer
checkpoint_thread (gpointer data)
{
  ReshootDatabaseThread *self = data;
  gboolean stop = FALSE;

  while (!stop)
    {
      Message *message = g_async_queue_pop (self->queue);

      while (message != NULL)
        {
          stop = stop || message->stop;
          g_free (message);
          message = stop ? NULL : g_async_queue_timeout_pop (self->queue, IDLE_TIME);
        }

      if (!stop)
        {
          g_autoptr (GError) error = NULL;

          if (!reshoot_database_checkpoint (self->database, FALSE, &error))
            g_debug ("checkpoint: %s", error->message);
        }
    }

  g_clear_pointer (&self->database, reshoot_database_free);
  return NULL;
}

/*
 * reshoot_database_thread_new:
 * @file: the project's file
 * @role: what the thread is for
 * @database: (transfer full) (nullable): its connection; a reader without one opens one for each work
 * @checkpointer: (nullable): for the writer: whom its commits wake
 *
 * Returns: (transfer full): a running thread, to be ended by reshoot_database_thread_stop()
 */
ReshootDatabaseThread *
reshoot_database_thread_new (ReshootProjectFile    *file,
                             ReshootThreadRole      role,
                             ReshootDatabase       *database,
                             ReshootDatabaseThread *checkpointer)
{
  static const char *const names[] = { "project-writer", "project-reader", "project-folder" };
  GThreadFunc run = role == RESHOOT_THREAD_CHECKPOINTER ? checkpoint_thread : work_thread;
  ReshootDatabaseThread *self = g_new0 (ReshootDatabaseThread, 1);

  self->file = reshoot_project_file_ref (file);
  self->role = role;
  self->database = database;
  self->wakes = checkpointer != NULL ? g_async_queue_ref (checkpointer->queue) : NULL;
  self->queue = g_async_queue_new_full (g_free);
  self->thread = g_thread_new (names[role], run, self);
  return self;
}

/*
 * reshoot_database_thread_push:
 * @self: a writer or reader
 * @task: (transfer full): answered with TRUE or an error; its data goes to @work
 * @work: what to do
 *
 * Queues @work. A task that is cancelled before its turn is not begun; a write that was begun is finished.
 */
void
reshoot_database_thread_push (ReshootDatabaseThread *self,
                              GTask                 *task,
                              ReshootDatabaseWork    work)
{
  push_message (self->queue, task, work, FALSE);
}

/*
 * reshoot_database_thread_push_bare:
 * @self: a writer
 * @task: (transfer full): answered with TRUE or an error; its data goes to @work
 * @work: what to do, outside of any transaction
 *
 * Queues @work that no transaction can hold, as giving space back to the disk.
 */
void
reshoot_database_thread_push_bare (ReshootDatabaseThread *self,
                                   GTask                 *task,
                                   ReshootDatabaseWork    work)
{
  Message *message = g_new0 (Message, 1);

  message->task = task;
  message->work = work;
  message->is_bare = TRUE;
  g_async_queue_push (self->queue, message);
}

/*
 * reshoot_database_thread_stop:
 * @self: (transfer full): a thread
 * @error: return location
 *
 * Lets what is queued finish, ends the thread and closes its connection. Blocks.
 *
 * Returns: whether the log could be folded
 */
gboolean
reshoot_database_thread_stop (ReshootDatabaseThread *self,
                              GError               **error)
{
  gboolean folded;

  push_message (self->queue, NULL, NULL, TRUE);
  g_thread_join (self->thread);

  folded = self->error == NULL;
  if (!folded)
    g_propagate_error (error, g_steal_pointer (&self->error));

  g_clear_pointer (&self->wakes, g_async_queue_unref);
  g_async_queue_unref (self->queue);
  reshoot_project_file_unref (self->file);
  g_free (self);
  return folded;
}
