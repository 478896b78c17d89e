/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database.h"
#include "reshoot-project.h"

G_BEGIN_DECLS

/* Inside history/ only: what is written. Each function below is one transaction on the writer's thread, with a
 * ReshootFact as its data, and it tells the ledger what it does. */

/**
 * ReshootFact:
 *
 * One thing to store. One flat record for all kinds, filled on the main thread; a kind reads the fields it needs.
 */
typedef struct
{
  gint64            step;        /* which step it is about; of a new step the number it got (out) */
  char             *uuid;        /* that step's */
  gint64            parent;      /* of a new edit */
  gint64            original;    /* of a new edit */
  char             *title;       /* (nullable): of a new original */

  char             *request;     /* canonical JSON */
  char             *provider;
  char             *model;
  double            estimate;    /* US dollars, NAN = not known */

  char             *digest;      /* of the picture */
  GBytes           *bytes;       /* the picture as received */
  const char       *format;      /* static */
  int               width;
  int               height;

  ReshootStepState  state;
  char             *ticket;      /* (nullable): NULL keeps what is stored, as NAN and -1 do below */
  double            quoted;
  double            settled;
  int               charged;
  double            seconds;
  gboolean          sets_error;  /* to @error, which may be NULL */
  GError           *error;       /* (nullable) */

  double            affine[6];   /* NANs = none */
  char             *facts;       /* (nullable): canonical JSON of the version's facts */

  char             *kind;        /* of a ledger entry or "rating" */
  JsonNode         *body;        /* (nullable): of a ledger entry */
  int               rating;

  GHashTable       *turned;      /* of gint64 to gint64: step to the child last visited */
  gboolean          is_known;    /* out: the original was there already */
} ReshootFact;

ReshootFact *reshoot_fact_new          (gint64                  step,
                                        const char             *uuid) G_GNUC_WARN_UNUSED_RESULT;
void         reshoot_fact_free         (ReshootFact            *self);
void         reshoot_fact_set_picture  (ReshootFact            *self,
                                        ReshootImage           *image);
void         reshoot_fact_set_job      (ReshootFact            *self,
                                        const ReshootJobFacts  *facts);

gboolean     reshoot_fact_write_original  (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_request   (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_job       (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_reply     (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_version   (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_entry     (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_rating    (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_head      (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_thumbnail (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);

const char  *reshoot_charged_to_string   (ReshootCharged   charged);
const char  *reshoot_error_to_word       (const GError    *error);
GError      *reshoot_error_from_words    (const char      *word,
                                          const char      *reason,
                                          const char      *subject,
                                          const char      *detail) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootFact, reshoot_fact_free)

G_END_DECLS
