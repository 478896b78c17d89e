/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <math.h>

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ReshootNoteFacts:
 *
 * What a note says. Places are shares of the picture that the step shows, 0–1 from its left top corner.
 */
typedef struct
{
  const char *author;    /* "" = whose project it is */
  const char *text;
  double      x;         /* NAN = of the whole picture */
  double      y;
  double      width;     /* NAN = a point */
  double      height;
} ReshootNoteFacts;

#define RESHOOT_NOTE_FACTS_INIT(text_) \
  ((ReshootNoteFacts) { .author = "", .text = (text_), .x = NAN, .y = NAN, .width = NAN, .height = NAN })

#define RESHOOT_TYPE_NOTE (reshoot_note_get_type ())

G_DECLARE_FINAL_TYPE (ReshootNote, reshoot_note, RESHOOT, NOTE, GObject)

/* Words on a step, or on a point or an area of its picture. Property, read-only for views: "text"; it is notified also
 * when the note was only moved. */

const char             *reshoot_note_get_uuid    (ReshootNote *self);
const ReshootNoteFacts *reshoot_note_get_facts   (ReshootNote *self);
const char             *reshoot_note_get_made    (ReshootNote *self);
const char             *reshoot_note_get_changed (ReshootNote *self);

G_END_DECLS
