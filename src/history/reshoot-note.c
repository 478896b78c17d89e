/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootNote: words that somebody put on a step, or pinned to a point or an area of its picture. It knows what it says
 * and where; it does not know which step it is on, or where it is stored (ReshootProject). */

#include "reshoot-note.h"

#include "reshoot-note-private.h"

struct _ReshootNote
{
  GObject           parent_instance;

  gint64            id;
  char             *uuid;
  ReshootNoteFacts  facts;     /* its texts are owned */
  char             *made;
  char             *changed;
};

G_DEFINE_FINAL_TYPE (ReshootNote, reshoot_note, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
reshoot_note_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  ReshootNote *self = RESHOOT_NOTE (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->facts.text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_note_finalize (GObject *object)
{
  ReshootNote *self = RESHOOT_NOTE (object);

  g_free (self->uuid);
  g_free ((char *) self->facts.author);
  g_free ((char *) self->facts.text);
  g_free (self->made);
  g_free (self->changed);

  G_OBJECT_CLASS (reshoot_note_parent_class)->finalize (object);
}

static void
reshoot_note_class_init (ReshootNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reshoot_note_get_property;
  object_class->finalize = reshoot_note_finalize;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reshoot_note_init (ReshootNote *self)
{
}

static void
set_facts (ReshootNote            *self,
           const ReshootNoteFacts *facts)
{
  ReshootNoteFacts copy = *facts;

  copy.author = g_strdup (facts->author);
  copy.text = g_strdup (facts->text);
  g_free ((char *) self->facts.author);
  g_free ((char *) self->facts.text);
  self->facts = copy;
}

ReshootNote *
reshoot_note_new (gint64                  id,
                  const char             *uuid,
                  const ReshootNoteFacts *facts,
                  const char             *made,
                  const char             *changed)
{
  ReshootNote *self = g_object_new (RESHOOT_TYPE_NOTE, NULL);

  self->id = id;
  self->uuid = g_strdup (uuid);
  self->made = g_strdup (made);
  self->changed = g_strdup (changed);
  set_facts (self, facts);
  return self;
}

gint64
reshoot_note_get_id (ReshootNote *self)
{
  return self->id;
}

void
reshoot_note_change (ReshootNote            *self,
                     const ReshootNoteFacts *facts,
                     const char             *changed)
{
  set_facts (self, facts);
  g_free (self->changed);
  self->changed = g_strdup (changed);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/* Whether a note is of the whole, at a point or on an area, and within the picture. */
gboolean
reshoot_note_check_place (const ReshootNoteFacts *facts)
{
  if (isnan (facts->x) && isnan (facts->y))
    return isnan (facts->width) && isnan (facts->height);

  if (!(facts->x >= 0 && facts->x <= 1 && facts->y >= 0 && facts->y <= 1))
    return FALSE;

  if (isnan (facts->width) && isnan (facts->height))
    return TRUE;

  /* An area that ends at the picture's edge may miss it by what adding rounds. */
  return facts->width > 0 && facts->x + facts->width <= 1 + 1e-9 &&
         facts->height > 0 && facts->y + facts->height <= 1 + 1e-9;
}

/**
 * reshoot_note_get_uuid:
 * @self: a note
 *
 * Returns: its name over all projects
 */
const char *
reshoot_note_get_uuid (ReshootNote *self)
{
  g_return_val_if_fail (RESHOOT_IS_NOTE (self), NULL);

  return self->uuid;
}

/**
 * reshoot_note_get_facts:
 * @self: a note
 *
 * Returns: what it says and where, valid until the note changes
 */
const ReshootNoteFacts *
reshoot_note_get_facts (ReshootNote *self)
{
  g_return_val_if_fail (RESHOOT_IS_NOTE (self), NULL);

  return &self->facts;
}

/**
 * reshoot_note_get_made:
 * @self: a note
 *
 * Returns: when it was made, ISO 8601 in UTC
 */
const char *
reshoot_note_get_made (ReshootNote *self)
{
  g_return_val_if_fail (RESHOOT_IS_NOTE (self), NULL);

  return self->made;
}

/**
 * reshoot_note_get_changed:
 * @self: a note
 *
 * Returns: when it last changed, ISO 8601 in UTC
 */
const char *
reshoot_note_get_changed (ReshootNote *self)
{
  g_return_val_if_fail (RESHOOT_IS_NOTE (self), NULL);

  return self->changed;
}
