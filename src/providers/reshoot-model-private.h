/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"

G_BEGIN_DECLS

ReshootModel *reshoot_model_new (JsonObject  *provider,
                                 JsonObject  *model,
                                 GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      reshoot_model_check_value (JsonObject  *parameter,
                                         JsonNode    *value);

G_END_DECLS
