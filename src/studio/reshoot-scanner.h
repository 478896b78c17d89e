/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-instruction.h"

G_BEGIN_DECLS

void        reshoot_scanner_scan      (const char *text,
                                       GArray     *tokens);
ReshootUnit reshoot_scanner_find_unit (const char *text);

G_END_DECLS
