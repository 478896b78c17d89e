/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledgers of a project that is joined: its own and those it had joined itself. Each becomes one entry of ours with
 * its head, and its entries are kept word for word, unless they are here already. */

#include "reshoot-join-private.h"

#include "reshoot-ledger.h"
#include "reshoot-project-facts-private.h"

/* Whether our own ledger, or one that was joined, has that entry of that project. */
static gboolean
find_entry (ReshootJoin  *join,
            const char   *project,
            gint64        n,
            const char   *hash,
            gboolean     *is_here,
            GError      **error)
{
  ReshootQuery *query;
  gint64 one;
  int found;

  query = reshoot_query_new (join->ours, error,
                             "SELECT 1 FROM ledger JOIN meta ON key = 'uuid' AND value = ? WHERE n = ? AND hash = ?"
                             " UNION ALL SELECT 1 FROM joined JOIN joined_ledger USING (entry)"
                             "  WHERE project = ? AND n = ? AND joined_ledger.hash = ?", "sissis",
                             project, n, hash, project, n, hash);
  found = reshoot_fact_find_number (query, &one, error);
  *is_here = found > 0;
  return found >= 0;
}

/* Whether there is nothing in the other project that is not here: its ledger is, to the last entry. */
gboolean
reshoot_join_is_known (ReshootJoin  *join,
                       gboolean     *is_known,
                       GError      **error)
{
  g_autofree char *project = NULL;
  ReshootLedgerEnd end;

  project = reshoot_database_dup_text (join->theirs, "SELECT value FROM meta WHERE key = 'uuid'", error);
  return project != NULL && reshoot_ledger_find_end (join->theirs, &end, error) &&
         find_entry (join, project, end.n, end.hash, is_known, error);
}

/* One ledger, from @select: n, time, kind, body, previous, hash. */
static gboolean
store_ledger (ReshootJoin            *join,
              const char             *project,
              const ReshootLedgerEnd *end,
              const char             *select,
              GError                **error)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *insert = NULL;
  ReshootLedgerEnd ours;

  json_object_set_string_member (body, "project", project);
  json_object_set_int_member (body, "entries", end->n);
  json_object_set_string_member (body, "head", end->hash);
  if (!reshoot_ledger_append (join->ours, join->time, "join", body, error) ||
      !reshoot_ledger_find_end (join->ours, &ours, error) ||
      !reshoot_database_run (join->ours, error, "INSERT INTO joined (entry, project, head) VALUES (?, ?, ?)", "iss",
                             ours.n, project, end->hash))
    return FALSE;

  join->counts.n_entries += end->n;
  insert = g_strdup_printf ("INSERT INTO joined_ledger (entry, n, time, kind, body, previous, hash)"
                            " VALUES (%" G_GINT64_FORMAT ", ?, ?, ?, ?, ?, ?)", ours.n);
  return reshoot_join_copy (join, select, insert, error);
}

/* A ledger that the other project had joined, which may be here already: perhaps it is ours. */
static gboolean
store_nested (ReshootJoin   *join,
              ReshootQuery  *query,
              GError       **error)
{
  g_autofree char *project = g_strdup (reshoot_query_get_text (query, 1));
  g_autofree char *select = NULL;
  ReshootLedgerEnd end = { reshoot_query_get_integer (query, 3) };
  gboolean is_here = FALSE;

  g_strlcpy (end.hash, reshoot_query_get_text (query, 2), sizeof end.hash);
  if (!find_entry (join, project, end.n, end.hash, &is_here, error))
    return FALSE;

  select = g_strdup_printf ("SELECT n, time, kind, body, previous, hash FROM joined_ledger"
                            " WHERE entry = %" G_GINT64_FORMAT " ORDER BY n", reshoot_query_get_integer (query, 0));
  return is_here || store_ledger (join, project, &end, select, error);
}

gboolean
reshoot_join_copy_ledgers (ReshootJoin  *join,
                           GError      **error)
{
  g_autofree char *project = NULL;
  g_autoptr (ReshootQuery) nested = NULL;
  g_autoptr (GError) local = NULL;
  ReshootLedgerEnd end;

  project = reshoot_database_dup_text (join->theirs, "SELECT value FROM meta WHERE key = 'uuid'", error);
  if (project == NULL || !reshoot_ledger_find_end (join->theirs, &end, error) ||
      !store_ledger (join, project, &end, "SELECT n, time, kind, body, previous, hash FROM ledger ORDER BY n", error))
    return FALSE;

  nested = reshoot_query_new (join->theirs, error,
                              "SELECT entry, project, head, (SELECT max (n) FROM joined_ledger"
                              "  WHERE joined_ledger.entry = joined.entry) FROM joined ORDER BY entry", "");
  if (nested == NULL)
    return FALSE;

  while (reshoot_query_next (nested, &local))
    if (!store_nested (join, nested, error))
      return FALSE;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
