/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of an archive, which may be a stranger's, into tables that are ours: a row has the columns that its table
 * has, and what it names is a file of the archive's with the digest that it says. */

#include "reshoot-archive-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "reshoot-error.h"
#include "reshoot-json.h"

/* More columns than any table of ours. */
#define MAX_COLUMNS 64

typedef struct
{
  const char   *table;
  char         *columns[MAX_COLUMNS];
  guint         n_columns;
  ReshootQuery *insert;
} Table;

static void
table_clear (Table *table)
{
  for (guint i = 0; i < table->n_columns; i++)
    g_free (table->columns[i]);

  g_clear_pointer (&table->insert, reshoot_query_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

void
reshoot_archive_set_bad (GError     **error,
                         const char  *file,
                         const char  *detail)
{
  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "archive", file, "%s", detail);
}

/* A file of the archive, and of nothing else: no link leads out of it. */
GMappedFile *
reshoot_archive_open_file (ReshootArchiveRead  *archive,
                           const char          *name,
                           GError             **error)
{
  g_autofree char *path = g_build_filename (archive->folder, name, NULL);
  g_autoptr (GError) local = NULL;
  GMappedFile *file = NULL;
  struct stat info;

  if (g_lstat (path, &info) == 0 && S_ISREG (info.st_mode))
    file = g_mapped_file_new (path, FALSE, &local);

  if (file == NULL)
    reshoot_archive_set_bad (error, name, local != NULL ? local->message : "no such file");

  return file;
}

/* pictures/ and tiles/, and there no way out. */
static gboolean
is_blob_name (const char *name)
{
  const char *file = strchr (name, '/');

  if (!g_str_has_prefix (name, RESHOOT_ARCHIVE_PICTURES "/") && !g_str_has_prefix (name, RESHOOT_ARCHIVE_TILES "/"))
    return FALSE;

  file++;
  return g_ascii_isalnum (*file) && strspn (file, "0123456789abcdefghijklmnopqrstuvwxyz.") == strlen (file);
}

/* What a row names, if it is what its digest says. */
static GBytes *
read_blob (ReshootArchiveRead  *archive,
           JsonObject          *row,
           const char          *name,
           GError             **error)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *digest = NULL;

  if (!is_blob_name (name))
    {
      reshoot_archive_set_bad (error, name, "not a name of ours");
      return NULL;
    }

  file = reshoot_archive_open_file (archive, name, error);
  if (file == NULL)
    return NULL;

  bytes = g_mapped_file_get_bytes (file);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (g_strcmp0 (digest, json_object_get_string_member_with_default (row, "digest", NULL)) == 0)
    return g_steal_pointer (&bytes);

  reshoot_archive_set_bad (error, name, "other bytes than were stored");
  return NULL;
}

/* What stands for the bytes of a row, or NULL. */
static const char *
get_blob_name (JsonNode *value)
{
  if (value == NULL || !JSON_NODE_HOLDS_OBJECT (value))
    return NULL;

  return json_object_get_string_member_with_default (json_node_get_object (value), "file", NULL);
}

/* Each column is there and none else: what a newer table has more would be lost without a word. */
static gboolean
insert_row (ReshootArchiveRead  *archive,
            Table               *table,
            JsonObject          *row,
            GError             **error)
{
  JsonNode *values[MAX_COLUMNS];
  g_autoptr (GBytes) bytes = NULL;

  if (json_object_get_size (row) != table->n_columns)
    {
      reshoot_archive_set_bad (error, table->table, "other columns");
      return FALSE;
    }

  for (guint i = 0; i < table->n_columns; i++)
    {
      const char *name;

      values[i] = json_object_get_member (row, table->columns[i]);
      if (values[i] == NULL || JSON_NODE_HOLDS_ARRAY (values[i]))
        {
          reshoot_archive_set_bad (error, table->table, table->columns[i]);
          return FALSE;
        }

      name = get_blob_name (values[i]);
      if (name == NULL)
        continue;

      values[i] = NULL;
      g_clear_pointer (&bytes, g_bytes_unref);
      bytes = read_blob (archive, row, name, error);
      if (bytes == NULL)
        return FALSE;
    }

  return reshoot_query_run_json (table->insert, values, table->n_columns, bytes, error);
}

static gboolean
read_line (ReshootArchiveRead  *archive,
           Table               *table,
           const char          *line,
           gsize                length,
           GError             **error)
{
  g_autofree char *text = g_strndup (line, length);
  g_autoptr (JsonNode) row = NULL;

  if (strlen (text) == length)
    row = reshoot_json_from_text (text, table->table, NULL);

  if (row == NULL || !JSON_NODE_HOLDS_OBJECT (row))
    {
      reshoot_archive_set_bad (error, table->table, "a line is no JSON object");
      return FALSE;
    }

  return insert_row (archive, table, json_node_get_object (row), error) &&
         !g_cancellable_set_error_if_cancelled (archive->cancellable, error);
}

static gboolean
prepare_table (ReshootArchiveRead  *archive,
               Table               *table,
               GError             **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GString) sql = g_string_new (NULL);

  query = reshoot_query_new (archive->database, error, "SELECT name FROM pragma_table_info (?)", "s", table->table);
  if (query == NULL)
    return FALSE;

  g_string_printf (sql, "INSERT INTO \"%s\" VALUES (", table->table);
  while (table->n_columns < MAX_COLUMNS && reshoot_query_next (query, NULL))
    {
      g_string_append (sql, table->n_columns > 0 ? ", ?" : "?");
      table->columns[table->n_columns++] = g_strdup (reshoot_query_get_text (query, 0));
    }

  g_string_append_c (sql, ')');
  table->insert = reshoot_query_new (archive->database, error, sql->str, "");
  return table->insert != NULL;
}

static gboolean
read_table (ReshootArchiveRead  *archive,
            const char          *name,
            GError             **error)
{
  g_auto (Table) table = { .table = name };
  g_autofree char *path = reshoot_archive_dup_table_path ("", name);
  g_autoptr (GMappedFile) file = NULL;
  const char *at;
  const char *end;

  if (!prepare_table (archive, &table, error))
    return FALSE;

  file = reshoot_archive_open_file (archive, path, error);
  if (file == NULL)
    return FALSE;

  at = g_mapped_file_get_contents (file);
  end = at + g_mapped_file_get_length (file);
  while (at < end)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      const char *stop = newline != NULL ? newline : end;

      if (!read_line (archive, &table, at, (gsize) (stop - at), error))
        return FALSE;

      at = stop + 1;
    }

  return TRUE;
}

gboolean
reshoot_archive_read_tables (ReshootArchiveRead  *archive,
                             GError             **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (archive->database, error, RESHOOT_ARCHIVE_LIST_TABLES, "");
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, NULL))
    g_ptr_array_add (tables, g_strdup (reshoot_query_get_text (query, 0)));

  for (guint i = 0; i < tables->len; i++)
    if (!read_table (archive, tables->pdata[i], error))
      return FALSE;

  return TRUE;
}
