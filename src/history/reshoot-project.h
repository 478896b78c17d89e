/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <math.h>

#include "reshoot-history.h"
#include "reshoot-image.h"

G_BEGIN_DECLS

typedef enum
{
  RESHOOT_PROJECT_OPEN = 0,
  RESHOOT_PROJECT_CREATE = 1 << 0,     /* make the file when it is not there */
  RESHOOT_PROJECT_READ_ONLY = 1 << 1,
  RESHOOT_PROJECT_NETWORK = 1 << 2,    /* as on a network mount, which is otherwise found out */
  RESHOOT_PROJECT_AT_ONCE = 1 << 3,    /* "obstructed" may come later; without it the file is checked before */
  RESHOOT_PROJECT_DAMAGED = 1 << 4,    /* it is known to be: what can be saved of it is read */
} ReshootProjectFlags;

/**
 * ReshootJobFacts:
 *
 * What changes when a job moves on. Fields left at their init value keep what is stored: NULL, NAN, -1 or
 * RESHOOT_MONEY_UNKNOWN.
 */
typedef struct
{
  ReshootStepState state;
  const char      *ticket;    /* JSON: what the provider needs to ask again; never a key */
  ReshootMoney     quoted;
  ReshootMoney     settled;
  int              charged;   /* ReshootCharged, or -1 */
  double           seconds;
  const GError    *error;     /* (nullable): why, for refused, failed, expired, unknown */
} ReshootJobFacts;

#define RESHOOT_JOB_FACTS_INIT(state_) \
  ((ReshootJobFacts) { .state = (state_), .quoted = RESHOOT_MONEY_UNKNOWN, .settled = RESHOOT_MONEY_UNKNOWN, \
                       .charged = -1, .seconds = NAN })

#define RESHOOT_TYPE_PROJECT (reshoot_project_get_type ())

G_DECLARE_FINAL_TYPE (ReshootProject, reshoot_project, RESHOOT, PROJECT, GObject)

/* Signals "stored": a fact came to rest in the file; "closed": the file is let go of; "obstructed": after it was
 * opened there turned out to be an obstacle to all writing; where that is `CORRUPT`, to open it again as damaged gives
 * what can be saved. */

void            reshoot_project_open_async           (GFile                  *file,
                                                      ReshootProjectFlags     flags,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
ReshootProject *reshoot_project_open_finish          (GAsyncResult           *result,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
GFile          *reshoot_project_get_file             (ReshootProject         *self);
const char     *reshoot_project_get_uuid             (ReshootProject         *self);
ReshootMark    *reshoot_project_dup_mark             (ReshootProject         *self,
                                                      ReshootStep            *step) G_GNUC_WARN_UNUSED_RESULT;
gboolean        reshoot_project_get_read_only        (ReshootProject         *self);
GError         *reshoot_project_dup_obstacle         (ReshootProject         *self) G_GNUC_WARN_UNUSED_RESULT;
ReshootHistory *reshoot_project_get_history          (ReshootProject         *self);

/* A picture comes in. The same picture again gives the step it already has. */
void            reshoot_project_add_original_async   (ReshootProject         *self,
                                                      ReshootImage           *image,
                                                      const char             *title,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
ReshootStep    *reshoot_project_add_original_finish  (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* Intent: request, pending step and job in one transaction, before anything is sent. */
void            reshoot_project_add_request_async    (ReshootProject         *self,
                                                      ReshootStep            *source,
                                                      ReshootRequest         *request,
                                                      ReshootMoney            estimate,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
ReshootStep    *reshoot_project_add_request_finish   (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* Several of them, to several models or takes, as one fact: a row. */
void            reshoot_project_add_row_async        (ReshootProject         *self,
                                                      ReshootStep            *source,
                                                      ReshootRequest *const  *requests,
                                                      const ReshootMoney     *estimates,
                                                      guint                   n,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
GPtrArray      *reshoot_project_add_row_finish       (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* A job moves on: state, ticket, money, error. */
void            reshoot_project_update_job_async     (ReshootProject         *self,
                                                      ReshootStep            *step,
                                                      const ReshootJobFacts  *facts,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
gboolean        reshoot_project_update_job_finish    (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      GError                **error);

/* A reply is stored as received; with it the job is received. */
void            reshoot_project_add_reply_async      (ReshootProject         *self,
                                                      ReshootStep            *step,
                                                      ReshootImage           *reply,
                                                      const ReshootJobFacts  *facts,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
gboolean        reshoot_project_add_reply_finish     (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      GError                **error);

/**
 * ReshootProjectResult:
 *
 * One picture of several that a request brought.
 */
typedef struct
{
  ReshootImage *reply;      /* as received */
  ReshootImage *picture;    /* (nullable): what of it is shown; NULL: all of it */
  double        affine[6];  /* where a point of the parent is in what is shown */
  JsonNode     *facts;      /* (nullable): of the version */
} ReshootProjectResult;

/* Several at once: replies, what is shown of them, and the steps that the others make, as one fact. */
void            reshoot_project_add_results_async    (ReshootProject              *self,
                                                      ReshootStep                 *step,
                                                      const ReshootProjectResult  *results,
                                                      guint                        n,
                                                      const ReshootJobFacts       *facts,
                                                      GCancellable                *cancellable,
                                                      GAsyncReadyCallback          callback,
                                                      gpointer                     user_data);
GPtrArray      *reshoot_project_add_results_finish   (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* A version: the picture the step shows, where a point of its parent is in it (x' = a x + b y + c, y' = d x + e y + f;
 * pixel (i, j) is the square from (i, j) to (i + 1, j + 1)), and what is known of it. The step is done. */
void            reshoot_project_add_version_async    (ReshootProject         *self,
                                                      ReshootStep            *step,
                                                      ReshootImage           *picture,
                                                      const double            affine[6],
                                                      JsonNode               *version_facts,
                                                      const ReshootJobFacts  *facts,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
gboolean        reshoot_project_add_version_finish   (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      GError                **error);

typedef enum
{
  RESHOOT_PICTURE_SHOWN,       /* the last version, or the original */
  RESHOOT_PICTURE_REPLY,
  RESHOOT_PICTURE_THUMBNAIL,
} ReshootPictureKind;

void            reshoot_project_load_picture_async   (ReshootProject         *self,
                                                      ReshootStep            *step,
                                                      ReshootPictureKind      kind,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
ReshootImage   *reshoot_project_load_picture_finish  (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* One of the pictures that went along with a step's request, by its place among them, from 0. */
void            reshoot_project_load_given_async     (ReshootProject         *self,
                                                      ReshootStep            *step,
                                                      guint                   place,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
ReshootImage   *reshoot_project_load_given_finish    (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* What happens outside the tree and belongs in the ledger: "export" with the picture's digest and the file's name. */
void            reshoot_project_add_entry_async      (ReshootProject         *self,
                                                      const char             *kind,
                                                      ReshootStep            *step,
                                                      JsonNode               *body,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
gboolean        reshoot_project_add_entry_finish     (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      GError                **error);

/**
 * ReshootVerifyCounts:
 *
 * What was checked.
 */
typedef struct
{
  guint n_entries;    /* of our own ledger */
  guint n_joined;     /* entries of the ledgers of joined projects */
  guint n_pictures;
} ReshootVerifyCounts;

/* Checks the file, every digest and the ledgers' chains. The error names the first bad entry. Meanwhile the property
 * "checked" says how far it is, 0–1; NAN where nobody checks. */
void            reshoot_project_verify_async         (ReshootProject         *self,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
gboolean        reshoot_project_verify_finish        (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      ReshootVerifyCounts    *counts,
                                                      GError                **error);

/* Waits for what is still being written, folds the log away and lets the file go. */
void            reshoot_project_close_async          (ReshootProject         *self,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
gboolean        reshoot_project_close_finish         (ReshootProject         *self,
                                                      GAsyncResult           *result,
                                                      GError                **error);

G_END_DECLS
