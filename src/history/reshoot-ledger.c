/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledger: every fact that money or trust hangs on, in order. Each entry's hash covers its number, time, kind and
 * body and the hash of the entry before it, so that no entry can be changed, dropped or moved without breaking all that
 * follow. It cannot prove that the last entries were not cut off; the cross-check of the facts against it does that. */

#include "reshoot-ledger.h"

#include "reshoot-error.h"
#include "reshoot-json.h"

/*
 * reshoot_ledger_compute_hash:
 * @previous: the hash of the entry before
 * @n: the number of the entry
 * @time: its time
 * @kind: its kind
 * @body: its body
 *
 * Returns: (transfer full): the hash it must have
 */
char *
reshoot_ledger_compute_hash (const char *previous,
                             gint64      n,
                             const char *time,
                             const char *kind,
                             const char *body)
{
  g_autofree char *text = g_strdup_printf ("%s\n%" G_GINT64_FORMAT "\n%s\n%s\n%s", previous, n, time, kind, body);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* Where our own chain ends: number 0 and no hash if there is none yet. */
gboolean
reshoot_ledger_find_end (ReshootDatabase   *database,
                         ReshootLedgerEnd  *end,
                         GError           **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (ReshootQuery) query = NULL;

  end->n = 0;
  g_strlcpy (end->hash, RESHOOT_LEDGER_NO_HASH, sizeof end->hash);
  query = reshoot_query_new (database, error, "SELECT n, hash FROM ledger ORDER BY n DESC LIMIT 1", "");
  if (query == NULL)
    return FALSE;

  if (reshoot_query_next (query, &local))
    {
      end->n = reshoot_query_get_integer (query, 0);
      g_strlcpy (end->hash, reshoot_query_get_text (query, 1), sizeof end->hash);
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
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
  g_autofree char *hash = NULL;
  ReshootLedgerEnd end;

  if (!reshoot_ledger_find_end (database, &end, error))
    return FALSE;

  hash = reshoot_ledger_compute_hash (end.hash, end.n + 1, time, kind, text);
  return reshoot_database_run (database, error,
                               "INSERT INTO ledger (n, time, kind, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?)",
                               "isssss", end.n + 1, time, kind, text, end.hash, hash);
}

/* What errors say of an entry: "entry 5 (rating)", or "entry 12 (join), entry 5 (rating) of UUID". */
char *
reshoot_ledger_dup_place (const ReshootLedgerEntry *entry)
{
  g_autoptr (GString) place = g_string_new (NULL);

  if (entry->joined > 0)
    g_string_append_printf (place, "entry %" G_GINT64_FORMAT " (join), ", entry->joined);

  g_string_append_printf (place, "entry %" G_GINT64_FORMAT, entry->n);
  if (entry->kind != NULL)
    g_string_append_printf (place, " (%s)", entry->kind);
  if (entry->project != NULL)
    g_string_append_printf (place, " of %s", entry->project);

  return g_strdup (place->str);
}

/* Sets `CORRUPT` "ledger" with @place as the subject. */
void
reshoot_ledger_set_error (const char  *place,
                          const char  *detail,
                          GError     **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "ledger", place, "ledger, %s: %s", place, detail);
}

static void
set_entry_error (const ReshootLedgerEntry  *entry,
                 const char                *detail,
                 GError                   **error)
{
  g_autofree char *place = reshoot_ledger_dup_place (entry);

  reshoot_ledger_set_error (place, detail, error);
}

/* Checks one row of n, time, kind, body, previous, hash against the chain so far. @entry knows whose chain it is. */
static gboolean
verify_row (ReshootQuery        *query,
            ReshootLedgerEntry  *entry,
            ReshootLedgerEnd    *end,
            ReshootLedgerVisit   visit,
            gpointer             user_data,
            GError             **error)
{
  const char *texts[5];
  g_autofree char *hash = NULL;
  g_autoptr (JsonNode) body = NULL;

  entry->n = end->n + 1;
  entry->kind = NULL;
  if (reshoot_query_get_integer (query, 0) != entry->n)
    {
      set_entry_error (entry, "is missing", error);
      return FALSE;
    }

  for (int i = 0; i < 5; i++)
    texts[i] = reshoot_query_get_text (query, i + 1);

  entry->time = texts[0];
  entry->kind = texts[1];
  hash = reshoot_ledger_compute_hash (texts[3], entry->n, texts[0], texts[1], texts[2]);
  if (g_strcmp0 (texts[3], end->hash) != 0 || g_strcmp0 (texts[4], hash) != 0)
    {
      set_entry_error (entry, "was changed", error);
      return FALSE;
    }

  body = reshoot_json_from_text (texts[2], NULL, NULL);
  if (body == NULL || !JSON_NODE_HOLDS_OBJECT (body))
    {
      set_entry_error (entry, "says nothing readable", error);
      return FALSE;
    }

  end->n = entry->n;
  g_strlcpy (end->hash, hash, sizeof end->hash);
  entry->body = json_node_get_object (body);
  return visit (entry, user_data, error);
}

/*
 * reshoot_ledger_verify:
 * @database: a connection, inside a read transaction
 * @joined: 0 for our own ledger, or the number of the entry that tells of a joined one
 * @project: (nullable): of a joined ledger, whose it is
 * @visit: called for each good entry in order
 * @user_data: for @visit
 * @cancellable: (nullable): looked at between entries
 * @end: (out): where the chain ends
 * @error: return location
 *
 * Errors: `CORRUPT` "ledger" naming the first bad entry.
 *
 * Returns: whether the chain holds and @visit agreed with every entry
 */
gboolean
reshoot_ledger_verify (ReshootDatabase     *database,
                       gint64               joined,
                       const char          *project,
                       ReshootLedgerVisit   visit,
                       gpointer             user_data,
                       GCancellable        *cancellable,
                       ReshootLedgerEnd    *end,
                       GError             **error)
{
  static const char own[] = "SELECT n, time, kind, body, previous, hash FROM ledger ORDER BY n";
  static const char theirs[] =
    "SELECT n, time, kind, body, previous, hash FROM joined_ledger WHERE entry = ? ORDER BY n";
  ReshootLedgerEntry entry = { joined, project, 0, NULL, NULL, NULL };
  g_autoptr (GError) local = NULL;
  g_autoptr (ReshootQuery) query = NULL;

  end->n = 0;
  g_strlcpy (end->hash, RESHOOT_LEDGER_NO_HASH, sizeof end->hash);
  query = joined == 0 ? reshoot_query_new (database, error, own, "")
                      : reshoot_query_new (database, error, theirs, "i", joined);
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !verify_row (query, &entry, end, visit, user_data, error))
      return FALSE;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
