/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

/**
 * ReshootVerdictCounts:
 *
 * What a reviewer's file brought.
 */
typedef struct
{
  guint n_verdicts;    /* stored */
  guint n_notes;       /* stored; stars are a note too */
  guint n_known;       /* that were there already */
  guint n_missing;     /* steps that are not in the project any more */
} ReshootVerdictCounts;

void     reshoot_project_import_verdicts_async  (ReshootProject        *self,
                                                 GFile                 *file,
                                                 GCancellable          *cancellable,
                                                 GAsyncReadyCallback    callback,
                                                 gpointer               user_data);
gboolean reshoot_project_import_verdicts_finish (ReshootProject        *self,
                                                 GAsyncResult          *result,
                                                 ReshootVerdictCounts  *counts,
                                                 char                 **reviewer,
                                                 GError               **error);

G_END_DECLS
