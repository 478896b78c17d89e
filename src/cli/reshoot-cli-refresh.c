/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking the services which models they have and what those cost, before they are listed. It costs nothing. A service
 * that does not answer is told of on standard error, and is no reason not to list what is known. */

#include "reshoot-cli-private.h"

#include "reshoot-words.h"

#include <string.h>

static void
print_trouble (const char   *provider,
               const GError *error)
{
  g_autofree char *words = reshoot_words_for_error (error);
  g_autofree char *line = g_strdup_printf ("%s: %s", provider, words);

  reshoot_cli_print_error (line);
}

/**
 * reshoot_cli_refresh_models:
 * @cli: the running command; its keys are loaded
 * @error: return location for an error
 *
 * Returns: %TRUE; fails only where it was cancelled
 */
gboolean
reshoot_cli_refresh_models (ReshootCli  *cli,
                            GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable) troubles = NULL;
  g_autoptr (GList) names = NULL;

  reshoot_session_refresh_async (cli->session, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  troubles = reshoot_session_refresh_finish (cli->session, result, error);
  if (troubles == NULL)
    return FALSE;

  names = g_list_sort (g_hash_table_get_keys (troubles), (GCompareFunc) strcmp);
  for (GList *l = names; l != NULL; l = l->next)
    print_trouble (l->data, g_hash_table_lookup (troubles, l->data));

  return TRUE;
}
