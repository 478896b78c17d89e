/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-step-private.h"

G_BEGIN_DECLS

/* Inside reshoot-step*.c only: a step is one object, its parts are told apart by what they are about. */

typedef struct _ReshootStepLabels ReshootStepLabels;

struct _ReshootStep
{
  GObject           parent_instance;

  gint64            id;
  char             *uuid;
  char             *title;
  char             *created;       /* (nullable): ISO 8601 in UTC */
  char             *row;           /* (nullable): a UUID its siblings share */
  int               take;          /* from 1 among those of one model in the row, 0 = alone */
  gboolean          is_edit;
  ReshootRequest   *request;       /* (owned) (nullable): NULL for an original, and until one asks for it */
  char             *request_text;  /* (nullable): the JSON to make it of */

  ReshootStep      *parent;        /* (unowned) (nullable) */
  ReshootStep      *original;      /* (unowned) (nullable): NULL for an original, which is its own */
  GListStore       *children;      /* (owned) (nullable): made when first asked for */
  ReshootStep      *first_child;   /* (unowned) (nullable): until then they hang on each other */
  ReshootStep      *last_child;    /* (unowned) (nullable) */
  ReshootStep      *next_sibling;  /* (unowned) (nullable) */
  ReshootStep      *visited;       /* (unowned) (nullable): the child the head last went to */
  ReshootStep      *begun;         /* (unowned) (nullable): the child begun since, still to be visited */

  ReshootStepState  state;
  double            progress;      /* 0–1, NAN unknown */
  int               queue_position; /* how many are before it at the service, -1 unknown */
  double            seconds;
  ReshootPrice      price;
  char             *ticket;        /* (nullable): JSON */
  GError           *error;         /* (nullable) */

  ReshootShown     *shown;         /* (owned) (nullable): what it shows, NULL while it has no picture */
  int               rating;        /* 1–5, 0 = not rated */
  gboolean          is_head;
  gboolean          is_shown;      /* by a history; before that nobody is bound to it */

  ReshootStepLabels *labels;       /* (owned) (nullable) */
  gboolean          is_binned;     /* itself; what is below is in the bin with it */
  gboolean          in_bin;
  gboolean          is_purged;
};

/* What of a step can be bound to. */
typedef enum
{
  PROP_0,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_QUEUE_POSITION,
  PROP_TITLE,
  PROP_DIGEST,
  PROP_IS_HEAD,
  PROP_RATING,
  PROP_BRANCH,
  PROP_TAGS,
  PROP_VERDICT,
  PROP_IN_BIN,
  PROP_IS_PURGED,
  N_PROPS
} ReshootStepProperty;

void reshoot_step_notify      (ReshootStep         *self,
                               ReshootStepProperty  property);
void reshoot_step_labels_free (ReshootStepLabels   *labels);

G_END_DECLS
