/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What people said of the steps that were kept, where they looked, and the ledger up to its first bad entry: what the
 * chain does not vouch for is not carried over as if it did. */

#include "reshoot-project-salvage.h"

#include <string.h>

#include "reshoot-error.h"
#include "reshoot-json.h"
#include "reshoot-label-text.h"
#include "reshoot-ledger.h"

static const char fill_labels[] =
  "INSERT INTO main.meta SELECT key, value FROM got_meta WHERE key IN ('uuid', 'created') AND value IS NOT NULL;"
  "INSERT INTO main.branch SELECT step, name FROM got_branch WHERE step IN (SELECT id FROM main.step) AND name IS"
  " NOT NULL;"
  "INSERT INTO main.tag SELECT step, tag"
  "  FROM (SELECT step, tag, row_number () OVER (PARTITION BY step ORDER BY tag) AS n"
  "  FROM got_tag WHERE step IN (SELECT id FROM main.step) AND tag IS NOT NULL)"
  "  WHERE n <= " G_STRINGIFY (RESHOOT_LABEL_MAX_TAGS) ";"
  "INSERT INTO main.verdict SELECT step, author, verdict, reason, ifnull (given, '') FROM got_verdict"
  "  WHERE step IN (SELECT id FROM main.step) AND author IS NOT NULL AND verdict IS NOT NULL;"
  "INSERT OR IGNORE INTO main.note SELECT id, ifnull (nullif (uuid, ''), lower (hex (randomblob (16)))), step,"
  "  ifnull (author, ''), text, CASE WHEN placed THEN x END, CASE WHEN placed THEN y END,"
  "  CASE WHEN placed THEN width END, CASE WHEN placed THEN height END, ifnull (made, ''), ifnull (changed, ''),"
  " removed"
  "  FROM (SELECT *, x >= 0 AND y >= 0 AND ifnull (width, 0) >= 0 AND ifnull (height, 0) >= 0"
  "    AND x + ifnull (width, 0) <= 1.000001 AND y + ifnull (height, 0) <= 1.000001 AS placed FROM got_note)"
  "  WHERE id > 0 AND step IN (SELECT id FROM main.step) AND text IS NOT NULL;"
  "INSERT INTO main.bin SELECT step, ifnull (binned, ''), purged FROM got_bin WHERE step IN (SELECT id FROM main.step);"
  "INSERT INTO main.view SELECT key, step FROM got_view WHERE key = 'head' AND step IN (SELECT id FROM main.step);"
  "INSERT INTO main.visit SELECT step, child FROM got_visit"
  "  WHERE step IN (SELECT id FROM main.step) AND child IN (SELECT id FROM main.step);";

/* Where the chain that @sql selects breaks first: every entry up to there is as it was written. */
static gboolean
find_end (ReshootSalvage    *self,
          const char        *sql,
          gint64             joined,
          ReshootLedgerEnd  *end,
          GError           **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (self->database, error, sql, "i", joined);
  g_autoptr (GError) local = NULL;

  end->n = 0;
  g_strlcpy (end->hash, RESHOOT_LEDGER_NO_HASH, sizeof end->hash);
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      const char *texts[5];
      g_autofree char *hash = NULL;
      g_autoptr (JsonNode) body = NULL;

      for (int i = 0; i < 5; i++)
        texts[i] = reshoot_query_get_text (query, i + 1);

      hash = reshoot_ledger_compute_hash (end->hash, end->n + 1, texts[0], texts[1], texts[2]);
      body = reshoot_json_from_text (texts[2], NULL, NULL);
      if (reshoot_query_get_integer (query, 0) != end->n + 1 ||
          g_strcmp0 (texts[3], end->hash) != 0 || g_strcmp0 (texts[4], hash) != 0 ||
          body == NULL || !JSON_NODE_HOLDS_OBJECT (body))
        return TRUE;

      end->n++;
      g_strlcpy (end->hash, hash, sizeof end->hash);
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*
 * reshoot_salvage_build_ledger:
 * @self: a salvage that is staged
 * @error: return location
 *
 * Returns: whether our ledger holds the old one as long as its chain holds
 */
gboolean
reshoot_salvage_build_ledger (ReshootSalvage  *self,
                              GError         **error)
{
  ReshootLedgerEnd end;

  return find_end (self,
                   "SELECT n, time, kind, body, previous, hash FROM got_ledger WHERE time IS NOT NULL"
                   " AND kind IS NOT NULL AND body IS NOT NULL AND n > ? ORDER BY n", 0, &end, error) &&
         reshoot_database_run (self->database, error,
                               "INSERT INTO main.ledger (n, time, kind, body, previous, hash)"
                               " SELECT n, time, kind, body, previous, hash FROM got_ledger WHERE n BETWEEN 1 AND ?",
                               "i", end.n);
}

/* The ledgers that were joined are carried over likewise, each as long as its chain holds. */
static gboolean
build_joined (ReshootSalvage  *self,
              GError         **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (self->database, error,
                             "SELECT entry, project FROM got_joined WHERE entry IN (SELECT n FROM main.ledger)"
                             " AND project IS NOT NULL ORDER BY entry", "");
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      gint64 entry = reshoot_query_get_integer (query, 0);
      ReshootLedgerEnd end;

      if (!find_end (self,
                     "SELECT n, time, kind, body, previous, hash FROM got_joined_ledger WHERE time IS NOT NULL"
                     " AND kind IS NOT NULL AND body IS NOT NULL AND entry = ? ORDER BY n", entry, &end, error))
        return FALSE;

      if (end.n > 0 &&
          (!reshoot_database_run (self->database, error,
                                  "INSERT INTO main.joined (entry, project, head) VALUES (?, ?, ?)", "iss", entry,
                                  reshoot_query_get_text (query, 1), end.hash) ||
           !reshoot_database_run (self->database, error,
                                  "INSERT INTO main.joined_ledger (entry, n, time, kind, body, previous, hash)"
                                  " SELECT entry, n, time, kind, body, previous, hash FROM got_joined_ledger"
                                  " WHERE entry = ? AND n BETWEEN 1 AND ?", "ii", entry, end.n)))
        return FALSE;
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*
 * reshoot_salvage_build_labels:
 * @self: a salvage whose steps are built
 * @error: return location
 *
 * Returns: whether our tables hold the rest now
 */
gboolean
reshoot_salvage_build_labels (ReshootSalvage  *self,
                              GError         **error)
{
  return reshoot_database_execute (self->database, fill_labels, error) &&
         build_joined (self, error);
}
