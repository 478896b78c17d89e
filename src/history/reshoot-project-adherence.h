/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

typedef enum
{
  RESHOOT_ANSWER_NONE,   /* nothing was said */
  RESHOOT_ANSWER_YES,
  RESHOOT_ANSWER_NO,
} ReshootAnswer;

/**
 * ReshootAdherence:
 *
 * What one person said of how a result keeps to its instruction.
 */
typedef struct
{
  ReshootStep   *step;       /* (owned) */
  char          *author;     /* (owned): "" = whose project it is */
  char          *time;       /* (owned): ISO 8601 in UTC */
  ReshootAnswer  followed;   /* did it do what was asked? */
  ReshootAnswer  strayed;    /* did anything else change? */
} ReshootAdherence;

/**
 * ReshootAdherenceCounts:
 *
 * How often what was said of the results of a model. A person counts once for each result.
 */
typedef struct
{
  guint followed;
  guint not_followed;
  guint strayed;
  guint not_strayed;
} ReshootAdherenceCounts;

const char *reshoot_answer_to_string              (ReshootAnswer         answer);
gboolean    reshoot_answer_from_string            (const char           *text,
                                                   ReshootAnswer        *answer);
void        reshoot_adherence_count               (GPtrArray              *adherence,
                                                   const char             *model,
                                                   ReshootAdherenceCounts *counts);
void        reshoot_project_set_adherence_async   (ReshootProject       *self,
                                                   ReshootStep          *step,
                                                   ReshootAnswer         followed,
                                                   ReshootAnswer         strayed,
                                                   const char           *author,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean    reshoot_project_set_adherence_finish  (ReshootProject       *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void        reshoot_project_load_adherence_async  (ReshootProject       *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
GPtrArray  *reshoot_project_load_adherence_finish (ReshootProject       *self,
                                                   GAsyncResult         *result,
                                                   GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
