/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPreferences: what a person sets once. Everything holds at once, and nothing is kept here: the session keeps
 * what the command line must know too, the settings what is a window's. */

#include "config.h"

#include "reshoot-preferences.h"

#include "reshoot-budget-group.h"
#include "reshoot-canvas-background.h"
#include "reshoot-models-page.h"
#include "reshoot-renderer.h"
#include "reshoot-resources.h"
#include "reshoot-server-dialog.h"
#include "reshoot-service-row.h"
#include "reshoot-session-choices.h"
#include "reshoot-settings.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ReshootPreferences
{
  AdwPreferencesWindow  parent_instance;

  AdwComboRow          *model;
  GtkSwitch            *landing;
  GtkSwitch            *crop;
  ReshootBudgetGroup   *budget;
  GtkWidget            *window_group;
  AdwComboRow          *background;
  AdwComboRow          *renderer;
  GtkSwitch            *restore;
  AdwPreferencesGroup  *accounts;
  AdwPreferencesGroup  *servers;
  AdwPreferencesGroup  *usual;
  ReshootModelsPage    *models;

  ReshootSession       *session;      /* (owned) */
  GSettings            *settings;     /* (owned) (nullable): where the schema is not installed */
  GHashTable           *rows;         /* provider → ReshootServiceRow (unowned) */
  GtkWidget            *nothing;      /* (unowned) (nullable): said where there is no server */
  GCancellable         *cancellable;  /* of the keys on their way */
  guint                 update_id;    /* an update of the servers that is due */
};

G_DEFINE_FINAL_TYPE (ReshootPreferences, reshoot_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
say_error (ReshootPreferences *self,
           const GError       *error)
{
  g_autofree char *words = reshoot_words_for_error (error);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (escaped));
}

/* Several services have the same model. */
static char *
name_model (ReshootModel *model,
            gpointer      user_data)
{
  ReshootPreferences *self = user_data;
  ReshootCatalogue *catalogue;
  JsonObject *service;

  if (model == NULL)
    return g_strdup ("");

  if (reshoot_model_get_is_local (model))
    return g_strdup (_("Built-in studio"));

  catalogue = reshoot_session_get_catalogue (self->session);
  service = reshoot_catalogue_get_provider (catalogue, reshoot_model_get_provider (model));
  if (service == NULL)
    return g_strdup (reshoot_model_get_id (model));

  return g_strdup_printf ("%s · %s", reshoot_model_get_name (model),
                          json_object_get_string_member_with_default (service, "name", ""));
}

static void
select_model (ReshootPreferences *self)
{
  GListModel *models = G_LIST_MODEL (reshoot_session_get_catalogue (self->session));
  ReshootModel *usual = reshoot_session_get_default_model (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);

      if (model == usual)
        adw_combo_row_set_selected (self->model, i);
    }
}

static void
model_selected_cb (ReshootPreferences *self)
{
  ReshootModel *model = adw_combo_row_get_selected_item (self->model);
  g_autoptr (GError) error = NULL;

  if (model == NULL || model == reshoot_session_get_default_model (self->session))
    return;

  if (!reshoot_session_set_default_model (self->session, model, &error))
    say_error (self, error);
}

static void
landing_switched_cb (ReshootPreferences *self)
{
  g_autoptr (GError) error = NULL;
  ReshootLandingChoice choice = gtk_switch_get_active (self->landing)
                                ? RESHOOT_LANDING_CHOICE_AUTOMATIC : RESHOOT_LANDING_CHOICE_OFF;

  if (!reshoot_session_set_landing (self->session, choice, &error))
    say_error (self, error);
}

static void
crop_switched_cb (ReshootPreferences *self)
{
  g_autoptr (GError) error = NULL;

  if (!reshoot_session_set_crop (self->session, gtk_switch_get_active (self->crop), &error))
    say_error (self, error);
}

/* Who is asked with a key of the person's, who with an address, and who not at all. */
static AdwPreferencesGroup *
get_group (ReshootPreferences *self,
           const char         *provider,
           JsonObject         *description)
{
  JsonObject *key = json_object_has_member (description, "key")
                    ? json_object_get_object_member (description, "key") : NULL;

  if (json_object_get_boolean_member_with_default (description, "local", FALSE))
    return NULL;
  if (strchr (provider, '@') != NULL)
    return self->servers;
  if (key == NULL || json_object_get_boolean_member_with_default (key, "optional", FALSE))
    return self->usual;

  return self->accounts;
}

static void
add_row (ReshootPreferences *self,
         const char         *provider)
{
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (self->session);
  AdwPreferencesGroup *group = get_group (self, provider,
                                          reshoot_catalogue_get_provider (catalogue, provider));
  GtkWidget *row;

  if (group == NULL)
    return;

  row = reshoot_service_row_new (self->session, provider);
  adw_preferences_group_add (group, row);
  g_hash_table_insert (self->rows, g_strdup (provider), row);
}

static void
update_nothing (ReshootPreferences *self)
{
  gboolean has_server = FALSE;
  GHashTableIter iter;
  gpointer provider;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &provider, NULL))
    if (strchr (provider, '@') != NULL)
      has_server = TRUE;

  if (!has_server && self->nothing == NULL)
    {
      self->nothing = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->nothing), _("None yet"));
      adw_preferences_group_add (self->servers, self->nothing);
    }
  else if (has_server && self->nothing != NULL)
    {
      adw_preferences_group_remove (self->servers, self->nothing);
      self->nothing = NULL;
    }
}

/* Those that are new get a row, those that are gone lose theirs; the others stay as they stand. */
static void
update_rows (ReshootPreferences *self)
{
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (self->session);
  g_autoptr (GList) providers = reshoot_catalogue_list_providers (catalogue);
  GHashTableIter iter;
  gpointer provider, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &provider, &row))
    if (reshoot_catalogue_get_provider (catalogue, provider) == NULL)
      {
        adw_preferences_group_remove (self->servers, row);
        g_hash_table_iter_remove (&iter);
      }

  for (GList *l = providers; l != NULL; l = l->next)
    if (!g_hash_table_contains (self->rows, l->data))
      add_row (self, l->data);

  update_nothing (self);
}

static gboolean
update_due_cb (gpointer user_data)
{
  ReshootPreferences *self = user_data;

  self->update_id = 0;
  update_rows (self);
  select_model (self);
  return G_SOURCE_REMOVE;
}

/* While the catalogue changes, a row may be in the middle of what changed it. */
static void
models_changed_cb (ReshootPreferences *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_due_cb, self);
}

static void
add_server_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ReshootPreferences *self = RESHOOT_PREFERENCES (widget);
  GtkWidget *dialog = reshoot_server_dialog_new (self->session);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* libadwaita 1.2 forgets to let go of the groups of its preferences window: what stands in them is let go of here. */
static void
let_go_of_rows (ReshootPreferences *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      GtkWidget *list = gtk_widget_get_parent (row);

      gtk_list_box_remove (GTK_LIST_BOX (list), row);
      g_hash_table_iter_remove (&iter);
    }

  if (self->budget != NULL)
    reshoot_budget_group_set_session (self->budget, NULL);
}

static void
reshoot_preferences_dispose (GObject *object)
{
  ReshootPreferences *self = RESHOOT_PREFERENCES (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->model, self);
      adw_combo_row_set_model (self->model, NULL);
      adw_combo_row_set_expression (self->model, NULL);
    }

  let_go_of_rows (self);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (reshoot_preferences_parent_class)->dispose (object);
}

static void
reshoot_preferences_finalize (GObject *object)
{
  ReshootPreferences *self = RESHOOT_PREFERENCES (object);

  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->rows);

  G_OBJECT_CLASS (reshoot_preferences_parent_class)->finalize (object);
}

static void
reshoot_preferences_class_init (ReshootPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_preferences_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_preferences_finalize;

  g_type_ensure (RESHOOT_TYPE_BUDGET_GROUP);
  g_type_ensure (RESHOOT_TYPE_MODELS_PAGE);
  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, model);
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, landing);
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, crop);
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, budget);
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, window_group);
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, background);
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, renderer);
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, restore);
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, accounts);
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, servers);
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, usual);
  gtk_widget_class_bind_template_child (widget_class, ReshootPreferences, models);
  gtk_widget_class_install_action (widget_class, "preferences.add-server", NULL, add_server_cb);
}

static void
reshoot_preferences_init (ReshootPreferences *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = reshoot_settings_new ();
  gtk_widget_set_visible (self->window_group, self->settings != NULL);
  if (self->settings == NULL)
    return;

  g_settings_bind (self->settings, "restore-session", self->restore, "active",
                   G_SETTINGS_BIND_DEFAULT);
  reshoot_canvas_background_bind (G_OBJECT (self->background), self->settings);
  reshoot_renderer_bind (G_OBJECT (self->renderer), self->settings);
}

/**
 * reshoot_preferences_new:
 * @session: keeps what is set
 *
 * Looks into the keyring for the keys that are not known yet.
 *
 * Returns: (transfer none): a window that is not shown yet
 */
GtkWidget *
reshoot_preferences_new (ReshootSession *session)
{
  ReshootPreferences *self;
  GtkExpression *name;

  g_return_val_if_fail (RESHOOT_IS_SESSION (session), NULL);

  self = g_object_new (RESHOOT_TYPE_PREFERENCES, NULL);
  self->session = g_object_ref (session);

  name = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (name_model), self,
                                      NULL);
  adw_combo_row_set_expression (self->model, name);
  gtk_expression_unref (name);
  adw_combo_row_set_model (self->model, G_LIST_MODEL (reshoot_session_get_catalogue (session)));
  select_model (self);
  g_signal_connect_object (self->model, "notify::selected-item", G_CALLBACK (model_selected_cb),
                           self, G_CONNECT_SWAPPED);

  gtk_switch_set_active (self->landing, reshoot_session_get_landing (session)
                                        == RESHOOT_LANDING_CHOICE_AUTOMATIC);
  gtk_switch_set_active (self->crop, reshoot_session_get_crop (session));
  g_signal_connect_object (self->crop, "notify::active", G_CALLBACK (crop_switched_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->landing, "notify::active", G_CALLBACK (landing_switched_cb), self,
                           G_CONNECT_SWAPPED);

  reshoot_budget_group_set_session (self->budget, session);
  reshoot_models_page_set_session (self->models, session);
  g_signal_connect_object (reshoot_session_get_catalogue (session), "items-changed",
                           G_CALLBACK (models_changed_cb), self, G_CONNECT_SWAPPED);
  update_rows (self);

  /* What is found is told by the session's signal. */
  reshoot_session_load_keys_async (session, self->cancellable, NULL, NULL);
  return GTK_WIDGET (self);
}
