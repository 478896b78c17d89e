/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootModelsPage: the catalogue in the preferences: every model with its price, the day the price is of and who said
 * so, a service at a time; and asking the services for what they have now. */

#include "config.h"

#include "reshoot-models-page.h"

#include "reshoot-resources.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

struct _ReshootModelsPage
{
  AdwPreferencesPage   parent_instance;

  AdwPreferencesGroup *group;
  AdwActionRow        *outcome;
  GtkSpinner          *spinner;

  GPtrArray           *rows;         /* of GtkWidget (unowned): a service each */
  ReshootSession      *session;      /* (owned) (nullable) */
  GCancellable        *cancellable;
  guint                update_id;    /* an update that is due */
};

G_DEFINE_FINAL_TYPE (ReshootModelsPage, reshoot_models_page, ADW_TYPE_PREFERENCES_PAGE)

/* "2026-02-03" as people of this country write it. */
static char *
dup_day (const char *iso)
{
  int year, month, day;
  g_autoptr (GDateTime) date = NULL;

  if (iso == NULL || sscanf (iso, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return g_strdup (iso);

  date = g_date_time_new_local (year, month, day, 12, 0, 0);
  return date != NULL ? g_date_time_format (date, "%x") : g_strdup (iso);
}

static char *
dup_price (ReshootModel *model)
{
  JsonObject *json = reshoot_model_get_json (model);
  JsonObject *price = json_object_has_member (json, "price")
                      ? json_object_get_object_member (json, "price") : NULL;
  const char *source = price != NULL
                       ? json_object_get_string_member_with_default (price, "source", NULL) : NULL;
  g_autofree char *words = reshoot_words_for_price (model);
  g_autofree char *day = dup_day (reshoot_model_get_price_date (model));

  if (day == NULL)
    return g_steal_pointer (&words);

  if (source == NULL)
    /* Translators: a price and the day it is of. */
    return g_strdup_printf (_("%1$s, as of %2$s"), words, day);

  /* Translators: a price, the day it is of, and who said so. */
  return g_strdup_printf (_("%1$s, as of %2$s (%3$s)"), words, day, source);
}

static void
add_model (AdwExpanderRow *service,
           ReshootModel   *model)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *price = dup_price (model);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), reshoot_model_get_name (model));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), price);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_expander_row_add_row (service, row);
}

static AdwExpanderRow *
add_service (ReshootModelsPage *self,
             const char        *provider)
{
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (self->session);
  JsonObject *json = reshoot_catalogue_get_provider (catalogue, provider);
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 json_object_get_string_member_with_default (json, "name",
                                                                             provider));
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
  return ADW_EXPANDER_ROW (row);
}

static void
count_models (AdwExpanderRow *service,
              guint           n)
{
  g_autofree char *words = NULL;

  if (service == NULL)
    return;

  /* Translators: %u is a number of models of a service. */
  words = g_strdup_printf (ngettext ("%u model", "%u models", n), n);
  adw_expander_row_set_subtitle (service, words);
}

static void
update (ReshootModelsPage *self)
{
  GListModel *models = G_LIST_MODEL (reshoot_session_get_catalogue (self->session));
  AdwExpanderRow *service = NULL;
  g_autofree char *provider = NULL;
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);

      if (g_strcmp0 (provider, reshoot_model_get_provider (model)) != 0)
        {
          count_models (service, n);
          n = 0;
          g_free (provider);
          provider = g_strdup (reshoot_model_get_provider (model));
          service = add_service (self, provider);
        }

      add_model (service, model);
      n++;
    }

  count_models (service, n);
}

static gboolean
update_due_cb (gpointer user_data)
{
  ReshootModelsPage *self = user_data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* A service that tells of many models does so one by one; and a removed server is out of the list last. */
static void
models_changed_cb (ReshootModelsPage *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_due_cb, self);
}

static char *
dup_outcome (ReshootModelsPage *self,
             GHashTable        *troubles)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (troubles),
                                         (GCompareFunc) strcmp);

  if (names == NULL)
    return g_strdup (_("Models and prices are as the services say now."));

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *trouble = reshoot_words_for_error (g_hash_table_lookup (troubles, l->data));

      /* Translators: the short name of a service, and why it could not be asked. */
      g_string_append_printf (words, _("%1$s: %2$s"), (const char *) l->data, trouble);
      if (l->next != NULL)
        g_string_append_c (words, '\n');
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (ReshootModelsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) troubles = reshoot_session_refresh_finish (RESHOOT_SESSION (source),
                                                                    result, &error);
  g_autofree char *words = NULL;

  gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "models.refresh", TRUE);
  if (troubles == NULL)
    return;

  words = dup_outcome (self, troubles);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->outcome), words);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), TRUE);
}

static void
refresh_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  ReshootModelsPage *self = RESHOOT_MODELS_PAGE (widget);

  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_spinner_set_spinning (self->spinner, TRUE);
  gtk_widget_action_set_enabled (widget, "models.refresh", FALSE);
  reshoot_session_refresh_async (self->session, self->cancellable, refreshed_cb,
                                 g_object_ref (self));
}

/* Nobody looks at the answers any more; and who waits for one holds us. */
static void
reshoot_models_page_unroot (GtkWidget *widget)
{
  ReshootModelsPage *self = RESHOOT_MODELS_PAGE (widget);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();

  GTK_WIDGET_CLASS (reshoot_models_page_parent_class)->unroot (widget);
}

static void
reshoot_models_page_dispose (GObject *object)
{
  ReshootModelsPage *self = RESHOOT_MODELS_PAGE (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (reshoot_models_page_parent_class)->dispose (object);
}

static void
reshoot_models_page_finalize (GObject *object)
{
  ReshootModelsPage *self = RESHOOT_MODELS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (reshoot_models_page_parent_class)->finalize (object);
}

static void
reshoot_models_page_class_init (ReshootModelsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_models_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_models_page_finalize;
  widget_class->unroot = reshoot_models_page_unroot;

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-models-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootModelsPage, group);
  gtk_widget_class_bind_template_child (widget_class, ReshootModelsPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, ReshootModelsPage, spinner);
  gtk_widget_class_install_action (widget_class, "models.refresh", NULL, refresh_cb);
}

static void
reshoot_models_page_init (ReshootModelsPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reshoot_models_page_set_session:
 * @self: the page
 * @session: has the catalogue
 */
void
reshoot_models_page_set_session (ReshootModelsPage *self,
                                 ReshootSession    *session)
{
  g_return_if_fail (RESHOOT_IS_MODELS_PAGE (self));
  g_return_if_fail (RESHOOT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (reshoot_session_get_catalogue (session), "items-changed",
                           G_CALLBACK (models_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
}
