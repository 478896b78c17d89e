/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootHit: a step that was found, in whatever project, so that a list can show it without opening the project. */

#include "reshoot-hit.h"

struct _ReshootHit
{
  GObject          parent_instance;

  ReshootHitFacts  facts;
  GPtrArray       *texts;   /* (owned): what the facts point at */
};

G_DEFINE_FINAL_TYPE (ReshootHit, reshoot_hit, G_TYPE_OBJECT)

static void
reshoot_hit_finalize (GObject *object)
{
  ReshootHit *self = RESHOOT_HIT (object);

  g_clear_object (&self->facts.file);
  g_clear_pointer (&self->texts, g_ptr_array_unref);

  G_OBJECT_CLASS (reshoot_hit_parent_class)->finalize (object);
}

static void
reshoot_hit_class_init (ReshootHitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_hit_finalize;
}

static void
reshoot_hit_init (ReshootHit *self)
{
  self->texts = g_ptr_array_new_with_free_func (g_free);
}

static const char *
keep (ReshootHit *self,
      const char *text)
{
  char *copy = g_strdup (text);

  if (copy != NULL)
    g_ptr_array_add (self->texts, copy);

  return copy;
}

/**
 * reshoot_hit_new:
 * @facts: what is known; copied
 *
 * Returns: (transfer full): a new one
 */
ReshootHit *
reshoot_hit_new (const ReshootHitFacts *facts)
{
  ReshootHit *self = g_object_new (RESHOOT_TYPE_HIT, NULL);

  self->facts = *facts;
  g_object_ref (self->facts.file);
  self->facts.project_uuid = keep (self, facts->project_uuid);
  self->facts.uuid = keep (self, facts->uuid);
  self->facts.instruction = keep (self, facts->instruction);
  self->facts.title = keep (self, facts->title);
  self->facts.model = keep (self, facts->model);
  self->facts.snippet = keep (self, facts->snippet);
  return self;
}

/**
 * reshoot_hit_get_facts:
 * @self: a step that was found
 *
 * Returns: (transfer none): what is known of it
 */
const ReshootHitFacts *
reshoot_hit_get_facts (ReshootHit *self)
{
  g_return_val_if_fail (RESHOOT_IS_HIT (self), NULL);

  return &self->facts;
}
