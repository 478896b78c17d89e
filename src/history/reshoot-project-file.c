/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootProjectFile: the file under a project and who may write it. What becomes of the file while it is open, and of
 * the log beside it, is in reshoot-project-file-log.c.
 *
 * One writer: an exclusive flock on a descriptor of our own, opened before the first connection and closed after the
 * last. There are two traps in it. SQLite's own locks are of the POSIX kind, and those are dropped when this process
 * closes *any* descriptor of the file. So the descriptor lives until every connection is gone, and before we open one
 * at all we look whether this process writes the file already: then we are a reader beside ourselves and open none. And
 * on a network mount a flock of the file is a POSIX lock of all of it to the server, which would keep SQLite out: there
 * a small file beside it is locked instead. Where nothing can be locked at all, nobody writes. */

#include "reshoot-project-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reshoot-error.h"
#include "reshoot-project-file-private.h"

/* To see without moving the real id whether a folder can be written. */
#define FOLDER_RIGHTS (W_OK | X_OK)

/* A lock file is taken away by who closes, and somebody may have opened it just before: then the next one is tried. */
#define LOCK_TRIES 10

static void
set_error_from_errno (GError    **error,
                      int         number,
                      const char *path)
{
  g_autoptr (GError) io = NULL;

  io = g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (number), g_strerror (number));
  g_propagate_error (error, reshoot_error_new_from_io (io, path));
}

/* Whether this process has that file open for writing already. */
static gboolean
is_written_here (dev_t device,
                 ino_t inode)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      int fd = atoi (name);
      struct stat info;

      if (fstat (fd, &info) == 0 && info.st_dev == device && info.st_ino == inode &&
          (fcntl (fd, F_GETFL) & O_ACCMODE) == O_RDWR)
        return TRUE;
    }

  return FALSE;
}

/* A folder, a pipe or a device is no place for a project, and opening one may hang. */
static gboolean
check_kind (const struct stat *info,
            const char        *path,
            GError           **error)
{
  if (S_ISREG (info->st_mode))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST,
                     S_ISDIR (info->st_mode) ? "directory" : "not-a-file", path, "not a regular file");
  return FALSE;
}

/* The log stands beside the file, so the folder must be writable too. */
static gboolean
is_folder_writable (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return faccessat (AT_FDCWD, folder, FOLDER_RIGHTS, AT_EACCESS) == 0;
}

static char *
dup_lock_path (ReshootProjectFile *self)
{
  return g_strconcat (self->path, "-lock", NULL);
}

/* Whether the file that is locked is still the one of that name. */
static gboolean
is_lock_there (ReshootProjectFile *self,
               const char         *path)
{
  struct stat ours;
  struct stat theirs;

  return fstat (self->lock_fd, &ours) == 0 && g_stat (path, &theirs) == 0 &&
         ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
}

static void
close_lock (ReshootProjectFile *self)
{
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
}

/* Returns: 0, or what keeps us from locking: EWOULDBLOCK is somebody else. */
static int
lock_beside (ReshootProjectFile *self)
{
  g_autofree char *path = dup_lock_path (self);
  int number = EWOULDBLOCK;

  for (guint i = 0; i < LOCK_TRIES; i++)
    {
      self->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, 0666);
      if (self->lock_fd < 0)
        return errno;

      number = flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
      if (number != 0 || is_lock_there (self, path))
        break;

      close_lock (self);
    }

  if (number != 0)
    close_lock (self);
  return number;
}

/* What keeps us from locking makes us a reader, but for a full disk: that is an error. */
static gboolean
lock (ReshootProjectFile  *self,
      ReshootFileFlags     flags,
      GError             **error)
{
  int number;

  self->can_log = (flags & RESHOOT_FILE_NETWORK) == 0 &&
                  !reshoot_project_file_is_networked (self->fd);
  if (self->can_log)
    number = flock (self->fd, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
  else
    number = lock_beside (self);

  if (number == 0)
    {
      self->access = RESHOOT_FILE_WRITABLE;
      return TRUE;
    }

  close (self->fd);
  self->fd = -1;
  if (number == ENOSPC || number == EDQUOT)
    {
      set_error_from_errno (error, number, self->path);
      return FALSE;
    }

  self->access = number == EWOULDBLOCK ? RESHOOT_FILE_BUSY : RESHOOT_FILE_READ_ONLY;
  self->why = number == EWOULDBLOCK ? "locked" : number == EROFS ? "read-only" : "no-lock";
  return TRUE;
}

/* Opens the descriptor and takes the lock; whatever keeps us from it is no error but makes us a reader. */
static gboolean
acquire (ReshootProjectFile  *self,
         ReshootFileFlags     flags,
         gboolean             create,
         GError             **error)
{
  struct stat info;

  self->fd = g_open (self->path, O_RDWR | O_CLOEXEC | O_NOCTTY | (create ? O_CREAT : 0), 0666);
  if (self->fd < 0)
    {
      if (!create && (errno == EACCES || errno == EPERM || errno == EROFS || errno == ETXTBSY))
        return TRUE;

      set_error_from_errno (error, errno, self->path);
      return FALSE;
    }

  if (fstat (self->fd, &info) != 0)
    {
      set_error_from_errno (error, errno, self->path);
      return FALSE;
    }

  if (!check_kind (&info, self->path, error))
    return FALSE;

  self->device = info.st_dev;
  self->inode = info.st_ino;
  return lock (self, flags, error);
}

/* A file in rest is not in log mode, and no log belongs to it: one that lies there is another file's, left over when
 * this
 * one was put in its place, and SQLite would mix the two. */
static gboolean
check_log (ReshootProjectFile  *self,
           const guint8        *header,
           GError             **error)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  struct stat info;

  if (header[18] != 1 || g_stat (log, &info) != 0 || info.st_size == 0)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "foreign-log", log, "a log that is not this file's");
  return FALSE;
}

/* SQLite takes a very short file for an empty one and would fill it: a person's note is not to be lost that way. */
static gboolean
check_first_bytes (ReshootProjectFile *self,
                   GError            **error)
{
  static const char magic[16] = "SQLite format 3";
  guint8 bytes[20] = { 0 };
  int fd = self->fd >= 0 ? self->fd : g_open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  gssize n_read = fd >= 0 ? pread (fd, bytes, sizeof bytes, 0) : -1;
  int number = errno;

  if (fd >= 0 && fd != self->fd)
    close (fd);

  if (n_read == 0)
    return TRUE;

  if (n_read == sizeof bytes && memcmp (bytes, magic, sizeof magic) == 0)
    return check_log (self, bytes, error);

  if (n_read < 0)
    set_error_from_errno (error, number, self->path);
  else
    reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "not-a-project", self->path, "not a database");

  return FALSE;
}

/*
 * reshoot_project_file_open:
 * @path: an absolute path
 * @flags: whether to make the file if it is not there, whether to try to write
 * @error: return location
 *
 * Errors: `INVALID_REQUEST` "missing", "directory" or "not-a-file"; `CORRUPT` "not-a-project"; with @create what keeps
 * a file from being made.
 *
 * Returns: (transfer full): the file, locked if it can be written, or %NULL
 */
ReshootProjectFile *
reshoot_project_file_open (const char        *path,
                           ReshootFileFlags   flags,
                           GError           **error)
{
  gboolean create = (flags & RESHOOT_FILE_CREATE) != 0;
  gboolean read_only = (flags & RESHOOT_FILE_ONLY_READ) != 0;
  g_autoptr (ReshootProjectFile) self = g_atomic_rc_box_new0 (ReshootProjectFile);
  struct stat info;
  gboolean is_there;

  self->path = g_strdup (path);
  self->fd = -1;
  self->lock_fd = -1;
  self->access = RESHOOT_FILE_READ_ONLY;
  self->why = "read-only";

  is_there = g_stat (path, &info) == 0;
  if (!is_there && (errno != ENOENT || !create || read_only))
    {
      set_error_from_errno (error, errno, path);
      return NULL;
    }

  if (is_there)
    {
      if (!check_kind (&info, path, error))
        return NULL;

      if (faccessat (AT_FDCWD, path, R_OK, AT_EACCESS) != 0)
        {
          set_error_from_errno (error, errno, path);
          return NULL;
        }

      self->device = info.st_dev;
      self->inode = info.st_ino;
      if (is_written_here (info.st_dev, info.st_ino))
        {
          self->access = RESHOOT_FILE_BUSY;
          self->why = "locked";
        }
    }

  self->is_new = !is_there;
  if (!read_only && self->access != RESHOOT_FILE_BUSY && (!is_there || is_folder_writable (path)))
    if (!acquire (self, flags, create && !is_there, error))
      return NULL;

  /* Who is busy has looked already, and a descriptor that we close might be one too many. */
  if (self->access != RESHOOT_FILE_BUSY && !check_first_bytes (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

ReshootProjectFile *
reshoot_project_file_ref (ReshootProjectFile *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
file_clear (gpointer data)
{
  ReshootProjectFile *self = data;
  g_autofree char *lock_path = dup_lock_path (self);

  /* Taken away while it is still locked, so that nobody else's is. */
  if (self->lock_fd >= 0)
    g_unlink (lock_path);
  close_lock (self);

  if (self->fd >= 0)
    close (self->fd);

  g_free (self->path);
}

void
reshoot_project_file_unref (ReshootProjectFile *self)
{
  g_atomic_rc_box_release_full (self, file_clear);
}

const char *
reshoot_project_file_get_path (ReshootProjectFile *self)
{
  return self->path;
}

ReshootFileAccess
reshoot_project_file_get_access (ReshootProjectFile *self)
{
  return self->access;
}

/* What keeps us from writing: "locked", "read-only", "no-lock" where files cannot be locked, "log-ignored" where the
 * log that a crash left cannot even be read. */
const char *
reshoot_project_file_get_why (ReshootProjectFile *self)
{
  return self->why;
}

/* Takes a file away that we made and could not fill, with what SQLite put beside it. */
void
reshoot_project_file_discard (ReshootProjectFile *self)
{
  static const char *const beside[] = { "", "-journal", "-wal", "-shm" };

  for (guint i = 0; self->is_new && i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_strconcat (self->path, beside[i], NULL);

      g_unlink (path);
    }
}

/* SQLite opens a file only when it is first read. */
gboolean
reshoot_project_file_try_reading (ReshootDatabase  *database,
                                  GError          **error)
{
  gint64 ignored = 0;

  return reshoot_database_get_integer (database, "SELECT count (*) FROM sqlite_schema", &ignored, error);
}

/* A read connection on a sound file, see reshoot_project_file_read_as(). */
ReshootDatabase *
reshoot_project_file_read (ReshootProjectFile *self,
                           GError            **error)
{
  ReshootDatabaseFlags flags = 0;

  return reshoot_project_file_read_as (self, &flags, error);
}

/*
 * reshoot_project_file_read_as:
 * @self: a file
 * @flags: (inout): what else the connection shall be; then with what it was opened
 * @error: return location
 *
 * A file left in log mode needs its log and an index beside it even to be read. Where those cannot be made, on a
 * medium that lets nobody write, the file is taken as it is, and what the log holds is missing.
 *
 * Returns: (transfer full): a read connection, or %NULL
 */
ReshootDatabase *
reshoot_project_file_read_as (ReshootProjectFile    *self,
                              ReshootDatabaseFlags  *flags,
                              GError               **error)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autoptr (ReshootDatabase) database = NULL;
  g_autoptr (GError) local = NULL;
  struct stat info;

  *flags |= RESHOOT_DATABASE_READ_ONLY;
  database = reshoot_database_open (self->path, *flags, &local);
  if (database != NULL && reshoot_project_file_try_reading (database, &local))
    return g_steal_pointer (&database);

  if (self->access != RESHOOT_FILE_READ_ONLY ||
      g_error_matches (local, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  g_debug ("reading as it is: %s", local->message);
  g_clear_pointer (&database, reshoot_database_free);
  *flags |= RESHOOT_DATABASE_IMMUTABLE;
  database = reshoot_database_open (self->path, *flags, error);
  if (database == NULL || !reshoot_project_file_try_reading (database, error))
    return NULL;

  if (g_stat (log, &info) == 0 && info.st_size > 0)
    self->why = "log-ignored";

  return g_steal_pointer (&database);
}
