/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What changed in projects since the index looked last, whoever changed them: another window, another program, another
 * machine. A project that cannot be read now keeps what is known of it. */

#include "reshoot-index-facts.h"
#include "reshoot-index-private.h"
#include "reshoot-project-file.h"
#include "reshoot-project-schema.h"

#include "reshoot-error.h"

/* Reads what is new of a project that is not open here. Its errors are its own. */
static gboolean
read_project (ReshootIndexFacts  *facts,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (ReshootProjectFile) file = reshoot_project_file_open (facts->path,
                                                                   RESHOOT_FILE_ONLY_READ, error);
  g_autoptr (ReshootDatabase) database = NULL;
  ReshootSchemaState state;
  gboolean is_read;

  if (file != NULL)
    database = reshoot_project_file_read (file, error);

  if (database == NULL || !reshoot_schema_probe (database, &state, error))
    return FALSE;

  if (state == RESHOOT_SCHEMA_EMPTY)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "not-a-project", facts->path, "the file is empty");
      return FALSE;
    }

  if (!reshoot_schema_check (database, state, error) || !reshoot_schema_bridge (database, error))
    return FALSE;

  reshoot_database_set_cancel (database, cancellable);
  is_read = reshoot_index_facts_read (database, facts, cancellable, error);
  reshoot_database_set_cancel (database, NULL);
  return is_read;
}

/* Whether the project was written since. */
static gboolean
has_changed (ReshootDatabase *database,
             const char      *path,
             const char      *stamp)
{
  g_autoptr (ReshootQuery) query = NULL;

  query = reshoot_query_new (database, NULL, "SELECT stamp FROM project WHERE path = ?", "s", path);
  return query == NULL || !reshoot_query_next (query, NULL) ||
         g_strcmp0 (reshoot_query_get_text (query, 0), stamp) != 0;
}

static gboolean
catch_up_with (ReshootIndexStore  *store,
               ReshootDatabase    *database,
               const char         *path,
               GCancellable       *cancellable,
               GError            **error)
{
  g_autoptr (ReshootIndexFacts) facts = reshoot_index_facts_new (path);
  g_autofree char *stamp = reshoot_index_dup_stamp (path);
  g_autoptr (GError) local = NULL;

  if (stamp == NULL || !has_changed (database, path, stamp))
    return TRUE;

  if (!reshoot_index_store_change (store, reshoot_index_facts_begin, facts, cancellable, error))
    return FALSE;

  if (!read_project (facts, cancellable, &local))
    {
      g_debug ("%s is not read: %s", path, local->message);
      return !g_cancellable_set_error_if_cancelled (cancellable, error);
    }

  g_free (facts->stamp);
  facts->stamp = g_steal_pointer (&stamp);
  return reshoot_index_store_change (store, reshoot_index_facts_write, facts, cancellable, error);
}

static GPtrArray *
list_paths (ReshootDatabase  *database,
            GError          **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (database, error, "SELECT path FROM project WHERE opened IS NOT NULL", "");
  while (query != NULL && reshoot_query_next (query, &local))
    g_ptr_array_add (paths, g_strdup (reshoot_query_get_text (query, 0)));

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (query != NULL)
    return g_steal_pointer (&paths);

  return NULL;
}

/*
 * reshoot_index_catch_up:
 * @store: a store
 * @database: its connection
 * @data: a #ReshootIndexCatchUp
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * A work. What cannot be written now, for a full disk or another who writes, is caught up with the next time.
 *
 * Returns: %FALSE only where the index is damaged or @cancellable was cancelled
 */
gboolean
reshoot_index_catch_up (ReshootIndexStore  *store,
                        ReshootDatabase    *database,
                        gpointer            data,
                        GCancellable       *cancellable,
                        GError            **error)
{
  ReshootIndexCatchUp *asked = data;
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (GError) local = NULL;

  if (asked->path != NULL)
    {
      paths = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (paths, g_strdup (asked->path));
    }
  else
    {
      paths = list_paths (database, &local);
    }

  for (guint i = 0; local == NULL && i < paths->len; i++)
    if (asked->except == NULL ||
        !g_strv_contains ((const char *const *) asked->except, paths->pdata[i]))
      catch_up_with (store, database, paths->pdata[i], cancellable, &local);

  if (local == NULL)
    return TRUE;

  if (!g_error_matches (local, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT) &&
      !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_debug ("not caught up: %s", local->message);
      return TRUE;
    }

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
