/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-provider.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_STUDIO_PROVIDER (reshoot_studio_provider_get_type ())

G_DECLARE_FINAL_TYPE (ReshootStudioProvider, reshoot_studio_provider, RESHOOT, STUDIO_PROVIDER, GObject)

ReshootProvider *reshoot_studio_provider_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
