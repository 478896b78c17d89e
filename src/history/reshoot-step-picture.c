/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a step shows: the picture of its last version, how that maps to its parent, what is known of it, and what a
 * person thinks of it. */

#include "reshoot-step-parts.h"

#include <string.h>

#include "reshoot-json.h"

void
reshoot_step_set_picture (ReshootStep *self,
                          const char  *digest,
                          int          width,
                          int          height)
{
  self->width = width;
  self->height = height;

  if (g_strcmp0 (self->digest, digest) == 0)
    return;

  g_free (self->digest);
  self->digest = g_strdup (digest);
  reshoot_step_notify (self, PROP_DIGEST);
}

void
reshoot_step_set_version (ReshootStep  *self,
                          const double *affine,
                          const char   *facts_text)
{
  self->has_affine = affine != NULL;
  if (affine != NULL)
    memcpy (self->affine, affine, sizeof self->affine);

  g_clear_pointer (&self->facts, json_node_unref);
  g_free (self->facts_text);
  self->facts_text = g_strdup (facts_text);
}

void
reshoot_step_set_rating (ReshootStep *self,
                         int          rating)
{
  if (self->rating == rating)
    return;

  self->rating = rating;
  reshoot_step_notify (self, PROP_RATING);
}

/**
 * reshoot_step_get_digest:
 * @self: a step
 *
 * Returns: (nullable): SHA-256 in hexadecimal of the picture it shows; %NULL while it has none
 */
const char *
reshoot_step_get_digest (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->digest;
}

/**
 * reshoot_step_get_width:
 * @self: a step
 *
 * Returns: the shown picture's width in pixels, 0 while it has none
 */
int
reshoot_step_get_width (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), 0);

  return self->width;
}

/**
 * reshoot_step_get_height:
 * @self: a step
 *
 * Returns: the shown picture's height in pixels, 0 while it has none
 */
int
reshoot_step_get_height (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), 0);

  return self->height;
}

/**
 * reshoot_step_get_affine:
 * @self: a step
 *
 * Returns: (nullable) (array fixed-size=6): how the shown version maps to its parent, as it was given with the version;
 *   %NULL for an original and for a step with no version
 */
const double *
reshoot_step_get_affine (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->has_affine ? self->affine : NULL;
}

/**
 * reshoot_step_get_facts:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): what is known of the shown version, as it was given with the version
 */
JsonNode *
reshoot_step_get_facts (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  if (self->facts_text != NULL)
    {
      self->facts = reshoot_json_from_text (self->facts_text, NULL, NULL);
      g_clear_pointer (&self->facts_text, g_free);
    }

  return self->facts;
}

/**
 * reshoot_step_get_rating:
 * @self: a step
 *
 * Returns: 1–5, 0 when not rated
 */
int
reshoot_step_get_rating (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), 0);

  return self->rating;
}
