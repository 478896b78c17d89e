/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void   reshoot_mask_spread       (const guint8 *in,
                                  guint8       *out,
                                  int           width,
                                  int           height,
                                  int           radius,
                                  gboolean      grow);
guint  reshoot_mask_keep_products (guint8      *mask,
                                   int          width,
                                   int          height);
void   reshoot_mask_keep_strong  (guint8       *mask,
                                  const guint8 *strong,
                                  int           width,
                                  int           height,
                                  guint         least_area,
                                  guint         least_strong);
void   reshoot_mask_fill_holes   (guint8       *mask,
                                  int           width,
                                  int           height,
                                  double        largest_share);
double reshoot_mask_overlap      (const guint8 *a,
                                  int           a_width,
                                  int           a_height,
                                  const guint8 *b,
                                  int           b_width,
                                  int           b_height);

G_END_DECLS
