/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootZoomBox: the scale of a viewport, always stated, between minus and plus. Its buttons are the actions
 * "view.zoom-out", "view.toggle-fit" and "view.zoom-in" of the view it stands in. */

#include "config.h"

#include "reshoot-zoom-box.h"

#include <glib/gi18n.h>
#include <math.h>

struct _ReshootZoomBox
{
  AdwBin           parent_instance;

  GtkWidget       *scale;
  ReshootViewport *viewport;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ReshootZoomBox, reshoot_zoom_box, ADW_TYPE_BIN)

static void
viewport_changed_cb (ReshootZoomBox *self)
{
  double percent = reshoot_viewport_get_zoom (self->viewport) * 100;
  int digits = percent < 10 && fabs (percent - round (percent)) > 0.05 ? 1 : 0;
  g_autofree char *text = NULL;

  if (reshoot_viewport_get_fits (self->viewport))
    /* Translators: the picture is shown whole, at this scale. */
    text = g_strdup_printf (_("Fit · %.*f %%"), digits, percent);
  else
    /* Translators: the scale of the picture. */
    text = g_strdup_printf (_("%.*f %%"), digits, percent);

  gtk_button_set_label (GTK_BUTTON (self->scale), text);
}

static void
reshoot_zoom_box_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_ZOOM_BOX (object)->viewport);

  G_OBJECT_CLASS (reshoot_zoom_box_parent_class)->finalize (object);
}

static void
reshoot_zoom_box_class_init (ReshootZoomBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_zoom_box_finalize;
}

static GtkWidget *
add_button (GtkWidget  *box,
            const char *icon,
            const char *action,
            const char *tooltip)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new ();

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
name (GtkWidget  *button,
      const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
reshoot_zoom_box_init (ReshootZoomBox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  name (add_button (box, "value-decrease-symbolic", "view.zoom-out", _("Zoom Out (−)")),
        _("Zoom out"));
  self->scale = add_button (box, NULL, "view.toggle-fit", _("Fit, or One Pixel a Pixel (Ctrl+0)"));
  gtk_widget_add_css_class (self->scale, "scale-button");
  gtk_widget_add_css_class (self->scale, "numeric");
  name (add_button (box, "value-increase-symbolic", "view.zoom-in", _("Zoom In (+)")),
        _("Zoom in"));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * reshoot_zoom_box_set_viewport:
 * @self: a zoom box
 * @viewport: whose scale to state
 */
void
reshoot_zoom_box_set_viewport (ReshootZoomBox  *self,
                               ReshootViewport *viewport)
{
  g_return_if_fail (RESHOOT_IS_ZOOM_BOX (self));
  g_return_if_fail (RESHOOT_IS_VIEWPORT (viewport));

  if (self->viewport != NULL)
    g_signal_handlers_disconnect_by_func (self->viewport, viewport_changed_cb, self);

  g_set_object (&self->viewport, viewport);
  g_signal_connect_object (viewport, "changed", G_CALLBACK (viewport_changed_cb), self,
                           G_CONNECT_SWAPPED);
  viewport_changed_cb (self);
}
