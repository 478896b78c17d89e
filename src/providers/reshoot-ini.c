/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The small files among the person's settings that the window and the command line share: where they are, and how they
 * are written. Each is read whenever it is asked for, so that every program agrees at once. */

#include "reshoot-ini.h"

#include "reshoot-error.h"

#include <errno.h>
#include <gio/gio.h>

/* @name: as "budget.ini". */
char *
reshoot_ini_dup_path (const char *name)
{
  return g_build_filename (g_get_user_config_dir (), "reshoot", name, NULL);
}

/* Fails with what the file system says. */
gboolean
reshoot_ini_save (GKeyFile    *file,
                  const char  *name,
                  GError     **error)
{
  g_autofree char *path = reshoot_ini_dup_path (name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) file_error = NULL;
  g_autoptr (GError) io_error = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0 && g_key_file_save_to_file (file, path, &file_error))
    return TRUE;

  if (file_error != NULL)
    io_error = g_error_new_literal (G_IO_ERROR, (int) g_io_error_from_file_error (file_error->code),
                                    file_error->message);
  else
    io_error = g_error_new (G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s", g_strerror (errno));

  g_propagate_error (error, reshoot_error_new_from_io (io_error, path));
  return FALSE;
}
