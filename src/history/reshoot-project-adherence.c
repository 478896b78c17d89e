/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a result did what was asked, and whether anything else changed, as a person ticks it. Like votes these are
 * entries of the ledger and nothing else; the last word of a person on a step counts. */

#include "reshoot-project-adherence.h"

#include "reshoot-project-entries.h"

static const char *const answer_words[] = {
  [RESHOOT_ANSWER_NONE] = NULL,
  [RESHOOT_ANSWER_YES] = "yes",
  [RESHOOT_ANSWER_NO] = "no",
};

static void
adherence_free (gpointer data)
{
  ReshootAdherence *adherence = data;

  g_clear_object (&adherence->step);
  g_free (adherence->author);
  g_free (adherence->time);
  g_free (adherence);
}

static void
stored_cb (GObject      *source,
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
set_answer (JsonObject    *object,
            const char    *name,
            ReshootAnswer  answer)
{
  if (answer != RESHOOT_ANSWER_NONE)
    json_object_set_string_member (object, name, answer_words[answer]);
}

/* Of a word that is none of ours nothing is known. */
static ReshootAnswer
get_answer (const ReshootEntry *entry,
            const char         *name)
{
  ReshootAnswer answer = RESHOOT_ANSWER_NONE;

  reshoot_answer_from_string (reshoot_entry_get_text (entry, name), &answer);
  return answer;
}

static void
add_adherence (GPtrArray          *list,
               GHashTable         *places,
               GHashTable         *edits,
               const ReshootEntry *entry)
{
  const char *author = reshoot_entry_get_text (entry, "author");
  ReshootStep *step = entry->step != NULL ? g_hash_table_lookup (edits, entry->step) : NULL;
  g_autofree char *key = NULL;
  ReshootAdherence *adherence;

  if (step == NULL)
    return;

  author = author != NULL ? author : "";
  key = g_strdup_printf ("%s %s", entry->step, author);
  adherence = g_hash_table_lookup (places, key);
  if (adherence == NULL)
    {
      adherence = g_new0 (ReshootAdherence, 1);
      adherence->step = g_object_ref (step);
      adherence->author = g_strdup (author);
      g_hash_table_insert (places, g_steal_pointer (&key), adherence);
      g_ptr_array_add (list, adherence);
    }

  g_free (adherence->time);
  adherence->time = g_strdup (entry->time);
  adherence->followed = get_answer (entry, "followed");
  adherence->strayed = get_answer (entry, "strayed");
}

static void
entries_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = RESHOOT_PROJECT (source);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GHashTable) places = NULL;
  g_autoptr (GHashTable) edits = NULL;
  GError *error = NULL;

  entries = reshoot_project_load_entries_finish (self, result, &error);
  if (entries == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  list = g_ptr_array_new_with_free_func (adherence_free);
  places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  edits = reshoot_project_index_edits (self);
  for (guint i = 0; i < entries->len; i++)
    add_adherence (list, places, edits, entries->pdata[i]);

  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * reshoot_answer_to_string:
 * @answer: what was said
 *
 * Returns: (nullable): its word in files: "yes" or "no"; %NULL where nothing was said
 */
const char *
reshoot_answer_to_string (ReshootAnswer answer)
{
  g_return_val_if_fail ((guint) answer < G_N_ELEMENTS (answer_words), NULL);

  return answer_words[answer];
}

/**
 * reshoot_answer_from_string:
 * @text: (nullable): a word
 * @answer: (out): what it says
 *
 * Returns: whether it is one of ours; %NULL is, and says nothing
 */
gboolean
reshoot_answer_from_string (const char    *text,
                            ReshootAnswer *answer)
{
  for (guint i = 0; i < G_N_ELEMENTS (answer_words); i++)
    if (g_strcmp0 (text, answer_words[i]) == 0)
      {
        *answer = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * reshoot_adherence_count:
 * @adherence: (element-type ReshootAdherence): what was said
 * @model: "provider/model"
 * @counts: (inout): to which it is added
 */
void
reshoot_adherence_count (GPtrArray              *adherence,
                         const char             *model,
                         ReshootAdherenceCounts *counts)
{
  g_return_if_fail (adherence != NULL && model != NULL && counts != NULL);

  for (guint i = 0; i < adherence->len; i++)
    {
      const ReshootAdherence *said = adherence->pdata[i];

      if (!g_str_equal (reshoot_request_get_model (reshoot_step_get_request (said->step)), model))
        continue;

      counts->followed += said->followed == RESHOOT_ANSWER_YES;
      counts->not_followed += said->followed == RESHOOT_ANSWER_NO;
      counts->strayed += said->strayed == RESHOOT_ANSWER_YES;
      counts->not_strayed += said->strayed == RESHOOT_ANSWER_NO;
    }
}

/**
 * reshoot_project_set_adherence_async:
 * @self: a project
 * @step: a result
 * @followed: whether it did what was asked
 * @strayed: whether anything else changed
 * @author: who says so; empty: whose project it is
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Says how a result keeps to its instruction, in place of what @author said of it before.
 */
void
reshoot_project_set_adherence_async (ReshootProject      *self,
                                     ReshootStep         *step,
                                     ReshootAnswer        followed,
                                     ReshootAnswer        strayed,
                                     const char          *author,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  JsonObject *object;
  g_autoptr (JsonNode) body = NULL;
  GTask *task;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));
  g_return_if_fail (author != NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "author", author);
  set_answer (object, "followed", followed);
  set_answer (object, "strayed", strayed);
  body = json_node_alloc ();
  json_node_take_object (json_node_init (body, JSON_NODE_OBJECT), object);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_project_set_adherence_async);
  reshoot_project_add_entry_async (self, "adherence", step, body, cancellable, stored_cb, task);
}

/**
 * reshoot_project_set_adherence_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_set_adherence_finish (ReshootProject  *self,
                                      GAsyncResult    *result,
                                      GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_set_adherence_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reshoot_project_load_adherence_async:
 * @self: a project
 * @cancellable: (nullable): to stop
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Reads what was said of steps that are here, in joined ledgers too.
 */
void
reshoot_project_load_adherence_async (ReshootProject      *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_project_load_adherence_async);
  reshoot_project_load_entries_async (self, "adherence", cancellable, entries_loaded_cb, task);
}

/**
 * reshoot_project_load_adherence_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: as those of [method@Project.load_votes_finish].
 *
 * Returns: (transfer full) (element-type ReshootAdherence): the last word of each person on each step, also where it is
 *   that they say nothing any more
 */
GPtrArray *
reshoot_project_load_adherence_finish (ReshootProject  *self,
                                       GAsyncResult    *result,
                                       GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_load_adherence_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
