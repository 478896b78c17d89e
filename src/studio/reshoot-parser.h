/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-plan-private.h"

G_BEGIN_DECLS

void reshoot_parser_read (const char     *instruction,
                          ReshootReading *reading);

G_END_DECLS
