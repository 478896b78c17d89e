/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences about light and its colour: brighter, warmer, more contrast, too dark, black and white. */

#include "reshoot-clause.h"

#include <math.h>
#include <string.h>

/* --- How much --- */

/* Stops, percent, or words. A bare signed number is percent, for exposure stops. */
static void
set_amount (ReshootClause    *clause,
            ReshootOperation *operation,
            int               sign)
{
  gboolean exposure = operation->kind == RESHOOT_OPERATION_EXPOSURE;
  int i = reshoot_clause_take_number (clause, RESHOOT_UNIT_PERCENT);
  double number = 0;

  if (i < 0)
    i = reshoot_clause_take_number (clause, RESHOOT_UNIT_STOPS);
  if (i < 0)
    i = reshoot_clause_take_number (clause, RESHOOT_UNIT_NONE);
  if (i < 0)
    {
      operation->level = reshoot_clause_take_level (clause, RESHOOT_LEVEL_MEDIUM);
      operation->direction = sign;
      return;
    }

  number = clause->tokens[i].number;
  sign = number < 0 ? -1 : sign;
  number = ABS (number);
  clause->has_level = TRUE;
  reshoot_clause_take_level (clause, RESHOOT_LEVEL_NONE);
  if (clause->tokens[i].unit == RESHOOT_UNIT_STOPS ||
      (exposure && clause->tokens[i].unit == RESHOOT_UNIT_NONE && number <= 5))
    operation->ev = sign * MIN (rint (number * 100) / 100, 10);
  else if (exposure)
    operation->ev = sign > 0 ? rint (log2 (1 + MIN (number, 900) / 100) * 100) / 100
                             : rint (log2 (1 - MIN (number, 99) / 100) * 100) / 100;
  else
    operation->percent = sign > 0 ? MIN (number, 1000) : -MIN (number, 100);
}

static gboolean
stops_without_exposure (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (!clause->used[i] && clause->tokens[i].kind == RESHOOT_TOKEN_NUMBER)
        return TRUE;
    }

  return FALSE;
}

/* --- Tone --- */

typedef struct
{
  ReshootOperationKind kind;
  int                  sign;
} Tone;

#define MAX_TONES 4

static gboolean
take_tone_verb (ReshootClause *clause,
                Tone          *tone)
{
  const ReshootWord *word = reshoot_clause_take_word (clause, RESHOOT_WORD_TONE_VERB);
  const ReshootWord *noun = NULL;

  if (word == NULL && reshoot_clause_get_own_verb (clause) == NULL)
    word = reshoot_token_find (clause->inherited, RESHOOT_WORD_TONE_VERB);
  if (word == NULL)
    return FALSE;

  tone->kind = (ReshootOperationKind) word->value;
  tone->sign = word->sign;

  /* "brighten the shadows" moves the shadows, not the picture. */
  noun = reshoot_clause_take_word (clause, RESHOOT_WORD_TONE_NOUN);
  if (noun != NULL && tone->kind == RESHOOT_OPERATION_EXPOSURE)
    tone->kind = (ReshootOperationKind) noun->value;
  else if (noun != NULL && (ReshootOperationKind) noun->value == RESHOOT_OPERATION_CONTRAST &&
           tone->kind == RESHOOT_OPERATION_SHARPEN)
    tone->kind = RESHOOT_OPERATION_CONTRAST;
  else if (noun != NULL && (ReshootOperationKind) noun->value != tone->kind)
    return FALSE;

  /* "warm the light", "sharpen the details": the noun is what the verb works on anyway. */
  if (tone->kind == RESHOOT_OPERATION_TEMPERATURE || tone->kind == RESHOOT_OPERATION_SATURATION)
    {
      reshoot_clause_take (clause, RESHOOT_WORD_BALANCE);
      reshoot_clause_take (clause, RESHOOT_WORD_LIGHTING);
    }
  else if (tone->kind == RESHOOT_OPERATION_SHARPEN && tone->sign > 0)
    {
      if (reshoot_clause_has_text (clause, "details") ||
          reshoot_clause_has_text (clause, "edges") ||
          reshoot_clause_has_text (clause, "detail") || reshoot_clause_has_text (clause, "texture"))
        reshoot_clause_take (clause, RESHOOT_WORD_ASPECT);
    }
  else if (tone->kind == RESHOOT_OPERATION_DENOISE)
    reshoot_clause_take (clause, RESHOOT_WORD_GRAIN);

  return TRUE;
}

/* "lift it": of a picture that is light, and of nothing else; "lift the bottle" may mean where it stands. */
static gboolean
take_lift (ReshootClause *clause,
           Tone          *tone)
{
  gboolean all = FALSE;

  if (!reshoot_clause_has_text (clause, "lift"))
    return FALSE;

  all = reshoot_clause_has_role (clause, RESHOOT_ROLE_ALL) ||
        reshoot_clause_has (clause, RESHOOT_WORD_PRONOUN);
  if (!all || reshoot_clause_has_role (clause, RESHOOT_ROLE_PRODUCT) ||
      !reshoot_clause_take_text (clause, "lift"))
    return FALSE;

  tone->kind = RESHOOT_OPERATION_EXPOSURE;
  tone->sign = 1;
  return TRUE;
}

/* "+1 stop", "a third of a stop down": photographers' light, which needs no other word. */
static gboolean
take_stops (ReshootClause *clause,
            Tone          *tone)
{
  gboolean down = reshoot_clause_take_text (clause, "down");
  gboolean up = !down && reshoot_clause_take_text (clause, "up");

  /* "push it a stop", "add 0.7 EV", "give it +1 stop", "pull the background down by half a stop" */
  if (reshoot_clause_get_own_verb (clause) != NULL && !down && !up)
    {
      up = reshoot_clause_take_verb (clause, RESHOOT_VERB_RAISE) ||
           reshoot_clause_take_verb (clause, RESHOOT_VERB_ADD);
      down = !up && reshoot_clause_take_verb (clause, RESHOOT_VERB_LOWER);
    }

  for (guint i = 0; i < clause->n_tokens; i++)
    {
      const ReshootToken *token = &clause->tokens[i];

      if (token->kind == RESHOOT_TOKEN_NUMBER && token->unit == RESHOOT_UNIT_STOPS &&
          (up || down || token->number < 0 || *token->text == '+'))
        {
          tone->kind = RESHOOT_OPERATION_EXPOSURE;
          tone->sign = down ? -1 : 1;
          return TRUE;
        }
    }

  return FALSE;
}

/* "darker shadows", "richer blacks": the look says which way its noun goes. */
static int
take_look_of_noun (ReshootClause     *clause,
                   const ReshootWord *noun)
{
  const ReshootWord *look = NULL;
  int i = -1;

  if (noun->value == RESHOOT_OPERATION_BLACKS &&
      (reshoot_clause_take_text (clause, "richer") || reshoot_clause_take_text (clause, "deeper")))
    return -1;

  if (noun->value != RESHOOT_OPERATION_BLACKS && noun->value != RESHOOT_OPERATION_SHADOWS &&
      noun->value != RESHOOT_OPERATION_HIGHLIGHTS)
    return 0;
  i = reshoot_clause_take (clause, RESHOOT_WORD_TONE_LOOK);
  if (i < 0)
    return 0;

  look = reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_TONE_LOOK);
  if (look->value == RESHOOT_OPERATION_EXPOSURE)
    return look->sign;

  /* "warmer highlights" is another wish, and its word must not be lost. */
  clause->used[i] = FALSE;
  return 0;
}

/* "there is not enough contrast": a complaint, and its remedy. */
static gboolean
says_not_enough (ReshootClause *clause)
{
  return reshoot_clause_has_text (clause, "not enough") ||
         reshoot_clause_has_text (clause, "is not enough") ||
         reshoot_clause_has_text (clause, "isnt enough");
}

/* "too much contrast", "saturation is too low": the remedy goes the other way. */
static gboolean
take_excess (ReshootClause     *clause,
             const ReshootWord *noun,
             Tone              *tone)
{
  static const char * const much[] = { "much", "high", "strong", "heavy", "intense", NULL };
  static const char * const little[] = { "low", "little", "weak", NULL };
  int sign = 0;

  for (guint i = 0; much[i] != NULL && sign == 0; i++)
    sign = reshoot_clause_take_text (clause, much[i]) ? -1 : 0;
  for (guint i = 0; little[i] != NULL && sign == 0; i++)
    sign = reshoot_clause_take_text (clause, little[i]) ? 1 : 0;
  reshoot_clause_take_all (clause, RESHOOT_WORD_BE);

  tone->kind = (ReshootOperationKind) noun->value;
  tone->sign = sign * noun->sign;
  return sign != 0 && reshoot_clause_get_own_verb (clause) == NULL;
}

/* "drop saturation 25 %", "cut the contrast a bit": with an amount, less of it rather than none. */
static gboolean
take_drop (ReshootClause *clause)
{
  gboolean amount = reshoot_clause_has (clause, RESHOOT_WORD_LEVEL);

  for (guint i = 0; i < clause->n_tokens; i++)
    amount = amount || clause->tokens[i].kind == RESHOOT_TOKEN_NUMBER;

  return amount && (reshoot_clause_take_text (clause, "drop") ||
                    reshoot_clause_take_text (clause, "cut"));
}

/* "raise the contrast", "more contrast", "contrast +10". */
static gboolean
take_tone_noun (ReshootClause *clause,
                Tone          *tone)
{
  static const ReshootVerb neutral[] = { RESHOOT_VERB_CHANGE, RESHOOT_VERB_FIX, RESHOOT_VERB_MAKE };
  const ReshootWord *noun = reshoot_clause_take_word (clause, RESHOOT_WORD_TONE_NOUN);
  const ReshootWord *more = NULL;
  gboolean signed_number = FALSE;
  gboolean bare = FALSE;
  int sign = 0;

  if (noun == NULL)
    return FALSE;
  if (reshoot_clause_complains (clause))
    return take_excess (clause, noun, tone);

  if (reshoot_clause_take_verb (clause, RESHOOT_VERB_RAISE))
    sign = reshoot_clause_has_text (clause, "deepen") ||
           reshoot_clause_has_text (clause, "intensify") ? -2 : 1;
  else if (reshoot_clause_take_verb (clause, RESHOOT_VERB_LOWER))
    sign = -1;
  else if (take_drop (clause))
    sign = -1;
  else if (reshoot_clause_take_verb (clause, RESHOOT_VERB_ADD))
    sign = 1;
  else if (reshoot_clause_take_verbs (clause, neutral, G_N_ELEMENTS (neutral)))
    sign = 0;

  /* To deepen blacks or shadows is to lower them; to deepen anything else is more of it. */
  if (sign == -2)
    sign = noun->value == RESHOOT_OPERATION_BLACKS ||
           noun->value == RESHOOT_OPERATION_SHADOWS ? -1 : 1;

  /* "saturation down 15 %", "shadows up, highlights down": the small word says which way where the clause has no
   * verb of its own. */
  bare = reshoot_clause_get_own_verb (clause) == NULL;
  if (reshoot_clause_take_text (clause, "down"))
    sign = sign == 0 || bare ? -1 : sign;
  if (reshoot_clause_take_text (clause, "up"))
    sign = sign == 0 || bare ? 1 : sign;
  more = reshoot_clause_take_word (clause, RESHOOT_WORD_MORE);
  if (more != NULL)
    sign = sign == 0 ? more->sign : sign * more->sign;
  if (sign == 0)
    sign = take_look_of_noun (clause, noun);
  for (guint i = 0; i < clause->n_tokens; i++)
    signed_number = signed_number || clause->tokens[i].kind == RESHOOT_TOKEN_NUMBER;
  if (sign == 0 && (signed_number || reshoot_clause_has (clause, RESHOOT_WORD_LEVEL)))
    sign = 1;

  /* "the contrast" alone asks for nothing. */
  if (sign == 0)
    return FALSE;

  tone->kind = (ReshootOperationKind) noun->value;
  tone->sign = sign * noun->sign;
  return TRUE;
}

static gboolean
is_more_between (ReshootClause *clause,
                 int            first,
                 int            end)
{
  for (int i = first + 1; i < end; i++)
    {
      if (reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_MORE) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
says_less (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      const ReshootWord *word = reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_MORE);

      if (word != NULL && word->sign < 0)
        return TRUE;
    }

  return FALSE;
}

/* "warmer less saturated", "more contrasty less bright": each "less" is said of the look right after it. Whether it
 * reaches further, as in "less warm saturated", nobody can tell. */
static gboolean
apply_more (ReshootClause *clause,
            Tone          *tones,
            const int     *places,
            guint          n)
{
  gboolean reaches = FALSE;
  int more = -1;

  while ((more = reshoot_clause_take (clause, RESHOOT_WORD_MORE)) >= 0)
    {
      int sign = reshoot_token_find (&clause->tokens[more], RESHOOT_WORD_MORE)->sign;
      guint i = 0;

      while (n > 1 && i < n && places[i] < more)
        i++;
      if (i == n)
        return FALSE;
      tones[i].sign *= sign;
      if (sign < 0 && i + 1 < n && !is_more_between (clause, places[i], places[i + 1]))
        reaches = TRUE;
    }

  return !reaches;
}

/* "warmer", "less saturated", "deeper blacks". */
static guint
take_tone_looks (ReshootClause *clause,
                 Tone          *tones)
{
  const ReshootWord *word = NULL;
  int places[MAX_TONES];
  int at = -1;
  guint n = 0;

  while (n < MAX_TONES && (at = reshoot_clause_take (clause, RESHOOT_WORD_TONE_LOOK)) >= 0)
    {
      word = reshoot_token_find (&clause->tokens[at], RESHOOT_WORD_TONE_LOOK);
      /* Colours can pop; a picture that should pop needs more than a word. */
      if (word->value == RESHOOT_OPERATION_VIBRANCE && !reshoot_clause_has (clause,
                                                                            RESHOOT_WORD_BALANCE) &&
          !reshoot_clause_has_text (clause, "vibrant"))
        return 0;
      tones[n].kind = (ReshootOperationKind) word->value;
      tones[n].sign = word->sign;
      places[n] = at;
      n++;
    }
  if (n == 0)
    return 0;

  reshoot_clause_take_verb (clause, RESHOOT_VERB_MAKE);
  reshoot_clause_take_verb (clause, RESHOOT_VERB_ADD);
  reshoot_clause_take_text (clause, "be");
  reshoot_clause_take (clause, RESHOOT_WORD_BALANCE);
  reshoot_clause_take (clause, RESHOOT_WORD_LIGHTING);
  reshoot_clause_take (clause, RESHOOT_WORD_COLOR_NOUN);
  return apply_more (clause, tones, places, n) ? n : 0;
}

/* "less yellow": colour said as temperature. */
static gboolean
take_tint (ReshootClause *clause,
           Tone          *tone)
{
  const ReshootWord *more = reshoot_clause_take_word (clause, RESHOOT_WORD_MORE);
  int color = more != NULL && more->sign < 0 ? reshoot_clause_take_color (clause) : -1;

  if (color < 0)
    return FALSE;
  /* "less blue shoe" may be fewer blue shoes, or another colour: not ours to guess. */
  if ((guint) color + 1 < clause->n_tokens &&
      (clause->roles[color + 1] == RESHOOT_ROLE_PRODUCT ||
       clause->roles[color + 1] == RESHOOT_ROLE_PART ||
       clause->roles[color + 1] == RESHOOT_ROLE_MEMBER))
    return FALSE;

  reshoot_clause_take_verb (clause, RESHOOT_VERB_MAKE);
  tone->kind = RESHOOT_OPERATION_TEMPERATURE;
  tone->sign = 0;
  if (reshoot_token_is_text (&clause->tokens[color], "yellow") ||
      reshoot_token_is_text (&clause->tokens[color], "orange"))
    tone->sign = -1;
  else if (reshoot_token_is_text (&clause->tokens[color], "blue"))
    tone->sign = 1;
  return tone->sign != 0;
}

static void
add_tone (ReshootClause *clause,
          Tone           tone,
          ReshootScope   scope)
{
  ReshootOperation *operation = reshoot_clause_add (clause, tone.kind);
  gboolean mutes = tone.kind == RESHOOT_OPERATION_SATURATION && tone.sign < 0 &&
                   reshoot_clause_has_text (clause, "desaturate");

  operation->scope = scope;
  set_amount (clause, operation, tone.sign);

  /* Taking the colour out of the background, with no "slightly", takes all of it. */
  if (mutes && isnan (operation->percent) &&
      (operation->level == RESHOOT_LEVEL_STRONG || (!clause->has_level &&
                                                    scope == RESHOOT_SCOPE_BACKGROUND)))
    {
      operation->percent = -100;
      operation->level = RESHOOT_LEVEL_NONE;
      operation->direction = 0;
    }
}

/* --- Statements --- */

/* "the colours look dull", "the picture looks flat", "it is dark": a thing, and how it looks; nothing else may stand
 * before. With any other word ("could the colours look warm?") it may be a wish. Where that is said, or -1. */
static int
find_statement (ReshootClause *clause)
{
  gboolean thing = FALSE;

  for (guint i = 0; i < clause->n_tokens; i++)
    {
      const ReshootToken *token = &clause->tokens[i];

      if (reshoot_token_is_text (token, "look") ||
          (thing && reshoot_token_find (token, RESHOOT_WORD_BE) != NULL))
        return thing ? (int) i : -1;
      if (clause->roles[i] != RESHOOT_ROLE_NONE || reshoot_token_is_text (token, "they") ||
          reshoot_token_find (token, RESHOOT_WORD_PRONOUN) != NULL ||
          reshoot_token_find (token, RESHOOT_WORD_BALANCE) != NULL ||
          reshoot_token_find (token, RESHOOT_WORD_TONE_NOUN) != NULL)
        thing = TRUE;
      else if (reshoot_token_find (token, RESHOOT_WORD_DETERMINER) == NULL)
        return -1;
    }

  return -1;
}

static gboolean
names_cast (ReshootClause *clause,
            const Tone    *tones,
            guint          n)
{
  gboolean color = FALSE;

  for (guint i = 0; i < clause->n_tokens; i++)
    color = color || clause->tokens[i].is_color;
  for (guint i = 0; i < n; i++)
    if (tones[i].kind == RESHOOT_OPERATION_TEMPERATURE && color)
      return TRUE;

  return FALSE;
}

gboolean
reshoot_read_tone (ReshootClause *clause)
{
  gboolean used[RESHOOT_CLAUSE_MAX];
  Tone tones[MAX_TONES];
  ReshootScope scope = RESHOOT_SCOPE_ALL;
  gboolean complains = reshoot_clause_complains (clause);
  guint n = 0;

  if (reshoot_clause_has (clause, RESHOOT_WORD_NEGATION))
    return FALSE;

  /* "the colours look vivid" may be praise: it asks for nothing. */
  if (find_statement (clause) >= 0 && !complains)
    return FALSE;

  /* What one way of reading took and could not use must be there for the next, or it would be lost. */
  memcpy (used, clause->used, sizeof used);
  /* "less warm" is a look, though "warm" can be a verb. */
  if (!complains && !says_less (clause) && take_tone_verb (clause, &tones[0]))
    n = 1;
  if (n == 0)
    memcpy (clause->used, used, sizeof used);
  if (n == 0 && take_tone_noun (clause, &tones[0]))
    n = 1;
  if (n == 0)
    memcpy (clause->used, used, sizeof used);
  if (n == 0 && !complains)
    n = take_tone_looks (clause, tones);
  if (n == 0)
    memcpy (clause->used, used, sizeof used);
  if (n == 0 && take_tint (clause, &tones[0]))
    n = 1;
  if (n == 0)
    memcpy (clause->used, used, sizeof used);
  if (n == 0 && (take_lift (clause, &tones[0]) || take_stops (clause, &tones[0])))
    n = 1;
  if (n == 0)
    return FALSE;

  clause->is_fault = says_not_enough (clause);
  scope = reshoot_clause_take_scope (clause);
  /* "less blue in the shoe" is about its color, which a white balance would not find. */
  if (scope == RESHOOT_SCOPE_PRODUCT && names_cast (clause, tones, n))
    return FALSE;
  reshoot_clause_take (clause, RESHOOT_WORD_MORE);
  reshoot_clause_take_text (clause, "on");
  reshoot_clause_take_text (clause, "up");
  reshoot_clause_take_text (clause, "down");
  reshoot_clause_take_all (clause, RESHOOT_WORD_CHANNEL);
  for (guint i = 0; i < n; i++)
    add_tone (clause, tones[i], scope);
  if (stops_without_exposure (clause))
    return FALSE;

  return reshoot_clause_is_done (clause);
}

/* --- Complaints --- */

/* What people like as well: only "too sharp" and "a bit warm" say that it is not wanted so. */
static gboolean
may_be_praise (ReshootClause      *clause,
               const ReshootToken *token)
{
  static const char *const liked[] = { "sharp", "vivid", "saturated", "colourful", "colorful", "warm",
                                       "cool", "bright", "light" };

  for (guint i = 0; i < clause->n_tokens; i++)
    {
      const ReshootWord *word = reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_LEVEL);

      if (word != NULL && word->value == RESHOOT_LEVEL_SLIGHT)
        return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (liked); i++)
    if (reshoot_token_is_text (token, liked[i]))
      return TRUE;

  return FALSE;
}

/* "it's a bit too dark": not a wish yet. What follows may say the remedy; if nothing does, this one is taken. */
gboolean
reshoot_read_fault (ReshootClause *clause)
{
  gboolean too = reshoot_clause_has_text (clause, "too") || reshoot_clause_has_text (clause, "so");
  /* "its" before a complaint is "it's" without its apostrophe. */
  gboolean is = reshoot_clause_take (clause, RESHOOT_WORD_BE) >= 0 ||
                reshoot_token_is_text (&clause->tokens[0], "its");
  int look_at = is ? -1 : find_statement (clause);
  gboolean look = look_at >= 0;
  const ReshootWord *fault = NULL;
  const ReshootWord *noun = NULL;
  ReshootOperation *operation = NULL;
  ReshootOperationKind kind = RESHOOT_OPERATION_EXPOSURE;
  int sign = 0;
  int i = -1;

  if ((!too && !is && !look) || reshoot_clause_has (clause, RESHOOT_WORD_NEGATION))
    return FALSE;
  if (look)
    clause->used[look_at] = TRUE;
  reshoot_clause_take_all (clause, RESHOOT_WORD_BE);
  i = reshoot_clause_take (clause, RESHOOT_WORD_FAULT);
  if (i < 0 || (!too && may_be_praise (clause, &clause->tokens[i])) || (look && !too &&
                reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_TONE_LOOK) != NULL))
    return FALSE;

  /* "the mug is orange" says what it is, not that the light is wrong. */
  if (!too && clause->tokens[i].is_color &&
      (reshoot_clause_has_role (clause, RESHOOT_ROLE_PRODUCT) ||
       reshoot_token_is_text (&clause->tokens[0], "is")))
    return FALSE;

  fault = reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_FAULT);
  kind = (ReshootOperationKind) fault->value;
  sign = fault->sign;
  noun = reshoot_clause_take_word (clause, RESHOOT_WORD_TONE_NOUN);
  if (noun != NULL && (noun->value == RESHOOT_OPERATION_SHADOWS ||
                       noun->value == RESHOOT_OPERATION_HIGHLIGHTS) &&
      (kind == RESHOOT_OPERATION_EXPOSURE || kind == RESHOOT_OPERATION_HIGHLIGHTS))
    kind = (ReshootOperationKind) noun->value;
  else if (noun != NULL && (ReshootOperationKind) noun->value != kind)
    return FALSE;

  reshoot_clause_take (clause, RESHOOT_WORD_LIGHTING);
  reshoot_clause_take (clause, RESHOOT_WORD_BALANCE);
  operation = reshoot_clause_add (clause, kind);
  if (sign != 0)
    {
      operation->scope = reshoot_clause_take_scope (clause);
      operation->direction = sign;
      operation->level = reshoot_clause_take_level (clause, RESHOOT_LEVEL_MEDIUM);
    }
  else if (kind == RESHOOT_OPERATION_WHITE_BALANCE)
    operation->sub = g_strdup ("auto");
  else if (kind == RESHOOT_OPERATION_STRAIGHTEN)
    reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_level (clause, RESHOOT_LEVEL_NONE);
  clause->is_fault = TRUE;
  return reshoot_clause_is_done (clause);
}

/* --- Noise, white balance, automatic, monochrome --- */

gboolean
reshoot_read_noise (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_REMOVE, RESHOOT_VERB_LOWER, RESHOOT_VERB_FIX,
                                       RESHOOT_VERB_EVEN };
  const ReshootWord *less = NULL;
  ReshootOperation *operation = NULL;

  if (reshoot_clause_take (clause, RESHOOT_WORD_GRAIN) < 0)
    return FALSE;
  if (!reshoot_clause_take_verbs (clause, verbs, G_N_ELEMENTS (verbs)))
    {
      less = reshoot_clause_take_word (clause, RESHOOT_WORD_MORE);
      if (less == NULL || less->sign > 0)
        return FALSE;
      reshoot_clause_take_verb (clause, RESHOOT_VERB_MAKE);
    }

  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_DENOISE);
  reshoot_clause_take_text (clause, "from");
  operation->scope = reshoot_clause_take_scope (clause);
  reshoot_clause_take_text (clause, "up");
  reshoot_clause_take_text (clause, "on");
  reshoot_clause_take_texts (clause, (const char * const []) { "shadows", "dark areas", NULL });
  set_amount (clause, operation, 1);
  return reshoot_clause_is_done (clause);
}

gboolean
reshoot_read_balance (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_FIX, RESHOOT_VERB_EVEN, RESHOOT_VERB_REMOVE,
                                       RESHOOT_VERB_LOWER,
                                       RESHOOT_VERB_MAKE, RESHOOT_VERB_CHANGE };
  gboolean whites = reshoot_clause_has_text (clause, "neutral") &&
                    reshoot_clause_take_text (clause, "whites");
  gboolean balance = reshoot_clause_take (clause, RESHOOT_WORD_BALANCE) >= 0;
  gboolean vague = reshoot_clause_has_text (clause, "colours") ||
                   reshoot_clause_has_text (clause, "colors") ||
                   reshoot_clause_has_text (clause, "tint");
  gboolean verb = reshoot_clause_take_verbs (clause, verbs, 3);
  gboolean automatic = reshoot_clause_take (clause, RESHOOT_WORD_AUTO) >= 0;
  gboolean neutral = reshoot_clause_take_text (clause, "neutral");
  gboolean lowers = !verb && !vague && reshoot_clause_take_verb (clause, RESHOOT_VERB_LOWER);
  gboolean against = FALSE;
  ReshootOperation *operation = NULL;

  if (!whites && !balance)
    return FALSE;
  if (!verb && !automatic && !neutral && !lowers && (vague ||
                                                     reshoot_clause_get_own_verb (clause) != NULL))
    return FALSE;
  if (neutral)
    reshoot_clause_take_verb (clause, RESHOOT_VERB_MAKE);

  against = reshoot_clause_take_text (clause, "using") ||
            reshoot_clause_take_text (clause, "from") ||
            reshoot_clause_take_text (clause, "against") ||
                reshoot_clause_take_text (clause, "against the") ||
            reshoot_clause_take_text (clause, "on");
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_WHITE_BALANCE);
  operation->sub = g_strdup ("auto");
  if (against && reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND))
    {
      operation->target = g_strdup ("background");
      reshoot_clause_take_color (clause);
      reshoot_clause_take_texts (clause, (const char * const []) { "reference", "neutral", NULL });
    }
  else
    operation->scope = reshoot_clause_take_scope (clause);

  reshoot_clause_take_level (clause, RESHOOT_LEVEL_NONE);
  return reshoot_clause_is_done (clause);
}

gboolean
reshoot_read_auto (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_EVEN, RESHOOT_VERB_FIX };
  gboolean automatic = reshoot_clause_take (clause, RESHOOT_WORD_AUTO) >= 0;
  gboolean verb = reshoot_clause_take_verbs (clause, verbs, G_N_ELEMENTS (verbs));
  gboolean lighting = FALSE;
  ReshootOperation *operation = NULL;

  if (!automatic)
    automatic = reshoot_clause_take (clause, RESHOOT_WORD_AUTO) >= 0;
  while (reshoot_clause_take (clause, RESHOOT_WORD_LIGHTING) >= 0)
    lighting = TRUE;
  if (!lighting && verb && (reshoot_clause_has_text (clause, "contrast") ||
                            reshoot_clause_has_text (clause, "exposure")))
    lighting = reshoot_clause_take (clause, RESHOOT_WORD_TONE_NOUN) >= 0;
  if (!lighting && !automatic)
    return FALSE;
  if (!verb && !automatic)
    return FALSE;

  reshoot_clause_take_verb (clause, RESHOOT_VERB_ADD);
  if (automatic)
    {
      reshoot_clause_take (clause, RESHOOT_WORD_TONE_NOUN);
      reshoot_clause_take_texts (clause, (const char * const []) { "enhance", "improve", "colours",
                                                                   "colors", NULL });
      reshoot_clause_take_verb (clause, RESHOOT_VERB_RAISE);
    }
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_AUTO_TONE);
  reshoot_clause_take_text (clause, "across");
  reshoot_clause_take_text (clause, "out");
  reshoot_clause_take_text (clause, "on");
  operation->scope = reshoot_clause_take_scope (clause);
  return reshoot_clause_is_done (clause);
}

gboolean
reshoot_read_mono (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_CONVERT, RESHOOT_VERB_MAKE, RESHOOT_VERB_CHANGE,
                                       RESHOOT_VERB_SHOW,
                                       RESHOOT_VERB_ADD };
  const ReshootWord *word = reshoot_clause_take_word (clause, RESHOOT_WORD_MONO);
  ReshootOperationKind kind = RESHOOT_OPERATION_MONOCHROME;
  ReshootOperation *operation = NULL;
  ReshootScope scope = RESHOOT_SCOPE_ALL;

  if (word == NULL)
    return FALSE;

  reshoot_clause_take_verbs (clause, verbs, G_N_ELEMENTS (verbs));
  reshoot_clause_take (clause, RESHOOT_WORD_COLOR_NOUN);
  scope = reshoot_clause_take_scope (clause);
  if (scope != RESHOOT_SCOPE_ALL && word->arg != NULL)
    return FALSE;

  /* Greys in one part only are colours without saturation there. */
  kind = scope == RESHOOT_SCOPE_ALL ? RESHOOT_OPERATION_MONOCHROME : RESHOOT_OPERATION_SATURATION;
  operation = reshoot_clause_add (clause, kind);
  operation->scope = scope;
  if (scope != RESHOOT_SCOPE_ALL)
    operation->percent = -100;
  operation->sub = g_strdup (word->arg);
  reshoot_clause_take_level (clause, RESHOOT_LEVEL_NONE);
  return reshoot_clause_is_done (clause);
}
