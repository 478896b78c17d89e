/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-http.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Between the two files that know the HTTP library. */

SoupSession *reshoot_http_get_session  (ReshootHttp             *self);
SoupMessage *reshoot_http_make_message (const ReshootCall       *call,
                                        const ReshootHttpGuard  *guard,
                                        GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
