/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"
#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_HISTORY_CONTEXT (reshoot_history_context_get_type ())

G_DECLARE_FINAL_TYPE (ReshootHistoryContext, reshoot_history_context, RESHOOT, HISTORY_CONTEXT,
                      GObject)

/* Signal "marked": a step became new to the person, or was looked at. */

ReshootHistoryContext *reshoot_history_context_new             (ReshootProject        *project,
                                                                ReshootSession        *session)
                                                                G_GNUC_WARN_UNUSED_RESULT;
ReshootProject        *reshoot_history_context_get_project     (ReshootHistoryContext *self);
ReshootCatalogue      *reshoot_history_context_get_catalogue   (ReshootHistoryContext *self);
ReshootModel          *reshoot_history_context_get_model       (ReshootHistoryContext *self,
                                                                ReshootStep           *step);

/* Small pictures, the last used of them. */
GdkTexture            *reshoot_history_context_find_thumbnail  (ReshootHistoryContext *self,
                                                                const char            *digest);
void                   reshoot_history_context_keep_thumbnail  (ReshootHistoryContext *self,
                                                                const char            *digest,
                                                                GdkTexture            *texture);

gboolean               reshoot_history_context_get_is_new      (ReshootHistoryContext *self,
                                                                ReshootStep           *step);
void                   reshoot_history_context_set_is_new      (ReshootHistoryContext *self,
                                                                ReshootStep           *step,
                                                                gboolean               is_new);

void                   reshoot_history_context_follow_state    (ReshootHistoryContext *self,
                                                                ReshootStep           *step);
char                  *reshoot_history_context_dup_expectation (ReshootHistoryContext *self,
                                                                ReshootStep           *step) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
