/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps that were made from the same one, to go over to another of them: those that were asked for together, as
 * several models or takes, and whatever was tried before or after. Made for one look, and gone after it. */

#include "config.h"

#include "reshoot-siblings-popover.h"

#include "reshoot-history-entries.h"
#include "reshoot-step-thumbnail.h"
#include "reshoot-step-words.h"
#include "reshoot-window.h"

#include <glib/gi18n.h>

/* More than these scroll. */
#define HEIGHT_MAX 360

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_words (ReshootHistoryContext *context,
            ReshootStep           *step,
            const char            *name,
            const char            *origin)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *second = make_label (origin, "caption");

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_add_css_class (second, "dim-label");
  gtk_box_append (GTK_BOX (box), make_label (name, "step-name"));
  gtk_box_append (GTK_BOX (box), second);
  return box;
}

/* A step without a picture shows why, but there is nothing to go to. */
static GtkWidget *
make_item (ReshootHistoryContext *context,
           ReshootStep           *step)
{
  ReshootProject *project = reshoot_history_context_get_project (context);
  GtkWidget *item = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gboolean is_head = reshoot_history_get_head (reshoot_project_get_history (project)) == step;
  g_autofree char *name = reshoot_step_words_for_name (step);
  g_autofree char *origin =
    reshoot_step_words_for_origin (step, reshoot_history_context_get_catalogue (context));
  g_autofree char *spoken =
    reshoot_step_words_for_speech (step, name, origin,
                                   reshoot_history_context_get_is_new (context, step));

  gtk_box_append (GTK_BOX (box), reshoot_step_thumbnail_new (project, step, NULL));
  gtk_box_append (GTK_BOX (box), make_words (context, step, name, origin));
  if (reshoot_history_context_get_is_new (context, step))
    gtk_box_append (GTK_BOX (box), make_label (C_("step", "New"), "new-mark"));
  if (is_head)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));

  gtk_button_set_child (GTK_BUTTON (item), box);
  gtk_widget_add_css_class (item, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (item), "x", reshoot_step_get_id (step));
  if (reshoot_step_get_digest (step) != NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (item), "history.show-step");
  else
    gtk_widget_set_sensitive (item, FALSE);

  return item;
}

/**
 * reshoot_siblings_can_compare:
 * @history: the tree
 * @step: a step of it
 *
 * Returns: whether it is one of several that were asked for together, and there is a view to compare them in
 */
gboolean
reshoot_siblings_can_compare (ReshootHistory *history,
                              ReshootStep    *step)
{
  g_autoptr (GTypeClass) views = g_type_class_ref (RESHOOT_TYPE_WINDOW_VIEW);
  g_autoptr (GPtrArray) row = reshoot_history_list_row (history, step);

  return row->len > 1 && g_enum_get_value_by_nick (G_ENUM_CLASS (views), "compare") != NULL;
}

static void
add_compare (GtkBox      *box,
             ReshootStep *step)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Compare the Row"));

  gtk_widget_set_margin_top (button, 6);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", reshoot_step_get_id (step));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "history.compare-row");
  gtk_box_append (box, button);
}

/**
 * reshoot_siblings_popover_new:
 * @context: what the rows of the history share
 * @step: a step
 *
 * Returns: (transfer none): a popover with it and all others made from the same step
 */
GtkWidget *
reshoot_siblings_popover_new (ReshootHistoryContext *context,
                              ReshootStep           *step)
{
  ReshootHistory *history =
    reshoot_project_get_history (reshoot_history_context_get_project (context));
  g_autoptr (GPtrArray) siblings = reshoot_history_list_siblings (history, step);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  for (guint i = 0; i < siblings->len; i++)
    gtk_box_append (GTK_BOX (inner), make_item (context, siblings->pdata[i]));

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), HEIGHT_MAX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), inner);
  gtk_box_append (GTK_BOX (outer), scrolled);
  if (reshoot_siblings_can_compare (history, step))
    add_compare (GTK_BOX (outer), step);

  gtk_popover_set_child (GTK_POPOVER (popover), outer);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Steps made from the same one"), -1);
  return popover;
}
