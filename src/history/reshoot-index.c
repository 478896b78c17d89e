/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootIndex: what is known of all projects: which were opened, what stands in them, what they cost. It owns the one
 * thread that touches its file. Here it is the object, its thread and the list of recent projects; what is open is
 * followed in -watch, read up in -catch-up, searched in -find, and paid for in -spending.
 *
 * It is a help and never an obstacle: all but the journal of spending can be made again from the projects. */

#include "reshoot-index.h"

#include "reshoot-index-facts.h"
#include "reshoot-index-private.h"

G_DEFINE_FINAL_TYPE (ReshootIndex, reshoot_index, G_TYPE_OBJECT)

typedef struct
{
  GTask            *task;    /* (owned) */
  ReshootIndexWork  work;
  GError           *error;   /* (owned) (nullable): once it is done */
} Message;

static void
message_free (gpointer data)
{
  Message *message = data;

  g_object_unref (message->task);
  g_clear_error (&message->error);
  g_free (message);
}

/* The task is answered and let go of in the context of who asked: were it the last to hold the index, the index would
 * otherwise end on its own thread and wait for itself. */
static gboolean
answer_cb (gpointer data)
{
  Message *message = data;

  if (message->error != NULL)
    g_task_return_error (message->task, g_steal_pointer (&message->error));
  else
    g_task_return_boolean (message->task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
do_work (gpointer data,
         gpointer user_data)
{
  Message *message = data;
  ReshootIndexStore *store = user_data;
  GCancellable *cancellable = g_task_get_cancellable (message->task);
  g_autoptr (GSource) source = g_idle_source_new ();

  if (!g_cancellable_set_error_if_cancelled (cancellable, &message->error))
    reshoot_index_store_run (store, message->work, g_task_get_task_data (message->task),
                             cancellable, &message->error);

  if (message->error != NULL)
    g_debug ("index: %s", message->error->message);

  g_source_set_priority (source, g_task_get_priority (message->task));
  g_source_set_callback (source, answer_cb, message, message_free);
  g_source_attach (source, g_task_get_context (message->task));
}

/* Queues @work for @task (transfer full), whose data it gets. Once the index has ended, nothing is done any more. */
void
reshoot_index_push (ReshootIndex     *self,
                    GTask            *task,
                    ReshootIndexWork  work)
{
  Message *message;

  if (self->thread == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the index has ended");
      g_object_unref (task);
      return;
    }

  message = g_new0 (Message, 1);
  message->task = task;
  message->work = work;
  g_thread_pool_push (self->thread, message, NULL);
}

/* A task that nobody waits for and that does not hold the index, so that a program that ends writes what it has to. */
GTask *
reshoot_index_begin (ReshootIndex   *self,
                     gpointer        data,
                     GDestroyNotify  free_data,
                     gpointer        tag)
{
  GTask *task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, data, free_data);
  return task;
}

/* What is queued is done first: it holds what cannot be known otherwise, the journal. */
static void
reshoot_index_dispose (GObject *object)
{
  ReshootIndex *self = RESHOOT_INDEX (object);

  if (self->watches != NULL)
    g_ptr_array_set_size (self->watches, 0);

  if (self->thread != NULL)
    g_thread_pool_free (g_steal_pointer (&self->thread), FALSE, TRUE);

  g_clear_pointer (&self->watches, g_ptr_array_unref);
  g_clear_pointer (&self->store, reshoot_index_store_free);
  g_clear_pointer (&self->run, g_free);

  G_OBJECT_CLASS (reshoot_index_parent_class)->dispose (object);
}

static void
reshoot_index_class_init (ReshootIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_index_dispose;

  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_index_init (ReshootIndex *self)
{
  self->watches = g_ptr_array_new_with_free_func (reshoot_index_watch_free);
  self->run = g_uuid_string_random ();
}

static ReshootIndex *
make_index (GFile    *file,
            gboolean  without_fts)
{
  ReshootIndex *self = g_object_new (RESHOOT_TYPE_INDEX, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    path = g_build_filename (g_get_user_data_dir (), "reshoot", "index.sqlite", NULL);

  self->store = reshoot_index_store_new (path, without_fts);
  self->thread = g_thread_pool_new (do_work, self->store, 1, FALSE, NULL);
  return self;
}

/**
 * reshoot_index_new:
 * @file: (nullable): where it lies; %NULL: among the person's data
 *
 * Returns: (transfer full): the index; it touches no file before it is asked for something
 */
ReshootIndex *
reshoot_index_new (GFile *file)
{
  g_return_val_if_fail (file == NULL || G_IS_FILE (file), NULL);

  return make_index (file, FALSE);
}

/* For tests: as where SQLite was built without full text search. */
ReshootIndex *
reshoot_index_new_without_fts (GFile *file)
{
  return make_index (file, TRUE);
}

typedef struct
{
  GListStore *there;
  GListStore *gone;
} List;

static void
list_free (List *list)
{
  g_object_unref (list->there);
  g_object_unref (list->gone);
  g_free (list);
}

static gboolean
list_work (ReshootIndexStore  *store,
           ReshootDatabase    *database,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  List *list = data;
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  g_list_store_remove_all (list->there);
  g_list_store_remove_all (list->gone);
  query = reshoot_query_new (database, error, "SELECT path, uuid, title, opened, steps FROM project"
                             " WHERE opened IS NOT NULL ORDER BY opened DESC", "");
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      const char *path = reshoot_query_get_text (query, 0);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      const char *time = reshoot_query_get_text (query, 3);
      g_autoptr (GDateTime) opened = g_date_time_new_from_iso8601 (time, NULL);
      gboolean exists = g_file_test (path, G_FILE_TEST_IS_REGULAR);
      g_autoptr (ReshootRecent) recent = NULL;

      recent = reshoot_recent_new (file, reshoot_query_get_text (query, 1),
                                   reshoot_query_get_text (query, 2), opened,
                                   reshoot_query_get_integer (query, 4), exists);
      g_list_store_append (exists ? list->there : list->gone, recent);
    }

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list->gone)); i++)
    {
      g_autoptr (GObject) recent = g_list_model_get_item (G_LIST_MODEL (list->gone), i);

      g_list_store_append (list->there, recent);
    }

  return TRUE;
}

/**
 * reshoot_index_list_async:
 * @self: the index
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks for the projects that were opened.
 */
void
reshoot_index_list_async (ReshootIndex        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;
  List *list;

  g_return_if_fail (RESHOOT_IS_INDEX (self));

  list = g_new0 (List, 1);
  list->there = g_list_store_new (RESHOOT_TYPE_RECENT);
  list->gone = g_list_store_new (RESHOOT_TYPE_RECENT);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_index_list_async);
  g_task_set_task_data (task, list, (GDestroyNotify) list_free);
  reshoot_index_push (self, task, list_work);
}

/**
 * reshoot_index_list_finish:
 * @self: the index
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): of #ReshootRecent: those that are there, the one opened last first, then those whose file
 *   is gone; or %NULL
 */
GListModel *
reshoot_index_list_finish (ReshootIndex  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  List *list;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_index_list_async), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  list = g_task_get_task_data (G_TASK (result));
  return G_LIST_MODEL (g_object_ref (list->there));
}

static gboolean
forget_work (ReshootIndexStore  *store,
             ReshootDatabase    *database,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  return reshoot_index_store_change (store, reshoot_index_facts_forget, data, cancellable, error);
}

/**
 * reshoot_index_forget_async:
 * @self: the index
 * @project: a project
 * @cancellable: (nullable): to stop before it is begun
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Takes a project out of the recent ones and of what is searched. The project itself is not touched, and what was spent
 * on it stays.
 */
void
reshoot_index_forget_async (ReshootIndex        *self,
                            GFile               *project,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (RESHOOT_IS_INDEX (self));
  g_return_if_fail (G_IS_FILE (project));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_index_forget_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_file_get_path (project), g_free);
  reshoot_index_push (self, task, forget_work);
}

/**
 * reshoot_index_forget_finish:
 * @self: the index
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether it is forgotten
 */
gboolean
reshoot_index_forget_finish (ReshootIndex  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_index_forget_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  g_signal_emit_by_name (self, "changed");
  return TRUE;
}
