/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPanelOptions: what can be set beside the words for the models that are asked, as the catalogue describes it.
 * It remembers for every model what was chosen, as long as the window lasts. Of several models the first that has an
 * option says what is chosen, and what is shown is what each of them gets. */

#include "config.h"

#include "reshoot-panel-options.h"

#include "reshoot-option-row.h"

#include <glib/gi18n.h>

struct _ReshootPanelOptions
{
  AdwExpanderRow  parent_instance;

  GtkWidget      *reset;
  GListModel     *models;    /* (owned) (nullable): of ReshootModel */
  GPtrArray      *options;   /* (owned): of ReshootOption */
  GPtrArray      *rows;      /* (owned): one an option */
  GHashTable     *chosen;    /* (owned): a model's id → JsonObject of what was chosen for it */
};

G_DEFINE_FINAL_TYPE (ReshootPanelOptions, reshoot_panel_options, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static JsonObject *
get_chosen (ReshootPanelOptions *self,
            ReshootModel        *model)
{
  const char *id = reshoot_model_get_id (model);
  JsonObject *chosen = g_hash_table_lookup (self->chosen, id);

  if (chosen == NULL)
    {
      chosen = json_object_new ();
      g_hash_table_insert (self->chosen, g_strdup (id), chosen);
    }

  return chosen;
}

/* A refreshed catalogue may allow less than what was chosen before. */
static JsonNode *
find_chosen (ReshootPanelOptions *self,
             ReshootOption       *option)
{
  JsonObject *chosen = get_chosen (self, option->models->pdata[0]);
  JsonNode *value = json_object_get_member (chosen, option->name);
  g_autoptr (JsonObject) parameters = json_object_new ();

  if (value == NULL)
    return NULL;

  json_object_set_member (parameters, option->name, json_node_copy (value));
  for (guint i = 0; i < option->models->len; i++)
    if (!reshoot_model_check_parameters (option->models->pdata[i], parameters, NULL))
      return NULL;

  return value;
}

/* What is not as it comes is said without opening anything. */
static void
update (ReshootPanelOptions *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autofree char *one = reshoot_option_row_dup_words (self->rows->pdata[i]);

      if (one != NULL)
        g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", one);
    }

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words->str);
  gtk_widget_set_visible (self->reset, words->len > 0);
}

static void
row_changed_cb (ReshootPanelOptions *self,
                ReshootOptionRow    *row)
{
  JsonNode *value = reshoot_option_row_get_value (row);
  guint place;
  ReshootOption *option;

  if (!g_ptr_array_find (self->rows, row, &place))
    return;

  option = self->options->pdata[place];
  for (guint i = 0; i < option->models->len; i++)
    {
      JsonObject *chosen = get_chosen (self, option->models->pdata[i]);

      if (value != NULL)
        json_object_set_member (chosen, option->name, json_node_copy (value));
      else
        json_object_remove_member (chosen, option->name);
    }

  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* An option that not all have says who lacks it. */
static char *
dup_lacking (ReshootPanelOptions *self,
             ReshootOption       *option)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (self->models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (self->models, i);

      if (!reshoot_option_applies (option, model))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", reshoot_model_get_name (model));
    }

  if (names->len == 0)
    return NULL;

  /* Translators: below an option: these models do not have it, and do without; %s is one name or several. */
  return g_strdup_printf (_("Not with %s"), names->str);
}

static void
add_row (ReshootPanelOptions *self,
         ReshootOption       *option)
{
  GtkWidget *row = reshoot_option_row_new (option);
  g_autofree char *lacking = dup_lacking (self, option);
  JsonNode *value = find_chosen (self, option);

  if (lacking != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (lacking, -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
    }

  if (value != NULL)
    reshoot_option_row_set_value (RESHOOT_OPTION_ROW (row), value);
  g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

/* All anew: they are few, and each depends on all models. */
static void
models_changed_cb (ReshootPanelOptions *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[i]);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  self->options = reshoot_option_list (self->models);
  for (guint i = 0; i < self->options->len; i++)
    add_row (self, self->options->pdata[i]);

  gtk_widget_set_visible (GTK_WIDGET (self), self->options->len > 0);
  update (self);
}

static void
reshoot_panel_options_dispose (GObject *object)
{
  ReshootPanelOptions *self = RESHOOT_PANEL_OPTIONS (object);

  if (self->models != NULL)
    g_signal_handlers_disconnect_by_data (self->models, self);
  g_clear_object (&self->models);

  G_OBJECT_CLASS (reshoot_panel_options_parent_class)->dispose (object);
}

static void
reshoot_panel_options_finalize (GObject *object)
{
  ReshootPanelOptions *self = RESHOOT_PANEL_OPTIONS (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_hash_table_unref (self->chosen);

  G_OBJECT_CLASS (reshoot_panel_options_parent_class)->finalize (object);
}

static void
reshoot_panel_options_class_init (ReshootPanelOptionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reshoot_panel_options_dispose;
  object_class->finalize = reshoot_panel_options_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_panel_options_init (ReshootPanelOptions *self)
{
  const char *words = _("All options as they come");

  self->rows = g_ptr_array_new ();
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) json_object_unref);
  self->reset = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_valign (self->reset, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->reset, FALSE);
  gtk_widget_add_css_class (self->reset, "flat");
  gtk_widget_set_tooltip_text (self->reset, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  g_signal_connect_object (self->reset, "clicked", G_CALLBACK (reshoot_panel_options_reset), self,
                           G_CONNECT_SWAPPED);

  /* Translators: a row of the panel: what can be set for a model beside the words. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Options"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->reset);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * reshoot_panel_options_set_models:
 * @self: the options
 * @models: (element-type ReshootModel): who is asked; it is followed
 */
void
reshoot_panel_options_set_models (ReshootPanelOptions *self,
                                  GListModel          *models)
{
  g_return_if_fail (RESHOOT_IS_PANEL_OPTIONS (self));
  g_return_if_fail (self->models == NULL);

  self->models = g_object_ref (models);
  g_signal_connect_object (models, "items-changed", G_CALLBACK (models_changed_cb), self,
                           G_CONNECT_SWAPPED);
  models_changed_cb (self);
}

/**
 * reshoot_panel_options_dup_parameters:
 * @self: the options
 * @model: one of the models that are asked
 *
 * Returns: (transfer full) (nullable): what is chosen for it; %NULL where nothing is
 */
JsonObject *
reshoot_panel_options_dup_parameters (ReshootPanelOptions *self,
                                      ReshootModel        *model)
{
  JsonObject *parameters = NULL;

  g_return_val_if_fail (RESHOOT_IS_PANEL_OPTIONS (self), NULL);
  g_return_val_if_fail (RESHOOT_IS_MODEL (model), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      ReshootOption *option = self->options->pdata[i];
      JsonNode *value = reshoot_option_row_get_value (self->rows->pdata[i]);

      if (value == NULL || !reshoot_option_applies (option, model))
        continue;

      if (parameters == NULL)
        parameters = json_object_new ();
      json_object_set_member (parameters, option->name, json_node_copy (value));
    }

  return parameters;
}

/**
 * reshoot_panel_options_choose:
 * @self: the options
 * @name: one of them; nothing happens where there is none such
 * @value: (nullable): within what the option allows; %NULL for nothing
 */
void
reshoot_panel_options_choose (ReshootPanelOptions *self,
                              const char          *name,
                              JsonNode            *value)
{
  g_return_if_fail (RESHOOT_IS_PANEL_OPTIONS (self));

  for (guint i = 0; i < self->rows->len; i++)
    {
      ReshootOption *option = self->options->pdata[i];

      if (!g_str_equal (option->name, name))
        continue;

      reshoot_option_row_set_value (self->rows->pdata[i], value);
      row_changed_cb (self, self->rows->pdata[i]);
    }
}

/**
 * reshoot_panel_options_reset:
 * @self: the options
 *
 * Nothing is chosen any more for the models that are asked.
 */
void
reshoot_panel_options_reset (ReshootPanelOptions *self)
{
  g_return_if_fail (RESHOOT_IS_PANEL_OPTIONS (self));

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (reshoot_option_row_get_value (self->rows->pdata[i]) == NULL)
        continue;

      reshoot_option_row_set_value (self->rows->pdata[i], NULL);
      row_changed_cb (self, self->rows->pdata[i]);
    }
}
