/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image-vips.h"

G_BEGIN_DECLS

void          picture_test_init    (int            *argc,
                                    char         ***argv);
VipsImage    *picture_new_flat     (int             width,
                                    int             height,
                                    int             n_bands,
                                    const int      *colour);
VipsImage    *picture_new_gradient (int             width,
                                    int             height,
                                    int             n_bands,
                                    gboolean        deep);
VipsImage    *picture_to_profile   (VipsImage      *vips,
                                    const char     *profile);
GBytes       *picture_encode       (VipsImage      *vips,
                                    const char     *suffix);
ReshootImage *picture_open         (GBytes         *bytes);
ReshootImage *picture_new_image    (VipsImage      *vips,
                                    const char     *suffix);
int           picture_get          (VipsImage      *vips,
                                    int             x,
                                    int             y,
                                    int             band);
void          picture_assert_equal (VipsImage      *a,
                                    VipsImage      *b);
gboolean      picture_contains     (GBytes         *bytes,
                                    const char     *text);

G_END_DECLS
