/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Is a project what it was? The file's own structure, the ledger's chain with each entry against its fact
 * (reshoot-project-verify-entries.c), facts that no entry tells, and the bytes of every picture. The first thing that
 * is wrong is named. */

#include "reshoot-project-verify-private.h"

#include <math.h>

#include "reshoot-error.h"
#include "reshoot-step-private.h"

static gboolean
same_money (double a,
            double b)
{
  return a == b || (isnan (a) && isnan (b));
}

/* Runs over the rows of @sql until @check_row says no or there are no more. */
typedef gboolean (*CheckRow) (ReshootCheck  *check,
                              ReshootQuery  *query,
                              GError       **error);

static gboolean
check_rows (ReshootCheck  *check,
            const char    *sql,
            CheckRow       check_row,
            GCancellable  *cancellable,
            guint         *n_rows,
            GError       **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (check->database, error, sql, "");
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !check_row (check, query, error))
        return FALSE;

      *n_rows += 1;
    }

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_is_told (ReshootCheck  *check,
               ReshootQuery  *query,
               GError       **error)
{
  const char *fact = reshoot_query_get_text (query, 0);
  g_autofree char *subject = NULL;

  if (g_hash_table_contains (check->told, fact))
    return TRUE;

  subject = g_strdup_printf ("step %" G_GINT64_FORMAT, reshoot_query_get_integer (query, 1));
  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "ledger", subject, "no entry tells of %s", fact);
  return FALSE;
}

static gboolean
check_job (ReshootCheck  *check,
           ReshootQuery  *query,
           GError       **error)
{
  gint64 step = reshoot_query_get_integer (query, 0);
  const char *word = reshoot_query_get_text (query, 1);
  const ReshootToldJob *told = g_hash_table_lookup (check->jobs, &step);
  const ReshootToldJob nothing = { 0, NAN, NAN, "no", "" };
  g_autofree char *subject = NULL;
  ReshootStepState state;

  if (told == NULL)
    told = &nothing;

  if (reshoot_step_state_from_string (word, &state) &&
      (!reshoot_step_state_is_final (state) || g_str_equal (word, told->state)) &&
      same_money (reshoot_query_get_real (query, 2), told->quoted) &&
      same_money (reshoot_query_get_real (query, 3), told->settled) &&
      g_strcmp0 (reshoot_query_get_text (query, 4), told->charged) == 0)
    return TRUE;

  if (told->n > 0)
    reshoot_ledger_set_error (told->n, "tells another end or price than the job has", error);
  else
    {
      subject = g_strdup_printf ("step %" G_GINT64_FORMAT, step);
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "ledger", subject, "no entry tells of the job's end or price");
    }

  return FALSE;
}

static gboolean
check_picture (ReshootCheck  *check,
               ReshootQuery  *query,
               GError       **error)
{
  const char *digest = reshoot_query_get_text (query, 0);
  g_autoptr (GBytes) bytes = reshoot_query_dup_bytes (query, 2);
  g_autofree char *real = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  if (g_strcmp0 (real, digest) == 0 &&
      (gint64) g_bytes_get_size (bytes) == reshoot_query_get_integer (query, 1))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", digest, "the picture's bytes are not what they were");
  return FALSE;
}

static gboolean
check_structure (ReshootDatabase  *database,
                 GError          **error)
{
  g_autofree char *said = reshoot_database_dup_text (database, "PRAGMA quick_check", error);
  gint64 n_dangling = 0;

  if (said == NULL ||
      !reshoot_database_get_integer (database, "SELECT count (*) FROM pragma_foreign_key_check", &n_dangling, error))
    return FALSE;

  if (g_str_equal (said, "ok") && n_dangling == 0)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "damaged", NULL, "%s, %" G_GINT64_FORMAT " dangling rows",
                     said, n_dangling);
  return FALSE;
}

static gboolean
verify_all (ReshootCheck          *check,
            ReshootProjectCounts  *counts,
            GCancellable          *cancellable,
            GError               **error)
{
  guint ignored = 0;

  return check_structure (check->database, error) &&
         reshoot_ledger_verify (check->database, reshoot_check_entry_cb, check, cancellable,
                                &counts->n_entries, error) &&
         check_rows (check,
                     "SELECT 'step ' || id, id FROM step"
                     " UNION ALL SELECT 'reply ' || step, step FROM reply"
                     " UNION ALL SELECT 'version ' || step || ' ' || n, step FROM version ORDER BY 2",
                     check_is_told, cancellable, &ignored, error) &&
         check_rows (check, "SELECT step, state, quoted, settled, charged FROM job ORDER BY step",
                     check_job, cancellable, &ignored, error) &&
         check_rows (check, "SELECT digest, size, data FROM picture LEFT JOIN picture_data USING (digest)",
                     check_picture, cancellable, &counts->n_pictures, error);
}

/* On the reader's thread, with one look at the file however long it takes and whoever writes meanwhile. */
gboolean
reshoot_project_verify_work (ReshootDatabase  *database,
                             gpointer          data,
                             GCancellable     *cancellable,
                             GError          **error)
{
  ReshootCheck check = { database };
  gboolean is_sound;

  if (!reshoot_database_execute (database, "BEGIN", error))
    return FALSE;

  check.told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  check.jobs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  is_sound = verify_all (&check, data, cancellable, error);
  g_hash_table_unref (check.told);
  g_hash_table_unref (check.jobs);

  reshoot_database_execute (database, "ROLLBACK", NULL);
  return is_sound;
}
