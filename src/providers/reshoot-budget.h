/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-index-spending.h"

G_BEGIN_DECLS

ReshootMoney  reshoot_budget_get (ReshootLimit   limit);
gboolean reshoot_budget_set (ReshootLimit   limit,
                             ReshootMoney   money,
                             GError       **error);

G_END_DECLS
