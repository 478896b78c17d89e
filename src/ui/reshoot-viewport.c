/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootViewport: which part of a picture is seen, and how large. It is shared by every pane that shows the same
 * scene, and it lives in the original's coordinates, so that pictures of other size or crop stay in register. It
 * knows numbers only: no widget, no picture. */

#include "reshoot-viewport.h"

#include <math.h>

/* Kept free around a picture that is shown whole, in logical pixels. */
#define MARGIN 12.0

#define ZOOM_MAX 32.0
#define ZOOM_MIN 0.005

struct _ReshootViewport
{
  GObject         parent_instance;

  double          width;         /* of one pane, in logical pixels */
  double          height;
  int             scale_factor;  /* device pixels per logical pixel */
  graphene_rect_t bounds;        /* what there is to see, in the original's pixels */
  double          zoom;          /* device pixels per pixel of the original */
  double          x;             /* the original's point in the middle of the pane */
  double          y;
  gboolean        fits;          /* stays fitted when pane or bounds change */
  gboolean        has_wish;      /* where to look once pane and bounds allow it */
  double          wish_x;
  double          wish_y;
};

G_DEFINE_FINAL_TYPE (ReshootViewport, reshoot_viewport, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the plus and minus keys stop at. */
static const double stops[] = {
  0.01, 0.02, 0.03, 0.05, 0.07, 0.10, 0.15, 0.20, 0.25, 0.33, 0.50, 0.67,
  1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0
};

/* Logical pixels per pixel of the original. */
static double
get_logical_zoom (ReshootViewport *self)
{
  return self->zoom / self->scale_factor;
}

static double
clamp_axis (double centre,
            double pane,
            double start,
            double length)
{
  if (length <= pane)
    return start + length / 2;

  return CLAMP (centre, start + pane / 2, start + length - pane / 2);
}

/* A picture smaller than the pane stays in its middle; a larger one never leaves a gap at an edge. */
static void
settle (ReshootViewport *self)
{
  double zoom = get_logical_zoom (self);

  self->x = clamp_axis (self->x, self->width / zoom, self->bounds.origin.x,
                        self->bounds.size.width);
  self->y = clamp_axis (self->y, self->height / zoom, self->bounds.origin.y,
                        self->bounds.size.height);
}

/* What the pane or the bounds did not allow so far, until somebody moves. */
static void
grant_wish (ReshootViewport *self)
{
  if (!self->has_wish)
    return;

  self->x = self->wish_x;
  self->y = self->wish_y;
}

/* Never larger than its own pixels: a small picture is not blown up unasked. */
static double
get_fit_zoom (ReshootViewport *self)
{
  double width = MAX (self->width - 2 * MARGIN, 1) * self->scale_factor;
  double height = MAX (self->height - 2 * MARGIN, 1) * self->scale_factor;
  double zoom = MIN (width / self->bounds.size.width, height / self->bounds.size.height);

  return CLAMP (zoom, ZOOM_MIN, 1.0);
}

static void
reshoot_viewport_class_init (ReshootViewportClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_viewport_init (ReshootViewport *self)
{
  self->width = 1;
  self->height = 1;
  self->scale_factor = 1;
  self->bounds = GRAPHENE_RECT_INIT (0, 0, 1, 1);
  self->zoom = 1;
  self->fits = TRUE;
}

ReshootViewport *
reshoot_viewport_new (void)
{
  return g_object_new (RESHOOT_TYPE_VIEWPORT, NULL);
}

/**
 * reshoot_viewport_set_pane:
 * @self: a viewport
 * @width: of one pane, in logical pixels
 * @height: of one pane, in logical pixels
 * @scale_factor: device pixels per logical pixel
 *
 * Says how much room there is. What is in the middle stays there; what was fitted is fitted again.
 */
void
reshoot_viewport_set_pane (ReshootViewport *self,
                           double           width,
                           double           height,
                           int              scale_factor)
{
  g_return_if_fail (RESHOOT_IS_VIEWPORT (self));
  g_return_if_fail (scale_factor > 0);

  if (self->width == width && self->height == height && self->scale_factor == scale_factor)
    return;

  self->width = MAX (width, 1);
  self->height = MAX (height, 1);
  self->scale_factor = scale_factor;

  if (self->fits)
    self->zoom = get_fit_zoom (self);

  grant_wish (self);
  settle (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * reshoot_viewport_set_bounds:
 * @self: a viewport
 * @bounds: what there is to see, in the original's pixels; not empty
 */
void
reshoot_viewport_set_bounds (ReshootViewport       *self,
                             const graphene_rect_t *bounds)
{
  g_return_if_fail (RESHOOT_IS_VIEWPORT (self));
  g_return_if_fail (bounds->size.width > 0 && bounds->size.height > 0);

  if (graphene_rect_equal (&self->bounds, bounds))
    return;

  self->bounds = *bounds;

  if (self->fits)
    self->zoom = get_fit_zoom (self);

  grant_wish (self);
  settle (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * reshoot_viewport_look_at:
 * @self: a viewport
 * @zoom: device pixels per pixel of the original
 * @x: in the original's pixels
 * @y: in the original's pixels
 *
 * Shows the point (@x, @y) in the middle, now or as soon as pane and bounds are such that it can be, unless somebody
 * moves before.
 */
void
reshoot_viewport_look_at (ReshootViewport *self,
                          double           zoom,
                          double           x,
                          double           y)
{
  g_return_if_fail (RESHOOT_IS_VIEWPORT (self));

  self->fits = FALSE;
  self->zoom = CLAMP (zoom, ZOOM_MIN, ZOOM_MAX);
  self->has_wish = TRUE;
  self->wish_x = x;
  self->wish_y = y;
  grant_wish (self);
  settle (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * reshoot_viewport_get_centre:
 * @self: a viewport
 * @x: (out): in the original's pixels
 * @y: (out): in the original's pixels
 *
 * Tells which point is in the middle.
 */
void
reshoot_viewport_get_centre (ReshootViewport *self,
                             double          *x,
                             double          *y)
{
  g_return_if_fail (RESHOOT_IS_VIEWPORT (self));

  *x = self->x;
  *y = self->y;
}

/**
 * reshoot_viewport_get_zoom:
 * @self: a viewport
 *
 * Returns: device pixels per pixel of the original; 1 = 100 %
 */
double
reshoot_viewport_get_zoom (ReshootViewport *self)
{
  g_return_val_if_fail (RESHOOT_IS_VIEWPORT (self), 1);

  return self->zoom;
}

gboolean
reshoot_viewport_get_fits (ReshootViewport *self)
{
  g_return_val_if_fail (RESHOOT_IS_VIEWPORT (self), FALSE);

  return self->fits;
}

/**
 * reshoot_viewport_fit:
 * @self: a viewport
 *
 * Shows everything, and goes on doing so while the pane changes its size.
 */
void
reshoot_viewport_fit (ReshootViewport *self)
{
  g_return_if_fail (RESHOOT_IS_VIEWPORT (self));

  self->fits = TRUE;
  self->has_wish = FALSE;
  self->zoom = get_fit_zoom (self);
  settle (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * reshoot_viewport_zoom_to:
 * @self: a viewport
 * @zoom: device pixels per pixel of the original
 * @x: in the pane, in logical pixels
 * @y: in the pane, in logical pixels
 *
 * Zooms so that the point under (@x, @y) stays there, as far as the picture's edges allow.
 */
void
reshoot_viewport_zoom_to (ReshootViewport *self,
                          double           zoom,
                          double           x,
                          double           y)
{
  double original_x, original_y;

  g_return_if_fail (RESHOOT_IS_VIEWPORT (self));

  reshoot_viewport_to_original (self, x, y, &original_x, &original_y);

  self->fits = FALSE;
  self->has_wish = FALSE;
  self->zoom = CLAMP (zoom, ZOOM_MIN, ZOOM_MAX);
  self->x = original_x - (x - self->width / 2) / get_logical_zoom (self);
  self->y = original_y - (y - self->height / 2) / get_logical_zoom (self);

  settle (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * reshoot_viewport_zoom_step:
 * @self: a viewport
 * @direction: 1 for larger, -1 for smaller
 * @x: in the pane, in logical pixels
 * @y: in the pane, in logical pixels
 *
 * Goes to the next round number.
 */
void
reshoot_viewport_zoom_step (ReshootViewport *self,
                            int              direction,
                            double           x,
                            double           y)
{
  double zoom;

  g_return_if_fail (RESHOOT_IS_VIEWPORT (self));

  zoom = self->zoom;
  if (direction > 0)
    {
      for (guint i = 0; i < G_N_ELEMENTS (stops) && zoom == self->zoom; i++)
        if (stops[i] > self->zoom * 1.01)
          zoom = stops[i];
    }
  else
    {
      for (guint i = G_N_ELEMENTS (stops); i > 0 && zoom == self->zoom; i--)
        if (stops[i - 1] < self->zoom * 0.99)
          zoom = stops[i - 1];
    }

  reshoot_viewport_zoom_to (self, zoom, x, y);
}

/**
 * reshoot_viewport_pan_by:
 * @self: a viewport
 * @dx: how far the picture moves to the right, in logical pixels
 * @dy: how far it moves down
 */
void
reshoot_viewport_pan_by (ReshootViewport *self,
                         double           dx,
                         double           dy)
{
  double x, y;

  g_return_if_fail (RESHOOT_IS_VIEWPORT (self));

  self->has_wish = FALSE;
  x = self->x;
  y = self->y;
  self->x -= dx / get_logical_zoom (self);
  self->y -= dy / get_logical_zoom (self);
  settle (self);

  if (x != self->x || y != self->y)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
reshoot_viewport_to_view (ReshootViewport *self,
                          double           original_x,
                          double           original_y,
                          double          *x,
                          double          *y)
{
  g_return_if_fail (RESHOOT_IS_VIEWPORT (self));

  *x = self->width / 2 + (original_x - self->x) * get_logical_zoom (self);
  *y = self->height / 2 + (original_y - self->y) * get_logical_zoom (self);
}

void
reshoot_viewport_to_original (ReshootViewport *self,
                              double           x,
                              double           y,
                              double          *original_x,
                              double          *original_y)
{
  g_return_if_fail (RESHOOT_IS_VIEWPORT (self));

  *original_x = self->x + (x - self->width / 2) / get_logical_zoom (self);
  *original_y = self->y + (y - self->height / 2) / get_logical_zoom (self);
}
