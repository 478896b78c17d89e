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

/* What the system said when something about the file, or about the log beside it, failed. SQLite keeps that number for
 * as long as the file is open, so it is made to forget it, or one full disk would be blamed for all that follows: a
 * read at the end of the file, which gives nothing, sets it back. */
static int
take_errno (ReshootDatabase *self,
            int              which)
{
  sqlite3_file *file = NULL;
  sqlite3_int64 size = 0;
  int number = 0;
  char byte;

  if (sqlite3_file_control (self->handle, "main", which, &file) != SQLITE_OK || file == NULL ||
      file->pMethods == NULL)
    return 0;

  file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &number);
  if (number != 0 && file->pMethods->xFileSize (file, &size) == SQLITE_OK)
    file->pMethods->xRead (file, &byte, 1, size);

  return number;
}

/* A full disk hides behind several names: a limit on file sizes and a quota are the same to a person. */
static gboolean
is_space (int number)
{
  return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

static gboolean
is_protection (int number)
{
  return number == EROFS || number == EACCES || number == EPERM;
}

/* What is behind a result that could mean many things: SQLITE_FULL, SQLITE_READONLY, or @result as it is. */
static int
look_behind (ReshootDatabase *self,
             int              result,
             int              extended)
{
  int numbers[3] = { 0, };

  if (extended == SQLITE_IOERR_SHMSIZE)
    return SQLITE_FULL;

  /* A journal may be closed by now: then only what the thread remembers of it is left, and that is forgotten, too. */
  if (result == SQLITE_IOERR || result == SQLITE_CANTOPEN)
    {
      numbers[0] = take_errno (self, SQLITE_FCNTL_FILE_POINTER);
      numbers[1] = take_errno (self, SQLITE_FCNTL_JOURNAL_POINTER);
      numbers[2] = sqlite3_system_errno (self->handle);
      errno = 0;
    }

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (is_space (numbers[i]))
      return SQLITE_FULL;
    else if (is_protection (numbers[i]))
      return SQLITE_READONLY;

  return result;
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
    { SQLITE_FULL, RESHOOT_ERROR_NO_SPACE, "no-space" },
    { SQLITE_CORRUPT, RESHOOT_ERROR_CORRUPT, "damaged" },
    { SQLITE_NOTADB, RESHOOT_ERROR_CORRUPT, "not-a-project" },
    { SQLITE_READONLY, RESHOOT_ERROR_READ_ONLY, "read-only" },
    { SQLITE_PERM, RESHOOT_ERROR_READ_ONLY, "permission" },
    { SQLITE_BUSY, RESHOOT_ERROR_BUSY, "locked" },
    { SQLITE_LOCKED, RESHOOT_ERROR_BUSY, "locked" },
    { SQLITE_TOOBIG, RESHOOT_ERROR_TOO_LARGE, "value" },
    { SQLITE_CANTOPEN, RESHOOT_ERROR_FAILED, "disk" },
    { SQLITE_IOERR, RESHOOT_ERROR_FAILED, "disk" },
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

  if (extended == SQLITE_READONLY_DBMOVED)
    {
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "moved", self->path, "%s", message);
      return;
    }

  result = look_behind (self, result, extended);
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
protect (ReshootDatabase      *self,
         ReshootDatabaseFlags  flags,
         GError              **error)
{
  gboolean is_tolerant = (flags & RESHOOT_DATABASE_TOLERANT) != 0;

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_MILLISECONDS);
  sqlite3_limit (self->handle, SQLITE_LIMIT_LENGTH, MAX_VALUE);

  /* SQLite refuses a file that was cut short as a whole, unless the schema could be written and nothing is defended;
   * a tolerant connection has opened its file for reading only. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, !is_tolerant, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, is_tolerant, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);

  return reshoot_database_execute (self,
                                   "PRAGMA mmap_size = 0;"
                                   "PRAGMA cell_size_check = ON;"
                                   "PRAGMA foreign_keys = ON;", error);
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static char *
make_uri (const char           *path,
          ReshootDatabaseFlags  flags)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  if (strcmp (path, ":memory:") == 0)
    return g_strdup (path);

  return g_strdup_printf ("file:%s?mode=%s%s", escaped, (flags & RESHOOT_DATABASE_READ_ONLY) != 0 ? "ro" : "rw",
                          (flags & RESHOOT_DATABASE_IMMUTABLE) != 0 ? "&immutable=1" : "");
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
  g_autofree char *uri = make_uri (path, flags);
  const char *vfs = NULL;
  int mode = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;

  mode |= (flags & RESHOOT_DATABASE_READ_ONLY) != 0 ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, finalize_statement);
  if ((flags & RESHOOT_DATABASE_READ_ONLY) == 0)
    {
      self->log = reshoot_database_log_new ();
      vfs = reshoot_database_log_get_name (self->log);
    }

  if (sqlite3_open_v2 (uri, &self->handle, mode, vfs) != SQLITE_OK)
    {
      reshoot_database_set_error (self, error);
      return NULL;
    }

  if (!protect (self, flags, error) || !reshoot_database_add_walk (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/*
 * reshoot_database_attach:
 * @self: a connection
 * @path: an absolute path of a file that is there
 * @flags: how to open it; whether it is tolerant @self has decided
 * @name: what statements call it
 * @error: return location
 *
 * Returns: whether statements of @self reach the file, too
 */
gboolean
reshoot_database_attach (ReshootDatabase       *self,
                         const char            *path,
                         ReshootDatabaseFlags   flags,
                         const char            *name,
                         GError               **error)
{
  g_autofree char *uri = make_uri (path, flags);

  return reshoot_database_run (self, error, "ATTACH ? AS ?", "ss", uri, name);
}

void
reshoot_database_free (ReshootDatabase *self)
{
  g_hash_table_unref (self->statements);
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("a query outlived its connection");

  g_clear_pointer (&self->log, reshoot_database_log_free);

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

gboolean
reshoot_database_is_read_only (ReshootDatabase *self)
{
  return sqlite3_db_readonly (self->handle, "main") == 1;
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

static int
look_around_cb (void *user_data)
{
  ReshootDatabase *self = user_data;

  return (self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable)) ||
         (self->deadline != 0 && g_get_monotonic_time () > self->deadline);
}

/* Closing does not fold the log, so that the next who opens reads all of it. */
void
reshoot_database_keep_log (ReshootDatabase *self)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

static void
set_handler (ReshootDatabase *self)
{
  if (self->cancellable != NULL || self->deadline != 0)
    sqlite3_progress_handler (self->handle, CANCEL_INTERVAL, look_around_cb, self);
  else
    sqlite3_progress_handler (self->handle, 0, NULL, NULL);
}

/* Long statements give up with CANCELLED when @cancellable is; NULL: none does. */
void
reshoot_database_set_cancel (ReshootDatabase *self,
                             GCancellable    *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  set_handler (self);
}

/* Statements give up with CANCELLED after @deadline, monotonic and in microseconds; 0: none does. */
void
reshoot_database_set_deadline (ReshootDatabase *self,
                               gint64           deadline)
{
  self->deadline = deadline;
  set_handler (self);
}

/* A text may hold a NUL, which ends it here. */
static void
call_function_cb (sqlite3_context  *context,
                  int               n_values,
                  sqlite3_value   **values)
{
  ReshootDatabaseFunction function = (ReshootDatabaseFunction) sqlite3_user_data (context);
  const char *text = (const char *) sqlite3_value_text (values[0]);
  char *made = text != NULL ? function (text) : NULL;

  if (made != NULL)
    sqlite3_result_text (context, made, -1, g_free);
  else
    sqlite3_result_null (context);
}

/*
 * reshoot_database_add_function:
 * @self: a connection
 * @name: what statements call it
 * @function: makes a new text of a text, or %NULL; NULL stays NULL
 * @error: return location
 *
 * Returns: whether statements, though not the schema of a file, may use @function
 */
gboolean
reshoot_database_add_function (ReshootDatabase          *self,
                               const char               *name,
                               ReshootDatabaseFunction   function,
                               GError                  **error)
{
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;

  if (sqlite3_create_function_v2 (self->handle, name, 1, flags, (gpointer) function,
                                  call_function_cb, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  reshoot_database_set_error (self, error);
  return FALSE;
}
