/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-http.h"
#include "reshoot-times.h"

G_BEGIN_DECLS

/* What comes after the calls so far? A function of a codec: prepare, check or publish. */
typedef gboolean (*ReshootChainStep) (gpointer             data,
                                      const char          *state,
                                      const ReshootReply  *reply,
                                      ReshootNext         *next,
                                      GError             **error);

void     reshoot_chain_run_async  (ReshootHttp             *http,
                                   const ReshootHttpGuard  *guard,
                                   const ReshootTimes      *times,
                                   ReshootChainStep         step,
                                   gpointer                 data,
                                   GDestroyNotify           free_data,
                                   GCancellable            *cancellable,
                                   GAsyncReadyCallback      callback,
                                   gpointer                 user_data);
gboolean reshoot_chain_run_finish (ReshootHttp             *http,
                                   GAsyncResult            *result,
                                   ReshootNext             *next,
                                   GError                 **error);

G_END_DECLS
