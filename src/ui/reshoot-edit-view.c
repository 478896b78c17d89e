/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootEditView: the view one works in: history, canvas, instruction. It decides which two steps the canvas shows
 * (the head, and what it was made from, unless another source is pinned) and keeps their pictures; starting and
 * following edits is in reshoot-edit-view-jobs.c, what a service sent in reshoot-edit-view-reply.c. */

#include "config.h"

#include "reshoot-edit-view.h"

#include "reshoot-edit-view-private.h"
#include "reshoot-history-entries.h"
#include "reshoot-resources.h"
#include "reshoot-step-place.h"
#include "reshoot-step-words.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Decoded pictures that are kept: the two on screen and the one before, so that undo is at once. */
#define KEPT_PICTURES 3

G_DEFINE_FINAL_TYPE (ReshootEditView, reshoot_edit_view, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_MODE,
  PROP_SHOW_HISTORY,
  PROP_SHOW_INSTRUCTION,
  PROP_NARROW,
  PROP_REGION,
  PROP_RAW,
  N_PROPS
};

enum
{
  FAILED,
  ARRIVED,
  CANCELLED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static int
get_first_edge (ReshootEditView *self)
{
  int edge = MAX (gtk_widget_get_width (GTK_WIDGET (self->canvas)),
                  gtk_widget_get_height (GTK_WIDGET (self->canvas)));

  return edge > 0 ? edge * gtk_widget_get_scale_factor (GTK_WIDGET (self))
         : RESHOOT_PICTURE_FIRST_EDGE;
}

/* Newest last. What falls out and is not on screen any more is given up. */
static void
keep_picture (ReshootEditView *self,
              ReshootPicture  *picture)
{
  guint index;

  if (g_ptr_array_find (self->pictures, picture, &index))
    g_ptr_array_add (self->pictures, g_ptr_array_steal_index (self->pictures, index));
  else
    g_ptr_array_add (self->pictures, g_object_ref (picture));

  while (self->pictures->len > KEPT_PICTURES)
    {
      reshoot_picture_cancel (self->pictures->pdata[0]);
      g_ptr_array_remove_index (self->pictures, 0);
    }
}

ReshootPicture *
reshoot_edit_view_find_picture (ReshootEditView *self,
                                const char      *digest)
{
  for (guint i = 0; i < self->pictures->len; i++)
    if (g_strcmp0 (reshoot_picture_get_digest (self->pictures->pdata[i]), digest) == 0
        && reshoot_picture_get_error (self->pictures->pdata[i]) == NULL)
      return g_object_ref (self->pictures->pdata[i]);

  return NULL;
}

static ReshootPicture *
dup_picture (ReshootEditView *self,
             ReshootStep     *step)
{
  ReshootPicture *picture = reshoot_edit_view_find_picture (self, reshoot_step_get_digest (step));

  if (picture == NULL)
    picture = reshoot_picture_new_for_step (self->project, step, get_first_edge (self));

  keep_picture (self, picture);
  return picture;
}

static char *
describe (ReshootStep *step)
{
  g_autofree char *name = reshoot_step_words_for_name (step);

  if (reshoot_step_get_parent (step) == NULL)
    return g_strdup (name);

  /* Translators: what the picture shows, for a screen reader: the number of a step and its name. */
  return g_strdup_printf (_("Result, step %d, %s"), (int) reshoot_step_get_id (step), name);
}

static void
add_source (ReshootEditView    *self,
            ReshootStep        *source,
            ReshootCanvasSide  *side,
            char              **name)
{
  side->picture = dup_picture (self, source);
  side->name = *name = reshoot_step_words_for_name (source);
  reshoot_step_place_in_original (source, side->affine);
}

/* What is seen of the head: its picture, or what its service sent. */
static void
add_result (ReshootEditView    *self,
            ReshootStep        *head,
            ReshootCanvasSide  *side,
            char              **name)
{
  side->picture = reshoot_edit_view_dup_reply (self, side->affine);
  if (side->picture != NULL)
    {
      /* Translators: on the picture: it is what the service sent. */
      side->name = *name = g_strdup (_("As received"));
      return;
    }

  side->picture = dup_picture (self, head);
  side->name = *name = reshoot_step_words_for_name (head);
  reshoot_step_place_in_original (head, side->affine);
}

void
reshoot_edit_view_update_canvas (ReshootEditView *self)
{
  ReshootStep *head = reshoot_edit_view_get_head (self);
  ReshootStep *source;
  ReshootCanvasSide sides[2] = { 0 };
  g_autoptr (ReshootPicture) source_picture = NULL;
  g_autoptr (ReshootPicture) result_picture = NULL;
  g_autofree char *source_name = NULL;
  g_autofree char *result_name = NULL;
  g_autofree char *description = NULL;

  reshoot_edit_view_update_facts (self);
  if (head == NULL)
    return;

  source = self->pinned != NULL ? self->pinned : reshoot_step_get_parent (head);
  if (source != NULL && source != head && reshoot_step_get_digest (source) != NULL)
    {
      add_source (self, source, &sides[0], &source_name);
      source_picture = sides[0].picture;
    }

  add_result (self, head, &sides[1], &result_name);
  result_picture = sides[1].picture;
  description = describe (head);
  reshoot_canvas_show (self->canvas, &sides[0], &sides[1], description);
}

static void
update_pin (ReshootEditView *self)
{
  g_autofree char *name = self->pinned != NULL ? reshoot_step_words_for_name (self->pinned) : NULL;

  gtk_widget_set_visible (self->pin, self->pinned != NULL);
  if (name != NULL)
    {
      /* Translators: %s is the name of the step that every result is now shown beside. */
      g_autofree char *tooltip =
        g_strdup_printf (_("“%s” is pinned as the source: let go of it (P)"), name);

      gtk_widget_set_tooltip_text (self->pin, tooltip);
    }
}

void
reshoot_edit_view_update_actions (ReshootEditView *self)
{
  ReshootStep *head = reshoot_edit_view_get_head (self);
  gboolean writable = self->project != NULL && !reshoot_project_get_read_only (self->project);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.edit",
                                 head != NULL && writable
                                 && !reshoot_edit_view_get_lands (self, head)
                                 && reshoot_instruction_panel_get_ready (self->panel));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.pin", head != NULL);
}

/* The head is another one, or shows another picture. */
void
reshoot_edit_view_update_head (ReshootEditView *self)
{
  ReshootStep *head = reshoot_edit_view_get_head (self);

  reshoot_edit_view_update_reply (self);
  reshoot_edit_view_update_canvas (self);
  reshoot_edit_view_update_drift (self);
  reshoot_edit_view_update_region (self);
  reshoot_instruction_panel_set_size (self->panel, head != NULL ? reshoot_step_get_width (head) : 0,
                                      head != NULL ? reshoot_step_get_height (head) : 0);
  reshoot_edit_view_update_actions (self);
}

static void
viewport_changed_cb (ReshootEditView *self)
{
  ReshootViewport *viewport = reshoot_canvas_get_viewport (self->canvas);
  double percent = reshoot_viewport_get_zoom (viewport) * 100;
  int digits = percent < 10 && fabs (percent - round (percent)) > 0.05 ? 1 : 0;
  g_autofree char *text = NULL;

  if (reshoot_viewport_get_fits (viewport))
    /* Translators: the picture is shown whole, at this scale. */
    text = g_strdup_printf (_("Fit · %.*f %%"), digits, percent);
  else
    /* Translators: the scale of the picture. */
    text = g_strdup_printf (_("%.*f %%"), digits, percent);

  gtk_button_set_label (self->scale, text);
}

static void
running_cb (ReshootEditView *self)
{
  guint n_running;

  g_object_get (self->history, "n-running", &n_running, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), n_running > 0);
  gtk_spinner_set_spinning (self->spinner, n_running > 0);
}

static void
toggle_fit_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (widget);
  ReshootViewport *viewport = reshoot_canvas_get_viewport (self->canvas);

  if (reshoot_viewport_get_fits (viewport))
    reshoot_canvas_zoom_actual (self->canvas);
  else
    reshoot_viewport_fit (viewport);
}

static void
fit_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  reshoot_viewport_fit (reshoot_canvas_get_viewport (RESHOOT_EDIT_VIEW (widget)->canvas));
}

static void
zoom_actual_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  reshoot_canvas_zoom_actual (RESHOOT_EDIT_VIEW (widget)->canvas);
}

static void
zoom_in_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  reshoot_canvas_zoom_step (RESHOOT_EDIT_VIEW (widget)->canvas, 1);
}

static void
zoom_out_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  reshoot_canvas_zoom_step (RESHOOT_EDIT_VIEW (widget)->canvas, -1);
}

static void
pin_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (widget);

  self->pinned = self->pinned == NULL ? reshoot_edit_view_get_head (self) : NULL;
  update_pin (self);
  reshoot_edit_view_update_canvas (self);
}

static void
toggle_tree_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  ReshootHistoryView *history = RESHOOT_EDIT_VIEW (widget)->history;

  reshoot_history_view_set_all_steps (history, !reshoot_history_view_get_all_steps (history));
}

/* To the next sibling that has a picture, up to the end. */
static void
go_to_sibling (ReshootEditView *self,
               ReshootStep     *step,
               int              direction)
{
  ReshootHistory *history = reshoot_project_get_history (self->project);
  g_autoptr (GPtrArray) siblings = reshoot_history_list_siblings (history, step);
  guint place;
  int n = (int) siblings->len;

  if (!g_ptr_array_find (siblings, step, &place))
    return;

  for (int i = 1; i < n; i++)
    {
      int index = (int) place + i * direction;

      if (index < 0 || index >= n)
        return;

      if (reshoot_step_get_digest (siblings->pdata[index]) != NULL)
        {
          reshoot_history_set_head (history, siblings->pdata[index]);
          return;
        }
    }
}

static void
sibling_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (widget);
  ReshootStep *head = reshoot_edit_view_get_head (self);

  if (head != NULL)
    go_to_sibling (self, head, g_variant_get_int32 (parameter));
}

static gboolean
get_narrow (ReshootEditView *self)
{
  return adw_flap_get_folded (self->instruction_flap);
}

/* Only the mode of the moment is named: five names would leave the picture too little. */
static void
update_modes (ReshootEditView *self)
{
  const struct
  {
    AdwButtonContent *content;
    const char       *label;
  } modes[] = {
    /* Translators: short for: source and result side by side. */
    { self->side_content, _("Side") },
    /* Translators: short for: both pictures in one place, with a divider. */
    { self->split_content, _("Split") },
    /* Translators: short for: source and result in turn, in one place. */
    { self->blink_content, _("Blink") },
    /* Translators: short for: where and how much the result differs from the source. */
    { self->difference_content, _("Difference") },
    /* Translators: short for: the result over the source, half seen through. */
    { self->overlay_content, _("Overlay") },
  };
  ReshootCanvasMode mode = reshoot_canvas_get_mode (self->canvas);

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      GtkWidget *button = gtk_widget_get_ancestor (GTK_WIDGET (modes[i].content), GTK_TYPE_BUTTON);

      adw_button_content_set_label (modes[i].content,
                                    i == mode && !get_narrow (self) ? modes[i].label : "");
      /* The button has a name of its own; the content would name it by the label that is not there. */
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
    }

  gtk_widget_set_visible (self->gain_box, mode == RESHOOT_CANVAS_DIFFERENCE);
  gtk_widget_set_visible (self->overlay_box, mode == RESHOOT_CANVAS_OVERLAY);
}

static gboolean
narrow_due_cb (gpointer user_data)
{
  ReshootEditView *self = user_data;

  self->narrow_id = 0;
  update_modes (self);
  gtk_orientable_set_orientation (self->bar, get_narrow (self) ? GTK_ORIENTATION_VERTICAL
                                             : GTK_ORIENTATION_HORIZONTAL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
  return G_SOURCE_REMOVE;
}

/* A flap folds while sizes are being given out: who changes his size because of it must wait for that to end. */
static void
folded_cb (ReshootEditView *self)
{
  if (self->narrow_id == 0)
    self->narrow_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_due_cb, self, NULL);
}

static void
reveal_cb (GObject    *flap,
           GParamSpec *pspec,
           gpointer    user_data)
{
  ReshootEditView *self = user_data;

  g_object_notify_by_pspec (G_OBJECT (self), properties[flap == G_OBJECT (self->history_flap)
                                                        ? PROP_SHOW_HISTORY
                                                        : PROP_SHOW_INSTRUCTION]);
}

static void
mode_cb (ReshootEditView *self)
{
  update_modes (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
}

static void
reshoot_edit_view_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (object);

  switch (prop_id)
    {
    case PROP_MODE:
      g_value_set_enum (value, (int) reshoot_canvas_get_mode (self->canvas));
      break;
    case PROP_SHOW_HISTORY:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->history_flap));
      break;
    case PROP_SHOW_INSTRUCTION:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->instruction_flap));
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, get_narrow (self));
      break;
    case PROP_REGION:
      {
        gboolean active;

        g_object_get (self->region, "active", &active, NULL);
        g_value_set_boolean (value, active);
      }
      break;
    case PROP_RAW:
      g_value_set_boolean (value, reshoot_edit_view_get_raw (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_edit_view_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (object);

  switch (prop_id)
    {
    case PROP_MODE:
      reshoot_canvas_set_mode (self->canvas, (ReshootCanvasMode) g_value_get_enum (value));
      break;
    case PROP_SHOW_HISTORY:
      adw_flap_set_reveal_flap (self->history_flap, g_value_get_boolean (value));
      break;
    case PROP_SHOW_INSTRUCTION:
      adw_flap_set_reveal_flap (self->instruction_flap, g_value_get_boolean (value));
      break;
    case PROP_REGION:
      reshoot_region_layer_set_active (self->region, g_value_get_boolean (value));
      break;
    case PROP_RAW:
      reshoot_edit_view_set_raw (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
let_go_of_project (ReshootEditView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->pinned = NULL;
  self->region_original = NULL;
  reshoot_edit_view_end_cutout (self);
  reshoot_edit_view_end_reply (self);
  reshoot_edit_view_end_drift (self);

  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (reshoot_project_get_history (self->project), self);

  g_clear_object (&self->project);
}

static void
reshoot_edit_view_dispose (GObject *object)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (object);

  g_clear_handle_id (&self->narrow_id, g_source_remove);
  let_go_of_project (self);
  for (guint i = 0; i < self->pictures->len; i++)
    reshoot_picture_cancel (self->pictures->pdata[i]);
  g_ptr_array_set_size (self->pictures, 0);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (reshoot_edit_view_parent_class)->dispose (object);
}

static void
reshoot_edit_view_finalize (GObject *object)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->pictures);

  G_OBJECT_CLASS (reshoot_edit_view_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, RESHOOT_TYPE_CANVAS_MODE,
                                             RESHOOT_CANVAS_SIDE,
                                             flags);
  properties[PROP_SHOW_HISTORY] = g_param_spec_boolean ("show-history", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_INSTRUCTION] = g_param_spec_boolean ("show-instruction", NULL, NULL, TRUE,
                                                            flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                  | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_REGION] = g_param_spec_boolean ("region", NULL, NULL, FALSE, flags);
  properties[PROP_RAW] = g_param_spec_boolean ("raw", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reshoot_edit_view_class_init (ReshootEditViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reshoot_edit_view_get_property;
  object_class->set_property = reshoot_edit_view_set_property;
  object_class->dispose = reshoot_edit_view_dispose;
  object_class->finalize = reshoot_edit_view_finalize;
  install_properties (object_class);

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ERROR,
                                  RESHOOT_TYPE_STEP);
  signals[ARRIVED] = g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, RESHOOT_TYPE_STEP);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, RESHOOT_TYPE_STEP);

  g_type_ensure (RESHOOT_TYPE_CANVAS);
  g_type_ensure (RESHOOT_TYPE_HISTORY_VIEW);
  g_type_ensure (RESHOOT_TYPE_INSTRUCTION_PANEL);
  g_type_ensure (RESHOOT_TYPE_REGION_LAYER);
  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-edit-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, instruction_flap);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, history_flap);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, history);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, canvas);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, region);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, panel);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, facts);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, spinner);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, scale);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, raw);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, land);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, pin);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, side_content);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, split_content);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, blink_content);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, difference_content);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, overlay_content);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, gain_box);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, overlay_box);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, bar);

  gtk_widget_class_install_property_action (widget_class, "view.mode", "mode");
  gtk_widget_class_install_action (widget_class, "view.toggle-fit", NULL, toggle_fit_cb);
  gtk_widget_class_install_action (widget_class, "view.fit", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-actual", NULL, zoom_actual_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-in", NULL, zoom_in_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-out", NULL, zoom_out_cb);
  gtk_widget_class_install_action (widget_class, "view.pin", NULL, pin_cb);
  gtk_widget_class_install_action (widget_class, "view.toggle-tree", NULL, toggle_tree_cb);
  gtk_widget_class_install_action (widget_class, "view.sibling", "i", sibling_cb);
  reshoot_edit_view_install_job_actions (widget_class);
  reshoot_edit_view_install_region_actions (widget_class);
  reshoot_edit_view_install_reply_actions (widget_class);
  reshoot_edit_view_install_drift (widget_class);
}

static void
reshoot_edit_view_init (ReshootEditView *self)
{
  self->cancellable = g_cancellable_new ();
  self->pictures = g_ptr_array_new_with_free_func (g_object_unref);

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (reshoot_canvas_get_viewport (self->canvas), "changed",
                           G_CALLBACK (viewport_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "changed", G_CALLBACK (reshoot_edit_view_update_facts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "notify::mode", G_CALLBACK (mode_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panel, "notify::ready", G_CALLBACK (reshoot_edit_view_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "notify::n-running", G_CALLBACK (running_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->instruction_flap, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->instruction_flap, "notify::reveal-flap", G_CALLBACK (reveal_cb),
                           self, 0);
  g_signal_connect_object (self->history_flap, "notify::reveal-flap", G_CALLBACK (reveal_cb), self,
                           0);
  g_signal_connect (self, "map", G_CALLBACK (update_modes), NULL);
  reshoot_edit_view_add_region (self);
  viewport_changed_cb (self);
  update_modes (self);
  reshoot_edit_view_update_actions (self);
}

void
reshoot_edit_view_fail (ReshootEditView *self,
                        const GError    *error,
                        ReshootStep     *step)
{
  g_signal_emit (self, signals[FAILED], 0, error, step);
}

/* A step is done. Unless the person was waiting for it and looks at it now, it is only offered. */
void
reshoot_edit_view_arrive (ReshootEditView *self,
                          ReshootStep     *step)
{
  if (reshoot_edit_view_get_head (self) != step)
    reshoot_history_view_offer (self->history, step);

  g_signal_emit (self, signals[ARRIVED], 0, step);
}

void
reshoot_edit_view_tell_cancelled (ReshootEditView *self,
                                  ReshootStep     *step)
{
  g_signal_emit (self, signals[CANCELLED], 0, step);
}

ReshootStep *
reshoot_edit_view_get_head (ReshootEditView *self)
{
  return self->project != NULL
         ? reshoot_history_get_head (reshoot_project_get_history (self->project)) : NULL;
}

/* The step whose number a row's button carries. */
ReshootStep *
reshoot_edit_view_get_step (ReshootEditView *self,
                            GVariant        *id)
{
  if (self->project == NULL)
    return NULL;

  return reshoot_history_get_step (reshoot_project_get_history (self->project),
                                   g_variant_get_int64 (id));
}

void
reshoot_edit_view_set_session (ReshootEditView *self,
                               ReshootSession  *session)
{
  g_return_if_fail (RESHOOT_IS_EDIT_VIEW (self));

  g_set_object (&self->session, session);
  reshoot_instruction_panel_set_session (self->panel, session);
}

/**
 * reshoot_edit_view_preview:
 * @self: the view
 * @image: a photo that is about to get a project
 *
 * Shows it while the project is being made. When the step comes, the same decoded picture is used for it.
 */
void
reshoot_edit_view_preview (ReshootEditView *self,
                           ReshootImage    *image)
{
  g_autoptr (ReshootPicture) picture = NULL;

  g_return_if_fail (RESHOOT_IS_EDIT_VIEW (self));

  picture = reshoot_edit_view_find_picture (self, reshoot_image_get_digest (image));
  if (picture == NULL)
    picture = reshoot_picture_new_for_image (image, get_first_edge (self));

  reshoot_edit_view_preview_picture (self, picture);
}

/**
 * reshoot_edit_view_preview_picture:
 * @self: the view
 * @picture: (nullable): as for [method@EditView.preview], but on its way already; NULL for one that is not to be
 *   seen any more, because it gets no project
 */
void
reshoot_edit_view_preview_picture (ReshootEditView *self,
                                   ReshootPicture  *picture)
{
  ReshootCanvasSide side;

  g_return_if_fail (RESHOOT_IS_EDIT_VIEW (self));

  if (picture == NULL)
    {
      reshoot_canvas_show (self->canvas, NULL, NULL, NULL);
      return;
    }

  keep_picture (self, picture);
  side = (ReshootCanvasSide) { .picture = picture, .name = _("Original"),
                               .affine = { 1, 0, 0, 0, 1, 0 } };
  reshoot_canvas_show (self->canvas, NULL, &side, _("Original"));
}

/**
 * reshoot_edit_view_set_project:
 * @self: the view
 * @project: (nullable): what to work on
 */
void
reshoot_edit_view_set_project (ReshootEditView *self,
                               ReshootProject  *project)
{
  g_return_if_fail (RESHOOT_IS_EDIT_VIEW (self));

  if (self->project == project)
    return;

  let_go_of_project (self);
  g_set_object (&self->project, project);
  reshoot_history_view_show (self->history, project, self->session);
  reshoot_instruction_panel_set_steps
    (self->panel, project != NULL ? G_LIST_MODEL (reshoot_project_get_history (project)) : NULL);
  reshoot_instruction_panel_set_project (self->panel, project);
  update_pin (self);

  if (project != NULL)
    g_signal_connect_object (reshoot_project_get_history (project), "notify::head",
                             G_CALLBACK (reshoot_edit_view_update_head), self, G_CONNECT_SWAPPED);
  else
    reshoot_canvas_show (self->canvas, NULL, NULL, NULL);

  reshoot_edit_view_update_head (self);
}

ReshootProject *
reshoot_edit_view_get_project (ReshootEditView *self)
{
  g_return_val_if_fail (RESHOOT_IS_EDIT_VIEW (self), NULL);

  return self->project;
}

ReshootCanvas *
reshoot_edit_view_get_canvas (ReshootEditView *self)
{
  g_return_val_if_fail (RESHOOT_IS_EDIT_VIEW (self), NULL);

  return self->canvas;
}

ReshootHistoryView *
reshoot_edit_view_get_history (ReshootEditView *self)
{
  g_return_val_if_fail (RESHOOT_IS_EDIT_VIEW (self), NULL);

  return self->history;
}

ReshootInstructionPanel *
reshoot_edit_view_get_panel (ReshootEditView *self)
{
  g_return_val_if_fail (RESHOOT_IS_EDIT_VIEW (self), NULL);

  return self->panel;
}

/**
 * reshoot_edit_view_get_result:
 * @self: the view
 *
 * Returns: (transfer none) (nullable): the head's picture, which may still be on its way
 */
ReshootPicture *
reshoot_edit_view_get_result (ReshootEditView *self)
{
  ReshootStep *head;
  g_autoptr (ReshootPicture) picture = NULL;

  g_return_val_if_fail (RESHOOT_IS_EDIT_VIEW (self), NULL);

  head = reshoot_edit_view_get_head (self);
  if (head != NULL)
    picture = reshoot_edit_view_find_picture (self, reshoot_step_get_digest (head));

  return picture;   /* the list of pictures holds it */
}

/**
 * reshoot_edit_view_toggle_panels:
 * @self: the view
 *
 * Both panels go, or both come back.
 */
void
reshoot_edit_view_toggle_panels (ReshootEditView *self)
{
  gboolean shown;

  g_return_if_fail (RESHOOT_IS_EDIT_VIEW (self));

  shown = adw_flap_get_reveal_flap (self->history_flap)
          || adw_flap_get_reveal_flap (self->instruction_flap);

  /* Folded they cover the picture: then one is enough. */
  adw_flap_set_reveal_flap (self->history_flap, !shown && !get_narrow (self));
  adw_flap_set_reveal_flap (self->instruction_flap, !shown);
}
