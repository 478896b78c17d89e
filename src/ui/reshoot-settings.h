/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *reshoot_settings_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void       reshoot_settings_bind_choice (GSettings          *settings,
                                         const char         *key,
                                         GObject            *row,
                                         const char *const  *words);

G_END_DECLS
