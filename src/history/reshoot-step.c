/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootStep: one node of the tree: a picture and how it came to be. It knows its neighbours, its request and what is
 * known of its job; it does not know where it is stored (ReshootProject) or how it is made. The history owns the steps,
 * a parent owns its children, and the ways up are unowned and cut when the history goes. */

#include "reshoot-step.h"

#include <math.h>
#include <string.h>

#include "reshoot-step-private.h"

/* In characters. */
#define MAX_TITLE 80

struct _ReshootStep
{
  GObject           parent_instance;

  gint64            id;
  char             *uuid;
  char             *title;
  ReshootRequest   *request;       /* (owned) (nullable): NULL for an original */

  ReshootStep      *parent;        /* (unowned) (nullable) */
  ReshootStep      *original;      /* (unowned) (nullable): NULL for an original, which is its own */
  GListStore       *children;      /* (owned) (nullable): made when first needed; most steps are leaves */
  ReshootStep      *visited;       /* (unowned) (nullable): the child the head last went to */
  ReshootStep      *begun;         /* (unowned) (nullable): the child begun since, still to be visited */

  ReshootStepState  state;
  double            progress;      /* 0–1, NAN unknown */
  double            seconds;
  ReshootPrice      price;
  char             *ticket;        /* (nullable): JSON */
  GError           *error;         /* (nullable) */

  char             *digest;        /* (nullable): of the picture shown */
  int               width;
  int               height;
  double            affine[6];
  gboolean          has_affine;
  JsonNode         *facts;         /* (nullable) */
  int               rating;        /* 1–5, 0 = not rated */
  gboolean          is_head;
};

G_DEFINE_FINAL_TYPE (ReshootStep, reshoot_step, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (ReshootStepState, reshoot_step_state,
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_SUBMITTED, "submitted"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_DOWNLOADING, "downloading"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_RECEIVED, "received"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_LANDING, "landing"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_UNKNOWN, "unknown"))

enum
{
  PROP_0,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_TITLE,
  PROP_DIGEST,
  PROP_IS_HEAD,
  PROP_RATING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
same_number (double a,
             double b)
{
  return a == b || (isnan (a) && isnan (b));
}

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
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DIGEST:
      g_value_set_string (value, self->digest);
      break;
    case PROP_IS_HEAD:
      g_value_set_boolean (value, self->is_head);
      break;
    case PROP_RATING:
      g_value_set_int (value, self->rating);
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
  g_free (self->ticket);
  g_free (self->digest);
  g_clear_error (&self->error);
  g_clear_pointer (&self->facts, json_node_unref);

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
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DIGEST] = g_param_spec_string ("digest", NULL, NULL, NULL, flags);
  properties[PROP_IS_HEAD] = g_param_spec_boolean ("is-head", NULL, NULL, FALSE, flags);
  properties[PROP_RATING] = g_param_spec_int ("rating", NULL, NULL, 0, 5, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reshoot_step_init (ReshootStep *self)
{
  self->progress = NAN;
  self->seconds = NAN;
  self->price = (ReshootPrice) { NAN, NAN, NAN, RESHOOT_CHARGED_NO };
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

/*
 * reshoot_step_new:
 * @id: its number; the first original is 1
 * @uuid: its name over all projects
 * @parent: (nullable): NULL for an original
 * @request: (nullable): NULL for an original
 * @title: (nullable): an original's title; an edit gets its instruction's first words
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
  ReshootStep *self = g_object_new (RESHOOT_TYPE_STEP, NULL);

  self->id = id;
  self->uuid = g_strdup (uuid);
  self->parent = parent;
  if (parent != NULL)
    self->original = reshoot_step_get_original (parent);

  if (request != NULL)
    self->request = g_object_ref (request);

  if (title != NULL || request == NULL)
    self->title = g_strdup (title);
  else
    self->title = make_title (reshoot_request_get_instruction (request));

  self->state = request != NULL ? RESHOOT_STEP_WAITING : RESHOOT_STEP_DONE;
  return self;
}

/* The history goes: nobody above us may be asked any more. */
void
reshoot_step_detach (ReshootStep *self)
{
  self->parent = NULL;
  self->original = NULL;
  self->visited = NULL;
  self->begun = NULL;
}

void
reshoot_step_add_child (ReshootStep *self,
                        ReshootStep *child)
{
  g_list_store_append (G_LIST_STORE (reshoot_step_get_children (self)), child);
}

void
reshoot_step_set_begun (ReshootStep *self,
                        ReshootStep *child)
{
  self->begun = child;
}

void
reshoot_step_set_state (ReshootStep      *self,
                        ReshootStepState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);

  if (reshoot_step_state_is_final (state))
    reshoot_step_set_progress (self, NAN);
}

void
reshoot_step_set_price (ReshootStep        *self,
                        const ReshootPrice *price)
{
  self->price = *price;
}

void
reshoot_step_set_seconds (ReshootStep *self,
                          double       seconds)
{
  self->seconds = seconds;
}

void
reshoot_step_set_ticket (ReshootStep *self,
                         const char  *ticket)
{
  char *copy = g_strdup (ticket);

  g_free (self->ticket);
  self->ticket = copy;
}

void
reshoot_step_set_error (ReshootStep  *self,
                        const GError *error)
{
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
}

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
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIGEST]);
}

void
reshoot_step_set_version (ReshootStep  *self,
                          const double *affine,
                          JsonNode     *facts)
{
  self->has_affine = affine != NULL;
  if (affine != NULL)
    memcpy (self->affine, affine, sizeof self->affine);

  g_clear_pointer (&self->facts, json_node_unref);
  if (facts != NULL)
    self->facts = json_node_ref (facts);
}

void
reshoot_step_set_is_head (ReshootStep *self,
                          gboolean     is_head)
{
  if (self->is_head == is_head)
    return;

  self->is_head = is_head;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_HEAD]);
}

void
reshoot_step_set_rating (ReshootStep *self,
                         int          rating)
{
  if (self->rating == rating)
    return;

  self->rating = rating;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RATING]);
}

ReshootStep *
reshoot_step_get_visited (ReshootStep *self)
{
  return self->visited;
}

/* Returns: whether that is news, to be stored. */
gboolean
reshoot_step_set_visited (ReshootStep *self,
                          ReshootStep *child)
{
  gboolean changed = self->visited != child;

  self->visited = child;
  self->begun = NULL;
  return changed;
}

/* Where redo goes: the child last visited, else the newest that has a picture. */
ReshootStep *
reshoot_step_get_redo (ReshootStep *self)
{
  guint n = self->children != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->children)) : 0;

  if (self->visited != NULL && self->visited->digest != NULL)
    return self->visited;

  for (guint i = n; i > 0; i--)
    {
      g_autoptr (ReshootStep) child = g_list_model_get_item (G_LIST_MODEL (self->children), i - 1);

      if (child->digest != NULL)
        return child;
    }

  return NULL;
}

/* What a straight path shows after this step: the branch just begun, where redo would go, else the newest child. */
ReshootStep *
reshoot_step_get_next (ReshootStep *self)
{
  guint n = self->children != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->children)) : 0;
  ReshootStep *redo;

  if (n == 0)
    return NULL;

  if (self->begun != NULL)
    return self->begun;

  redo = reshoot_step_get_redo (self);
  if (redo == NULL)
    {
      g_autoptr (ReshootStep) newest = g_list_model_get_item (G_LIST_MODEL (self->children), n - 1);

      redo = newest;
    }

  return redo;
}

gboolean
reshoot_step_state_from_string (const char       *word,
                                ReshootStepState *state)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (RESHOOT_TYPE_STEP_STATE);
  GEnumValue *value = g_enum_get_value_by_nick (states, word);

  if (value == NULL)
    return FALSE;

  *state = value->value;
  return TRUE;
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
 * reshoot_step_get_parent:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): the step it was made from; %NULL for an original, and once the project is gone
 */
ReshootStep *
reshoot_step_get_parent (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->parent;
}

/**
 * reshoot_step_get_original:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): the root of its tree, for an original itself; %NULL once the project is gone
 */
ReshootStep *
reshoot_step_get_original (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->request == NULL ? self : self->original;
}

/**
 * reshoot_step_get_children:
 * @self: a step
 *
 * Returns: (transfer none): the steps made from it, oldest first, as a live list of #ReshootStep
 */
GListModel *
reshoot_step_get_children (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  if (self->children == NULL)
    self->children = g_list_store_new (RESHOOT_TYPE_STEP);

  return G_LIST_MODEL (self->children);
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

  return self->request;
}

/**
 * reshoot_step_get_title:
 * @self: a step
 *
 * Returns: an original's title (its file's name), else the first words of the instruction
 */
const char *
reshoot_step_get_title (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->title;
}

/**
 * reshoot_step_get_state:
 * @self: a step
 *
 * Returns: how far its job is; an original is done
 */
ReshootStepState
reshoot_step_get_state (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), RESHOOT_STEP_UNKNOWN);

  return self->state;
}

/**
 * reshoot_step_state_is_final:
 * @state: a state
 *
 * Returns: whether a job in @state has ended; `unknown` has, for nothing more happens unless a person asks again
 */
gboolean
reshoot_step_state_is_final (ReshootStepState state)
{
  return state >= RESHOOT_STEP_DONE;
}

/**
 * reshoot_step_state_to_string:
 * @state: a state
 *
 * Returns: its word, as the project file and `--json` have it: "waiting", "done", …
 */
const char *
reshoot_step_state_to_string (ReshootStepState state)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (RESHOOT_TYPE_STEP_STATE);
  GEnumValue *value = g_enum_get_value (states, (int) state);

  g_return_val_if_fail (value != NULL, NULL);

  return value->value_nick;
}

/**
 * reshoot_step_get_progress:
 * @self: a step
 *
 * Returns: 0–1, NAN when not known
 */
double
reshoot_step_get_progress (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NAN);

  return self->progress;
}

/**
 * reshoot_step_set_progress:
 * @self: a step
 * @progress: 0–1, NAN when not known
 *
 * For the job that works on it. Progress is not stored; a job's end clears it.
 */
void
reshoot_step_set_progress (ReshootStep *self,
                           double       progress)
{
  g_return_if_fail (RESHOOT_IS_STEP (self));

  if (!isnan (progress))
    progress = CLAMP (progress, 0, 1);

  if (same_number (self->progress, progress))
    return;

  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

/**
 * reshoot_step_get_seconds:
 * @self: a step
 *
 * Returns: how long its job took, in seconds; NAN when not known
 */
double
reshoot_step_get_seconds (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NAN);

  return self->seconds;
}

/**
 * reshoot_step_get_price:
 * @self: a step
 *
 * Returns: what it cost, valid until the step changes; all NAN and not charged for an original
 */
const ReshootPrice *
reshoot_step_get_price (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return &self->price;
}

/**
 * reshoot_step_get_ticket:
 * @self: a step
 *
 * Returns: (nullable): JSON, what the provider needs to ask again
 */
const char *
reshoot_step_get_ticket (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->ticket;
}

/**
 * reshoot_step_dup_error:
 * @self: a step
 *
 * Returns: (transfer full) (nullable): why it was refused, failed or expired, or why it is unknown
 */
GError *
reshoot_step_dup_error (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->error != NULL ? g_error_copy (self->error) : NULL;
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
