/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootInstruction: an instruction as tokens with their meanings. It hides how people write: units, fractions,
 * number words, colours of several words, phrases, verbs in two parts, typing errors. What the words ask for
 * together is the parser's business. */

#include "reshoot-instruction.h"

#include "reshoot-scanner.h"
#include "reshoot-shade.h"

#include <math.h>
#include <string.h>

/* More than a person writes to a picture editor in one go. */
#define MAX_LENGTH 8192
#define MAX_PHRASE 6
#define MAX_CORRECTIONS 12

static void
token_clear (gpointer data)
{
  ReshootToken *token = data;

  g_clear_pointer (&token->text, g_free);
}

static ReshootToken *
get_token (GArray *tokens,
           guint   i)
{
  return i < tokens->len ? &g_array_index (tokens, ReshootToken, i) : NULL;
}

static gboolean
is_plain_word (const ReshootToken *token)
{
  return token != NULL && token->kind == RESHOOT_TOKEN_WORD && *token->text != '#';
}

/* Folds the tokens after @i up to @last into @i. */
static void
merge (GArray *tokens,
       guint   i,
       guint   last)
{
  get_token (tokens, i)->end = get_token (tokens, last)->end;
  if (last > i)
    g_array_remove_range (tokens, i + 1, last - i);
}

static const struct
{
  const char *text;
  double      number;
} number_words[] = {
  { "half", 0.5 }, { "third", 1.0 / 3 }, { "thirds", 1.0 / 3 }, { "quarter", 0.25 },
      { "quarters", 0.25 },
  { "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 },
      { "seven", 7 },
  { "eight", 8 }, { "nine", 9 }, { "ten", 10 }, { "eleven", 11 }, { "twelve", 12 },
      { "fifteen", 15 },
  { "twenty", 20 }, { "twentyfive", 25 }, { "thirty", 30 }, { "forty", 40 }, { "fortyfive", 45 },
      { "fifty", 50 },
  { "sixty", 60 }, { "seventy", 70 }, { "seventyfive", 75 }, { "eighty", 80 }, { "ninety", 90 },
      { "hundred", 100 },
};

static gboolean
get_number_word (const ReshootToken *token,
                 double             *number)
{
  if (token == NULL)
    return FALSE;
  if (token->kind == RESHOOT_TOKEN_NUMBER || (token->kind == RESHOOT_TOKEN_RATIO &&
                                              *token->text == '/'))
    {
      *number = token->number;
      if (token->kind == RESHOOT_TOKEN_RATIO)
        *number /= MAX (token->number2, 1e-9);
      return TRUE;
    }

  for (guint i = 0; is_plain_word (token) && i < G_N_ELEMENTS (number_words); i++)
    {
      if (g_str_equal (number_words[i].text, token->text))
        {
          *number = number_words[i].number;
          return TRUE;
        }
    }

  return FALSE;
}

/* The unit word at @i, past "of", "a" and "per": "half a stop", "a third of a stop", "20 per cent". */
static ReshootUnit
get_unit_at (GArray *tokens,
             guint   i,
             guint  *last)
{
  ReshootToken *token = NULL;

  for (guint skipped = 0; skipped < 3; skipped++, i++)
    {
      token = get_token (tokens, i);
      if (!is_plain_word (token))
        return RESHOOT_UNIT_NONE;
      *last = i;
      if (g_str_equal (token->text, "cent"))
        return RESHOOT_UNIT_PERCENT;
      if (reshoot_scanner_find_unit (token->text) != RESHOOT_UNIT_NONE)
        return reshoot_scanner_find_unit (token->text);
      if (!g_str_equal (token->text, "of") && !g_str_equal (token->text, "a") &&
          !g_str_equal (token->text, "per") &&
          !g_str_equal (token->text, "an"))
        return RESHOOT_UNIT_NONE;
    }

  return RESHOOT_UNIT_NONE;
}

/* "two thirds", "one and a half", "1 1/2": the number that starts at @i and the token it ends at. */
static gboolean
get_number_at (GArray *tokens,
               guint   i,
               double *number,
               guint  *last)
{
  double next = 0;

  if (!get_number_word (get_token (tokens, i), number))
    return FALSE;
  *last = i;

  if (reshoot_token_is_text (get_token (tokens, i + 1), "and") &&
      reshoot_token_is_text (get_token (tokens, i + 2), "a") &&
      get_number_word (get_token (tokens, i + 3), &next) && next < 1)
    {
      *number += next;
      *last = i + 3;
    }
  else if (get_number_word (get_token (tokens, i + 1), &next) && next < 1 && *number >= 1)
    {
      gboolean digits = get_token (tokens, i + 1)->kind != RESHOOT_TOKEN_WORD;

      *number = digits ? *number + next : *number * next;
      *last = i + 1;
    }
  else if (get_number_word (get_token (tokens, i + 1), &next) && *number >= 20 && next < 10 &&
           get_token (tokens, i + 1)->kind == RESHOOT_TOKEN_WORD)
    {
      *number += next;
      *last = i + 1;
    }

  return TRUE;
}

static void
set_number (ReshootToken     *token,
            ReshootTokenKind  kind,
            double            number,
            double            number2,
            ReshootUnit       unit)
{
  /* A written plus is kept: "+1 stop" says which way, "1 stop" does not. */
  gboolean plus = token->kind == RESHOOT_TOKEN_NUMBER && *token->text == '+';

  g_free (token->text);
  token->text = g_strdup (plus ? "+" : "0");
  token->kind = kind;
  token->number = number;
  token->number2 = number2;
  token->unit = unit;
}

/* "4 by 5", "1080 x 1350 px". */
static gboolean
join_pair (GArray *tokens,
           guint   i)
{
  ReshootToken *middle = get_token (tokens, i + 1);
  ReshootToken *second = get_token (tokens, i + 2);
  ReshootToken *after = get_token (tokens, i + 3);
  ReshootToken *first = get_token (tokens, i);
  double a = 0;
  double b = 0;
  gboolean pixels = FALSE;

  if (!get_number_word (first, &a) || a < 1)
    return FALSE;
  if (first->unit == RESHOOT_UNIT_TIMES && get_number_word (middle, &b))
    second = middle, after = get_token (tokens, i + 2);
  else if (middle == NULL || second == NULL || !get_number_word (second, &b) ||
           !(reshoot_token_is_text (middle, "by") || reshoot_token_is_text (middle, "x") ||
             reshoot_token_is_text (middle, "\303\227")))
    return FALSE;
  if (b < 1)
    return FALSE;

  pixels = a > 64 || b > 64 || second->unit == RESHOOT_UNIT_PIXELS;
  merge (tokens, i, (guint) (second - get_token (tokens, 0)));
  set_number (get_token (tokens, i), pixels ? RESHOOT_TOKEN_PIXELS : RESHOOT_TOKEN_RATIO, a, b,
              RESHOOT_UNIT_NONE);
  (void) after;
  return TRUE;
}

/* "a stop", "a full stop": one. */
static void
join_one_stop (GArray *tokens,
               guint   i)
{
  guint last = i + 1;

  if (!reshoot_token_is_text (get_token (tokens, i), "a"))
    return;
  if (reshoot_token_is_text (get_token (tokens, last), "full") ||
      reshoot_token_is_text (get_token (tokens, last), "whole"))
    last++;
  if (!reshoot_token_is_text (get_token (tokens, last), "stop"))
    return;

  merge (tokens, i, last);
  set_number (get_token (tokens, i), RESHOOT_TOKEN_NUMBER, 1, 0, RESHOOT_UNIT_STOPS);
}

static void
join_numbers (GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      ReshootToken *token = get_token (tokens, i);
      ReshootUnit unit = RESHOOT_UNIT_NONE;
      double number = 0;
      guint last = i;
      guint unit_last = i;

      join_one_stop (tokens, i);
      if (join_pair (tokens, i))
        {
          unit = get_unit_at (tokens, i + 1, &unit_last);
          if (unit == RESHOOT_UNIT_PIXELS)
            merge (tokens, i, unit_last);
          continue;
        }
      if (!get_number_at (tokens, i, &number, &last))
        continue;

      unit = token->kind == RESHOOT_TOKEN_NUMBER ? token->unit : RESHOOT_UNIT_NONE;
      if (unit == RESHOOT_UNIT_NONE)
        {
          unit = get_unit_at (tokens, last + 1, &unit_last);
          if (unit != RESHOOT_UNIT_NONE)
            last = unit_last;
        }
      /* A number word without its unit is left alone: "this one", "half of the picture"; so is "16/9". */
      if (unit == RESHOOT_UNIT_NONE && token->kind != RESHOOT_TOKEN_NUMBER)
        continue;

      merge (tokens, i, last);
      set_number (get_token (tokens, i), RESHOOT_TOKEN_NUMBER, number, 0, unit);
    }
}

static gboolean
is_hue (const char *text)
{
  static const char * const hues[] = { "red", "orange", "yellow", "green", "blue", "purple", "pink",
                                       "brown", "grey",
                                       "gray", "black", "white", "violet", "beige", NULL };

  return g_strv_contains (hues, text);
}

static guint32
mix (guint32 rgb,
     guint32 other,
     double  share)
{
  guint32 mixed = 0;

  for (int shift = 16; shift >= 0; shift -= 8)
    {
      double a = (rgb >> shift) & 0xff;
      double b = (other >> shift) & 0xff;

      mixed |= (guint32) rint (a + (b - a) * share) << shift;
    }

  return mixed;
}

static gboolean
is_pointing (const ReshootToken *token)
{
  static const char *const words[] = { "the", "this", "that", "my", "our", "your", NULL };

  return token->text != NULL && g_strv_contains (words, token->text);
}

/* Joins "light sea green", "off white", "navy blue" into one token. */
static void
join_colors (GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      ReshootToken *token = get_token (tokens, i);

      for (guint n = 4; n > 0 && !token->is_color; n--)
        {
          g_autoptr (GString) name = g_string_new (NULL);
          guint k = 0;

          /* "make the bottle green": a thing and its colour, not the colour of that name. */
          if (n > 1 && reshoot_token_is_text (token, "bottle") && i > 0 && is_pointing (get_token (tokens, i - 1)))
            continue;
          for (; k < n && is_plain_word (get_token (tokens, i + k)); k++)
            g_string_append (name, get_token (tokens, i + k)->text);
          if (k < n || !reshoot_lexicon_find_color (name->str, &token->rgb))
            continue;

          merge (tokens, i, i + n - 1);
          g_free (token->text);
          token->text = g_string_free (g_steal_pointer (&name), FALSE);
          token->is_color = TRUE;
          token->is_hue = is_hue (token->text);
        }

      if (token->is_color && !token->is_hue && *token->text != '#' &&
          get_token (tokens, i + 1) != NULL &&
          is_hue (get_token (tokens, i + 1)->text))
        {
          /* "moss green" can only be a colour, whatever else moss is. */
          g_autofree char *alone = g_steal_pointer (&token->text);

          token->text = g_strconcat (alone, get_token (tokens, i + 1)->text, NULL);
          merge (tokens, i, i + 1);
        }
    }
}

/* "very light grey": of a colour whose own name says light or dark. */
static void
join_very (GArray *tokens,
           guint   i)
{
  ReshootToken *color = get_token (tokens, i);
  gboolean light = g_str_has_prefix (color->text, "light") ||
                   g_str_has_prefix (color->text, "pale");
  gboolean dark = g_str_has_prefix (color->text, "dark") || g_str_has_prefix (color->text, "deep");

  if (!color->is_color || !reshoot_token_is_text (get_token (tokens, i - 1), "very") || (!light &&
                                                                                         !dark))
    return;

  color->rgb = mix (color->rgb, light ? 0xffffff : 0x000000, 0.5);
  color->start = get_token (tokens, i - 1)->start;
  g_array_remove_index (tokens, i - 1);
}

/* "very pale pink", "deep warm red": the shade words before a colour become part of it, the nearest first. */
static void
join_shades (GArray *tokens)
{
  for (guint i = 1; i < tokens->len; i++)
    join_very (tokens, i);

  for (guint i = 1; i < tokens->len; i++)
    {
      while (i > 0 && get_token (tokens, i)->is_color && *get_token (tokens, i)->text != '#')
        {
          ReshootToken *before = get_token (tokens, i - 1);
          const ReshootWord *word = reshoot_token_find (before, RESHOOT_WORD_SHADE);
          ReshootToken *color = get_token (tokens, i);
          gboolean very = i > 1 && reshoot_token_is_text (get_token (tokens, i - 2), "very");

          if (word == NULL || before->is_color)
            break;

          before->is_color = TRUE;
          before->is_hue = FALSE;
          before->rgb = reshoot_shade_color (color->rgb, word->arg, very);
          before->meanings = NULL;
          before->n_meanings = 0;
          g_free (before->text);
          before->text = g_strdup (color->text);
          merge (tokens, i - 1, i);
          i--;
          if (very)
            {
              get_token (tokens, i)->start = get_token (tokens, i - 1)->start;
              g_array_remove_index (tokens, i - 1);
              i--;
            }
        }
    }
}

static gboolean
join_phrase (ReshootInstruction *self,
             guint               i)
{
  for (guint n = MAX_PHRASE; n > 0; n--)
    {
      g_autoptr (GString) phrase = g_string_new (NULL);
      ReshootToken *token = get_token (self->tokens, i);
      const ReshootWord *meanings = NULL;
      guint n_meanings = 0;
      guint k = 0;

      for (; k < n; k++)
        {
          ReshootToken *part = get_token (self->tokens, i + k);

          if (!is_plain_word (part))
            break;
          if (k > 0)
            g_string_append_c (phrase, ' ');
          g_string_append (phrase, part->text);
        }
      if (k < n)
        continue;
      meanings = reshoot_lexicon_find (self->lexicon, phrase->str, &n_meanings);
      if (meanings == NULL)
        continue;

      if (n > 1)
        {
          merge (self->tokens, i, i + n - 1);
          g_free (token->text);
          token->text = g_string_free (g_steal_pointer (&phrase), FALSE);
          token->is_color = FALSE;
        }
      token->meanings = meanings;
      token->n_meanings = n_meanings;
      return TRUE;
    }

  return FALSE;
}

/* "walls", "reflection": the other number of a noun that the lexicon knows. Verbs are not guessed this way. */
static void
find_other_number (ReshootInstruction *self,
                   ReshootToken       *token)
{
  gsize length = strlen (token->text);
  g_autofree char *other = NULL;
  const ReshootWord *meanings = NULL;
  guint n_meanings = 0;

  if (!is_plain_word (token) || token->is_color || token->n_meanings > 0 || length < 3)
    return;

  other = g_str_has_suffix (token->text, "s") ? g_strndup (token->text, length - 1)
                                              : g_strconcat (token->text, "s", NULL);
  meanings = reshoot_lexicon_find (self->lexicon, other, &n_meanings);
  for (guint i = 0; i < n_meanings; i++)
    {
      if (meanings[i].class != RESHOOT_WORD_PRODUCT && meanings[i].class != RESHOOT_WORD_PART &&
          meanings[i].class < RESHOOT_WORD_SCENE)
        return;
    }

  token->meanings = meanings;
  token->n_meanings = n_meanings;
}

/* "bring the highlights down": joins a verb with the particle that stands after its object. */
static void
join_particle (ReshootInstruction *self,
               guint               i)
{
  static const char * const particles[] = { "out", "up", "down", "off", "away", "back", NULL };
  ReshootToken *verb = get_token (self->tokens, i);

  for (guint k = i + 2; k < i + 6 && is_plain_word (verb); k++)
    {
      ReshootToken *particle = get_token (self->tokens, k);
      const ReshootWord *meanings = NULL;
      g_autofree char *phrase = NULL;
      guint n_meanings = 0;

      if (!is_plain_word (particle) || reshoot_token_find (particle, RESHOOT_WORD_JOIN) != NULL)
        return;
      if (!g_strv_contains (particles, particle->text))
        continue;

      phrase = g_strconcat (verb->text, " ", particle->text, NULL);
      meanings = reshoot_lexicon_find (self->lexicon, phrase, &n_meanings);
      if (meanings == NULL ||
          (meanings->class != RESHOOT_WORD_VERB && meanings->class != RESHOOT_WORD_TONE_VERB))
        return;

      verb->meanings = meanings;
      verb->n_meanings = n_meanings;
      g_free (verb->text);
      verb->text = g_steal_pointer (&phrase);
      if (get_token (self->tokens, k + 1) == NULL || get_token (self->tokens,
                                                                k + 1)->kind == RESHOOT_TOKEN_STOP)
        get_token (self->tokens, k - 1)->end = particle->end;
      g_array_remove_index (self->tokens, k);
      return;
    }
}

/* Before the phrases, so that a typing error inside one is forgiven as well. */
static void
correct_words (ReshootInstruction *self)
{
  guint n_corrections = 0;

  for (guint i = 0; i < self->tokens->len && n_corrections < MAX_CORRECTIONS; i++)
    {
      ReshootToken *token = get_token (self->tokens, i);
      const char *correct = NULL;
      guint n_meanings = 0;

      if (!is_plain_word (token) || token->is_color ||
          reshoot_lexicon_find (self->lexicon, token->text, &n_meanings) != NULL)
        continue;

      n_corrections++;
      correct = reshoot_lexicon_correct (self->lexicon, token->text);
      if (correct != NULL)
        {
          g_free (token->text);
          token->text = g_strdup (correct);
        }
    }
}

static void
find_meanings (ReshootInstruction *self)
{
  correct_words (self);
  for (guint i = 0; i < self->tokens->len; i++)
    join_phrase (self, i);
  for (guint i = 0; i < self->tokens->len; i++)
    {
      find_other_number (self, get_token (self->tokens, i));
      join_particle (self, i);
    }
  join_shades (self->tokens);
}

/* --- Public --- */

/* Whether @token can be of @class, and how. */
const ReshootWord *
reshoot_token_find (const ReshootToken *token,
                    ReshootWordClass    class)
{
  for (guint i = 0; token != NULL && i < token->n_meanings; i++)
    {
      if (token->meanings[i].class == class)
        return &token->meanings[i];
    }

  return NULL;
}

gboolean
reshoot_token_is_verb (const ReshootToken *token,
                       ReshootVerb         verb)
{
  for (guint i = 0; token != NULL && i < token->n_meanings; i++)
    {
      if (token->meanings[i].class == RESHOOT_WORD_VERB && token->meanings[i].value == (int) verb)
        return TRUE;
    }

  return FALSE;
}

gboolean
reshoot_token_is_text (const ReshootToken *token,
                       const char         *text)
{
  return token != NULL && token->kind == RESHOOT_TOKEN_WORD && g_str_equal (token->text, text);
}

gboolean
reshoot_token_is_mark (const ReshootToken *token,
                       const char         *mark)
{
  return token != NULL && token->kind == RESHOOT_TOKEN_STOP && g_str_equal (token->text, mark);
}

/**
 * reshoot_instruction_new:
 * @text: valid UTF-8; must outlive the instruction
 *
 * Returns: (transfer full): the words of @text with their meanings
 */
ReshootInstruction *
reshoot_instruction_new (const char *text)
{
  ReshootInstruction *self = g_new0 (ReshootInstruction, 1);

  self->text = text;
  self->tokens = g_array_new (FALSE, TRUE, sizeof (ReshootToken));
  g_array_set_clear_func (self->tokens, token_clear);
  self->lexicon = reshoot_lexicon_new ();
  self->too_long = strlen (text) > MAX_LENGTH;
  if (self->too_long)
    return self;

  reshoot_scanner_scan (text, self->tokens);
  join_numbers (self->tokens);
  join_colors (self->tokens);
  find_meanings (self);
  return self;
}

void
reshoot_instruction_free (ReshootInstruction *self)
{
  g_array_unref (self->tokens);
  reshoot_lexicon_free (self->lexicon);
  g_free (self);
}
