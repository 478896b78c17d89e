/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"

G_BEGIN_DECLS

/**
 * ReshootBox:
 *
 * A rectangle in pixels of the upright picture.
 */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} ReshootBox;

#define RESHOOT_TYPE_HINTS (reshoot_hints_get_type ())

G_DECLARE_FINAL_TYPE (ReshootHints, reshoot_hints, RESHOOT, HINTS, GObject)

ReshootHints     *reshoot_hints_new           (void) G_GNUC_WARN_UNUSED_RESULT;
ReshootHints     *reshoot_hints_new_from_text (const char        *box,
                                               const char        *keep,
                                               const char        *drop,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void              reshoot_hints_set_box       (ReshootHints      *self,
                                               const ReshootBox  *box);
const ReshootBox *reshoot_hints_get_box       (ReshootHints      *self);
void              reshoot_hints_add_stroke    (ReshootHints      *self,
                                               gboolean           keep,
                                               const int         *points,
                                               guint              n);
gboolean          reshoot_hints_get_has_strokes (ReshootHints    *self);
void              reshoot_hints_set_accepted  (ReshootHints      *self,
                                               gboolean           accepted);
gboolean          reshoot_hints_get_accepted  (ReshootHints      *self);
char             *reshoot_hints_dup_box       (ReshootHints      *self) G_GNUC_WARN_UNUSED_RESULT;
char             *reshoot_hints_dup_strokes   (ReshootHints      *self,
                                               gboolean           keep) G_GNUC_WARN_UNUSED_RESULT;
void              reshoot_hints_mark          (ReshootHints      *self,
                                               gboolean           keep,
                                               const int          size[2],
                                               guint8            *cells,
                                               int                width,
                                               int                height,
                                               guint8             value);

G_END_DECLS
