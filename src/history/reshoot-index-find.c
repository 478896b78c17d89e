/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps that are looked for, in whatever project: by what is said of them, or by a picture that came from one. Full
 * text search only narrows the rows down; which of them are meant is said by the search itself, so that the same is
 * found where there is no full text search. */

#include "reshoot-index-private.h"
#include "reshoot-mark.h"
#include "reshoot-search-private.h"
#include "reshoot-step-private.h"

/* Of whichever kind, the columns of a hit. */
#define HIT_COLUMNS \
  "project.path, project.uuid, step.number, step.uuid, step.instruction, step.title, step.branch, step.tags," \
  " step.notes, step.model, step.rating, step.in_bin"

enum
{
  COLUMN_PATH,
  COLUMN_PROJECT_UUID,
  COLUMN_NUMBER,
  COLUMN_UUID,
  COLUMN_INSTRUCTION,
  COLUMN_TITLE,
  COLUMN_BRANCH,
  COLUMN_TAGS,
  COLUMN_NOTES,
  COLUMN_MODEL,
  COLUMN_RATING,
  COLUMN_IN_BIN,
  N_HIT_COLUMNS,
};

typedef struct
{
  /* inputs */
  ReshootIndexCatchUp  catch_up;
  ReshootSearch       *search;    /* (nullable): of words */
  ReshootImage        *picture;   /* (nullable): of a picture */
  guint                most;

  /* output */
  GListStore          *hits;      /* of ReshootHit */
} Find;

static void
find_free (Find *find)
{
  g_free (find->catch_up.path);
  g_strfreev (find->catch_up.except);
  g_clear_pointer (&find->search, reshoot_search_free);
  g_clear_object (&find->picture);
  g_object_unref (find->hits);
  g_free (find);
}

/* What tells the step best: where the words are, else its instruction or its title. */
static char *
dup_snippet (Find         *find,
             ReshootQuery *query)
{
  const char *best = reshoot_query_get_text (query, COLUMN_INSTRUCTION);

  for (int i = COLUMN_INSTRUCTION; i <= COLUMN_MODEL && find->search != NULL; i++)
    {
      const char *text = reshoot_query_get_text (query, i);
      char *snippet = text != NULL ? reshoot_search_dup_snippet (find->search, text) : NULL;

      if (snippet != NULL)
        return snippet;
    }

  if (best == NULL)
    best = reshoot_query_get_text (query, COLUMN_TITLE);

  return g_strdup (best != NULL ? best : "");
}

static gboolean
has_hit (Find       *find,
         GFile      *file,
         gint64      number)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (find->hits)); i++)
    {
      g_autoptr (ReshootHit) hit = g_list_model_get_item (G_LIST_MODEL (find->hits), i);
      const ReshootHitFacts *facts = reshoot_hit_get_facts (hit);

      if (facts->number == number && g_file_equal (facts->file, file))
        return TRUE;
    }

  return FALSE;
}

static void
add_hit (Find         *find,
         ReshootQuery *query)
{
  g_autoptr (GFile) file = g_file_new_for_path (reshoot_query_get_text (query, COLUMN_PATH));
  g_autofree char *snippet = NULL;
  g_autoptr (ReshootHit) hit = NULL;
  ReshootHitFacts facts = { 0 };

  facts.file = file;
  facts.number = reshoot_query_get_integer (query, COLUMN_NUMBER);

  /* A picture may lead to one step in several ways; words lead to each once. */
  if (find->picture != NULL && has_hit (find, file, facts.number))
    return;

  snippet = dup_snippet (find, query);
  facts.project_uuid = reshoot_query_get_text (query, COLUMN_PROJECT_UUID);
  facts.uuid = reshoot_query_get_text (query, COLUMN_UUID);
  facts.instruction = reshoot_query_get_text (query, COLUMN_INSTRUCTION);
  facts.title = reshoot_query_get_text (query, COLUMN_TITLE);
  facts.model = reshoot_query_get_text (query, COLUMN_MODEL);
  facts.snippet = snippet;
  facts.rating = (int) reshoot_query_get_integer (query, COLUMN_RATING);
  facts.in_bin = reshoot_query_get_integer (query, COLUMN_IN_BIN) != 0;
  hit = reshoot_hit_new (&facts);
  g_list_store_append (find->hits, hit);
}

/* Ends with the last row, or with enough of them. */
static gboolean
add_matching (Find          *find,
              ReshootQuery  *query,
              GError       **error)
{
  g_autoptr (GError) local = NULL;

  while (query != NULL && g_list_model_get_n_items (G_LIST_MODEL (find->hits)) < find->most &&
         reshoot_query_next (query, &local))
    {
      ReshootSearchRow row = { 0 };
      const char *state = reshoot_query_get_text (query, N_HIT_COLUMNS + 3);

      row.words = reshoot_query_get_text (query, N_HIT_COLUMNS);
      row.verdict = reshoot_query_get_text (query, N_HIT_COLUMNS + 1);
      row.is_original = reshoot_query_get_integer (query, N_HIT_COLUMNS + 2) != 0;
      row.rating = (int) reshoot_query_get_integer (query, COLUMN_RATING);
      if (!reshoot_step_state_from_string (state, &row.state))
        row.state = RESHOOT_STEP_UNKNOWN;

      if (reshoot_search_matches_row (find->search, &row))
        add_hit (find, query);
    }

  if (local == NULL)
    return query != NULL;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Which rows to look at: those with the words, of the project that was named or of the recent ones. The order is that
 * in which rows are found, project after project, so that enough of them end the search. */
static gboolean
search_in (Find             *find,
           ReshootDatabase  *database,
           gboolean          has_fts,
           gint64            project,
           GError          **error)
{
  g_autofree char *phrases = has_fts ? reshoot_search_dup_phrases (find->search) : NULL;
  g_autoptr (ReshootQuery) query = NULL;

  if (phrases != NULL)
    query = reshoot_query_new (database, error, "SELECT " HIT_COLUMNS
                               ", step.words, step.verdict, step.is_original, step.state"
                               " FROM step JOIN project ON project.id = step.project"
                               " WHERE step.project = ?1 AND in_bin = 0"
                               " AND step.id IN (SELECT rowid FROM search WHERE search MATCH ?2)"
                               " ORDER BY step.number DESC", "is", project, phrases);
  else
    query = reshoot_query_new (database, error, "SELECT " HIT_COLUMNS
                               ", step.words, step.verdict, step.is_original, step.state"
                               " FROM step JOIN project ON project.id = step.project"
                               " WHERE step.project = ?1 AND in_bin = 0"
                               " ORDER BY step.number DESC", "i", project);

  return add_matching (find, query, error);
}

static gboolean
search_work (ReshootIndexStore  *store,
             ReshootDatabase    *database,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  Find *find = data;
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;
  const char *path = find->catch_up.path;

  g_list_store_remove_all (find->hits);
  if (!reshoot_index_catch_up (store, database, &find->catch_up, cancellable, error))
    return FALSE;

  query = reshoot_query_new (database, error, "SELECT id FROM project WHERE CASE WHEN ?1 IS NULL"
                             " THEN opened IS NOT NULL ELSE path = ?1 END ORDER BY opened DESC", "s", path);
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      gint64 project = reshoot_query_get_integer (query, 0);

      if (!search_in (find, database, reshoot_index_store_has_fts (store), project, error))
        return FALSE;
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
add_rows (Find          *find,
          ReshootQuery  *query,
          GError       **error)
{
  g_autoptr (GError) local = NULL;

  while (query != NULL && reshoot_query_next (query, &local))
    add_hit (find, query);

  if (local == NULL)
    return query != NULL;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The same bytes first, then what is written in them: a picture that was edited elsewhere still names its step. */
static gboolean
trace_work (ReshootIndexStore  *store,
            ReshootDatabase    *database,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Find *find = data;
  g_autoptr (ReshootMark) mark = reshoot_image_dup_mark (find->picture);
  g_autoptr (ReshootQuery) by_digest = NULL;
  g_autoptr (ReshootQuery) by_mark = NULL;
  const char *path = find->catch_up.path;

  g_list_store_remove_all (find->hits);
  if (!reshoot_index_catch_up (store, database, &find->catch_up, cancellable, error))
    return FALSE;

  by_digest = reshoot_query_new (database, error, "SELECT " HIT_COLUMNS
                                 " FROM picture JOIN project ON project.id = picture.project"
                                 " JOIN step ON step.project = project.id AND step.number = picture.step"
                                 " WHERE picture.digest = ?1 AND (?2 IS NULL OR path = ?2)"
                                 " ORDER BY opened DESC, step.number", "ss",
                                 reshoot_image_get_digest (find->picture), path);
  if (!add_rows (find, by_digest, error))
    return FALSE;

  if (mark == NULL)
    return TRUE;

  by_mark = reshoot_query_new (database, error, "SELECT " HIT_COLUMNS
                               " FROM step JOIN project ON project.id = step.project"
                               " WHERE step.uuid = ?1 AND (?2 IS NULL OR path = ?2)"
                               " ORDER BY opened DESC", "ss", mark->step, path);
  return add_rows (find, by_mark, error);
}

static void
begin_find (ReshootIndex        *self,
            Find                *find,
            GFile               *project,
            ReshootIndexWork     work,
            gpointer             tag,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  find->catch_up.path = project != NULL ? g_file_get_path (project) : NULL;
  find->catch_up.except = reshoot_index_dup_watched (self);
  find->hits = g_list_store_new (RESHOOT_TYPE_HIT);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, find, (GDestroyNotify) find_free);
  reshoot_index_push (self, task, work);
}

static GListModel *
end_find (GAsyncResult  *result,
          GError       **error)
{
  Find *find;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  find = g_task_get_task_data (G_TASK (result));
  return G_LIST_MODEL (g_object_ref (find->hits));
}

/**
 * reshoot_index_search_async:
 * @self: the index
 * @words: what to look for, see [func@reshoot_search_new]
 * @project: (nullable): where; %NULL: in every recent project
 * @most: how many hits are enough, at least 1
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks for steps, but not in the bin. What changed in the projects since is read first.
 */
void
reshoot_index_search_async (ReshootIndex        *self,
                            const char          *words,
                            GFile               *project,
                            guint                most,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GError *error = NULL;
  ReshootSearch *search;
  Find *find;

  g_return_if_fail (RESHOOT_IS_INDEX (self));
  g_return_if_fail (words != NULL);
  g_return_if_fail (most > 0);

  search = reshoot_search_new (words, &error);
  if (search == NULL)
    {
      g_task_report_error (self, callback, user_data, reshoot_index_search_async, error);
      return;
    }

  find = g_new0 (Find, 1);
  find->search = search;
  find->most = most;
  begin_find (self, find, project, search_work, reshoot_index_search_async, cancellable, callback,
              user_data);
}

/**
 * reshoot_index_search_finish:
 * @self: the index
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: `INVALID_REQUEST` "search".
 *
 * Returns: (transfer full): of #ReshootHit: from the project opened last first, in it the newest step first; or %NULL
 */
GListModel *
reshoot_index_search_finish (ReshootIndex  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_index_search_async), NULL);

  return end_find (result, error);
}

/**
 * reshoot_index_trace_async:
 * @self: the index
 * @picture: a picture of wherever
 * @project: (nullable): where to look; %NULL: in every project that is known
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks for the steps that @picture came from: by its digest, and by what an export wrote into it. The bin is looked
 * through, too.
 */
void
reshoot_index_trace_async (ReshootIndex        *self,
                           ReshootImage        *picture,
                           GFile               *project,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Find *find;

  g_return_if_fail (RESHOOT_IS_INDEX (self));
  g_return_if_fail (RESHOOT_IS_IMAGE (picture));

  find = g_new0 (Find, 1);
  find->picture = g_object_ref (picture);
  begin_find (self, find, project, trace_work, reshoot_index_trace_async, cancellable, callback,
              user_data);
}

/**
 * reshoot_index_trace_finish:
 * @self: the index
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): of #ReshootHit, the surest first; empty: it is not known; or %NULL
 */
GListModel *
reshoot_index_trace_finish (ReshootIndex  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_index_trace_async), NULL);

  return end_find (result, error);
}
