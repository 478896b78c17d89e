/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_FAL (reshoot_fal_get_type ())

G_DECLARE_FINAL_TYPE (ReshootFal, reshoot_fal, RESHOOT, FAL, GObject)

ReshootProvider *reshoot_fal_new (ReshootAddress *address,
                                  JsonObject     *description) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
