/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *reshoot_graph_copy          (JsonObject         *graph) G_GNUC_WARN_UNUSED_RESULT;
gboolean    reshoot_graph_has_slot      (JsonObject         *graph,
                                         const char         *slot);
const char *reshoot_graph_get_class     (JsonObject         *graph,
                                         const char         *slot);
void        reshoot_graph_fill          (JsonObject         *graph,
                                         const char         *slot,
                                         JsonNode           *value);
char       *reshoot_graph_add_reference (JsonObject         *graph,
                                         JsonObject         *chain,
                                         const char         *slot,
                                         guint               n) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *reshoot_graph_find_slots    (JsonObject         *graph,
                                         const char *const  *images,
                                         const char *const  *texts,
                                         const char *const  *seeds,
                                         GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
