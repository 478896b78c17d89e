/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot server`: the servers of the person's own. What is added is looked at first; what answers at an address can
 * be asked before and after. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-address.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-probe.h"
#include "reshoot-session-choices.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_open (JsonObject *description)
{
  g_autoptr (ReshootAddress) address = reshoot_address_new (description, NULL);

  return address != NULL && reshoot_address_get_is_open (address);
}

static void
warn_if_open (JsonObject *description)
{
  g_autofree char *words = NULL;

  if (!is_open (description) || reshoot_json_get_object (description, "key") == NULL)
    return;

  words = reshoot_words_for_open_address (reshoot_json_get_string (description, "url"));
  reshoot_cli_print_error (words);
}

static void
print_json (ReshootCli          *cli,
            const ReshootServer *server,
            JsonObject          *description,
            const GError        *problem)
{
  JsonObject *object = json_object_new ();
  JsonArray *ids = json_array_new ();
  JsonArray *models = reshoot_json_get_array (description, "models");
  const char *url = reshoot_json_get_string (description, "url");
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    json_array_add_string_element (ids, reshoot_json_get_string (json_array_get_object_element (models, i), "id"));

  reshoot_cli_set_text (object, "server", server->name);
  reshoot_cli_set_text (object, "url", url != NULL ? url : server->url);
  reshoot_cli_set_text (object, "profile", reshoot_json_get_string (description, "profile"));
  json_object_set_array_member (object, "models", ids);
  json_object_set_boolean_member (object, "key", description != NULL &&
                                  reshoot_session_get_key_present (cli->session, server->name));
  json_object_set_boolean_member (object, "open", description != NULL && is_open (description));
  reshoot_cli_set_text (object, "problem", problem != NULL ? reshoot_error_get_reason (problem) : NULL);

  node = reshoot_cli_take_object (object);
  reshoot_cli_print_json (node);
}

static void
print_server (ReshootCli          *cli,
              const ReshootServer *server,
              gboolean             json)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonObject) description = reshoot_session_describe_server (cli->session, server,
                                                                        &problem);
  g_autofree char *words = problem != NULL ? reshoot_words_for_error (problem) : NULL;
  g_autofree char *line = NULL;

  if (json)
    {
      print_json (cli, server, description, problem);
      return;
    }

  /* Translators: a line about a server: its name, then its address and kind, or what is wrong with it. */
  if (problem != NULL)
    line = g_strdup_printf (_("%s: %s"), server->name, words);
  else
    line = g_strdup_printf (_("%s: %s, %s"), server->name, reshoot_json_get_string (description, "url"),
                            reshoot_json_get_string (description, "name"));
  reshoot_cli_print (line);
}

static gboolean
list_servers (ReshootCli           *cli,
              ReshootCliArguments  *arguments,
              GError              **error)
{
  g_autoptr (GPtrArray) servers = reshoot_servers_load (error);

  if (servers == NULL)
    return FALSE;

  for (guint i = 0; i < servers->len; i++)
    print_server (cli, servers->pdata[i], reshoot_cli_arguments_get_flag (arguments, "json"));

  return TRUE;
}

static gboolean
add_server (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  g_autoptr (ReshootServer) server = g_new0 (ReshootServer, 1);
  const char *models = reshoot_cli_arguments_get_value (arguments, "models");
  g_autoptr (JsonObject) description = NULL;
  JsonArray *described;

  server->name = g_strdup (reshoot_cli_arguments_get_operand (arguments, 1));
  server->url = g_strdup (reshoot_cli_arguments_get_operand (arguments, 2));
  server->profile = g_strdup (reshoot_cli_arguments_get_value (arguments, "profile"));
  server->key = g_strdup (reshoot_cli_arguments_get_value (arguments, "key"));
  if (models != NULL)
    server->models = g_strsplit (models, ",", -1);

  description = reshoot_session_add_server (cli->session, server, error);
  if (description == NULL)
    return FALSE;

  /* What to write after -m from now on. */
  described = reshoot_json_get_array (description, "models");
  for (guint i = 0; i < json_array_get_length (described); i++)
    reshoot_cli_print (reshoot_json_get_string (json_array_get_object_element (described, i), "id"));

  warn_if_open (description);
  return TRUE;
}

static void
print_found (const ReshootProbe *found,
             gboolean            json)
{
  JsonObject *object = json_object_new ();
  JsonArray *names = json_array_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *models = g_strjoinv (", ", found->models);
  g_autofree char *line = NULL;

  for (guint i = 0; found->models[i] != NULL; i++)
    json_array_add_string_element (names, found->models[i]);

  reshoot_cli_set_text (object, "dialect", found->dialect);
  reshoot_cli_set_text (object, "url", found->url);
  reshoot_cli_set_text (object, "version", found->version);
  json_object_set_array_member (object, "models", names);
  json_object_set_boolean_member (object, "open", found->is_open);
  node = reshoot_cli_take_object (object);

  if (json)
    {
      reshoot_cli_print_json (node);
      return;
    }

  /* Translators: what answers at an address: its address, what it speaks, what it calls its models. */
  if (*models != '\0')
    line = g_strdup_printf (_("%s answers as %s and has %s"), found->url, found->dialect, models);
  else
    line = g_strdup_printf (_("%s answers as %s"), found->url, found->dialect);
  reshoot_cli_print (line);
}

/* stable-diffusion.cpp speaks two dialects, and is found by the one that is its own. */
static gboolean
check_dialect (const char          *server,
               const ReshootProbe  *found,
               GError             **error)
{
  g_autofree char *dialect = g_strndup (server, strcspn (server, "@"));

  if (strchr (server, '@') == NULL || strstr (server, "://") != NULL || g_str_equal (dialect, found->dialect) ||
      (g_str_equal (dialect, "openai-images") && g_str_equal (found->dialect, "sdserver")))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server-other", found->dialect, "another dialect");
  return FALSE;
}

static gboolean
test_server (ReshootCli           *cli,
             ReshootCliArguments  *arguments,
             GError              **error)
{
  const char *server = reshoot_cli_arguments_get_operand (arguments, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootProbe) found = NULL;

  reshoot_session_probe_async (cli->session, server, cli->cancellable, reshoot_cli_ready_cb,
                               &result);
  reshoot_cli_await (&result);
  found = reshoot_session_probe_finish (cli->session, result, error);
  if (found == NULL)
    return FALSE;

  print_found (found, reshoot_cli_arguments_get_flag (arguments, "json"));
  if (found->is_open)
    {
      g_autofree char *words = reshoot_words_for_open_address (found->url);

      reshoot_cli_print_error (words);
    }

  return check_dialect (server, found, error);
}

static gboolean
remove_server (ReshootCli           *cli,
               ReshootCliArguments  *arguments,
               GError              **error)
{
  const char *name = reshoot_cli_arguments_get_operand (arguments, 1);

  return reshoot_session_remove_server (cli->session, name, error);
}

static const struct
{
  const char  *name;
  const char  *usage;
  guint        n_operands;
  gboolean   (*run) (ReshootCli           *cli,
                     ReshootCliArguments  *arguments,
                     GError              **error);
} actions[] = {
  { "list", "list", 1, list_servers },
  { "add", "add DIALECT@NAME URL", 3, add_server },
  { "remove", "remove DIALECT@NAME", 2, remove_server },
  { "test", "test DIALECT@NAME|URL", 2, test_server },
};

static gboolean
run_server (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  const char *name = reshoot_cli_arguments_get_operand (arguments, 0);
  guint n = reshoot_cli_arguments_get_n_operands (arguments);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *usage = g_strconcat ("reshoot server ", actions[i].usage, NULL);

      if (!g_str_equal (actions[i].name, name))
        continue;

      if (n == actions[i].n_operands)
        return actions[i].run (cli, arguments, error);

      if (n < actions[i].n_operands)
        reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "argument-missing", usage, "%u given", n);
      else
        reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "argument-too-many",
                           reshoot_cli_arguments_get_operand (arguments, actions[i].n_operands), "%u given", n);
      return FALSE;
    }

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server-action", name, "no such action");
  return FALSE;
}

static const ReshootCliOption server_options[] = {
  { "profile", 0, RESHOOT_CLI_ONCE, "PROFILE",
    N_("what kind of server it is: vllm-omni, xinference, exo, sd-server, …") },
  { "models", 0, RESHOOT_CLI_ONCE, "A,B", N_("what it calls its models") },
  { "key", 0, RESHOOT_CLI_ONCE, "HOW", N_("how its key is sent: bearer, basic, none or the name of a header") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a server") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_server_command = {
  "server", "list | add DIALECT@NAME URL | remove DIALECT@NAME | test DIALECT@NAME|URL",
  N_("servers of your own: list, add, remove, or see what answers\n"
     "DIALECT is comfyui, openai-images, sdserver or mjproxy. Its key is read from RESHOOT_DIALECT_NAME_KEY or the "
     "keyring."),
  server_options, 1, 3, run_server
};
