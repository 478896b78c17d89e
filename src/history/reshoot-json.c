/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON as the project file holds it. Writing is canonical: members sorted by their bytes, no white space, numbers as
 * short as they read back the same, so that equal facts have equal digests. Reading is careful: a stranger's file may
 * hold text that is huge, or nested so deep that a recursive parser runs out of stack. */

#include "reshoot-json.h"

#include <math.h>
#include <string.h>

#include "reshoot-error.h"

#define MAX_TEXT  (4 * 1024 * 1024)   /* bytes */
#define MAX_DEPTH 64                  /* brackets */

static void
write_string (GString    *text,
              const char *string)
{
  g_string_append_c (text, '"');
  for (const char *at = string; *at != '\0'; at++)
    {
      guint8 c = *at;

      if (c == '"' || c == '\\')
        g_string_append_printf (text, "\\%c", c);
      else if (c < 0x20)
        g_string_append_printf (text, "\\u%04x", c);
      else
        g_string_append_c (text, c);
    }
  g_string_append_c (text, '"');
}

/* JSON knows neither NAN nor infinity: they become null, which reads back as "not known". */
static void
write_double (GString *text,
              double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (text, "null");
      return;
    }

  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, number);
      if (g_ascii_strtod (buffer, NULL) == number)
        break;
    }

  g_string_append (text, buffer);
}

static void
write_value (GString  *text,
             JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    write_string (text, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    write_double (text, json_node_get_double (node));
}

static void
write_node (GString  *text,
            JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      {
        JsonObject *object = json_node_get_object (node);
        g_autoptr (GList) names = g_list_sort (json_object_get_members (object),
                                               (GCompareFunc) strcmp);

        g_string_append_c (text, '{');
        for (GList *l = names; l != NULL; l = l->next)
          {
            write_string (text, l->data);
            g_string_append_c (text, ':');
            write_node (text, json_object_get_member (object, l->data));
            if (l->next != NULL)
              g_string_append_c (text, ',');
          }
        g_string_append_c (text, '}');
      }
      break;

    case JSON_NODE_ARRAY:
      {
        JsonArray *array = json_node_get_array (node);

        g_string_append_c (text, '[');
        for (guint i = 0; i < json_array_get_length (array); i++)
          {
            if (i > 0)
              g_string_append_c (text, ',');
            write_node (text, json_array_get_element (array, i));
          }
        g_string_append_c (text, ']');
      }
      break;

    case JSON_NODE_VALUE:
      write_value (text, node);
      break;

    case JSON_NODE_NULL:
    default:
      g_string_append (text, "null");
      break;
    }
}

/**
 * reshoot_json_to_text:
 * @node: what to write
 *
 * Returns: (transfer full): the canonical text of @node
 */
char *
reshoot_json_to_text (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  write_node (text, node);
  return g_string_free (text, FALSE);
}

/* How deep the brackets of @text go, strings left out. */
static guint
measure_depth (const char *text)
{
  guint depth = 0;
  guint deepest = 0;
  gboolean in_string = FALSE;

  for (const char *at = text; *at != '\0'; at++)
    {
      if (in_string && *at == '\\' && at[1] != '\0')
        at++;
      else if (*at == '"')
        in_string = !in_string;
      else if (!in_string && (*at == '[' || *at == '{'))
        deepest = MAX (deepest, ++depth);
      else if (!in_string && (*at == ']' || *at == '}') && depth > 0)
        depth--;
    }

  return deepest;
}

/**
 * reshoot_json_from_text:
 * @text: JSON, from a file that may be a stranger's
 * @subject: (nullable): what it belongs to, for the error
 * @error: return location
 *
 * Errors: `CORRUPT` "json".
 *
 * Returns: (transfer full): what @text says, or %NULL
 */
JsonNode *
reshoot_json_from_text (const char  *text,
                        const char  *subject,
                        GError     **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local = NULL;
  JsonNode *root;

  if (strlen (text) > MAX_TEXT || !g_utf8_validate (text, -1, NULL) ||
      measure_depth (text) > MAX_DEPTH)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "json", subject, "JSON too long, too deep or not UTF-8");
      return NULL;
    }

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, -1, &local))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "json", subject, "%s", local->message);
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "json", subject, "empty JSON");

  return root;
}
