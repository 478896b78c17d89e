/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_WRAP_LAYOUT (reshoot_wrap_layout_get_type ())

G_DECLARE_FINAL_TYPE (ReshootWrapLayout, reshoot_wrap_layout, RESHOOT, WRAP_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
