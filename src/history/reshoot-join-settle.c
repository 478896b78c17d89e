/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What our own ledger has to tell of a joined project beyond what that one's tells: jobs that are in doubt here, those
 * that were and came to their end there, and what the two bins make of each other. */

#include "reshoot-join-private.h"

#include "reshoot-json.h"
#include "reshoot-ledger.h"
#include "reshoot-project-facts-private.h"
#include "reshoot-step-private.h"

/* Tells our ledger of a step of ours. */
static gboolean
tell (ReshootJoin  *join,
      const char   *kind,
      gint64        step,
      JsonObject   *body,
      GError      **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT uuid FROM step WHERE id = %" G_GINT64_FORMAT, step);
  g_autofree char *uuid = reshoot_database_dup_text (join->ours, sql, error);

  if (uuid == NULL)
    return FALSE;

  json_object_set_int_member (body, "step", step);
  json_object_set_string_member (body, "uuid", uuid);
  return reshoot_ledger_append (join->ours, join->time, kind, body, error);
}

/* The first column of @sql's rows. */
static GArray *
collect (ReshootDatabase  *database,
         const char       *sql,
         gint64            value,
         GError          **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ReshootQuery) query = reshoot_query_new (database, error, sql, "i", value);
  g_autoptr (GError) local = NULL;

  while (query != NULL && reshoot_query_next (query, &local))
    {
      gint64 number = reshoot_query_get_integer (query, 0);

      g_array_append_val (numbers, number);
    }

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return query != NULL && local == NULL ? g_steal_pointer (&numbers) : NULL;
}

static gboolean
tell_elsewhere (ReshootJoin  *join,
                GError      **error)
{
  g_autoptr (GArray) steps = NULL;

  steps = collect (join->ours,
                   "SELECT step FROM job JOIN temp.join_step ON ours = step WHERE is_new AND state = 'unknown'"
                   " AND error_reason = 'elsewhere' AND 0 = ? ORDER BY step", 0, error);
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      g_autoptr (JsonObject) body = json_object_new ();

      json_object_set_string_member (body, "state", "unknown");
      json_object_set_string_member (body, "error", "unknown-payment");
      json_object_set_string_member (body, "reason", "elsewhere");
      if (!tell (join, "job", g_array_index (steps, gint64, i), body, error))
        return FALSE;
    }

  join->counts.n_elsewhere = steps != NULL ? steps->len : 0;
  return steps != NULL;
}

/* Which steps put @step in the bin, itself or above it, from the top. */
static const char find_bin[] =
  "WITH RECURSIVE up (id) AS (SELECT ?1 UNION ALL SELECT parent FROM step JOIN up USING (id) WHERE parent IS NOT NULL)"
  " SELECT bin.step FROM bin JOIN up ON bin.step = up.id ORDER BY bin.step";

/* A step of ours, in the bin here and not there, got new steps below it: it comes back, with its pictures. */
static gboolean
restore (ReshootJoin  *join,
         gint64        theirs,
         GArray       *binned,
         GError      **error)
{
  for (guint i = 0; i < binned->len; i++)
    {
      g_autoptr (JsonObject) body = json_object_new ();
      gint64 step = g_array_index (binned, gint64, i);

      if (!reshoot_database_run (join->ours, error, "DELETE FROM bin WHERE step = ?", "i", step) ||
          !tell (join, "restore", step, body, error))
        return FALSE;

      g_array_append_val (join->restored, step);
    }

  return reshoot_join_copy_pictures (join, theirs, error);
}

/* A new step whose place there was in the bin, below a step that is not in the bin here, goes there itself. */
static gboolean
put_in_bin (ReshootJoin  *join,
            gint64        step,
            GError      **error)
{
  g_autoptr (JsonObject) body = json_object_new ();
  gint64 is_there = 0;

  if (reshoot_fact_find_number (reshoot_query_new (join->ours, error, "SELECT 1 FROM bin WHERE step = ?", "i", step),
                                &is_there, error) < 0)
    return FALSE;

  return is_there ||
         (reshoot_database_run (join->ours, error, "INSERT INTO bin (step, binned) VALUES (?, ?)", "is", step,
                                join->time) &&
          tell (join, "bin", step, body, error));
}

/* One place where new steps hang on a step that was here. */
static gboolean
settle_place (ReshootJoin  *join,
              gint64        theirs,
              gint64        parent,
              gint64        step,
              GError      **error)
{
  g_autoptr (GArray) here = collect (join->ours, find_bin, parent, error);
  g_autoptr (GArray) there = here != NULL ? collect (join->theirs, find_bin, theirs, error) : NULL;

  if (there == NULL)
    return FALSE;

  if (here->len > 0 && there->len == 0)
    return restore (join, theirs, here, error);

  return here->len > 0 || there->len == 0 || put_in_bin (join, step, error);
}

/* Steps whose job is in doubt here because it was on its way there. */
static const char find_doubtful[] =
  "SELECT theirs FROM temp.join_step JOIN job ON step = ours WHERE NOT is_new AND state = 'unknown'"
  " AND error_reason = 'elsewhere' AND 0 = ? ORDER BY ours";

/* A fact about our step that is @theirs there. */
static ReshootFact *
new_fact (ReshootJoin  *join,
          gint64        theirs,
          GError      **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  ReshootFact *fact;

  query = reshoot_query_new (join->ours, error,
                             "SELECT id, uuid FROM step JOIN temp.join_step ON ours = id WHERE theirs = ?", "i",
                             theirs);
  if (query == NULL || !reshoot_query_next (query, error))
    return NULL;

  fact = reshoot_fact_new (reshoot_query_get_integer (query, 0), reshoot_query_get_text (query, 1));
  fact->state = RESHOOT_STEP_RECEIVED;
  fact->sets_error = TRUE;
  return fact;
}

static gboolean
copy_reply (ReshootJoin   *join,
            gint64         theirs,
            ReshootQuery  *reply,
            GError       **error)
{
  g_autoptr (ReshootFact) fact = new_fact (join, theirs, error);

  if (fact == NULL)
    return FALSE;

  fact->digest = g_strdup (reshoot_query_get_text (reply, 0));
  return reshoot_fact_write_reply (join->ours, fact, join->cancellable, error);
}

static gboolean
copy_version (ReshootJoin   *join,
              gint64         theirs,
              ReshootQuery  *version,
              GError       **error)
{
  g_autoptr (ReshootFact) fact = new_fact (join, theirs, error);

  if (fact == NULL)
    return FALSE;

  fact->digest = g_strdup (reshoot_query_get_text (version, 0));
  fact->facts = g_strdup (reshoot_query_get_text (version, 1));
  for (guint i = 0; i < G_N_ELEMENTS (fact->affine); i++)
    fact->affine[i] = reshoot_query_get_real (version, 2 + i);

  return reshoot_fact_write_version (join->ours, fact, join->cancellable, error);
}

static gboolean
copy_end (ReshootJoin   *join,
          gint64         theirs,
          ReshootQuery  *job,
          GError       **error)
{
  g_autoptr (ReshootFact) fact = new_fact (join, theirs, error);
  const char *word = reshoot_query_get_text (job, 5);

  if (fact == NULL)
    return FALSE;

  reshoot_step_state_from_string (reshoot_query_get_text (job, 0), &fact->state);
  fact->quoted = reshoot_query_get_money (job, 1);
  fact->settled = reshoot_query_get_money (job, 2);
  fact->seconds = reshoot_query_get_real (job, 3);
  fact->charged = (int) reshoot_query_get_integer (job, 4);
  if (word != NULL)
    fact->error = reshoot_error_from_words (word, reshoot_query_get_text (job, 6),
                                            reshoot_query_get_text (job, 7),
                                            reshoot_query_get_text (job, 8));

  g_array_append_val (join->ended, fact->step);
  return reshoot_fact_write_job (join->ours, fact, join->cancellable, error);
}

typedef gboolean (*CopyFact) (ReshootJoin   *join,
                              gint64         theirs,
                              ReshootQuery  *row,
                              GError       **error);

/* Runs @copy_row with each row that @sql, with the step's number as its value, gives there. */
static gboolean
copy_facts (ReshootJoin  *join,
            gint64        theirs,
            const char   *sql,
            CopyFact      copy_row,
            GError      **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (join->theirs, error, sql, "i", theirs);
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    if (!copy_row (join, theirs, query, error))
      return FALSE;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Our entries tell it anew, for what the joined ledger says of a step that was here counts for nothing. */
static gboolean
take_end (ReshootJoin  *join,
          gint64        theirs,
          GError      **error)
{
  ReshootQuery *query;
  gint64 is_over;
  int found;

  query = reshoot_query_new (join->theirs, error,
                             "SELECT 1 FROM job WHERE step = ? AND state NOT IN"
                             " ('waiting', 'sending', 'submitted', 'running', 'downloading')"
                             " AND (state <> 'unknown' OR error_reason IS NOT 'elsewhere')"
                             " AND step NOT IN (SELECT step FROM bin WHERE purged IS NOT NULL)", "i", theirs);
  found = reshoot_fact_find_number (query, &is_over, error);
  if (found <= 0)
    return found == 0;

  join->counts.n_ended++;
  return reshoot_join_copy_pictures (join, theirs, error) &&
         copy_facts (join, theirs, "SELECT picture FROM reply WHERE step = ?", copy_reply, error) &&
         copy_facts (join, theirs,
                     "SELECT picture, facts, a0, a1, a2, a3, a4, a5 FROM version WHERE step = ? ORDER BY n",
                     copy_version, error) &&
         copy_facts (join, theirs,
                     "SELECT state, quoted, settled, seconds, CASE charged WHEN 'no' THEN 0 WHEN 'yes' THEN 1 ELSE 2"
                     " END, error_code, error_reason, error_subject, error_detail FROM job WHERE step = ?",
                     copy_end, error);
}

static gboolean
take_ends (ReshootJoin  *join,
           GError      **error)
{
  g_autoptr (GArray) steps = collect (join->ours, find_doubtful, 0, error);

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    if (!take_end (join, g_array_index (steps, gint64, i), error))
      return FALSE;

  return steps != NULL;
}

/*
 * reshoot_join_settle:
 * @join: a join whose ledgers and steps are over here
 * @error: return location
 *
 * What our own ledger has to tell beyond the joined ones: jobs that are in doubt here, and what the two bins make of
 * each other.
 *
 * Returns: whether it is done
 */
gboolean
reshoot_join_settle (ReshootJoin  *join,
                     GError      **error)
{
  g_autoptr (GArray) places = NULL;

  if (!take_ends (join, error) || !tell_elsewhere (join, error))
    return FALSE;

  places = collect (join->ours,
                    "SELECT child.ours FROM temp.join_step AS child JOIN step ON step.id = child.ours"
                    " JOIN temp.join_step AS place ON place.ours = step.parent"
                    " WHERE child.is_new AND NOT place.is_new AND 0 = ? ORDER BY 1", 0, error);
  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      gint64 step = g_array_index (places, gint64, i);
      g_autoptr (ReshootQuery) query = NULL;

      query = reshoot_query_new (join->ours, error,
                                 "SELECT theirs, ours FROM temp.join_step JOIN step ON step.parent = ours"
                                 " WHERE step.id = ?", "i", step);
      if (query == NULL || !reshoot_query_next (query, error) ||
          !settle_place (join, reshoot_query_get_integer (query, 0),
                         reshoot_query_get_integer (query, 1), step, error))
        return FALSE;
    }

  return places != NULL;
}
