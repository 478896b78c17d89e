/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_BUDGET_GROUP (reshoot_budget_group_get_type ())

G_DECLARE_FINAL_TYPE (ReshootBudgetGroup, reshoot_budget_group, RESHOOT, BUDGET_GROUP, AdwPreferencesGroup)

void reshoot_budget_group_set_session (ReshootBudgetGroup *self,
                                       ReshootSession     *session);

G_END_DECLS
