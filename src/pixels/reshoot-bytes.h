/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *reshoot_bytes_new_take (gpointer data,
                                gsize    size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
