/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootDiffDialog: two steps side by side: what was asked, what it cost, what came of it. What is the same in both
 * is left out until it is asked for, and quiet then. */

#include "config.h"

#include "reshoot-diff-dialog.h"

#include "reshoot-resources.h"
#include "reshoot-step-words.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

struct _ReshootDiffDialog
{
  AdwWindow        parent_instance;

  GtkLabel        *name_a;
  GtkLabel        *name_b;
  GtkListBox      *list;

  GtkCustomFilter *filter;      /* (owned) */
  gboolean         show_equal;
};

G_DEFINE_FINAL_TYPE (ReshootDiffDialog, reshoot_diff_dialog, ADW_TYPE_WINDOW)

enum
{
  PROP_0,
  PROP_SHOW_EQUAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_shown (gpointer item,
          gpointer user_data)
{
  return RESHOOT_DIFF_DIALOG (user_data)->show_equal || !reshoot_diff_row_get_is_equal (item);
}

static GtkWidget *
make_value (ReshootDiffRow *row,
            JsonNode       *value)
{
  g_autofree char *words = reshoot_words_for_difference (row, value);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  g_autofree char *aspect = reshoot_words_for_aspect (item);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *values = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (aspect);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_box_set_homogeneous (GTK_BOX (values), TRUE);
  gtk_box_append (GTK_BOX (values), make_value (item, reshoot_diff_row_get_a (item)));
  gtk_box_append (GTK_BOX (values), make_value (item, reshoot_diff_row_get_b (item)));
  if (reshoot_diff_row_get_is_equal (item))
    gtk_widget_add_css_class (values, "dim-label");

  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), values);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
reshoot_diff_dialog_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOW_EQUAL:
      g_value_set_boolean (value, RESHOOT_DIFF_DIALOG (object)->show_equal);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_diff_dialog_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ReshootDiffDialog *self = RESHOOT_DIFF_DIALOG (object);

  switch (prop_id)
    {
    case PROP_SHOW_EQUAL:
      if (self->show_equal == g_value_get_boolean (value))
        return;

      self->show_equal = g_value_get_boolean (value);
      gtk_filter_changed (GTK_FILTER (self->filter), self->show_equal
                                                     ? GTK_FILTER_CHANGE_LESS_STRICT
                                                     : GTK_FILTER_CHANGE_MORE_STRICT);
      g_object_notify_by_pspec (object, properties[PROP_SHOW_EQUAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_diff_dialog_dispose (GObject *object)
{
  ReshootDiffDialog *self = RESHOOT_DIFF_DIALOG (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);

  g_clear_object (&self->filter);

  G_OBJECT_CLASS (reshoot_diff_dialog_parent_class)->dispose (object);
}

static void
reshoot_diff_dialog_class_init (ReshootDiffDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reshoot_diff_dialog_get_property;
  object_class->set_property = reshoot_diff_dialog_set_property;
  object_class->dispose = reshoot_diff_dialog_dispose;

  properties[PROP_SHOW_EQUAL] = g_param_spec_boolean ("show-equal", NULL, NULL, FALSE,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                      | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-diff-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootDiffDialog, name_a);
  gtk_widget_class_bind_template_child (widget_class, ReshootDiffDialog, name_b);
  gtk_widget_class_bind_template_child (widget_class, ReshootDiffDialog, list);
  gtk_widget_class_install_property_action (widget_class, "diff.show-equal", "show-equal");
}

static void
reshoot_diff_dialog_init (ReshootDiffDialog *self)
{
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_name (GtkLabel    *label,
          ReshootStep *step)
{
  g_autofree char *name = reshoot_step_words_for_name (step);
  /* Translators: the number and the name of a step. */
  g_autofree char *words = g_strdup_printf (_("%d · %s"), (int) reshoot_step_get_id (step), name);

  gtk_label_set_text (label, words);
}

/**
 * reshoot_diff_dialog_new:
 * @a: a step
 * @b: another one
 *
 * Returns: (transfer none): a dialog that is not shown yet
 */
GtkWidget *
reshoot_diff_dialog_new (ReshootStep *a,
                         ReshootStep *b)
{
  ReshootDiffDialog *self;
  g_autoptr (GtkFilterListModel) shown = NULL;

  g_return_val_if_fail (RESHOOT_IS_STEP (a), NULL);
  g_return_val_if_fail (RESHOOT_IS_STEP (b), NULL);

  self = g_object_new (RESHOOT_TYPE_DIFF_DIALOG, NULL);
  set_name (self->name_a, a);
  set_name (self->name_b, b);
  shown = gtk_filter_list_model_new (reshoot_diff_new (a, b),
                                     GTK_FILTER (g_object_ref (self->filter)));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (shown), make_row, self, NULL);
  return GTK_WIDGET (self);
}
