/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a clause cannot be done. Every clause that no reader took comes here, so this need only tell the reasons apart;
 * where nothing speaks for one of them, the honest reason is that it is unclear. */

#include "reshoot-clause.h"

static gboolean
names (ReshootClause    *clause,
       ReshootWordClass  class)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      gboolean named = clause->roles[i] == RESHOOT_ROLE_PRODUCT && i > 0 &&
                       clause->roles[i - 1] == RESHOOT_ROLE_MEMBER;

      /* "the glass" is the product; "made of glass" is not. */
      if (clause->roles[i] != RESHOOT_ROLE_MEMBER && !named &&
          reshoot_token_find (&clause->tokens[i], class) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_unknown_noun (const ReshootToken *token)
{
  return token->kind == RESHOOT_TOKEN_WORD && token->n_meanings == 0 && !token->is_color;
}

static gboolean
has_unknown (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (clause->roles[i] == RESHOOT_ROLE_NONE && is_unknown_noun (&clause->tokens[i]))
        return TRUE;
    }

  return FALSE;
}

/* "a hat", "another one", "some steam", "two candles": something that is not there yet. */
static gboolean
has_new_object (ReshootClause *clause)
{
  for (guint i = 0; i + 1 < clause->n_tokens; i++)
    {
      const ReshootWord *word = reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_DETERMINER);
      const ReshootToken *next = &clause->tokens[i + 1];

      if (word != NULL && word->value == 0 &&
          (is_unknown_noun (next) || reshoot_token_find (next, RESHOOT_WORD_PRODUCT) != NULL ||
           reshoot_token_find (next, RESHOOT_WORD_PART) != NULL ||
               reshoot_token_find (next, RESHOOT_WORD_MATERIAL) != NULL ||
           next->is_color))
        return TRUE;
    }

  return names (clause, RESHOOT_WORD_THING) || names (clause, RESHOOT_WORD_PART) ||
         has_unknown (clause) ||
         names (clause, RESHOOT_WORD_PRODUCT);
}

/* Words that are printed on the thing in the picture. */
static gboolean
names_print (ReshootClause *clause)
{
  static const char * const words[] = { "label", "logo", "brand", "brand name", "wording", "typo",
                                        "slogan", "inscription",
                                        "wordmark", "text", "writing", "lettering", "words", "title", "headline",
                                        "font",
                                        "typography", "print", "artwork", "price", "date", "number", "name", "tagline",
                                        "label text", "logo text", "price tag", "caption", NULL };

  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (clause->tokens[i].kind == RESHOOT_TOKEN_WORD &&
          g_strv_contains (words, clause->tokens[i].text))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_quote (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (clause->tokens[i].kind == RESHOOT_TOKEN_QUOTE)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_ground (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (clause->roles[i] == RESHOOT_ROLE_BACKGROUND)
        return TRUE;
    }

  return FALSE;
}

/* Whether the first thing named after "put" is the product: then it is put somewhere; else something is put to it. */
static gboolean
puts_product (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      const ReshootWord *word = reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_DETERMINER);

      if (clause->roles[i] == RESHOOT_ROLE_PRODUCT || clause->roles[i] == RESHOOT_ROLE_ALL ||
          reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_PRONOUN) != NULL)
        return TRUE;
      if ((word != NULL && word->value == 0) || reshoot_token_find (&clause->tokens[i],
                                                                    RESHOOT_WORD_THING) != NULL)
        return FALSE;
    }

  return FALSE;
}

static gboolean
has_any_verb (ReshootClause *clause,
              ReshootVerb    verb)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (reshoot_token_is_verb (&clause->tokens[i], verb) && clause->roles[i] == RESHOOT_ROLE_NONE)
        return TRUE;
    }

  return reshoot_token_is_verb (clause->inherited, verb);
}

static gboolean
has_product (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (clause->roles[i] == RESHOOT_ROLE_PRODUCT)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_text (ReshootClause *clause,
          const char    *text)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (reshoot_token_is_text (&clause->tokens[i], text))
        return TRUE;
    }

  return FALSE;
}

static gboolean
names_light (ReshootClause *clause)
{
  return names (clause, RESHOOT_WORD_LIGHT) || has_text (clause, "light") ||
         has_text (clause, "lighting") ||
         has_text (clause, "lights");
}

/* "sharpen the logo" asks for no other letters, only for a place that the studio does not know. */
static gboolean
only_tones (ReshootClause *clause)
{
  const ReshootToken *verb = reshoot_clause_get_own_verb (clause);

  return reshoot_token_find (verb, RESHOOT_WORD_TONE_VERB) != NULL ||
         reshoot_token_is_verb (verb, RESHOOT_VERB_FLIP) ||
             reshoot_token_is_verb (verb, RESHOOT_VERB_ROTATE) ||
         reshoot_token_is_verb (verb, RESHOOT_VERB_RAISE) ||
         reshoot_token_is_verb (verb, RESHOOT_VERB_LOWER) ||
             reshoot_token_is_verb (verb, RESHOOT_VERB_BLUR) ||
         reshoot_token_is_verb (verb, RESHOOT_VERB_KEEP);
}

/* "make the inside black": a part, and not a view of it. */
static gboolean
paints (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (clause->tokens[i].is_color && clause->roles[i] == RESHOOT_ROLE_NONE)
        return has_any_verb (clause, RESHOOT_VERB_MAKE) ||
               has_any_verb (clause, RESHOOT_VERB_PAINT);
    }

  return FALSE;
}

static const char *
get_reason_of_removal (ReshootClause *clause)
{
  if (names (clause, RESHOOT_WORD_THING) || names (clause, RESHOOT_WORD_PERSON) ||
      names (clause, RESHOOT_WORD_PART) ||
      names_print (clause) || names (clause, RESHOOT_WORD_LETTERS) || has_unknown (clause) ||
          names (clause, RESHOOT_WORD_SCENE) ||
          has_quote (clause))
    return "remove-object";
  if (names (clause, RESHOOT_WORD_LIGHT))
    return "relight";
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (clause->roles[i] == RESHOOT_ROLE_PRODUCT || clause->roles[i] == RESHOOT_ROLE_PART)
        return "remove-object";
    }

  return "unclear";
}

static const char *
get_reason_of_addition (ReshootClause *clause)
{
  if (has_quote (clause) && (names (clause, RESHOOT_WORD_PART) || puts_product (clause)))
    return "edit-text-in-picture";
  if (names (clause, RESHOOT_WORD_SCENE))
    return "generate-scene";
  if (names (clause, RESHOOT_WORD_LIGHT))
    return "relight";
  if (names (clause, RESHOOT_WORD_MATERIAL) && !names (clause, RESHOOT_WORD_THING) &&
      has_product (clause))
    return "material";
  if (has_any_verb (clause, RESHOOT_VERB_PUT) && puts_product (clause))
    return "generate-scene";
  if (has_ground (clause) && !names (clause, RESHOOT_WORD_THING))
    return "generate-scene";
  if (names (clause, RESHOOT_WORD_FORM) && !names (clause, RESHOOT_WORD_THING))
    return "change-shape";
  if (has_new_object (clause))
    return "add-object";

  return "unclear";
}

/**
 * reshoot_clause_get_reason:
 * @clause: a clause that was not understood
 *
 * Returns: the reason, of the closed list
 */
const char *
reshoot_clause_get_reason (ReshootClause *clause)
{
  gboolean adds = has_any_verb (clause, RESHOOT_VERB_ADD) ||
                  has_any_verb (clause, RESHOOT_VERB_PUT);
  gboolean product = has_product (clause);

  if (names (clause, RESHOOT_WORD_HELP))
    return "help";
  if (names (clause, RESHOOT_WORD_GENERATE))
    return "generate-image";
  if ((has_any_verb (clause, RESHOOT_VERB_REMOVE) && !adds) ||
      (has_any_verb (clause, RESHOOT_VERB_FIX) && names (clause, RESHOOT_WORD_THING)))
    return get_reason_of_removal (clause);
  if (names (clause, RESHOOT_WORD_ART))
    return "style-transfer";
  if (names (clause, RESHOOT_WORD_PERSON))
    return "add-person";
  if ((has_quote (clause) && (product || names (clause, RESHOOT_WORD_PART))) ||
      (names_print (clause) && !(adds && !has_quote (clause)) && !only_tones (clause)))
    return "edit-text-in-picture";
  if (names (clause, RESHOOT_WORD_VIEW) && !paints (clause))
    return "new-view";
  if (adds)
    return get_reason_of_addition (clause);
  if (names_light (clause) && !has_ground (clause))
    return "relight";
  if (names (clause, RESHOOT_WORD_SCENE))
    return "generate-scene";
  if (names (clause, RESHOOT_WORD_LIGHT))
    return "relight";
  if (names (clause, RESHOOT_WORD_SHADOW))
    return "unclear";
  if (has_text (clause, "with") && names (clause, RESHOOT_WORD_THING) &&
      !has_any_verb (clause, RESHOOT_VERB_CHANGE))
    return "add-object";
  if (has_ground (clause) && !paints (clause) && (names (clause, RESHOOT_WORD_MATERIAL) ||
                              names (clause, RESHOOT_WORD_THING) ||
                              has_unknown (clause)))
    return "generate-scene";
  if (names (clause, RESHOOT_WORD_MATERIAL))
    return "material";
  if (names (clause, RESHOOT_WORD_FORM))
    return "change-shape";
  if (product && has_any_verb (clause, RESHOOT_VERB_ROTATE))
    return "new-view";
  if (has_text (clause, "into") && product)
    return "change-shape";
  if (has_any_verb (clause, RESHOOT_VERB_CHANGE) && product && has_text (clause, "with") &&
      has_new_object (clause))
    return "add-object";
  if ((names (clause, RESHOOT_WORD_THING) && !has_any_verb (clause, RESHOOT_VERB_MAKE) &&
       !only_tones (clause)) ||
      (has_any_verb (clause, RESHOOT_VERB_OTHER) &&
                                             has_unknown (clause)))
    return "add-object";

  return "unclear";
}
