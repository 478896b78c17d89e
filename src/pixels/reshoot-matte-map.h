/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint8 *reshoot_matte_map_values (const guint8 *values,
                                  int           from_width,
                                  int           from_height,
                                  const double  affine[6],
                                  int           width,
                                  int           height) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
