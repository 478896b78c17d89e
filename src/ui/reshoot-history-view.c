/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootHistoryView: the steps of a project as a list. The selected row is the head: choosing a row moves the head,
 * and the head moving elsewhere moves the selection. The list stays where it is scrolled to unless the head goes out of
 * sight, or a step is begun below one that is in sight. A row's menu is about its step and moves nothing; what its
 * items do is the window's business. */

#include "config.h"

#include "reshoot-history-view.h"

#include "reshoot-history-row.h"
#include "reshoot-queue-bar.h"
#include "reshoot-resources.h"
#include "reshoot-siblings-popover.h"
#include "reshoot-step-words.h"
#include "reshoot-widget-stock.h"

#include <glib/gi18n.h>

struct _ReshootHistoryView
{
  AdwBin                 parent_instance;

  GtkListView           *list;
  ReshootQueueBar       *bar;
  ReshootSparkline      *sparkline;
  ReshootWidgetStock    *stock;       /* of rows */
  GMenuModel            *step_menu;
  GtkWidget             *popover;     /* (nullable): the menu of a step, once it was opened */

  ReshootProject        *project;     /* (owned) (nullable) */
  ReshootHistoryContext *context;     /* (owned) (nullable): what the rows share */
  ReshootHistoryEntries *entries;     /* (owned) (nullable) */
  GtkSingleSelection    *selection;   /* (owned) (nullable) */
  ReshootHistoryEntry   *selected;    /* (owned) (nullable): the row that was selected last */
  GListStore            *running;     /* of ReshootStep: those that are not over */
  GtkWidget             *siblings;    /* (nullable): a popover, while it is open */
  gboolean               all_steps;
  guint                  n_running;
  ReshootStep           *menu_step;   /* (owned) (nullable): whose menu is open */
  GtkWidget             *focus;       /* (weak) (nullable): what had the focus before the menu */
  guint                  closed_id;   /* a menu that was closed and whose item may still have to act */
  gboolean               follows;     /* the selection follows the head, not the other way round */
};

G_DEFINE_FINAL_TYPE (ReshootHistoryView, reshoot_history_view, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ALL_STEPS,
  PROP_N_RUNNING,
  PROP_MENU_STEP,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static ReshootHistory *
get_history (ReshootHistoryView *self)
{
  return self->project != NULL ? reshoot_project_get_history (self->project) : NULL;
}

static void
scroll_to (ReshootHistoryView *self,
           guint               position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

/* The rows changed, or the head: the selection follows, the list stays where it is. */
static guint
select_head (ReshootHistoryView *self)
{
  ReshootHistory *history = get_history (self);
  ReshootStep *head = history != NULL ? reshoot_history_get_head (history) : NULL;
  guint position = GTK_INVALID_LIST_POSITION;

  if (head == NULL || !reshoot_history_entries_find (self->entries, head, &position))
    position = GTK_INVALID_LIST_POSITION;

  self->follows = TRUE;
  /* From one straight to the other, every row between the two would be told, and bound again. */
  if (position != gtk_single_selection_get_selected (self->selection))
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_single_selection_set_selected (self->selection, position);
  g_set_object (&self->selected, gtk_single_selection_get_selected_item (self->selection));
  self->follows = FALSE;
  return position;
}

/* The list wraps each row in a widget of its own, which is what has the focus and the edges. */
static ReshootHistoryRow *
find_row (ReshootHistoryView *self,
          GtkWidget          *widget)
{
  while (widget != NULL && gtk_widget_get_parent (widget) != GTK_WIDGET (self->list))
    widget = gtk_widget_get_parent (widget);

  if (widget == NULL || !RESHOOT_IS_HISTORY_ROW (gtk_widget_get_first_child (widget)))
    return NULL;

  return RESHOOT_HISTORY_ROW (gtk_widget_get_first_child (widget));
}

static ReshootHistoryRow *
find_row_for_step (ReshootHistoryView *self,
                   ReshootStep        *step)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (RESHOOT_IS_HISTORY_ROW (row) && gtk_widget_get_mapped (child)
          && reshoot_history_row_get_step (RESHOOT_HISTORY_ROW (row)) == step)
        return RESHOOT_HISTORY_ROW (row);
    }

  return NULL;
}

static gboolean
is_in_sight (ReshootHistoryView *self,
             ReshootStep        *step)
{
  ReshootHistoryRow *row = find_row_for_step (self, step);
  graphene_rect_t bounds;

  return row != NULL
         && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds)
         && bounds.origin.y + bounds.size.height > 0
         && bounds.origin.y < (float) gtk_widget_get_height (GTK_WIDGET (self->list));
}

static void
head_changed_cb (ReshootHistoryView *self)
{
  ReshootStep *head = reshoot_history_get_head (get_history (self));
  guint position;

  if (head != NULL)
    {
      reshoot_history_entries_reveal (self->entries, head);
      reshoot_history_context_set_is_new (self->context, head, FALSE);
    }

  position = select_head (self);
  if (position != GTK_INVALID_LIST_POSITION)
    scroll_to (self, position);
}

static void
update_running (ReshootHistoryView *self)
{
  guint n_running = g_list_model_get_n_items (G_LIST_MODEL (self->running));

  if (self->n_running == n_running)
    return;

  self->n_running = n_running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
}

/* A failed or running step has no picture to work from: the head stays, and so does the selection. */
static void
selected_changed_cb (ReshootHistoryView *self)
{
  ReshootHistoryEntry *entry = gtk_single_selection_get_selected_item (self->selection);
  ReshootHistory *history = get_history (self);

  /* It is also told of when the row stays selected, and others come or go before it. */
  if (self->follows || !g_set_object (&self->selected, entry) || entry == NULL || history == NULL)
    return;

  /* The rows of a fold take its place; the head is where it was. */
  if (reshoot_history_entry_get_n_folded (entry) > 0)
    {
      reshoot_history_entries_unfold (self->entries, reshoot_history_entry_get_step (entry));
      select_head (self);
      return;
    }

  reshoot_history_set_head (history, reshoot_history_entry_get_step (entry));
  if (reshoot_history_get_head (history) != reshoot_history_entry_get_step (entry))
    select_head (self);
}

static void
running_state_changed_cb (ReshootStep *step,
                          GParamSpec  *pspec,
                          gpointer     user_data)
{
  ReshootHistoryView *self = user_data;
  guint position;

  reshoot_history_context_follow_state (self->context, step);
  reshoot_queue_bar_update_money (self->bar);
  if (!reshoot_step_state_is_final (reshoot_step_get_state (step)))
    return;

  g_signal_handlers_disconnect_by_func (step, running_state_changed_cb, self);
  if (g_list_store_find (self->running, step, &position))
    g_list_store_remove (self->running, position);

  update_running (self);
}

static void
history_items_changed_cb (GListModel *model,
                          guint       position,
                          guint       n_removed,
                          guint       n_added,
                          gpointer    user_data)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (model, position + i);

      reshoot_history_view_follow (user_data, step);
    }

  reshoot_widget_stock_want (RESHOOT_HISTORY_VIEW (user_data)->stock,
                             g_list_model_get_n_items (model));
}

/* What was begun from a step in sight is to be seen as well; the rest of the list may change without a move. */
static void
entries_changed_cb (GListModel *model,
                    guint       position,
                    guint       n_removed,
                    guint       n_added,
                    gpointer    user_data)
{
  ReshootHistoryView *self = user_data;
  g_autoptr (ReshootHistoryEntry) entry = NULL;
  ReshootStep *head = reshoot_history_get_head (get_history (self));
  ReshootStep *step;

  select_head (self);
  if (n_added != 1 || head == NULL)
    return;

  entry = g_list_model_get_item (model, position);
  step = reshoot_history_entry_get_step (entry);
  if (reshoot_step_get_parent (step) == head && is_in_sight (self, head)
      && !reshoot_step_state_is_final (reshoot_step_get_state (step)))
    scroll_to (self, position);
}

static void
set_menu_step (ReshootHistoryView *self,
               ReshootStep        *step)
{
  g_clear_handle_id (&self->closed_id, g_source_remove);
  if (g_set_object (&self->menu_step, step))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MENU_STEP]);
}

static gboolean
menu_done_cb (gpointer user_data)
{
  ReshootHistoryView *self = user_data;

  self->closed_id = 0;
  set_menu_step (self, NULL);
  if (self->focus != NULL && gtk_widget_get_mapped (self->focus))
    gtk_widget_grab_focus (self->focus);
  return G_SOURCE_REMOVE;
}

/* A menu closes before its item acts, and the item is about the step still. */
static void
menu_closed_cb (ReshootHistoryView *self)
{
  if (self->closed_id == 0)
    self->closed_id = g_idle_add (menu_done_cb, self);
}

/* Made when it is opened first: a start goes without. */
static void
make_popover (ReshootHistoryView *self)
{
  self->popover = gtk_popover_menu_new_from_model (self->step_menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (menu_closed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
popup (ReshootHistoryView *self,
       ReshootStep        *step,
       const GdkRectangle *place)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->menu_step == NULL && root != NULL)
    g_set_weak_pointer (&self->focus, gtk_root_get_focus (root));

  if (self->popover == NULL)
    make_popover (self);

  set_menu_step (self, step);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
open_menu_at (ReshootHistoryView *self,
              double              x,
              double              y)
{
  GtkWidget *list = GTK_WIDGET (self->list);
  ReshootHistoryRow *row = find_row (self, gtk_widget_pick (list, x, y, GTK_PICK_DEFAULT));
  double place_x, place_y;

  if (row == NULL || reshoot_history_row_get_step (row) == NULL
      || !gtk_widget_translate_coordinates (list, GTK_WIDGET (self), x, y, &place_x, &place_y))
    return;

  popup (self, reshoot_history_row_get_step (row),
         &(GdkRectangle) { (int) place_x, (int) place_y, 1, 1 });
}

static void
secondary_pressed_cb (GtkGestureClick *gesture,
                      int              n_press,
                      double           x,
                      double           y,
                      gpointer         user_data)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu_at (user_data, x, y);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture,
                 double               x,
                 double               y,
                 gpointer             user_data)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu_at (user_data, x, y);
}

static void
show_menu_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  ReshootHistoryView *self = RESHOOT_HISTORY_VIEW (widget);

  reshoot_history_view_open_menu (self, reshoot_history_view_get_step (self));
}

static void
factory_setup_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item,
                  gpointer                  user_data)
{
  ReshootHistoryView *self = user_data;
  g_autoptr (GtkWidget) row = reshoot_widget_stock_take (self->stock);

  gtk_list_item_set_child (item, row);
}

static void
factory_bind_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 gpointer                  user_data)
{
  ReshootHistoryView *self = user_data;

  reshoot_history_row_bind (RESHOOT_HISTORY_ROW (gtk_list_item_get_child (item)),
                            gtk_list_item_get_item (item), self->context);
}

static void
factory_unbind_cb (GtkSignalListItemFactory *factory,
                   GtkListItem              *item,
                   gpointer                  user_data)
{
  reshoot_history_row_bind (RESHOOT_HISTORY_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

static void
factory_teardown_cb (GtkSignalListItemFactory *factory,
                     GtkListItem              *item,
                     gpointer                  user_data)
{
  reshoot_widget_stock_lose (RESHOOT_HISTORY_VIEW (user_data)->stock);
}

static void
close_siblings (ReshootHistoryView *self)
{
  g_clear_pointer (&self->siblings, gtk_widget_unparent);
}

/* A popover closes before what was clicked in it acts. */
static gboolean
siblings_done_cb (gpointer user_data)
{
  ReshootHistoryView *self = user_data;

  if (self->siblings != NULL && !gtk_widget_get_visible (self->siblings))
    close_siblings (self);

  return G_SOURCE_REMOVE;
}

static void
siblings_closed_cb (ReshootHistoryView *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, siblings_done_cb, g_object_ref (self), g_object_unref);
}

static ReshootStep *
get_step_of_action (ReshootHistoryView *self,
                    GVariant           *parameter)
{
  ReshootHistory *history = get_history (self);

  return history != NULL ? reshoot_history_get_step (history, g_variant_get_int64 (parameter))
                         : NULL;
}

static void
show_siblings_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  ReshootHistoryView *self = RESHOOT_HISTORY_VIEW (widget);
  ReshootStep *step = get_step_of_action (self, parameter);
  ReshootHistoryRow *row = step != NULL ? find_row_for_step (self, step) : NULL;
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (row), widget, &bounds))
    return;

  close_siblings (self);
  self->siblings = reshoot_siblings_popover_new (self->context, step);
  gtk_widget_set_parent (self->siblings, widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->siblings),
                               &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                 (int) bounds.size.width,
                                                 (int) bounds.size.height });
  g_signal_connect_object (self->siblings, "closed", G_CALLBACK (siblings_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self->siblings));
}

static void
show_step_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  ReshootHistoryView *self = RESHOOT_HISTORY_VIEW (widget);
  ReshootStep *step = get_step_of_action (self, parameter);

  if (self->siblings != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->siblings));

  if (step != NULL && !reshoot_step_get_in_bin (step))
    reshoot_history_set_head (get_history (self), step);
}

static void
compare_row_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  show_step_cb (widget, name, parameter);
  gtk_widget_activate_action (widget, "win.show-view", "s", "compare");
}

static void
clear (ReshootHistoryView *self)
{
  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (get_history (self), self);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->running)); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (self->running), i);

      g_signal_handlers_disconnect_by_data (step, self);
    }

  g_list_store_remove_all (self->running);
  close_siblings (self);
  set_menu_step (self, NULL);
  reshoot_widget_stock_want (self->stock, 0);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  if (self->bar != NULL)
    reshoot_queue_bar_show (self->bar, NULL, NULL, NULL);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);

  g_clear_object (&self->selected);
  g_clear_object (&self->selection);
  g_clear_object (&self->entries);
  g_clear_object (&self->project);
  g_clear_object (&self->context);
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
    case PROP_MENU_STEP:
      g_value_set_object (value, RESHOOT_HISTORY_VIEW (object)->menu_step);
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

  self->bar = NULL;   /* goes with the template */
  clear (self);
  g_clear_weak_pointer (&self->focus);
  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (reshoot_history_view_parent_class)->dispose (object);
}

static void
reshoot_history_view_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_HISTORY_VIEW (object)->running);
  reshoot_widget_stock_free (RESHOOT_HISTORY_VIEW (object)->stock);

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
  properties[PROP_MENU_STEP] = g_param_spec_object ("menu-step", NULL, NULL, RESHOOT_TYPE_STEP,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                    | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RESHOOT_TYPE_QUEUE_BAR);
  g_type_ensure (RESHOOT_TYPE_SPARKLINE);
  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-history-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryView, list);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryView, bar);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryView, sparkline);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryView, step_menu);
  gtk_widget_class_install_property_action (widget_class, "history.all-steps", "all-steps");
  gtk_widget_class_install_action (widget_class, "history.show-menu", NULL, show_menu_cb);
  gtk_widget_class_install_action (widget_class, "history.show-siblings", "x", show_siblings_cb);
  gtk_widget_class_install_action (widget_class, "history.show-step", "x", show_step_cb);
  gtk_widget_class_install_action (widget_class, "history.compare-row", "x", compare_row_cb);
}

static void
add_menu (ReshootHistoryView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (secondary_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (long_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (press));
}

static void
reshoot_history_view_init (ReshootHistoryView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->running = g_list_store_new (RESHOOT_TYPE_STEP);
  self->stock = reshoot_widget_stock_new (RESHOOT_TYPE_HISTORY_ROW);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_menu (self);

  g_signal_connect_object (factory, "setup", G_CALLBACK (factory_setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (factory_bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (factory_unbind_cb), self, 0);
  g_signal_connect_object (factory, "teardown", G_CALLBACK (factory_teardown_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
}

static void
make_selection (ReshootHistoryView *self)
{
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->entries));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  head_changed_cb (self);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (selected_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * reshoot_history_view_show:
 * @self: a history view
 * @project: (nullable): whose steps to show
 * @session: (nullable): knows the models, has the queue and the journal of spending
 */
void
reshoot_history_view_show (ReshootHistoryView *self,
                           ReshootProject     *project,
                           ReshootSession     *session)
{
  ReshootHistory *history;

  g_return_if_fail (RESHOOT_IS_HISTORY_VIEW (self));

  clear (self);
  if (project == NULL)
    {
      update_running (self);
      return;
    }

  self->project = g_object_ref (project);
  self->context = reshoot_history_context_new (project, session);
  history = get_history (self);

  self->entries = reshoot_history_entries_new (history);
  reshoot_history_entries_set_all_steps (self->entries, self->all_steps);
  make_selection (self);

  /* After the rows have followed: a new step may push the head's row elsewhere. */
  g_signal_connect_object (self->entries, "items-changed", G_CALLBACK (entries_changed_cb), self,
                           G_CONNECT_AFTER);
  g_signal_connect_object (history, "notify::head", G_CALLBACK (head_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "items-changed", G_CALLBACK (history_items_changed_cb), self,
                           0);
  history_items_changed_cb (G_LIST_MODEL (history), 0, 0,
                            g_list_model_get_n_items (G_LIST_MODEL (history)), self);
  reshoot_queue_bar_show (self->bar, self->context, session, G_LIST_MODEL (self->running));
}

/**
 * reshoot_history_view_follow:
 * @self: a history view
 * @step: a step of the project that is shown
 *
 * Counts it among those that run, until it is over. Done by itself for a step that is added; a job that is taken up
 * again must be told.
 */
void
reshoot_history_view_follow (ReshootHistoryView *self,
                             ReshootStep        *step)
{
  g_return_if_fail (RESHOOT_IS_HISTORY_VIEW (self));

  if (self->context == NULL || reshoot_step_state_is_final (reshoot_step_get_state (step))
      || g_list_store_find (self->running, step, NULL))
    return;

  g_signal_connect_object (step, "notify::state", G_CALLBACK (running_state_changed_cb), self, 0);
  g_list_store_append (self->running, step);
  reshoot_history_context_follow_state (self->context, step);
  update_running (self);
}

/**
 * reshoot_history_view_offer:
 * @self: a history view
 * @step: a step that is done, and that the person was not waiting for
 *
 * Marks it as new until it is looked at, and says so at the foot.
 */
void
reshoot_history_view_offer (ReshootHistoryView *self,
                            ReshootStep        *step)
{
  g_autofree char *name = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (RESHOOT_IS_HISTORY_VIEW (self));

  if (self->context == NULL)
    return;

  name = reshoot_step_words_for_name (step);
  /* Translators: %s is the name of a step. */
  words = g_strdup_printf (_("“%s” is ready"), name);
  reshoot_history_context_set_is_new (self->context, step, TRUE);
  reshoot_queue_bar_tell (self->bar, step, words);
}

/* How far the steps that are shown have drifted: the view's owner says it. */
ReshootSparkline *
reshoot_history_view_get_sparkline (ReshootHistoryView *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_VIEW (self), NULL);

  return self->sparkline;
}

GtkWidget *
reshoot_history_view_get_list (ReshootHistoryView *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_VIEW (self), NULL);

  return GTK_WIDGET (self->list);
}

/**
 * reshoot_history_view_get_step:
 * @self: a history view
 *
 * Returns: (transfer none) (nullable): the step that an action is about: the one whose menu is open, else the row that
 *   has the focus, else the head. A step that failed is never the head, yet its row can have the focus
 */
ReshootStep *
reshoot_history_view_get_step (ReshootHistoryView *self)
{
  GtkRoot *root;
  ReshootHistoryRow *row = NULL;

  g_return_val_if_fail (RESHOOT_IS_HISTORY_VIEW (self), NULL);

  if (self->menu_step != NULL || self->project == NULL)
    return self->menu_step;

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (root != NULL)
    row = find_row (self, gtk_root_get_focus (root));

  if (row != NULL && reshoot_history_row_get_step (row) != NULL)
    return reshoot_history_row_get_step (row);

  return reshoot_history_get_head (get_history (self));
}

/**
 * reshoot_history_view_open_menu:
 * @self: a history view
 * @step: (nullable): a step
 *
 * Opens the menu of a step below its row.
 *
 * Returns: whether there is a row for it
 */
gboolean
reshoot_history_view_open_menu (ReshootHistoryView *self,
                                ReshootStep        *step)
{
  ReshootHistoryRow *row;
  graphene_rect_t bounds;

  g_return_val_if_fail (RESHOOT_IS_HISTORY_VIEW (self), FALSE);

  row = step != NULL ? find_row_for_step (self, step) : NULL;
  if (row == NULL
      || !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
    return FALSE;

  popup (self, step, &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                       (int) bounds.size.width, (int) bounds.size.height });
  return TRUE;
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
    {
      reshoot_history_entries_set_all_steps (self->entries, all_steps);
      head_changed_cb (self);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALL_STEPS]);
}
