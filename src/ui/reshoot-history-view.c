/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootHistoryView: the steps of a project as a list. The selected row is the head: choosing a row moves the head,
 * and the head moving elsewhere moves the selection. */

#include "config.h"

#include "reshoot-history-view.h"

#include "reshoot-history-row.h"
#include "reshoot-resources.h"

#include <glib/gi18n.h>

struct _ReshootHistoryView
{
  AdwBin                 parent_instance;

  GtkListView           *list;
  GtkLabel              *status;

  ReshootProject        *project;     /* (owned) (nullable) */
  ReshootCatalogue      *catalogue;   /* (owned) (nullable) */
  ReshootHistoryEntries *entries;     /* (owned) (nullable) */
  GtkSingleSelection    *selection;   /* (owned) (nullable) */
  GHashTable            *thumbnails;  /* (owned): digest → GdkTexture */
  gboolean               all_steps;
  guint                  n_running;
  gboolean               follows;     /* the selection follows the head, not the other way round */
};

G_DEFINE_FINAL_TYPE (ReshootHistoryView, reshoot_history_view, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ALL_STEPS,
  PROP_N_RUNNING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static ReshootHistory *
get_history (ReshootHistoryView *self)
{
  return self->project != NULL ? reshoot_project_get_history (self->project) : NULL;
}

static void
select_head (ReshootHistoryView *self)
{
  ReshootHistory *history = get_history (self);
  guint position;

  if (history == NULL
      || !reshoot_history_entries_find (self->entries, reshoot_history_get_head (history),
                                        &position))
    position = GTK_INVALID_LIST_POSITION;

  self->follows = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->follows = FALSE;

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static void
update_status (ReshootHistoryView *self)
{
  ReshootHistory *history = get_history (self);
  guint n_running = 0;

  for (guint i = 0; history != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (history), i);

      if (!reshoot_step_state_is_final (reshoot_step_get_state (step)))
        n_running++;
    }

  if (self->n_running != n_running)
    {
      self->n_running = n_running;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->status), n_running > 0);
  if (n_running > 0)
    {
      /* Translators: %u is a number of edits that are being made. */
      g_autofree char *text = g_strdup_printf (ngettext ("%u running", "%u running", n_running),
                                               n_running);

      gtk_label_set_text (self->status, text);
    }
}

/* A failed or running step has no picture to work from: the head stays, and so does the selection. */
static void
selected_changed_cb (ReshootHistoryView *self)
{
  ReshootHistoryEntry *entry = gtk_single_selection_get_selected_item (self->selection);
  ReshootHistory *history = get_history (self);

  if (self->follows || entry == NULL || history == NULL)
    return;

  reshoot_history_set_head (history, reshoot_history_entry_get_step (entry));
  if (reshoot_history_get_head (history) != reshoot_history_entry_get_step (entry))
    select_head (self);
}

static void
step_state_changed_cb (ReshootHistoryView *self)
{
  update_status (self);
}

static void
watch_steps (ReshootHistoryView *self,
             guint               position,
             guint               n_added)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (get_history (self)),
                                                            position + i);

      g_signal_connect_object (step, "notify::state", G_CALLBACK (step_state_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }

  update_status (self);
}

static void
history_items_changed_cb (GListModel *model,
                          guint       position,
                          guint       n_removed,
                          guint       n_added,
                          gpointer    user_data)
{
  watch_steps (user_data, position, n_added);
}

static void
factory_setup_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item,
                  gpointer                  user_data)
{
  gtk_list_item_set_child (item, g_object_new (RESHOOT_TYPE_HISTORY_ROW, NULL));
}

static void
factory_bind_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 gpointer                  user_data)
{
  ReshootHistoryView *self = user_data;

  reshoot_history_row_bind (RESHOOT_HISTORY_ROW (gtk_list_item_get_child (item)),
                            gtk_list_item_get_item (item),
                            self->project, self->catalogue, self->thumbnails);
}

static void
factory_unbind_cb (GtkSignalListItemFactory *factory,
                   GtkListItem              *item,
                   gpointer                  user_data)
{
  reshoot_history_row_bind (RESHOOT_HISTORY_ROW (gtk_list_item_get_child (item)), NULL, NULL, NULL,
                            NULL);
}

static void
clear (ReshootHistoryView *self)
{
  if (self->project != NULL)
    {
      ReshootHistory *history = get_history (self);

      g_signal_handlers_disconnect_by_data (history, self);
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
        {
          g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (history), i);

          g_signal_handlers_disconnect_by_data (step, self);
        }
    }

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);

  g_clear_object (&self->selection);
  g_clear_object (&self->entries);
  g_clear_object (&self->project);
  g_clear_object (&self->catalogue);
}

static void
reshoot_history_view_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ALL_STEPS:
      g_value_set_boolean (value, RESHOOT_HISTORY_VIEW (object)->all_steps);
      break;
    case PROP_N_RUNNING:
      g_value_set_uint (value, RESHOOT_HISTORY_VIEW (object)->n_running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_history_view_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_ALL_STEPS:
      reshoot_history_view_set_all_steps (RESHOOT_HISTORY_VIEW (object),
                                          g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_history_view_dispose (GObject *object)
{
  ReshootHistoryView *self = RESHOOT_HISTORY_VIEW (object);

  clear (self);

  G_OBJECT_CLASS (reshoot_history_view_parent_class)->dispose (object);
}

static void
reshoot_history_view_finalize (GObject *object)
{
  g_hash_table_unref (RESHOOT_HISTORY_VIEW (object)->thumbnails);

  G_OBJECT_CLASS (reshoot_history_view_parent_class)->finalize (object);
}

static void
reshoot_history_view_class_init (ReshootHistoryViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reshoot_history_view_get_property;
  object_class->set_property = reshoot_history_view_set_property;
  object_class->dispose = reshoot_history_view_dispose;
  object_class->finalize = reshoot_history_view_finalize;

  properties[PROP_ALL_STEPS] = g_param_spec_boolean ("all-steps", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                     | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                  | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-history-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryView, list);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryView, status);
  gtk_widget_class_install_property_action (widget_class, "history.all-steps", "all-steps");
}

static void
reshoot_history_view_init (ReshootHistoryView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->thumbnails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  g_signal_connect_object (factory, "setup", G_CALLBACK (factory_setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (factory_bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (factory_unbind_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
}

/**
 * reshoot_history_view_show:
 * @self: a history view
 * @project: (nullable): whose steps to show
 * @catalogue: (nullable): knows what models are called
 */
void
reshoot_history_view_show (ReshootHistoryView *self,
                           ReshootProject     *project,
                           ReshootCatalogue   *catalogue)
{
  ReshootHistory *history;

  g_return_if_fail (RESHOOT_IS_HISTORY_VIEW (self));

  clear (self);
  g_hash_table_remove_all (self->thumbnails);
  if (project == NULL)
    {
      update_status (self);
      return;
    }

  self->project = g_object_ref (project);
  g_set_object (&self->catalogue, catalogue);
  history = get_history (self);

  self->entries = reshoot_history_entries_new (history);
  reshoot_history_entries_set_all_steps (self->entries, self->all_steps);

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->entries));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  select_head (self);

  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (selected_changed_cb), self,
                           G_CONNECT_SWAPPED);
  /* After the rows have followed: a new step may push the head's row elsewhere. */
  g_signal_connect_object (self->entries, "items-changed", G_CALLBACK (select_head), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (history, "notify::head", G_CALLBACK (select_head), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "items-changed", G_CALLBACK (history_items_changed_cb), self,
                           0);
  watch_steps (self, 0, g_list_model_get_n_items (G_LIST_MODEL (history)));
}

GtkWidget *
reshoot_history_view_get_list (ReshootHistoryView *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_VIEW (self), NULL);

  return GTK_WIDGET (self->list);
}

gboolean
reshoot_history_view_get_all_steps (ReshootHistoryView *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_VIEW (self), FALSE);

  return self->all_steps;
}

void
reshoot_history_view_set_all_steps (ReshootHistoryView *self,
                                    gboolean            all_steps)
{
  g_return_if_fail (RESHOOT_IS_HISTORY_VIEW (self));

  if (self->all_steps == all_steps)
    return;

  self->all_steps = all_steps;
  if (self->entries != NULL)
    reshoot_history_entries_set_all_steps (self->entries, all_steps);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALL_STEPS]);
}
