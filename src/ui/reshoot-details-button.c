/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies behind a sentence about something that went wrong, one click away, to be copied into a report: not for
 * every day, so not translated. Keys are not in it: they are taken out of an error before it gets here. */

#include "config.h"

#include "reshoot-details-button.h"

#include "reshoot-error.h"

#include <glib/gi18n.h>

static void
add_line (GString    *text,
          const char *name,
          const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", name, value);
}

static char *
dup_text (const GError *error,
          ReshootStep  *step)
{
  GString *text = g_string_new (NULL);
  g_autofree char *code = g_strdup_printf ("%s, %d", g_quark_to_string (error->domain), error->code);

  add_line (text, "message", error->message);
  add_line (text, "error", code);
  if (error->domain == RESHOOT_ERROR)
    {
      add_line (text, "reason", reshoot_error_get_reason (error));
      add_line (text, "subject", reshoot_error_get_subject (error));
    }

  if (step != NULL)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, reshoot_step_get_id (step));
      ReshootRequest *request = reshoot_step_get_request (step);

      add_line (text, "step", number);
      add_line (text, "uuid", reshoot_step_get_uuid (step));
      add_line (text, "state", reshoot_step_state_to_string (reshoot_step_get_state (step)));
      add_line (text, "model", request != NULL ? reshoot_request_get_model (request) : NULL);
      add_line (text, "ticket", reshoot_step_get_ticket (step));
    }

  add_line (text, "version", "Reshoot " RESHOOT_VERSION);
  return g_string_free (text, FALSE);
}

static void
copy_clicked_cb (GtkButton *button,
                 GtkLabel  *label)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (button));

  gdk_clipboard_set_text (clipboard, gtk_label_get_text (label));
}

/**
 * reshoot_details_button_new:
 * @error: what went wrong
 * @step: (nullable): with what
 *
 * Returns: (transfer none): a button that shows the technical side of it
 */
GtkWidget *
reshoot_details_button_new (const GError *error,
                            ReshootStep  *step)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *copy = gtk_button_new_with_mnemonic (_("_Copy"));
  g_autofree char *text = dup_text (error, step);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 42);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_halign (copy, GTK_ALIGN_END);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_clicked_cb), label, 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), copy);
  gtk_popover_set_child (GTK_POPOVER (popover), box);

  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  /* Translators: the technical side of what went wrong. */
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Details"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}
