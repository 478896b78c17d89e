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

/* A commit that changes nothing and is written nevertheless. */
static const char touch[] =
  "BEGIN IMMEDIATE;"
  "INSERT INTO meta (key, value) VALUES ('', '');"
  "DELETE FROM meta WHERE key = '';"
  "COMMIT;";

struct _ReshootDatabaseThread
{
  ReshootProjectFile    *file;
  ReshootThreadRole      role;
  ReshootDatabase       *database;      /* (owned) (nullable): on a busy file opened for each work */
  GAsyncQueue           *wakes;         /* (owned) (nullable): the checkpointer's, for the writer */
  GAsyncQueue           *queue;         /* (owned): of Message; a guest has that of its host */
  GThread               *thread;        /* (nullable): a guest has none */
  GError                *error;         /* (nullable): of the folding at the end */
  GError                *refusal;       /* (nullable): of the check that every write hangs on */
  gboolean               in_doubt;      /* whether the last commit that failed took effect is not known */
  guint32                n_changes;     /* to the file, before that commit */
};

typedef struct
{
  GTask               *task;            /* (owned) (nullable): NULL wakes or, with stop, ends the thread */
  ReshootDatabaseWork  work;
  gboolean             writes;          /* in a transaction of the thread's */
  gboolean             is_check;        /* where it fails, no write behind it is done */
  gboolean             stop;
} Message;

static void
push_message (GAsyncQueue         *queue,
              GTask               *task,
              ReshootDatabaseWork  work,
              gboolean             writes,
              gboolean             stop)
{
  Message *message = g_new0 (Message, 1);

  message->task = task;
  message->work = work;
  message->writes = writes;
  message->stop = stop;
  g_async_queue_push (queue, message);
}

/* Whether the commit that failed took no effect. Reading rolls back what is half done, where the disk lets it. */
static gboolean
is_undone (ReshootDatabaseThread *self)
{
  return reshoot_project_file_try_reading (self->database, NULL) &&
         reshoot_project_file_count_changes (self->file) == self->n_changes;
}

/* A log has a commit or has it not: what could not be synced is written over. Without a log a commit takes effect and
 * is made safe after that; where only the second fails, the file has what nobody was told of. Then one more commit
 * makes it safe, or the file must be opened again before anything is built on it.
 *
 * Returns: whether the commit that failed is a good one after all */
static gboolean
settle_commit (ReshootDatabaseThread *self)
{
  if (is_undone (self))
    return FALSE;

  if (reshoot_project_file_try_reading (self->database, NULL) &&
      reshoot_database_execute (self->database, touch, NULL))
    return TRUE;

  reshoot_database_execute (self->database, "ROLLBACK", NULL);
  self->in_doubt = TRUE;
  return FALSE;
}

static gboolean
check_doubt (ReshootDatabaseThread  *self,
             GError                **error)
{
  if (self->in_doubt && is_undone (self))
    self->in_doubt = FALSE;

  if (self->in_doubt)
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "in-doubt", reshoot_project_file_get_path (self->file),
                       "a commit failed, and took effect nevertheless");

  return !self->in_doubt;
}

static gboolean
check_place (ReshootDatabaseThread  *self,
             GTask                  *task,
             GError                **error)
{
  g_autofree char *moved = NULL;
  gboolean is_there = reshoot_project_file_check (self->file, &moved, error);

  if (moved != NULL)
    g_object_set_data_full (G_OBJECT (task), RESHOOT_TASK_MOVED, g_steal_pointer (&moved), g_free);

  return is_there;
}

static gboolean
write_fact (ReshootDatabaseThread *self,
            Message               *message,
            GError               **error)
{
  GCancellable *cancellable = g_task_get_cancellable (message->task);
  gpointer data = g_task_get_task_data (message->task);
  gboolean has_log = reshoot_project_file_has_log (self->file);
  gboolean written;

  if (self->refusal != NULL)
    {
      g_propagate_error (error, g_error_copy (self->refusal));
      return FALSE;
    }

  if (!check_place (self, message->task, error) || !check_doubt (self, error))
    return FALSE;

  if (!has_log)
    self->n_changes = reshoot_project_file_count_changes (self->file);

  if (!reshoot_database_execute (self->database, "BEGIN IMMEDIATE", error))
    return FALSE;

  written = message->work (self->database, data, cancellable, error);
  if (written && !reshoot_database_execute (self->database, "COMMIT", error))
    {
      written = !has_log && settle_commit (self);
      if (written)
        g_clear_error (error);
    }

  /* Some errors have rolled back by themselves; then there is nothing to roll back and that is fine. */
  if (!written)
    reshoot_database_execute (self->database, "ROLLBACK", NULL);
  else if (self->wakes != NULL)
    push_message (self->wakes, NULL, NULL, FALSE, FALSE);

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

  if (passing != NULL && !reshoot_project_file_is_in_place (self->file))
    {
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "replaced", reshoot_project_file_get_path (self->file),
                         "another file lies where it was");
      return FALSE;
    }

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

  if (message->writes)
    done = write_fact (self, message, &error);
  else
    done = read_fact (self, message, &error);

  if (!done && message->is_check)
    self->refusal = g_error_copy (error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* A picture is on its way to the log before all of it is in memory. */
static const char writer_cache[] = "PRAGMA cache_size = -512";

static gpointer
work_thread (gpointer data)
{
  ReshootDatabaseThread *self = data;
  gboolean stop = FALSE;

  if (self->role == RESHOOT_THREAD_WRITER)
    reshoot_database_execute (self->database, writer_cache, NULL);

  while (!stop)
    {
      g_autofree Message *message = g_async_queue_pop (self->queue);

      stop = message->stop;
      if (message->task != NULL)
        do_work (self, message);
    }

  /* A file that is not as it should be stays as it is, to the byte. */
  if (self->refusal != NULL)
    reshoot_database_keep_log (self->database);
  else if (self->role == RESHOOT_THREAD_WRITER)
    reshoot_project_file_fold (self->file, g_steal_pointer (&self->database), &self->error);

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
        reshoot_project_file_fold_some (self->file, self->database);
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
 * reshoot_database_thread_new_guest:
 * @host: a writer
 *
 * A reader without a thread of its own, for a file without a log: there one connection would keep the other waiting.
 * What it is asked is done between the writes, and by the time @host has stopped.
 *
 * Returns: (transfer full): a reader, to be ended by reshoot_database_thread_stop() before @host
 */
ReshootDatabaseThread *
reshoot_database_thread_new_guest (ReshootDatabaseThread *host)
{
  ReshootDatabaseThread *self = g_new0 (ReshootDatabaseThread, 1);

  self->file = reshoot_project_file_ref (host->file);
  self->role = RESHOOT_THREAD_READER;
  self->queue = g_async_queue_ref (host->queue);
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
  push_message (self->queue, task, work, self->role == RESHOOT_THREAD_WRITER, FALSE);
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
  g_async_queue_push (self->queue, message);
}

/*
 * reshoot_database_thread_push_check:
 * @self: a writer that was given nothing yet
 * @task: (transfer full): answered with TRUE or an error; its data goes to @work
 * @work: a check of the file
 *
 * Queues @work, on which all that is written hangs: where it fails, each write fails with its error.
 */
void
reshoot_database_thread_push_check (ReshootDatabaseThread *self,
                                    GTask                 *task,
                                    ReshootDatabaseWork    work)
{
  Message *message = g_new0 (Message, 1);

  message->task = task;
  message->work = work;
  message->is_check = TRUE;
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

  if (self->thread != NULL)
    {
      push_message (self->queue, NULL, NULL, FALSE, TRUE);
      g_thread_join (self->thread);
    }

  folded = self->error == NULL;
  if (!folded)
    g_propagate_error (error, g_steal_pointer (&self->error));

  g_clear_error (&self->refusal);
  g_clear_pointer (&self->wakes, g_async_queue_unref);
  g_async_queue_unref (self->queue);
  reshoot_project_file_unref (self->file);
  g_free (self);
  return folded;
}
