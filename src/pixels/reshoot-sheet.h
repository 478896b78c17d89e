/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"

G_BEGIN_DECLS

typedef struct _ReshootSheet ReshootSheet;

ReshootSheet *reshoot_sheet_new    (GOutputStream  *stream,
                                    const char     *title) G_GNUC_WARN_UNUSED_RESULT;
gboolean      reshoot_sheet_add    (ReshootSheet   *self,
                                    ReshootImage   *picture,
                                    const char     *caption,
                                    const char     *facts,
                                    GCancellable   *cancellable,
                                    GError        **error);
gboolean      reshoot_sheet_finish (ReshootSheet   *self,
                                    GError        **error);
void          reshoot_sheet_free   (ReshootSheet   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootSheet, reshoot_sheet_free)

G_END_DECLS
