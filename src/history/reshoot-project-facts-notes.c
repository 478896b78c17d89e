/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The transactions that change no fact of the tree: entries from outside, and the head and thumbnails, which the ledger
 * is not told of. */

#include "reshoot-project-facts-private.h"

#include "reshoot-ledger.h"

/* Number 0: the head is nowhere. */
static gboolean
write_head_row (ReshootDatabase *database,
                gint64           step,
                GError         **error)
{
  if (step == 0)
    return reshoot_database_run (database, error, "DELETE FROM view WHERE key = 'head'", "");

  return reshoot_database_run (database, error,
                               "INSERT INTO view (key, step) VALUES ('head', ?)"
                               " ON CONFLICT (key) DO UPDATE SET step = excluded.step", "i", step);
}

static gboolean
write_visit_row (ReshootDatabase *database,
                 gint64           step,
                 gint64           child,
                 GError         **error)
{
  return reshoot_database_run (database, error,
                               "INSERT INTO visit (step, child) VALUES (?, ?)"
                               " ON CONFLICT (step) DO UPDATE SET child = excluded.child", "ii", step, child);
}

gboolean
reshoot_fact_write_entry (ReshootDatabase *database,
                          gpointer         data,
                          GCancellable    *cancellable,
                          GError         **error)
{
  ReshootFact *fact = data;
  g_autofree char *time = reshoot_fact_make_time ();
  g_autoptr (JsonObject) body = NULL;

  body = fact->step > 0 ? reshoot_fact_new_body (fact) : json_object_new ();
  if (fact->body != NULL)
    json_object_set_member (body, "body", json_node_copy (fact->body));

  return reshoot_ledger_append (database, time, fact->kind, body, error);
}

/* Where the person looks is no matter for the ledger. */
gboolean
reshoot_fact_write_head (ReshootDatabase *database,
                         gpointer         data,
                         GCancellable    *cancellable,
                         GError         **error)
{
  ReshootFact *fact = data;
  GHashTableIter iter;
  gpointer step;
  gpointer child;

  if (!write_head_row (database, fact->step, error))
    return FALSE;

  g_hash_table_iter_init (&iter, fact->turned);
  while (g_hash_table_iter_next (&iter, &step, &child))
    if (!write_visit_row (database, *(gint64 *) step, *(gint64 *) child, error))
      return FALSE;

  return TRUE;
}

/* A thumbnail can be made again, so it is told to nobody. */
gboolean
reshoot_fact_write_thumbnail (ReshootDatabase *database,
                              gpointer         data,
                              GCancellable    *cancellable,
                              GError         **error)
{
  ReshootFact *fact = data;

  return reshoot_database_run (database, error, "INSERT OR REPLACE INTO thumbnail (digest, data) VALUES (?, ?)",
                               "sb", fact->digest, fact->bytes);
}
