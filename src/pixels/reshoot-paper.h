/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"

G_BEGIN_DECLS

typedef struct _ReshootPaper ReshootPaper;

ReshootPaper *reshoot_paper_new         (GOutputStream      *stream,
                                         const char         *title) G_GNUC_WARN_UNUSED_RESULT;
void          reshoot_paper_add_heading (ReshootPaper       *self,
                                         const char         *words);
void          reshoot_paper_add_text    (ReshootPaper       *self,
                                         const char         *words,
                                         gboolean            is_quiet);
void          reshoot_paper_add_table   (ReshootPaper       *self,
                                         const char * const *cells,
                                         guint               columns,
                                         guint               rows);
gboolean      reshoot_paper_add_picture (ReshootPaper       *self,
                                         ReshootImage       *picture,
                                         const char         *instead,
                                         const char         *words,
                                         GCancellable       *cancellable,
                                         GError            **error);
void          reshoot_paper_end_row     (ReshootPaper       *self);
gboolean      reshoot_paper_finish      (ReshootPaper       *self,
                                         GError            **error);
void          reshoot_paper_free        (ReshootPaper       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootPaper, reshoot_paper_free)

G_END_DECLS
