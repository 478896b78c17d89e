/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-step.h"

G_BEGIN_DECLS

void reshoot_step_place_in_original (ReshootStep  *step,
                                     double        affine[6]);
void reshoot_step_place_child       (ReshootStep  *step,
                                     const double *to_child,
                                     double        affine[6]);

G_END_DECLS
