/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-plan.h"

G_BEGIN_DECLS

/* What reading an instruction, or a plan's JSON, fills in. Only plan, plan-json and the parser see it; when it
 * becomes a ReshootPlan nothing changes it any more. */
typedef struct
{
  GPtrArray *operations;   /* (owned): of ReshootOperation */
  GPtrArray *refusals;     /* (owned): of ReshootRefusal */
  GPtrArray *protects;     /* (owned): of char * */
} ReshootReading;

ReshootOperation *reshoot_operation_new      (ReshootOperationKind    kind) G_GNUC_WARN_UNUSED_RESULT;
ReshootOperation *reshoot_operation_copy     (const ReshootOperation *operation) G_GNUC_WARN_UNUSED_RESULT;
void              reshoot_operation_free     (ReshootOperation       *operation);
gboolean          reshoot_operation_is_tone  (ReshootOperationKind    kind);
gboolean          reshoot_operation_is_equal (const ReshootOperation *a,
                                              const ReshootOperation *b);

ReshootReading   *reshoot_reading_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void              reshoot_reading_free       (ReshootReading         *reading);
void              reshoot_reading_refuse     (ReshootReading         *reading,
                                              const char             *reason,
                                              const char             *clause);
void              reshoot_reading_protect    (ReshootReading         *reading,
                                              const char             *what);

gboolean          reshoot_reading_from_json  (ReshootReading         *reading,
                                              JsonNode               *json,
                                              GError                **error);
JsonNode         *reshoot_reading_to_json    (const ReshootReading   *reading) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootOperation, reshoot_operation_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootReading, reshoot_reading_free)

G_END_DECLS
