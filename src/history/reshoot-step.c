/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootStep: one node of the tree: a picture and how it came to be. It knows its neighbours, its request and what is
 * known of its job; it does not know where it is stored (ReshootProject) or how it is made.
 *
 * Here is the object and what it is from its beginning: number, name, request, title. Its neighbours are in
 * reshoot-step-tree.c, its job in reshoot-step-job.c, what it shows in reshoot-step-picture.c, what people say of it in
 * reshoot-step-labels.c. */

#include "reshoot-step.h"

#include <math.h>
#include <string.h>

#include "reshoot-json.h"
#include "reshoot-step-parts.h"

/* In characters. */
#define MAX_TITLE 80

G_DEFINE_FINAL_TYPE (ReshootStep, reshoot_step, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (ReshootVerdict, reshoot_verdict,
                    G_DEFINE_ENUM_VALUE (RESHOOT_VERDICT_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_VERDICT_ACCEPT, "accept"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_VERDICT_REJECT, "reject"))

static GParamSpec *properties[N_PROPS];

static void
reshoot_step_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  ReshootStep *self = RESHOOT_STEP (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_QUEUE_POSITION:
      g_value_set_int (value, self->queue_position);
      break;
    case PROP_TITLE:
      g_value_set_string (value, reshoot_step_get_title (self));
      break;
    case PROP_DIGEST:
      g_value_set_string (value, reshoot_step_get_digest (self));
      break;
    case PROP_IS_HEAD:
      g_value_set_boolean (value, self->is_head);
      break;
    case PROP_RATING:
      g_value_set_int (value, self->rating);
      break;
    case PROP_BRANCH:
      g_value_set_string (value, reshoot_step_get_branch (self));
      break;
    case PROP_TAGS:
      g_value_set_boxed (value, reshoot_step_get_tags (self));
      break;
    case PROP_VERDICT:
      g_value_set_enum (value, reshoot_step_get_verdict (self));
      break;
    case PROP_IN_BIN:
      g_value_set_boolean (value, self->in_bin);
      break;
    case PROP_IS_PURGED:
      g_value_set_boolean (value, self->is_purged);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_step_dispose (GObject *object)
{
  ReshootStep *self = RESHOOT_STEP (object);

  g_clear_object (&self->children);
  g_clear_object (&self->request);

  G_OBJECT_CLASS (reshoot_step_parent_class)->dispose (object);
}

static void
reshoot_step_finalize (GObject *object)
{
  ReshootStep *self = RESHOOT_STEP (object);

  g_free (self->uuid);
  g_free (self->title);
  g_free (self->request_text);
  g_free (self->created);
  g_free (self->row);
  g_free (self->ticket);
  g_clear_error (&self->error);
  g_clear_pointer (&self->shown, reshoot_shown_free);
  g_clear_pointer (&self->labels, reshoot_step_labels_free);

  G_OBJECT_CLASS (reshoot_step_parent_class)->finalize (object);
}

static void
reshoot_step_class_init (ReshootStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reshoot_step_get_property;
  object_class->dispose = reshoot_step_dispose;
  object_class->finalize = reshoot_step_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL,
                                              RESHOOT_TYPE_STEP_STATE, RESHOOT_STEP_WAITING, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_QUEUE_POSITION] = g_param_spec_int ("queue-position", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DIGEST] = g_param_spec_string ("digest", NULL, NULL, NULL, flags);
  properties[PROP_IS_HEAD] = g_param_spec_boolean ("is-head", NULL, NULL, FALSE, flags);
  properties[PROP_RATING] = g_param_spec_int ("rating", NULL, NULL, 0, 5, 0, flags);
  properties[PROP_BRANCH] = g_param_spec_string ("branch", NULL, NULL, NULL, flags);
  properties[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_VERDICT] = g_param_spec_enum ("verdict", NULL, NULL,
                                                RESHOOT_TYPE_VERDICT, RESHOOT_VERDICT_NONE, flags);
  properties[PROP_IN_BIN] = g_param_spec_boolean ("in-bin", NULL, NULL, FALSE, flags);
  properties[PROP_IS_PURGED] = g_param_spec_boolean ("is-purged", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reshoot_step_init (ReshootStep *self)
{
  self->progress = NAN;
  self->queue_position = -1;
  self->seconds = NAN;
  self->price = RESHOOT_PRICE_INIT;
}

/* The first words of an instruction, cut at a space. */
static char *
make_title (const char *words)
{
  g_autofree char *line = g_strstrip (g_strdup (words));
  g_autofree char *start = NULL;
  char *space;

  g_strdelimit (line, "\n\r\t", ' ');
  if (g_utf8_strlen (line, -1) <= MAX_TITLE)
    return g_steal_pointer (&line);

  start = g_utf8_substring (line, 0, MAX_TITLE);
  space = strrchr (start, ' ');
  if (space != NULL && space > start)
    *space = '\0';

  return g_strconcat (start, "…", NULL);
}

/* The text was looked over when it was loaded, so it is a request. Were it none, that would be no reason to fall. */
static ReshootRequest *
make_request (const char *text)
{
  g_autoptr (JsonNode) node = reshoot_json_from_text (text, NULL, NULL);
  ReshootRequest *request = node != NULL ? reshoot_request_new_from_json (node, NULL) : NULL;

  return request != NULL ? request : reshoot_request_new ("", "", NULL);
}

/* Whoever binds to @property is told; that takes time also where nobody is. */
void
reshoot_step_notify (ReshootStep         *self,
                     ReshootStepProperty  property)
{
  if (self->is_shown)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* NULL: an edit has its instruction's first words, an original no title. */
void
reshoot_step_set_title (ReshootStep *self,
                        const char  *title)
{
  g_autofree char *own = NULL;

  if (title == NULL && self->is_edit)
    title = own = make_title (reshoot_request_get_instruction (reshoot_step_get_request (self)));

  if (g_strcmp0 (reshoot_step_get_title (self), title) == 0)
    return;

  g_free (self->title);
  self->title = g_strdup (title);
  reshoot_step_notify (self, PROP_TITLE);
}

void
reshoot_step_set_created (ReshootStep *self,
                          const char  *created)
{
  g_free (self->created);
  self->created = g_strdup (created);
}

void
reshoot_step_set_row (ReshootStep *self,
                      const char  *row,
                      int          take)
{
  g_free (self->row);
  self->row = g_strdup (row);
  self->take = take;
}

static ReshootStep *
new_step (gint64       id,
          const char  *uuid,
          ReshootStep *parent,
          gboolean     is_edit,
          char        *title)
{
  ReshootStep *self = g_object_new (RESHOOT_TYPE_STEP, NULL);

  self->id = id;
  self->uuid = g_strdup (uuid);
  self->parent = parent;
  self->original = parent != NULL ? reshoot_step_get_original (parent) : NULL;
  self->is_edit = is_edit;
  self->title = title;
  self->state = is_edit ? RESHOOT_STEP_WAITING : RESHOOT_STEP_DONE;
  return self;
}

/*
 * reshoot_step_new:
 * @id: its number; the first original is 1
 * @uuid: its name over all projects
 * @parent: (nullable): NULL for an original
 * @request: (nullable): NULL for an original
 * @title: (nullable): for an edit %NULL is its instruction's first words
 *
 * Returns: (transfer full): a new step. It is not yet among its parent's children.
 */
ReshootStep *
reshoot_step_new (gint64          id,
                  const char     *uuid,
                  ReshootStep    *parent,
                  ReshootRequest *request,
                  const char     *title)
{
  ReshootStep *self = new_step (id, uuid, parent, request != NULL, g_strdup (title));

  if (request != NULL)
    self->request = g_object_ref (request);

  return self;
}

/*
 * reshoot_step_new_stored:
 * @id: see reshoot_step_new()
 * @uuid: see reshoot_step_new()
 * @parent: (nullable): see reshoot_step_new()
 * @request_text: (nullable): JSON that reshoot_request_is_plain(); the request is made of it when one asks for it
 * @title: (transfer full) (nullable): see reshoot_step_new()
 * @created: (transfer full) (nullable): when it came to be
 *
 * Returns: (transfer full): a step from the file
 */
ReshootStep *
reshoot_step_new_stored (gint64       id,
                         const char  *uuid,
                         ReshootStep *parent,
                         const char  *request_text,
                         char        *title,
                         char        *created)
{
  ReshootStep *self = new_step (id, uuid, parent, request_text != NULL, title);

  self->request_text = g_strdup (request_text);
  self->created = created;
  return self;
}

gboolean
reshoot_step_get_is_edit (ReshootStep *self)
{
  return self->is_edit;
}

/**
 * reshoot_step_get_id:
 * @self: a step
 *
 * Returns: its number in the project; the first original is 1
 */
gint64
reshoot_step_get_id (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), 0);

  return self->id;
}

/**
 * reshoot_step_get_uuid:
 * @self: a step
 *
 * Returns: its name over all projects
 */
const char *
reshoot_step_get_uuid (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->uuid;
}

/**
 * reshoot_step_get_request:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): what was asked; %NULL for an original
 */
ReshootRequest *
reshoot_step_get_request (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  if (self->request == NULL && self->request_text != NULL)
    self->request = make_request (self->request_text);

  return self->request;
}

/**
 * reshoot_step_get_title:
 * @self: a step
 *
 * Returns: (nullable): what somebody called it, else an original's file's name or the first words of the instruction
 */
const char *
reshoot_step_get_title (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  if (self->title == NULL && self->is_edit)
    self->title = make_title (reshoot_request_get_instruction (reshoot_step_get_request (self)));

  return self->title;
}

/**
 * reshoot_step_get_created:
 * @self: a step
 *
 * Returns: (nullable): when it came to be, ISO 8601 in UTC
 */
const char *
reshoot_step_get_created (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->created;
}

/**
 * reshoot_step_get_row:
 * @self: a step
 *
 * Returns: (nullable): a UUID that the steps of one request to several models or takes share; %NULL: it is alone
 */
const char *
reshoot_step_get_row (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->row;
}

/**
 * reshoot_step_get_take:
 * @self: a step
 *
 * Returns: which of its model's results in the row it is, from 1; 0 when it is alone
 */
int
reshoot_step_get_take (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), 0);

  return self->take;
}
