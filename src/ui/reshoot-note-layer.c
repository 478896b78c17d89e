/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootNoteLayer: the notes of a step over its picture, each a number where it belongs, and the way to a new one: a
 * place is chosen with the pointer, or the middle with the keyboard, and the words are written there. It lies over a
 * canvas and lets through what is not meant for it. */

#include "config.h"

#include "reshoot-note-layer.h"

#include "reshoot-note.h"

#include <glib/gi18n.h>
#include <math.h>

/* Of a marker, in logical pixels. */
#define MARKER 28

/* About how many letters the field for a note shows. */
#define ENTRY_CHARS 26

struct _ReshootNoteLayer
{
  GtkWidget      parent_instance;

  ReshootCanvas *canvas;      /* (owned) (nullable) */
  GListModel    *notes;       /* (owned) (nullable): of ReshootNote */
  GPtrArray     *markers;     /* of GtkWidget (unowned): children, one a note that has a place */
  GtkWidget     *popover;
  GtkWidget     *entry;
  GtkWidget     *hint;
  gboolean       placing;
  double         x;           /* of the new note, as a share of the picture */
  double         y;
  GdkFrameClock *clock;       /* (unowned) (nullable): while it is realized */
  gulong         update_id;   /* on the clock */
  gboolean       has_moved;   /* the picture below: the markers are to follow */
};

G_DEFINE_FINAL_TYPE (ReshootNoteLayer, reshoot_note_layer, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_PLACING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
get_place (ReshootNoteLayer *self,
           double            affine[6],
           double           *width,
           double           *height)
{
  graphene_rect_t pane;
  ReshootPicture *picture;

  if (self->canvas == NULL
      || !reshoot_canvas_get_pane (self->canvas, RESHOOT_CANVAS_RESULT, &pane, affine))
    return FALSE;

  picture = reshoot_canvas_get_picture (self->canvas, RESHOOT_CANVAS_RESULT);
  *width = reshoot_picture_get_width (picture);
  *height = reshoot_picture_get_height (picture);
  return TRUE;
}

/* Where a share of the picture is seen. */
static gboolean
to_view (ReshootNoteLayer *self,
         double            share_x,
         double            share_y,
         double           *x,
         double           *y)
{
  double a[6], width, height;

  if (!get_place (self, a, &width, &height))
    return FALSE;

  *x = a[0] * share_x * width + a[1] * share_y * height + a[2];
  *y = a[3] * share_x * width + a[4] * share_y * height + a[5];
  return TRUE;
}

/* Which share of the picture is under a point; not outside of it. */
static gboolean
to_share (ReshootNoteLayer *self,
          double            x,
          double            y,
          double           *share_x,
          double           *share_y)
{
  double a[6], width, height, determinant;

  if (!get_place (self, a, &width, &height))
    return FALSE;

  determinant = a[0] * a[4] - a[1] * a[3];
  *share_x = (a[4] * (x - a[2]) - a[1] * (y - a[5])) / determinant / width;
  *share_y = (a[0] * (y - a[5]) - a[3] * (x - a[2])) / determinant / height;
  return *share_x >= 0 && *share_x <= 1 && *share_y >= 0 && *share_y <= 1;
}

static void
set_placing (ReshootNoteLayer *self,
             gboolean          placing)
{
  gtk_widget_set_visible (self->hint, placing);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), placing ? "crosshair" : NULL);
  if (self->placing == placing)
    return;

  self->placing = placing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACING]);
}

static void
clear_markers (ReshootNoteLayer *self)
{
  for (guint i = 0; i < self->markers->len; i++)
    gtk_widget_unparent (self->markers->pdata[i]);

  g_ptr_array_set_size (self->markers, 0);
}

/* The number is that of the list beside; a note on the whole picture has one too, but no place here. */
static void
update_markers (ReshootNoteLayer *self)
{
  clear_markers (self);

  for (guint i = 0; self->notes != NULL && i < g_list_model_get_n_items (self->notes); i++)
    {
      g_autoptr (ReshootNote) note = g_list_model_get_item (self->notes, i);
      const ReshootNoteFacts *facts = reshoot_note_get_facts (note);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      /* Translators: for a screen reader: a mark on the picture; the number of a note and its words. */
      g_autofree char *spoken = g_strdup_printf (_("Note %u: %s"), i + 1, facts->text);
      GtkWidget *marker;

      if (isnan (facts->x) || isnan (facts->y))
        continue;

      marker = gtk_label_new (number);
      gtk_widget_add_css_class (marker, "note-marker");
      if (*facts->author != '\0')
        gtk_widget_add_css_class (marker, "theirs");
      gtk_widget_set_tooltip_text (marker, facts->text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (marker), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      spoken, -1);
      g_object_set_data_full (G_OBJECT (marker), "note", g_object_ref (note), g_object_unref);
      gtk_widget_insert_before (marker, GTK_WIDGET (self), self->hint);
      g_ptr_array_add (self->markers, marker);
    }

  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
reshoot_note_layer_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
allocate_hint (ReshootNoteLayer *self,
               int               width,
               int               height)
{
  int hint_width, hint_height;

  if (!gtk_widget_should_layout (self->hint))
    return;

  gtk_widget_measure (self->hint, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &hint_width, NULL, NULL);
  hint_width = MIN (hint_width, MAX (width - 24, 1));
  gtk_widget_measure (self->hint, GTK_ORIENTATION_VERTICAL, hint_width, NULL, &hint_height, NULL,
                      NULL);
  gtk_widget_size_allocate (self->hint, &(GtkAllocation) { (width - hint_width) / 2,
                                                           height - hint_height - 12,
                                                           hint_width, hint_height }, -1);
}

static void
reshoot_note_layer_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  ReshootNoteLayer *self = RESHOOT_NOTE_LAYER (widget);

  for (guint i = 0; i < self->markers->len; i++)
    {
      GtkWidget *marker = self->markers->pdata[i];
      const ReshootNoteFacts *facts =
        reshoot_note_get_facts (g_object_get_data (G_OBJECT (marker), "note"));
      double x = 0;
      double y = 0;
      gboolean is_seen = to_view (self, facts->x, facts->y, &x, &y)
                         && x >= 0 && y >= 0 && x <= width && y <= height;

      gtk_widget_measure (marker, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_set_child_visible (marker, is_seen);
      gtk_widget_size_allocate (marker, &(GtkAllocation) { (int) round (x) - MARKER / 2,
                                                           (int) round (y) - MARKER / 2, MARKER,
                                                           MARKER }, -1);
    }

  allocate_hint (self, width, height);
  gtk_popover_present (GTK_POPOVER (self->popover));
}

/* What is not on a marker belongs to the canvas, unless a place is being chosen. */
static gboolean
reshoot_note_layer_contains (GtkWidget *widget,
                             double     x,
                             double     y)
{
  return RESHOOT_NOTE_LAYER (widget)->placing;
}

/* The picture may move while the canvas is given its place, and a widget that asks for a new place just then may never
 * get it: GTK takes it for one that is waiting already. So it asks when the next frame begins, after all that moves
 * the picture in it. */
static void
picture_moved_cb (ReshootNoteLayer *self)
{
  self->has_moved = TRUE;
  if (self->clock != NULL)
    gdk_frame_clock_request_phase (self->clock, GDK_FRAME_CLOCK_PHASE_UPDATE);
}

static void
frame_begins_cb (ReshootNoteLayer *self)
{
  if (self->has_moved)
    gtk_widget_queue_allocate (GTK_WIDGET (self));

  self->has_moved = FALSE;
}

static void
reshoot_note_layer_realize (GtkWidget *widget)
{
  ReshootNoteLayer *self = RESHOOT_NOTE_LAYER (widget);

  GTK_WIDGET_CLASS (reshoot_note_layer_parent_class)->realize (widget);
  self->clock = gtk_widget_get_frame_clock (widget);
  self->update_id = g_signal_connect_data (self->clock, "update", G_CALLBACK (frame_begins_cb),
                                           self, NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

static void
reshoot_note_layer_unrealize (GtkWidget *widget)
{
  ReshootNoteLayer *self = RESHOOT_NOTE_LAYER (widget);

  g_clear_signal_handler (&self->update_id, self->clock);
  self->clock = NULL;
  GTK_WIDGET_CLASS (reshoot_note_layer_parent_class)->unrealize (widget);
}

static void
reshoot_note_layer_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PLACING:
      g_value_set_boolean (value, RESHOOT_NOTE_LAYER (object)->placing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
let_go_of_canvas (ReshootNoteLayer *self)
{
  if (self->canvas == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->canvas, self);
  g_signal_handlers_disconnect_by_data (reshoot_canvas_get_viewport (self->canvas), self);
  g_clear_object (&self->canvas);
}

static void
let_go_of_notes (ReshootNoteLayer *self)
{
  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_data (self->notes, self);

  g_clear_object (&self->notes);
}

static void
reshoot_note_layer_dispose (GObject *object)
{
  ReshootNoteLayer *self = RESHOOT_NOTE_LAYER (object);

  let_go_of_canvas (self);
  let_go_of_notes (self);
  clear_markers (self);
  g_clear_pointer (&self->hint, gtk_widget_unparent);
  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (reshoot_note_layer_parent_class)->dispose (object);
}

static void
reshoot_note_layer_finalize (GObject *object)
{
  g_ptr_array_unref (RESHOOT_NOTE_LAYER (object)->markers);

  G_OBJECT_CLASS (reshoot_note_layer_parent_class)->finalize (object);
}

static void
reshoot_note_layer_class_init (ReshootNoteLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reshoot_note_layer_get_property;
  object_class->dispose = reshoot_note_layer_dispose;
  object_class->finalize = reshoot_note_layer_finalize;
  widget_class->measure = reshoot_note_layer_measure;
  widget_class->size_allocate = reshoot_note_layer_size_allocate;
  widget_class->contains = reshoot_note_layer_contains;
  widget_class->realize = reshoot_note_layer_realize;
  widget_class->unrealize = reshoot_note_layer_unrealize;

  properties[PROP_PLACING] = g_param_spec_boolean ("placing", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                   | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "notelayer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
clicked_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  ReshootNoteLayer *self = user_data;
  double share_x, share_y;

  if (self->placing && to_share (self, x, y, &share_x, &share_y))
    reshoot_note_layer_place (self, share_x, share_y);
}

static void
entered_cb (ReshootNoteLayer *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  g_strstrip (text);
  if (*text == '\0')
    return;

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "step.add-note", "(sdd)", text, self->x, self->y);
}

/* Back to where the keys walk. */
static void
closed_cb (ReshootNoteLayer *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (self->canvas != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
add_popover (ReshootNoteLayer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_label (_("Add"));

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("A note on this place"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), ENTRY_CHARS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("A note on this place"), -1);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), button);

  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entered_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
reshoot_note_layer_init (ReshootNoteLayer *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->markers = g_ptr_array_new ();
  add_popover (self);

  self->hint = gtk_label_new (_("Click where the note belongs, or press Enter for the middle"));
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->hint), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->hint, "caption-pill");
  gtk_widget_set_can_target (self->hint, FALSE);
  gtk_widget_set_visible (self->hint, FALSE);
  gtk_widget_set_parent (self->hint, GTK_WIDGET (self));

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (click, "released", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * reshoot_note_layer_set_canvas:
 * @self: a layer
 * @canvas: what it lies over, to the pixel
 */
void
reshoot_note_layer_set_canvas (ReshootNoteLayer *self,
                               ReshootCanvas    *canvas)
{
  g_return_if_fail (RESHOOT_IS_NOTE_LAYER (self));
  g_return_if_fail (RESHOOT_IS_CANVAS (canvas));

  let_go_of_canvas (self);
  self->canvas = g_object_ref (canvas);
  g_signal_connect_object (canvas, "changed", G_CALLBACK (picture_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reshoot_canvas_get_viewport (canvas), "changed",
                           G_CALLBACK (picture_moved_cb), self, G_CONNECT_SWAPPED);
}

/**
 * reshoot_note_layer_set_notes:
 * @self: a layer
 * @notes: (nullable): of #ReshootNote: those on the picture that is shown
 */
void
reshoot_note_layer_set_notes (ReshootNoteLayer *self,
                              GListModel       *notes)
{
  g_return_if_fail (RESHOOT_IS_NOTE_LAYER (self));

  if (self->notes == notes)
    return;

  let_go_of_notes (self);
  g_set_object (&self->notes, notes);
  if (notes != NULL)
    g_signal_connect_object (notes, "items-changed", G_CALLBACK (update_markers), self,
                             G_CONNECT_SWAPPED);

  reshoot_note_layer_stop (self);
  update_markers (self);
}

gboolean
reshoot_note_layer_get_placing (ReshootNoteLayer *self)
{
  g_return_val_if_fail (RESHOOT_IS_NOTE_LAYER (self), FALSE);

  return self->placing;
}

/**
 * reshoot_note_layer_begin:
 * @self: a layer
 *
 * The next click chooses the place of a new note.
 */
void
reshoot_note_layer_begin (ReshootNoteLayer *self)
{
  g_return_if_fail (RESHOOT_IS_NOTE_LAYER (self));

  set_placing (self, TRUE);
}

/**
 * reshoot_note_layer_place:
 * @self: a layer
 * @x: share of the picture from its left, 0–1
 * @y: share of the picture from its top, 0–1
 *
 * Asks for the words of a note that belongs there.
 */
void
reshoot_note_layer_place (ReshootNoteLayer *self,
                          double            x,
                          double            y)
{
  double view_x, view_y;

  g_return_if_fail (RESHOOT_IS_NOTE_LAYER (self));

  set_placing (self, FALSE);
  if (!to_view (self, x, y, &view_x, &view_y))
    return;

  self->x = x;
  self->y = y;
  view_x = CLAMP (view_x, 0, gtk_widget_get_width (GTK_WIDGET (self)));
  view_y = CLAMP (view_y, 0, gtk_widget_get_height (GTK_WIDGET (self)));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle) { (int) view_x, (int) view_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (self->entry);
}

/**
 * reshoot_note_layer_stop:
 * @self: a layer
 *
 * No note after all.
 */
void
reshoot_note_layer_stop (ReshootNoteLayer *self)
{
  g_return_if_fail (RESHOOT_IS_NOTE_LAYER (self));

  set_placing (self, FALSE);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}
