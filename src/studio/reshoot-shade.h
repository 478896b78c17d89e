/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint32 reshoot_shade_color (guint32     rgb,
                             const char *how,
                             gboolean    very);

G_END_DECLS
