/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

void     reshoot_agreement_ask_async  (GtkWidget             *widget,
                                       ReshootSession        *session,
                                       ReshootRequest *const *requests,
                                       guint                  n,
                                       GCancellable          *cancellable,
                                       GAsyncReadyCallback    callback,
                                       gpointer               user_data);
gboolean reshoot_agreement_ask_finish (GAsyncResult          *result,
                                       GError               **error);

G_END_DECLS
