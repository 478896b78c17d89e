/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootDatabaseLog: how a connection that writes gets at the disk. SQLite writes a picture of 2 MB into its log in
 * 260 small pieces and only then has them made safe; half of the time goes into the pieces, and the disk idles
 * meanwhile. Here the pieces are gathered into larger ones, and the disk is told to begin with what is complete.
 *
 * Nothing of what SQLite promises changes. What was gathered is written before anything is read, measured, cut or
 * synced, and with each commit, whether a sync follows it or not; a sync is a sync. To begin early makes nothing safe
 * and is not relied upon: what stands in a log before its commit does not count.
 *
 * In SQLite's words it is a VFS around the usual one. It belongs to one connection and is known by its own name. */

#define _GNU_SOURCE

#include "reshoot-database-log.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* In bytes. SQLite's own VFS writes no more at once. */
#define MAX_GATHERED 0x1ffff

/* When so many bytes are written, the disk is told to begin. */
#define BEGIN_STEP (512 * 1024)

/* Before each page of a log: four bytes in it are not zero if a commit ends there. */
#define HEADER_SIZE   24
#define HEADER_COMMIT 4

struct _ReshootDatabaseLog
{
  sqlite3_vfs  vfs;
  sqlite3_vfs *real;      /* (unowned): SQLite's */
  char        *name;
};

typedef struct
{
  sqlite3_file  file;
  int           fd;          /* to tell the disk to begin; -1: it is not told */
  gboolean      is_commit;   /* the last piece was the header of a commit's last page */
  guint8       *gathered;    /* (owned): bytes to be written at @at */
  gsize         length;
  gint64        at;
  gint64        begun;       /* where what the disk was not told of begins */
  sqlite3_file *real;        /* behind this struct */
} LogFile;

static int
write_gathered (LogFile  *self,
                gboolean  begins)
{
  gsize length = self->length;
  int result;

  if (length == 0)
    return SQLITE_OK;

  self->length = 0;
  result = self->real->pMethods->xWrite (self->real, self->gathered, (int) length, self->at);
  self->at += length;
  if (begins && result == SQLITE_OK && self->fd >= 0 && self->at - self->begun >= BEGIN_STEP)
    {
      sync_file_range (self->fd, self->begun, self->at - self->begun, SYNC_FILE_RANGE_WRITE);
      self->begun = self->at;
    }

  return result;
}

static int
log_close (sqlite3_file *file)
{
  LogFile *self = (LogFile *) file;
  int written = write_gathered (self, FALSE);
  int result = self->real->pMethods->xClose (self->real);

  if (self->fd >= 0)
    close (self->fd);

  g_free (self->gathered);
  return written != SQLITE_OK ? written : result;
}

static int
log_read (sqlite3_file *file,
          void         *bytes,
          int           length,
          sqlite3_int64 offset)
{
  LogFile *self = (LogFile *) file;
  int result = write_gathered (self, TRUE);

  if (result != SQLITE_OK)
    return result;

  return self->real->pMethods->xRead (self->real, bytes, length, offset);
}

static int
log_write (sqlite3_file *file,
           const void   *bytes,
           int           length,
           sqlite3_int64 offset)
{
  static const guint8 no_commit[4] = { 0, };
  LogFile *self = (LogFile *) file;
  const guint8 *mark = (const guint8 *) bytes + HEADER_COMMIT;
  gboolean follows = self->length > 0 && offset == self->at + (gint64) self->length;
  gboolean is_last = self->is_commit;
  int result = SQLITE_OK;

  if (!follows || self->length + length > MAX_GATHERED)
    result = write_gathered (self, TRUE);

  if (result != SQLITE_OK)
    return result;

  if (length > MAX_GATHERED)
    return self->real->pMethods->xWrite (self->real, bytes, length, offset);

  if (self->length == 0)
    {
      if (offset != self->at)
        self->begun = offset;
      self->at = offset;
    }

  memcpy (self->gathered + self->length, bytes, length);
  self->length += length;
  self->is_commit = length == HEADER_SIZE && memcmp (mark, no_commit, sizeof no_commit) != 0;

  /* A header alone may be written again, so neither it nor its page waits. */
  return is_last || self->is_commit ? write_gathered (self, FALSE) : SQLITE_OK;
}

static int
log_truncate (sqlite3_file *file,
              sqlite3_int64 size)
{
  LogFile *self = (LogFile *) file;
  int result = write_gathered (self, FALSE);

  return result != SQLITE_OK ? result : self->real->pMethods->xTruncate (self->real, size);
}

static int
log_sync (sqlite3_file *file,
          int           flags)
{
  LogFile *self = (LogFile *) file;
  int result = write_gathered (self, FALSE);

  self->begun = self->at;
  return result != SQLITE_OK ? result : self->real->pMethods->xSync (self->real, flags);
}

static int
log_file_size (sqlite3_file  *file,
               sqlite3_int64 *size)
{
  LogFile *self = (LogFile *) file;
  int result = write_gathered (self, FALSE);

  return result != SQLITE_OK ? result : self->real->pMethods->xFileSize (self->real, size);
}

static int
log_lock (sqlite3_file *file,
          int           kind)
{
  LogFile *self = (LogFile *) file;

  return self->real->pMethods->xLock (self->real, kind);
}

static int
log_unlock (sqlite3_file *file,
            int           kind)
{
  LogFile *self = (LogFile *) file;

  return self->real->pMethods->xUnlock (self->real, kind);
}

static int
log_check_reserved_lock (sqlite3_file *file,
                         int          *is_reserved)
{
  LogFile *self = (LogFile *) file;

  return self->real->pMethods->xCheckReservedLock (self->real, is_reserved);
}

static int
log_file_control (sqlite3_file *file,
                  int           what,
                  void         *data)
{
  LogFile *self = (LogFile *) file;

  return self->real->pMethods->xFileControl (self->real, what, data);
}

static int
log_sector_size (sqlite3_file *file)
{
  LogFile *self = (LogFile *) file;

  return self->real->pMethods->xSectorSize (self->real);
}

static int
log_device_characteristics (sqlite3_file *file)
{
  LogFile *self = (LogFile *) file;

  return self->real->pMethods->xDeviceCharacteristics (self->real);
}

static const sqlite3_io_methods log_methods = {
  .iVersion = 1,
  .xClose = log_close,
  .xRead = log_read,
  .xWrite = log_write,
  .xTruncate = log_truncate,
  .xSync = log_sync,
  .xFileSize = log_file_size,
  .xLock = log_lock,
  .xUnlock = log_unlock,
  .xCheckReservedLock = log_check_reserved_lock,
  .xFileControl = log_file_control,
  .xSectorSize = log_sector_size,
  .xDeviceCharacteristics = log_device_characteristics,
};

static sqlite3_vfs *
get_real (sqlite3_vfs *vfs)
{
  return ((ReshootDatabaseLog *) vfs)->real;
}

/* Only the log is ours: every other file is opened as if we were not there. */
static int
vfs_open (sqlite3_vfs  *vfs,
          const char   *path,
          sqlite3_file *file,
          int           flags,
          int          *out_flags)
{
  sqlite3_vfs *real = get_real (vfs);
  LogFile *self = (LogFile *) file;
  int result;

  if ((flags & SQLITE_OPEN_WAL) == 0)
    return real->xOpen (real, path, file, flags, out_flags);

  memset (self, 0, sizeof *self);
  self->real = (sqlite3_file *) (self + 1);
  result = real->xOpen (real, path, self->real, flags, out_flags);
  if (self->real->pMethods == NULL)
    return result;

  self->fd = open (path, O_RDONLY | O_CLOEXEC);
  self->gathered = g_malloc (MAX_GATHERED);
  self->file.pMethods = &log_methods;
  return result;
}

static int
vfs_delete (sqlite3_vfs *vfs,
            const char  *path,
            int          syncs)
{
  return get_real (vfs)->xDelete (get_real (vfs), path, syncs);
}

static int
vfs_access (sqlite3_vfs *vfs,
            const char  *path,
            int          flags,
            int         *result)
{
  return get_real (vfs)->xAccess (get_real (vfs), path, flags, result);
}

static int
vfs_full_pathname (sqlite3_vfs *vfs,
                   const char  *path,
                   int          size,
                   char        *full)
{
  return get_real (vfs)->xFullPathname (get_real (vfs), path, size, full);
}

static int
vfs_randomness (sqlite3_vfs *vfs,
                int          size,
                char        *bytes)
{
  return get_real (vfs)->xRandomness (get_real (vfs), size, bytes);
}

static int
vfs_sleep (sqlite3_vfs *vfs,
           int          microseconds)
{
  return get_real (vfs)->xSleep (get_real (vfs), microseconds);
}

static int
vfs_current_time (sqlite3_vfs *vfs,
                  double      *days)
{
  return get_real (vfs)->xCurrentTime (get_real (vfs), days);
}

static int
vfs_get_last_error (sqlite3_vfs *vfs,
                    int          size,
                    char        *message)
{
  return get_real (vfs)->xGetLastError (get_real (vfs), size, message);
}

/* For one connection: give its name to sqlite3_open_v2(), and free it when the connection is closed. */
ReshootDatabaseLog *
reshoot_database_log_new (void)
{
  ReshootDatabaseLog *self = g_new0 (ReshootDatabaseLog, 1);

  self->real = sqlite3_vfs_find (NULL);
  self->name = g_strdup_printf ("reshoot-%p", (void *) self);
  self->vfs = (sqlite3_vfs) {
    .iVersion = 1,
    .szOsFile = (int) sizeof (LogFile) + self->real->szOsFile,
    .mxPathname = self->real->mxPathname,
    .zName = self->name,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_pathname,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_current_time,
    .xGetLastError = vfs_get_last_error,
  };
  sqlite3_vfs_register (&self->vfs, FALSE);
  return self;
}

void
reshoot_database_log_free (ReshootDatabaseLog *self)
{
  sqlite3_vfs_unregister (&self->vfs);
  g_free (self->name);
  g_free (self);
}

const char *
reshoot_database_log_get_name (ReshootDatabaseLog *self)
{
  return self->name;
}
