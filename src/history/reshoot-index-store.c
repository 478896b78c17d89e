/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootIndexStore: the file of the index, so that whoever works on it never finds it missing, damaged or locked away.
 * It hides that it is opened when it is first needed; that one which was deleted or damaged is made anew, the damaged
 * one moved aside and its journal taken over; and that where nothing can be written there is one in memory, with what
 * could be read, which is gone afterwards. */

#include "reshoot-index-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reshoot-error.h"
#include "reshoot-index-tables.h"

struct _ReshootIndexStore
{
  char            *path;
  gboolean         without_fts;   /* for tests: as if SQLite had no full text search */
  ReshootDatabase *database;      /* (owned) (nullable): not needed yet */
  gboolean         is_kept;       /* it is the file, not memory */
  gboolean         has_fts;
  dev_t            device;
  ino_t            inode;
};

/*
 * reshoot_index_store_new:
 * @path: where it lies, or is to lie
 * @without_fts: whether to do without full text search
 *
 * Returns: (transfer full): a store that has touched nothing yet
 */
ReshootIndexStore *
reshoot_index_store_new (const char *path,
                         gboolean    without_fts)
{
  ReshootIndexStore *self = g_new0 (ReshootIndexStore, 1);

  self->path = g_strdup (path);
  self->without_fts = without_fts;
  return self;
}

void
reshoot_index_store_free (ReshootIndexStore *self)
{
  g_clear_pointer (&self->database, reshoot_database_free);
  g_free (self->path);
  g_free (self);
}

const char *
reshoot_index_store_get_path (ReshootIndexStore *self)
{
  return self->path;
}

/* Whether what is written is there the next time. For a work. */
gboolean
reshoot_index_store_is_kept (ReshootIndexStore *self)
{
  return self->is_kept;
}

gboolean
reshoot_index_store_has_fts (ReshootIndexStore *self)
{
  return self->has_fts;
}

static gboolean
fill (ReshootIndexStore  *self,
      ReshootDatabase    *database,
      ReshootDatabase    *salvage,
      GError            **error)
{
  self->has_fts = !self->without_fts && reshoot_index_tables_have_fts (database);

  if (!reshoot_database_execute (database, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (reshoot_index_tables_make (database, self->has_fts, error) &&
      (salvage == NULL || reshoot_index_tables_salvage (salvage, database, error)) &&
      reshoot_database_execute (database, "COMMIT", error))
    return TRUE;

  reshoot_database_execute (database, "ROLLBACK", NULL);
  return FALSE;
}

/* An empty file for SQLite to fill. */
static gboolean
touch (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return FALSE;

  fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);

  /* Locks and log stand beside it. */
  return (fd >= 0 || errno == EEXIST) && faccessat (AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0 &&
         faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0;
}

/* Moves the file and what SQLite put beside it out of the way, and opens it there. */
static ReshootDatabase *
move_aside (const char *path)
{
  static const char *const beside[] = { "", "-wal", "-shm" };
  g_autofree char *stem = g_str_has_suffix (path, ".sqlite") ? g_strndup (path, strlen (path) - 7)
                                                             : g_strdup (path);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s-damaged-%s.sqlite", stem, time);

  for (guint i = 2; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s-damaged-%s-%u.sqlite", stem, time, i);
    }

  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *from = g_strconcat (path, beside[i], NULL);
      g_autofree char *to = g_strconcat (aside, beside[i], NULL);

      g_rename (from, to);
    }

  g_debug ("the index was damaged and is now %s", aside);
  return reshoot_database_open (aside, RESHOOT_DATABASE_READ_ONLY, NULL);
}

/* Opens what is there, or what is left in its place. @salvage: (nullable): a damaged file, whose journal comes over. */
static ReshootDatabase *
connect_to (ReshootIndexStore  *self,
            ReshootDatabase    *salvage,
            GError            **error)
{
  g_autoptr (ReshootDatabase) database = reshoot_database_open (self->path, 0, error);
  g_autoptr (GError) local = NULL;
  ReshootIndexState state;

  if (database == NULL)
    return NULL;

  state = reshoot_index_tables_probe (database, &local);
  if (local == NULL && state == RESHOOT_INDEX_NEWER)
    reshoot_set_error (&local, RESHOOT_ERROR_NEWER, "newer", self->path, "the index is a newer Reshoot's");
  else if (local == NULL && state == RESHOOT_INDEX_DAMAGED)
    reshoot_set_error (&local, RESHOOT_ERROR_CORRUPT, "damaged", self->path, "these are not our tables");

  if (local == NULL &&
      reshoot_database_execute (database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", &local) &&
      fill (self, database, salvage, &local))
    return g_steal_pointer (&database);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* Several programs may come upon the same damage: one mends it, and the others find it mended. */
static ReshootDatabase *
connect_or_mend (ReshootIndexStore  *self,
                 gboolean            is_damaged,
                 GError            **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int lock = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  g_autoptr (ReshootDatabase) database = NULL;
  g_autoptr (ReshootDatabase) damaged = NULL;
  g_autoptr (GError) local = NULL;
  struct stat info;
  gboolean same;

  if (lock >= 0)
    flock (lock, LOCK_EX);

  /* Damage may lie where opening does not look: then only another file than the one that had it will do. */
  same = is_damaged && g_stat (self->path, &info) == 0 && info.st_dev == self->device &&
         info.st_ino == self->inode;
  if (!same)
    database = connect_to (self, NULL, &local);

  if (same || g_error_matches (local, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT))
    {
      g_clear_error (&local);
      damaged = move_aside (self->path);
      if (touch (self->path))
        database = connect_to (self, damaged, &local);
    }

  if (lock >= 0)
    close (lock);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return g_steal_pointer (&database);
}

/* A copy of what can be read, and NULL where that is no index. */
static ReshootDatabase *
copy_to_memory (ReshootIndexStore *self)
{
  g_autoptr (ReshootDatabase) memory = reshoot_database_open (":memory:", 0, NULL);
  g_autoptr (ReshootDatabase) file = NULL;
  ReshootIndexState state = RESHOOT_INDEX_EMPTY;

  if (memory != NULL && g_file_test (self->path, G_FILE_TEST_IS_REGULAR))
    file = reshoot_database_open (self->path,
                                  RESHOOT_DATABASE_READ_ONLY | RESHOOT_DATABASE_IMMUTABLE, NULL);

  if (file != NULL)
    state = reshoot_index_tables_probe (file, NULL);

  if ((state == RESHOOT_INDEX_OURS || state == RESHOOT_INDEX_OLDER) &&
      reshoot_database_copy (file, memory, NULL, NULL, NULL, NULL) && fill (self, memory, NULL,
                                                                            NULL))
    return g_steal_pointer (&memory);

  return NULL;
}

static ReshootDatabase *
open_in_memory (ReshootIndexStore  *self,
                GError            **error)
{
  g_autoptr (ReshootDatabase) memory = copy_to_memory (self);

  if (memory != NULL)
    return g_steal_pointer (&memory);

  memory = reshoot_database_open (":memory:", 0, error);
  return memory != NULL && fill (self, memory, NULL, error) ? g_steal_pointer (&memory) : NULL;
}

static gboolean
open_store (ReshootIndexStore  *self,
            gboolean            is_damaged,
            GError            **error)
{
  g_autoptr (GError) local = NULL;
  struct stat info;

  if (touch (self->path))
    self->database = connect_or_mend (self, is_damaged, &local);

  self->is_kept = self->database != NULL && g_stat (self->path, &info) == 0;
  if (self->is_kept)
    {
      self->device = info.st_dev;
      self->inode = info.st_ino;
      return TRUE;
    }

  g_debug ("the index is not kept: %s", local != NULL ? local->message : "its place cannot be written");
  g_clear_pointer (&self->database, reshoot_database_free);
  self->database = open_in_memory (self, error);
  return self->database != NULL;
}

/* Someone may have deleted the file, or put another in its place. */
static gboolean
is_still_there (ReshootIndexStore *self)
{
  struct stat info;

  return !self->is_kept || (g_stat (self->path, &info) == 0 && info.st_dev == self->device &&
                            info.st_ino == self->inode);
}

static gboolean
run_once (ReshootIndexStore  *self,
          ReshootIndexWork    work,
          gpointer            data,
          GCancellable       *cancellable,
          gboolean            is_damaged,
          GError            **error)
{
  gboolean done;

  if (self->database != NULL && !is_still_there (self))
    g_clear_pointer (&self->database, reshoot_database_free);

  if (self->database == NULL && !open_store (self, is_damaged, error))
    return FALSE;

  reshoot_database_set_cancel (self->database, cancellable);
  done = work (self, self->database, data, cancellable, error);
  reshoot_database_set_cancel (self->database, NULL);
  return done;
}

/*
 * reshoot_index_store_run:
 * @self: a store
 * @work: what to do
 * @data: for @work
 * @cancellable: (nullable): stops a long statement
 * @error: return location
 *
 * Damage that @work comes upon is mended, and @work begun again.
 *
 * Returns: what @work did
 */
gboolean
reshoot_index_store_run (ReshootIndexStore  *self,
                         ReshootIndexWork    work,
                         gpointer            data,
                         GCancellable       *cancellable,
                         GError            **error)
{
  g_autoptr (GError) local = NULL;

  if (run_once (self, work, data, cancellable, FALSE, &local))
    return TRUE;

  if (g_error_matches (local, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT))
    {
      g_debug ("the index: %s", local->message);
      g_clear_pointer (&self->database, reshoot_database_free);
      return run_once (self, work, data, cancellable, TRUE, error);
    }

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* For a work that writes: as one transaction, which no other program comes between. */
gboolean
reshoot_index_store_change (ReshootIndexStore  *self,
                            ReshootIndexWork    work,
                            gpointer            data,
                            GCancellable       *cancellable,
                            GError            **error)
{
  if (!reshoot_database_execute (self->database, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (work (self, self->database, data, cancellable, error) &&
      reshoot_database_execute (self->database, "COMMIT", error))
    return TRUE;

  reshoot_database_execute (self->database, "ROLLBACK", NULL);
  return FALSE;
}
