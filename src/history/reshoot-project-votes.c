/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Votes: entries of the ledger and nothing else, so that who voted what can be checked and nobody can take it away
 * unseen. A person who votes on the same two again has another opinion now: the last word counts, also where it takes
 * back what was said before. */

#include "reshoot-project-votes.h"

#include "reshoot-error.h"
#include "reshoot-project-entries.h"

/* The outcome of an entry that takes a vote back. */
#define WITHDRAWN "withdrawn"

static void
cast_vote_free (gpointer data)
{
  ReshootCastVote *vote = data;

  g_clear_object (&vote->left);
  g_clear_object (&vote->right);
  g_free (vote->author);
  g_free (vote->time);
  g_free (vote->task);
  g_free (vote);
}

static void
voted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (reshoot_project_add_entry_finish (RESHOOT_PROJECT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
add_entry (ReshootProject *self,
           ReshootStep    *left,
           ReshootStep    *right,
           const char     *outcome,
           const char     *author,
           const char     *task,
           GTask          *taken)
{
  g_autoptr (GTask) call = taken;
  g_autoptr (JsonNode) body = json_node_alloc ();
  JsonObject *object;

  if (left == right || reshoot_step_get_row (left) == NULL ||
      g_strcmp0 (reshoot_step_get_row (left), reshoot_step_get_row (right)) != 0)
    {
      g_task_return_error (call, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "not-a-pair",
                                                    NULL, "not two results of one row"));
      return;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "row", reshoot_step_get_row (left));
  json_object_set_string_member (object, "left", reshoot_step_get_uuid (left));
  json_object_set_string_member (object, "right", reshoot_step_get_uuid (right));
  json_object_set_string_member (object, "outcome", outcome);
  json_object_set_string_member (object, "author", author);
  if (task != NULL)
    json_object_set_string_member (object, "task", task);
  json_node_take_object (json_node_init (body, JSON_NODE_OBJECT), object);
  reshoot_project_add_entry_async (self, "vote", left, body, g_task_get_cancellable (call), voted_cb,
                                   g_object_ref (call));
}

/**
 * reshoot_project_vote_async:
 * @self: a project
 * @left: a result
 * @right: another of the same row
 * @outcome: which is the better one
 * @author: who says so; empty: whose project it is
 * @task: (nullable): the kind of edit, such as "background"
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Puts a vote into the ledger.
 */
void
reshoot_project_vote_async (ReshootProject      *self,
                            ReshootStep         *left,
                            ReshootStep         *right,
                            ReshootVoteOutcome   outcome,
                            const char          *author,
                            const char          *task,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *call;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (left) && RESHOOT_IS_STEP (right));
  g_return_if_fail (author != NULL);

  call = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (call, reshoot_project_vote_async);
  add_entry (self, left, right, reshoot_vote_to_string (outcome), author, task, call);
}

/**
 * reshoot_project_vote_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: `INVALID_REQUEST` "not-a-pair" where the two are not different results of one row; else as those of
 * [method@Project.add_original_finish].
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_vote_finish (ReshootProject  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_vote_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reshoot_project_withdraw_vote_async:
 * @self: a project
 * @left: a result
 * @right: another of the same row
 * @author: who voted on them; empty: whose project it is
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Takes back what @author said of the two, in whichever places. The ledger keeps both: it was said, and taken back.
 */
void
reshoot_project_withdraw_vote_async (ReshootProject      *self,
                                     ReshootStep         *left,
                                     ReshootStep         *right,
                                     const char          *author,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  GTask *call;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (left) && RESHOOT_IS_STEP (right));
  g_return_if_fail (author != NULL);

  call = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (call, reshoot_project_withdraw_vote_async);
  add_entry (self, left, right, WITHDRAWN, author, NULL, call);
}

/**
 * reshoot_project_withdraw_vote_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: as those of [method@Project.vote_finish].
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_withdraw_vote_finish (ReshootProject  *self,
                                      GAsyncResult    *result,
                                      GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_withdraw_vote_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The last word of a person on two steps takes the place of all before. */
static void
add_vote (GPtrArray          *votes,
          GHashTable         *places,
          GHashTable         *edits,
          const ReshootEntry *entry)
{
  const char *left = reshoot_entry_get_text (entry, "left");
  const char *right = reshoot_entry_get_text (entry, "right");
  const char *outcome = reshoot_entry_get_text (entry, "outcome");
  const char *author = reshoot_entry_get_text (entry, "author");
  ReshootStep *steps[] = { NULL, NULL };
  g_autofree char *key = NULL;
  ReshootVoteOutcome said;
  ReshootCastVote *vote;

  if (left == NULL || right == NULL || g_str_equal (left, right))
    return;

  key = g_strdup_printf ("%s %s %s", strcmp (left, right) < 0 ? left : right,
                         strcmp (left, right) < 0 ? right : left, author != NULL ? author : "");
  vote = g_hash_table_lookup (places, key);
  if (g_strcmp0 (outcome, WITHDRAWN) == 0)
    {
      g_hash_table_remove (places, key);
      g_ptr_array_remove (votes, vote);
      return;
    }

  steps[0] = g_hash_table_lookup (edits, left);
  steps[1] = g_hash_table_lookup (edits, right);
  if (steps[0] == NULL || steps[1] == NULL || !reshoot_vote_from_string (outcome, &said))
    return;

  if (vote == NULL)
    {
      vote = g_new0 (ReshootCastVote, 1);
      vote->author = g_strdup (author != NULL ? author : "");
      g_hash_table_insert (places, g_steal_pointer (&key), vote);
      g_ptr_array_add (votes, vote);
    }

  g_set_object (&vote->left, steps[0]);
  g_set_object (&vote->right, steps[1]);
  vote->outcome = said;
  g_free (vote->time);
  vote->time = g_strdup (entry->time);
  g_free (vote->task);
  vote->task = g_strdup (reshoot_entry_get_text (entry, "task"));
}

static void
entries_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = RESHOOT_PROJECT (source);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) votes = NULL;
  g_autoptr (GHashTable) places = NULL;
  g_autoptr (GHashTable) edits = NULL;
  GError *error = NULL;

  entries = reshoot_project_load_entries_finish (self, result, &error);
  if (entries == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  votes = g_ptr_array_new_with_free_func (cast_vote_free);
  places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  edits = reshoot_project_index_edits (self);
  for (guint i = 0; i < entries->len; i++)
    add_vote (votes, places, edits, entries->pdata[i]);

  g_task_return_pointer (task, g_steal_pointer (&votes), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * reshoot_project_load_votes_async:
 * @self: a project
 * @cancellable: (nullable): to stop
 * @callback: called when they are there
 * @user_data: for @callback
 *
 * Reads the votes on steps that are here, those of joined ledgers too.
 */
void
reshoot_project_load_votes_async (ReshootProject      *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_project_load_votes_async);
  reshoot_project_load_entries_async (self, "vote", cancellable, entries_loaded_cb, task);
}

/**
 * reshoot_project_load_votes_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: `CORRUPT` where the ledger cannot be read; `FAILED` "closed".
 *
 * Returns: (transfer full) (element-type ReshootCastVote): the votes, the first one first; the last word of each person
 *   on each pair
 */
GPtrArray *
reshoot_project_load_votes_finish (ReshootProject  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_load_votes_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
