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
  static const char *const newest[] = { "renderer", "voter" };
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, RESHOOT_APPLICATION_ID, TRUE);

  for (guint i = 0; schema != NULL && i < G_N_ELEMENTS (newest); i++)
    if (!g_settings_schema_has_key (schema, newest[i]))
      return NULL;

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static gboolean
get_selected (GValue   *value,
              GVariant *variant,
              gpointer  user_data)
{
  const char *const *words = user_data;
  guint selected = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], g_variant_get_string (variant, NULL)))
      selected = i;

  g_value_set_uint (value, selected);
  return TRUE;
}

static GVariant *
set_selected (const GValue       *value,
              const GVariantType *type,
              gpointer            user_data)
{
  const char *const *words = user_data;
  guint selected = g_value_get_uint (value);

  return selected < g_strv_length ((GStrv) words) ? g_variant_new_string (words[selected]) : NULL;
}

/**
 * reshoot_settings_bind_choice:
 * @settings: has the key
 * @key: a string, one of @words
 * @row: has a property "selected", of what can be chosen in the order of @words
 * @words: (array zero-terminated=1): as the setting spells them; they stay
 *
 * What is selected is what is set, both ways.
 */
void
reshoot_settings_bind_choice (GSettings         *settings,
                              const char        *key,
                              GObject           *row,
                              const char *const *words)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (G_IS_OBJECT (row));

  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_selected, set_selected, (gpointer) words, NULL);
}
