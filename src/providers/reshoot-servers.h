/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ReshootServer:
 * @name: "dialect@name", the provider's short name
 * @url: where it is, as the person typed it
 * @profile: (nullable): which accent of the dialect it speaks; %NULL = the dialect's own choice
 * @models: (nullable): what it calls its models; %NULL = those of the profile or dialect
 * @key: (nullable): how its key is sent: "bearer", "basic", "none" or the name of a header; %NULL = as the dialect does
 *
 * A server of the person's own.
 */
typedef struct
{
  char  *name;
  char  *url;
  char  *profile;
  GStrv  models;
  char  *key;
} ReshootServer;

void        reshoot_server_free     (ReshootServer        *server);
JsonObject *reshoot_server_describe (const ReshootServer  *server,
                                     JsonObject           *dialect,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *reshoot_servers_load    (GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    reshoot_servers_add     (const ReshootServer  *server,
                                     GError              **error);
gboolean    reshoot_servers_remove  (const char           *name,
                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootServer, reshoot_server_free)

G_END_DECLS
