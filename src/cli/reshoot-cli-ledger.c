/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledger: a line an entry for people, the whole of it for other programs. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-project-ledger.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <gio/gunixoutputstream.h>
#include <string.h>
#include <unistd.h>

/* Members that stand in a column of their own, or that nobody reads. */
static gboolean
is_detail (const char *name,
           JsonNode   *node)
{
  static const char *const others[] = { "step", "uuid", "from", "note", "affine", "bytes", NULL };
  const char *text = NULL;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);

  return !g_strv_contains (others, name) && !JSON_NODE_HOLDS_NULL (node) &&
         !(text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64);
}

static char *
dup_details (JsonObject *body)
{
  g_autoptr (GString) details = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, body);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (is_detail (name, node))
      {
        g_autofree char *value = reshoot_cli_dup_json (node);

        g_string_append_printf (details, "  %s=%s", name, value);
      }

  return g_strdup (details->str);
}

/* Number, time to the second, what happened, to which step, and the rest of the entry. */
static void
print_entry (JsonObject *entry)
{
  JsonNode *node = json_object_get_member (entry, "body");
  JsonObject *body = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *project = json_object_get_string_member_with_default (entry, "project", NULL);
  gint64 step = body != NULL ? json_object_get_int_member_with_default (body, "step", 0) : 0;
  g_autofree char *kind = reshoot_words_for_entry (json_object_get_string_member (entry, "kind"));
  g_autofree char *details = body != NULL ? dup_details (body) : g_strdup ("");
  g_autofree char *time = g_strndup (json_object_get_string_member (entry, "time"), 19);
  g_autofree char *number = step > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, step) : g_strdup ("");
  g_autoptr (GString) line = g_string_new (NULL);
  int missing = 10 - (int) g_utf8_strlen (kind, -1);

  g_strdelimit (time, "T", ' ');
  g_string_append_printf (line, "%s%5" G_GINT64_FORMAT "  %s  %s%*s  %4s%s", project != NULL ? "  > " : "",
                          json_object_get_int_member (entry, "n"), time, kind, MAX (missing, 0), "", number,
                          details);
  if (project != NULL)
    g_string_append_printf (line, "  [%s]", project);

  g_strdelimit (line->str, "\r\n\t", ' ');
  reshoot_cli_print (line->str);
}

static gboolean
write_ledger (ReshootCli           *cli,
              ReshootProject       *project,
              ReshootLedgerFormat   format,
              GOutputStream        *stream,
              GError              **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_export_ledger_async (project, format, stream, cli->cancellable,
                                       reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_project_export_ledger_finish (project, result, NULL, error);
}

static gboolean
print_ledger (ReshootCli      *cli,
              ReshootProject  *project,
              GError         **error)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *line;
  const char *end;

  if (!write_ledger (cli, project, RESHOOT_LEDGER_JSON, stream, error) ||
      !g_output_stream_write_all (stream, "", 1, NULL, NULL, error))
    return FALSE;

  line = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream));
  for (; (end = strchr (line, '\n')) != NULL; line = end + 1)
    {
      if (!json_parser_load_from_data (parser, line, end - line, error))
        return FALSE;

      print_entry (json_node_get_object (json_parser_get_root (parser)));
    }

  return TRUE;
}

/* A file that is not written whole is not there. */
static gboolean
save_ledger (ReshootCli           *cli,
             ReshootProject       *project,
             ReshootLedgerFormat   format,
             const char           *path,
             GError              **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GCancellable) given_up = g_cancellable_new ();
  g_autoptr (GError) local = NULL;

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &local);
  if (stream == NULL)
    {
      g_propagate_error (error, reshoot_error_new_from_io (local, path));
      return FALSE;
    }

  if (!write_ledger (cli, project, format, G_OUTPUT_STREAM (stream), error))
    {
      g_cancellable_cancel (given_up);
      g_output_stream_close (G_OUTPUT_STREAM (stream), given_up, NULL);
      return FALSE;
    }

  if (g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &local))
    return TRUE;

  g_propagate_error (error, reshoot_error_new_from_io (local, path));
  return FALSE;
}

static gboolean
run_ledger (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  gboolean csv = reshoot_cli_arguments_get_flag (arguments, "csv");
  gboolean json = reshoot_cli_arguments_get_flag (arguments, "json");
  const char *path = reshoot_cli_arguments_get_value (arguments, "output");
  ReshootLedgerFormat format = RESHOOT_LEDGER_JSON;
  g_autoptr (ReshootProject) project = NULL;
  gboolean done;

  if (csv && json)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-against", "--csv --json", "one of them");
      return FALSE;
    }

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_READ_ONLY, error);
  if (project == NULL)
    return FALSE;

  /* A file without a format is for a spreadsheet, unless its name says otherwise. */
  if (csv || (path != NULL && !json && !g_str_has_suffix (path, ".json") && !g_str_has_suffix (path, ".jsonl")))
    format = RESHOOT_LEDGER_CSV;

  if (path != NULL)
    done = save_ledger (cli, project, format, path, error);
  else if (csv || json)
    {
      g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

      done = write_ledger (cli, project, format, stream, error);
    }
  else
    done = print_ledger (cli, project, error);

  return done && reshoot_cli_close_project (cli, project, error);
}

static const ReshootCliOption ledger_options[] = {
  { "csv", 0, RESHOOT_CLI_FLAG, NULL, N_("a table for a spreadsheet") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a line, with all that its hash covers") },
  { "output", 'o', RESHOOT_CLI_ONCE, "FILE", N_("where to write it instead of standard output") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_ledger_command = {
  "ledger", "PROJECT [--csv | --json] [-o FILE]", N_("list what a project’s ledger tells, oldest first"),
  ledger_options, 1, 1, run_ledger
};
