/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The transactions that make a step: an original, and an edit with its request and its job. Each tells the ledger what
 * it does, so that there is never one without the other. What they learn, the number of the step, goes back in the
 * record. */

#include "reshoot-project-facts-private.h"

#include "reshoot-ledger.h"

/* The next step's number. Steps are never deleted, so that it was never given before. */
static gboolean
number_step (ReshootDatabase *database,
             ReshootFact     *fact,
             GError         **error)
{
  return reshoot_database_get_integer (database, "SELECT ifnull (max (id), 0) + 1 FROM step", &fact->step, error);
}

gboolean
reshoot_fact_write_original (ReshootDatabase *database,
                             gpointer         data,
                             GCancellable    *cancellable,
                             GError         **error)
{
  ReshootFact *fact = data;
  g_autoptr (JsonObject) body = NULL;
  ReshootQuery *query;
  int found;

  fact->time = reshoot_fact_make_time ();
  reshoot_fact_name_picture (fact);
  query = reshoot_query_new (database, error, "SELECT id FROM step WHERE picture = ?", "s", fact->digest);
  found = reshoot_fact_find_number (query, &fact->step, error);
  if (found != 0)
    {
      fact->is_known = found > 0;
      return fact->is_known && reshoot_fact_revive_original (database, fact, error);
    }

  if (!number_step (database, fact, error) || !reshoot_fact_write_picture (database, fact, error))
    return FALSE;

  if (!reshoot_database_run (database, error,
                             "INSERT INTO step (id, uuid, kind, original, picture, title, created)"
                             " VALUES (?, ?, 'original', ?, ?, ?, ?)", "isisss", fact->step, fact->uuid,
                             fact->step, fact->digest, fact->title, fact->time))
    return FALSE;

  body = reshoot_fact_new_body (fact);
  json_object_set_string_member (body, "picture", fact->digest);
  if (fact->title != NULL)
    json_object_set_string_member (body, "title", fact->title);

  return reshoot_ledger_append (database, fact->time, "original", body, error);
}

/* Numbers are a file's own; where two projects are joined the uuid says which step it is. */
static char *
dup_uuid (ReshootDatabase *database,
          gint64           step,
          GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT uuid FROM step WHERE id = %" G_GINT64_FORMAT, step);

  return reshoot_database_dup_text (database, sql, error);
}

gboolean
reshoot_fact_write_request (ReshootDatabase *database,
                            gpointer         data,
                            GCancellable    *cancellable,
                            GError         **error)
{
  ReshootFact *fact = data;
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, fact->request, -1);
  const char *waiting = reshoot_step_state_to_string (RESHOOT_STEP_WAITING);
  g_autofree char *from = NULL;
  g_autoptr (JsonObject) body = NULL;

  fact->time = reshoot_fact_make_time ();
  from = dup_uuid (database, fact->parent, error);
  if (from == NULL || !number_step (database, fact, error))
    return FALSE;

  if (!reshoot_database_run (database, error, "INSERT INTO request (body) VALUES (?)", "s", fact->request))
    return FALSE;

  if (!reshoot_database_run (database, error,
                             "INSERT INTO step (id, uuid, kind, parent, original, request, created)"
                             " VALUES (?, ?, 'edit', ?, ?, ?, ?)", "isiiis", fact->step, fact->uuid, fact->parent,
                             fact->original, reshoot_database_get_last_id (database), fact->time) ||
      !reshoot_database_run (database, error,
                             "INSERT INTO job (step, provider, model, state, estimate, charged, changed)"
                             " VALUES (?, ?, ?, ?, ?, 'no', ?)", "isssds", fact->step, fact->provider, fact->model,
                             waiting, fact->estimate, fact->time))
    return FALSE;

  body = reshoot_fact_new_body (fact);
  json_object_set_int_member (body, "parent", fact->parent);
  json_object_set_string_member (body, "from", from);
  json_object_set_string_member (body, "request", digest);
  json_object_set_string_member (body, "model", fact->model);
  reshoot_fact_set_number (body, "estimate", fact->estimate);
  return reshoot_ledger_append (database, fact->time, "request", body, error);
}
