/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was read from a project, written into the index. Each function is a work inside one transaction. */

#include "reshoot-index-facts.h"

#include <string.h>

#include "reshoot-error.h"

/* Now, as the tables have it. */
char *
reshoot_index_dup_time (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format_iso8601 (now);
}

static gint64
find_project (ReshootDatabase *database,
              const char      *path)
{
  g_autoptr (ReshootQuery) query = NULL;

  query = reshoot_query_new (database, NULL, "SELECT id FROM project WHERE path = ?", "s", path);
  if (query == NULL || !reshoot_query_next (query, NULL))
    return 0;

  return reshoot_query_get_integer (query, 0);
}

/* Without full text search nobody may take the old one for whole any more. */
static gboolean
begin_words (ReshootIndexStore  *store,
             ReshootDatabase    *database,
             GError            **error)
{
  return reshoot_index_store_has_fts (store) ||
         reshoot_database_run (database, error, "DELETE FROM meta WHERE key = 'search'", "");
}

static gboolean
delete_step (ReshootIndexStore  *store,
             ReshootDatabase    *database,
             gint64              project,
             gint64              number,
             GError            **error)
{
  return (!reshoot_index_store_has_fts (store) ||
          reshoot_database_run (database, error, "INSERT INTO search (search, rowid, words)"
                                " SELECT 'delete', id, words FROM step WHERE project = ? AND number = ?", "ii",
                                project, number)) &&
         reshoot_database_run (database, error, "DELETE FROM step WHERE project = ? AND number = ?", "ii",
                               project, number) &&
         reshoot_database_run (database, error, "DELETE FROM picture"
                               " WHERE project = ? AND step = ? AND role != 'export'", "ii", project, number);
}

static gboolean
delete_all_steps (ReshootIndexStore  *store,
                  ReshootDatabase    *database,
                  gint64              project,
                  GError            **error)
{
  return begin_words (store, database, error) &&
         (!reshoot_index_store_has_fts (store) ||
          reshoot_database_run (database, error, "INSERT INTO search (search, rowid, words)"
                                " SELECT 'delete', id, words FROM step WHERE project = ?", "i", project)) &&
         reshoot_database_run (database, error, "DELETE FROM step WHERE project = ?", "i", project) &&
         reshoot_database_run (database, error, "DELETE FROM picture WHERE project = ?", "i", project);
}

static gboolean
delete_project (ReshootIndexStore  *store,
                ReshootDatabase    *database,
                gint64              project,
                GError            **error)
{
  return delete_all_steps (store, database, project, error) &&
         reshoot_database_run (database, error, "DELETE FROM project WHERE id = ?", "i", project);
}

/* Where a project was before it was moved is no place to look for it any more. A copy has the same uuid, and is
 * there. */
static gboolean
forget_moved (ReshootIndexStore  *store,
              ReshootDatabase    *database,
              ReshootIndexFacts  *facts,
              GError            **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));

  query = reshoot_query_new (database, error, "SELECT id, path FROM project WHERE uuid = ? AND path != ?", "ss",
                             facts->uuid, facts->path);
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, NULL))
    {
      gint64 id = reshoot_query_get_integer (query, 0);

      if (!g_file_test (reshoot_query_get_text (query, 1), G_FILE_TEST_EXISTS))
        g_array_append_val (gone, id);
    }

  g_clear_pointer (&query, reshoot_query_free);
  for (guint i = 0; i < gone->len; i++)
    if (!delete_project (store, database, g_array_index (gone, gint64, i), error))
      return FALSE;

  return TRUE;
}

/*
 * reshoot_index_facts_begin:
 * @store: a store
 * @database: its connection
 * @data: a #ReshootIndexFacts of a path
 * @cancellable: (nullable): not looked at
 * @error: return location
 *
 * Makes a row for the project where there is none, and tells @data where the index stands.
 *
 * Returns: whether it could be written
 */
gboolean
reshoot_index_facts_begin (ReshootIndexStore  *store,
                           ReshootDatabase    *database,
                           gpointer            data,
                           GCancellable       *cancellable,
                           GError            **error)
{
  ReshootIndexFacts *facts = data;
  g_autofree char *time = facts->opened ? reshoot_index_dup_time () : NULL;
  g_autoptr (ReshootQuery) query = NULL;

  if (!reshoot_database_run (database, error, "INSERT INTO project (path, opened) VALUES (?1, ?2)"
                             " ON CONFLICT (path) DO UPDATE SET opened = ifnull (?2, opened)", "ss",
                             facts->path, time))
    return FALSE;

  query = reshoot_query_new (database, error, "SELECT ledger_n, ledger_hash, stamp FROM project WHERE path = ?", "s",
                             facts->path);
  if (query == NULL || !reshoot_query_next (query, error))
    return FALSE;

  facts->ledger_n = reshoot_query_get_integer (query, 0);
  g_free (facts->ledger_hash);
  facts->ledger_hash = g_strdup (reshoot_query_get_text (query, 1));
  g_free (facts->stamp);
  facts->stamp = g_strdup (reshoot_query_get_text (query, 2));
  return TRUE;
}

static gboolean
write_step (ReshootIndexStore  *store,
            ReshootDatabase    *database,
            gint64              project,
            ReshootIndexStep   *step,
            GError            **error)
{
  g_autofree char *words = reshoot_search_fold ((const char *const *) step->texts);
  char **texts = step->texts;

  if (!reshoot_database_run (database, error, "INSERT INTO step (project, number, uuid, is_original, in_bin, state,"
                             " rating, verdict, instruction, title, branch, tags, notes, model, words)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "iisiisissssssss",
                             project, step->number, step->uuid != NULL ? step->uuid : "",
                             (gint64) step->is_original, (gint64) step->in_bin,
                             step->state != NULL ? step->state : "done", (gint64) step->rating, step->verdict,
                             texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], words))
    return FALSE;

  return !reshoot_index_store_has_fts (store) ||
         reshoot_database_run (database, error, "INSERT INTO search (rowid, words) VALUES (?, ?)", "is",
                               reshoot_database_get_last_id (database), words);
}

static gboolean
write_steps (ReshootIndexStore  *store,
             ReshootDatabase    *database,
             gint64              project,
             ReshootIndexFacts  *facts,
             GError            **error)
{
  if (facts->is_all && !delete_all_steps (store, database, project, error))
    return FALSE;

  for (guint i = 0; i < facts->steps->len; i++)
    {
      ReshootIndexStep *step = facts->steps->pdata[i];

      if ((!facts->is_all && !delete_step (store, database, project, step->number, error)) ||
          !write_step (store, database, project, step, error))
        return FALSE;
    }

  for (guint i = 0; i < facts->pictures->len; i++)
    {
      ReshootIndexPicture *picture = facts->pictures->pdata[i];

      if (!reshoot_database_run (database, error, "INSERT OR IGNORE INTO picture (digest, project, step, role)"
                                 " VALUES (?, ?, ?, ?)", "siis", picture->digest, project, picture->step,
                                 picture->role))
        return FALSE;
    }

  return TRUE;
}

/*
 * reshoot_index_facts_write:
 * @store: a store
 * @database: its connection
 * @data: a #ReshootIndexFacts that was read
 * @cancellable: (nullable): not looked at
 * @error: return location
 *
 * Returns: whether the index knows it now
 */
gboolean
reshoot_index_facts_write (ReshootIndexStore  *store,
                           ReshootDatabase    *database,
                           gpointer            data,
                           GCancellable       *cancellable,
                           GError            **error)
{
  ReshootIndexFacts *facts = data;
  gint64 project = find_project (database, facts->path);

  /* Someone forgot it meanwhile, or the index is another one. */
  facts->is_unknown = project == 0;
  if (facts->is_unknown)
    return TRUE;

  return begin_words (store, database, error) &&
         write_steps (store, database, project, facts, error) &&
         reshoot_database_run (database, error, "UPDATE project SET uuid = ?, title = ?, steps = ?, ledger_n = ?,"
                               " ledger_hash = ?, stamp = ? WHERE id = ?", "ssiissi", facts->uuid, facts->title,
                               facts->n_steps, facts->ledger_n,
                               facts->ledger_hash != NULL ? facts->ledger_hash : "",
                               facts->stamp != NULL ? facts->stamp : "", project) &&
         (facts->uuid == NULL || forget_moved (store, database, facts, error));
}

/* @path: a char * */
gboolean
reshoot_index_facts_forget (ReshootIndexStore  *store,
                            ReshootDatabase    *database,
                            gpointer            path,
                            GCancellable       *cancellable,
                            GError            **error)
{
  gint64 project = find_project (database, path);

  return project == 0 || delete_project (store, database, project, error);
}
