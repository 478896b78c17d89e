/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that look at a project and change nothing in it: the tree, a step, two steps, whether it is whole. They open
 * it for reading, so that they work while a window has it open. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-diff.h"
#include "reshoot-error.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>

static gboolean
run_history (ReshootCli           *cli,
             ReshootCliArguments  *arguments,
             GError              **error)
{
  gboolean json = reshoot_cli_arguments_get_flag (arguments, "json");
  g_autoptr (ReshootProject) project = NULL;
  ReshootHistory *history;
  ReshootStep *head;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_READ_ONLY, error);
  if (project == NULL)
    return FALSE;

  history = reshoot_project_get_history (project);
  head = reshoot_history_get_head (history);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (history), i);

      reshoot_cli_print_step (step, step == head, json);
    }

  return reshoot_cli_close_project (cli, project, error);
}

static gboolean
run_show (ReshootCli           *cli,
          ReshootCliArguments  *arguments,
          GError              **error)
{
  g_autoptr (ReshootProject) project = NULL;
  ReshootStep *head, *step;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_READ_ONLY, error);
  if (project == NULL)
    return FALSE;

  head = reshoot_history_get_head (reshoot_project_get_history (project));
  step = reshoot_cli_find_step (project, reshoot_cli_arguments_get_operand (arguments, 1), error);
  if (step == NULL)
    return FALSE;

  reshoot_cli_print_step (step, step == head, reshoot_cli_arguments_get_flag (arguments, "json"));
  return reshoot_cli_close_project (cli, project, error);
}

static JsonNode *
dup_value (JsonNode *value)
{
  return value != NULL ? json_node_copy (value) : json_node_new (JSON_NODE_NULL);
}

static void
print_row (ReshootDiffRow *row,
           gboolean        json)
{
  JsonNode *a = reshoot_diff_row_get_a (row);
  JsonNode *b = reshoot_diff_row_get_b (row);
  gboolean is_equal = reshoot_diff_row_get_is_equal (row);

  if (json)
    {
      JsonObject *object = json_object_new ();
      g_autoptr (JsonNode) node = reshoot_cli_take_object (object);

      json_object_set_string_member (object, "aspect",
                                     reshoot_aspect_to_string (reshoot_diff_row_get_aspect (row)));
      reshoot_cli_set_text (object, "name", reshoot_diff_row_get_name (row));
      json_object_set_member (object, "a", dup_value (a));
      json_object_set_member (object, "b", dup_value (b));
      json_object_set_boolean_member (object, "equal", is_equal);
      reshoot_cli_print_json (node);
    }
  else
    {
      g_autofree char *aspect = reshoot_words_for_aspect (row);
      g_autofree char *words_a = reshoot_words_for_difference (row, a);
      g_autofree char *words_b = reshoot_words_for_difference (row, b);
      g_autofree char *line = is_equal ? g_strdup_printf ("= %s: %s", aspect, words_a)
                                       : g_strdup_printf ("  %s: %s  |  %s", aspect, words_a, words_b);

      g_strdelimit (line, "\r\n\t", ' ');
      reshoot_cli_print (line);
    }
}

/* Rows that are equal are marked, and so is a pair of steps in which all are. */
static void
print_difference (ReshootStep *a,
                  ReshootStep *b,
                  gboolean     json)
{
  g_autoptr (GListModel) rows = reshoot_diff_new (a, b);
  gboolean differ = FALSE;

  if (!json)
    {
      reshoot_cli_print_step (a, FALSE, FALSE);
      reshoot_cli_print_step (b, FALSE, FALSE);
    }

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (ReshootDiffRow) row = g_list_model_get_item (rows, i);

      differ = differ || !reshoot_diff_row_get_is_equal (row);
      print_row (row, json);
    }

  if (!json && !differ)
    reshoot_cli_print (_("They do not differ."));
}

static gboolean
run_diff (ReshootCli           *cli,
          ReshootCliArguments  *arguments,
          GError              **error)
{
  g_autoptr (ReshootProject) project = NULL;
  ReshootStep *a, *b;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_READ_ONLY, error);
  if (project == NULL)
    return FALSE;

  a = reshoot_cli_find_step (project, reshoot_cli_arguments_get_operand (arguments, 1), error);
  if (a == NULL)
    return FALSE;

  b = reshoot_cli_find_step (project, reshoot_cli_arguments_get_operand (arguments, 2), error);
  if (b == NULL)
    return FALSE;

  print_difference (a, b, reshoot_cli_arguments_get_flag (arguments, "json"));
  return reshoot_cli_close_project (cli, project, error);
}

/* Of a picture, that it tells nothing but what it shows. */
static gboolean
run_verify_private (ReshootCli           *cli,
                    ReshootCliArguments  *arguments,
                    GError              **error)
{
  const char *path = reshoot_cli_arguments_get_operand (arguments, 0);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) beside = NULL;
  g_autofree char *names = NULL;
  g_autofree char *words = NULL;

  reshoot_image_list_beside_async (file, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  beside = reshoot_image_list_beside_finish (result, error);
  if (beside == NULL)
    return FALSE;

  if (*beside != NULL)
    {
      names = g_strjoinv (", ", beside);
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "not-private", names, "more than pixels and profile");
      return FALSE;
    }

  /* Translators: %s is the name of a file. */
  words = g_strdup_printf (_("“%s” holds its pixels and their color profile, and nothing else."), path);
  reshoot_cli_print (words);
  return TRUE;
}

static gboolean
run_verify (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  g_autoptr (ReshootProject) project = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *entries_words = NULL;
  g_autofree char *pictures_words = NULL;
  g_autofree char *words = NULL;
  ReshootVerifyCounts counts;

  if (reshoot_cli_arguments_get_flag (arguments, "private"))
    return run_verify_private (cli, arguments, error);

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_READ_ONLY, error);
  if (project == NULL)
    return FALSE;

  reshoot_project_verify_async (project, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  if (!reshoot_project_verify_finish (project, result, &counts, error))
    return FALSE;

  entries_words = g_strdup_printf (ngettext ("%u entry", "%u entries", counts.n_entries), counts.n_entries);
  pictures_words = g_strdup_printf (ngettext ("%u picture", "%u pictures", counts.n_pictures),
                                    counts.n_pictures);
  /* Translators: a project was checked; “12 entries” of its ledger and “3 pictures”. */
  words = g_strdup_printf (_("All is well: %s of the ledger and %s were checked."), entries_words, pictures_words);
  reshoot_cli_print (words);
  if (counts.n_joined > 0)
    {
      g_autofree char *joined = NULL;

      joined = g_strdup_printf (ngettext ("With it %u entry of joined projects.",
                                          "With it %u entries of joined projects.", counts.n_joined), counts.n_joined);
      reshoot_cli_print (joined);
    }

  return reshoot_cli_close_project (cli, project, error);
}

static const ReshootCliOption json_options[] = {
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a line") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_history_command = {
  "history", "PROJECT [--json]", N_("list the steps of a project, oldest first"), json_options, 1, 1, run_history
};

const ReshootCliCommand reshoot_cli_show_command = {
  "show", "PROJECT STEP [--json]", N_("say what is known of a step"), json_options, 2, 2, run_show
};

const ReshootCliCommand reshoot_cli_diff_command = {
  "diff", "PROJECT A B [--json]", N_("say in what two steps differ"), json_options, 3, 3, run_diff
};

static const ReshootCliOption verify_options[] = {
  { "private", 0, RESHOOT_CLI_FLAG, NULL, N_("check that a picture tells nothing but what it shows") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_verify_command = {
  "verify", "PROJECT | --private FILE", N_("check a project, its pictures and its ledger"),
  verify_options, 1, 1, run_verify
};
