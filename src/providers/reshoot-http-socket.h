/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-http.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_HTTP_SOCKET (reshoot_http_socket_get_type ())

G_DECLARE_FINAL_TYPE (ReshootHttpSocket, reshoot_http_socket, RESHOOT, HTTP_SOCKET, GObject)

/* Signals: "text" (const char *) for each message of text, "closed" once it is over, whoever ended it. */

void               reshoot_http_socket_open_async   (ReshootHttp             *http,
                                                     const char              *uri,
                                                     const ReshootHttpGuard  *guard,
                                                     GCancellable            *cancellable,
                                                     GAsyncReadyCallback      callback,
                                                     gpointer                 user_data);
ReshootHttpSocket *reshoot_http_socket_open_finish  (ReshootHttp             *http,
                                                     GAsyncResult            *result,
                                                     GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
guint              reshoot_http_socket_get_n_binary (ReshootHttpSocket       *self);
void               reshoot_http_socket_close        (ReshootHttpSocket       *self);

G_END_DECLS
