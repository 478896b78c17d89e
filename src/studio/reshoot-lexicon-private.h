/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-lexicon.h"

G_BEGIN_DECLS

/* One meaning and every word or phrase that has it, parted by '|'. Tables end with NULL words. */
typedef struct
{
  const char  *words;
  ReshootWord  meaning;
} ReshootLexiconRow;

typedef struct
{
  const char *name;
  guint32     rgb;
} ReshootColorName;

extern const ReshootLexiconRow reshoot_lexicon_grammar[];
extern const ReshootLexiconRow reshoot_lexicon_edits[];
extern const ReshootLexiconRow reshoot_lexicon_nouns[];
extern const ReshootLexiconRow reshoot_lexicon_impossible[];
extern const ReshootColorName reshoot_css_colors[];
extern const ReshootColorName reshoot_trade_colors[];

G_END_DECLS
