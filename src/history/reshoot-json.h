/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Inside history/ only. */

/* A member of an object, as it stands in a text. */
typedef struct
{
  const char *name;
  char        kind;     /* its first byte: `"`, `{`, `[`, a digit, …; NUL: it is not there */
  gsize       length;   /* in bytes, quotes and escapes counted */
} ReshootJsonPart;

char       *reshoot_json_to_text     (JsonNode    *node) G_GNUC_WARN_UNUSED_RESULT;
JsonNode   *reshoot_json_from_text   (const char  *text,
                                      const char  *subject,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    reshoot_json_is_plain    (const char       *text,
                                      ReshootJsonPart  *parts,
                                      guint             n_parts);
JsonObject *reshoot_json_copy_object (JsonObject  *object) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
