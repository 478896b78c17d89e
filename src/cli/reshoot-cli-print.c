/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes to standard output and standard error: words in the locale's encoding, JSON always in UTF-8, one object a
 * line. It hides how JSON is written: json-glib would say 0.040000000000000001. */

#include "reshoot-cli-private.h"

#include "reshoot-error.h"

#include <math.h>
#include <stdio.h>

/* Writes one line. A locale without quotation marks gets plain ones. */
static void
print_line (FILE       *stream,
            const char *words)
{
  const char *charset;
  g_autofree char *local = NULL;

  if (!g_get_charset (&charset))
    {
      g_autofree char *wanted = g_strconcat (charset, "//TRANSLIT", NULL);

      local = g_convert (words, -1, wanted, "UTF-8", NULL, NULL, NULL);
    }

  fputs (local != NULL ? local : words, stream);
  fputc ('\n', stream);
  fflush (stream);
}

void
reshoot_cli_print (const char *words)
{
  print_line (stdout, words);
}

/* A path is bytes: it goes out as it came in, so that it can be used again. */
void
reshoot_cli_print_path (const char *path)
{
  fputs (path, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

void
reshoot_cli_print_error (const char *words)
{
  print_line (stderr, words);
}

/* The shortest of the two that is exact. */
static void
append_number (GString *text,
               double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.15g", number);
  if (g_ascii_strtod (buffer, NULL) != number)
    g_ascii_dtostr (buffer, sizeof buffer, number);

  g_string_append (text, buffer);
}

/* Whether everything has gone out: a full disk behind standard output is a failure like any other. */
gboolean
reshoot_cli_has_printed (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_NO_SPACE, "output", NULL, "standard output cannot be written to");
  return FALSE;
}

static void append_node (GString  *text,
                         JsonNode *node);

static void
append_string (GString    *text,
               const char *string)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), string);
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append (text, quoted);
}

static void
append_object (GString    *text,
               JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  const char *separator = "{";

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_string_append (text, separator);
      append_string (text, name);
      g_string_append (text, ": ");
      append_node (text, member);
      separator = ", ";
    }

  g_string_append (text, json_object_get_size (object) > 0 ? "}" : "{}");
}

static void
append_array (GString   *text,
              JsonArray *array)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      append_node (text, json_array_get_element (array, i));
    }
  g_string_append_c (text, ']');
}

static void
append_node (GString  *text,
             JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      append_object (text, json_node_get_object (node));
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      append_array (text, json_node_get_array (node));
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      append_number (text, json_node_get_double (node));
    }
  else
    {
      g_autofree char *plain = json_to_string (node, FALSE);

      g_string_append (text, plain);
    }
}

/* Any value as one line of JSON. */
char *
reshoot_cli_dup_json (JsonNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_node (text, node);
  return g_strdup (text->str);
}

/* Prints one object as one line. */
void
reshoot_cli_print_json (JsonNode *node)
{
  g_autofree char *text = reshoot_cli_dup_json (node);

  fputs (text, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

/* JSON has no NAN: what is not known is null. */
void
reshoot_cli_set_number (JsonObject *object,
                        const char *name,
                        double      number)
{
  if (isfinite (number))
    json_object_set_double_member (object, name, number);
  else
    json_object_set_null_member (object, name);
}

void
reshoot_cli_set_text (JsonObject *object,
                      const char *name,
                      const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

/* Makes a node of @object, (transfer full) both ways. */
JsonNode *
reshoot_cli_take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}
