/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How much the person wants to spend on an edit, a day and a project: a small file among the person's settings, read
 * each time it is asked for, so that the window and the command line agree. What was spent is in the journal. */

#include "reshoot-budget.h"

#include "reshoot-error.h"

#include <errno.h>
#include <math.h>

#define GROUP "Budget"

/* The run's own limit is not kept. */
static const char *const keys[] = {
  [RESHOOT_LIMIT_EDIT] = "edit", [RESHOOT_LIMIT_DAY] = "day", [RESHOOT_LIMIT_PROJECT] = "project",
};

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "reshoot", "budget.ini", NULL);
}

/* RESHOOT_MONEY_ANY: none. A limit that cannot be read is one all the same: nothing may be spent. */
ReshootMoney
reshoot_budget_get (ReshootLimit limit)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  double dollars;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? RESHOOT_MONEY_ANY : 0;

  if (!g_key_file_has_key (file, GROUP, keys[limit], NULL))
    return RESHOOT_MONEY_ANY;

  dollars = g_key_file_get_double (file, GROUP, keys[limit], &error);
  return error == NULL ? MAX (reshoot_money_from_dollars (dollars), 0) : 0;
}

/* @money: RESHOOT_MONEY_ANY for none. Fails with what the file system says. */
gboolean
reshoot_budget_set (ReshootLimit   limit,
                    ReshootMoney   money,
                    GError       **error)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) file_error = NULL;
  g_autoptr (GError) io_error = NULL;

  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  if (money == RESHOOT_MONEY_ANY)
    g_key_file_remove_key (file, GROUP, keys[limit], NULL);
  else
    g_key_file_set_double (file, GROUP, keys[limit], reshoot_money_to_dollars (money));

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
