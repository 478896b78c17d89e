/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A contact sheet: pictures in rows on pages of A4, each with its words, as PDF. */

#include "reshoot-sheet.h"

#include "reshoot-pdf-private.h"

/* In points. */
#define MARGIN  36.0
#define HEADER  30.0   /* for the title */
#define FOOTER  16.0   /* for the number of the page */
#define GAP     14.0   /* between pictures */
#define COLUMNS 3
#define ROWS    4
#define WORDS   44.0   /* below a picture, for what is said of it */
#define PADDING 3.0    /* between a picture and its words */

struct _ReshootSheet
{
  ReshootPdf  pdf;
  char       *title;
  guint       n;       /* pictures so far */
};

/**
 * reshoot_sheet_new:
 * @stream: where the PDF goes; it is not closed
 * @title: what stands on each page
 *
 * Blocks, as all that is done with it: for a worker thread.
 *
 * Returns: (transfer full): a sheet without a page
 */
ReshootSheet *
reshoot_sheet_new (GOutputStream *stream,
                   const char    *title)
{
  ReshootSheet *self = g_new0 (ReshootSheet, 1);

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  self->title = g_utf8_make_valid (title, -1);
  reshoot_pdf_open (&self->pdf, stream, self->title);
  return self;
}

static void
begin_page (ReshootSheet *self)
{
  g_autofree char *number = g_strdup_printf ("%u", self->n / (COLUMNS * ROWS) + 1);

  reshoot_pdf_draw_words (&self->pdf, self->title, 13, TRUE, MARGIN, MARGIN,
                          RESHOOT_PDF_WIDTH - 2 * MARGIN, 1, 0);
  reshoot_pdf_draw_words (&self->pdf, number, 8, FALSE, MARGIN,
                          RESHOOT_PDF_HEIGHT - MARGIN - FOOTER / 2,
                          RESHOOT_PDF_WIDTH - 2 * MARGIN, 1, 0.4);
}

/**
 * reshoot_sheet_add:
 * @self: a sheet
 * @picture: a small picture in sRGB of eight bits
 * @caption: what it is: at most two lines are shown
 * @facts: (nullable): what is known of it, in one line
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Puts a picture into the next place, on a new page where that is full.
 *
 * Returns: whether it is on the sheet
 */
gboolean
reshoot_sheet_add (ReshootSheet  *self,
                   ReshootImage  *picture,
                   const char    *caption,
                   const char    *facts,
                   GCancellable  *cancellable,
                   GError       **error)
{
  const double width = (RESHOOT_PDF_WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS;
  const double body = RESHOOT_PDF_HEIGHT - 2 * MARGIN - HEADER - FOOTER;
  const double height = (body - (ROWS - 1) * GAP) / ROWS;
  guint place = self->n % (COLUMNS * ROWS);
  double x = MARGIN + place % COLUMNS * (width + GAP);
  double y = MARGIN + HEADER + (int) (place / COLUMNS) * (height + GAP);
  cairo_surface_t *surface;
  double words;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (RESHOOT_IS_IMAGE (picture), FALSE);

  surface = reshoot_pdf_make_picture (picture, cancellable, error);
  if (surface == NULL)
    return FALSE;

  if (place == 0 && self->n > 0)
    cairo_show_page (self->pdf.cr);
  if (place == 0)
    begin_page (self);

  reshoot_pdf_draw_picture (&self->pdf, surface, x, y, width, height - WORDS);
  cairo_surface_destroy (surface);
  words = y + height - WORDS + PADDING;
  words += reshoot_pdf_draw_words (&self->pdf, caption, 8, FALSE, x, words, width, 2, 0);
  if (facts != NULL)
    reshoot_pdf_draw_words (&self->pdf, facts, 7, FALSE, x, words + 1, width, 1, 0.4);

  self->n++;
  return reshoot_pdf_check (&self->pdf, error);
}

/**
 * reshoot_sheet_finish:
 * @self: a sheet with at least one picture
 * @error: return location for an error
 *
 * Returns: whether all of it is in the stream
 */
gboolean
reshoot_sheet_finish (ReshootSheet  *self,
                      GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return reshoot_pdf_finish (&self->pdf, error);
}

/**
 * reshoot_sheet_free:
 * @self: (transfer full): a sheet, finished or not
 */
void
reshoot_sheet_free (ReshootSheet *self)
{
  reshoot_pdf_close (&self->pdf);
  g_free (self->title);
  g_free (self);
}
