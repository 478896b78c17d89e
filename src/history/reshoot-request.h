/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_REQUEST (reshoot_request_get_type ())

G_DECLARE_FINAL_TYPE (ReshootRequest, reshoot_request, RESHOOT, REQUEST, GObject)

ReshootRequest *reshoot_request_new             (const char      *instruction,
                                                 const char      *model,
                                                 JsonObject      *parameters) G_GNUC_WARN_UNUSED_RESULT;
ReshootRequest *reshoot_request_new_from_json   (JsonNode        *json,
                                                 GError         **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode       *reshoot_request_to_json         (ReshootRequest  *self) G_GNUC_WARN_UNUSED_RESULT;
const char     *reshoot_request_get_instruction (ReshootRequest  *self);
const char     *reshoot_request_get_model       (ReshootRequest  *self);
char           *reshoot_request_dup_provider    (ReshootRequest  *self) G_GNUC_WARN_UNUSED_RESULT;
JsonObject     *reshoot_request_get_parameters  (ReshootRequest  *self);

G_END_DECLS
