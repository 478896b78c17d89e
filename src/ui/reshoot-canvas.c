/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootCanvas: source and result before the eye. It holds the pictures it was given, keeps the old ones on screen
 * until the new ones can be drawn, and lays out labels and divider. It does not know steps: whoever shows them says
 * what they are called and where they lie in the original. Drawing is in reshoot-canvas-modes.c, input in
 * reshoot-canvas-input.c. */

#include "config.h"

#include "reshoot-canvas.h"

#include "reshoot-canvas-private.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define MIN_SIZE 150
#define NATURAL_WIDTH 640
#define NATURAL_HEIGHT 480

/* Around a label, in logical pixels. */
#define LABEL_MARGIN 12

/* About how many letters a label is wide at most. */
#define LABEL_CHARS 32

/* How long each side is seen while they blink. */
#define BLINK_MS 700

G_DEFINE_ENUM_TYPE (ReshootCanvasMode, reshoot_canvas_mode,
                    G_DEFINE_ENUM_VALUE (RESHOOT_CANVAS_SIDE, "side"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_CANVAS_SPLIT, "split"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_CANVAS_BLINK, "blink"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_CANVAS_DIFFERENCE, "difference"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_CANVAS_OVERLAY, "overlay"))

G_DEFINE_FINAL_TYPE (ReshootCanvas, reshoot_canvas, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_MODE,
  PROP_DIVIDER,
  PROP_SHOWS_SOURCE,
  PROP_OVERLAY,
  PROP_GAIN,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
scene_free (ReshootCanvasScene *scene)
{
  for (int i = 0; i < RESHOOT_CANVAS_N_SIDES; i++)
    {
      g_clear_signal_handler (&scene->layers[i].changed_id, scene->layers[i].picture);
      g_clear_object (&scene->layers[i].picture);
      g_free (scene->layers[i].name);
    }

  g_free (scene->description);
  g_free (scene);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootCanvasScene, scene_free)

/* A picture that was turned or mirrored is shown as it is, not undone again: only its size and its middle follow the
 * original. */
static void
place_layer (ReshootCanvasLayer *layer)
{
  const double *a = layer->affine;
  double width = reshoot_picture_get_width (layer->picture);
  double height = reshoot_picture_get_height (layer->picture);
  double determinant = a[0] * a[4] - a[1] * a[3];

  layer->scale = determinant != 0 ? sqrt (fabs (determinant)) : 1;
  layer->x = a[0] * width / 2 + a[1] * height / 2 + a[2] - layer->scale * width / 2;
  layer->y = a[3] * width / 2 + a[4] * height / 2 + a[5] - layer->scale * height / 2;
}

static gboolean
scene_is_ready (ReshootCanvasScene *scene)
{
  for (int i = 0; i < RESHOOT_CANVAS_N_SIDES; i++)
    {
      ReshootPicture *picture = scene->layers[i].picture;

      if (picture != NULL && !reshoot_picture_get_ready (picture)
          && reshoot_picture_get_error (picture) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
update_bounds (ReshootCanvas *self)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  gboolean first = TRUE;

  for (int i = 0; i < RESHOOT_CANVAS_N_SIDES; i++)
    {
      ReshootCanvasLayer *layer = &self->scene->layers[i];
      graphene_rect_t rect;

      if (layer->picture == NULL)
        continue;

      place_layer (layer);
      rect = GRAPHENE_RECT_INIT ((float) layer->x, (float) layer->y,
                                 (float) (reshoot_picture_get_width (layer->picture)
                                          * layer->scale),
                                 (float) (reshoot_picture_get_height (layer->picture)
                                          * layer->scale));
      if (first)
        bounds = rect;
      else
        graphene_rect_union (&bounds, &rect, &bounds);
      first = FALSE;
    }

  if (!first && !self->shares_viewport)
    reshoot_viewport_set_bounds (self->viewport, &bounds);
}

static void
update_labels (ReshootCanvas *self)
{
  ReshootCanvasLayer *layers = self->scene != NULL ? self->scene->layers : NULL;

  for (int i = 0; i < RESHOOT_CANVAS_N_SIDES; i++)
    {
      gboolean visible = layers != NULL && layers[i].picture != NULL;

      if (visible && reshoot_canvas_sees_source (self) && i == RESHOOT_CANVAS_RESULT)
        visible = FALSE;
      if (visible && self->mode == RESHOOT_CANVAS_BLINK && i == RESHOOT_CANVAS_SOURCE)
        visible = layers[RESHOOT_CANVAS_RESULT].picture == NULL
                  || reshoot_canvas_sees_source (self);

      gtk_widget_set_visible (self->labels[i], visible);
      if (visible)
        {
          g_autofree char *text = NULL;

          if (layers[1 - i].picture == NULL)
            text = g_strdup (layers[i].name);   /* alone it is neither source nor result */
          else if (i == RESHOOT_CANVAS_SOURCE)
            /* Translators: on the picture; %s is the name of the step. */
            text = g_strdup_printf (_("Source · %s"), layers[i].name);
          else if (self->shift_x != 0 || self->shift_y != 0)
            /* Translators: the result was moved against its source, so many pixels to the right and down; %s is the
             * name of the step. */
            text = g_strdup_printf (_("Moved by %+.0f, %+.0f px · %s"), self->shift_x,
                                    self->shift_y, layers[i].name);
          else
            /* Translators: on the picture; %s is the name of the step. */
            text = g_strdup_printf (_("Result · %s"), layers[i].name);

          gtk_label_set_text (GTK_LABEL (self->labels[i]), text);
        }
    }

  gtk_widget_set_visible (self->divider, reshoot_canvas_has_divider (self));
}

static gboolean
blink_cb (gpointer user_data)
{
  ReshootCanvas *self = user_data;

  self->blinks_source = !self->blinks_source;
  update_labels (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_CONTINUE;
}

/* Who wants no motion looks from one side to the other by the key alone. */
static void
update_blinking (ReshootCanvas *self)
{
  gboolean animates;
  gboolean blinks;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animates,
                NULL);
  blinks = animates && self->mode == RESHOOT_CANVAS_BLINK && !self->shows_source
           && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (blinks && self->blink_id == 0)
    self->blink_id = g_timeout_add (BLINK_MS, blink_cb, self);
  else if (!blinks)
    {
      g_clear_handle_id (&self->blink_id, g_source_remove);
      self->blinks_source = FALSE;
    }
}

static void
update_message (ReshootCanvas *self)
{
  g_autofree char *words = NULL;
  gboolean waits = self->next != NULL && self->scene == NULL;

  for (int i = 0; self->scene != NULL && i < RESHOOT_CANVAS_N_SIDES && words == NULL; i++)
    if (self->scene->layers[i].picture != NULL
        && reshoot_picture_get_error (self->scene->layers[i].picture) != NULL)
      words = reshoot_words_for_error (reshoot_picture_get_error (self->scene->layers[i].picture));

  gtk_label_set_text (GTK_LABEL (self->message), words != NULL ? words : "");
  gtk_widget_set_visible (self->message, words != NULL);
  gtk_widget_set_visible (self->spinner, waits);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), waits);
}

/* What was waiting is shown as soon as all of it can be drawn: source and result change in one frame. */
static void
advance (ReshootCanvas *self)
{
  if (self->next != NULL && scene_is_ready (self->next))
    {
      g_clear_pointer (&self->scene, scene_free);
      self->scene = g_steal_pointer (&self->next);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      self->scene->description, -1);
      self->shift_x = 0;
      self->shift_y = 0;
      update_bounds (self);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      update_labels (self);
      g_signal_emit (self, signals[CHANGED], 0);
    }

  update_message (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
picture_changed_cb (ReshootPicture *picture,
                    gpointer        user_data)
{
  ReshootCanvas *self = user_data;

  if (self->scene != NULL)
    update_bounds (self);

  advance (self);
}

static void
viewport_changed_cb (ReshootViewport *viewport,
                     gpointer         user_data)
{
  gtk_widget_queue_draw (GTK_WIDGET (user_data));
}

static void
divider_value_changed_cb (GtkRange *range,
                          gpointer  user_data)
{
  ReshootCanvas *self = user_data;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIVIDER]);
}

static void
reshoot_canvas_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = MIN_SIZE;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

/* Whether both names stand on one pane. */
static gboolean
shares_pane (ReshootCanvas *self)
{
  return self->mode != RESHOOT_CANVAS_SIDE && self->mode != RESHOOT_CANVAS_BLINK
         && reshoot_canvas_get_picture (self, RESHOOT_CANVAS_SOURCE) != NULL
         && reshoot_canvas_get_picture (self, RESHOOT_CANVAS_RESULT) != NULL;
}

static void
allocate_label (ReshootCanvas         *self,
                int                    side,
                const graphene_rect_t *pane,
                gboolean               at_end)
{
  GtkRequisition natural;
  int room = (int) pane->size.width - 2 * LABEL_MARGIN;
  GtkAllocation allocation;

  if (!gtk_widget_should_layout (self->labels[side]))
    return;

  if (shares_pane (self))
    room = ((int) pane->size.width - 3 * LABEL_MARGIN) / 2;

  gtk_widget_get_preferred_size (self->labels[side], NULL, &natural);
  allocation.width = MAX (MIN (natural.width, room), 1);
  allocation.height = natural.height;
  allocation.x = (int) pane->origin.x
                 + (at_end ? (int) pane->size.width - LABEL_MARGIN - allocation.width
                    : LABEL_MARGIN);
  allocation.y = (int) pane->origin.y + LABEL_MARGIN;
  gtk_widget_size_allocate (self->labels[side], &allocation, -1);
}

static void
allocate_centred (ReshootCanvas *self,
                  GtkWidget     *child)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int child_width, child_height;

  if (!gtk_widget_should_layout (child))
    return;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &child_width, NULL, NULL);
  child_width = MIN (child_width, width - 2 * LABEL_MARGIN);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, NULL, &child_height, NULL,
                      NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { (width - child_width) / 2,
                                                      (height - child_height) / 2,
                                                      child_width, child_height }, -1);
}

static void
reshoot_canvas_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  ReshootCanvas *self = RESHOOT_CANVAS (widget);
  graphene_rect_t panes[RESHOOT_CANVAS_N_SIDES];
  int n_panes = reshoot_canvas_get_panes (self, panes);

  reshoot_viewport_set_pane (self->viewport, panes[0].size.width, panes[0].size.height,
                             gtk_widget_get_scale_factor (widget));

  allocate_label (self, RESHOOT_CANVAS_SOURCE, &panes[0], FALSE);
  allocate_label (self, RESHOOT_CANVAS_RESULT, &panes[n_panes - 1], shares_pane (self));
  allocate_centred (self, self->spinner);
  allocate_centred (self, self->message);

  if (gtk_widget_should_layout (self->divider))
    {
      GtkRequisition minimum;

      gtk_widget_get_preferred_size (self->divider, &minimum, NULL);
      gtk_widget_size_allocate (self->divider,
                                &(GtkAllocation) { 0, (height - minimum.height) / 2,
                                                   MAX (width, minimum.width), minimum.height },
                                                   -1);
    }
}

static void
reshoot_canvas_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  ReshootCanvas *self = RESHOOT_CANVAS (widget);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                         gtk_widget_get_height (widget)));
  reshoot_canvas_draw (self, snapshot);
  gtk_snapshot_pop (snapshot);

  GTK_WIDGET_CLASS (reshoot_canvas_parent_class)->snapshot (widget, snapshot);
}

static void
reshoot_canvas_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reshoot_canvas_parent_class)->map (widget);
  update_blinking (RESHOOT_CANVAS (widget));
}

static void
reshoot_canvas_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reshoot_canvas_parent_class)->unmap (widget);
  update_blinking (RESHOOT_CANVAS (widget));
}

static void
set_amount (ReshootCanvas *self,
            double        *amount,
            double         value,
            GParamSpec    *pspec)
{
  if (*amount == value)
    return;

  *amount = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
reshoot_canvas_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  ReshootCanvas *self = RESHOOT_CANVAS (object);

  switch (prop_id)
    {
    case PROP_MODE:
      g_value_set_enum (value, (int) self->mode);
      break;
    case PROP_DIVIDER:
      g_value_set_double (value, reshoot_canvas_get_divider (self));
      break;
    case PROP_SHOWS_SOURCE:
      g_value_set_boolean (value, self->shows_source);
      break;
    case PROP_OVERLAY:
      g_value_set_double (value, self->overlay);
      break;
    case PROP_GAIN:
      g_value_set_double (value, self->gain);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_canvas_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  ReshootCanvas *self = RESHOOT_CANVAS (object);

  switch (prop_id)
    {
    case PROP_MODE:
      reshoot_canvas_set_mode (self, (ReshootCanvasMode) g_value_get_enum (value));
      break;
    case PROP_DIVIDER:
      reshoot_canvas_set_divider (self, g_value_get_double (value));
      break;
    case PROP_SHOWS_SOURCE:
      reshoot_canvas_set_shows_source (self, g_value_get_boolean (value));
      break;
    case PROP_OVERLAY:
      set_amount (self, &self->overlay, g_value_get_double (value), pspec);
      break;
    case PROP_GAIN:
      set_amount (self, &self->gain, g_value_get_double (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_canvas_dispose (GObject *object)
{
  ReshootCanvas *self = RESHOOT_CANVAS (object);

  g_clear_handle_id (&self->blink_id, g_source_remove);
  reshoot_canvas_clear_heat (self);
  g_clear_pointer (&self->scene, scene_free);
  g_clear_pointer (&self->next, scene_free);

  for (int i = 0; i < RESHOOT_CANVAS_N_SIDES; i++)
    g_clear_pointer (&self->labels[i], gtk_widget_unparent);

  g_clear_pointer (&self->divider, gtk_widget_unparent);
  g_clear_pointer (&self->spinner, gtk_widget_unparent);
  g_clear_pointer (&self->message, gtk_widget_unparent);

  G_OBJECT_CLASS (reshoot_canvas_parent_class)->dispose (object);
}

static void
reshoot_canvas_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_CANVAS (object)->viewport);

  G_OBJECT_CLASS (reshoot_canvas_parent_class)->finalize (object);
}

static void
reshoot_canvas_class_init (ReshootCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = reshoot_canvas_get_property;
  object_class->set_property = reshoot_canvas_set_property;
  object_class->dispose = reshoot_canvas_dispose;
  object_class->finalize = reshoot_canvas_finalize;
  widget_class->map = reshoot_canvas_map;
  widget_class->unmap = reshoot_canvas_unmap;
  widget_class->measure = reshoot_canvas_measure;
  widget_class->size_allocate = reshoot_canvas_size_allocate;
  widget_class->snapshot = reshoot_canvas_snapshot;

  properties[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, RESHOOT_TYPE_CANVAS_MODE,
                                             RESHOOT_CANVAS_SIDE,
                                             flags);
  properties[PROP_DIVIDER] = g_param_spec_double ("divider", NULL, NULL, 0, 1, 0.5, flags);
  properties[PROP_SHOWS_SOURCE] = g_param_spec_boolean ("shows-source", NULL, NULL, FALSE, flags);
  properties[PROP_OVERLAY] = g_param_spec_double ("overlay", NULL, NULL, 0, 1, 0.5, flags);
  properties[PROP_GAIN] = g_param_spec_double ("gain", NULL, NULL, 1, 16, 4, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  reshoot_canvas_add_keys (widget_class);
}

static void
add_children (ReshootCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  for (int i = 0; i < RESHOOT_CANVAS_N_SIDES; i++)
    {
      self->labels[i] = gtk_label_new (NULL);
      gtk_label_set_ellipsize (GTK_LABEL (self->labels[i]), PANGO_ELLIPSIZE_END);
      /* It may lie on the picture: the history has the words in full. */
      gtk_label_set_max_width_chars (GTK_LABEL (self->labels[i]), LABEL_CHARS);
      gtk_widget_add_css_class (self->labels[i], "pill-label");
      gtk_widget_add_css_class (self->labels[i], i == RESHOOT_CANVAS_SOURCE ? "source" : "result");
      gtk_widget_set_can_target (self->labels[i], FALSE);
      gtk_widget_set_visible (self->labels[i], FALSE);
      gtk_widget_set_parent (self->labels[i], widget);
    }

  self->spinner = gtk_spinner_new ();
  gtk_widget_set_size_request (self->spinner, 32, 32);
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_set_parent (self->spinner, widget);

  self->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->message), GTK_JUSTIFY_CENTER);
  gtk_widget_set_visible (self->message, FALSE);
  gtk_widget_set_parent (self->message, widget);

  /* The drags are the canvas's own; the scale is for the keyboard and for those who do not see the line. */
  self->divider = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.02);
  gtk_range_set_value (GTK_RANGE (self->divider), 0.5);
  gtk_widget_add_css_class (self->divider, "unseen");
  gtk_widget_set_direction (self->divider, GTK_TEXT_DIR_LTR);
  gtk_widget_set_can_target (self->divider, FALSE);
  gtk_widget_set_visible (self->divider, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->divider), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Divider between source and result"), -1);
  gtk_widget_set_parent (self->divider, widget);
  g_signal_connect_object (self->divider, "value-changed", G_CALLBACK (divider_value_changed_cb),
                           self, 0);
  g_signal_connect_object (self->divider, "state-flags-changed", G_CALLBACK (gtk_widget_queue_draw),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
reshoot_canvas_init (ReshootCanvas *self)
{
  self->viewport = reshoot_viewport_new ();
  self->overlay = 0.5;
  self->gain = 4;
  g_signal_connect_object (self->viewport, "changed", G_CALLBACK (viewport_changed_cb), self, 0);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_children (self);
  reshoot_canvas_add_input (self);
  /* A new scale factor is a new size in device pixels. */
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (gtk_widget_queue_resize), NULL);
}

ReshootViewport *
reshoot_canvas_get_viewport (ReshootCanvas *self)
{
  g_return_val_if_fail (RESHOOT_IS_CANVAS (self), NULL);

  return self->viewport;
}

/**
 * reshoot_canvas_set_viewport:
 * @self: a canvas
 * @viewport: what several canvases of one size see
 *
 * Moves with the others from now on. What there is to see, its bounds, is said by whoever shares the viewport out.
 */
void
reshoot_canvas_set_viewport (ReshootCanvas   *self,
                             ReshootViewport *viewport)
{
  g_return_if_fail (RESHOOT_IS_CANVAS (self));
  g_return_if_fail (RESHOOT_IS_VIEWPORT (viewport));

  g_signal_handlers_disconnect_by_func (self->viewport, viewport_changed_cb, self);
  g_set_object (&self->viewport, viewport);
  self->shares_viewport = TRUE;
  g_signal_connect_object (viewport, "changed", G_CALLBACK (viewport_changed_cb), self, 0);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

ReshootCanvasMode
reshoot_canvas_get_mode (ReshootCanvas *self)
{
  g_return_val_if_fail (RESHOOT_IS_CANVAS (self), RESHOOT_CANVAS_SIDE);

  return self->mode;
}

void
reshoot_canvas_set_mode (ReshootCanvas     *self,
                         ReshootCanvasMode  mode)
{
  g_return_if_fail (RESHOOT_IS_CANVAS (self));

  if (self->mode == mode)
    return;

  self->mode = mode;
  reshoot_canvas_clear_heat (self);
  update_blinking (self);
  update_labels (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
}

/**
 * reshoot_canvas_get_divider:
 * @self: a canvas
 *
 * Returns: where the divider of the split stands, as a share of the width from the left
 */
double
reshoot_canvas_get_divider (ReshootCanvas *self)
{
  g_return_val_if_fail (RESHOOT_IS_CANVAS (self), 0.5);

  return gtk_range_get_value (GTK_RANGE (self->divider));
}

void
reshoot_canvas_set_divider (ReshootCanvas *self,
                            double         divider)
{
  g_return_if_fail (RESHOOT_IS_CANVAS (self));

  gtk_range_set_value (GTK_RANGE (self->divider), CLAMP (divider, 0, 1));
}

gboolean
reshoot_canvas_get_shows_source (ReshootCanvas *self)
{
  g_return_val_if_fail (RESHOOT_IS_CANVAS (self), FALSE);

  return self->shows_source;
}

void
reshoot_canvas_set_shows_source (ReshootCanvas *self,
                                 gboolean       shows_source)
{
  g_return_if_fail (RESHOOT_IS_CANVAS (self));

  if (self->shows_source == shows_source)
    return;

  self->shows_source = shows_source;
  update_blinking (self);
  update_labels (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWS_SOURCE]);
}

/* Moves the result to @x, @y of the original's whole pixels, counted from where it belongs; 0, 0 puts it back. */
void
reshoot_canvas_shift (ReshootCanvas *self,
                      double         x,
                      double         y)
{
  if (reshoot_canvas_get_picture (self, RESHOOT_CANVAS_SOURCE) == NULL
      || reshoot_canvas_get_picture (self, RESHOOT_CANVAS_RESULT) == NULL)
    return;

  self->shift_x = round (x);
  self->shift_y = round (y);
  update_labels (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
take_side (ReshootCanvas           *self,
           ReshootCanvasLayer      *layer,
           const ReshootCanvasSide *side)
{
  if (side == NULL || side->picture == NULL)
    return;

  layer->picture = g_object_ref (side->picture);
  layer->name = g_strdup (side->name);
  memcpy (layer->affine, side->affine, sizeof (layer->affine));
  layer->changed_id = g_signal_connect (layer->picture, "changed", G_CALLBACK (picture_changed_cb),
                                        self);
}

/**
 * reshoot_canvas_show:
 * @self: a canvas
 * @source: (nullable): what the result was made from
 * @result: (nullable): the picture of the moment; NULL empties the canvas
 * @description: what is seen, for those who do not see it: "Result, step 4, warmer"
 *
 * What is on screen stays there until all of the new can be drawn; it then changes in one frame.
 */
void
reshoot_canvas_show (ReshootCanvas           *self,
                     const ReshootCanvasSide *source,
                     const ReshootCanvasSide *result,
                     const char              *description)
{
  g_return_if_fail (RESHOOT_IS_CANVAS (self));

  g_clear_pointer (&self->next, scene_free);
  if (result == NULL)
    g_clear_pointer (&self->scene, scene_free);
  else
    {
      self->next = g_new0 (ReshootCanvasScene, 1);
      take_side (self, &self->next->layers[RESHOOT_CANVAS_SOURCE], source);
      take_side (self, &self->next->layers[RESHOOT_CANVAS_RESULT], result);
      self->next->description = g_strdup (description);
    }

  update_labels (self);
  advance (self);
}

/**
 * reshoot_canvas_get_settled:
 * @self: a canvas
 *
 * Returns: whether all that was asked for is on screen, in full
 */
gboolean
reshoot_canvas_get_settled (ReshootCanvas *self)
{
  g_return_val_if_fail (RESHOOT_IS_CANVAS (self), TRUE);

  if (self->next != NULL)
    return FALSE;

  if (self->heat != NULL && !reshoot_canvas_has_heat (self))
    return FALSE;

  for (int i = 0; self->scene != NULL && i < RESHOOT_CANVAS_N_SIDES; i++)
    {
      ReshootPicture *picture = self->scene->layers[i].picture;

      if (picture != NULL && !reshoot_picture_get_complete (picture)
          && reshoot_picture_get_error (picture) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * reshoot_canvas_get_pane:
 * @self: a canvas
 * @side: %RESHOOT_CANVAS_SOURCE or %RESHOOT_CANVAS_RESULT
 * @pane: (out caller-allocates): where this side is seen, in the canvas's logical pixels; in some modes both sides are
 *   seen in one pane
 * @affine: (out caller-allocates): from the picture's pixels to the canvas's logical pixels:
 *   x' = a[0] x + a[1] y + a[2], y' = a[3] x + a[4] y + a[5]
 *
 * Exactly as it is drawn, for who draws over it. It moves with the viewport's "changed", with the canvas's own
 * "changed" and with its mode.
 *
 * Returns: whether there is such a picture
 */
gboolean
reshoot_canvas_get_pane (ReshootCanvas   *self,
                         int              side,
                         graphene_rect_t *pane,
                         double           affine[6])
{
  graphene_rect_t panes[RESHOOT_CANVAS_N_SIDES], place;
  ReshootPicture *picture;
  int n_panes;

  g_return_val_if_fail (RESHOOT_IS_CANVAS (self), FALSE);

  picture = reshoot_canvas_get_picture (self, side);
  if (picture == NULL)
    return FALSE;

  n_panes = reshoot_canvas_get_panes (self, panes);
  *pane = panes[n_panes == 1 ? 0 : side];
  place = reshoot_canvas_place (self, side, pane);
  affine[0] = place.size.width / reshoot_picture_get_width (picture);
  affine[1] = 0;
  affine[2] = place.origin.x;
  affine[3] = 0;
  affine[4] = place.size.height / reshoot_picture_get_height (picture);
  affine[5] = place.origin.y;
  return TRUE;
}

/**
 * reshoot_canvas_get_picture:
 * @self: a canvas
 * @side: %RESHOOT_CANVAS_SOURCE or %RESHOOT_CANVAS_RESULT
 *
 * Returns: (transfer none) (nullable): what is seen on this side
 */
ReshootPicture *
reshoot_canvas_get_picture (ReshootCanvas *self,
                            int            side)
{
  g_return_val_if_fail (RESHOOT_IS_CANVAS (self), NULL);
  g_return_val_if_fail (side >= 0 && side < RESHOOT_CANVAS_N_SIDES, NULL);

  return self->scene != NULL ? self->scene->layers[side].picture : NULL;
}

/* By key or button there is no pointer: the middle of a pane stays where it is. */
static void
get_pane_middle (ReshootCanvas *self,
                 double        *x,
                 double        *y)
{
  graphene_rect_t panes[RESHOOT_CANVAS_N_SIDES];

  reshoot_canvas_get_panes (self, panes);
  *x = panes[0].size.width / 2;
  *y = panes[0].size.height / 2;
}

void
reshoot_canvas_zoom_step (ReshootCanvas *self,
                          int            direction)
{
  double x, y;

  g_return_if_fail (RESHOOT_IS_CANVAS (self));

  get_pane_middle (self, &x, &y);
  reshoot_viewport_zoom_step (self->viewport, direction, x, y);
}

void
reshoot_canvas_zoom_actual (ReshootCanvas *self)
{
  double x, y;

  g_return_if_fail (RESHOOT_IS_CANVAS (self));

  get_pane_middle (self, &x, &y);
  reshoot_viewport_zoom_to (self->viewport, 1, x, y);
}
