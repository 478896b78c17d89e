/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A deep copy of JSON: json-glib's own shares what it holds, and what was asked must not change when somebody else's
 * object does. */

#include "reshoot-json.h"

static JsonNode *copy_node (JsonNode *node);

static void
copy_member_cb (JsonObject *object,
                const char *name,
                JsonNode   *node,
                gpointer    user_data)
{
  json_object_set_member (user_data, name, copy_node (node));
}

static void
copy_element_cb (JsonArray *array,
                 guint      index,
                 JsonNode  *node,
                 gpointer   user_data)
{
  json_array_add_element (user_data, copy_node (node));
}

JsonObject *
reshoot_json_copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();

  json_object_foreach_member (object, copy_member_cb, copy);
  return copy;
}

static JsonNode *
copy_node (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonNode *copy = json_node_new (JSON_NODE_OBJECT);

      json_node_take_object (copy, reshoot_json_copy_object (json_node_get_object (node)));
      return copy;
    }

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonNode *copy = json_node_new (JSON_NODE_ARRAY);
      JsonArray *array = json_array_new ();

      json_array_foreach_element (json_node_get_array (node), copy_element_cb, array);
      json_node_take_array (copy, array);
      return copy;
    }

  return json_node_copy (node);
}
