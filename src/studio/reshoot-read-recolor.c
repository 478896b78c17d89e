/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences about another colour for a thing: "navy blue", "make the red parts green", "could the mug be orange?". */

#include "reshoot-clause.h"

static const char *
get_hue_name (const ReshootToken *token)
{
  if (reshoot_token_is_text (token, "gray"))
    return "grey";

  return token->text;
}

static gboolean
take_colored (ReshootClause     *clause,
              ReshootOperation **operation)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (clause->roles[i] == RESHOOT_ROLE_COLORED && !clause->used[i])
        {
          const ReshootToken *color = &clause->tokens[clause->colors[i]];

          if (*color->text == '#')
            return FALSE;
          clause->used[i] = TRUE;
          *operation = reshoot_clause_add (clause, RESHOOT_OPERATION_RECOLOR);
          (*operation)->target = g_strconcat ("color:", get_hue_name (color), NULL);
          return TRUE;
        }
    }

  return FALSE;
}

/* "change the red to blue", "replace red with blue". */
static gboolean
take_color_for_color (ReshootClause     *clause,
                      ReshootOperation **operation)
{
  guint n = 0;
  int old = -1;

  for (guint i = 0; i < clause->n_tokens; i++)
    n += clause->tokens[i].is_color && clause->roles[i] == RESHOOT_ROLE_NONE;
  if (n != 2)
    return FALSE;

  old = reshoot_clause_take_color (clause);
  if (*clause->tokens[old].text == '#')
    return FALSE;
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  *operation = reshoot_clause_add (clause, RESHOOT_OPERATION_RECOLOR);
  (*operation)->target = g_strconcat ("color:", get_hue_name (&clause->tokens[old]), NULL);
  return TRUE;
}

/* "the mug in teal", "i want it in burgundy": no verb of its own, but a thing and what it is to be in. */
static gboolean
is_wanted_in (ReshootClause *clause)
{
  for (guint i = 0; i + 1 < clause->n_tokens; i++)
    if (reshoot_token_is_text (&clause->tokens[i], "in") && clause->tokens[i + 1].is_color)
      return reshoot_clause_get_own_verb (clause) == NULL;

  return FALSE;
}

/* "could the mug be orange?", "the green should be purple": a wish without a verb. */
static gboolean
is_wanted_to_be (ReshootClause *clause)
{
  static const char * const modals[] = { "could", "can", "should", "must", "needs", NULL };
  gboolean modal = FALSE;
  gboolean be = FALSE;

  for (guint i = 0; i < clause->n_tokens; i++)
    {
      const ReshootToken *token = &clause->tokens[i];

      modal = modal || (token->kind == RESHOOT_TOKEN_WORD && g_strv_contains (modals, token->text));
      be = be || (i + 1 < clause->n_tokens && clause->tokens[i + 1].is_color &&
                  (reshoot_token_is_text (token, "be") || reshoot_token_is_text (token, "to be")));
    }

  /* "should the mug be orange?" asks for advice. */
  return modal && be && !reshoot_token_is_text (&clause->tokens[0], "should") &&
         reshoot_clause_get_own_verb (clause) == NULL;
}

gboolean
reshoot_read_recolor (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_MAKE, RESHOOT_VERB_CHANGE, RESHOOT_VERB_SHOW,
                                       RESHOOT_VERB_CONVERT,
                                       RESHOOT_VERB_PAINT };
  gboolean wanted = is_wanted_to_be (clause);
  gboolean paints = wanted || reshoot_clause_has_verb (clause, RESHOOT_VERB_PAINT) ||
                    reshoot_clause_has_verb (clause, RESHOOT_VERB_CHANGE) ||
                    reshoot_clause_has_verb (clause, RESHOOT_VERB_MAKE);
  gboolean color_word = FALSE;
  ReshootOperation *operation = NULL;
  int color = -1;

  if (!reshoot_clause_take_verbs (clause, verbs, G_N_ELEMENTS (verbs)) && !is_wanted_in (clause) &&
      !wanted)
    return FALSE;
  if (wanted)
    reshoot_clause_take_texts (clause, (const char * const []) { "be", "to be", NULL });
  reshoot_clause_take_text (clause, "in");
  color_word = reshoot_clause_take (clause, RESHOOT_WORD_COLOR_NOUN) >= 0;
  reshoot_clause_take_all (clause, RESHOOT_WORD_COLOR_NOUN);

  if (reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT))
    {
      operation = reshoot_clause_add (clause, RESHOOT_OPERATION_RECOLOR);
      operation->target = g_strdup ("product");
      if (reshoot_clause_take_text (clause, "from"))
        reshoot_clause_take_color (clause);
    }
  else if (!take_colored (clause, &operation) && !(paints &&
                                                   take_color_for_color (clause, &operation)))
    {
      if (!reshoot_clause_has (clause, RESHOOT_WORD_PRONOUN) || clause->it_is_ground)
        return FALSE;
      operation = reshoot_clause_add (clause, RESHOOT_OPERATION_RECOLOR);
      operation->target = g_strdup ("product");
    }

  color = reshoot_clause_take_color (clause);
  if (color < 0)
    return FALSE;
  if (!color_word && (reshoot_token_find (&clause->tokens[color], RESHOOT_WORD_MATERIAL) != NULL ||
                      reshoot_token_find (&clause->tokens[color], RESHOOT_WORD_SCENE) != NULL))
    return FALSE;

  reshoot_clause_take_all (clause, RESHOOT_WORD_INSTEAD);
  reshoot_clause_take_all (clause, RESHOOT_WORD_ONLY);
  reshoot_clause_take_all (clause, RESHOOT_WORD_BE);
  /* "matte black" is a paint's name. */
  if (color > 0 && (reshoot_token_is_text (&clause->tokens[color - 1], "matte") ||
                    reshoot_token_is_text (&clause->tokens[color - 1], "matt")))
    clause->used[color - 1] = TRUE;
  reshoot_clause_set_color (operation->color, clause->tokens[color].rgb);
  clause->has_scope = TRUE;
  return reshoot_clause_is_done (clause);
}
