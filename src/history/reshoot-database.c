/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootDatabase: a thin cover over one SQLite connection. It owns three things that must be the same everywhere: how
 * a connection is set up for a file that may be a stranger's, how values are bound and read, and which of our errors a
 * result of SQLite is. */

#include "reshoot-database.h"

#include <errno.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "reshoot-error.h"

/* How long another connection may hold a lock that we need: opening and closing take milliseconds. */
#define BUSY_MILLISECONDS 5000

/* One value is at most this many bytes; the gate lets pictures of up to 256 MiB in. */
#define MAX_VALUE (257 * 1024 * 1024)

/* How many instructions of SQLite's machine run between two looks at the cancellable. */
#define CANCEL_INTERVAL 20000

struct _ReshootDatabase
{
  sqlite3      *handle;
  char         *path;
  GCancellable *cancellable;   /* (nullable) */
};

struct _ReshootQuery
{
  ReshootDatabase *database;   /* (unowned) */
  sqlite3_stmt    *statement;
};

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

static void
set_error (ReshootDatabase *self,
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
      set_error (self, error);
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

  set_error (self, error);
  return FALSE;
}

/* One letter a value: i gint64, d double (NAN is NULL), s text (NULL is NULL), b GBytes. */
static int
bind_values (sqlite3_stmt *statement,
             const char   *types,
             va_list       values)
{
  int result = SQLITE_OK;

  for (int i = 0; types[i] != '\0' && result == SQLITE_OK; i++)
    switch (types[i])
      {
      case 'i':
        result = sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
        break;
      case 'd':
        result = sqlite3_bind_double (statement, i + 1, va_arg (values, double));
        break;
      case 's':
        result = sqlite3_bind_text (statement, i + 1, va_arg (values, const char *), -1,
                                    SQLITE_TRANSIENT);
        break;
      case 'b':
        {
          GBytes *bytes = va_arg (values, GBytes *);
          gsize size;
          gconstpointer data = g_bytes_get_data (bytes, &size);

          result = sqlite3_bind_blob64 (statement, i + 1, data, size, SQLITE_STATIC);
        }
        break;
      default:
        g_assert_not_reached ();
      }

  return result;
}

static ReshootQuery *
query_new_valist (ReshootDatabase *self,
                  GError         **error,
                  const char      *sql,
                  const char      *types,
                  va_list          values)
{
  g_autoptr (ReshootQuery) query = g_new0 (ReshootQuery, 1);

  query->database = self;
  if (sqlite3_prepare_v2 (self->handle, sql, -1, &query->statement, NULL) != SQLITE_OK ||
      bind_values (query->statement, types, values) != SQLITE_OK)
    {
      set_error (self, error);
      return NULL;
    }

  return g_steal_pointer (&query);
}

/*
 * reshoot_query_new:
 * @self: a connection, which must outlive the query
 * @error: return location
 * @sql: one statement
 * @types: a letter for each value that follows: `i` a #gint64 (write casts), `d` a double, `s` a text, `b` a #GBytes
 *   that must outlive the query
 *
 * Returns: (transfer full): a query before its first row, or %NULL
 */
ReshootQuery *
reshoot_query_new (ReshootDatabase *self,
                   GError         **error,
                   const char      *sql,
                   const char      *types,
                   ...)
{
  ReshootQuery *query;
  va_list values;

  va_start (values, types);
  query = query_new_valist (self, error, sql, types, values);
  va_end (values);

  return query;
}

/* Returns: TRUE with a row; FALSE at the end with @error unset, or with @error set. */
gboolean
reshoot_query_next (ReshootQuery  *query,
                    GError       **error)
{
  int result = sqlite3_step (query->statement);

  if (result == SQLITE_ROW)
    return TRUE;

  if (result != SQLITE_DONE)
    set_error (query->database, error);

  return FALSE;
}

void
reshoot_query_free (ReshootQuery *query)
{
  sqlite3_finalize (query->statement);
  g_free (query);
}

gint64
reshoot_query_get_integer (ReshootQuery *query,
                           int           column)
{
  return sqlite3_column_int64 (query->statement, column);
}

/* NULL is NAN. */
double
reshoot_query_get_real (ReshootQuery *query,
                        int           column)
{
  if (sqlite3_column_type (query->statement, column) == SQLITE_NULL)
    return NAN;

  return sqlite3_column_double (query->statement, column);
}

/* Valid until the next row. A text of a stranger may hold a NUL or be no UTF-8: whoever shows it checks. */
const char *
reshoot_query_get_text (ReshootQuery *query,
                        int           column)
{
  return (const char *) sqlite3_column_text (query->statement, column);
}

GBytes *
reshoot_query_dup_bytes (ReshootQuery *query,
                         int           column)
{
  gconstpointer data = sqlite3_column_blob (query->statement, column);

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (query->statement, column));
}

/* A statement with values and no rows, see reshoot_query_new(). */
gboolean
reshoot_database_run (ReshootDatabase *self,
                      GError         **error,
                      const char      *sql,
                      const char      *types,
                      ...)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;
  va_list values;

  va_start (values, types);
  query = query_new_valist (self, error, sql, types, values);
  va_end (values);

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    ;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}

/* The one number of @sql; no row is an error of the file. */
gboolean
reshoot_database_get_integer (ReshootDatabase *self,
                              const char      *sql,
                              gint64          *value,
                              GError         **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (self, error, sql, "");
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  if (!reshoot_query_next (query, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "damaged", self->path, "no row: %s", sql);
      return FALSE;
    }

  *value = reshoot_query_get_integer (query, 0);
  return TRUE;
}

/* The one text of @sql, "" for NULL; no row is an error of the file. */
char *
reshoot_database_dup_text (ReshootDatabase *self,
                           const char      *sql,
                           GError         **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (self, error, sql, "");
  g_autoptr (GError) local = NULL;
  const char *text;

  if (query == NULL)
    return NULL;

  if (!reshoot_query_next (query, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "damaged", self->path, "no row: %s", sql);
      return NULL;
    }

  text = reshoot_query_get_text (query, 0);
  return g_strdup (text != NULL ? text : "");
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

  set_error (self, error);
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
