/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

const char *reshoot_renderer_choose   (const char *environment,
                                       const char *preference,
                                       gboolean    has_gpu);
gboolean    reshoot_renderer_find_gpu (const char *devices);
void        reshoot_renderer_set_up   (void);
void        reshoot_renderer_clean_up (void);
void        reshoot_renderer_bind     (GObject    *row,
                                       GSettings  *settings);

G_END_DECLS
