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
  return reshoot_database_get_integer (database, "SELECT ifnull (max (id), 0) + 1 FROM step",
                                       &fact->step, error);
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
  if (!reshoot_fact_name_picture (database, fact, error))
    return FALSE;

  query = reshoot_query_new (database, error, "SELECT id FROM step WHERE picture = ?", "s",
                             fact->digest);
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
char *
reshoot_fact_dup_step_uuid (ReshootDatabase *database,
                            gint64           step,
                            GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT uuid FROM step WHERE id = %" G_GINT64_FORMAT,
                                          step);

  return reshoot_database_dup_text (database, sql, error);
}

/* What went along. A picture that was only named by its digest must be there already: the foreign key sees to that. */
static gboolean
write_inputs (ReshootDatabase *database,
              ReshootFact     *part,
              gint64           request,
              JsonObject      *body,
              GError         **error)
{
  JsonArray *inputs;

  if (part->parts == NULL)
    return TRUE;

  inputs = json_array_new ();
  json_object_set_array_member (body, "inputs", inputs);
  for (guint i = 0; i < part->parts->len; i++)
    {
      ReshootFact *picture = part->parts->pdata[i];
      JsonObject *input = json_object_new ();

      if ((picture->bytes != NULL && !reshoot_fact_write_picture (database, picture, error)) ||
          !reshoot_database_run (database, error,
                                 "INSERT INTO request_picture (request, place, role, picture) VALUES (?, ?, ?, ?)",
                                 "iiss", request, (gint64) i + 1, picture->kind, picture->digest))
        {
          json_object_unref (input);
          return FALSE;
        }

      json_object_set_string_member (input, "role", picture->kind);
      json_object_set_string_member (input, "picture", picture->digest);
      json_array_add_object_element (inputs, input);
    }

  return TRUE;
}

/* One step of those that are asked for at once. */
gboolean
reshoot_fact_write_part (ReshootDatabase *database,
                         ReshootFact     *fact,
                         ReshootFact     *part,
                         const char      *from,
                         GError         **error)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, part->request, -1);
  const char *waiting = reshoot_step_state_to_string (RESHOOT_STEP_WAITING);
  g_autoptr (JsonObject) body = NULL;
  gint64 request;

  if (!number_step (database, part, error) ||
      !reshoot_database_run (database, error, "INSERT INTO request (body) VALUES (?)", "s",
                             part->request))
    return FALSE;

  request = reshoot_database_get_last_id (database);
  if (!reshoot_database_run (database, error,
                             "INSERT INTO step (id, uuid, kind, parent, original, request, created, row, take)"
                             " VALUES (?, ?, 'edit', ?, ?, ?, ?, ?, nullif (?, 0))", "isiiissi", part->step,
                             part->uuid, fact->parent, fact->original, request, fact->time,
                             fact->row, (gint64) part->take) ||
      !reshoot_database_run (database, error,
                             "INSERT INTO job (step, provider, model, state, estimate, charged, changed)"
                             " VALUES (?, ?, ?, ?, ?, 'no', ?)", "isssms", part->step, part->provider, part->model,
                             waiting, part->estimate, fact->time))
    return FALSE;

  body = reshoot_fact_new_body (part);
  json_object_set_int_member (body, "parent", fact->parent);
  json_object_set_string_member (body, "from", from);
  json_object_set_string_member (body, "request", digest);
  json_object_set_string_member (body, "model", part->model);
  reshoot_fact_set_money (body, "estimate", part->estimate);
  if (fact->row != NULL)
    {
      json_object_set_string_member (body, "row", fact->row);
      json_object_set_int_member (body, "take", part->take);
    }

  return write_inputs (database, part, request, body, error) &&
         reshoot_ledger_append (database, fact->time, "request", body, error);
}

/* One request or a whole row of them: there is never a part of a row. */
gboolean
reshoot_fact_write_requests (ReshootDatabase *database,
                             gpointer         data,
                             GCancellable    *cancellable,
                             GError         **error)
{
  ReshootFact *fact = data;
  g_autofree char *from = reshoot_fact_dup_step_uuid (database, fact->parent, error);

  if (from == NULL)
    return FALSE;

  fact->time = reshoot_fact_make_time ();
  for (guint i = 0; i < fact->parts->len; i++)
    if (!reshoot_fact_write_part (database, fact, fact->parts->pdata[i], from, error))
      return FALSE;

  return TRUE;
}
