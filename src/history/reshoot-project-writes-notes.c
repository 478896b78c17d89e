/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The writes that change no fact of the tree: what the ledger is told from outside, and where the person looks. The
 * head is the one thing that moves before it is stored. */

#include "reshoot-project-private.h"

#include "reshoot-history-private.h"
#include "reshoot-step-private.h"

static void
entry_stored_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  if (reshoot_project_end_write (result, task) != NULL)
    g_task_return_boolean (task, TRUE);
}

/* The kinds that tell facts of our own tables: verifying holds them against those. */
static gboolean
is_own_kind (const char *kind)
{
  static const char *const own[] = {
    "project", "original", "request", "job", "reply", "version", "rating", "title", "branch", "tag", "verdict", "note",
    "bin", "restore", "purge", "join", "salvage", NULL
  };

  return g_strv_contains (own, kind);
}

/**
 * reshoot_project_add_entry_async:
 * @self: a project
 * @kind: a word for what happened, as "export"; not one that the project writes itself
 * @step: (nullable): the step it is about
 * @body: (nullable): what else there is to say
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Tells the ledger what happens outside the tree.
 */
void
reshoot_project_add_entry_async (ReshootProject      *self,
                                 const char          *kind,
                                 ReshootStep         *step,
                                 JsonNode            *body,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (kind != NULL && !is_own_kind (kind));
  g_return_if_fail (step == NULL || RESHOOT_IS_STEP (step));

  task = reshoot_project_begin_write (self, cancellable, callback, user_data,
                                      reshoot_project_add_entry_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new (step != NULL ? reshoot_step_get_id (step) : 0,
                           step != NULL ? reshoot_step_get_uuid (step) : NULL);
  fact->kind = g_strdup (kind);
  fact->body = body != NULL ? json_node_copy (body) : NULL;
  reshoot_project_write (self, fact, reshoot_fact_write_entry, cancellable, entry_stored_cb, task);
}

/**
 * reshoot_project_add_entry_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_add_entry_finish (ReshootProject  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_entry_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Heads come faster than a disk writes: while one is on its way, only the last of those that follow is kept, with all
 * that was turned since. One that could not be stored waits for the next, or for the closing. */
static void
keep_unstored (ReshootProject *self,
               ReshootFact    *unstored)
{
  GHashTableIter iter;
  gpointer id;
  gpointer child;

  if (self->head == NULL)
    {
      self->head = reshoot_fact_new (0, "");
      self->head->step = unstored->step;
      self->head->turned = g_hash_table_ref (unstored->turned);
      return;
    }

  g_hash_table_iter_init (&iter, unstored->turned);
  while (g_hash_table_iter_next (&iter, &id, &child))
    if (!g_hash_table_contains (self->head->turned, id))
      g_hash_table_insert (self->head->turned, g_memdup2 (id, sizeof (gint64)),
                           g_memdup2 (child, sizeof (gint64)));
}

static void
head_stored_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (ReshootProject) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean stored;

  reshoot_project_take_move (self, result);
  stored = g_task_propagate_boolean (G_TASK (result), &error);
  self->storing_head = FALSE;

  if (!stored)
    {
      g_debug ("storing the head: %s", error->message);
      keep_unstored (self, g_task_get_task_data (G_TASK (result)));
    }
  else if (!self->closed)
    reshoot_project_flush_head (self);
}

/* Hands a head that waits to the writer. */
void
reshoot_project_flush_head (ReshootProject *self)
{
  if (self->head == NULL)
    return;

  self->storing_head = TRUE;
  reshoot_project_write (self, g_steal_pointer (&self->head), reshoot_fact_write_head, NULL,
                         head_stored_cb, g_object_ref (self));
}

/* The history's head moved. */
void
reshoot_project_keep_head (ReshootStep *head,
                           GPtrArray   *turned,
                           gpointer     user_data)
{
  ReshootProject *self = user_data;

  if (self->closed)
    return;

  if (self->head == NULL)
    {
      self->head = reshoot_fact_new (0, "");
      self->head->turned = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
    }

  self->head->step = head != NULL ? reshoot_step_get_id (head) : 0;
  for (guint i = 0; i < turned->len; i++)
    {
      ReshootStep *step = g_ptr_array_index (turned, i);
      gint64 id = reshoot_step_get_id (step);
      gint64 child = reshoot_step_get_id (reshoot_step_get_visited (step));

      g_hash_table_insert (self->head->turned, g_memdup2 (&id, sizeof id),
                           g_memdup2 (&child, sizeof child));
    }

  if (!self->storing_head)
    reshoot_project_flush_head (self);
}
