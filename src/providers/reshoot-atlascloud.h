/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_ATLASCLOUD (reshoot_atlascloud_get_type ())

G_DECLARE_FINAL_TYPE (ReshootAtlascloud, reshoot_atlascloud, RESHOOT, ATLASCLOUD, GObject)

ReshootProvider *reshoot_atlascloud_new       (ReshootAddress    *address,
                                               JsonObject        *description) G_GNUC_WARN_UNUSED_RESULT;

/* For tests: what time it is, in seconds since 1970. */
void             reshoot_atlascloud_set_clock (ReshootAtlascloud *self,
                                               gint64             seconds);

G_END_DECLS
