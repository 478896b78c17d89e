/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "reshoot-image.h"

G_BEGIN_DECLS

char *reshoot_page_dup_escaped (const char   *text) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_page_dup_source  (const char   *text,
                                gsize         length) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_page_dup_data    (ReshootImage *image) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
