/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *reshoot_ini_dup_path (const char   *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean  reshoot_ini_save     (GKeyFile     *file,
                                const char   *name,
                                GError      **error);

G_END_DECLS
