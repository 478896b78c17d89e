/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void   reshoot_lab_from_srgb (const float *srgb,
                              float       *lab);
double reshoot_flatten       (float       *lab,
                              int          width,
                              int          height);
void   reshoot_saliency      (const float *lab,
                              float       *out,
                              int          width,
                              int          height);
float  reshoot_percentile    (const float *values,
                              gsize        n,
                              double       share);
float  reshoot_otsu          (const float *values,
                              gsize        n);

G_END_DECLS
