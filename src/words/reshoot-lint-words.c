/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Advice about an instruction before it costs anything: what a service is likely to get wrong, and what to write
 * instead. A wrong alarm is worse than none: only what hardly means anything else is spoken of, in English only, and
 * what stands in quotes is nobody's business. */

#include "config.h"

#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longer instructions were thought about. */
#define MAX_LENGTH 2000

/* Two changes go together well. */
#define MANY_CHANGES 3

#define TEXT_NOUN "(?:text|words?|label|caption|headline|slogan|title|lettering|sign|sticker|badge|banner)"
#define PRONOUN "(?:it|this|that|them|him|her)"
#define PLAIN_COLOR "(?:red|green|blue|yellow|orange|purple|violet|pink|brown|black|white|gr[ea]y|beige|navy|" \
  "gold|silver)"
#define COLOR "colou?r"

/* A change that starts a part of an instruction. Words that are adjectives too need what they act on behind them. */
#define CHANGE "(?:(?:please|also|then|now|finally|slightly|and)\\s+)*(?:" \
  "(?:add|remove|replace|change|crop|rotate|flip|mirror|resize|recolou?r|brighten|darken|sharpen|insert|erase|" \
  "delete|straighten|upscale|swap|put|place|make|turn|desaturate|increase|decrease|reduce|boost|extend|convert|" \
  "write|move)\\b|" \
  "(?:warm|cool|blur|clean|light|lift|lower|raise|fix|tint|paint|give|set|cut|trim)\\s+" \
  "(?:it|its|the|this|up|out|down|everything|all|my)\\b)"

/* What makes a sentence say nothing once it has nothing else. */
#define EMPTY "(?:make|it|this|that|the|my|photo|picture|image|shot|product|looks?|a|an|bit|little|much|more|" \
  "even|way|very|really|please|just|so|and|to|can|you|could|i|want|like|be|for|me|some|somehow|something|do|" \
  "overall|with)"
#define VAGUE "(?:better|nicer|nice|good|great|awesome|amazing|beautiful|perfect|pop|improve|enhance|beautify|fix|" \
  "prettier|pretty|stunning|professional|premium|attractive|interesting|wow)"

typedef struct
{
  ReshootLint  lint;
  gboolean     with_case;   /* whether capitals count */
  const char  *pattern;
} Rule;

/* Looked through in order; what comes first is said first. */
static const Rule rules[] = {
  { RESHOOT_LINT_VAGUE, FALSE,
    "^(?:" EMPTY "\\s+)*" VAGUE "(?:\\s+(?:" EMPTY "|" VAGUE "))*$" },

  { RESHOOT_LINT_QUOTES, FALSE,
    "\\b" TEXT_NOUN "\\b[^,.;“]*\\b(?:saying|says|reads|that say)\\s+[^\\s“]" },
  { RESHOOT_LINT_QUOTES, TRUE,
    "^[Ww]rite\\s+(?:the words?\\s+)?[A-Z][^“]*$" },
  { RESHOOT_LINT_QUOTES, TRUE,
    "\\b(?:[Aa]dd|[Pp]ut|[Pp]lace|[Ii]nsert) (?:the |a )?(?:text|words?|caption|headline|slogan|title) [A-Z][^“]*$" },
  { RESHOOT_LINT_QUOTES, TRUE,
    "\\b(?:[Cc]hange|[Rr]eplace)\\b[^,.;“]*\\b(?:text|words?|label|caption|headline|slogan|title)\\b[^,.;“]*"
    "\\b(?:to|with|by) (?:[A-Z]{3,}\\b|[A-Z][a-z]+ [A-Z])" },

  { RESHOOT_LINT_REFERENT, FALSE,
    "^(?:please )?(?:remove|delete|erase|replace|change|move|swap) " PRONOUN
    "(?:$|[,.;]| (?:with|by|to|from|please|and|away|out)\\b)" },
  { RESHOOT_LINT_REFERENT, FALSE,
    "^(?:please )?(?:make|turn|paint|colou?r|recolou?r) " PRONOUN " (?:dark |light |bright |pale )?" PLAIN_COLOR "$" },
  { RESHOOT_LINT_REFERENT, FALSE,
    "\\b(?:the|a|an|my) [a-z ]+ (?:next to|beside|behind|in front of) (?:the|a|an|my) [a-z]+"
    "(?:,| and|, and|\\.| then)+ (?:make|turn|paint|move|recolou?r|rotate|remove) it\\b" },

  { RESHOOT_LINT_COLOR, FALSE,
    "\\b(?:our|(?:brand|company|corporate)(?:'s)?|another|a different|some other|a nicer?|a new) " COLOR "s?\\b" },

  { RESHOOT_LINT_NO_CHANGE, FALSE,
    "^(?:(?:please )?(?:do not|don't|don’t|never|avoid|preserve|keep (?!only|just|nothing|everything but))\\b"
    "[^,.;]*(?:[,.;]\\s*|$))+$" },
};

/* What is to be written, and what is quoted otherwise, becomes one mark; blanks become one each. */
static char *
dup_plain (const char *instruction)
{
  static const struct { const char *pattern; const char *with; } changes[] = {
    { "[“”„\"«»][^“”„\"«»]*[“”„\"«»]", "“" },
    { "(?<!\\w)['‘][^'‘’]*['’](?!\\w)", "“" },
    { "\\s+", " " },
    { "[\\s.!?]+$", "" },
  };
  char *text = g_strstrip (g_strdup (instruction));

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (changes[i].pattern, 0, 0, NULL);
      g_autofree char *before = text;

      text = g_regex_replace_literal (regex, before, -1, 0, changes[i].with, 0, NULL);
      if (text == NULL)
        return g_strdup ("");
    }

  return text;
}

static gboolean
has_many_changes (const char *text)
{
  g_auto (GStrv) parts = g_regex_split_simple ("\\s*(?:[,;.]|\\band\\b|\\bthen\\b)\\s*", text,
                                               G_REGEX_CASELESS, 0);
  guint n_changes = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_regex_match_simple ("^" CHANGE, parts[i], G_REGEX_CASELESS, 0))
      n_changes++;

  return n_changes >= MANY_CHANGES;
}

/* What is pointed at is named elsewhere: by its code, or in another picture. */
static gboolean
is_named_elsewhere (const char *text)
{
  return g_regex_match_simple ("#[0-9a-f]{3}|\\b(?:reference|picture|image|photo) \\d", text,
                               G_REGEX_CASELESS, 0);
}

static guint
add_lint (ReshootLint *lints,
          guint        n,
          ReshootLint  lint)
{
  if (n == RESHOOT_MAX_LINTS || (n > 0 && lints[n - 1] == lint))
    return n;

  lints[n] = lint;
  return n + 1;
}

/**
 * reshoot_lint_instruction:
 * @instruction: what a person wrote
 * @lints: (out caller-allocates) (array fixed-size=2): what may be said about it, the most telling first
 *
 * Looks for what services are likely to misunderstand. It knows English, and is silent where it is not sure.
 *
 * Returns: how many of @lints were set
 */
guint
reshoot_lint_instruction (const char  *instruction,
                          ReshootLint *lints)
{
  g_autofree char *text = NULL;
  guint n = 0;

  g_return_val_if_fail (instruction != NULL, 0);

  if (strlen (instruction) > MAX_LENGTH || !g_utf8_validate (instruction, -1, NULL))
    return 0;

  text = dup_plain (instruction);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      GRegexCompileFlags flags = rules[i].with_case ? 0 : G_REGEX_CASELESS;

      if (rules[i].lint == RESHOOT_LINT_COLOR && is_named_elsewhere (text))
        continue;

      if (g_regex_match_simple (rules[i].pattern, text, flags, 0))
        n = add_lint (lints, n, rules[i].lint);
    }

  if (has_many_changes (text))
    n = add_lint (lints, n, RESHOOT_LINT_MANY);

  return n;
}

/**
 * reshoot_words_for_lint:
 * @lint: what was found in an instruction
 *
 * Returns: (transfer full): what it is and what to do, in one short line
 */
char *
reshoot_words_for_lint (ReshootLint lint)
{
  switch (lint)
    {
    case RESHOOT_LINT_VAGUE:
      return g_strdup (_("What would be better? Name it: brighter, a white background, a softer shadow."));

    case RESHOOT_LINT_QUOTES:
      return g_strdup (_("Put the words to be written in quotes, so that they are copied letter by letter."));

    case RESHOOT_LINT_REFERENT:
      return g_strdup (_("Name the thing: “it” or “that” may be taken for something else."));

    case RESHOOT_LINT_COLOR:
      return g_strdup (_("Which color? Name it, or give its code, such as #1F4E79."));

    case RESHOOT_LINT_NO_CHANGE:
      return g_strdup (_("This says what stays. Say also what should change."));

    case RESHOOT_LINT_MANY:
      return g_strdup (_("Several changes at once: one edit for each usually comes out better."));

    default:
      g_return_val_if_reached (g_strdup (""));
    }
}
