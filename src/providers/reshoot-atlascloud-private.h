/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

guint    reshoot_atlascloud_get_status  (const ReshootReply  *reply,
                                         JsonObject          *body);
gboolean reshoot_atlascloud_ask_account (ReshootAddress      *address,
                                         const char          *state,
                                         const ReshootReply  *reply,
                                         ReshootNext         *next,
                                         ReshootCheck        *check,
                                         GError             **error);

G_END_DECLS
