/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <vips/vips.h>

#include "reshoot-mark.h"

G_BEGIN_DECLS

/* Between the files of the image module alone. */

#define RESHOOT_MARK_NAMESPACE "https://reshoot.github.io/ns/1.0/"

char   *reshoot_mark_dup_packet (GBytes             *bytes,
                                 ReshootImageFormat  format,
                                 gboolean           *has_packet) G_GNUC_WARN_UNUSED_RESULT;
GBytes *reshoot_mark_apply      (const ReshootMark  *self,
                                 GBytes             *bytes,
                                 ReshootImageFormat  format) G_GNUC_WARN_UNUSED_RESULT;
void    reshoot_mark_set_on     (const ReshootMark  *self,
                                 VipsImage          *vips);
GBytes *reshoot_mark_put_packet (GBytes             *bytes,
                                 ReshootImageFormat  format,
                                 const char         *packet) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
