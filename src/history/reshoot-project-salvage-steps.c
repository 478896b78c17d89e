/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The tree out of what was read, and where rows are gone out of what the ledger tells of them. A step keeps its number
 * and, where its parent is there, its place. Where the parent is gone it stands below its original; where that is gone,
 * too, it becomes an original itself if it has a picture. Only a step with neither is lost. What else belongs to a step
 * is taken over, and where a row is gone, put in its place is what makes the step say the truth: a payment is not
    known,
 * a version is the reply. */

#include "reshoot-project-salvage.h"

/* As a project that opens has it. */
#define MAX_STEPS 1000000

/* Numbers of requests that are made here, above those of any file. */
#define FIRST_MADE_REQUEST "1000000000"

typedef struct
{
  ReshootSalvage *salvage;
  GHashTable     *originals;    /* (owned): of the number of a step that is kept to that of its original */
  GHashTable     *by_picture;   /* (owned): of a digest to the number of the original with it */
  GHashTable     *uuids;        /* (owned): those that are taken */
} Building;

/* The ledger tells of every fact, so that a row that is gone can be made again: all but the words, which only the
 * request
 * has, and what is known of a version. Requests are found by their digest. */
static const char recover_steps[] =
  "CREATE TEMP TABLE said (kind, step, n INTEGER PRIMARY KEY, time, body);"
  "INSERT INTO said SELECT kind, json_extract (body, '$.step'), n, time, body FROM main.ledger"
  "  WHERE kind IN ('original', 'request', 'reply', 'version', 'job')"
  "  AND json_type (body, '$.step') = 'integer' AND json_extract (body, '$.step') BETWEEN 1 AND "
  G_STRINGIFY (MAX_STEPS) ";"
  "CREATE INDEX temp.said_step ON said (kind, step);"
  "CREATE TEMP TABLE words (digest PRIMARY KEY, id);"
  "INSERT OR IGNORE INTO words SELECT sha256 (body), id FROM got_request WHERE body IS NOT NULL;"
  "DELETE FROM got_step WHERE kind = 'original' AND picture IS NULL"
  "  AND id IN (SELECT step FROM said WHERE said.kind = 'original');"
  "INSERT OR IGNORE INTO got_step (id, uuid, kind, picture, created) SELECT step, clean (json_extract (body,"
  " '$.uuid')),"
  "  kind, as_digest (json_extract (body, '$.picture')), time FROM said WHERE kind = 'original';"
  "INSERT OR IGNORE INTO got_step (id, uuid, kind, parent, request, created) SELECT step,"
  "  clean (json_extract (body, '$.uuid')), 'edit', json_extract (body, '$.parent'), words.id, time"
  "  FROM said LEFT JOIN words ON digest = json_extract (body, '$.request') WHERE kind = 'request';"
  "INSERT OR IGNORE INTO got_reply SELECT step, as_digest (json_extract (body, '$.picture')), time FROM said"
  "  WHERE kind = 'reply';"
  "INSERT OR IGNORE INTO got_version (step, n, picture, made) SELECT step, json_extract (body, '$.n'),"
  "  as_digest (json_extract (body, '$.picture')), time FROM said"
  "  WHERE kind = 'version' AND json_type (body, '$.n') = 'integer';";

/* What the ledger told last of a job counts. */
#define TOLD_LAST(name) \
  "(SELECT json_extract (body, '$." name "') FROM said AS s WHERE s.kind = 'job' AND s.step = said.step" \
  " AND json_extract (body, '$." name "') IS NOT NULL ORDER BY n DESC LIMIT 1)"

static const char recover_jobs[] =
  "INSERT OR IGNORE INTO got_job (step, model, provider, state, estimate, quoted, settled, charged, seconds)"
  "  SELECT step, json_extract (body, '$.model'), json_extract (body, '$.model'), as_state (" TOLD_LAST ("state") "),"
  "  " RESHOOT_MILLIONTHS ("json_extract (body, '$.estimate')") ", " RESHOOT_MILLIONTHS (TOLD_LAST ("quoted")) ","
  "  " RESHOOT_MILLIONTHS (TOLD_LAST ("settled")) ", 'unknown', "
  TOLD_LAST ("seconds") " + 0.0 FROM said WHERE kind = 'request' AND json_type (body, '$.model') = 'text';"
  "UPDATE got_job SET provider = substr (model, 1, instr (model, '/') - 1) WHERE provider = model AND instr (model,"
  " '/') > 0;"
  "UPDATE got_job AS said SET charged = ifnull (" TOLD_LAST ("charged") ", 'no')"
  "  WHERE charged = 'unknown' AND changed IS NULL AND step IN (SELECT step FROM said WHERE kind = 'request');"
  "UPDATE got_job SET charged = 'unknown' WHERE charged NOT IN ('no', 'yes', 'unknown');";

/* What shows a step: its last version whose picture is whole, or the reply. */
static const char find_shown[] =
  "CREATE TEMP TABLE shown (step INTEGER PRIMARY KEY, picture);"
  "INSERT OR IGNORE INTO shown SELECT id, picture FROM got_step WHERE kind = 'original' AND picture IN (SELECT"
  " digest FROM whole);"
  "INSERT OR IGNORE INTO shown SELECT step, picture FROM got_version WHERE step > 0 AND n > 0"
  "  AND picture IN (SELECT digest FROM whole) ORDER BY step, n DESC;"
  "INSERT OR IGNORE INTO shown SELECT step, picture FROM got_reply WHERE picture IN (SELECT digest FROM whole);"
  "CREATE TEMP TABLE place (id INTEGER PRIMARY KEY, uuid, parent, original, picture, moved);";

static const char select_steps[] =
  "SELECT id, uuid, kind = 'original', parent, original, got_step.picture, shown.picture FROM got_step"
  " LEFT JOIN shown ON shown.step = id WHERE id BETWEEN 1 AND " G_STRINGIFY (MAX_STEPS) " ORDER BY id";

static gint64
lookup (GHashTable    *table,
        gconstpointer  key)
{
  const gint64 *number = g_hash_table_lookup (table, key);

  return number != NULL ? *number : 0;
}

/* A step's own UUID, or a new one where it has none or another has it already. */
static char *
dup_uuid (Building   *self,
          const char *uuid)
{
  gboolean is_free = uuid != NULL && *uuid != '\0' && !g_hash_table_contains (self->uuids, uuid);
  char *own = is_free ? g_strdup (uuid) : g_uuid_string_random ();

  g_hash_table_add (self->uuids, g_strdup (own));
  return own;
}

static gboolean
keep_step (Building    *self,
           gint64       id,
           const char  *uuid,
           gint64       parent,
           const char  *picture,
           gboolean     moved,
           GError     **error)
{
  g_autofree char *own = dup_uuid (self, uuid);
  gint64 original = parent != 0 ? lookup (self->originals, &parent) : id;

  g_hash_table_insert (self->originals, g_memdup2 (&id, sizeof id), g_memdup2 (&original,
                                                                               sizeof original));
  if (parent == 0)
    g_hash_table_insert (self->by_picture, g_strdup (picture), g_memdup2 (&id, sizeof id));

  self->salvage->damage->n_moved += moved;
  return reshoot_database_run (self->salvage->database, error,
                               "INSERT INTO place (id, uuid, parent, original, picture, moved)"
                               " VALUES (?, ?, nullif (?, 0), ?, ?, ?)", "isiisi", id, own, parent, original, picture,
                               (gint64) moved);
}

/* A step whose parent is gone: below its original; below the original that has its very picture; or as an original. */
static gboolean
place_orphan (Building      *self,
              ReshootQuery  *query,
              GError       **error)
{
  gint64 id = reshoot_query_get_integer (query, 0);
  gint64 original = reshoot_query_get_integer (query, 4);
  const char *uuid = reshoot_query_get_text (query, 1);
  const char *shown = reshoot_query_get_text (query, 6);

  if (original < id && lookup (self->originals, &original) != 0)
    return keep_step (self, id, uuid, original, NULL, TRUE, error);

  if (shown == NULL)
    {
      g_debug ("salvage: step %" G_GINT64_FORMAT " is lost", id);
      return TRUE;
    }

  original = lookup (self->by_picture, shown);
  return keep_step (self, id, uuid, original, original != 0 ? NULL : shown, TRUE, error);
}

static gboolean
place_step (Building      *self,
            ReshootQuery  *query,
            GError       **error)
{
  gint64 id = reshoot_query_get_integer (query, 0);
  gboolean is_original = reshoot_query_get_integer (query, 2) == TRUE;
  gint64 parent = reshoot_query_get_integer (query, 3);
  const char *uuid = reshoot_query_get_text (query, 1);
  const char *picture = reshoot_query_get_text (query, 5);

  if (is_original && picture != NULL && lookup (self->by_picture, picture) == 0)
    return keep_step (self, id, uuid, 0, picture, FALSE, error);

  if (!is_original && parent < id && lookup (self->originals, &parent) != 0)
    return keep_step (self, id, uuid, parent, NULL, FALSE, error);

  return place_orphan (self, query, error);
}

static gboolean
place_steps (Building  *self,
             GError   **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (self->salvage->database, error, select_steps, "");
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    if (g_cancellable_set_error_if_cancelled (self->salvage->cancellable, error) ||
        !place_step (self, query, error))
      return FALSE;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Pictures that steps speak of and whose bytes are gone keep their row. */
static const char fill_pictures[] =
  "CREATE TEMP TABLE told (digest PRIMARY KEY);"
  "INSERT OR IGNORE INTO told SELECT picture FROM place WHERE picture IS NOT NULL;"
  "INSERT OR IGNORE INTO told SELECT got_version.picture FROM got_version JOIN place ON id = step"
  "  WHERE parent IS NOT NULL AND got_version.picture IS NOT NULL;"
  "INSERT OR IGNORE INTO told SELECT got_reply.picture FROM got_reply JOIN place ON id = step"
  "  WHERE parent IS NOT NULL AND got_reply.picture IS NOT NULL;"
  "INSERT OR IGNORE INTO told SELECT got_request_picture.picture FROM got_request_picture"
  "  WHERE got_request_picture.picture IS NOT NULL;"
  "INSERT OR IGNORE INTO told SELECT digest FROM got_purged_picture WHERE digest IS NOT NULL;"
  "INSERT OR IGNORE INTO main.picture SELECT told.digest, ifnull (format, 'png'),"
  "  CASE WHEN width BETWEEN 1 AND 65500 THEN width ELSE 1 END, CASE WHEN height BETWEEN 1 AND 65500 THEN height"
  " ELSE 1 END,"
  "  CASE WHEN size > 0 THEN size ELSE 1 END FROM told LEFT JOIN got_picture USING (digest);"
  "INSERT INTO main.purged_picture SELECT digest, ifnull (purged, '') FROM got_purged_picture"
  "  WHERE digest NOT IN (SELECT digest FROM whole) AND digest IS NOT NULL;"
  "CREATE TEMP TABLE lost AS SELECT digest FROM main.picture WHERE digest NOT IN (SELECT digest FROM whole)"
  "  AND digest NOT IN (SELECT digest FROM main.purged_picture);";

/* What was asked is frozen: where it is gone, an edit has a request without words, and says so by that. What was asked
 * of an edit that is an original now is its title. */
static const char fill_steps[] =
  "CREATE TEMP TABLE asked AS SELECT place.id AS step, r.id AS request FROM place JOIN got_step ON got_step.id ="
  " place.id"
  "  LEFT JOIN got_request AS r ON r.id = got_step.request AND r.body IS NOT NULL"
  "  AND r.id < " FIRST_MADE_REQUEST " WHERE place.parent IS NOT NULL;"
  "INSERT INTO main.request SELECT id, body FROM got_request WHERE id IN (SELECT request FROM asked);"
  "INSERT INTO main.request SELECT " FIRST_MADE_REQUEST " + asked.step,"
  "  '{\"instruction\":\"\",\"model\":' || json_quote (ifnull (substr (model, 1, 200), 'unknown/unknown')) ||"
  " ',\"parameters\":{}}'"
  "  FROM asked LEFT JOIN got_job ON got_job.step = asked.step WHERE request IS NULL;"
  "UPDATE asked SET request = " FIRST_MADE_REQUEST " + step WHERE request IS NULL;"
  "INSERT INTO main.step (id, uuid, kind, parent, original, request, picture, title, rating, created, row, take)"
  "  SELECT place.id, place.uuid, CASE WHEN place.parent IS NULL THEN 'original' ELSE 'edit' END, place.parent,"
  "  place.original, asked.request, place.picture, ifnull (title, CASE WHEN place.parent IS NULL THEN"
  "    (SELECT substr (json_extract (body, '$.instruction'), 1, 1000) FROM got_request WHERE got_request.id ="
  " got_step.request)"
  "  END), CASE WHEN rating BETWEEN 0 AND 5 THEN rating ELSE 0 END,"
  "  ifnull (created, ''), CASE WHEN place.parent IS NOT NULL THEN row END,"
  "  CASE WHEN place.parent IS NOT NULL AND take > 0 THEN take END"
  "  FROM place JOIN got_step ON got_step.id = place.id LEFT JOIN asked ON asked.step = place.id;"
  "INSERT INTO main.request_picture SELECT request, place, ifnull (role, ''), picture FROM got_request_picture"
  "  WHERE request IN (SELECT id FROM main.request) AND place > 0 AND picture IS NOT NULL;";

/* A version whose picture is gone goes only where the step has another or a reply to show. */
static const char fill_results[] =
  "INSERT INTO main.reply SELECT got_reply.step, got_reply.picture, ifnull (received, '') FROM got_reply"
  "  JOIN place ON id = got_reply.step WHERE parent IS NOT NULL AND got_reply.picture IS NOT NULL;"
  "UPDATE got_version SET a0 = NULL, a1 = NULL, a2 = NULL, a3 = NULL, a4 = NULL, a5 = NULL"
  "  WHERE a0 + a1 + a2 + a3 + a4 + a5 IS NULL;"
  "INSERT INTO main.version SELECT step, n, got_version.picture, a0, a1, a2, a3, a4, a5, facts, ifnull (made, '')"
  "  FROM got_version JOIN place ON id = step LEFT JOIN shown USING (step)"
  "  WHERE parent IS NOT NULL AND got_version.picture IS NOT NULL AND n > 0"
  "  AND (shown.picture IS NULL OR got_version.picture IN (SELECT digest FROM whole));"
  "INSERT INTO main.version SELECT step, 1, shown.picture, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ''"
  "  FROM shown JOIN place ON id = step WHERE parent IS NOT NULL AND step NOT IN (SELECT step FROM main.version);"

  /* Whether money was spent is not known where the job is gone. */
  "INSERT INTO main.job SELECT asked.step, ifnull (provider, 'unknown'),"
  "  ifnull (model, json_extract (body, '$.model')),"
  "  CASE WHEN asked.step IN (SELECT step FROM main.version) THEN"
  "    CASE WHEN state IN ('received', 'landing') OR state IS NULL THEN 'done' ELSE state END"
  "  WHEN state IN ('received', 'landing', 'done') OR state IS NULL THEN 'failed' ELSE state END,"
  "  ticket, estimate, quoted, settled, ifnull (charged, 'unknown'), seconds, error_code, error_reason, error_subject,"
  "  error_detail, ifnull (changed, '')"
  "  FROM asked JOIN main.request AS r ON r.id = asked.request LEFT JOIN got_job ON got_job.step = asked.step;"
  "UPDATE main.job SET model = 'unknown/unknown' WHERE instr (model, '/') < 2;"
  "UPDATE main.job SET provider = substr (model, 1, instr (model, '/') - 1);"
  "UPDATE main.job SET error_code = 'corrupt', error_reason = 'damaged' WHERE state = 'failed' AND error_code IS NULL;";

/* Steps are numbered without gaps, so that one that is gone is one that is missing, or spoken of behind the last. */
static gboolean
count_steps (ReshootSalvage  *self,
             GError         **error)
{
  static const char gone[] =
    "SELECT ifnull (max (id), 0) - count (*) + (SELECT count (*) FROM ("
    "  SELECT id FROM got_step UNION SELECT step FROM got_job UNION SELECT step FROM got_reply"
    "  UNION SELECT step FROM got_version UNION SELECT child FROM got_visit UNION SELECT step FROM said"
    ") AS spoken WHERE typeof (spoken.id) = 'integer' AND spoken.id <= " G_STRINGIFY (MAX_STEPS)
    "  AND spoken.id > (SELECT ifnull (max (id), 0) FROM main.step)) FROM main.step";
  gint64 count = 0;

  if (!reshoot_database_get_integer (self->database, gone, &count, error))
    return FALSE;

  self->damage->n_steps = CLAMP (count, 0, MAX_STEPS);
  return TRUE;
}

static char *
new_uuid (const char *text)
{
  return g_uuid_string_random ();
}

/* A picture that is whole and that no step has, because its step is gone, is an original: what can be seen is kept. */
static gboolean
keep_pictures (ReshootSalvage  *self,
               GError         **error)
{
  static const char find[] =
    "CREATE TEMP TABLE stray AS SELECT digest FROM whole WHERE digest NOT IN ("
    "  SELECT picture FROM main.step WHERE picture IS NOT NULL UNION SELECT picture FROM main.version"
    "  UNION SELECT picture FROM main.reply UNION SELECT picture FROM main.request_picture"
    "  UNION SELECT base FROM main.tiling);";
  static const char keep[] =
    "INSERT INTO main.step (id, uuid, kind, original, picture, created)"
    "  SELECT first.id + row_number () OVER (ORDER BY digest), new_uuid (digest), 'original',"
    "  first.id + row_number () OVER (ORDER BY digest), digest, ''"
    "  FROM stray, (SELECT ifnull (max (id), 0) AS id FROM main.step) AS first ORDER BY digest;";
  gint64 count = 0;

  if (!reshoot_database_add_function (self->database, "new_uuid", new_uuid, error) ||
      !reshoot_database_execute (self->database, find, error) ||
      !reshoot_database_execute (self->database, keep, error) ||
      !reshoot_database_get_integer (self->database, "SELECT count (*) FROM stray", &count, error))
    return FALSE;

  self->damage->n_moved += CLAMP (count, 0, MAX_STEPS);
  return TRUE;
}

/*
 * reshoot_salvage_build_steps:
 * @self: a salvage whose pictures are found
 * @error: return location
 *
 * Returns: whether our tables hold the tree now
 */
gboolean
reshoot_salvage_build_steps (ReshootSalvage  *self,
                             GError         **error)
{
  g_autoptr (GHashTable) originals = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                            g_free);
  g_autoptr (GHashTable) by_picture = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                             g_free);
  g_autoptr (GHashTable) uuids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Building building = { self, originals, by_picture, uuids };

  return reshoot_database_execute (self->database, recover_steps, error) &&
         reshoot_database_execute (self->database, recover_jobs, error) &&
         reshoot_database_execute (self->database, find_shown, error) &&
         place_steps (&building, error) &&
         reshoot_database_execute (self->database, fill_pictures, error) &&
         reshoot_database_execute (self->database, fill_steps, error) &&
         reshoot_database_execute (self->database, fill_results, error) &&
         count_steps (self, error) &&
         keep_pictures (self, error);
}
