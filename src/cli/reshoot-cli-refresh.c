/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking the services which models they have and what those cost, before they are listed. It costs nothing. A service
 * that does not answer is told of on standard error, and is no reason not to list what is known. */

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-words.h"

static void
print_trouble (const char   *provider,
               const GError *error)
{
  g_autofree char *words = reshoot_words_for_error (error);
  g_autofree char *line = g_strdup_printf ("%s: %s", provider, words);

  reshoot_cli_print_error (line);
}

/* Who has a key of ours, and the servers that the person named. */
static gboolean
may_be_asked (ReshootSession *session,
              const char     *provider)
{
  return reshoot_session_get_key_place (session, provider) != NULL ||
         strchr (provider, '@') != NULL;
}

static gboolean
refresh_provider (ReshootCli  *cli,
                  const char  *provider,
                  GError     **error)
{
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (cli->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };

  reshoot_session_check_provider_async (cli->session, provider, cli->cancellable,
                                        reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_session_check_provider_finish (cli->session, result, &check, error) &&
         (check.models == NULL ||
          reshoot_catalogue_take_found (catalogue, provider, check.models, error));
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
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (cli->session);
  g_autoptr (GList) providers = reshoot_catalogue_list_providers (catalogue);

  for (GList *l = providers; l != NULL; l = l->next)
    {
      g_autoptr (GError) trouble = NULL;

      if (!may_be_asked (cli->session, l->data) || refresh_provider (cli, l->data, &trouble))
        continue;

      if (g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&trouble));
          return FALSE;
        }

      /* Not every service says anything for nothing. */
      if (g_strcmp0 (reshoot_error_get_reason (trouble), "no-check") != 0)
        print_trouble (l->data, trouble);
    }

  return TRUE;
}
