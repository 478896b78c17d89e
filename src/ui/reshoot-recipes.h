/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GStrv    reshoot_recipes_load (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean reshoot_recipes_save (const char *const  *recipes,
                               GError            **error);

G_END_DECLS
