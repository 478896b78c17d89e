/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The transactions of a job's life: its state and price, the reply, and the versions made of it. The ledger is told of
 * money and of ends, not of the way there. */

#include "reshoot-project-facts-private.h"

#include <math.h>

#include "reshoot-error.h"
#include "reshoot-ledger.h"

/* Money becomes known, or the job ends: that is for the ledger. A job on its way is not. */
static gboolean
write_job_entry (ReshootDatabase *database,
                 ReshootFact     *fact,
                 const char      *time,
                 GError         **error)
{
  g_autoptr (JsonObject) body = NULL;

  if (fact->quoted < 0 && fact->settled < 0 && fact->charged < 0 &&
      !reshoot_step_state_is_final (fact->state))
    return TRUE;

  body = reshoot_fact_new_body (fact);
  json_object_set_string_member (body, "state", reshoot_step_state_to_string (fact->state));
  reshoot_fact_set_money (body, "quoted", fact->quoted);
  reshoot_fact_set_money (body, "settled", fact->settled);
  reshoot_fact_set_number (body, "seconds", fact->seconds);
  if (fact->charged >= 0)
    json_object_set_string_member (body, "charged", reshoot_charged_to_string (fact->charged));

  if (fact->error != NULL)
    {
      json_object_set_string_member (body, "error", reshoot_error_to_word (fact->error));
      if (reshoot_error_get_reason (fact->error) != NULL)
        json_object_set_string_member (body, "reason", reshoot_error_get_reason (fact->error));
    }

  return reshoot_ledger_append (database, time, "job", body, error);
}

gboolean
reshoot_fact_write_job_row (ReshootDatabase *database,
                            ReshootFact     *fact,
                            const char      *time,
                            GError         **error)
{
  const char *state = reshoot_step_state_to_string (fact->state);
  const char *charged = fact->charged >= 0 ? reshoot_charged_to_string (fact->charged) : NULL;
  const GError *why = fact->error;

  if (!reshoot_database_run (database, error,
                             "UPDATE job SET state = ?, ticket = ifnull (?, ticket), quoted = ifnull (?, quoted),"
                             " settled = ifnull (?, settled), charged = ifnull (?, charged),"
                             " seconds = ifnull (?, seconds), changed = ? WHERE step = ?", "ssmmsdsi",
                             state, fact->ticket, fact->quoted, fact->settled, charged,
                             fact->seconds, time, fact->step))
    return FALSE;

  if (fact->sets_error &&
      !reshoot_database_run (database, error,
                             "UPDATE job SET error_code = ?, error_reason = ?, error_subject = ?, error_detail = ?"
                             " WHERE step = ?", "ssssi",
                             why != NULL ? reshoot_error_to_word (why) : NULL,
                             why != NULL ? reshoot_error_get_reason (why) : NULL,
                             why != NULL ? reshoot_error_get_subject (why) : NULL,
                             why != NULL ? why->message : NULL, fact->step))
    return FALSE;

  return write_job_entry (database, fact, time, error);
}

gboolean
reshoot_fact_write_job (ReshootDatabase *database,
                        gpointer         data,
                        GCancellable    *cancellable,
                        GError         **error)
{
  g_autofree char *time = reshoot_fact_make_time ();

  return reshoot_fact_write_job_row (database, data, time, error);
}

/* The same reply again, after a download was repeated, changes nothing; another one is refused: replies are frozen. */
gboolean
reshoot_fact_write_reply_row (ReshootDatabase *database,
                              ReshootFact     *fact,
                              const char      *time,
                              GError         **error)
{
  g_autoptr (JsonObject) body = NULL;
  ReshootQuery *query;
  gint64 same = FALSE;
  int found;

  if (!reshoot_fact_name_picture (database, fact, error))
    return FALSE;

  query = reshoot_query_new (database, error, "SELECT picture = ? FROM reply WHERE step = ?", "si", fact->digest,
                             fact->step);
  found = reshoot_fact_find_number (query, &same, error);
  if (found < 0)
    return FALSE;

  if (found > 0 && same)
    return TRUE;

  if (found > 0)
    {
      g_autofree char *subject = g_strdup_printf ("step %" G_GINT64_FORMAT, fact->step);

      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "frozen", subject, "the step has another reply already");
      return FALSE;
    }

  if (!reshoot_fact_write_picture (database, fact, error) ||
      !reshoot_database_run (database, error, "INSERT INTO reply (step, picture, received) VALUES (?, ?, ?)",
                             "iss", fact->step, fact->digest, time))
    return FALSE;

  body = reshoot_fact_new_body (fact);
  json_object_set_string_member (body, "picture", fact->digest);
  return reshoot_ledger_append (database, time, "reply", body, error);
}

gboolean
reshoot_fact_write_reply (ReshootDatabase *database,
                          gpointer         data,
                          GCancellable    *cancellable,
                          GError         **error)
{
  g_autofree char *time = reshoot_fact_make_time ();

  return reshoot_fact_write_reply_row (database, data, time, error) &&
         reshoot_fact_write_job_row (database, data, time, error);
}

static JsonArray *
new_affine (const double *affine)
{
  JsonArray *array = json_array_sized_new (6);

  for (int i = 0; i < 6; i++)
    json_array_add_double_element (array, affine[i]);

  return array;
}

gboolean
reshoot_fact_write_version_row (ReshootDatabase *database,
                                ReshootFact     *fact,
                                const char      *time,
                                GError         **error)
{
  const double *a = fact->affine;
  g_autofree char *digest = NULL;
  g_autoptr (JsonObject) body = NULL;
  ReshootQuery *query;
  gint64 n;

  query = reshoot_query_new (database, error, "SELECT ifnull (max (n), 0) + 1 FROM version WHERE step = ?", "i",
                             fact->step);
  if (reshoot_fact_find_number (query, &n, error) < 0 ||
      !reshoot_fact_write_picture (database, fact, error) ||
      !reshoot_database_run (database, error,
                             "INSERT INTO version (step, n, picture, a0, a1, a2, a3, a4, a5, facts, made)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "iisddddddss", fact->step, n,
                             fact->digest, a[0], a[1], a[2], a[3], a[4], a[5], fact->facts, time))
    return FALSE;

  body = reshoot_fact_new_body (fact);
  json_object_set_int_member (body, "n", n);
  json_object_set_string_member (body, "picture", fact->digest);
  if (fact->facts != NULL)
    {
      digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, fact->facts, -1);
      json_object_set_string_member (body, "facts", digest);
    }

  if (!isnan (a[0]))
    json_object_set_array_member (body, "affine", new_affine (a));

  return reshoot_ledger_append (database, time, "version", body, error);
}

gboolean
reshoot_fact_write_version (ReshootDatabase *database,
                            gpointer         data,
                            GCancellable    *cancellable,
                            GError         **error)
{
  g_autofree char *time = reshoot_fact_make_time ();

  return reshoot_fact_write_version_row (database, data, time, error) &&
         reshoot_fact_write_job_row (database, data, time, error);
}
