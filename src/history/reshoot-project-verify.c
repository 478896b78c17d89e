/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Is a project what it was? The file's own structure, the ledger's chain with each entry against its fact, facts that
 * no entry tells, and the bytes of every picture. The first thing that is wrong is named. The parts stand in
 * reshoot-project-verify-*.c. */

#include "reshoot-project-verify-private.h"

#include "reshoot-error.h"

/* Shares of the whole that are over when the structure, and then the ledger, is checked; the pictures are the rest. */
#define STRUCTURE_SHARE 300
#define LEDGER_SHARE    400
#define WHOLE           1000

static void
set_progress (ReshootCheck *check,
              double        permille)
{
  g_atomic_int_set (&check->work->permille, (int) permille);
}

/* Runs over the rows of @sql until @check_row says no or there are no more. */
gboolean
reshoot_check_rows (ReshootCheck     *check,
                    const char       *sql,
                    ReshootCheckRow   check_row,
                    GError          **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (check->database, error, sql, "");
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    if (g_cancellable_set_error_if_cancelled (check->cancellable, error) ||
        !check_row (check, query, error))
      return FALSE;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Sets `CORRUPT` "ledger" for a fact that is there and that nobody told of. Returns: FALSE. */
gboolean
reshoot_check_set_untold (gint64       step,
                          const char  *fact,
                          GError     **error)
{
  g_autofree char *subject = g_strdup_printf ("step %" G_GINT64_FORMAT, step);

  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "ledger", subject, "%s: no entry tells of %s", subject, fact);
  return FALSE;
}

static gboolean
check_structure (ReshootDatabase  *database,
                 GError          **error)
{
  gint64 n_dangling = 0;

  if (!reshoot_database_quick_check (database, NULL, error) ||
      !reshoot_database_get_integer (database, "SELECT count (*) FROM pragma_foreign_key_check", &n_dangling, error))
    return FALSE;

  if (n_dangling == 0)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "damaged", NULL, "%" G_GINT64_FORMAT " dangling rows", n_dangling);
  return FALSE;
}

static gboolean
verify_all (ReshootCheck  *check,
            GError       **error)
{
  ReshootLedgerEnd end;

  if (!check_structure (check->database, error))
    return FALSE;

  set_progress (check, STRUCTURE_SHARE);
  check->project = reshoot_database_dup_text (check->database, "SELECT value FROM meta WHERE key = 'uuid'", error);
  if (check->project == NULL || !reshoot_check_chain (check, 0, check->project, &end, error))
    return FALSE;

  check->work->counts.n_entries = end.n;
  if (!reshoot_check_fact_rows (check, error) || !reshoot_check_job_rows (check, error) ||
      !reshoot_check_label_rows (check, error) || !reshoot_check_joined_rows (check, error))
    return FALSE;

  set_progress (check, LEDGER_SHARE);
  return reshoot_check_pictures (check, error);
}

/*
 * reshoot_project_verify_work:
 * @database: a connection inside no transaction
 * @data: a #ReshootVerifyWork
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Checks everything in one look at the file, however long it takes and whoever writes meanwhile.
 *
 * Returns: whether all is as it was stored
 */
gboolean
reshoot_project_verify_work (ReshootDatabase  *database,
                             gpointer          data,
                             GCancellable     *cancellable,
                             GError          **error)
{
  gboolean is_sound;

  if (!reshoot_database_execute (database, "BEGIN", error))
    return FALSE;

  is_sound = reshoot_project_verify_snapshot (database, data, cancellable, error);
  reshoot_database_execute (database, "ROLLBACK", NULL);
  return is_sound;
}

/* The same inside a transaction of the caller's. */
gboolean
reshoot_project_verify_snapshot (ReshootDatabase    *database,
                                 ReshootVerifyWork  *work,
                                 GCancellable       *cancellable,
                                 GError            **error)
{
  ReshootCheck check = { database, cancellable, work };
  gboolean is_sound;

  check.steps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  check.aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  check.titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  check.facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  check.purged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  check.chains = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  is_sound = verify_all (&check, error);
  g_hash_table_unref (check.steps);
  g_hash_table_unref (check.aliases);
  g_hash_table_unref (check.titles);
  g_hash_table_unref (check.facts);
  g_hash_table_unref (check.purged);
  g_hash_table_unref (check.chains);
  g_clear_pointer (&check.labels, g_hash_table_unref);
  g_clear_pointer (&check.jobs, g_hash_table_unref);
  g_free (check.project);
  return is_sound;
}
