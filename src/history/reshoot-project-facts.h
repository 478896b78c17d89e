/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database.h"
#include "reshoot-project.h"
#include "reshoot-tiles.h"

G_BEGIN_DECLS

/* Inside history/ only: what is written. Each function below is one transaction on the writer's thread, with a
 * ReshootFact as its data, and it tells the ledger what it does. */

typedef struct _ReshootFact ReshootFact;

typedef struct
{
  guint   n_steps;
  guint64 n_bytes;
} ReshootFreed;

/* In the main context, when it is stored. */
typedef void (*ReshootFactShow) (ReshootStep *step,
                                 ReshootFact *fact);

/**
 * ReshootFact:
 *
 * One thing to store. One flat record for all kinds, filled on the main thread; a kind reads the fields it needs.
 */
struct _ReshootFact
{
  gint64            step;        /* which step it is about; of a new step the number it got (out) */
  char             *uuid;        /* that step's */
  gint64            parent;      /* of a new edit */
  gint64            original;    /* of a new edit */
  char             *title;       /* (nullable): of a new original, or a new one of a step */

  char             *request;     /* canonical JSON */
  char             *provider;
  char             *model;
  ReshootMoney      estimate;
  char             *row;         /* (nullable): of new edits that are asked for at once */
  int               take;        /* from 1 in a row, 0 = alone */
  GPtrArray        *parts;       /* (nullable): of ReshootFact: the edits of a row, or the pictures of a request */

  char             *digest;      /* (nullable): of the picture; NULL: not known yet; what it was stored as (out) */
  char             *rendering;   /* (nullable): of the tiles that @bytes were rendered from, here or elsewhere */
  GBytes           *bytes;       /* the picture as received */
  const char       *format;      /* static */
  ReshootTiles     *tiles;       /* (nullable): the same picture on a base that the project should have */
  int               width;
  int               height;

  ReshootStepState  state;
  char             *ticket;      /* (nullable): NULL keeps what is stored, as NAN, -1 and the like do below */
  ReshootMoney      quoted;
  ReshootMoney      settled;
  int               charged;
  double            seconds;
  gboolean          sets_error;  /* to @error, which may be NULL */
  GError           *error;       /* (nullable) */

  double            affine[6];   /* NANs = none */
  char             *facts;       /* (nullable): canonical JSON of the version's facts */
  ReshootFact      *version;     /* (owned) (nullable): of a reply that comes with one: its picture, map and facts */

  char             *kind;        /* of a ledger entry; the role of a request's picture */
  JsonNode         *body;        /* (nullable): of a ledger entry */
  int               rating;
  GStrv             tags;
  char             *author;      /* of a verdict or note; empty: whose project it is */
  ReshootVerdict    verdict;
  char             *text;        /* (nullable): a branch's name, a verdict's reason, a note */
  ReshootNote      *note;        /* (owned) (nullable): only for who shows it; of a new one NULL */
  gint64            note_id;     /* 0 = a new one, then its number (out) */
  char             *note_uuid;
  double            place[4];    /* x, y, width, height; NANs = none */
  char             *time;        /* out: when it was stored */
  ReshootFactShow   show;        /* (nullable) */

  GHashTable       *turned;      /* of gint64 to gint64: step to the child last visited */
  gboolean          is_known;    /* out: the original was there already */
  gboolean          is_restored; /* out: and in the bin */

  gint64            head;        /* of what is binned or restored: the head there, 0 = it was not (out) */
  gint64            left;        /* where it went, 0 = nowhere (out) */
  GArray           *purged;      /* out: of gint64: the steps the bin was emptied of */
  ReshootFreed      freed;       /* out */
};

ReshootFact *reshoot_fact_new          (gint64                  step,
                                        const char             *uuid) G_GNUC_WARN_UNUSED_RESULT;
ReshootFact *reshoot_fact_new_for_step (ReshootStep            *step) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray   *reshoot_fact_new_pictures (ReshootRequest         *request) G_GNUC_WARN_UNUSED_RESULT;
void         reshoot_fact_free         (ReshootFact            *self);
const char  *reshoot_fact_get_format   (ReshootImage           *image);
void         reshoot_fact_set_picture  (ReshootFact            *self,
                                        ReshootImage           *image);
void         reshoot_fact_set_job      (ReshootFact            *self,
                                        const ReshootJobFacts  *facts);

gboolean     reshoot_fact_write_original  (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_requests  (ReshootDatabase        *database,
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
gboolean     reshoot_fact_write_results   (ReshootDatabase        *database,
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
gboolean     reshoot_fact_write_title     (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_branch    (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_tags      (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_verdict   (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_write_note      (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_remove_note     (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_restore_note    (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_bin             (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_restore         (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_measure_bin     (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_empty_bin       (ReshootDatabase        *database,
                                           gpointer                data,
                                           GCancellable           *cancellable,
                                           GError                **error);
gboolean     reshoot_fact_shrink          (ReshootDatabase        *database,
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
