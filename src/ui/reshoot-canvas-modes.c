/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the canvas draws: which panes there are in which mode, the pictures in them, and the divider. Pictures are
 * drawn from kept cairo surfaces; see reshoot-picture.c for the reason. */

#include "reshoot-canvas-private.h"

#include <math.h>

/* Below this width, in logical pixels, two pictures stand one above the other. */
#define STACK_WIDTH 600

/* Between two panes, in logical pixels. */
#define GAP 2

/* Above this, device pixels per pixel of the picture, pixels are shown as pixels. */
#define PIXELS_ZOOM 2.0

/* One square of the checkerboard, in logical pixels. */
#define SQUARE 8

#define HANDLE_RADIUS 13

static gboolean
has_layer (ReshootCanvas *self,
           int            side)
{
  return self->scene != NULL && self->scene->layers[side].picture != NULL;
}

gboolean
reshoot_canvas_has_divider (ReshootCanvas *self)
{
  return self->mode == RESHOOT_CANVAS_SPLIT
         && has_layer (self, RESHOOT_CANVAS_SOURCE) && has_layer (self, RESHOOT_CANVAS_RESULT);
}

/* Source first. Pictures are never mirrored, so it is on the left in every language. */
int
reshoot_canvas_get_panes (ReshootCanvas   *self,
                          graphene_rect_t  panes[RESHOOT_CANVAS_N_SIDES])
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int first;

  if (self->mode != RESHOOT_CANVAS_SIDE
      || !has_layer (self, RESHOOT_CANVAS_SOURCE) || !has_layer (self, RESHOOT_CANVAS_RESULT))
    {
      panes[0] = panes[1] = GRAPHENE_RECT_INIT (0, 0, width, height);
      return 1;
    }

  /* Both panes have one size, so that one viewport serves them; an odd pixel goes to the gap. */
  if (width < STACK_WIDTH)
    {
      first = (height - GAP) / 2;
      panes[0] = GRAPHENE_RECT_INIT (0, 0, width, first);
      panes[1] = GRAPHENE_RECT_INIT (0, height - first, width, first);
    }
  else
    {
      first = (width - GAP) / 2;
      panes[0] = GRAPHENE_RECT_INIT (0, 0, first, height);
      panes[1] = GRAPHENE_RECT_INIT (width - first, 0, first, height);
    }

  return 2;
}

/* The pane under a point; the nearest one if the point is between them. */
int
reshoot_canvas_find_pane (ReshootCanvas   *self,
                          double           x,
                          double           y,
                          graphene_rect_t *pane)
{
  graphene_rect_t panes[RESHOOT_CANVAS_N_SIDES];
  int n_panes = reshoot_canvas_get_panes (self, panes);
  int index = n_panes == 2 && (x >= panes[1].origin.x && y >= panes[1].origin.y) ? 1 : 0;

  *pane = panes[index];
  return index;
}

/* Whether the source alone is seen where otherwise the result is. */
gboolean
reshoot_canvas_sees_source (ReshootCanvas *self)
{
  return has_layer (self, RESHOOT_CANVAS_SOURCE)
         && (self->shows_source || (self->mode == RESHOOT_CANVAS_BLINK && self->blinks_source));
}

double
reshoot_canvas_get_divider_x (ReshootCanvas *self)
{
  return round (reshoot_canvas_get_divider (self) * gtk_widget_get_width (GTK_WIDGET (self)));
}

static void
draw_checkerboard (cairo_t               *cr,
                   const graphene_rect_t *area)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.8, 0.8, 0.8);

  for (int row = (int) floor (area->origin.y / SQUARE);
       row * SQUARE < area->origin.y + area->size.height; row++)
    for (int column = (int) floor (area->origin.x / SQUARE);
         column * SQUARE < area->origin.x + area->size.width;
         column++)
      if (((row + column) & 1) != 0)
        cairo_rectangle (cr, column * SQUARE, row * SQUARE, SQUARE, SQUARE);

  cairo_fill (cr);
}

/* Where a picture lies in a pane, on whole device pixels, so that 100 % is a plain copy and edges are sharp. */
graphene_rect_t
reshoot_canvas_place (ReshootCanvas         *self,
                      int                    side,
                      const graphene_rect_t *pane)
{
  const ReshootCanvasLayer *layer = &self->scene->layers[side];
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double x = layer->x + (side == RESHOOT_CANVAS_RESULT ? self->shift_x : 0);
  double y = layer->y + (side == RESHOOT_CANVAS_RESULT ? self->shift_y : 0);
  double left, top, right, bottom;

  reshoot_viewport_to_view (self->viewport, x, y, &left, &top);
  reshoot_viewport_to_view (self->viewport,
                            x + reshoot_picture_get_width (layer->picture) * layer->scale,
                            y + reshoot_picture_get_height (layer->picture) * layer->scale,
                            &right, &bottom);

  right = MAX (round ((right - left) * scale_factor), 1) / scale_factor;
  bottom = MAX (round ((bottom - top) * scale_factor), 1) / scale_factor;
  left = round ((pane->origin.x + left) * scale_factor) / scale_factor;
  top = round ((pane->origin.y + top) * scale_factor) / scale_factor;

  return GRAPHENE_RECT_INIT (left, top, right, bottom);
}

static void
draw_layer (ReshootCanvas         *self,
            int                    side,
            const graphene_rect_t *pane,
            GtkSnapshot           *snapshot)
{
  const ReshootCanvasLayer *layer = &self->scene->layers[side];
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  graphene_rect_t place = reshoot_canvas_place (self, side, pane);
  graphene_rect_t seen;
  double scale, level_scale;
  cairo_surface_t *surface;
  cairo_filter_t filter;
  cairo_t *cr;

  if (!reshoot_picture_get_ready (layer->picture)
      || !graphene_rect_intersection (&place, pane, &seen))
    return;

  scale = place.size.width * scale_factor / reshoot_picture_get_width (layer->picture);
  surface = reshoot_picture_get_surface (layer->picture, scale);
  level_scale = place.size.width * scale_factor / cairo_image_surface_get_width (surface);

  filter = CAIRO_FILTER_BILINEAR;
  if (fabs (level_scale - 1) < 1e-3
      || (scale > PIXELS_ZOOM + 1e-6 && reshoot_picture_get_complete (layer->picture)))
    filter = CAIRO_FILTER_NEAREST;

  cr = gtk_snapshot_append_cairo (snapshot, &seen);
  if (reshoot_picture_get_has_alpha (layer->picture))
    draw_checkerboard (cr, &seen);

  cairo_save (cr);
  cairo_translate (cr, place.origin.x, place.origin.y);
  cairo_scale (cr, place.size.width / cairo_image_surface_get_width (surface),
               place.size.height / cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), filter);
  /* With the edge in sight only padding keeps pixman on its fast path, and no edge fades into the background. */
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_rectangle (cr, 0, 0, cairo_image_surface_get_width (surface),
                   cairo_image_surface_get_height (surface));
  cairo_fill (cr);
  cairo_restore (cr);

  if (reshoot_picture_get_complete (layer->picture))
    reshoot_canvas_draw_grid (cr, layer->picture, &place, &seen, scale_factor);
  cairo_destroy (cr);
}

static void
draw_divider (ReshootCanvas *self,
              GtkSnapshot   *snapshot)
{
  double x = reshoot_canvas_get_divider_x (self);
  double middle = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  gboolean focused = gtk_widget_has_visible_focus (self->divider);
  graphene_rect_t bounds;
  cairo_t *cr;

  bounds = GRAPHENE_RECT_INIT ((float) (x - HANDLE_RADIUS - 3), 0, 2 * HANDLE_RADIUS + 6,
                               (float) (2 * middle));
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  /* White in a dark rim is seen on every picture. */
  cairo_set_source_rgba (cr, 0, 0, 0, 0.35);
  cairo_rectangle (cr, x - 2, 0, 4, 2 * middle);
  cairo_fill (cr);
  cairo_arc (cr, x, middle, HANDLE_RADIUS + 1, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, x - 1, 0, 2, 2 * middle);
  cairo_fill (cr);
  cairo_arc (cr, x, middle, HANDLE_RADIUS, 0, 2 * G_PI);
  cairo_fill (cr);

  if (focused)
    {
      cairo_set_source_rgb (cr, 0.21, 0.52, 0.89);
      cairo_set_line_width (cr, 2);
      cairo_arc (cr, x, middle, HANDLE_RADIUS - 1, 0, 2 * G_PI);
      cairo_stroke (cr);
    }

  cairo_set_source_rgb (cr, 0.2, 0.2, 0.2);
  cairo_set_line_width (cr, 2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (cr, x + side * 3, middle - 4);
      cairo_line_to (cr, x + side * 7, middle);
      cairo_line_to (cr, x + side * 3, middle + 4);
      cairo_stroke (cr);
    }

  cairo_destroy (cr);
}

static void
draw_side (ReshootCanvas   *self,
           graphene_rect_t  panes[RESHOOT_CANVAS_N_SIDES],
           int              n_panes,
           GtkSnapshot     *snapshot)
{
  if (n_panes == 2)
    draw_layer (self, RESHOOT_CANVAS_SOURCE, &panes[0], snapshot);
  else if (!has_layer (self, RESHOOT_CANVAS_RESULT))
    {
      draw_layer (self, RESHOOT_CANVAS_SOURCE, &panes[0], snapshot);
      return;
    }

  draw_layer (self,
              reshoot_canvas_sees_source (self) ? RESHOOT_CANVAS_SOURCE : RESHOOT_CANVAS_RESULT,
              &panes[n_panes - 1], snapshot);
}

static void
draw_overlay (ReshootCanvas         *self,
              const graphene_rect_t *pane,
              GtkSnapshot           *snapshot)
{
  draw_layer (self, RESHOOT_CANVAS_SOURCE, pane, snapshot);
  gtk_snapshot_push_opacity (snapshot, self->overlay);
  draw_layer (self, RESHOOT_CANVAS_RESULT, pane, snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
draw_split (ReshootCanvas         *self,
            const graphene_rect_t *pane,
            GtkSnapshot           *snapshot)
{
  graphene_rect_t half = *pane;

  draw_layer (self, RESHOOT_CANVAS_RESULT, pane, snapshot);

  half.size.width = (float) reshoot_canvas_get_divider_x (self);
  gtk_snapshot_push_clip (snapshot, &half);
  /* Where the source does not reach, the result must not shine through. */
  gtk_snapshot_render_background (snapshot, gtk_widget_get_style_context (GTK_WIDGET (self)),
                                  0, 0, pane->size.width, pane->size.height);
  draw_layer (self, RESHOOT_CANVAS_SOURCE, pane, snapshot);
  gtk_snapshot_pop (snapshot);

  draw_divider (self, snapshot);
}

/* After the frame in which they were drawn. */
static void
painted_cb (ReshootCanvas *self,
            GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  for (int i = 0; i < RESHOOT_CANVAS_N_SIDES; i++)
    if (has_layer (self, i))
      reshoot_picture_set_seen (self->scene->layers[i].picture);
}

/* What waits for a picture to be seen need not wait any longer than this frame. */
static void
await_paint (ReshootCanvas *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  for (int i = 0; i < RESHOOT_CANVAS_N_SIDES && clock != NULL; i++)
    if (has_layer (self, i) && !reshoot_picture_get_seen (self->scene->layers[i].picture))
      {
        g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
        g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted_cb), self,
                                 G_CONNECT_SWAPPED);
      }
}

/* Pictures and divider; the labels are widgets and come after. */
void
reshoot_canvas_draw (ReshootCanvas *self,
                     GtkSnapshot   *snapshot)
{
  graphene_rect_t panes[RESHOOT_CANVAS_N_SIDES];
  int n_panes = reshoot_canvas_get_panes (self, panes);

  if (self->scene == NULL)
    return;

  await_paint (self);
  if (self->shows_source || !has_layer (self, RESHOOT_CANVAS_SOURCE)
      || !has_layer (self, RESHOOT_CANVAS_RESULT))
    draw_side (self, panes, n_panes, snapshot);
  else if (self->mode == RESHOOT_CANVAS_SPLIT)
    draw_split (self, &panes[0], snapshot);
  else if (self->mode == RESHOOT_CANVAS_DIFFERENCE)
    reshoot_canvas_draw_difference (self, &panes[0], snapshot);
  else if (self->mode == RESHOOT_CANVAS_OVERLAY)
    draw_overlay (self, &panes[0], snapshot);
  else
    draw_side (self, panes, n_panes, snapshot);
}
