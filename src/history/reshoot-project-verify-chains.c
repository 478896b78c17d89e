/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The chains: our own ledger, and those of joined projects at the place where ours tells of them. A joined ledger may
 * tell of others it had joined; each is here too, and is walked where it is first told of. */

#include "reshoot-project-verify-private.h"

#include "reshoot-error.h"

/* Ledgers joined by ledgers joined by …: more than anyone makes. */
#define MAX_DEPTH 100

const char *
reshoot_check_get_text (JsonObject *body,
                        const char *name)
{
  const char *text = json_object_get_string_member_with_default (body, name, "");

  return text != NULL ? text : "";
}

/* What is told in dollars, as the row has it: one of earlier versions was rounded to a millionth, as this is. */
ReshootMoney
reshoot_check_get_money (JsonObject *body,
                         const char *name)
{
  return reshoot_money_from_dollars (json_object_get_double_member_with_default (body, name, NAN));
}

/* The step an entry is about, by the uuid that it has here. */
const char *
reshoot_check_get_uuid (ReshootCheck *check,
                        JsonObject   *body)
{
  const char *uuid = reshoot_check_get_text (body, "uuid");
  const char *alias = g_hash_table_lookup (check->aliases, uuid);

  return alias != NULL ? alias : uuid;
}

/* Whether an entry told that the step came to be. */
gboolean
reshoot_check_is_known (ReshootCheck *check,
                        const char   *uuid)
{
  return g_hash_table_contains (check->steps, uuid);
}

/* Whether what the chain that is being walked says of the step holds here: it does not of what was here before it. */
gboolean
reshoot_check_counts (ReshootCheck *check,
                      const char   *uuid)
{
  const guint64 *told = g_hash_table_lookup (check->steps, uuid);

  return told != NULL && *told >= check->chain->since;
}

static gboolean
check_birth (ReshootCheck             *check,
             const ReshootLedgerEntry *entry)
{
  const char *uuid = reshoot_check_get_text (entry->body, "uuid");
  g_autoptr (ReshootQuery) query = NULL;

  if (entry->joined > 0)
    return entry->n == 1 && g_strcmp0 (uuid, entry->project) == 0;

  query = reshoot_query_new (check->database, NULL,
                             "SELECT (SELECT value FROM meta WHERE key = 'uuid') = ?"
                             " AND (SELECT value FROM meta WHERE key = 'created') = ?", "ss", uuid, entry->time);
  return entry->n == 1 && query != NULL && reshoot_query_next (query, NULL) &&
         reshoot_query_get_integer (query, 0) == TRUE;
}

static gboolean
pass_entry_cb (const ReshootLedgerEntry  *entry,
               gpointer                   user_data,
               GError                   **error)
{
  return TRUE;
}

/* The old ledger of a project that was salvaged is kept for itself: its facts are told anew behind the entry. */
static gboolean
check_salvage (ReshootCheck              *check,
               const ReshootLedgerEntry  *entry,
               GError                   **error)
{
  const char *project = reshoot_check_get_text (entry->body, "project");
  const char *head = reshoot_check_get_text (entry->body, "head");
  gint64 n = json_object_get_int_member_with_default (entry->body, "entries", 0);
  gint64 joined = entry->n;
  g_autoptr (ReshootQuery) query = NULL;
  ReshootLedgerEnd end;

  if (entry->joined > 0 || n == 0)
    return TRUE;

  query = reshoot_query_new (check->database, error, "SELECT project = ? AND head = ? FROM joined WHERE entry = ?",
                             "ssi", project, head, joined);
  if (query == NULL || !reshoot_query_next (query, error) || reshoot_query_get_integer (query,
                                                                                        0) != TRUE)
    return FALSE;

  g_hash_table_add (check->chains, g_memdup2 (&joined, sizeof joined));
  if (!reshoot_ledger_verify (check->database, joined, project, pass_entry_cb, NULL,
                              check->cancellable, &end, error))
    return FALSE;

  check->work->counts.n_joined += end.n;
  return end.n == n && g_strcmp0 (end.hash, head) == 0;
}

/* Kinds that are not ours are records of their own: the chain alone vouches for them. */
static gboolean
check_entry_cb (const ReshootLedgerEntry  *entry,
                gpointer                   user_data,
                GError                   **error)
{
  ReshootCheck *check = user_data;
  g_autoptr (GError) local = NULL;
  g_autofree char *place = NULL;
  gboolean agrees = entry->n > 1;

  if (g_str_equal (entry->kind, "project"))
    agrees = check_birth (check, entry);
  else if (g_str_equal (entry->kind, "original"))
    agrees = reshoot_check_original (check, entry);
  else if (g_str_equal (entry->kind, "request"))
    agrees = reshoot_check_request (check, entry);
  else if (g_str_equal (entry->kind, "reply"))
    agrees = reshoot_check_reply (check, entry);
  else if (g_str_equal (entry->kind, "version"))
    agrees = reshoot_check_version (check, entry);
  else if (g_str_equal (entry->kind, "job"))
    agrees = reshoot_check_gather_job (check, entry);
  else if (reshoot_check_is_label (entry->kind))
    agrees = reshoot_check_tell_label (check, entry);
  else if (g_str_equal (entry->kind, "purge"))
    agrees = reshoot_check_tell_purge (check, entry);
  else if (g_str_equal (entry->kind, "join"))
    agrees = reshoot_check_join (check, entry, &local);
  else if (g_str_equal (entry->kind, "salvage"))
    agrees = check_salvage (check, entry, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  if (agrees)
    return TRUE;

  place = reshoot_ledger_dup_place (entry);
  reshoot_ledger_set_error (place, "tells something else than the project", error);
  return FALSE;
}

/*
 * reshoot_check_chain:
 * @check: a check
 * @joined: 0 for our own ledger, or the entry that tells of a joined one
 * @project: whose it is
 * @end: (out): where it ends
 * @error: return location
 *
 * Returns: whether a ledger holds in itself and against the rows
 */
gboolean
reshoot_check_chain (ReshootCheck      *check,
                     gint64             joined,
                     const char        *project,
                     ReshootLedgerEnd  *end,
                     GError           **error)
{
  ReshootCheckChain *outer = check->chain;
  ReshootCheckChain chain = { joined, project, joined > 0 ? check->n_told : 0, NULL,
                              outer != NULL ? outer->depth + 1 : 0 };
  gboolean holds;

  chain.numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  check->chain = &chain;
  holds = reshoot_ledger_verify (check->database, joined, joined > 0 ? project : NULL,
                                 check_entry_cb, check, check->cancellable, end, error);
  check->chain = outer;
  g_hash_table_unref (chain.numbers);
  return holds;
}

/* Which ledger here holds the entries that a `join` tells of: its entry, 0 our own, -1 none. */
static gint64
find_chain (ReshootCheck *check,
            const char   *project,
            gint64        n,
            const char   *head)
{
  g_autoptr (ReshootQuery) own = NULL;
  g_autoptr (ReshootQuery) theirs = NULL;

  own = reshoot_query_new (check->database, NULL, "SELECT hash = ? FROM ledger WHERE n = ?", "si", head, n);
  if (g_strcmp0 (project, check->project) == 0 && own != NULL && reshoot_query_next (own, NULL) &&
      reshoot_query_get_integer (own, 0) == TRUE)
    return 0;

  theirs = reshoot_query_new (check->database, NULL,
                              "SELECT entry FROM joined JOIN joined_ledger USING (entry)"
                              " WHERE project = ? AND n = ? AND hash = ? ORDER BY entry LIMIT 1", "sis",
                              project, n, head);
  if (theirs == NULL || !reshoot_query_next (theirs, NULL))
    return -1;

  return reshoot_query_get_integer (theirs, 0);
}

/* Walks a joined ledger, once. */
static gboolean
walk_chain (ReshootCheck *check,
            gint64        joined,
            GError      **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autofree char *project = NULL;
  g_autofree char *head = NULL;
  ReshootLedgerEntry last = { joined, NULL, 0, NULL, NULL, NULL };
  g_autofree char *place = NULL;
  ReshootLedgerEnd end;

  if (g_hash_table_contains (check->chains, &joined))
    return TRUE;

  query = reshoot_query_new (check->database, error, "SELECT project, head FROM joined WHERE entry = ?", "i", joined);
  if (query == NULL || !reshoot_query_next (query, error))
    return FALSE;

  project = g_strdup (reshoot_query_get_text (query, 0));
  head = g_strdup (reshoot_query_get_text (query, 1));
  g_hash_table_add (check->chains, g_memdup2 (&joined, sizeof joined));
  if (!reshoot_check_chain (check, joined, project, &end, error))
    return FALSE;

  check->work->counts.n_joined += end.n;
  if (g_strcmp0 (end.hash, head) == 0)
    return TRUE;

  last.project = project;
  last.n = end.n + 1;
  place = reshoot_ledger_dup_place (&last);
  reshoot_ledger_set_error (place, "is missing", error);
  return FALSE;
}

/* A `join` of our own ledger has its row; one of a joined ledger has its entries somewhere here. */
gboolean
reshoot_check_join (ReshootCheck              *check,
                    const ReshootLedgerEntry  *entry,
                    GError                   **error)
{
  const char *project = reshoot_check_get_text (entry->body, "project");
  const char *head = reshoot_check_get_text (entry->body, "head");
  gint64 n = json_object_get_int_member_with_default (entry->body, "entries", 0);
  gint64 joined = entry->n;
  g_autoptr (ReshootQuery) query = NULL;

  if (entry->joined > 0)
    joined = find_chain (check, project, n, head);
  else
    {
      query = reshoot_query_new (check->database, error,
                                 "SELECT project = ? AND head = ? AND"
                                 "  (SELECT count (*) FROM joined_ledger WHERE entry = joined.entry) = ?"
                                 " FROM joined WHERE entry = ?", "ssii", project, head, n, joined);
      if (query == NULL || !reshoot_query_next (query, error) ||
          reshoot_query_get_integer (query, 0) != TRUE)
        return FALSE;
    }

  if (joined < 0 || check->chain->depth >= MAX_DEPTH)
    return FALSE;

  return joined == 0 || walk_chain (check, joined, error);
}

static gboolean
check_joined_row (ReshootCheck  *check,
                  ReshootQuery  *query,
                  GError       **error)
{
  gint64 entry = reshoot_query_get_integer (query, 0);
  g_autofree char *subject = NULL;

  if (g_hash_table_contains (check->chains, &entry))
    return TRUE;

  subject = g_strdup_printf ("entry %" G_GINT64_FORMAT, entry);
  reshoot_ledger_set_error (subject, "tells of no joined ledger, and there is one", error);
  return FALSE;
}

gboolean
reshoot_check_joined_rows (ReshootCheck  *check,
                           GError       **error)
{
  return reshoot_check_rows (check, "SELECT entry FROM joined ORDER BY entry", check_joined_row, error);
}
