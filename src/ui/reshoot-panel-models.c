/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPanelModels: who is asked: one model or several, each a chip with its own way out. It owns the list. */

#include "config.h"

#include "reshoot-panel-models.h"

#include "reshoot-panel-model-list.h"
#include "reshoot-resources.h"
#include "reshoot-step-words.h"
#include "reshoot-wrap-layout.h"

#include <glib/gi18n.h>

struct _ReshootPanelModels
{
  AdwBin                 parent_instance;

  GtkWidget             *chips;
  GtkWidget             *add;
  ReshootPanelModelList *list;

  ReshootSession        *session;   /* (owned) (nullable) */
  GListStore            *chosen;    /* (owned): of ReshootModel */
};

G_DEFINE_FINAL_TYPE (ReshootPanelModels, reshoot_panel_models, ADW_TYPE_BIN)

static void
remove_clicked_cb (GtkWidget *button,
                   gpointer   user_data)
{
  reshoot_panel_models_remove (user_data, g_object_get_data (G_OBJECT (button), "model"));
}

/* Several services have the same model: the tooltip says whose it is, and what it costs. */
static char *
dup_hint (ReshootPanelModels *self,
          ReshootModel       *model)
{
  const char *provider = reshoot_model_get_provider (model);
  JsonObject *service = NULL;
  g_autofree char *price = NULL;

  price = reshoot_step_words_for_model (model, self->session != NULL &&
                                        reshoot_session_get_key_present (self->session, provider));
  if (self->session != NULL)
    service = reshoot_catalogue_get_provider (reshoot_session_get_catalogue (self->session),
                                              provider);
  if (reshoot_model_get_is_local (model) || service == NULL)
    return g_steal_pointer (&price);

  return g_strdup_printf ("%s · %s",
                          json_object_get_string_member_with_default (service, "name", provider),
                          price);
}

static GtkWidget *
create_chip (ReshootPanelModels *self,
             ReshootModel       *model)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = gtk_label_new (reshoot_model_get_name (model));
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *hint = dup_hint (self, model);
  /* Translators: a button's name; %s is the name of a model, which is asked no more. */
  g_autofree char *remove = g_strdup_printf (_("Do not ask %s"), reshoot_model_get_name (model));

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (name, hint);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "model", g_object_ref (model), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self, 0);

  gtk_widget_add_css_class (chip, "chip");
  gtk_box_append (GTK_BOX (chip), name);
  gtk_box_append (GTK_BOX (chip), button);
  return chip;
}

/* All anew: they are few, and what one says of itself depends on the keys, too. */
static void
show_chips (ReshootPanelModels *self)
{
  GListModel *models = G_LIST_MODEL (self->chosen);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != self->add)
    gtk_box_remove (GTK_BOX (self->chips), child);

  for (guint i = g_list_model_get_n_items (models); i > 0; i--)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i - 1);

      gtk_box_prepend (GTK_BOX (self->chips), create_chip (self, model));
    }
}

/* A refreshed catalogue has other objects for the same models, or no longer has one at all. */
static void
catalogue_changed_cb (ReshootPanelModels *self)
{
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (self->session);
  GListModel *models = G_LIST_MODEL (self->chosen);

  for (guint i = g_list_model_get_n_items (models); i > 0; i--)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i - 1);
      gpointer now = reshoot_catalogue_get_model (catalogue, reshoot_model_get_id (model));

      if (now != model)
        g_list_store_splice (self->chosen, i - 1, 1, &now, now != NULL ? 1 : 0);
    }
}

static void
chosen_cb (ReshootPanelModels *self,
           ReshootModel       *model)
{
  reshoot_panel_models_add (self, model);
}

static void
reshoot_panel_models_dispose (GObject *object)
{
  ReshootPanelModels *self = RESHOOT_PANEL_MODELS (object);

  if (self->chosen != NULL)
    g_signal_handlers_disconnect_by_data (self->chosen, self);
  g_clear_object (&self->chosen);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (reshoot_panel_models_parent_class)->dispose (object);
}

static void
reshoot_panel_models_class_init (ReshootPanelModelsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_panel_models_dispose;

  reshoot_resources_ensure ();
  g_type_ensure (RESHOOT_TYPE_PANEL_MODEL_LIST);
  g_type_ensure (RESHOOT_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-panel-models.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootPanelModels, chips);
  gtk_widget_class_bind_template_child (widget_class, ReshootPanelModels, add);
  gtk_widget_class_bind_template_child (widget_class, ReshootPanelModels, list);
}

static void
reshoot_panel_models_init (ReshootPanelModels *self)
{
  self->chosen = g_list_store_new (RESHOOT_TYPE_MODEL);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chosen, "items-changed", G_CALLBACK (show_chips), self,
                           G_CONNECT_SWAPPED);
}

/**
 * reshoot_panel_models_set_session:
 * @self: the chips
 * @session: whose models can be chosen
 */
void
reshoot_panel_models_set_session (ReshootPanelModels *self,
                                  ReshootSession     *session)
{
  g_return_if_fail (RESHOOT_IS_PANEL_MODELS (self));

  if (!g_set_object (&self->session, session))
    return;

  reshoot_panel_model_list_set_session (self->list, session);
  g_signal_connect_object (session, "keys-changed", G_CALLBACK (show_chips), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reshoot_session_get_catalogue (session), "items-changed",
                           G_CALLBACK (catalogue_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * reshoot_panel_models_get_chosen:
 * @self: the chips
 *
 * Returns: (transfer none): the models that are asked, in the order in which they were chosen; may be empty
 */
GListModel *
reshoot_panel_models_get_chosen (ReshootPanelModels *self)
{
  g_return_val_if_fail (RESHOOT_IS_PANEL_MODELS (self), NULL);

  return G_LIST_MODEL (self->chosen);
}

/**
 * reshoot_panel_models_choose:
 * @self: the chips
 * @model: the one that is asked, and no other
 */
void
reshoot_panel_models_choose (ReshootPanelModels *self,
                             ReshootModel       *model)
{
  gpointer item = model;

  g_return_if_fail (RESHOOT_IS_PANEL_MODELS (self));
  g_return_if_fail (RESHOOT_IS_MODEL (model));

  g_list_store_splice (self->chosen, 0, g_list_model_get_n_items (G_LIST_MODEL (self->chosen)),
                       &item, 1);
}

/**
 * reshoot_panel_models_add:
 * @self: the chips
 * @model: one more that is asked; nothing happens where it is already
 */
void
reshoot_panel_models_add (ReshootPanelModels *self,
                          ReshootModel       *model)
{
  g_return_if_fail (RESHOOT_IS_PANEL_MODELS (self));
  g_return_if_fail (RESHOOT_IS_MODEL (model));

  if (!g_list_store_find (self->chosen, model, NULL))
    g_list_store_append (self->chosen, model);
}

/**
 * reshoot_panel_models_remove:
 * @self: the chips
 * @model: the one that is asked no more
 */
void
reshoot_panel_models_remove (ReshootPanelModels *self,
                             ReshootModel       *model)
{
  guint position;

  g_return_if_fail (RESHOOT_IS_PANEL_MODELS (self));

  if (g_list_store_find (self->chosen, model, &position))
    g_list_store_remove (self->chosen, position);
}
