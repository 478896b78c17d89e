/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot import`: a project again, of the plain files that `reshoot export --all` wrote. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-archive.h"
#include "reshoot-error.h"

#include <glib/gi18n-lib.h>

/* NAME.reshoot in the working folder for the archive NAME. */
static char *
dup_project_name (const char *archive)
{
  g_autofree char *base = g_path_get_basename (archive);

  return g_strconcat (base, ".reshoot", NULL);
}

static gboolean
run_import (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  const char *folder = reshoot_cli_arguments_get_operand (arguments, 0);
  g_autofree char *path = g_strdup (reshoot_cli_arguments_get_value (arguments, "output"));
  g_autoptr (GFile) archive = g_file_new_for_commandline_arg (folder);
  g_autoptr (GFile) to = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (path == NULL)
    path = dup_project_name (folder);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "exists", path, "it is there already");
      return FALSE;
    }

  to = g_file_new_for_commandline_arg (path);
  reshoot_archive_read_async (archive, to, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  if (!reshoot_archive_read_finish (result, error))
    return FALSE;

  reshoot_cli_print_path (path);
  return TRUE;
}

static const ReshootCliOption import_options[] = {
  { "output", 'o', RESHOOT_CLI_ONCE, "PROJECT", N_("the project that is made; nothing may lie there") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_import_command = {
  "import", "DIR [-o PROJECT]", N_("make a project again of what “export --all” wrote"), import_options, 1, 1,
  run_import
};
