/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

G_BEGIN_DECLS

/**
 * ReshootProbe:
 * @dialect: what the server speaks, "openai-images"
 * @url: where that begins
 * @version: (nullable): of the server, where it says so
 * @models: the names of the models it has, %NULL-terminated, perhaps none
 * @is_open: whether a key that goes there can be read on the way
 *
 * What was found at an address.
 */
typedef struct
{
  char     *dialect;
  char     *url;
  char     *version;
  GStrv     models;
  gboolean  is_open;
} ReshootProbe;

void          reshoot_probe_free            (ReshootProbe         *probe);
void          reshoot_session_probe_async   (ReshootSession       *self,
                                             const char           *server,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
ReshootProbe *reshoot_session_probe_finish  (ReshootSession       *self,
                                             GAsyncResult         *result,
                                             GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootProbe, reshoot_probe_free)

G_END_DECLS
