/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs: the ledger is told of money and of ends, not of the way there. So entries are gathered, and the row must show
 * what was told last, and no end or price that was not. */

#include "reshoot-project-verify-private.h"

#include <math.h>

#include "reshoot-step-private.h"

/* The money and end of a step's job as the ledger tells them, entry by entry. */
typedef struct
{
  char         *place;         /* (owned): of the last entry about it */
  ReshootMoney  quoted;
  ReshootMoney  settled;
  char          charged[16];
  char          state[16];     /* the last end that was told; empty: none */
  char         *reason;        /* (owned) (nullable): why, as the last end that has one tells it */
} ReshootToldJob;

static void
told_job_free (gpointer data)
{
  ReshootToldJob *told = data;

  g_free (told->place);
  g_free (told->reason);
  g_free (told);
}

static ReshootToldJob *
ensure_told (ReshootCheck *check,
             const char   *uuid)
{
  ReshootToldJob *told;

  if (check->jobs == NULL)
    check->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, told_job_free);

  told = g_hash_table_lookup (check->jobs, uuid);
  if (told == NULL)
    {
      told = g_new0 (ReshootToldJob, 1);
      told->quoted = told->settled = RESHOOT_MONEY_UNKNOWN;
      g_strlcpy (told->charged, reshoot_charged_to_string (RESHOOT_CHARGED_NO),
                 sizeof told->charged);
      g_hash_table_insert (check->jobs, g_strdup (uuid), told);
    }

  return told;
}

gboolean
reshoot_check_gather_job (ReshootCheck             *check,
                          const ReshootLedgerEntry *entry)
{
  JsonObject *body = entry->body;
  const char *uuid = reshoot_check_get_uuid (check, body);
  const char *word = reshoot_check_get_text (body, "state");
  ReshootToldJob *told;
  ReshootStepState state;

  if (!reshoot_step_state_from_string (word, &state) || !reshoot_check_is_known (check, uuid))
    return FALSE;

  if (!reshoot_check_counts (check, uuid))
    return TRUE;

  told = ensure_told (check, uuid);
  g_free (told->place);
  told->place = reshoot_ledger_dup_place (entry);
  if (json_object_has_member (body, "quoted"))
    told->quoted = reshoot_check_get_money (body, "quoted");
  if (json_object_has_member (body, "settled"))
    told->settled = reshoot_check_get_money (body, "settled");
  if (json_object_has_member (body, "charged"))
    g_strlcpy (told->charged, reshoot_check_get_text (body, "charged"), sizeof told->charged);

  if (reshoot_step_state_is_final (state))
    g_strlcpy (told->state, word, sizeof told->state);

  if (json_object_has_member (body, "error"))
    {
      g_free (told->reason);
      told->reason = g_strdup_printf ("%s %s", reshoot_check_get_text (body, "error"),
                                      reshoot_check_get_text (body, "reason"));
    }

  return TRUE;
}

/* A job that was taken up again lost its error, and that is not told; one that has an error was told so. */
static gboolean
is_reason_told (const ReshootToldJob *told,
                ReshootQuery         *query,
                ReshootStepState      state)
{
  const char *reason = reshoot_query_get_text (query, 6);

  return reason == NULL || !reshoot_step_state_is_final (state) ||
         g_strcmp0 (reason, told->reason) == 0;
}

static gboolean
check_job (ReshootCheck  *check,
           ReshootQuery  *query,
           GError       **error)
{
  const char *word = reshoot_query_get_text (query, 2);
  const ReshootToldJob *told = NULL;
  const ReshootToldJob nothing = { .quoted = RESHOOT_MONEY_UNKNOWN,
                                   .settled = RESHOOT_MONEY_UNKNOWN, .charged = "no" };
  ReshootStepState state;

  if (check->jobs != NULL)
    told = g_hash_table_lookup (check->jobs, reshoot_query_get_text (query, 1));

  if (told == NULL)
    told = &nothing;

  if (reshoot_step_state_from_string (word, &state) &&
      (!reshoot_step_state_is_final (state) || g_str_equal (word, told->state)) &&
      reshoot_query_get_money (query, 3) == told->quoted &&
      reshoot_query_get_money (query, 4) == told->settled &&
      g_strcmp0 (reshoot_query_get_text (query, 5), told->charged) == 0 &&
      is_reason_told (told, query, state))
    return TRUE;

  if (told->place == NULL)
    return reshoot_check_set_untold (reshoot_query_get_integer (query, 0), "the job's end or price", error);

  reshoot_ledger_set_error (told->place, "tells another end or price than the job has", error);
  return FALSE;
}

gboolean
reshoot_check_job_rows (ReshootCheck  *check,
                        GError       **error)
{
  return reshoot_check_rows (check,
                             "SELECT id, uuid, state, quoted, settled, charged,"
                             "  error_code || ' ' || ifnull (error_reason, '')"
                             " FROM job JOIN step ON step.id = job.step ORDER BY id", check_job, error);
}
