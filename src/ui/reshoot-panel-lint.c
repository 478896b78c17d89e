/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPanelLint: a line or two under the words that say what a service may misunderstand, and what to write instead.
 * It holds nobody up, and is not there where there is nothing to say. */

#include "config.h"

#include "reshoot-panel-lint.h"

#include "reshoot-words.h"

struct _ReshootPanelLint
{
  AdwBin    parent_instance;

  GtkLabel *line;
};

G_DEFINE_FINAL_TYPE (ReshootPanelLint, reshoot_panel_lint, ADW_TYPE_BIN)

static void
reshoot_panel_lint_class_init (ReshootPanelLintClass *klass)
{
}

static void
reshoot_panel_lint_init (ReshootPanelLint *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "icon-name", "dialog-information-symbolic",
                                  "valign", GTK_ALIGN_START,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  NULL);

  self->line = g_object_new (GTK_TYPE_LABEL,
                             "wrap", TRUE,
                             "wrap-mode", PANGO_WRAP_WORD_CHAR,
                             "xalign", 0.0,
                             "hexpand", TRUE,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                             NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->line), "caption");
  gtk_widget_add_css_class (box, "preview");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->line));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * reshoot_panel_lint_look_at:
 * @self: the lines
 * @instruction: (nullable): what a person wrote for a service; %NULL if none will read it
 *
 * Shows what may be said about it.
 */
void
reshoot_panel_lint_look_at (ReshootPanelLint *self,
                            const char       *instruction)
{
  ReshootLint lints[RESHOOT_MAX_LINTS];
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;

  g_return_if_fail (RESHOOT_IS_PANEL_LINT (self));

  n = instruction != NULL ? reshoot_lint_instruction (instruction, lints) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = reshoot_words_for_lint (lints[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }

  gtk_label_set_text (self->line, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}
