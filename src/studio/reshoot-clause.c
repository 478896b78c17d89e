/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootClause: one wish, and the book-keeping that keeps the parser honest. A reader takes the words it
 * understands; a clause counts as read only when no word is left over. So a word nobody knows can never be lost: it
 * makes the whole clause a refusal. */

#include "reshoot-clause.h"

#include <string.h>

/* Words that bind others and ask for nothing themselves. */
static gboolean
is_optional (const ReshootToken *token)
{
  static const char * const glue[] = { "of", "to", "in", "by", "with", "at", "for", "as", "into",
                                       "than", NULL };

  /* A comma or "and" that is still inside a clause joins two colours or two looks. */
  return token->kind == RESHOOT_TOKEN_STOP || reshoot_token_find (token,
                                                                  RESHOOT_WORD_JOIN) != NULL ||
         reshoot_token_find (token, RESHOOT_WORD_FILLER) != NULL ||
         reshoot_token_find (token, RESHOOT_WORD_DETERMINER) != NULL ||
         reshoot_token_find (token, RESHOOT_WORD_PRONOUN) != NULL ||
         (token->kind == RESHOOT_TOKEN_WORD && g_strv_contains (glue, token->text));
}

/* --- Nouns --- */

static gboolean
is_unknown (const ReshootToken *token)
{
  return token->kind == RESHOOT_TOKEN_WORD && token->n_meanings == 0 && !token->is_color &&
         g_ascii_isalpha (token->text[0]);
}

static gboolean
is_product_noun (const ReshootToken *token)
{
  const ReshootWord *target = reshoot_token_find (token, RESHOOT_WORD_TARGET);

  return reshoot_token_find (token, RESHOOT_WORD_PRODUCT) != NULL ||
         (target != NULL && target->value == RESHOOT_SCOPE_PRODUCT);
}

/* What may stand between an article and its noun. */
static gboolean
is_modifier (const ReshootToken *token)
{
  return token->is_color || reshoot_token_find (token, RESHOOT_WORD_MATERIAL) != NULL ||
         reshoot_token_find (token, RESHOOT_WORD_TONE_LOOK) != NULL ||
         reshoot_token_find (token, RESHOOT_WORD_PLAIN) != NULL ||
         reshoot_token_find (token, RESHOOT_WORD_SIZE) != NULL ||
         reshoot_token_find (token, RESHOOT_WORD_SAME) != NULL;
}

static gboolean
is_colored_noun (const ReshootToken *token)
{
  static const char * const nouns[] = { "parts", "part", "areas", "area", "bits", "elements",
                                        "sections", "portions",
                                        "accents", "pixels", "tones", "stripes", "details", "surfaces", "panels",
                                        NULL };

  return token->kind == RESHOOT_TOKEN_WORD && g_strv_contains (nouns, token->text);
}

static void
set_role (ReshootClause *clause,
          guint          first,
          guint          last,
          guint          head,
          ReshootRole    role)
{
  for (guint i = first; i <= last; i++)
    clause->roles[i] = i == head ? role : RESHOOT_ROLE_MEMBER;
}

/* "the perfume bottle", "my red leather bag", "the existing background", "the bottle cap". Returns the last token. */
static guint
find_group (ReshootClause *clause,
            guint          first)
{
  gboolean definite = FALSE;
  gboolean indefinite = FALSE;
  const ReshootWord *determiner = reshoot_token_find (&clause->tokens[first],
                                                      RESHOOT_WORD_DETERMINER);
  const ReshootWord *target = NULL;
  guint i = determiner != NULL ? first + 1 : first;
  int head = -1;
  int color = -1;

  definite = determiner != NULL && determiner->value == 1;
  indefinite = determiner != NULL && !definite;

  for (; i < clause->n_tokens; i++)
    {
      const ReshootToken *token = &clause->tokens[i];

      if (is_colored_noun (token) && color >= 0)
        {
          set_role (clause, first, i, i, RESHOOT_ROLE_COLORED);
          clause->colors[i] = color;
          return i;
        }
      if (is_product_noun (token) || (definite && is_unknown (token)))
        head = (int) i;
      else if (head < 0 && is_modifier (token))
        color = token->is_color ? (int) i : color;
      else
        break;
    }

  if (i < clause->n_tokens)
    target = reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_TARGET);
  /* "the busy background": unknown words before a known noun describe it. Not "the bottle photo": that is the
   * photo. */
  if (definite && target != NULL && i > first + 1 && (head < 0 ||
                                                      is_unknown (&clause->tokens[head]) ||
                                                      target->value == RESHOOT_SCOPE_ALL))
    {
      gboolean described = TRUE;

      for (guint k = first + 1; k < i; k++)
        described = described && !clause->tokens[k].is_color;
      if (!described && head < 0)
        return first;
      set_role (clause, first, i, i,
                target->value == RESHOOT_SCOPE_BACKGROUND ? RESHOOT_ROLE_BACKGROUND
                                                          : RESHOOT_ROLE_ALL);
      return i;
    }

  if (head < 0)
    return first;
  if (i < clause->n_tokens && reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_PART) != NULL &&
      !clause->tokens[i].is_color)
    {
      set_role (clause, first, i, i, RESHOOT_ROLE_PART);
      return i;
    }
  if (!indefinite)
    set_role (clause, first, (guint) head, (guint) head, RESHOOT_ROLE_PRODUCT);
  return (guint) head;
}

static void
find_single_role (ReshootClause *clause,
                  guint          i)
{
  const ReshootWord *target = reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_TARGET);

  if (clause->roles[i] != RESHOOT_ROLE_NONE)
    return;

  if (target != NULL && target->value == RESHOOT_SCOPE_BACKGROUND)
    clause->roles[i] = RESHOOT_ROLE_BACKGROUND;
  else if (target != NULL && target->value == RESHOOT_SCOPE_ALL)
    clause->roles[i] = RESHOOT_ROLE_ALL;
  else if (reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_REST) != NULL)
    clause->roles[i] = RESHOOT_ROLE_REST;
}

/* The token after @i that is not an article. */
static guint
skip_article (ReshootClause *clause,
              guint          i)
{
  while (i < clause->n_tokens && clause->roles[i] == RESHOOT_ROLE_MEMBER)
    i++;
  while (i < clause->n_tokens && reshoot_token_find (&clause->tokens[i],
                                                     RESHOOT_WORD_DETERMINER) != NULL &&
         clause->roles[i] == RESHOOT_ROLE_NONE)
    i++;
  return i;
}

/* "everything black and white except the product" */
static gboolean
is_exception (const ReshootToken *token)
{
  return reshoot_token_is_text (token, "except") || reshoot_token_is_text (token, "except for") ||
         reshoot_token_is_text (token, "apart from") || reshoot_token_is_text (token, "other than");
}

/* "behind the bottle" is the background, "everything except the product" too, "the rest of the picture" the rest. */
static void
join_roles (ReshootClause *clause,
            guint          i)
{
  const ReshootToken *token = &clause->tokens[i];
  guint next = skip_article (clause, i + 1);
  gboolean product = next < clause->n_tokens && (clause->roles[next] == RESHOOT_ROLE_PRODUCT ||
                                                 reshoot_token_find (&clause->tokens[next],
                                                                     RESHOOT_WORD_PRONOUN));
  gboolean excepting = clause->roles[i] == RESHOOT_ROLE_REST &&
                       !reshoot_token_is_text (token, "everything else");

  if (product && (reshoot_token_is_text (token, "behind") || excepting || is_exception (token)))
    set_role (clause, i, next, i, RESHOOT_ROLE_BACKGROUND);
  else if (excepting && next < clause->n_tokens && clause->roles[next] == RESHOOT_ROLE_BACKGROUND)
    set_role (clause, i, next, i, RESHOOT_ROLE_PRODUCT);
  else if (excepting && next + 1 < clause->n_tokens && reshoot_token_is_text (&clause->tokens[next],
                                                                              "of"))
    {
      next = skip_article (clause, next + 1);
      if (next < clause->n_tokens && clause->roles[next] == RESHOOT_ROLE_ALL)
        set_role (clause, i, next, i, RESHOOT_ROLE_REST);
    }
}

/* "mirror the picture", "frame it": the first word with a meaning is the verb, whatever else it is. */
static gboolean
is_leading_verb (ReshootClause *clause,
                 guint          i)
{
  if (reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_VERB) == NULL)
    return FALSE;

  for (guint k = 0; k < i; k++)
    {
      if (reshoot_token_find (&clause->tokens[k], RESHOOT_WORD_FILLER) == NULL)
        return FALSE;
    }

  return TRUE;
}

void
reshoot_clause_find_roles (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      const ReshootToken *token = &clause->tokens[i];

      if (reshoot_token_find (token, RESHOOT_WORD_DETERMINER) != NULL ||
          (is_product_noun (token) && !is_leading_verb (clause, i)))
        i = find_group (clause, i);
      else if (token->is_color && i + 1 < clause->n_tokens &&
               is_colored_noun (&clause->tokens[i + 1]))
        i = find_group (clause, i);
    }

  for (guint i = 0; i < clause->n_tokens; i++)
    find_single_role (clause, i);
  for (guint i = 0; i < clause->n_tokens; i++)
    join_roles (clause, i);
}

/* --- Taking words --- */

static gboolean
is_free (ReshootClause *clause,
         guint          i)
{
  return !clause->used[i] && (clause->roles[i] == RESHOOT_ROLE_NONE);
}

int
reshoot_clause_take (ReshootClause    *clause,
                     ReshootWordClass  class)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (is_free (clause, i) && reshoot_token_find (&clause->tokens[i], class) != NULL)
        {
          clause->used[i] = TRUE;
          return (int) i;
        }
    }

  return -1;
}

const ReshootWord *
reshoot_clause_take_word (ReshootClause    *clause,
                          ReshootWordClass  class)
{
  int i = reshoot_clause_take (clause, class);

  return i >= 0 ? reshoot_token_find (&clause->tokens[i], class) : NULL;
}

void
reshoot_clause_take_all (ReshootClause    *clause,
                         ReshootWordClass  class)
{
  while (reshoot_clause_take (clause, class) >= 0)
    continue;
}

gboolean
reshoot_clause_has (ReshootClause    *clause,
                    ReshootWordClass  class)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (is_free (clause, i) && reshoot_token_find (&clause->tokens[i], class) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* The first verb of the clause's own. */
const ReshootToken *
reshoot_clause_get_own_verb (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      const ReshootToken *token = &clause->tokens[i];

      if (clause->roles[i] == RESHOOT_ROLE_NONE && !token->is_color &&
          (reshoot_token_find (token, RESHOOT_WORD_VERB) != NULL ||
           reshoot_token_find (token, RESHOOT_WORD_TONE_VERB) != NULL))
        return token;
    }

  return NULL;
}

gboolean
reshoot_clause_has_verb (ReshootClause *clause,
                         ReshootVerb    verb)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (is_free (clause, i) && reshoot_token_is_verb (&clause->tokens[i], verb))
        return TRUE;
    }

  return reshoot_token_is_verb (clause->inherited, verb);
}

gboolean
reshoot_clause_take_verb (ReshootClause *clause,
                          ReshootVerb    verb)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (is_free (clause, i) && reshoot_token_is_verb (&clause->tokens[i], verb))
        {
          clause->used[i] = TRUE;
          return TRUE;
        }
    }

  return reshoot_token_is_verb (clause->inherited, verb);
}

/* Takes one verb of @verbs where there is one. */
gboolean
reshoot_clause_take_verbs (ReshootClause     *clause,
                           const ReshootVerb *verbs,
                           guint              n_verbs)
{
  for (guint i = 0; i < n_verbs; i++)
    {
      if (reshoot_clause_take_verb (clause, verbs[i]))
        return TRUE;
    }

  return FALSE;
}

gboolean
reshoot_clause_has_text (ReshootClause *clause,
                         const char    *text)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (reshoot_token_is_text (&clause->tokens[i], text))
        return TRUE;
    }

  return FALSE;
}

gboolean
reshoot_clause_take_text (ReshootClause *clause,
                          const char    *text)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (is_free (clause, i) && reshoot_token_is_text (&clause->tokens[i], text))
        {
          clause->used[i] = TRUE;
          return TRUE;
        }
    }

  return FALSE;
}

void
reshoot_clause_take_texts (ReshootClause      *clause,
                           const char * const *texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    reshoot_clause_take_text (clause, texts[i]);
}

gboolean
reshoot_clause_has_role (ReshootClause *clause,
                         ReshootRole    role)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (!clause->used[i] && clause->roles[i] == role)
        return TRUE;
    }

  return FALSE;
}

/* Takes every noun of @role. */
gboolean
reshoot_clause_take_role (ReshootClause *clause,
                          ReshootRole    role)
{
  gboolean taken = FALSE;

  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (!clause->used[i] && clause->roles[i] == role)
        {
          clause->used[i] = TRUE;
          taken = TRUE;
        }
    }

  return taken;
}

int
reshoot_clause_take_color (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (is_free (clause, i) && clause->tokens[i].is_color)
        {
          clause->used[i] = TRUE;
          return (int) i;
        }
    }

  return -1;
}

int
reshoot_clause_take_kind (ReshootClause    *clause,
                          ReshootTokenKind  kind)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (!clause->used[i] && clause->tokens[i].kind == kind)
        {
          clause->used[i] = TRUE;
          return (int) i;
        }
    }

  return -1;
}

int
reshoot_clause_take_number (ReshootClause *clause,
                            ReshootUnit    unit)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (!clause->used[i] && clause->tokens[i].kind == RESHOOT_TOKEN_NUMBER &&
          clause->tokens[i].unit == unit)
        {
          clause->used[i] = TRUE;
          return (int) i;
        }
    }

  return -1;
}

/* How much, in words. "very slightly" is slight: the softer word counts. */
ReshootLevel
reshoot_clause_take_level (ReshootClause *clause,
                           ReshootLevel   otherwise)
{
  const ReshootWord *word = NULL;
  ReshootLevel level = RESHOOT_LEVEL_NONE;

  while ((word = reshoot_clause_take_word (clause, RESHOOT_WORD_LEVEL)) != NULL)
    {
      if (level == RESHOOT_LEVEL_SLIGHT || word->value == RESHOOT_LEVEL_SLIGHT)
        level = RESHOOT_LEVEL_SLIGHT;
      else
        level = MAX (level, (ReshootLevel) word->value);
    }

  if (level != RESHOOT_LEVEL_NONE)
    {
      clause->has_level = TRUE;
      return level;
    }

  return clause->inherited_level != RESHOOT_LEVEL_NONE ? clause->inherited_level : otherwise;
}

/* Where. Nothing said means everything; "it" means what it meant before. */
ReshootScope
reshoot_clause_take_scope (ReshootClause *clause)
{
  gboolean product = reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  gboolean background = reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  gboolean rest = reshoot_clause_take_role (clause, RESHOOT_ROLE_REST);

  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_all (clause, RESHOOT_WORD_ONLY);
  if (product || background || rest)
    {
      clause->has_scope = TRUE;
      reshoot_clause_take_text (clause, "on");
      reshoot_clause_take_text (clause, "around");
    }

  if (product && background)
    return RESHOOT_SCOPE_ALL;
  if (product)
    return RESHOOT_SCOPE_PRODUCT;
  if (background)
    return RESHOOT_SCOPE_BACKGROUND;
  if (rest)
    return clause->it == RESHOOT_SCOPE_BACKGROUND ? RESHOOT_SCOPE_PRODUCT
                                                  : RESHOOT_SCOPE_BACKGROUND;

  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_PRONOUN) != NULL)
        return clause->it;
    }

  return RESHOOT_SCOPE_ALL;
}

/* Whether every word is explained. */
gboolean
reshoot_clause_is_done (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (!clause->used[i] && clause->roles[i] != RESHOOT_ROLE_MEMBER &&
          !(clause->roles[i] == RESHOOT_ROLE_NONE && is_optional (&clause->tokens[i])))
        return FALSE;
    }

  return TRUE;
}

/* --- Giving operations --- */

ReshootOperation *
reshoot_clause_add (ReshootClause        *clause,
                    ReshootOperationKind  kind)
{
  ReshootOperation *operation = reshoot_operation_new (kind);

  g_ptr_array_add (clause->operations, operation);
  return operation;
}

void
reshoot_clause_set_color (char    color[8],
                          guint32 rgb)
{
  g_snprintf (color, 8, "#%06x", rgb & 0xffffff);
}

/**
 * reshoot_clause_complains:
 * @clause: a clause
 *
 * "too much contrast", "so much blur": says that there is more than is wanted. "warmer too" does not.
 *
 * Returns: whether it does
 */
gboolean
reshoot_clause_complains (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      const ReshootToken *token = &clause->tokens[i];

      if (reshoot_token_is_text (token, "so much") || reshoot_token_is_text (token, "too much") ||
          (i + 1 < clause->n_tokens && reshoot_token_is_text (token, "too")))
        return TRUE;
    }

  return FALSE;
}
