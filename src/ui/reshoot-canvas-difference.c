/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The difference as the canvas shows it: the part that is seen, and a little around it, is compared on a worker; what
 * has been compared stays on screen, in its place, until the next is there. */

#include "reshoot-canvas-private.h"

#include <math.h>

/* Compared on each side of what is seen, as a share of it, so that a small move shows nothing uncompared. */
#define MARGIN 0.25

struct _ReshootCanvasHeat
{
  ReshootDifferencePart  part;         /* (owned): what was asked for; a = NULL before */
  GCancellable          *cancellable;  /* (nullable): of what is being compared */
  cairo_surface_t       *surface;      /* (nullable): what is shown */
  double                 x;            /* where its corner lies, in the result's pixels */
  double                 y;
  double                 scale_x;      /* the result's pixels per pixel of the surface */
  double                 scale_y;
};

static const cairo_user_data_key_t pixels_key;

static void
stop (ReshootCanvasHeat *heat)
{
  if (heat->cancellable != NULL)
    g_cancellable_cancel (heat->cancellable);
  g_clear_object (&heat->cancellable);
  g_clear_object (&heat->part.a);
  g_clear_object (&heat->part.b);
}

void
reshoot_canvas_clear_heat (ReshootCanvas *self)
{
  if (self->heat == NULL)
    return;

  stop (self->heat);
  g_clear_pointer (&self->heat->surface, cairo_surface_destroy);
  g_clear_pointer (&self->heat, g_free);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootCanvas) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pixels = reshoot_difference_finish (result, &error);
  ReshootCanvasHeat *heat = self->heat;
  const ReshootPyramidLevel *level;
  const ReshootDifferencePart *part;

  if (pixels == NULL || heat == NULL)
    return;

  part = &heat->part;
  level = reshoot_pyramid_get_level (part->b, part->level_b);
  g_clear_object (&heat->cancellable);
  g_clear_pointer (&heat->surface, cairo_surface_destroy);
  heat->surface =
    cairo_image_surface_create_for_data ((unsigned char *) g_bytes_get_data (pixels, NULL),
                                         CAIRO_FORMAT_ARGB32, part->width, part->height,
                                         part->width * 4);
  cairo_surface_set_user_data (heat->surface, &pixels_key, g_bytes_ref (pixels),
                               (cairo_destroy_func_t) g_bytes_unref);
  heat->scale_x = (double) reshoot_pyramid_get_width (part->b) / level->width;
  heat->scale_y = (double) reshoot_pyramid_get_height (part->b) / level->height;
  heat->x = part->x * heat->scale_x;
  heat->y = part->y * heat->scale_y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* How the two levels lie on each other, by the middles of their pixels. */
static void
align_axis (double  start_a,
            double  scale_a,
            double  shrink_a,
            double  start_b,
            double  scale_b,
            double  shrink_b,
            double *scale,
            double *offset)
{
  *scale = scale_b * shrink_b / (scale_a * shrink_a);
  *offset = (0.5 * scale_b * shrink_b + start_b - start_a) / (scale_a * shrink_a) - 0.5;
}

static void
align (ReshootCanvas         *self,
       ReshootDifferencePart *part)
{
  const ReshootCanvasLayer *a = &self->scene->layers[RESHOOT_CANVAS_SOURCE];
  const ReshootCanvasLayer *b = &self->scene->layers[RESHOOT_CANVAS_RESULT];
  const ReshootPyramidLevel *level_a = reshoot_pyramid_get_level (part->a, part->level_a);
  const ReshootPyramidLevel *level_b = reshoot_pyramid_get_level (part->b, part->level_b);

  align_axis (a->x, a->scale, (double) reshoot_pyramid_get_width (part->a) / level_a->width,
              b->x + self->shift_x, b->scale,
              (double) reshoot_pyramid_get_width (part->b) / level_b->width,
              &part->scale_x, &part->offset_x);
  align_axis (a->y, a->scale, (double) reshoot_pyramid_get_height (part->a) / level_a->height,
              b->y + self->shift_y, b->scale,
              (double) reshoot_pyramid_get_height (part->b) / level_b->height,
              &part->scale_y, &part->offset_y);
}

/* From @start to @end of a level that has @n pixels, and a margin. */
static void
take_axis (double  start,
           double  end,
           int     n,
           int    *first,
           int    *length)
{
  double margin = (end - start) * MARGIN;

  *first = CLAMP ((int) floor (start - margin), 0, n - 1);
  *length = CLAMP ((int) ceil (end + margin), *first + 1, n) - *first;
}

static gboolean
covers (const ReshootDifferencePart *have,
        const ReshootDifferencePart *want,
        const graphene_rect_t       *seen)
{
  return have->a == want->a && have->b == want->b
         && have->level_a == want->level_a && have->level_b == want->level_b
         && have->gain == want->gain
         && have->scale_x == want->scale_x && have->offset_x == want->offset_x
         && have->scale_y == want->scale_y && have->offset_y == want->offset_y
         && have->x <= MAX (seen->origin.x, 0) && have->y <= MAX (seen->origin.y, 0)
         && have->x + have->width >= MIN (seen->origin.x + seen->size.width, want->x + want->width)
         && have->y + have->height >= MIN (seen->origin.y + seen->size.height,
                                           want->y + want->height);
}

/* @seen: in the canvas's logical pixels */
static void
compare (ReshootCanvas         *self,
         const graphene_rect_t *place,
         const graphene_rect_t *seen)
{
  ReshootPicture *source = self->scene->layers[RESHOOT_CANVAS_SOURCE].picture;
  ReshootPicture *result = self->scene->layers[RESHOOT_CANVAS_RESULT].picture;
  double scale = place->size.width * gtk_widget_get_scale_factor (GTK_WIDGET (self))
                 / reshoot_picture_get_width (result);
  ReshootDifferencePart part = { .gain = self->gain };
  const ReshootPyramidLevel *level;
  graphene_rect_t wanted;
  double x_scale, y_scale;

  part.b = reshoot_picture_find_level (result, scale, &part.level_b);
  part.a = reshoot_picture_find_level (source, scale * self->scene->layers[0].scale
                                       / self->scene->layers[1].scale, &part.level_a);
  level = reshoot_pyramid_get_level (part.b, part.level_b);
  x_scale = level->width / place->size.width;
  y_scale = level->height / place->size.height;
  wanted = GRAPHENE_RECT_INIT ((float) floor ((seen->origin.x - place->origin.x) * x_scale),
                               (float) floor ((seen->origin.y - place->origin.y) * y_scale),
                               (float) ceil (seen->size.width * x_scale),
                               (float) ceil (seen->size.height * y_scale));
  take_axis (wanted.origin.x, wanted.origin.x + wanted.size.width, level->width, &part.x,
             &part.width);
  take_axis (wanted.origin.y, wanted.origin.y + wanted.size.height, level->height, &part.y,
             &part.height);
  align (self, &part);

  if (self->heat->part.a != NULL && covers (&self->heat->part, &part, &wanted))
    return;

  stop (self->heat);
  self->heat->part = part;
  g_object_ref (part.a);
  g_object_ref (part.b);
  self->heat->cancellable = g_cancellable_new ();
  reshoot_difference_async (&part, self->heat->cancellable, compared_cb, g_object_ref (self));
}

/* Whether all that is seen has been compared. */
gboolean
reshoot_canvas_has_heat (ReshootCanvas *self)
{
  return self->heat != NULL && self->heat->surface != NULL && self->heat->cancellable == NULL;
}

void
reshoot_canvas_draw_difference (ReshootCanvas         *self,
                                const graphene_rect_t *pane,
                                GtkSnapshot           *snapshot)
{
  graphene_rect_t place = reshoot_canvas_place (self, RESHOOT_CANVAS_RESULT, pane);
  ReshootPicture *result = self->scene->layers[RESHOOT_CANVAS_RESULT].picture;
  ReshootPicture *source = self->scene->layers[RESHOOT_CANVAS_SOURCE].picture;
  ReshootCanvasHeat *heat;
  graphene_rect_t seen;
  double scale_x, scale_y;
  cairo_t *cr;

  if (!reshoot_picture_get_ready (result) || !reshoot_picture_get_ready (source)
      || !graphene_rect_intersection (&place, pane, &seen))
    return;

  if (self->heat == NULL)
    self->heat = g_new0 (ReshootCanvasHeat, 1);
  heat = self->heat;
  compare (self, &place, &seen);

  cr = gtk_snapshot_append_cairo (snapshot, &seen);
  cairo_set_source_rgb (cr, 0.4, 0.4, 0.4);
  cairo_paint (cr);
  if (heat->surface != NULL)
    {
      scale_x = place.size.width / reshoot_picture_get_width (result);
      scale_y = place.size.height / reshoot_picture_get_height (result);
      cairo_translate (cr, place.origin.x + heat->x * scale_x, place.origin.y + heat->y * scale_y);
      cairo_scale (cr, heat->scale_x * scale_x, heat->scale_y * scale_y);
      cairo_set_source_surface (cr, heat->surface, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr),
                                heat->scale_x * scale_x
                                * gtk_widget_get_scale_factor (GTK_WIDGET (self)) >= 1 - 1e-3
                                ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BILINEAR);
      cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
      cairo_rectangle (cr, 0, 0, cairo_image_surface_get_width (heat->surface),
                       cairo_image_surface_get_height (heat->surface));
      cairo_fill (cr);
    }

  cairo_destroy (cr);
}
