/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The studio's dictionary: a word or phrase in lower case to its meanings. The words themselves are in the tables
 * reshoot-lexicon-*.c; this file finds them, forgives one typing error in a long word, and knows colours by name. One
 * lexicon serves one reading; making it takes a fraction of a millisecond, and so nothing is shared. */

#include "reshoot-lexicon.h"
#include "reshoot-lexicon-private.h"

#include <string.h>

/* Shorter words have too many neighbours one letter away. */
#define MIN_CORRECTED_LENGTH 5

/* Few large blocks rather than many small ones: a lexicon is made for every reading. */
struct _ReshootLexicon
{
  GStringChunk *chunk;      /* (owned): the words */
  GArray       *pairs;      /* (owned): of Pair, while it is made */
  ReshootWord  *meanings;   /* (owned): those of one word side by side */
  GHashTable   *ranges;     /* (owned): word or phrase → its range of meanings */
  GHashTable   *words;      /* (owned): every word of every phrase; none of them is a typing error */
};

typedef struct
{
  char              *key;
  const ReshootWord *meaning;
} Pair;

/* A range is where it starts and how long it is, in one pointer. */
#define MAX_MEANINGS 32
#define RANGE(start, length) GUINT_TO_POINTER ((start) * MAX_MEANINGS + (length))
#define RANGE_START(range) (GPOINTER_TO_UINT (range) / MAX_MEANINGS)
#define RANGE_LENGTH(range) (GPOINTER_TO_UINT (range) % MAX_MEANINGS)

static void
add_parts (ReshootLexicon *lexicon,
           const char     *key)
{
  const char *start = key;
  const char *space = strchr (key, ' ');

  for (; space != NULL; start = space + 1, space = strchr (start, ' '))
    g_hash_table_add (lexicon->words,
                      g_string_chunk_insert_len (lexicon->chunk, start, space - start));
  if (start != key)
    g_hash_table_add (lexicon->words, (char *) start);
}

static void
add_word (ReshootLexicon    *lexicon,
          const char        *word,
          gssize             length,
          const ReshootWord *meaning)
{
  Pair pair = { g_string_chunk_insert_len (lexicon->chunk, word, length), meaning };
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (lexicon->ranges, pair.key));

  g_assert (n + 1 < MAX_MEANINGS);
  g_array_append_val (lexicon->pairs, pair);
  g_hash_table_insert (lexicon->ranges, pair.key, GUINT_TO_POINTER (n + 1));
  if (n == 0)
    add_parts (lexicon, pair.key);
}

static void
add_table (ReshootLexicon          *lexicon,
           const ReshootLexiconRow *rows)
{
  for (; rows->words != NULL; rows++)
    {
      const char *start = rows->words;
      const char *bar = NULL;

      for (bar = strchr (start, '|'); bar != NULL; start = bar + 1, bar = strchr (start, '|'))
        add_word (lexicon, start, bar - start, &rows->meaning);
      add_word (lexicon, start, (gssize) strlen (start), &rows->meaning);
    }
}

/* Turns the counts into places, then puts every meaning into the place of its word. */
static void
arrange_meanings (ReshootLexicon *lexicon)
{
  GHashTableIter iter;
  gpointer count = NULL;
  guint start = 0;

  lexicon->meanings = g_new0 (ReshootWord, lexicon->pairs->len);
  g_hash_table_iter_init (&iter, lexicon->ranges);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    {
      g_hash_table_iter_replace (&iter, RANGE (start, 0));
      start += GPOINTER_TO_UINT (count);
    }

  for (guint i = 0; i < lexicon->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (lexicon->pairs, Pair, i);
      gpointer key = NULL;
      gpointer range = NULL;

      g_hash_table_lookup_extended (lexicon->ranges, pair->key, &key, &range);
      lexicon->meanings[RANGE_START (range) + RANGE_LENGTH (range)] = *pair->meaning;
      g_hash_table_insert (lexicon->ranges, key,
                           RANGE (RANGE_START (range), RANGE_LENGTH (range) + 1));
    }

  g_clear_pointer (&lexicon->pairs, g_array_unref);
}

ReshootLexicon *
reshoot_lexicon_new (void)
{
  ReshootLexicon *lexicon = g_new0 (ReshootLexicon, 1);

  lexicon->chunk = g_string_chunk_new (65536);
  lexicon->pairs = g_array_sized_new (FALSE, FALSE, sizeof (Pair), 8192);
  lexicon->ranges = g_hash_table_new (g_str_hash, g_str_equal);
  lexicon->words = g_hash_table_new (g_str_hash, g_str_equal);
  add_table (lexicon, reshoot_lexicon_grammar);
  add_table (lexicon, reshoot_lexicon_edits);
  add_table (lexicon, reshoot_lexicon_nouns);
  add_table (lexicon, reshoot_lexicon_impossible);
  arrange_meanings (lexicon);
  return lexicon;
}

void
reshoot_lexicon_free (ReshootLexicon *lexicon)
{
  g_hash_table_unref (lexicon->words);
  g_hash_table_unref (lexicon->ranges);
  g_free (lexicon->meanings);
  g_string_chunk_free (lexicon->chunk);
  g_free (lexicon);
}

/**
 * reshoot_lexicon_find:
 * @lexicon: a lexicon
 * @text: a word or phrase in lower case
 * @n_meanings: (out): how many meanings it has
 *
 * Returns: (nullable) (array length=n_meanings): the meanings, or %NULL for an unknown word
 */
const ReshootWord *
reshoot_lexicon_find (const ReshootLexicon *lexicon,
                      const char           *text,
                      guint                *n_meanings)
{
  gpointer range = g_hash_table_lookup (lexicon->ranges, text);

  *n_meanings = RANGE_LENGTH (range);
  return range != NULL ? &lexicon->meanings[RANGE_START (range)] : NULL;
}

/* One letter too many, too few, another one, or two that changed places. */
static gboolean
is_one_error_away (const char *a,
                   const char *b)
{
  gsize length_a = strlen (a);
  gsize length_b = strlen (b);
  gsize head = 0;
  gsize tail = 0;

  if (length_a > length_b + 1 || length_b > length_a + 1)
    return FALSE;

  while (head < length_a && head < length_b && a[head] == b[head])
    head++;
  while (tail < length_a - head && tail < length_b - head &&
         a[length_a - 1 - tail] == b[length_b - 1 - tail])
    tail++;

  if (length_a - head - tail <= 1 && length_b - head - tail <= 1)
    return TRUE;

  return length_a == length_b && length_a - head - tail == 2 && a[head] == b[head + 1] &&
         a[head + 1] == b[head];
}

/**
 * reshoot_lexicon_correct:
 * @lexicon: a lexicon
 * @text: a word that is not in it
 *
 * Returns: (nullable): the one word of the lexicon that @text is a typing error of; %NULL for short words and where two
 *   words come into question
 */
const char *
reshoot_lexicon_correct (const ReshootLexicon *lexicon,
                         const char           *text)
{
  const char *found = NULL;
  const char *word = NULL;
  GHashTableIter iter;

  if (strlen (text) < MIN_CORRECTED_LENGTH || g_hash_table_contains (lexicon->words, text))
    return NULL;

  g_hash_table_iter_init (&iter, lexicon->ranges);
  while (g_hash_table_iter_next (&iter, (gpointer *) &word, NULL))
    {
      if (word[0] != text[0] || strlen (word) < MIN_CORRECTED_LENGTH ||
          strchr (word, ' ') != NULL ||
          !is_one_error_away (word, text))
        continue;
      if (found != NULL)
        return NULL;
      found = word;
    }

  return found;
}

/**
 * reshoot_lexicon_find_color:
 * @name: in lower case, written together: "skyblue", "offwhite"
 * @rgb: (out): 0xrrggbb
 *
 * Returns: whether @name is a colour of CSS or of the trades
 */
gboolean
reshoot_lexicon_find_color (const char *name,
                            guint32    *rgb)
{
  const ReshootColorName * const tables[] = { reshoot_css_colors, reshoot_trade_colors };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      for (const ReshootColorName *color = tables[i]; color->name != NULL; color++)
        {
          if (g_str_equal (color->name, name))
            {
              *rgb = color->rgb;
              return TRUE;
            }
        }
    }

  return FALSE;
}
