/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that ask and change nothing: which models there are, and what the studio understands. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-plan.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
copy_member (JsonObject *to,
             JsonObject *from,
             const char *name)
{
  if (json_object_has_member (from, name))
    json_object_set_member (to, name, json_object_dup_member (from, name));
  else
    json_object_set_null_member (to, name);
}

static JsonNode *
model_to_json (ReshootSession *session,
               ReshootModel   *model)
{
  JsonObject *object = json_object_new ();
  JsonObject *json = reshoot_model_get_json (model);
  const char *provider = reshoot_model_get_provider (model);
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (session);
  JsonObject *description = reshoot_catalogue_get_provider (catalogue, provider);
  gboolean has_key = reshoot_model_get_is_local (model)
                     || reshoot_session_get_key_present (session, provider);

  json_object_set_string_member (object, "id", reshoot_model_get_id (model));
  json_object_set_string_member (object, "provider", provider);
  json_object_set_string_member (object, "name", reshoot_model_get_name (model));
  json_object_set_string_member (object, "kind",
                                 json_object_get_string_member_with_default (json, "kind", "edit"));

  reshoot_cli_set_number (object, "price", reshoot_money_to_dollars (reshoot_model_get_price (model)));
  reshoot_cli_set_text (object, "unit", reshoot_model_get_price_unit (model));
  reshoot_cli_set_text (object, "date", reshoot_model_get_price_date (model));

  if (json_object_has_member (json, "limits"))
    copy_member (object, json, "limits");
  else
    json_object_set_object_member (object, "limits", json_object_new ());

  copy_member (object, description, "terms");
  copy_member (object, description, "cancel");
  json_object_set_boolean_member (object, "key", has_key);
  return reshoot_cli_take_object (object);
}

/* A line of a table; the names of services are short, those of their models are not. */
static char *
words_for_model (ReshootSession *session,
                 ReshootModel   *model,
                 int             width)
{
  g_autofree char *price = reshoot_words_for_price (model);
  g_autofree char *name = g_strdup (reshoot_model_get_name (model));
  const char *date = reshoot_model_get_price_date (model);
  const char *key;

  if (reshoot_model_get_is_local (model))
    key = _("on this computer");
  else if (reshoot_session_get_key_present (session, reshoot_model_get_provider (model)))
    key = reshoot_session_get_key_place (session, reshoot_model_get_provider (model)) != NULL ? _("key present")
                                                                                             : _("no key needed");
  else
    key = _("no key");

  if (reshoot_model_get_is_reimagining (model))
    {
      g_free (name);
      /* Translators: %s is the name of a model that edits nothing. */
      name = g_strdup_printf (_("%s: reimagines, never edits"), reshoot_model_get_name (model));
    }

  return g_strdup_printf ("%-*s  %-22s  %-10s  %-16s  %s", width, reshoot_model_get_id (model), price,
                          date != NULL ? date : "", key, name);
}

static int
get_widest (GListModel *catalogue)
{
  int width = 0;

  for (guint i = 0; i < g_list_model_get_n_items (catalogue); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (catalogue, i);

      width = MAX (width, (int) strlen (reshoot_model_get_id (model)));
    }

  return width;
}

/* What can be asked now comes first: the studio and what there is a key for, then what needs none where it runs. */
#define N_RANKS 3

static int
rank_model (ReshootSession *session,
            ReshootModel   *model)
{
  const char *provider = reshoot_model_get_provider (model);

  if (!reshoot_model_get_is_local (model) && !reshoot_session_get_key_present (session, provider))
    return 2;

  return reshoot_model_get_is_local (model) || strchr (provider, '@') != NULL ||
         reshoot_session_get_key_place (session, provider) != NULL ? 0 : 1;
}

static void
print_model (ReshootCli   *cli,
             ReshootModel *model,
             int           width,
             gboolean      json)
{
  if (json)
    {
      g_autoptr (JsonNode) node = model_to_json (cli->session, model);

      reshoot_cli_print_json (node);
    }
  else
    {
      g_autofree char *words = words_for_model (cli->session, model, width);

      reshoot_cli_print (words);
    }
}

static gboolean
run_models (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  GListModel *catalogue = G_LIST_MODEL (reshoot_session_get_catalogue (cli->session));
  gboolean json = reshoot_cli_arguments_get_flag (arguments, "json");
  g_autoptr (GAsyncResult) result = NULL;
  int width;

  reshoot_session_load_keys_async (cli->session, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  if (!reshoot_session_load_keys_finish (cli->session, result, error))
    return FALSE;

  if (reshoot_cli_arguments_get_flag (arguments, "refresh") &&
      !reshoot_cli_refresh_models (cli, error))
    return FALSE;

  width = get_widest (catalogue);
  for (int rank = 0; rank < N_RANKS; rank++)
    for (guint i = 0; i < g_list_model_get_n_items (catalogue); i++)
      {
        g_autoptr (ReshootModel) model = g_list_model_get_item (catalogue, i);

        if (rank_model (cli->session, model) == rank)
          print_model (cli, model, width, json);
      }

  return TRUE;
}

static void
print_plan (ReshootPlan *plan)
{
  for (guint i = 0; i < reshoot_plan_get_n_operations (plan); i++)
    {
      g_autofree char *words = reshoot_words_for_operation (reshoot_plan_get_operation (plan, i));

      reshoot_cli_print (words);
    }
}

static gboolean
run_plan (ReshootCli           *cli,
          ReshootCliArguments  *arguments,
          GError              **error)
{
  const char *argument = reshoot_cli_arguments_get_value (arguments, "instruction");
  g_autofree char *instruction = NULL;
  g_autoptr (ReshootPlan) plan = NULL;

  if (argument == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-missing", "-i", "no instruction");
      return FALSE;
    }

  instruction = reshoot_cli_dup_text (argument, error);
  if (instruction == NULL)
    return FALSE;

  plan = reshoot_plan_new (instruction);
  if (reshoot_cli_arguments_get_flag (arguments, "json"))
    {
      g_autoptr (JsonNode) node = reshoot_plan_to_json (plan);

      reshoot_cli_print_json (node);
    }
  else
    {
      print_plan (plan);
    }

  return reshoot_plan_check (plan, error);
}

static const ReshootCliOption models_options[] = {
  { "refresh", 0, RESHOOT_CLI_FLAG, NULL, N_("ask the services first which models they have and what those cost") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a line") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_models_command = {
  "models", "[--refresh] [--json]", N_("list the models, their prices and whether there is a key"), models_options,
  0, 0, run_models
};

static const ReshootCliOption plan_options[] = {
  { "instruction", 'i', RESHOOT_CLI_ONCE, "TEXT", N_("what shall be done") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_plan_command = {
  "plan", "-i TEXT [--json]", N_("say what the studio understands, without doing it"), plan_options, 0, 0, run_plan
};
