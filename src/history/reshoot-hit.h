/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ReshootHitFacts:
 *
 * What is known of a step that was found.
 */
typedef struct
{
  GFile      *file;           /* the project */
  const char *project_uuid;   /* (nullable) */
  gint64      number;
  const char *uuid;
  const char *instruction;    /* (nullable): an original has none */
  const char *title;          /* (nullable) */
  const char *model;          /* (nullable) */
  const char *snippet;        /* where the words are, or what tells the step best */
  int         rating;
  gboolean    in_bin;
} ReshootHitFacts;

#define RESHOOT_TYPE_HIT (reshoot_hit_get_type ())

G_DECLARE_FINAL_TYPE (ReshootHit, reshoot_hit, RESHOOT, HIT, GObject)

/* A step that was found, in whatever project. Immutable. */

ReshootHit            *reshoot_hit_new       (const ReshootHitFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
const ReshootHitFacts *reshoot_hit_get_facts (ReshootHit            *self);

G_END_DECLS
