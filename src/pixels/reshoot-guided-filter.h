/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void reshoot_box_mean          (const float *in,
                                float       *out,
                                int          width,
                                int          height,
                                int          radius);
void reshoot_guided_filter_fit (const float *guide,
                                const float *in,
                                float       *factors,
                                int          width,
                                int          height,
                                int          radius,
                                float        epsilon);

G_END_DECLS
