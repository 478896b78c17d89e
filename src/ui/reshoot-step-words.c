/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Short words for a step and a model: what a row or a label has room for. Whole sentences come from words/. */

#include "config.h"

#include "reshoot-step-words.h"

#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * reshoot_step_words_for_name:
 * @step: a step
 *
 * Returns: (transfer full): the instruction's own words; of a picture that was brought in, that it is the original
 */
char *
reshoot_step_words_for_name (ReshootStep *step)
{
  if (reshoot_step_get_parent (step) == NULL)
    return g_strdup (_("Original"));

  return g_strdup (reshoot_step_get_title (step));
}

static char *
join (GPtrArray *parts)
{
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/* What was charged, or what was promised; nothing for what costs nothing. Of a failure it is said in any case. */
static void
add_price (GPtrArray   *parts,
           ReshootStep *step)
{
  const ReshootPrice *price = reshoot_step_get_price (step);
  gboolean is_in_doubt = price->charged == RESHOOT_CHARGED_UNKNOWN
                         && reshoot_step_state_is_final (reshoot_step_get_state (step));

  if (reshoot_step_get_request (step) == NULL)
    return;

  if (price->settled > 0 || price->quoted > 0 || price->estimate > 0 || is_in_doubt)
    g_ptr_array_add (parts, reshoot_words_for_cost (step));
}

/**
 * reshoot_step_words_for_origin:
 * @step: a step
 * @catalogue: (nullable): knows what models are called
 *
 * Returns: (transfer full): "Kontext Pro · 3.1 s · $0.04", "Running · Built-in studio"; of an original its size
 */
char *
reshoot_step_words_for_origin (ReshootStep      *step,
                               ReshootCatalogue *catalogue)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  ReshootRequest *request = reshoot_step_get_request (step);
  ReshootModel *model = NULL;

  if (request == NULL)
    {
      /* Translators: width and height of a picture, in pixels. */
      g_ptr_array_add (parts, g_strdup_printf (_("%d × %d"), reshoot_step_get_width (step),
                                               reshoot_step_get_height (step)));
      return join (parts);
    }

  if (catalogue != NULL)
    model = reshoot_catalogue_get_model (catalogue, reshoot_request_get_model (request));
  /* Where it is matters more than who does it: the row may have no room for both. */
  if (reshoot_step_get_state (step) != RESHOOT_STEP_DONE)
    g_ptr_array_add (parts, reshoot_words_for_state (reshoot_step_get_state (step)));

  g_ptr_array_add (parts, g_strdup (model != NULL ? reshoot_model_get_name (model)
                                                  : reshoot_request_get_model (request)));
  if (reshoot_request_get_is_reimagining (request))
    /* Translators: a step whose model made a new picture, guided by the source, instead of editing it. */
    g_ptr_array_add (parts, g_strdup (C_("step", "Reimagined")));

  if (reshoot_step_get_state (step) == RESHOOT_STEP_DONE
      && !isnan (reshoot_step_get_seconds (step)))
    g_ptr_array_add (parts, reshoot_words_for_seconds (reshoot_step_get_seconds (step)));

  add_price (parts, step);
  return join (parts);
}

/**
 * reshoot_step_words_for_marks:
 * @step: a step
 *
 * Returns: (transfer full): "★★★ ✎2": its rating and how many notes it has, as signs; empty if neither
 */
char *
reshoot_step_words_for_marks (ReshootStep *step)
{
  GString *marks = g_string_new (NULL);
  guint n_notes = reshoot_step_count_notes (step);

  for (int i = 0; i < reshoot_step_get_rating (step); i++)
    g_string_append (marks, "★");

  if (n_notes > 0)
    g_string_append_printf (marks, "%s✎%u", marks->len > 0 ? " " : "", n_notes);

  return g_string_free (marks, FALSE);
}

/**
 * reshoot_step_words_for_labels:
 * @step: a step
 *
 * Returns: (transfer full): what people say of it, in words: "Accepted · 3 stars · 2 notes · Warm branch · hero"; empty
 *   if nobody said a thing
 */
char *
reshoot_step_words_for_labels (ReshootStep *step)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char * const *tags = reshoot_step_get_tags (step);
  guint n_stars = (guint) reshoot_step_get_rating (step);
  guint n_notes = reshoot_step_count_notes (step);

  if (reshoot_step_get_verdict (step) == RESHOOT_VERDICT_ACCEPT)
    /* Translators: the verdict on a step. */
    g_ptr_array_add (parts, g_strdup (C_("verdict", "Accepted")));
  else if (reshoot_step_get_verdict (step) == RESHOOT_VERDICT_REJECT)
    g_ptr_array_add (parts, g_strdup (C_("verdict", "Rejected")));

  if (n_stars > 0)
    /* Translators: the rating of a step. */
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u star", "%u stars", n_stars), n_stars));

  if (n_notes > 0)
    /* Translators: how many notes there are on a step. */
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u note", "%u notes", n_notes), n_notes));

  if (reshoot_step_get_branch (step) != NULL)
    /* Translators: %s is the name of a branch. */
    g_ptr_array_add (parts, g_strdup_printf (_("Branch “%s”"), reshoot_step_get_branch (step)));

  for (guint i = 0; tags[i] != NULL; i++)
    g_ptr_array_add (parts, g_strdup (tags[i]));

  return join (parts);
}

/**
 * reshoot_step_words_for_speech:
 * @step: a step
 * @name: what it is called
 * @origin: who made it and what that took, as reshoot_step_words_for_origin() has it
 * @is_new: whether the person has not looked at it yet
 *
 * Returns: (transfer full): all that its row shows, to be read out: "Step 4, warmer, Kontext Pro, 3.1 s, Done"
 */
char *
reshoot_step_words_for_speech (ReshootStep *step,
                               const char  *name,
                               const char  *origin,
                               gboolean     is_new)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) facts = g_strsplit (origin, " · ", -1);
  g_autofree char *labels = reshoot_step_words_for_labels (step);

  /* Translators: for a screen reader: the number of a step and its name. */
  g_ptr_array_add (parts, g_strdup_printf (_("Step %d, %s"), (int) reshoot_step_get_id (step), name));
  for (guint i = 0; facts[i] != NULL; i++)
    g_ptr_array_add (parts, g_strdup (facts[i]));

  /* Of what is not done the state is there already. */
  if (reshoot_step_get_request (step) != NULL
      && reshoot_step_get_state (step) == RESHOOT_STEP_DONE)
    g_ptr_array_add (parts, reshoot_words_for_state (RESHOOT_STEP_DONE));
  if (is_new)
    /* Translators: a step that was made since the person looked. */
    g_ptr_array_add (parts, g_strdup (C_("step", "New")));
  if (*labels != '\0')
    g_ptr_array_add (parts, g_steal_pointer (&labels));

  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

/**
 * reshoot_step_words_for_model:
 * @model: a model of the catalogue
 * @key_present: whether its provider can be asked
 *
 * Returns: (transfer full): what it costs and what is missing: "$0.04 · key missing"
 */
char *
reshoot_step_words_for_model (ReshootModel *model,
                              gboolean      key_present)
{
  g_autofree char *money = NULL;

  if (reshoot_model_get_is_local (model))
    return g_strdup (_("Free"));

  if (reshoot_model_estimate (model, NULL, 1, 1) < 0 && reshoot_model_get_price (model) < 0)
    return g_strdup (key_present ? _("Price unknown") : _("Key missing"));

  money = reshoot_words_for_price (model);
  if (key_present)
    return g_steal_pointer (&money);

  /* Translators: %s is a price. */
  return g_strdup_printf (_("%s · key missing"), money);
}
