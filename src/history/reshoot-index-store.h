/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database.h"

G_BEGIN_DECLS

/* Inside history/ only: the file of the index and what is done on it. One thread at a time. */

typedef struct _ReshootIndexStore ReshootIndexStore;

/* @data may be filled. It is begun again on a new file where the old one turned out to be damaged. */
typedef gboolean (*ReshootIndexWork) (ReshootIndexStore  *store,
                                      ReshootDatabase    *database,
                                      gpointer            data,
                                      GCancellable       *cancellable,
                                      GError            **error);

ReshootIndexStore *reshoot_index_store_new      (const char          *path,
                                                 gboolean             without_fts) G_GNUC_WARN_UNUSED_RESULT;
void               reshoot_index_store_free     (ReshootIndexStore   *self);
const char        *reshoot_index_store_get_path (ReshootIndexStore   *self);
gboolean           reshoot_index_store_is_kept  (ReshootIndexStore   *self);
gboolean           reshoot_index_store_has_fts  (ReshootIndexStore   *self);
gboolean           reshoot_index_store_run      (ReshootIndexStore   *self,
                                                 ReshootIndexWork     work,
                                                 gpointer             data,
                                                 GCancellable        *cancellable,
                                                 GError             **error);
gboolean           reshoot_index_store_change   (ReshootIndexStore   *self,
                                                 ReshootIndexWork     work,
                                                 gpointer             data,
                                                 GCancellable        *cancellable,
                                                 GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootIndexStore, reshoot_index_store_free)

G_END_DECLS
