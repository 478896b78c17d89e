/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot rebase`: the instructions of a branch, made again on its original as a new branch beside the old. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-rebase.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
print_price (ReshootRebase *rebase)
{
  g_autofree char *money = reshoot_words_for_money (rebase->price);
  guint n = rebase->requests->len;
  g_autofree char *words = NULL;

  /* Translators: before instructions are made again on the original; %s is what that is expected to cost. */
  words = g_strdup_printf (ngettext ("%u edit from the original: %s",
                                     "%u edits from the original: %s", n), n, money);
  reshoot_cli_print (words);
}

/* Better nothing is begun than half of it. */
static gboolean
check_budget (ReshootCli     *cli,
              ReshootRebase  *rebase,
              double          budget,
              GError        **error)
{
  g_autofree char *subject = NULL;

  if (isnan (budget))
    return TRUE;

  reshoot_session_set_limit (cli->session, RESHOOT_LIMIT_RUN, reshoot_money_from_dollars (budget),
                             NULL);
  if (rebase->price >= 0 && rebase->price <= reshoot_money_from_dollars (budget))
    return TRUE;

  subject = reshoot_words_for_money (rebase->price);
  reshoot_set_error (error, RESHOOT_ERROR_BUDGET, rebase->price < 0 ? "unknown-price" : NULL, subject,
                     "price %s", subject);
  return FALSE;
}

/* The edits, one on the other. */
static gboolean
replay (ReshootCli      *cli,
        ReshootProject  *project,
        ReshootRebase   *rebase,
        gboolean         json,
        GError         **error)
{
  const char *path = g_file_peek_path (reshoot_project_get_file (project));
  ReshootStep *source = reshoot_step_get_original (rebase->steps->pdata[0]);

  /* From here the head follows the work. */
  reshoot_history_set_head (reshoot_project_get_history (project), source);
  for (guint i = 0; i < rebase->requests->len; i++)
    {
      g_autoptr (ReshootJob) job = NULL;

      if (!reshoot_rebase_check (rebase, i, source, error))
        return FALSE;

      job = reshoot_cli_start_job (cli, project, source, rebase->requests->pdata[i], error);
      if (job == NULL || !reshoot_cli_finish_job (cli, job, path, error))
        return FALSE;

      source = reshoot_job_get_step (job);
      reshoot_cli_print_step (source, FALSE, json);
    }

  return TRUE;
}

static gboolean
rebase_branch (ReshootCli           *cli,
               ReshootCliArguments  *arguments,
               ReshootProject       *project,
               GError              **error)
{
  gboolean json = reshoot_cli_arguments_get_flag (arguments, "json");
  g_autoptr (ReshootRebase) rebase = NULL;
  ReshootStep *step;
  double budget = NAN;

  step = reshoot_cli_find_step (project, reshoot_cli_arguments_get_operand (arguments, 1), error);
  if (step == NULL || !reshoot_cli_arguments_get_amount (arguments, "budget", &budget, error))
    return FALSE;

  rebase = reshoot_rebase_new (step, reshoot_session_get_catalogue (cli->session),
                               reshoot_cli_arguments_get_flag (arguments, "merged"), error);
  if (rebase == NULL || !check_budget (cli, rebase, budget, error))
    return FALSE;

  if (!json)
    print_price (rebase);
  return replay (cli, project, rebase, json, error);
}

static gboolean
run_rebase (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  g_autoptr (ReshootProject) project = NULL;
  gboolean done;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0), 0,
                                      error);
  if (project == NULL)
    return FALSE;

  done = rebase_branch (cli, arguments, project, error);
  return reshoot_cli_close_project (cli, project, done ? error : NULL) && done;
}

static const ReshootCliOption rebase_options[] = {
  { "merged", 0, RESHOOT_CLI_FLAG, NULL, N_("ask for everything at once, in one instruction") },
  { "budget", 0, RESHOOT_CLI_ONCE, "USD", N_("refuse to spend more US dollars than this") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a line") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_rebase_command = {
  "rebase", "PROJECT STEP [--merged] [--budget USD] [--json]",
  N_("make the instructions up to a step again on its original"), rebase_options, 2, 2, run_rebase
};
