/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The lines between the pixels of a picture, where these are seen as large squares. */

#include "reshoot-canvas-private.h"

#include <math.h>

/* From here on lines are drawn between them: closer together they would cover more of the picture than they explain. */
#define GRID_ZOOM 6.0

/* How much lighter than black, and darker than white, a line is. */
#define GRID_CONTRAST (24 / 255.0)

/* Lines of one device pixel where one pixel of the picture ends and the next begins, of which @n lie along @length.
 * @start and @end are what is seen of @length, @across where the lines begin and @thick how long they are, all in
 * device pixels. Only what is seen is drawn: as many lines as fit into the window, however large the picture. */
static void
add_lines (cairo_t  *cr,
           gboolean  upright,
           int       n,
           double    length,
           double    start,
           double    end,
           double    across,
           double    thick)
{
  double step = length / n;
  int last = MIN (n - 1, (int) floor (end / step));

  for (int i = MAX (1, (int) ceil (start / step)); i <= last; i++)
    {
      /* Where the nearest pixel of the picture is another one than before: half way it is still the one before. */
      double at = floor (i * step - 0.5) + 1;

      if (upright)
        cairo_rectangle (cr, at, across, 1, thick);
      else
        cairo_rectangle (cr, across, at, thick, 1);
    }
}

/*
 * reshoot_canvas_draw_grid:
 * @cr: the picture is drawn on it already
 * @picture: which
 * @place: where all of it lies, on whole device pixels
 * @seen: which part of @place is seen
 * @scale_factor: device pixels a logical one
 *
 * The difference to what is below is seen on light and dark alike; a grey line would be lost in a grey picture.
 */
void
reshoot_canvas_draw_grid (cairo_t               *cr,
                          ReshootPicture        *picture,
                          const graphene_rect_t *place,
                          const graphene_rect_t *seen,
                          int                    scale_factor)
{
  double x = (seen->origin.x - place->origin.x) * scale_factor;
  double y = (seen->origin.y - place->origin.y) * scale_factor;
  double width = seen->size.width * scale_factor;
  double height = seen->size.height * scale_factor;

  if (place->size.width * scale_factor < GRID_ZOOM * reshoot_picture_get_width (picture))
    return;

  cairo_save (cr);
  cairo_translate (cr, place->origin.x, place->origin.y);
  cairo_scale (cr, 1.0 / scale_factor, 1.0 / scale_factor);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_operator (cr, CAIRO_OPERATOR_DIFFERENCE);
  cairo_set_source_rgb (cr, GRID_CONTRAST, GRID_CONTRAST, GRID_CONTRAST);
  add_lines (cr, TRUE, reshoot_picture_get_width (picture), place->size.width * scale_factor, x,
             x + width, y, height);
  /* Boxes that do not overlap are filled in less than half the time: better twice the contrast where lines cross. */
  cairo_fill (cr);
  add_lines (cr, FALSE, reshoot_picture_get_height (picture), place->size.height * scale_factor, y,
             y + height, x, width);
  cairo_fill (cr);
  cairo_restore (cr);
}
