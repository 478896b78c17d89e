/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan from JSON, which may come from a stranger's file: every key must be known, every value right by itself and
 * with the others, and the first that is not is named. */

#include "reshoot-plan-json-private.h"

#include "reshoot-error.h"

#include <math.h>
#include <string.h>

#define MAX_OPERATIONS 256
#define MAX_REFUSALS 256

/* The closed list of reasons; a plan from elsewhere may not invent one, since people read a sentence for each. */
static const char * const reasons[] = {
  "generate-scene", "add-object", "remove-object", "new-view", "relight", "material", "edit-text-in-picture",
  "style-transfer", "add-person", "change-shape", "generate-image", "unclear", "help", NULL
};

static const char * const protectables[] = { "product", "background", NULL };

static gboolean
refuse_json (GError     **error,
             const char  *subject)
{
  g_autofree char *valid = g_utf8_make_valid (subject, -1);

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "plan", valid,
                     "The plan's JSON is not right at \"%s\"", valid);
  return FALSE;
}

static int
find_kind (JsonNode *op)
{
  const char *name = reshoot_json_get_word (op);

  return name != NULL ? reshoot_spelling_find (name) : -1;
}

static const ReshootField *
find_field (const ReshootSpelling *spelling,
            const char            *key)
{
  for (guint i = 0; i < RESHOOT_MAX_FIELDS && spelling->fields[i].type != FIELD_NONE; i++)
    {
      if (g_str_equal (spelling->fields[i].key, key))
        return &spelling->fields[i];
    }

  return NULL;
}

static gboolean
read_operation (ReshootReading  *reading,
                JsonNode        *node,
                GError         **error)
{
  g_autoptr (ReshootOperation) operation = NULL;
  const ReshootSpelling *spelling = NULL;
  const char *key = NULL;
  JsonNode *value = NULL;
  JsonObjectIter iter;
  int kind = -1;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse_json (error, "ops");
  kind = find_kind (json_object_get_member (json_node_get_object (node), "op"));
  if (kind < 0)
    return refuse_json (error, "op");

  spelling = reshoot_spelling_get ((ReshootOperationKind) kind);
  operation = reshoot_operation_new ((ReshootOperationKind) kind);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &value))
    {
      const ReshootField *field = find_field (spelling, key);

      if (g_str_equal (key, "op"))
        continue;
      if (field == NULL || !reshoot_field_read (value, field, operation))
        return refuse_json (error, key);
    }

  if (!reshoot_spelling_is_complete (operation))
    return refuse_json (error, spelling->name);

  g_ptr_array_add (reading->operations, g_steal_pointer (&operation));
  return TRUE;
}

/* A member that must be an array if it is there at all. */
static gboolean
get_array (JsonObject  *root,
           const char  *key,
           guint        max_length,
           JsonArray  **array,
           GError     **error)
{
  JsonNode *node = json_object_get_member (root, key);

  *array = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node) ||
      json_array_get_length (json_node_get_array (node)) > max_length)
    return refuse_json (error, key);

  *array = json_node_get_array (node);
  return TRUE;
}

static gboolean
read_refused (ReshootReading  *reading,
              JsonArray       *refused,
              GError         **error)
{
  for (guint i = 0; refused != NULL && i < json_array_get_length (refused); i++)
    {
      JsonNode *node = json_array_get_element (refused, i);
      const char *reason = NULL;
      const char *clause = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return refuse_json (error, "refused");
      reason = reshoot_json_get_word (json_object_get_member (json_node_get_object (node), "reason"));
      clause = reshoot_json_get_word (json_object_get_member (json_node_get_object (node), "clause"));
      if (reason == NULL || reshoot_find_word (reasons, reason) < 0)
        return refuse_json (error, "reason");
      if (clause == NULL || strlen (clause) > RESHOOT_MAX_WORDS ||
          !g_utf8_validate (clause, -1, NULL))
        return refuse_json (error, "clause");
      reshoot_reading_refuse (reading, reason, clause);
    }

  return TRUE;
}

static gboolean
has_reason (GPtrArray  *refusals,
            const char *reason)
{
  for (guint i = 0; i < refusals->len; i++)
    {
      const ReshootRefusal *refusal = g_ptr_array_index (refusals, i);

      if (g_str_equal (refusal->reason, reason))
        return TRUE;
    }

  return FALSE;
}

/* `refuse` alone, without clauses, is a refusal all the same. */
static gboolean
read_reasons (ReshootReading  *reading,
              JsonArray       *refuse,
              GError         **error)
{
  for (guint i = 0; refuse != NULL && i < json_array_get_length (refuse); i++)
    {
      const char *reason = reshoot_json_get_word (json_array_get_element (refuse, i));

      if (reason == NULL || reshoot_find_word (reasons, reason) < 0)
        return refuse_json (error, "refuse");
      if (!has_reason (reading->refusals, reason))
        reshoot_reading_refuse (reading, reason, "");
    }

  return TRUE;
}

static gboolean
read_protects (ReshootReading  *reading,
               JsonArray       *protect,
               GError         **error)
{
  for (guint i = 0; protect != NULL && i < json_array_get_length (protect); i++)
    {
      const char *what = reshoot_json_get_word (json_array_get_element (protect, i));

      if (what == NULL || reshoot_find_word (protectables, what) < 0)
        return refuse_json (error, "protect");
      reshoot_reading_protect (reading, what);
    }

  return TRUE;
}

gboolean
reshoot_reading_from_json (ReshootReading  *reading,
                           JsonNode        *json,
                           GError         **error)
{
  JsonObject *root = NULL;
  JsonArray *ops = NULL;
  JsonArray *refuse = NULL;
  JsonArray *refused = NULL;
  JsonArray *protect = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (json))
    return refuse_json (error, "plan");

  root = json_node_get_object (json);
  if (!json_object_has_member (root, "ops"))
    return refuse_json (error, "ops");
  if (!get_array (root, "ops", MAX_OPERATIONS, &ops, error) ||
      !get_array (root, "refuse", MAX_REFUSALS, &refuse, error) ||
      !get_array (root, "refused", MAX_REFUSALS, &refused, error) ||
      !get_array (root, "protect", G_N_ELEMENTS (protectables), &protect, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (ops); i++)
    {
      if (!read_operation (reading, json_array_get_element (ops, i), error))
        return FALSE;
    }

  return read_refused (reading, refused, error) && read_reasons (reading, refuse, error) &&
         read_protects (reading, protect, error);
}
