/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_REPLICATE (reshoot_replicate_get_type ())

G_DECLARE_FINAL_TYPE (ReshootReplicate, reshoot_replicate, RESHOOT, REPLICATE, GObject)

ReshootProvider *reshoot_replicate_new (ReshootAddress *address,
                                        JsonObject     *description) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
