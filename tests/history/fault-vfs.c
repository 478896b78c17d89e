/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* FaultVfs: an SQLite VFS around the usual one, made the default of the process. From the n-th call of some kinds on,
 * each of them fails with a number of errno, turned into SQLite's result as its own VFS for Unix does, until it is
 * healed. It also knows what a power cut would leave: while it watches, it keeps for each file what was synced apart
 * from what was only written. A sync that fails has lost what it was asked to keep, as on real systems: the kernel
 * takes those pages for clean, and a later sync that succeeds says nothing about them. */

#include "fault-vfs.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

/* What a power cut leaves of one file. */
typedef struct
{
  GByteArray *kept;       /* as of the last sync */
  GPtrArray  *pending;    /* of Change: written since */
  guint       n_lost;     /* syncs that failed: every descriptor of the file is told once, as Linux does */
} Disk;

typedef struct
{
  gint64  offset;
  GBytes *bytes;          /* (nullable): NULL = the file ends at offset */
} Change;

struct _FaultVfs
{
  sqlite3_vfs  base;
  sqlite3_vfs *real;
  GMutex       lock;      /* writer, reader and checkpointer come here at once */
  gboolean     no_log;
  gboolean     watching;
  GHashTable  *disks;     /* path → Disk */

  FaultKinds   kinds;
  guint        nth;
  guint        n_calls;
  int          number;

  GCond        released;
  guint        hold_at;   /* 0: nothing is held */
  guint        n_writes;  /* since it is to be held */
};

typedef struct
{
  sqlite3_file  base;
  FaultVfs     *vfs;
  Disk         *disk;     /* (unowned) (nullable) */
  guint         n_told;
  int           number;   /* as SQLite keeps it: of the last call that failed */
  sqlite3_file *real;     /* behind this struct */
} FaultFile;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->bytes, g_bytes_unref);
  g_free (change);
}

static void
disk_free (gpointer data)
{
  Disk *disk = data;

  g_byte_array_unref (disk->kept);
  g_ptr_array_unref (disk->pending);
  g_free (disk);
}

static void
add_change (FaultFile  *file,
            gint64      offset,
            const void *data,
            int         length)
{
  Change *change;

  if (file->disk == NULL)
    return;

  change = g_new0 (Change, 1);
  change->offset = offset;
  change->bytes = data != NULL ? g_bytes_new (data, length) : NULL;
  g_mutex_lock (&file->vfs->lock);
  g_ptr_array_add (file->disk->pending, change);
  g_mutex_unlock (&file->vfs->lock);
}

static void
apply_change (GByteArray   *kept,
              const Change *change)
{
  gsize length = 0;
  const guint8 *data = change->bytes != NULL ? g_bytes_get_data (change->bytes, &length) : NULL;
  guint end = change->offset + length;
  guint before = kept->len;

  if (data == NULL || end > before)
    {
      g_byte_array_set_size (kept, end);
      if (end > before)
        memset (kept->data + before, 0, end - before);
    }

  if (length > 0)
    memcpy (kept->data + change->offset, data, length);
}

/* To be called with the lock held. */
static gboolean
count_call (FaultVfs   *self,
            FaultKinds  kind)
{
  if ((self->kinds & kind) == 0)
    return FALSE;

  self->n_calls++;
  return self->n_calls >= self->nth;
}

/* With the lock. */
static void
wait_while_held (FaultVfs   *self,
                 FaultKinds  kind)
{
  if (self->hold_at == 0 || kind != FAULT_WRITE || ++self->n_writes < self->hold_at)
    return;

  while (self->hold_at > 0)
    g_cond_wait (&self->released, &self->lock);
}

/* Whether this call is one of those that fail; then errno is set as well, where SQLite looks for some of them. */
static gboolean
fails (FaultVfs   *self,
       FaultKinds  kind)
{
  gboolean is_bad;

  g_mutex_lock (&self->lock);
  wait_while_held (self, kind);
  is_bad = count_call (self, kind);
  g_mutex_unlock (&self->lock);

  if (is_bad)
    errno = self->number;
  return is_bad;
}

static gboolean
settle_disk (FaultFile *file)
{
  Disk *disk = file->disk;
  gboolean synced;

  g_mutex_lock (&file->vfs->lock);
  synced = !count_call (file->vfs, FAULT_SYNC);
  if (disk != NULL)
    {
      disk->n_lost += !synced;
      for (guint i = 0; synced && i < disk->pending->len; i++)
        apply_change (disk->kept, g_ptr_array_index (disk->pending, i));
      g_ptr_array_set_size (disk->pending, 0);
      synced = disk->n_lost == file->n_told;
      file->n_told = disk->n_lost;
    }
  g_mutex_unlock (&file->vfs->lock);

  if (!synced)
    errno = file->vfs->number;
  return synced;
}

static int
fail_call (FaultFile *file,
           int        result)
{
  file->number = file->vfs->number;
  return result;
}

static int
fault_close (sqlite3_file *base)
{
  FaultFile *file = (FaultFile *) base;

  return file->real->pMethods->xClose (file->real);
}

/* As SQLite's own: a read past the end forgets what failed before. */
static int
fault_read (sqlite3_file *base,
            void         *data,
            int           length,
            sqlite3_int64 offset)
{
  FaultFile *file = (FaultFile *) base;
  int result;

  if (fails (file->vfs, FAULT_READ))
    {
      if (file->vfs->number != FAULT_SHORT_READ)
        return fail_call (file, SQLITE_IOERR_READ);

      memset (data, 0, length);
      return SQLITE_IOERR_SHORT_READ;
    }

  result = file->real->pMethods->xRead (file->real, data, length, offset);
  if (result == SQLITE_IOERR_SHORT_READ)
    file->number = 0;

  return result;
}

static int
fault_write (sqlite3_file *base,
             const void   *data,
             int           length,
             sqlite3_int64 offset)
{
  FaultFile *file = (FaultFile *) base;

  if (fails (file->vfs, FAULT_WRITE))
    {
      if (file->vfs->number != ENOSPC)
        return fail_call (file, SQLITE_IOERR_WRITE);

      file->number = 0;
      return SQLITE_FULL;
    }

  add_change (file, offset, data, length);
  return file->real->pMethods->xWrite (file->real, data, length, offset);
}

static int
fault_truncate (sqlite3_file *base,
                sqlite3_int64 size)
{
  FaultFile *file = (FaultFile *) base;

  if (fails (file->vfs, FAULT_TRUNCATE))
    return fail_call (file, SQLITE_IOERR_TRUNCATE);

  add_change (file, size, NULL, 0);
  return file->real->pMethods->xTruncate (file->real, size);
}

static int
fault_sync (sqlite3_file *base,
            int           flags)
{
  FaultFile *file = (FaultFile *) base;

  if (!settle_disk (file))
    return fail_call (file, SQLITE_IOERR_FSYNC);

  return file->real->pMethods->xSync (file->real, flags);
}

static int
fault_size (sqlite3_file  *base,
            sqlite3_int64 *size)
{
  FaultFile *file = (FaultFile *) base;

  return file->real->pMethods->xFileSize (file->real, size);
}

static int
fault_lock (sqlite3_file *base,
            int           level)
{
  FaultFile *file = (FaultFile *) base;

  return file->real->pMethods->xLock (file->real, level);
}

static int
fault_unlock (sqlite3_file *base,
              int           level)
{
  FaultFile *file = (FaultFile *) base;

  return file->real->pMethods->xUnlock (file->real, level);
}

static int
fault_check_lock (sqlite3_file *base,
                  int          *is_reserved)
{
  FaultFile *file = (FaultFile *) base;

  return file->real->pMethods->xCheckReservedLock (file->real, is_reserved);
}

static int
fault_control (sqlite3_file *base,
               int           what,
               void         *argument)
{
  FaultFile *file = (FaultFile *) base;

  if (what == SQLITE_FCNTL_LAST_ERRNO && file->number != 0)
    {
      *(int *) argument = file->number;
      return SQLITE_OK;
    }

  return file->real->pMethods->xFileControl (file->real, what, argument);
}

static int
fault_sector_size (sqlite3_file *base)
{
  FaultFile *file = (FaultFile *) base;

  return file->real->pMethods->xSectorSize (file->real);
}

static int
fault_characteristics (sqlite3_file *base)
{
  FaultFile *file = (FaultFile *) base;

  return file->real->pMethods->xDeviceCharacteristics (file->real);
}

static int
fault_shm_map (sqlite3_file   *base,
               int             region,
               int             size,
               int             extend,
               void volatile **at)
{
  FaultFile *file = (FaultFile *) base;

  if (fails (file->vfs, FAULT_SHM_MAP))
    return file->vfs->number == ENOSPC ? SQLITE_IOERR_SHMSIZE : SQLITE_IOERR_SHMMAP;

  return file->real->pMethods->xShmMap (file->real, region, size, extend, at);
}

static int
fault_shm_lock (sqlite3_file *base,
                int           offset,
                int           n,
                int           flags)
{
  FaultFile *file = (FaultFile *) base;

  return file->real->pMethods->xShmLock (file->real, offset, n, flags);
}

static void
fault_shm_barrier (sqlite3_file *base)
{
  FaultFile *file = (FaultFile *) base;

  file->real->pMethods->xShmBarrier (file->real);
}

static int
fault_shm_unmap (sqlite3_file *base,
                 int           delete)
{
  FaultFile *file = (FaultFile *) base;

  return file->real->pMethods->xShmUnmap (file->real, delete);
}

#define METHODS \
  .xClose = fault_close, .xRead = fault_read, .xWrite = fault_write, .xTruncate = fault_truncate, \
  .xSync = fault_sync, .xFileSize = fault_size, .xLock = fault_lock, .xUnlock = fault_unlock, \
  .xCheckReservedLock = fault_check_lock, .xFileControl = fault_control, \
  .xSectorSize = fault_sector_size, .xDeviceCharacteristics = fault_characteristics

static const sqlite3_io_methods methods_without_log = { .iVersion = 1, METHODS };

static const sqlite3_io_methods methods_with_log = {
  .iVersion = 2, METHODS,
  .xShmMap = fault_shm_map, .xShmLock = fault_shm_lock,
  .xShmBarrier = fault_shm_barrier, .xShmUnmap = fault_shm_unmap
};

/* Of a file that was there before: all of it is kept. */
static Disk *
get_disk (FaultVfs   *self,
          const char *path)
{
  Disk *disk = g_hash_table_lookup (self->disks, path);
  g_autofree char *contents = NULL;
  gsize length;

  if (disk != NULL)
    return disk;

  disk = g_new0 (Disk, 1);
  disk->kept = g_byte_array_new ();
  disk->pending = g_ptr_array_new_with_free_func (change_free);
  if (g_file_get_contents (path, &contents, &length, NULL))
    g_byte_array_append (disk->kept, (guint8 *) contents, length);

  g_hash_table_insert (self->disks, g_strdup (path), disk);
  return disk;
}

static int
fault_open (sqlite3_vfs  *base,
            sqlite3_filename path,
            sqlite3_file *opened,
            int           flags,
            int          *out_flags)
{
  FaultVfs *self = base->pAppData;
  FaultFile *file = (FaultFile *) opened;
  int result;

  file->base.pMethods = NULL;
  file->vfs = self;
  file->disk = NULL;
  file->n_told = 0;
  file->number = 0;
  file->real = (sqlite3_file *) (file + 1);

  if (fails (self, FAULT_OPEN))
    return SQLITE_CANTOPEN;

  result = self->real->xOpen (self->real, path, file->real, flags, out_flags);
  if (result != SQLITE_OK)
    return result;

  if (self->watching && path != NULL)
    {
      g_mutex_lock (&self->lock);
      file->disk = get_disk (self, path);
      file->n_told = file->disk->n_lost;
      g_mutex_unlock (&self->lock);
    }

  file->base.pMethods = self->no_log ? &methods_without_log : &methods_with_log;
  return SQLITE_OK;
}

static int
fault_delete (sqlite3_vfs *base,
              const char  *path,
              int          sync)
{
  FaultVfs *self = base->pAppData;

  if (fails (self, FAULT_DELETE))
    return SQLITE_IOERR_DELETE;

  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->disks, path);
  g_mutex_unlock (&self->lock);
  return self->real->xDelete (self->real, path, sync);
}

/* The rest is the real one's, which is told by its own pointer. */

static int
fault_access (sqlite3_vfs *base,
              const char  *path,
              int          flags,
              int         *result)
{
  FaultVfs *self = base->pAppData;

  return self->real->xAccess (self->real, path, flags, result);
}

static int
fault_full_path (sqlite3_vfs *base,
                 const char  *path,
                 int          length,
                 char        *full)
{
  FaultVfs *self = base->pAppData;

  return self->real->xFullPathname (self->real, path, length, full);
}

static int
fault_random (sqlite3_vfs *base,
              int          length,
              char        *bytes)
{
  FaultVfs *self = base->pAppData;

  return self->real->xRandomness (self->real, length, bytes);
}

static int
fault_sleep (sqlite3_vfs *base,
             int          microseconds)
{
  FaultVfs *self = base->pAppData;

  return self->real->xSleep (self->real, microseconds);
}

static int
fault_time (sqlite3_vfs   *base,
            sqlite3_int64 *now)
{
  FaultVfs *self = base->pAppData;

  return self->real->xCurrentTimeInt64 (self->real, now);
}

static int
fault_last_error (sqlite3_vfs *base,
                  int          length,
                  char        *text)
{
  return errno;
}

/* Puts itself before the usual VFS, for good. To be called once, before anything is opened. */
FaultVfs *
fault_vfs_install (void)
{
  FaultVfs *self = g_new0 (FaultVfs, 1);

  self->real = sqlite3_vfs_find (NULL);
  self->disks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, disk_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->released);
  self->base = (sqlite3_vfs) {
    .iVersion = 2,
    .szOsFile = sizeof (FaultFile) + self->real->szOsFile,
    .mxPathname = self->real->mxPathname,
    .zName = "fault",
    .pAppData = self,
    .xOpen = fault_open,
    .xDelete = fault_delete,
    .xAccess = fault_access,
    .xFullPathname = fault_full_path,
    .xRandomness = fault_random,
    .xSleep = fault_sleep,
    .xGetLastError = fault_last_error,
    .xCurrentTimeInt64 = fault_time,
  };
  g_assert_cmpint (sqlite3_vfs_register (&self->base, TRUE), ==, SQLITE_OK);
  return self;
}

/* Whether files opened from here on are without shared memory, as on a network mount: there can be no log then. */
void
fault_vfs_forbid_log (FaultVfs *self,
                      gboolean  forbid)
{
  self->no_log = forbid;
}

/* The @nth call of @kinds from here on fails, and all after it, with @number. G_MAXUINT only counts. */
void
fault_vfs_fail (FaultVfs   *self,
                FaultKinds  kinds,
                guint       nth,
                int         number)
{
  g_mutex_lock (&self->lock);
  self->kinds = kinds;
  self->nth = nth;
  self->n_calls = 0;
  self->number = number;
  g_mutex_unlock (&self->lock);
}

/* The @nth write from here on waits, and all after it, until fault_vfs_hold() is called with 0. */
void
fault_vfs_hold (FaultVfs *self,
                guint     nth)
{
  g_mutex_lock (&self->lock);
  self->hold_at = nth;
  self->n_writes = 0;
  g_cond_broadcast (&self->released);
  g_mutex_unlock (&self->lock);
}

guint
fault_vfs_count (FaultVfs *self)
{
  guint n_calls;

  g_mutex_lock (&self->lock);
  n_calls = self->n_calls;
  g_mutex_unlock (&self->lock);
  return n_calls;
}

/* Returns: how many calls failed */
guint
fault_vfs_heal (FaultVfs *self)
{
  guint n_failed;

  g_mutex_lock (&self->lock);
  n_failed = self->kinds != 0 && self->n_calls >= self->nth ? self->n_calls - self->nth + 1 : 0;
  self->kinds = 0;
  g_mutex_unlock (&self->lock);
  return n_failed;
}

/* Whether files opened from here on are kept for fault_vfs_cut_power(). */
void
fault_vfs_watch (FaultVfs *self,
                 gboolean  watch)
{
  g_mutex_lock (&self->lock);
  self->watching = watch;
  g_mutex_unlock (&self->lock);
}

static void
write_disk (Disk       *disk,
            const char *path,
            GRand      *random)
{
  g_autoptr (GByteArray) left = g_byte_array_new ();

  g_byte_array_append (left, disk->kept->data, disk->kept->len);
  for (guint i = 0; i < disk->pending->len; i++)
    if (g_rand_boolean (random))
      apply_change (left, g_ptr_array_index (disk->pending, i));

  g_assert_true (g_file_set_contents (path, (char *) left->data, left->len, NULL));
}

/* Writes to @left, and beside it, what a power cut at this instant would leave of @file and of what belongs to it: all
 * that was synced, and by @seed any of the rest. */
void
fault_vfs_cut_power (FaultVfs *self,
                     GFile    *file,
                     GFile    *left,
                     guint     seed)
{
  static const char *const beside[] = { "", "-wal", "-journal" };
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *from = g_strconcat (g_file_peek_path (file), beside[i], NULL);
      g_autofree char *to = g_strconcat (g_file_peek_path (left), beside[i], NULL);
      Disk *disk = g_hash_table_lookup (self->disks, from);

      if (disk != NULL)
        write_disk (disk, to, random);
    }
  g_mutex_unlock (&self->lock);
}
