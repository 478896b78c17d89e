/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A damaged file, read as far as it goes. What comes out is a database of our version in memory, with the file attached
 * to it for the pictures' bytes: it is loaded and read like any project, and nothing of the file is written.
 *
 * Rows are read past damage (-stage), the ledger is taken as long as its chain holds, pictures are known by their
    digests
 * (-pictures), the tree is built of what is left (-steps), and then comes what people said of it (-labels). The schema
 * must be ours word for word: damage does not add triggers. */

#include "reshoot-project-salvage.h"

#include "reshoot-error.h"
#include "reshoot-project-schema.h"

/* How long the rows may take, in microseconds: a million of them take some seconds. */
#define MAX_TIME (30 * G_USEC_PER_SEC)

static gboolean
set_lost (const char  *detail,
          GError     **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "lost", NULL, "%s", detail);
  return FALSE;
}

/* Whether it is one of ours under its damage, and with what flags it can be read. */
static gboolean
look_at_file (ReshootProjectFile    *file,
              ReshootDatabaseFlags  *flags,
              gint64                *version,
              GError               **error)
{
  g_autoptr (ReshootDatabase) database = NULL;
  g_autoptr (GError) local = NULL;
  ReshootSchemaState state;

  *flags = RESHOOT_DATABASE_TOLERANT;
  database = reshoot_project_file_read_as (file, flags, &local);
  if (database == NULL || !reshoot_schema_probe (database, &state, &local))
    return set_lost (local->message, error);

  if (state == RESHOOT_SCHEMA_NEWER)
    {
      reshoot_set_error (error, RESHOOT_ERROR_NEWER, "newer", NULL, "damaged, and made by a newer Reshoot");
      return FALSE;
    }

  if (state == RESHOOT_SCHEMA_EMPTY)
    return set_lost ("nothing is in it", error);

  if (reshoot_schema_check_words (database, &local) &&
      reshoot_database_get_integer (database, "PRAGMA user_version", version, &local))
    return TRUE;

  if (g_strcmp0 (reshoot_error_get_reason (local), "schema") != 0)
    return set_lost (local->message, error);

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static ReshootDatabase *
open_memory (ReshootProjectFile    *file,
             ReshootDatabaseFlags   flags,
             GError               **error)
{
  g_autoptr (ReshootDatabase) database = reshoot_database_open (":memory:", RESHOOT_DATABASE_TOLERANT, error);

  if (database == NULL ||
      !reshoot_database_execute (database, "PRAGMA temp_store = MEMORY", error) ||
      !reshoot_schema_migrate (database, error) ||
      !reshoot_database_attach (database, reshoot_project_file_get_path (file), flags,
                                RESHOOT_SALVAGE_SOURCE, error))
    return NULL;

  return g_steal_pointer (&database);
}

static gboolean
count_into (ReshootSalvage  *self,
            const char      *sql,
            guint           *n,
            GError         **error)
{
  gint64 count = 0;

  if (!reshoot_database_get_integer (self->database, sql, &count, error))
    return FALSE;

  *n += CLAMP (count, 0, G_MAXINT);
  return TRUE;
}

/* Steps and entries are numbered without gaps, so that one that is missing can be told; so are notes. Of what has no
 * number a table with a hole has lost one at least. */
static gboolean
count_losses (ReshootSalvage  *self,
              GError         **error)
{
  static const char pictures[] =
    "SELECT (SELECT count (*) FROM lost) + (SELECT count (*) FROM got_picture WHERE digest IS NOT NULL"
    "  AND digest NOT IN (SELECT digest FROM main.picture) AND digest NOT IN (SELECT digest FROM got_purged_picture"
    "  WHERE digest IS NOT NULL))";
  static const char notes[] =
    "SELECT (SELECT max (ifnull (max (id), 0), count (*)) FROM got_note WHERE id < 1000000)"
    "  - (SELECT count (*) FROM main.note)"
    "  + (SELECT count (*) FROM got_verdict) - (SELECT count (*) FROM main.verdict)"
    "  + (SELECT count (*) FROM got_tag) - (SELECT count (*) FROM main.tag)"
    "  + (SELECT count (*) FROM got_branch) - (SELECT count (*) FROM main.branch)"
    "  + (SELECT count (*) FROM holes WHERE name IN ('note', 'verdict', 'tag', 'branch'))";
  static const char entries[] =
    "SELECT max (ifnull (max (n), 0), (SELECT count (*) FROM main.ledger)"
    "  + (SELECT count (*) FROM holes WHERE name = 'ledger')) - (SELECT count (*) FROM main.ledger)"
    "  FROM got_ledger WHERE n < 100000000";

  return count_into (self, pictures, &self->damage->n_pictures, error) &&
         count_into (self, notes, &self->damage->n_notes, error) &&
         count_into (self, entries, &self->damage->n_entries, error);
}

static gboolean
build (ReshootSalvage  *self,
       GError         **error)
{
  gint64 n_steps = 0;

  reshoot_database_set_deadline (self->database, self->deadline);
  if (!reshoot_salvage_stage (self, error))
    return FALSE;

  reshoot_database_set_deadline (self->database, 0);
  if (!reshoot_salvage_build_ledger (self, error) ||
      !reshoot_salvage_find_pictures (self, error) ||
      !reshoot_salvage_build_steps (self, error) ||
      !reshoot_salvage_build_labels (self, error) ||
      !reshoot_database_get_integer (self->database, "SELECT count (*) FROM main.step", &n_steps, error) ||
      !count_losses (self, error))
    return FALSE;

  return n_steps > 0 || set_lost ("no step can be read", error);
}

/*
 * reshoot_project_salvage:
 * @file: a file that is damaged
 * @damage: (out): what is lost
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Errors: `CORRUPT` "lost" where nothing can be saved, "schema" where it is no damage.
 *
 * Returns: (transfer full): a connection on what was saved, to be read as a project of our version, or %NULL
 */
ReshootDatabase *
reshoot_project_salvage (ReshootProjectFile  *file,
                         ReshootDamage       *damage,
                         GCancellable        *cancellable,
                         GError             **error)
{
  g_autoptr (ReshootDatabase) database = NULL;
  ReshootDatabaseFlags flags;
  ReshootSalvage salvage = { NULL, damage, cancellable, 0, g_get_monotonic_time () + MAX_TIME };

  *damage = (ReshootDamage) { 0 };
  if (!look_at_file (file, &flags, &salvage.version, error))
    return NULL;

  database = salvage.database = open_memory (file, flags, error);
  if (database == NULL)
    return NULL;

  reshoot_database_set_cancel (database, cancellable);
  if (!build (&salvage, error))
    return NULL;

  reshoot_database_set_cancel (database, NULL);
  return g_steal_pointer (&database);
}
