/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootReviewView: one picture and the way that led to it. Walking the path moves the head, so that the other views
 * show the same step. It needs no network and no key, and looking needs no right to write. */

#include "config.h"

#include "reshoot-review-view.h"

#include "reshoot-resources.h"
#include "reshoot-review-view-private.h"
#include "reshoot-step-place.h"
#include "reshoot-step-words.h"
#include "reshoot-wrap-layout.h"

#include <glib/gi18n.h>

/* Decoded pictures that are kept: the one on screen and those on its two sides. */
#define KEPT_PICTURES 3

/* Long edge of the first, quick decoding while the canvas has no size yet, in pixels. */
#define FIRST_EDGE 1024

G_DEFINE_FINAL_TYPE (ReshootReviewView, reshoot_review_view, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_VERDICT,
  PROP_SHOW_SIDE,
  PROP_COMPARES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static ReshootHistory *
get_history (ReshootReviewView *self)
{
  return self->project != NULL ? reshoot_project_get_history (self->project) : NULL;
}

static void
drop_pictures (ReshootReviewView *self,
               guint              n_left)
{
  while (self->pictures->len > n_left)
    {
      reshoot_picture_cancel (self->pictures->pdata[0]);
      g_ptr_array_remove_index (self->pictures, 0);
    }
}

static ReshootPicture *
get_picture (ReshootReviewView *self,
             ReshootStep       *step)
{
  int edge = MAX (gtk_widget_get_width (GTK_WIDGET (self->canvas)),
                  gtk_widget_get_height (GTK_WIDGET (self->canvas)));

  for (guint i = 0; i < self->pictures->len; i++)
    if (g_strcmp0 (reshoot_picture_get_digest (self->pictures->pdata[i]),
                   reshoot_step_get_digest (step)) == 0
        && reshoot_picture_get_error (self->pictures->pdata[i]) == NULL)
      {
        g_ptr_array_add (self->pictures, g_ptr_array_steal_index (self->pictures, i));
        return self->pictures->pdata[self->pictures->len - 1];
      }

  edge = edge > 0 ? edge * gtk_widget_get_scale_factor (GTK_WIDGET (self)) : FIRST_EDGE;
  g_ptr_array_add (self->pictures, reshoot_picture_new_for_step (self->project, step, edge));
  drop_pictures (self, KEPT_PICTURES);
  return self->pictures->pdata[self->pictures->len - 1];
}

/* Where one is among the steps that are walked, and which ways there are to go. */
static void
update_walk (ReshootReviewView *self)
{
  GListModel *steps = reshoot_review_filter_get_steps (self->filter);
  guint n = steps != NULL ? g_list_model_get_n_items (steps) : 0;
  gboolean has_before = reshoot_review_filter_find (self->filter, -1) != NULL;
  gboolean has_after = reshoot_review_filter_find (self->filter, 1) != NULL;
  guint place = 0;
  g_autofree char *words = NULL;

  if (steps == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  reshoot_film_strip_set_steps (self->film, steps);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (steps, i);

      if (step == self->step)
        place = i + 1;
    }

  /* Translators: which picture of those that are walked is shown, and how many there are. */
  words = g_strdup_printf (_("%u of %u"), place, n);
  gtk_label_set_text (self->counter, words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.before", has_before);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.after", has_after);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.play", has_before || has_after);
}

static void
fill_side (ReshootReviewView  *self,
           ReshootStep        *step,
           ReshootCanvasSide  *side,
           char              **title)
{
  g_autofree char *name = reshoot_step_words_for_name (step);

  if (reshoot_step_get_parent (step) == NULL)
    *title = g_steal_pointer (&name);
  else
    /* Translators: on the picture: the number of a step and the words of its instruction. */
    *title = g_strdup_printf (_("Step %d · “%s”"), (int) reshoot_step_get_id (step), name);

  side->picture = get_picture (self, step);
  side->name = *title;
  reshoot_step_place_in_original (step, side->affine);
}

/* While another view is shown nothing is decoded, and nothing decoded is kept. */
void
reshoot_review_view_show_step (ReshootReviewView *self,
                               ReshootStep       *step)
{
  ReshootCanvasSide side = { 0 };
  ReshootCanvasSide other = { 0 };
  g_autofree char *title = NULL;
  g_autofree char *other_title = NULL;
  gboolean compares = self->other != NULL && self->other != step && self->played == NULL;

  if (step == NULL || reshoot_step_get_digest (step) == NULL
      || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      reshoot_canvas_show (self->canvas, NULL, NULL, NULL);
      drop_pictures (self, 0);
      return;
    }

  fill_side (self, step, &side, &title);
  if (compares)
    fill_side (self, self->other, &other, &other_title);

  reshoot_canvas_set_mode (self->canvas, compares ? RESHOOT_CANVAS_SPLIT : RESHOOT_CANVAS_SIDE);
  reshoot_canvas_show (self->canvas, compares ? &other : NULL, &side, title);
}

/* What the steps that are walked are held against, or nothing. */
static void
set_other (ReshootReviewView *self,
           ReshootStep       *step)
{
  if (!g_set_object (&self->other, step))
    return;

  reshoot_review_view_show_step (self, self->step);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPARES]);
}

static void
verdict_changed_cb (ReshootReviewView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERDICT]);
}

static void
follow_head (ReshootReviewView *self)
{
  ReshootHistory *history = get_history (self);
  ReshootStep *head = history != NULL ? reshoot_history_get_head (history) : NULL;

  reshoot_review_view_stop (self);
  if (self->step != NULL)
    g_signal_handlers_disconnect_by_data (self->step, self);

  self->step = head;
  if (head != NULL)
    {
      g_signal_connect_object (head, "notify::verdict", G_CALLBACK (verdict_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }

  reshoot_note_layer_set_notes (self->layer, head != NULL ? reshoot_step_get_notes (head) : NULL);
  reshoot_review_filter_refresh (self->filter);
  reshoot_review_view_show_step (self, head);
  verdict_changed_cb (self);
  update_walk (self);
}

static void
update_actions (ReshootReviewView *self)
{
  gboolean is_writable = self->project != NULL && !reshoot_project_get_read_only (self->project);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.verdict", is_writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.note", is_writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.compare-with", self->project != NULL);
}

static void
go (ReshootReviewView *self,
    int                direction)
{
  ReshootStep *step = self->project != NULL ? reshoot_review_filter_find (self->filter,
                                                                          direction) : NULL;

  if (step != NULL)
    reshoot_history_set_head (get_history (self), step);
}

static void
before_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  go (RESHOOT_REVIEW_VIEW (widget), -1);
}

static void
after_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  go (RESHOOT_REVIEW_VIEW (widget), 1);
}

/* The strip runs the way the language does: the arrow to the right goes to what lies on the right. */
static void
walk_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  gboolean is_right = g_variant_get_int32 (parameter) > 0;

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    is_right = !is_right;

  gtk_widget_activate_action (widget, is_right ? "view.after" : "view.before", NULL);
}

static void
fit_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  ReshootReviewView *self = RESHOOT_REVIEW_VIEW (widget);
  ReshootViewport *viewport = reshoot_canvas_get_viewport (self->canvas);

  if (g_str_equal (name, "view.zoom-actual")
      || (g_str_equal (name, "view.toggle-fit") && reshoot_viewport_get_fits (viewport)))
    reshoot_canvas_zoom_actual (self->canvas);
  else
    reshoot_viewport_fit (viewport);
}

static void
zoom_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  reshoot_canvas_zoom_step (RESHOOT_REVIEW_VIEW (widget)->canvas,
                            g_str_equal (name, "view.zoom-in") ? 1 : -1);
}

static void
note_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootReviewView *self = RESHOOT_REVIEW_VIEW (widget);

  reshoot_review_view_stop (self);
  reshoot_note_layer_begin (self->layer);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* Where a place is being chosen: the middle of the picture. */
static void
enter_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ReshootReviewView *self = RESHOOT_REVIEW_VIEW (widget);

  if (reshoot_note_layer_get_placing (self->layer))
    reshoot_note_layer_place (self->layer, 0.5, 0.5);
}

/* One thing at a time: the note, the play, the full screen. */
static void
leave_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ReshootReviewView *self = RESHOOT_REVIEW_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (reshoot_note_layer_get_placing (self->layer))
    reshoot_note_layer_stop (self->layer);
  else if (self->played != NULL)
    reshoot_review_view_stop (self);
  else if (self->other != NULL)
    set_other (self, NULL);
  else if (GTK_IS_WINDOW (root) && gtk_window_is_fullscreen (GTK_WINDOW (root)))
    gtk_window_unfullscreen (GTK_WINDOW (root));
}

static void
placing_cb (ReshootReviewView *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.enter",
                                 reshoot_note_layer_get_placing (self->layer));
}

static void
reveal_cb (ReshootReviewView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SIDE]);
}

static void
reshoot_review_view_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ReshootReviewView *self = RESHOOT_REVIEW_VIEW (object);

  switch (prop_id)
    {
    case PROP_VERDICT:
      g_value_set_enum (value, self->step != NULL ? (int) reshoot_step_get_verdict (self->step)
                                                  : RESHOOT_VERDICT_NONE);
      break;
    case PROP_SHOW_SIDE:
      g_value_set_boolean (value, self->flap == NULL || adw_flap_get_reveal_flap (self->flap));
      break;
    case PROP_COMPARES:
      g_value_set_boolean (value, self->other != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* The same verdict again takes it back. It shows when it is stored. */
static void
give_verdict (ReshootReviewView *self,
              ReshootVerdict     verdict)
{
  const char *word = "none";

  if (self->step == NULL)
    return;

  if (reshoot_step_get_verdict (self->step) != verdict && verdict != RESHOOT_VERDICT_NONE)
    word = reshoot_verdict_to_string (verdict);

  gtk_widget_activate_action (GTK_WIDGET (self), "step.verdict", "s", word);
}

static void
reshoot_review_view_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ReshootReviewView *self = RESHOOT_REVIEW_VIEW (object);

  switch (prop_id)
    {
    case PROP_VERDICT:
      give_verdict (self, (ReshootVerdict) g_value_get_enum (value));
      break;
    case PROP_SHOW_SIDE:
      adw_flap_set_reveal_flap (self->flap, g_value_get_boolean (value));
      break;
    case PROP_COMPARES:
      set_other (self, g_value_get_boolean (value) ? self->step : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
reshoot_review_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RESHOOT_REVIEW_VIEW (widget)->canvas));
}

static void
let_go_of_project (ReshootReviewView *self)
{
  if (self->project == NULL)
    return;

  reshoot_review_view_stop (self);
  if (self->step != NULL)
    g_signal_handlers_disconnect_by_data (self->step, self);
  self->step = NULL;
  set_other (self, NULL);
  g_signal_handlers_disconnect_by_data (get_history (self), self);
  g_clear_object (&self->project);
}

static void
reshoot_review_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reshoot_review_view_parent_class)->map (widget);

  reshoot_review_filter_refresh (RESHOOT_REVIEW_VIEW (widget)->filter);
  update_walk (RESHOOT_REVIEW_VIEW (widget));
  reshoot_review_view_show_step (RESHOOT_REVIEW_VIEW (widget), RESHOOT_REVIEW_VIEW (widget)->step);
}

static void
reshoot_review_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reshoot_review_view_parent_class)->unmap (widget);

  reshoot_review_view_stop (RESHOOT_REVIEW_VIEW (widget));
  reshoot_note_layer_stop (RESHOOT_REVIEW_VIEW (widget)->layer);
  reshoot_review_view_show_step (RESHOOT_REVIEW_VIEW (widget), NULL);
}

static void
reshoot_review_view_dispose (GObject *object)
{
  ReshootReviewView *self = RESHOOT_REVIEW_VIEW (object);

  let_go_of_project (self);
  drop_pictures (self, 0);
  g_clear_object (&self->fade);

  G_OBJECT_CLASS (reshoot_review_view_parent_class)->dispose (object);
}

static void
reshoot_review_view_finalize (GObject *object)
{
  g_ptr_array_unref (RESHOOT_REVIEW_VIEW (object)->pictures);

  G_OBJECT_CLASS (reshoot_review_view_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "view.verdict", "verdict");
  gtk_widget_class_install_property_action (widget_class, "view.show-side", "show-side");
  gtk_widget_class_install_action (widget_class, "view.before", NULL, before_cb);
  gtk_widget_class_install_action (widget_class, "view.after", NULL, after_cb);
  gtk_widget_class_install_action (widget_class, "view.walk", "i", walk_cb);
  gtk_widget_class_install_action (widget_class, "view.note", NULL, note_cb);
  gtk_widget_class_install_property_action (widget_class, "view.compare-with", "compares");
  gtk_widget_class_install_action (widget_class, "view.enter", NULL, enter_cb);
  gtk_widget_class_install_action (widget_class, "view.leave", NULL, leave_cb);
  gtk_widget_class_install_action (widget_class, "view.fit", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "view.toggle-fit", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-actual", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-out", NULL, zoom_cb);
  reshoot_review_view_install_play (widget_class);
}

static void
reshoot_review_view_class_init (ReshootReviewViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = reshoot_review_view_get_property;
  object_class->set_property = reshoot_review_view_set_property;
  object_class->dispose = reshoot_review_view_dispose;
  object_class->finalize = reshoot_review_view_finalize;
  widget_class->map = reshoot_review_view_map;
  widget_class->unmap = reshoot_review_view_unmap;
  widget_class->grab_focus = reshoot_review_view_grab_focus;

  properties[PROP_VERDICT] = g_param_spec_enum ("verdict", NULL, NULL, RESHOOT_TYPE_VERDICT,
                                                RESHOOT_VERDICT_NONE, flags);
  properties[PROP_SHOW_SIDE] = g_param_spec_boolean ("show-side", NULL, NULL, TRUE, flags);
  properties[PROP_COMPARES] = g_param_spec_boolean ("compares", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RESHOOT_TYPE_CANVAS);
  g_type_ensure (RESHOOT_TYPE_FILM_STRIP);
  g_type_ensure (RESHOOT_TYPE_NOTE_LAYER);
  g_type_ensure (RESHOOT_TYPE_REVIEW_FILTER);
  g_type_ensure (RESHOOT_TYPE_REVIEW_SIDE);
  g_type_ensure (RESHOOT_TYPE_WRAP_LAYOUT);
  g_type_ensure (RESHOOT_TYPE_ZOOM_BOX);
  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-review-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, flap);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, canvas);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, layer);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, fading);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, caption);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, counter);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, film);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, filter);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, side);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, zoom);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, play);
  install_actions (widget_class);
}

static void
reshoot_review_view_init (ReshootReviewView *self)
{
  self->pictures = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));

  reshoot_note_layer_set_canvas (self->layer, self->canvas);
  reshoot_zoom_box_set_viewport (self->zoom, reshoot_canvas_get_viewport (self->canvas));
  reshoot_review_view_set_up_play (self);
  g_signal_connect_object (self->layer, "notify::placing", G_CALLBACK (placing_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (update_walk), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (reveal_cb), self,
                           G_CONNECT_SWAPPED);
  placing_cb (self);
  update_actions (self);
}

/**
 * reshoot_review_view_set_project:
 * @self: the view
 * @project: (nullable): what to look through
 * @catalogue: (nullable): knows what models are called
 */
void
reshoot_review_view_set_project (ReshootReviewView *self,
                                 ReshootProject    *project,
                                 ReshootCatalogue  *catalogue)
{
  ReshootHistory *history;

  g_return_if_fail (RESHOOT_IS_REVIEW_VIEW (self));

  if (self->project == project)
    return;

  let_go_of_project (self);
  drop_pictures (self, 0);
  g_set_object (&self->project, project);
  reshoot_film_strip_set_project (self->film, project);
  reshoot_review_filter_set_project (self->filter, project, catalogue);
  reshoot_review_side_set_project (self->side, project, catalogue);

  history = get_history (self);
  if (history != NULL)
    g_signal_connect_object (history, "notify::head", G_CALLBACK (follow_head), self,
                             G_CONNECT_SWAPPED);

  follow_head (self);
  update_actions (self);
}

ReshootCanvas *
reshoot_review_view_get_canvas (ReshootReviewView *self)
{
  g_return_val_if_fail (RESHOOT_IS_REVIEW_VIEW (self), NULL);

  return self->canvas;
}
