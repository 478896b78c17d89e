/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void reshoot_backdrop_cut (const float  *lab,
                           const float  *light,
                           const guint8 *allowed,
                           guint8       *mask,
                           int           width,
                           int           height);

G_END_DECLS
