/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonArray *reshoot_discovery_load  (JsonObject  *description) G_GNUC_WARN_UNUSED_RESULT;
gboolean   reshoot_discovery_store (const char  *provider,
                                    JsonArray   *models,
                                    GError     **error);

G_END_DECLS
