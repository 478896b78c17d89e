/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootRegionLayer: an overlay above the canvas on which a person draws what may change and what may not. It draws in
 * the pixels of the picture that the next edit works from, and lets everything through to the canvas that is not meant
 * for its tools. */

#include "config.h"

#include "reshoot-region-layer.h"

#include "reshoot-region-layer-private.h"
#include "reshoot-resources.h"

#include <glib/gi18n.h>
#include <math.h>

G_DEFINE_ENUM_TYPE (ReshootRegionTool, reshoot_region_tool,
                    G_DEFINE_ENUM_VALUE (RESHOOT_REGION_BOX, "box"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_REGION_LASSO, "lasso"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_REGION_BRUSH, "brush"))

G_DEFINE_ENUM_TYPE (ReshootRegionRule, reshoot_region_rule,
                    G_DEFINE_ENUM_VALUE (RESHOOT_REGION_HERE, "here"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_REGION_NEVER, "never"))

G_DEFINE_ENUM_TYPE (ReshootHintTool, reshoot_hint_tool,
                    G_DEFINE_ENUM_VALUE (RESHOOT_HINT_BOX, "box"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_HINT_KEEP, "keep"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_HINT_DROP, "drop"))

G_DEFINE_FINAL_TYPE (ReshootRegionLayer, reshoot_region_layer, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ACTIVE,
  PROP_TOOL,
  PROP_RULE,
  PROP_BRUSH,
  PROP_SHARE,
  PROP_CUTOUT,
  PROP_HINT,
  N_PROPS
};

enum
{
  HINTED,
  N_SIGNALS
};

/* The width of a hint's stroke, as the cut-out takes it: a share of the picture's long side. */
#define HINT_SHARE 0.016

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* The picture that the next edit works from. */
ReshootPicture *
reshoot_region_layer_get_picture (ReshootRegionLayer *self)
{
  ReshootPicture *picture = NULL;

  if (self->canvas != NULL)
    picture = reshoot_canvas_get_picture (self->canvas, RESHOOT_CANVAS_RESULT);
  if (self->canvas != NULL && picture == NULL)
    picture = reshoot_canvas_get_picture (self->canvas, RESHOOT_CANVAS_SOURCE);

  return picture;
}

/* Where the picture is seen that the next edit works from, as reshoot_canvas_get_pane() says it. */
gboolean
reshoot_region_layer_get_place (ReshootRegionLayer *self,
                                graphene_rect_t    *pane,
                                double              affine[6])
{
  return self->canvas != NULL
         && (reshoot_canvas_get_pane (self->canvas, RESHOOT_CANVAS_RESULT, pane, affine)
             || reshoot_canvas_get_pane (self->canvas, RESHOOT_CANVAS_SOURCE, pane, affine));
}

/* What is drawn on at the moment. */
ReshootRegionStrokes *
reshoot_region_layer_get_current (ReshootRegionLayer *self)
{
  return self->cutout ? self->hints : self->strokes;
}

ReshootRegionTool
reshoot_region_layer_get_tool (ReshootRegionLayer *self)
{
  if (!self->cutout)
    return self->tool;

  return self->hint == RESHOOT_HINT_BOX ? RESHOOT_REGION_BOX : RESHOOT_REGION_BRUSH;
}

ReshootRegionRule
reshoot_region_layer_get_rule (ReshootRegionLayer *self)
{
  if (!self->cutout)
    return self->rule;

  return self->hint == RESHOOT_HINT_DROP ? RESHOOT_REGION_NEVER : RESHOOT_REGION_HERE;
}

/* Of the brush, in logical pixels. */
double
reshoot_region_layer_get_width (ReshootRegionLayer *self,
                                const double        affine[6])
{
  ReshootPicture *picture = reshoot_region_layer_get_picture (self);

  if (!self->cutout || picture == NULL)
    return self->brush;

  return MAX (reshoot_picture_get_width (picture), reshoot_picture_get_height (picture))
         * HINT_SHARE * affine[0];
}

static void
update_bar (ReshootRegionLayer *self)
{
  double share = reshoot_region_strokes_get_share (self->strokes);
  gboolean drawn = reshoot_region_strokes_get_n (reshoot_region_layer_get_current (self)) > 0;
  g_autofree char *words = NULL;

  if (self->cutout)
    words = g_strdup (self->words != NULL ? self->words : _("Looking for the product …"));
  else if (isnan (share))
    words = g_strdup (_("Draw where the picture may change"));
  else
    /* Translators: how much of the picture may change. */
    words = g_strdup_printf (_("%.0f %% of the picture may change"), share * 100);

  gtk_label_set_text (self->share_label, words);
  gtk_widget_set_visible (self->bar, self->active);
  gtk_widget_set_visible (self->size_row, !self->cutout && self->tool == RESHOOT_REGION_BRUSH);
  gtk_widget_set_visible (self->region_tools, !self->cutout);
  gtk_widget_set_visible (self->cutout_tools, self->cutout);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "region.undo", drawn);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "region.clear", drawn);
}

static void
hints_changed_cb (ReshootRegionLayer *self)
{
  update_bar (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[HINTED], 0);
}

static void
set_cutout (ReshootRegionLayer *self,
            gboolean            cutout)
{
  if (self->cutout == cutout)
    return;

  self->cutout = cutout;
  if (!cutout)
    {
      reshoot_region_strokes_clear (self->hints);
      reshoot_region_strokes_clear (self->answer);
      g_clear_pointer (&self->words, g_free);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CUTOUT]);
}

static void
strokes_changed_cb (ReshootRegionLayer *self)
{
  update_bar (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHARE]);
}

/* The cursor says that a click draws. */
static void
update_cursor (ReshootRegionLayer *self)
{
  if (self->canvas != NULL)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self->canvas), self->active ? "crosshair" : NULL);
}

/**
 * reshoot_region_layer_set_active:
 * @self: the layer
 * @active: whether the tools are in hand
 *
 * What was drawn stays when the tools are put away.
 */
void
reshoot_region_layer_set_active (ReshootRegionLayer *self,
                                 gboolean            active)
{
  g_return_if_fail (RESHOOT_IS_REGION_LAYER (self));

  if (self->active == active)
    return;

  self->active = active;
  if (!active)
    set_cutout (self, FALSE);
  self->draws = FALSE;
  g_array_set_size (self->points, 0);
  update_bar (self);
  update_cursor (self);
  if (active && self->canvas != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

void
reshoot_region_layer_set_brush (ReshootRegionLayer *self,
                                double              brush)
{
  brush = CLAMP (brush, RESHOOT_REGION_BRUSH_LEAST, RESHOOT_REGION_BRUSH_MOST);
  if (brush == self->brush)
    return;

  self->brush = brush;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BRUSH]);
}

static void
canvas_changed_cb (ReshootRegionLayer *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
forget_canvas (ReshootRegionLayer *self)
{
  if (self->canvas == NULL)
    return;

  for (guint i = 0; i < self->controllers->len; i++)
    gtk_widget_remove_controller (GTK_WIDGET (self->canvas), self->controllers->pdata[i]);

  g_ptr_array_set_size (self->controllers, 0);
  g_signal_handlers_disconnect_by_data (reshoot_canvas_get_viewport (self->canvas), self);
  g_signal_handlers_disconnect_by_data (self->canvas, self);
  g_clear_object (&self->canvas);
}

/**
 * reshoot_region_layer_set_canvas:
 * @self: the layer, which lies exactly over it
 * @canvas: (nullable): whose pictures are drawn on
 */
void
reshoot_region_layer_set_canvas (ReshootRegionLayer *self,
                                 ReshootCanvas      *canvas)
{
  g_return_if_fail (RESHOOT_IS_REGION_LAYER (self));

  forget_canvas (self);
  if (canvas == NULL)
    return;

  self->canvas = g_object_ref (canvas);
  g_signal_connect_swapped (reshoot_canvas_get_viewport (canvas), "changed",
                            G_CALLBACK (canvas_changed_cb), self);
  g_signal_connect_swapped (canvas, "changed", G_CALLBACK (canvas_changed_cb), self);
  g_signal_connect_swapped (canvas, "notify", G_CALLBACK (canvas_changed_cb), self);
  reshoot_region_layer_add_input (self);
}

/**
 * reshoot_region_layer_get_strokes:
 * @self: the layer
 *
 * Returns: (transfer none): what was drawn
 */
ReshootRegionStrokes *
reshoot_region_layer_get_strokes (ReshootRegionLayer *self)
{
  g_return_val_if_fail (RESHOOT_IS_REGION_LAYER (self), NULL);

  return self->strokes;
}

/**
 * reshoot_region_layer_begin_cutout:
 * @self: the layer
 *
 * Takes the tools for the cut-out in hand: what is drawn says where the product is, until they are put away.
 */
void
reshoot_region_layer_begin_cutout (ReshootRegionLayer *self)
{
  ReshootPicture *picture;

  g_return_if_fail (RESHOOT_IS_REGION_LAYER (self));

  picture = reshoot_region_layer_get_picture (self);
  if (picture == NULL)
    return;

  set_cutout (self, FALSE);
  reshoot_region_strokes_set_size (self->hints, reshoot_picture_get_width (picture),
                                   reshoot_picture_get_height (picture));
  reshoot_region_strokes_set_size (self->answer, reshoot_picture_get_width (picture),
                                   reshoot_picture_get_height (picture));
  set_cutout (self, TRUE);
  reshoot_region_layer_set_active (self, TRUE);
  update_bar (self);
}

/**
 * reshoot_region_layer_get_hints:
 * @self: the layer
 *
 * Returns: (transfer none): what was drawn for the cut-out
 */
ReshootRegionStrokes *
reshoot_region_layer_get_hints (ReshootRegionLayer *self)
{
  g_return_val_if_fail (RESHOOT_IS_REGION_LAYER (self), NULL);

  return self->hints;
}

/**
 * reshoot_region_layer_set_answer:
 * @self: the layer, with the tools for the cut-out in hand
 * @values: the cut-out, one byte a pixel
 * @width: of it, in its pixels
 * @height: of it, in its pixels
 * @words: what to say of it
 */
void
reshoot_region_layer_set_answer (ReshootRegionLayer *self,
                                 const guint8       *values,
                                 int                 width,
                                 int                 height,
                                 const char         *words)
{
  g_return_if_fail (RESHOOT_IS_REGION_LAYER (self));

  if (!self->cutout)
    return;

  g_free (self->words);
  self->words = g_strdup (words);
  reshoot_region_strokes_set_mask (self->answer, values, width, height);
  update_bar (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Actions */

static void
undo_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  reshoot_region_strokes_undo (reshoot_region_layer_get_current (RESHOOT_REGION_LAYER (widget)));
}

static void
clear_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  reshoot_region_strokes_clear (reshoot_region_layer_get_current (RESHOOT_REGION_LAYER (widget)));
}

static void
done_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  reshoot_region_layer_set_active (RESHOOT_REGION_LAYER (widget), FALSE);
}

static gboolean
bar_key_cb (GtkEventControllerKey *controller,
            guint                  keyval,
            guint                  keycode,
            GdkModifierType        state,
            gpointer               user_data)
{
  gboolean is_arrow = keyval == GDK_KEY_Left || keyval == GDK_KEY_Right || keyval == GDK_KEY_Up
                      || keyval == GDK_KEY_Down;

  /* Among the buttons the arrows lead from one to the next. */
  return !is_arrow && reshoot_region_layer_press_key (user_data, keyval, state);
}

/* The widget */

static gboolean
reshoot_region_layer_contains (GtkWidget *widget,
                               double     x,
                               double     y)
{
  return FALSE;   /* its bar alone can be pointed at */
}

static void
reshoot_region_layer_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  reshoot_region_layer_draw (RESHOOT_REGION_LAYER (widget), snapshot);

  GTK_WIDGET_CLASS (reshoot_region_layer_parent_class)->snapshot (widget, snapshot);
}

static void
reshoot_region_layer_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  ReshootRegionLayer *self = RESHOOT_REGION_LAYER (object);

  switch (prop_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_TOOL:
      g_value_set_enum (value, self->tool);
      break;
    case PROP_RULE:
      g_value_set_enum (value, self->rule);
      break;
    case PROP_BRUSH:
      g_value_set_double (value, self->brush);
      break;
    case PROP_CUTOUT:
      g_value_set_boolean (value, self->cutout);
      break;
    case PROP_HINT:
      g_value_set_enum (value, self->hint);
      break;
    case PROP_SHARE:
      g_value_set_double (value, reshoot_region_strokes_get_share (self->strokes));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
reshoot_region_layer_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  ReshootRegionLayer *self = RESHOOT_REGION_LAYER (object);

  switch (prop_id)
    {
    case PROP_ACTIVE:
      reshoot_region_layer_set_active (self, g_value_get_boolean (value));
      break;
    case PROP_TOOL:
      self->tool = g_value_get_enum (value);
      update_bar (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_RULE:
      self->rule = g_value_get_enum (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_HINT:
      self->hint = g_value_get_enum (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_BRUSH:
      reshoot_region_layer_set_brush (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
reshoot_region_layer_dispose (GObject *object)
{
  ReshootRegionLayer *self = RESHOOT_REGION_LAYER (object);

  forget_canvas (self);
  g_clear_pointer (&self->bar, gtk_widget_unparent);

  G_OBJECT_CLASS (reshoot_region_layer_parent_class)->dispose (object);
}

static void
reshoot_region_layer_finalize (GObject *object)
{
  ReshootRegionLayer *self = RESHOOT_REGION_LAYER (object);

  g_clear_object (&self->strokes);
  g_clear_object (&self->hints);
  g_clear_object (&self->answer);
  g_free (self->words);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->controllers, g_ptr_array_unref);

  G_OBJECT_CLASS (reshoot_region_layer_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  properties[PROP_TOOL] = g_param_spec_enum ("tool", NULL, NULL, RESHOOT_TYPE_REGION_TOOL,
                                             RESHOOT_REGION_BOX, flags);
  properties[PROP_RULE] = g_param_spec_enum ("rule", NULL, NULL, RESHOOT_TYPE_REGION_RULE,
                                             RESHOOT_REGION_HERE, flags);
  properties[PROP_BRUSH] = g_param_spec_double ("brush", NULL, NULL, RESHOOT_REGION_BRUSH_LEAST,
                                                RESHOOT_REGION_BRUSH_MOST, 40, flags);
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, -1, 1, 1,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CUTOUT] = g_param_spec_boolean ("cutout", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HINT] = g_param_spec_enum ("hint", NULL, NULL, RESHOOT_TYPE_HINT_TOOL,
                                             RESHOOT_HINT_BOX, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reshoot_region_layer_class_init (ReshootRegionLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reshoot_region_layer_dispose;
  object_class->finalize = reshoot_region_layer_finalize;
  object_class->get_property = reshoot_region_layer_get_property;
  object_class->set_property = reshoot_region_layer_set_property;
  widget_class->contains = reshoot_region_layer_contains;
  widget_class->snapshot = reshoot_region_layer_snapshot;

  install_properties (object_class);
  signals[HINTED] = g_signal_new ("hinted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_property_action (widget_class, "region.tool", "tool");
  gtk_widget_class_install_property_action (widget_class, "region.rule", "rule");
  gtk_widget_class_install_property_action (widget_class, "region.hint", "hint");
  gtk_widget_class_install_action (widget_class, "region.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "region.clear", NULL, clear_cb);
  gtk_widget_class_install_action (widget_class, "region.done", NULL, done_cb);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-region-layer.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootRegionLayer, bar);
  gtk_widget_class_bind_template_child (widget_class, ReshootRegionLayer, size_row);
  gtk_widget_class_bind_template_child (widget_class, ReshootRegionLayer, region_tools);
  gtk_widget_class_bind_template_child (widget_class, ReshootRegionLayer, cutout_tools);
  gtk_widget_class_bind_template_child (widget_class, ReshootRegionLayer, brush_size);
  gtk_widget_class_bind_template_child (widget_class, ReshootRegionLayer, share_label);
  gtk_widget_class_bind_template_callback (widget_class, bar_key_cb);
}

static void
reshoot_region_layer_init (ReshootRegionLayer *self)
{
  self->brush = 40;
  self->points = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  self->controllers = g_ptr_array_new ();
  self->strokes = reshoot_region_strokes_new ();
  self->hints = reshoot_region_strokes_new ();
  self->answer = reshoot_region_strokes_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (self->strokes, "changed", G_CALLBACK (strokes_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->hints, "changed", G_CALLBACK (hints_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (self, "brush", self->brush_size, "value",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  update_bar (self);
}
