/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledger's entries against what they tell: each fact that an entry tells must be there as it says. What it tells
 * of a job changes on the way, so that is gathered, for the rows to be held against. */

#include "reshoot-project-verify-private.h"

#include <math.h>

#include "reshoot-step-private.h"

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
check_original (ReshootCheck *check,
                JsonObject   *body)
{
  return is_true (reshoot_query_new (check->database, NULL,
                                     "SELECT kind = 'original' AND uuid = ? AND picture = ? FROM step WHERE id = ?",
                                     "ssi", get_text (body, "uuid"), get_text (body, "picture"), get_step (body)));
}

static gboolean
check_request (ReshootCheck *check,
               JsonObject   *body)
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
check_reply (ReshootCheck *check,
             JsonObject   *body)
{
  return is_true (reshoot_query_new (check->database, NULL, "SELECT picture = ? FROM reply WHERE step = ?",
                                     "si", get_text (body, "picture"), get_step (body)));
}

static gboolean
check_version (ReshootCheck *check,
               JsonObject   *body)
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
gather_job (ReshootCheck             *check,
            const ReshootLedgerEntry *entry)
{
  gint64 step = get_step (entry->body);
  ReshootToldJob *told = g_hash_table_lookup (check->jobs, &step);
  ReshootStepState state;

  if (!reshoot_step_state_from_string (get_text (entry->body, "state"), &state))
    return FALSE;

  if (told == NULL)
    {
      told = g_new0 (ReshootToldJob, 1);
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
check_project (ReshootCheck *check,
               JsonObject   *body)
{
  return is_true (reshoot_query_new (check->database, NULL, "SELECT value = ? FROM meta WHERE key = 'uuid'",
                                     "s", get_text (body, "uuid")));
}

/* A fact is told once. */
static gboolean
note (ReshootCheck             *check,
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
gboolean
reshoot_check_entry_cb (const ReshootLedgerEntry  *entry,
                        gpointer                   user_data,
                        GError                   **error)
{
  ReshootCheck *check = user_data;
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
