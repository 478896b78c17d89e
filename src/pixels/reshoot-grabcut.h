/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is known of a cell before the cut. */
typedef enum
{
  RESHOOT_TRIMAP_BACKGROUND,
  RESHOOT_TRIMAP_MAYBE_BACKGROUND,
  RESHOOT_TRIMAP_MAYBE_PRODUCT,
  RESHOOT_TRIMAP_PRODUCT,
} ReshootTrimap;

gboolean reshoot_grabcut (const float   *colors,
                          guint8        *trimap,
                          int            width,
                          int            height,
                          int            n_rounds,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
