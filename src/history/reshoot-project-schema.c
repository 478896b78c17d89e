/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a file's schema is ours. A fresh file runs all steps of reshoot-project-tables.c, an older file those it
 * lacks, and a file is ours if its schema is, word for word, what those steps give. */

#include "reshoot-project-schema.h"

#include "reshoot-error.h"

/* "RSHT", as `file` and the database's header show it. */
#define APPLICATION_ID 0x52534854

/* The tables read when a project opens. The pictures' own tables are left to their digests: quick_check would read
 * every byte of them. */
static const struct
{
  gint64      since;   /* the first version that has it */
  const char *name;
} small_tables[] = {
  { 1, "meta" }, { 1, "picture" }, { 1, "request" }, { 1, "step" }, { 1, "job" }, { 1, "reply" }, { 1, "version" },
  { 1, "view" }, { 1, "visit" }, { 2, "tiling" }, { 2, "picture_tile" }, { 2, "request_picture" }, { 2, "branch" },
  { 2, "tag" }, { 2, "verdict" }, { 2, "note" }, { 2, "bin" }, { 2, "purged_picture" }, { 2, "joined" },
};

static void
set_not_a_project (GError    **error,
                   const char *detail)
{
  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "not-a-project", NULL, "%s", detail);
}

/*
 * reshoot_schema_probe:
 * @database: a connection
 * @state: (out): what it is
 * @error: return location
 *
 * Errors: `CORRUPT` "not-a-project".
 *
 * Returns: whether it is a project, or empty
 */
gboolean
reshoot_schema_probe (ReshootDatabase     *database,
                      ReshootSchemaState  *state,
                      GError             **error)
{
  gint64 id = 0;
  gint64 version = 0;
  gint64 n_tables = 0;

  if (!reshoot_database_get_integer (database, "PRAGMA application_id", &id, error) ||
      !reshoot_database_get_integer (database, "PRAGMA user_version", &version, error) ||
      !reshoot_database_get_integer (database, "SELECT count (*) FROM sqlite_schema", &n_tables, error))
    return FALSE;

  if (id == 0 && version == 0 && n_tables == 0)
    {
      *state = RESHOOT_SCHEMA_EMPTY;
      return TRUE;
    }

  if (id != APPLICATION_ID || version < 1)
    {
      set_not_a_project (error, "another program's database");
      return FALSE;
    }

  if (version > RESHOOT_SCHEMA_NEWEST)
    *state = RESHOOT_SCHEMA_NEWER;
  else if (version < RESHOOT_SCHEMA_NEWEST)
    *state = RESHOOT_SCHEMA_OLDER;
  else
    *state = RESHOOT_SCHEMA_OURS;

  return TRUE;
}

static gboolean
run_migrations (ReshootDatabase  *database,
                gint64            from,
                gint64            to,
                GError          **error)
{
  for (gint64 i = from; i < to; i++)
    {
      g_debug ("project schema: to version %" G_GINT64_FORMAT, i + 1);
      if (!reshoot_database_execute (database, reshoot_schema_get_migration (i), error))
        return FALSE;
    }

  return TRUE;
}

/*
 * reshoot_schema_migrate:
 * @database: a write connection on an empty database or an older project, inside a transaction
 * @error: return location
 *
 * Returns: whether it is at the newest version now
 */
gboolean
reshoot_schema_migrate (ReshootDatabase  *database,
                        GError          **error)
{
  g_autofree char *pragmas = NULL;
  gint64 version = 0;

  if (!reshoot_database_get_integer (database, "PRAGMA user_version", &version, error) ||
      !run_migrations (database, version, RESHOOT_SCHEMA_NEWEST, error))
    return FALSE;

  pragmas = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID,
                             RESHOOT_SCHEMA_NEWEST);
  return reshoot_database_execute (database, pragmas, error);
}

/*
 * reshoot_schema_bridge:
 * @database: a connection that only reads
 * @error: return location
 *
 * Returns: whether a file of an older version can be read through @database as if it were of ours
 */
gboolean
reshoot_schema_bridge (ReshootDatabase  *database,
                       GError          **error)
{
  gint64 version = 0;

  if (!reshoot_database_get_integer (database, "PRAGMA user_version", &version, error))
    return FALSE;

  for (gint64 i = MAX (version, 1); i < RESHOOT_SCHEMA_NEWEST; i++)
    if (!reshoot_database_execute (database, reshoot_schema_get_bridge (i), error))
      return FALSE;

  return TRUE;
}

/*
 * reshoot_schema_dup_words:
 * @database: a connection
 * @error: return location
 *
 * Returns: (transfer full): every object of its schema in one text, in a fixed order
 */
char *
reshoot_schema_dup_words (ReshootDatabase *database,
                          GError         **error)
{
  return reshoot_database_dup_text (database,
                                    "SELECT group_concat (part, char (10)) FROM ("
                                    "  SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull (sql, '') AS part"
                                    "  FROM sqlite_schema ORDER BY type, name)", error);
}

/* Whether @theirs is, word for word, what the steps up to @version give. */
static gboolean
compare_words (const char  *theirs,
               gint64       version,
               gboolean    *same,
               GError     **error)
{
  g_autoptr (ReshootDatabase) model = reshoot_database_open (":memory:", 0, error);
  g_autofree char *ours = NULL;

  if (model == NULL || !run_migrations (model, 0, version, error))
    return FALSE;

  ours = reshoot_schema_dup_words (model, error);
  *same = g_strcmp0 (ours, theirs) == 0;
  return ours != NULL;
}

/*
 * reshoot_schema_check_words:
 * @database: a connection on a project, of our version or an older one; not yet bridged
 * @error: return location
 *
 * Errors: `CORRUPT` "schema".
 *
 * Returns: whether its tables are word for word those of its version
 */
gboolean
reshoot_schema_check_words (ReshootDatabase *database,
                            GError         **error)
{
  g_autofree char *theirs = NULL;
  g_autofree char *digest = NULL;
  gint64 version = 0;
  gint64 n_shared = 0;
  gboolean same;

  if (!reshoot_database_get_integer (database, "PRAGMA user_version", &version, error) ||
      !reshoot_database_get_integer (database,
                                     "SELECT count (*) - count (DISTINCT rootpage) FROM sqlite_schema"
                                     " WHERE rootpage > 0", &n_shared, error))
    return FALSE;

  theirs = reshoot_schema_dup_words (database, error);
  if (theirs == NULL)
    return FALSE;

  /* To make all tables again only to see their words takes long; it is left to what is not as it always is. */
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, theirs, -1);
  same = version == RESHOOT_SCHEMA_NEWEST && g_str_equal (digest, RESHOOT_SCHEMA_DIGEST);
  if (!same && !compare_words (theirs, version, &same, error))
    return FALSE;

  /* Two tables in one place would each write into the other. */
  if (same && n_shared == 0)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "schema", NULL, "the schema is not the one of its version");
  return FALSE;
}

/* SQLite does not know the constraints of a file that it can only read, so that quick_check says nothing of them. */
static gboolean
check_constraints (ReshootDatabase  *database,
                   gint64            version,
                   GError          **error)
{
  static const struct
  {
    gint64      since;
    const char *name;
    const char *broken;   /* the rows that are */
  } constraints[] = {
    { 1, "picture", "length (digest) <> 64 OR width < 1 OR height < 1 OR size < 1" },
    { 1, "step",
      "kind NOT IN ('original', 'edit') OR rating NOT BETWEEN 0 AND 5 OR (kind = 'original') <> (parent IS NULL)"
      " OR (kind = 'original') <> (request IS NULL) OR (kind = 'original') <> (picture IS NOT NULL)"
      " OR (kind = 'original') <> (original = id)" },
    { 1, "job", "charged NOT IN ('no', 'yes', 'unknown')" },
    { 1, "version", "n < 1" },
    { 1, "view", "key <> 'head'" },
    { 2, "step", "take < 1" },
    { 2, "job", "estimate < 0 OR quoted < 0 OR settled < 0" },
    { 2, "tiling", "picture = base" },
    { 2, "picture_tile", "y < 0 OR x < 0" },
    { 2, "request_picture", "place < 1" },
    { 2, "verdict", "verdict NOT IN ('accept', 'reject')" },
    { 2, "joined", "length (head) <> 64" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (constraints); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM %s WHERE %s)", constraints[i].name,
                                              constraints[i].broken);
      gint64 is_broken = FALSE;

      if (constraints[i].since > version)
        continue;

      if (!reshoot_database_get_integer (database, sql, &is_broken, error))
        return FALSE;

      if (is_broken)
        {
          reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "damaged", constraints[i].name, "%s",
                             constraints[i].broken);
          return FALSE;
        }
    }

  return TRUE;
}

/*
 * reshoot_schema_check_tables:
 * @database: a connection on a project whose schema is that of its version; not yet bridged
 * @error: return location
 *
 * Errors: `CORRUPT` "damaged".
 *
 * Returns: whether the small tables are sound
 */
gboolean
reshoot_schema_check_tables (ReshootDatabase  *database,
                             GError          **error)
{
  gint64 version = 0;

  if (!reshoot_database_get_integer (database, "PRAGMA user_version", &version, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (small_tables); i++)
    if (small_tables[i].since <= version &&
        !reshoot_database_quick_check (database, small_tables[i].name, error))
      return FALSE;

  return !reshoot_database_is_read_only (database) || check_constraints (database, version, error);
}

/*
 * reshoot_schema_check:
 * @database: a connection on a project, of our version or an older one; not yet bridged
 * @state: what it is; a newer project's schema cannot be known and is taken as it is
 * @error: return location
 *
 * Errors: `CORRUPT` "schema" or "damaged".
 *
 * Returns: whether the schema is ours and the small tables are sound
 */
gboolean
reshoot_schema_check (ReshootDatabase     *database,
                      ReshootSchemaState   state,
                      GError             **error)
{
  if (state == RESHOOT_SCHEMA_NEWER)
    return TRUE;

  return reshoot_schema_check_words (database, error) &&
         reshoot_schema_check_tables (database, error);
}
