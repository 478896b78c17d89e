/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A step among its neighbours, and where undo and redo lead. The history owns the steps, a parent owns its children,
 * and the ways up are unowned and cut when the history goes. */

#include "reshoot-step-parts.h"

/* The history goes: nobody above us may be asked any more. */
void
reshoot_step_detach (ReshootStep *self)
{
  self->parent = NULL;
  self->original = NULL;
  self->visited = NULL;
  self->begun = NULL;
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

/* Oldest first, also when it comes back from the bin. */
void
reshoot_step_add_child (ReshootStep *self,
                        ReshootStep *child)
{
  GListModel *children = reshoot_step_get_children (self);

  g_list_store_insert_sorted (G_LIST_STORE (children), child, compare_steps, NULL);
}

void
reshoot_step_remove_child (ReshootStep *self,
                           ReshootStep *child)
{
  guint at;

  if (self->children != NULL && g_list_store_find (self->children, child, &at))
    g_list_store_remove (self->children, at);
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

/* Where redo goes: the child last visited, else the newest that has a picture. */
ReshootStep *
reshoot_step_get_redo (ReshootStep *self)
{
  guint n = self->children != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->children)) : 0;

  if (self->visited != NULL && self->visited->digest != NULL && !self->visited->in_bin)
    return self->visited;

  for (guint i = n; i > 0; i--)
    {
      g_autoptr (ReshootStep) child = g_list_model_get_item (G_LIST_MODEL (self->children), i - 1);

      if (child->digest != NULL)
        return child;
    }

  return NULL;
}

/* What a straight path shows after this step: the branch just begun, where redo would go, else the newest child. */
ReshootStep *
reshoot_step_get_next (ReshootStep *self)
{
  guint n = self->children != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->children)) : 0;
  ReshootStep *redo;

  if (n == 0)
    return NULL;

  if (self->begun != NULL && !self->begun->in_bin)
    return self->begun;

  redo = reshoot_step_get_redo (self);
  if (redo == NULL)
    {
      g_autoptr (ReshootStep) newest = g_list_model_get_item (G_LIST_MODEL (self->children), n - 1);

      redo = newest;
    }

  return redo;
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

  return self->request == NULL ? self : self->original;
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
    self->children = g_list_store_new (RESHOOT_TYPE_STEP);

  return G_LIST_MODEL (self->children);
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
