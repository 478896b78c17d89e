/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

/* What the dialects have in common. */

char     *reshoot_codec_dup_ratio        (ReshootImage        *input) G_GNUC_WARN_UNUSED_RESULT;
void      reshoot_codec_add_parameter    (JsonObject          *fields,
                                          ReshootModel        *model,
                                          ReshootRequest      *request,
                                          const char          *name);
gboolean  reshoot_codec_check_input      (ReshootModel        *model,
                                          ReshootImage        *input,
                                          GError             **error);
char     *reshoot_codec_dup_words        (const ReshootAsk    *ask) G_GNUC_WARN_UNUSED_RESULT;
gboolean  reshoot_codec_check_pictures   (const ReshootAsk    *ask,
                                          GError             **error);
GBytes   *reshoot_codec_make_body        (JsonNode            *fields,
                                          const char          *name,
                                          const ReshootAsk    *ask) G_GNUC_WARN_UNUSED_RESULT;
GBytes   *reshoot_codec_make_list_body   (JsonNode            *fields,
                                          const char          *name,
                                          const ReshootAsk    *ask) G_GNUC_WARN_UNUSED_RESULT;
gboolean  reshoot_codec_add_base64       (ReshootNext         *next,
                                          const char          *text);
const char *reshoot_codec_get_content_type (ReshootImage      *input);
char     *reshoot_codec_dup_data_uri     (ReshootImage        *input) G_GNUC_WARN_UNUSED_RESULT;
void      reshoot_codec_set_post         (ReshootNext         *next,
                                          const char          *uri,
                                          JsonObject          *fields);
char     *reshoot_codec_dup_json         (JsonObject          *object) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *reshoot_codec_parse_json     (const char          *text) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *reshoot_codec_make_price     (double               amount,
                                          const char          *unit,
                                          const char          *currency,
                                          const char          *source,
                                          const char          *times) G_GNUC_WARN_UNUSED_RESULT;
void      reshoot_codec_set_status_error (const ReshootReply  *reply,
                                          const char          *provider,
                                          ReshootNext         *next,
                                          GError             **error);
void      reshoot_codec_set_poll         (ReshootNext         *next,
                                          const char          *uri);
char     *reshoot_codec_make_ticket      (const char          *id,
                                          const char          *polling_uri) G_GNUC_WARN_UNUSED_RESULT;
char     *reshoot_codec_dup_ticket_uri   (ReshootAddress      *address,
                                          const char          *ticket,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
