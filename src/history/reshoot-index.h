/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-hit.h"
#include "reshoot-project.h"
#include "reshoot-recent.h"
#include "reshoot-search.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_INDEX (reshoot_index_get_type ())

G_DECLARE_FINAL_TYPE (ReshootIndex, reshoot_index, RESHOOT, INDEX, GObject)

/* What is known of all projects. Signal "changed": the recent projects are others now. What is spent on all of them is
 * in reshoot-index-spending.h. */

ReshootIndex *reshoot_index_new            (GFile                *file) G_GNUC_WARN_UNUSED_RESULT;

/* It was opened: from now on it is a recent one, and what is stored in it can be found. */
void          reshoot_index_watch          (ReshootIndex         *self,
                                            ReshootProject       *project);

/* A GListModel of ReshootRecent: those that are there, newest first, then those that are not. */
void          reshoot_index_list_async     (ReshootIndex         *self,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
GListModel   *reshoot_index_list_finish    (ReshootIndex         *self,
                                            GAsyncResult         *result,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void          reshoot_index_forget_async   (ReshootIndex         *self,
                                            GFile                *project,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean      reshoot_index_forget_finish  (ReshootIndex         *self,
                                            GAsyncResult         *result,
                                            GError              **error);

/* A GListModel of ReshootHit: newest project first, newest step first. */
void          reshoot_index_search_async   (ReshootIndex         *self,
                                            const char           *words,
                                            GFile                *project,
                                            guint                 most,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
GListModel   *reshoot_index_search_finish  (ReshootIndex         *self,
                                            GAsyncResult         *result,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* Which steps a picture came from. */
void          reshoot_index_trace_async    (ReshootIndex         *self,
                                            ReshootImage         *picture,
                                            GFile                *project,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
GListModel   *reshoot_index_trace_finish   (ReshootIndex         *self,
                                            GAsyncResult         *result,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
