/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

G_BEGIN_DECLS

/* What a service replied, beside what was made of it; and making something of it later. */
gboolean      reshoot_session_has_reply          (ReshootStep           *step);
void          reshoot_session_load_reply_async   (ReshootSession        *self,
                                                  ReshootProject        *project,
                                                  ReshootStep           *step,
                                                  GCancellable          *cancellable,
                                                  GAsyncReadyCallback    callback,
                                                  gpointer               user_data);
ReshootImage *reshoot_session_load_reply_finish  (ReshootSession        *self,
                                                  GAsyncResult          *result,
                                                  double                 affine[6],
                                                  GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void          reshoot_session_land_reply_async   (ReshootSession        *self,
                                                  ReshootProject        *project,
                                                  ReshootStep           *step,
                                                  GCancellable          *cancellable,
                                                  GAsyncReadyCallback    callback,
                                                  gpointer               user_data);
gboolean      reshoot_session_land_reply_finish  (ReshootSession        *self,
                                                  GAsyncResult          *result,
                                                  GError               **error);

G_END_DECLS
