/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan to JSON, by the table of how operations are spelt. What was not given is not written. */

#include "reshoot-plan-json-private.h"

#include <math.h>

static void
set_number (JsonObject *object,
            const char *key,
            double      value)
{
  if (value == rint (value) && ABS (value) < 1e9)
    json_object_set_int_member (object, key, (gint64) value);
  else
    json_object_set_double_member (object, key, value);
}

static void
write_aspect (JsonObject             *object,
              const ReshootOperation *operation)
{
  char width[G_ASCII_DTOSTR_BUF_SIZE];
  char height[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;

  if (operation->aspect_width <= 0)
    return;

  g_ascii_formatd (width, sizeof width, "%.9g", operation->aspect_width);
  g_ascii_formatd (height, sizeof height, "%.9g", operation->aspect_height);
  text = g_strconcat (width, ":", height, NULL);
  json_object_set_string_member (object, "aspect", text);
}

static void
write_number (JsonObject         *object,
              const ReshootField *field,
              double              value)
{
  if (field->type == FIELD_AUTO && isnan (value))
    json_object_set_string_member (object, field->key, "auto");
  else if (field->type == FIELD_SHARE && value == 0)
    json_object_set_string_member (object, field->key, "tight");
  else if (!isnan (value) && !(field->type == FIELD_RATIO && value == 0))
    set_number (object, field->key, value);
}

static void
write_field (JsonObject             *object,
             const ReshootField     *field,
             const ReshootOperation *operation)
{
  const char *text = NULL;

  switch (field->type)
    {
    case FIELD_WORD:
    case FIELD_FREE:
    case FIELD_TARGET:
      text = G_STRUCT_MEMBER (char *, operation, field->offset);
      break;
    case FIELD_COLOR:
      text = G_STRUCT_MEMBER_P (operation, field->offset);
      text = *text != '\0' ? text : NULL;
      break;
    case FIELD_NUMBER:
    case FIELD_RATIO:
    case FIELD_AUTO:
    case FIELD_SHARE:
      write_number (object, field, G_STRUCT_MEMBER (double, operation, field->offset));
      break;
    case FIELD_PIXELS:
      if (G_STRUCT_MEMBER (int, operation, field->offset) > 0)
        json_object_set_int_member (object, field->key, G_STRUCT_MEMBER (int, operation,
                                                                         field->offset));
      break;
    case FIELD_ASPECT:
      write_aspect (object, operation);
      break;
    case FIELD_LEVEL:
      if (operation->level != RESHOOT_LEVEL_NONE)
        text = reshoot_spelling_get_levels ()[operation->level];
      break;
    case FIELD_DIRECTION:
      text = operation->direction > 0 ? "+" : operation->direction < 0 ? "-" : NULL;
      break;
    case FIELD_SCOPE:
      text = reshoot_spelling_get_scopes ()[operation->scope];
      break;
    case FIELD_NONE:
    default:
      break;
    }

  if (text != NULL)
    json_object_set_string_member (object, field->key, text);
}

static JsonObject *
write_operation (const ReshootOperation *operation)
{
  const ReshootSpelling *spelling = reshoot_spelling_get (operation->kind);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "op", spelling->name);
  for (guint i = 0; i < RESHOOT_MAX_FIELDS && spelling->fields[i].type != FIELD_NONE; i++)
    {
      /* The scope of a white balance is only worth a word where it is not everything. */
      if (operation->kind == RESHOOT_OPERATION_WHITE_BALANCE &&
          spelling->fields[i].type == FIELD_SCOPE && operation->scope == RESHOOT_SCOPE_ALL)
        continue;
      write_field (object, &spelling->fields[i], operation);
    }

  return object;
}

static gboolean
has_reason_before (GPtrArray *refusals,
                   guint      end)
{
  const ReshootRefusal *last = g_ptr_array_index (refusals, end);

  for (guint i = 0; i < end; i++)
    {
      const ReshootRefusal *refusal = g_ptr_array_index (refusals, i);

      if (g_str_equal (refusal->reason, last->reason))
        return TRUE;
    }

  return FALSE;
}

JsonNode *
reshoot_reading_to_json (const ReshootReading *reading)
{
  JsonObject *root = json_object_new ();
  JsonArray *ops = json_array_new ();
  JsonArray *refuse = json_array_new ();
  JsonArray *protect = json_array_new ();
  JsonArray *refused = json_array_new ();
  JsonNode *node = NULL;

  for (guint i = 0; i < reading->operations->len; i++)
    json_array_add_object_element (ops, write_operation (g_ptr_array_index (reading->operations,
                                                                            i)));

  for (guint i = 0; i < reading->refusals->len; i++)
    {
      const ReshootRefusal *refusal = g_ptr_array_index (reading->refusals, i);
      JsonObject *object = json_object_new ();

      if (!has_reason_before (reading->refusals, i))
        json_array_add_string_element (refuse, refusal->reason);
      json_object_set_string_member (object, "reason", refusal->reason);
      json_object_set_string_member (object, "clause", refusal->clause);
      json_array_add_object_element (refused, object);
    }

  for (guint i = 0; i < reading->protects->len; i++)
    json_array_add_string_element (protect, g_ptr_array_index (reading->protects, i));

  json_object_set_array_member (root, "ops", ops);
  json_object_set_array_member (root, "refuse", refuse);
  json_object_set_array_member (root, "protect", protect);
  json_object_set_array_member (root, "refused", refused);

  node = json_node_alloc ();
  json_node_init_object (node, root);
  json_object_unref (root);
  return node;
}
