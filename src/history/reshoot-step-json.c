/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A step as a JSON object, for other people's programs and for the page of a parcel. The keys are a promise. */

#include "config.h"

#include "reshoot-step-json.h"

#include "reshoot-step-drift.h"

#include <math.h>

static void
set_number (JsonObject *object,
            const char *name,
            double      number)
{
  if (isfinite (number))
    json_object_set_double_member (object, name, number);
  else
    json_object_set_null_member (object, name);
}

static void
set_text (JsonObject *object,
          const char *name,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static JsonObject *
price_to_json (const ReshootPrice *price)
{
  JsonObject *object = json_object_new ();

  set_number (object, "estimate", reshoot_money_to_dollars (price->estimate));
  set_number (object, "quoted", reshoot_money_to_dollars (price->quoted));
  set_number (object, "settled", reshoot_money_to_dollars (price->settled));

  /* true, false, or null where nobody knows. */
  if (price->charged == RESHOOT_CHARGED_UNKNOWN)
    json_object_set_null_member (object, "charged");
  else
    json_object_set_boolean_member (object, "charged", price->charged == RESHOOT_CHARGED_YES);

  return object;
}

static JsonArray *
verdicts_to_json (ReshootStep *step)
{
  JsonArray *array = json_array_new ();
  const ReshootGivenVerdict *given;
  guint n;

  given = reshoot_step_get_verdicts (step, &n);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "author", given[i].author);
      json_object_set_string_member (object, "verdict",
                                     reshoot_verdict_to_string (given[i].verdict));
      set_text (object, "reason", given[i].reason);
      set_text (object, "given", given[i].given);
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
notes_to_json (ReshootStep *step)
{
  GListModel *notes = reshoot_step_get_notes (step);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ReshootNote) note = g_list_model_get_item (notes, i);
      const ReshootNoteFacts *facts = reshoot_note_get_facts (note);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "author", facts->author);
      json_object_set_string_member (object, "text", facts->text);
      set_number (object, "x", facts->x);
      set_number (object, "y", facts->y);
      set_number (object, "width", facts->width);
      set_number (object, "height", facts->height);
      set_text (object, "made", reshoot_note_get_made (note));
      json_array_add_object_element (array, object);
    }

  return array;
}

/* What people say of it, and where it is kept. */
static void
add_labels (JsonObject  *object,
            ReshootStep *step)
{
  const char *const *tags = reshoot_step_get_tags (step);
  JsonArray *array = json_array_new ();

  for (guint i = 0; tags[i] != NULL; i++)
    json_array_add_string_element (array, tags[i]);

  set_text (object, "created", reshoot_step_get_created (step));
  set_text (object, "row", reshoot_step_get_row (step));
  if (reshoot_step_get_take (step) > 0)
    json_object_set_int_member (object, "take", reshoot_step_get_take (step));
  else
    json_object_set_null_member (object, "take");
  set_text (object, "branch", reshoot_step_get_branch (step));
  json_object_set_array_member (object, "tags", array);
  json_object_set_int_member (object, "rating", reshoot_step_get_rating (step));
  json_object_set_array_member (object, "verdicts", verdicts_to_json (step));
  json_object_set_array_member (object, "notes", notes_to_json (step));
  json_object_set_boolean_member (object, "bin", reshoot_step_get_in_bin (step));
  json_object_set_boolean_member (object, "purged", reshoot_step_get_is_purged (step));
}

/* What became of a service's reply, as its version keeps it. */
static void
add_landing (JsonObject  *object,
             ReshootStep *step)
{
  JsonNode *facts = reshoot_step_get_facts (step);

  if (facts != NULL && JSON_NODE_HOLDS_OBJECT (facts) &&
      json_object_has_member (json_node_get_object (facts), "landed"))
    json_object_set_member (object, "landing", json_node_copy (facts));
  else
    json_object_set_null_member (object, "landing");
}

static const char *
get_kind (ReshootRequest *request)
{
  if (request == NULL)
    return "original";

  return reshoot_request_get_is_reimagining (request) ? RESHOOT_KIND_REIMAGINE : "edit";
}

/**
 * reshoot_step_to_json:
 * @step: a step
 *
 * Returns: (transfer full): what is known of it; what is not known is null
 */
JsonNode *
reshoot_step_to_json (ReshootStep *step)
{
  JsonObject *object = json_object_new ();
  ReshootStep *parent = reshoot_step_get_parent (step);
  ReshootRequest *request = reshoot_step_get_request (step);
  g_autofree char *provider = request != NULL ? reshoot_request_dup_provider (request) : NULL;
  gboolean has_picture = reshoot_step_get_digest (step) != NULL;
  ReshootDrift drift;
  gboolean knows_drift = reshoot_step_drift_read (step, &drift);
  JsonNode *node;

  json_object_set_int_member (object, "id", reshoot_step_get_id (step));
  json_object_set_string_member (object, "uuid", reshoot_step_get_uuid (step));
  if (parent != NULL)
    json_object_set_int_member (object, "parent", reshoot_step_get_id (parent));
  else
    json_object_set_null_member (object, "parent");
  json_object_set_int_member (object, "original",
                              reshoot_step_get_id (reshoot_step_get_original (step)));
  json_object_set_string_member (object, "kind", get_kind (request));
  set_text (object, "model", request != NULL ? reshoot_request_get_model (request) : NULL);
  set_text (object, "provider", provider);
  set_text (object, "instruction", request != NULL ? reshoot_request_get_instruction (request) : NULL);
  json_object_set_string_member (object, "state",
                                 reshoot_step_state_to_string (reshoot_step_get_state (step)));
  set_number (object, "seconds", round (reshoot_step_get_seconds (step) * 1000) / 1000);
  json_object_set_object_member (object, "price", price_to_json (reshoot_step_get_price (step)));
  set_number (object, "drift", knows_drift && !drift.alignment.new_scene ? drift.colour : NAN);
  add_landing (object, step);
  set_text (object, "digest", reshoot_step_get_digest (step));
  set_number (object, "width", has_picture ? reshoot_step_get_width (step) : NAN);
  set_number (object, "height", has_picture ? reshoot_step_get_height (step) : NAN);
  set_text (object, "title", reshoot_step_get_title (step));
  add_labels (object, step);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}
