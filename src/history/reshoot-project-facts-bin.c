/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The bin in the rows. Putting a step there is one row; what is below it follows by being below it. Emptying it is
 * the only thing that takes bytes away, so all of it is decided here, in the transaction: which steps go, and which
 * pictures no other step shows, was given with a request, or lies under. */

#include "reshoot-project-facts-private.h"

#include "reshoot-error.h"
#include "reshoot-json.h"
#include "reshoot-ledger.h"
#include "reshoot-step-private.h"

/* ?1 is a JSON array of the steps that go. Steps purged before count as gone too: what only they and those that go now
 * show was kept as the base of a picture, and may not be needed any more. */
static const char select_leaving[] =
  "WITH gone (step) AS (SELECT value FROM json_each (?1) UNION SELECT step FROM bin WHERE purged IS NOT NULL),"
  " shown (step, picture) AS ("
  "  SELECT id, picture FROM step WHERE picture IS NOT NULL"
  "  UNION ALL SELECT step, picture FROM reply"
  "  UNION ALL SELECT step, picture FROM version"
  "  UNION ALL SELECT id, request_picture.picture FROM step"
  "   JOIN request_picture ON request_picture.request = step.request),"
  " needed (picture) AS (SELECT picture FROM shown WHERE step NOT IN (SELECT step FROM gone)),"
  " touched (picture) AS (SELECT picture FROM shown WHERE step IN (SELECT step FROM gone))"
  " SELECT picture FROM touched"
  " UNION SELECT base FROM tiling WHERE picture IN (SELECT picture FROM touched)"
  " EXCEPT SELECT picture FROM needed"
  " EXCEPT SELECT base FROM tiling WHERE picture IN (SELECT picture FROM needed)"
  " EXCEPT SELECT digest FROM purged_picture";

/* ?1 is a JSON array of the pictures that go. A tile goes when no other picture has it. */
static const char select_bytes[] =
  "WITH leaving (digest) AS (SELECT value FROM json_each (?1))"
  " SELECT"
  "  (SELECT ifnull (sum (size), 0) FROM picture JOIN picture_data USING (digest) WHERE digest IN leaving) +"
  "  (SELECT ifnull (sum (length (data)), 0) FROM thumbnail WHERE digest IN leaving) +"
  "  (SELECT ifnull (sum (length (data)), 0) FROM tile"
  "    WHERE id IN (SELECT tile FROM picture_tile JOIN tiling ON tiling.id = tiling WHERE picture IN leaving)"
  "    AND NOT EXISTS (SELECT 1 FROM picture_tile JOIN tiling ON tiling.id = tiling"
  "     WHERE tile = tile.id AND picture NOT IN leaving))";

/* In the order of what refers to what. */
static const char *const deletes[] = {
  "DELETE FROM picture_data WHERE digest IN (SELECT value FROM json_each (?1))",
  "DELETE FROM thumbnail WHERE digest IN (SELECT value FROM json_each (?1))",
  "DELETE FROM picture_tile WHERE tiling IN (SELECT tiling.id FROM tiling JOIN json_each (?1) ON picture = value)",
  "DELETE FROM tile WHERE ?1 <> '[]' AND NOT EXISTS (SELECT 1 FROM picture_tile WHERE tile = tile.id)",
};

/* Whether the step was put in the bin itself, and if so whether it was purged: 1 and 2, 0 not, -1 with @error set. */
static int
find_bin_row (ReshootDatabase *database,
              gint64           step,
              GError         **error)
{
  ReshootQuery *query;
  gint64 is_purged;
  int found;

  query = reshoot_query_new (database, error, "SELECT purged IS NOT NULL FROM bin WHERE step = ?",
                             "i", step);
  found = reshoot_fact_find_number (query, &is_purged, error);
  return found > 0 && is_purged ? 2 : found;
}

static gboolean
set_bin_error (ReshootFact  *fact,
               const char   *reason,
               GError      **error)
{
  g_autofree char *subject = g_strdup_printf ("%" G_GINT64_FORMAT, fact->step);

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, reason, subject, "step %s: %s", subject,
                     reason);
  return FALSE;
}

gboolean
reshoot_fact_bin (ReshootDatabase *database,
                  gpointer         data,
                  GCancellable    *cancellable,
                  GError         **error)
{
  ReshootFact *fact = data;
  g_autoptr (JsonObject) body = reshoot_fact_new_body (fact);
  int found = find_bin_row (database, fact->step, error);

  if (found != 0)
    return found > 0 && set_bin_error (fact, "in-bin", error);

  fact->time = reshoot_fact_make_time ();
  if (fact->head != 0)
    {
      json_object_set_int_member (body, "head", fact->head);
      json_object_set_int_member (body, "left", fact->left);
    }

  return reshoot_database_run (database, error, "INSERT INTO bin (step, binned) VALUES (?, ?)",
                               "is",
                               fact->step, fact->time) &&
         reshoot_ledger_append (database, fact->time, "bin", body, error);
}

/* Where the head was when the step was binned, as its entry tells. That is no fact: an entry that cannot be read tells
 * nothing. */
static void
find_head (ReshootDatabase *database,
           ReshootFact     *fact)
{
  g_autoptr (ReshootQuery) query = NULL;

  query = reshoot_query_new (database, NULL,
                             "SELECT json_extract (body, '$.head'), json_extract (body, '$.left') FROM ledger"
                             " WHERE kind = 'bin' AND json_extract (body, '$.step') = ? ORDER BY n DESC LIMIT 1", "i",
                             fact->step);
  if (query != NULL && reshoot_query_next (query, NULL))
    {
      fact->head = reshoot_query_get_integer (query, 0);
      fact->left = reshoot_query_get_integer (query, 1);
    }
}

gboolean
reshoot_fact_restore (ReshootDatabase *database,
                      gpointer         data,
                      GCancellable    *cancellable,
                      GError         **error)
{
  ReshootFact *fact = data;
  g_autoptr (JsonObject) body = reshoot_fact_new_body (fact);
  int found = find_bin_row (database, fact->step, error);

  if (found != 1)
    return found >= 0 && set_bin_error (fact, found == 2 ? "purged" : "not-in-bin", error);

  find_head (database, fact);
  fact->time = reshoot_fact_make_time ();
  return reshoot_database_run (database, error, "DELETE FROM bin WHERE step = ?", "i",
                               fact->step) &&
         reshoot_ledger_append (database, fact->time, "restore", body, error);
}

/*
 * reshoot_fact_revive_original:
 * @database: the write connection, inside a transaction
 * @fact: of an original whose picture is brought in again, with its number
 * @error: return location
 *
 * An original in the bin is restored, and one that was purged gets its bytes back.
 *
 * Returns: whether all is well; `is_restored` says whether it was in the bin
 */
gboolean
reshoot_fact_revive_original (ReshootDatabase  *database,
                              ReshootFact      *fact,
                              GError          **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (JsonObject) body = NULL;
  int found = find_bin_row (database, fact->step, error);

  if (found <= 0)
    return found == 0;

  sql = g_strdup_printf ("SELECT uuid FROM step WHERE id = %" G_GINT64_FORMAT, fact->step);
  g_free (fact->uuid);
  fact->uuid = reshoot_database_dup_text (database, sql, error);
  if (fact->uuid == NULL)
    return FALSE;

  fact->is_restored = TRUE;
  body = reshoot_fact_new_body (fact);
  return reshoot_fact_write_picture (database, fact, error) &&
         reshoot_database_run (database, error, "DELETE FROM bin WHERE step = ?", "i",
                               fact->step) &&
         reshoot_ledger_append (database, fact->time, "restore", body, error);
}

/* One step, as far as the bin is concerned. */
typedef struct
{
  gint64    id;
  gint64    root;      /* of what it went to the bin with, 0 = it is not there */
  char     *uuid;
} Binned;

static void
binned_clear (Binned *binned)
{
  g_free (binned->uuid);
}

static gboolean
is_live (const char *word)
{
  ReshootStepState state;

  if (word == NULL)
    return FALSE;

  /* A state that nobody knows may be anything. */
  return !reshoot_step_state_from_string (word, &state) ||
         !reshoot_step_state_is_final (state) || state == RESHOOT_STEP_UNKNOWN;
}

/* Of everything in the bin, in the order of the numbers, so that parents come first: what it is below of. A root with a
 * job below that is on its way or in doubt goes into @live. */
static gboolean
read_binned (ReshootDatabase  *database,
             GArray           *all,
             GHashTable       *live,
             GError          **error)
{
  g_autoptr (GHashTable) roots = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                        g_free);
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (database, error,
                             "SELECT id, parent, uuid, state, bin.step IS NOT NULL FROM step"
                             " LEFT JOIN job ON job.step = id LEFT JOIN bin ON bin.step = id"
                             " WHERE purged IS NULL ORDER BY id", "");
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      gint64 id = reshoot_query_get_integer (query, 0);
      gint64 parent = reshoot_query_get_integer (query, 1);
      const gint64 *above = g_hash_table_lookup (roots, &parent);
      gint64 root = above != NULL ? *above : reshoot_query_get_integer (query, 4) ? id : 0;
      Binned binned = { id, root, NULL };

      if (root == 0)
        continue;

      g_hash_table_insert (roots, g_memdup2 (&id, sizeof id), g_memdup2 (&root, sizeof root));
      if (is_live (reshoot_query_get_text (query, 3)))
        g_hash_table_add (live, g_memdup2 (&root, sizeof root));

      binned.uuid = g_strdup (reshoot_query_get_text (query, 2));
      g_array_append_val (all, binned);
    }

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}

static char *
to_text (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);

  return reshoot_json_to_text (node);
}

/* What emptying the bin takes away: steps and pictures, each as an array for SQL and for the ledger. */
typedef struct
{
  JsonArray *uuids;
  JsonArray *digests;
  char      *steps;      /* JSON */
  char      *pictures;   /* JSON */
} Leaving;

static void
leaving_clear (Leaving *leaving)
{
  g_clear_pointer (&leaving->uuids, json_array_unref);
  g_clear_pointer (&leaving->digests, json_array_unref);
  g_free (leaving->steps);
  g_free (leaving->pictures);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Leaving, leaving_clear)

static gboolean
find_steps (ReshootDatabase  *database,
            Leaving          *leaving,
            ReshootFact      *fact,
            GError          **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Binned));
  g_autoptr (GHashTable) live = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (JsonArray) numbers = json_array_new ();

  g_array_set_clear_func (all, (GDestroyNotify) binned_clear);
  if (!read_binned (database, all, live, error))
    return FALSE;

  leaving->uuids = json_array_new ();
  fact->purged = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < all->len; i++)
    {
      const Binned *binned = &g_array_index (all, Binned, i);

      if (g_hash_table_contains (live, &binned->root))
        continue;

      g_array_append_val (fact->purged, binned->id);
      json_array_add_int_element (numbers, binned->id);
      json_array_add_string_element (leaving->uuids, binned->uuid);
    }

  leaving->steps = to_text (numbers);
  fact->freed.n_steps = fact->purged->len;
  return TRUE;
}

static gboolean
find_pictures (ReshootDatabase  *database,
               Leaving          *leaving,
               ReshootFact      *fact,
               GError          **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (database, error, select_leaving, "s",
                                                      leaving->steps);
  g_autoptr (GError) local = NULL;
  gint64 n_bytes = 0;

  if (query == NULL)
    return FALSE;

  leaving->digests = json_array_new ();
  while (reshoot_query_next (query, &local))
    json_array_add_string_element (leaving->digests, reshoot_query_get_text (query, 0));

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  leaving->pictures = to_text (leaving->digests);
  if (reshoot_fact_find_number (reshoot_query_new (database, error, select_bytes, "s",
                                                   leaving->pictures), &n_bytes,
                                error) < 0)
    return FALSE;

  fact->freed.n_bytes = n_bytes;
  return TRUE;
}

/* On the reader's thread, with one look at the file. */
gboolean
reshoot_fact_measure_bin (ReshootDatabase *database,
                          gpointer         data,
                          GCancellable    *cancellable,
                          GError         **error)
{
  g_auto (Leaving) leaving = { NULL, };
  gboolean measured;

  if (!reshoot_database_execute (database, "BEGIN", error))
    return FALSE;

  measured = find_steps (database, &leaving, data, error) && find_pictures (database, &leaving,
                                                                            data, error);
  reshoot_database_execute (database, "ROLLBACK", NULL);
  return measured;
}

/* The next of @names from @from on, as a new array. */
static JsonArray *
slice (JsonArray *names,
       guint      from)
{
  JsonArray *part = json_array_new ();
  guint end = MIN (json_array_get_length (names), from + RESHOOT_LEDGER_MAX_NAMES);

  for (guint i = from; i < end; i++)
    json_array_add_string_element (part, json_array_get_string_element (names, i));

  return part;
}

static gboolean
tell_purge (ReshootDatabase  *database,
            Leaving          *leaving,
            ReshootFact      *fact,
            GError          **error)
{
  guint n = MAX (json_array_get_length (leaving->uuids), json_array_get_length (leaving->digests));

  for (guint from = 0; from < n; from += RESHOOT_LEDGER_MAX_NAMES)
    {
      g_autoptr (JsonObject) body = json_object_new ();

      json_object_set_array_member (body, "steps", slice (leaving->uuids, from));
      json_object_set_array_member (body, "pictures", slice (leaving->digests, from));
      json_object_set_int_member (body, "bytes", from == 0 ? (gint64) fact->freed.n_bytes : 0);
      if (!reshoot_ledger_append (database, fact->time, "purge", body, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
reshoot_fact_empty_bin (ReshootDatabase *database,
                        gpointer         data,
                        GCancellable    *cancellable,
                        GError         **error)
{
  ReshootFact *fact = data;
  g_auto (Leaving) leaving = { NULL, };

  if (!find_steps (database, &leaving, fact, error) ||
      !find_pictures (database, &leaving, fact, error))
    return FALSE;

  if (fact->purged->len == 0)
    return TRUE;

  fact->time = reshoot_fact_make_time ();
  if (!reshoot_database_run (database, error,
                             "INSERT INTO bin (step, binned, purged)"
                             " SELECT value, ?1, ?1 FROM json_each (?2) WHERE true"
                             " ON CONFLICT (step) DO UPDATE SET purged = excluded.purged", "ss", fact->time,
                             leaving.steps) ||
      !reshoot_database_run (database, error,
                             "INSERT INTO purged_picture (digest, purged) SELECT value, ?1 FROM json_each (?2)", "ss",
                             fact->time, leaving.pictures))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (deletes); i++)
    if (!reshoot_database_run (database, error, deletes[i], "s", leaving.pictures))
      return FALSE;

  return tell_purge (database, &leaving, fact, error);
}

/* Gives the space back to the disk, outside of any transaction. A file that cannot be cut short page by page is written
 * anew, and can from then on. */
gboolean
reshoot_fact_shrink (ReshootDatabase *database,
                     gpointer         data,
                     GCancellable    *cancellable,
                     GError         **error)
{
  gint64 mode;

  return reshoot_database_get_integer (database, "PRAGMA auto_vacuum", &mode, error) &&
         reshoot_database_execute (database, mode != 0 ? "PRAGMA incremental_vacuum"
                                                       : "PRAGMA auto_vacuum = INCREMENTAL; VACUUM", error) &&
         reshoot_database_checkpoint (database, TRUE, error);
}
