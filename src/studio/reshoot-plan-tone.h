/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-land.h"
#include "reshoot-plan.h"

G_BEGIN_DECLS

ReshootLandTone reshoot_plan_find_tone (ReshootPlan *self);

G_END_DECLS
