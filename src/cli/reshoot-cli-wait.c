/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting for async calls in a program that does one thing at a time, and the few calls that nearly every command
 * makes. The main loop turns while we wait, so jobs go on and Ctrl-C is heard. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-project-copy.h"
#include "reshoot-project-export.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* Pass this as the callback and the address of a NULL GAsyncResult as its data. */
void
reshoot_cli_ready_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GAsyncResult **place = user_data;

  g_assert (*place == NULL);
  *place = g_object_ref (result);
}

/* Turns the main loop until the call that was given @place is back. */
void
reshoot_cli_await (GAsyncResult **place)
{
  while (*place == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Hands @inner on as an error about @path, as it was typed, unless it is about something in the file. */
static void
propagate_error_about (GError     **error,
                       GError      *inner,
                       const char  *path)
{
  const char *subject = reshoot_error_get_subject (inner);
  g_autofree char *full_path = g_canonicalize_filename (path, NULL);

  if (inner->domain == RESHOOT_ERROR && (subject == NULL || g_str_equal (subject, full_path)))
    {
      reshoot_set_error (error, inner->code, reshoot_error_get_reason (inner), path, "%s", inner->message);
      g_error_free (inner);
    }
  else
    {
      g_propagate_error (error, inner);
    }
}

ReshootImage *
reshoot_cli_load_image (ReshootCli  *cli,
                        const char  *path,
                        GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  GError *inner = NULL;
  ReshootImage *image;

  reshoot_image_load_async (file, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  image = reshoot_image_load_finish (result, &inner);
  if (image == NULL)
    propagate_error_about (error, inner, path);

  return image;
}

/* What is shown may not be all there is: that is said even by a command that only reads. Of a damaged file it is said
 * at the end, as what came of it. */
static void
warn_of_missing_steps (ReshootCli     *cli,
                       ReshootProject *project)
{
  g_autoptr (GError) obstacle = reshoot_project_dup_obstacle (project);
  g_autofree char *words = NULL;

  if (reshoot_project_get_damage (project) != NULL && cli->damage == NULL)
    cli->damage = g_steal_pointer (&obstacle);

  if (obstacle == NULL || g_strcmp0 (reshoot_error_get_reason (obstacle), "log-ignored") != 0)
    return;

  words = reshoot_words_for_error (obstacle);
  reshoot_cli_print_error (words);
}

/* Opens a project that is not to be found again: one that goes with the command, or is only looked at. */
ReshootProject *
reshoot_cli_open_quietly (ReshootCli           *cli,
                          const char           *path,
                          ReshootProjectFlags   flags,
                          GError              **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  GError *inner = NULL;
  ReshootProject *project;

  reshoot_project_open_async (file, flags, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  project = reshoot_project_open_finish (result, &inner);
  if (project == NULL)
    propagate_error_about (error, inner, path);
  else
    warn_of_missing_steps (cli, project);

  return project;
}

ReshootProject *
reshoot_cli_open_project (ReshootCli           *cli,
                          const char           *path,
                          ReshootProjectFlags   flags,
                          GError              **error)
{
  ReshootProject *project = reshoot_cli_open_quietly (cli, path, flags, error);

  if (project != NULL)
    reshoot_session_take_up (cli->session, project);

  return project;
}

/* Closing is never cancelled: what was written shall stay written. Jobs that still run stop where they are, and can be
 * resumed. */
gboolean
reshoot_cli_close_project (ReshootCli      *cli,
                           ReshootProject  *project,
                           GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_session_let_go (cli->session, project);
  reshoot_project_close_async (project, NULL, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_project_close_finish (project, result, error);
}

/* Finds the step that an argument numbers. (transfer none) */
ReshootStep *
reshoot_cli_find_step (ReshootProject  *project,
                       const char      *argument,
                       GError         **error)
{
  ReshootStep *step = NULL;
  gint64 id;

  if (g_ascii_string_to_signed (argument, 10, 1, G_MAXINT64, &id, NULL))
    step = reshoot_history_get_step (reshoot_project_get_history (project), id);

  if (step == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "step", argument, "no such step");

  return step;
}

/**
 * reshoot_cli_check_output:
 * @path: where a picture shall be written
 * @format: (out): what its extension asks for
 * @error: return location for an error
 *
 * Asked before anything is done or paid, so that a result is not made for a place it cannot go to.
 *
 * Returns: whether a picture can be written there
 */
gboolean
reshoot_cli_check_output (const char          *path,
                          ReshootImageFormat  *format,
                          GError             **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "directory", path, "output is a folder");
      return FALSE;
    }

  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "not-a-file", path, "output is no file");
      return FALSE;
    }

  if (!reshoot_image_format_from_name (path, format))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "output-format", path, "unknown extension");
      return FALSE;
    }

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "output-folder", folder, "no such folder");
      return FALSE;
    }

  if (access (folder, W_OK) != 0 || (access (path, F_OK) == 0 && access (path, W_OK) != 0))
    {
      reshoot_set_error (error, RESHOOT_ERROR_READ_ONLY, "permission", path, "not writable");
      return FALSE;
    }

  return TRUE;
}

gboolean
reshoot_cli_save_image (ReshootCli          *cli,
                        ReshootImage        *image,
                        const char          *path,
                        ReshootImageFormat   format,
                        GError             **error)
{
  ReshootSaveOptions options = { .format = format };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  GError *inner = NULL;

  reshoot_image_save_async (image, file, &options, NULL, cli->cancellable, reshoot_cli_ready_cb,
                            &result);
  reshoot_cli_await (&result);
  if (reshoot_image_save_finish (image, result, NULL, &inner))
    return TRUE;

  propagate_error_about (error, inner, path);
  return FALSE;
}

/**
 * reshoot_cli_save_step:
 * @cli: the running command
 * @project: where the step lives
 * @step: a step with a picture
 * @path: where to put the picture; its extension says the format
 * @how: (nullable): all but the format, which is @path's; %NULL: as it is
 * @error: return location for an error
 *
 * Exports a step with a mark of where it came from, and notes it in the ledger where the project can be written.
 *
 * Returns: whether it is saved
 */
gboolean
reshoot_cli_save_step (ReshootCli                *cli,
                       ReshootProject            *project,
                       ReshootStep               *step,
                       const char                *path,
                       const ReshootSaveOptions  *how,
                       GError                   **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  ReshootSaveOptions options = { 0, };
  gboolean lost_credentials = FALSE;
  GError *inner = NULL;

  if (how != NULL)
    options = *how;

  if (!reshoot_cli_check_output (path, &options.format, error))
    return FALSE;

  reshoot_project_export_async (project, step, file, &options, cli->cancellable,
                                reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  if (!reshoot_project_export_finish (project, result, &lost_credentials, &inner))
    {
      propagate_error_about (error, inner, path);
      return FALSE;
    }

  if (lost_credentials && !cli->told_credentials)
    reshoot_cli_print_error (_("The original carries Content Credentials (C2PA). They hold for its own bytes alone, "
                               "so what is exported does not have them."));

  cli->told_credentials |= lost_credentials;
  return TRUE;
}
