/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-request.h"

G_BEGIN_DECLS

/* Inside history/ only. */

gboolean reshoot_request_is_plain (const char *text);

G_END_DECLS
