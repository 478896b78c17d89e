/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* For what writes pages of A4 as PDF: the file, words and pictures on it. Nobody else includes it. */

#include "reshoot-image.h"

#include <cairo.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/* A4, in points. */
#define RESHOOT_PDF_WIDTH  595.28
#define RESHOOT_PDF_HEIGHT 841.89

typedef struct
{
  GOutputStream   *stream;    /* (owned) */
  cairo_surface_t *surface;
  cairo_t         *cr;
  GError          *error;     /* (owned) (nullable): what the stream said */
} ReshootPdf;

void             reshoot_pdf_open         (ReshootPdf       *self,
                                           GOutputStream    *stream,
                                           const char       *title);
gboolean         reshoot_pdf_check        (ReshootPdf       *self,
                                           GError          **error);
gboolean         reshoot_pdf_finish       (ReshootPdf       *self,
                                           GError          **error);
void             reshoot_pdf_close        (ReshootPdf       *self);
PangoLayout     *reshoot_pdf_make_words   (ReshootPdf       *self,
                                           const char       *words,
                                           double            size,
                                           gboolean          is_bold,
                                           double            width) G_GNUC_WARN_UNUSED_RESULT;
double           reshoot_pdf_draw_words   (ReshootPdf       *self,
                                           const char       *words,
                                           double            size,
                                           gboolean          is_bold,
                                           double            x,
                                           double            y,
                                           double            width,
                                           int               lines,
                                           double            gray);
cairo_surface_t *reshoot_pdf_make_picture (ReshootImage     *picture,
                                           GCancellable     *cancellable,
                                           GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void             reshoot_pdf_draw_picture (ReshootPdf       *self,
                                           cairo_surface_t  *surface,
                                           double            x,
                                           double            y,
                                           double            width,
                                           double            height);

G_END_DECLS
