/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootRowView: the view to compare in: the candidates of a row beside each other, all at one place and scale, until
 * one is picked and gone on from. Which rows there are follows the history; the cells are in
 * reshoot-row-view-cells.c. */

#include "config.h"

#include "reshoot-row-view.h"

#include "reshoot-resources.h"
#include "reshoot-row-view-private.h"

#include <glib/gi18n.h>

G_DEFINE_ENUM_TYPE (ReshootRowMode, reshoot_row_mode,
                    G_DEFINE_ENUM_VALUE (RESHOOT_ROW_MODE_ALONE, "grid"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_ROW_MODE_AGAINST, "against"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_ROW_MODE_DIFFERENCE, "difference"))

G_DEFINE_ENUM_TYPE (ReshootRowSort, reshoot_row_sort,
                    G_DEFINE_ENUM_VALUE (RESHOOT_ROW_SORT_ASKED, "asked"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_ROW_SORT_PRICE, "price"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_ROW_SORT_TIME, "time"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_ROW_SORT_RATING, "rating"))

G_DEFINE_FINAL_TYPE (ReshootRowView, reshoot_row_view, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_MODE,
  PROP_SORT,
  PROP_ROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* To be told by whoever has the place for it. */
void
reshoot_row_view_fail (ReshootRowView *self,
                       const GError   *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static guint
find_row (ReshootRowView *self,
          ReshootRow     *row)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (ReshootRow) other = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (reshoot_row_is_same (row, other))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* What the person works on: the question that gave the head, or that was asked of it; else the newest. */
static guint
find_row_of_head (ReshootRowView *self)
{
  ReshootStep *head = reshoot_history_get_head (reshoot_project_get_history (self->project));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint best = n - 1;
  int best_rank = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ReshootRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      gboolean is_question = reshoot_row_get_words (row) != NULL;
      int rank = 0;

      if (reshoot_row_get_source (row) == head)
        rank = is_question ? 3 : 1;
      else if (g_ptr_array_find (reshoot_row_get_steps (row), head, NULL))
        rank = is_question ? 4 : 2;

      if (rank > 0 && rank >= best_rank)
        {
          best = i;
          best_rank = rank;
        }
    }

  return best;
}

static void
update_actions (ReshootRowView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint position = gtk_drop_down_get_selected (self->choice);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.previous-row",
                                 n > 0 && position != GTK_INVALID_LIST_POSITION && position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.next-row",
                                 n > 0 && position != GTK_INVALID_LIST_POSITION
                                 && position + 1 < n);
}

static void
choose (ReshootRowView *self,
        guint           position)
{
  g_autoptr (ReshootRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  self->follows = TRUE;
  gtk_drop_down_set_selected (self->choice, position);
  self->follows = FALSE;

  reshoot_row_view_show_row (self, row);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
  gtk_stack_set_visible_child_name (self->stack, row != NULL ? "row" : "empty");
  update_actions (self);
}

static void
chosen_cb (ReshootRowView *self)
{
  if (!self->follows)
    choose (self, gtk_drop_down_get_selected (self->choice));
}

/* Makes the list again. What is looked at stays, also when a newer row comes. */
static void
update_rows (ReshootRowView *self)
{
  g_autoptr (GPtrArray) rows = NULL;
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint position;

  rows = self->project != NULL ? reshoot_row_list (reshoot_project_get_history (self->project))
         : g_ptr_array_new ();
  self->follows = TRUE;
  g_list_store_splice (self->rows, 0, n_old, rows->pdata, rows->len);
  self->follows = FALSE;

  position = self->row != NULL ? find_row (self, self->row) : GTK_INVALID_LIST_POSITION;
  if (position == GTK_INVALID_LIST_POSITION && rows->len > 0)
    position = find_row_of_head (self);

  choose (self, position);
}

static gboolean
rows_due_cb (gpointer user_data)
{
  ReshootRowView *self = user_data;

  self->rows_id = 0;
  update_rows (self);
  return G_SOURCE_REMOVE;
}

static void
steps_changed_cb (ReshootRowView *self)
{
  if (self->rows_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->rows_id = g_idle_add (rows_due_cb, self);
}

static void
row_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  ReshootRowView *self = RESHOOT_ROW_VIEW (widget);
  guint position = gtk_drop_down_get_selected (self->choice);

  choose (self, g_str_equal (name, "view.next-row") ? position + 1 : position - 1);
}

/* By one or by a whole line; to the right is to the right in every language. */
static void
select_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ReshootRowView *self = RESHOOT_ROW_VIEW (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int dx, dy;
  int index = 0;

  g_variant_get (parameter, "(ii)", &dx, &dy);
  for (guint i = 0; i < self->cells->len; i++)
    if (reshoot_row_cell_get_step (self->cells->pdata[i]) == self->selected)
      index = (int) i;

  index += (is_rtl ? -dx : dx) + dy * reshoot_row_grid_get_columns (self->grid);
  if (index >= 0 && index < (int) self->cells->len)
    {
      reshoot_row_view_select (self, reshoot_row_cell_get_step (self->cells->pdata[index]));
      gtk_widget_grab_focus (self->cells->pdata[index]);
    }
}

/* The others stay where they are: siblings, to come back to. */
static void
pick (ReshootRowView *self,
      ReshootStep    *step)
{
  if (step == NULL || reshoot_step_get_digest (step) == NULL)
    return;

  reshoot_history_set_head (reshoot_project_get_history (self->project), step);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "edit");
}

static void
pick_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootRowView *self = RESHOOT_ROW_VIEW (widget);

  if (self->project != NULL)
    pick (self, reshoot_history_get_step (reshoot_project_get_history (self->project),
                                          g_variant_get_int64 (parameter)));
}

static void
pick_selected_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  pick (RESHOOT_ROW_VIEW (widget), RESHOOT_ROW_VIEW (widget)->selected);
}

static void
fit_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  ReshootRowView *self = RESHOOT_ROW_VIEW (widget);
  gboolean fits = reshoot_viewport_get_fits (self->viewport);

  if (self->cells->len > 0
      && (g_str_equal (name, "view.zoom-actual") || (g_str_equal (name, "view.toggle-fit") && fits)))
    reshoot_canvas_zoom_actual (reshoot_row_cell_get_canvas (self->cells->pdata[0]));
  else
    reshoot_viewport_fit (self->viewport);
}

static void
zoom_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootRowView *self = RESHOOT_ROW_VIEW (widget);

  if (self->cells->len > 0)
    reshoot_canvas_zoom_step (reshoot_row_cell_get_canvas (self->cells->pdata[0]),
                              g_str_equal (name, "view.zoom-in") ? 1 : -1);
}

static void
let_go_of_project (ReshootRowView *self)
{
  g_clear_handle_id (&self->rows_id, g_source_remove);
  if (self->project == NULL)
    return;

  g_signal_handlers_disconnect_by_data (reshoot_project_get_history (self->project), self);
  reshoot_row_view_show_row (self, NULL);
  g_list_store_remove_all (self->rows);
  g_clear_pointer (&self->ticks, g_ptr_array_unref);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->project);
}

static void
reshoot_row_view_map (GtkWidget *widget)
{
  ReshootRowView *self = RESHOOT_ROW_VIEW (widget);

  GTK_WIDGET_CLASS (reshoot_row_view_parent_class)->map (widget);

  /* Where the head has gone elsewhere meanwhile, that is what one wants to compare. */
  if (self->project != NULL && self->row != NULL)
    {
      ReshootStep *head = reshoot_history_get_head (reshoot_project_get_history (self->project));

      if (reshoot_row_get_source (self->row) != head
          && !g_ptr_array_find (reshoot_row_get_steps (self->row), head, NULL))
        reshoot_row_view_show_row (self, NULL);
    }

  update_rows (self);
  reshoot_row_view_load_ticks (self);
}

static void
reshoot_row_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reshoot_row_view_parent_class)->unmap (widget);

  reshoot_row_view_update_cells (RESHOOT_ROW_VIEW (widget));
}

/* Into the row, so that the arrows choose at once. */
static gboolean
reshoot_row_view_grab_focus (GtkWidget *widget)
{
  ReshootRowView *self = RESHOOT_ROW_VIEW (widget);

  for (guint i = 0; i < self->cells->len; i++)
    if (reshoot_row_cell_get_step (self->cells->pdata[i]) == self->selected)
      return gtk_widget_grab_focus (self->cells->pdata[i]);

  return GTK_WIDGET_CLASS (reshoot_row_view_parent_class)->grab_focus (widget);
}

static void
reshoot_row_view_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  ReshootRowView *self = RESHOOT_ROW_VIEW (object);

  switch (prop_id)
    {
    case PROP_MODE:
      g_value_set_enum (value, (int) self->mode);
      break;
    case PROP_SORT:
      g_value_set_enum (value, (int) self->sort);
      break;
    case PROP_ROW:
      g_value_set_object (value, self->row);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_row_view_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  ReshootRowView *self = RESHOOT_ROW_VIEW (object);

  switch (prop_id)
    {
    case PROP_MODE:
      if (self->mode == (ReshootRowMode) g_value_get_enum (value))
        return;

      self->mode = (ReshootRowMode) g_value_get_enum (value);
      reshoot_row_view_update_cells (self);
      break;
    case PROP_SORT:
      /* Chosen again it sorts again: times and ratings have come since. */
      self->sort = (ReshootRowSort) g_value_get_enum (value);
      reshoot_row_view_sort_cells (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  g_object_notify_by_pspec (object, pspec);
}

static void
reshoot_row_view_dispose (GObject *object)
{
  let_go_of_project (RESHOOT_ROW_VIEW (object));

  G_OBJECT_CLASS (reshoot_row_view_parent_class)->dispose (object);
}

static void
reshoot_row_view_finalize (GObject *object)
{
  ReshootRowView *self = RESHOOT_ROW_VIEW (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->captions);
  g_clear_object (&self->viewport);
  g_ptr_array_unref (self->cells);

  G_OBJECT_CLASS (reshoot_row_view_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "view.row-mode", "mode");
  gtk_widget_class_install_property_action (widget_class, "view.row-sort", "sort");
  gtk_widget_class_install_action (widget_class, "view.previous-row", NULL, row_cb);
  gtk_widget_class_install_action (widget_class, "view.next-row", NULL, row_cb);
  gtk_widget_class_install_action (widget_class, "view.select", "(ii)", select_cb);
  gtk_widget_class_install_action (widget_class, "view.pick", "x", pick_cb);
  gtk_widget_class_install_action (widget_class, "view.pick-selected", NULL, pick_selected_cb);
  gtk_widget_class_install_action (widget_class, "view.tick", "(xss)", reshoot_row_view_tick_cb);
  gtk_widget_class_install_action (widget_class, "view.fit", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "view.toggle-fit", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-actual", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-out", NULL, zoom_cb);
}

static void
reshoot_row_view_class_init (ReshootRowViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = reshoot_row_view_get_property;
  object_class->set_property = reshoot_row_view_set_property;
  object_class->dispose = reshoot_row_view_dispose;
  object_class->finalize = reshoot_row_view_finalize;
  widget_class->map = reshoot_row_view_map;
  widget_class->unmap = reshoot_row_view_unmap;
  widget_class->grab_focus = reshoot_row_view_grab_focus;

  properties[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, RESHOOT_TYPE_ROW_MODE,
                                             RESHOOT_ROW_MODE_ALONE, flags);
  properties[PROP_SORT] = g_param_spec_enum ("sort", NULL, NULL, RESHOOT_TYPE_ROW_SORT,
                                             RESHOOT_ROW_SORT_ASKED, flags);
  properties[PROP_ROW] = g_param_spec_object ("row", NULL, NULL, RESHOOT_TYPE_ROW,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                              | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  g_type_ensure (RESHOOT_TYPE_ROW);
  g_type_ensure (RESHOOT_TYPE_ROW_GRID);
  g_type_ensure (RESHOOT_TYPE_ZOOM_BOX);
  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-row-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootRowView, stack);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowView, choice);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowView, grid);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowView, line);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowView, below);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowView, gain);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowView, zoom);
  install_actions (widget_class);
}

static void
choice_setup_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 gpointer                  user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  /* The button asks for room as the widest item does: so many letters and no more. */
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_list_item_set_child (item, label);
}

static void
choice_bind_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                gpointer                  user_data)
{
  g_autofree char *title = reshoot_row_dup_title (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), title);
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), title);
}

static void
reshoot_row_view_init (ReshootRowView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->rows = g_list_store_new (RESHOOT_TYPE_ROW);
  self->cells = g_ptr_array_new ();
  self->captions = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);
  self->viewport = reshoot_viewport_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (choice_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (choice_bind_cb), NULL);
  gtk_drop_down_set_factory (self->choice, factory);
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (self->rows));
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  reshoot_zoom_box_set_viewport (self->zoom, self->viewport);
  update_actions (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.pick-selected", FALSE);
}

/**
 * reshoot_row_view_set_project:
 * @self: the view
 * @project: (nullable): whose rows to show
 * @catalogue: (nullable): knows what models are called
 */
void
reshoot_row_view_set_project (ReshootRowView   *self,
                              ReshootProject   *project,
                              ReshootCatalogue *catalogue)
{
  g_return_if_fail (RESHOOT_IS_ROW_VIEW (self));

  if (self->project == project)
    return;

  let_go_of_project (self);
  g_set_object (&self->project, project);
  g_set_object (&self->catalogue, catalogue);
  if (project != NULL)
    g_signal_connect_object (reshoot_project_get_history (project), "items-changed",
                             G_CALLBACK (steps_changed_cb), self, G_CONNECT_SWAPPED);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      update_rows (self);
      reshoot_row_view_load_ticks (self);
    }
}

/**
 * reshoot_row_view_get_row:
 * @self: the view
 *
 * Returns: (transfer none) (nullable): the row that is shown
 */
ReshootRow *
reshoot_row_view_get_row (ReshootRowView *self)
{
  g_return_val_if_fail (RESHOOT_IS_ROW_VIEW (self), NULL);

  return self->row;
}

/**
 * reshoot_row_view_get_cells:
 * @self: the view
 *
 * Returns: (transfer none) (element-type ReshootRowCell): its candidates, as they stand
 */
GPtrArray *
reshoot_row_view_get_cells (ReshootRowView *self)
{
  g_return_val_if_fail (RESHOOT_IS_ROW_VIEW (self), NULL);

  return self->cells;
}

/**
 * reshoot_row_view_get_selected:
 * @self: the view
 *
 * Returns: (transfer none) (nullable): the candidate that would be picked
 */
ReshootStep *
reshoot_row_view_get_selected (ReshootRowView *self)
{
  g_return_val_if_fail (RESHOOT_IS_ROW_VIEW (self), NULL);

  return self->selected;
}

ReshootViewport *
reshoot_row_view_get_viewport (ReshootRowView *self)
{
  g_return_val_if_fail (RESHOOT_IS_ROW_VIEW (self), NULL);

  return self->viewport;
}
