/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A contact sheet: pictures in rows on pages of A4, each with its words, as PDF. A JPEG goes in as it is, so that
 * nothing is lost and the file stays small. */

#include "reshoot-sheet.h"

#include "reshoot-image-private.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

/* A4, in points. */
#define PAGE_WIDTH  595.28
#define PAGE_HEIGHT 841.89

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
  GOutputStream   *stream;    /* (owned) */
  cairo_surface_t *surface;
  cairo_t         *cr;
  char            *title;
  guint            n;         /* pictures so far */
  GError          *error;     /* (owned) (nullable): what the stream said */
};

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  ReshootSheet *self = closure;

  if (self->error == NULL &&
      g_output_stream_write_all (self->stream, data, length, NULL, NULL, &self->error))
    return CAIRO_STATUS_SUCCESS;

  return CAIRO_STATUS_WRITE_ERROR;
}

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

  self->stream = g_object_ref (stream);
  self->title = g_utf8_make_valid (title, -1);
  self->surface = cairo_pdf_surface_create_for_stream (write_cb, self, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR, "Reshoot");
  self->cr = cairo_create (self->surface);
  return self;
}

/* In at most @lines lines of @width points, what is too long with an ellipsis. Returns: the height it takes. */
static double
draw_words (ReshootSheet *self,
            const char   *words,
            double        size,
            gboolean      is_bold,
            double        x,
            double        y,
            double        width,
            int           lines,
            double        gray)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  PangoLayout *layout = pango_cairo_create_layout (self->cr);
  PangoFontDescription *font = pango_font_description_new ();
  int height;

  pango_font_description_set_family (font, "sans-serif");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (is_bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_height (layout, -lines);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, lines == 1);
  pango_layout_set_text (layout, valid, -1);
  pango_layout_get_pixel_size (layout, NULL, &height);

  cairo_set_source_rgb (self->cr, gray, gray, gray);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
  pango_font_description_free (font);
  g_object_unref (layout);
  return height;
}

static void
begin_page (ReshootSheet *self)
{
  g_autofree char *number = g_strdup_printf ("%u", self->n / (COLUMNS * ROWS) + 1);

  draw_words (self, self->title, 13, TRUE, MARGIN, MARGIN, PAGE_WIDTH - 2 * MARGIN, 1, 0);
  draw_words (self, number, 8, FALSE, MARGIN, PAGE_HEIGHT - MARGIN - FOOTER / 2,
              PAGE_WIDTH - 2 * MARGIN, 1, 0.4);
}

/* Colors times opacity, as cairo wants them. */
static void
fill_line (guint32   *out,
           VipsImage *vips,
           int        y)
{
  const guint8 *in = VIPS_IMAGE_ADDR (vips, 0, y);

  for (int x = 0; x < vips->Xsize; x++, in += vips->Bands)
    {
      guint32 a = vips->Bands == 4 ? in[3] : 255;

      out[x] = a << 24;
      for (int band = 0; band < 3; band++)
        out[x] |= (in[band] * a + 127) / 255 << (16 - 8 * band);
    }
}

/* The picture's pixels, or with nothing in it where the encoded bytes go into the file as they are. */
static cairo_surface_t *
make_surface (ReshootImage  *picture,
              GCancellable  *cancellable,
              GError       **error)
{
  int width = reshoot_image_get_width (picture);
  int height = reshoot_image_get_height (picture);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  g_autoptr (VipsImage) vips = NULL;
  guint8 *pixels;
  gssize stride;

  if (reshoot_image_get_format (picture) == RESHOOT_IMAGE_FORMAT_JPEG)
    {
      GBytes *bytes = g_bytes_ref (reshoot_image_get_bytes (picture));
      gsize length;
      const guint8 *data = g_bytes_get_data (bytes, &length);

      cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, length,
                                   (cairo_destroy_func_t) g_bytes_unref, bytes);
      return surface;
    }

  vips = reshoot_image_decode (picture, cancellable, error);
  if (vips == NULL || vips->BandFmt != VIPS_FORMAT_UCHAR)
    {
      cairo_surface_destroy (surface);
      if (vips != NULL)
        reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "picture", NULL,
                           "a sheet takes eight bits");
      return NULL;
    }

  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; y < height; y++)
    fill_line ((guint32 *) (void *) (pixels + y * stride), vips, y);

  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_picture (ReshootSheet    *self,
              cairo_surface_t *surface,
              double           x,
              double           y,
              double           width,
              double           height)
{
  double picture_width = cairo_image_surface_get_width (surface);
  double picture_height = cairo_image_surface_get_height (surface);
  double scale = MIN (width / picture_width, height / picture_height);

  x += (width - picture_width * scale) / 2;
  y += height - picture_height * scale;
  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  cairo_scale (self->cr, scale, scale);
  cairo_set_source_surface (self->cr, surface, 0, 0);
  cairo_paint (self->cr);
  cairo_restore (self->cr);

  /* A white product on white: where the picture ends is seen by a hair line. */
  cairo_set_line_width (self->cr, 0.25);
  cairo_set_source_rgb (self->cr, 0.75, 0.75, 0.75);
  cairo_rectangle (self->cr, x, y, picture_width * scale, picture_height * scale);
  cairo_stroke (self->cr);
}

static gboolean
check (ReshootSheet  *self,
       GError       **error)
{
  cairo_status_t status = cairo_status (self->cr);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);
  if (status == CAIRO_STATUS_SUCCESS && self->error == NULL)
    return TRUE;

  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "cairo", NULL, "%s",
                       cairo_status_to_string (status));

  return FALSE;
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
  const double width = (PAGE_WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS;
  const double height = (PAGE_HEIGHT - 2 * MARGIN - HEADER - FOOTER - (ROWS - 1) * GAP) / ROWS;
  guint place = self->n % (COLUMNS * ROWS);
  double x = MARGIN + place % COLUMNS * (width + GAP);
  double y = MARGIN + HEADER + (int) (place / COLUMNS) * (height + GAP);
  cairo_surface_t *surface;
  double words;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (RESHOOT_IS_IMAGE (picture), FALSE);

  surface = make_surface (picture, cancellable, error);
  if (surface == NULL)
    return FALSE;

  if (place == 0 && self->n > 0)
    cairo_show_page (self->cr);
  if (place == 0)
    begin_page (self);

  draw_picture (self, surface, x, y, width, height - WORDS);
  cairo_surface_destroy (surface);
  words = y + height - WORDS + PADDING;
  words += draw_words (self, caption, 8, FALSE, x, words, width, 2, 0);
  if (facts != NULL)
    draw_words (self, facts, 7, FALSE, x, words + 1, width, 1, 0.4);

  self->n++;
  return check (self, error);
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

  cairo_show_page (self->cr);
  cairo_surface_finish (self->surface);
  return check (self, error);
}

/**
 * reshoot_sheet_free:
 * @self: (transfer full): a sheet, finished or not
 */
void
reshoot_sheet_free (ReshootSheet *self)
{
  cairo_destroy (self->cr);
  cairo_surface_finish (self->surface);
  cairo_surface_destroy (self->surface);
  g_clear_error (&self->error);
  g_object_unref (self->stream);
  g_free (self->title);
  g_free (self);
}
