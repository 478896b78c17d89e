/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

void     reshoot_fal_set_life    (ReshootCall         *call,
                                  gint64               seconds);
gboolean reshoot_fal_upload      (ReshootAddress      *address,
                                  ReshootImage        *image,
                                  const char          *state,
                                  const ReshootReply  *reply,
                                  ReshootNext         *next,
                                  char               **uri,
                                  GError             **error);
gboolean reshoot_fal_ask_account (ReshootAddress      *address,
                                  JsonObject          *description,
                                  const char          *state,
                                  const ReshootReply  *reply,
                                  ReshootNext         *next,
                                  ReshootCheck        *check,
                                  GError             **error);

G_END_DECLS
