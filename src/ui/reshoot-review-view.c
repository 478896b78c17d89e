/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootReviewView: one picture and the way that led to it. Walking the path moves the head, so that the other views
 * show the same step. It needs no network and no key, and looking needs no right to write. */

#include "config.h"

#include "reshoot-review-view.h"

#include "reshoot-film-strip.h"
#include "reshoot-resources.h"
#include "reshoot-step-place.h"
#include "reshoot-step-words.h"

#include <glib/gi18n.h>

/* Decoded pictures that are kept: the one on screen and those on its two sides. */
#define KEPT_PICTURES 3

/* Long edge of the first, quick decoding while the canvas has no size yet, in pixels. */
#define FIRST_EDGE 1024

struct _ReshootReviewView
{
  AdwBin            parent_instance;

  ReshootCanvas    *canvas;
  ReshootFilmStrip *film;

  ReshootProject   *project;    /* (owned) (nullable) */
  GPtrArray        *pictures;   /* of ReshootPicture: those kept, newest last */
};

G_DEFINE_FINAL_TYPE (ReshootReviewView, reshoot_review_view, ADW_TYPE_BIN)

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

/* While another view is shown nothing is decoded, and nothing decoded is kept. */
static void
update_canvas (ReshootReviewView *self)
{
  ReshootHistory *history = get_history (self);
  ReshootStep *head = history != NULL ? reshoot_history_get_head (history) : NULL;
  ReshootCanvasSide side = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  if (head == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      reshoot_canvas_show (self->canvas, NULL, NULL, NULL);
      drop_pictures (self, 0);
      return;
    }

  name = reshoot_step_words_for_name (head);
  if (reshoot_step_get_parent (head) == NULL)
    title = g_strdup (name);
  else
    /* Translators: on the picture: the number of a step and the words of its instruction. */
    title = g_strdup_printf (_("Step %d · “%s”"), (int) reshoot_step_get_id (head), name);

  side.picture = get_picture (self, head);
  side.name = title;
  reshoot_step_place_in_original (head, side.affine);
  reshoot_canvas_show (self->canvas, NULL, &side, title);
}

static void
update_actions (ReshootReviewView *self)
{
  ReshootHistory *history = get_history (self);
  gboolean can_undo = FALSE;
  gboolean can_redo = FALSE;

  if (history != NULL)
    g_object_get (history, "can-undo", &can_undo, "can-redo", &can_redo, NULL);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.before", can_undo);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.after", can_redo);
}

static void
before_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ReshootHistory *history = get_history (RESHOOT_REVIEW_VIEW (widget));

  if (history != NULL)
    reshoot_history_undo (history);
}

static void
after_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ReshootHistory *history = get_history (RESHOOT_REVIEW_VIEW (widget));

  if (history != NULL)
    reshoot_history_redo (history);
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
  reshoot_viewport_fit (reshoot_canvas_get_viewport (RESHOOT_REVIEW_VIEW (widget)->canvas));
}

static void
zoom_actual_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  reshoot_canvas_zoom_actual (RESHOOT_REVIEW_VIEW (widget)->canvas);
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
let_go_of_project (ReshootReviewView *self)
{
  if (self->project == NULL)
    return;

  g_signal_handlers_disconnect_by_data (reshoot_project_get_history (self->project), self);
  g_clear_object (&self->project);
}

static void
reshoot_review_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reshoot_review_view_parent_class)->map (widget);

  update_canvas (RESHOOT_REVIEW_VIEW (widget));
}

static void
reshoot_review_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reshoot_review_view_parent_class)->unmap (widget);

  update_canvas (RESHOOT_REVIEW_VIEW (widget));
}

static void
reshoot_review_view_dispose (GObject *object)
{
  ReshootReviewView *self = RESHOOT_REVIEW_VIEW (object);

  let_go_of_project (self);
  drop_pictures (self, 0);

  G_OBJECT_CLASS (reshoot_review_view_parent_class)->dispose (object);
}

static void
reshoot_review_view_finalize (GObject *object)
{
  g_ptr_array_unref (RESHOOT_REVIEW_VIEW (object)->pictures);

  G_OBJECT_CLASS (reshoot_review_view_parent_class)->finalize (object);
}

static void
reshoot_review_view_class_init (ReshootReviewViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_review_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_review_view_finalize;
  widget_class->map = reshoot_review_view_map;
  widget_class->unmap = reshoot_review_view_unmap;

  g_type_ensure (RESHOOT_TYPE_CANVAS);
  g_type_ensure (RESHOOT_TYPE_FILM_STRIP);
  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-review-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, canvas);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewView, film);

  gtk_widget_class_install_action (widget_class, "view.before", NULL, before_cb);
  gtk_widget_class_install_action (widget_class, "view.after", NULL, after_cb);
  gtk_widget_class_install_action (widget_class, "view.walk", "i", walk_cb);
  gtk_widget_class_install_action (widget_class, "view.fit", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-actual", NULL, zoom_actual_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-out", NULL, zoom_cb);
}

static void
reshoot_review_view_init (ReshootReviewView *self)
{
  self->pictures = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}

/**
 * reshoot_review_view_set_project:
 * @self: the view
 * @project: (nullable): what to look through
 */
void
reshoot_review_view_set_project (ReshootReviewView *self,
                                 ReshootProject    *project)
{
  ReshootHistory *history;

  g_return_if_fail (RESHOOT_IS_REVIEW_VIEW (self));

  if (self->project == project)
    return;

  let_go_of_project (self);
  drop_pictures (self, 0);
  g_set_object (&self->project, project);
  reshoot_film_strip_set_project (self->film, project);

  history = get_history (self);
  if (history != NULL)
    {
      g_signal_connect_object (history, "notify::head", G_CALLBACK (update_canvas), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (history, "notify::can-undo", G_CALLBACK (update_actions), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (history, "notify::can-redo", G_CALLBACK (update_actions), self,
                               G_CONNECT_SWAPPED);
    }

  update_canvas (self);
  update_actions (self);
}

ReshootCanvas *
reshoot_review_view_get_canvas (ReshootReviewView *self)
{
  g_return_val_if_fail (RESHOOT_IS_REVIEW_VIEW (self), NULL);

  return self->canvas;
}
