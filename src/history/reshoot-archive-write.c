/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An archive: a project as plain files, for whoever will have no Reshoot, and no SQLite, in twenty years. The tables
 * are JSON, a row a line; every picture that was received is a file, and so is every tile. What people look at is
 * written by reshoot-archive-steps.c. */

#include "reshoot-archive-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "reshoot-error.h"
#include "reshoot-json.h"

char *
reshoot_archive_dup_table_path (const char *folder,
                                const char *table)
{
  g_autofree char *name = g_strconcat (table, ".jsonl", NULL);

  return g_build_filename (folder, RESHOOT_ARCHIVE_TABLES, name, NULL);
}

static gboolean
set_errno (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  return FALSE;
}

gboolean
reshoot_archive_write_file (ReshootArchive  *archive,
                            const char      *name,
                            const char      *data,
                            gsize            length,
                            GError         **error)
{
  g_autofree char *path = g_build_filename (archive->copy->draft, name, NULL);
  g_autoptr (GError) local = NULL;

  GIOErrorEnum code;

  if (g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0666,
                                &local))
    return TRUE;

  code = g_io_error_from_file_error ((GFileError) local->code);
  g_set_error_literal (error, G_IO_ERROR, (int) code, local->message);
  return FALSE;
}

/* -- Tables -------------------------------------------------------------------------------------------------------- */

/* Of a file's name. */
const char *
reshoot_archive_get_ending (const char *format)
{
  return g_strcmp0 (format, "jpeg") == 0 ? "jpg" : format;
}

/* pictures/DIGEST.jpg or tiles/DIGEST.png. A stranger's project may hold anything where a digest should be. */
static char *
dup_blob_name (ReshootArchive  *archive,
               const char      *table,
               const char      *digest,
               GError         **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  const char *format = "png";

  if (g_str_equal (table, "picture_data"))
    {
      query = reshoot_query_new (archive->database, error, "SELECT format FROM main.picture WHERE digest = ?", "s",
                                 digest);
      if (query == NULL)
        return NULL;

      format = reshoot_query_next (query, NULL) ? reshoot_query_get_text (query, 0) : NULL;
    }

  if (digest == NULL || strspn (digest, "0123456789abcdef") != 64 || digest[64] != '\0' ||
      format == NULL || strspn (format, "abcdefghijklmnopqrstuvwxyz") != strlen (format))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", digest, "no digest or no format");
      return NULL;
    }

  return g_strdup_printf ("%s/%s.%s", g_str_equal (table, "tile") ? RESHOOT_ARCHIVE_TILES : RESHOOT_ARCHIVE_PICTURES,
                          digest, reshoot_archive_get_ending (format));
}

/* The bytes of a row, as a file, and what stands in the row for them. */
static JsonNode *
write_blob (ReshootArchive  *archive,
            const char      *table,
            ReshootQuery    *query,
            int              column,
            const char      *digest,
            GError         **error)
{
  g_autoptr (GBytes) bytes = reshoot_query_dup_bytes (query, column);
  g_autofree char *name = dup_blob_name (archive, table, digest, error);
  g_autofree char *real = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  JsonObject *object;
  JsonNode *node;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (name == NULL)
    return NULL;

  if (!g_str_equal (real, digest))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", digest, "other bytes");
      return NULL;
    }

  if (!reshoot_archive_write_file (archive, name, data, length, error))
    return NULL;

  archive->done += (gint64) length;
  reshoot_copy_set_progress_cb (archive->total > 0 ? archive->done / (double) archive->total : 1,
                                archive->copy);
  object = json_object_new ();
  json_object_set_string_member (object, "file", name);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

static gboolean
append_row (ReshootArchive  *archive,
            const char      *table,
            ReshootQuery    *query,
            GString         *lines,
            GError         **error)
{
  g_autoptr (JsonNode) row = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = NULL;

  json_node_take_object (row, object);
  for (int i = 0; i < reshoot_query_get_n_columns (query); i++)
    {
      const char *column = reshoot_query_get_name (query, i);
      JsonNode *value = reshoot_query_to_json (query, i);

      if (value == NULL)
        value = write_blob (archive, table, query, i,
                            json_object_get_string_member_with_default (object, "digest", NULL), error);
      if (value == NULL)
        return FALSE;

      json_object_set_member (object, column, value);
    }

  text = reshoot_json_to_text (row);
  g_string_append (lines, text);
  g_string_append_c (lines, '\n');
  return !g_cancellable_set_error_if_cancelled (archive->cancellable, error);
}

static gboolean
write_table (ReshootArchive  *archive,
             const char      *table,
             GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM main.\"%s\"", table);
  g_autofree char *name = reshoot_archive_dup_table_path ("", table);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (ReshootQuery) query = reshoot_query_new (archive->database, error, sql, "");

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    if (!append_row (archive, table, query, lines, error))
      return FALSE;

  if (local == NULL)
    return reshoot_archive_write_file (archive, name, lines->str, lines->len, error);

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static GPtrArray *
list_tables (ReshootDatabase  *database,
             GError          **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (database, error, RESHOOT_ARCHIVE_LIST_TABLES, "");
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return NULL;

  while (local == NULL && reshoot_query_next (query, &local))
    {
      const char *name = reshoot_query_get_text (query, 0);

      /* A newer project's tables are its own, and so might their names be. */
      if (strspn (name, "0123456789_abcdefghijklmnopqrstuvwxyz") != strlen (name))
        reshoot_set_error (&local, RESHOOT_ERROR_CORRUPT, "schema", name, "not a name of a table");
      else
        g_ptr_array_add (tables, g_strdup (name));
    }

  if (local == NULL)
    return g_steal_pointer (&tables);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
write_header (ReshootArchive  *archive,
              GError         **error)
{
  g_autoptr (JsonNode) header = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *uuid = NULL;
  g_autofree char *head = NULL;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  gint64 version = 0;

  json_node_take_object (header, object);
  uuid = reshoot_database_dup_text (archive->database, "SELECT value FROM main.meta WHERE key = 'uuid'", error);
  head = reshoot_database_dup_text (archive->database,
                                    "SELECT (SELECT hash FROM main.ledger ORDER BY n DESC LIMIT 1)", error);
  if (uuid == NULL || head == NULL ||
      !reshoot_database_get_integer (archive->database, "PRAGMA main.user_version", &version, error))
    return FALSE;

  json_object_set_string_member (object, "format", RESHOOT_ARCHIVE_FORMAT);
  json_object_set_int_member (object, "version", RESHOOT_ARCHIVE_VERSION);
  json_object_set_int_member (object, "tables", version);
  json_object_set_string_member (object, "project", uuid);
  json_object_set_string_member (object, "ledger", head);
  text = reshoot_json_to_text (header);
  line = g_strconcat (text, "\n", NULL);
  return reshoot_archive_write_file (archive, RESHOOT_ARCHIVE_HEADER, line, strlen (line), error);
}

/* -- The whole ----------------------------------------------------------------------------------------------------- */

static gboolean
make_folders (ReshootArchive  *archive,
              GError         **error)
{
  static const char *const names[] = {
    RESHOOT_ARCHIVE_TABLES, RESHOOT_ARCHIVE_PICTURES, RESHOOT_ARCHIVE_TILES, RESHOOT_ARCHIVE_STEPS,
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (archive->copy->draft, names[i], NULL);

      if (g_mkdir (path, 0777) != 0)
        return set_errno (error);
    }

  return TRUE;
}

static gboolean
write_all (ReshootArchive  *archive,
           GError         **error)
{
  g_autoptr (GPtrArray) tables = NULL;

  if (!make_folders (archive, error) ||
      !reshoot_database_get_integer (archive->database,
                                     "SELECT (SELECT total (length (data)) FROM main.picture_data) +"
                                     " (SELECT total (length (data)) FROM tile)", &archive->total, error))
    return FALSE;

  tables = list_tables (archive->database, error);
  for (guint i = 0; tables != NULL && i < tables->len; i++)
    if (!write_table (archive, tables->pdata[i], error))
      return FALSE;

  return tables != NULL && reshoot_archive_write_steps (archive, error) &&
         write_header (archive, error);
}

/* One look at the file, whoever writes it meanwhile. */
gboolean
reshoot_archive_fill (ReshootDatabase  *database,
                      ReshootCopy      *copy,
                      GCancellable     *cancellable,
                      GError          **error)
{
  ReshootArchive archive = { database, copy, cancellable, 0, 0 };
  gboolean filled;

  if (!reshoot_database_execute (database, "BEGIN", error))
    return FALSE;

  filled = write_all (&archive, error);
  reshoot_database_execute (database, "ROLLBACK", NULL);
  return filled;
}

/**
 * reshoot_project_save_archive_async:
 * @self: a project that is not damaged
 * @to: the folder, on this machine, that shall hold it; it may be there if it is empty
 * @cancellable: (nullable): to stop; then there is no folder
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes everything the project holds as plain files: `tables/` has its tables as JSON, a row a line; `pictures/` and
 * `tiles/` the bytes by their digests; `steps/` what each step shows, for people; `project.json` says what it is.
 * reshoot_archive_read_async() makes the same project of it.
 */
void
reshoot_project_save_archive_async (ReshootProject      *self,
                                    GFile               *to,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (G_IS_FILE (to));

  if (self->damage != NULL)
    {
      g_autofree char *name = g_file_get_parse_name (self->location);

      g_task_report_error (self, callback, user_data, reshoot_project_save_archive_async,
                           reshoot_error_new (RESHOOT_ERROR_CORRUPT, "damaged", name, "a copy saves what is left"));
      return;
    }

  reshoot_project_begin_copy (self, to, TRUE, reshoot_archive_fill,
                              reshoot_project_save_archive_async, cancellable, callback, user_data);
}

/**
 * reshoot_project_save_archive_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: `INVALID_REQUEST` "exists" (something lies in the folder), "output-folder" or "not-local"; `NO_SPACE`;
 * `READ_ONLY`; `CORRUPT` "damaged" or "picture"; `FAILED` "closed". There is no archive then.
 *
 * Returns: whether the archive is there, whole and on the disk
 */
gboolean
reshoot_project_save_archive_finish (ReshootProject  *self,
                                     GAsyncResult    *result,
                                     GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_save_archive_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
