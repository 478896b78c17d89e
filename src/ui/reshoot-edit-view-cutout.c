/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The cut-out, looked at and corrected. Where the studio cannot tell the product from its surroundings, its outline is
 * proposed over the picture; a box and strokes say what is wrong, each is answered at once, and the edit is asked for
 * again with what was said. The answers come from a small copy of the picture, the edit from all of it. */

#include "config.h"

#include "reshoot-edit-view-private.h"
#include "reshoot-image-prepare.h"
#include "reshoot-matte.h"

#include <glib/gi18n.h>
#include <math.h>

/* The long side of what is looked at, in pixels: as fine as the outline is drawn. */
#define LOOK_EDGE 1024

struct _ReshootCutoutLook
{
  ReshootStep  *step;          /* (unowned): whose picture it is; lives as long as the project */
  ReshootStep  *failed;        /* (unowned) (nullable): the edit that could not be done without it */
  ReshootImage *image;         /* (nullable): the small copy, once it is there */
  GCancellable *cancellable;   /* of the answer on its way */
};

static void
look_free (ReshootCutoutLook *look)
{
  g_cancellable_cancel (look->cancellable);
  g_object_unref (look->cancellable);
  g_clear_object (&look->image);
  g_free (look);
}

static void
set_answer (ReshootEditView *self,
            ReshootMatte    *matte)
{
  const guint8 *values = g_bytes_get_data (reshoot_matte_get_values (matte), NULL);
  double confidence = reshoot_matte_get_confidence (matte);
  g_autofree char *words = NULL;

  if (reshoot_matte_get_n_products (matte) == 0)
    words = g_strdup (_("No product found: draw a box around it"));
  else if (!reshoot_matte_get_confident (matte))
    words = g_strdup (_("Not sure of this outline: say what belongs to the product and what does not"));
  else
    /* Translators: how sure the outline of the product is, in per cent. */
    words = g_strdup_printf (_("%.0f %% sure: say what belongs to the product and what does not"),
                             confidence * 100);

  reshoot_region_layer_set_answer (self->region, values, reshoot_matte_get_width (matte),
                                   reshoot_matte_get_height (matte), words);
}

static void
matte_made_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (ReshootEditView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootMatte) matte = reshoot_matte_new_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->look == NULL)
    return;

  if (matte == NULL)
    reshoot_edit_view_fail (self, error, NULL);
  else
    set_answer (self, matte);
}

/* Whatever is on its way is of older hints. */
static void
ask (ReshootEditView *self)
{
  ReshootCutoutLook *look = self->look;
  g_autoptr (ReshootHints) hints = NULL;
  double scale;

  if (look == NULL || look->image == NULL)
    return;

  g_cancellable_cancel (look->cancellable);
  g_object_unref (look->cancellable);
  look->cancellable = g_cancellable_new ();

  scale = (double) reshoot_image_get_width (look->image) / reshoot_step_get_width (look->step);
  if (reshoot_region_strokes_get_n (reshoot_region_layer_get_hints (self->region)) > 0)
    {
      ReshootRegionStrokes *drawn = reshoot_region_layer_get_hints (self->region);

      /* As the edit will take them: whoever looks needs no second opinion, and has the answer sooner. */
      hints = reshoot_region_strokes_dup_hints (drawn, scale);
      reshoot_hints_set_accepted (hints, TRUE);
    }

  reshoot_matte_new_async (look->image, hints, look->cancellable, matte_made_cb,
                           g_object_ref (self));
}

static void
shrink_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  ReshootImage *image = task_data;
  int width = reshoot_image_get_width (image);
  int height = reshoot_image_get_height (image);
  double scale = MIN (1.0, (double) LOOK_EDGE / MAX (width, height));
  GError *error = NULL;
  ReshootImage *small = reshoot_image_prepare (image, MAX (1, (int) lround (width * scale)),
                                               MAX (1, (int) lround (height * scale)),
                                               RESHOOT_IMAGE_FORMAT_PNG, cancellable, &error);

  if (small != NULL)
    g_task_return_pointer (task, small, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
shrunk_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) small = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->look == NULL)
    return;

  if (small == NULL)
    {
      reshoot_edit_view_fail (self, error, NULL);
      return;
    }

  g_set_object (&self->look->image, small);
  ask (self);
}

static void
picture_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (ReshootEditView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GTask) task = NULL;

  image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->look == NULL)
    return;

  if (image == NULL)
    {
      reshoot_edit_view_fail (self, error, NULL);
      return;
    }

  task = g_task_new (self, self->look->cancellable, shrunk_cb, NULL);
  g_task_set_source_tag (task, picture_loaded_cb);
  g_task_set_task_data (task, g_steal_pointer (&image), g_object_unref);
  g_task_run_in_thread (task, shrink_in_thread);
}

/**
 * reshoot_edit_view_show_cutout:
 * @self: the view
 * @failed: (nullable): an edit of what is shown that could not be done without a word on the cut-out
 *
 * Shows the outline of the product, to be corrected and taken.
 */
void
reshoot_edit_view_show_cutout (ReshootEditView *self,
                               ReshootStep     *failed)
{
  ReshootStep *head = reshoot_edit_view_get_head (self);

  if (head == NULL || reshoot_step_get_digest (head) == NULL)
    return;

  g_clear_pointer (&self->look, look_free);
  reshoot_region_layer_begin_cutout (self->region);
  self->look = g_new0 (ReshootCutoutLook, 1);
  self->look->step = head;
  self->look->failed = failed;
  self->look->cancellable = g_cancellable_new ();
  reshoot_project_load_picture_async (self->project, head, RESHOOT_PICTURE_SHOWN,
                                      self->look->cancellable, picture_loaded_cb,
                                      g_object_ref (self));
}

/* Nobody looks any more, or at another picture. */
void
reshoot_edit_view_end_cutout (ReshootEditView *self)
{
  gboolean cutout = FALSE;

  g_clear_pointer (&self->look, look_free);
  if (self->region != NULL)
    g_object_get (self->region, "cutout", &cutout, NULL);
  if (cutout)
    reshoot_region_layer_set_active (self->region, FALSE);
}

static void
set_text (JsonObject *parameters,
          const char *name,
          char       *text)
{
  if (text != NULL)
    json_object_set_string_member (parameters, name, text);
  g_free (text);
}

static JsonObject *
new_parameters (ReshootHints *hints)
{
  JsonObject *parameters = json_object_new ();

  set_text (parameters, "box", reshoot_hints_dup_box (hints));
  set_text (parameters, "keep", reshoot_hints_dup_strokes (hints, TRUE));
  set_text (parameters, "drop", reshoot_hints_dup_strokes (hints, FALSE));
  json_object_set_boolean_member (parameters, "accepted", TRUE);
  return parameters;
}

/* The same that could not be done, or what stands in the panel, with what was said of the cut-out. */
static ReshootRequest *
dup_request (ReshootEditView  *self,
             JsonObject       *parameters,
             gboolean         *from_panel,
             GError          **error)
{
  ReshootStep *failed = self->look->failed;
  ReshootModel *model = reshoot_instruction_panel_get_model (self->panel);
  g_autofree char *instruction = NULL;

  *from_panel = failed == NULL;
  if (failed != NULL)
    {
      ReshootRequest *request = reshoot_step_get_request (failed);

      return reshoot_request_new_with_inputs (reshoot_request_get_instruction (request),
                                              reshoot_request_get_model (request), parameters,
                                              reshoot_request_get_inputs (request));
    }

  if (model == NULL || !reshoot_model_get_is_local (model) ||
      !reshoot_instruction_panel_get_ready (self->panel))
    return NULL;

  instruction = reshoot_instruction_panel_dup_instruction (self->panel);
  return reshoot_edit_view_dup_request (self, instruction, model, parameters, error);
}

static void
use_cutout_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (widget);
  ReshootRegionStrokes *drawn = reshoot_region_layer_get_hints (self->region);
  g_autoptr (ReshootHints) hints = NULL;
  g_autoptr (JsonObject) parameters = NULL;
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  gboolean from_panel;

  if (self->look == NULL)
    return;

  hints = reshoot_region_strokes_dup_hints (drawn, 1);
  parameters = new_parameters (hints);
  request = dup_request (self, parameters, &from_panel, &error);
  if (error != NULL)
    {
      reshoot_edit_view_fail (self, error, NULL);
      return;
    }

  if (request == NULL)
    {
      /* There are no words for the studio yet: what was drawn waits for them. */
      reshoot_instruction_panel_focus (self->panel);
      return;
    }

  reshoot_edit_view_submit (self, self->look->step, &request, 1, from_panel);
  reshoot_edit_view_end_cutout (self);
}

static void
cutout_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  reshoot_edit_view_show_cutout (RESHOOT_EDIT_VIEW (widget), NULL);
}

static void
put_away_cb (ReshootEditView *self)
{
  gboolean cutout;

  g_object_get (self->region, "cutout", &cutout, NULL);
  if (!cutout)
    g_clear_pointer (&self->look, look_free);
}

void
reshoot_edit_view_install_cutout_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "view.cutout", NULL, cutout_cb);
  gtk_widget_class_install_action (widget_class, "view.use-cutout", NULL, use_cutout_cb);
}

void
reshoot_edit_view_add_cutout (ReshootEditView *self)
{
  g_signal_connect_object (self->region, "hinted", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->region, "notify::cutout", G_CALLBACK (put_away_cb), self,
                           G_CONNECT_SWAPPED);
}
