/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-drift.h"

G_BEGIN_DECLS

char *reshoot_words_for_drift (const ReshootDrift *drift) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_kept  (const ReshootDrift *drift) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_harm  (const ReshootDrift *drift,
                               int                 step) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
