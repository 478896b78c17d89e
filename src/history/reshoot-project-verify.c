/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Is a project what it was? The file's own structure, the ledger's chain, each fact against the entry that tells it,
 * facts that no entry tells, and the bytes of every picture. The first thing that is wrong is named. */

#include "reshoot-project-private.h"

#include <math.h>

#include "reshoot-error.h"
#include "reshoot-ledger.h"
#include "reshoot-step-private.h"

/* The money and end of a step's job as the ledger tells them, entry by entry. */
typedef struct
{
  gint64  n;             /* the last entry about it */
  double  quoted;
  double  settled;
  char    charged[16];
  char    state[16];     /* the last end that was told; empty: none */
} Told;

typedef struct
{
  ReshootDatabase *database;
  GHashTable      *told;   /* (owned): of the names of facts that entries tell: "step 2", "reply 2", "version 2 1" */
  GHashTable      *jobs;   /* (owned): of gint64, the step, to Told */
} Check;

/* Whether the one row of @query (transfer full) says TRUE. An error counts as no. */
static gboolean
is_true (ReshootQuery *query)
{
  g_autoptr (ReshootQuery) owned = query;

  return owned != NULL && reshoot_query_next (owned, NULL) &&
         reshoot_query_get_integer (owned, 0) == TRUE;
}

static const char *
get_text (JsonObject *body,
          const char *name)
{
  const char *text = json_object_get_string_member_with_default (body, name, "");

  return text != NULL ? text : "";
}

static double
get_money (JsonObject *body,
           const char *name)
{
  return json_object_get_double_member_with_default (body, name, NAN);
}

static gint64
get_step (JsonObject *body)
{
  return json_object_get_int_member_with_default (body, "step", 0);
}

static gboolean
check_original (Check      *check,
                JsonObject *body)
{
  return is_true (reshoot_query_new (check->database, NULL,
                                     "SELECT kind = 'original' AND uuid = ? AND picture = ? FROM step WHERE id = ?",
                                     "ssi", get_text (body, "uuid"), get_text (body, "picture"), get_step (body)));
}

static gboolean
check_request (Check      *check,
               JsonObject *body)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autofree char *digest = NULL;
  double estimate = get_money (body, "estimate");

  query = reshoot_query_new (check->database, NULL,
                             "SELECT body, job.model = ? AND job.estimate IS ? FROM step"
                             " JOIN request ON request.id = step.request JOIN job ON job.step = step.id"
                             " WHERE step.id = ? AND uuid = ? AND parent = ?", "sdisi", get_text (body, "model"),
                             estimate, get_step (body), get_text (body, "uuid"),
                             json_object_get_int_member_with_default (body, "parent", 0));
  if (query == NULL || !reshoot_query_next (query, NULL))
    return FALSE;

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, reshoot_query_get_text (query, 0), -1);
  return g_strcmp0 (digest, get_text (body, "request")) == 0 && reshoot_query_get_integer (query, 1) == TRUE;
}

static gboolean
check_reply (Check      *check,
             JsonObject *body)
{
  return is_true (reshoot_query_new (check->database, NULL, "SELECT picture = ? FROM reply WHERE step = ?",
                                     "si", get_text (body, "picture"), get_step (body)));
}

static gboolean
check_version (Check      *check,
               JsonObject *body)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autofree char *digest = NULL;
  const char *facts;

  query = reshoot_query_new (check->database, NULL,
                             "SELECT picture = ?, facts FROM version WHERE step = ? AND n = ?", "sii",
                             get_text (body, "picture"), get_step (body),
                             json_object_get_int_member_with_default (body, "n", 0));
  if (query == NULL || !reshoot_query_next (query, NULL) ||
      reshoot_query_get_integer (query, 0) != TRUE)
    return FALSE;

  facts = reshoot_query_get_text (query, 1);
  digest = facts != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, facts, -1) : g_strdup ("");
  return g_strcmp0 (digest, get_text (body, "facts")) == 0;
}

/* A job's facts change on their way: they are gathered and held against the row at the end. */
static gboolean
gather_job (Check                    *check,
            const ReshootLedgerEntry *entry)
{
  gint64 step = get_step (entry->body);
  Told *told = g_hash_table_lookup (check->jobs, &step);
  ReshootStepState state;

  if (!reshoot_step_state_from_string (get_text (entry->body, "state"), &state))
    return FALSE;

  if (told == NULL)
    {
      told = g_new0 (Told, 1);
      told->quoted = told->settled = NAN;
      g_strlcpy (told->charged, reshoot_charged_to_string (RESHOOT_CHARGED_NO),
                 sizeof told->charged);
      g_hash_table_insert (check->jobs, g_memdup2 (&step, sizeof step), told);
    }

  told->n = entry->n;
  if (json_object_has_member (entry->body, "quoted"))
    told->quoted = get_money (entry->body, "quoted");
  if (json_object_has_member (entry->body, "settled"))
    told->settled = get_money (entry->body, "settled");
  if (json_object_has_member (entry->body, "charged"))
    g_strlcpy (told->charged, get_text (entry->body, "charged"), sizeof told->charged);
  if (reshoot_step_state_is_final (state))
    g_strlcpy (told->state, get_text (entry->body, "state"), sizeof told->state);

  return TRUE;
}

static gboolean
check_project (Check      *check,
               JsonObject *body)
{
  return is_true (reshoot_query_new (check->database, NULL, "SELECT value = ? FROM meta WHERE key = 'uuid'",
                                     "s", get_text (body, "uuid")));
}

/* A fact is told once. */
static gboolean
note (Check                    *check,
      const char               *fact,
      const ReshootLedgerEntry *entry)
{
  g_autofree char *name = NULL;

  if (g_str_equal (fact, "version"))
    name = g_strdup_printf ("version %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, get_step (entry->body),
                            json_object_get_int_member_with_default (entry->body, "n", 0));
  else
    name = g_strdup_printf ("%s %" G_GINT64_FORMAT, fact, get_step (entry->body));

  return g_hash_table_add (check->told, g_steal_pointer (&name));
}

/* Kinds that are not ours are records of their own: the chain alone vouches for them. */
static gboolean
entry_visited_cb (const ReshootLedgerEntry *entry,
                  gpointer                  user_data,
                  GError                  **error)
{
  Check *check = user_data;
  gboolean agrees = TRUE;

  if (g_str_equal (entry->kind, "project"))
    agrees = check_project (check, entry->body);
  else if (g_str_equal (entry->kind, "original"))
    agrees = check_original (check, entry->body) && note (check, "step", entry);
  else if (g_str_equal (entry->kind, "request"))
    agrees = check_request (check, entry->body) && note (check, "step", entry);
  else if (g_str_equal (entry->kind, "reply"))
    agrees = check_reply (check, entry->body) && note (check, "reply", entry);
  else if (g_str_equal (entry->kind, "version"))
    agrees = check_version (check, entry->body) && note (check, "version", entry);
  else if (g_str_equal (entry->kind, "job"))
    agrees = gather_job (check, entry);

  if (!agrees)
    reshoot_ledger_set_error (entry->n, "tells something else than the project", error);

  return agrees;
}

static gboolean
same_money (double a,
            double b)
{
  return a == b || (isnan (a) && isnan (b));
}

/* Runs over the rows of @sql until @check_row says no or there are no more. */
typedef gboolean (*CheckRow) (Check         *check,
                              ReshootQuery  *query,
                              GError       **error);

static gboolean
check_rows (Check        *check,
            const char   *sql,
            CheckRow      check_row,
            GCancellable *cancellable,
            guint        *n_rows,
            GError      **error)
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
check_is_told (Check         *check,
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
check_job (Check         *check,
           ReshootQuery  *query,
           GError       **error)
{
  gint64 step = reshoot_query_get_integer (query, 0);
  const char *word = reshoot_query_get_text (query, 1);
  const Told *told = g_hash_table_lookup (check->jobs, &step);
  const Told nothing = { 0, NAN, NAN, "no", "" };
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
check_picture (Check         *check,
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
check_structure (ReshootDatabase *database,
                 GError         **error)
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
verify_all (Check                 *check,
            ReshootProjectCounts  *counts,
            GCancellable          *cancellable,
            GError               **error)
{
  guint ignored = 0;

  return check_structure (check->database, error) &&
         reshoot_ledger_verify (check->database, entry_visited_cb, check, cancellable,
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
  Check check = { database };
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
