/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a step shows: the picture of its last version, how that maps to its parent, what is known of it, and what a
 * person thinks of it. */

#include "reshoot-step-parts.h"

#include <math.h>
#include <string.h>

#include "reshoot-json.h"

struct _ReshootShown
{
  double    affine[6];      /* the first is NAN where there is none */
  JsonNode *facts;          /* (owned) (nullable): until one asks for them */
  int       width;
  int       height;
  char      digest[65];
  char      facts_text[];   /* the JSON to make them of; empty: there are none */
};

/*
 * reshoot_shown_new:
 * @digest: of the picture
 * @width: of it
 * @height: of it
 * @affine: (nullable) (array fixed-size=6): how it maps to the parent's; the first is NAN, or %NULL: that is not known
 * @facts_text: (nullable): what is known of it, as JSON
 *
 * A project has one for each of its steps, so it is one piece of memory.
 *
 * Returns: (transfer full): what a step shows
 */
ReshootShown *
reshoot_shown_new (const char   *digest,
                   int           width,
                   int           height,
                   const double *affine,
                   const char   *facts_text)
{
  gsize length = facts_text != NULL ? strlen (facts_text) : 0;
  ReshootShown *self = g_malloc (G_STRUCT_OFFSET (ReshootShown, facts_text) + length + 1);

  self->affine[0] = NAN;
  if (affine != NULL)
    memcpy (self->affine, affine, sizeof self->affine);

  self->facts = NULL;
  self->width = width;
  self->height = height;
  g_strlcpy (self->digest, digest, sizeof self->digest);
  memcpy (self->facts_text, facts_text != NULL ? facts_text : "", length + 1);
  return self;
}

void
reshoot_shown_free (ReshootShown *self)
{
  g_clear_pointer (&self->facts, json_node_unref);
  g_free (self);
}

/*
 * reshoot_step_take_shown:
 * @self: a step
 * @shown: (transfer full): what it shows from now on
 */
void
reshoot_step_take_shown (ReshootStep  *self,
                         ReshootShown *shown)
{
  gboolean is_other = self->shown == NULL || !g_str_equal (self->shown->digest, shown->digest);

  g_clear_pointer (&self->shown, reshoot_shown_free);
  self->shown = shown;
  if (is_other)
    reshoot_step_notify (self, PROP_DIGEST);
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

  return self->shown != NULL ? self->shown->digest : NULL;
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

  return self->shown != NULL ? self->shown->width : 0;
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

  return self->shown != NULL ? self->shown->height : 0;
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

  return self->shown != NULL && !isnan (self->shown->affine[0]) ? self->shown->affine : NULL;
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

  if (self->shown == NULL)
    return NULL;

  if (self->shown->facts == NULL && *self->shown->facts_text != '\0')
    self->shown->facts = reshoot_json_from_text (self->shown->facts_text, NULL, NULL);

  return self->shown->facts;
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
