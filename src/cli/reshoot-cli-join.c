/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Other projects brought into one. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-project-join.h"

#include <glib/gi18n-lib.h>

static void
print_counts (const char              *path,
              const ReshootJoinCounts *counts)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *words = NULL;
  g_autofree char *steps = NULL;
  g_autofree char *pictures = NULL;
  g_autofree char *ended = NULL;
  g_autofree char *elsewhere = NULL;

  if (counts->n_entries == 0)
    {
      /* Translators: %s is another project’s file. */
      words = g_strdup_printf (_("Everything of “%s” is here already: nothing was changed."), name);
      reshoot_cli_print (words);
      return;
    }

  steps = g_strdup_printf (ngettext ("%u step", "%u steps", counts->n_steps), counts->n_steps);
  pictures = g_strdup_printf (ngettext ("%u picture", "%u pictures", counts->n_pictures), counts->n_pictures);
  /* Translators: another project was joined: its file, “5 steps” and “3 pictures” that are new here. */
  words = g_strdup_printf (_("“%s” is joined: %s and %s came over."), name, steps, pictures);
  reshoot_cli_print (words);
  if (counts->n_ended > 0)
    {
      ended = g_strdup_printf (ngettext ("%u step that was in doubt here came to its end there.",
                                         "%u steps that were in doubt here came to their end there.",
                                         counts->n_ended), counts->n_ended);
      reshoot_cli_print (ended);
    }

  if (counts->n_elsewhere == 0)
    return;

  elsewhere = g_strdup_printf (ngettext ("%u step is still on its way there: it is in doubt here, so let it end there "
                                         "and join again.",
                                         "%u steps are still on their way there: they are in doubt here, so let them "
                                         "end there and join again.", counts->n_elsewhere), counts->n_elsewhere);
  reshoot_cli_print (elsewhere);
}

static gboolean
run_join (ReshootCli           *cli,
          ReshootCliArguments  *arguments,
          GError              **error)
{
  g_autoptr (ReshootProject) project = NULL;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_OPEN, error);
  if (project == NULL)
    return FALSE;

  for (guint i = 1; i < reshoot_cli_arguments_get_n_operands (arguments); i++)
    {
      const char *path = reshoot_cli_arguments_get_operand (arguments, i);
      g_autoptr (GFile) other = g_file_new_for_path (path);
      g_autoptr (GAsyncResult) result = NULL;
      ReshootJoinCounts counts;

      reshoot_project_join_async (project, other, cli->cancellable, reshoot_cli_ready_cb, &result);
      reshoot_cli_await (&result);
      if (!reshoot_project_join_finish (project, result, &counts, error))
        {
          /* What was joined before stays. */
          reshoot_cli_close_project (cli, project, NULL);
          return FALSE;
        }

      print_counts (path, &counts);
    }

  return reshoot_cli_close_project (cli, project, error);
}

static const ReshootCliOption join_options[] = {
  { NULL }
};

const ReshootCliCommand reshoot_cli_join_command = {
  "join", "PROJECT OTHER…", N_("bring other projects into a project; they stay as they are"), join_options,
  2, G_MAXUINT, run_join
};
