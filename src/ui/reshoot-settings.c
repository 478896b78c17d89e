/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings, if there are any: a program that was only built has no schema installed, or an older program's, and
 * GSettings aborts on a missing schema or key. Then the templates' own values are the defaults and nothing is
 * remembered. */

#include "config.h"

#include "reshoot-settings.h"

/**
 * reshoot_settings_new:
 *
 * Returns: (transfer full) (nullable): the settings; %NULL where their schema is not installed
 */
GSettings *
reshoot_settings_new (void)
{
  /* The newest ones: a schema that has them has the others too. */
  static const char *const newest[] = { "renderer" };
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, RESHOOT_APPLICATION_ID, TRUE);

  for (guint i = 0; schema != NULL && i < G_N_ELEMENTS (newest); i++)
    if (!g_settings_schema_has_key (schema, newest[i]))
      return NULL;

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
