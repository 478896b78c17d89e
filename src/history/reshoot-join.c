/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Another project's file on its way into ours. It is opened to be read, checked as whole as `verify` does, and read
 * from in the same look until all is over here; it is never changed. What is over here comes in one transaction of the
 * writer's: the ledgers, the steps with all that hangs on them, and what our own ledger has to tell of that. */

#include "reshoot-join-private.h"

#include "reshoot-error.h"
#include "reshoot-history-private.h"
#include "reshoot-project-facts-private.h"
#include "reshoot-project-load.h"
#include "reshoot-project-private.h"
#include "reshoot-project-schema.h"

static void
join_clear (gpointer data)
{
  ReshootJoin *join = data;

  g_clear_pointer (&join->theirs, reshoot_database_free);
  g_clear_pointer (&join->file, reshoot_project_file_unref);
  g_array_unref (join->ended);
  g_array_unref (join->restored);
  g_free (join->path);
  g_free (join->time);
}

void
reshoot_join_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, join_clear);
}

/* Its tables must be ours, and its rows a tree: what would not open does not come in. */
static gboolean
check_tree (ReshootJoin   *join,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (ReshootHistory) history = reshoot_history_new ();
  ReshootSchemaState state;

  if (!reshoot_schema_probe (join->theirs, &state, error))
    return FALSE;

  if (state == RESHOOT_SCHEMA_EMPTY)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "not-a-project", NULL, "the file is empty");
      return FALSE;
    }

  if (state == RESHOOT_SCHEMA_NEWER)
    {
      reshoot_set_error (error, RESHOOT_ERROR_NEWER, "newer", NULL, "made by a newer Reshoot");
      return FALSE;
    }

  return reshoot_schema_check (join->theirs, state, error) &&
         reshoot_schema_bridge (join->theirs, error) &&
         reshoot_database_execute (join->theirs, "BEGIN", error) &&
         reshoot_project_load (join->theirs, NULL, history, FALSE, cancellable, error);
}

/* Every error is about the other file. */
static void
name_file (ReshootJoin  *join,
           GError      **error)
{
  const char *reason = reshoot_error_get_reason (*error);
  const char *subject = reshoot_error_get_subject (*error);
  g_autofree char *where = NULL;
  GError *named;

  if ((*error)->domain != RESHOOT_ERROR)
    return;

  if (g_error_matches (*error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT) && subject != NULL &&
      !g_str_equal (subject, join->path))
    where = g_strdup_printf ("%s, %s", join->path, subject);

  if (g_strcmp0 (reason, "ledger") == 0 || g_strcmp0 (reason, "picture") == 0 ||
      g_strcmp0 (reason, "tree") == 0)
    reason = "other-ledger";

  named = reshoot_error_new ((*error)->code, reason, where != NULL ? where : join->path, "%s", (*error)->message);
  g_error_free (*error);
  *error = named;
}

/*
 * reshoot_join_open:
 * @join: a join with a path
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Opens the other project and checks all of it. Runs on any thread; @join->theirs is left in a transaction.
 *
 * Errors: those of opening; `CORRUPT` "other-ledger" with the file and the first bad entry.
 *
 * Returns: whether it can be joined
 */
gboolean
reshoot_join_open (ReshootJoin   *join,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GError) local = NULL;
  ReshootVerifyWork work = { 0 };

  join->file = reshoot_project_file_open (join->path, RESHOOT_FILE_ONLY_READ, &local);
  if (join->file != NULL)
    join->theirs = reshoot_project_file_read (join->file, &local);

  if (join->theirs != NULL)
    reshoot_database_set_cancel (join->theirs, cancellable);

  if (join->theirs != NULL && check_tree (join, cancellable, &local) &&
      reshoot_project_verify_snapshot (join->theirs, &work, cancellable, &local))
    return TRUE;

  name_file (join, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Runs @insert with each row of @select. */
gboolean
reshoot_join_copy (ReshootJoin  *join,
                   const char   *select,
                   const char   *insert,
                   GError      **error)
{
  g_autoptr (ReshootQuery) source = reshoot_query_new (join->theirs, error, select, "");
  g_autoptr (ReshootQuery) target = NULL;
  g_autoptr (GError) local = NULL;

  if (source != NULL)
    target = reshoot_query_new (join->ours, error, insert, "");

  if (target == NULL)
    return FALSE;

  while (reshoot_query_next (source, &local))
    if (g_cancellable_set_error_if_cancelled (join->cancellable, error) ||
        !reshoot_query_copy_row (target, source, error))
      return FALSE;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
copy_all (ReshootJoin  *join,
          GError      **error)
{
  gboolean is_known = FALSE;

  if (!reshoot_join_is_known (join, &is_known, error))
    return FALSE;

  return is_known ||
         (reshoot_join_copy_ledgers (join, error) && reshoot_join_copy_steps (join, error) &&
          reshoot_join_settle (join, error));
}

/*
 * reshoot_join_work:
 * @database: the write connection, inside a transaction
 * @data: a #ReshootJoin that was opened
 * @cancellable: (nullable): to stop; nothing is left behind then
 * @error: return location
 *
 * Returns: whether all is in the transaction, or was here already
 */
gboolean
reshoot_join_work (ReshootDatabase  *database,
                   gpointer          data,
                   GCancellable     *cancellable,
                   GError          **error)
{
  ReshootJoin *join = data;
  gboolean is_copied;

  join->ours = database;
  join->cancellable = cancellable;
  join->time = reshoot_fact_make_time ();
  is_copied = reshoot_database_execute (database,
                                        "CREATE TEMP TABLE join_step (theirs INTEGER PRIMARY KEY, ours, is_new);"
                                        "CREATE TEMP TABLE join_request (theirs INTEGER PRIMARY KEY, ours);", error) &&
              copy_all (join, error);

  /* Their file is let go of on the thread that read it last. After an error it is the rollback that drops these. */
  g_clear_pointer (&join->theirs, reshoot_database_free);
  return is_copied && reshoot_database_execute (database, "DROP TABLE temp.join_step; DROP TABLE temp.join_request;",
                                                error);
}
