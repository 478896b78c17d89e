/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From characters to tokens: case, accents, apostrophes, curly quotes, thousands commas, units that stick to their
 * number. It does not know what a word means. Every character is looked at a fixed number of times, and a quotation
 * that is never closed ends the search after a while. */

#include "reshoot-scanner.h"

#include <string.h>

#define MAX_QUOTE 500

typedef struct
{
  const char *p;       /* where we are */
  const char *text;
  GArray     *tokens;
} Scanner;

static ReshootToken *
add_token (Scanner          *scanner,
           ReshootTokenKind  kind,
           char             *text,
           const char       *start,
           const char       *end)
{
  ReshootToken token = { kind, text, (gsize) (start - scanner->text),
                         (gsize) (end - scanner->text) };

  g_array_append_val (scanner->tokens, token);
  return &g_array_index (scanner->tokens, ReshootToken, scanner->tokens->len - 1);
}

static gboolean
is_quote (gunichar c)
{
  return c == '"' || c == 0x201c || c == 0x201d || c == 0x201e || c == 0xab || c == 0xbb ||
         c == 0x2033;
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x201a || c == 0x60 || c == 0xb4 ||
         c == 0x2039 || c == 0x203a;
}

static gboolean
is_word_character (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Smiles, thanks and thumbs: said to a person, not to an editor. */
static gboolean
is_courtesy (gunichar c)
{
  return (c >= 0x1f600 && c <= 0x1f64f) || (c >= 0x1f44a && c <= 0x1f450) || (c >= 0x1f910 &&
                                                                              c <= 0x1f92f) ||
         (c >= 0x1f3fb && c <= 0x1f3ff) || (c >= 0xfe00 && c <= 0xfe0f) || c == 0x200d ||
             c == 0x2728 || c == 0x2764 ||
         c == 0x263a || c == 0x1f525 || c == 0x1f4aa || c == 0x1f4af || c == 0x1f970;
}

/* Unlike g_unichar_ispunct() without the symbols: a picture of a palm tree asks for one. */
static gboolean
is_punctuation (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CONNECT_PUNCTUATION || type == G_UNICODE_DASH_PUNCTUATION ||
         type == G_UNICODE_CLOSE_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION ||
         type == G_UNICODE_INITIAL_PUNCTUATION || type == G_UNICODE_OTHER_PUNCTUATION ||
         type == G_UNICODE_OPEN_PUNCTUATION;
}

/* The end of a quotation that begins at @start, or NULL where it is none: an apostrophe, or never closed. */
static const char *
find_quote_end (const char *text,
                const char *start)
{
  gunichar open = g_utf8_get_char (start);
  gboolean single = is_apostrophe (open);
  const char *p = g_utf8_next_char (start);

  if (single && start > text && is_word_character (g_utf8_get_char (g_utf8_prev_char (start))))
    return NULL;

  for (guint n = 0; *p != '\0' && n < MAX_QUOTE; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (!single && is_quote (c))
        return p;
      if (single && is_apostrophe (c) &&
          !is_word_character (g_utf8_get_char (g_utf8_next_char (p))))
        return p;
    }

  return NULL;
}

static gboolean
scan_quote (Scanner *scanner)
{
  gunichar c = g_utf8_get_char (scanner->p);
  const char *end = NULL;
  const char *inner = NULL;

  if (!is_quote (c) && !is_apostrophe (c))
    return FALSE;

  end = find_quote_end (scanner->text, scanner->p);
  if (end == NULL)
    return FALSE;

  inner = g_utf8_next_char (scanner->p);
  add_token (scanner, RESHOOT_TOKEN_QUOTE, g_strndup (inner, (gsize) (end - inner)), scanner->p,
             g_utf8_next_char (end));
  scanner->p = g_utf8_next_char (end);
  return TRUE;
}

static guint32
spread_hex (const char *digits,
            gsize       n_digits)
{
  guint32 rgb = (guint32) g_ascii_strtoull (digits, NULL, 16);

  if (n_digits == 6)
    return rgb;

  return ((rgb >> 8) & 0xf) * 0x110000 + ((rgb >> 4) & 0xf) * 0x1100 + (rgb & 0xf) * 0x11;
}

static gboolean
scan_hex (Scanner *scanner)
{
  g_autofree char *digits = NULL;
  ReshootToken *token = NULL;
  gsize n_digits = 0;

  if (*scanner->p != '#')
    return FALSE;
  while (n_digits < 7 && g_ascii_isxdigit (scanner->p[1 + n_digits]))
    n_digits++;
  if ((n_digits != 3 && n_digits != 6) || g_ascii_isalnum (scanner->p[1 + n_digits]))
    return FALSE;

  digits = g_strndup (scanner->p + 1, n_digits);
  token = add_token (scanner, RESHOOT_TOKEN_WORD, g_strdup ("#"), scanner->p,
                     scanner->p + 1 + n_digits);
  token->is_color = TRUE;
  token->rgb = spread_hex (digits, n_digits);
  scanner->p += 1 + n_digits;
  return TRUE;
}

/* rgb(244, 239, 230) */
static gboolean
scan_rgb (Scanner *scanner)
{
  const char *p = scanner->p;
  ReshootToken *token = NULL;
  guint32 rgb = 0;

  if (g_ascii_strncasecmp (p, "rgb", 3) != 0)
    return FALSE;
  p += 3;
  p += strspn (p, " ");
  if (*p++ != '(')
    return FALSE;

  for (int i = 0; i < 3; i++)
    {
      char *end = NULL;
      guint64 value = 0;

      p += strspn (p, " ,");
      if (!g_ascii_isdigit (*p))
        return FALSE;
      value = g_ascii_strtoull (p, &end, 10);
      if (value > 255)
        return FALSE;
      rgb = (rgb << 8) | (guint32) value;
      p = end;
    }

  p += strspn (p, " ");
  if (*p != ')')
    return FALSE;

  token = add_token (scanner, RESHOOT_TOKEN_WORD, g_strdup ("#"), scanner->p, p + 1);
  token->is_color = TRUE;
  token->rgb = rgb;
  scanner->p = p + 1;
  return TRUE;
}

typedef struct
{
  const char  *text;
  ReshootUnit  unit;
} UnitName;

static const UnitName unit_names[] = {
  { "%", RESHOOT_UNIT_PERCENT }, { "percent", RESHOOT_UNIT_PERCENT },
      { "pct", RESHOOT_UNIT_PERCENT },
  { "px", RESHOOT_UNIT_PIXELS }, { "pixels", RESHOOT_UNIT_PIXELS },
      { "pixel", RESHOOT_UNIT_PIXELS },
  { "pix", RESHOOT_UNIT_PIXELS }, { "pxs", RESHOOT_UNIT_PIXELS },
  { "x", RESHOOT_UNIT_TIMES }, { "times", RESHOOT_UNIT_TIMES }, { "\303\227", RESHOOT_UNIT_TIMES },
  { "\302\260", RESHOOT_UNIT_DEGREES }, { "deg", RESHOOT_UNIT_DEGREES },
      { "degs", RESHOOT_UNIT_DEGREES },
  { "degree", RESHOOT_UNIT_DEGREES }, { "degrees", RESHOOT_UNIT_DEGREES },
  { "stop", RESHOOT_UNIT_STOPS }, { "stops", RESHOOT_UNIT_STOPS }, { "ev", RESHOOT_UNIT_STOPS },
  { "evs", RESHOOT_UNIT_STOPS },
};

/* The unit that @text means, or NONE. */
ReshootUnit
reshoot_scanner_find_unit (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (unit_names); i++)
    {
      if (g_str_equal (unit_names[i].text, text))
        return unit_names[i].unit;
    }

  return RESHOOT_UNIT_NONE;
}

/* Digits with thousands commas and a decimal point. */
static double
scan_digits (const char **p)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  while (g_ascii_isdigit (**p) || (**p == '.' && g_ascii_isdigit ((*p)[1])) ||
         (**p == ',' && g_ascii_isdigit ((*p)[1]) && g_ascii_isdigit ((*p)[2]) &&
          g_ascii_isdigit ((*p)[3]) &&
          !g_ascii_isdigit ((*p)[4]) && digits->len > 0 && digits->len < 4))
    {
      if (**p != ',')
        g_string_append_c (digits, **p);
      (*p)++;
    }

  return g_ascii_strtod (digits->str, NULL);
}

static gboolean
is_letter_at (const char *p)
{
  return is_word_character (g_utf8_get_char (p));
}

/* What sticks to a number: a second one after ':', 'x' or '/', or a unit. Where it is neither ("3d"), it is a word.
 * */
static gboolean
scan_number (Scanner *scanner)
{
  const char *p = scanner->p;
  const char *suffix = NULL;
  g_autofree char *unit = NULL;
  ReshootToken *token = NULL;
  double number = 0;
  double number2 = 0;
  char mark = '\0';

  if (*p == '+' || *p == '-')
    p++;
  if (!g_ascii_isdigit (*p) && !(*p == '.' && g_ascii_isdigit (p[1])))
    return FALSE;

  number = scan_digits (&p);
  if (strchr (":/x", *p) != NULL && *p != '\0' && g_ascii_isdigit (p[1]))
    mark = *p++;
  else if (g_str_has_prefix (p, "\303\227") && g_ascii_isdigit (p[2]))
    mark = 'x', p += 2;
  if (mark != '\0')
    number2 = scan_digits (&p);

  suffix = p;
  if (*p == '%')
    p++;
  else if (g_str_has_prefix (p, "\302\260"))
    p += 2;
  else
    while (*p != '\0' && is_letter_at (p))
      p = g_utf8_next_char (p);
  unit = g_utf8_strdown (suffix, p - suffix);

  if (*unit != '\0' && reshoot_scanner_find_unit (unit) == RESHOOT_UNIT_NONE)
    {
      add_token (scanner, RESHOOT_TOKEN_WORD, g_utf8_strdown (scanner->p, p - scanner->p),
                 scanner->p, p);
      scanner->p = p;
      return TRUE;
    }

  token = add_token (scanner, RESHOOT_TOKEN_NUMBER,
                     g_strdup (mark == '/' ? "/" : *scanner->p == '+' ? "+" : "0"), scanner->p, p);
  token->number = *scanner->p == '-' ? -number : number;
  token->number2 = number2;
  token->unit = reshoot_scanner_find_unit (unit);
  if (mark == ':' || mark == '/')
    token->kind = RESHOOT_TOKEN_RATIO;
  else if (mark == 'x')
    token->kind = number <= 64 && number2 <= 64 ? RESHOOT_TOKEN_RATIO : RESHOOT_TOKEN_PIXELS;
  scanner->p = p;
  return TRUE;
}

/* "it's" is "it is", "bottle's" is "bottle", "don't" is "dont". */
static char *
fold_word (const char *start,
           const char *end,
           gboolean   *is_is)
{
  static const char * const subjects[] = { "it", "that", "this", "there", "what", NULL };
  g_autofree char *lower = g_utf8_strdown (start, end - start);
  g_autofree char *plain = g_str_is_ascii (lower) ? g_strdup (lower) : g_str_to_ascii (lower, "C");
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean possessive = FALSE;

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (is_apostrophe (g_utf8_get_char (p)) && g_str_equal (g_utf8_next_char (p), "s"))
        possessive = TRUE;
    }
  for (const char *p = plain; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p) || *p == '?')
        g_string_append_c (word, *p);
    }

  if (possessive && word->len > 1 && word->str[word->len - 1] == 's')
    {
      if (g_str_equal (word->str, "lets"))
        return g_strdup ("lets");
      g_string_truncate (word, word->len - 1);
      *is_is = g_strv_contains (subjects, word->str);
    }
  return g_string_free (g_steal_pointer (&word), FALSE);
}

/* "b/w" is one word, though a slash parts others. */
static gboolean
scan_abbreviation (Scanner *scanner)
{
  if (g_ascii_strncasecmp (scanner->p, "b/w", 3) != 0 || is_letter_at (scanner->p + 3))
    return FALSE;

  add_token (scanner, RESHOOT_TOKEN_WORD, g_strdup ("bw"), scanner->p, scanner->p + 3);
  scanner->p += 3;
  return TRUE;
}

static gboolean
scan_word (Scanner *scanner)
{
  const char *start = scanner->p;
  const char *p = start;
  ReshootToken *token = NULL;
  gboolean is_is = FALSE;
  gboolean capitals = TRUE;

  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_word_character (c) &&
          !(is_apostrophe (c) && p > start && is_letter_at (g_utf8_next_char (p))))
        break;
      capitals = capitals && !g_unichar_islower (c);
      p = g_utf8_next_char (p);
    }
  if (p == start)
    return FALSE;

  token = add_token (scanner, RESHOOT_TOKEN_WORD, fold_word (start, p, &is_is), start, p);
  token->capitals = capitals;
  if (is_is)
    add_token (scanner, RESHOOT_TOKEN_WORD, g_strdup ("is"), start, p);
  scanner->p = p;
  return TRUE;
}

static void
scan_mark (Scanner *scanner)
{
  const char *start = scanner->p;
  gunichar c = g_utf8_get_char (start);
  gboolean spaced = start > scanner->text && g_ascii_isspace (start[-1]);

  scanner->p = g_utf8_next_char (start);
  if (g_unichar_isspace (c) && c != '\n')
    return;

  if (c == '%' || c == 0xb0)
    add_token (scanner, RESHOOT_TOKEN_WORD, g_strndup (start, (gsize) (scanner->p - start)), start,
               scanner->p);
  else if (c == '&' || c == '+')
    add_token (scanner, RESHOOT_TOKEN_WORD, g_strdup ("and"), start, scanner->p);
  else if (c == '-' || c == 0x2010 || c == 0x2011)
    {
      if (spaced && g_ascii_isspace (*scanner->p))
        add_token (scanner, RESHOOT_TOKEN_STOP, g_strdup (","), start, scanner->p);
    }
  else if (c < 128 || is_punctuation (c))
    {
      if (strchr (",;:!?()/|*", (int) MIN (c, 127)) != NULL || c == '.' || c == '\n' || c >= 128)
        add_token (scanner, RESHOOT_TOKEN_STOP, g_strdup (c == ',' ? "," : c == ':' ? ":" : "."),
                   start, scanner->p);
    }
  else if (!is_courtesy (c) && !g_unichar_iscntrl (c) && g_unichar_isgraph (c) &&
           g_unichar_type (c) != G_UNICODE_FORMAT)
    add_token (scanner, RESHOOT_TOKEN_WORD, g_strndup (start, (gsize) (scanner->p - start)), start,
               scanner->p);
}

/**
 * reshoot_scanner_scan:
 * @text: valid UTF-8
 * @tokens: where the tokens go; their meanings are not known yet
 *
 * Parts @text into words, numbers, colours, quotations and marks.
 */
void
reshoot_scanner_scan (const char *text,
                      GArray     *tokens)
{
  Scanner scanner = { text, text, tokens };

  while (*scanner.p != '\0')
    {
      gboolean fresh = scanner.p == text ||
                       !is_word_character (g_utf8_get_char (g_utf8_prev_char (scanner.p)));

      if (scan_quote (&scanner) || scan_hex (&scanner) || (fresh && scan_rgb (&scanner)) ||
          (fresh && scan_number (&scanner)) || (fresh && scan_abbreviation (&scanner)) ||
          scan_word (&scanner))
        continue;
      scan_mark (&scanner);
    }
}
