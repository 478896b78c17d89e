/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies around the pictures: neutral in any case, for a tint beside a picture would tint the judgement, and as
 * light or dark as the style, or as the person wants it. */

#include "reshoot-canvas-background.h"

#include "reshoot-settings.h"

/* As the setting spells them, in the order of the preferences; each but the first is a style class after "canvas-". */
static const char *const backgrounds[] = { "style", "light", "gray", "dark", NULL };

static guint
find (const char *background)
{
  for (guint i = 0; backgrounds[i] != NULL; i++)
    if (g_str_equal (backgrounds[i], background))
      return i;

  return 0;
}

static void
update (GtkWidget *widget,
        char      *key,
        GSettings *settings)
{
  g_autofree char *background = g_settings_get_string (settings, RESHOOT_CANVAS_BACKGROUND);
  guint chosen = find (background);

  for (guint i = 1; backgrounds[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("canvas-", backgrounds[i], NULL);

      if (i == chosen)
        gtk_widget_add_css_class (widget, name);
      else
        gtk_widget_remove_css_class (widget, name);
    }
}

/**
 * reshoot_canvas_background_follow:
 * @widget: has canvases below it
 * @settings: has the key
 *
 * Gives the canvases the background that is chosen, from now on.
 */
void
reshoot_canvas_background_follow (GtkWidget *widget,
                                  GSettings *settings)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_signal_connect_object (settings, "changed::" RESHOOT_CANVAS_BACKGROUND, G_CALLBACK (update),
                           widget, G_CONNECT_SWAPPED);
  update (widget, NULL, settings);
}

/**
 * reshoot_canvas_background_bind:
 * @row: has a property "selected", of what can be chosen in the order of the setting
 * @settings: has the key
 */
void
reshoot_canvas_background_bind (GObject   *row,
                                GSettings *settings)
{
  reshoot_settings_bind_choice (settings, RESHOOT_CANVAS_BACKGROUND, row, backgrounds);
}
