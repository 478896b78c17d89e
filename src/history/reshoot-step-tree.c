/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A step among its neighbours, and where undo and redo lead. The history owns the steps, a parent owns its children,
 * and the ways up are unowned and cut when the history goes. */

#include "reshoot-step-parts.h"

/*
 * reshoot_step_find:
 * @steps: of #ReshootStep, in the order of their numbers
 * @id: a number
 *
 * Returns: (transfer none) (nullable): the step of that number; at once where no number below it is missing
 */
ReshootStep *
reshoot_step_find (GPtrArray *steps,
                   gint64     id)
{
  guint first = 0;
  guint end = steps->len;

  if (id >= 1 && id <= steps->len)
    {
      ReshootStep *step = g_ptr_array_index (steps, id - 1);

      if (step->id == id)
        return step;
    }

  while (first < end)
    {
      guint middle = first + (end - first) / 2;
      ReshootStep *step = g_ptr_array_index (steps, middle);

      if (step->id == id)
        return step;

      if (step->id < id)
        first = middle + 1;
      else
        end = middle;
    }

  return NULL;
}

/* The history goes: nobody above us may be asked any more. */
void
reshoot_step_detach (ReshootStep *self)
{
  self->parent = NULL;
  self->original = NULL;
  self->first_child = NULL;
  self->last_child = NULL;
  self->next_sibling = NULL;
  self->visited = NULL;
  self->begun = NULL;
}

/* The same step below @parent, another object for the same one, or none. What is below it is put there again. */
void
reshoot_step_move (ReshootStep *self,
                   ReshootStep *parent)
{
  self->parent = parent;
  if (parent != NULL)
    self->original = parent->original != NULL ? parent->original : parent;

  self->first_child = NULL;
  self->last_child = NULL;
  self->next_sibling = NULL;
  self->begun = NULL;
  if (self->children != NULL)
    g_list_store_remove_all (self->children);
}

static int
compare_steps (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const ReshootStep *step_a = a;
  const ReshootStep *step_b = b;

  return (step_a->id > step_b->id) - (step_a->id < step_b->id);
}

/* A history has it from now on. */
void
reshoot_step_show (ReshootStep *self)
{
  self->is_shown = TRUE;
}

/* Oldest first, also when it comes back from the bin. */
void
reshoot_step_add_child (ReshootStep *self,
                        ReshootStep *child)
{
  gboolean is_newest = self->last_child == NULL || self->last_child->id < child->id;

  if (self->children != NULL || !is_newest)
    {
      GListModel *children = reshoot_step_get_children (self);

      g_list_store_insert_sorted (G_LIST_STORE (children), child, compare_steps, NULL);
      return;
    }

  if (self->last_child != NULL)
    self->last_child->next_sibling = child;
  else
    self->first_child = child;

  self->last_child = child;
}

void
reshoot_step_remove_child (ReshootStep *self,
                           ReshootStep *child)
{
  GListStore *children = G_LIST_STORE (reshoot_step_get_children (self));
  guint at;

  if (g_list_store_find (children, child, &at))
    g_list_store_remove (children, at);
}

gboolean
reshoot_step_get_is_binned (ReshootStep *self)
{
  return self->is_binned;
}

void
reshoot_step_set_is_binned (ReshootStep *self,
                            gboolean     is_binned)
{
  self->is_binned = is_binned;
}

void
reshoot_step_set_in_bin (ReshootStep *self,
                         gboolean     in_bin)
{
  if (self->in_bin == in_bin)
    return;

  self->in_bin = in_bin;
  reshoot_step_notify (self, PROP_IN_BIN);
}

void
reshoot_step_set_is_purged (ReshootStep *self,
                            gboolean     is_purged)
{
  if (self->is_purged == is_purged)
    return;

  self->is_purged = is_purged;
  reshoot_step_notify (self, PROP_IS_PURGED);
}

void
reshoot_step_set_begun (ReshootStep *self,
                        ReshootStep *child)
{
  self->begun = child;
}

/* The child begun last, unless the head went to some child since. */
ReshootStep *
reshoot_step_get_begun (ReshootStep *self)
{
  return self->begun;
}

void
reshoot_step_set_is_head (ReshootStep *self,
                          gboolean     is_head)
{
  if (self->is_head == is_head)
    return;

  self->is_head = is_head;
  reshoot_step_notify (self, PROP_IS_HEAD);
}

ReshootStep *
reshoot_step_get_visited (ReshootStep *self)
{
  return self->visited;
}

/* Returns: whether that is news, to be stored. */
gboolean
reshoot_step_set_visited (ReshootStep *self,
                          ReshootStep *child)
{
  gboolean changed = self->visited != child;

  self->visited = child;
  self->begun = NULL;
  return changed;
}

/* The newest child there is, or that has a picture. Most steps have one child or none, and no list of them. */
static ReshootStep *
find_newest (ReshootStep *self,
             gboolean     with_picture)
{
  ReshootStep *newest = NULL;

  if (self->children == NULL)
    {
      for (ReshootStep *child = self->first_child; child != NULL; child = child->next_sibling)
        if (!with_picture || child->shown != NULL)
          newest = child;

      return newest;
    }

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->children)); i > 0; i--)
    {
      g_autoptr (ReshootStep) child = g_list_model_get_item (G_LIST_MODEL (self->children), i - 1);

      if (!with_picture || child->shown != NULL)
        return child;
    }

  return NULL;
}

/* Where redo goes: the child last visited, else the newest that has a picture. */
ReshootStep *
reshoot_step_get_redo (ReshootStep *self)
{
  if (self->visited != NULL && self->visited->shown != NULL && !self->visited->in_bin)
    return self->visited;

  return find_newest (self, TRUE);
}

/* What a straight path shows after this step: the branch just begun, where redo would go, else the newest child. */
ReshootStep *
reshoot_step_get_next (ReshootStep *self)
{
  ReshootStep *redo;

  if (self->begun != NULL && !self->begun->in_bin)
    return self->begun;

  redo = reshoot_step_get_redo (self);
  return redo != NULL ? redo : find_newest (self, FALSE);
}

/**
 * reshoot_step_get_parent:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): the step it was made from; %NULL for an original, and once the project is gone
 */
ReshootStep *
reshoot_step_get_parent (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->parent;
}

/**
 * reshoot_step_get_original:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): the root of its tree, for an original itself; %NULL once the project is gone
 */
ReshootStep *
reshoot_step_get_original (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->is_edit ? self->original : self;
}

/**
 * reshoot_step_get_children:
 * @self: a step
 *
 * Returns: (transfer none): the steps made from it, oldest first, as a live list of #ReshootStep. Those that were put
 *   in the bin are not among them; below such a step the tree stays as it was.
 */
GListModel *
reshoot_step_get_children (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  if (self->children == NULL)
    {
      self->children = g_list_store_new (RESHOOT_TYPE_STEP);
      for (ReshootStep *child = self->first_child; child != NULL; child = child->next_sibling)
        g_list_store_append (self->children, child);

      self->first_child = self->last_child = NULL;
    }

  return G_LIST_MODEL (self->children);
}

/**
 * reshoot_step_count_children:
 * @self: a step
 *
 * Returns: how many steps were made from it, as reshoot_step_get_children () has them; asking makes no list
 */
guint
reshoot_step_count_children (ReshootStep *self)
{
  guint n = 0;

  g_return_val_if_fail (RESHOOT_IS_STEP (self), 0);

  if (self->children != NULL)
    return g_list_model_get_n_items (G_LIST_MODEL (self->children));

  for (ReshootStep *child = self->first_child; child != NULL; child = child->next_sibling)
    n++;

  return n;
}

/**
 * reshoot_step_get_first_child:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): the oldest of its children; asking makes no list
 */
ReshootStep *
reshoot_step_get_first_child (ReshootStep *self)
{
  g_autoptr (ReshootStep) first = NULL;

  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  if (self->children == NULL)
    return self->first_child;

  first = g_list_model_get_item (G_LIST_MODEL (self->children), 0);
  return first;   /* the list holds it */
}

/**
 * reshoot_step_get_in_bin:
 * @self: a step
 *
 * Returns: whether it, or a step above it, was put in the bin
 */
gboolean
reshoot_step_get_in_bin (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), FALSE);

  return self->in_bin;
}

/**
 * reshoot_step_get_is_purged:
 * @self: a step
 *
 * Returns: whether it was in the bin when that was emptied: its words and money are still known, its pictures may be
 *   gone
 */
gboolean
reshoot_step_get_is_purged (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), FALSE);

  return self->is_purged;
}
