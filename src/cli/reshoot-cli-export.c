/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot export`: the pictures of a project as files, and a line in the ledger for each; or all it holds, as an
 * archive. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-archive.h"
#include "reshoot-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In per cent; the encoders count them so. */
#define QUALITY_MAX 100

/* No picture of ours is longer, in pixels. */
#define SIZE_MAX_EDGE 65535

/* DIR/NAME-ID.EXT for the pattern NAME.EXT. */
static char *
dup_name_in_folder (ReshootStep *step,
                    const char  *folder,
                    const char  *pattern)
{
  g_autofree char *base = g_path_get_basename (pattern);
  g_autofree char *name = NULL;
  const char *extension = strrchr (base, '.');
  g_autofree char *stem = g_strndup (base, (gsize) (extension - base));

  name = g_strdup_printf ("%s-%d%s", stem, (int) reshoot_step_get_id (step), extension);
  return g_build_filename (folder, name, NULL);
}

static gboolean
export_all (ReshootCli                *cli,
            ReshootCliArguments       *arguments,
            ReshootProject            *project,
            const ReshootSaveOptions  *how,
            GError                   **error)
{
  const char *folder = reshoot_cli_arguments_get_value (arguments, "all");
  const char *pattern = reshoot_cli_arguments_get_value (arguments, "output");
  GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (project));

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_READ_ONLY, "permission", folder, "cannot make the folder");
      return FALSE;
    }

  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (steps, i);
      g_autofree char *path = dup_name_in_folder (step, folder, pattern);

      if (reshoot_step_get_state (step) != RESHOOT_STEP_DONE)
        continue;

      if (!reshoot_cli_save_step (cli, project, step, path, how, error))
        return FALSE;

      reshoot_cli_print_path (path);
    }

  return TRUE;
}

static gboolean
export_archive (ReshootCli           *cli,
                ReshootCliArguments  *arguments,
                ReshootProject       *project,
                GError              **error)
{
  const char *folder = reshoot_cli_arguments_get_value (arguments, "all");
  g_autoptr (GFile) to = g_file_new_for_commandline_arg (folder);
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_save_archive_async (project, to, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  if (!reshoot_project_save_archive_finish (project, result, error))
    return FALSE;

  reshoot_cli_print_path (folder);
  return TRUE;
}

static gboolean
export_one (ReshootCli                *cli,
            ReshootCliArguments       *arguments,
            ReshootProject            *project,
            const ReshootSaveOptions  *how,
            GError                   **error)
{
  const char *id = reshoot_cli_arguments_get_value (arguments, "step");
  ReshootStep *step;

  step = id != NULL ? reshoot_cli_find_step (project, id, error)
                    : reshoot_history_get_head (reshoot_project_get_history (project));
  if (step == NULL)
    {
      if (id == NULL)
        reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-steps",
                           reshoot_cli_arguments_get_operand (arguments, 0), "no head");
      return FALSE;
    }

  if (reshoot_step_get_state (step) != RESHOOT_STEP_DONE)
    {
      g_autofree char *number = g_strdup_printf ("%d", (int) reshoot_step_get_id (step));

      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "step-not-done", number, "no picture");
      return FALSE;
    }

  return reshoot_cli_save_step (cli, project, step,
                                reshoot_cli_arguments_get_value (arguments, "output"), how, error);
}

/* The number of the word that is given for @option, 0 without one. */
static gboolean
read_word (ReshootCliArguments  *arguments,
           const char           *option,
           const char *const    *words,
           int                  *number,
           GError              **error)
{
  const char *word = reshoot_cli_arguments_get_value (arguments, option);

  *number = 0;
  for (int i = 0; word != NULL && words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      {
        *number = i;
        return TRUE;
      }

  if (word != NULL)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-word", option, "%s", word);

  return word == NULL;
}

/* How the pictures leave; the format is that of their names. */
static gboolean
read_how (ReshootCliArguments  *arguments,
          ReshootSaveOptions   *how,
          GError              **error)
{
  static const char *const sharpen_words[] = { "none", "screen", "print", NULL };
  static const char *const profile_words[] = { "keep", "srgb", "p3", NULL };
  int sharpen;
  int profile;

  if (!reshoot_cli_arguments_get_whole (arguments, "quality", 1, QUALITY_MAX, &how->quality, error) ||
      !reshoot_cli_arguments_get_whole (arguments, "size", 1, SIZE_MAX_EDGE, &how->long_edge, error) ||
      !read_word (arguments, "sharpen", sharpen_words, &sharpen, error) ||
      !read_word (arguments, "profile", profile_words, &profile, error))
    return FALSE;

  how->sharpen = sharpen;
  how->profile = profile;
  how->private_ = reshoot_cli_arguments_get_flag (arguments, "private");
  return TRUE;
}

/* Everything that can be known to be wrong before the project is opened. */
static gboolean
check_export (ReshootCliArguments  *arguments,
              ReshootSaveOptions   *how,
              GError              **error)
{
  const char *output = reshoot_cli_arguments_get_value (arguments, "output");
  const char *folder = reshoot_cli_arguments_get_value (arguments, "all");
  ReshootImageFormat format;

  if (!read_how (arguments, how, error))
    return FALSE;

  if (folder == NULL && output == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-missing", "-o", "no output");
      return FALSE;
    }

  if (folder != NULL && reshoot_cli_arguments_get_value (arguments, "step") != NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-conflict", "--step, --all", "both");
      return FALSE;
    }

  if (folder == NULL)
    return reshoot_cli_check_output (output, &format, error);

  if (output == NULL && reshoot_cli_arguments_get_flag (arguments, "private"))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-missing", "-o", "an archive tells all");
      return FALSE;
    }

  if (output != NULL && !reshoot_image_format_from_name (output, &format))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "output-format", output, "unknown extension");
      return FALSE;
    }

  return TRUE;
}

static gboolean
run_export (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  g_autoptr (ReshootProject) project = NULL;
  gboolean done;
  ReshootSaveOptions how = { 0, };

  if (!check_export (arguments, &how, error))
    return FALSE;

  /* Where another program writes the project, it is opened for reading, and the ledger stays as it is. */
  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_OPEN, error);
  if (project == NULL)
    return FALSE;

  if (reshoot_cli_arguments_get_flag (arguments, "all") &&
      reshoot_cli_arguments_get_value (arguments, "output") == NULL)
    done = export_archive (cli, arguments, project, error);
  else if (reshoot_cli_arguments_get_flag (arguments, "all"))
    done = export_all (cli, arguments, project, &how, error);
  else
    done = export_one (cli, arguments, project, &how, error);

  return reshoot_cli_close_project (cli, project, done ? error : NULL) && done;
}

static const ReshootCliOption export_options[] = {
  { "output", 'o', RESHOOT_CLI_ONCE, "FILE", N_("where the picture goes; the extension says the format") },
  { "step", 0, RESHOOT_CLI_ONCE, "ID", N_("which step; the head where none is named") },
  { "all", 0, RESHOOT_CLI_ONCE, "DIR", N_("everything as plain files; with -o NAME the pictures alone") },
  { "quality", 0, RESHOOT_CLI_ONCE, "N", N_("1 to 100, for JPEG, WebP, AVIF and JPEG XL") },
  { "size", 0, RESHOOT_CLI_ONCE, "PIXELS", N_("at most so long; nothing is enlarged") },
  { "sharpen", 0, RESHOOT_CLI_ONCE, "screen|print", N_("for what it will be seen on") },
  { "profile", 0, RESHOOT_CLI_ONCE, "keep|srgb|p3", N_("the colors it is brought to") },
  { "private", 0, RESHOOT_CLI_FLAG, NULL, N_("pixels and color profile, nothing else") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_export_command = {
  "export", "PROJECT [--step ID] -o FILE | --all DIR [-o NAME]  [--quality N] [--size PIXELS]\n"
  "  [--sharpen screen|print] [--profile srgb|p3] [--private]",
  N_("write pictures of a project, or everything it holds, to files"), export_options, 1, 1, run_export
};
