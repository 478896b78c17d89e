/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-lexicon.h"

G_BEGIN_DECLS

typedef enum
{
  RESHOOT_TOKEN_WORD,
  RESHOOT_TOKEN_NUMBER,     /* @number with @unit */
  RESHOOT_TOKEN_RATIO,      /* @number : @number2 */
  RESHOOT_TOKEN_PIXELS,     /* @number × @number2 pixels */
  RESHOOT_TOKEN_QUOTE,      /* @text as it was written */
  RESHOOT_TOKEN_STOP,       /* @text is the mark: ends a clause */
} ReshootTokenKind;

typedef enum
{
  RESHOOT_UNIT_NONE,
  RESHOOT_UNIT_PERCENT,
  RESHOOT_UNIT_PIXELS,
  RESHOOT_UNIT_TIMES,
  RESHOOT_UNIT_DEGREES,
  RESHOOT_UNIT_STOPS,
} ReshootUnit;

/**
 * ReshootToken:
 * @kind: what it is
 * @text: in lower case and without accents; of a quote, the words as written
 * @start: where it begins in the instruction, in bytes
 * @end: where it ends
 * @number: of a number, ratio or size
 * @number2: of a ratio or size
 * @unit: of a number
 * @is_color: whether it can be a colour; a word may be something else as well
 * @is_hue: whether it is one of the basic colours
 * @rgb: of a colour
 * @capitals: whether the word was written in capitals
 * @meanings: (nullable): what the lexicon says; %NULL for an unknown word
 * @n_meanings: how many
 *
 * A word, phrase, number, colour or mark.
 */
typedef struct
{
  ReshootTokenKind   kind;
  char              *text;
  gsize              start;
  gsize              end;
  double             number;
  double             number2;
  ReshootUnit        unit;
  gboolean           is_color;
  gboolean           is_hue;
  guint32            rgb;
  gboolean           capitals;
  const ReshootWord *meanings;
  guint              n_meanings;
} ReshootToken;

/**
 * ReshootInstruction:
 * @text: the words as written
 * @tokens: of ReshootToken
 * @too_long: whether it was longer than a person writes; then it has no tokens
 *
 * An instruction, normalised.
 */
typedef struct
{
  const char     *text;
  ReshootLexicon *lexicon;
  GArray         *tokens;
  gboolean        too_long;
} ReshootInstruction;

ReshootInstruction *reshoot_instruction_new   (const char         *text) G_GNUC_WARN_UNUSED_RESULT;
void                reshoot_instruction_free  (ReshootInstruction *self);
const ReshootWord  *reshoot_token_find        (const ReshootToken *token,
                                               ReshootWordClass    class);
gboolean            reshoot_token_is_verb     (const ReshootToken *token,
                                               ReshootVerb         verb);
gboolean            reshoot_token_is_text     (const ReshootToken *token,
                                               const char         *text);
gboolean            reshoot_token_is_mark     (const ReshootToken *token,
                                               const char         *mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootInstruction, reshoot_instruction_free)

G_END_DECLS
