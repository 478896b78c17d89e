/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How much the person wants to spend on an edit, a day and a project: a small file among the person's settings, read
 * each time it is asked for, so that the window and the command line agree. What was spent is in the journal. */

#include "reshoot-budget.h"

#include "reshoot-ini.h"

#define FILE_NAME "budget.ini"
#define GROUP "Budget"

/* The run's own limit is not kept. */
static const char *const keys[] = {
  [RESHOOT_LIMIT_EDIT] = "edit", [RESHOOT_LIMIT_DAY] = "day", [RESHOOT_LIMIT_PROJECT] = "project",
};

/* RESHOOT_MONEY_ANY: none. A limit that cannot be read is one all the same: nothing may be spent. */
ReshootMoney
reshoot_budget_get (ReshootLimit limit)
{
  g_autofree char *path = reshoot_ini_dup_path (FILE_NAME);
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
  g_autofree char *path = reshoot_ini_dup_path (FILE_NAME);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  if (money == RESHOOT_MONEY_ANY)
    g_key_file_remove_key (file, GROUP, keys[limit], NULL);
  else
    g_key_file_set_double (file, GROUP, keys[limit], reshoot_money_to_dollars (money));

  return reshoot_ini_save (file, FILE_NAME, error);
}
