/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot copy`: a project, whole or what can be saved of a damaged one, in a file of its own. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-project-copy.h"

#include <glib/gi18n-lib.h>

/* The copy is there, and it is less than the project was: said, and told by the exit status. */
static gboolean
tell_damage (const ReshootDamage  *damage,
             const char           *path,
             GError              **error)
{
  g_autofree char *words = NULL;

  /* Translators: what a damaged project lost. The numbers stand for themselves, so that they need no plural. */
  words = g_strdup_printf (_("Lost — steps: %u, pictures: %u, notes: %u, "
                             "entries of the ledger: %u. Steps moved: %u."),
                           damage->n_steps, damage->n_pictures, damage->n_notes, damage->n_entries,
                           damage->n_moved);
  reshoot_cli_print (words);
  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "saved", path, "copied what could be saved");
  return FALSE;
}

static gboolean
run_copy (ReshootCli           *cli,
          ReshootCliArguments  *arguments,
          GError              **error)
{
  const char *from = reshoot_cli_arguments_get_operand (arguments, 0);
  const char *path = reshoot_cli_arguments_get_value (arguments, "output");
  g_autoptr (ReshootProject) project = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) to = NULL;
  const ReshootDamage *damage;

  if (path == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-missing", "-o", "no output");
      return FALSE;
    }

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "exists", path, "it is there already");
      return FALSE;
    }

  project = reshoot_cli_open_project (cli, from, RESHOOT_PROJECT_READ_ONLY, error);
  if (project == NULL)
    return FALSE;

  to = g_file_new_for_path (path);
  reshoot_project_save_copy_async (project, to, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  if (!reshoot_project_save_copy_finish (project, result, error))
    return FALSE;

  damage = reshoot_project_get_damage (project);
  if (damage != NULL)
    return tell_damage (damage, from, error);

  return reshoot_cli_close_project (cli, project, error);
}

static const ReshootCliOption copy_options[] = {
  { "output", 'o', RESHOOT_CLI_ONCE, "FILE", N_("where the copy goes; nothing may lie there") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_copy_command = {
  "copy", "PROJECT -o FILE", N_("copy a project, or save what can be read of a damaged one"), copy_options, 1, 1,
  run_copy
};
