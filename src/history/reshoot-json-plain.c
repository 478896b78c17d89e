/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A look over JSON that builds nothing of it. A project has three texts for each step, and to build all of them would
 * take most of the time of opening it; what is plain can be built when somebody asks for it, because it is sure then
 * that it can. Plain is what our own writer writes, and less than JSON: no white space, no escapes but of quotes and
 * backslashes, no exponents, no number of more than 15 digits. What is not plain is no error: it is read at once. */

#include "reshoot-json.h"

#include <string.h>

#define MAX_TEXT   (4 * 1024 * 1024)   /* bytes */
#define MAX_DEPTH  64                  /* brackets */
#define MAX_DIGITS 15

typedef struct
{
  const char      *at;
  const char      *end;       /* where the text has its NUL */
  guint64          bits;      /* of all bytes of strings, to see whether one is not ASCII */
  guint            depth;
  ReshootJsonPart *parts;
  guint            n_parts;
} Look;

/* In each byte. */
#define ONES G_GUINT64_CONSTANT (0x0101010101010101)

static gboolean pass_value (Look *look);

static gboolean
pass_char (Look *look,
           char  c)
{
  if (*look->at != c)
    return FALSE;

  look->at++;
  return TRUE;
}

/* Where the first byte of @word is that ends a string or may not stand in one: 0 to 7, 8 if none is. Each term marks
 * the first such byte rightly, and what it marks wrongly lies behind that one. */
static guint
find_special (guint64 word)
{
  guint64 quotes = word ^ ONES * '"';
  guint64 backslashes = word ^ ONES * '\\';
  guint64 found = ((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) |
                  ((word - ONES * 0x20) & ~word);

  found &= ONES * 0x80;
  return found != 0 ? (guint) __builtin_ctzll (found) / 8 : 8;
}

/* Most of a project's text is inside of strings, so eight bytes are looked at together. */
static gboolean
pass_string (Look *look)
{
  const guint8 *at = (const guint8 *) look->at;
  const guint8 *end = (const guint8 *) look->end;

  if (*at++ != '"')
    return FALSE;

  while (TRUE)
    {
      guint n = 0;

      if (end - at >= 8)
        {
          guint64 word;

          memcpy (&word, at, sizeof word);
          word = GUINT64_FROM_LE (word);
          n = find_special (word);
          look->bits |= n < 8 ? word & ((G_GUINT64_CONSTANT (1) << (8 * n)) - 1) : word;
          at += n;
        }

      if (n == 8)
        continue;

      if (*at == '"')
        break;

      if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
        at++;
      else if (*at < 0x20 || *at == '\\')
        return FALSE;

      look->bits |= *at++;
    }

  look->at = (const char *) at + 1;
  return TRUE;
}

static guint
pass_digits (Look *look)
{
  const char *start = look->at;

  while (*look->at >= '0' && *look->at <= '9')
    look->at++;

  return look->at - start;
}

static gboolean
pass_number (Look *look)
{
  const char *start;
  guint n;

  pass_char (look, '-');
  start = look->at;
  n = pass_digits (look);
  if (n == 0 || (*start == '0' && n > 1))
    return FALSE;

  if (pass_char (look, '.'))
    {
      guint n_behind = pass_digits (look);

      if (n_behind == 0)
        return FALSE;

      n += n_behind;
    }

  return n <= MAX_DIGITS;
}

static gboolean
pass_word (Look       *look,
           const char *word)
{
  if (strncmp (look->at, word, strlen (word)) != 0)
    return FALSE;

  look->at += strlen (word);
  return TRUE;
}

/* Of the outermost object: a name that is not among the parts is not plain, nor is one that comes twice. */
static ReshootJsonPart *
find_part (Look       *look,
           const char *name,
           gsize       length)
{
  for (guint i = 0; i < look->n_parts; i++)
    if (strncmp (look->parts[i].name, name, length) == 0 && look->parts[i].name[length] == '\0')
      return look->parts[i].kind == '\0' ? &look->parts[i] : NULL;

  return NULL;
}

static gboolean
pass_member (Look *look)
{
  const char *name = look->at + 1;
  ReshootJsonPart *part = NULL;
  const char *value;

  if (!pass_string (look))
    return FALSE;

  if (look->depth == 1 && look->n_parts > 0)
    {
      part = find_part (look, name, look->at - name - 1);
      if (part == NULL)
        return FALSE;
    }

  if (!pass_char (look, ':'))
    return FALSE;

  value = look->at;
  if (!pass_value (look))
    return FALSE;

  if (part != NULL)
    {
      part->kind = *value;
      part->length = look->at - value;
    }

  return TRUE;
}

/* The inside of an object or array, up to its @end. */
static gboolean
pass_inside (Look     *look,
             char      end,
             gboolean (*pass_one) (Look *look))
{
  gboolean is_plain = look->depth < MAX_DEPTH;

  look->at++;
  look->depth++;
  if (is_plain && !pass_char (look, end))
    {
      do
        is_plain = pass_one (look);
      while (is_plain && pass_char (look, ','));

      is_plain = is_plain && pass_char (look, end);
    }

  look->depth--;
  return is_plain;
}

static gboolean
pass_value (Look *look)
{
  switch (*look->at)
    {
    case '"':
      return pass_string (look);
    case '{':
      return pass_inside (look, '}', pass_member);
    case '[':
      return pass_inside (look, ']', pass_value);
    case 't':
      return pass_word (look, "true");
    case 'f':
      return pass_word (look, "false");
    case 'n':
      return pass_word (look, "null");
    default:
      return pass_number (look);
    }
}

/*
 * reshoot_json_is_plain:
 * @text: JSON, from a file that may be a stranger's
 * @parts: (array length=n_parts) (inout): the members that the outermost object may have, with their names; what they
 *   are is filled in
 * @n_parts: 0: it may have any
 *
 * Returns: whether reshoot_json_from_text() is sure to read @text; %FALSE is not to say that it could not
 */
gboolean
reshoot_json_is_plain (const char      *text,
                       ReshootJsonPart *parts,
                       guint            n_parts)
{
  Look look = { text, text + strlen (text), 0, 0, parts, n_parts };

  if (!pass_value (&look) || look.at != look.end || look.at - text > MAX_TEXT)
    return FALSE;

  return (look.bits & (ONES * 0x80)) == 0 || g_utf8_validate_len (text, look.at - text, NULL);
}
