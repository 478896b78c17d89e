/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Votes: entries of the ledger and nothing else, so that who voted what can be checked and nobody can take it away
 * unseen. A person who votes on the same two again has another opinion now: the last word counts, also where it takes
 * back what was said before. */

#include "reshoot-project-votes.h"

#include "reshoot-error.h"
#include "reshoot-json.h"
#include "reshoot-project-private.h"

/* The outcome of an entry that takes a vote back. */
#define WITHDRAWN "withdrawn"

/* A vote as it lies in the ledger. */
typedef struct
{
  char               *left;     /* (owned): a step's UUID */
  char               *right;    /* (owned) */
  char               *author;   /* (owned) */
  char               *time;     /* (owned) */
  char               *task;     /* (owned) (nullable) */
  ReshootVoteOutcome  outcome;
  gboolean            is_withdrawn;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->left);
  g_free (line->right);
  g_free (line->author);
  g_free (line->time);
  g_free (line->task);
  g_free (line);
}

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

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  gboolean is_text = node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                     json_node_get_value_type (node) == G_TYPE_STRING;

  return is_text ? json_node_get_string (node) : NULL;
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* A foreign file may have anything there: what is no vote is passed over. */
static void
read_line (GPtrArray    *lines,
           ReshootQuery *query)
{
  g_autoptr (JsonNode) root = json_from_string (reshoot_query_get_text (query, 1), NULL);
  JsonObject *entry = get_object (root);
  JsonObject *body = entry != NULL ? get_object (json_object_get_member (entry, "body")) : NULL;
  ReshootVoteOutcome outcome = RESHOOT_VOTE_NEITHER;
  gboolean is_withdrawn;
  Line *line;

  if (body == NULL || get_text (body, "left") == NULL || get_text (body, "right") == NULL)
    return;

  is_withdrawn = g_strcmp0 (get_text (body, "outcome"), WITHDRAWN) == 0;
  if (!is_withdrawn && !reshoot_vote_from_string (get_text (body, "outcome"), &outcome))
    return;

  line = g_new0 (Line, 1);
  line->left = g_strdup (get_text (body, "left"));
  line->right = g_strdup (get_text (body, "right"));
  line->author = g_strdup (get_text (body, "author") != NULL ? get_text (body, "author") : "");
  line->time = g_strdup (reshoot_query_get_text (query, 0));
  line->task = g_strdup (get_text (body, "task"));
  line->outcome = outcome;
  line->is_withdrawn = is_withdrawn;
  g_ptr_array_add (lines, line);
}

static gboolean
load_work (ReshootDatabase  *database,
           gpointer          data,
           GCancellable     *cancellable,
           GError          **error)
{
  GPtrArray *lines = data;
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (database, error,
                             "SELECT time, body, n FROM ledger WHERE kind = 'vote'"
                             " UNION ALL SELECT time, body, n FROM joined_ledger WHERE kind = 'vote'"
                             " ORDER BY time, n", "");
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      read_line (lines, query);
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
add_vote (GPtrArray   *votes,
          GHashTable  *places,
          Line        *line,
          ReshootStep *left,
          ReshootStep *right)
{
  gboolean in_order = strcmp (line->left, line->right) < 0;
  g_autofree char *key = g_strdup_printf ("%s %s %s", in_order ? line->left : line->right,
                                          in_order ? line->right : line->left, line->author);
  ReshootCastVote *vote = g_hash_table_lookup (places, key);

  if (line->is_withdrawn)
    {
      g_hash_table_remove (places, key);
      g_ptr_array_remove (votes, vote);
      return;
    }

  if (vote == NULL)
    {
      vote = g_new0 (ReshootCastVote, 1);
      g_hash_table_insert (places, g_steal_pointer (&key), vote);
      g_ptr_array_add (votes, vote);
    }

  g_set_object (&vote->left, left);
  g_set_object (&vote->right, right);
  vote->outcome = line->outcome;
  g_free (vote->author);
  vote->author = g_strdup (line->author);
  g_free (vote->time);
  vote->time = g_steal_pointer (&line->time);
  g_free (vote->task);
  vote->task = g_steal_pointer (&line->task);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) votes = NULL;
  g_autoptr (GHashTable) places = NULL;
  g_autoptr (GHashTable) edits = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  GPtrArray *lines = g_task_get_task_data (G_TASK (result));
  ReshootHistory *history = reshoot_project_get_history (g_task_get_source_object (task));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  votes = g_ptr_array_new_with_free_func (cast_vote_free);
  places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  edits = g_hash_table_new (g_str_hash, g_str_equal);
  steps = reshoot_history_list_edits (history);
  for (guint i = 0; i < steps->len; i++)
    g_hash_table_insert (edits, (char *) reshoot_step_get_uuid (steps->pdata[i]), steps->pdata[i]);

  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = lines->pdata[i];
      ReshootStep *left = g_hash_table_lookup (edits, line->left);
      ReshootStep *right = g_hash_table_lookup (edits, line->right);

      if (left != NULL && right != NULL && left != right)
        add_vote (votes, places, line, left, right);
    }

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
  GTask *inner;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));

  task = reshoot_project_begin_read (self, cancellable, callback, user_data,
                                     reshoot_project_load_votes_async);
  if (task == NULL)
    return;

  inner = g_task_new (NULL, cancellable, loaded_cb, task);
  g_task_set_source_tag (inner, reshoot_project_load_votes_async);
  g_task_set_task_data (inner, g_ptr_array_new_with_free_func (line_free),
                        (GDestroyNotify) g_ptr_array_unref);
  reshoot_project_push_check (self, inner, load_work);
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
