/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in the ledger and nowhere else, read back: the entries of a kind, those of joined ledgers among them, in
 * the order of their time. Who reads them says what they mean. */

#include "reshoot-project-entries.h"

#include "reshoot-json.h"
#include "reshoot-project-private.h"

typedef struct
{
  /* inputs */
  char      *kind;      /* (owned) */

  /* outputs */
  GPtrArray *entries;   /* (owned) until it is given away: of ReshootEntry */
} Load;

static void
entry_free (gpointer data)
{
  ReshootEntry *entry = data;

  g_clear_pointer (&entry->root, json_node_unref);
  g_free (entry->time);
  g_free (entry->step);
  g_free (entry);
}

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->entries, g_ptr_array_unref);
  g_free (load->kind);
  g_free (load);
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  gboolean is_text = node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                     json_node_get_value_type (node) == G_TYPE_STRING;

  return is_text ? json_node_get_string (node) : NULL;
}

/* A foreign file may have anything there: what is no record is passed over. */
static void
read_entry (GPtrArray    *entries,
            ReshootQuery *query)
{
  g_autoptr (JsonNode) root = json_from_string (reshoot_query_get_text (query, 1), NULL);
  JsonObject *object = get_object (root);
  JsonObject *body = object != NULL ? get_object (json_object_get_member (object, "body")) : NULL;
  ReshootEntry *entry;

  if (body == NULL)
    return;

  entry = g_new0 (ReshootEntry, 1);
  entry->time = g_strdup (reshoot_query_get_text (query, 0));
  entry->step = g_strdup (get_text (object, "uuid"));
  entry->root = g_steal_pointer (&root);
  entry->body = body;
  g_ptr_array_add (entries, entry);
}

static gboolean
load_work (ReshootDatabase  *database,
           gpointer          data,
           GCancellable     *cancellable,
           GError          **error)
{
  Load *load = data;
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (database, error,
                             "SELECT time, body, n FROM ledger WHERE kind = ?1"
                             " UNION ALL SELECT time, body, n FROM joined_ledger WHERE kind = ?1"
                             " ORDER BY time, n", "s", load->kind);
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      read_entry (load->entries, query);
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, g_steal_pointer (&load->entries),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_project_load_entries_async:
 * @self: a project
 * @kind: of a record that is in the ledger alone, such as "vote"
 * @cancellable: (nullable): to stop
 * @callback: called when they are there
 * @user_data: for @callback
 *
 * Reads all entries of a kind, those of joined ledgers too.
 */
void
reshoot_project_load_entries_async (ReshootProject      *self,
                                    const char          *kind,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task;
  GTask *inner;
  Load *load;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (kind != NULL);

  task = reshoot_project_begin_read (self, cancellable, callback, user_data,
                                     reshoot_project_load_entries_async);
  if (task == NULL)
    return;

  load = g_new0 (Load, 1);
  load->kind = g_strdup (kind);
  load->entries = g_ptr_array_new_with_free_func (entry_free);
  inner = g_task_new (NULL, cancellable, loaded_cb, task);
  g_task_set_source_tag (inner, reshoot_project_load_entries_async);
  g_task_set_task_data (inner, load, load_free);
  reshoot_project_push_check (self, inner, load_work);
}

/**
 * reshoot_project_load_entries_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: `CORRUPT` where the ledger cannot be read; `FAILED` "closed".
 *
 * Returns: (transfer full) (element-type ReshootEntry): the entries, the first one first
 */
GPtrArray *
reshoot_project_load_entries_finish (ReshootProject  *self,
                                     GAsyncResult    *result,
                                     GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_load_entries_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reshoot_project_index_edits:
 * @self: a project
 *
 * Returns: (transfer full) (element-type utf8 ReshootStep): its edits by their UUIDs
 */
GHashTable *
reshoot_project_index_edits (ReshootProject *self)
{
  GHashTable *edits = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GPtrArray) steps = NULL;

  g_return_val_if_fail (RESHOOT_IS_PROJECT (self), edits);

  steps = reshoot_history_list_edits (reshoot_project_get_history (self));
  for (guint i = 0; i < steps->len; i++)
    g_hash_table_insert (edits, (char *) reshoot_step_get_uuid (steps->pdata[i]),
                         g_object_ref (steps->pdata[i]));

  return edits;
}

/**
 * reshoot_entry_get_text:
 * @entry: an entry
 * @name: of a member of its body
 *
 * Returns: (transfer none) (nullable): what it says there; %NULL where that is no text
 */
const char *
reshoot_entry_get_text (const ReshootEntry *entry,
                        const char         *name)
{
  g_return_val_if_fail (entry != NULL && name != NULL, NULL);

  return get_text (entry->body, name);
}
