/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading JSON that strangers wrote. json-glib's typed getters complain loudly when a member has another type than
 * expected, and its parser goes as deep as the text asks; here a member of the wrong type is simply not there, and a
 * text that nests too deep is refused before it is parsed. */

#include "reshoot-json-read.h"
#include "reshoot-error.h"

#include <math.h>

/* Brackets within brackets. No contract we know goes beyond six; the parser must not recurse to the stack's end. */
#define MAX_DEPTH 64

static gboolean
nests_too_deep (const char *text,
                gsize       length)
{
  gboolean in_string = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            in_string = FALSE;
        }
      else if (text[i] == '"')
        in_string = TRUE;
      else if (text[i] == '{' || text[i] == '[')
        {
          if (++depth > MAX_DEPTH)
            return TRUE;
        }
      else if (text[i] == '}' || text[i] == ']')
        depth--;
    }

  return FALSE;
}

/* json-glib also reads "var x = {…}" and other things that are not JSON: an object starts with a brace. */
static gboolean
starts_with_brace (const char *text,
                   gsize       length)
{
  gsize i = 0;

  while (i < length && strchr (" \t\r\n", text[i]) != NULL)
    i++;

  return i < length && text[i] == '{';
}

/**
 * reshoot_json_parse_object:
 * @bytes: UTF-8 text
 * @error: return location for an error
 *
 * Reads a text that must be one JSON object. Fails with %RESHOOT_ERROR_PROTOCOL, reason "json".
 *
 * Returns: (transfer full): the object, or %NULL
 */
JsonObject *
reshoot_json_parse_object (GBytes  *bytes,
                           GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) parse_error = NULL;
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  JsonNode *root;

  if (text == NULL || !starts_with_brace (text, length))
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", NULL,
                         "not a JSON object (%" G_GSIZE_FORMAT " bytes)", length);
      return NULL;
    }

  if (nests_too_deep (text, length))
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", NULL,
                         "JSON nested deeper than %d", MAX_DEPTH);
      return NULL;
    }

  /* The parser's own message quotes the text, which may hold anything: only its place is told. */
  if (!g_utf8_validate_len (text, length, NULL) ||
      !json_parser_load_from_data (parser, text, (gssize) length, &parse_error))
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", NULL,
                         "broken JSON at line %u, character %u",
                         json_parser_get_current_line (parser),
                         json_parser_get_current_pos (parser));
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", NULL, "an array");
      return NULL;
    }

  return json_node_dup_object (root);
}

static JsonNode *
get_member (JsonObject *object,
            const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

/**
 * reshoot_json_get_string:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (nullable) (transfer none): the text, or %NULL where there is none of that name and type
 */
const char *
reshoot_json_get_string (JsonObject *object,
                         const char *name)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/**
 * reshoot_json_get_number:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: the number, or %NAN where there is none of that name and type
 */
double
reshoot_json_get_number (JsonObject *object,
                         const char *name)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NAN;

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return (double) json_node_get_int (node);
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return json_node_get_double (node);

  return NAN;
}

/**
 * reshoot_json_get_boolean:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: %TRUE only where the member is there and true
 */
gboolean
reshoot_json_get_boolean (JsonObject *object,
                          const char *name)
{
  JsonNode *node = get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/**
 * reshoot_json_get_object:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (nullable) (transfer none): the object of that name
 */
JsonObject *
reshoot_json_get_object (JsonObject *object,
                         const char *name)
{
  JsonNode *node = get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * reshoot_json_get_array:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (nullable) (transfer none): the array of that name
 */
JsonArray *
reshoot_json_get_array (JsonObject *object,
                        const char *name)
{
  JsonNode *node = get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * reshoot_json_get_item:
 * @array: (nullable): an array
 * @i: a place in it
 *
 * Returns: (nullable) (transfer none): the object there; %NULL where there is none
 */
JsonObject *
reshoot_json_get_item (JsonArray *array,
                       guint      i)
{
  JsonNode *node = NULL;

  if (array != NULL && i < json_array_get_length (array))
    node = json_array_get_element (array, i);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * reshoot_json_get_string_at:
 * @array: (nullable): an array
 * @index: of an element
 *
 * Returns: (nullable) (transfer none): the text, or %NULL where there is none at that place
 */
const char *
reshoot_json_get_string_at (JsonArray *array,
                            guint      index)
{
  JsonNode *node = NULL;

  if (array != NULL && index < json_array_get_length (array))
    node = json_array_get_element (array, index);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}
