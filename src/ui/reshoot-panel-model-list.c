/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPanelModelList: every model there is, to choose one: by service, those that can be asked now first, with what
 * each costs. A model without a key leads to where keys are given. */

#include "config.h"

#include "reshoot-panel-model-list.h"

#include "reshoot-resources.h"
#include "reshoot-step-words.h"

#include <glib/gi18n.h>

struct _ReshootPanelModelList
{
  GtkPopover      parent_instance;

  GtkSearchEntry *search;
  GtkListBox     *list;

  ReshootSession *session;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ReshootPanelModelList, reshoot_panel_model_list, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static ReshootModel *
get_model (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "model");
}

static gboolean
is_usable (ReshootPanelModelList *self,
           ReshootModel          *model)
{
  return reshoot_model_get_is_local (model)
         || reshoot_session_get_key_present (self->session, reshoot_model_get_provider (model));
}

static const char *
get_service (ReshootPanelModelList *self,
             ReshootModel          *model)
{
  const char *provider = reshoot_model_get_provider (model);
  JsonObject *service =
    reshoot_catalogue_get_provider (reshoot_session_get_catalogue (self->session), provider);

  return service != NULL
         ? json_object_get_string_member_with_default (service, "name", provider) : provider;
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_row (ReshootPanelModelList *self,
            ReshootModel          *model)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *price = reshoot_step_words_for_model (model, is_usable (self, model));
  GtkWidget *name = new_label (reshoot_model_get_name (model), NULL);
  GtkWidget *cost = new_label (price, "caption");

  gtk_widget_add_css_class (cost, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), cost);
  if (reshoot_model_get_is_reimagining (model))
    gtk_box_append (GTK_BOX (box), new_label (_("Makes a new picture, guided by this one"),
                                              "caption"));

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "model", g_object_ref (model), g_object_unref);
  return row;
}

/* What can be asked now comes first; else as the catalogue has it, where a service's models stand together. */
static int
compare_rows_cb (GtkListBoxRow *a,
                 GtkListBoxRow *b,
                 gpointer       user_data)
{
  ReshootPanelModelList *self = user_data;

  return is_usable (self, get_model (b)) - is_usable (self, get_model (a));
}

static void
add_header_cb (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  ReshootPanelModelList *self = user_data;
  ReshootModel *model = get_model (row);
  GtkWidget *header;

  if (before != NULL && g_str_equal (reshoot_model_get_provider (model),
                                     reshoot_model_get_provider (get_model (before))))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  header = new_label (get_service (self, model), "heading");
  gtk_widget_set_margin_start (header, 12);
  gtk_widget_set_margin_end (header, 12);
  gtk_widget_set_margin_top (header, 9);
  gtk_widget_set_margin_bottom (header, 3);
  gtk_list_box_row_set_header (row, header);
}

static gboolean
is_shown_cb (GtkListBoxRow *row,
             gpointer       user_data)
{
  ReshootPanelModelList *self = user_data;
  ReshootModel *model = get_model (row);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *all = g_strconcat (reshoot_model_get_name (model), " ",
                                      get_service (self, model), NULL);

  return *text == '\0' || g_str_match_string (text, all, TRUE);
}

static void
choose (ReshootPanelModelList *self,
        ReshootModel          *model)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  if (is_usable (self, model))
    g_signal_emit (self, signals[CHOSEN], 0, model);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.preferences", "s", "accounts");
}

static void
row_activated_cb (ReshootPanelModelList *self,
                  GtkListBoxRow         *row)
{
  choose (self, get_model (row));
}

/* Enter takes the first of what is found. */
static void
search_activate_cb (ReshootPanelModelList *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        choose (self, get_model (row));
        return;
      }
}

static void
search_changed_cb (ReshootPanelModelList *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

/* Keys and prices may have changed since it was last open. */
static void
shown_cb (ReshootPanelModelList *self)
{
  GListModel *models;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  if (self->session == NULL)
    return;

  models = G_LIST_MODEL (reshoot_session_get_catalogue (self->session));
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);

      gtk_list_box_append (self->list, create_row (self, model));
    }

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* Not in dispose(): the rows look at it until they are gone. */
static void
reshoot_panel_model_list_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_PANEL_MODEL_LIST (object)->session);

  G_OBJECT_CLASS (reshoot_panel_model_list_parent_class)->finalize (object);
}

static void
reshoot_panel_model_list_class_init (ReshootPanelModelListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reshoot_panel_model_list_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, RESHOOT_TYPE_MODEL);

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-panel-model-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootPanelModelList, search);
  gtk_widget_class_bind_template_child (widget_class, ReshootPanelModelList, list);
}

static void
reshoot_panel_model_list_init (ReshootPanelModelList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_sort_func (self->list, compare_rows_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, add_header_cb, self, NULL);
  gtk_list_box_set_filter_func (self->list, is_shown_cb, self, NULL);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "show", G_CALLBACK (shown_cb), NULL);
}

/**
 * reshoot_panel_model_list_set_session:
 * @self: the list
 * @session: whose catalogue and keys it shows
 */
void
reshoot_panel_model_list_set_session (ReshootPanelModelList *self,
                                      ReshootSession        *session)
{
  g_return_if_fail (RESHOOT_IS_PANEL_MODEL_LIST (self));

  g_set_object (&self->session, session);
}
