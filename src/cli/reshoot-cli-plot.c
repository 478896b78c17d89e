/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot stats --plot` and `--csv`: the figures drawn, and the numbers of the drawing. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-figures-time.h"
#include "reshoot-plot-words.h"

/* All of it, or what was there before. */
gboolean
reshoot_cli_save_bytes (ReshootCli  *cli,
                        GBytes      *bytes,
                        const char  *output,
                        GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (output);
  g_autoptr (GError) local = NULL;

  if (g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                               FALSE, G_FILE_CREATE_NONE, NULL, cli->cancellable, &local))
    return TRUE;

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_propagate_error (error, reshoot_error_new_from_io (local, output));
  return FALSE;
}

GPtrArray *
reshoot_cli_evidence_make_plots (ReshootCliEvidence *evidence)
{
  guint n = evidence->projects->len;
  g_autofree ReshootHistory **histories = g_new (ReshootHistory *, n);
  g_autoptr (GPtrArray) figures = reshoot_cli_evidence_get_figures (evidence);
  g_autoptr (GPtrArray) periods = NULL;

  for (guint i = 0; i < n; i++)
    histories[i] = reshoot_project_get_history (evidence->projects->pdata[i]);

  periods = reshoot_figures_over_time (histories, n);
  return reshoot_words_make_plots (figures, periods);
}

static gboolean
draw (ReshootCli  *cli,
      GPtrArray   *plots,
      const char  *output,
      GError     **error)
{
  g_autofree char *lower = g_ascii_strdown (output, -1);
  gboolean is_png = g_str_has_suffix (lower, ".png");
  g_autoptr (GBytes) bytes = NULL;

  if (!is_png && !g_str_has_suffix (lower, ".svg"))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "plot-name", output, "no drawing");
      return FALSE;
    }

  bytes = reshoot_plots_write (plots, is_png ? RESHOOT_PLOT_PNG : RESHOOT_PLOT_SVG, FALSE, error);
  return bytes != NULL && reshoot_cli_save_bytes (cli, bytes, output, error);
}

/* What was asked for of both; nothing is no failure. */
gboolean
reshoot_cli_save_plots (ReshootCli           *cli,
                        ReshootCliArguments  *arguments,
                        ReshootCliEvidence   *evidence,
                        GError              **error)
{
  const char *drawing = reshoot_cli_arguments_get_value (arguments, "plot");
  const char *table = reshoot_cli_arguments_get_value (arguments, "csv");
  g_autoptr (GPtrArray) plots = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *csv;

  if (drawing == NULL && table == NULL)
    return TRUE;

  plots = reshoot_cli_evidence_make_plots (evidence);
  if (drawing != NULL && !draw (cli, plots, drawing, error))
    return FALSE;

  if (table == NULL)
    return TRUE;

  csv = reshoot_plots_to_csv (plots);
  bytes = g_bytes_new_take (csv, strlen (csv));
  return reshoot_cli_save_bytes (cli, bytes, table, error);
}
