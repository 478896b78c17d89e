/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A report on pages of A4, as PDF: headings, paragraphs, tables and rows of pictures, one below the other. What does
 * not fit onto a page goes on on the next one; nothing is cut off. */

#include "reshoot-paper.h"

#include "reshoot-pdf-private.h"

#include <pango/pangocairo.h>

/* In points. */
#define MARGIN   36.0
#define WIDTH    (RESHOOT_PDF_WIDTH - 2 * MARGIN)
#define BOTTOM   (RESHOOT_PDF_HEIGHT - MARGIN - 16)   /* below it stands the number of the page */
#define GAP      14.0    /* between pictures */
#define COLUMNS  3
#define PICTURE  130.0   /* the height of one */
#define PADDING  4.0
#define CELL     4.0     /* on either side of what stands in a table */
#define LINE     0.5

#define QUIET 0.35       /* the gray of what is said by the way */

struct _ReshootPaper
{
  ReshootPdf       pdf;
  double           y;                    /* where the next thing goes */
  guint            page;
  cairo_surface_t *pictures[COLUMNS];    /* (owned) (nullable): of the row that is not drawn yet */
  char            *instead[COLUMNS];     /* (owned) (nullable) */
  PangoLayout     *words[COLUMNS];       /* (owned) */
  guint            n;                    /* of them */
};

static void
begin_page (ReshootPaper *self)
{
  g_autofree char *number = NULL;

  if (self->page > 0)
    cairo_show_page (self->pdf.cr);

  number = g_strdup_printf ("%u", ++self->page);
  reshoot_pdf_draw_words (&self->pdf, number, 8, FALSE, MARGIN, BOTTOM + 6, WIDTH, 1, QUIET);
  self->y = MARGIN;
}

/* So high a thing goes onto this page, or begins the next one. */
static void
make_room (ReshootPaper *self,
           double        height)
{
  if (self->y + height > BOTTOM && self->y > MARGIN)
    begin_page (self);
}

/**
 * reshoot_paper_new:
 * @stream: where the PDF goes; it is not closed
 * @title: what stands at the top
 *
 * Blocks, as all that is done with it.
 *
 * Returns: (transfer full): a report with nothing but its title
 */
ReshootPaper *
reshoot_paper_new (GOutputStream *stream,
                   const char    *title)
{
  ReshootPaper *self = g_new0 (ReshootPaper, 1);
  g_autofree char *valid = g_utf8_make_valid (title, -1);

  reshoot_pdf_open (&self->pdf, stream, valid);
  begin_page (self);
  self->y += reshoot_pdf_draw_words (&self->pdf, valid, 20, TRUE, MARGIN, self->y, WIDTH, 2, 0);
  return self;
}

/* Line by line, so that what is longer than a page goes on on the next one. */
static void
add_layout (ReshootPaper *self,
            PangoLayout  *layout,
            double        gray)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      PangoRectangle line;
      double height, baseline;

      pango_layout_iter_get_line_extents (iter, NULL, &line);
      baseline = (double) (pango_layout_iter_get_baseline (iter) - line.y) / PANGO_SCALE;
      height = (double) line.height / PANGO_SCALE;
      make_room (self, height);
      cairo_set_source_rgb (self->pdf.cr, gray, gray, gray);
      cairo_move_to (self->pdf.cr, MARGIN + (double) line.x / PANGO_SCALE,
                     self->y + baseline);
      pango_cairo_show_layout_line (self->pdf.cr, pango_layout_iter_get_line_readonly (iter));
      self->y += height;
    }
  while (pango_layout_iter_next_line (iter));

  pango_layout_iter_free (iter);
}

/**
 * reshoot_paper_add_heading:
 * @self: a report
 * @words: what comes now
 */
void
reshoot_paper_add_heading (ReshootPaper *self,
                           const char   *words)
{
  PangoLayout *layout = reshoot_pdf_make_words (&self->pdf, words, 14, TRUE, WIDTH);

  /* A heading at the foot of a page would be over nothing. */
  make_room (self, 90);
  self->y += 18;
  add_layout (self, layout, 0);
  self->y += 4;
  g_object_unref (layout);
}

/**
 * reshoot_paper_add_text:
 * @self: a report
 * @words: a paragraph
 * @is_quiet: whether it is said by the way, and not over what comes
 */
void
reshoot_paper_add_text (ReshootPaper *self,
                        const char   *words,
                        gboolean      is_quiet)
{
  PangoLayout *layout = reshoot_pdf_make_words (&self->pdf, words, is_quiet ? 9 : 11, !is_quiet,
                                                WIDTH);

  if (!is_quiet)
    {
      int height;

      pango_layout_get_pixel_size (layout, NULL, &height);
      make_room (self, MIN (height, 60) + PICTURE + 60);
    }
  self->y += 6;
  add_layout (self, layout, is_quiet ? QUIET : 0);
  self->y += 6;
  g_object_unref (layout);
}

/* -- Tables -------------------------------------------------------------------------------------------------------- */

static PangoLayout *
make_cell (ReshootPaper *self,
           const char   *words,
           gboolean      is_head,
           guint         column,
           double        width)
{
  PangoLayout *layout = reshoot_pdf_make_words (&self->pdf, words, 7, is_head, width);

  pango_layout_set_alignment (layout, column == 0 ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
  return layout;
}

/* Every column gets what its longest word needs; what is left goes to the first, where the names are. */
static void
share_width (ReshootPaper       *self,
             const char * const *cells,
             guint               columns,
             guint               rows,
             double             *widths)
{
  double left = WIDTH;

  for (guint column = 1; column < columns; column++)
    {
      widths[column] = 0;
      for (guint row = 0; row < rows; row++)
        {
          const char *words = cells[row * columns + column];
          PangoLayout *layout = make_cell (self, words, row == 0, column, 1);
          PangoRectangle extents;

          pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
          pango_layout_get_extents (layout, NULL, &extents);
          widths[column] = MAX (widths[column], (double) extents.width / PANGO_SCALE + 2 * CELL);
          g_object_unref (layout);
        }
      left -= widths[column];
    }

  /* Without room for a name, all columns are as wide as the others. */
  widths[0] = left;
  for (guint column = 0; left < WIDTH / 8 && column < columns; column++)
    widths[column] = WIDTH / columns;
}

static void
draw_row (ReshootPaper       *self,
          const char * const *cells,
          guint               columns,
          const double       *widths,
          gboolean            is_head)
{
  g_autofree PangoLayout **layouts = g_new (PangoLayout *, columns);
  double x = MARGIN;
  int height = 0;

  for (guint column = 0; column < columns; column++)
    {
      int own;

      layouts[column] = make_cell (self, cells[column], is_head, column, widths[column] - 2 * CELL);
      pango_layout_get_pixel_size (layouts[column], NULL, &own);
      height = MAX (height, own);
    }

  make_room (self, height + 2 * PADDING);
  for (guint column = 0; column < columns; column++)
    {
      cairo_set_source_rgb (self->pdf.cr, 0, 0, 0);
      cairo_move_to (self->pdf.cr, x + CELL, self->y + PADDING);
      pango_cairo_show_layout (self->pdf.cr, layouts[column]);
      g_object_unref (layouts[column]);
      x += widths[column];
    }

  self->y += height + 2 * PADDING;
  cairo_set_line_width (self->pdf.cr, is_head ? 2 * LINE : LINE);
  cairo_set_source_rgb (self->pdf.cr, 0.7, 0.7, 0.7);
  cairo_move_to (self->pdf.cr, MARGIN, self->y);
  cairo_line_to (self->pdf.cr, MARGIN + WIDTH, self->y);
  cairo_stroke (self->pdf.cr);
}

/**
 * reshoot_paper_add_table:
 * @self: a report
 * @cells: row by row, the heads of the columns first
 * @columns: how many columns
 * @rows: how many rows, with the heads
 *
 * The heads stand on every page that it takes.
 */
void
reshoot_paper_add_table (ReshootPaper       *self,
                         const char * const *cells,
                         guint               columns,
                         guint               rows)
{
  g_autofree double *widths = g_new0 (double, columns);

  g_return_if_fail (self != NULL && columns > 0 && rows > 0);

  share_width (self, cells, columns, rows, widths);
  draw_row (self, cells, columns, widths, TRUE);
  for (guint row = 1; row < rows; row++)
    {
      guint page = self->page;

      make_room (self, 40);
      if (self->page != page)
        draw_row (self, cells, columns, widths, TRUE);
      draw_row (self, cells + (gsize) row * columns, columns, widths, FALSE);
    }
}

/* -- Pictures ------------------------------------------------------------------------------------------------------ */

/**
 * reshoot_paper_end_row:
 * @self: a report
 *
 * What comes next stands below the pictures.
 */
void
reshoot_paper_end_row (ReshootPaper *self)
{
  const double width = (WIDTH - (COLUMNS - 1) * GAP) / COLUMNS;
  int height = 0;

  for (guint i = 0; i < self->n; i++)
    {
      int own;

      pango_layout_get_pixel_size (self->words[i], NULL, &own);
      height = MAX (height, own);
    }

  if (self->n > 0)
    make_room (self, PICTURE + PADDING + height);
  for (guint i = 0; i < self->n; i++)
    {
      double x = MARGIN + i * (width + GAP);

      if (self->pictures[i] != NULL)
        reshoot_pdf_draw_picture (&self->pdf, self->pictures[i], x, self->y, width, PICTURE);
      else
        reshoot_pdf_draw_words (&self->pdf, self->instead[i], 10, FALSE, x, self->y + PICTURE / 2,
                                width, 2, QUIET);
      cairo_set_source_rgb (self->pdf.cr, 0, 0, 0);
      cairo_move_to (self->pdf.cr, x, self->y + PICTURE + PADDING);
      pango_cairo_show_layout (self->pdf.cr, self->words[i]);
      g_clear_pointer (&self->pictures[i], cairo_surface_destroy);
      g_clear_pointer (&self->instead[i], g_free);
      g_clear_object (&self->words[i]);
    }

  self->y += self->n > 0 ? PICTURE + PADDING + height + GAP : 0;
  self->n = 0;
}

/**
 * reshoot_paper_add_picture:
 * @self: a report
 * @picture: (nullable): a small picture in sRGB of eight bits
 * @instead: (nullable): what stands where there is no picture
 * @words: what is known of it, in lines
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Puts a picture beside the last one, or below where that was the last of its line. End with reshoot_paper_end_row().
 *
 * Returns: whether it could be read
 */
gboolean
reshoot_paper_add_picture (ReshootPaper  *self,
                           ReshootImage  *picture,
                           const char    *instead,
                           const char    *words,
                           GCancellable  *cancellable,
                           GError       **error)
{
  const double width = (WIDTH - (COLUMNS - 1) * GAP) / COLUMNS;
  cairo_surface_t *surface = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (picture != NULL || instead != NULL, FALSE);

  if (self->n == COLUMNS)
    reshoot_paper_end_row (self);
  if (picture != NULL)
    {
      surface = reshoot_pdf_make_picture (picture, cancellable, error);
      if (surface == NULL)
        return FALSE;
    }

  self->pictures[self->n] = surface;
  self->instead[self->n] = g_strdup (instead);
  self->words[self->n] = reshoot_pdf_make_words (&self->pdf, words, 7.5, FALSE, width);
  self->n++;
  return TRUE;
}

/**
 * reshoot_paper_finish:
 * @self: a report
 * @error: return location for an error
 *
 * Returns: whether all of it is in the stream
 */
gboolean
reshoot_paper_finish (ReshootPaper  *self,
                      GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  reshoot_paper_end_row (self);
  return reshoot_pdf_finish (&self->pdf, error);
}

/**
 * reshoot_paper_free:
 * @self: (transfer full): a report, finished or not
 */
void
reshoot_paper_free (ReshootPaper *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_clear_pointer (&self->pictures[i], cairo_surface_destroy);
      g_free (self->instead[i]);
      g_object_unref (self->words[i]);
    }

  reshoot_pdf_close (&self->pdf);
  g_free (self);
}
