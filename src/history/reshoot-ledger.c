/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledger: every fact that money or trust hangs on, in order. Each entry's hash covers its number, time, kind and
 * body and the hash of the entry before it, so that no entry can be changed, dropped or moved without breaking all that
 * follow. It cannot prove that the last entries were not cut off; the cross-check of the facts against it does that. */

#include "reshoot-ledger.h"

#include "reshoot-error.h"
#include "reshoot-json.h"

/* Before the first entry. */
#define NO_HASH "0000000000000000000000000000000000000000000000000000000000000000"

static char *
compute_hash (const char *previous,
              gint64      n,
              const char *time,
              const char *kind,
              const char *body)
{
  g_autofree char *text = g_strdup_printf ("%s\n%" G_GINT64_FORMAT "\n%s\n%s\n%s", previous, n, time, kind, body);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* Where the chain ends: the last number, 0 if none, and the hash. */
static char *
dup_end (ReshootDatabase *database,
         gint64          *n,
         GError         **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (ReshootQuery) query = NULL;

  query = reshoot_query_new (database, error, "SELECT n, hash FROM ledger ORDER BY n DESC LIMIT 1", "");
  if (query == NULL)
    return NULL;

  if (reshoot_query_next (query, &local))
    {
      *n = reshoot_query_get_integer (query, 0);
      return g_strdup (reshoot_query_get_text (query, 1));
    }

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  *n = 0;
  return g_strdup (NO_HASH);
}

/*
 * reshoot_ledger_append:
 * @database: the write connection, inside the transaction of the fact that the entry tells
 * @time: ISO 8601, UTC
 * @kind: what happened
 * @body: about what; stored as canonical JSON
 * @error: return location
 *
 * Returns: whether the entry is in the transaction
 */
gboolean
reshoot_ledger_append (ReshootDatabase  *database,
                       const char       *time,
                       const char       *kind,
                       JsonObject       *body,
                       GError          **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autofree char *text = reshoot_json_to_text (node);
  g_autofree char *previous = NULL;
  g_autofree char *hash = NULL;
  gint64 n;

  previous = dup_end (database, &n, error);
  if (previous == NULL)
    return FALSE;

  hash = compute_hash (previous, n + 1, time, kind, text);
  return reshoot_database_run (database, error,
                               "INSERT INTO ledger (n, time, kind, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?)",
                               "isssss", n + 1, time, kind, text, previous, hash);
}

/* Sets `CORRUPT` "ledger" with the subject "entry N". */
void
reshoot_ledger_set_error (gint64       n,
                          const char  *detail,
                          GError     **error)
{
  g_autofree char *subject = g_strdup_printf ("entry %" G_GINT64_FORMAT, n);

  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "ledger", subject, "ledger %s: %s", subject, detail);
}

/* Checks one row of n, time, kind, body, previous, hash against the chain so far. */
static gboolean
verify_row (ReshootQuery        *query,
            gint64               n,
            char               **previous,
            ReshootLedgerVisit   visit,
            gpointer             user_data,
            GError             **error)
{
  const char *texts[5];
  g_autofree char *hash = NULL;
  g_autoptr (JsonNode) body = NULL;
  ReshootLedgerEntry entry;

  for (int i = 0; i < 5; i++)
    texts[i] = reshoot_query_get_text (query, i + 1);

  if (reshoot_query_get_integer (query, 0) != n)
    {
      reshoot_ledger_set_error (n, "is missing", error);
      return FALSE;
    }

  hash = compute_hash (texts[3], n, texts[0], texts[1], texts[2]);
  if (g_strcmp0 (texts[3], *previous) != 0 || g_strcmp0 (texts[4], hash) != 0)
    {
      reshoot_ledger_set_error (n, "was changed", error);
      return FALSE;
    }

  body = reshoot_json_from_text (texts[2], NULL, NULL);
  if (body == NULL || !JSON_NODE_HOLDS_OBJECT (body))
    {
      reshoot_ledger_set_error (n, "says nothing readable", error);
      return FALSE;
    }

  entry = (ReshootLedgerEntry) { n, (char *) texts[1], json_node_get_object (body) };
  if (!visit (&entry, user_data, error))
    return FALSE;

  g_free (*previous);
  *previous = g_steal_pointer (&hash);
  return TRUE;
}

/*
 * reshoot_ledger_verify:
 * @database: a connection, inside a read transaction
 * @visit: called for each good entry in order
 * @user_data: for @visit
 * @cancellable: (nullable): looked at between entries
 * @n_entries: (out): how many there are
 * @error: return location
 *
 * Errors: `CORRUPT` "ledger" naming the first bad entry.
 *
 * Returns: whether the chain holds and @visit agreed with every entry
 */
gboolean
reshoot_ledger_verify (ReshootDatabase     *database,
                       ReshootLedgerVisit   visit,
                       gpointer             user_data,
                       GCancellable        *cancellable,
                       guint               *n_entries,
                       GError             **error)
{
  g_autofree char *previous = g_strdup (NO_HASH);
  g_autoptr (GError) local = NULL;
  g_autoptr (ReshootQuery) query = NULL;
  gint64 n = 0;

  query = reshoot_query_new (database, error, "SELECT n, time, kind, body, previous, hash FROM ledger ORDER BY n", "");
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      n++;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !verify_row (query, n, &previous, visit, user_data, error))
        return FALSE;
    }

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  *n_entries = n;
  return TRUE;
}
