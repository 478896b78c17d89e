/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The log beside a project's file: whether there can be one, and what becomes of both when somebody moves or removes
 * the file while it is open. What was acknowledged may stand in the log alone, so a file that is given another name
 * must have its log follow, and a file that is gone is not written any more.
 *
 * A log needs memory that all who read share, which a network mount has not. There SQLite's older way is taken: what is
 * about to be changed is copied aside, and each commit waits for the file itself. */

#include "reshoot-project-file-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "reshoot-error.h"

/* Where an SQLite file counts its changes, in bytes from its beginning. */
#define CHANGE_COUNTER 24

/* statfs() of mounts whose other side may be another machine. FUSE can be anything: it is taken for the slowest. */
static const guint32 networks[] = {
  0x00006969,   /* NFS */
  0x0000517b,   /* SMB */
  0xfe534d42,   /* SMB2 */
  0xff534d42,   /* CIFS */
  0x01021997,   /* 9P */
  0x65735546,   /* FUSE: sshfs and others */
  0x5346414f,   /* AFS */
  0x6b414653,   /* kAFS */
  0x73757245,   /* Coda */
  0x00c36400,   /* Ceph */
  0x0bd00bd0,   /* Lustre */
  0x47504653,   /* GPFS */
  0x01161970,   /* GFS2 */
  0x7461636f,   /* OCFS2 */
  0x786f4256,   /* VirtualBox shared folders */
};

/* Whether the file lies on a network mount, as far as the system says. */
gboolean
reshoot_project_file_is_networked (int fd)
{
  struct statfs info;

  for (guint i = 0; fstatfs (fd, &info) == 0 && i < G_N_ELEMENTS (networks); i++)
    if ((guint32) info.f_type == networks[i])
      return TRUE;

  return FALSE;
}

static ReshootDatabase *
connect_alone (ReshootProjectFile  *self,
               GError             **error)
{
  g_autoptr (ReshootDatabase) database = reshoot_database_open (self->path, 0, error);

  if (database == NULL ||
      !reshoot_database_execute (database, "PRAGMA locking_mode = EXCLUSIVE", error) ||
      !reshoot_project_file_try_reading (database, error))
    return NULL;

  return g_steal_pointer (&database);
}

/*
 * reshoot_project_file_connect:
 * @self: a file we write
 * @error: return location
 *
 * A write connection. The caller sets the log up, for a file that is no project must stay as it is. A log that a crash
 * left is read by one connection alone where there is no memory to share.
 *
 * Returns: (transfer full): a connection that has read, or %NULL
 */
ReshootDatabase *
reshoot_project_file_connect (ReshootProjectFile  *self,
                              GError             **error)
{
  g_autoptr (ReshootDatabase) database = NULL;
  g_autoptr (GError) local = NULL;

  if (!self->can_log)
    return connect_alone (self, error);

  database = reshoot_database_open (self->path, 0, &local);
  if (database != NULL && reshoot_project_file_try_reading (database, &local))
    return g_steal_pointer (&database);

  if (g_error_matches (local, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  g_debug ("without a log: %s", local->message);
  self->can_log = FALSE;
  g_clear_pointer (&database, reshoot_database_free);
  return connect_alone (self, error);
}

static void
note_log (ReshootProjectFile *self)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  struct stat info;

  self->log_inode = g_stat (log, &info) == 0 ? info.st_ino : 0;
}

/* Returns: whether there is a log; FALSE with @error unset where there cannot be one. */
static gboolean
begin_log (ReshootProjectFile  *self,
           ReshootDatabase     *database,
           GError             **error)
{
  g_autofree char *mode = NULL;
  g_autoptr (GError) local = NULL;

  mode = reshoot_database_dup_text (database, "PRAGMA journal_mode = WAL", &local);
  if (g_strcmp0 (mode, "wal") == 0 && reshoot_project_file_try_reading (database, &local))
    {
      note_log (self);
      return reshoot_database_execute (database,
                                       "PRAGMA synchronous = FULL;"
                                       "PRAGMA wal_autocheckpoint = 0;", error);
    }

  if (g_error_matches (local, RESHOOT_ERROR, RESHOOT_ERROR_NO_SPACE))
    g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

/*
 * reshoot_project_file_set_log:
 * @self: a file we write
 * @database: its first connection, from reshoot_project_file_connect()
 * @error: return location
 *
 * Sets up how commits are made safe: with a log where there can be one.
 *
 * Returns: whether they are
 */
gboolean
reshoot_project_file_set_log (ReshootProjectFile  *self,
                              ReshootDatabase     *database,
                              GError             **error)
{
  g_autofree char *mode = NULL;
  g_autoptr (GError) local = NULL;

  if (self->can_log && begin_log (self, database, &local))
    return TRUE;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  /* Alone while a log that is there is folded; after that others may read. */
  self->can_log = FALSE;
  if (!reshoot_database_execute (database, "PRAGMA locking_mode = EXCLUSIVE", error))
    return FALSE;

  mode = reshoot_database_dup_text (database, "PRAGMA journal_mode = TRUNCATE", error);
  if (mode == NULL)
    return FALSE;

  if (!g_str_equal (mode, "truncate"))
    {
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "disk", self->path, "the journal stays in mode %s", mode);
      return FALSE;
    }

  return reshoot_database_execute (database,
                                   "PRAGMA synchronous = FULL;"
                                   "PRAGMA locking_mode = NORMAL;", error) &&
         reshoot_project_file_try_reading (database, error);
}

/* Whether commits go to a log, which others can read beside and somebody has to fold. */
gboolean
reshoot_project_file_has_log (ReshootProjectFile *self)
{
  return self->can_log;
}

/* How often the file was changed, as its own header has it; without a log every commit counts there. */
guint32
reshoot_project_file_count_changes (ReshootProjectFile *self)
{
  guint32 number = 0;

  if (pread (self->fd, &number, sizeof number, CHANGE_COUNTER) != sizeof number)
    return 0;

  return GUINT32_FROM_BE (number);
}

static gboolean
leads_to (const char *path,
          dev_t       device,
          ino_t       inode)
{
  struct stat info;

  return g_stat (path, &info) == 0 && info.st_dev == device && info.st_ino == inode;
}

/* Whether what is opened by our path is our file. */
gboolean
reshoot_project_file_is_in_place (ReshootProjectFile *self)
{
  return self->inode == 0 || leads_to (self->path, self->device, self->inode);
}

/* (nullable): where our file is now, under whatever name. */
static char *
dup_place (ReshootProjectFile *self)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", self->fd);
  g_autofree char *path = g_file_read_link (link, NULL);

  if (path == NULL || !leads_to (path, self->device, self->inode))
    return NULL;

  return g_steal_pointer (&path);
}

/* Gives what stands beside the file its new name. A file that went with its whole folder has it there already. */
static gboolean
take_along (ReshootProjectFile *self,
            const char         *place,
            const char         *suffix)
{
  g_autofree char *from = g_strconcat (self->path, suffix, NULL);
  g_autofree char *to = g_strconcat (place, suffix, NULL);

  if (g_file_test (to, G_FILE_TEST_EXISTS))
    return !g_file_test (from, G_FILE_TEST_EXISTS);

  return g_rename (from, to) == 0;
}

/* The log first: with it the file is whole, whatever happens then. */
static gboolean
follow (ReshootProjectFile *self,
        const char         *place)
{
  if (self->log_inode == 0 || !take_along (self, place, "-wal") || !take_along (self, place, "-shm"))
    return FALSE;

  g_debug ("%s is now %s", self->path, place);
  g_free (self->path);
  self->path = g_strdup (place);
  self->moved = TRUE;
  return TRUE;
}

/*
 * reshoot_project_file_check:
 * @self: a file we write
 * @moved: (out) (transfer full) (nullable): its new path, when it has been followed there just now
 * @error: return location
 *
 * Called before each commit, on the writer's thread. A file with another name is followed where its log can be.
 *
 * Errors: `FAILED` "removed", "replaced" by another file, "moved", or "log-removed": what we write would be lost.
 *
 * Returns: whether what we write goes to the file, and the file has a name
 */
gboolean
reshoot_project_file_check (ReshootProjectFile  *self,
                            char               **moved,
                            GError             **error)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *place = NULL;
  const char *reason;

  if (leads_to (self->path, self->device, self->inode))
    {
      if (self->log_inode == 0 || leads_to (log, self->device, self->log_inode))
        return TRUE;

      reason = "log-removed";
    }
  else
    {
      place = dup_place (self);
      if (place != NULL && follow (self, place))
        {
          *moved = g_steal_pointer (&place);
          return TRUE;
        }

      if (place != NULL)
        reason = "moved";
      else
        reason = g_file_test (self->path, G_FILE_TEST_EXISTS) ? "replaced" : "removed";
    }

  reshoot_set_error (error, RESHOOT_ERROR_FAILED, reason, self->path, "the file was %s while it was open", reason);
  return FALSE;
}

static void
set_back (ReshootDatabase *database)
{
  g_autofree char *mode = NULL;
  g_autoptr (GError) error = NULL;

  mode = reshoot_database_dup_text (database, "PRAGMA journal_mode = DELETE", &error);
  g_debug ("closed with journal mode %s", mode != NULL ? mode : error->message);
}

static gboolean
fold (ReshootProjectFile  *self,
      ReshootDatabase     *database,
      gboolean             whole,
      GError             **error)
{
  g_autoptr (GError) local = NULL;

  if (reshoot_database_checkpoint (database, whole, &local))
    return TRUE;

  if (!g_error_matches (local, RESHOOT_ERROR, RESHOOT_ERROR_BUSY))
    g_atomic_int_set (&self->is_unsure, TRUE);

  g_debug ("folding the log: %s", local->message);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*
 * reshoot_project_file_fold_some:
 * @self: a file we write
 * @database: a connection for this alone
 *
 * Copies from the log into the file what nobody is in the way of. On the checkpointer's thread.
 *
 * A sync that fails has lost pages, and the system takes them for written: one that succeeds later says nothing of
 * them. SQLite counts pages as folded before they are synced when it cannot fold all, and would not copy those again.
 * So after one failure nothing is folded any more: the log has it all, and whoever opens the file next begins anew.
 */
void
reshoot_project_file_fold_some (ReshootProjectFile *self,
                                ReshootDatabase    *database)
{
  if (g_atomic_int_get (&self->is_unsure))
    g_debug ("the log is kept as it is");
  else
    fold (self, database, FALSE, NULL);
}

/*
 * reshoot_project_file_fold:
 * @self: a file we wrote
 * @database: (transfer full): the last connection to it
 * @error: return location
 *
 * Leaves one single file. A log that cannot be folded now, for a full disk or another's reading, is folded by the next
 * who opens. SQLite takes a log away by the name it knows: that of a file with a new name is left to a new connection,
 * that of a file that is gone to us.
 *
 * Returns: whether all that was written is in the file itself
 */
gboolean
reshoot_project_file_fold (ReshootProjectFile  *self,
                           ReshootDatabase     *database,
                           GError             **error)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *index = g_strconcat (self->path, "-shm", NULL);
  gboolean is_there = leads_to (self->path, self->device, self->inode);
  gboolean anew = g_atomic_int_get (&self->is_unsure) || self->moved;
  gboolean folded = anew || fold (self, database, TRUE, error);

  if (folded && !anew && is_there)
    set_back (database);
  if (anew || !folded)
    reshoot_database_keep_log (database);
  g_clear_pointer (&database, reshoot_database_free);

  if (anew && is_there)
    {
      database = reshoot_database_open (self->path, 0, error);
      folded = database != NULL && reshoot_project_file_try_reading (database, error) &&
               reshoot_database_checkpoint (database, TRUE, error);
      if (folded)
        set_back (database);
      else if (database != NULL)
        reshoot_database_keep_log (database);
      g_clear_pointer (&database, reshoot_database_free);
    }
  else if (!is_there && self->log_inode != 0 && !g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      g_unlink (log);
      g_unlink (index);
    }

  return folded;
}
