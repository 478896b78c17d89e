/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootDatabase: a thin cover over one SQLite connection. It owns two things that must be the same everywhere: how a
 * connection is set up for a file that may be a stranger's, and which of our errors a result of SQLite is. Values and
 * rows are in reshoot-database-query.c. */

#include "reshoot-database.h"

#include <errno.h>
#include <string.h>

#include "reshoot-database-private.h"
#include "reshoot-error.h"

/* How long another connection may hold a lock that we need: opening and closing take milliseconds. */
#define BUSY_MILLISECONDS 5000

/* One value is at most this many bytes; the gate lets pictures of up to 256 MiB in. */
#define MAX_VALUE (257 * 1024 * 1024)

/* How many instructions of SQLite's machine run between two looks at the cancellable. */
#define CANCEL_INTERVAL 20000

/* What the system last said about the file, or about the log beside it. */
static int
get_last_errno (ReshootDatabase *self,
                int              which)
{
  sqlite3_file *file = NULL;
  int number = 0;

  if (sqlite3_file_control (self->handle, "main", which, &file) == SQLITE_OK && file != NULL &&
      file->pMethods != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &number);

  return number;
}

/* A full disk hides behind several names: a limit on file sizes and a quota are the same to a person. */
static gboolean
is_out_of_space (ReshootDatabase *self,
                 int              result)
{
  const int which[] = { SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER };

  if (result == SQLITE_FULL)
    return TRUE;

  for (guint i = 0; result == SQLITE_IOERR && i < G_N_ELEMENTS (which); i++)
    {
      int number = get_last_errno (self, which[i]);

      if (number == ENOSPC || number == EDQUOT || number == EFBIG)
        return TRUE;
    }

  return FALSE;
}

void
reshoot_database_set_error (ReshootDatabase *self,
                            GError         **error)
{
  static const struct
  {
    int          result;
    ReshootError code;
    const char  *reason;
  } map[] = {
    { SQLITE_CORRUPT, RESHOOT_ERROR_CORRUPT, "damaged" },
    { SQLITE_NOTADB, RESHOOT_ERROR_CORRUPT, "not-a-project" },
    { SQLITE_READONLY, RESHOOT_ERROR_READ_ONLY, "read-only" },
    { SQLITE_PERM, RESHOOT_ERROR_READ_ONLY, "permission" },
    { SQLITE_BUSY, RESHOOT_ERROR_BUSY, "locked" },
    { SQLITE_LOCKED, RESHOOT_ERROR_BUSY, "locked" },
    { SQLITE_TOOBIG, RESHOOT_ERROR_TOO_LARGE, "value" },
    { SQLITE_CANTOPEN, RESHOOT_ERROR_FAILED, "cannot-open" },
    { SQLITE_IOERR, RESHOOT_ERROR_FAILED, "read-write" },
    { SQLITE_CONSTRAINT, RESHOOT_ERROR_FAILED, "constraint" },
  };
  int extended = sqlite3_extended_errcode (self->handle);
  int result = extended & 0xff;
  const char *message = sqlite3_errmsg (self->handle);

  if (result == SQLITE_INTERRUPT)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", message);
      return;
    }

  if (is_out_of_space (self, result))
    {
      reshoot_set_error (error, RESHOOT_ERROR_NO_SPACE, "no-space", self->path, "%s (%d)", message, extended);
      return;
    }

  if (extended == SQLITE_READONLY_DBMOVED)
    {
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "replaced", self->path, "%s", message);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (map); i++)
    if (map[i].result == result)
      {
        reshoot_set_error (error, map[i].code, map[i].reason, self->path, "%s (%d)", message, extended);
        return;
      }

  reshoot_set_error (error, RESHOOT_ERROR_FAILED, "database", self->path, "%s (%d)", message, extended);
}

/* What a stranger's file must not do to us: run functions from its schema, change the schema's own text, be mapped
 * into memory while someone cuts it short. */
static gboolean
protect (ReshootDatabase *self,
         GError         **error)
{
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_MILLISECONDS);
  sqlite3_limit (self->handle, SQLITE_LIMIT_LENGTH, MAX_VALUE);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);

  return reshoot_database_execute (self,
                                   "PRAGMA mmap_size = 0;"
                                   "PRAGMA cell_size_check = ON;"
                                   "PRAGMA foreign_keys = ON;", error);
}

/*
 * reshoot_database_open:
 * @path: an absolute path of a file that is there (it may be empty), or ":memory:"
 * @flags: how to open it
 * @error: return location
 *
 * Returns: (transfer full): a connection set up for an untrusted file, or %NULL
 */
ReshootDatabase *
reshoot_database_open (const char           *path,
                       ReshootDatabaseFlags  flags,
                       GError              **error)
{
  g_autoptr (ReshootDatabase) self = g_new0 (ReshootDatabase, 1);
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = NULL;
  int mode = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;

  mode |= (flags & RESHOOT_DATABASE_READ_ONLY) != 0 ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (strcmp (path, ":memory:") == 0)
    uri = g_strdup (path);
  else
    uri = g_strdup_printf ("file:%s%s", escaped,
                           (flags & RESHOOT_DATABASE_IMMUTABLE) != 0 ? "?immutable=1" : "");

  self->path = g_strdup (path);
  if (sqlite3_open_v2 (uri, &self->handle, mode, NULL) != SQLITE_OK)
    {
      reshoot_database_set_error (self, error);
      return NULL;
    }

  if (!protect (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
reshoot_database_free (ReshootDatabase *self)
{
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("a query outlived its connection");

  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self);
}

/* Runs a script of ours, several statements that give no rows or whose rows nobody needs. */
gboolean
reshoot_database_execute (ReshootDatabase *self,
                          const char      *script,
                          GError         **error)
{
  if (sqlite3_exec (self->handle, script, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  reshoot_database_set_error (self, error);
  return FALSE;
}

gint64
reshoot_database_get_last_id (ReshootDatabase *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

/* Passive copies what nobody is in the way of; truncate waits for the others and leaves an empty log. */
gboolean
reshoot_database_checkpoint (ReshootDatabase *self,
                             gboolean         truncate,
                             GError         **error)
{
  int mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;

  if (sqlite3_wal_checkpoint_v2 (self->handle, "main", mode, NULL, NULL) == SQLITE_OK)
    return TRUE;

  reshoot_database_set_error (self, error);
  return FALSE;
}

/* All of it into another, whose own contents go. */
gboolean
reshoot_database_copy (ReshootDatabase  *self,
                       ReshootDatabase  *to,
                       GError          **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to->handle, "main", self->handle, "main");

  if (backup != NULL)
    sqlite3_backup_step (backup, -1);

  if (backup != NULL && sqlite3_backup_finish (backup) == SQLITE_OK)
    return TRUE;

  reshoot_database_set_error (to, error);
  return FALSE;
}

static int
look_at_cancellable_cb (void *user_data)
{
  return g_cancellable_is_cancelled (user_data);
}

/* Long statements give up with CANCELLED when @cancellable is; NULL: none does. */
void
reshoot_database_set_cancel (ReshootDatabase *self,
                             GCancellable    *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  if (cancellable != NULL)
    sqlite3_progress_handler (self->handle, CANCEL_INTERVAL, look_at_cancellable_cb, cancellable);
  else
    sqlite3_progress_handler (self->handle, 0, NULL, NULL);
}
