/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootOptionRow: one option of the models that are asked, by the control that fits it: a number within its range, a
 * choice, a switch, words. As long as nothing is chosen it shows what holds then, and says where the model decides. */

#include "config.h"

#include "reshoot-option-row.h"

#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Where a service names no highest number. */
#define NUMBER_MAX 1000000

struct _ReshootOptionRow
{
  AdwActionRow   parent_instance;

  ReshootOption *option;     /* (unowned): outlives the row */
  JsonNode      *value;      /* (owned) (nullable): what is chosen */
  GtkWidget     *spin;       /* (nullable), as the others are: the option has one of them */
  GtkWidget     *choice;
  GtkWidget     *toggle;
  GtkWidget     *words;
  GtkWidget     *automatic;  /* (nullable): in place of a number that the model decides */
  GtkWidget     *reset;
  gboolean       showing;    /* the controls are being set, not used */
};

G_DEFINE_FINAL_TYPE (ReshootOptionRow, reshoot_option_row, ADW_TYPE_ACTION_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_integer (ReshootOptionRow *self)
{
  return g_str_equal (self->option->type, "integer");
}

/* In a choice the first place is the model's, where nothing else holds. */
static guint
get_n_before (ReshootOptionRow *self)
{
  return self->option->initial == NULL ? 1 : 0;
}

static void
show_choice (ReshootOptionRow *self,
             JsonNode         *shown)
{
  GPtrArray *values = self->option->values;
  guint place = 0;

  if (shown != NULL && values == NULL)
    place = get_n_before (self) + (json_node_get_boolean (shown) ? 0 : 1);

  for (guint i = 0; shown != NULL && values != NULL && i < values->len; i++)
    if (g_strcmp0 (json_node_get_string (shown), values->pdata[i]) == 0)
      place = i + get_n_before (self);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice), place);
}

static void
show_value (ReshootOptionRow *self)
{
  JsonNode *shown = self->value != NULL ? self->value : self->option->initial;

  self->showing = TRUE;
  if (self->spin != NULL && shown != NULL)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spin), json_node_get_double (shown));
  if (self->spin != NULL)
    gtk_widget_set_visible (self->spin, shown != NULL);
  if (self->automatic != NULL)
    gtk_widget_set_visible (self->automatic, shown == NULL);
  if (self->choice != NULL)
    show_choice (self, shown);
  if (self->toggle != NULL)
    gtk_switch_set_active (GTK_SWITCH (self->toggle), json_node_get_boolean (shown));
  if (self->words != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->words),
                           shown != NULL ? json_node_get_string (shown) : "");
  gtk_widget_set_visible (self->reset, self->value != NULL);
  self->showing = FALSE;
}

/* Takes @value. What holds anyway is no choice. */
static void
choose (ReshootOptionRow *self,
        JsonNode         *value)
{
  gboolean same = value != NULL && self->option->initial != NULL &&
                  (json_node_get_value_type (value) == G_TYPE_STRING ||
                   json_node_get_value_type (value) == G_TYPE_BOOLEAN
                   ? json_node_equal (value, self->option->initial)
                   : fabs (json_node_get_double (value) -
                           json_node_get_double (self->option->initial)) < 1e-9);

  g_clear_pointer (&self->value, json_node_unref);
  if (same)
    json_node_unref (value);
  else
    self->value = value;

  gtk_widget_set_visible (self->reset, self->value != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
spin_changed_cb (ReshootOptionRow *self)
{
  double number = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin));

  if (self->showing)
    return;

  if (is_integer (self))
    choose (self, json_node_init_int (json_node_alloc (), (gint64) number));
  else
    choose (self, json_node_init_double (json_node_alloc (), round (number * 100) / 100));
}

static void
choice_changed_cb (ReshootOptionRow *self)
{
  guint place = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choice));
  guint n_before = get_n_before (self);

  if (self->showing || place == GTK_INVALID_LIST_POSITION)
    return;

  if (place < n_before)
    choose (self, NULL);
  else if (self->option->values == NULL)
    choose (self, json_node_init_boolean (json_node_alloc (), place == n_before));
  else
    choose (self, json_node_init_string (json_node_alloc (),
                                         self->option->values->pdata[place - n_before]));
}

static void
toggle_changed_cb (ReshootOptionRow *self)
{
  if (!self->showing)
    choose (self, json_node_init_boolean (json_node_alloc (),
                                          gtk_switch_get_active (GTK_SWITCH (self->toggle))));
}

static void
words_changed_cb (ReshootOptionRow *self)
{
  g_autofree char *words = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->words)));

  g_strstrip (words);
  if (!self->showing)
    choose (self, *words != '\0' ? json_node_init_string (json_node_alloc (), words) : NULL);
}

static void
reset_cb (ReshootOptionRow *self)
{
  choose (self, NULL);
  show_value (self);
}

/* A number that chance has drawn can be kept; any other begins with the least. */
static void
automatic_cb (ReshootOptionRow *self)
{
  double number = isnan (self->option->minimum) ? 0 : self->option->minimum;

  if (reshoot_option_is_seed (self->option))
    number = g_random_int ();

  self->showing = TRUE;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spin), number);
  self->showing = FALSE;
  spin_changed_cb (self);
  show_value (self);
  gtk_widget_grab_focus (self->spin);
}

static void
name (GtkWidget  *widget,
      const char *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

static GtkWidget *
add (ReshootOptionRow *self,
     GtkWidget        *control,
     const char       *changed,
     GCallback         callback)
{
  name (control, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  g_signal_connect_object (control, changed, callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), control);
  return control;
}

static void
add_number (ReshootOptionRow *self)
{
  ReshootOption *option = self->option;
  double minimum = isnan (option->minimum) ? 0 : option->minimum;
  double maximum = isnan (option->maximum) ? NUMBER_MAX : option->maximum;
  GtkWidget *spin = gtk_spin_button_new_with_range (minimum, maximum, is_integer (self) ? 1 : 0.1);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), is_integer (self) ? 0 : 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), maximum > NUMBER_MAX ? 10 : 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), maximum > NUMBER_MAX ? 10 : 4);
  self->spin = add (self, spin, "value-changed", G_CALLBACK (spin_changed_cb));
  if (option->initial != NULL)
    return;

  /* Translators: a button in place of a number: chance decides (of a seed), or the model does. */
  self->automatic = gtk_button_new_with_label (reshoot_option_is_seed (option) ? _("Random") : _("Automatic"));
  gtk_widget_add_css_class (self->automatic, "flat");
  gtk_widget_set_tooltip_text (self->automatic, _("Choose a number instead"));
  add (self, self->automatic, "clicked", G_CALLBACK (automatic_cb));
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->automatic), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static void
add_choice (ReshootOptionRow *self)
{
  GtkStringList *strings = gtk_string_list_new (NULL);
  GPtrArray *values = self->option->values;

  if (self->option->initial == NULL)
    /* Translators: an entry of a choice: what is taken is left to the model. */
    gtk_string_list_append (strings, _("Automatic"));

  for (guint i = 0; values != NULL && i < values->len; i++)
    gtk_string_list_take (strings, g_strdelimit (g_strdup (values->pdata[i]), "_", ' '));

  if (values == NULL)
    {
      gtk_string_list_append (strings, C_("option", "On"));
      gtk_string_list_append (strings, C_("option", "Off"));
    }

  self->choice = add (self, gtk_drop_down_new (G_LIST_MODEL (strings), NULL), "notify::selected",
                      G_CALLBACK (choice_changed_cb));
}

static void
add_control (ReshootOptionRow *self)
{
  ReshootOption *option = self->option;
  gboolean is_boolean = g_str_equal (option->type, "boolean");

  if (option->values != NULL || (is_boolean && option->initial == NULL))
    add_choice (self);
  else if (is_boolean)
    self->toggle = add (self, gtk_switch_new (), "notify::active", G_CALLBACK (toggle_changed_cb));
  else if (g_str_equal (option->type, "string"))
    self->words = add (self, gtk_entry_new (), "changed", G_CALLBACK (words_changed_cb));
  else
    add_number (self);

  if (self->words != NULL)
    gtk_editable_set_width_chars (GTK_EDITABLE (self->words), 8);

  /* The short way to a row is the row. */
  if (self->toggle != NULL || self->words != NULL)
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self),
                                           self->toggle != NULL ? self->toggle : self->words);
}

static void
reshoot_option_row_finalize (GObject *object)
{
  g_clear_pointer (&RESHOOT_OPTION_ROW (object)->value, json_node_unref);

  G_OBJECT_CLASS (reshoot_option_row_parent_class)->finalize (object);
}

static void
reshoot_option_row_class_init (ReshootOptionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_option_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_option_row_init (ReshootOptionRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
}

/**
 * reshoot_option_row_new:
 * @option: what is chosen here; it must outlive the row
 *
 * Returns: (transfer floating): a row in which nothing is chosen
 */
GtkWidget *
reshoot_option_row_new (ReshootOption *option)
{
  ReshootOptionRow *self = g_object_new (RESHOOT_TYPE_OPTION_ROW, NULL);
  g_autofree char *title = reshoot_words_for_option (option->name);
  /* Translators: a button's name; %s is the name of an option, which is chosen no more. */
  g_autofree char *words = g_strdup_printf (_("%s: as it comes"), title);

  self->option = option;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  add_control (self);
  self->reset = add (self, gtk_button_new_from_icon_name ("edit-clear-symbolic"), "clicked",
                     G_CALLBACK (reset_cb));
  gtk_widget_add_css_class (self->reset, "flat");
  gtk_widget_set_tooltip_text (self->reset, words);
  name (self->reset, words);
  show_value (self);
  return GTK_WIDGET (self);
}

/**
 * reshoot_option_row_set_value:
 * @self: the row
 * @value: (nullable): what is chosen; %NULL for nothing
 */
void
reshoot_option_row_set_value (ReshootOptionRow *self,
                              JsonNode         *value)
{
  g_return_if_fail (RESHOOT_IS_OPTION_ROW (self));

  g_clear_pointer (&self->value, json_node_unref);
  self->value = value != NULL ? json_node_copy (value) : NULL;
  show_value (self);
}

/**
 * reshoot_option_row_get_value:
 * @self: the row
 *
 * Returns: (transfer none) (nullable): what is chosen, in the parameter's own type; %NULL where nothing is
 */
JsonNode *
reshoot_option_row_get_value (ReshootOptionRow *self)
{
  g_return_val_if_fail (RESHOOT_IS_OPTION_ROW (self), NULL);

  return self->value;
}

/**
 * reshoot_option_row_dup_words:
 * @self: the row
 *
 * Returns: (transfer full) (nullable): what is chosen: "Seed 7"; %NULL where nothing is
 */
char *
reshoot_option_row_dup_words (ReshootOptionRow *self)
{
  const char *title;
  g_autofree char *value = NULL;

  g_return_val_if_fail (RESHOOT_IS_OPTION_ROW (self), NULL);

  if (self->value == NULL)
    return NULL;

  title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  if (self->spin != NULL && is_integer (self))
    value = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (self->value));
  else if (self->spin != NULL)
    value = g_strdup_printf ("%.1f", json_node_get_double (self->value));
  else if (json_node_get_value_type (self->value) == G_TYPE_STRING)
    value = g_strdelimit (json_node_dup_string (self->value), "_", ' ');
  else
    value = g_strdup (json_node_get_boolean (self->value) ? C_("option", "On") : C_("option", "Off"));

  /* Translators: an option and what was chosen: “Format: jpeg”. */
  return g_strdup_printf (_("%1$s: %2$s"), title, value);
}
