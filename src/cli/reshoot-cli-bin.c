/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot bin`: put steps there, take them out, see what is there and what emptying it would free, and empty it. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-project-bin.h"

#include <glib/gi18n-lib.h>

/* More than anybody types. */
#define MAX_OPERANDS 1000

static gboolean
move_step (ReshootCli      *cli,
           ReshootProject  *project,
           ReshootStep     *step,
           gboolean         restores,
           GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (restores)
    reshoot_project_restore_async (project, step, cli->cancellable, reshoot_cli_ready_cb, &result);
  else
    reshoot_project_bin_async (project, step, cli->cancellable, reshoot_cli_ready_cb, &result);

  reshoot_cli_await (&result);
  return restores ? reshoot_project_restore_finish (project, result, error)
                  : reshoot_project_bin_finish (project, result, error);
}

/* All are looked for before the first is moved. */
static gboolean
move_steps (ReshootCli           *cli,
            ReshootProject       *project,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  gboolean restores = reshoot_cli_arguments_get_flag (arguments, "restore");
  gboolean json = reshoot_cli_arguments_get_flag (arguments, "json");
  guint n = reshoot_cli_arguments_get_n_operands (arguments);

  for (guint i = 1; i < n; i++)
    if (reshoot_cli_find_step (project, reshoot_cli_arguments_get_operand (arguments, i),
                               error) == NULL)
      return FALSE;

  for (guint i = 1; i < n; i++)
    {
      ReshootStep *step;

      step = reshoot_cli_find_step (project, reshoot_cli_arguments_get_operand (arguments, i),
                                    error);
      if (!move_step (cli, project, step, restores, error))
        return FALSE;

      reshoot_cli_print_step (step, FALSE, json);
    }

  return TRUE;
}

static gboolean
measure (ReshootCli      *cli,
         ReshootProject  *project,
         guint           *n_steps,
         guint64         *n_bytes,
         GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_measure_bin_async (project, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_project_measure_bin_finish (project, result, n_steps, n_bytes, error);
}

/* What emptying the bin frees or freed, as the last line. */
static void
print_measure (guint    n_steps,
               guint64  n_bytes,
               gboolean json,
               gboolean is_done)
{
  g_autofree char *size = g_format_size (n_bytes);
  g_autofree char *count = g_strdup_printf (ngettext ("%u step", "%u steps", n_steps), n_steps);
  g_autofree char *line = NULL;

  if (json)
    {
      JsonObject *object = json_object_new ();
      g_autoptr (JsonNode) node = reshoot_cli_take_object (object);

      json_object_set_int_member (object, "steps", n_steps);
      json_object_set_int_member (object, is_done ? "freed" : "bytes", (gint64) n_bytes);
      reshoot_cli_print_json (node);
      return;
    }

  if (is_done)
    /* Translators: the first %s is "3 steps", the second a size, as "12.3 MB". */
    line = g_strdup_printf (_("The bin was emptied: %s purged, %s freed."), count, size);
  else
    /* Translators: the first %s is "3 steps", the second a size, as "12.3 MB". */
    line = g_strdup_printf (_("Emptying the bin purges %s for good and frees %s."), count, size);

  reshoot_cli_print (line);
}

static gboolean
list_bin (ReshootCli      *cli,
          ReshootProject  *project,
          gboolean         json,
          GError         **error)
{
  GListModel *bin = reshoot_history_get_bin (reshoot_project_get_history (project));
  guint64 n_bytes;
  guint n_steps;

  if (!measure (cli, project, &n_steps, &n_bytes, error))
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (bin); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (bin, i);

      reshoot_cli_print_step (step, FALSE, json);
    }

  if (g_list_model_get_n_items (bin) == 0 && !json)
    reshoot_cli_print (_("The bin is empty."));
  else
    print_measure (n_steps, n_bytes, json, FALSE);

  return TRUE;
}

static gboolean
empty_bin (ReshootCli      *cli,
           ReshootProject  *project,
           gboolean         json,
           GError         **error)
{
  GListModel *bin = reshoot_history_get_bin (reshoot_project_get_history (project));
  g_autoptr (GAsyncResult) result = NULL;
  guint64 n_bytes;
  guint n_steps;

  if (!measure (cli, project, &n_steps, &n_bytes, error))
    return FALSE;

  reshoot_project_empty_bin_async (project, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  if (!reshoot_project_empty_bin_finish (project, result, &n_bytes, error))
    return FALSE;

  print_measure (n_steps, n_bytes, json, TRUE);
  if (g_list_model_get_n_items (bin) > 0 && !json)
    reshoot_cli_print (_("What has a job on its way, or in doubt, stays in the bin."));

  return TRUE;
}

/* Options that say nothing together, or miss a step. */
static gboolean
check_arguments (ReshootCliArguments  *arguments,
                 GError              **error)
{
  gboolean has_steps = reshoot_cli_arguments_get_n_operands (arguments) > 1;
  gboolean restores = reshoot_cli_arguments_get_flag (arguments, "restore");
  gboolean empties = reshoot_cli_arguments_get_flag (arguments, "empty");

  if (empties && (restores || has_steps))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-conflict",
                         restores ? "--empty, --restore" : "--empty, STEP", "not together");
      return FALSE;
    }

  if (restores && !has_steps)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "argument-missing",
                         "reshoot bin PROJECT STEP… --restore", "no step");
      return FALSE;
    }

  return TRUE;
}

static gboolean
run_bin (ReshootCli           *cli,
         ReshootCliArguments  *arguments,
         GError              **error)
{
  gboolean json = reshoot_cli_arguments_get_flag (arguments, "json");
  gboolean empties = reshoot_cli_arguments_get_flag (arguments, "empty");
  gboolean looks = reshoot_cli_arguments_get_n_operands (arguments) == 1 && !empties;
  g_autoptr (ReshootProject) project = NULL;
  gboolean done;

  if (!check_arguments (arguments, error))
    return FALSE;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      looks ? RESHOOT_PROJECT_READ_ONLY : RESHOOT_PROJECT_OPEN,
                                      error);
  if (project == NULL)
    return FALSE;

  if (looks)
    done = list_bin (cli, project, json, error);
  else if (empties)
    done = empty_bin (cli, project, json, error);
  else
    done = move_steps (cli, project, arguments, error);

  return reshoot_cli_close_project (cli, project, done ? error : NULL) && done;
}

static const ReshootCliOption bin_options[] = {
  { "restore", 0, RESHOOT_CLI_FLAG, NULL, N_("take the steps out of the bin instead") },
  { "empty", 0, RESHOOT_CLI_FLAG, NULL, N_("purge what is in the bin, for good") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a step, and one with what is freed") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_bin_command = {
  "bin", "PROJECT [STEP…] [--restore] [--empty]", N_("put steps in the bin, or see what is in it"),
  bin_options, 1, MAX_OPERANDS, run_bin
};
