/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages of A4 as PDF, for a contact sheet and for a report. A JPEG goes in as it is, so that nothing is lost and the
 * file stays small. */

#include "reshoot-pdf-private.h"

#include "reshoot-image-private.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  ReshootPdf *self = closure;

  if (self->error == NULL &&
      g_output_stream_write_all (self->stream, data, length, NULL, NULL, &self->error))
    return CAIRO_STATUS_SUCCESS;

  return CAIRO_STATUS_WRITE_ERROR;
}

/* @title: valid UTF-8. */
void
reshoot_pdf_open (ReshootPdf    *self,
                  GOutputStream *stream,
                  const char    *title)
{
  self->stream = g_object_ref (stream);
  self->surface = cairo_pdf_surface_create_for_stream (write_cb, self, RESHOOT_PDF_WIDTH,
                                                       RESHOOT_PDF_HEIGHT);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR, "Reshoot");
  self->cr = cairo_create (self->surface);
}

gboolean
reshoot_pdf_check (ReshootPdf  *self,
                   GError     **error)
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

/* The last page, and the end of the file. */
gboolean
reshoot_pdf_finish (ReshootPdf  *self,
                    GError     **error)
{
  cairo_show_page (self->cr);
  cairo_surface_finish (self->surface);
  return reshoot_pdf_check (self, error);
}

void
reshoot_pdf_close (ReshootPdf *self)
{
  cairo_destroy (self->cr);
  cairo_surface_finish (self->surface);
  cairo_surface_destroy (self->surface);
  g_clear_error (&self->error);
  g_object_unref (self->stream);
}

/* Words in lines of @width points, in pages' own font. */
PangoLayout *
reshoot_pdf_make_words (ReshootPdf *self,
                        const char *words,
                        double      size,
                        gboolean    is_bold,
                        double      width)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  PangoLayout *layout = pango_cairo_create_layout (self->cr);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, "sans-serif");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (is_bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, valid, -1);
  pango_font_description_free (font);
  return layout;
}

/* In at most @lines lines of @width points, what is too long with an ellipsis. Returns: the height it takes. */
double
reshoot_pdf_draw_words (ReshootPdf *self,
                        const char *words,
                        double      size,
                        gboolean    is_bold,
                        double      x,
                        double      y,
                        double      width,
                        int         lines,
                        double      gray)
{
  PangoLayout *layout = reshoot_pdf_make_words (self, words, size, is_bold, width);
  int height;

  pango_layout_set_height (layout, -lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, lines == 1);
  pango_layout_get_pixel_size (layout, NULL, &height);

  cairo_set_source_rgb (self->cr, gray, gray, gray);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
  g_object_unref (layout);
  return height;
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
cairo_surface_t *
reshoot_pdf_make_picture (ReshootImage  *picture,
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
                           "a page takes eight bits");
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

void
reshoot_pdf_draw_picture (ReshootPdf      *self,
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
