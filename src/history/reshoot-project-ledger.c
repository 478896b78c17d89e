/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledger written out for other programs, a little at a time: however long it is, only a few entries are in memory.
 * A joined ledger's entries follow the entry that tells of it. */

#include "reshoot-project-ledger.h"

#include "reshoot-error.h"
#include "reshoot-ledger-lines.h"
#include "reshoot-project-private.h"

/* What is gathered before it is written, in bytes. */
#define CHUNK (64 * 1024)

typedef struct
{
  /* inputs */
  ReshootLedgerFormat  format;
  GOutputStream       *stream;      /* (owned) */

  /* in progress */
  ReshootDatabase     *database;    /* (unowned) */
  GCancellable        *cancellable; /* (unowned) (nullable) */
  GString             *text;        /* (owned) */

  /* outputs */
  guint                n_entries;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->stream);
  g_string_free (export->text, TRUE);
  g_free (export);
}

/* Writes what was gathered. */
static gboolean
flush (Export  *export,
       GError **error)
{
  g_autoptr (GError) local = NULL;
  gsize written;

  if (g_output_stream_write_all (export->stream, export->text->str, export->text->len, &written,
                                 export->cancellable, &local))
    {
      g_string_truncate (export->text, 0);
      return TRUE;
    }

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_propagate_error (error, reshoot_error_new_from_io (local, NULL));

  return FALSE;
}

static gboolean write_joined (Export  *export,
                              gint64   entry,
                              GError **error);

/* Writes the rows of @query: n, time, kind, body, previous, hash. */
static gboolean
write_rows (Export       *export,
            ReshootQuery *query,
            gint64        joined,
            const char   *project,
            GError      **error)
{
  g_autoptr (GError) local = NULL;

  while (reshoot_query_next (query, &local))
    {
      ReshootLedgerLine line = { joined, project, reshoot_query_get_integer (query, 0) };

      line.time = reshoot_query_get_text (query, 1);
      line.kind = reshoot_query_get_text (query, 2);
      line.body = reshoot_query_get_text (query, 3);
      line.previous = reshoot_query_get_text (query, 4);
      line.hash = reshoot_query_get_text (query, 5);
      if (export->format == RESHOOT_LEDGER_CSV)
        reshoot_ledger_append_csv (export->text, &line, export->database);
      else
        reshoot_ledger_append_json (export->text, &line);

      export->n_entries++;
      if (g_cancellable_set_error_if_cancelled (export->cancellable, error) ||
          (export->text->len >= CHUNK && !flush (export, error)) ||
          (joined == 0 && g_str_equal (line.kind, "join") && !write_joined (export, line.n, error)))
        return FALSE;
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
write_joined (Export  *export,
              gint64   entry,
              GError **error)
{
  g_autoptr (ReshootQuery) joined = NULL;
  g_autoptr (ReshootQuery) rows = NULL;
  g_autofree char *project = NULL;

  joined = reshoot_query_new (export->database, error, "SELECT project FROM joined WHERE entry = ?", "i", entry);
  if (joined == NULL)
    return FALSE;

  if (reshoot_query_next (joined, error))
    project = g_strdup (reshoot_query_get_text (joined, 0));

  rows = reshoot_query_new (export->database, error,
                            "SELECT n, time, kind, body, previous, hash FROM joined_ledger WHERE entry = ?"
                            " ORDER BY n", "i", entry);
  return rows != NULL && write_rows (export, rows, entry, project, error);
}

static gboolean
write_ledger (Export  *export,
              GError **error)
{
  g_autoptr (ReshootQuery) query = NULL;

  if (export->format == RESHOOT_LEDGER_CSV)
    g_string_append (export->text, reshoot_ledger_csv_header);

  query = reshoot_query_new (export->database, error,
                             "SELECT n, time, kind, body, previous, hash FROM ledger ORDER BY n", "");
  return query != NULL && write_rows (export, query, 0, NULL, error) && flush (export, error);
}

static gboolean
export_work (ReshootDatabase  *database,
             gpointer          data,
             GCancellable     *cancellable,
             GError          **error)
{
  Export *export = data;
  gboolean is_written;

  if (!reshoot_database_execute (database, "BEGIN", error))
    return FALSE;

  export->database = database;
  export->cancellable = cancellable;
  is_written = write_ledger (export, error);
  reshoot_database_execute (database, "ROLLBACK", NULL);
  return is_written;
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_int (task, export->n_entries);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_project_export_ledger_async:
 * @self: a project
 * @format: how to write it
 * @stream: where to; written to on another thread, and left open
 * @cancellable: (nullable): to stop; what was written stays
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes the ledger out, each joined one after the entry that tells of it.
 */
void
reshoot_project_export_ledger_async (ReshootProject      *self,
                                     ReshootLedgerFormat  format,
                                     GOutputStream       *stream,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  GTask *task;
  GTask *inner;
  Export *export;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (G_IS_OUTPUT_STREAM (stream));

  task = reshoot_project_begin_read (self, cancellable, callback, user_data,
                                     reshoot_project_export_ledger_async);
  if (task == NULL)
    return;

  export = g_new0 (Export, 1);
  export->format = format;
  export->stream = g_object_ref (stream);
  export->text = g_string_sized_new (CHUNK + 1024);
  inner = g_task_new (NULL, cancellable, exported_cb, task);
  g_task_set_source_tag (inner, reshoot_project_export_ledger_async);
  g_task_set_task_data (inner, export, export_free);
  reshoot_project_push_check (self, inner, export_work);
}

/**
 * reshoot_project_export_ledger_finish:
 * @self: a project
 * @result: what the callback was given
 * @n_entries: (out) (optional): how many entries were written
 * @error: return location
 *
 * Errors: what kept the stream from being written to, as `NO_SPACE`; `FAILED` "closed".
 *
 * Returns: whether all is written
 */
gboolean
reshoot_project_export_ledger_finish (ReshootProject  *self,
                                      GAsyncResult    *result,
                                      guint           *n_entries,
                                      GError         **error)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_export_ledger_async),
                        FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n_entries != NULL)
    *n_entries = MAX (n, 0);

  return n >= 0;
}
