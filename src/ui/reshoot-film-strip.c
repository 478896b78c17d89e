/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootFilmStrip: the path from the original to the last result, or other steps, one small picture beside the other.
 * What is selected is the head; selecting another one moves it. The list binds some two hundred cells at a time,
 * whatever is in sight: they are filled while the strip is shown, those nearest to the head first, a few in a turn of
 * the main loop. */

#include "config.h"

#include "reshoot-film-strip.h"

#include "reshoot-film-cell.h"

#include <glib/gi18n.h>

/* What filling cells may take of a turn, in microseconds. */
#define FILL_TIME 4000

struct _ReshootFilmStrip
{
  AdwBin              parent_instance;

  GtkWidget          *list;
  GtkSingleSelection *selection;   /* the list's */
  gboolean            follows;     /* the selection follows the head, not the person */
  GPtrArray          *empty;       /* of GtkListItem (unowned): bound, and not yet filled */
  guint               fill_id;

  ReshootProject     *project;     /* (owned) (nullable) */
  GListModel         *steps;       /* (owned) (nullable): those that are shown */
};

G_DEFINE_FINAL_TYPE (ReshootFilmStrip, reshoot_film_strip, ADW_TYPE_BIN)

static guint
get_distance (ReshootFilmStrip *self,
              GtkListItem      *item)
{
  guint selected = gtk_single_selection_get_selected (self->selection);
  guint position = gtk_list_item_get_position (item);

  return position > selected ? position - selected : selected - position;
}

static GtkListItem *
take_nearest (ReshootFilmStrip *self)
{
  guint nearest = 0;

  for (guint i = 1; i < self->empty->len; i++)
    if (get_distance (self, self->empty->pdata[i]) < get_distance (self,
                                                                   self->empty->pdata[nearest]))
      nearest = i;

  return g_ptr_array_steal_index_fast (self->empty, nearest);
}

static gboolean
fill_cb (gpointer user_data)
{
  ReshootFilmStrip *self = user_data;
  gint64 end = g_get_monotonic_time () + FILL_TIME;

  while (self->empty->len > 0 && g_get_monotonic_time () < end)
    reshoot_film_cell_fill (RESHOOT_FILM_CELL (gtk_list_item_get_child (take_nearest (self))));

  if (self->empty->len > 0)
    return G_SOURCE_CONTINUE;

  self->fill_id = 0;
  return G_SOURCE_REMOVE;
}

static void
fill_soon (ReshootFilmStrip *self)
{
  if (self->fill_id == 0 && self->empty->len > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->fill_id = g_idle_add (fill_cb, self);
}

static void
cell_setup_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               gpointer                  user_data)
{
  gtk_list_item_set_child (item, g_object_new (RESHOOT_TYPE_FILM_CELL, NULL));
}

static void
cell_bind_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  ReshootFilmStrip *self = user_data;

  reshoot_film_cell_bind (RESHOOT_FILM_CELL (gtk_list_item_get_child (item)), self->project,
                          gtk_list_item_get_item (item));
  g_ptr_array_add (self->empty, item);
  fill_soon (self);
}

static void
cell_unbind_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                gpointer                  user_data)
{
  ReshootFilmStrip *self = user_data;

  g_ptr_array_remove_fast (self->empty, item);
  reshoot_film_cell_bind (RESHOOT_FILM_CELL (gtk_list_item_get_child (item)), NULL, NULL);
}

static guint
find_head (ReshootFilmStrip *self)
{
  ReshootHistory *history = reshoot_project_get_history (self->project);

  for (guint i = 0; i < g_list_model_get_n_items (self->steps); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (self->steps, i);

      if (step == reshoot_history_get_head (history))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
follow_head (ReshootFilmStrip *self)
{
  guint position = self->project != NULL ? find_head (self) : GTK_INVALID_LIST_POSITION;

  self->follows = TRUE;
  /* From one straight to the other, every cell between the two would be told, and bound again. */
  if (position != gtk_single_selection_get_selected (self->selection))
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_single_selection_set_selected (self->selection, position);
  self->follows = FALSE;

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
}

/* A step that has no picture cannot be looked at: then the head stays where it is, and so does the selection. */
static void
selected_cb (ReshootFilmStrip *self)
{
  ReshootStep *step = gtk_single_selection_get_selected_item (self->selection);

  if (self->follows || self->project == NULL || step == NULL)
    return;

  reshoot_history_set_head (reshoot_project_get_history (self->project), step);
  follow_head (self);
}

static void
let_go_of_project (ReshootFilmStrip *self)
{
  if (self->project == NULL)
    return;

  g_signal_handlers_disconnect_by_data (reshoot_project_get_history (self->project), self);
  g_clear_object (&self->project);
  g_clear_object (&self->steps);
}

/* The first of them at once, so that the strip has its height. */
static void
reshoot_film_strip_map (GtkWidget *widget)
{
  ReshootFilmStrip *self = RESHOOT_FILM_STRIP (widget);

  GTK_WIDGET_CLASS (reshoot_film_strip_parent_class)->map (widget);

  if (self->fill_id == 0 && fill_cb (self) == G_SOURCE_CONTINUE)
    fill_soon (self);
}

static void
reshoot_film_strip_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&RESHOOT_FILM_STRIP (widget)->fill_id, g_source_remove);

  GTK_WIDGET_CLASS (reshoot_film_strip_parent_class)->unmap (widget);
}

static void
reshoot_film_strip_dispose (GObject *object)
{
  let_go_of_project (RESHOOT_FILM_STRIP (object));

  G_OBJECT_CLASS (reshoot_film_strip_parent_class)->dispose (object);
}

static void
reshoot_film_strip_finalize (GObject *object)
{
  g_ptr_array_unref (RESHOOT_FILM_STRIP (object)->empty);

  G_OBJECT_CLASS (reshoot_film_strip_parent_class)->finalize (object);
}

static void
reshoot_film_strip_class_init (ReshootFilmStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_film_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_film_strip_finalize;
  GTK_WIDGET_CLASS (klass)->map = reshoot_film_strip_map;
  GTK_WIDGET_CLASS (klass)->unmap = reshoot_film_strip_unmap;

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "filmstrip");
}

static void
reshoot_film_strip_init (ReshootFilmStrip *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->empty = g_ptr_array_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (cell_setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (cell_bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (cell_unbind_cb), self, 0);

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);

  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->list), GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_add_css_class (self->list, "film");
  /* Translators: for a screen reader: the row of small pictures from the original to the last result. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Path from the original to the result"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

static void
show_steps (ReshootFilmStrip *self,
            GListModel       *steps)
{
  g_set_object (&self->steps, steps);
  self->follows = TRUE;
  gtk_single_selection_set_model (self->selection, steps);
  self->follows = FALSE;
  if (steps != NULL)
    follow_head (self);
}

/**
 * reshoot_film_strip_set_project:
 * @self: a strip
 * @project: (nullable): whose path to show
 */
void
reshoot_film_strip_set_project (ReshootFilmStrip *self,
                                ReshootProject   *project)
{
  ReshootHistory *history;

  g_return_if_fail (RESHOOT_IS_FILM_STRIP (self));

  if (self->project == project)
    return;

  let_go_of_project (self);
  g_set_object (&self->project, project);
  history = project != NULL ? reshoot_project_get_history (project) : NULL;
  show_steps (self, history != NULL ? reshoot_history_get_path (history) : NULL);
  if (history != NULL)
    g_signal_connect_object (history, "notify::head", G_CALLBACK (follow_head), self,
                             G_CONNECT_SWAPPED);
}

/**
 * reshoot_film_strip_set_steps:
 * @self: a strip with a project
 * @steps: of #ReshootStep: those of its steps that are shown instead of the path
 */
void
reshoot_film_strip_set_steps (ReshootFilmStrip *self,
                              GListModel       *steps)
{
  g_return_if_fail (RESHOOT_IS_FILM_STRIP (self));
  g_return_if_fail (G_IS_LIST_MODEL (steps));

  if (self->project != NULL && self->steps != steps)
    show_steps (self, steps);
}
