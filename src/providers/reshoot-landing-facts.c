/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of a landing, as a version keeps it and as the command line prints it: one spelling for both. It hides
 * that what is read may be a stranger's. */

#include "reshoot-landing-facts.h"

#include "reshoot-json-read.h"

#include <math.h>

/**
 * reshoot_landing_facts_write:
 * @facts: an object, which gets members
 * @landing: what came of a landing
 *
 * Writes how the reply lay and what became of the picture.
 */
void
reshoot_landing_facts_write (JsonObject     *facts,
                             ReshootLanding *landing)
{
  const ReshootAlignment *alignment = reshoot_landing_get_alignment (landing);
  double changed = reshoot_landing_get_changed (landing);
  double identical = reshoot_landing_get_identical (landing);

  json_object_set_double_member (facts, "shift_x", alignment->shift_x);
  json_object_set_double_member (facts, "shift_y", alignment->shift_y);
  json_object_set_double_member (facts, "scale_x", alignment->scale_x);
  json_object_set_double_member (facts, "scale_y", alignment->scale_y);
  json_object_set_double_member (facts, "rotation", alignment->rotation);
  json_object_set_double_member (facts, "changed", alignment->new_scene ? 1 : changed);
  json_object_set_double_member (facts, "identical", alignment->new_scene ? 0 : identical);
  json_object_set_boolean_member (facts, "new_scene", alignment->new_scene);
  json_object_set_boolean_member (facts, "whole", reshoot_landing_get_is_whole (landing));
  json_object_set_boolean_member (facts, "confident", reshoot_alignment_get_confident (alignment));
  json_object_set_double_member (facts, "confidence", alignment->confidence);
}

static gboolean
read_alignment (JsonObject       *object,
                ReshootAlignment *alignment)
{
  alignment->shift_x = reshoot_json_get_number (object, "shift_x");
  alignment->shift_y = reshoot_json_get_number (object, "shift_y");
  alignment->scale_x = reshoot_json_get_number (object, "scale_x");
  alignment->scale_y = reshoot_json_get_number (object, "scale_y");
  alignment->rotation = reshoot_json_get_number (object, "rotation");
  alignment->confidence = reshoot_json_get_number (object, "confidence");
  alignment->new_scene = reshoot_json_get_boolean (object, "new_scene");

  return isfinite (alignment->shift_x) && isfinite (alignment->shift_y) &&
         isfinite (alignment->scale_x) && isfinite (alignment->scale_y) &&
         isfinite (alignment->rotation) && isfinite (alignment->confidence);
}

/**
 * reshoot_landing_facts_read:
 * @node: (nullable): what is known of a version
 * @facts: (out caller-allocates): what it says of its landing, valid as long as @node is
 *
 * Returns: whether the version was made of a reply; one of the studio was not
 */
gboolean
reshoot_landing_facts_read (JsonNode            *node,
                            ReshootLandingFacts *facts)
{
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                     : NULL;

  *facts = (ReshootLandingFacts) { 0 };
  if (object == NULL || !json_object_has_member (object, "landed"))
    return FALSE;

  facts->landed = reshoot_json_get_boolean (object, "landed");
  facts->reason = reshoot_json_get_string (object, "reason");
  facts->in_region = reshoot_json_get_boolean (object, "region");
  facts->is_aligned = read_alignment (object, &facts->alignment);
  facts->changed = reshoot_json_get_number (object, "changed");
  facts->identical = reshoot_json_get_number (object, "identical");
  facts->is_whole = reshoot_json_get_boolean (object, "whole");
  return TRUE;
}
