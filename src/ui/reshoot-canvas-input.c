/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the canvas is told by wheel, drag, pinch, double click and the keys that need no name elsewhere: the arrows, the
 * divider's comma and period, and space, which shows the source for as long as it is held. */

#include "reshoot-canvas-private.h"

#include <math.h>

/* One notch of a wheel. */
#define WHEEL_ZOOM 1.2

/* One press of an arrow key, in logical pixels. */
#define ARROW_PAN 48.0

/* One press of comma or period. */
#define DIVIDER_STEP 0.02

/* How near to the divider the pointer must be to take hold of it, in logical pixels. */
#define DIVIDER_REACH 14.0

static gboolean
is_near_divider (ReshootCanvas *self,
                 double         x)
{
  return reshoot_canvas_has_divider (self)
         && fabs (x - reshoot_canvas_get_divider_x (self)) <= DIVIDER_REACH;
}

static void
zoom_at (ReshootCanvas *self,
         double         zoom,
         double         x,
         double         y)
{
  graphene_rect_t pane;

  reshoot_canvas_find_pane (self, x, y, &pane);
  reshoot_viewport_zoom_to (self->viewport, zoom, x - pane.origin.x, y - pane.origin.y);
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           gpointer                  user_data)
{
  ReshootCanvas *self = user_data;

  self->pointer_x = x;
  self->pointer_y = y;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   is_near_divider (self, x) ? "col-resize" : NULL);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           gpointer                  user_data)
{
  ReshootCanvas *self = user_data;
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean is_wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;
  double step = is_wheel ? ARROW_PAN : 1;

  if ((state & GDK_SHIFT_MASK) != 0)
    reshoot_viewport_pan_by (self->viewport, -(dx + dy) * step, 0);
  else if (is_wheel || (state & GDK_CONTROL_MASK) != 0)
    {
      reshoot_viewport_pan_by (self->viewport, -dx * step, 0);
      if (dy != 0)
        zoom_at (self, reshoot_viewport_get_zoom (self->viewport)
                 * pow (WHEEL_ZOOM, is_wheel ? -dy : -dy / 40),
                 self->pointer_x, self->pointer_y);
    }
  else
    reshoot_viewport_pan_by (self->viewport, -dx, -dy);   /* two fingers on a touchpad */

  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               gpointer        user_data)
{
  ReshootCanvas *self = user_data;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_x = 0;
  self->drag_y = 0;
  self->drags_divider = is_near_divider (self, x);
  self->drags_result =
    (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture))
     & GDK_SHIFT_MASK) != 0;
  if (self->drags_result)
    {
      self->drag_x = self->shift_x;
      self->drag_y = self->shift_y;
    }
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          offset_x,
                double          offset_y,
                gpointer        user_data)
{
  ReshootCanvas *self = user_data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  double x, y;

  if (self->drags_result)
    {
      double zoom = reshoot_viewport_get_zoom (self->viewport)
                    / gtk_widget_get_scale_factor (GTK_WIDGET (self));

      reshoot_canvas_shift (self, self->drag_x + offset_x / zoom, self->drag_y + offset_y / zoom);
      return;
    }

  if (self->drags_divider)
    {
      gtk_gesture_drag_get_start_point (gesture, &x, &y);
      reshoot_canvas_set_divider (self, (x + offset_x) / MAX (width, 1));
      return;
    }

  reshoot_viewport_pan_by (self->viewport, offset_x - self->drag_x, offset_y - self->drag_y);
  self->drag_x = offset_x;
  self->drag_y = offset_y;
}

static void
click_released_cb (GtkGestureClick *gesture,
                   int              n_press,
                   double           x,
                   double           y,
                   gpointer         user_data)
{
  ReshootCanvas *self = user_data;

  if (n_press != 2 || is_near_divider (self, x))
    return;

  if (self->shift_x != 0 || self->shift_y != 0)
    reshoot_canvas_shift (self, 0, 0);
  else if (reshoot_viewport_get_fits (self->viewport))
    zoom_at (self, 1, x, y);
  else
    reshoot_viewport_fit (self->viewport);
}

static void
pinch_begin_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                gpointer          user_data)
{
  ReshootCanvas *self = user_data;

  self->pinch_zoom = reshoot_viewport_get_zoom (self->viewport);
}

static void
pinch_scale_changed_cb (GtkGestureZoom *gesture,
                        double          scale,
                        gpointer        user_data)
{
  ReshootCanvas *self = user_data;
  double x = self->pointer_x;
  double y = self->pointer_y;

  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  zoom_at (self, self->pinch_zoom * scale, x, y);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                gpointer               user_data)
{
  ReshootCanvas *self = user_data;

  if (keyval == GDK_KEY_Escape && (self->shift_x != 0 || self->shift_y != 0))
    {
      reshoot_canvas_shift (self, 0, 0);
      return GDK_EVENT_STOP;
    }

  if (keyval != GDK_KEY_space || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  reshoot_canvas_set_shows_source (self, TRUE);
  return GDK_EVENT_STOP;
}

static void
key_released_cb (GtkEventControllerKey *controller,
                 guint                  keyval,
                 guint                  keycode,
                 GdkModifierType        state,
                 gpointer               user_data)
{
  if (keyval == GDK_KEY_space)
    reshoot_canvas_set_shows_source (user_data, FALSE);
}

/* The key may come up in another window: then nobody tells us. */
static void
focus_leave_cb (GtkEventControllerFocus *controller,
                gpointer                 user_data)
{
  reshoot_canvas_set_shows_source (user_data, FALSE);
}

void
reshoot_canvas_add_input (ReshootCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *controller;

  controller = gtk_event_controller_motion_new ();
  g_signal_connect (controller, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (controller, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  g_signal_connect (controller, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, controller);

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_drag_new ());
  g_signal_connect (controller, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (controller, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (widget, controller);

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());
  g_signal_connect (controller, "released", G_CALLBACK (click_released_cb), self);
  gtk_widget_add_controller (widget, controller);

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_zoom_new ());
  g_signal_connect (controller, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (controller, "scale-changed", G_CALLBACK (pinch_scale_changed_cb), self);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_event_controller_key_new ();
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (controller, "key-released", G_CALLBACK (key_released_cb), self);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_event_controller_focus_new ();
  g_signal_connect (controller, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (widget, controller);
}

static void
pan_action_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  double dx, dy;

  g_variant_get (parameter, "(dd)", &dx, &dy);
  reshoot_viewport_pan_by (RESHOOT_CANVAS (widget)->viewport, dx, dy);
}

static void
shift_action_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  ReshootCanvas *self = RESHOOT_CANVAS (widget);
  double dx, dy;

  g_variant_get (parameter, "(dd)", &dx, &dy);
  reshoot_canvas_shift (self, self->shift_x + dx, self->shift_y + dy);
}

static void
divider_action_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  ReshootCanvas *self = RESHOOT_CANVAS (widget);

  reshoot_canvas_set_divider (self,
                              reshoot_canvas_get_divider (self) + g_variant_get_double (parameter));
}

void
reshoot_canvas_add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint  keyval;
    double dx;
    double dy;
  } arrows[] = {
    { GDK_KEY_Left, ARROW_PAN, 0 },
    { GDK_KEY_Right, -ARROW_PAN, 0 },
    { GDK_KEY_Up, 0, ARROW_PAN },
    { GDK_KEY_Down, 0, -ARROW_PAN },
  };

  gtk_widget_class_install_action (widget_class, "canvas.pan", "(dd)", pan_action_cb);
  gtk_widget_class_install_action (widget_class, "canvas.move-divider", "d", divider_action_cb);

  gtk_widget_class_install_action (widget_class, "canvas.shift", "(dd)", shift_action_cb);

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding_action (widget_class, arrows[i].keyval, 0, "canvas.pan", "(dd)",
                                           arrows[i].dx, arrows[i].dy);
      gtk_widget_class_add_binding_action (widget_class, arrows[i].keyval, GDK_SHIFT_MASK,
                                           "canvas.shift", "(dd)", -arrows[i].dx / ARROW_PAN,
                                           -arrows[i].dy / ARROW_PAN);
    }

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_comma, 0, "canvas.move-divider", "d",
                                       -DIVIDER_STEP);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_period, 0, "canvas.move-divider", "d",
                                       DIVIDER_STEP);
}
