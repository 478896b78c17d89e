/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_USEAPI (reshoot_useapi_get_type ())

G_DECLARE_FINAL_TYPE (ReshootUseapi, reshoot_useapi, RESHOOT, USEAPI, GObject)

ReshootProvider *reshoot_useapi_new (ReshootAddress *address) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
