/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tooltips of widgets that are filled again and again, as the rows of a long list are while it scrolls. GTK's own asks
 * the X server where the pointer is each time a text is set, and waits for the answer: half of what binding a row cost.
 * Here the text lies ready until somebody points. */

#include "reshoot-tooltip.h"

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("reshoot-tooltip");
}

static gboolean
query_cb (GtkWidget  *widget,
          int         x,
          int         y,
          gboolean    keyboard,
          GtkTooltip *tooltip,
          gpointer    user_data)
{
  const char *text = g_object_get_qdata (G_OBJECT (widget), get_quark ());

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/**
 * reshoot_tooltip_set:
 * @widget: a widget without a tooltip of another kind
 * @text: (nullable): what to say of it; a screen reader has it as the description
 */
void
reshoot_tooltip_set (GtkWidget  *widget,
                     const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (!gtk_widget_get_has_tooltip (widget))
    {
      gtk_widget_set_has_tooltip (widget, TRUE);
      g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_cb), NULL);
    }

  g_object_set_qdata_full (G_OBJECT (widget), get_quark (), g_strdup (text), g_free);
  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    text, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}
