/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where one wish ends and the next begins: commas, "and", "with", "without", "so that" part a sentence, except
 * where they stand inside a description, a gradient or the looks of a lettering. */

#include "reshoot-parting.h"

#include "reshoot-plan.h"

static const ReshootToken *
get_token (const ReshootInstruction *instruction,
           guint                     i)
{
  GArray *tokens = instruction->tokens;

  return i < tokens->len ? &g_array_index (tokens, ReshootToken, i) : NULL;
}

/* "bold, black" after a quotation speaks of the lettering. */
static gboolean
is_lettering_until_stop (const ReshootInstruction *instruction,
                         guint                     i)
{
  gboolean any = FALSE;

  for (; get_token (instruction, i) != NULL; i++)
    {
      const ReshootToken *token = get_token (instruction, i);

      if (token->kind == RESHOOT_TOKEN_STOP || reshoot_token_find (token,
                                                                   RESHOOT_WORD_JOIN) != NULL)
        break;
      if (!token->is_color && reshoot_token_find (token, RESHOOT_WORD_WEIGHT) == NULL &&
          reshoot_token_find (token, RESHOOT_WORD_STYLE) == NULL &&
              reshoot_token_find (token, RESHOOT_WORD_SIZE) == NULL &&
          reshoot_token_find (token, RESHOOT_WORD_POSITION) == NULL &&
          reshoot_token_find (token, RESHOOT_WORD_LETTERS) == NULL &&
              reshoot_token_find (token, RESHOOT_WORD_DETERMINER) == NULL &&
          !reshoot_token_is_text (token, "in") && !reshoot_token_is_text (token, "at"))
        return FALSE;
      any = TRUE;
    }

  return any;
}

static gboolean
has_class (const ReshootInstruction *instruction,
           guint                     first,
           guint                     end,
           ReshootWordClass          class)
{
  for (guint i = first; i < end && get_token (instruction, i) != NULL; i++)
    {
      if (reshoot_token_find (get_token (instruction, i), class) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_quote (const ReshootInstruction *instruction,
           guint                     first,
           guint                     end)
{
  for (guint i = first; i < end; i++)
    {
      if (get_token (instruction, i)->kind == RESHOOT_TOKEN_QUOTE)
        return TRUE;
    }

  return FALSE;
}

/* Nothing but adjectives and amounts. */
static gboolean
is_description (const ReshootInstruction *instruction,
                guint                     first,
                guint                     end)
{
  for (guint i = first; i < end; i++)
    {
      const ReshootToken *token = get_token (instruction, i);

      if (reshoot_token_find (token, RESHOOT_WORD_PLAIN) == NULL &&
          reshoot_token_find (token, RESHOOT_WORD_LEVEL) == NULL &&
          reshoot_token_find (token, RESHOOT_WORD_SHADOW_LOOK) == NULL &&
          reshoot_token_find (token, RESHOOT_WORD_DETERMINER) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Whether what follows, up to the next mark, has a noun that such adjectives belong to. */
static gboolean
describes_ground (const ReshootInstruction *instruction,
                  guint                     i)
{
  for (; get_token (instruction, i) != NULL && get_token (instruction,
                                                          i)->kind != RESHOOT_TOKEN_STOP; i++)
    {
      const ReshootToken *token = get_token (instruction, i);
      const ReshootWord *target = reshoot_token_find (token, RESHOOT_WORD_TARGET);

      if (reshoot_token_find (token, RESHOOT_WORD_VERB) != NULL ||
          reshoot_token_find (token, RESHOOT_WORD_JOIN) != NULL)
        return FALSE;
      if (reshoot_token_find (token, RESHOOT_WORD_SHADOW) != NULL ||
          reshoot_token_find (token, RESHOOT_WORD_STUDIO) != NULL ||
          reshoot_token_find (token, RESHOOT_WORD_GRADIENT) != NULL ||
              reshoot_token_find (token, RESHOOT_WORD_BLUR) != NULL ||
          (target != NULL && target->value == RESHOOT_SCOPE_BACKGROUND))
        return TRUE;
    }

  return FALSE;
}

/* Whether the mark or "and" at @i parts two wishes, given that the clause began at @first. */
gboolean
reshoot_parting_parts_clauses (const ReshootInstruction *instruction,
                               guint                     first,
                               guint                     i)
{
  const ReshootToken *before = i > first ? get_token (instruction, i - 1) : NULL;
  const ReshootToken *after = get_token (instruction, i + 1);

  if (before == NULL || after == NULL)
    return TRUE;
  /* "background: white" */
  if (reshoot_token_is_mark (get_token (instruction, i), ":") && i - first <= 3)
    return FALSE;
  /* "a gradient, from white to blue" */
  if (has_class (instruction, first, i, RESHOOT_WORD_GRADIENT) &&
      reshoot_token_is_text (after, "from"))
    return FALSE;
  /* "soft, very subtle drop shadow" */
  if (is_description (instruction, first, i) && !has_class (instruction, first, i,
                                                            RESHOOT_WORD_TONE_LOOK) &&
      describes_ground (instruction, i + 1))
    return FALSE;
  /* "a gradient of white and blue" */
  if (before->is_color && after->is_color &&
      (has_class (instruction, first, i, RESHOOT_WORD_GRADIENT) ||
       has_class (instruction, i + 1, i + 4, RESHOOT_WORD_GRADIENT)))
    return FALSE;
  /* "a clean, seamless white" */
  if (get_token (instruction, i)->kind == RESHOOT_TOKEN_STOP ||
      reshoot_token_is_text (get_token (instruction, i), "and"))
    {
      if (reshoot_token_find (before, RESHOOT_WORD_PLAIN) != NULL &&
          reshoot_token_find (before, RESHOOT_WORD_TONE_LOOK) == NULL &&
          (after->is_color || reshoot_token_find (after, RESHOOT_WORD_PLAIN) != NULL ||
           reshoot_token_find (after, RESHOOT_WORD_STUDIO) != NULL))
        return FALSE;
    }
  if (has_quote (instruction, first, i) && is_lettering_until_stop (instruction, i + 1))
    return FALSE;

  return TRUE;
}

/* "with a soft shadow", "with more contrast", "with 10 % padding" add a wish; "replace it with white" does not. */
gboolean
reshoot_parting_with_adds (const ReshootInstruction *instruction,
                           guint                     i)
{
  for (guint k = i + 1; k < i + 7 && get_token (instruction, k) != NULL; k++)
    {
      const ReshootToken *token = get_token (instruction, k);

      if (token->kind == RESHOOT_TOKEN_STOP || reshoot_token_find (token,
                                                                   RESHOOT_WORD_JOIN) != NULL ||
          reshoot_token_is_text (token, "with"))
        return FALSE;
      if (reshoot_token_find (token, RESHOOT_WORD_NEGATION) != NULL)
        return TRUE;
      if (reshoot_token_find (token, RESHOOT_WORD_SHADOW) != NULL ||
          (reshoot_token_find (token, RESHOOT_WORD_TONE_NOUN) != NULL) ||
              token->kind == RESHOOT_TOKEN_QUOTE)
        return TRUE;
      if (reshoot_token_find (token, RESHOOT_WORD_SPACE) != NULL &&
          !(has_class (instruction, i > 8 ? i - 8 : 0, i, RESHOOT_WORD_RATIO)))
        return TRUE;
    }

  return FALSE;
}

gboolean
reshoot_parting_starts_denial (const ReshootInstruction *instruction,
                               guint                     first,
                               guint                     i)
{
  static const char * const words[] = { "without", "no", "dont", "do not", "without any", "never",
                                        "avoid", NULL };
  const ReshootToken *token = get_token (instruction, i);
  const ReshootToken *before = get_token (instruction, i - 1);

  /* "16:9 without cutting anything off" stays whole: the shape and its bound are one wish. */
  if (i == first || !g_strv_contains (words, token->text) || token->kind != RESHOOT_TOKEN_WORD)
    return FALSE;
  if (reshoot_token_find (before, RESHOOT_WORD_BE) != NULL)
    return FALSE;

  return TRUE;
}

gboolean
reshoot_parting_starts_purpose (const ReshootInstruction *instruction,
                                guint                     first,
                                guint                     i)
{
  const ReshootToken *token = get_token (instruction, i);
  const ReshootToken *next = get_token (instruction, i + 1);

  if (i == first || next == NULL)
    return FALSE;
  if (reshoot_token_is_text (token, "so that"))
    return TRUE;

  return reshoot_token_is_text (token, "so") &&
         (reshoot_token_find (next, RESHOOT_WORD_PRONOUN) != NULL ||
          reshoot_token_find (next, RESHOOT_WORD_DETERMINER) != NULL);
}
