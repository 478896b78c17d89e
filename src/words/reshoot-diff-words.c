/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* In what two steps differ, in words: the name of an aspect, and its value on either side. */

#include "config.h"

#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * reshoot_words_for_aspect:
 * @row: of a diff
 *
 * Returns: (transfer full): what the row is about; a parameter's or fact's own name
 */
char *
reshoot_words_for_aspect (ReshootDiffRow *row)
{
  static const char *const words[] = {
    /* Translators: in what two edits can differ: these are the names of the rows of a table. */
    [RESHOOT_ASPECT_INSTRUCTION] = N_("Instruction"),
    [RESHOOT_ASPECT_PROVIDER] = N_("Service"),
    [RESHOOT_ASPECT_MODEL] = N_("Model"),
    /* Translators: a picture that was sent along; its role follows. */
    [RESHOOT_ASPECT_PICTURE] = N_("Picture sent along"),
    /* Translators: the part of the picture that may change. */
    [RESHOOT_ASPECT_REGION] = N_("Region"),
    [RESHOOT_ASPECT_STATE] = N_("State"),
    [RESHOOT_ASPECT_ESTIMATE] = N_("Price estimated"),
    [RESHOOT_ASPECT_QUOTED] = N_("Price quoted"),
    [RESHOOT_ASPECT_SETTLED] = N_("Price paid"),
    /* Translators: whether money was taken. */
    [RESHOOT_ASPECT_CHARGED] = N_("Charged"),
    [RESHOOT_ASPECT_SECONDS] = N_("Time taken"),
    [RESHOOT_ASPECT_SIZE] = N_("Size"),
    [RESHOOT_ASPECT_APPLICATION] = N_("Made by version"),
    /* Translators: the version of the list of models and prices. */
    [RESHOOT_ASPECT_CATALOGUE] = N_("Catalogue"),
    [RESHOOT_ASPECT_RATING] = N_("Rating"),
    [RESHOOT_ASPECT_VERDICT] = N_("Verdict"),
    [RESHOOT_ASPECT_FACT] = NULL,
  };
  ReshootAspect aspect = reshoot_diff_row_get_aspect (row);
  const char *name = reshoot_diff_row_get_name (row);

  if (words[aspect] == NULL)
    return g_strdup (name);

  return name != NULL ? g_strdup_printf ("%s (%s)", _(words[aspect]), name) : g_strdup (_(words[aspect]));
}

static char *
words_for_numbers (ReshootAspect  aspect,
                   JsonArray     *array)
{
  double n[4] = { 0 };

  for (guint i = 0; i < MIN (json_array_get_length (array), 4); i++)
    n[i] = json_array_get_double_element (array, i);

  if (aspect == RESHOOT_ASPECT_SIZE)
    return g_strdup_printf (_("%d × %d"), (int) n[0], (int) n[1]);

  /* Translators: a box in a picture: width and height, and where its left top corner is. */
  return g_strdup_printf (_("%d × %d at %d, %d"), (int) n[2], (int) n[3], (int) n[0], (int) n[1]);
}

static char *
words_for_charged (const char *word)
{
  if (g_str_equal (word, "yes"))
    /* Translators: whether money was taken for an edit. */
    return g_strdup (_("yes"));

  if (g_str_equal (word, "no"))
    return g_strdup (_("no"));

  return g_strdup (_("not known"));
}

/**
 * reshoot_words_for_difference:
 * @row: of a diff
 * @value: (nullable): one of its values
 *
 * Returns: (transfer full): the value as people write it; a dash for none
 */
char *
reshoot_words_for_difference (ReshootDiffRow *row,
                              JsonNode       *value)
{
  ReshootAspect aspect = reshoot_diff_row_get_aspect (row);

  if (value == NULL)
    return g_strdup ("–");

  if (aspect == RESHOOT_ASPECT_ESTIMATE || aspect == RESHOOT_ASPECT_QUOTED ||
      aspect == RESHOOT_ASPECT_SETTLED)
    return reshoot_words_for_money (reshoot_money_from_dollars (json_node_get_double (value)));

  if (aspect == RESHOOT_ASPECT_SECONDS)
    return reshoot_words_for_seconds (json_node_get_double (value));

  if (aspect == RESHOOT_ASPECT_SIZE || aspect == RESHOOT_ASPECT_REGION)
    return words_for_numbers (aspect, json_node_get_array (value));

  if (aspect == RESHOOT_ASPECT_CHARGED)
    return words_for_charged (json_node_get_string (value));

  if (aspect == RESHOOT_ASPECT_VERDICT)
    return g_strdup (g_str_equal (json_node_get_string (value), "accept") ? _("accepted")
                                                                          : _("rejected"));

  if (aspect == RESHOOT_ASPECT_STATE)
    for (int i = RESHOOT_STEP_WAITING; i <= RESHOOT_STEP_UNKNOWN; i++)
      if (g_str_equal (reshoot_step_state_to_string (i), json_node_get_string (value)))
        return reshoot_words_for_state (i);

  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (value));

  return json_to_string (value, FALSE);
}
