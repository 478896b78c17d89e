/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The region of the next edit: the layer over the canvas and the row of the panel say the same, and a request takes it
 * along. It belongs to the picture it was drawn on; an edit that leaves the picture's size as it is keeps it. */

#include "reshoot-edit-view-private.h"

#include <math.h>

static void
share_changed_cb (ReshootEditView *self)
{
  double area[4];
  double share;

  g_object_get (self->region, "share", &share, NULL);
  reshoot_region_strokes_get_area (reshoot_region_layer_get_strokes (self->region), area);
  reshoot_instruction_panel_set_region (self->panel, share, area);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.clear-region", !isnan (share));
}

static void
active_changed_cb (ReshootEditView *self)
{
  g_object_notify (G_OBJECT (self), "region");
}

static void
clear_region_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (widget);

  reshoot_region_strokes_clear (reshoot_region_layer_get_strokes (self->region));
}

void
reshoot_edit_view_install_region_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "view.region", "region");
  gtk_widget_class_install_action (widget_class, "view.clear-region", NULL, clear_region_cb);
  reshoot_edit_view_install_cutout_actions (widget_class);
}

void
reshoot_edit_view_add_region (ReshootEditView *self)
{
  reshoot_region_layer_set_canvas (self->region, self->canvas);
  g_signal_connect_object (self->region, "notify::share", G_CALLBACK (share_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->region, "notify::active", G_CALLBACK (active_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reshoot_edit_view_add_cutout (self);
  share_changed_cb (self);
}

/* The head is another one. */
void
reshoot_edit_view_update_region (ReshootEditView *self)
{
  ReshootRegionStrokes *strokes = reshoot_region_layer_get_strokes (self->region);
  ReshootStep *head = reshoot_edit_view_get_head (self);
  ReshootStep *original = head;

  while (original != NULL && reshoot_step_get_parent (original) != NULL)
    original = reshoot_step_get_parent (original);

  reshoot_edit_view_end_cutout (self);
  if (original != self->region_original)
    reshoot_region_strokes_clear (strokes);
  self->region_original = original;

  if (head != NULL && reshoot_step_get_digest (head) != NULL)
    reshoot_region_strokes_set_size (strokes, reshoot_step_get_width (head),
                                     reshoot_step_get_height (head));
}

/**
 * reshoot_edit_view_dup_request:
 * @self: the view
 * @instruction: the person's words
 * @model: who is asked
 * @parameters: (nullable): what was set beside the words
 * @error: return location
 *
 * Returns: (transfer full): the request, with the references of the panel and the region that is drawn; %NULL where a
 *   mask could not be encoded
 */
ReshootRequest *
reshoot_edit_view_dup_request (ReshootEditView  *self,
                               const char       *instruction,
                               ReshootModel     *model,
                               JsonObject       *parameters,
                               GError          **error)
{
  ReshootRequestPicture masks[RESHOOT_REGION_N_RULES] = { { NULL, }, };
  g_autoptr (GArray) pictures = g_array_new (FALSE, FALSE, sizeof (ReshootRequestPicture));
  ReshootInputs inputs = RESHOOT_INPUTS_INIT;
  ReshootRequest *request = NULL;

  reshoot_instruction_panel_fill_references (self->panel, pictures);
  if (reshoot_region_strokes_fill (reshoot_region_layer_get_strokes (self->region), &inputs,
                                   masks, error))
    {
      g_array_append_vals (pictures, masks, inputs.n_pictures);
      inputs.pictures = (const ReshootRequestPicture *) (gpointer) pictures->data;
      inputs.n_pictures = pictures->len;
      request = reshoot_request_new_with_inputs (instruction, reshoot_model_get_id (model),
                                                 parameters, &inputs);
    }

  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    g_clear_object (&masks[i].image);
  return request;
}
