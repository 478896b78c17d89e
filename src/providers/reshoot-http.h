/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_HTTP (reshoot_http_get_type ())

G_DECLARE_FINAL_TYPE (ReshootHttp, reshoot_http, RESHOOT, HTTP, GObject)

/**
 * ReshootHttpGuard:
 * @address: which addresses may be called, and which may see the key
 * @key_header: (nullable): the name of the header that carries the key
 * @key: (nullable): the key itself
 * @max_bytes: of a reply's body
 * @deadline: for the whole call, in milliseconds
 * @key_prefix: (nullable): what stands before the key in its header: "Bearer "
 *
 * What bounds one call.
 */
typedef struct
{
  ReshootAddress *address;
  const char     *key_header;
  const char     *key;
  gsize           max_bytes;
  guint           deadline;
  const char     *key_prefix;
} ReshootHttpGuard;

ReshootHttp *reshoot_http_new             (void) G_GNUC_WARN_UNUSED_RESULT;
void         reshoot_http_guard_set_key   (ReshootHttpGuard        *guard,
                                           JsonObject              *description,
                                           const char              *key);
void         reshoot_http_send_async      (ReshootHttp             *self,
                                           const ReshootCall       *call,
                                           const ReshootHttpGuard  *guard,
                                           GCancellable            *cancellable,
                                           GAsyncReadyCallback      callback,
                                           gpointer                 user_data);
gboolean     reshoot_http_send_finish     (ReshootHttp             *self,
                                           GAsyncResult            *result,
                                           ReshootReply            *reply,
                                           GError                 **error);
gboolean     reshoot_http_error_is_unsent (const GError            *error);

G_END_DECLS
