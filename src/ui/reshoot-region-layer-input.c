/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the region tools are told by the pointer and the keyboard. They listen on the canvas, before it does, and only
 * while they are in hand; wheel and pinch go through to it, so that one can look closer in the middle of the work. */

#include "reshoot-region-layer-private.h"

#include <math.h>

/* One press of a bracket. */
#define BRUSH_STEP 1.25

/* One press of an arrow key, as a share of the picture's shorter side; with Control a pixel. */
#define NUDGE 0.02

static gboolean
to_picture (ReshootRegionLayer *self,
            double              x,
            double              y,
            graphene_point_t   *point)
{
  graphene_rect_t pane;
  double affine[6];

  if (!reshoot_region_layer_get_place (self, &pane, affine))
    return FALSE;

  graphene_point_init (point, (x - affine[2]) / affine[0], (y - affine[5]) / affine[4]);
  return TRUE;
}

static void
add_point (ReshootRegionLayer *self,
           double              x,
           double              y)
{
  graphene_point_t point;

  if (to_picture (self, x, y, &point))
    g_array_append_val (self->points, point);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               gpointer        user_data)
{
  ReshootRegionLayer *self = user_data;
  graphene_rect_t pane;
  double affine[6];

  if (!self->active || !reshoot_region_layer_get_place (self, &pane, affine)
      || !graphene_rect_contains_point (&pane, &GRAPHENE_POINT_INIT (x, y)))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  g_array_set_size (self->points, 0);
  self->draws = TRUE;
  self->start_x = x;
  self->start_y = y;
  add_point (self, x, y);
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          offset_x,
                double          offset_y,
                gpointer        user_data)
{
  ReshootRegionLayer *self = user_data;

  if (!self->draws)
    return;

  if (reshoot_region_layer_get_tool (self) == RESHOOT_REGION_BOX && self->points->len > 1)
    g_array_set_size (self->points, 1);

  self->pointer_x = self->start_x + offset_x;
  self->pointer_y = self->start_y + offset_y;
  add_point (self, self->pointer_x, self->pointer_y);
}

static double
get_radius (ReshootRegionLayer *self)
{
  graphene_rect_t pane;
  double affine[6];

  if (!reshoot_region_layer_get_place (self, &pane, affine))
    return 1;

  return reshoot_region_layer_get_width (self, affine) / 2 / affine[0];
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          offset_x,
             double          offset_y,
             gpointer        user_data)
{
  ReshootRegionLayer *self = user_data;

  if (!self->draws)
    return;

  self->draws = FALSE;
  reshoot_region_strokes_add (reshoot_region_layer_get_current (self),
                              reshoot_region_layer_get_tool (self),
                              reshoot_region_layer_get_rule (self), get_radius (self),
                              (const graphene_point_t *) self->points->data, self->points->len);
  g_array_set_size (self->points, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_cancel_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                gpointer          user_data)
{
  ReshootRegionLayer *self = user_data;

  self->draws = FALSE;
  g_array_set_size (self->points, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           gpointer                  user_data)
{
  ReshootRegionLayer *self = user_data;

  self->pointer_x = x;
  self->pointer_y = y;
  self->hovers = TRUE;
  if (self->active && reshoot_region_layer_get_tool (self) == RESHOOT_REGION_BRUSH)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (GtkEventControllerMotion *controller,
          gpointer                  user_data)
{
  ReshootRegionLayer *self = user_data;

  self->hovers = FALSE;
  if (self->active)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A box in the middle of the picture to begin with. */
static void
add_middle_box (ReshootRegionLayer *self,
                int                 width,
                int                 height)
{
  graphene_point_t corners[2] = {
    GRAPHENE_POINT_INIT (width / 4, height / 4),
    GRAPHENE_POINT_INIT (width - width / 4, height - height / 4),
  };

  reshoot_region_strokes_add (reshoot_region_layer_get_current (self), RESHOOT_REGION_BOX,
                              reshoot_region_layer_get_rule (self), 0, corners, 2);
}

/* Moves the last box, or its lower right corner; where there is none, one is made. */
static gboolean
nudge_box (ReshootRegionLayer *self,
           int                 dx,
           int                 dy,
           GdkModifierType     state)
{
  ReshootRegionStrokes *strokes = reshoot_region_layer_get_current (self);
  const ReshootRegionStroke *last = reshoot_region_strokes_get_last (strokes);
  ReshootPicture *picture = reshoot_region_layer_get_picture (self);
  ReshootRegionRule rule;
  graphene_point_t corners[2];
  double step;
  int width, height;

  if (picture == NULL)
    return FALSE;

  width = reshoot_picture_get_width (picture);
  height = reshoot_picture_get_height (picture);
  if (last == NULL || last->tool != RESHOOT_REGION_BOX)
    {
      add_middle_box (self, width, height);
      return TRUE;
    }

  rule = last->rule;
  corners[0] = g_array_index (last->points, graphene_point_t, 0);
  corners[1] = g_array_index (last->points, graphene_point_t, last->points->len - 1);
  step = (state & GDK_CONTROL_MASK) != 0 ? 1 : MAX (1, rint (MIN (width, height) * NUDGE));
  if ((state & GDK_SHIFT_MASK) == 0)
    {
      dx = (int) CLAMP (dx * step, -MIN (corners[0].x, corners[1].x),
                        width - MAX (corners[0].x, corners[1].x));
      dy = (int) CLAMP (dy * step, -MIN (corners[0].y, corners[1].y),
                        height - MAX (corners[0].y, corners[1].y));
      corners[0].x += dx;
      corners[0].y += dy;
      corners[1].x += dx;
      corners[1].y += dy;
    }
  else
    {
      corners[1].x = CLAMP (corners[1].x + dx * step, corners[0].x + 4, width);
      corners[1].y = CLAMP (corners[1].y + dy * step, corners[0].y + 4, height);
    }

  reshoot_region_strokes_undo (strokes);
  reshoot_region_strokes_add (strokes, RESHOOT_REGION_BOX, rule, 0, corners, 2);
  return TRUE;
}

static gboolean
press_arrow (ReshootRegionLayer *self,
             guint               keyval,
             GdkModifierType     state)
{
  if (reshoot_region_layer_get_tool (self) != RESHOOT_REGION_BOX)
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_Left:
      return nudge_box (self, -1, 0, state);
    case GDK_KEY_Right:
      return nudge_box (self, 1, 0, state);
    case GDK_KEY_Up:
      return nudge_box (self, 0, -1, state);
    case GDK_KEY_Down:
      return nudge_box (self, 0, 1, state);
    default:
      return FALSE;
    }
}

/* What a key does while the tools are in hand. Returns: whether it did something */
gboolean
reshoot_region_layer_press_key (ReshootRegionLayer *self,
                                guint               keyval,
                                GdkModifierType     state)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK);

  if (!self->active || (held & GDK_ALT_MASK) != 0)
    return FALSE;

  if (held == GDK_CONTROL_MASK && (keyval == GDK_KEY_z || keyval == GDK_KEY_Z))
    {
      reshoot_region_strokes_undo (reshoot_region_layer_get_current (self));
      return TRUE;   /* also where nothing is left: the head stays where it is */
    }

  if (held == 0 && keyval == GDK_KEY_Escape)
    {
      reshoot_region_layer_set_active (self, FALSE);
      return TRUE;
    }

  if (!self->cutout && (keyval == GDK_KEY_bracketleft || keyval == GDK_KEY_bracketright))
    {
      double by = keyval == GDK_KEY_bracketright ? BRUSH_STEP : 1 / BRUSH_STEP;

      reshoot_region_layer_set_brush (self, self->brush * by);
      return TRUE;
    }

  return press_arrow (self, keyval, state);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                gpointer               user_data)
{
  return reshoot_region_layer_press_key (user_data, keyval, state);
}

static void
add (ReshootRegionLayer *self,
     GtkEventController *controller)
{
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), controller);
  g_ptr_array_add (self->controllers, controller);
}

/* Listens on the canvas. */
void
reshoot_region_layer_add_input (ReshootRegionLayer *self)
{
  GtkEventController *controller;

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_drag_new ());
  g_signal_connect (controller, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (controller, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (controller, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (controller, "cancel", G_CALLBACK (drag_cancel_cb), self);
  add (self, controller);

  controller = gtk_event_controller_motion_new ();
  g_signal_connect (controller, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (controller, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (controller, "leave", G_CALLBACK (leave_cb), self);
  add (self, controller);

  controller = gtk_event_controller_key_new ();
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  add (self, controller);
}
