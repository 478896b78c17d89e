/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a server of the person's own. */

#include "config.h"

#include "reshoot-words.h"

#include <glib/gi18n-lib.h>

/**
 * reshoot_words_for_open_address:
 * @url: where a key would go over plain http
 *
 * Returns: (transfer full): a warning
 */
char *
reshoot_words_for_open_address (const char *url)
{
  /* Translators: %s is an address that begins with http:// */
  return g_strdup_printf (_("Who listens in this network can read what goes to %s, and a key with it: give it none, or "
                            "put the server behind https."), url);
}
