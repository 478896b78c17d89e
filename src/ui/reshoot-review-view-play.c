/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Playing the path from the original to the result: each picture for a while, with the words that led to it. It only
 * shows: the head stays where it is, and where it is is what one sees when it ends. */

#include "config.h"

#include "reshoot-review-view-private.h"

#include "reshoot-step-words.h"

#include <glib/gi18n.h>

/* Each picture, in milliseconds. */
#define SHOWN 1600

/* From one picture to the next, in milliseconds. */
#define FADE 350

static void
fade_out (double   value,
          gpointer user_data)
{
  ReshootReviewView *self = user_data;

  gtk_widget_set_opacity (GTK_WIDGET (self->fading), value);
}

static void
fade_done_cb (ReshootReviewView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->fading), FALSE);
  gtk_picture_set_paintable (self->fading, NULL);
}

/* The next picture is there now, below the one before. Who wants less motion sees it at once. */
static void
canvas_changed_cb (ReshootReviewView *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->fading)))
    adw_animation_play (self->fade);
}

/* What is seen now stays on top until the next picture can be drawn. */
static void
keep_picture (ReshootReviewView *self)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkPaintable) image = NULL;

  if (!adw_get_enable_animations (GTK_WIDGET (self)))
    return;

  paintable = gtk_widget_paintable_new (GTK_WIDGET (self->canvas));
  image = gdk_paintable_get_current_image (paintable);
  adw_animation_reset (self->fade);
  gtk_picture_set_paintable (self->fading, image);
  gtk_widget_set_opacity (GTK_WIDGET (self->fading), 1);
  gtk_widget_set_visible (GTK_WIDGET (self->fading), TRUE);
}

static void
show_next (ReshootReviewView *self)
{
  g_autoptr (ReshootStep) step = g_ptr_array_steal_index (self->played, 0);
  ReshootRequest *request = reshoot_step_get_request (step);
  g_autofree char *name = reshoot_step_words_for_name (step);

  keep_picture (self);
  gtk_label_set_text (self->caption,
                      request != NULL ? reshoot_request_get_instruction (request) : name);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), TRUE);
  reshoot_review_view_show_step (self, step);
}

/* A picture that is still being decoded is waited for. */
static gboolean
play_cb (gpointer user_data)
{
  ReshootReviewView *self = user_data;
  ReshootPicture *picture = reshoot_canvas_get_picture (self->canvas, RESHOOT_CANVAS_RESULT);

  if (picture != NULL && !reshoot_picture_get_ready (picture)
      && reshoot_picture_get_error (picture) == NULL)
    return G_SOURCE_CONTINUE;

  if (self->played->len > 0)
    {
      show_next (self);
      return G_SOURCE_CONTINUE;
    }

  self->play_id = 0;
  reshoot_review_view_stop (self);
  return G_SOURCE_REMOVE;
}

static void
update_button (ReshootReviewView *self)
{
  gboolean plays = self->played != NULL;

  gtk_button_set_icon_name (self->play, plays ? "media-playback-stop-symbolic"
                                        : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), plays ? _("Stop (Space)")
                                                        : _("Play the Path (Space)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plays ? _("Stop") : _("Play the path"), -1);
}

/* From the original to the result that the path ends with. */
static void
start (ReshootReviewView *self)
{
  GListModel *path = reshoot_history_get_path (reshoot_project_get_history (self->project));

  self->played = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (path); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (path, i);

      if (reshoot_step_get_digest (step) != NULL)
        g_ptr_array_add (self->played, g_steal_pointer (&step));
    }

  reshoot_note_layer_stop (self->layer);
  gtk_widget_set_visible (GTK_WIDGET (self->layer), FALSE);
  if (self->played->len > 0)
    show_next (self);
  self->play_id = g_timeout_add (SHOWN, play_cb, self);
  update_button (self);
}

static void
play_action_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  ReshootReviewView *self = RESHOOT_REVIEW_VIEW (widget);

  if (self->played != NULL)
    reshoot_review_view_stop (self);
  else if (self->project != NULL)
    start (self);
}

/* Back to the head. Where nothing plays, nothing happens. */
void
reshoot_review_view_stop (ReshootReviewView *self)
{
  if (self->played == NULL)
    return;

  g_clear_handle_id (&self->play_id, g_source_remove);
  g_clear_pointer (&self->played, g_ptr_array_unref);
  adw_animation_reset (self->fade);
  fade_done_cb (self);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->layer), TRUE);
  update_button (self);
  reshoot_review_view_show_step (self, self->step);
}

void
reshoot_review_view_install_play (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "view.play", NULL, play_action_cb);
}

void
reshoot_review_view_set_up_play (ReshootReviewView *self)
{
  self->fade = adw_timed_animation_new (GTK_WIDGET (self), 1, 0, FADE,
                                        adw_callback_animation_target_new (fade_out, self, NULL));
  g_signal_connect_object (self->fade, "done", G_CALLBACK (fade_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "changed", G_CALLBACK (canvas_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_button (self);
}
