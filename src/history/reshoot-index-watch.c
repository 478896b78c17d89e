/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A project that is open here: what is stored in it comes into the index a moment later, many facts at once. It is read
 * by the project's own reader, so that no connection of ours is in the way when the project folds its log and closes;
 * one that is closed before its turn is read from its file. */

#include "reshoot-index-facts.h"
#include "reshoot-index-private.h"
#include "reshoot-project-private.h"

/* What is stored within this time is read together, in milliseconds. */
#define PATIENCE 300

struct _ReshootIndexWatch
{
  ReshootIndex   *index;         /* (unowned) (nullable): NULL once it is over */
  ReshootProject *project;       /* (weak) (nullable) */
  char           *path;
  gint64          ledger_n;      /* where the index stands */
  char           *ledger_hash;   /* (nullable) */
  guint           timer;
  gboolean        is_busy;       /* it is being read or written */
  gboolean        is_due;        /* there is more than the index knows */
  gboolean        is_closed;     /* another connection would be in nobody's way */
};

static void
watch_clear (gpointer data)
{
  ReshootIndexWatch *self = data;

  g_free (self->path);
  g_free (self->ledger_hash);
}

static void
watch_unref (gpointer self)
{
  g_rc_box_release_full (self, watch_clear);
}

static void
catch_up_free (gpointer data)
{
  ReshootIndexCatchUp *asked = data;

  g_free (asked->path);
  g_strfreev (asked->except);
  g_free (asked);
}

/* From the file. */
static void
push_catch_up (ReshootIndexWatch *self)
{
  ReshootIndexCatchUp *asked = g_new0 (ReshootIndexCatchUp, 1);
  GTask *task = reshoot_index_begin (self->index, asked, catch_up_free, push_catch_up);

  asked->path = g_strdup (self->path);
  self->is_due = FALSE;
  reshoot_index_push (self->index, task, reshoot_index_catch_up);
}

static gboolean
is_open (ReshootIndexWatch *self)
{
  return self->project != NULL && self->project->reader != NULL;
}

static gboolean
is_at_rest (ReshootIndexWatch *self)
{
  return self->project == NULL || self->is_closed;
}

static void read_project (ReshootIndexWatch *self);
static void begin        (ReshootIndexWatch *self);

static gboolean
patience_ended_cb (gpointer data)
{
  ReshootIndexWatch *self = data;

  self->timer = 0;
  if (!self->is_busy)
    read_project (self);

  return G_SOURCE_REMOVE;
}

static void
arm (ReshootIndexWatch *self)
{
  if (self->timer == 0 && !self->is_busy && self->index != NULL)
    self->timer = g_timeout_add (PATIENCE, patience_ended_cb, self);
}

static void
rest (ReshootIndexWatch *self)
{
  self->is_busy = FALSE;
  if (self->is_due)
    arm (self);
}

static void
facts_written_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  ReshootIndexWatch *self = user_data;
  ReshootIndexFacts *facts = g_task_get_task_data (G_TASK (result));

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    {
      self->ledger_n = facts->ledger_n;
      g_free (self->ledger_hash);
      self->ledger_hash = g_strdup (facts->ledger_hash);
    }

  rest (self);
  if (facts->is_unknown && is_open (self) && self->index != NULL)
    begin (self);

  watch_unref (self);
}

static gboolean
write_work (ReshootIndexStore  *store,
            ReshootDatabase    *database,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  return reshoot_index_store_change (store, reshoot_index_facts_write, data, cancellable, error);
}

static void
facts_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  ReshootIndexWatch *self = user_data;
  GTask *read = G_TASK (result);
  g_autoptr (GError) error = NULL;
  GTask *write;

  /* The facts go on with the task that has them. */
  if (self->index != NULL && g_task_propagate_boolean (read, &error))
    {
      write = g_task_new (NULL, NULL, facts_written_cb, self);
      g_task_set_source_tag (write, facts_read_cb);
      g_task_set_task_data (write, g_task_get_task_data (read), NULL);
      g_object_set_data_full (G_OBJECT (write), "reshoot-facts", g_object_ref (read), g_object_unref);
      reshoot_index_push (self->index, write, write_work);
      return;
    }

  g_debug ("%s is not read: %s", self->path, error != NULL ? error->message : "the index has ended");
  rest (self);
  watch_unref (self);
}

static void
read_project (ReshootIndexWatch *self)
{
  ReshootIndexFacts *facts;
  GTask *task;

  /* One that is just closing says when it has. */
  if (!is_open (self))
    {
      if (is_at_rest (self))
        push_catch_up (self);
      else
        self->is_due = TRUE;
      return;
    }

  self->is_due = FALSE;
  self->is_busy = TRUE;
  facts = reshoot_index_facts_new (self->path);
  facts->ledger_n = self->ledger_n;
  facts->ledger_hash = g_strdup (self->ledger_hash);
  task = g_task_new (NULL, NULL, facts_read_cb, g_rc_box_acquire (self));
  g_task_set_source_tag (task, read_project);
  g_task_set_task_data (task, facts, (GDestroyNotify) reshoot_index_facts_free);
  reshoot_database_thread_push (self->project->reader, task, reshoot_index_facts_read);
}

static gboolean
open_work (ReshootIndexStore  *store,
           ReshootDatabase    *database,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  return reshoot_index_store_change (store, reshoot_index_facts_begin, data, cancellable, error);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ReshootIndexWatch *self = user_data;
  ReshootIndexFacts *facts = g_task_get_task_data (G_TASK (result));
  gboolean written = g_task_propagate_boolean (G_TASK (result), NULL);

  self->is_busy = FALSE;
  self->ledger_n = facts->ledger_n;
  g_free (self->ledger_hash);
  self->ledger_hash = g_strdup (facts->ledger_hash);
  if (written && self->index != NULL)
    {
      g_signal_emit_by_name (self->index, "changed");
      read_project (self);
    }

  watch_unref (self);
}

/* It is a recent project, and the index says how far it knows it. */
static void
begin (ReshootIndexWatch *self)
{
  ReshootIndexFacts *facts = reshoot_index_facts_new (self->path);
  GTask *task = g_task_new (NULL, NULL, opened_cb, g_rc_box_acquire (self));

  self->is_busy = TRUE;
  facts->opened = TRUE;
  g_task_set_source_tag (task, begin);
  g_task_set_task_data (task, facts, (GDestroyNotify) reshoot_index_facts_free);
  reshoot_index_push (self->index, task, open_work);
}

static void
stored_cb (ReshootProject    *project,
           ReshootIndexWatch *self)
{
  self->is_due = TRUE;
  arm (self);
}

static void
closed_cb (ReshootProject    *project,
           ReshootIndexWatch *self)
{
  self->is_closed = TRUE;
  if (self->is_due && !self->is_busy)
    push_catch_up (self);
}

/* The end of a watch, with its index or before: what the index does not know yet is read from the file. */
void
reshoot_index_watch_free (gpointer watch)
{
  ReshootIndexWatch *self = watch;

  if ((self->is_due || self->is_busy) && is_at_rest (self))
    push_catch_up (self);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (self->project, self);

  g_clear_weak_pointer (&self->project);
  self->index = NULL;
  watch_unref (self);
}

/* Those of projects that are gone: nothing comes from them any more. */
static void
drop_old (ReshootIndex *self)
{
  for (guint i = self->watches->len; i > 0; i--)
    {
      ReshootIndexWatch *watch = self->watches->pdata[i - 1];

      if (is_at_rest (watch) && !watch->is_due && !watch->is_busy)
        g_ptr_array_remove_index (self->watches, i - 1);
    }
}

/**
 * reshoot_index_watch:
 * @self: the index
 * @project: a project that was opened or made
 *
 * From now on it is a recent project, and what is stored in it can be found a moment later. Neither waits for the
 * other: where the index cannot be written, that is not the project's trouble.
 */
void
reshoot_index_watch (ReshootIndex   *self,
                     ReshootProject *project)
{
  ReshootIndexWatch *watch;

  g_return_if_fail (RESHOOT_IS_INDEX (self));
  g_return_if_fail (RESHOOT_IS_PROJECT (project));

  drop_old (self);
  watch = g_rc_box_new0 (ReshootIndexWatch);
  watch->index = self;
  watch->path = g_file_get_path (reshoot_project_get_file (project));
  g_set_weak_pointer (&watch->project, project);
  g_signal_connect (project, "stored", G_CALLBACK (stored_cb), watch);
  g_signal_connect (project, "closed", G_CALLBACK (closed_cb), watch);
  g_ptr_array_add (self->watches, watch);

  begin (watch);
}

/* The paths of the projects that are open or just closing: (transfer full), ends with %NULL. */
char **
reshoot_index_dup_watched (ReshootIndex *self)
{
  GPtrArray *paths = g_ptr_array_new ();

  for (guint i = 0; i < self->watches->len; i++)
    {
      ReshootIndexWatch *watch = self->watches->pdata[i];

      if (!is_at_rest (watch))
        g_ptr_array_add (paths, g_strdup (watch->path));
    }

  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}
