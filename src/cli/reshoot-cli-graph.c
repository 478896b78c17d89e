/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot graph`: the graphs for ComfyUI that the person brought. Each is a model of every server that speaks it. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-graphs.h"
#include "reshoot-json-read.h"

#include <glib/gi18n-lib.h>

static char *
dup_slots (const ReshootOwnGraph *own,
           const char            *name)
{
  JsonArray *list = reshoot_json_get_array (own->slots, name);
  g_autoptr (GString) slots = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    g_string_append_printf (slots, "%s%s", i > 0 ? ", " : "", reshoot_json_get_string_at (list, i));

  return g_strdup (slots->str);
}

static void
print_graph (const ReshootOwnGraph *own,
             gboolean               json)
{
  g_autofree char *id = g_strconcat ("comfyui/", own->name, NULL);
  g_autofree char *image = dup_slots (own, "image");
  g_autofree char *prompt = dup_slots (own, "prompt");
  g_autofree char *seed = dup_slots (own, "seed");
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (!json)
    {
      /* Translators: a line about a graph: its id, and the names of the inputs where picture, words and seed go in. */
      line = g_strdup_printf (_("%s: picture into %s, words into %s, seed into %s"), id, image, prompt, seed);
      reshoot_cli_print (line);
      return;
    }

  object = json_object_new ();
  reshoot_cli_set_text (object, "id", id);
  json_object_set_object_member (object, "slots", json_object_ref (own->slots));
  node = reshoot_cli_take_object (object);
  reshoot_cli_print_json (node);
}

static gboolean
list_graphs (ReshootCliArguments  *arguments,
             GError              **error)
{
  g_autoptr (GPtrArray) graphs = reshoot_graphs_load ();

  for (guint i = 0; i < graphs->len; i++)
    print_graph (graphs->pdata[i], reshoot_cli_arguments_get_flag (arguments, "json"));

  return TRUE;
}

static gboolean
add_graph (ReshootCliArguments  *arguments,
           GError              **error)
{
  g_autoptr (ReshootOwnGraph) own = NULL;

  own = reshoot_graphs_add (reshoot_cli_arguments_get_operand (arguments, 1),
                            reshoot_cli_arguments_get_operand (arguments, 2),
                            reshoot_cli_arguments_get_values (arguments, "image"),
                            reshoot_cli_arguments_get_values (arguments, "text"),
                            reshoot_cli_arguments_get_values (arguments, "seed"), error);
  if (own == NULL)
    return FALSE;

  print_graph (own, reshoot_cli_arguments_get_flag (arguments, "json"));
  return TRUE;
}

static gboolean
remove_graph (ReshootCliArguments  *arguments,
              GError              **error)
{
  return reshoot_graphs_remove (reshoot_cli_arguments_get_operand (arguments, 1), error);
}

static const struct
{
  const char  *name;
  const char  *usage;
  guint        n_operands;
  gboolean   (*run) (ReshootCliArguments  *arguments,
                     GError              **error);
} actions[] = {
  { "list", "list", 1, list_graphs },
  { "add", "add NAME FILE", 3, add_graph },
  { "remove", "remove NAME", 2, remove_graph },
};

static gboolean
run_graph (ReshootCli           *cli,
           ReshootCliArguments  *arguments,
           GError              **error)
{
  const char *name = reshoot_cli_arguments_get_operand (arguments, 0);
  guint n = reshoot_cli_arguments_get_n_operands (arguments);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *usage = g_strconcat ("reshoot graph ", actions[i].usage, NULL);

      if (!g_str_equal (actions[i].name, name))
        continue;

      if (n == actions[i].n_operands)
        return actions[i].run (arguments, error);

      if (n < actions[i].n_operands)
        reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "argument-missing", usage,
                           "%u given", n);
      else
        reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "argument-too-many",
                           reshoot_cli_arguments_get_operand (arguments, actions[i].n_operands),
                           "%u given", n);
      return FALSE;
    }

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "graph-action", name, "no such action");
  return FALSE;
}

static const ReshootCliOption graph_options[] = {
  { "image", 0, RESHOOT_CLI_MANY, "NODE.INPUT",
    N_("where the picture goes; once more for each further picture that may go along") },
  { "text", 0, RESHOOT_CLI_MANY, "NODE.INPUT", N_("where the words go") },
  { "seed", 0, RESHOOT_CLI_MANY, "NODE.INPUT", N_("where the seed goes") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a graph") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_graph_command = {
  "graph", "list | add NAME FILE [--image NODE.INPUT]… [--text …] [--seed …] | remove NAME",
  N_("graphs of your own for ComfyUI: list, add or remove\n"
     "FILE is what ComfyUI exports in its API format. The graph is the model comfyui/NAME from then on, and that of "
     "every server of yours that speaks comfyui. An input that only one could be is found by itself."),
  graph_options, 1, 3, run_graph
};
