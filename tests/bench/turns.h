/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  turns_begin  (double      limit);
void  turns_name   (const char *what);
guint turns_say    (const char *figure);

G_END_DECLS
