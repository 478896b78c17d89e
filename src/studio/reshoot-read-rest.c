/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences that change no pixel by themselves, and lettering: what to keep, what for, the same again, and words to
 * be written over the picture. */

#include "reshoot-clause.h"

#include <string.h>

/* --- Lettering --- */

/* "SUMMER SALE" without quotes, after "the text". */
static char *
take_capitals (ReshootClause *clause)
{
  g_autoptr (GString) content = g_string_new (NULL);
  gboolean open = FALSE;

  for (guint i = 0; i < clause->n_tokens; i++)
    {
      const ReshootToken *token = &clause->tokens[i];

      if (reshoot_token_find (token, RESHOOT_WORD_LETTERS) != NULL && !token->capitals)
        open = TRUE;
      else if (open && token->capitals && token->kind == RESHOOT_TOKEN_WORD && !clause->used[i])
        {
          if (content->len > 0)
            g_string_append_c (content, ' ');
          for (const char *p = token->text; *p != '\0'; p++)
            g_string_append_c (content, g_ascii_toupper (*p));
          clause->used[i] = TRUE;
        }
      else if (content->len > 0)
        break;
    }

  return content->len > 0 ? g_string_free (g_steal_pointer (&content), FALSE) : NULL;
}

/* "centred at the bottom" is the bottom; "at the bottom on the left" is a corner. */
static char *
take_position (ReshootClause *clause)
{
  const ReshootWord *word = NULL;
  const char *rows = NULL;
  const char *columns = NULL;
  const char *whole = NULL;

  while ((word = reshoot_clause_take_word (clause, RESHOOT_WORD_POSITION)) != NULL)
    {
      if (g_str_equal (word->arg, "top") || g_str_equal (word->arg, "bottom"))
        rows = word->arg;
      else if (g_str_equal (word->arg, "left") || g_str_equal (word->arg, "right"))
        columns = word->arg;
      else
        whole = word->arg;
    }
  reshoot_clause_take_verb (clause, RESHOOT_VERB_CENTER);

  if (rows != NULL && columns != NULL)
    return g_strconcat (rows, "-", columns, NULL);
  if (rows != NULL || columns != NULL)
    return g_strdup (rows != NULL ? rows : columns);

  return g_strdup (whole);
}

gboolean
reshoot_read_text (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_WRITE, RESHOOT_VERB_ADD, RESHOOT_VERB_PUT,
                                       RESHOOT_VERB_SHOW };
  static const char * const places[] = { "on", "across", "over", "along", "on top of", "above",
                                         "onto", "corner", "from",
                                         "saying", "says", "reading", "reads", NULL };
  gboolean verb = reshoot_clause_take_verbs (clause, verbs, G_N_ELEMENTS (verbs));
  const ReshootWord *word = NULL;
  ReshootOperation *operation = NULL;
  int quote = reshoot_clause_take_kind (clause, RESHOOT_TOKEN_QUOTE);
  int color = -1;
  g_autofree char *content = NULL;
  g_autofree char *position = NULL;

  if (quote >= 0)
    content = g_strstrip (g_strdup (clause->tokens[quote].text));
  else if (verb)
    content = take_capitals (clause);
  if (content == NULL || *content == '\0' || !g_utf8_validate (content, -1, NULL))
    return FALSE;
  /* A quotation alone says nothing of what to do with it. */
  if (!verb && !reshoot_clause_has (clause, RESHOOT_WORD_LETTERS) &&
      !reshoot_clause_has (clause, RESHOOT_WORD_POSITION))
    return FALSE;
  /* Words on the product are printed on a thing that has a shape and a light: that is not lettering. */
  if (reshoot_clause_has_role (clause, RESHOOT_ROLE_PRODUCT) ||
      reshoot_clause_has_role (clause, RESHOOT_ROLE_PART))
    return FALSE;

  reshoot_clause_take_all (clause, RESHOOT_WORD_LETTERS);
  position = take_position (clause);
  color = reshoot_clause_take_color (clause);
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_TEXT);
  operation->content = g_steal_pointer (&content);
  operation->sub = g_steal_pointer (&position);
  if (color >= 0)
    reshoot_clause_set_color (operation->color, clause->tokens[color].rgb);
  word = reshoot_clause_take_word (clause, RESHOOT_WORD_WEIGHT);
  operation->weight = word != NULL ? g_strdup (word->arg) : NULL;
  word = reshoot_clause_take_word (clause, RESHOOT_WORD_STYLE);
  operation->style = word != NULL ? g_strdup (word->arg) : NULL;
  word = reshoot_clause_take_word (clause, RESHOOT_WORD_SIZE);
  operation->size = word != NULL ? g_strdup (word->arg) : NULL;
  reshoot_clause_take_texts (clause, places);
  reshoot_clause_take_all (clause, RESHOOT_WORD_LETTERS);
  reshoot_clause_take_all (clause, RESHOOT_WORD_SPACE);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  return reshoot_clause_is_done (clause);
}

/* --- What must stay --- */

/* "leave the product sharp": how it is, and is to stay. */
static gboolean
take_state (ReshootClause *clause)
{
  static const char *const states[] = { "sharp", "crisp", "clear", "in focus", "focused", "readable",
                                        "legible", "visible", "recognisable", "recognizable", NULL };
  gboolean any = FALSE;

  for (guint i = 0; states[i] != NULL; i++)
    any = reshoot_clause_take_text (clause, states[i]) || any;

  return any;
}

/* "keep the product as it is", "don't touch the label", "leave everything else alone". Keeping a property of the
 * product (its lighting, its colours) is kept by not touching it. */
gboolean
reshoot_read_protect (ReshootClause *clause)
{
  static const char * const glue[] = { "on", "as", "like", "exactly", "be", "in", "from",
                                       "anything", "about", "alone",
                                       "keep", "same", NULL };
  gboolean negated = reshoot_clause_take (clause, RESHOOT_WORD_NEGATION) >= 0;
  gboolean keeps = !negated && reshoot_clause_take_verb (clause, RESHOOT_VERB_KEEP);
  gboolean leaves = !negated && !keeps && reshoot_clause_has_text (clause, "leave") &&
                    reshoot_clause_take_verb (clause, RESHOOT_VERB_ADD);
  gboolean touches = negated && (reshoot_clause_take_verb (clause, RESHOOT_VERB_TOUCH) ||
                                 reshoot_clause_take_verb (clause, RESHOOT_VERB_CHANGE) ||
                                 reshoot_clause_take_verb (clause, RESHOOT_VERB_PAINT));
  gboolean same = FALSE;
  gboolean state = FALSE;
  gboolean part = FALSE;
  gboolean product = FALSE;
  gboolean background = FALSE;
  gboolean rest = FALSE;
  gboolean named = FALSE;

  while (reshoot_clause_take (clause, RESHOOT_WORD_SAME) >= 0)
    same = TRUE;
  if (!keeps && !touches && !leaves && !same)
    return FALSE;
  if (negated && !touches)
    return FALSE;
  state = (keeps || leaves) && take_state (clause);
  if (leaves && !same && !state && !reshoot_clause_has_text (clause, "alone"))
    return FALSE;
  if (!keeps && !touches && !leaves && reshoot_clause_get_own_verb (clause) != NULL)
    return FALSE;

  reshoot_clause_take_verb (clause, RESHOOT_VERB_KEEP);
  reshoot_clause_take_verb (clause, RESHOOT_VERB_TOUCH);
  background = reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  product = reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  rest = reshoot_clause_take_role (clause, RESHOOT_ROLE_REST);
  part = reshoot_clause_take_role (clause, RESHOOT_ROLE_PART);
  while (reshoot_clause_take (clause, RESHOOT_WORD_ASPECT) >= 0 ||
         reshoot_clause_take (clause, RESHOOT_WORD_PART) >= 0)
    part = TRUE;
  /* "keep it natural" asks to do it well, not to leave it alone. */
  named = product || background || rest || part;
  if (keeps && !same && !named && reshoot_clause_take (clause, RESHOOT_WORD_MANNER) >= 0)
    return reshoot_clause_is_done (clause);
  if (keeps && !same && !named)
    return FALSE;

  reshoot_clause_take_texts (clause, glue);
  reshoot_clause_take_all (clause, RESHOOT_WORD_ONLY);
  reshoot_clause_take_all (clause, RESHOOT_WORD_BE);
  reshoot_clause_take_all (clause, RESHOOT_WORD_LEVEL);
  reshoot_clause_take_all (clause, RESHOOT_WORD_MANNER);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  if (!product && !background && !rest && !part && !reshoot_clause_has (clause,
                                                                        RESHOOT_WORD_PRONOUN))
    return FALSE;

  if (rest)
    {
      product = clause->it != RESHOOT_SCOPE_PRODUCT;
      background = clause->it == RESHOOT_SCOPE_PRODUCT;
    }
  if (!background)
    product = TRUE;
  if (product)
    g_ptr_array_add (clause->protects, g_strdup ("product"));
  if (background)
    g_ptr_array_add (clause->protects, g_strdup ("background"));
  return reshoot_clause_is_done (clause);
}

/* "without cropping", "don't distort it", "no text": bounds for what the other clauses ask. */
gboolean
reshoot_read_constraint (ReshootClause *clause)
{
  gboolean negated = reshoot_clause_take (clause, RESHOOT_WORD_NEGATION) >= 0;
  gboolean crops = negated && (reshoot_clause_take_verb (clause, RESHOOT_VERB_CROP) ||
                               reshoot_clause_take_verb (clause, RESHOOT_VERB_TRIM) ||
                               reshoot_clause_take_text (clause, "losing") ||
                               reshoot_clause_take_text (clause, "lose") ||
                               reshoot_clause_take_text (clause, "cutting"));
  gboolean bends = negated && reshoot_clause_take_verb (clause, RESHOOT_VERB_DISTORT);
  gboolean letters = negated && !crops && !bends && reshoot_clause_take (clause,
                                                                         RESHOOT_WORD_LETTERS) >= 0;

  if (!crops && !bends && !letters)
    return FALSE;

  reshoot_clause_take_verb (clause, RESHOOT_VERB_ADD);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_texts (clause, (const char * const []) { "off", "out", "away", "anything",
                                                               "part of", "on", NULL });
  clause->no_crop = crops;
  return reshoot_clause_is_done (clause);
}

/* --- What for, again, and thank you --- */

/* "so that it pops": says what for, and asks for nothing that the clause before does not. */
gboolean
reshoot_read_purpose (ReshootClause *clause)
{
  static const char * const glue[] = { "like", "so", "so that", "that", "on", "from", "look",
                                       "looks", "to look", "to make",
                                       "to be", "doesnt", "more", NULL };

  if (!clause->purpose)
    return FALSE;

  reshoot_clause_take_all (clause, RESHOOT_WORD_PURPOSE);
  reshoot_clause_take_all (clause, RESHOOT_WORD_MANNER);
  reshoot_clause_take_all (clause, RESHOOT_WORD_BE);
  reshoot_clause_take_all (clause, RESHOOT_WORD_NEGATION);
  reshoot_clause_take_all (clause, RESHOOT_WORD_LEVEL);
  reshoot_clause_take_all (clause, RESHOOT_WORD_MORE);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  reshoot_clause_take_texts (clause, glue);
  return reshoot_clause_is_done (clause);
}

/* "again", "a bit more": of whatever came before; the history knows what that was. */
gboolean
reshoot_read_repeat (ReshootClause *clause)
{
  gboolean again = reshoot_clause_take (clause, RESHOOT_WORD_AGAIN) >= 0;
  const ReshootWord *more = reshoot_clause_take_word (clause, RESHOOT_WORD_MORE);
  ReshootOperation *operation = NULL;

  if ((!again && more == NULL) || (more != NULL && more->sign < 0) ||
      reshoot_clause_has_text (clause, "not enough") ||
      reshoot_clause_has_text (clause, "is not enough") ||
      reshoot_clause_has_text (clause, "isnt enough"))
    return FALSE;

  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_REPEAT);
  reshoot_clause_take_all (clause, RESHOOT_WORD_AGAIN);
  reshoot_clause_take_text (clause, "of");
  reshoot_clause_take_text (clause, "like");
  operation->level = reshoot_clause_take_level (clause, RESHOOT_LEVEL_MEDIUM);
  return reshoot_clause_is_done (clause);
}

/* "thanks", "please": nothing but small words. */
gboolean
reshoot_read_courtesy (ReshootClause *clause)
{
  reshoot_clause_take_all (clause, RESHOOT_WORD_CHANNEL);

  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_FILLER) == NULL &&
          !clause->used[i] &&
          reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_DETERMINER) == NULL)
        return FALSE;
    }

  return reshoot_clause_is_done (clause);
}
