/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database.h"
#include "reshoot-step-private.h"

G_BEGIN_DECLS

/* Inside reshoot-project-load*.c only: a history on its way from rows. */

/* More than anyone makes; a file with more is no document. */
#define RESHOOT_LOADING_MAX_STEPS 1000000

typedef struct
{
  ReshootDatabase *database;   /* (unowned) */
  GPtrArray       *steps;      /* (owned): of ReshootStep (owned), in the order of their numbers */
  GPtrArray       *binned;     /* (owned): of ReshootStep (unowned), put in the bin, the last one last */

  gboolean         looks_later; /* over the texts: reshoot_project_look() does */

  GCancellable    *cancellable; /* (unowned) (nullable) */

  gint64           last;       /* the number of the last step so far */
  gboolean         has_errors; /* some job has one */

  ReshootStep     *head;       /* (unowned) (nullable): where the person was */
  ReshootStep     *tagged;     /* (unowned) (nullable): whose tags are being gathered */
  GPtrArray       *tags;       /* (owned) (nullable): its tags so far */
} ReshootLoading;

/* What a step shows. */
typedef struct
{
  gint64        step;
  ReshootShown *shown;   /* (owned) */
} ReshootLoadedVersion;

/* How an edit's job fares. */
typedef struct
{
  gint64            step;
  ReshootStepState  state;
  ReshootPrice      price;
  double            seconds;
  char             *ticket;      /* (owned) (nullable): JSON */
  gboolean          has_error;
  const char       *fault;       /* (nullable): what is wrong with it; then it has nothing of the above */
} ReshootLoadedJob;

GArray      *reshoot_loading_read_jobs     (ReshootDatabase *database,
                                            GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* How large the pictures are. */
typedef struct _ReshootSizes ReshootSizes;

ReshootSizes *reshoot_loading_read_sizes   (ReshootDatabase *database,
                                            GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void         reshoot_sizes_free            (ReshootSizes    *self);
GArray      *reshoot_loading_read_versions (ReshootDatabase *database,
                                            ReshootSizes    *sizes,
                                            gboolean         looks_later,
                                            GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     reshoot_loading_set_bad_step (gint64      id,
                                       const char     *detail,
                                       GError        **error);
gboolean     reshoot_loading_set_too_many (GError    **error);
gboolean     reshoot_loading_is_digest (const char    *text);
gboolean     reshoot_loading_is_json  (const char     *text);
gboolean     reshoot_loading_is_short (const char     *text);
ReshootStep *reshoot_loading_lookup   (ReshootLoading  *loading,
                                       gint64           id);
char        *reshoot_loading_dup_time (ReshootQuery    *query,
                                       int              column) G_GNUC_WARN_UNUSED_RESULT;
gboolean     reshoot_loading_labels   (ReshootLoading  *loading,
                                       GError         **error);

G_END_DECLS
