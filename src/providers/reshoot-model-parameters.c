/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be set beside the words, as the catalogue describes it: names, types, ranges. Services drop a name they do
 * not know without a word, so a wrong one is refused here, before anything is stored or sent. */

#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-model-private.h"

#include <math.h>

static void
set_parameter_error (GError     **error,
                     const char  *reason,
                     const char  *name)
{
  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, reason, name, "parameter %s: %s", name, reason);
}

static JsonObject *
get_parameter (ReshootModel  *self,
               const char    *name,
               GError       **error)
{
  JsonObject *parameters = reshoot_json_get_object (reshoot_model_get_json (self), "parameters");
  JsonObject *parameter = reshoot_json_get_object (parameters, name);

  if (parameter == NULL)
    set_parameter_error (error, "unknown-parameter", name);

  return parameter;
}

static gboolean
is_among_values (JsonObject *parameter,
                 const char *text)
{
  JsonArray *values = reshoot_json_get_array (parameter, "values");

  if (values == NULL)
    return TRUE;

  for (guint i = 0; i < json_array_get_length (values); i++)
    if (g_strcmp0 (json_array_get_string_element (values, i), text) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
matches_pattern (JsonObject *parameter,
                 const char *text)
{
  const char *pattern = reshoot_json_get_string (parameter, "pattern");

  return pattern == NULL || g_regex_match_simple (pattern, text, 0, 0);
}

static gboolean
is_in_range (JsonObject *parameter,
             double      number)
{
  double minimum = reshoot_json_get_number (parameter, "minimum");
  double maximum = reshoot_json_get_number (parameter, "maximum");

  return isfinite (number) && !(number < minimum) && !(number > maximum);
}

/* For the model's files: whether @value is of the type and within the range that @parameter describes. */
gboolean
reshoot_model_check_value (JsonObject *parameter,
                           JsonNode   *value)
{
  const char *type = reshoot_json_get_string (parameter, "type");
  GType given = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;

  if (g_str_equal (type, "integer"))
    return given == G_TYPE_INT64 && is_in_range (parameter, (double) json_node_get_int (value));
  if (g_str_equal (type, "number"))
    return (given == G_TYPE_INT64 || given == G_TYPE_DOUBLE) &&
           is_in_range (parameter, json_node_get_double (value));
  if (g_str_equal (type, "boolean"))
    return given == G_TYPE_BOOLEAN;

  return given == G_TYPE_STRING && is_among_values (parameter, json_node_get_string (value)) &&
         matches_pattern (parameter, json_node_get_string (value));
}

static JsonNode *
parse_value (const char *type,
             const char *text)
{
  JsonNode *node = json_node_alloc ();
  g_autofree char *lower = g_ascii_strdown (text, -1);
  char *end = NULL;
  gint64 integer = g_ascii_strtoll (text, &end, 10);
  gboolean whole = *text != '\0' && *end == '\0';
  double number = g_ascii_strtod (text, &end);
  gboolean is_number = *text != '\0' && *end == '\0';

  if (g_str_equal (type, "string"))
    return json_node_init_string (node, text);
  if (g_str_equal (type, "integer") && whole)
    return json_node_init_int (node, integer);
  if (g_str_equal (type, "number") && is_number)
    return json_node_init_double (node, number);
  if (g_str_equal (type, "boolean") && (g_str_equal (lower, "true") || g_str_equal (lower, "false")))
    return json_node_init_boolean (node, g_str_equal (lower, "true"));

  return json_node_init_null (node);
}

/**
 * reshoot_model_parse_parameter:
 * @self: a model
 * @name: a parameter of it
 * @text: its value as text: "7", "true", "png"
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, subject @name, and the reason "unknown-parameter" or "parameter-value".
 *
 * Returns: (transfer full): the value in the parameter's own type, or %NULL
 */
JsonNode *
reshoot_model_parse_parameter (ReshootModel  *self,
                               const char    *name,
                               const char    *text,
                               GError       **error)
{
  g_autoptr (JsonNode) value = NULL;
  JsonObject *parameter;

  g_return_val_if_fail (RESHOOT_IS_MODEL (self), NULL);
  g_return_val_if_fail (name != NULL && text != NULL, NULL);

  parameter = get_parameter (self, name, error);
  if (parameter == NULL)
    return NULL;

  value = parse_value (reshoot_json_get_string (parameter, "type"), text);
  if (!reshoot_model_check_value (parameter, value))
    {
      set_parameter_error (error, "parameter-value", name);
      return NULL;
    }

  return g_steal_pointer (&value);
}

/**
 * reshoot_model_resolve_parameters:
 * @self: a model
 * @parameters: (nullable): what a request asks for
 *
 * What is not asked for has the catalogue's default, which may be another tomorrow: what a request was is only known
 * when it is written down.
 *
 * Returns: (transfer full): @parameters with the defaults of all others that have one
 */
JsonObject *
reshoot_model_resolve_parameters (ReshootModel *self,
                                  JsonObject   *parameters)
{
  JsonObject *described;
  JsonObject *resolved = json_object_new ();
  g_autoptr (GList) names = NULL;
  g_autoptr (GList) given = NULL;

  g_return_val_if_fail (RESHOOT_IS_MODEL (self), resolved);

  described = reshoot_json_get_object (reshoot_model_get_json (self), "parameters");
  names = described != NULL ? json_object_get_members (described) : NULL;
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *parameter = reshoot_json_get_object (described, l->data);

      if (json_object_has_member (parameter, "default"))
        json_object_set_member (resolved, l->data, json_object_dup_member (parameter, "default"));
    }

  given = parameters != NULL ? json_object_get_members (parameters) : NULL;
  for (GList *l = given; l != NULL; l = l->next)
    json_object_set_member (resolved, l->data, json_object_dup_member (parameters, l->data));

  return resolved;
}

/**
 * reshoot_model_check_parameters:
 * @self: a model
 * @parameters: (nullable): what a request asks for
 * @error: return location for an error
 *
 * Services drop names they do not know without a word, so a wrong one is refused here. Errors are those of
 * [method@Model.parse_parameter].
 *
 * Returns: whether every parameter is known and its value allowed
 */
gboolean
reshoot_model_check_parameters (ReshootModel  *self,
                                JsonObject    *parameters,
                                GError       **error)
{
  g_autoptr (GList) names = NULL;

  g_return_val_if_fail (RESHOOT_IS_MODEL (self), FALSE);

  names = parameters != NULL ? json_object_get_members (parameters) : NULL;
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *parameter = get_parameter (self, l->data, error);

      if (parameter == NULL)
        return FALSE;

      if (!reshoot_model_check_value (parameter, json_object_get_member (parameters, l->data)))
        {
          set_parameter_error (error, "parameter-value", l->data);
          return FALSE;
        }
    }

  return TRUE;
}
