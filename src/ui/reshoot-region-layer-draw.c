/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a region looks. What may change has a dashed outline, black on white, and while the tools are in hand the rest is
 * dimmed; what may not is hatched. So it can be told without colour, on any picture. */

#include "reshoot-region-layer-private.h"

#include <math.h>

#define OUTLINE_WIDTH 1.5
#define HINT_WIDTH 4.0
#define HATCH 9.0       /* between the lines, in logical pixels */

static void
begin_picture (cairo_t      *cr,
               const double  affine[6])
{
  cairo_save (cr);
  cairo_translate (cr, affine[2], affine[5]);
  cairo_scale (cr, affine[0], affine[4]);
}

/* White below, black dashes above. */
static void
stroke_outline (cairo_t  *cr,
                gboolean  dashed)
{
  const double dashes[] = { 6, 4 };

  cairo_set_source_rgba (cr, 1, 1, 1, 0.95);
  cairo_set_line_width (cr, OUTLINE_WIDTH * 2);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.95);
  cairo_set_line_width (cr, OUTLINE_WIDTH);
  if (dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* Fills the path with slanted lines, black beside white. */
static void
fill_hatched (cairo_t               *cr,
              const graphene_rect_t *pane)
{
  double left = pane->origin.x, top = pane->origin.y;
  double bottom = top + pane->size.height;
  double reach = pane->size.width + pane->size.height;

  cairo_save (cr);
  cairo_clip (cr);
  for (int side = 0; side < 2; side++)
    {
      for (double at = 0; at < reach; at += HATCH)
        {
          cairo_move_to (cr, left + at + side * 1.5, top);
          cairo_line_to (cr, left + at + side * 1.5 - pane->size.height, bottom);
        }
      cairo_set_source_rgba (cr, side, side, side, 0.6);
      cairo_set_line_width (cr, 1.2);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

static void
draw_here (ReshootRegionLayer   *self,
           ReshootRegionStrokes *strokes,
           cairo_t              *cr,
           const double          affine[6])
{
  ReshootPicture *picture = reshoot_region_layer_get_picture (self);
  gboolean any;

  begin_picture (cr, affine);
  any = reshoot_region_strokes_trace (strokes, RESHOOT_REGION_HERE, cr);
  cairo_restore (cr);
  if (!any)
    return;

  if (self->active)
    {
      cairo_path_t *path = cairo_copy_path (cr);

      begin_picture (cr, affine);
      cairo_rectangle (cr, 0, 0, reshoot_picture_get_width (picture),
                       reshoot_picture_get_height (picture));
      cairo_restore (cr);
      cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
      cairo_set_source_rgba (cr, 0, 0, 0, 0.35);
      cairo_fill (cr);
      cairo_append_path (cr, path);
      cairo_path_destroy (path);
    }

  stroke_outline (cr, TRUE);
}

static void
draw_never (ReshootRegionLayer    *self,
            cairo_t               *cr,
            const graphene_rect_t *pane,
            const double           affine[6])
{
  cairo_path_t *path;
  gboolean any;

  begin_picture (cr, affine);
  any = reshoot_region_strokes_trace (self->strokes, RESHOOT_REGION_NEVER, cr);
  cairo_restore (cr);
  if (!any)
    return;

  path = cairo_copy_path (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  fill_hatched (cr, pane);
  cairo_new_path (cr);
  cairo_append_path (cr, path);
  cairo_path_destroy (path);
  stroke_outline (cr, FALSE);
}

/* White in black belongs to the product, black in white does not; the last box counts. */
static void
draw_hints (ReshootRegionLayer *self,
            cairo_t            *cr,
            const double        affine[6])
{
  guint n = reshoot_region_strokes_get_n (self->hints);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < n; i++)
    {
      const ReshootRegionStroke *stroke = reshoot_region_strokes_get (self->hints, i);
      double tone = stroke->rule == RESHOOT_REGION_HERE ? 1 : 0;

      begin_picture (cr, affine);
      reshoot_region_stroke_trace (stroke, cr);
      cairo_restore (cr);
      if (stroke->tool == RESHOOT_REGION_BOX)
        {
          stroke_outline (cr, FALSE);
          continue;
        }

      cairo_set_source_rgb (cr, 1 - tone, 1 - tone, 1 - tone);
      cairo_set_line_width (cr, HINT_WIDTH + 3);
      cairo_stroke_preserve (cr);
      cairo_set_source_rgb (cr, tone, tone, tone);
      cairo_set_line_width (cr, HINT_WIDTH);
      cairo_stroke (cr);
    }
}

/* What is being drawn, before it is let go of. */
static void
draw_current (ReshootRegionLayer *self,
              cairo_t            *cr,
              const double        affine[6])
{
  ReshootRegionStroke stroke = {
    reshoot_region_layer_get_tool (self), reshoot_region_layer_get_rule (self), 0, self->points,
  };

  if (!self->draws || self->points->len == 0)
    return;

  begin_picture (cr, affine);
  reshoot_region_stroke_trace (&stroke, cr);
  cairo_restore (cr);
  if (reshoot_region_layer_get_tool (self) != RESHOOT_REGION_BRUSH)
    {
      stroke_outline (cr, reshoot_region_layer_get_rule (self) == RESHOOT_REGION_HERE);
      return;
    }

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, reshoot_region_layer_get_width (self, affine));
  if (reshoot_region_layer_get_rule (self) == RESHOOT_REGION_HERE)
    cairo_set_source_rgba (cr, 1, 1, 1, 0.5);
  else
    cairo_set_source_rgba (cr, 0, 0, 0, 0.5);
  cairo_stroke (cr);
}

static void
draw_brush (ReshootRegionLayer *self,
            cairo_t            *cr,
            const double        affine[6])
{
  if (reshoot_region_layer_get_tool (self) != RESHOOT_REGION_BRUSH || !self->hovers)
    return;

  cairo_arc (cr, self->pointer_x, self->pointer_y,
             reshoot_region_layer_get_width (self, affine) / 2, 0, 2 * G_PI);
  stroke_outline (cr, FALSE);
}

void
reshoot_region_layer_draw (ReshootRegionLayer *self,
                           GtkSnapshot        *snapshot)
{
  graphene_rect_t pane;
  double affine[6];
  cairo_t *cr;

  if (!self->active && isnan (reshoot_region_strokes_get_share (self->strokes)))
    return;

  if (!reshoot_region_layer_get_place (self, &pane, affine))
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &pane);
  cairo_rectangle (cr, pane.origin.x, pane.origin.y, pane.size.width, pane.size.height);
  cairo_clip (cr);
  if (self->cutout)
    {
      draw_here (self, self->answer, cr, affine);
      draw_hints (self, cr, affine);
    }
  else
    {
      draw_here (self, self->strokes, cr, affine);
      draw_never (self, cr, &pane, affine);
    }

  if (self->active)
    {
      draw_current (self, cr, affine);
      draw_brush (self, cr, affine);
    }

  cairo_destroy (cr);
}
