/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *reshoot_json_parse_object  (GBytes      *bytes,
                                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;
const char *reshoot_json_get_string    (JsonObject  *object,
                                        const char  *name);
double      reshoot_json_get_number    (JsonObject  *object,
                                        const char  *name);
gboolean    reshoot_json_get_boolean   (JsonObject  *object,
                                        const char  *name);
JsonObject *reshoot_json_get_object    (JsonObject  *object,
                                        const char  *name);
JsonArray  *reshoot_json_get_array     (JsonObject  *object,
                                        const char  *name);
JsonObject *reshoot_json_get_item      (JsonArray   *array,
                                        guint        i);
const char *reshoot_json_get_string_at (JsonArray   *array,
                                        guint        index);

G_END_DECLS
