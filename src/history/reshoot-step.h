/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-money.h"
#include "reshoot-note.h"
#include "reshoot-request.h"

G_BEGIN_DECLS

/**
 * ReshootStepState:
 *
 * The states of a job, as its step shows them. An original is always DONE.
 */
typedef enum
{
  RESHOOT_STEP_WAITING,
  RESHOOT_STEP_SENDING,
  RESHOOT_STEP_SUBMITTED,
  RESHOOT_STEP_RUNNING,
  RESHOOT_STEP_DOWNLOADING,
  RESHOOT_STEP_RECEIVED,
  RESHOOT_STEP_LANDING,
  RESHOOT_STEP_DONE,
  RESHOOT_STEP_REFUSED,
  RESHOOT_STEP_FAILED,
  RESHOOT_STEP_CANCELLED,
  RESHOOT_STEP_EXPIRED,
  RESHOOT_STEP_UNKNOWN,
} ReshootStepState;

typedef enum
{
  RESHOOT_CHARGED_NO,
  RESHOOT_CHARGED_YES,
  RESHOOT_CHARGED_UNKNOWN,
} ReshootCharged;

/**
 * ReshootPrice:
 *
 * What the catalogue said before, what the service said when it took the request, what it charged in the end; each is
 * kept apart. RESHOOT_MONEY_UNKNOWN = not known.
 */
typedef struct
{
  ReshootMoney   estimate;
  ReshootMoney   quoted;
  ReshootMoney   settled;
  ReshootCharged charged;
} ReshootPrice;

#define RESHOOT_PRICE_INIT \
  ((ReshootPrice) { RESHOOT_MONEY_UNKNOWN, RESHOOT_MONEY_UNKNOWN, RESHOOT_MONEY_UNKNOWN, RESHOOT_CHARGED_NO })

typedef enum
{
  RESHOOT_VERDICT_NONE,
  RESHOOT_VERDICT_ACCEPT,
  RESHOOT_VERDICT_REJECT,
} ReshootVerdict;

/**
 * ReshootGivenVerdict:
 *
 * What one person says of a step.
 */
typedef struct
{
  const char     *author;    /* "" = whose project it is */
  ReshootVerdict  verdict;
  const char     *reason;    /* (nullable) */
  const char     *given;     /* when, ISO 8601 in UTC */
} ReshootGivenVerdict;

#define RESHOOT_TYPE_STEP (reshoot_step_get_type ())
#define RESHOOT_TYPE_STEP_STATE (reshoot_step_state_get_type ())
#define RESHOOT_TYPE_VERDICT (reshoot_verdict_get_type ())

GType reshoot_step_state_get_type (void);
GType reshoot_verdict_get_type (void);

G_DECLARE_FINAL_TYPE (ReshootStep, reshoot_step, RESHOOT, STEP, GObject)

/* Properties, all read-only for views: "state", "progress" (0–1, NAN unknown), "queue-position" (how many are before
 * it at the service, -1 unknown), "title", "digest", "is-head", "rating", "branch", "tags" (GStrv), "verdict" (the own
 * one; notified also for those of others), "in-bin", "is-purged". */

gint64              reshoot_step_get_id          (ReshootStep      *self);
const char         *reshoot_step_get_uuid        (ReshootStep      *self);
ReshootStep        *reshoot_step_get_parent      (ReshootStep      *self);
ReshootStep        *reshoot_step_get_original    (ReshootStep      *self);
GListModel         *reshoot_step_get_children    (ReshootStep      *self);
guint               reshoot_step_count_children  (ReshootStep      *self);
ReshootStep        *reshoot_step_get_first_child (ReshootStep      *self);
ReshootRequest     *reshoot_step_get_request     (ReshootStep      *self);
const char         *reshoot_step_get_title       (ReshootStep      *self);
ReshootStepState    reshoot_step_get_state       (ReshootStep      *self);
gboolean            reshoot_step_state_is_final  (ReshootStepState  state);
const char         *reshoot_step_state_to_string (ReshootStepState  state);
double              reshoot_step_get_progress    (ReshootStep      *self);
void                reshoot_step_set_progress    (ReshootStep      *self,
                                                  double            progress);
int                 reshoot_step_get_queue_position (ReshootStep      *self);
void                reshoot_step_set_queue_position (ReshootStep      *self,
                                                     int               queue_position);
double              reshoot_step_get_seconds     (ReshootStep      *self);
const ReshootPrice *reshoot_step_get_price       (ReshootStep      *self);
const char         *reshoot_step_get_ticket      (ReshootStep      *self);
GError             *reshoot_step_dup_error       (ReshootStep      *self) G_GNUC_WARN_UNUSED_RESULT;
const char         *reshoot_step_get_digest      (ReshootStep      *self);
int                 reshoot_step_get_width       (ReshootStep      *self);
int                 reshoot_step_get_height      (ReshootStep      *self);
const double       *reshoot_step_get_affine      (ReshootStep      *self);
JsonNode           *reshoot_step_get_facts       (ReshootStep      *self);
int                 reshoot_step_get_rating      (ReshootStep      *self);
const char         *reshoot_step_get_created     (ReshootStep      *self);
const char         *reshoot_step_get_row         (ReshootStep      *self);
int                 reshoot_step_get_take        (ReshootStep      *self);
gboolean            reshoot_step_get_in_bin      (ReshootStep      *self);
gboolean            reshoot_step_get_is_purged   (ReshootStep      *self);

/* What people say of it. */
const char                *reshoot_step_get_branch   (ReshootStep    *self);
const char * const        *reshoot_step_get_tags     (ReshootStep    *self);
ReshootVerdict             reshoot_step_get_verdict  (ReshootStep    *self);
const ReshootGivenVerdict *reshoot_step_get_verdicts (ReshootStep    *self,
                                                      guint          *n);
GListModel                *reshoot_step_get_notes    (ReshootStep    *self);
guint                      reshoot_step_count_notes  (ReshootStep    *self);
const char                *reshoot_verdict_to_string (ReshootVerdict  verdict);

G_END_DECLS
