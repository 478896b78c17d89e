/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A project of an archive: the tables are made by us, rows are only filled in, and what comes of it is checked like any
 * project before it takes its place. */

#include "reshoot-archive-private.h"

#include "reshoot-error.h"
#include "reshoot-json.h"

/* Which tables the archive has. */
static JsonNode *
read_header (ReshootArchiveRead  *archive,
             GError             **error)
{
  g_autoptr (GMappedFile) file = reshoot_archive_open_file (archive, RESHOOT_ARCHIVE_HEADER, NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) header = NULL;
  JsonObject *object;

  if (file != NULL)
    text = g_strndup (g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
  if (text != NULL)
    header = reshoot_json_from_text (text, RESHOOT_ARCHIVE_HEADER, NULL);

  object = header != NULL && JSON_NODE_HOLDS_OBJECT (header) ? json_node_get_object (header) : NULL;
  if (object == NULL ||
      g_strcmp0 (json_object_get_string_member_with_default (object, "format", NULL), RESHOOT_ARCHIVE_FORMAT) != 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "not-an-archive", archive->folder, "no header");
      return NULL;
    }

  if (json_object_get_int_member_with_default (object, "version", 0) > RESHOOT_ARCHIVE_VERSION ||
      json_object_get_int_member_with_default (object, "tables", 0) > RESHOOT_SCHEMA_NEWEST)
    {
      reshoot_set_error (error, RESHOOT_ERROR_NEWER, NULL, archive->folder, "a newer archive");
      return NULL;
    }

  return g_steal_pointer (&header);
}

/* Empty tables as an older Reshoot may have had them; rows are filled in before they are brought forward. */
static gboolean
make_tables (ReshootDatabase  *database,
             gint64            version,
             GError          **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version = %d", (int) version);

  for (gint64 i = 0; i < version; i++)
    if (!reshoot_database_execute (database, reshoot_schema_get_migration (i), error))
      return FALSE;

  return reshoot_database_execute (database, pragma, error);
}

/* The rows come table by table, and lead to each other both ways. */
static gboolean
fill_tables (ReshootArchiveRead  *archive,
             gint64               version,
             GError             **error)
{
  return reshoot_database_execute (archive->database, RESHOOT_SCHEMA_LAYOUT
                                   "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN IMMEDIATE;"
                                   "PRAGMA defer_foreign_keys = ON", error) &&
         make_tables (archive->database, MAX (version, 1), error) &&
         reshoot_archive_read_tables (archive, error) &&
         reshoot_schema_migrate (archive->database, error) &&
         reshoot_database_execute (archive->database, "COMMIT; PRAGMA journal_mode = DELETE", error);
}

/* The end of its ledger is the one that the archive was given. */
static gboolean
check_ledger (ReshootArchiveRead  *archive,
              JsonObject          *header,
              GError             **error)
{
  g_autofree char *head = NULL;

  head = reshoot_database_dup_text (archive->database,
                                    "SELECT (SELECT hash FROM ledger ORDER BY n DESC LIMIT 1)", error);
  if (head == NULL)
    return FALSE;

  if (g_strcmp0 (head, json_object_get_string_member_with_default (header, "ledger", NULL)) == 0)
    return TRUE;

  reshoot_archive_set_bad (error, RESHOOT_ARCHIVE_HEADER, "another end of the ledger");
  return FALSE;
}

/* What the tables refuse is the archive's fault; a full disk is not. */
static void
blame_archive (GError **error)
{
  g_autofree char *detail = NULL;
  const char *reason = (*error)->domain == RESHOOT_ERROR ? reshoot_error_get_reason (*error) : NULL;

  if (g_strcmp0 (reason, "constraint") != 0 && g_strcmp0 (reason, "database") != 0)
    return;

  detail = g_strdup ((*error)->message);
  g_clear_error (error);
  reshoot_archive_set_bad (error, RESHOOT_ARCHIVE_TABLES, detail);
}

static gboolean
fill_work (ReshootDatabase  *none,
           ReshootCopy      *copy,
           GCancellable     *cancellable,
           GError          **error)
{
  g_autoptr (ReshootDatabase) database = reshoot_database_open (copy->draft, 0, error);
  ReshootArchiveRead archive = { database, copy->source, cancellable };
  g_autoptr (JsonNode) header = NULL;
  JsonObject *object;
  ReshootVerifyWork work = { { 0, }, 0 };
  g_autoptr (GError) local = NULL;

  header = database != NULL ? read_header (&archive, &local) : NULL;
  object = header != NULL ? json_node_get_object (header) : NULL;
  if (object != NULL &&
      fill_tables (&archive, json_object_get_int_member_with_default (object, "tables", 1), &local) &&
      check_ledger (&archive, object, &local) &&
      reshoot_schema_check (database, RESHOOT_SCHEMA_OURS, &local) &&
      reshoot_project_verify_work (database, &work, cancellable, &local))
    return TRUE;

  if (local != NULL)
    {
      blame_archive (&local);
      g_propagate_error (error, g_steal_pointer (&local));
    }

  return FALSE;
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;

  if (reshoot_copy_work (NULL, task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_archive_read_async:
 * @archive: a folder that reshoot_project_save_archive_async() wrote, on this machine
 * @to: the project that is made of it, on this machine; what lies there is replaced when it is whole
 * @cancellable: (nullable): to stop; then there is no project
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Makes the same project again: the same steps, pictures and ledger, with its uuid. What cannot be verified is no
 * project, and none is left then.
 */
void
reshoot_archive_read_async (GFile               *archive,
                            GFile               *to,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ReshootCopy *copy;
  GFile *remote = NULL;

  g_return_if_fail (G_IS_FILE (archive));
  g_return_if_fail (G_IS_FILE (to));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_archive_read_async);
  g_task_set_check_cancellable (task, FALSE);
  if (g_file_peek_path (archive) == NULL)
    remote = archive;
  else if (g_file_peek_path (to) == NULL)
    remote = to;

  if (remote != NULL)
    {
      g_autofree char *name = g_file_get_parse_name (remote);

      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "not-local", name,
                                                    "an archive lies on this machine"));
      return;
    }

  copy = reshoot_copy_new (to, FALSE, fill_work);
  copy->source = g_file_get_path (archive);
  g_task_set_task_data (task, copy, (GDestroyNotify) reshoot_copy_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * reshoot_archive_read_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: `INVALID_REQUEST` "not-an-archive", or one of those of [method@Project.save_copy_finish] about the place;
 * `NEWER`; `CORRUPT` "archive" with the file at fault, or one of those of [method@Project.verify_finish]; `NO_SPACE`;
 * `READ_ONLY`.
 *
 * Returns: whether the project is there, whole, verified and on the disk
 */
gboolean
reshoot_archive_read_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_archive_read_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
