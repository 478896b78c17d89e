/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of a list that are made ahead, one at a time while nothing else is to be done. A GtkListView asks for up to two
 * hundred in one turn of the main loop when a long list takes the place of a short one, however few are in sight, and a
 * row from a template takes its while. */

#include "reshoot-widget-stock.h"

/* GtkListView holds no more (GTK_LIST_VIEW_MAX_LIST_ITEMS of GTK 4.8), whatever the length of its model. */
#define MAX_WIDGETS 200

struct _ReshootWidgetStock
{
  GType      type;
  GPtrArray *widgets;
  guint      n_taken;
  guint      n_wanted;  /* in all, the taken ones among them */
  guint      idle_id;
};

/**
 * reshoot_widget_stock_new:
 * @type: of the widgets; one that needs no property
 *
 * Returns: (transfer full): an empty stock
 */
ReshootWidgetStock *
reshoot_widget_stock_new (GType type)
{
  ReshootWidgetStock *self = g_new0 (ReshootWidgetStock, 1);

  self->type = type;
  self->widgets = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

/**
 * reshoot_widget_stock_free:
 * @self: (transfer full): a stock
 */
void
reshoot_widget_stock_free (ReshootWidgetStock *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_ptr_array_unref (self->widgets);
  g_free (self);
}

static gboolean
make_cb (gpointer user_data)
{
  ReshootWidgetStock *self = user_data;

  if (self->n_taken + self->widgets->len < self->n_wanted)
    {
      g_ptr_array_add (self->widgets, g_object_ref_sink (g_object_new (self->type, NULL)));
      return G_SOURCE_CONTINUE;
    }

  self->idle_id = 0;
  return G_SOURCE_REMOVE;
}

static void
make_soon (ReshootWidgetStock *self)
{
  if (self->idle_id == 0 && self->n_taken + self->widgets->len < self->n_wanted)
    self->idle_id = g_idle_add_full (G_PRIORITY_LOW, make_cb, self, NULL);
}

/**
 * reshoot_widget_stock_want:
 * @self: a stock
 * @n_widgets: how many the list may come to have
 *
 * Those that were not taken yet are made by and by.
 */
void
reshoot_widget_stock_want (ReshootWidgetStock *self,
                           guint               n_widgets)
{
  self->n_wanted = MIN (n_widgets, MAX_WIDGETS);
  make_soon (self);
}

/**
 * reshoot_widget_stock_take:
 * @self: a stock
 *
 * Returns: (transfer full): a widget, made now if there is none
 */
GtkWidget *
reshoot_widget_stock_take (ReshootWidgetStock *self)
{
  self->n_taken++;
  if (self->widgets->len > 0)
    return g_ptr_array_steal_index_fast (self->widgets, self->widgets->len - 1);

  return g_object_ref_sink (g_object_new (self->type, NULL));
}

/**
 * reshoot_widget_stock_lose:
 * @self: a stock
 *
 * One that was taken is no more: the list may ask for another one.
 */
void
reshoot_widget_stock_lose (ReshootWidgetStock *self)
{
  self->n_taken--;
  make_soon (self);
}
