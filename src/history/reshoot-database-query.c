/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootQuery: one statement on a connection. It owns how values are bound and read: NULL is NAN or NULL, and nobody
 * else counts columns of SQLite. */

#include "reshoot-database-private.h"

#include <math.h>
#include <string.h>

#include "reshoot-bytes.h"
#include "reshoot-error.h"

/* A connection keeps so many statements that it may need again: to make one takes longer than to run it. */
#define MAX_STATEMENTS 64

struct _ReshootQuery
{
  ReshootDatabase  *database;   /* (unowned) (nullable): NULL of a row that is walked over */
  sqlite3_stmt     *statement;
  sqlite3_value   **values;     /* (unowned) (nullable): of that row */
};

struct _ReshootDatabaseWalk
{
  ReshootRowFunc  visit;
  gpointer        user_data;
  GError         *error;       /* (nullable): what stopped it */
};

static sqlite3_stmt *
take_statement (ReshootDatabase *self,
                const char      *sql)
{
  sqlite3_stmt *statement = NULL;

  if (!g_hash_table_steal_extended (self->statements, sql, NULL, (gpointer *) &statement))
    sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);

  return statement;
}

static void
give_statement (ReshootDatabase *self,
                sqlite3_stmt    *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  if (sqlite3_sql (statement) == NULL || g_hash_table_size (self->statements) >= MAX_STATEMENTS ||
      g_hash_table_contains (self->statements, sqlite3_sql (statement)))
    sqlite3_finalize (statement);
  else
    g_hash_table_insert (self->statements, (gpointer) sqlite3_sql (statement), statement);
}

/* One letter a value: i gint64, d double (NAN is NULL), m ReshootMoney (unknown is NULL), s text (NULL is NULL), b
 * GBytes. */
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
      case 'm':
        {
          ReshootMoney money = va_arg (values, ReshootMoney);

          result = money < 0 ? sqlite3_bind_null (statement, i + 1)
                             : sqlite3_bind_int64 (statement, i + 1, money);
        }
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
  query->statement = take_statement (self, sql);
  if (query->statement == NULL ||
      bind_values (query->statement, types, values) != SQLITE_OK)
    {
      reshoot_database_set_error (self, error);
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
    reshoot_database_set_error (query->database, error);

  return FALSE;
}

/*
 * reshoot_query_copy_row:
 * @query: a statement that gives no rows, on any connection
 * @source: a query on one of its rows, perhaps of another connection
 * @error: return location
 *
 * Runs @query with the columns of @source as its values, whatever they are.
 *
 * Returns: whether it was done
 */
gboolean
reshoot_query_copy_row (ReshootQuery  *query,
                        ReshootQuery  *source,
                        GError       **error)
{
  int n_columns = sqlite3_column_count (source->statement);
  int n = MIN (n_columns, sqlite3_bind_parameter_count (query->statement));
  int result = SQLITE_OK;

  sqlite3_reset (query->statement);
  for (int i = 0; i < n && result == SQLITE_OK; i++)
    result = sqlite3_bind_value (query->statement, i + 1,
                                 sqlite3_column_value (source->statement, i));

  if (result == SQLITE_OK)
    result = sqlite3_step (query->statement);

  if (result == SQLITE_DONE)
    return TRUE;

  reshoot_database_set_error (query->database, error);
  return FALSE;
}

int
reshoot_query_get_n_columns (ReshootQuery *query)
{
  return sqlite3_column_count (query->statement);
}

/* Valid as long as the query is. */
const char *
reshoot_query_get_name (ReshootQuery *query,
                        int           column)
{
  return sqlite3_column_name (query->statement, column);
}

/* What no JSON can hold stands in an object, for there is none in a table. */
static JsonNode *
new_wrapped (const char *kind,
             char       *text)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, kind, text);
  json_node_take_object (node, object);
  g_free (text);
  return node;
}

/*
 * reshoot_query_to_json:
 * @query: a query on one of its rows
 * @column: from 0
 *
 * Returns: (transfer full) (nullable): the value, such that reshoot_query_run_json() binds the same; %NULL: bytes
 */
JsonNode *
reshoot_query_to_json (ReshootQuery *query,
                       int           column)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  const char *text;
  gsize length;
  double number;

  switch (sqlite3_column_type (query->statement, column))
    {
    case SQLITE_INTEGER:
      return json_node_init_int (node, sqlite3_column_int64 (query->statement, column));
    case SQLITE_FLOAT:
      number = sqlite3_column_double (query->statement, column);
      if (isfinite (number))
        return json_node_init_double (node, number);

      json_node_unref (node);
      return new_wrapped ("real", g_strdup (number < 0 ? "-inf" : "inf"));
    case SQLITE_TEXT:
      text = (const char *) sqlite3_column_text (query->statement, column);
      length = (gsize) sqlite3_column_bytes (query->statement, column);
      if (g_utf8_validate_len (text, length, NULL))
        return json_node_init_string (node, text);

      json_node_unref (node);
      return new_wrapped ("base64", g_base64_encode ((const guint8 *) text, length));
    case SQLITE_NULL:
      return json_node_init_null (node);
    default:
      json_node_unref (node);
      return NULL;
    }
}

static int
bind_json (sqlite3_stmt *statement,
           int           at,
           JsonNode     *node)
{
  JsonObject *object;
  const char *text;
  gsize length;

  if (JSON_NODE_HOLDS_NULL (node))
    return sqlite3_bind_null (statement, at);

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autofree guint8 *bytes = NULL;

      object = json_node_get_object (node);
      text = json_object_get_string_member_with_default (object, "real", NULL);
      if (text != NULL)
        return sqlite3_bind_double (statement, at, g_ascii_strtod (text, NULL));

      bytes = g_base64_decode (json_object_get_string_member_with_default (object, "base64", ""), &length);
      return sqlite3_bind_text64 (statement, at, (const char *) bytes, length, SQLITE_TRANSIENT,
                                  SQLITE_UTF8);
    }

  if (!JSON_NODE_HOLDS_VALUE (node))
    return SQLITE_MISMATCH;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return sqlite3_bind_text (statement, at, json_node_get_string (node), -1, SQLITE_TRANSIENT);

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return sqlite3_bind_int64 (statement, at, json_node_get_int (node));

  return sqlite3_bind_double (statement, at, json_node_get_double (node));
}

/*
 * reshoot_query_run_json:
 * @query: a statement that gives no rows
 * @values: (array length=n): its values, see reshoot_query_to_json(); %NULL stands for @bytes
 * @n: how many
 * @bytes: (nullable): what is bound where a value is %NULL
 * @error: return location
 *
 * Runs @query with such values, as often as is wanted.
 *
 * Returns: whether it was done
 */
gboolean
reshoot_query_run_json (ReshootQuery  *query,
                        JsonNode     **values,
                        guint          n,
                        GBytes        *bytes,
                        GError       **error)
{
  int result = sqlite3_reset (query->statement);

  for (guint i = 0; i < n && result == SQLITE_OK; i++)
    {
      int at = (int) i + 1;

      if (values[i] != NULL)
        result = bind_json (query->statement, at, values[i]);
      else if (bytes != NULL)
        result = sqlite3_bind_blob64 (query->statement, at, g_bytes_get_data (bytes, NULL),
                                      g_bytes_get_size (bytes), SQLITE_STATIC);
      else
        result = sqlite3_bind_null (query->statement, at);
    }

  if (result == SQLITE_OK)
    result = sqlite3_step (query->statement);

  if (result == SQLITE_DONE)
    return TRUE;

  reshoot_database_set_error (query->database, error);
  return FALSE;
}

void
reshoot_query_free (ReshootQuery *query)
{
  if (query->statement != NULL)
    give_statement (query->database, query->statement);

  g_free (query);
}

gint64
reshoot_query_get_integer (ReshootQuery *query,
                           int           column)
{
  if (query->values != NULL)
    return sqlite3_value_int64 (query->values[column]);

  return sqlite3_column_int64 (query->statement, column);
}

static gboolean
is_null (ReshootQuery *query,
         int           column)
{
  if (query->values != NULL)
    return sqlite3_value_type (query->values[column]) == SQLITE_NULL;

  return sqlite3_column_type (query->statement, column) == SQLITE_NULL;
}

/* NULL is NAN. SQLite gives 0 for it, so that only then is there something to ask. */
double
reshoot_query_get_real (ReshootQuery *query,
                        int           column)
{
  double number;

  if (query->values != NULL)
    number = sqlite3_value_double (query->values[column]);
  else
    number = sqlite3_column_double (query->statement, column);

  return number == 0 && is_null (query, column) ? NAN : number;
}

/* NULL is not known. */
ReshootMoney
reshoot_query_get_money (ReshootQuery *query,
                         int           column)
{
  gint64 amount = reshoot_query_get_integer (query, column);

  if (amount == 0 && is_null (query, column))
    return RESHOOT_MONEY_UNKNOWN;

  return MAX (amount, RESHOOT_MONEY_UNKNOWN);
}

/* Whether there is a number with a fraction, and not a whole one, a text or NULL. */
gboolean
reshoot_query_is_real (ReshootQuery *query,
                       int           column)
{
  return sqlite3_column_type (query->statement, column) == SQLITE_FLOAT;
}

/* Valid until the next row. A text of a stranger may hold a NUL or be no UTF-8: whoever shows it checks. */
const char *
reshoot_query_get_text (ReshootQuery *query,
                        int           column)
{
  if (query->values != NULL)
    return (const char *) sqlite3_value_text (query->values[column]);

  return (const char *) sqlite3_column_text (query->statement, column);
}

static void
walk_cb (sqlite3_context  *context,
         int               n_values,
         sqlite3_value   **values)
{
  ReshootDatabase *self = sqlite3_user_data (context);
  ReshootQuery row = { .values = values };
  gboolean goes_on = self->walk != NULL &&
                     self->walk->visit (&row, self->walk->user_data, &self->walk->error);

  sqlite3_result_int (context, goes_on);
}

/* Once for a connection: to name a function anew makes all its statements anew. */
gboolean
reshoot_database_add_walk (ReshootDatabase  *self,
                           GError          **error)
{
  if (sqlite3_create_function_v2 (self->handle, "walk", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, self,
                                  walk_cb, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  reshoot_database_set_error (self, error);
  return FALSE;
}

/*
 * reshoot_database_walk:
 * @self: a connection
 * @sql: a statement `SELECT … WHERE NOT walk (COLUMNS) …`, whose order, if it has one, is that of a table or an index
 * @visit: called for each row with its COLUMNS, of which it may get integers, reals, money and texts; it must not walk
 * @user_data: for @visit
 * @error: return location
 *
 * For very many rows: SQLite runs to the end without stepping out for each row and each value.
 *
 * Returns: whether @visit never failed and there was no other error
 */
gboolean
reshoot_database_walk (ReshootDatabase  *self,
                       const char       *sql,
                       ReshootRowFunc    visit,
                       gpointer          user_data,
                       GError          **error)
{
  ReshootDatabaseWalk walk = { visit, user_data, NULL };
  g_autoptr (ReshootQuery) query = reshoot_query_new (self, error, sql, "");
  g_autoptr (GError) local = NULL;
  gboolean is_stopped;

  g_return_val_if_fail (self->walk == NULL, FALSE);

  if (query == NULL)
    return FALSE;

  self->walk = &walk;
  is_stopped = reshoot_query_next (query, &local);
  self->walk = NULL;
  if (is_stopped)
    g_propagate_error (error, walk.error);
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    return TRUE;

  return FALSE;
}

GBytes *
reshoot_query_dup_bytes (ReshootQuery *query,
                         int           column)
{
  gconstpointer data = sqlite3_column_blob (query->statement, column);
  gsize size = (gsize) sqlite3_column_bytes (query->statement, column);

  return reshoot_bytes_new_take (g_memdup2 (data, size), size);
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

/*
 * reshoot_database_quick_check:
 * @self: a connection
 * @table: (nullable): a table of it; %NULL: all
 * @error: return location
 *
 * Errors: `CORRUPT` "damaged", or `FAILED` "disk" where a page could not be read, which SQLite takes for damage, too.
 *
 * Returns: whether SQLite finds its pages in order
 */
gboolean
reshoot_database_quick_check (ReshootDatabase  *self,
                              const char       *table,
                              GError          **error)
{
  static const char unread[] = "error code=";
  g_autofree char *sql = NULL;
  g_autofree char *said = NULL;
  const char *code;

  sql = table != NULL ? g_strdup_printf ("PRAGMA quick_check (%s)", table) : g_strdup ("PRAGMA quick_check");
  said = reshoot_database_dup_text (self, sql, error);
  if (said == NULL)
    return FALSE;

  if (g_str_equal (said, "ok"))
    return TRUE;

  code = strstr (said, unread);
  if (code != NULL && (g_ascii_strtoull (code + strlen (unread), NULL, 10) & 0xff) == SQLITE_IOERR)
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "disk", self->path, "%s", said);
  else
    reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "damaged", table, "%s", said);

  return FALSE;
}
