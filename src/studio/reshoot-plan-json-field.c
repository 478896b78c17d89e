/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One value of a plan's JSON into its member of the record. The JSON may come from a stranger's file: types are
 * looked at before values are asked for. */

#include "reshoot-plan-json-private.h"

#include <math.h>
#include <string.h>

const char *
reshoot_json_get_word (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static gboolean
get_number (JsonNode *node,
            double   *number)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) != G_TYPE_INT64 &&
      json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return FALSE;

  *number = json_node_get_double (node);
  return isfinite (*number);
}

int
reshoot_find_word (const char * const *words,
                   const char         *text)
{
  for (int i = 0; words[i] != NULL; i++)
    {
      if (g_str_equal (words[i], text))
        return i;
    }

  return -1;
}

static gboolean
is_color (const char *text)
{
  if (text == NULL || text[0] != '#' || strlen (text) != 7)
    return FALSE;

  for (int i = 1; i < 7; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_target (const char *text)
{
  if (g_str_equal (text, "product"))
    return TRUE;
  if (!g_str_has_prefix (text, "color:") || strlen (text) > 40 || text[6] == '\0')
    return FALSE;

  return strspn (text + 6, "abcdefghijklmnopqrstuvwxyz0123456789#-") == strlen (text + 6);
}

static gboolean
read_aspect (const char         *text,
             const ReshootField *field,
             ReshootOperation   *operation)
{
  char *end = NULL;

  if (text == NULL || !g_ascii_isdigit (*text))
    return FALSE;
  operation->aspect_width = g_ascii_strtod (text, &end);
  if (*end != ':' || !g_ascii_isdigit (end[1]))
    return FALSE;
  operation->aspect_height = g_ascii_strtod (end + 1, &end);

  return *end == '\0' && operation->aspect_width >= field->min &&
         operation->aspect_height >= field->min &&
         operation->aspect_width <= field->max && operation->aspect_height <= field->max;
}

static gboolean
read_enumeration (JsonNode           *node,
                  const ReshootField *field,
                  ReshootOperation   *operation)
{
  const char *text = reshoot_json_get_word (node);
  const char *const *words = NULL;
  int index = 0;

  if (text == NULL)
    return FALSE;

  if (field->type == FIELD_DIRECTION)
    {
      operation->direction = g_str_equal (text, "+") ? 1 : g_str_equal (text, "-") ? -1 : 0;
      return operation->direction != 0;
    }

  words = field->type == FIELD_LEVEL ? reshoot_spelling_get_levels ()
                                     : reshoot_spelling_get_scopes ();
  index = reshoot_find_word (words, text);
  if (index < (field->type == FIELD_LEVEL ? 1 : 0))
    return FALSE;
  if (field->type == FIELD_LEVEL)
    operation->level = (ReshootLevel) index;
  else
    operation->scope = (ReshootScope) index;
  return TRUE;
}

static gboolean
read_text (JsonNode           *node,
           const ReshootField *field,
           ReshootOperation   *operation)
{
  const char *text = reshoot_json_get_word (node);
  gboolean fits = text != NULL && strlen (text) <= RESHOOT_MAX_WORDS &&
                  g_utf8_validate (text, -1, NULL);

  if (fits && field->type == FIELD_WORD)
    fits = reshoot_find_word (field->words, text) >= 0;
  if (fits && field->type == FIELD_TARGET)
    fits = is_target (text);
  if (fits && field->type == FIELD_COLOR)
    fits = is_color (text);
  if (!fits)
    return FALSE;

  if (field->type == FIELD_COLOR)
    {
      char *color = G_STRUCT_MEMBER_P (operation, field->offset);

      for (int i = 0; i < 8; i++)
        color[i] = g_ascii_tolower (text[i]);
    }
  else
    {
      G_STRUCT_MEMBER (char *, operation, field->offset) = g_strdup (text);
    }

  return TRUE;
}

static gboolean
read_number (JsonNode           *node,
             const ReshootField *field,
             ReshootOperation   *operation)
{
  const char *word = reshoot_json_get_word (node);
  double number = 0;

  if (word != NULL && field->type == FIELD_AUTO && g_str_equal (word, "auto"))
    return TRUE;
  if (word != NULL && field->type == FIELD_SHARE && g_str_equal (word, "tight"))
    {
      operation->fill_share = 0;
      return TRUE;
    }
  if (!get_number (node, &number) || number < field->min || number > field->max)
    return FALSE;

  if (field->type != FIELD_PIXELS)
    G_STRUCT_MEMBER (double, operation, field->offset) = number;
  else if (number == rint (number))
    G_STRUCT_MEMBER (int, operation, field->offset) = (int) number;
  else
    return FALSE;

  return TRUE;
}

gboolean
reshoot_field_read (JsonNode           *node,
                    const ReshootField *field,
                    ReshootOperation   *operation)
{
  switch (field->type)
    {
    case FIELD_WORD:
    case FIELD_FREE:
    case FIELD_TARGET:
    case FIELD_COLOR:
      return read_text (node, field, operation);
    case FIELD_NUMBER:
    case FIELD_RATIO:
    case FIELD_PIXELS:
    case FIELD_AUTO:
    case FIELD_SHARE:
      return read_number (node, field, operation);
    case FIELD_ASPECT:
      return read_aspect (reshoot_json_get_word (node), field, operation);
    case FIELD_LEVEL:
    case FIELD_DIRECTION:
    case FIELD_SCOPE:
      return read_enumeration (node, field, operation);
    case FIELD_NONE:
    default:
      return FALSE;
    }
}
