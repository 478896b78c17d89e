/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "reshoot-step.h"

G_BEGIN_DECLS

JsonNode *reshoot_step_to_json (ReshootStep *step) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
