/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that look at a project and change nothing in it: the tree, a step, two steps, whether it is whole. They open
 * it for reading, so that they work while a window has it open. */

#include "config.h"

#include "reshoot-cli-private.h"

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

/* The keys that make two steps different edits; numbers, digests and the like differ anyway. */
static JsonArray *
find_differences (JsonObject *a,
                  JsonObject *b)
{
  static const char *const keys[] = { "parent", "original", "kind", "model", "instruction", "state", "seconds",
                                      "price", "digest", "width", "height" };
  JsonArray *differ = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!json_node_equal (json_object_get_member (a, keys[i]), json_object_get_member (b, keys[i])))
      json_array_add_string_element (differ, keys[i]);

  return differ;
}

static void
print_difference (ReshootStep *a,
                  ReshootStep *b,
                  gboolean     json)
{
  g_autoptr (JsonNode) node_a = reshoot_cli_step_to_json (a, FALSE);
  g_autoptr (JsonNode) node_b = reshoot_cli_step_to_json (b, FALSE);
  g_autoptr (JsonArray) differ = find_differences (json_node_get_object (node_a),
                                                   json_node_get_object (node_b));

  if (json)
    {
      JsonObject *object = json_object_new ();
      g_autoptr (JsonNode) node = reshoot_cli_take_object (object);

      json_object_set_member (object, "a", json_node_copy (node_a));
      json_object_set_member (object, "b", json_node_copy (node_b));
      json_object_set_array_member (object, "differ", json_array_ref (differ));
      reshoot_cli_print_json (node);
      return;
    }

  reshoot_cli_print_step (a, FALSE, FALSE);
  reshoot_cli_print_step (b, FALSE, FALSE);
  if (json_array_get_length (differ) == 0)
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
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "not-yet", "verify --private", "not yet");
      return FALSE;
    }

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
  { "private", 0, RESHOOT_CLI_FLAG, NULL, N_("not part of this version") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_verify_command = {
  "verify", "PROJECT", N_("check a project, its pictures and its ledger"), verify_options, 1, 1, run_verify
};
