/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot parcel`: a project as one page for a reviewer. `reshoot import-verdicts`: what they said of it, brought
 * back. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-parcel.h"
#include "reshoot-project-verdicts.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Smaller shows nothing, larger is no picture of ours. */
#define EDGE_MIN 64
#define EDGE_MAX 65535

/* By its name: FILE.pdf is to be printed. */
gboolean
reshoot_cli_is_pdf_name (const char *output)
{
  g_autofree char *lower = output != NULL ? g_ascii_strdown (output, -1) : NULL;

  return lower != NULL && g_str_has_suffix (lower, ".pdf");
}

static gboolean
read_options (ReshootCliArguments   *arguments,
              ReshootProject        *project,
              ReshootParcelOptions  *options,
              GError               **error)
{
  const char *size = reshoot_cli_arguments_get_value (arguments, "size");
  const char *until = reshoot_cli_arguments_get_value (arguments, "to");

  if (reshoot_cli_is_pdf_name (reshoot_cli_arguments_get_value (arguments, "output")))
    options->kind = RESHOOT_PARCEL_SHEET;

  options->prices = reshoot_cli_arguments_get_flag (arguments, "prices");
  options->long_edge = RESHOOT_PARCEL_PREVIEW;
  if (g_strcmp0 (size, "full") == 0)
    options->long_edge = RESHOOT_PARCEL_FULL;
  else if (!reshoot_cli_arguments_get_whole (arguments, "size", EDGE_MIN, EDGE_MAX, &options->long_edge, error))
    return FALSE;

  if (until != NULL)
    options->until = reshoot_cli_find_step (project, until, error);

  return until == NULL || options->until != NULL;
}

/* A page that nobody's mail program would open is of no use. */
gboolean
reshoot_cli_check_page_name (const char  *output,
                             GError     **error)
{
  g_autofree char *lower = output != NULL ? g_ascii_strdown (output, -1) : NULL;
  g_autofree char *folder = output != NULL ? g_path_get_dirname (output) : NULL;

  if (output == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-missing", "-o", "no output");
  else if (!reshoot_cli_is_pdf_name (output) && !g_str_has_suffix (lower, ".html") &&
           !g_str_has_suffix (lower, ".htm"))
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "parcel-name", output, "no page");
  else if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "output-folder", folder, "no such folder");
  else
    return TRUE;

  return FALSE;
}

static gboolean
save (ReshootCli            *cli,
      ReshootProject        *project,
      const char            *output,
      ReshootParcelOptions  *options,
      GError               **error)
{
  g_autoptr (GFile) to = g_file_new_for_commandline_arg (output);
  g_autoptr (JsonNode) words = reshoot_words_for_parcel ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *said = NULL;
  guint n;

  options->words = words;
  reshoot_parcel_save_async (project, to, options, NULL, NULL, cli->cancellable,
                             reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  if (!reshoot_parcel_save_finish (project, result, &n, error))
    return FALSE;

  if (options->kind == RESHOOT_PARCEL_SHEET)
    /* Translators: %u is a number, %s the name of a file. */
    said = g_strdup_printf (ngettext ("%u step in “%s”.", "%u steps in “%s”.", n), n, output);
  else
    /* Translators: %u is a number, %s the name of a file. */
    said = g_strdup_printf (ngettext ("%u step in “%s”: it opens in any browser.",
                                      "%u steps in “%s”: it opens in any browser.", n), n, output);
  reshoot_cli_print (said);
  return TRUE;
}

static gboolean
run_parcel (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  const char *output = reshoot_cli_arguments_get_value (arguments, "output");
  g_autoptr (ReshootProject) project = NULL;
  ReshootParcelOptions options = { NULL, };
  gboolean done;

  if (!reshoot_cli_check_page_name (output, error))
    return FALSE;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_READ_ONLY, error);
  if (project == NULL)
    return FALSE;

  done = read_options (arguments, project, &options, error) && save (cli, project, output,
                                                                     &options, error);
  return reshoot_cli_close_project (cli, project, done ? error : NULL) && done;
}

static void
print_counts (const ReshootVerdictCounts *counts,
              const char                 *reviewer)
{
  g_autoptr (GString) line = g_string_new (NULL);

  /* Translators: %s is a person; after it numbers follow. */
  g_string_append_printf (line, _("%s: "), reviewer);
  g_string_append_printf (line, ngettext ("%u verdict", "%u verdicts", counts->n_verdicts), counts->n_verdicts);
  g_string_append (line, ", ");
  g_string_append_printf (line, ngettext ("%u note", "%u notes", counts->n_notes), counts->n_notes);
  if (counts->n_known > 0)
    /* Translators: how many verdicts and notes of a file had been brought in before. */
    g_string_append_printf (line, ngettext (", %u was here already", ", %u were here already", counts->n_known),
                            counts->n_known);
  if (counts->n_missing > 0)
    /* Translators: how many steps that a file speaks of are not in the project. */
    g_string_append_printf (line, ngettext (", %u is about a step that is not here",
                                            ", %u are about steps that are not here", counts->n_missing),
                            counts->n_missing);
  reshoot_cli_print (line->str);
}

static void
print_counts_json (const ReshootVerdictCounts *counts,
                   const char                 *reviewer)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = reshoot_cli_take_object (object);

  json_object_set_string_member (object, "reviewer", reviewer);
  json_object_set_int_member (object, "verdicts", counts->n_verdicts);
  json_object_set_int_member (object, "notes", counts->n_notes);
  json_object_set_int_member (object, "known", counts->n_known);
  json_object_set_int_member (object, "missing", counts->n_missing);
  reshoot_cli_print_json (node);
}

static gboolean
import (ReshootCli           *cli,
        ReshootCliArguments  *arguments,
        ReshootProject       *project,
        GError              **error)
{
  const char *path = reshoot_cli_arguments_get_operand (arguments, 1);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *reviewer = NULL;
  ReshootVerdictCounts counts;

  reshoot_project_import_verdicts_async (project, file, cli->cancellable, reshoot_cli_ready_cb,
                                         &result);
  reshoot_cli_await (&result);
  if (!reshoot_project_import_verdicts_finish (project, result, &counts, &reviewer, error))
    return FALSE;

  if (reshoot_cli_arguments_get_flag (arguments, "json"))
    print_counts_json (&counts, reviewer);
  else
    print_counts (&counts, reviewer);

  return TRUE;
}

static gboolean
run_import (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  g_autoptr (ReshootProject) project = NULL;
  gboolean done;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_OPEN, error);
  if (project == NULL)
    return FALSE;

  done = import (cli, arguments, project, error);
  return reshoot_cli_close_project (cli, project, done ? error : NULL) && done;
}

static const ReshootCliOption parcel_options[] = {
  { "output", 'o', RESHOOT_CLI_ONCE, "FILE.html", N_("where the page goes; FILE.pdf makes a contact sheet") },
  { "to", 0, RESHOOT_CLI_ONCE, "ID", N_("only the path from its original to that step") },
  { "size", 0, RESHOOT_CLI_ONCE, "PIXELS|full", N_("the long edge of its pictures; 1600 where nothing is said") },
  { "prices", 0, RESHOOT_CLI_FLAG, NULL, N_("say what the edits cost") },
  { NULL }
};

static const ReshootCliOption import_options[] = {
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("print what it brought as one object") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_parcel_command = {
  "parcel", "PROJECT -o FILE.html|FILE.pdf [--to ID] [--size PIXELS|full] [--prices]",
  N_("write a project as one page for somebody to review, with no Reshoot and no network"), parcel_options, 1, 1,
  run_parcel
};

const ReshootCliCommand reshoot_cli_import_verdicts_command = {
  "import-verdicts", "PROJECT FILE [--json]", N_("bring back what somebody said on the page of a parcel"),
  import_options, 2, 2, run_import
};
